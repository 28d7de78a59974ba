package degrade

import "math"

func cosd(a float64) float64 { return math.Cos(a * math.Pi / 180) }
func sind(a float64) float64 { return math.Sin(a * math.Pi / 180) }

// Page makes the i-th cluttered A4 page at 300 dpi: a letter of an insurer
// with its card printed twice, postal codes, tables, text, linear bar codes
// and a QR-like square.
func Page(i int) Cas {
	s := NewScene(2480, 3508, 250, 77<<32+uint64(i))
	c := Cas{}
	penche := s.entre(-2.5, 2.5) // the sheet lies askew in the scanner
	poser := func(texte string, l, col int, x, y, mm float64, angle float64) {
		s.Poser(must(Encoder(texte, l, col)), Pose{X: x, Y: y, Module: mm, Angle: angle + penche, Marge: 1.2, Noir: 25, Blanc: 250})
		c.Textes = append(c.Textes, texte)
	}
	// Heading.
	s.Logo(300, 250, 130)
	s.Texte(520, 180, 7, 28, 30)
	s.Texte(520, 250, 4, 50, 30)
	// Address and postal codes.
	for k := range 5 {
		s.Texte(1400, float64(500+k*50), 4.5, 30, 20)
	}
	poser("1234567890123456789012345678901234567", 0, 0, 1500, 830, s.entre(2.6, 4.5), 0)
	if i%2 == 0 {
		poser("98765432109876543210987654321098765432", 12, 36, 1850, 830, s.entre(2.6, 4), 0)
	}
	// Body.
	for k := range 14 {
		s.Texte(180, float64(1000+k*48), 4, 85, 35)
	}
	// Two copies of the card.
	amc := []string{AMC1, AMC2, AMC3}[i%3]
	m := s.entre(2.5, 5)
	for k := range 2 {
		x0, y0 := 150+k*1150, 1750
		s.Trait(float64(x0), float64(y0), float64(x0+1050), float64(y0), 3, 60)
		s.Trait(float64(x0), float64(y0+640), float64(x0+1050), float64(y0+640), 3, 60)
		s.Trait(float64(x0), float64(y0), float64(x0), float64(y0+640), 3, 60)
		s.Trait(float64(x0+1050), float64(y0), float64(x0+1050), float64(y0+640), 3, 60)
		s.Rect(x0+2, y0+2, x0+1048, y0+110, 190)
		s.Texte(float64(x0+30), float64(y0+30), 6, 20, 20)
		s.Tableau(x0+30, y0+330, 6, 6, 160, 48, 2)
		for j := range 4 {
			s.Texte(float64(x0+30), float64(y0+140+j*44), 3.5, 24, 20)
		}
		poser(amc, 0, 0, float64(x0+880), float64(y0+220), m, 0)
	}
	// Foot: table, bar codes, INS label.
	s.Tableau(150, 2480, 8, 7, 200, 60, 3)
	s.CodeBarres(200, 3060, 120, 3, 90)
	s.CodeBarres(1500, 2500, 90, 2, 120)
	s.FauxQR(1750, 2650, 25, 8)
	poser(INS, 36, 36, 2150, 2860, s.entre(2.5, 5), float64(90*s.R.IntN(4)))
	if i%3 == 1 {
		poser(AMC2+"  ", 0, 0, 1500, 3300, s.entre(2.5, 4), s.entre(0, 360))
	}
	for k := range 4 {
		s.Texte(180, float64(3250+k*40), 2.5, 80, 90)
	}
	s.Flou(s.entre(.5, 1))
	s.Bruit(s.entre(2, 6))
	if i%4 == 3 {
		s.Lumiere(.8, 1.02, s.entre(0, 360))
	}
	c.Image = s.Image()
	if i%2 == 1 {
		c.Image = JPEG(c.Image, 60)
	}
	return c
}
