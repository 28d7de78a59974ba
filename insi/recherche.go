package insi

import (
	"time"

	"github.com/simphonie/simphonie"
)

// Recherche is the outcome of a search, which may have taken several calls.
type Recherche struct {
	// Issue is the outcome of the whole: "" when the search failed before one.
	Issue    CodeCR    `json:"issue,omitempty"`
	Individu *Individu `json:"individu,omitempty"` // with Trouvee only
	// Ecarts compares what was searched with Individu.Traits.
	Ecarts []Ecart `json:"ecarts,omitempty"`
	// Tentatives are the calls in order, the failed one included. They hold no
	// personal data.
	Tentatives []Tentative `json:"tentatives,omitempty"`
	// Anomalies are the oddities of the last answer.
	Anomalies simphonie.Anomalies `json:"anomalies,omitempty"`
	// Suites are what the agent may try next, in order.
	Suites simphonie.Anomalies `json:"suites,omitempty"`
}

// Tentative is one call of a search.
type Tentative struct {
	Critere   Critere        `json:"critere"`
	Rang      int            `json:"rang,omitzero"` // of the first name, from 1
	AvecLieu  bool           `json:"avecLieu,omitzero"`
	MessageID string         `json:"messageId,omitempty"` // of the last request of the call
	Code      CodeCR         `json:"code,omitempty"`
	Erreur    simphonie.Code `json:"erreur,omitempty"`
	Essais    int            `json:"essais,omitzero"` // messages sent, retries included
	Duree     time.Duration  `json:"duree"`           // nanoseconds
}

// conclut writes the outcome.
func (r *Recherche) conclut(issue CodeCR, nous Traits, suites simphonie.Anomalies) {
	r.Issue, r.Suites = issue, suites
	if r.Individu != nil {
		r.Ecarts = Compare(nous, r.Individu.Traits)
	}
}
