package ace

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
)

// Issue is what becomes of a visit.
type Issue string

// Issues.
const (
	Facturable    Issue = "facturable"     // the invoices stand
	NonFacturable Issue = "non-facturable" // nothing is to be billed
	AVerifier     Issue = "a-verifier"     // a person must look first: see the anomalies
)

// Resultat is the outcome of a computation.
type Resultat struct {
	Issue Issue          `json:"issue"`
	Motif simphonie.Code `json:"motif"` // the rule that gave the issue
	// Factures are the invoices of the visit: one, unless nature d'assurance,
	// care pathway or day make it break (RG_VF600, RG_MF630).
	Factures        []Facture           `json:"factures,omitempty"`
	Anomalies       simphonie.Anomalies `json:"anomalies,omitempty"`
	Interpretations Interpretations     `json:"interpretations,omitzero"`
}

// Facture is one priced invoice and why it is what it is.
type Facture struct {
	facture.Facture
	Explication *facture.Explication `json:"explication,omitempty"`

	nombre int // of lines, while it is made
}
