package datamatrix

import (
	"context"
	"fmt"
	"image/png"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Symbols that dmtxwrite (libdmtx) makes are read, in every size and
// encodation. SIMPHONIE_COMPLET=1 asks for it; a missing program is then a
// failure.
func TestPairsEcrivain(t *testing.T) {
	if os.Getenv("SIMPHONIE_COMPLET") != "1" {
		t.Skip("SIMPHONIE_COMPLET is not 1")
	}
	fichier := filepath.Join(t.TempDir(), "s.png")
	lus, refus := 0, 0
	r := rand.New(rand.NewPCG(12, 12))
	for _, f := range []Forme{FormeCarree, FormeRectangle} {
		for _, taille := range TaillesSymbole(f) {
			if taille.Lignes == 144 {
				continue // libdmtx does not interleave its unequal blocks as the norm does
			}
			for _, codage := range []string{"a", "c", "t", "x", "e", "8"} {
				alphabet := "ABCDEFGHIJ 0123456789"
				if codage != "x" && codage != "e" {
					alphabet += "#*abcdef\x1d"
				}
				// About a third of what the size holds.
				texte := mot(r, alphabet, 1, 1+taille.Lignes*taille.Colonnes/40)
				cmd := exec.Command("dmtxwrite", "-e"+codage, "-s", fmt.Sprintf("%dx%d", taille.Lignes, taille.Colonnes), "-d4", "-m16", "-o", fichier)
				cmd.Stdin = strings.NewReader(texte)
				if out, err := cmd.CombinedOutput(); err != nil {
					if _, echec := err.(*exec.ExitError); !echec {
						t.Fatal(err)
					}
					refus++ // this text does not fit in this encodation
					t.Logf("%v %s %q: %s", taille, codage, texte, out)
					continue
				}
				o, err := os.Open(fichier)
				if err != nil {
					t.Fatal(err)
				}
				img, err := png.Decode(o)
				o.Close()
				if err != nil {
					t.Fatal(err)
				}
				ss, err := DecodeImage(context.Background(), img, Options{})
				if err != nil || len(ss) != 1 || ss[0].Contenu.Clair() != texte || ss[0].Taille != taille {
					t.Errorf("%v %s: %d symbols, %v, want %q", taille, codage, len(ss), err, texte)
					continue
				}
				lus++
			}
		}
	}
	t.Logf("%d read, %d that dmtxwrite refuses", lus, refus)
	if lus < 120 {
		t.Errorf("%d read: dmtxwrite refuses too many", lus)
	}
}
