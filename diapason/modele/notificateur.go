package modele

import (
	"context"

	"github.com/simphonie/simphonie"
)

// Contact is where the patient is told of a debit: a telephone number, an
// address of e-mail, or both. It serves nothing else.
type Contact struct {
	Telephone simphonie.Confidentiel `json:"telephone,omitzero"`
	Mel       simphonie.Confidentiel `json:"mel,omitzero"`
}

// IsZero says that the patient cannot be told.
func (c Contact) IsZero() bool { return c == Contact{} }

// Avis is the notice of a debit that is near.
type Avis struct {
	Reference string  `json:"reference"` // the same when the notice is handed over again
	Contact   Contact `json:"contact"`
	Texte     string  `json:"texte"`
}

// AvisRendu is what the carrier answers.
type AvisRendu struct {
	// Impossible says that no contact works: the debit will not be made. A
	// carrier that may do better later gives an error instead.
	Impossible bool   `json:"impossible,omitempty"`
	Canal      string `json:"canal,omitempty"` // "sms", "mel"
}

// Notificateur hands notices to a carrier of SMS or e-mail. It may be asked
// twice for the same reference, after a failure whose outcome is unknown. It is
// safe for concurrent use and ends with ctx.
type Notificateur interface {
	Notifie(context.Context, Avis) (AvisRendu, error)
}
