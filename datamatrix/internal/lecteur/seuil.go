package lecteur

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

// binariser cuts the picture. A block where the grey varies less than plat
// takes its threshold from its neighbours.
func binariser(p plan, plat int) *binaire {
	n := &binaire{gris: p, s: p.l + 2}
	n.bl, n.bh = (p.l+coteBloc-1)/coteBloc, (p.h+coteBloc-1)/coteBloc
	n.calculerSeuils(plat)
	n.b = make([]uint8, n.s*(p.h+2))
	for y := range p.h {
		src := p.pix[y*p.l:][:p.l]
		dst := n.b[(y+1)*n.s+1:][:p.l]
		seuils := n.seuil[y/coteBloc*n.bl:][:n.bl]
		for i, t := range seuils {
			d := dst[i*coteBloc : min(i*coteBloc+coteBloc, p.l)]
			s := src[i*coteBloc:][:len(d)]
			for x, v := range s {
				d[x] = uint8((int32(v) - int32(t)) >> 31 & 1)
			}
		}
	}
	return n
}

func (n *binaire) calculerSeuils(plat int) {
	type cumul struct{ v, w uint32 }
	p := n.gris
	blocs := make([]cumul, n.bl*n.bh)
	mins, maxs := make([]uint8, n.bl), make([]uint8, n.bl)
	var somme, poids uint64
	for by := range n.bh {
		for i := range mins {
			mins[i], maxs[i] = 255, 0
		}
		for y := by * coteBloc; y < min(by*coteBloc+coteBloc, p.h); y++ {
			src := p.pix[y*p.l:][:p.l]
			for i := range mins {
				lo, hi := mins[i], maxs[i]
				for _, v := range src[i*coteBloc : min(i*coteBloc+coteBloc, len(src))] {
					lo, hi = min(lo, v), max(hi, v)
				}
				mins[i], maxs[i] = lo, hi
			}
		}
		for i := range mins {
			if lo, hi := uint32(mins[i]), uint32(maxs[i]); int(hi-lo) > plat {
				w := hi - lo
				blocs[by*n.bl+i] = cumul{(lo + hi) / 2 * w, w}
				somme += uint64((lo + hi) / 2 * w)
				poids += uint64(w)
			}
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
