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
	attendus, lus int
	temps         []time.Duration
}

func (b *bilan) mediane() time.Duration {
	slices.Sort(b.temps)
	return b.temps[len(b.temps)/2]
}

// mesurerFamille reads one in every pas pictures of a family. A text that is
// not in a picture, or is found more often than it is there, is a false read.
func mesurerFamille(t *testing.T, f degrade.Famille, pas int) (b bilan, manques []int) {
	for i := 0; i < f.Nombre; i += pas {
		c := f.Faire(i)
		debut := time.Now()
		got, err := Lire(context.Background(), c.Image, Options{})
		b.temps = append(b.temps, time.Since(debut))
		if err != nil {
			t.Fatal(err)
		}
		b.attendus += len(c.Textes)
		reste := slices.Clone(c.Textes)
		for _, s := range got {
			for range s.Occurrences {
				k := slices.Index(reste, s.Texte)
				if k < 0 {
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

// familles lists the kinds of degradation and the pages.
func familles() []degrade.Famille {
	return append(degrade.Familles(), degrade.Famille{Nom: "pages", Nombre: 12, Faire: degrade.Page})
}

// TestExporter writes the corpus as PNG files with a list, for other readers.
func TestExporter(t *testing.T) {
	dir := os.Getenv("LECTEUR_EXPORT")
	if dir == "" {
		t.Skip("LECTEUR_EXPORT names no directory")
	}
	var liste strings.Builder
	for _, f := range familles() {
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

// planchers is the share of the symbols, in percent, that each family must
// read, a little under what was measured.
var planchers = map[string]int{
	"rotation every 15": 99,
	"upright":           100,
	"any angle":         98,
	"perspective":       98,
	"blur":              93,
	"motion":            97,
	"noise":             96,
	"specks":            97,
	"jpeg":              97,
	"light":             91,
	"glare":             97,
	"low resolution":    98,
	"tiny":              96,
	"low contrast":      97,
	"inverted":          97,
	"mirrored":          97,
	"dots":              78,
	"dot peen on metal": 42,
	"ink":               97,
	"no quiet zone":     97,
	"rectangles":        94,
	"large":             97,
	"scribbles":         98,
	"damaged L":         96,
	"cylinder":          98,
	"text around":       97,
	"several":           98,
	"big modules":       97,
	"phone":             90,
	"far":               97,
	"metal":             95,
	"pages":             99,
}

// TestRappel measures the read rate of each family; LECTEUR_LONG takes all
// the pictures instead of one in four. The floors need them: a short run has none.
func TestRappel(t *testing.T) {
	if testing.Short() {
		t.Skip("a thousand pictures, too many for the race detector")
	}
	pas := 4
	if os.Getenv("LECTEUR_LONG") != "" {
		pas = 1
	}
	for _, f := range familles() {
		t.Run(f.Nom, func(t *testing.T) {
			t.Parallel()
			b, manques := mesurerFamille(t, f, pas)
			t.Logf("%-20s %3d/%3d  median %v  missed %v", f.Nom, b.lus, b.attendus, b.mediane(), manques)
			plancher, ok := planchers[f.Nom]
			// One picture of a short run weighs more than the margin.
			if !ok || 100*(b.lus+pas-1) < plancher*b.attendus {
				t.Errorf("%s: %d of %d read, the floor is %d %%", f.Nom, b.lus, b.attendus, plancher)
			}
		})
	}
}
