package lecteur

import (
	"encoding/binary"
	"image"
	"image/color"
)

// plan is a grey picture, 0 black to 255 white, without padding.
type plan struct {
	l, h int
	pix  []uint8
}

// versGris converts any image to grey; what is transparent is white paper.
func versGris(img image.Image) plan {
	r := img.Bounds()
	p := plan{l: r.Dx(), h: r.Dy()}
	switch m := img.(type) {
	case *image.Gray:
		if m.Stride == p.l {
			p.pix = m.Pix[:p.l*p.h]
			return p
		}
		p.copier(m.Pix, m.Stride)
	case *image.YCbCr:
		p.copier(m.Y[m.YOffset(r.Min.X, r.Min.Y):], m.YStride)
	case *image.RGBA:
		p.composantes(m.Pix, m.Stride, true)
	case *image.NRGBA:
		p.composantes(m.Pix, m.Stride, false)
	case *image.Paletted:
		p.palette(m)
	default:
		p.pix = make([]uint8, p.l*p.h)
		for y := range p.h {
			for x := range p.l {
				cr, cg, cb, ca := img.At(r.Min.X+x, r.Min.Y+y).RGBA()
				p.pix[y*p.l+x] = uint8((luminance(cr, cg, cb) + 0xFFFF - ca) >> 8)
			}
		}
	}
	return p
}

func luminance(r, g, b uint32) uint32 { return (19595*r + 38470*g + 7471*b) >> 16 }

func (p *plan) copier(src []uint8, stride int) {
	p.pix = make([]uint8, p.l*p.h)
	for y := range p.h {
		copy(p.pix[y*p.l:(y+1)*p.l], src[y*stride:])
	}
}

// composantes reads 4 bytes a pixel, alpha premultiplied or not.
func (p *plan) composantes(src []uint8, stride int, premultiplie bool) {
	p.pix = make([]uint8, p.l*p.h)
	for y := range p.h {
		ligne := p.pix[y*p.l : (y+1)*p.l]
		s := src[y*stride:]
		for x := range ligne {
			c := s[4*x : 4*x+4 : 4*x+4]
			v := luminance(uint32(c[0]), uint32(c[1]), uint32(c[2]))
			if a := uint32(c[3]); a != 255 {
				if !premultiplie {
					v = v * a / 255
				}
				v = min(v+255-a, 255)
			}
			ligne[x] = uint8(v)
		}
	}
}

func (p *plan) palette(m *image.Paletted) {
	var lut [256]uint8
	for i, c := range m.Palette {
		if i < 256 {
			cr, cg, cb, ca := color.Color(c).RGBA()
			lut[i] = uint8((luminance(cr, cg, cb) + 0xFFFF - ca) >> 8)
		}
	}
	p.pix = make([]uint8, p.l*p.h)
	for y := range p.h {
		s := m.Pix[y*m.Stride:]
		for x := range p.l {
			p.pix[y*p.l+x] = lut[s[x]]
		}
	}
}

// moitie returns the picture at half its size.
func (p *plan) moitie() plan {
	q := plan{l: p.l / 2, h: p.h / 2}
	q.pix = make([]uint8, q.l*q.h)
	for y := range q.h {
		a := p.pix[2*y*p.l:][:2*q.l]
		b := p.pix[(2*y+1)*p.l:][:2*q.l]
		out := q.pix[y*q.l:][:q.l]
		x := 0
		for ; x+4 <= q.l; x += 4 {
			v, w := binary.LittleEndian.Uint64(a[2*x:]), binary.LittleEndian.Uint64(b[2*x:])
			m := (v&pairs + v>>8&pairs + w&pairs + w>>8&pairs + 2*octets16) >> 2 & pairs
			m = (m | m>>8) & 0x0000FFFF0000FFFF
			binary.LittleEndian.PutUint32(out[x:], uint32(m|m>>16))
		}
		for ; x < q.l; x++ {
			out[x] = uint8((uint32(a[2*x]) + uint32(a[2*x+1]) + uint32(b[2*x]) + uint32(b[2*x+1]) + 2) >> 2)
		}
	}
	return q
}

// doubler returns the picture at twice its size, by linear interpolation.
func (p *plan) doubler() plan {
	q := plan{l: 2 * p.l, h: 2 * p.h}
	q.pix = make([]uint8, q.l*q.h)
	for y := range q.h {
		// A pixel is three quarters its nearest source and one quarter the next.
		pres, loin := voisinage(y, p.h)
		a, b := p.pix[pres*p.l:][:p.l], p.pix[loin*p.l:][:p.l]
		dst := q.pix[y*q.l:][:q.l]
		for x := range dst {
			i, j := voisinage(x, p.l)
			dst[x] = uint8((9*uint(a[i]) + 3*uint(a[j]) + 3*uint(b[i]) + uint(b[j]) + 8) / 16)
		}
	}
	return q
}

// voisinage returns the two source pixels of enlarged pixel i, nearest first.
func voisinage(i, n int) (int, int) {
	return i / 2, min(max(i/2+2*(i&1)-1, 0), n-1)
}

// etaler lets the dark spread by one pixel all around, or the light: the dots
// of a marked part then touch. What it works on was smoothed first.
func (p *plan) etaler(noir bool) plan {
	if noir {
		return p.voisins(func(dst, a, b, c []uint8) {
			a, b, c = a[:len(dst)], b[:len(dst)], c[:len(dst)]
			for x := range dst {
				dst[x] = min(a[x], b[x], c[x])
			}
		})
	}
	return p.voisins(func(dst, a, b, c []uint8) {
		for x := range dst {
			dst[x] = max(a[x], b[x], c[x])
		}
	})
}

// lisser returns the picture smoothed a little.
func (p *plan) lisser() plan {
	return p.voisins(func(dst, a, b, c []uint8) {
		a, b, c = a[:len(dst)], b[:len(dst)], c[:len(dst)]
		for x := range dst {
			dst[x] = uint8((uint(a[x]) + 2*uint(b[x]) + uint(c[x]) + 2) / 4)
		}
	})
}

// voisins combines each pixel with its two neighbours, along lines and then
// along columns; f does it for a line of pixels, as long as dst. Beyond the
// picture, its border goes on.
func (p *plan) voisins(f func(dst, a, b, c []uint8)) plan {
	tmp, large := make([]uint8, len(p.pix)), make([]uint8, p.l+2)
	for y := range p.h {
		copy(large[1:], p.pix[y*p.l:][:p.l])
		large[0], large[p.l+1] = large[1], large[p.l]
		f(tmp[y*p.l:][:p.l], large[:p.l], large[1:][:p.l], large[2:][:p.l])
	}
	q := plan{l: p.l, h: p.h, pix: make([]uint8, len(p.pix))}
	for y := range p.h {
		f(q.pix[y*p.l:][:p.l], tmp[max(y-1, 0)*p.l:][:p.l], tmp[y*p.l:][:p.l], tmp[min(y+1, p.h-1)*p.l:][:p.l])
	}
	return q
}
