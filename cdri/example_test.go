package cdri_test

import (
	"context"
	"fmt"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri"
	"github.com/simphonie/simphonie/droits"
)

// exemple is a client of a service that runs in the example itself.
func exemple() *cdri.Client {
	return client(sansTest{}, &guichet{})
}

func ExampleClient_Consulte() {
	c := exemple()
	r, err := c.Consulte(context.Background(), demande(1))
	if err != nil {
		p, _ := cdri.PanneDe(err)
		fmt.Println(p.Texte, p.Conduite)
		return
	}
	fmt.Println(r.Issue.Sens, r.Droits.Organisme, "pièce", r.Droits.PieceAMO)
	fmt.Println(r.Droits.Assure.NIR)

	_, err = c.Consulte(context.Background(), cdri.Demande{EJ: ej, Moment: cdri.Admission, Regime: "01", Rang: "1"})
	fmt.Println(err)
	// Output:
	// trouve 01-751 pièce 2
	// ***
	// CDRI-DEMANDE CDRi: nothing was sent: request refused: CDRI-NIR-ABSENT (demande.assure) CDRI-NAISSANCE-ABSENTE (demande.naissance)
}

func ExampleAutomate() {
	a, err := cdri.NewAutomate(cdri.ConfigAutomate{Client: exemple(), Mode: cdri.Cible, Fraicheur: 24 * time.Hour})
	if err != nil {
		fmt.Println(err)
		return
	}
	t := cdri.Declencheur{Patient: "IPP-1", Demande: demande(1)}
	for range 2 {
		r, err := a.Declenche(context.Background(), t)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(r.Provenance, r.Motifs)
	}
	// A card with open rights and nothing special: nobody is asked.
	t.Demande.DateReference = simphonie.MustJour("2026-11-02")
	t.Connu = &droits.Acquisition{Support: droits.SupportVitale, Periodes: []simphonie.Periode{{Du: simphonie.MustJour("2026-01-01")}}}
	r, err := a.Declenche(context.Background(), t)
	fmt.Println(r.Provenance, err)
	// Output:
	// fraiche [sans-carte droits-fermes]
	// en-memoire [sans-carte droits-fermes]
	// sans-appel <nil>
}

func ExampleLot() {
	l, err := cdri.NewLot(cdri.ConfigLot{Client: exemple(), Phase: cdri.LotNuit, Fraicheur: 24 * time.Hour, Carnet: cdri.NewCarnetMemoire()})
	if err != nil {
		fmt.Println(err)
		return
	}
	for range 2 { // the second run finds everything in the carnet
		b, err := l.Execute(context.Background(), lignes(250))
		fmt.Println(b.Repondues, b.DuCarnet, err)
	}
	// Output:
	// 250 0 <nil>
	// 250 250 <nil>
}

func ExamplePanneDe() {
	p, _ := cdri.PanneDe(&simphonie.Erreur{Code: "TSV-DELAI"})
	fmt.Println(p.Texte, p.Suivants)
	// Output: CDRi n'a pas répondu à temps. [vitale cdr attestation]
}
