package roctest

import (
	"errors"
	"slices"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/passerelle"
	"github.com/simphonie/simphonie/roc/modele"
)

// Scenario is one way of answering a message: a name and, after a colon, an
// argument. But for the first two drops and sans-effet, the service has done
// what it was asked before the answer goes wrong.
//
//	normal                    the answer of the service
//	lent:2s                   the same, after a while
//	coupe-avant-lecture       connection dropped before the request is read
//	sans-effet:SCENARIO       the request is read and forgotten, then the scenario: sans-effet:coupe-apres-lecture, sans-effet:http:503
//	coupe-apres-lecture       the service did it, and the connection drops without an answer
//	coupe-au-milieu           … in the middle of the answer
//	tronque, vide             XML cut, no body
//	correlation-fausse        the answer names another request
//	sans-correlation          … or none
//	prefixes:melange          other prefixes: S, env, soap, melange, croise
//	faute:siram_40/desir_1020 a fault of any codes; then, as in faute:…:melange, its prefixes
//	http:503                  an HTML page with this status
//	redirection:URL           302
//	type-faux                 the right body as text/html
//	enorme:64                 the right body, then so many MiB of blanks
//	doctype, latin1, profond  a DOCTYPE, ISO-8859-1 declared, 100 000 levels
type Scenario string

// Cible narrows a scenario; an empty field is any. One that no call can meet is
// refused.
type Cible struct {
	Guichet string // name of an address
	Service modele.Service
	AMC     simphonie.NumeroAMC
	Venue   string
}

// cible names a visit and its insurer to scenarios; "" when neither is given.
func cible(amc simphonie.NumeroAMC, venue string) string {
	if amc == "" && venue == "" {
		return ""
	}
	return amc.Canonique() + "/" + venue
}

// Appel is one call as the simulator saw it, without personal data.
type Appel struct {
	Guichet  string // name of the address
	Rang     int    // from 1, at this address
	Quand    time.Time
	Service  modele.Service // 0 when it is none of the four
	Requete  string
	Identite string // digest of the insurer and visit, that this server alone can make
	Issue    string // repondu, faute, refuse (the simulator's own refusal), trouble (a scenario)
	Statut   int    // HTTP
	Scenario Scenario
	Motif    string // rule that the message breaks, or codes of the fault
}

func appel(guichet string, a passerelle.Appel) Appel {
	r := Appel{Guichet: guichet, Rang: a.Rang, Quand: a.Quand, Requete: a.MessageID, Identite: a.Identite, Issue: string(a.Issue), Statut: a.Statut,
		Scenario: Scenario(a.Scenario), Motif: a.Motif}
	for s := range noms {
		if Action(s) == a.Action {
			r.Service = s
		}
	}
	return r
}

// Scenario sets how a target is answered until it is changed; the zero Cible
// is every call. Of two targets, the last that was named comes first.
func (s *Serveur) Scenario(c Cible, sc Scenario) error {
	return s.vise(c, func(p *passerelle.Serveur, pc passerelle.Cible) error { return p.Scenario(pc, passerelle.Scenario(sc)) })
}

// Enfile sets how the next calls of a target are answered, one each. Each
// address that the target reaches has a queue of its own.
func (s *Serveur) Enfile(c Cible, file ...Scenario) error {
	voulus := make([]passerelle.Scenario, len(file))
	for i, sc := range file {
		voulus[i] = passerelle.Scenario(sc)
	}
	return s.vise(c, func(p *passerelle.Serveur, pc passerelle.Cible) error { return p.Enfile(pc, voulus...) })
}

// vise sets something at every address that a target reaches.
func (s *Serveur) vise(c Cible, f func(*passerelle.Serveur, passerelle.Cible) error) error {
	if c.Service > modele.DEL || c.Venue != "" && !enVenue(c.Venue) {
		return errors.New("roctest: no call can meet this target")
	}
	touche := false
	for i, p := range s.passerelles {
		g := &s.guichets[i]
		if c.Guichet != "" && c.Guichet != g.Nom || c.AMC != "" && g.sert(c.AMC) == nil {
			continue
		}
		pc := passerelle.Cible{Action: Action(c.Service), Identite: cible(c.AMC, c.Venue)}
		if c.Venue == "" && len(g.Assureurs) == 1 {
			pc.Identite = "" // its insurer is known before the body is read
		}
		if err := f(p, pc); err != nil {
			return err
		}
		touche = true
	}
	if !touche {
		return errors.New("roctest: no such address, or none that serves this insurer")
	}
	return nil
}

// Appels lists the calls received, in the order of their instants.
func (s *Serveur) Appels() []Appel {
	var as []Appel
	for i, p := range s.passerelles {
		for _, a := range p.Appels() {
			as = append(as, appel(s.guichets[i].Nom, a))
		}
	}
	slices.SortStableFunc(as, func(a, b Appel) int { return a.Quand.Compare(b.Quand) })
	return as
}

// Empreinte is the digest under which an insurer and a visit stand in Appels.
func (s *Serveur) Empreinte(amc simphonie.NumeroAMC, venue string) string {
	for i, p := range s.passerelles {
		if s.guichets[i].sert(amc) != nil {
			return p.Empreinte(cible(amc, venue))
		}
	}
	return ""
}
