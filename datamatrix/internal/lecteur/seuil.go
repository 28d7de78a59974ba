package lecteur

import "encoding/binary"

// Side of the blocks over which the local threshold is computed, and the
// radius, in blocks, of its smoothing.
const (
	coteBloc  = 8
	rayonBloc = 2
)

// binaire is a picture cut by a local threshold. Bit 0 of b is set where it
// is dark; the other bits belong to the walk along the contours. One light
// pixel is added all around.
type binaire struct {
	gris plan
	s    int // stride of b: gris.l + 2
	b    []uint8

	bl, bh int     // size in blocks
	seuil  []uint8 // threshold of each block
}

// binariser cuts the picture. A block where the grey varies no more than the
// noise of the paper takes its threshold from its neighbours.
func binariser(p plan) *binaire {
	n := &binaire{gris: p, s: p.l + 2}
	n.bl, n.bh = (p.l+coteBloc-1)/coteBloc, (p.h+coteBloc-1)/coteBloc
	n.calculerSeuils()
	n.b = make([]uint8, n.s*(p.h+2))
	for y := range p.h {
		src := p.pix[y*p.l:][:p.l]
		dst := n.b[(y+1)*n.s+1:][:p.l]
		seuils := n.seuil[y/coteBloc*n.bl:][:n.bl]
		x := 0
		for ; x+coteBloc <= p.l; x += coteBloc {
			t := uint64(seuils[x/coteBloc]) * octets16
			v := binary.LittleEndian.Uint64(src[x:])
			pair := (v&pairs | retenues) - t
			impair := (v>>8&pairs | retenues) - t
			noirs := ^(pair>>8)&octets16 | (^(impair>>8)&octets16)<<8
			binary.LittleEndian.PutUint64(dst[x:], noirs)
		}
		for ; x < p.l; x++ {
			if src[x] < seuils[x/coteBloc] {
				dst[x] = noirBit
			}
		}
	}
	return n
}

// etendue is the darkest and the lightest grey of a block.
type etendue struct{ lo, hi uint8 }

// Eight pixels are handled at a time, as two words of four 16-bit lanes.
const (
	pairs    = 0x00FF00FF00FF00FF
	retenues = 0x0100010001000100
	octets16 = 0x0001000100010001
	octets8  = 0x0101010101010101
)

// etendueBloc looks at 8 pixels of every other of the given lines.
func etendueBloc(pix []uint8, pas, lignes int) etendue {
	v := binary.LittleEndian.Uint64(pix)
	p, q := v&pairs, v>>8&pairs
	hi, lo := plusGrands(p, q), ^plusGrands(^p&pairs, ^q&pairs)&pairs
	for y := 2; y < lignes; y += 2 {
		v = binary.LittleEndian.Uint64(pix[y*pas:])
		p, q = v&pairs, v>>8&pairs
		g := plusGrands(p, q)
		hi = plusGrands(hi, g)
		lo = ^plusGrands(^lo&pairs, ^(p^q^g)&pairs) & pairs
	}
	return etendue{
		lo: min(uint8(lo), uint8(lo>>16), uint8(lo>>32), uint8(lo>>48)),
		hi: max(uint8(hi), uint8(hi>>16), uint8(hi>>32), uint8(hi>>48)),
	}
}

// plusGrands takes the larger value of each lane.
func plusGrands(a, b uint64) uint64 {
	m := ((a | retenues) - b) >> 8 & octets16 * 0xFF
	return a&m | b&^m
}

func (n *binaire) etendues() []etendue {
	p := n.gris
	e := make([]etendue, n.bl*n.bh)
	for by := range n.bh {
		rang := e[by*n.bl:][:n.bl]
		y0, y1 := by*coteBloc, min(by*coteBloc+coteBloc, p.h)
		plein := p.l / coteBloc
		for i := range plein {
			rang[i] = etendueBloc(p.pix[y0*p.l+i*coteBloc:], p.l, y1-y0)
		}
		if plein == n.bl {
			continue
		}
		lo, hi := uint8(255), uint8(0)
		for y := y0; y < y1; y++ {
			for _, v := range p.pix[y*p.l+plein*coteBloc : (y+1)*p.l] {
				lo, hi = min(lo, v), max(hi, v)
			}
		}
		rang[plein] = etendue{lo, hi}
	}
	return e
}

// platitude returns the variation of grey under which a block is flat: above
// the noise of the calm fifth of the picture, and a part of the strongest
// contrast at most.
func platitude(e []etendue) int {
	var h [256]int
	for _, b := range e {
		h[b.hi-b.lo]++
	}
	rang := func(part float64) int {
		reste := int(part * float64(len(e)))
		for v, c := range h {
			if reste -= c; reste < 0 {
				return v
			}
		}
		return 255
	}
	return min(max(rang(0.2)*2+6, 10), max(rang(0.99)*2/5, 10))
}

func (n *binaire) calculerSeuils() {
	type cumul struct{ v, w uint32 }
	etendues := n.etendues()
	plat := platitude(etendues)
	blocs := make([]cumul, n.bl*n.bh)
	var somme, poids uint64
	for i, b := range etendues {
		if w := uint32(b.hi - b.lo); int(w) > plat {
			c := cumul{(uint32(b.lo) + uint32(b.hi)) / 2 * w, w}
			blocs[i] = c
			somme += uint64(c.v)
			poids += uint64(w)
		}
	}
	n.seuil = make([]uint8, n.bl*n.bh)
	milieu := uint8(128)
	if poids > 0 {
		milieu = uint8(somme / poids)
	}
	// Separable sum over the neighbouring blocks.
	lignes := make([]cumul, n.bl*n.bh)
	for by := range n.bh {
		src, dst := blocs[by*n.bl:][:n.bl], lignes[by*n.bl:][:n.bl]
		var c cumul
		for i := range min(rayonBloc, n.bl) {
			c.v, c.w = c.v+src[i].v, c.w+src[i].w
		}
		for i := range dst {
			if j := i + rayonBloc; j < n.bl {
				c.v, c.w = c.v+src[j].v, c.w+src[j].w
			}
			if j := i - rayonBloc - 1; j >= 0 {
				c.v, c.w = c.v-src[j].v, c.w-src[j].w
			}
			dst[i] = c
		}
	}
	for by := range n.bh {
		for bx := range n.bl {
			var c cumul
			for j := max(0, by-rayonBloc); j <= min(n.bh-1, by+rayonBloc); j++ {
				o := lignes[j*n.bl+bx]
				c.v, c.w = c.v+o.v, c.w+o.w
			}
			t := milieu
			switch {
			case c.w > 0:
				t = uint8(c.v / c.w)
			case bx > 0:
				t = n.seuil[by*n.bl+bx-1]
			case by > 0:
				t = n.seuil[(by-1)*n.bl+bx]
			}
			n.seuil[by*n.bl+bx] = t
		}
	}
}

// ecart returns how far above the local threshold the picture is at (x, y):
// negative where it is dark. Outside the picture is light paper.
func (n *binaire) ecart(x, y float64) float64 {
	x, y = x-0.5, y-0.5
	x0, y0 := int(x+1)-1, int(y+1)-1
	if x < -1 || y < -1 || x0 < 0 || y0 < 0 || x0 >= n.gris.l-1 || y0 >= n.gris.h-1 {
		return n.ecartBord(x, y)
	}
	o := y0*n.gris.l + x0
	a := n.gris.pix[o : o+2 : o+2]
	b := n.gris.pix[o+n.gris.l : o+n.gris.l+2]
	fx, fy := x-float64(x0), y-float64(y0)
	haut := float64(a[0]) + fx*(float64(a[1])-float64(a[0]))
	bas := float64(b[0]) + fx*(float64(b[1])-float64(b[0]))
	return haut + fy*(bas-haut) - float64(n.seuil[y0/coteBloc*n.bl+x0/coteBloc])
}

func (n *binaire) ecartBord(x, y float64) float64 {
	if x < -1 || y < -1 || x > float64(n.gris.l) || y > float64(n.gris.h) {
		return 60
	}
	xi, yi := min(max(int(x+0.5), 0), n.gris.l-1), min(max(int(y+0.5), 0), n.gris.h-1)
	return float64(n.gris.pix[yi*n.gris.l+xi]) - float64(n.seuil[yi/coteBloc*n.bl+xi/coteBloc])
}

// noir reports whether the pixel at (x, y) is dark.
func (n *binaire) noir(x, y float64) bool {
	if x < 0 || y < 0 || x >= float64(n.gris.l) || y >= float64(n.gris.h) {
		return false
	}
	return n.b[(int(y)+1)*n.s+int(x)+1]&1 != 0
}
