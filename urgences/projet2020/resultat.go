package projet2020

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/urgences"
)

// Resultat is the outcome of a computation under a project that never came
// into force: Facture.JeuRegles says so.
type Resultat struct {
	Issue     urgences.Issue      `json:"issue"`
	Motif     simphonie.Code      `json:"motif"` // the rule that gave the issue
	Facture   facture.Facture     `json:"facture,omitzero"`
	Anomalies simphonie.Anomalies `json:"anomalies,omitempty"`

	// BaseAMO is the base of the forfaits and supplements, coefficients
	// included; BaseTM is that of FPU. They do not mix.
	BaseAMO simphonie.Montant `json:"baseAMO"`
	BaseTM  simphonie.Montant `json:"baseTM"`
	// Declinaison is that of FPU.
	Declinaison Declinaison `json:"declinaison,omitempty"`
	// Catalogue designates the key letters and age bands that were used.
	Catalogue string `json:"catalogue,omitempty"`

	Interpretations Interpretations      `json:"interpretations,omitzero"`
	Explication     *facture.Explication `json:"explication,omitempty"`
	// Contexte is what the rights mean on the day of the start of care.
	Contexte droits.Contexte `json:"-"`
}

// PourInformation says that a line goes to the AMO for information only, as
// the forfait journalier of the insured does: FPU, when the AMO does not bear it.
func PourInformation(l *facture.Ligne) bool { return l.Participation == facture.ParticipationAssure }
