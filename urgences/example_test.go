package urgences_test

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/examples/fictif"
	"github.com/simphonie/simphonie/tarif"
	"github.com/simphonie/simphonie/urgences"
)

// visite is a patient with a long disease, seen on a Saturday night.
func visite() *urgences.Passage {
	debut := time.Date(2026, 3, 7, 22, 30, 0, 0, time.UTC) // 23:30 in Paris
	naissance, _ := simphonie.ParseDateNaissance("1975-02-10")
	return &urgences.Passage{
		Venue: "900000001",
		Etablissement: urgences.Etablissement{FINESS: "750712184", Secteur: tarif.ExDG,
			Territoire: simphonie.Metropole, StructureAutorisee: simphonie.Oui},
		Naissance: naissance, DebutSoins: debut,
		Orientation: urgences.Domicile, Motif: urgences.MotifGeneral, SoinsComplets: simphonie.Oui,
		ModeArrivee: urgences.VehiculeC, CCMU: "3",
		Droits: &droits.Acquisition{Support: droits.SupportCDRi, Organisme: simphonie.Organisme{Regime: "01", Caisse: "751"},
			Periodes: []simphonie.Periode{{Du: simphonie.MustJour("2015-01-01")}},
			ETM:      []droits.Droit[droits.CodeETM]{{Code: droits.ETMALD8}}},
	}
}

// A whole visit, priced: who pays what, and why.
func Example() {
	o, err := fictif.Urgences(simphonie.MustJour("2026-11-01")) // an editor: ChargerTarifs
	if err != nil {
		fmt.Println(err)
		return
	}
	o.Expliquer = true
	r, err := urgences.Compute(visite(), o)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, l := range r.Facture.Lignes {
		fmt.Println(l.Code, l.Honoraires, r.Facture.Parts[i].Debiteur)
	}
	fmt.Println(r.Issue, r.Facture.JeuRegles, len(r.Facture.Verify()), r.Explication.Prouve(&r.Facture))
	fmt.Println(r.Explication.Etapes[3].Texte())
	// Output:
	// FU3 36.44 amo
	// SUN 24.63 amo
	// SU3 22.94 amo
	// SUM 26.38 amo
	// FPV 9.96 patient
	// CFU 13.04 amo
	// facturable urgences/2023-03-01 0 <nil>
	// ALD : forfait minoré, et CFU à la charge de l'AMO.
}

// At discharge only the patient part is known; the forfaits follow.
func ExampleFusionner() {
	o, _ := fictif.Urgences(simphonie.MustJour("2026-11-01"))
	p := visite()
	part, _ := urgences.PartPatient(p, o)
	fmt.Println("à la sortie :", part.Facture.Lignes[0].Code, part.Facture.Lignes[0].Honoraires)

	suite, _ := urgences.Forfaits(p, o)
	r, _ := urgences.Fusionner(p, &part, &suite, o)
	total, _ := r.Facture.Total()
	fmt.Println("facture :", len(r.Facture.Lignes), "lignes,", total)
	// Output:
	// à la sortie : FPV 9.96
	// facture : 6 lignes, 133.39
}

// The patient paid, then was admitted: the reversal, and what to give back.
func ExampleRequalifier() {
	o, _ := fictif.Urgences(simphonie.MustJour("2026-11-01"))
	part, _ := urgences.PartPatient(visite(), o)
	r, _ := urgences.Requalifier(&part, urgences.UHCD, urgences.Encaissement{Debiteur: simphonie.Patient, Montant: 996})
	total, _ := r.Contrepassation.Total()
	fmt.Println(total, r.Remboursements[0].Montant, r.Remboursements[0].Debiteur)
	// Output: -23.00 9.96 patient
}

// A price that nobody loaded is named; it is never zero.
func ExampleChargerTarifs() {
	tarifs, err := urgences.ChargerTarifs(strings.NewReader(
		"code;secteur;zone;du;au;montant;reference;connu_le\nFU3;ex-dg;*;2026-03-01;;40.00;FICTIF;2026-02-28\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	p := visite()
	p.Droits.ETM = nil
	_, err = urgences.Compute(p, &urgences.Options{ConnuAu: simphonie.MustJour("2026-11-01"), Tarifs: tarifs})
	manque, _ := errors.AsType[*tarif.TarifNonCharge](err)
	fmt.Println("premier prix à charger :", manque.Code)
	// Output: premier prix à charger : SUN
}

// Software in other languages gives JSON; a fault says where it is.
func ExampleParsePassage() {
	_, err := urgences.ParsePassage([]byte("{\n  \"venue\": \"900000001\",\n  \"naisance\": \"1975-02-10\"\n}"))
	fmt.Println(err)
	// Output: JSON-CHAMP naisance line 3 column 3: unknown field: the documented names are wanted, to the letter
}

// Lines made elsewhere pass the same controls.
func ExampleControler() {
	o, _ := fictif.Urgences(simphonie.MustJour("2026-11-01"))
	r, _ := urgences.Compute(visite(), o)
	as, _ := urgences.Controler(visite(), r.Facture.Lignes[1:], o) // without the age forfait
	for _, a := range as {
		fmt.Println(a.Code, a.Chemin)
	}
	// Output:
	// URG-FU-UNIQUE lignes
	// URG-SANS-FU lignes[0]
	// URG-SANS-FU lignes[1]
	// URG-SANS-FU lignes[2]
}
