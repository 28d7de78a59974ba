package lecteur

import (
	"math"
	"sync"
)

// repere is a module of the finder pattern: its centre in the unit square and
// its sign, +1 light, -1 dark.
type repere struct{ u, v, signe float64 }

// maxReperes bounds the finder modules looked at; larger symbols are sampled.
const maxReperes = 320

// reperes gives the finder modules of each size: those of the top line, of
// the right column, then the rest.
var reperes = func() map[*taille]func() []repere {
	m := make(map[*taille]func() []repere, len(tailles))
	for _, t := range tailles {
		m[t] = sync.OnceValue(t.calculerReperes)
	}
	return m
}()

func (t *taille) calculerReperes() []repere {
	var haut, droit, reste []repere
	for l := range t.lignes {
		for c := range t.colonnes {
			s := t.motif(l, c)
			r := repere{(float64(c) + 0.5) / float64(t.colonnes), (float64(l) + 0.5) / float64(t.lignes), float64(s)}
			switch {
			case s == 0:
			case l == 0:
				haut = append(haut, r)
			case c == t.colonnes-1:
				droit = append(droit, r)
			default:
				reste = append(reste, r)
			}
		}
	}
	r := append(haut, droit...)
	garde := max(maxReperes-len(r), len(r))
	pas := (len(reste) + garde - 1) / garde
	for i := 0; i < len(reste); i += pas {
		r = append(r, reste[i])
	}
	return r
}

// accord measures how a picture agrees with finder modules through a shape: 1
// when every module has its colour, 0 for chance, and the share of modules of
// the right colour. On the far borders, the first haut and next droit modules,
// only the alternation counts: blur makes them lighter than the threshold.
func (n *binaire) accord(f *forme, r []repere, haut, droit int, polarite float64) (float64, float64) {
	m := f.projection()
	var vals [3 * maxReperes]float64
	for i := range r {
		vals[i] = n.ecart(m.point(r[i].u, r[i].v)) * polarite
	}
	centrer(vals[:haut])
	centrer(vals[haut : haut+droit])
	var s, a float64
	justes := 0
	for i := range r {
		e := vals[i] * r[i].signe
		s += e
		if e > 0 {
			justes++
			a += e
		} else {
			a -= e
		}
	}
	return s / (a + 1e-9), float64(justes) / float64(len(r))
}

func centrer(v []float64) {
	var m float64
	for _, x := range v {
		m += x
	}
	m /= float64(len(v))
	for i := range v {
		v[i] -= m
	}
}

// hypothese is a quad taken for a symbol of some size.
type hypothese struct {
	forme
	t      *taille
	miroir bool // known to be mirrored: a rectangle seen upright otherwise
	accord float64
	justes float64
}

// Smallest module, in pixels, and bounds on what is worth a closer look.
const (
	moduleMin      = 1.25
	accordGermeMin = 0.30
	accordGlisse   = 0.45 // what sliding the far corner must reach
	accordMin      = 0.85
	justesMin      = 0.86
	accordCourbe   = 0.6 // from here on, bend the sides
	justesCourbe   = 0.78
	accordDirect   = 0.85 // decode before any refinement
	germes         = 4
)

// hypotheses tries every size on an L and keeps the likeliest ones, best
// first.
func (n *binaire) hypotheses(q equerre, coin Point, dst []hypothese) []hypothese {
	base := forme{q: quad{q.haut, coin, q.droit, q.coin}}
	base.arc = [4]Point{q.arcBas, q.arcGauche, q.arcBas, q.arcGauche}
	if !base.q.convexe() {
		return dst
	}
	pol := polarite(q.inverse)
	large := (base.q[hautDroit].moins(base.q[hautGauche]).norme() + base.q[basDroit].moins(base.q[basGauche]).norme()) / 2
	haut := (base.q[hautGauche].moins(base.q[basGauche]).norme() + base.q[hautDroit].moins(base.q[basDroit]).norme()) / 2
	for _, t := range tailles {
		for _, miroir := range []bool{false, true} {
			if miroir && t.lignes == t.colonnes {
				break
			}
			b := base
			l, h := large, haut
			if miroir {
				b, l, h = base.retourne(), haut, large
			}
			mu, mv := l/float64(t.colonnes), h/float64(t.lignes)
			if min(mu, mv) < moduleMin || mu > 1.9*mv || mv > 1.9*mu {
				continue
			}
			a, j := n.germer(&b, t, pol)
			// Few modules agree by chance more easily.
			if a < max(accordGermeMin, 2.1/math.Sqrt(float64(t.colonnes+t.lignes))) {
				continue
			}
			hy := hypothese{forme: b, t: t, miroir: miroir, accord: a, justes: j}
			// Keep the best, in order.
			i := len(dst)
			if i < germes {
				dst = append(dst, hy)
			} else if dst[i-1].accord >= a {
				continue
			} else {
				i--
			}
			for i > 0 && dst[i-1].accord < a {
				dst[i] = dst[i-1]
				i--
			}
			dst[i] = hy
		}
	}
	return dst
}

// germer measures the far borders of a shape. Along a long rectangle a fault of
// half a module in the far corner is enough to lose the alternation: the corner
// slides until it is found.
func (n *binaire) germer(f *forme, t *taille, pol float64) (float64, float64) {
	r := reperes[t]()[:t.colonnes+t.lignes-1]
	a, j := n.accord(f, r, t.colonnes, t.lignes-1, pol)
	o := f.q[hautDroit]
	m := o.moins(f.q[hautGauche]).fois(1 / float64(t.colonnes))
	haut := f.q[basGauche].moins(f.q[hautGauche]).norme() / float64(t.lignes)
	if k := m.norme() / haut; t.colonnes < 6*t.lignes || a > accordGlisse || k < 0.75 || k > 1.3 {
		return a, j
	}
	best := o
	for _, d := range [...]float64{-1, -0.5, 0.5, 1} {
		f.q[hautDroit] = o.plus(m.fois(d))
		if a2, j2 := n.accord(f, r, t.colonnes, t.lignes-1, pol); a2 > max(a, accordGlisse) {
			a, j, best = a2, j2, f.q[hautDroit]
		}
	}
	f.q[hautDroit] = best
	return a, j
}

// retourne exchanges the two arms of the L.
func (f forme) retourne() forme {
	return forme{f.q.retourne(), [4]Point{f.arc[1], f.arc[0], f.arc[3], f.arc[2]}}
}

func (q quad) retourne() quad {
	return quad{q[basDroit], q[hautDroit], q[hautGauche], q[basGauche]}
}

func polarite(inverse bool) float64 {
	if inverse {
		return -1
	}
	return 1
}

// mesurer measures the whole finder pattern.
func (n *binaire) mesurer(h *hypothese, pol float64) {
	h.accord, h.justes = n.accord(&h.forme, reperes[h.t](), h.t.colonnes, h.t.lignes-1, pol)
}

// affiner moves the corners until the finder pattern agrees best.
func (n *binaire) affiner(h *hypothese, pol float64) {
	n.mesurer(h, pol)
	module := moduleDe(&h.q, h.t)
	depart := h.q
	// The corner opposite to the L is the least known.
	coins := [4]*Point{&h.q[hautDroit], &h.q[hautGauche], &h.q[basDroit], &h.q[basGauche]}
	for pas := 0.6 * module; pas > 0.08*module && pas > 0.05; pas *= 0.55 {
		if pas < 0.4*module && h.accord < accordCourbe {
			return // the coarse steps led nowhere
		}
		for range 3 {
			mieux := false
			for i, c := range coins {
				libre := 1.3 * module
				if i == 0 {
					libre = 4 * module
				}
				o := depart[[4]int{hautDroit, hautGauche, basDroit, basGauche}[i]]
				mieux = n.deplacer(h, pol, c, pas, o, libre) || mieux
			}
			if !mieux {
				break
			}
		}
	}
}

// courber bends the sides until the finder pattern agrees best.
func (n *binaire) courber(h *hypothese, pol float64) {
	module := moduleDe(&h.q, h.t)
	depart := h.q
	for pas := 0.7 * module; pas > 0.15*module; pas *= 0.6 {
		for range 3 {
			mieux := false
			for i := range h.arc {
				mieux = n.deplacer(h, pol, &h.arc[i], pas, Point{}, 6*module) || mieux
			}
			for i := range h.q {
				mieux = n.deplacer(h, pol, &h.q[i], pas*0.5, depart[i], 2*module) || mieux
			}
			if !mieux {
				break
			}
		}
	}
}

var directions = [4]Point{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}

// deplacer moves one point of the shape by steps while the agreement grows, no
// farther than libre from o.
func (n *binaire) deplacer(h *hypothese, pol float64, p *Point, pas float64, o Point, libre float64) bool {
	r := reperes[h.t]()
	mieux := false
	for i := 0; i < len(directions); i++ {
		origine := *p
		*p = origine.plus(directions[i].fois(pas))
		if p.moins(o).norme() <= libre && h.q.convexe() {
			if a, j := n.accord(&h.forme, r, h.t.colonnes, h.t.lignes-1, pol); a > h.accord+1e-4 {
				h.accord, h.justes, mieux = a, j, true
				i-- // once more the same way
				continue
			}
		}
		*p = origine
	}
	return mieux
}

// moduleDe returns the side of a module of the quad, in pixels.
func moduleDe(q *quad, t *taille) float64 {
	l := (q[hautDroit].moins(q[hautGauche]).norme() + q[basDroit].moins(q[basGauche]).norme()) / float64(2*t.colonnes)
	h := (q[hautGauche].moins(q[basGauche]).norme() + q[hautDroit].moins(q[basDroit]).norme()) / float64(2*t.lignes)
	return math.Min(l, h)
}
