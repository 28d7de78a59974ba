package payfip

import (
	"slices"

	"github.com/simphonie/simphonie"
)

// Etat is how far a tentative has come.
type Etat uint8

// States.
const (
	_ Etat = iota
	// Demandee: the creation left, its answer has not come.
	Demandee
	// NonCreee: PayFiP refused the creation, or it never left.
	NonCreee
	// EnAttente: the patient may pay (P5, less than 20 minutes).
	EnAttente
	// Expiree: no result 20 minutes after the creation (P5). The page does not
	// open any more; a late result still counts.
	Expiree
	// Purgee: PayFiP has forgotten the operation (P1). It was not paid.
	Purgee
	// Abandonnee: the patient gave up (A).
	Abandonnee
	// Refusee: the card (R) or the direct debit (Z) was refused.
	Refusee
	// Engagee: a direct debit is under way (V). It is not settled.
	Engagee
	// Payee: paid by card (P).
	Payee
	// Encaissee: the direct debit was seen on the account.
	Encaissee
	// Impayee: the direct debit bounced.
	Impayee
)

var nomsEtat = []string{"", "demandee", "non-creee", "en-attente", "expiree", "purgee", "abandonnee", "refusee", "engagee", "payee", "encaissee", "impayee"}

// String gives the text form.
func (e Etat) String() string {
	if int(e) < len(nomsEtat) {
		return nomsEtat[e]
	}
	return ""
}

// MarshalText gives the text form.
func (e Etat) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads the text form.
func (e *Etat) UnmarshalText(b []byte) error {
	i := slices.Index(nomsEtat, string(b))
	if i <= 0 {
		return &simphonie.Erreur{Code: "PAYFIP-DOSSIER", Service: service, Chemin: "etat", Detail: "unknown value"}
	}
	*e = Etat(i)
	return nil
}

// attend says that a result may still come, so that PayFiP is to be asked.
func (e Etat) attend() bool { return e == EnAttente || e == Expiree }

// prend says that the tentative holds money of the patient, or is about to.
func (e Etat) prend() bool { return e == Engagee || e == Payee || e == Encaissee }

// apres gives the state after a result. contredit says that the result cannot
// be true together with what is held: the state is kept, and a person looks.
func (e Etat) apres(r Resultat) (vers Etat, contredit bool) {
	switch r {
	case Paye:
		if e == Encaissee || e == Impayee {
			return e, true
		}
		return Payee, false
	case Preleve:
		if e == Encaissee || e == Impayee {
			return e, false
		}
		return garde(e, Engagee)
	case Abandon:
		return refuse(e, Abandonnee)
	case CarteRefus, PreleveRefus:
		return refuse(e, Refusee)
	}
	return e, false
}

// garde keeps a card payment against a result that says otherwise.
func garde(e, vers Etat) (Etat, bool) {
	if e == Payee {
		return e, true
	}
	return vers, false
}

// refuse is the way of a result without payment: a direct debit under way may
// end so, what was received may not.
func refuse(e, vers Etat) (Etat, bool) {
	switch e {
	case Encaissee:
		return e, true
	case Impayee:
		return e, false
	}
	return garde(e, vers)
}
