// Package degrade makes the images that the tests of the DataMatrix reader
// read: symbols of every size, put on a scene at any pose, then damaged. All
// of it follows from a seed. The encoder is written apart from the reader and
// shares no table with it.
package degrade

import "fmt"

// Symbole is the module matrix of a symbol, finder included.
type Symbole struct {
	Lignes, Colonnes int
	noir             []bool
}

// Noir reports whether the module is dark.
func (s *Symbole) Noir(ligne, colonne int) bool { return s.noir[ligne*s.Colonnes+colonne] }

type format struct{ l, c, rl, rc, data, ec, blocs int }

// formats: rows, columns, regions down, regions across, data codewords,
// correction codewords a block, blocks.
var formats = []format{
	{10, 10, 1, 1, 3, 5, 1}, {12, 12, 1, 1, 5, 7, 1}, {14, 14, 1, 1, 8, 10, 1}, {16, 16, 1, 1, 12, 12, 1},
	{18, 18, 1, 1, 18, 14, 1}, {20, 20, 1, 1, 22, 18, 1}, {22, 22, 1, 1, 30, 20, 1}, {24, 24, 1, 1, 36, 24, 1},
	{26, 26, 1, 1, 44, 28, 1}, {32, 32, 2, 2, 62, 36, 1}, {36, 36, 2, 2, 86, 42, 1}, {40, 40, 2, 2, 114, 48, 1},
	{44, 44, 2, 2, 144, 56, 1}, {48, 48, 2, 2, 174, 68, 1}, {52, 52, 2, 2, 204, 42, 2}, {64, 64, 4, 4, 280, 56, 2},
	{72, 72, 4, 4, 368, 36, 4}, {80, 80, 4, 4, 456, 48, 4}, {88, 88, 4, 4, 576, 56, 4}, {96, 96, 4, 4, 696, 68, 4},
	{104, 104, 4, 4, 816, 56, 6}, {120, 120, 6, 6, 1050, 68, 6}, {132, 132, 6, 6, 1304, 62, 8}, {144, 144, 6, 6, 1558, 62, 10},
	{8, 18, 1, 1, 5, 7, 1}, {8, 32, 1, 2, 10, 11, 1}, {12, 26, 1, 1, 16, 14, 1}, {12, 36, 1, 2, 22, 18, 1},
	{16, 36, 1, 2, 32, 24, 1}, {16, 48, 1, 2, 49, 28, 1},
	{8, 48, 1, 2, 18, 15, 1}, {8, 64, 1, 4, 24, 18, 1}, {8, 80, 1, 4, 32, 22, 1}, {8, 96, 1, 4, 38, 28, 1},
	{8, 120, 1, 6, 49, 32, 1}, {8, 144, 1, 6, 63, 36, 1}, {12, 64, 1, 4, 43, 27, 1}, {12, 88, 1, 4, 64, 36, 1},
	{16, 64, 1, 4, 62, 36, 1}, {20, 36, 1, 2, 44, 28, 1}, {20, 44, 1, 2, 56, 34, 1}, {20, 64, 1, 4, 84, 42, 1},
	{22, 48, 1, 2, 72, 38, 1}, {24, 48, 1, 2, 80, 41, 1}, {24, 64, 1, 4, 108, 46, 1}, {26, 40, 1, 2, 70, 38, 1},
	{26, 48, 1, 2, 90, 42, 1}, {26, 64, 1, 4, 118, 50, 1},
}

// Taille is the size of a symbol in modules.
type Taille struct{ Lignes, Colonnes, Donnees int }

// Tailles lists the 48 sizes, with the codewords each holds.
func Tailles() []Taille {
	t := make([]Taille, len(formats))
	for i, f := range formats {
		t[i] = Taille{f.l, f.c, f.data}
	}
	return t
}

// Encoder makes the symbol of a text in the given size; 0, 0 asks for the
// smallest square. ASCII is used where it fits, else C40.
func Encoder(texte string, lignes, colonnes int) (*Symbole, error) {
	ascii, c40 := codesASCII(texte), codesC40(texte)
	for _, f := range formats {
		if lignes == 0 && f.l == f.c || f.l == lignes && f.c == colonnes {
			switch {
			case len(ascii) <= f.data:
				return EncoderCodes(ascii, f.l, f.c)
			case len(c40) <= f.data:
				return EncoderCodes(c40, f.l, f.c)
			}
		}
	}
	return nil, fmt.Errorf("degrade: %d characters do not fit %dx%d", len(texte), lignes, colonnes)
}

// EncoderCodes makes a symbol from its data codewords, which it pads.
func EncoderCodes(cw []byte, lignes, colonnes int) (*Symbole, error) {
	for _, f := range formats {
		if f.l == lignes && f.c == colonnes && len(cw) <= f.data {
			return f.symbole(correction(remplir(cw, f.data), f)), nil
		}
	}
	return nil, fmt.Errorf("degrade: %d codewords do not fit %dx%d", len(cw), lignes, colonnes)
}

func codesASCII(s string) []byte {
	var cw []byte
	for i := 0; i < len(s); i++ {
		switch {
		case i+1 < len(s) && estChiffre(s[i]) && estChiffre(s[i+1]):
			cw = append(cw, 130+10*(s[i]-'0')+s[i+1]-'0')
			i++
		case s[i] > 127:
			cw = append(cw, 235, s[i]-127)
		default:
			cw = append(cw, s[i]+1)
		}
	}
	return cw
}

func estChiffre(b byte) bool { return b >= '0' && b <= '9' }

func codesC40(s string) []byte {
	var v []int
	bon := 0 // characters whose values fill whole triplets
	vals := 0
	for i := 0; i < len(s) && s[i] < 128; i++ {
		switch c := int(s[i]); {
		case c == ' ':
			v = append(v, 3)
		case estChiffre(s[i]):
			v = append(v, c-'0'+4)
		case c >= 'A' && c <= 'Z':
			v = append(v, c-'A'+14)
		case c < 32:
			v = append(v, 0, c)
		case c >= '!' && c <= '/':
			v = append(v, 1, c-'!')
		case c >= ':' && c <= '@':
			v = append(v, 1, c-':'+15)
		case c >= '[' && c <= '_':
			v = append(v, 1, c-'['+22)
		default:
			v = append(v, 2, c-96)
		}
		if len(v)%3 == 0 {
			bon, vals = i+1, len(v)
		}
	}
	cw := []byte{230}
	for i := 0; i < vals; i += 3 {
		w := 1600*v[i] + 40*v[i+1] + v[i+2] + 1
		cw = append(cw, byte(w>>8), byte(w))
	}
	cw = append(cw, 254)
	return append(cw, codesASCII(s[bon:])...)
}

func remplir(cw []byte, n int) []byte {
	cw = append([]byte(nil), cw...)
	debut := len(cw)
	for i := debut; i < n; i++ {
		v := 129
		if i > debut {
			v += 149*(i+1)%253 + 1
			if v > 254 {
				v -= 254
			}
		}
		cw = append(cw, byte(v))
	}
	return cw
}

// correction appends the Reed-Solomon codewords, blocks interleaved.
func correction(cw []byte, f format) []byte {
	out := append(append([]byte(nil), cw...), make([]byte, f.ec*f.blocs)...)
	g := generateur(f.ec)
	for b := range f.blocs {
		reste := make([]byte, f.ec)
		for i := b; i < f.data; i += f.blocs {
			k := cw[i] ^ reste[0]
			copy(reste, reste[1:])
			reste[f.ec-1] = 0
			for j := range reste {
				reste[j] ^= mul(k, g[j+1])
			}
		}
		for i, r := range reste {
			k := b
			if f.l == 144 {
				k = (b + 2) % 10
			}
			out[f.data+i*f.blocs+k] = r
		}
	}
	return out
}

func mul(a, b byte) byte {
	var p int
	x := int(a)
	for ; b > 0; b >>= 1 {
		if b&1 == 1 {
			p ^= x
		}
		x <<= 1
		if x > 255 {
			x ^= 0x12D
		}
	}
	return byte(p)
}

// generateur returns the polynomial (x-2)(x-4)...(x-2^n), highest power first.
func generateur(n int) []byte {
	g := []byte{1}
	r := byte(1)
	for range n {
		r = mul(r, 2)
		h := append(append([]byte(nil), g...), 0)
		for i, c := range g {
			h[i+1] ^= mul(c, r)
		}
		g = h
	}
	return g
}

func (f format) symbole(cw []byte) *Symbole {
	hl, hc := f.l/f.rl, f.c/f.rc // one region with its finder
	p := placer(cw, f.l-2*f.rl, f.c-2*f.rc)
	s := &Symbole{Lignes: f.l, Colonnes: f.c, noir: make([]bool, f.l*f.c)}
	for y := range f.l {
		for x := range f.c {
			ly, lx := y%hl, x%hc
			var n bool
			switch {
			case lx == 0 || ly == hl-1:
				n = true
			case ly == 0:
				n = lx%2 == 0
			case lx == hc-1:
				n = ly%2 == 1
			default:
				n = p.bits[[2]int{y - 2*(y/hl) - 1, x - 2*(x/hc) - 1}]
			}
			s.noir[y*f.c+x] = n
		}
	}
	return s
}
