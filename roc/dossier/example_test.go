package dossier_test

import (
	"fmt"

	"github.com/simphonie/simphonie/roc/dossier"
	"github.com/simphonie/simphonie/roc/modele"
)

// The amounts change after the CLC: it can no longer be billed.
func ExampleDossier_Applique() {
	d, _ := dossier.New("26000001", "0434243085")
	appel := func(s modele.Service, requete string) dossier.Appel {
		return dossier.Appel{Service: s, Moment: modele.Sortie, Requete: requete, Empreinte: modele.Empreinte{1}, Le: quand}
	}
	accepte := modele.Retour{Issue: modele.Issue{Sens: modele.Accepte}}
	for _, e := range []dossier.Evenement{
		dossier.IDBRecue{Appel: appel(modele.IDB, "r-1"), Reponse: &modele.Identification{Retour: accepte}},
		dossier.Depart{Appel: appel(modele.CLC, "r-2"), Lignes: 1},
		dossier.CalculRecu{Requete: "r-2", Reponse: &modele.Calcul{Retour: accepte, Montants: []modele.Montant{{Ligne: 0, Part: 2000}}}},
		dossier.DonneesChangees{Empreinte: modele.Empreinte{2}},
	} {
		s := d.Applique(e, dossier.Politique{})
		d = s.Dossier
		fmt.Println(d.Etat, s.Effets)
		for _, a := range s.Anomalies {
			fmt.Println(a.Message)
		}
	}
	// Output:
	// identifie []
	// identifie []
	// calcule [emettre]
	// calcule [recalculer]
	// Les données ont changé depuis le calcul : l'annuler et le refaire avant de facturer.
}
