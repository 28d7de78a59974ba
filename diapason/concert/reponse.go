package concert

import "github.com/simphonie/simphonie"

// Statut is what the terminal says of an order (tag AE, result of E+).
type Statut uint8

// Statuses.
const (
	StatutInconnu Statut = iota // none, or one that the public documents do not have
	Fait
	NonFait
	PrisEnCompte // received; whether it is done is not said
)

var nomsStatut = []string{"inconnu", "fait", "non-fait", "pris-en-compte"}

// String gives the text form.
func (s Statut) String() string { return nom(nomsStatut, uint8(s)) }

// MarshalText gives the text form.
func (s Statut) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the text form.
func (s *Statut) UnmarshalText(b []byte) (err error) {
	*(*uint8)(s), err = lisNom(nomsStatut, b)
	return err
}

// Reponse is what a terminal answered. Whether the money moved is the matter of
// Resultat. Texts of the terminal are confidential whatever they hold.
type Reponse struct {
	Statut  Statut            `json:"statut"`
	Motif   Motif             `json:"motif,omitzero"`
	Montant simphonie.Montant `json:"montant,omitzero"` // as the terminal says; 0 when it gave none
	// Ecarts are the tags by which the answer is not that of the order.
	Ecarts []string `json:"ecarts,omitempty"`

	PAN          PAN                    `json:"pan,omitzero"` // nothing when the terminal gave a whole number
	Validite     simphonie.Confidentiel `json:"validite,omitzero"`
	Autorisation simphonie.Confidentiel `json:"autorisation,omitzero"`
	Contrat      simphonie.Confidentiel `json:"contrat,omitzero"`
	Application  simphonie.Confidentiel `json:"application,omitzero"` // CC, or the mode in E+
	AID          simphonie.Confidentiel `json:"aid,omitzero"`
	Prive        simphonie.Confidentiel `json:"prive,omitzero"` // CF; in E+ it may be a number of the terminal's own

	// Ticket, Telephone and Courriel are handed to the caller only: the journal
	// does not keep them.
	Ticket    simphonie.Confidentiel `json:"-"` // decoded
	Telephone simphonie.Confidentiel `json:"-"` // typed on the terminal
	Courriel  simphonie.Confidentiel `json:"-"`
}

func (r *Reponse) ecart(tag string, different bool) {
	if different {
		r.Ecarts = append(r.Ecarts, tag)
	}
}
