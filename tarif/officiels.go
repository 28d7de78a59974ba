package tarif

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"github.com/simphonie/simphonie"
)

//go:embed donnees/officiels.csv
var officielsCSV string

var officiels = sync.OnceValues(func() (*Catalogue, error) {
	return Load(strings.NewReader(officielsCSV), LoadOptions{})
})

// Officiels gives the prices that are public and sourced, and no other: the
// patient's emergency forfait, full (FPU) and reduced (FPV).
func Officiels() (*Catalogue, error) { return officiels() }

//go:embed donnees/coefficients.csv
var coefficientsCSV string

// CoefficientPublie is a rate that a public source gives for one year of
// tariffs. Which of them apply to an establishment and to a kind of care is for
// the caller to decide: nothing in the SDK picks one.
type CoefficientPublie struct {
	Nom       string  // CP, CSEGUR or CG
	Secteur   Secteur // empty for both
	Lieu      string  // région or département, empty for all
	Annee     int     // year of tariffs
	Taux      simphonie.Taux
	Perimetre string // what the source says that it applies to
	Reference string
}

var publies = sync.OnceValues(func() ([]CoefficientPublie, error) {
	var f fautes
	var cs []CoefficientPublie
	f.parcourt(strings.NewReader(coefficientsCSV),
		[]string{"nom", "secteur", "lieu", "annee", "taux", "perimetre", "reference"},
		func(n int, c []string) {
			annee, err := strconv.Atoi(c[3])
			if err != nil {
				f.colonne("TARIF-DATE", n, 4, "not a year")
			}
			taux, err := simphonie.ParseTaux(c[4])
			if err != nil {
				f.colonne("TARIF-MONTANT", n, 5, "not a percentage")
			}
			cs = append(cs, CoefficientPublie{c[0], Secteur(strings.Trim(c[1], "*")),
				strings.Trim(c[2], "*"), annee, taux, c[5], c[6]})
		})
	return cs, f.err()
})

// CoefficientsPublies lists the rates that public sources give.
func CoefficientsPublies() ([]CoefficientPublie, error) {
	cs, err := publies()
	return append([]CoefficientPublie(nil), cs...), err
}
