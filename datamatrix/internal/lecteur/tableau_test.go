package lecteur

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"

	"github.com/simphonie/simphonie/datamatrix/internal/degrade"
)

// epreuve is one picture as the readers receive it.
type epreuve struct {
	degrade.Cas
	nom     string
	fichier string // the picture as PNG, "" when no program reads it
	err     error  // why there is no file
}

// lecteurCompare is one reader of the table: its lire returns the texts that
// it found in a picture.
type lecteurCompare struct {
	nom  string
	lire func(epreuve) ([]string, error)
}

func lireSimphonie(v epreuve) ([]string, error) {
	got, err := Lire(context.Background(), v.Image, Options{})
	var textes []string
	for _, s := range got {
		textes = append(textes, slices.Repeat([]string{s.Texte}, s.Occurrences)...)
	}
	return textes, err
}

// lireGozxing reads at most one symbol.
func lireGozxing(v epreuve) ([]string, error) {
	bmp, err := gozxing.NewBinaryBitmapFromImage(v.Image)
	if err != nil {
		return nil, err
	}
	r, err := datamatrix.NewDataMatrixReader().Decode(bmp, nil)
	if err != nil {
		return nil, nil // its way to say that it found nothing
	}
	return []string{r.GetText()}, nil
}

// lireDmtx tells dmtxread how many symbols there are, without which it always
// searches until its limit: 150 ms for each megapixel or part of one.
func lireDmtx(v epreuve) ([]string, error) {
	b := v.Image.Bounds()
	limite := 150 * ((b.Dx()*b.Dy() + 999_999) / 1_000_000)
	return programme("dmtxread", "-n", "-m"+strconv.Itoa(limite), "-N"+strconv.Itoa(len(v.Textes)), v.fichier)
}

// lireZXing searches as hard as ZXingReader can: it does unless told -fast,
// -norotate or -noscale.
func lireZXing(v epreuve) ([]string, error) {
	lignes, err := programme("ZXingReader", "-1", "-format", "DataMatrix", v.fichier)
	var textes []string
	for _, l := range lignes {
		if _, texte, ok := strings.Cut(l, ` DataMatrix "`); ok {
			textes = append(textes, strings.ReplaceAll(strings.TrimSuffix(texte, `"`), "<GS>", "\x1d"))
		}
	}
	return textes, err
}

// programme returns the lines that a program printed. Programs that read
// nothing end with an error of their own.
func programme(nom string, args ...string) ([]string, error) {
	sortie, err := exec.Command(nom, args...).Output()
	if faute := new(exec.ExitError); errors.As(err, &faute) {
		err = nil
	}
	var lignes []string
	for l := range strings.Lines(string(sortie)) {
		lignes = append(lignes, strings.TrimSuffix(l, "\n"))
	}
	return lignes, err
}

// compter says how many of the texts found are in the picture, each as often
// as it is there, and which are not.
func compter(trouves, textes []string) (lus int, faux []string) {
	reste := slices.Clone(textes)
	for _, x := range trouves {
		if k := slices.Index(reste, x); k >= 0 {
			reste = slices.Delete(reste, k, k+1)
			lus++
		} else {
			faux = append(faux, x)
		}
	}
	return lus, faux
}

// preparer makes the pictures of a family one ahead of the readers, and their
// files when dir is not empty.
func preparer(f degrade.Famille, dir string) <-chan epreuve {
	vues := make(chan epreuve, 1)
	go func() {
		defer close(vues)
		for i := range f.Nombre {
			v := epreuve{Cas: f.Faire(i), nom: fmt.Sprintf("%s %d", f.Nom, i)}
			if dir != "" {
				v.fichier = filepath.Join(dir, strconv.Itoa(i)+".png")
				v.err = ecrirePNG(v.fichier, v.Image)
			}
			vues <- v
		}
	}()
	return vues
}

func ecrirePNG(fichier string, im image.Image) error {
	w, err := os.Create(fichier)
	if err != nil {
		return err
	}
	tampon := bufio.NewWriter(w)
	enc := png.Encoder{CompressionLevel: png.BestSpeed}
	return errors.Join(enc.Encode(tampon, im), tampon.Flush(), w.Close())
}

// score is what one reader did with some pictures.
type score struct {
	bilan
	faux int
}

// cellules are the two columns of a reader: what it read, with the false reads
// in brackets, and the median time of a picture.
func (s *score) cellules() string {
	faux := ""
	if s.faux > 0 {
		faux = fmt.Sprintf(" (%d)", s.faux)
	}
	return fmt.Sprintf(" %d%s | %.1f ms |", s.lus, faux, float64(s.mediane())/1e6)
}

// TestTableau prints, when LECTEUR_TABLEAU is set, what this reader and others
// read of each family, as a Markdown table: symbols read, false reads in
// brackets, median time of a picture. The times of dmtxread and ZXingReader,
// which SIMPHONIE_COMPLET=1 asks for, include their start and the decoding of
// the file; a missing program is then a failure. A false read of ours is one
// in every case.
func TestTableau(t *testing.T) {
	if os.Getenv("LECTEUR_TABLEAU") == "" {
		t.Skip("LECTEUR_TABLEAU is not set")
	}
	lecteurs := []lecteurCompare{{"simphonie", lireSimphonie}, {"gozxing", lireGozxing}}
	dir := ""
	if os.Getenv("SIMPHONIE_COMPLET") == "1" {
		dir = t.TempDir()
		lecteurs = append(lecteurs, lecteurCompare{"dmtxread", lireDmtx}, lecteurCompare{"ZXingReader", lireZXing})
	}
	entete, filet := "| Family | pictures | symbols |", "|---|---:|---:|"
	for _, l := range lecteurs {
		entete += " " + l.nom + " | time |"
		filet += "---:|---:|"
	}
	fmt.Println(entete)
	fmt.Println(filet)
	ligne := func(nom string, images int, scores []score) {
		l := fmt.Sprintf("| %s | %d | %d |", nom, images, scores[0].attendus)
		for k := range scores {
			l += scores[k].cellules()
		}
		fmt.Println(l)
	}
	total, images := make([]score, len(lecteurs)), 0
	for _, f := range familles() {
		scores := make([]score, len(lecteurs))
		for v := range preparer(f, dir) {
			if v.err != nil {
				t.Fatal(v.err)
			}
			for k, l := range lecteurs {
				debut := time.Now()
				trouves, err := l.lire(v)
				duree := time.Since(debut)
				if err != nil {
					t.Fatalf("%s: %s: %v", l.nom, v.nom, err)
				}
				lus, faux := compter(trouves, v.Textes)
				if k == 0 && len(faux) > 0 {
					t.Errorf("%s: false reads %q", v.nom, faux)
				}
				for _, s := range []*score{&scores[k], &total[k]} {
					s.attendus += len(v.Textes)
					s.lus += lus
					s.faux += len(faux)
					s.temps = append(s.temps, duree)
				}
			}
			if v.fichier != "" {
				if err := os.Remove(v.fichier); err != nil {
					t.Fatal(err)
				}
			}
		}
		ligne(f.Nom, f.Nombre, scores)
		images += f.Nombre
	}
	ligne("all", images, total)
}
