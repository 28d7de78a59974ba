package insitest

import (
	"errors"
	"time"

	"github.com/simphonie/simphonie/internal/passerelle"
)

// Scenario is one way of answering: a name and, after a colon, an argument.
//
//	normal                    the answer of the service
//	lent:2s                   the same, after a while
//	coupe-avant-lecture       connection dropped before the request is read
//	coupe-apres-lecture       … after it was read and answered for nothing
//	coupe-au-milieu           … in the middle of the answer
//	tronque, vide             XML cut, no body
//	correlation-fausse        RelatesTo of another message
//	sans-correlation          no RelatesTo
//	prefixes:melange          other prefixes: S, env, soap, melange, croise
//	faute:siram_40/insi_102   a fault of any codes; then, as in faute:…:melange, its prefixes
//	http:503                  an HTML page with this status
//	redirection:URL           302
//	type-faux                 the right body as text/html
//	enorme:64                 the right body, then so many MiB of blanks
//	doctype, latin1, profond  a DOCTYPE, ISO-8859-1 declared, 100 000 levels
type Scenario string

// Cible narrows a scenario; an empty field is any. One that no call can meet is
// refused.
type Cible struct {
	Action string // ActionTraits, ActionVitale
	// Identite is "ADRUN/1975-12-31", as it is sent. With a card it is
	// "2751263220749/1975-12-31": the beneficiary's own number when it is sent,
	// else that of the ouvrant droit.
	Identite string
}

var formeIdentite = passerelle.Motif(`([A-Z'][A-Z' -]*|\d{6}[0-9AB]\d{6})/\d{4}-\d{2}-\d{2}`)

func (c Cible) passerelle() (passerelle.Cible, error) {
	switch {
	case c.Action != "" && c.Action != ActionTraits && c.Action != ActionVitale:
		return passerelle.Cible{}, errors.New("insitest: Cible.Action: ActionTraits or ActionVitale is wanted")
	case c.Identite != "" && !formeIdentite(c.Identite):
		return passerelle.Cible{}, errors.New("insitest: Cible.Identite: a birth name in capitals or a number of 13 characters, a slash and a birth date are wanted")
	}
	return passerelle.Cible(c), nil
}

// Appel is one call as the simulator saw it, without personal data.
type Appel struct {
	Rang             int // from 1
	Quand            time.Time
	Action           string // "" when it is not one of INSi
	MessageID        string
	Authentification string // carte, psc, tls-mutuel; "" when it failed
	Identite         string // digest of the person asked about, that this server alone can make
	Issue            string // repondu, faute, refuse (the simulator's own refusal), trouble (a scenario)
	Statut           int    // HTTP
	Scenario         Scenario
	Motif            string // rule that the message breaks, or codes of the fault
}

func appel(a passerelle.Appel) Appel {
	return Appel{Rang: a.Rang, Quand: a.Quand, Action: a.Action, MessageID: a.MessageID, Authentification: string(a.Authentification),
		Identite: a.Identite, Issue: string(a.Issue), Statut: a.Statut, Scenario: Scenario(a.Scenario), Motif: a.Motif}
}

// Scenario sets how a target is answered until it is changed; the zero Cible
// is every call. Of two targets, the last that was named comes first.
func (s *Serveur) Scenario(c Cible, sc Scenario) error {
	cible, err := c.passerelle()
	if err != nil {
		return err
	}
	return s.passerelle.Scenario(cible, passerelle.Scenario(sc))
}

// Enfile sets how the next calls of a target are answered, one each.
func (s *Serveur) Enfile(c Cible, suite ...Scenario) error {
	cible, err := c.passerelle()
	if err != nil {
		return err
	}
	voulus := make([]passerelle.Scenario, len(suite))
	for i, sc := range suite {
		voulus[i] = passerelle.Scenario(sc)
	}
	return s.passerelle.Enfile(cible, voulus...)
}

// Appels lists the calls received, in order.
func (s *Serveur) Appels() []Appel {
	vus := s.passerelle.Appels()
	appels := make([]Appel, len(vus))
	for i, a := range vus {
		appels[i] = appel(a)
	}
	return appels
}

// Empreinte is the digest under which an identity, named as in Cible, stands
// in Appels.
func (s *Serveur) Empreinte(identite string) string { return s.passerelle.Empreinte(identite) }
