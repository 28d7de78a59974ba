package main

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/annuaire"
	"github.com/simphonie/simphonie/annuaire/annuairetest"
	annuairereference "github.com/simphonie/simphonie/annuaire/reference"
	"github.com/simphonie/simphonie/cdri/cdritest"
	cdrireference "github.com/simphonie/simphonie/cdri/reference"
	"github.com/simphonie/simphonie/datamatrix"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/examples/fictif"
	"github.com/simphonie/simphonie/insi"
	"github.com/simphonie/simphonie/insi/insitest"
	rocreference "github.com/simphonie/simphonie/roc/reference"
	"github.com/simphonie/simphonie/roc/roctest"
	"github.com/simphonie/simphonie/teleservice"
)

const (
	entite simphonie.FINESS    = "750712184"
	amc    simphonie.NumeroAMC = "77565712" // an insurer that an operator serves
)

// simulateurs stand for the four services.
type simulateurs struct {
	insi     *insitest.Serveur
	cdri     *cdritest.Serveur
	annuaire *annuairetest.Serveur
	roc      *roctest.Serveur
	fermer   []io.Closer
}

func (s *simulateurs) Close() error {
	var err error
	for _, c := range s.fermer {
		err = errors.Join(err, c.Close())
	}
	return err
}

// demarre runs the simulators, which know one patient, and gives the admission
// of that patient to an emergency visit.
func demarre(options ...roctest.Option) (s *simulateurs, a *admission, err error) {
	s = &simulateurs{}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	personne, _ := roctest.Connu(amc, "ordinaire")
	a, err = admissionDe(&personne)
	if err != nil {
		return nil, nil, err
	}
	rendus := a.Papier
	rendus.Support, rendus.PieceAMO = droits.SupportCDRi, "2"
	if s.insi, err = lance(s, insitest.Demarre, insitest.AvecIdentites(insitest.Identite{Nom: a.Traits.Nom.Clair(), Prenoms: []string{a.Traits.Prenoms[0].Clair()}, Sexe: "M",
		Naissance: personne.Naissance.Clair(), Numero: personne.NIR.Numero(), Cle: personne.NIR.CleCalculee()})); err != nil {
		return nil, nil, err
	}
	if s.cdri, err = lance(s, cdritest.Demarre, cdritest.AvecBeneficiaires(cdritest.Beneficiaire{Droits: &rendus})); err != nil {
		return nil, nil, err
	}
	if s.roc, err = lance(s, roctest.Demarre, options...); err != nil {
		return nil, nil, err
	}
	var inscrits []annuairetest.Inscrit
	for _, service := range []string{"IDB", "SIM", "CLC", "ANNULATION"} {
		inscrits = append(inscrits, annuairetest.Inscrit{Numero: string(amc), Service: service, Operateur: "OPSIMULE", Adresses: []string{s.roc.URL(amc)}})
	}
	s.annuaire, err = lance(s, annuairetest.Demarre, annuairetest.AvecInscrits(inscrits...))
	return s, a, err
}

func lance[S io.Closer, O any](s *simulateurs, demarre func(...O) (S, error), options ...O) (S, error) {
	serveur, err := demarre(options...)
	if err == nil {
		s.fermer = append(s.fermer, serveur)
	}
	return serveur, err
}

// reglages leads an installation to the simulators.
func (s *simulateurs) reglages(fichier string) (r reglages, err error) {
	r = reglages{Base: fichier, Cle: []byte(rand.Text() + rand.Text())}
	r.CDRi.Codec, r.ROC.Codec = cdrireference.Codec{}, rocreference.Codec{}
	if r.Tarifs, err = fictif.Urgences(simphonie.MustJour("2026-11-01")); err != nil {
		return r, err
	}
	r.OptionsAnnuaire = annuaire.Options{Codec: annuairereference.Codec{}, Politique: annuaire.Politique{Prives: true},
		Parametres: annuaire.Parametres{Editeur: "MON EDITEUR", Date: func(t time.Time) string { return t.Format(time.DateOnly) }, Services: map[annuaire.Service]annuaire.ParametresService{}}}
	for _, x := range []annuaire.Service{annuaire.IDB, annuaire.SIM, annuaire.CLC, annuaire.Annulation} {
		r.OptionsAnnuaire.Parametres.Services[x] = annuaire.ParametresService{Code: annuairetest.CodeService(string(x)), Norme: annuairetest.Norme, Version: annuairetest.Version, Types: []string{annuairetest.TypeAdresse}}
	}
	var errs [4]error
	r.INSi, errs[0] = canal(s.insi.Racines, s.insi.URLTLSMutuel, s.insi.Logiciel, &teleservice.TLSMutuel{Certificat: s.insi.Client, CN: insi.CNAttendus()})
	r.CDRi.Canal, errs[1] = canal(s.cdri.Racines, s.cdri.URL, s.cdri.Logiciel, &teleservice.CarteAssertion{Type: teleservice.CPENominative,
		Signataire: s.cdri.Carte.Signataire, Certificat: s.cdri.Carte.Certificat, IdentifiantFacturation: string(entite), SecteurActivite: "SA01"})
	r.Annuaire, errs[2] = canal(s.annuaire.Racines, s.annuaire.URL, s.cdri.Logiciel, &teleservice.TLSMutuel{Certificat: s.annuaire.Client, CN: []string{annuairetest.CN}})
	r.ROC.Canal, errs[3] = canal(s.roc.Racines, s.roc.URL(amc), s.cdri.Logiciel, &teleservice.TLSMutuel{Certificat: s.roc.Client, CN: []string{"ROC-SIMULE"}})
	return r, errors.Join(errs[:]...)
}

func canal(pem []byte, url, logiciel string, a teleservice.Authentification) (*teleservice.Canal, error) {
	racines, err := teleservice.LoadRacines(teleservice.Simulation, pem)
	if err != nil {
		return nil, err
	}
	return teleservice.NewCanal(teleservice.Config{Environnement: teleservice.Simulation, EJ: entite, URL: url, Racines: racines, Authentification: a,
		Reprises: teleservice.Reprises{Attente: time.Millisecond, Plafond: time.Millisecond},
		Logiciel: teleservice.Logiciel{Autorisation: logiciel, Nom: "mini-gap", Version: "1", Instance: "00000000-0000-4000-8000-000000000001"}})
}

// admissionDe is a visit of a person whom the insurer knows.
func admissionDe(p *roctest.Beneficiaire) (*admission, error) {
	scan, err := datamatrix.AttestationAMC{Version: "1", NumeroAMC: p.AMC, NumeroAdherent: p.Adherent,
		Groupes: []datamatrix.GroupeConvention{{Convention: "RO", Domaines: "E"}}}.EncodeText()
	if err != nil {
		return nil, err
	}
	a := &admission{IPP: "IPP-1", Scan: simphonie.NewConfidentiel(scan),
		Traits: insi.Traits{Nom: p.Nom, Prenoms: []simphonie.Confidentiel{p.Prenom}, Sexe: insi.Masculin, Naissance: p.Naissance},
		Papier: droits.Acquisition{Support: droits.SupportAttestation, Assure: droits.Assure{NIR: p.NIR}, Beneficiaire: droits.Beneficiaire{Naissance: p.Naissance, Rang: p.Rang},
			Organisme: simphonie.Organisme{Regime: "01", Caisse: "751", Centre: "0000"}, Periodes: []simphonie.Periode{{Du: simphonie.MustJour("2015-01-01")}}}}
	err = json.Unmarshal([]byte(`{"venue": "26000001", "etablissement": {"finess": "750712184", "secteur": "ex-dg", "territoire": "metropole", "structureAutorisee": true},
		"arrivee": "2026-03-04T09:40:00+01:00", "debutSoins": "2026-03-04T10:00:00+01:00", "sortie": "2026-03-04T12:00:00+01:00",
		"orientation": "domicile", "motif": "general", "soinsComplets": true, "modeArrivee": "personnel", "ccmu": "1"}`), &a.Passage)
	a.Passage.Naissance, a.Passage.AMC = p.Naissance, p.AMC
	return a, err
}
