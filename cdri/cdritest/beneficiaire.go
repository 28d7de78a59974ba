package cdritest

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/modele"
	"github.com/simphonie/simphonie/droits"
)

// Outcomes that the page names.
const (
	Trouve          = "TROUVE"
	NonTrouve       = "NON_TROUVE"
	Ambigu          = "AMBIGU"
	RegimeNonOuvert = "REGIME_NON_OUVERT"
)

// Criteres are the four by which CDRi finds a beneficiary.
type Criteres struct {
	Assure    simphonie.NIR           // number of the ouvrant droit, with its key
	Naissance simphonie.DateNaissance // of the beneficiary
	Rang      string                  // birth rank of the beneficiary
	Regime    string
}

// identite names the person to scenarios.
func (c Criteres) identite() string {
	if c == (Criteres{}) {
		return ""
	}
	return strings.Join([]string{c.Assure.Clair(), c.Naissance.Clair(), c.Rang, c.Regime}, "/")
}

// Beneficiaire is a fictitious person whom the simulator knows, and what it
// answers about them.
type Beneficiaire struct {
	Cas string // what the person is there for, as "ald"
	// Criteres find the person. One that is empty is that of Droits.
	Criteres Criteres
	// Droits are the rights answered. Their number of the insured, when it is
	// empty, is that of Criteres: CDRi always says it. What they point to is not
	// to be changed afterwards.
	Droits *droits.Acquisition
	// Issue is the outcome; one without code is TROUVE with Droits, NON_TROUVE without.
	Issue    modele.Issue
	Messages []modele.Message
	// Lignes is how the first batch lines about the person are answered, one each.
	Lignes []ScenarioLigne
}

// complete fills what Beneficiaire says that may be left out, and refuses a
// person whom nobody can ask for or whose answer the page cannot hold.
func (b Beneficiaire) complete() (Beneficiaire, error) {
	c := &b.Criteres
	if b.Droits != nil {
		d := *b.Droits
		if c.Assure.IsZero() {
			c.Assure = d.Assure.NIR
		}
		if d.Assure.NIR.IsZero() {
			d.Assure.NIR = c.Assure
		}
		if c.Naissance.IsZero() {
			c.Naissance = d.Beneficiaire.Naissance
		}
		c.Rang, c.Regime = cmp.Or(c.Rang, d.Beneficiaire.Rang), cmp.Or(c.Regime, d.Organisme.Regime)
		if m := d.MedecinTraitant; m != nil && m.Declare == simphonie.Non {
			d.MedecinTraitant = nil // CDRi says so by silence
		}
		b.Droits = &d
	}
	if b.Issue.Code == "" {
		b.Issue.Code = NonTrouve
		if b.Droits != nil {
			b.Issue.Code = Trouve
		}
	}
	numero13, cleNIR := coupe(c.Assure)
	if !numero(numero13) || !cle(cleNIR) || c.Naissance.IsZero() || c.Naissance.SiecleInconnu() || !chiffre(c.Rang) || !regime(c.Regime) {
		return b, errors.New("the four criteria are wanted: number with its key, birth date, rank, régime")
	}
	for _, l := range b.Lignes {
		if _, err := l.effet(); err != nil {
			return b, err
		}
	}
	_, err := ecrit(b.reponse(time.Time{}))
	return b, err
}

func (b *Beneficiaire) reponse(quand time.Time) *modele.Reponse {
	return &modele.Reponse{Issue: b.Issue, Droits: b.Droits, Messages: b.Messages, Instant: quand}
}

// coupe parts a number from its key.
func coupe(n simphonie.NIR) (numero, cle string) {
	s := n.Clair()
	return s[:min(13, len(s))], s[min(13, len(s)):]
}

// connait says that a request may be about the person: its own number, when
// both sides have one, is the same.
func (b *Beneficiaire) connait(propre simphonie.NIR) bool {
	demande, _ := coupe(propre)
	su := ""
	if b.Droits != nil {
		su, _ = coupe(b.Droits.Beneficiaire.NIR)
	}
	return demande == "" || su == "" || demande == su
}

// Ajoute makes the simulator know people, from now on. Whoever has the
// criteria of somebody known takes their place: so rights change between two
// calls.
func (s *Serveur) Ajoute(bs ...Beneficiaire) error {
	var errs []error
	for i, b := range bs {
		b, err := b.complete()
		if err != nil {
			errs = append(errs, fmt.Errorf("cdritest: beneficiary %d (%s): %w", i, b.Cas, err))
			continue
		}
		s.registre.mu.Lock()
		s.registre.personnes[b.Criteres] = &b
		s.registre.lignes[b.Criteres] = slices.Clone(b.Lignes)
		s.registre.mu.Unlock()
	}
	return errors.Join(errs...)
}

// EnfileLignes sets how the next batch lines about a person, known or not, are
// answered, one each.
func (s *Serveur) EnfileLignes(c Criteres, suite ...ScenarioLigne) error {
	for _, l := range suite {
		if _, err := l.effet(); err != nil {
			return err
		}
	}
	s.registre.mu.Lock()
	defer s.registre.mu.Unlock()
	s.registre.lignes[c] = append(s.registre.lignes[c], suite...)
	return nil
}

// Demandes counts how many times each person was asked about, alone or in a
// batch, by requests that were read and follow the page, answered or not.
func (s *Serveur) Demandes() map[Criteres]int {
	s.registre.mu.Lock()
	defer s.registre.mu.Unlock()
	return maps.Clone(s.registre.demandes)
}
