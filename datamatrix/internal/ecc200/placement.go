package ecc200

// grille is the mapping matrix of a symbol: its data regions put side by side,
// without their finder patterns. A cell holds 0 (free), clair or sombre.
type grille struct {
	lignes, colonnes int
	cases            []byte
	mots             []byte
	mot              int // next codeword
}

const (
	clair  = 1
	sombre = 2
)

// coin is a corner shape: where it is met and its eight modules, most
// significant bit first; negative places count from the end.
type coin struct {
	ici     func(g *grille, l, c int) bool
	modules [8][2]int
}

var coins = [4]coin{
	{func(g *grille, l, c int) bool { return l == g.lignes && c == 0 },
		[8][2]int{{-1, 0}, {-1, 1}, {-1, 2}, {0, -2}, {0, -1}, {1, -1}, {2, -1}, {3, -1}}},
	{func(g *grille, l, c int) bool { return l == g.lignes-2 && c == 0 && g.colonnes%4 != 0 },
		[8][2]int{{-3, 0}, {-2, 0}, {-1, 0}, {0, -4}, {0, -3}, {0, -2}, {0, -1}, {1, -1}}},
	{func(g *grille, l, c int) bool { return l == g.lignes-2 && c == 0 && g.colonnes%8 == 4 },
		[8][2]int{{-3, 0}, {-2, 0}, {-1, 0}, {0, -2}, {0, -1}, {1, -1}, {2, -1}, {3, -1}}},
	{func(g *grille, l, c int) bool { return l == g.lignes+4 && c == 2 && g.colonnes%8 == 0 },
		[8][2]int{{-1, 0}, {-1, -1}, {0, -3}, {0, -2}, {0, -1}, {1, -3}, {1, -2}, {1, -1}}},
}

// utah is the usual shape, from its lower right module.
var utah = [8][2]int{{-2, -2}, {-2, -1}, {-1, -2}, {-1, -1}, {-1, 0}, {0, -2}, {0, -1}, {0, 0}}

// place lays the codewords out (ISO/IEC 16022, annex F).
func place(lignes, colonnes int, mots []byte) *grille {
	g := &grille{lignes: lignes, colonnes: colonnes, cases: make([]byte, lignes*colonnes), mots: mots}
	for l, c := 4, 0; l < lignes || c < colonnes; {
		for i := range coins {
			if coins[i].ici(g, l, c) {
				g.coin(&coins[i].modules)
			}
		}
		for { // upwards
			g.utah(l, c)
			if l, c = l-2, c+2; l < 0 || c >= colonnes {
				break
			}
		}
		l, c = l+1, c+3
		for { // downwards
			g.utah(l, c)
			if l, c = l+2, c-2; l >= lignes || c < 0 {
				break
			}
		}
		l, c = l+3, c+1
	}
	if fin := lignes*colonnes - 1; g.cases[fin] == 0 { // the unused corner is a fixed pattern
		g.cases[fin], g.cases[fin-1] = sombre, clair
		g.cases[fin-colonnes], g.cases[fin-colonnes-1] = clair, sombre
	}
	return g
}

func (g *grille) coin(modules *[8][2]int) {
	for i, m := range modules {
		g.module(i, (m[0]+g.lignes)%g.lignes, (m[1]+g.colonnes)%g.colonnes)
	}
	g.mot++
}

// utah places the next codeword unless its place is outside or taken.
func (g *grille) utah(ligne, colonne int) {
	if ligne < 0 || ligne >= g.lignes || colonne < 0 || colonne >= g.colonnes || g.cases[ligne*g.colonnes+colonne] != 0 {
		return
	}
	for i, m := range utah {
		l, c := ligne+m[0], colonne+m[1]
		if l < 0 {
			l, c = l+g.lignes, c+4-(g.lignes+4)%8
		}
		if c < 0 {
			l, c = l+4-(g.colonnes+4)%8, c+g.colonnes
		}
		if l >= g.lignes { // lowest DMRE symbols only
			l -= g.lignes
		}
		g.module(i, l, c)
	}
	g.mot++
}

func (g *grille) module(bit, l, c int) {
	v := byte(clair)
	if g.mots[g.mot]>>(7-bit)&1 == 1 {
		v = sombre
	}
	g.cases[l*g.colonnes+c] = v
}
