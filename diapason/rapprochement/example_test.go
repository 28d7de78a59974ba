package rapprochement_test

import (
	"fmt"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/moyens"
	"github.com/simphonie/simphonie/diapason/rapprochement"
)

// Two card payments of a remittance, a PayFiP debit not seen yet, a transfer
// that nobody expected.
func ExampleRapprocher() {
	le := simphonie.MustJour
	remise := rapprochement.Cles{Contrat: "1234567", Remise: "042"}
	releve, err := rapprochement.LireReleve(strings.NewReader(
		"numero;le;nature;montant;contrat;remise\n"+
			"1;2026-03-04;encaissement;51.00;1234567;042\n"+
			"2;2026-03-05;encaissement;30.00;;\n"),
		rapprochement.Releve{ID: "2026-03", Compte: "DFT1", Periode: simphonie.Periode{Du: le("2026-03-01"), Au: le("2026-03-31")}})
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := rapprochement.Rapprocher(rapprochement.Entree{
		Attendus: []rapprochement.Attendu{
			{Ref: "A1", Modalite: moyens.Terminal, Montant: 17_00, Le: le("2026-03-03"), Cles: remise},
			{Ref: "A2", Modalite: moyens.Terminal, Montant: 34_00, Le: le("2026-03-03"), Cles: remise},
			{Ref: "A3", Modalite: moyens.PayFiPPrelevement, Montant: 22_00, Le: le("2026-03-03"), Cles: rapprochement.Cles{Operation: "op1"}},
		},
		Releves: []rapprochement.Releve{releve},
		Fenetre: rapprochement.Fenetre{Apres: 3},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, a := range r.Affectations {
		fmt.Println(a.Ligne, a.Attendu, a.Montant, a.Regle)
	}
	for _, e := range []rapprochement.Etat{rapprochement.EnAttente, rapprochement.NonRapproche} {
		for _, o := range r.Ouverts(e, le("2026-03-10")) {
			fmt.Println(o.Etat, o.Montant, o.Age, "jours")
		}
	}
	// Output:
	// 2026-03#1 A1 17.00 RAPP-PAR-REMISE
	// 2026-03#1 A2 34.00 RAPP-PAR-REMISE
	// en-attente 22.00 7 jours
	// non-rapproche 30.00 5 jours
}
