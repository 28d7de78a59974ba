package degrade

import "image"

// Leurre makes the i-th picture that holds no symbol, though much of what a
// symbol is made of.
func Leurre(i int) image.Image {
	s := NewScene(320, 320, 230, 99<<32+uint64(i))
	switch i % 10 {
	case 0: // a perfect finder around random modules
		f := formats[s.R.IntN(len(formats))]
		if f.l > 48 || f.c > 64 {
			f = formats[s.R.IntN(9)]
		}
		s.Poser(f.hasard(s), Pose{X: 160, Y: 160, Module: min(s.entre(2.5, 7), 290/float64(f.c)), Angle: s.entre(0, 360), Marge: 2, Noir: 30, Blanc: 230})
	case 1: // a grid of random modules
		m := s.entre(2, 9)
		for y := range int(300 / m) {
			for x := range int(300 / m) {
				if s.R.IntN(2) == 0 {
					s.Rect(10+int(float64(x)*m), 10+int(float64(y)*m), 10+int(float64(x+1)*m), 10+int(float64(y+1)*m), 20)
				}
			}
		}
	case 2: // several small finders around random modules
		for k := range 9 {
			f := formats[s.R.IntN(5)]
			s.Poser(f.hasard(s), Pose{X: float64(55 + k%3*105), Y: float64(55 + k/3*105), Module: s.entre(2.5, 4), Angle: s.entre(0, 360), Marge: 2, Noir: 30, Blanc: 230})
		}
	case 3:
		for y := 3; y < 320; y += 14 {
			s.Texte(float64(s.R.IntN(9)), float64(y), 1.5+float64(i%3)/2, 40, 30)
		}
	case 4:
		s.Tableau(10, 10, 10, 9, 33, 30, 1.5)
		s.CodeBarres(20, 250, 60, 2, 60)
	case 5:
		s.FauxQR(40, 40, 21+4*s.R.IntN(5), s.entre(3, 6))
	case 6: // chequers and stripes: timing patterns everywhere
		m := 2 + s.R.IntN(8)
		for y := range 320 {
			for x := range 320 {
				if (x/m+y/m*(i/10%2))%2 == 0 {
					s.Pix[y*320+x] = 30
				}
			}
		}
		s.Trait(20, 20, 20, 300, float64(m), 30)
		s.Trait(20, 300, 300, 300, float64(m), 30)
	case 7:
		s.Bruit(s.entre(20, 120))
	case 8: // dots in rows
		m := s.entre(5, 11)
		for y := m; y < 310; y += m {
			for x := m; x < 310; x += m {
				if s.R.IntN(5) < 3 {
					s.Disque(x, y, m*.35, 40)
				}
			}
		}
	case 9: // a symbol damaged beyond repair
		sym := must(Encoder(petits[s.R.IntN(len(petits))], 0, 0))
		for k := range sym.noir {
			if s.R.IntN(100) < 35 {
				sym.noir[k] = !sym.noir[k]
			}
		}
		s.Poser(sym, Pose{X: 160, Y: 160, Module: min(6, 290/float64(sym.Colonnes)), Angle: s.entre(0, 360), Marge: 2, Noir: 30, Blanc: 230})
	}
	s.Flou(s.entre(0, 1))
	s.Bruit(4)
	return s.Image()
}

// hasard fills a symbol of this size with random modules.
func (f format) hasard(s *Scene) *Symbole {
	sym := f.symbole(make([]byte, f.data+f.ec*f.blocs))
	for y := range f.l {
		for x := range f.c {
			ly, lx := y%(f.l/f.rl), x%(f.c/f.rc)
			if lx > 0 && lx < f.c/f.rc-1 && ly > 0 && ly < f.l/f.rl-1 {
				sym.noir[y*f.c+x] = s.R.IntN(2) == 0
			}
		}
	}
	return sym
}
