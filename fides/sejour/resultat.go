package sejour

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
)

// Issue is what becomes of a stay.
type Issue string

// Issues.
const (
	Chiffre   Issue = "chiffre"    // the lines stand
	AVerifier Issue = "a-verifier" // a person must look first: see the anomalies
)

// Resultat is the outcome of a computation.
type Resultat struct {
	Issue Issue          `json:"issue"`
	Motif simphonie.Code `json:"motif"` // the rule that gave the issue
	// Facture holds the lines when the issue is Chiffre. Organisme and nature
	// are those of the day of entry.
	Facture   facture.Facture     `json:"facture,omitzero"`
	Anomalies simphonie.Anomalies `json:"anomalies,omitempty"`
	// Interpretations are the readings in force.
	Interpretations Interpretations      `json:"interpretations,omitzero"`
	Explication     *facture.Explication `json:"explication,omitempty"`
}
