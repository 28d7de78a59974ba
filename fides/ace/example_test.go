package ace_test

import (
	"fmt"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/examples/fictif"
	"github.com/simphonie/simphonie/fides/ace"
	"github.com/simphonie/simphonie/tarif"
)

// A consultation and an act that reaches the threshold, with fictitious prices.
func ExampleCompute() {
	o, err := fictif.ACE(simphonie.MustJour("2026-11-01"))
	if err != nil {
		fmt.Println(err)
		return
	}
	jour := simphonie.MustJour("2026-05-12")
	naissance, _ := simphonie.ParseDateNaissance("1980-06-15")
	acte := ace.Prestation{Nomenclature: droits.CCAM, CCAM: &ace.ActeCCAM{Acte: "ZZFA901", Activite: "1", Phase: "0"}, Execution: jour,
		Executant: ace.Executant{Specialite: "04"}, Parcours: droits.ParTraitant}
	v := &ace.Venue{Venue: "900000002", Entree: jour, Sortie: jour, Naissance: naissance,
		Etablissement: ace.Etablissement{FINESS: "750712184", Secteur: tarif.ExDG, Territoire: simphonie.Metropole},
		Droits: &droits.Acquisition{Support: droits.SupportCDRi, Organisme: simphonie.Organisme{Regime: "01", Caisse: "751", Centre: "0000"},
			MedecinTraitant: &droits.MedecinTraitant{Declare: simphonie.Oui}},
		Prestations: []ace.Prestation{acte}}
	r, err := ace.Compute(v, o)
	if err != nil {
		fmt.Println(err)
		return
	}
	l := &r.Factures[0].Lignes[0]
	fmt.Println(r.Issue, l.Code, l.BRAMO, l.Exoneration, "AMO", l.MRO, "participation", l.TMF)

	// The same visit under the régime local, and why it changed.
	w, d := *v, *v.Droits
	d.MTM = []droits.Droit[droits.CodeMTM]{{Code: droits.MTMAlsaceMoselle}}
	w.Droits = &d
	autre, _ := ace.Compute(&w, o)
	difference := ace.Diff(&r, &autre)
	fmt.Println(difference.Lignes[0].Cause(), difference.Debiteurs[0].Avant, difference.Debiteurs[0].Apres)
	// Output:
	// facturable ATM 125.52 C AMO 93.52 participation 32.00
	// tmf 93.52 125.52
}

// What emergencies leave to external care: an ATU and its acts.
func ExampleVenueATU() {
	jour := simphonie.MustJour("2026-05-12")
	v := ace.VenueATU(ace.Venue{Venue: "900000001", Entree: jour, Sortie: jour},
		ace.Prestation{Nomenclature: droits.NGAP, Code: "CS", Execution: jour})
	fmt.Println(v.Prestations[1].Code, "completes", v.Prestations[v.Prestations[1].Support-1].Code)
	// Output: ATU completes CS
}
