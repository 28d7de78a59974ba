package b2

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// FuzzSain compares the check of a record at first sight to that of each of
// its zones alone.
func FuzzSain(f *testing.F) {
	for i, l := range TableFIDES().layouts {
		f.Add(uint8(i), l.modele)
		f.Add(uint8(i), strings.Repeat("0", Largeur))
		f.Add(uint8(i), strings.Repeat(" ", Largeur))
	}
	f.Fuzz(func(t *testing.T, rang uint8, texte string) {
		compare(t, TableFIDES().layouts[rang%nbTypes], texte)
	})
}

func compare(t *testing.T, l *layout, texte string) {
	t.Helper()
	if fs := l.examine(texte, 1); l.sain(texte) != (len(fs) == 0) {
		t.Fatalf("%s %q: %v at first sight, %v", l.typ, texte, l.sain(texte), fs)
	}
}

// TestSain goes from a right record one zone at a time.
func TestSain(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 128))
	const alphabet = "0123456789 ABCDEFSMZ-a\xe9"
	for _, l := range TableFIDES().layouts {
		base := []byte(strings.ReplaceAll(l.modele, "\x00", " "))
		for range 3000 {
			z := &l.zones[rnd.IntN(len(l.zones))]
			old := string(base)
			n := 11 // digits and space mostly, so that records stay right
			if rnd.IntN(3) == 0 {
				n = len(alphabet)
			}
			for i := z.debut; i < z.fin; i++ {
				base[i] = alphabet[rnd.IntN(n)]
			}
			if len(z.Valeurs) > 0 && z.Valeurs[0] != "BLANC" {
				copy(base[z.debut:], z.Valeurs[rnd.IntN(len(z.Valeurs))])
			}
			compare(t, l, string(base))
			if r, _ := l.fauteZone(z, string(base)); r != nil {
				base = []byte(old)
			}
		}
		compare(t, l, string(base))
	}
}
