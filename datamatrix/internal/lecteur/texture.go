package lecteur

import (
	"cmp"
	"math"
	"slices"
)

// Lines drawn through a candidate to see whether it holds modules, and the
// crossings from dark to light that each must meet on average.
const (
	sondes       = 6
	alternances  = 2.0
	pointsSondes = 64
)

// texture reports whether the parallelogram on the arms of an L is full of
// modules: many changes of colour along both directions.
func (n *binaire) texture(q equerre) bool {
	u, v := q.droit.moins(q.coin), q.haut.moins(q.coin)
	return n.croisements(q.coin, u, v) && n.croisements(q.coin, v, u)
}

func (n *binaire) croisements(o, u, v Point) bool {
	pas := min(pointsSondes, max(8, int(u.norme())))
	total := 0
	for i := range sondes {
		d := o.plus(v.fois((float64(i) + 0.7) / (sondes + 0.6)))
		avant := n.noir(d.X, d.Y)
		for k := range pas {
			t := (float64(k) + 0.5) / float64(pas)
			noir := n.noir(d.X+t*u.X, d.Y+t*u.Y)
			if noir != avant {
				total++
			}
			avant = noir
		}
	}
	return float64(total) >= alternances*sondes
}

// bordsPointilles looks for the far border of a symbol: among the lines from o
// to p + (t-1)*v, those where the modules stop. It returns the values of t,
// the nearest to 1 first: a light column inside a narrow symbol may stop them
// too.
func (n *binaire) bordsPointilles(o, p, v Point, inverse bool) []float64 {
	pas := min(48, max(10, int(p.moins(o).norme()/2)))
	part := func(t float64) float64 {
		d := p.plus(v.fois(t - 1)).moins(o)
		c := 0
		for k := range pas {
			s := 0.06 + 0.92*float64(k)/float64(pas)
			if n.noir(o.X+s*d.X, o.Y+s*d.Y) != inverse {
				c++
			}
		}
		return float64(c) / float64(pas)
	}
	const debut, fin, vide = 0.45, 2.2, 0.07
	dt := max(0.75/v.norme(), 0.012)
	var ts []float64
	calmes := 0
	for t := debut; t < fin; t += dt {
		if part(t) > vide {
			calmes = 0
			continue
		}
		if calmes++; calmes != 2 || t < debut+2.5*dt {
			continue
		}
		// Refine between the last busy line and the first quiet one.
		a, b := t-2*dt, t-dt
		for range 4 {
			if m := (a + b) / 2; part(m) > vide {
				a = m
			} else {
				b = m
			}
		}
		ts = append(ts, (a+b)/2)
	}
	slices.SortFunc(ts, func(a, b float64) int { return cmp.Compare(math.Abs(a-1), math.Abs(b-1)) })
	return ts[:min(len(ts), 2)]
}

// quatriemeCoin guesses the corner opposite to the L: where the far borders
// meet, or that of the parallelogram.
func (n *binaire) quatriemeCoin(q equerre) []Point {
	u, v := q.droit.moins(q.coin), q.haut.moins(q.coin)
	plat := q.haut.plus(u)
	ths := n.bordsPointilles(q.haut, plat, v, q.inverse)
	tds := n.bordsPointilles(q.droit, plat, u, q.inverse)
	if len(ths)+len(tds) == 0 {
		return []Point{plat}
	}
	if len(ths) == 0 {
		ths = []float64{1}
	}
	if len(tds) == 0 {
		tds = []float64{1}
	}
	var coins []Point
	proche := false // one of them is about that of the parallelogram
	for _, th := range ths {
		for _, td := range tds {
			h := plat.plus(v.fois(th - 1)).moins(q.haut)
			d := plat.plus(u.fois(td - 1)).moins(q.droit)
			c, ok := croiser(q.haut, h, q.droit, d)
			if !ok || c.moins(plat).norme() > 0.8*(u.norme()+v.norme()) {
				continue
			}
			coins = append(coins, c)
			proche = proche || c.moins(plat).norme() < 1
		}
	}
	if !proche {
		coins = append(coins, plat)
	}
	return coins
}

// preciser moves the ends of both arms to where the ink stops.
func (n *binaire) preciser(q *equerre) {
	u, v := q.droit.moins(q.coin), q.haut.moins(q.coin)
	// An arm and its bow make an arc whose tangent at the end is this.
	tu, tv := u.moins(q.arcBas.fois(4)), v.moins(q.arcGauche.fois(4))
	pol := polarite(q.inverse)
	q.droit = n.bout(q.droit, tu, v, pol)
	q.haut = n.bout(q.haut, tv, u, pol)
}

// bout walks along an arm, just inside its outer border, on both sides of its
// supposed end, and returns the place nearest to it where the ink stops.
func (n *binaire) bout(fin, bras, dedans Point, pol float64) Point {
	const (
		retrait = 1.1 // pixels inside the border
		pas     = 0.25
		arret   = 6 // steps of the other colour that end the walk
	)
	l := bras.norme()
	u := bras.fois(1 / l)
	w := Point{-u.Y, u.X}
	if w.scal(dedans) < 0 {
		w = w.fois(-1)
	}
	o := fin.plus(w.fois(retrait))
	encre := func(s float64) bool { return n.ecart(o.X+s*u.X, o.Y+s*u.Y)*pol < 0 }
	sens := -1.0
	depart := encre(0)
	if depart {
		sens = 1
	}
	// Walk away while the colour is that of the start.
	dernier, autres := 0.0, 0
	for s := 0.0; s < 0.2*l+3; s += pas {
		if encre(sens*s) == depart {
			dernier, autres = s, 0
			continue
		}
		if autres++; autres == arret {
			return fin.plus(u.fois(sens * (dernier + pas/2)))
		}
	}
	return fin
}
