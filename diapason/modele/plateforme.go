package modele

import (
	"context"

	"github.com/simphonie/simphonie"
)

// Plateforme is the payment platform of the market's holder: it keeps the card,
// and debits it. An implementation is safe for concurrent use, ends with ctx,
// and says in its errors (*simphonie.Erreur) what is known: Reessayable without
// IssueInconnue means that nothing left, anything else that it may have.
//
// Every order bears a reference of ours. The platform carries an order out once
// for a reference: the same one again gets the answer of the first.
type Plateforme interface {
	// CreeAccord seals an agreement: card, PIN, authorisation of 1 €. Asked
	// again for the same mandate, it gives the same agreement.
	CreeAccord(context.Context, DemandeAccord) (AccordCree, error)
	// Preleve debits the card. It moves money.
	Preleve(context.Context, OrdrePrelevement) (Reponse, error)
	// Interroge tells what became of the order of a reference. It moves nothing.
	Interroge(ctx context.Context, reference string) (Reponse, error)
	// Annule closes the agreement of a mandate: no debit any more, and the card
	// is forgotten. Debits that were made can still be paid back. It may be
	// repeated, and an agreement that does not exist is closed.
	Annule(ctx context.Context, mandat string) error
	// Rembourse pays back all or part of a debit. It moves money.
	Rembourse(context.Context, OrdreRemboursement) (Reponse, error)
}

// DemandeAccord asks for an agreement (accord de débit): the two limits that
// were shown to the patient.
type DemandeAccord struct {
	Mandat     string            `json:"mandat"` // our number
	Plafond    simphonie.Montant `json:"plafond"`
	DateLimite simphonie.Jour    `json:"dateLimite"`
	Terminal   string            `json:"terminal"` // where the patient types the PIN
}

// AccordCree is the answer: the agreement, or the code of a refusal (PIN,
// authorisation).
type AccordCree struct {
	Refus        string    `json:"refus,omitempty"` // none when the agreement is sealed
	Accord       string    `json:"accord,omitempty"`
	Alias        Alias     `json:"alias,omitzero"`
	PAN          PANMasque `json:"pan,omitzero"`
	Expiration   string    `json:"expiration,omitempty"`   // of the card, YYMM
	Autorisation string    `json:"autorisation,omitempty"` // of the check of 1 €
	Ticket       string    `json:"ticket,omitempty"`       // reference of the ticket handed over
	Contrat      string    `json:"contrat,omitempty"`      // merchant contract
}

// OrdrePrelevement asks for one debit of a whole amount.
type OrdrePrelevement struct {
	Reference  string            `json:"reference"`
	Mandat     string            `json:"mandat"`
	Accord     string            `json:"accord"`
	Alias      Alias             `json:"alias"`
	Montant    simphonie.Montant `json:"montant"`
	Factures   []string          `json:"factures"`
	AuPlusTot  simphonie.Jour    `json:"auPlusTot"`  // the due date that was announced
	DateLimite simphonie.Jour    `json:"dateLimite"` // of the agreement
}

// OrdreRemboursement asks to pay back part of a debit, on the card debited.
type OrdreRemboursement struct {
	Reference   string            `json:"reference"`
	Mandat      string            `json:"mandat"`
	Prelevement string            `json:"prelevement"` // reference of the debit
	Montant     simphonie.Montant `json:"montant"`
}

// Issue is what became of an order.
type Issue uint8

// Outcomes.
const (
	_       Issue = iota
	Absent        // the platform never had it
	EnCours       // it has it, and has not ended it
	Fait          // money moved
	Refuse        // it ended without moving money
)

var nomsIssue = [...]string{"", "absent", "en-cours", "fait", "refuse"}

// String gives the text form.
func (i Issue) String() string {
	if int(i) < len(nomsIssue) {
		return nomsIssue[i]
	}
	return "?"
}

// MarshalText gives the text form.
func (i Issue) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText reads the text form.
func (i *Issue) UnmarshalText(b []byte) error {
	for k, n := range nomsIssue {
		if k > 0 && n == string(b) {
			*i = Issue(k)
			return nil
		}
	}
	return &simphonie.Erreur{Code: "DIA-VALEUR", Service: service, Chemin: "issue", Detail: "not one of the documented texts", Err: simphonie.ErrSyntaxe}
}

// Reponse is what a platform says of an order.
type Reponse struct {
	Reference    string            `json:"reference"` // of the order
	Issue        Issue             `json:"issue"`
	Montant      simphonie.Montant `json:"montant,omitzero"`       // that moved, when Fait
	Jour         simphonie.Jour    `json:"jour,omitzero"`          // when it moved
	Autorisation string            `json:"autorisation,omitempty"` // when Fait
	Code         string            `json:"code,omitempty"`         // of a refusal
}
