package rapprochement

import (
	"errors"
	"slices"
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/moyens"
)

// MontantMax bounds every amount given, so that no sum of a call can overflow.
const MontantMax simphonie.Montant = 100_000_000_000 // a thousand million euros

// nombreMax bounds the items of a call on each side, facturesMax the invoices of
// a receipt.
const (
	nombreMax   = 10_000_000
	facturesMax = 1000
)

// Attendu is a receipt that is expected: what a patient paid, or engaged to
// pay, and that a statement must show.
type Attendu struct {
	Ref      string            `json:"ref"` // unique; an internal number
	Modalite moyens.Modalite   `json:"modalite"`
	Montant  simphonie.Montant `json:"montant"`            // positive
	Le       simphonie.Jour    `json:"le"`                 // day of the payment or of the debit order
	Factures []string          `json:"factures,omitempty"` // that it pays: 1000 at most
	// Remplace is the receipt whose debt this one asks for again, after a bounce or
	// a refusal: what is open there waits here, up to the amount of this one.
	Remplace string  `json:"remplace,omitempty"`
	Cles     Cles    `json:"cles,omitzero"`
	Etapes   []Etape `json:"etapes,omitempty"`
}

// modalite is the one that a line must have, or "": a titre may be paid by any.
func (a *Attendu) modalite() moyens.Modalite {
	if a.Modalite == moyens.ParTitre {
		return ""
	}
	return a.Modalite
}

func (a *Attendu) defauts() []string {
	noms := a.Cles.defauts()
	if !texteAdmis(a.Ref) {
		noms = append(noms, "ref")
	}
	if a.Modalite.Valide() != nil {
		noms = append(noms, "modalite")
	}
	if a.Montant <= 0 || a.Montant > MontantMax {
		noms = append(noms, "montant")
	}
	if a.Le.IsZero() {
		noms = append(noms, "le")
	}
	if a.Remplace != "" && !texteAdmis(a.Remplace) {
		noms = append(noms, "remplace")
	}
	if len(a.Factures) > facturesMax || slices.ContainsFunc(a.Factures, func(f string) bool { return !texteAdmis(f) }) {
		noms = append(noms, "factures")
	}
	return noms
}

// ordonneAttendus checks the receipts and gives them by reference.
func ordonneAttendus(as []Attendu) ([]Attendu, error) {
	if len(as) > nombreMax {
		return nil, tropDe("attendus")
	}
	var fautes []error
	for i := range as {
		for _, nom := range as[i].defauts() {
			fautes = append(fautes, erreur("RAPP-ATTENDU", "attendus["+strconv.Itoa(i)+"]."+nom, "missing, out of bounds or not of the documented form"))
		}
	}
	as = slices.Clone(as)
	slices.SortStableFunc(as, func(a, b Attendu) int { return compare(a.Ref, b.Ref) })
	for i := 1; i < len(as); i++ {
		if as[i].Ref == as[i-1].Ref && texteAdmis(as[i].Ref) {
			fautes = append(fautes, erreur("RAPP-ATTENDU-DOUBLE", "attendus "+as[i].Ref, "the reference stands twice: each receipt is expected once"))
		}
	}
	if len(fautes) == 0 {
		fautes = append(fautes, sansCercle(as))
	}
	return as, errors.Join(fautes...)
}

// sansCercle refuses receipts that replace one another in a circle: nobody would
// wait for their debt. They come by reference.
func sansCercle(as []Attendu) error {
	tour := make([]int, len(as)) // of the walk that came by; 0: none
	for i := range as {
		for j := int32(i); j >= 0; j = trouveAttendu(as, as[j].Remplace) {
			if tour[j] == i+1 {
				return erreur("RAPP-ATTENDU-REMPLACE", "attendus "+as[j].Ref, "it replaces itself, or those that replace it")
			}
			if tour[j] > 0 {
				break
			}
			tour[j] = i + 1
		}
	}
	return nil
}

// trouveAttendu gives the place of a receipt, or −1.
func trouveAttendu(as []Attendu, ref string) int32 {
	i, ok := slices.BinarySearchFunc(as, ref, func(a Attendu, ref string) int { return compare(a.Ref, ref) })
	if !ok {
		return -1
	}
	return int32(i)
}

func tropDe(chemin string) error {
	e := erreur("RAPP-NOMBRE", chemin, "more than ten million items: reconcile a period at a time")
	e.LimiteLocale = true
	return e
}

func erreur(code simphonie.Code, chemin, detail string) *simphonie.Erreur {
	return &simphonie.Erreur{Code: code, Service: "rapprochement", Chemin: chemin, Detail: detail}
}
