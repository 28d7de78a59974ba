package annuaire_test

import (
	"context"
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/annuaire"
	"github.com/simphonie/simphonie/annuaire/annuairetest"
	"github.com/simphonie/simphonie/annuaire/reference"
	"github.com/simphonie/simphonie/teleservice"
)

// Where to send the identification of rights of a patient. The simulator and
// its codes stand for the directory and for those that an editor is given.
func ExampleClient_Cherche() {
	s, err := annuairetest.Demarre()
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()
	racines, err := teleservice.LoadRacines(teleservice.Simulation, s.Racines)
	if err != nil {
		log.Fatal(err)
	}
	politique := annuaire.Politique{Hotes: []string{".operateur-un.example"}}
	canal, err := teleservice.NewCanal(teleservice.Config{
		Environnement: teleservice.Simulation, EJ: "750712184", URL: s.URL, Racines: racines,
		Authentification: &teleservice.TLSMutuel{Certificat: s.Client, CN: []string{annuairetest.CN}},
		Logiciel:         teleservice.Logiciel{Autorisation: "SIMULATEUR00", Nom: "mongap", Version: "4.2", Instance: "0b1e4e0e-5f2c-4e4a-9d3c-0a1b2c3d4e5f"},
	})
	if err != nil {
		log.Fatal(err)
	}
	client, err := annuaire.New(canal, annuaire.Options{
		Parametres: annuaire.Parametres{
			Editeur: "MON EDITEUR",
			Date:    func(t time.Time) string { return t.Format(time.DateOnly) },
			Services: map[annuaire.Service]annuaire.ParametresService{
				annuaire.IDB: {Code: annuairetest.CodeService("IDB"), Norme: annuairetest.Norme, Version: annuairetest.Version, Types: []string{annuairetest.TypeAdresse}},
				annuaire.DRE: {Code: annuairetest.CodeService("DRE")},
			},
		},
		Codec: reference.Codec{}, Politique: politique,
	})
	if err != nil {
		log.Fatal(err)
	}
	fiche, err := client.Fiche(context.Background(), "750712184", simphonie.CleAMC{Numero: "0434243085", Convention: "SP", Domaine: simphonie.Hospitalisation})
	if err != nil {
		log.Fatal(err)
	}
	for _, u := range fiche[annuaire.IDB].Adresses() {
		fmt.Println(u)
	}
	fmt.Println(fiche[annuaire.DRE].Adresses())
	r, err := client.Cherche(context.Background(), annuaire.Demande{EJ: "750712184", Service: annuaire.IDB,
		Cle: simphonie.CleAMC{Numero: "00401166", Domaine: simphonie.Externe}})
	fmt.Println(r.Issue, err)
	// Output:
	// https://un.operateur-un.example/roc/idb
	// https://deux.operateur-un.example/roc/idb
	// [dre@operateur-un.example]
	// hors-annuaire <nil>
}

// The establishment's own table: two insurers share an operator, and a mask
// sends part of one of them elsewhere.
func ExampleLoadTable() {
	table, err := annuaire.LoadTable(strings.NewReader(`operateur;nom;service;rang;adresse
OPUN;Opérateur un;IDB;1;https://un.example/idb
OPDEUX;Opérateur deux;IDB;1;https://deux.example/idb
`), strings.NewReader(`numero_amc;convention;csr;domaine;operateur
434243085;SP;;;OPUN
302976568;RO;?????????;;OPUN
302976568;RO;94???????;;OPDEUX
`), annuaire.Politique{})
	if err != nil {
		log.Fatal(err)
	}
	for _, csr := range []string{"940123456", "750123456"} {
		for _, r := range table.Cherche(nil, simphonie.CleAMC{Numero: "0302976568", Convention: "RO", CSR: csr, Domaine: simphonie.Externe}) {
			fmt.Println(csr, r.Operateur.Nom, r.Operateur.Adresses[annuaire.IDB])
		}
	}
	// Output:
	// 940123456 Opérateur deux [https://deux.example/idb]
	// 750123456 Opérateur un [https://un.example/idb]
}
