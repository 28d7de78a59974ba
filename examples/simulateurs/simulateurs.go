package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/cdritest"
	"github.com/simphonie/simphonie/diapason/diapasontest"
	"github.com/simphonie/simphonie/insi/insitest"
	"github.com/simphonie/simphonie/roc/roctest"
)

// simulateur is one running simulator, as this command drives it.
type simulateur struct {
	nom         string      // also its directory, when it has certificates
	adresses    [][2]string // what for, and where
	logiciel    string      // "" when none is asked for
	motDePasse  string
	certificats func(dossier string) error // nil without TLS
	scenario    func(identite, scenario string) error
	enfile      func(identite, scenario string) error
	Close       func() error
}

// depart is what a simulator is started with.
type depart struct {
	adresses []string
	scenario string
	appel    func(string) // one line a call
}

// simulateurs lists those that the command starts, in the order of the ports,
// with how many each takes.
var simulateurs = []struct {
	ports   int
	demarre func(depart) (*simulateur, error)
}{{2, insi}, {2, cdri}, {len(roctest.Guichets()), roc}, {1, terminal}}

func adresses(carte, tlsMutuel string) [][2]string {
	return [][2]string{{"carte ou assertion", carte}, {"TLS mutuel", tlsMutuel}}
}

func insi(d depart) (*simulateur, error) {
	s, err := insitest.Demarre(
		insitest.AvecAdresses(d.adresses[0], d.adresses[1]),
		insitest.AvecScenario(insitest.Scenario(d.scenario)),
		insitest.AvecTrace(func(a insitest.Appel) {
			d.appel(fmt.Sprintf("insi %s %s statut=%d scenario=%s %s %s", a.Quand.Format(time.TimeOnly), a.Issue, a.Statut, a.Scenario, a.Action, a.Motif))
		}))
	if err != nil {
		return nil, err
	}
	cible := func(identite string) insitest.Cible { return insitest.Cible{Identite: identite} }
	return &simulateur{
		nom: "insi", adresses: adresses(s.URL, s.URLTLSMutuel), logiciel: s.Logiciel, motDePasse: s.MotDePasse, certificats: s.EcritCertificats,
		scenario: func(identite, sc string) error { return s.Scenario(cible(identite), insitest.Scenario(sc)) },
		enfile:   func(identite, sc string) error { return s.Enfile(cible(identite), insitest.Scenario(sc)) },
		Close:    s.Close,
	}, nil
}

func cdri(d depart) (*simulateur, error) {
	s, err := cdritest.Demarre(
		cdritest.AvecAdresses(d.adresses[0], d.adresses[1]),
		cdritest.AvecScenario(cdritest.Scenario(d.scenario)),
		cdritest.AvecTrace(func(a cdritest.Appel) {
			d.appel(fmt.Sprintf("cdri %s %s statut=%d scenario=%s %s %s", a.Quand.Format(time.TimeOnly), a.Issue, a.Statut, a.Scenario, a.Action, a.Motif))
		}))
	if err != nil {
		return nil, err
	}
	cible := func(cas string) (cdritest.Cible, error) {
		b, ok := cdritest.Connu(cas)
		if cas != "" && !ok {
			return cdritest.Cible{}, errors.New("no such case")
		}
		return cdritest.Cible{Criteres: b.Criteres}, nil
	}
	return &simulateur{
		nom: "cdri", adresses: adresses(s.URL, s.URLTLSMutuel), logiciel: s.Logiciel, motDePasse: s.MotDePasse, certificats: s.EcritCertificats,
		scenario: func(cas, sc string) error {
			c, err := cible(cas)
			if err != nil {
				return err
			}
			return s.Scenario(c, cdritest.Scenario(sc))
		},
		enfile: func(cas, sc string) error {
			c, err := cible(cas)
			if err != nil {
				return err
			}
			return s.Enfile(c, cdritest.Scenario(sc))
		},
		Close: s.Close,
	}, nil
}

// roc aims at an insurer and a visit: "775671993/", "/26000001" or both.
func roc(d depart) (*simulateur, error) {
	guichets := roctest.Guichets()
	for i := range guichets {
		guichets[i].Adresse = d.adresses[i]
	}
	s, err := roctest.Demarre(
		roctest.AvecGuichets(guichets...),
		roctest.AvecScenario(roctest.Scenario(d.scenario)),
		roctest.AvecTrace(func(a roctest.Appel) {
			d.appel(fmt.Sprintf("roc %s %s statut=%d scenario=%s %s %s %s", a.Quand.Format(time.TimeOnly), a.Issue, a.Statut, a.Scenario, a.Guichet, a.Service, a.Motif))
		}))
	if err != nil {
		return nil, err
	}
	cible := func(identite string) roctest.Cible {
		amc, venue, _ := strings.Cut(identite, "/")
		return roctest.Cible{AMC: simphonie.NumeroAMC(amc), Venue: venue}
	}
	r := &simulateur{
		nom: "roc", motDePasse: s.MotDePasse, certificats: s.EcritCertificats,
		scenario: func(identite, sc string) error { return s.Scenario(cible(identite), roctest.Scenario(sc)) },
		enfile:   func(identite, sc string) error { return s.Enfile(cible(identite), roctest.Scenario(sc)) },
		Close:    s.Close,
	}
	for _, g := range s.Guichets() {
		var numeros []string
		for _, a := range g.Assureurs {
			numeros = append(numeros, string(a.Numero))
		}
		r.adresses = append(r.adresses, [2]string{g.Nom + " (" + strings.Join(numeros, ", ") + ")", g.URL})
	}
	return r, nil
}

// terminal takes the behaviours of a payment terminal and aims at an amount; it
// accepts at the start, and calls are not told.
func terminal(d depart) (*simulateur, error) {
	t := diapasontest.NewTerminal()
	adresse, err := t.Ecoute(d.adresses[0])
	if err != nil {
		return nil, err
	}
	return &simulateur{
		nom: "terminal", adresses: [][2]string{{"Concert V3", adresse}},
		scenario: func(montant, sc string) error {
			if sc == "normal" {
				sc = "accepte"
			}
			if montant == "" {
				return t.Toujours(diapasontest.Comportement(sc))
			}
			m, err := simphonie.ParseMontant(montant)
			if err != nil {
				return err
			}
			return t.SelonMontant(m, diapasontest.Comportement(sc))
		},
		enfile: func(montant, sc string) error {
			if montant != "" {
				return errors.New("the next order is taken whatever its amount")
			}
			return t.Enfile(diapasontest.Comportement(sc))
		},
		Close: t.Close,
	}, nil
}

type reglages struct{ adresse, dossier, scenario string }

// sert runs every simulator until the context ends.
func (r *reglages) sert(ctx context.Context, entree io.Reader, sortie io.Writer) (err error) {
	var mu sync.Mutex
	ecrit := func(ligne string) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprintln(sortie, strings.TrimSpace(ligne))
	}
	var lances []*simulateur
	defer func() {
		for _, s := range lances {
			err = errors.Join(err, s.Close())
		}
	}()
	port := 0
	for _, sim := range simulateurs {
		d := depart{scenario: r.scenario, appel: ecrit}
		for range sim.ports {
			a, err := decale(r.adresse, port)
			if err != nil {
				return err
			}
			d.adresses = append(d.adresses, a)
			port++
		}
		s, err := sim.demarre(d)
		if err != nil {
			return err
		}
		lances = append(lances, s)
		for _, a := range s.adresses {
			ecrit(fmt.Sprintf("%s %s : %s", s.nom, a[0], a[1]))
		}
		if s.certificats != nil {
			dossier := filepath.Join(r.dossier, s.nom)
			if err := s.certificats(dossier); err != nil {
				return err
			}
			ecrit(fmt.Sprintf("%s certificats : %s (mot de passe des .p12 : %s)", s.nom, dossier, s.motDePasse))
		}
		if s.logiciel != "" {
			ecrit(fmt.Sprintf("%s logiciel autorisé (IDAM) : %s", s.nom, s.logiciel))
		}
	}
	ecrit("prêt")
	go commande(entree, lances, ecrit)
	<-ctx.Done()
	return nil
}

// commande reads scenarios, one a line: "nom", "+nom" for the next call, each
// maybe after the name of a simulator and before an identity.
func commande(entree io.Reader, lances []*simulateur, ecrit func(string)) {
	for lignes := bufio.NewScanner(entree); lignes.Scan(); {
		scenario, identite, _ := strings.Cut(strings.TrimSpace(lignes.Text()), " ")
		vises := lances
		if i := slices.IndexFunc(lances, func(s *simulateur) bool { return s.nom == scenario }); i >= 0 {
			vises = lances[i : i+1]
			scenario, identite, _ = strings.Cut(strings.TrimSpace(identite), " ")
		}
		if scenario == "" {
			continue
		}
		nom, suivant := strings.CutPrefix(scenario, "+")
		for _, s := range vises {
			change := s.scenario
			if suivant {
				change = s.enfile
			}
			if err := change(strings.TrimSpace(identite), nom); err != nil {
				ecrit(s.nom + " scénario refusé : " + err.Error())
				continue
			}
			ecrit(s.nom + " scénario pris : " + scenario)
		}
	}
}

// decale gives the address n ports further; port 0 stays free.
func decale(adresse string, n int) (string, error) {
	hote, port, err := net.SplitHostPort(adresse)
	if err != nil {
		return "", err
	}
	p, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return "", fmt.Errorf("port of %s: %w", adresse, err)
	}
	if p == 0 {
		n = 0
	}
	return net.JoinHostPort(hote, strconv.FormatUint(p+uint64(n), 10)), nil
}
