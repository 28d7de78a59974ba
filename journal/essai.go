package journal

import (
	"slices"
	"time"
)

// Etape is one step of an attempt, as it is kept.
type Etape struct {
	Genre   Genre     `json:"genre"`
	Essai   int       `json:"essai"`
	Le      time.Time `json:"le"`
	Nature  string    `json:"nature,omitempty"`  // of an intention
	Version string    `json:"version,omitempty"` // of an intention
	Limite  time.Time `json:"limite,omitzero"`   // of a sending: without an answer by then, the outcome is unknown
	Issue   Issue     `json:"issue,omitempty"`   // of a result
	Verdict Verdict   `json:"verdict,omitempty"` // of a decision
	Scellee []byte    `json:"scellee,omitempty"` // the payload, encrypted
}

// Essai is one attempt of an exchange.
type Essai struct {
	Ref
	Nature  string    `json:"nature"`  // "roc.clc", "diapason.prelevement"…
	Version string    `json:"version"` // of the specification that shaped the payloads
	Etat    Etat      `json:"etat"`
	Verdict Verdict   `json:"verdict,omitempty"` // when Decidee
	Debut   time.Time `json:"debut"`
	Maj     time.Time `json:"maj"`
	Limite  time.Time `json:"limite,omitzero"`
	// Etapes are the steps. A list, and an attempt that compaction reduced,
	// have none.
	Etapes []Etape `json:"etapes,omitempty"`
}

// EtatA is the state as seen at an hour: an attempt that was sent and whose
// answer did not come in time is Inconnue.
func (e Essai) EtatA(t time.Time) Etat {
	if e.Etat == Envoyee && !t.Before(e.Limite) {
		return Inconnue
	}
	return e.Etat
}

// Libre says that the attempt is known to have had no effect: the exchange may
// be meant again.
func (e Essai) Libre() bool { return e.effet() == aucun }

// Clos says that nothing more is expected.
func (e Essai) Clos() bool { return e.effet() != ouvert }

type effet uint8

const (
	ouvert effet = iota
	aucun
	produit
	ignore // abandoned
)

func (e Essai) effet() effet {
	switch {
	case e.Etat == Faite, e.Etat == Decidee && e.Verdict == Effective:
		return produit
	case e.Etat == Refusee, e.Etat == NonPartie, e.Etat == Decidee && e.Verdict == SansEffet:
		return aucun
	case e.Etat == Decidee:
		return ignore
	}
	return ouvert
}

// Avec is the attempt after a step. It decides nothing: Journal has said before
// that the step may be taken. Stores use it to know the state that they keep.
func (e Essai) Avec(s Etape) Essai {
	switch s.Genre {
	case GenreIntention:
		e.Nature, e.Version, e.Etat, e.Debut = s.Nature, s.Version, Preparee, s.Le
	case GenreEnvoi:
		e.Etat, e.Limite = Envoyee, s.Limite
	case GenreDecision:
		e.Etat, e.Verdict = Decidee, s.Verdict
	case GenreResultat:
		nouveau := Essai{Etat: s.Issue}.effet()
		switch ancien := e.effet(); {
		case ancien == ouvert || ancien == ignore:
			e.Etat, e.Verdict = s.Issue, 0
		case nouveau != ancien:
			e.Etat, e.Verdict = Inconnue, 0 // the two contradict each other
		}
	}
	e.Essai, e.Maj = s.Essai, s.Le
	e.Etapes = append(slices.Clip(e.Etapes), s)
	return e
}

// pour finds the attempt of a number.
func pour(essais []Essai, n int) (Essai, bool) {
	if n < 1 || n > len(essais) {
		return Essai{}, false
	}
	return essais[n-1], true
}

// autresLibres says that no other attempt can have had an effect.
func autresLibres(essais []Essai, n int) (Essai, bool) {
	for _, e := range essais {
		if e.Essai != n && !e.Libre() {
			return e, false
		}
	}
	return Essai{}, true
}
