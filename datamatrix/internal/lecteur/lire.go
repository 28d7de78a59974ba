package lecteur

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"
)

// MaxPixelsDefaut is the size of picture that is read when Options does not
// say: an A4 page at 600 dpi, and some.
const MaxPixelsDefaut = 40_000_000

// ErrTropGrand refuses a picture before any memory is taken for it.
var ErrTropGrand = errors.New("lecteur: picture larger than Options.MaxPixels")

// Options tunes a reading. Its zero value reads everything.
type Options struct {
	MaxPixels   int  // 0 = MaxPixelsDefaut
	MaxSymboles int  // stop after that many different symbols; 0 = no limit
	NoInverse   bool // leave out light symbols on dark ground
	NoMiroir    bool // leave out mirrored symbols
}

// Symbole is one symbol that was read. Symbols with the same payload are one,
// at the place where the first was found.
type Symbole struct {
	Message
	Coins            [4]Point // corner of the L, then around through the end of its bottom arm
	Angle            float64  // of the bottom arm, degrees clockwise, in [0, 360)
	Lignes, Colonnes int      // modules, finder included
	Inverse, Miroir  bool
	Corrections      int // codewords that Reed-Solomon repaired
	Occurrences      int
}

// Lire finds and decodes all the symbols of a picture. When ctx ends it
// returns what was found so far and the cause.
func Lire(ctx context.Context, img image.Image, o Options) ([]Symbole, error) {
	b := img.Bounds()
	limite := o.MaxPixels
	if limite <= 0 {
		limite = MaxPixelsDefaut
	}
	if b.Empty() {
		return nil, nil
	}
	if b.Dx() < 0 || b.Dy() < 0 || b.Dx() > limite || b.Dy() > limite/b.Dx() {
		return nil, fmt.Errorf("%w: %dx%d", ErrTropGrand, b.Dx(), b.Dy())
	}
	r := &recherche{ctx: ctx, o: o}
	r.image(versGris(img))
	for i := range r.trouves {
		for k := range r.trouves[i].Coins {
			r.trouves[i].Coins[k].X += float64(b.Min.X)
			r.trouves[i].Coins[k].Y += float64(b.Min.Y)
		}
	}
	return r.trouves, context.Cause(ctx)
}

// recherche is the state of one call of Lire.
type recherche struct {
	ctx     context.Context
	o       Options
	dec     decodeur
	trouves []Symbole
	zones   []quad  // where symbols were read, in the whole picture
	encres  []Point // where there is ink that could be a symbol
	germes  []hypothese
	panique func(any) // told of the faults that cost a candidate, in tests
}

// vue is a picture made from the whole one: a pixel of it is 1/echelle pixels
// of the whole.
type vue struct {
	*binaire
	brut    *binaire // the picture before its dots were spread, nil if they were not
	echelle float64
}

func (r *recherche) fini() bool {
	return r.ctx.Err() != nil || r.o.MaxSymboles > 0 && len(r.trouves) >= r.o.MaxSymboles
}

// image looks at the picture at every scale. Where nothing is found that way,
// it looks for damaged symbols, for small ones, then for dots that do not
// touch; damaged symbols are also looked for next to good ones.
func (r *recherche) image(p plan) {
	var vues []vue
	for q, echelle := p, 1.0; min(q.l, q.h) >= coteMin && !r.fini(); echelle /= 2 {
		v := vue{binaire: binariser(q), echelle: echelle}
		r.chercher(v)
		vues = append(vues, v)
		q = q.moitie()
	}
	reste := r.inexplique()
	for i := len(vues) - 1; i >= 0; i-- {
		v := vues[i]
		if r.rien() || reste && !r.fini() && v.gris.l*v.gris.h <= maxAgrandi {
			r.chercherBrisees(v)
		}
	}
	if r.rien() && p.l*p.h <= maxAgrandi {
		r.chercher(vue{binaire: binariser(p.doubler()), echelle: 2})
	}
	for i := len(vues) - 1; i >= 0; i-- {
		v := vues[i]
		if !r.rien() || v.gris.l*v.gris.h > maxPoints {
			continue
		}
		lisse := v.gris.lisser()
		for _, noir := range []bool{true, false} {
			if r.rien() && (noir || !r.o.NoInverse) {
				r.chercher(vue{binaire: binariser(lisse.etaler(noir)), brut: v.binaire, echelle: v.echelle})
			}
		}
	}
}

// inexplique reports whether there is more ink than the symbols that were
// read.
func (r *recherche) inexplique() bool {
	for _, p := range r.encres {
		if !r.connu(p) {
			return true
		}
	}
	return false
}

// rien reports whether the search must go on for want of any symbol.
func (r *recherche) rien() bool { return len(r.trouves) == 0 && !r.fini() }

// maxAgrandi is the largest picture, in pixels, that is enlarged.
const maxAgrandi = 1_200_000

// maxPoints is the size of a view, in pixels, above which dots are not looked
// for: they show in the views at a smaller scale.
const maxPoints = 2_500_000

// coteMin is the smallest side of a picture that is looked at.
const coteMin = 8

// chercher reads the symbols whose L shows in a view.
func (r *recherche) chercher(v vue) {
	var g polygone
	v.parcourir(3, 40, func(pts []sommet) bool {
		idx := g.reduire(pts, toleranceL)
		if len(idx) >= sommetsEncre && len(r.encres) < maxEncres {
			r.encres = append(r.encres, v.dehors(milieu(pts)))
		}
		g.equerres(pts, func(e equerre) {
			if !r.fini() {
				r.essayer(v, e)
			}
		})
		return !r.fini()
	})
}

// Borders with that many vertices may belong to a symbol; as many are
// remembered.
const (
	sommetsEncre = 14
	maxEncres    = 64
)

// milieu is the centre of the box around a border.
func milieu(pts []sommet) Point {
	a, b := pts[0], pts[0]
	for _, p := range pts {
		a.x, a.y = min(a.x, p.x), min(a.y, p.y)
		b.x, b.y = max(b.x, p.x), max(b.y, p.y)
	}
	return a.point().vers(b.point(), 0.5)
}

// chercherBrisees reads symbols whose L is damaged.
func (r *recherche) chercherBrisees(v vue) {
	v.equerresBrisees(func(p Point) bool { return r.connu(v.dehors(p)) }, func(e equerre) {
		if !r.fini() {
			r.essayer(v, e)
		}
	})
}

// essayer follows one L to the end. A fault met on the way costs this
// candidate only.
func (r *recherche) essayer(v vue, e equerre) {
	defer func() {
		if v := recover(); v != nil && r.panique != nil {
			r.panique(v)
		}
	}()
	if e.inverse && r.o.NoInverse {
		return
	}
	if r.connu(v.dehors(e.haut.vers(e.droit, 0.5))) || !v.texture(e) {
		return
	}
	r.germes = r.germes[:0]
	v.preciser(&e)
	for _, c := range v.quatriemeCoin(e) {
		if r.germes = v.hypotheses(e, c, r.germes); len(r.germes) > 0 && r.germes[0].accord > accordDirect {
			break
		}
	}
	pol := polarite(e.inverse)
	for i := range r.germes {
		h := r.germes[i]
		if i > 0 && h.accord < 0.6*r.germes[0].accord {
			return
		}
		if h.accord > accordDirect {
			v.mesurer(&h, pol)
			if h.accord > accordDirect && r.lire(v, &h, e.inverse, coupeSeuil+1) {
				return
			}
		}
		v.affiner(&h, pol)
		if r.lire(v, &h, e.inverse, coupes) {
			return
		}
		if h.accord > accordCourbe && h.justes > justesCourbe {
			v.courber(&h, pol)
			if r.lire(v, &h, e.inverse, coupes) {
				return
			}
		}
	}
}

// lire decodes a hypothesis whose finder pattern agrees, and keeps the symbol.
func (r *recherche) lire(v vue, h *hypothese, inverse bool, essais int) bool {
	if h.accord < accordMin || h.justes < justesMin {
		return false
	}
	lu, miroir, ok := r.dec.lire(v.binaire, h, inverse, !r.o.NoMiroir, essais)
	if !ok && v.brut != nil {
		lu, miroir, ok = r.dec.lire(v.brut, h, inverse, !r.o.NoMiroir, essais)
	}
	if ok {
		r.garder(v, h, lu, inverse, miroir)
	}
	return ok
}

func (v vue) dehors(p Point) Point { return p.fois(1 / v.echelle) }

// connu reports whether a symbol was already read around p.
func (r *recherche) connu(p Point) bool {
	for i := range r.zones {
		if r.zones[i].contient(p) {
			return true
		}
	}
	return false
}

func (r *recherche) garder(v vue, h *hypothese, lu lecture, inverse, miroir bool) {
	q := h.q.echelle(1 / v.echelle)
	if r.connu(q.centre()) {
		return
	}
	r.zones = append(r.zones, q)
	for i := range r.trouves {
		if string(r.trouves[i].Octets) == string(lu.message.Octets) && r.trouves[i].AIM == lu.message.AIM {
			r.trouves[i].Occurrences++
			return
		}
	}
	if miroir && h.t.lignes == h.t.colonnes {
		q = q.retourne()
	}
	s := Symbole{
		Message: *lu.message,
		Coins:   [4]Point{q[basGauche], q[basDroit], q[hautDroit], q[hautGauche]},
		Lignes:  h.t.lignes, Colonnes: h.t.colonnes,
		Inverse: inverse, Miroir: miroir,
		Corrections: lu.corrections,
		Occurrences: 1,
	}
	d := s.Coins[1].moins(s.Coins[0])
	s.Angle = math.Mod(math.Atan2(d.Y, d.X)*180/math.Pi+360, 360)
	r.trouves = append(r.trouves, s)
}
