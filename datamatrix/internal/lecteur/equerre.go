package lecteur

import "math"

// equerre is the L of a symbol, or what looks like one: two straight arms.
// The labels are those of a symbol that is not mirrored.
type equerre struct {
	coin    Point // bottom left
	haut    Point // end of the left arm
	droit   Point // end of the bottom arm
	inverse bool  // light L on dark ground

	// Bow of the arms, zero unless the paper is visibly curved.
	arcGauche, arcBas Point
}

// Bounds of an L: shortest arm in pixels, tolerance of a straight border,
// sine of the smallest angle between the arms.
const (
	brasMin     = 11.0
	toleranceL  = 1.3
	sinusMin    = 0.62
	courbureMax = 0.05 // sagitta of an arm over its length
)

// equerres looks for L shapes along one border, whose polygon g holds.
func (g *polygone) equerres(pts []sommet, donner func(equerre)) {
	idx := g.idx
	m := len(idx)
	if m < 3 {
		return
	}
	// The vertices three times over, so that arms run across the start.
	g.points = g.points[:0]
	for range 3 {
		for _, i := range idx {
			g.points = append(g.points, pts[i].point())
		}
	}
	p := g.points
	for k := m; k < 2*m; k++ {
		avant, ok := bras(p, k, -1, m)
		if !ok {
			continue
		}
		// The corner may be chipped: the second arm starts one vertex or two
		// farther.
		for e := range min(3, m-2) {
			if e > 0 && p[k].moins(p[k+e]).norme() > 0.15*p[k].moins(p[avant]).norme() {
				break
			}
			apres, ok := bras(p, k+e, 1, m)
			if !ok || apres-avant > m {
				continue
			}
			if q, ok := formerEquerre(p, pts, idx, avant, k, k+e, apres); ok {
				donner(q)
			}
		}
	}
}

// bras extends an arm from vertex k in the given sense, over small bumps, as
// far as it stays straight; it returns the vertex of its end.
func bras(p []Point, k, sens, m int) (int, bool) {
	o := p[k]
	fin, bon, longueur := k, false, 0.0
	var base Point
	for i := 1; i <= min(14, m-1); i++ {
		j := k + sens*i
		if j < 0 || j >= len(p) {
			break
		}
		d := p[j].moins(o)
		l := math.Sqrt(d.scal(d))
		if i == 1 {
			if l < 5 {
				return 0, false
			}
			base = d.fois(1 / l)
		} else {
			// Stop when it bends back, or leaves the first direction.
			if d.scal(base) < 0.9*l || l < longueur {
				break
			}
			tol := max(toleranceL, courbureMax*l)
			dehors := 0.0
			prec := o
			for q := 1; q <= i; q++ {
				v := p[k+sens*q]
				if math.Abs(v.moins(o).vect(d)) > tol*l {
					dehors += v.moins(prec).norme()
				}
				prec = v
			}
			if dehors > 0.15*l {
				continue
			}
		}
		fin, bon, longueur = j, l >= brasMin, l
	}
	return fin, bon
}

// formerEquerre fits a line on each arm and crosses them.
func formerEquerre(p []Point, pts []sommet, idx []int, avant, k, k2, apres int) (equerre, bool) {
	a, c1, c2, b := p[avant], p[k], p[k2], p[apres]
	u, v := c1.moins(a), b.moins(c2)
	lu, lv := u.norme(), v.norme()
	tourne := u.vect(v) / (lu * lv)
	if math.Abs(tourne) < sinusMin || max(lu, lv) > 25*min(lu, lv) {
		return equerre{}, false
	}
	oa, da, arcA := ajusterDroite(pts, idx[avant%len(idx)], idx[k%len(idx)], a, c1)
	ob, db, arcB := ajusterDroite(pts, idx[k2%len(idx)], idx[apres%len(idx)], c2, b)
	coin, ok := croiser(oa, da, ob, db)
	if !ok || coin.moins(c1).norme() > 0.25*lu+2 || coin.moins(c2).norme() > 0.25*lv+2 {
		return equerre{}, false
	}
	fin1 := oa.plus(da.fois(a.moins(oa).scal(da)))
	fin2 := ob.plus(db.fois(b.moins(ob).scal(db)))
	// Dark on the right hand: a right turn is the corner of a dark L.
	q := equerre{coin: coin, haut: fin2, droit: fin1, inverse: tourne < 0, arcGauche: arcB, arcBas: arcA}
	if q.droit.moins(coin).vect(q.haut.moins(coin)) > 0 {
		q.haut, q.droit = q.droit, q.haut
		q.arcGauche, q.arcBas = q.arcBas, q.arcGauche
	}
	return q, true
}

// ajusterDroite fits a line on the border from index i to j, leaving out the
// ends and what strays from the chord a-b. It returns a point, a unit vector,
// and the bow of the border if it is curved: then the line is the chord.
func ajusterDroite(pts []sommet, i, j int, a, b Point) (Point, Point, Point) {
	n := len(pts)
	long := (j - i + n) % n
	d := b.moins(a)
	l := d.norme()
	d = d.fois(1 / l)
	tol := max(toleranceL, courbureMax*l)
	var sx, sy, sxx, sxy, syy, c float64
	var ecarts, nombre [2]float64 // outer thirds, middle third
	bord := min(2, long/8)
	for q := bord; q <= long-bord; q++ {
		p := pts[(i+q)%n].point().moins(a)
		e := d.vect(p)
		if math.Abs(e) > tol {
			continue
		}
		sx, sy = sx+p.X, sy+p.Y
		sxx, sxy, syy = sxx+p.X*p.X, sxy+p.X*p.Y, syy+p.Y*p.Y
		c++
		k := 0
		if s := d.scal(p) / l; s > 1./3 && s < 2./3 {
			k = 1
		}
		ecarts[k] += e
		nombre[k]++
	}
	if c < 4 {
		return a, d, Point{}
	}
	if nombre[0] > 0 && nombre[1] > 0 {
		// The means over the thirds of an arc of unit sagitta differ by 0.444.
		if f := (ecarts[1]/nombre[1] - ecarts[0]/nombre[0]) / 0.444; math.Abs(f) > max(0.9, 0.012*l) {
			return a, d, Point{-d.Y, d.X}.fois(f)
		}
	}
	mx, my := sx/c, sy/c
	t := 0.5 * math.Atan2(2*(sxy/c-mx*my), sxx/c-mx*mx-(syy/c-my*my))
	v := Point{math.Cos(t), math.Sin(t)}
	if v.scal(d) < 0 {
		v = v.fois(-1)
	}
	if v.scal(d) < 0.99 {
		return a, d, Point{}
	}
	return a.plus(Point{mx, my}), v, Point{}
}
