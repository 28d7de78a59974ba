package lecteur

import (
	"context"
	"testing"

	"github.com/simphonie/simphonie/datamatrix/internal/degrade"
)

func TestToutesTailles(t *testing.T) {
	for _, ta := range degrade.Tailles() {
		texte := charge(ta.Donnees)
		sym, err := degrade.Encoder(texte, ta.Lignes, ta.Colonnes)
		if err != nil {
			t.Fatal(err)
		}
		for _, miroir := range []bool{false, true} {
			noirs := make([]bool, ta.Lignes*ta.Colonnes)
			for i := range noirs {
				noirs[i] = sym.Noir(i/ta.Colonnes, i%ta.Colonnes)
			}
			var d decodeur
			for _, x := range tailles {
				if x.lignes != ta.Lignes || x.colonnes != ta.Colonnes {
					continue
				}
				lu, ok := d.decoder(x, noirs, true)
				if !ok || lu.message.Texte != texte {
					t.Errorf("%dx%d: modules not decoded", ta.Lignes, ta.Colonnes)
				}
				for i := range noirs {
					if m := x.motif(i/ta.Colonnes, i%ta.Colonnes); m != 0 && (m < 0) != noirs[i] {
						t.Errorf("%dx%d: finder differs", ta.Lignes, ta.Colonnes)
						break
					}
				}
			}
			const m = 4
			s := degrade.NewScene(ta.Colonnes*m+60, ta.Lignes*m+60, 255, 1)
			s.Poser(sym, degrade.Pose{X: float64(s.L) / 2, Y: float64(s.H) / 2, Module: m, Marge: 2, Blanc: 255, Miroir: miroir})
			got, err := Lire(context.Background(), s.Image(), Options{})
			if err != nil || len(got) != 1 || got[0].Texte != texte || got[0].Miroir != miroir {
				t.Errorf("%dx%d mirrored %v: %d symbols, %v", ta.Lignes, ta.Colonnes, miroir, len(got), err)
			}
		}
	}
}

// charge returns a text that takes n codewords in ASCII, or one less.
func charge(n int) string {
	const a = "AMC#1#99999999##12345678#SPPGSFLRIKY231TCEH#SCODA#ITODA/"
	b := make([]byte, 0, n)
	for i := 0; len(b) < n; i++ {
		c := a[i%len(a)]
		if c >= '0' && c <= '9' && len(b) > 0 && b[len(b)-1] <= '9' && b[len(b)-1] >= '0' {
			c = 'Z'
		}
		b = append(b, c)
	}
	return string(b)
}
