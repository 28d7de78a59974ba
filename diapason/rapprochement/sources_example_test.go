package rapprochement_test

import (
	"fmt"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/moyens"
	"github.com/simphonie/simphonie/diapason/rapprochement"
)

// Where the fields of four payments go: a card at the desk (tags of the
// terminal), a debit under an agreement, PayFiP, and a titre.
func ExampleAttendu_Avec() {
	le := simphonie.MustJour
	etape := func(nom rapprochement.NomEtape, jour string, c rapprochement.Cles) rapprochement.Etape {
		return rapprochement.Etape{Nom: nom, Le: le(jour), Cles: c}
	}

	// The terminal answers AE 10 with the amount CB and echoes CF; CG and AC come
	// with it. The remittance comes with the télécollecte.
	terminal, err := rapprochement.Attendu{Ref: "P1", Modalite: moyens.Terminal, Montant: 17_00, Le: le("2026-03-03"), Factures: []string{"F1"}}.Avec(
		etape(rapprochement.EtapeResultat, "2026-03-03", rapprochement.Cles{Reference: "P1-1" /* CF */, Contrat: "1234567" /* CG */, Autorisation: "A00395" /* AC */}),
		etape(rapprochement.EtapeRemise, "2026-03-03", rapprochement.Cles{Remise: "042"}))
	montre(terminal, err)

	// Of a deferred debit, the agreement is known first and the amount last.
	differe, err := rapprochement.Attendu{Ref: "P2", Modalite: moyens.Differe}.Avec(
		etape(rapprochement.EtapeAccord, "2026-02-10", rapprochement.Cles{Accord: "AC-7", Contrat: "1234568"}))
	montre(differe, err)
	differe.Montant, differe.Le, differe.Factures = 24_00, le("2026-03-06"), []string{"F2", "F3"}
	differe, err = differe.Avec(
		etape(rapprochement.EtapeAvis, "2026-03-03", rapprochement.Cles{}),
		etape(rapprochement.EtapeOrdre, "2026-03-06", rapprochement.Cles{}),
		etape(rapprochement.EtapeResultat, "2026-03-06", rapprochement.Cles{Autorisation: "B77120"}))
	montre(differe, err)

	// PayFiP: refdet and idOp when the payment is made, then resultrans, which says
	// the modality (P: card, V: debit), with numauto and dattrans.
	payfip, err := rapprochement.Attendu{Ref: "P3", Modalite: moyens.PayFiPPrelevement, Montant: 22_00, Le: le("2026-03-05"), Factures: []string{"F4"}}.Avec(
		etape(rapprochement.EtapeOrdre, "2026-03-05", rapprochement.Cles{Reference: "RAC2026012", Operation: "cc0cb210-1cd4-11ea-8cca-0213ad91a103"}),
		etape(rapprochement.EtapeResultat, "2026-03-05", rapprochement.Cles{Autorisation: "112233445566-tip"}))
	montre(payfip, err)

	// A titre: nine digits when it is issued, fifteen for the Trésor.
	cle, err := moyens.NewCleTitre(2026, 12)
	if err != nil {
		fmt.Println(err)
		return
	}
	longue, err := cle.AvecComplement("000100")
	if err != nil {
		fmt.Println(err)
		return
	}
	titre, err := rapprochement.Attendu{Ref: "P4", Modalite: moyens.ParTitre, Montant: 51_00, Le: le("2026-03-09"), Factures: []string{"F5"}}.Avec(
		etape(rapprochement.EtapeFacture, "2026-03-09", rapprochement.Cles{Titre: cle}),
		etape(rapprochement.EtapeAvis, "2026-03-10", rapprochement.Cles{Titre: longue}))
	montre(titre, err)

	// Another payment of the same debt is another receipt.
	_, err = payfip.Avec(etape(rapprochement.EtapeOrdre, "2026-03-20", rapprochement.Cles{Operation: "0d1c94b6-2f0e-11ea-b6f1-0213ad91a103"}))
	fmt.Println(err)
	// Output:
	// P1 terminal 17.00 contrat 1234567, référence P1-1, autorisation A00395, remise 042 (étapes : 2)
	// P2 differe 0.00 contrat 1234568, accord AC-7 (étapes : 1)
	// P2 differe 24.00 contrat 1234568, autorisation B77120, accord AC-7 (étapes : 4)
	// P3 payfip-prelevement 22.00 référence RAC2026012, autorisation 112233445566-tip, opération cc0cb210-1cd4-11ea-8cca-0213ad91a103 (étapes : 2)
	// P4 titre 51.00 titre 260000012000100 (étapes : 2)
	// RAPP-CLE-CHANGEE rapprochement etape ordre: a key known from a former step has another value
}

func montre(a rapprochement.Attendu, err error) {
	if err != nil {
		fmt.Println(err)
		return
	}
	c, sep := a.Cles, " "
	fmt.Print(a.Ref, " ", a.Modalite, " ", a.Montant)
	for _, k := range [][2]string{{"contrat", c.Contrat}, {"référence", c.Reference}, {"autorisation", c.Autorisation}, {"opération", c.Operation},
		{"accord", c.Accord}, {"remise", c.Remise}, {"titre", string(c.Titre)}} {
		if k[1] != "" {
			fmt.Print(sep, k[0], " ", k[1])
			sep = ", "
		}
	}
	fmt.Printf(" (étapes : %d)\n", len(a.Etapes))
}
