package projet2020

import (
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/internal/jsonstrict"
	"github.com/simphonie/simphonie/urgences"
)

// Passage is one visit, with what the project asks of it and nothing else: no
// detail of acts. Instants carry their offset; days are those of the
// establishment's place.
type Passage struct {
	Venue         string                 `json:"venue"`
	Etablissement urgences.Etablissement `json:"etablissement"`
	// Naissance is that of the person treated.
	Naissance simphonie.DateNaissance `json:"naissance"`
	// DebutSoins is the start of care by the emergency doctor.
	DebutSoins  time.Time            `json:"debutSoins"`
	Sortie      time.Time            `json:"sortie,omitzero"`
	Orientation urgences.Orientation `json:"orientation"`
	Motif       urgences.Motif       `json:"motif"`

	// Contexts. What is absent and would decide a supplement is an alert.
	Entree       Entree        `json:"entree,omitempty"`
	Intoxication *bool         `json:"intoxication,omitempty"`
	CCMU         urgences.CCMU `json:"ccmu,omitempty"`
	// Biologie and Imagerie are the instants of the acts that the caller counts
	// for these contexts: the project does not say which do.
	Biologie []time.Time `json:"biologie,omitempty"`
	Imagerie []time.Time `json:"imagerie,omitempty"`

	// Droits is the acquisition of rights that the invoice is made from.
	Droits     *droits.Acquisition `json:"droits,omitempty"`
	Prestation droits.Prestation   `json:"prestation,omitzero"`
	// Regime is the caller's decision that FPU goes to the régime, for what
	// rights do not tell: a newborn, the victim of an attack …
	Regime *DecisionRegime `json:"regime,omitempty"`
	// AMC is the complementary insurer that the patient declares, if any.
	AMC simphonie.NumeroAMC `json:"amc,omitempty"`
}

// DecisionRegime is a decision with its reason and the text that it rests on.
type DecisionRegime struct {
	Motif     string `json:"motif"`
	Reference string `json:"reference"`
}

// ParsePassage reads a visit from JSON and refuses unknown fields. The error
// says where, and never repeats a value.
func ParsePassage(b []byte) (Passage, error) {
	var p Passage
	if err := jsonstrict.Decode(b, &p); err != nil {
		return Passage{}, err
	}
	return p, nil
}
