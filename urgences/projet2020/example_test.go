package projet2020_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/tarif"
	"github.com/simphonie/simphonie/urgences"
	"github.com/simphonie/simphonie/urgences/projet2020"
)

// What a visit of June 2021 would have given: key letters, bands, prices and
// rates are the caller's, invented here.
func Example() {
	lettres, err := projet2020.LoadCatalogue(strings.NewReader(`{"millesime": 2021, "reference": "hypothèse FICTIVE n° 1",
	"forfaits": [{"code": "ZA1", "desMois": 0, "avantMois": 60}, {"code": "ZA2", "desMois": 60, "avantMois": 240},
	             {"code": "ZA3", "desMois": 240, "avantMois": 840}, {"code": "ZA4", "desMois": 840}],
	"supplements": [{"code": "ZSC", "contexte": "arrivee", "entree": "couche"},
	                {"code": "ZS3", "contexte": "ccmu"}, {"code": "ZSB", "contexte": "biologie"}],
	"patient": {"assure": "ZPU", "regime": "ZPU", "local": "ZPU"}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	prix, err := tarif.Load(strings.NewReader(prixFictifs), tarif.LoadOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	cg, _ := simphonie.ParseTaux("7")
	cp, _ := simphonie.ParseTaux("0.7")
	naissance, _ := simphonie.ParseDateNaissance("1970-06-15")
	o := &projet2020.Options{ConnuAu: simphonie.MustJour("2026-11-01"), Catalogue2021: lettres, Tarifs: prix, Expliquer: true,
		Coefficients: []projet2020.Coefficients{{FINESS: "750712184", Periode: simphonie.Periode{Du: simphonie.MustJour("2021-03-01")},
			Geographique: cg, Prudentiel: cp, Reference: "FICTIF", ConnuLe: simphonie.MustJour("2021-02-01")}}}
	r, err := projet2020.Compute(&projet2020.Passage{
		Venue: "900000001",
		Etablissement: urgences.Etablissement{FINESS: "750712184", Secteur: tarif.ExDG,
			Territoire: simphonie.Metropole, StructureAutorisee: simphonie.Oui},
		Naissance: naissance, DebutSoins: time.Date(2021, 6, 1, 8, 0, 0, 0, time.UTC),
		Orientation: urgences.Domicile, Motif: urgences.MotifGeneral,
		Entree: projet2020.Couche, CCMU: "3",
		Droits: &droits.Acquisition{Support: droits.SupportCDRi, Organisme: simphonie.Organisme{Regime: "01", Caisse: "751"}},
	}, o)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Facture.JeuRegles)
	for i, l := range r.Facture.Lignes {
		fmt.Println(l.Code, l.Honoraires, r.Facture.Parts[i].Debiteur)
	}
	fmt.Println("base AMO", r.BaseAMO, "base TM", r.BaseTM, r.Explication.Prouve(&r.Facture))
	fmt.Println(r.Explication.Etapes[0].Texte())
	// Output:
	// projet-2020/2021-03-01 (jamais en vigueur)
	// ZA3 21.39 amo
	// ZSC 13.01 amo
	// ZS3 18.63 amo
	// ZPU 18.41 patient
	// base AMO 53.03 base TM 18.41 <nil>
	// Réforme des urgences telle que projetée en 2020, jamais entrée en vigueur : rien de ce calcul ne se facture.
}
