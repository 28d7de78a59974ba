package diapasontest

import (
	"context"

	"github.com/simphonie/simphonie"
)

// Operation is a call of a port.
type Operation string

// Operations.
const (
	CreeAccord Operation = "cree-accord"
	Preleve    Operation = "preleve"
	Interroge  Operation = "interroge"
	Annule     Operation = "annule"
	Rembourse  Operation = "rembourse"
	Notifie    Operation = "notifie"
)

// Moment is a boundary of a call.
type Moment string

// Boundaries.
const (
	Avant Moment = "avant" // it has not taken effect
	Apres Moment = "apres" // it has, and the answer is not there yet
)

// GenrePanne is a kind of fault.
type GenrePanne string

// Faults. Those that a call does not have do nothing to it.
const (
	Aucune         GenrePanne = ""
	NonPartie      GenrePanne = "non-partie"      // nothing left, and it is known
	DelaiAvant     GenrePanne = "delai-avant"     // time-out, without effect
	DelaiApres     GenrePanne = "delai-apres"     // time-out, after its effect
	Tardive        GenrePanne = "tardive"         // time-out; the order arrives when the clock moves
	Refuse         GenrePanne = "refuse"          // refused, with Code
	Lente          GenrePanne = "lente"           // taken into account, ended when the clock moves
	Absente        GenrePanne = "absente"         // an enquiry that finds nothing, wrongly
	AutreMontant   GenrePanne = "autre-montant"   // the answer tells another amount
	AutreReference GenrePanne = "autre-reference" // the answer is for another order
	SansType       GenrePanne = "sans-type"       // an error that nobody typed, after the effect
)

// GenresPanne lists the faults.
var GenresPanne = []GenrePanne{NonPartie, DelaiAvant, DelaiApres, Tardive, Refuse, Lente, Absente, AutreMontant, AutreReference, SansType}

// Panne is a fault that is written beforehand for one call.
type Panne struct {
	Genre GenrePanne
	Code  string // of Refuse
}

// Programme writes the faults of the next calls of an operation, in order.
func (p *Plateforme) Programme(o Operation, pannes ...Panne) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pannes[o] = append(p.pannes[o], pannes...)
}

// appelle makes a call, with the fault that was written for it.
func appelle[R any](ctx context.Context, p *Plateforme, o Operation, effet func(Panne) R) (R, error) {
	var rien R
	if err := ctx.Err(); err != nil {
		return rien, &simphonie.Erreur{Code: "SIM-NON-PARTIE", Detail: "nothing left", Reessayable: true, Err: err}
	}
	p.passe(o, Avant)
	p.mu.Lock()
	p.appels[o]++
	panne := Panne{}
	if n := p.pannes[o]; len(n) > 0 {
		panne, p.pannes[o] = n[0], n[1:]
	}
	r := rien
	if panne.Genre != NonPartie && panne.Genre != DelaiAvant {
		r = effet(panne)
	}
	p.mu.Unlock()
	p.passe(o, Apres)
	if err := panne.erreur(); err != nil {
		return rien, err
	}
	return r, nil
}

func (p *Plateforme) passe(o Operation, m Moment) {
	if p.Passage != nil {
		p.Passage(o, m)
	}
}

// sansType is an error as an adapter that types none gives it.
type sansType struct{}

func (sansType) Error() string { return "connection reset by peer" }

func (p Panne) erreur() error {
	switch p.Genre {
	case NonPartie:
		return &simphonie.Erreur{Code: "SIM-NON-PARTIE", Detail: "nothing left", Reessayable: true}
	case DelaiAvant, DelaiApres, Tardive:
		return &simphonie.Erreur{Code: "SIM-DELAI", Detail: "no answer in time", IssueInconnue: true, Err: context.DeadlineExceeded}
	case SansType:
		return sansType{}
	}
	return nil
}
