package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/annuaire"
	"github.com/simphonie/simphonie/annuaire/annuairetest"
	annuairereference "github.com/simphonie/simphonie/annuaire/reference"
	"github.com/simphonie/simphonie/datamatrix"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/journal"
	"github.com/simphonie/simphonie/roc"
	"github.com/simphonie/simphonie/roc/dossier"
	"github.com/simphonie/simphonie/roc/modele"
	rocreference "github.com/simphonie/simphonie/roc/reference"
	"github.com/simphonie/simphonie/roc/roctest"
	"github.com/simphonie/simphonie/teleservice"
	"github.com/simphonie/simphonie/urgences"
)

// complementaires are the simulated directory and insurers, their clients, and
// the attestations that no patient has shown yet.
type complementaires struct {
	attestations []datamatrix.AttestationAMC
	assureurs    *roctest.Serveur
	roc          *roc.Client
	fermer       []func() error
}

func (c *complementaires) ferme() {
	for _, f := range c.fermer {
		f()
	}
}

// demarreComplementaires opens a directory that knows the insurers of the
// attestations, and those insurers.
func demarreComplementaires(as []datamatrix.AttestationAMC) (c *complementaires, err error) {
	c = &complementaires{attestations: as}
	defer func() {
		if err != nil {
			c.ferme()
		}
	}()
	var guichets []roctest.Guichet
	vus := map[string]bool{}
	for _, a := range as {
		if n := a.NumeroAMC.Canonique(); !vus[n] {
			vus[n] = true
			guichets = append(guichets, roctest.Guichet{Nom: "amc " + n, Assureurs: []roctest.Assureur{{Numero: a.NumeroAMC, Nom: "COMPLEMENTAIRE SIMULEE " + n}}})
		}
	}
	if c.assureurs, err = roctest.Demarre(roctest.AvecGuichets(guichets...)); err != nil {
		return nil, err
	}
	c.fermer = append(c.fermer, c.assureurs.Close)
	var inscrits []annuairetest.Inscrit
	services := map[annuaire.Service]annuaire.ParametresService{}
	for _, s := range []annuaire.Service{annuaire.IDB, annuaire.SIM, annuaire.CLC, annuaire.Annulation} {
		services[s] = annuaire.ParametresService{Code: annuairetest.CodeService(string(s)), Norme: annuairetest.Norme, Version: annuairetest.Version, Types: []string{annuairetest.TypeAdresse}}
		for _, g := range guichets {
			n := g.Assureurs[0].Numero
			inscrits = append(inscrits, annuairetest.Inscrit{Numero: string(n), Service: string(s), Operateur: g.Nom, Nom: g.Assureurs[0].Nom, Adresses: []string{c.assureurs.URL(n)}})
		}
	}
	sa, err := annuairetest.Demarre(annuairetest.AvecInscrits(inscrits...))
	if err != nil {
		return nil, err
	}
	c.fermer = append(c.fermer, sa.Close)
	ca, err := canal(sa.Racines, sa.URL, "SIMULATEUR00", &teleservice.TLSMutuel{Certificat: sa.Client, CN: []string{annuairetest.CN}})
	if err != nil {
		return nil, err
	}
	ann, err := annuaire.New(ca, annuaire.Options{Codec: annuairereference.Codec{}, Politique: annuaire.Politique{Prives: true},
		Parametres: annuaire.Parametres{Editeur: "PARCOURS", Services: services, Date: func(t time.Time) string { return t.Format(time.DateOnly) }}})
	if err != nil {
		return nil, err
	}
	return c, c.client(ann)
}

// client makes the client of insurers, and the journal of what commits them.
func (c *complementaires) client(ann *annuaire.Client) error {
	dir, err := os.MkdirTemp("", "parcours")
	if err != nil {
		return err
	}
	c.fermer = append(c.fermer, func() error { return os.RemoveAll(dir) })
	magasin, err := journal.OuvreFichier(filepath.Join(dir, "journal"))
	if err != nil {
		return err
	}
	c.fermer = append([]func() error{magasin.Close}, c.fermer...)
	j, err := journal.New(journal.Config{Magasin: magasin, Trousseau: func(_ context.Context, venue string) ([]byte, error) {
		cle := sha256.Sum256([]byte("clé de l'exemple, " + venue)) // an establishment keeps a random key for each dossier
		return cle[:], nil
	}})
	if err != nil {
		return err
	}
	secret, err := modele.NewSecret([]byte("secret de l'exemple"))
	if err != nil {
		return err
	}
	k, err := canal(c.assureurs.Racines, c.assureurs.Guichets()[0].URL, "SIMULATEUR00", &teleservice.TLSMutuel{Certificat: c.assureurs.Client, CN: []string{c.assureurs.Client.Leaf.Subject.CommonName}})
	if err != nil {
		return err
	}
	c.roc, err = roc.New(roc.Config{Canal: k, Annuaire: ann, Codec: rocreference.Codec{}, Journal: j, Secret: secret})
	return err
}

// engagement is what an insurer said of a visit.
type engagement struct {
	amc       simphonie.NumeroAMC
	simule    simphonie.Montant
	calcule   simphonie.Montant
	parts     []facture.Part // engaged
	reference string
}

// engage gives the next attestation to a visit where the patient owes
// something, and takes it through the insurer: rights, simulation, amounts.
func (c *complementaires) engage(ctx context.Context, n int, i *issue) error {
	du, err := i.Facture.TotalPar(simphonie.Patient)
	if i.err != nil || i.Issue != urgences.Facturable || i.requalification != nil || err != nil || du <= 0 || len(c.attestations) == 0 {
		return err
	}
	a := c.attestations[0]
	c.attestations = c.attestations[1:]
	entete, err := c.presente(n, i, &a)
	if err != nil {
		return err
	}
	d, err := dossier.New(entete.Venue, a.NumeroAMC)
	if err != nil {
		return err
	}
	chiffrage := roc.Chiffrage{Lignes: i.Facture.Lignes, Parts: i.Facture.Parts}
	numero := func(m modele.Moment, service string) roc.Entete {
		e := entete
		e.Moment, e.Requete = m, e.Venue+"-"+service
		return e
	}
	s1, _, err1 := c.roc.IDB(ctx, &d, roc.DemandeIDB{Entete: numero(roc.Admission, "idb")})
	s2, sim, err2 := c.roc.SIM(ctx, &s1.Dossier, roc.DemandeSIM{Entete: numero(roc.Admission, "sim"), Chiffrage: chiffrage})
	s3, clc, err3 := c.roc.CLC(ctx, &s2.Dossier, roc.DemandeCLC{Entete: numero(roc.Sortie, "clc"), Chiffrage: chiffrage})
	if err := errors.Join(err1, err2, err3); err != nil {
		return fmt.Errorf("venue %s: %w", entete.Venue, err)
	}
	g := &engagement{amc: a.NumeroAMC, parts: s3.Dossier.Parts(), reference: clc.Engagement}
	for _, p := range sim.Parts(a.NumeroAMC) {
		g.simule += p.Montant
	}
	for _, p := range g.parts {
		g.calcule += p.Montant
	}
	i.engagement = g
	return nil
}

// presente makes the insurer know the patient, and gives what every request
// says of the visit.
func (c *complementaires) presente(n int, i *issue, a *datamatrix.AttestationAMC) (roc.Entete, error) {
	p := &i.cas.Passage
	traits, nir := patient(n, p.Naissance)
	cle, err := cleExterne(a)
	if err != nil {
		return roc.Entete{}, err
	}
	err = c.assureurs.Ajoute(roctest.Beneficiaire{Cas: p.Venue, AMC: a.NumeroAMC, Adherent: a.NumeroAdherent, NIR: nir, Naissance: p.Naissance, Rang: "1",
		Nom: traits.Nom, Prenom: simphonie.NewConfidentiel("NOE"),
		Contrats: []roctest.Contrat{{Identifiant: simphonie.NewConfidentiel("C1"), Convention: cle.Convention, CSR: cle.CSR, Garantie: roctest.Garantie{Ticket: simphonie.Cent}}}})
	return roc.Entete{EJ: entite, Venue: p.Venue, Date: simphonie.JourOf(p.DebutSoins),
		Couverture: roc.Couverture{Cle: cle, Adherent: a.NumeroAdherent},
		Beneficiaire: roc.Beneficiaire{NIR: nir, Naissance: p.Naissance, Rang: "1", Nom: traits.Nom,
			Prenom: simphonie.NewConfidentiel("NOE")}}, err
}

// cleExterne gives the key of the directory for care without a stay.
func cleExterne(a *datamatrix.AttestationAMC) (simphonie.CleAMC, error) {
	cles, _ := a.Cles(nil)
	for _, c := range cles {
		if c.Domaine == simphonie.Externe {
			return c, nil
		}
	}
	return simphonie.CleAMC{}, errors.New("l'attestation ne dit rien des soins externes")
}

// afficheEngagement says what the insurer committed to.
func afficheEngagement(w io.Writer, i *issue) {
	g := i.engagement
	if g == nil {
		return
	}
	du, _ := i.Facture.TotalPar(simphonie.Patient)
	fmt.Fprintf(w, "   Complémentaire %s : droits ouverts, simulé %s, engagé %s (%s) · reste au patient %s\n",
		g.amc, g.simule.Euros(), g.calcule.Euros(), g.reference, (du - g.calcule).Euros())
}
