package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri"
	"github.com/simphonie/simphonie/cdri/cdritest"
	"github.com/simphonie/simphonie/cdri/reference"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/insi"
	"github.com/simphonie/simphonie/insi/insitest"
	"github.com/simphonie/simphonie/teleservice"
)

// entite is the legal entity of the set's establishment.
const entite simphonie.FINESS = "750712184"

// accueil is what the teleservices said of a patient at the desk.
type accueil struct {
	tentatives int            // calls that INSi took
	cr         insi.CodeCR    // 00: one identity
	identite   *insi.Individu // with its number and traits
	cdri       string         // outcome, or why CDRi was not asked
	anomalies  simphonie.Anomalies
}

// teleservices are the simulated INSi and CDRi, and their clients.
type teleservices struct {
	insi   *insi.Client
	cdri   *cdri.Automate
	fermer []func() error
}

func (t *teleservices) ferme() {
	for _, f := range t.fermer {
		f()
	}
}

// interrogeable says that a person can be searched by this birth date.
func interrogeable(d simphonie.DateNaissance) bool { return !d.IsZero() && !d.SiecleInconnu() }

// patient is the synthetic person of the nth visit: letters for a name, and a
// number built on the birth date, with its key.
func patient(n int, naissance simphonie.DateNaissance) (insi.Traits, simphonie.NIR) {
	lettres := string([]byte{'A' + byte(n/26), 'A' + byte(n%26)})
	d := naissance.Clair()
	numero := fmt.Sprintf("1%s%s99999%03d", d[2:4], d[5:7], n+1)
	return insi.Traits{
		Nom:     simphonie.NewConfidentiel("PATIENT " + lettres),
		Prenoms: []simphonie.Confidentiel{simphonie.NewConfidentiel("Élodie-" + lettres), simphonie.NewConfidentiel("Noé")}[n%2:],
		Sexe:    insi.Masculin, Naissance: naissance,
	}, simphonie.NIRRecu(numero + simphonie.NIRRecu(numero).CleCalculee())
}

// demarre opens the simulators with every patient of the set, and clients to
// them: by mutual TLS to INSi, with a professional card to CDRi.
func demarre(tous []cas) (t *teleservices, err error) {
	t = &teleservices{}
	defer func() {
		if err != nil {
			t.ferme()
		}
	}()
	var identites []insitest.Identite
	var assures []cdritest.Beneficiaire
	for n := range tous {
		p := &tous[n].Passage
		if !interrogeable(p.Naissance) {
			continue
		}
		traits, nir := patient(n, p.Naissance)
		identites = append(identites, insitest.Identite{Nom: traits.Nom.Clair(), Prenoms: []string{"NOE"}, Sexe: "M",
			Naissance: p.Naissance.Clair(), Numero: nir.Numero(), Cle: nir.CleCalculee()})
		if a := p.Droits; a != nil && a.Support == droits.SupportCDRi {
			assures = append(assures, cdritest.Beneficiaire{Droits: a, Criteres: cdritest.Criteres{
				Assure: nir, Naissance: p.Naissance, Rang: "1", Regime: a.Organisme.Regime}})
		}
	}
	si, err := insitest.Demarre(insitest.AvecIdentites(identites...))
	if err != nil {
		return nil, err
	}
	t.fermer = append(t.fermer, si.Close)
	sc, err := cdritest.Demarre(cdritest.AvecBeneficiaires(assures...))
	if err != nil {
		return nil, err
	}
	t.fermer = append(t.fermer, sc.Close)

	ci, err := canal(si.Racines, si.URLTLSMutuel, si.Logiciel, &teleservice.TLSMutuel{Certificat: si.Client, CN: insi.CNAttendus()})
	if err != nil {
		return nil, err
	}
	if t.insi, err = insi.New(ci, insi.Options{}); err != nil {
		return nil, err
	}
	cc, err := canal(sc.Racines, sc.URL, sc.Logiciel, &teleservice.CarteAssertion{Type: teleservice.CPENominative,
		Signataire: sc.Carte.Signataire, Certificat: sc.Carte.Certificat, IdentifiantFacturation: string(entite), SecteurActivite: "SA01"})
	if err != nil {
		return nil, err
	}
	client, err := cdri.New(cdri.Config{Canal: cc, Codec: reference.Codec{}})
	if err != nil {
		return nil, err
	}
	t.cdri, err = cdri.NewAutomate(cdri.ConfigAutomate{Client: client, Mode: cdri.Systematique, Fraicheur: time.Hour})
	return t, err
}

func canal(pem []byte, url, logiciel string, a teleservice.Authentification) (*teleservice.Canal, error) {
	racines, err := teleservice.LoadRacines(teleservice.Simulation, pem)
	if err != nil {
		return nil, err
	}
	return teleservice.NewCanal(teleservice.Config{Environnement: teleservice.Simulation, EJ: entite, URL: url, Racines: racines, Authentification: a,
		Logiciel: teleservice.Logiciel{Autorisation: logiciel, Nom: "parcours", Version: "1", Instance: "00000000-0000-4000-8000-000000000001"}})
}

// accueille asks INSi for the identity and CDRi for the rights of every visit,
// and puts the rights answered in the place of those of the set.
func (t *teleservices) accueille(ctx context.Context, tous []cas) error {
	for n := range tous {
		c := &tous[n]
		if !interrogeable(c.Passage.Naissance) {
			continue // priced as it is: the anomaly says what is missing
		}
		traits, nir := patient(n, c.Passage.Naissance)
		a := &accueil{}
		c.accueil = a
		r, err := t.insi.Recherche(ctx, insi.Demande{EJ: entite, Traits: traits})
		if err != nil {
			return fmt.Errorf("venue %s: %w", c.Passage.Venue, err)
		}
		a.tentatives, a.cr, a.identite = len(r.Tentatives), r.Issue, r.Individu

		switch connus := c.Passage.Droits; {
		case connus != nil && connus.Support != droits.SupportCDRi:
			a.cdri = "non demandés : " + string(connus.Support) + " présentée"
		default:
			regime := simphonie.RegimeGeneral
			if connus != nil {
				regime = connus.Organisme.Regime
			}
			d, err := t.cdri.Declenche(ctx, cdri.Declencheur{Patient: c.Passage.Venue, Demande: cdri.Demande{EJ: entite, Moment: cdri.Admission,
				Assure: nir, Naissance: c.Passage.Naissance, Rang: "1", Regime: regime, DateReference: simphonie.JourOf(c.Passage.Arrivee)}})
			if err != nil {
				return fmt.Errorf("venue %s: %w", c.Passage.Venue, err)
			}
			a.cdri, a.anomalies = d.Reponse.Issue.Sens.String(), d.Reponse.Anomalies
			c.Passage.Droits = d.Reponse.Droits
		}
	}
	return nil
}

// afficheAccueil says in one line what the desk learned.
func afficheAccueil(w io.Writer, a *accueil) {
	if a == nil {
		return
	}
	appels := "appel"
	if a.tentatives > 1 {
		appels += "s"
	}
	fmt.Fprintf(w, "   INSi %s (%d %s)", a.cr, a.tentatives, appels)
	if a.identite != nil {
		fmt.Fprintf(w, ", matricule %v", a.identite.Actif.Numero)
	}
	fmt.Fprintf(w, " · droits CDRi : %s\n", strings.ReplaceAll(a.cdri, "-", " "))
	for _, x := range a.anomalies {
		fmt.Fprintf(w, "   ! %s\n", x)
	}
}
