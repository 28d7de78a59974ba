package concert

import (
	"slices"

	"github.com/simphonie/simphonie"
)

// Operation is what the terminal is asked to do with money.
type Operation uint8

// Operations.
const (
	_          Operation = iota
	Debit                // the patient pays
	Credit               // the patient is paid back
	Annulation           // a debit is cancelled
)

var nomsOperation = []string{"", "debit", "credit", "annulation"}

// String gives the text form.
func (o Operation) String() string { return nom(nomsOperation, uint8(o)) }

// MarshalText gives the text form.
func (o Operation) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText reads the text form.
func (o *Operation) UnmarshalText(b []byte) (err error) {
	*(*uint8)(o), err = lisNom(nomsOperation, b)
	return err
}

// Lecture is how the card is read (tag CI of V3).
type Lecture uint8

// Ways of reading a card; the zero value leaves it to the terminal.
const (
	LectureLibre Lecture = iota
	LecturePuce
	LectureSansContact
	LecturePiste
	LectureManuelle
)

// Ordre is one payment, refund or cancellation.
type Ordre struct {
	Venue string // the visit, by an internal number
	// Reference names this payment for ever, and another one never: two copies
	// of an order have the same. It goes to the terminal, which prints and
	// returns it: neither a NIR, nor a name, nor a card number. Letters, digits
	// and - (one digit at least), 32 characters at most, 10 in E+.
	Reference string
	Montant   simphonie.Montant // positive, whatever the operation
	Options
}

// Options are sent only when they are set. E+ has Application, Immediat and
// Force alone.
type Options struct {
	Application string // forces a means of payment: a code of CC in V3 ("00C" cheque), a mode in E+ ("1" card, by default)
	// Partiel lets the terminal take less than the amount. Recent terminals fail
	// when they are asked: try first.
	Partiel bool
	// Immediat has the terminal answer before the payment is made. Its answer
	// never says that it was: the outcome is unknown until a person decides.
	Immediat bool
	Force    bool // forces the authorisation
	Lecture  Lecture
	Ticket   bool // asks the customer's ticket (CK 100)
	// Telephone and Courriel prefill the electronic ticket.
	Telephone, Courriel simphonie.Confidentiel
}

// demande is an order on its way to a terminal.
type demande struct {
	operation Operation
	caisse    string
	Ordre
}

func (d *demande) verifie(montantMax simphonie.Montant) error {
	if d.Montant <= 0 || d.Montant > montantMax {
		return erreur("TPE-MONTANT", "Montant", "positive, within the digits of the protocol")
	}
	if d.operation < Debit || d.operation > Annulation {
		return erreur("TPE-ORDRE", "", "unknown operation")
	}
	if d.Partiel && d.operation != Debit {
		return erreur("TPE-ORDRE", "Partiel", "for a debit only")
	}
	return nil
}

func nom(noms []string, i uint8) string {
	if int(i) < len(noms) {
		return noms[i]
	}
	return ""
}

func lisNom(noms []string, b []byte) (uint8, error) {
	if i := slices.Index(noms, string(b)); i >= 0 && len(b) > 0 {
		return uint8(i), nil
	}
	return 0, erreur("TPE-VALEUR", "", "unknown value")
}
