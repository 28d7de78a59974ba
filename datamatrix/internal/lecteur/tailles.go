package lecteur

import "sync"

// taille describes one symbol size: the 30 of ISO/IEC 16022 (ECC 200) and the
// 18 of ISO/IEC 21471 (DMRE).
type taille struct {
	lignes, colonnes int // modules, finder included
	regL, regC       int // modules of one data region
	ec               int // error-correction codewords of one block
	blocs            int
	donnees          int // data codewords of the symbol, all blocks together

	placement func() []int32 // see placer; computed once
}

// total is the number of codewords of the symbol.
func (t *taille) total() int { return t.donnees + t.blocs*t.ec }

// tailles lists every size: squares by growing side, then rectangles.
var tailles = []*taille{
	nouvelleTaille(10, 10, 8, 8, 5, 1, 3),
	nouvelleTaille(12, 12, 10, 10, 7, 1, 5),
	nouvelleTaille(14, 14, 12, 12, 10, 1, 8),
	nouvelleTaille(16, 16, 14, 14, 12, 1, 12),
	nouvelleTaille(18, 18, 16, 16, 14, 1, 18),
	nouvelleTaille(20, 20, 18, 18, 18, 1, 22),
	nouvelleTaille(22, 22, 20, 20, 20, 1, 30),
	nouvelleTaille(24, 24, 22, 22, 24, 1, 36),
	nouvelleTaille(26, 26, 24, 24, 28, 1, 44),
	nouvelleTaille(32, 32, 14, 14, 36, 1, 62),
	nouvelleTaille(36, 36, 16, 16, 42, 1, 86),
	nouvelleTaille(40, 40, 18, 18, 48, 1, 114),
	nouvelleTaille(44, 44, 20, 20, 56, 1, 144),
	nouvelleTaille(48, 48, 22, 22, 68, 1, 174),
	nouvelleTaille(52, 52, 24, 24, 42, 2, 204),
	nouvelleTaille(64, 64, 14, 14, 56, 2, 280),
	nouvelleTaille(72, 72, 16, 16, 36, 4, 368),
	nouvelleTaille(80, 80, 18, 18, 48, 4, 456),
	nouvelleTaille(88, 88, 20, 20, 56, 4, 576),
	nouvelleTaille(96, 96, 22, 22, 68, 4, 696),
	nouvelleTaille(104, 104, 24, 24, 56, 6, 816),
	nouvelleTaille(120, 120, 18, 18, 68, 6, 1050),
	nouvelleTaille(132, 132, 20, 20, 62, 8, 1304),
	nouvelleTaille(144, 144, 22, 22, 62, 10, 1558),

	nouvelleTaille(8, 18, 6, 16, 7, 1, 5),
	nouvelleTaille(8, 32, 6, 14, 11, 1, 10),
	nouvelleTaille(12, 26, 10, 24, 14, 1, 16),
	nouvelleTaille(12, 36, 10, 16, 18, 1, 22),
	nouvelleTaille(16, 36, 14, 16, 24, 1, 32),
	nouvelleTaille(16, 48, 14, 22, 28, 1, 49),

	nouvelleTaille(8, 48, 6, 22, 15, 1, 18),
	nouvelleTaille(8, 64, 6, 14, 18, 1, 24),
	nouvelleTaille(8, 80, 6, 18, 22, 1, 32),
	nouvelleTaille(8, 96, 6, 22, 28, 1, 38),
	nouvelleTaille(8, 120, 6, 18, 32, 1, 49),
	nouvelleTaille(8, 144, 6, 22, 36, 1, 63),
	nouvelleTaille(12, 64, 10, 14, 27, 1, 43),
	nouvelleTaille(12, 88, 10, 20, 36, 1, 64),
	nouvelleTaille(16, 64, 14, 14, 36, 1, 62),
	nouvelleTaille(20, 36, 18, 16, 28, 1, 44),
	nouvelleTaille(20, 44, 18, 20, 34, 1, 56),
	nouvelleTaille(20, 64, 18, 14, 42, 1, 84),
	nouvelleTaille(22, 48, 20, 22, 38, 1, 72),
	nouvelleTaille(24, 48, 22, 22, 41, 1, 80),
	nouvelleTaille(24, 64, 22, 14, 46, 1, 108),
	nouvelleTaille(26, 40, 24, 18, 38, 1, 70),
	nouvelleTaille(26, 48, 24, 22, 42, 1, 90),
	nouvelleTaille(26, 64, 24, 14, 50, 1, 118),
}

func nouvelleTaille(lignes, colonnes, regL, regC, ec, blocs, donnees int) *taille {
	t := &taille{lignes: lignes, colonnes: colonnes, regL: regL, regC: regC, ec: ec, blocs: blocs, donnees: donnees}
	t.placement = sync.OnceValue(func() []int32 { return placer(t) })
	return t
}

// motif tells what the finder asks of the module at (ligne, colonne), counted
// from the top left: +1 light, -1 dark, 0 data.
func (t *taille) motif(ligne, colonne int) int {
	l, c := ligne%(t.regL+2), colonne%(t.regC+2)
	switch {
	case c == 0 || l == t.regL+1:
		return -1
	case l == 0:
		return 2*(c&1) - 1
	case c == t.regC+1:
		return 1 - 2*(l&1)
	}
	return 0
}
