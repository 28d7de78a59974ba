package lecteur

import (
	"math"
	"slices"
)

// cote is a straight piece of a border, walked from a to b with the dark on
// the right hand.
type cote struct {
	a, b Point
	u    Point // unit vector
	l    float64
}

// Bounds of the search for broken L shapes.
const (
	maxCotes   = 160
	coteCourt  = 8
	maxBrisees = 400
)

// cotes lists the longest straight pieces of the borders of a view.
func (n *binaire) cotes(connu func(Point) bool) []cote {
	g := polygone{court: coteCourt}
	var cs []cote
	n.oublier()
	n.parcourir(3, 24, func(pts []sommet) bool {
		if connu(milieu(pts)) {
			return true
		}
		idx := g.reduire(pts, toleranceL)
		for k := range idx {
			i, j := idx[k], idx[(k+1)%len(idx)]
			a, b := pts[i].point(), pts[j].point()
			if b.moins(a).norme() < coteCourt {
				continue
			}
			o, u, _ := ajusterDroite(pts, i, j, a, b)
			a, b = o.plus(u.fois(a.moins(o).scal(u))), o.plus(u.fois(b.moins(o).scal(u)))
			cs = append(cs, cote{a, b, u, b.moins(a).norme()})
		}
		return true
	})
	slices.SortFunc(cs, func(p, q cote) int {
		switch {
		case p.l > q.l:
			return -1
		case p.l < q.l:
			return 1
		}
		return 0
	})
	return cs[:min(len(cs), maxCotes)]
}

// equerresBrisees pairs straight pieces into L shapes whose corner or arms are
// damaged: the pieces need not touch, and each arm is followed as far as its
// ink goes on the whole. Borders that connu knows of are left out.
func (n *binaire) equerresBrisees(connu func(Point) bool, donner func(equerre)) {
	cs := n.cotes(connu)
	rendues := 0
	for i := range cs {
		for j := range cs {
			if i == j || rendues >= maxBrisees {
				continue
			}
			p, q := &cs[i], &cs[j]
			tourne := p.u.vect(q.u)
			if math.Abs(tourne) < sinusMin {
				continue
			}
			c, ok := croiser(p.a, p.u, q.a, q.u)
			if !ok {
				continue
			}
			// The corner lies near the end of the first and the start of the
			// second.
			e1, e2 := c.moins(p.b).scal(p.u), q.a.moins(c).scal(q.u)
			if math.Abs(e1) > 0.6*p.l+4 || math.Abs(e2) > 0.6*q.l+4 || max(e1, 0)+max(e2, 0) > 0.5*(p.l+q.l) {
				continue
			}
			e := equerre{coin: c, inverse: tourne < 0}
			pol := polarite(e.inverse)
			bras1, ok1 := n.prolonger(c, p.u.fois(-1), q.u, pol)
			bras2, ok2 := n.prolonger(c, q.u, p.u.fois(-1), pol)
			if !ok1 || !ok2 {
				continue
			}
			e.droit, e.haut = c.plus(p.u.fois(-bras1)), c.plus(q.u.fois(bras2))
			if e.droit.moins(c).vect(e.haut.moins(c)) > 0 {
				e.haut, e.droit = e.droit, e.haut
			}
			rendues++
			donner(e)
		}
	}
}

// prolonger follows an arm from the corner along u, just inside its border,
// and returns how far it keeps mostly ink within and mostly paper without.
func (n *binaire) prolonger(c, u, dedans Point, pol float64) (float64, bool) {
	w := Point{-u.Y, u.X}
	if w.scal(dedans) < 0 {
		w = w.fois(-1)
	}
	const (
		retrait  = 1.2
		manque   = 0.25 // share of an arm that may be missing
		longueur = 700
	)
	var bons, vus, fin float64
	vide := 0.0
	for s := 0.5; s < longueur; s++ {
		d := c.plus(u.fois(s))
		i := d.plus(w.fois(retrait))
		x := d.moins(w.fois(retrait + 0.6))
		vus++
		if n.ecart(i.X, i.Y)*pol < 0 && n.ecart(x.X, x.Y)*pol > 0 {
			bons++
			vide = 0
			if bons > (1-manque)*vus {
				fin = s + 0.5
			}
			continue
		}
		if vide++; vide > 6+0.3*fin {
			break
		}
	}
	return fin, fin >= brasMin
}

// oublier makes every border new to a walk.
func (n *binaire) oublier() {
	for i := range n.b {
		n.b[i] &= noirBit
	}
}
