package urgences

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
)

// Issue is what becomes of a visit.
type Issue string

// Issues.
const (
	Facturable    Issue = "facturable"     // the invoice stands
	NonFacturable Issue = "non-facturable" // nothing is to be billed as an emergency visit
	ATUDue        Issue = "atu-due"        // left to the pricing of external care
	AVerifier     Issue = "a-verifier"     // a person must look first: see the anomalies
)

// Resultat is the outcome of a computation.
type Resultat struct {
	Issue Issue          `json:"issue"`
	Motif simphonie.Code `json:"motif"` // the rule that gave the issue
	// Facture is the priced invoice when the issue is Facturable.
	Facture   facture.Facture     `json:"facture,omitzero"`
	Anomalies simphonie.Anomalies `json:"anomalies,omitempty"`
	Circuit   Circuit             `json:"circuit,omitempty"`
	// Interpretations are the readings in force.
	Interpretations Interpretations      `json:"interpretations,omitzero"`
	Explication     *facture.Explication `json:"explication,omitempty"`
	// Contexte is what the rights mean on the day of the start of care. It is
	// not kept with the result: the rights are.
	Contexte droits.Contexte `json:"-"`
}

// contenu says which halves of the invoice a result holds.
type contenu uint8

const (
	partPatient contenu = 1 << iota
	forfaits
)

// contient says which halves an invoice holds.
func contient(f *facture.Facture) contenu {
	var c contenu
	for i := range f.Lignes {
		if estPartPatient(f.Lignes[i].Code) {
			c |= partPatient
		} else {
			c |= forfaits
		}
	}
	return c
}
