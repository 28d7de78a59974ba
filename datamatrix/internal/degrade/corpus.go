package degrade

import (
	"image"
	"image/color"
)

// Cas is one picture and the texts of its symbols.
type Cas struct {
	Image  image.Image
	Textes []string
}

// Famille is one kind of degradation: Faire(i) makes its i-th picture, always
// the same one.
type Famille struct {
	Nom    string
	Nombre int // pictures of the usual run
	Faire  func(i int) Cas
}

// Payloads, all invented.
const (
	AMC1 = "AMC#1#99999999##12345678#SPPGSFLRIKY231TCEH#SCODA#ITODA/"
	AMC2 = "AMC#1#00999999#A10#123456789#AL*/"
	AMC3 = "AMC#1#99999999##A123BCDE#OCA#VMCDEFGHIKLOPRSTY23/"
	INS  = "IS010000000000000000000000S1279035121518989S21.2.250.1.213.1.4.10S3TEST EXEMPLE\x1dS4EXEMPLE\x1dS5FS601-03-1979S735238"
)

var petits = []string{"123456", "A1B2C", "TEST-42", "0123456789", "LOT 12/B", AMC2, AMC1, AMC3, INS}

// must keeps the families short: their texts fit by construction.
func must(s *Symbole, err error) *Symbole {
	if err != nil {
		panic(err)
	}
	return s
}

// photo is the common frame: one symbol in the middle of a scene, give or
// take, then what regler does before and apres after it is drawn.
func photo(i int, graine uint64, l, h int, module float64, regler func(s *Scene, p *Pose), apres func(s *Scene, p *Pose)) Cas {
	s := NewScene(l, h, 225, graine<<32+uint64(i))
	texte := petits[i%len(petits)]
	sym := must(Encoder(texte, 0, 0))
	p := Pose{X: float64(l)/2 + s.R.Float64()*20 - 10, Y: float64(h)/2 + s.R.Float64()*20 - 10, Module: module,
		Angle: s.R.Float64() * 360, Marge: 2, Noir: 45, Blanc: 225}
	if regler != nil {
		regler(s, &p)
	}
	if d := float64(min(l, h)-20) / float64(sym.Colonnes+4) / 1.3; p.Module > d {
		p.Module = d
	}
	s.Poser(sym, p)
	if apres != nil {
		apres(s, &p)
	}
	return Cas{s.Image(), []string{texte}}
}

// entre draws a number between a and b.
func (s *Scene) entre(a, b float64) float64 { return a + (b-a)*s.R.Float64() }

// Familles lists every kind of degradation.
func Familles() []Famille {
	return []Famille{
		{"rotation every 15", 216, func(i int) Cas {
			s := NewScene(420, 360, 225, 100+uint64(i))
			t := []string{AMC1, AMC3, INS}[i%3]
			s.Poser(must(Encoder(t, 0, 0)), Pose{X: 210, Y: 180, Module: []float64{2.3, 3.1, 4.7}[i/3%3], Angle: float64(15 * (i / 9)), Marge: 2, Noir: 45, Blanc: 225})
			s.Bruit(6)
			return Cas{s.Image(), []string{t}}
		}},
		{"upright", 48, func(i int) Cas {
			return photo(i, 1, 400, 400, 2.5+float64(i%5), func(s *Scene, p *Pose) { p.Angle = 0 }, func(s *Scene, p *Pose) { s.Bruit(5) })
		}},
		{"any angle", 72, func(i int) Cas {
			return photo(i, 2, 400, 400, 2.2+float64(i%7)/2, nil, func(s *Scene, p *Pose) { s.Bruit(5) })
		}},
		{"perspective", 72, func(i int) Cas {
			return photo(i, 3, 480, 480, 5, func(s *Scene, p *Pose) {
				p.Module, p.FuiteX, p.FuiteY, p.Cisaille = s.entre(3, 8), s.entre(-.22, .22), s.entre(-.22, .22), s.entre(-.2, .2)
			}, func(s *Scene, p *Pose) { s.Bruit(4) })
		}},
		{"blur", 72, func(i int) Cas {
			return photo(i, 4, 420, 420, 4, func(s *Scene, p *Pose) { p.Module = s.entre(3, 9) }, func(s *Scene, p *Pose) { s.Flou(p.Module * s.entre(.3, .62)); s.Bruit(3) })
		}},
		{"motion", 48, func(i int) Cas {
			return photo(i, 5, 420, 420, 5, func(s *Scene, p *Pose) { p.Module = s.entre(4, 8) }, func(s *Scene, p *Pose) { s.Bouge(int(p.Module * s.entre(.5, 1.05))); s.Bruit(3) })
		}},
		{"noise", 72, func(i int) Cas {
			return photo(i, 6, 400, 400, 4, func(s *Scene, p *Pose) { p.Module = s.entre(3, 8) }, func(s *Scene, p *Pose) { s.Bruit(s.entre(15, 45)) })
		}},
		{"specks", 48, func(i int) Cas {
			return photo(i, 7, 400, 400, 4, func(s *Scene, p *Pose) { p.Module = s.entre(3, 8) }, func(s *Scene, p *Pose) { s.Poivre(s.entre(.01, .06)) })
		}},
		{"jpeg", 72, func(i int) Cas {
			c := photo(i, 8, 400, 400, 4, func(s *Scene, p *Pose) { p.Module = s.entre(2.5, 6) }, func(s *Scene, p *Pose) { s.Bruit(3) })
			c.Image = JPEG(c.Image, 8+i%30)
			return c
		}},
		{"light", 72, func(i int) Cas {
			return photo(i, 9, 420, 420, 5, nil, func(s *Scene, p *Pose) {
				s.Lumiere(s.entre(.12, .4), 1.1, s.entre(0, 360))
				if i%2 == 0 {
					s.Ombre(p.X+s.entre(-30, 30), p.Y+s.entre(-30, 30), s.entre(0, 360), s.entre(.3, .7))
				}
				s.Bruit(3)
			})
		}},
		{"glare", 48, func(i int) Cas {
			return photo(i, 10, 420, 420, 6, nil, func(s *Scene, p *Pose) {
				s.Contraste(20, 170)
				a := s.entre(1, 5)
				s.Reflet(p.X+p.Module*a*5, p.Y+s.entre(-60, 60), s.entre(20, 90), s.entre(50, 150))
				s.Bruit(4)
			})
		}},
		{"low resolution", 96, func(i int) Cas {
			return photo(i, 11, 260, 260, 2, func(s *Scene, p *Pose) { p.Module = s.entre(1.7, 2.6) }, func(s *Scene, p *Pose) { s.Bruit(4) })
		}},
		{"tiny", 60, func(i int) Cas {
			return photo(i, 22, 200, 200, 2, func(s *Scene, p *Pose) { p.Module = s.entre(1.35, 1.8) }, func(s *Scene, p *Pose) { s.Bruit(3) })
		}},
		{"low contrast", 60, func(i int) Cas {
			return photo(i, 12, 400, 400, 4, func(s *Scene, p *Pose) { p.Module = s.entre(3, 6) }, func(s *Scene, p *Pose) {
				n := float32(s.entre(60, 160))
				s.Contraste(n, n+float32(s.entre(16, 45)))
				s.Bruit(1.5)
			})
		}},
		{"inverted", 60, func(i int) Cas {
			return photo(i, 13, 400, 400, 4, func(s *Scene, p *Pose) {
				p.Module, p.Inverse, p.Miroir = s.entre(2.5, 6), true, i%3 == 2
				if i%2 == 0 {
					s.Rect(0, 0, s.L, s.H, 40)
				}
			}, func(s *Scene, p *Pose) { s.Flou(.6); s.Bruit(5) })
		}},
		{"mirrored", 36, func(i int) Cas {
			return photo(i, 14, 400, 400, 4, func(s *Scene, p *Pose) { p.Module, p.Miroir = s.entre(2.5, 6), true }, func(s *Scene, p *Pose) { s.Bruit(5) })
		}},
		{"dots", 72, func(i int) Cas {
			return photo(i, 15, 420, 420, 6, func(s *Scene, p *Pose) {
				p.Module, p.Points, p.Brouillage = s.entre(4, 9), s.entre(.6, 1.0), s.entre(0, .06)
				p.Inverse, p.Miroir = i%4 == 3, i%8 == 7
			}, func(s *Scene, p *Pose) { s.Flou(s.entre(.4, 1.2)); s.Bruit(4) })
		}},
		{"dot peen on metal", 48, func(i int) Cas {
			return photo(i, 16, 480, 480, 8, func(s *Scene, p *Pose) {
				s.Rect(0, 0, s.L, s.H, 150)
				p.Module, p.Points, p.Brouillage, p.Marge, p.Blanc, p.Noir = s.entre(6, 12), s.entre(.65, .9), .07, 0, 150, 60
			}, func(s *Scene, p *Pose) {
				s.Grain(3, 9)
				s.Grain(25, 12)
				s.Lumiere(.7, 1.2, s.entre(0, 360))
				s.Flou(1)
				s.Bruit(4)
			})
		}},
		{"ink", 60, func(i int) Cas {
			return photo(i, 17, 400, 400, 5, func(s *Scene, p *Pose) { p.Module, p.Arrondi = s.entre(3.5, 8), s.entre(-.3, .3) }, func(s *Scene, p *Pose) { s.Flou(.7); s.Bruit(5) })
		}},
		{"no quiet zone", 60, sansMarge},
		{"rectangles", 96, rectangles},
		{"large", 48, grands},
		{"scribbles", 72, func(i int) Cas {
			return photo(i, 18, 400, 400, 5, func(s *Scene, p *Pose) { p.Module = s.entre(3.5, 7) }, func(s *Scene, p *Pose) {
				for range 1 + s.R.IntN(2) {
					s.Gribouillis(p.X+s.entre(-60, 60), p.Y+s.entre(-60, 60), 12, 10, s.entre(1, 2.5), float32(s.R.IntN(2)*200+20))
				}
				s.Flou(.5)
				s.Bruit(4)
			})
		}},
		{"damaged L", 60, func(i int) Cas {
			return photo(i, 19, 400, 400, 6, func(s *Scene, p *Pose) { p.Module = s.entre(5, 8) }, abimerL)
		}},
		{"cylinder", 48, func(i int) Cas {
			return photo(i, 20, 440, 440, 6, func(s *Scene, p *Pose) { p.Cylindre = s.entre(.2, .75) }, func(s *Scene, p *Pose) { s.Bruit(4) })
		}},
		{"text around", 60, entoure},
		{"several", 36, plusieurs},
		{"big modules", 36, func(i int) Cas {
			return photo(i, 21, 900, 900, 24, func(s *Scene, p *Pose) { p.Module = s.entre(14, 40) }, func(s *Scene, p *Pose) { s.Flou(s.entre(.5, 4)); s.Bruit(8) })
		}},
		{"phone", 96, telephone},
		{"far", 60, lointain},
		{"metal", 36, metal},
	}
}

func sansMarge(i int) Cas {
	texte := petits[i%len(petits)]
	sym := must(Encoder(texte, 0, 0))
	s := NewScene(420, 420, 225, 30<<32+uint64(i))
	p := Pose{X: 210, Y: 210, Module: s.entre(3, 6), Angle: s.R.Float64() * 360, Noir: 45, Blanc: 225}
	switch i % 4 {
	case 0: // cropped at the symbol
		p.Angle = float64(90 * s.R.IntN(4))
		m := int(p.Module)
		p.Module = float64(m)
		w := m * sym.Colonnes
		c := NewScene(w, w, 225, uint64(i))
		p.X, p.Y = float64(w)/2, float64(w)/2
		c.Poser(sym, p)
		c.Bruit(4)
		return Cas{c.Image(), []string{texte}}
	case 1: // one module of margin on a busy ground
		for y := 0; y < 420; y += 12 {
			s.Texte(float64(s.R.IntN(12)), float64(y), 1.5, 46, 40)
		}
		p.Marge = 1
	case 2: // on a dark ground, one module of margin
		s.Rect(0, 0, 420, 420, 60)
		p.Marge = 1
	case 3: // on grey
		s.Rect(0, 0, 420, 420, 150)
	}
	s.Poser(sym, p)
	s.Flou(.5)
	s.Bruit(4)
	return Cas{s.Image(), []string{texte}}
}

// chargeUtile is a text that fits n codewords.
func chargeUtile(n int) string {
	b := make([]byte, 0, n)
	for len(b) < n {
		b = append(b, AMC1[(len(b)*7+n)%len(AMC1)])
	}
	return string(b)
}

func rectangles(i int) Cas {
	f := formats[24+i%24]
	texte := chargeUtile(f.data)
	sym := must(Encoder(texte, f.l, f.c))
	s := NewScene(480, 480, 225, 31<<32+uint64(i))
	p := Pose{X: 240, Y: 240, Module: min(s.entre(2.3, 5), 430/float64(f.c)), Angle: s.R.Float64() * 360, Marge: 2, Noir: 45, Blanc: 225, Miroir: i%7 == 3}
	p.FuiteX, p.FuiteY = s.entre(-.06, .06), s.entre(-.06, .06)
	s.Poser(sym, p)
	s.Bruit(4)
	return Cas{s.Image(), []string{texte}}
}

func grands(i int) Cas {
	f := formats[9+i%15]
	texte := chargeUtile(f.data)
	sym := must(Encoder(texte, f.l, f.c))
	s := NewScene(700, 700, 225, 32<<32+uint64(i))
	p := Pose{X: 350, Y: 350, Module: min(s.entre(2.5, 6), 440/float64(f.c)), Angle: s.R.Float64() * 360, Marge: 2, Noir: 45, Blanc: 225}
	p.FuiteX, p.FuiteY = s.entre(-.1, .1), s.entre(-.1, .1)
	s.Poser(sym, p)
	s.Flou(.5)
	s.Bruit(4)
	return Cas{s.Image(), []string{texte}}
}

// abimerL wipes or stains part of the L, or one corner.
func abimerL(s *Scene, p *Pose) {
	q := *p
	q.Marge = 0
	// The corner of the L is down left of the centre in the symbol's frame;
	// any place on the rim does as well.
	a := s.entre(0, 360)
	r := p.Module * s.entre(6, 9)
	x, y := p.X+r*cosd(a), p.Y+r*sind(a)
	gris := float32(s.R.IntN(2) * 220)
	switch s.R.IntN(3) {
	case 0:
		s.Disque(x, y, p.Module*s.entre(.8, 2), gris)
	case 1:
		s.Trait(x, y, p.X+2*r*cosd(a+20), p.Y+2*r*sind(a+20), p.Module*s.entre(.3, 1), gris)
	case 2:
		b := a + s.entre(60, 120)
		s.Trait(x, y, p.X+r*cosd(b), p.Y+r*sind(b), p.Module*s.entre(.2, .7), gris)
	}
	s.Flou(.6)
	s.Bruit(4)
}

func entoure(i int) Cas {
	texte := petits[i%len(petits)]
	sym := must(Encoder(texte, 0, 0))
	s := NewScene(600, 500, 245, 33<<32+uint64(i))
	for y := 4; y < 490; y += 22 {
		s.Texte(4+float64(s.R.IntN(10)), float64(y), 2, 48, 30)
	}
	if i%2 == 0 {
		s.Tableau(20, 30, 8, 4, 140, 55, 2)
	}
	p := Pose{X: s.entre(180, 420), Y: s.entre(180, 320), Module: s.entre(2.5, 5), Angle: s.R.Float64() * 360, Marge: s.entre(1, 2.5), Noir: 20, Blanc: 245}
	s.Poser(sym, p)
	s.Flou(s.entre(.3, .9))
	s.Bruit(5)
	return Cas{s.Image(), []string{texte}}
}

func plusieurs(i int) Cas {
	s := NewScene(700, 600, 235, 34<<32+uint64(i))
	c := Cas{}
	for k := range 6 {
		texte := petits[(i+k*2)%len(petits)]
		sym := must(Encoder(texte, 0, 0))
		p := Pose{X: float64(120 + k%3*230), Y: float64(150 + k/3*300), Module: s.entre(2.3, 4), Angle: s.R.Float64() * 360, Marge: 2, Noir: 40, Blanc: 235, Inverse: k == 4}
		s.Poser(sym, p)
		c.Textes = append(c.Textes, texte)
		if k == 2 { // a symbol that nobody can read
			c.Textes = c.Textes[:len(c.Textes)-1]
			for range 12 {
				s.Gribouillis(p.X+s.entre(-40, 40), p.Y+s.entre(-40, 40), 12, 12, 9, 40)
			}
		}
	}
	s.Flou(.4)
	s.Bruit(5)
	c.Image = s.Image()
	return c
}

// telephone is a small label seen by a phone: everything at once.
func telephone(i int) Cas {
	s := NewScene(800, 600, float32(120+i%5*25), 35<<32+uint64(i))
	texte := petits[i%len(petits)]
	sym := must(Encoder(texte, 0, 0))
	m := s.entre(3.2, 8)
	p := Pose{X: s.entre(330, 470), Y: s.entre(260, 340), Module: m, Angle: s.R.Float64() * 360, FuiteX: s.entre(-.15, .15), FuiteY: s.entre(-.15, .15),
		Cylindre: s.entre(0, .4), Marge: s.entre(1.5, 6), Noir: float32(s.entre(15, 60)), Blanc: float32(s.entre(190, 245)), Arrondi: s.entre(-.15, .15)}
	if p.Module*float64(sym.Colonnes+8) > 420 {
		p.Module = 420 / float64(sym.Colonnes+8)
	}
	s.Grain(40, 20)
	s.Poser(sym, p)
	d := p.Module*float64(sym.Colonnes)*0.75 + 20
	s.Texte(p.X-120, p.Y+d, 2.2, 20, 50)
	s.Texte(p.X-120, p.Y-d-20, 2.2, 20, 50)
	s.Lumiere(s.entre(.4, .8), 1.1, s.entre(0, 360))
	if i%3 == 0 {
		s.Reflet(p.X+s.entre(-150, 150), p.Y+s.entre(-150, 150), s.entre(30, 120), s.entre(20, 80))
	}
	s.Flou(s.entre(.5, min(2, p.Module*.45)))
	s.Bruit(s.entre(2, 9))
	im := Couleur(s.Image(), color.NRGBA{R: 20, G: 10, B: 5, A: 255}, color.NRGBA{R: 255, G: 245, B: 225, A: 255})
	return Cas{JPEG(im, 35+i%50), []string{texte}}
}

// lointain is a small symbol in a large picture.
func lointain(i int) Cas {
	s := NewScene(1600, 1200, 170, 36<<32+uint64(i))
	texte := petits[i%len(petits)]
	s.Grain(60, 25)
	s.Grain(5, 6)
	x, y := s.entre(200, 1400), s.entre(200, 1000)
	s.Rect(int(x-150), int(y-110), int(x+150), int(y+110), 235)
	for k := range 12 {
		s.Trait(s.entre(0, 1600), s.entre(0, 1200), s.entre(0, 1600), s.entre(0, 1200), s.entre(1, 9), float32(20*k))
	}
	s.Rect(int(x-115), int(y-110), int(x+150), int(y-95), 235)
	s.Poser(must(Encoder(texte, 0, 0)), Pose{X: x, Y: y, Module: s.entre(2.2, 3.4), Angle: s.R.Float64() * 360, Marge: 2, Noir: 35, Blanc: 235})
	s.Flou(s.entre(.3, .9))
	s.Bruit(4)
	return Cas{s.Image(), []string{texte}}
}

// metal is a symbol engraved light on a brushed dark plate, or dark on a light
// one.
func metal(i int) Cas {
	fond := float32(70 + i%2*100)
	s := NewScene(500, 500, fond, 37<<32+uint64(i))
	for range 400 {
		y := s.entre(0, 500)
		s.Trait(0, y, 500, y+s.entre(-4, 4), 1, fond+float32(s.entre(-22, 22)))
	}
	texte := petits[i%6]
	encre := fond + 110
	if i%2 == 1 {
		encre = fond - 110
	}
	p := Pose{X: 250, Y: 250, Module: s.entre(6, 14), Angle: s.R.Float64() * 360, Noir: encre, Blanc: fond, FuiteX: s.entre(-.1, .1), Brouillage: .04}
	sym := must(Encoder(texte, 0, 0))
	// Only the modules are engraved: the plate shows between them.
	plaque := append([]float32(nil), s.Pix...)
	s.Poser(sym, p)
	for k, v := range s.Pix {
		s.Pix[k] = v + plaque[k] - fond
		if v == plaque[k] {
			s.Pix[k] = v
		}
	}
	s.Reflet(s.entre(100, 400), s.entre(100, 400), 120, 50)
	s.Flou(s.entre(.6, 1.6))
	s.Bruit(5)
	return Cas{s.Image(), []string{texte}}
}
