package payfip

import (
	"strings"

	"github.com/simphonie/simphonie"
)

// Saisie is the mode of the payment page. There is no default: nobody goes to
// production without saying so.
type Saisie string

// Modes.
const (
	Essai      Saisie = "T" // test: the card is not debited
	Activation Saisie = "X" // the payments that open a contract
	Production Saisie = "W" // real payments
)

func (s Saisie) valide() bool { return s == Essai || s == Activation || s == Production }

// Resultat is the outcome that PayFiP gives to an operation (resultrans).
type Resultat string

// Outcomes. Another is kept as it came, and counts for nothing.
const (
	Paye         Resultat = "P" // paid by card
	Preleve      Resultat = "V" // single direct debit: engaged, may bounce later
	Abandon      Resultat = "A" // the patient gave up
	CarteRefus   Resultat = "R" // card refused
	PreleveRefus Resultat = "Z" // direct debit refused
)

func (r Resultat) connu() bool {
	switch r {
	case Paye, Preleve, Abandon, CarteRefus, PreleveRefus:
		return true
	}
	return false
}

// IDOp names an operation of the payment page. Its case counts.
type IDOp string

// valide bounds an identifier that is opaque to us.
func (i IDOp) valide() bool { return code(string(i), 1, 64) }

// code says that a text is made of letters, digits, dots, dashes and underscores.
func code(s string, min, max int) bool {
	for i := range len(s) {
		if c := s[i]; !alphanumerique(c) && c != '-' && c != '_' && c != '.' {
			return false
		}
	}
	return len(s) >= min && len(s) <= max
}

// chiffres says that a text has digits only.
func chiffres(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

func alphanumerique(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// service names PayFiP in errors and logs.
const service = "PayFiP"

func erreur(c simphonie.Code, chemin, detail string) *simphonie.Erreur {
	return &simphonie.Erreur{Code: c, Service: service, Chemin: chemin, Detail: detail}
}

func enveloppe(c simphonie.Code, detail string, err error) *simphonie.Erreur {
	return &simphonie.Erreur{Code: c, Service: service, Detail: detail, Err: err}
}
