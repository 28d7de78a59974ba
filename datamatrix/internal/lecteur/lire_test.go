package lecteur

import (
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"math"
	"testing"
	"time"

	"github.com/simphonie/simphonie/datamatrix/internal/degrade"
)

func symbole(t testing.TB, texte string, l, c int) *degrade.Symbole {
	t.Helper()
	s, err := degrade.Encoder(texte, l, c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func lire(t testing.TB, im image.Image, o Options) []Symbole {
	t.Helper()
	got, err := Lire(context.Background(), im, o)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// TestLireTailles reads a clean picture of every size, both ways round.
func TestLireTailles(t *testing.T) {
	t.Parallel()
	for _, ta := range degrade.Tailles() {
		texte := charge(ta.Donnees)
		sym := symbole(t, texte, ta.Lignes, ta.Colonnes)
		for _, miroir := range []bool{false, true} {
			const m = 4
			s := degrade.NewScene(ta.Colonnes*m+60, ta.Lignes*m+60, 255, 1)
			s.Poser(sym, degrade.Pose{X: float64(s.L) / 2, Y: float64(s.H) / 2, Module: m, Marge: 2, Blanc: 255, Miroir: miroir})
			got := lire(t, s.Image(), Options{})
			if len(got) != 1 || got[0].Texte != texte || got[0].Miroir != miroir || got[0].Lignes != ta.Lignes || got[0].Colonnes != ta.Colonnes {
				t.Errorf("%dx%d mirrored %v: %d symbols", ta.Lignes, ta.Colonnes, miroir, len(got))
			}
			if miroir && len(lire(t, s.Image(), Options{NoMiroir: true})) != 0 {
				t.Errorf("%dx%d: NoMiroir ignored", ta.Lignes, ta.Colonnes)
			}
		}
	}
}

// TestPosition checks corners, angle and flags.
func TestPosition(t *testing.T) {
	sym := symbole(t, degrade.AMC1, 0, 0)
	for angle := 0.0; angle < 360; angle += 30 {
		for _, miroir := range []bool{false, true} {
			for _, inverse := range []bool{false, true} {
				s := degrade.NewScene(400, 380, 200, 1)
				s.Poser(sym, degrade.Pose{X: 200, Y: 190, Module: 5, Angle: angle, Marge: 2, Noir: 40, Blanc: 220, Miroir: miroir, Inverse: inverse})
				got := lire(t, s.Image(), Options{})
				if len(got) != 1 {
					t.Fatalf("angle %v mirrored %v inverted %v: %d symbols", angle, miroir, inverse, len(got))
				}
				g := got[0]
				if g.Miroir != miroir || g.Inverse != inverse {
					t.Errorf("angle %v: mirrored %v inverted %v", angle, g.Miroir, g.Inverse)
				}
				demi := float64(sym.Colonnes) * 5 / 2
				coins := [4]Point{{-demi, demi}, {demi, demi}, {demi, -demi}, {-demi, -demi}}
				sa, ca := math.Sincos(angle * math.Pi / 180)
				for k, c := range coins {
					if miroir {
						c.X = -c.X
					}
					want := Point{200 + c.X*ca - c.Y*sa, 190 + c.X*sa + c.Y*ca}
					if d := g.Coins[k].moins(want).norme(); d > 2.5 {
						t.Errorf("angle %v mirrored %v: corner %d is %v, want %v", angle, miroir, k, g.Coins[k], want)
					}
				}
				veut := angle
				if miroir {
					veut += 180
				}
				if d := math.Abs(math.Remainder(g.Angle-veut, 360)); d > 2 {
					t.Errorf("angle %v mirrored %v: got %v", angle, miroir, g.Angle)
				}
			}
		}
	}
}

// TestFormats reads the same picture in every type of image, at an offset.
func TestFormats(t *testing.T) {
	s := degrade.NewScene(200, 180, 230, 1)
	s.Poser(symbole(t, degrade.AMC1, 0, 0), degrade.Pose{X: 100, Y: 90, Module: 3, Marge: 2, Noir: 30, Blanc: 230, Angle: 20})
	g := s.Image()
	r := image.Rect(50, 70, 250, 250)
	gris := image.NewGray(r)
	g16 := image.NewGray16(r)
	rgba, nrgba := image.NewRGBA(r), image.NewNRGBA(r)
	clair := image.NewNRGBA(r) // ink on nothing
	ycc := image.NewYCbCr(r, image.YCbCrSubsampleRatio420)
	pal := make(color.Palette, 256)
	for i := range pal {
		pal[i] = color.Gray{Y: uint8(i)}
	}
	palette := image.NewPaletted(r, pal)
	for _, d := range []draw.Image{gris, g16, rgba, nrgba, palette} {
		draw.Draw(d, r, g, image.Point{}, draw.Src)
	}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			v := gris.GrayAt(x, y).Y
			ycc.Y[ycc.YOffset(x, y)] = v
			clair.SetNRGBA(x, y, color.NRGBA{A: 255 - v})
		}
	}
	grand := image.NewGray(image.Rect(0, 0, 400, 400))
	draw.Draw(grand, r, g, image.Point{}, draw.Src)
	for _, im := range []image.Image{gris, g16, rgba, nrgba, clair, ycc, palette, grand.SubImage(r)} {
		got := lire(t, im, Options{})
		if len(got) != 1 || got[0].Texte != degrade.AMC1 {
			t.Fatalf("%T: %d symbols", im, len(got))
		}
		c := got[0].Coins[0].vers(got[0].Coins[2], 0.5)
		if c.moins(Point{150, 160}).norme() > 2 {
			t.Errorf("%T: centre %v", im, c)
		}
	}
}

func TestOccurrences(t *testing.T) {
	c := degrade.Page(0)
	got := lire(t, c.Image, Options{})
	for _, s := range got {
		want := 0
		for _, x := range c.Textes {
			if x == s.Texte {
				want++
			}
		}
		if s.Occurrences != want {
			t.Errorf("%q: %d occurrences, want %d", s.Texte, s.Occurrences, want)
		}
	}
	if n := len(lire(t, c.Image, Options{MaxSymboles: 1})); n != 1 {
		t.Errorf("MaxSymboles 1 gives %d", n)
	}
}

func TestNoInverse(t *testing.T) {
	s := degrade.NewScene(300, 300, 40, 1)
	s.Poser(symbole(t, degrade.AMC1, 0, 0), degrade.Pose{X: 150, Y: 150, Module: 4, Marge: 2, Noir: 40, Blanc: 220, Inverse: true})
	if n := len(lire(t, s.Image(), Options{})); n != 1 {
		t.Errorf("%d symbols", n)
	}
	if n := len(lire(t, s.Image(), Options{NoInverse: true})); n != 0 {
		t.Errorf("NoInverse: %d symbols", n)
	}
}

// immense claims a size and fails the test when a pixel is asked for.
type immense struct {
	t *testing.T
	r image.Rectangle
}

func (m immense) ColorModel() color.Model { return color.GrayModel }
func (m immense) Bounds() image.Rectangle { return m.r }
func (m immense) At(int, int) color.Color { m.t.Fatal("pixel read"); return nil }

func TestLimites(t *testing.T) {
	for _, r := range []image.Rectangle{image.Rect(0, 0, math.MaxInt32, math.MaxInt32), image.Rect(0, 0, 8000, 8000), image.Rect(math.MinInt, 0, math.MaxInt, 1)} {
		if _, err := Lire(context.Background(), immense{t, r}, Options{}); !errors.Is(err, ErrTropGrand) {
			t.Errorf("%v: %v", r, err)
		}
	}
	if _, err := Lire(context.Background(), image.NewGray(image.Rect(0, 0, 30, 30)), Options{MaxPixels: 899}); !errors.Is(err, ErrTropGrand) {
		t.Errorf("900 pixels of 899: %v", err)
	}
	for _, r := range []image.Rectangle{{}, image.Rect(0, 0, 1, 1), image.Rect(0, 0, 3, 500), image.Rect(0, 0, 9, 9)} {
		if got := lire(t, image.NewGray(r), Options{}); len(got) != 0 {
			t.Errorf("%v: %d symbols", r, len(got))
		}
	}
}

func TestContexte(t *testing.T) {
	im := degrade.Page(0).Image
	ctx, cancel := context.WithCancelCause(context.Background())
	fin := errors.New("end")
	cancel(fin)
	if got, err := Lire(ctx, im, Options{}); !errors.Is(err, fin) || len(got) != 0 {
		t.Errorf("%d symbols, %v", len(got), err)
	}
	// A budget far too small for the page: whatever was found comes with the
	// error, and it does not take the time of the page.
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer stop()
	if _, err := Lire(ctx, im, Options{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

// TestFauteContenue breaks a view: each of its candidates fails alone, and the
// other views go on.
func TestFauteContenue(t *testing.T) {
	s := degrade.NewScene(300, 300, 230, 1)
	s.Poser(symbole(t, degrade.AMC1, 0, 0), degrade.Pose{X: 150, Y: 150, Module: 5, Marge: 2, Noir: 30, Blanc: 230})
	p := versGris(s.Image())
	fautes := 0
	r := &recherche{ctx: context.Background(), panique: func(any) { fautes++ }}
	casse := vue{binaire: binariser(p), echelle: 1}
	casse.seuil = nil
	r.chercher(casse)
	if fautes == 0 || len(r.trouves) != 0 {
		t.Fatalf("%d faults, %d symbols", fautes, len(r.trouves))
	}
	r.image(p)
	if len(r.trouves) != 1 {
		t.Errorf("%d symbols", len(r.trouves))
	}
}

// TestAbimeVoisin reads a good symbol next to one that cannot be read, and one
// whose L is cut next to a good one.
func TestAbimeVoisin(t *testing.T) {
	s := degrade.NewScene(600, 300, 230, 3)
	bon, abime := symbole(t, degrade.AMC1, 0, 0), symbole(t, degrade.AMC2, 0, 0)
	s.Poser(bon, degrade.Pose{X: 140, Y: 150, Module: 4, Marge: 2, Noir: 40, Blanc: 230, Angle: 10})
	s.Poser(abime, degrade.Pose{X: 450, Y: 150, Module: 5, Marge: 2, Noir: 40, Blanc: 230})
	s.Rect(395, 160, 430, 175, 230) // part of the left arm
	if got := lire(t, s.Image(), Options{}); len(got) != 2 {
		t.Errorf("cut L: %d symbols", len(got))
	}
	s.Rect(400, 100, 500, 200, 40)
	if got := lire(t, s.Image(), Options{}); len(got) != 1 || got[0].Texte != degrade.AMC1 {
		t.Errorf("blot: %d symbols", len(got))
	}
}

func FuzzLire(f *testing.F) {
	sym := symbole(f, "123456", 0, 0)
	s := degrade.NewScene(48, 48, 255, 1)
	s.Poser(sym, degrade.Pose{X: 24, Y: 24, Module: 3, Marge: 2, Blanc: 255})
	f.Add(s.Image().Pix, uint8(48))
	f.Add([]byte{0, 255, 0, 255}, uint8(2))
	f.Fuzz(func(t *testing.T, pix []byte, large uint8) {
		l := int(large)
		if l == 0 || len(pix) < l || len(pix) > 96*96 {
			return
		}
		im := &image.Gray{Pix: pix, Stride: l, Rect: image.Rect(0, 0, l, len(pix)/l)}
		ctx, stop := context.WithTimeout(context.Background(), 10*time.Second)
		defer stop()
		r := &recherche{ctx: ctx, panique: func(v any) { t.Fatal(v) }}
		r.image(versGris(im))
		if ctx.Err() != nil {
			t.Fatal("more than ten seconds")
		}
	})
}
