package lecteur

import (
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
		for x := range out {
			out[x] = uint8((uint32(a[2*x]) + uint32(a[2*x+1]) + uint32(b[2*x]) + uint32(b[2*x+1]) + 2) >> 2)
		}
	}
	return q
}

// extraire copies a rectangle, enlarged k times by linear interpolation.
func (p *plan) extraire(r image.Rectangle, k int) plan {
	r = r.Intersect(image.Rect(0, 0, p.l, p.h))
	q := plan{l: r.Dx() * k, h: r.Dy() * k}
	q.pix = make([]uint8, q.l*q.h)
	for y := range q.h {
		y0, fy := interpoler(y, k, r.Min.Y, p.h)
		a, b := p.pix[y0*p.l:][:p.l], p.pix[min(y0+1, p.h-1)*p.l:][:p.l]
		for x := range q.l {
			x0, fx := interpoler(x, k, r.Min.X, p.l)
			x1 := min(x0+1, p.l-1)
			haut := int(a[x0])*(2*k-fx) + int(a[x1])*fx
			bas := int(b[x0])*(2*k-fx) + int(b[x1])*fx
			q.pix[y*q.l+x] = uint8((haut*(2*k-fy) + bas*fy + 2*k*k) / (4 * k * k))
		}
	}
	return q
}

// interpoler returns the source pixel below the centre of enlarged pixel i
// and the weight, out of 2k, of the next one.
func interpoler(i, k, debut, fin int) (int, int) {
	c := 2*i + 1 - k // in 1/(2k) of a source pixel
	x := c / (2 * k)
	f := c % (2 * k)
	if f < 0 {
		x, f = x-1, f+2*k
	}
	x += debut
	if x < 0 {
		return 0, 0
	}
	return min(x, fin-1), f
}

// etaler lets the dark spread by one pixel all around, or the light: the dots
// of a marked part then touch. What it works on is smoothed first.
func (p *plan) etaler(noir bool) plan {
	lisse := p.voisins(func(a, b, c uint8) uint8 { return uint8((uint(a) + 2*uint(b) + uint(c) + 2) / 4) })
	if noir {
		return lisse.voisins(func(a, b, c uint8) uint8 { return min(a, b, c) })
	}
	return lisse.voisins(func(a, b, c uint8) uint8 { return max(a, b, c) })
}

// voisins combines each pixel with its two neighbours, along lines and then
// along columns.
func (p *plan) voisins(f func(a, b, c uint8) uint8) plan {
	tmp := make([]uint8, len(p.pix))
	for y := range p.h {
		src, dst := p.pix[y*p.l:][:p.l], tmp[y*p.l:][:p.l]
		for x := range src {
			dst[x] = f(src[max(x-1, 0)], src[x], src[min(x+1, p.l-1)])
		}
	}
	q := plan{l: p.l, h: p.h, pix: make([]uint8, len(p.pix))}
	for y := range p.h {
		a, b, c := tmp[max(y-1, 0)*p.l:][:p.l], tmp[y*p.l:][:p.l], tmp[min(y+1, p.h-1)*p.l:][:p.l]
		dst := q.pix[y*p.l:][:p.l]
		for x := range dst {
			dst[x] = f(a[x], b[x], c[x])
		}
	}
	return q
}
