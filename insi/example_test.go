package insi_test

import (
	"context"
	"fmt"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/insi"
	"github.com/simphonie/simphonie/insi/insitest"
	"github.com/simphonie/simphonie/teleservice"
)

// exempleClient makes a client of a simulator.
func exempleClient() (*insi.Client, func()) {
	s, err := insitest.Demarre()
	if err != nil {
		panic(err)
	}
	racines, err := teleservice.LoadRacines(teleservice.Simulation, s.Racines)
	if err != nil {
		panic(err)
	}
	canal, err := teleservice.NewCanal(teleservice.Config{
		Environnement: teleservice.Simulation, EJ: "750712184", URL: s.URLTLSMutuel, Racines: racines,
		Authentification: &teleservice.TLSMutuel{Certificat: s.Client, CN: insi.CNAttendus()},
		Logiciel:         teleservice.Logiciel{Autorisation: s.Logiciel, Nom: "mongap", Version: "1.0", Instance: "0b1e4e0e-5f2c-4e4a-9d3c-0a1b2c3d4e5f"},
	})
	if err != nil {
		panic(err)
	}
	client, err := insi.New(canal, insi.Options{})
	if err != nil {
		panic(err)
	}
	return client, func() { canal.Close(); s.Close() }
}

func ExampleClient_Recherche() {
	client, ferme := exempleClient()
	defer ferme()
	ne, _ := simphonie.ParseDateNaissance("1936-06-21")
	r, err := client.Recherche(context.Background(), insi.Demande{EJ: "750712184", Traits: insi.Traits{
		Nom: simphonie.NewConfidentiel("Tchitchi"), Sexe: insi.Feminin, Naissance: ne,
		Prenoms: []simphonie.Confidentiel{simphonie.NewConfidentiel("Ola"), simphonie.NewConfidentiel("Catarina")},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, t := range r.Tentatives {
		fmt.Println(t.Critere, t.Rang, t.Code)
	}
	fmt.Println(r.Individu.Actif.NIR(), r.Individu.Actif.OID.Libelle(), r.Individu.Traits.Nom)
	fmt.Println(r.Ecarts)
	fmt.Println(r.Suites[0].Message)
	// Output:
	// prenom-seul 1 01
	// prenom-seul 2 00
	// *** INS-NIR ***
	// [{prenoms different} {lieu-naissance non-connu}]
	// Comparez les traits reçus à ceux du patient, puis faites valider l'identité sur pièce.
}

func ExampleClient_RechercheVitale() {
	client, ferme := exempleClient()
	defer ferme()
	ne, _ := simphonie.ParseDateNaissance("1975-12-31")
	r, err := client.RechercheVitale(context.Background(), insi.DemandeVitale{EJ: "750712184", Carte: insi.CarteVitale{
		Ouvrant: simphonie.NIRRecu("275126322074974"), Naissance: ne, Rang: 1}})
	fmt.Println(r.Issue, err)
	// Output: 00 <nil>
}

// A matricule leaves for others only when a person has validated the identity.
func ExampleIdentite_Matricule() {
	client, ferme := exempleClient()
	defer ferme()
	ne, _ := simphonie.ParseDateNaissance("1975-12-31")
	traits := insi.Traits{Nom: simphonie.NewConfidentiel("Adrun"), Prenoms: []simphonie.Confidentiel{simphonie.NewConfidentiel("Zoé")}, Sexe: insi.Feminin, Naissance: ne}
	r, err := client.Recherche(context.Background(), insi.Demande{EJ: "750712184", Traits: traits})
	if err != nil {
		fmt.Println(err)
		return
	}
	i := insi.Identite{Traits: traits, INS: r.Individu}
	_, _, err = i.Matricule(teleservice.Simulation)
	fmt.Println(i.Statut(), err)

	i.Validation = &insi.Validation{Piece: "passeport", HauteConfiance: true, Le: simphonie.MustJour("2026-11-21")}
	_, oid, err := i.Matricule(teleservice.Simulation)
	fmt.Println(i.Statut(), oid, err)
	_, _, err = i.Matricule(teleservice.Production)
	fmt.Println(err)
	// Output:
	// recuperee INSI-NON-QUALIFIEE INSi identite: the matricule of an identity that is recuperee is not transmitted (EXI ID 29)
	// qualifiee 1.2.250.1.213.1.4.8 <nil>
	// INSI-ENVIRONNEMENT INSi identite.ins.environnement: the identity was retrieved in simulation and the message goes to production
}

func ExampleNormalise() {
	n, err := insi.Normalise("nom", simphonie.NewConfidentiel("Lœvenbruck–d’Hérault"))
	fmt.Println(n.Clair(), err)
	_, err = insi.Normalise("nom", simphonie.NewConfidentiel("Adrun 2"))
	fmt.Println(err)
	// Output:
	// LOEVENBRUCK-D'HERAULT <nil>
	// INSI-LEXIQUE INSi nom: character 7 is neither a letter, a blank, an apostrophe nor a hyphen
}
