package concert

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/jsonstrict"
)

// Formats of what the journal keeps, encrypted.
const (
	formatOrdre    = "simphonie.tpe.ordre/1"
	formatResultat = "simphonie.tpe.resultat/1"
	formatDecision = "simphonie.tpe.decision/1"
)

// ordreGarde is what is kept of an order: what a person needs to find it again.
type ordreGarde struct {
	Format      string            `json:"format"`
	Operation   Operation         `json:"operation"`
	Reference   string            `json:"reference"`
	Montant     simphonie.Montant `json:"montant"`
	Caisse      string            `json:"caisse"`
	Application string            `json:"application,omitempty"`
	Partiel     bool              `json:"partiel,omitempty"`
	Immediat    bool              `json:"immediat,omitempty"`
	Force       bool              `json:"force,omitempty"`
}

type resultatGarde struct {
	Format   string    `json:"format"`
	Resultat *Resultat `json:"resultat"`
}

type decisionGardee struct {
	Format   string    `json:"format"`
	Decision *Decision `json:"decision"`
}

// charge writes a form for the journal, which encrypts it.
func charge(forme any) (simphonie.Confidentiel, error) {
	b, err := simphonie.MarshalEnClair(forme)
	if err != nil {
		return simphonie.Confidentiel{}, enveloppe("TPE-FORME", "cannot be kept", err)
	}
	return simphonie.NewConfidentiel(string(b)), nil
}

// lisForme reads what charge wrote, in this release or in an older one.
func lisForme(c simphonie.Confidentiel, forme any, format *string, voulu string) error {
	if err := jsonstrict.Decode([]byte(c.Clair()), forme); err != nil {
		return enveloppe("TPE-FORME", "what the journal keeps cannot be read", err)
	}
	if *format != voulu {
		return erreur("TPE-FORME", "format", "what the journal keeps is of another release")
	}
	return nil
}
