package facture_test

import (
	"encoding/json"
	"fmt"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
)

// An invoice proves itself: lost money has a name and a place.
func ExampleFacture_Verify() {
	f := facture.Facture{
		Lignes: []facture.Ligne{{Code: "FPU", Support: -1, Honoraires: 2300, BRAMO: 2300, BRAMC: 2300}},
		Parts:  []facture.Part{{Ligne: 0, Debiteur: simphonie.Patient, Montant: 2300, Etat: facture.Theorique}},
	}
	fmt.Println(len(f.Verify()))
	f.Parts[0].Montant = 2299
	fmt.Println(f.Verify()[0])
	// Output:
	// 0
	// bloquante FAC-PARTS-LIGNE (lignes[0]) : Les parts de la ligne 1 font 22.99 €, ses honoraires 23.00 €.
}

// The steps alone give the amounts again, without any tariff.
func ExampleRejouer() {
	r := &simphonie.Regle{Code: "EX-TAUX", Source: "RG_VF670", Message: "Taux de base."}
	x := facture.NewExplication()
	x.Calcule(0, r, facture.Pourcentage, facture.ChampMRO, 9783, &tarif.ArrVF670,
		facture.Donnee("base", facture.DeMontant(13975)), facture.Donnee("taux", facture.DeTaux(simphonie.PourCent(70))))
	fmt.Println(x)
	ecrit, _ := json.Marshal(x)
	montants, err := facture.Rejouer(ecrit)
	fmt.Println(montants["L1.MRO"], err)
	// Output:
	// L1 Part remboursée par l'AMO : 139.75 × 70 % = 97.83 (ARR-VF670) [EX-TAUX, RG_VF670]
	// 97.83 <nil>
}
