package lecteur

import (
	"context"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/simphonie/simphonie/datamatrix/internal/degrade"
)

// bilan counts what was read of a family.
type bilan struct {
	images, attendus, lus, faux int
	temps                       []time.Duration
}

func (b *bilan) mediane() time.Duration {
	slices.Sort(b.temps)
	return b.temps[len(b.temps)/2]
}

// mesurerFamille reads the pictures of a family. A text that is not in a
// picture, or is found more often than it is there, is a false read.
func mesurerFamille(t *testing.T, f degrade.Famille) (b bilan, manques []int) {
	for i := range f.Nombre {
		c := f.Faire(i)
		debut := time.Now()
		got, err := Lire(context.Background(), c.Image, Options{})
		b.temps = append(b.temps, time.Since(debut))
		if err != nil {
			t.Fatal(err)
		}
		b.images++
		b.attendus += len(c.Textes)
		reste := slices.Clone(c.Textes)
		for _, s := range got {
			for range s.Occurrences {
				k := slices.Index(reste, s.Texte)
				if k < 0 {
					b.faux++
					t.Errorf("%s %d: false read %q (%dx%d, %d corrections)", f.Nom, i, s.Texte, s.Lignes, s.Colonnes, s.Corrections)
					continue
				}
				reste = slices.Delete(reste, k, k+1)
				b.lus++
			}
		}
		if len(reste) > 0 {
			manques = append(manques, i)
		}
	}
	return b, manques
}

// TestExporter writes the corpus as PNG files with a list, for other readers.
func TestExporter(t *testing.T) {
	dir := os.Getenv("LECTEUR_EXPORT")
	if dir == "" {
		t.Skip("LECTEUR_EXPORT names no directory")
	}
	var liste strings.Builder
	familles := append(degrade.Familles(), degrade.Famille{Nom: "pages", Nombre: 12, Faire: degrade.Page})
	for _, f := range familles {
		for i := range f.Nombre {
			c := f.Faire(i)
			nom := fmt.Sprintf("%s-%03d.png", strings.ReplaceAll(f.Nom, " ", "_"), i)
			w, err := os.Create(filepath.Join(dir, nom))
			if err != nil {
				t.Fatal(err)
			}
			enc := png.Encoder{CompressionLevel: png.BestSpeed}
			if err := enc.Encode(w, c.Image); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&liste, "%s", nom)
			for _, x := range c.Textes {
				fmt.Fprintf(&liste, "\t%q", x)
			}
			liste.WriteString("\n")
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "liste.tsv"), []byte(liste.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestRappel(t *testing.T) {
	for _, f := range degrade.Familles() {
		t.Run(f.Nom, func(t *testing.T) {
			t.Parallel()
			b, m := mesurerFamille(t, f)
			t.Logf("%-20s %3d/%3d  %8v  %v", f.Nom, b.lus, b.attendus, b.mediane(), m)
		})
	}
}

func TestPages(t *testing.T) {
	b, m := mesurerFamille(t, degrade.Famille{Nom: "pages", Nombre: 12, Faire: degrade.Page})
	t.Logf("%-20s %3d/%3d  %8v  %v", "pages", b.lus, b.attendus, b.mediane(), m)
}
