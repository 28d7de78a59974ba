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

// reperes gives the finder modules of each size: far borders first.
var reperes = func() map[*taille]func() ([]repere, int) {
	m := make(map[*taille]func() ([]repere, int), len(tailles))
	for _, t := range tailles {
		type deux struct {
			r []repere
			n int
		}
		f := sync.OnceValue(func() deux {
			r, n := t.calculerReperes()
			return deux{r, n}
		})
		m[t] = func() ([]repere, int) { d := f(); return d.r, d.n }
	}
	return m
}()

// calculerReperes returns the finder modules and how many of them, at the
// front, belong to the two far borders.
func (t *taille) calculerReperes() ([]repere, int) {
	var loin, reste []repere
	for l := range t.lignes {
		for c := range t.colonnes {
			s := t.motif(l, c)
			if s == 0 {
				continue
			}
			r := repere{(float64(c) + 0.5) / float64(t.colonnes), (float64(l) + 0.5) / float64(t.lignes), float64(s)}
			if l == 0 || c == t.colonnes-1 {
				loin = append(loin, r)
			} else {
				reste = append(reste, r)
			}
		}
	}
	n := len(loin)
	if garde := max(maxReperes-n, n); len(reste) > garde {
		k := (len(reste) + garde - 1) / garde
		j := 0
		for i := 0; i < len(reste); i += k {
			reste[j] = reste[i]
			j++
		}
		reste = reste[:j]
	}
	return append(loin, reste...), n
}

// accord measures how a picture agrees with finder modules through a quad: 1
// when every module has its colour, 0 for chance, and the share of modules of
// the right colour.
func (n *binaire) accord(q *quad, r []repere, polarite float64) (float64, float64) {
	m := q.homographie()
	var s, a, justes float64
	for i := range r {
		x, y := m.point(r[i].u, r[i].v)
		e := n.ecart(x, y) * polarite * r[i].signe
		s += e
		if e > 0 {
			justes++
			a += e
		} else {
			a -= e
		}
	}
	return s / (a + 1e-9), justes / float64(len(r))
}

// hypothese is a quad taken for a symbol of some size.
type hypothese struct {
	t      *taille
	q      quad
	miroir bool // known to be mirrored: a rectangle seen upright otherwise
	accord float64
	justes float64
}

// Smallest module, in pixels, and bounds on what is worth a closer look.
const (
	moduleMin      = 1.25
	accordGermeMin = 0.30
	accordMin      = 0.55
	justesMin      = 0.78
	germes         = 4
)

// hypotheses tries every size on an L and keeps the likeliest ones, best
// first.
func (n *binaire) hypotheses(q equerre, coin Point, dst []hypothese) []hypothese {
	base := quad{q.haut, coin, q.droit, q.coin}
	if !base.convexe() {
		return dst
	}
	pol := polarite(q.inverse)
	large := (base[hautDroit].moins(base[hautGauche]).norme() + base[basDroit].moins(base[basGauche]).norme()) / 2
	haut := (base[hautGauche].moins(base[basGauche]).norme() + base[hautDroit].moins(base[basDroit]).norme()) / 2
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
			r, k := reperes[t]()
			a, j := n.accord(&b, r[:k], pol)
			if a < accordGermeMin {
				continue
			}
			hy := hypothese{t: t, q: b, miroir: miroir, accord: a, justes: j}
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

// retourne exchanges the two arms of the L.
func (q quad) retourne() quad {
	return quad{q[basDroit], q[hautDroit], q[hautGauche], q[basGauche]}
}

func polarite(inverse bool) float64 {
	if inverse {
		return -1
	}
	return 1
}

// affiner moves the corners until the finder pattern agrees best.
func (n *binaire) affiner(h *hypothese, inverse bool) {
	r, _ := reperes[h.t]()
	pol := polarite(inverse)
	h.accord, h.justes = n.accord(&h.q, r, pol)
	module := (h.q[hautDroit].moins(h.q[hautGauche]).norme() + h.q[basDroit].moins(h.q[basGauche]).norme()) / float64(2*h.t.colonnes)
	for pas := 0.6 * module; pas > 0.08*module && pas > 0.05; pas *= 0.55 {
		for range 3 {
			mieux := false
			// The corner opposite to the L is the least known.
			for _, c := range [4]int{hautDroit, hautGauche, basDroit, basGauche} {
				mieux = n.deplacer(h, r, pol, c, pas) || mieux
			}
			if !mieux {
				break
			}
		}
	}
}

var directions = [8]Point{{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {0.7, 0.7}, {-0.7, -0.7}, {0.7, -0.7}, {-0.7, 0.7}}

func (n *binaire) deplacer(h *hypothese, r []repere, pol float64, coin int, pas float64) bool {
	origine := h.q[coin]
	best, mieux := origine, false
	for _, d := range directions {
		h.q[coin] = origine.plus(d.fois(pas))
		if !h.q.convexe() {
			continue
		}
		if a, j := n.accord(&h.q, r, pol); a > h.accord+1e-4 {
			h.accord, h.justes, best, mieux = a, j, h.q[coin], true
		}
	}
	h.q[coin] = best
	return mieux
}

// moduleDe returns the side of a module of the quad, in pixels.
func moduleDe(q *quad, t *taille) float64 {
	l := (q[hautDroit].moins(q[hautGauche]).norme() + q[basDroit].moins(q[basGauche]).norme()) / float64(2*t.colonnes)
	h := (q[hautGauche].moins(q[basGauche]).norme() + q[hautDroit].moins(q[basDroit]).norme()) / float64(2*t.lignes)
	return math.Min(l, h)
}
