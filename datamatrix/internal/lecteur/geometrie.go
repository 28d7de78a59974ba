package lecteur

import "math"

// Point is a place of the picture: x to the right, y down, in pixels, the
// centre of the first pixel at (0.5, 0.5).
type Point struct{ X, Y float64 }

func (p Point) plus(q Point) Point            { return Point{p.X + q.X, p.Y + q.Y} }
func (p Point) moins(q Point) Point           { return Point{p.X - q.X, p.Y - q.Y} }
func (p Point) fois(k float64) Point          { return Point{p.X * k, p.Y * k} }
func (p Point) norme() float64                { return math.Hypot(p.X, p.Y) }
func (p Point) vect(q Point) float64          { return p.X*q.Y - p.Y*q.X }
func (p Point) scal(q Point) float64          { return p.X*q.X + p.Y*q.Y }
func (p Point) vers(q Point, t float64) Point { return Point{p.X + t*(q.X-p.X), p.Y + t*(q.Y-p.Y)} }

// croiser intersects the line through a along u with the line through b along
// v.
func croiser(a, u, b, v Point) (Point, bool) {
	d := u.vect(v)
	if math.Abs(d) < 1e-6*(u.norme()*v.norme()+1e-9) {
		return Point{}, false
	}
	return a.plus(u.fois(b.moins(a).vect(v) / d)), true
}

// quad is a quadrilateral: the corners of a symbol in its own frame, top
// left, top right, bottom right, bottom left (the corner of the L).
type quad [4]Point

const (
	hautGauche = iota
	hautDroit
	basDroit
	basGauche
)

// convexe reports whether the corners turn always the same way and enclose
// something.
func (q *quad) convexe() bool {
	signe := 0.0
	for i := range q {
		c := q[(i+1)&3].moins(q[i]).vect(q[(i+2)&3].moins(q[(i+1)&3]))
		if c == 0 || c*signe < 0 || math.IsNaN(c) {
			return false
		}
		signe = c
	}
	return true
}

func (q *quad) contient(p Point) bool {
	signe := 0.0
	for i := range q {
		c := q[(i+1)&3].moins(q[i]).vect(p.moins(q[i]))
		if c*signe < 0 {
			return false
		}
		if c != 0 {
			signe = c
		}
	}
	return true
}

func (q *quad) centre() Point {
	return q[0].plus(q[1]).plus(q[2]).plus(q[3]).fois(0.25)
}

func (q *quad) echelle(k float64) quad {
	var r quad
	for i, p := range q {
		r[i] = p.fois(k)
	}
	return r
}

// forme places a symbol on the picture: the homography that sends the unit
// square to a quad, and the bow of each side for paper that is not flat.
type forme struct {
	q   quad
	arc [4]Point // displacement of the middle of the top, right, bottom, left side
}

// projection is a forme ready to map points.
type projection struct {
	a, b, c, d, e, f, g, h float64
	arc                    [4]Point
	courbe                 bool
}

func (s *forme) projection() projection {
	q := &s.q
	p0, p1, p2, p3 := q[0], q[1], q[2], q[3]
	v := p0.moins(p1).plus(p2).moins(p3)
	d1, d2 := p1.moins(p2), p3.moins(p2)
	det := d1.vect(d2)
	var g, h float64
	if det != 0 {
		g, h = v.vect(d2)/det, d1.vect(v)/det
	}
	return projection{
		a: p1.X - p0.X + g*p1.X, b: p3.X - p0.X + h*p3.X, c: p0.X,
		d: p1.Y - p0.Y + g*p1.Y, e: p3.Y - p0.Y + h*p3.Y, f: p0.Y,
		g: g, h: h,
		arc: s.arc, courbe: s.arc != [4]Point{},
	}
}

// point maps (u, v) of the unit square.
func (m *projection) point(u, v float64) (x, y float64) {
	w := 1 / (m.g*u + m.h*v + 1)
	x, y = (m.a*u+m.b*v+m.c)*w, (m.d*u+m.e*v+m.f)*w
	if m.courbe {
		h, l := 4*u*(1-u), 4*v*(1-v)
		kh, kb, kd, kg := h*(1-v), h*v, l*u, l*(1-u)
		x += kh*m.arc[0].X + kd*m.arc[1].X + kb*m.arc[2].X + kg*m.arc[3].X
		y += kh*m.arc[0].Y + kd*m.arc[1].Y + kb*m.arc[2].Y + kg*m.arc[3].Y
	}
	return x, y
}
