package degrade

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"
)

// Scene is a grey picture being made; 0 is black, 255 white.
type Scene struct {
	L, H int
	Pix  []float32
	R    *rand.Rand
}

// NewScene makes a uniform scene; all its accidents follow from the seed.
func NewScene(l, h int, fond float32, graine uint64) *Scene {
	s := &Scene{L: l, H: h, Pix: make([]float32, l*h), R: rand.New(rand.NewPCG(graine, 0x5DEECE66D))}
	for i := range s.Pix {
		s.Pix[i] = fond
	}
	return s
}

// Pose says where and how a symbol is put on a scene.
type Pose struct {
	X, Y       float64 // centre, in pixels
	Module     float64 // pixels
	Angle      float64 // degrees, clockwise on the picture
	FuiteX     float64 // perspective: change of scale across half the symbol
	FuiteY     float64
	Cisaille   float64 // shear
	Cylindre   float64 // half angle, radians, that the symbol covers of a cylinder
	Marge      float64 // quiet zone, modules
	Noir       float32 // grey of the dark modules
	Blanc      float32
	Points     float64 // > 0: diameter of round dots, in modules
	Arrondi    float64 // > 0: gain of ink, in modules (negative loses)
	Inverse    bool
	Miroir     bool
	Brouillage float64 // jitter of the position of each module, in modules
}

// Poser draws a symbol.
func (s *Scene) Poser(sym *Symbole, p Pose) {
	if p.Blanc == 0 && p.Noir == 0 {
		p.Blanc = 255
	}
	w, h := float64(sym.Colonnes), float64(sym.Lignes)
	a := p.Angle * math.Pi / 180
	ca, sa := math.Cos(a), math.Sin(a)
	rayon := (math.Hypot(w, h)/2 + p.Marge + 1) * p.Module * (1 + math.Abs(p.FuiteX) + math.Abs(p.FuiteY) + math.Abs(p.Cisaille)) * 1.3
	var dx, dy []float64
	if p.Brouillage > 0 {
		for range sym.Lignes * sym.Colonnes {
			dx = append(dx, s.R.NormFloat64()*p.Brouillage)
			dy = append(dy, s.R.NormFloat64()*p.Brouillage)
		}
	}
	const n = 4
	demi := math.Max(w, h) / 2
	for y := max(0, int(p.Y-rayon)); y < min(s.H, int(p.Y+rayon)+1); y++ {
		for x := max(0, int(p.X-rayon)); x < min(s.L, int(p.X+rayon)+1); x++ {
			var somme, couvert float32
			for k := range n * n {
				px := (float64(x) + (float64(k%n)+0.5)/n - p.X) / p.Module
				py := (float64(y) + (float64(k/n)+0.5)/n - p.Y) / p.Module
				// Inverse of the perspective, then of the rotation.
				d := 1 - (px*p.FuiteX+py*p.FuiteY)/demi
				if d <= 0.05 {
					continue
				}
				px, py = px/d, py/d
				u, v := px*ca+py*sa, -px*sa+py*ca
				u -= p.Cisaille * v
				if p.Cylindre > 0 {
					r := w / 2 / math.Sin(p.Cylindre)
					if math.Abs(u) >= r {
						continue
					}
					v += r * (1 - math.Cos(math.Asin(u/r))) * 0.25
					u = r * math.Asin(u/r) * (w / 2) / (r * p.Cylindre)
				}
				if p.Miroir {
					u = -u
				}
				u, v = u+w/2, v+h/2
				if u < -p.Marge || v < -p.Marge || u > w+p.Marge || v > h+p.Marge {
					continue
				}
				couvert++
				if sym.encre(u, v, &p, dx, dy) != p.Inverse {
					somme += p.Noir
				} else {
					somme += p.Blanc
				}
			}
			if couvert > 0 {
				i := y*s.L + x
				s.Pix[i] = (s.Pix[i]*(n*n-couvert) + somme) / (n * n)
			}
		}
	}
}

// encre reports whether the point (u, v), in modules, is printed.
func (s *Symbole) encre(u, v float64, p *Pose, dx, dy []float64) bool {
	noir := func(c, l int) bool { return c >= 0 && l >= 0 && c < s.Colonnes && l < s.Lignes && s.Noir(l, c) }
	c, l := int(math.Floor(u)), int(math.Floor(v))
	if p.Points == 0 && p.Arrondi == 0 && dx == nil {
		return noir(c, l)
	}
	if p.Points == 0 && p.Arrondi != 0 && dx == nil {
		if p.Arrondi < 0 { // lighter print: a dark module shrinks
			return noir(c, l) && noir(int(math.Floor(u+p.Arrondi)), l) && noir(int(math.Floor(u-p.Arrondi)), l) &&
				noir(c, int(math.Floor(v+p.Arrondi))) && noir(c, int(math.Floor(v-p.Arrondi)))
		}
		return noir(int(math.Floor(u+p.Arrondi)), l) || noir(int(math.Floor(u-p.Arrondi)), l) ||
			noir(c, int(math.Floor(v+p.Arrondi))) || noir(c, int(math.Floor(v-p.Arrondi)))
	}
	for j := l - 1; j <= l+1; j++ {
		for i := c - 1; i <= c+1; i++ {
			if !noir(i, j) {
				continue
			}
			x, y := u-float64(i)-0.5, v-float64(j)-0.5
			if dx != nil {
				x, y = x-dx[j*s.Colonnes+i], y-dy[j*s.Colonnes+i]
			}
			if p.Points > 0 && x*x+y*y < p.Points*p.Points/4 || p.Points == 0 && math.Abs(x) < 0.5 && math.Abs(y) < 0.5 {
				return true
			}
		}
	}
	return false
}

// Flou blurs with a Gaussian.
func (s *Scene) Flou(sigma float64) {
	if sigma <= 0 {
		return
	}
	r := int(math.Ceil(3 * sigma))
	k := make([]float32, 2*r+1)
	var t float32
	for i := range k {
		k[i] = float32(math.Exp(-float64((i-r)*(i-r)) / (2 * sigma * sigma)))
		t += k[i]
	}
	for i := range k {
		k[i] /= t
	}
	s.convoluer(k, r, 1, s.L, s.H, s.L)
	s.convoluer(k, r, s.L, s.H, s.L, 1)
}

// Bouge blurs along the lines of pixels, as a moving hand does.
func (s *Scene) Bouge(pixels int) {
	k := make([]float32, pixels|1)
	for i := range k {
		k[i] = 1 / float32(len(k))
	}
	s.convoluer(k, len(k)/2, 1, s.L, s.H, s.L)
}

func (s *Scene) convoluer(k []float32, r, pas, n, rangs, entre int) {
	tmp := make([]float32, n)
	for j := range rangs {
		o := j * entre
		for i := range n {
			var v float32
			for q, w := range k {
				v += w * s.Pix[o+min(max(i+q-r, 0), n-1)*pas]
			}
			tmp[i] = v
		}
		for i, v := range tmp {
			s.Pix[o+i*pas] = v
		}
	}
}

// Bruit adds Gaussian noise.
func (s *Scene) Bruit(sigma float64) {
	for i := range s.Pix {
		s.Pix[i] += float32(s.R.NormFloat64() * sigma)
	}
}

// Poivre turns a share of the pixels black or white.
func (s *Scene) Poivre(part float64) {
	for i := range s.Pix {
		if s.R.Float64() < part {
			s.Pix[i] = float32(255 * s.R.IntN(2))
		}
	}
}

// Lumiere multiplies the scene by a light that goes from a to b in the given
// direction (degrees).
func (s *Scene) Lumiere(a, b, angle float64) {
	ca, sa := math.Cos(angle*math.Pi/180), math.Sin(angle*math.Pi/180)
	d := math.Abs(ca)*float64(s.L) + math.Abs(sa)*float64(s.H)
	for i := range s.Pix {
		x, y := float64(i%s.L)-float64(s.L)/2, float64(i/s.L)-float64(s.H)/2
		t := (x*ca+y*sa)/d + 0.5
		s.Pix[i] *= float32(a + (b-a)*t)
	}
}

// Reflet adds a soft spot of light.
func (s *Scene) Reflet(x, y, rayon, force float64) {
	for i := range s.Pix {
		dx, dy := float64(i%s.L)-x, float64(i/s.L)-y
		s.Pix[i] += float32(force * math.Exp(-(dx*dx+dy*dy)/(2*rayon*rayon)))
	}
}

// Ombre darkens one side of an oblique line.
func (s *Scene) Ombre(x, y, angle, force float64) {
	ca, sa := math.Cos(angle*math.Pi/180), math.Sin(angle*math.Pi/180)
	for i := range s.Pix {
		t := (float64(i%s.L)-x)*ca + (float64(i/s.L)-y)*sa
		s.Pix[i] *= float32(1 - force/(1+math.Exp(-t/3)))
	}
}

// Contraste brings the greys into [noir, blanc].
func (s *Scene) Contraste(noir, blanc float32) {
	for i := range s.Pix {
		s.Pix[i] = noir + s.Pix[i]*(blanc-noir)/255
	}
}

// Grain lays a texture of blotches (metal, card) of the given size.
func (s *Scene) Grain(taille int, force float64) {
	gl, gh := s.L/taille+2, s.H/taille+2
	g := make([]float32, gl*gh)
	for i := range g {
		g[i] = float32(s.R.NormFloat64() * force)
	}
	for y := range s.H {
		fy := float32(y%taille) / float32(taille)
		for x := range s.L {
			fx := float32(x%taille) / float32(taille)
			o := y/taille*gl + x/taille
			s.Pix[y*s.L+x] += (g[o]*(1-fx)+g[o+1]*fx)*(1-fy) + (g[o+gl]*(1-fx)+g[o+gl+1]*fx)*fy
		}
	}
}

// Reduire divides the size by an average over squares.
func (s *Scene) Reduire(k int) *Scene {
	o := &Scene{L: s.L / k, H: s.H / k, R: s.R}
	o.Pix = make([]float32, o.L*o.H)
	for y := range o.H {
		for x := range o.L {
			var v float32
			for j := range k {
				for i := range k {
					v += s.Pix[(y*k+j)*s.L+x*k+i]
				}
			}
			o.Pix[y*o.L+x] = v / float32(k*k)
		}
	}
	return o
}

// Image returns the scene in 8 bits.
func (s *Scene) Image() *image.Gray {
	im := image.NewGray(image.Rect(0, 0, s.L, s.H))
	for i, v := range s.Pix {
		im.Pix[i] = uint8(min(max(v+0.5, 0), 255))
	}
	return im
}

// JPEG passes an image through JPEG compression.
func JPEG(im image.Image, qualite int) image.Image {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, im, &jpeg.Options{Quality: qualite}); err != nil {
		panic(err) // a buffer in memory cannot fail
	}
	out, err := jpeg.Decode(&b)
	if err != nil {
		panic(err)
	}
	return out
}

// Couleur tints an image: dark and light ends of the greys.
func Couleur(im *image.Gray, noir, blanc color.NRGBA) *image.NRGBA {
	o := image.NewNRGBA(im.Rect)
	melange := func(a, b, v uint8) uint8 { return uint8((int(a)*(255-int(v)) + int(b)*int(v)) / 255) }
	for i, v := range im.Pix {
		o.Pix[4*i], o.Pix[4*i+1], o.Pix[4*i+2], o.Pix[4*i+3] =
			melange(noir.R, blanc.R, v), melange(noir.G, blanc.G, v), melange(noir.B, blanc.B, v), 255
	}
	return o
}
