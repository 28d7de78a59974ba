package moyens

import (
	"slices"

	"github.com/simphonie/simphonie"
)

// Modalite is how one payment of a patient travels. Its text is its JSON form.
type Modalite string

// Modalities of payment.
const (
	Terminal          Modalite = "terminal"           // card at the desk, amount known
	Differe           Modalite = "differe"            // card, debited after discharge under an agreement
	PayFiPCarte       Modalite = "payfip-carte"       // result P
	PayFiPPrelevement Modalite = "payfip-prelevement" // result V: engaged, may bounce
	Virement          Modalite = "virement"           // transfer, by an initiation link or not
	MandatSEPA        Modalite = "mandat-sepa"        // direct debit under an e-mandate
	Guichet           Modalite = "guichet"            // cash or cheque at the desk of the régie
	ParTitre          Modalite = "titre"              // collected by the public accountant under a titre
)

var modalites = []Modalite{Terminal, Differe, PayFiPCarte, PayFiPPrelevement, Virement, MandatSEPA, Guichet, ParTitre}

// Modalites lists them all.
func Modalites() []Modalite { return slices.Clone(modalites) }

// Valide refuses another word.
func (m Modalite) Valide() error {
	if !slices.Contains(modalites, m) {
		return erreur("MOY-MODALITE", "modalite", "one of the documented words is wanted", simphonie.ErrSyntaxe)
	}
	return nil
}

func erreur(code simphonie.Code, chemin, detail string, cause error) *simphonie.Erreur {
	return &simphonie.Erreur{Code: code, Service: "moyens", Chemin: chemin, Detail: detail, Err: cause}
}
