package degrade

import "math"

// Trait draws a line of the given width.
func (s *Scene) Trait(x0, y0, x1, y1, largeur float64, gris float32) {
	dx, dy := x1-x0, y1-y0
	d2 := dx*dx + dy*dy
	r := largeur/2 + 1
	for y := max(0, int(min(y0, y1)-r)); y < min(s.H, int(max(y0, y1)+r)+1); y++ {
		for x := max(0, int(min(x0, x1)-r)); x < min(s.L, int(max(x0, x1)+r)+1); x++ {
			px, py := float64(x)+0.5-x0, float64(y)+0.5-y0
			t := 0.0
			if d2 > 0 {
				t = min(max((px*dx+py*dy)/d2, 0), 1)
			}
			d := math.Hypot(px-t*dx, py-t*dy)
			if a := float32(min(max(largeur/2+0.5-d, 0), 1)); a > 0 {
				i := y*s.L + x
				s.Pix[i] += a * (gris - s.Pix[i])
			}
		}
	}
}

// Rect fills a rectangle.
func (s *Scene) Rect(x0, y0, x1, y1 int, gris float32) {
	for y := max(0, y0); y < min(s.H, y1); y++ {
		for x := max(0, x0); x < min(s.L, x1); x++ {
			s.Pix[y*s.L+x] = gris
		}
	}
}

// Disque fills a disc.
func (s *Scene) Disque(cx, cy, r float64, gris float32) { s.Trait(cx, cy, cx, cy, 2*r, gris) }

// Gribouillis draws a pen stroke that wanders from (x, y).
func (s *Scene) Gribouillis(x, y, pas float64, n int, largeur float64, gris float32) {
	a := s.R.Float64() * 2 * math.Pi
	for range n {
		a += s.R.NormFloat64() * 0.5
		x1, y1 := x+pas*math.Cos(a), y+pas*math.Sin(a)
		s.Trait(x, y, x1, y1, largeur, gris)
		x, y = x1, y1
	}
}

// fonte is a 5x7 fount: seven rows of five bits a glyph.
var fonte = map[byte][7]byte{
	'A': {14, 17, 17, 31, 17, 17, 17}, 'B': {30, 17, 17, 30, 17, 17, 30}, 'C': {14, 17, 16, 16, 16, 17, 14},
	'D': {30, 17, 17, 17, 17, 17, 30}, 'E': {31, 16, 16, 30, 16, 16, 31}, 'F': {31, 16, 16, 30, 16, 16, 16},
	'G': {14, 17, 16, 23, 17, 17, 15}, 'H': {17, 17, 17, 31, 17, 17, 17}, 'I': {14, 4, 4, 4, 4, 4, 14},
	'K': {17, 18, 20, 24, 20, 18, 17}, 'L': {16, 16, 16, 16, 16, 16, 31}, 'M': {17, 27, 21, 21, 17, 17, 17},
	'N': {17, 25, 21, 19, 17, 17, 17}, 'O': {14, 17, 17, 17, 17, 17, 14}, 'P': {30, 17, 17, 30, 16, 16, 16},
	'R': {30, 17, 17, 30, 20, 18, 17}, 'S': {15, 16, 16, 14, 1, 1, 30}, 'T': {31, 4, 4, 4, 4, 4, 4},
	'U': {17, 17, 17, 17, 17, 17, 14}, 'V': {17, 17, 17, 17, 17, 10, 4}, 'X': {17, 17, 10, 4, 10, 17, 17},
	'0': {14, 17, 19, 21, 25, 17, 14}, '1': {4, 12, 4, 4, 4, 4, 14}, '2': {14, 17, 1, 2, 4, 8, 31},
	'3': {30, 1, 1, 14, 1, 1, 30}, '4': {2, 6, 10, 18, 31, 2, 2}, '5': {31, 16, 30, 1, 1, 17, 14},
	'6': {14, 16, 30, 17, 17, 17, 14}, '7': {31, 1, 2, 4, 8, 8, 8}, '8': {14, 17, 17, 14, 17, 17, 14},
	'9': {14, 17, 17, 15, 1, 1, 14}, '-': {0, 0, 0, 31, 0, 0, 0}, '/': {1, 1, 2, 4, 8, 16, 16}, ' ': {},
}

const lettres = "ABCDEFGHIKLMNOPRSTUVX0123456789-/    "

// Texte writes random words; module is the width of a stroke.
func (s *Scene) Texte(x, y, module float64, n int, gris float32) {
	for range n {
		g := fonte[lettres[s.R.IntN(len(lettres))]]
		for j, b := range g {
			for i := range 5 {
				if b>>(4-i)&1 == 1 {
					s.Rect(int(x+float64(i)*module), int(y+float64(j)*module), int(x+float64(i+1)*module), int(y+float64(j+1)*module), gris)
				}
			}
		}
		x += 6 * module
	}
}

// Tableau draws a ruled table with text in its cells.
func (s *Scene) Tableau(x, y, lig, col int, lc, hc float64, trait float64) {
	for i := range lig + 1 {
		yy := float64(y) + float64(i)*hc
		s.Trait(float64(x), yy, float64(x)+float64(col)*lc, yy, trait, 20)
	}
	for i := range col + 1 {
		xx := float64(x) + float64(i)*lc
		s.Trait(xx, float64(y), xx, float64(y)+float64(lig)*hc, trait, 20)
	}
	for i := range lig {
		for j := range col {
			m := hc / 14
			s.Texte(float64(x)+float64(j)*lc+m*2, float64(y)+float64(i)*hc+m*3, m, int(lc/(6*m))-2, 30)
		}
	}
}

// CodeBarres draws a linear bar code.
func (s *Scene) CodeBarres(x, y, h int, module float64, n int) {
	xx := float64(x)
	for i := range n {
		w := module * float64(1+s.R.IntN(4))
		if i%2 == 0 {
			s.Rect(int(xx), y, int(xx+w), y+h, 10)
		}
		xx += w
	}
}

// FauxQR draws random modules with the three finders of a QR code.
func (s *Scene) FauxQR(x, y, n int, module float64) {
	carre := func(i, j, w int, g float32) {
		s.Rect(x+int(float64(i)*module), y+int(float64(j)*module), x+int(float64(i+w)*module), y+int(float64(j+w)*module), g)
	}
	for j := range n {
		for i := range n {
			if s.R.IntN(2) == 0 {
				carre(i, j, 1, 10)
			}
		}
	}
	for _, c := range [][2]int{{0, 0}, {n - 7, 0}, {0, n - 7}} {
		carre(c[0]-1, c[1]-1, 9, 250)
		carre(c[0], c[1], 7, 10)
		carre(c[0]+1, c[1]+1, 5, 250)
		carre(c[0]+2, c[1]+2, 3, 10)
	}
}

// Logo draws discs and slanted bars.
func (s *Scene) Logo(x, y, r float64) {
	s.Disque(x, y, r, float32(40+s.R.IntN(120)))
	s.Disque(x+r*0.3, y-r*0.2, r*0.6, 240)
	for i := range 4 {
		d := float64(i) * r / 3
		s.Trait(x-r+d, y+r, x+d, y-r, r/8, float32(60+s.R.IntN(100)))
	}
}
