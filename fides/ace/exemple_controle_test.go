package ace_test

import (
	"fmt"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/fides/ace"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
)

// A visit checked while it is keyed: the tables of this example hold two letters.
func ExampleControler() {
	jour := simphonie.MustJour("2026-03-02")
	depuis := nomenclature.Date{Periode: simphonie.Periode{Du: jour}, Reference: "exemple fictif", ConnuLe: jour}
	tables, err := nomenclature.New(nomenclature.Donnees{
		Lettres: []nomenclature.Lettre{
			{Date: depuis, Code: "CS", Nomenclature: droits.NGAP, Niveau: nomenclature.Support},
			{Date: depuis, Code: "ATU", Nomenclature: droits.NGAP, Niveau: nomenclature.Support}},
		LettresCloses: []nomenclature.LigneLettreClose{{Date: depuis, Code: "K", Specialite: "06", Close: true}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	acte := ace.Prestation{Nomenclature: droits.NGAP, Code: "CS", Execution: jour, Executant: ace.Executant{Specialite: "04"}}
	visite := ace.Venue{Entree: jour, Sortie: jour, Naissance: simphonie.NaissanceLe(simphonie.MustJour("1980-05-17")),
		Etablissement: ace.Etablissement{Territoire: simphonie.Metropole},
		Prestations:   []ace.Prestation{{Nomenclature: droits.NGAP, Code: "ATU", Execution: jour}, acte, {Nomenclature: droits.NGAP, Code: "ZZ", Execution: jour}}}
	anomalies, err := ace.Controler(&visite, &ace.Options{ConnuAu: jour, Tables: tables})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, a := range anomalies {
		fmt.Println(a)
	}
	// Output:
	// bloquante ACE-C-CODE (prestations[2].code) : ZZ n'est pas un code facturable en soins externes le 2026-03-02 : corriger le code ou la date.
}

// The association codes that the texts print; nothing in the visit changes.
func ExampleProposerAssociations() {
	jour := simphonie.MustJour("2026-03-02")
	depuis := nomenclature.Date{Periode: simphonie.Periode{Du: jour}, Reference: "exemple fictif", ConnuLe: jour}
	var d nomenclature.Donnees
	d.Grilles = []nomenclature.LigneGrille{{Date: depuis, Specialite: nomenclature.Tout, Grille: "16"}}
	for acte, euros := range map[string]string{"AAAA001": "40.00", "AAAA002": "90.00"} {
		p, err := simphonie.ParsePrix(euros)
		if err != nil {
			fmt.Println(err)
			return
		}
		d.Activites = append(d.Activites, nomenclature.Activite{Date: depuis, Acte: acte, Activite: "1", Phase: "0", Regroupement: "ATM"})
		d.PrixCCAM = append(d.PrixCCAM, nomenclature.LignePrixCCAM{Prix: nomenclature.Prix{Date: depuis, Montant: p}, Acte: acte, Activite: "1", Phase: "0", Grille: "16"})
		d.Actes = append(d.Actes, nomenclature.Acte{Date: depuis, Code: acte, Type: "0"})
	}
	tables, err := nomenclature.New(d)
	if err != nil {
		fmt.Println(err)
		return
	}
	var visite ace.Venue
	for _, acte := range []string{"AAAA001", "AAAA002"} {
		visite.Prestations = append(visite.Prestations, ace.Prestation{Nomenclature: droits.CCAM, Execution: jour, Executant: ace.Executant{Specialite: "04"},
			CCAM: &ace.ActeCCAM{Acte: acte, Activite: "1", Phase: "0"}})
	}
	ps, err := ace.ProposerAssociations(&visite, &ace.Options{ConnuAu: jour, Tables: tables}, nil)
	for _, p := range ps {
		fmt.Println(visite.Prestations[p.Prestation].CCAM.Acte, p.Propose)
	}
	fmt.Println(err)
	// Output:
	// AAAA001 2
	// AAAA002 1
	// <nil>
}
