package modele_test

import (
	"fmt"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/modele"
)

func ExampleDemande_Verifie() {
	d := modele.Demande{EJ: "750712184", Moment: modele.Admission, Assure: simphonie.NIRRecu("5555550000000"), Rang: "1", Regime: "02"}
	for _, a := range d.Verifie(modele.Interpretations{}) {
		fmt.Println(a.Code, a.Chemin)
	}
	// Output:
	// CDRI-NIR-PROVISOIRE demande.assure
	// CDRI-NAISSANCE-ABSENTE demande.naissance
}
