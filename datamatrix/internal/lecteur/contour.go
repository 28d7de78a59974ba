package lecteur

import "encoding/binary"

// sommet is a vertex between pixels: (x, y) is the top left of pixel (x, y).
type sommet struct{ x, y int32 }

func (s sommet) point() Point { return Point{float64(s.x), float64(s.y)} }

// Bits of binaire.b besides darkness.
const (
	noirBit = 1
	vuBit   = 2 // the left side of the pixel was walked along
)

// Directions of the walk: up, right, down, left.
var (
	marcheX = [4]int32{0, 1, 0, -1}
	marcheY = [4]int32{-1, 0, 1, 0}
)

// parcourir walks along every border between dark and light that crosses one
// of every pas lines of pixels, dark on the right hand, and gives the vertices
// of those of at least longueur sides. The slice is reused.
func (n *binaire) parcourir(pas, longueur int, visiter func([]sommet) bool) {
	var pts []sommet
	for y := pas / 2; y < n.gris.h; y += pas {
		ligne := n.b[(y+1)*n.s:][:n.s]
		for x := 1; x < len(ligne); x++ {
			// Eight pixels at a time where nothing changes.
			for x+8 <= len(ligne) && (binary.LittleEndian.Uint64(ligne[x:])^binary.LittleEndian.Uint64(ligne[x-1:]))&(noirBit*octets8) == 0 {
				x += 8
			}
			if x == len(ligne) {
				break
			}
			if (ligne[x]^ligne[x-1])&noirBit == 0 || ligne[x]&vuBit != 0 {
				continue
			}
			dir, depart := 0, sommet{int32(x - 1), int32(y + 1)}
			if ligne[x]&noirBit == 0 {
				dir, depart = 2, sommet{int32(x - 1), int32(y)}
			}
			pts = n.suivre(pts[:0], depart, dir)
			if len(pts) >= longueur && !visiter(pts) {
				return
			}
		}
	}
}

// suivre walks one border from a vertex until it is back.
func (n *binaire) suivre(pts []sommet, depart sommet, dir int) []sommet {
	s := n.s
	// Offsets, from the pixel at the lower right of the vertex, of the pixels
	// ahead on the left and on the right.
	gauche := [4]int{-s - 1, -s, 0, -1}
	droite := [4]int{-s, 0, -1, -s - 1}
	pas := [4]int{-s, 1, s, -1}
	v, d := depart, dir
	o := int(v.y+1)*s + int(v.x) + 1
	for {
		pts = append(pts, v)
		switch d {
		case 0:
			n.b[o-s] |= vuBit
		case 2:
			n.b[o] |= vuBit
		}
		v.x, v.y = v.x+marcheX[d], v.y+marcheY[d]
		o += pas[d]
		switch {
		case n.b[o+gauche[d]]&noirBit != 0:
			d = (d + 3) & 3
		case n.b[o+droite[d]]&noirBit == 0:
			d = (d + 1) & 3
		}
		if v == depart && d == dir {
			return pts
		}
	}
}

// polygone keeps the vertices of a closed border such that no other lies
// farther than tol from the sides.
type polygone struct {
	idx    []int // indices into the border, growing
	court  int   // pieces of the border of fewer sides are not looked into
	pile   [][2]int
	points []Point // the vertices three times over, for equerres
}

func (g *polygone) reduire(pts []sommet, tol float64) []int {
	a := plusLoin(pts, pts[0])
	b := plusLoin(pts, pts[a])
	if a > b {
		a, b = b, a
	}
	g.idx = g.idx[:0]
	g.diviser(pts, a, b, tol)
	g.diviser(pts, b, a+len(pts), tol)
	return g.idx
}

func plusLoin(pts []sommet, o sommet) int {
	var best int64 = -1
	k := 0
	for i, p := range pts {
		dx, dy := int64(p.x-o.x), int64(p.y-o.y)
		if d := dx*dx + dy*dy; d > best {
			best, k = d, i
		}
	}
	return k
}

// diviser appends a and the vertices kept between a and b, b excluded.
// Indices from len(pts) on wrap around.
func (g *polygone) diviser(pts []sommet, a, b int, tol float64) {
	n := len(pts)
	g.pile = append(g.pile[:0], [2]int{a, b})
	for len(g.pile) > 0 {
		k := len(g.pile) - 1
		a, b := g.pile[k][0], g.pile[k][1]
		g.pile = g.pile[:k]
		if b-a < g.court {
			g.idx = append(g.idx, a%n)
			continue
		}
		pa, pb := pts[a%n], pts[b%n]
		dx, dy := int(pb.x-pa.x), int(pb.y-pa.y)
		max2, m := -1, 0
		i, q := a+1, (a+1)%n
		for ; i < b; i++ {
			p := pts[q]
			c := dx*int(p.y-pa.y) - dy*int(p.x-pa.x)
			if c < 0 {
				c = -c
			}
			if c > max2 {
				max2, m = c, i
			}
			if q++; q == n {
				q = 0
			}
		}
		if d := float64(max2); max2 >= 0 && d*d > tol*tol*float64(dx*dx+dy*dy) {
			g.pile = append(g.pile, [2]int{m, b}, [2]int{a, m})
		} else {
			g.idx = append(g.idx, a%n)
		}
	}
}
