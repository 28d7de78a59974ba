package rapprochement_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/moyens"
	"github.com/simphonie/simphonie/diapason/rapprochement"
)

type (
	cles = rapprochement.Cles
	bac  = map[rapprochement.Etat]int
)

var trois = rapprochement.Fenetre{Avant: 1, Apres: 3}

func TestPasses(t *testing.T) {
	for nom, c := range map[string]struct {
		as    []rapprochement.Attendu
		ls    []rapprochement.Ligne
		liens []string
		motif string
		etats bac
	}{
		"idOp, whatever the day": {
			as:    []rapprochement.Attendu{attendu("A", 1700, 0, cles{Operation: "op1"})},
			ls:    []rapprochement.Ligne{ligne(1, 1700, 90, cles{Operation: "op1"})},
			liens: []string{"A R#1 1700 RAPP-PAR-OPERATION"}, etats: bac{"encaisse": 1700, "affecte": 1700},
		},
		"underpaid": {
			as:    []rapprochement.Attendu{attendu("A", 1700, 0, cles{Reference: "R7"})},
			ls:    []rapprochement.Ligne{ligne(1, 1000, 5, cles{Reference: "R7"})},
			liens: []string{"A R#1 1000 RAPP-PAR-REFERENCE"}, etats: bac{"encaisse": 1000, "reste-du": 700, "affecte": 1000},
		},
		"overpaid": {
			as:    []rapprochement.Attendu{attendu("A", 1700, 0, cles{Titre: "260000012"})},
			ls:    []rapprochement.Ligne{ligne(1, 2000, 5, cles{Titre: "260000012000100"})},
			liens: []string{"A R#1 2000 RAPP-PAR-TITRE"}, etats: bac{"encaisse": 1700, "affecte": 1700, "trop-percu": 300},
		},
		"paid twice": {
			as:    []rapprochement.Attendu{attendu("A", 1700, 0, cles{Reference: "R7"})},
			ls:    []rapprochement.Ligne{ligne(2, 1700, 9, cles{Reference: "R7"}), ligne(1, 1700, 5, cles{Reference: "R7"})},
			liens: []string{"A R#1 1700 RAPP-PAR-REFERENCE", "A R#2 1700 RAPP-PAR-REFERENCE"},
			etats: bac{"encaisse": 1700, "affecte": 1700, "doublon": 1700},
		},
		"authorisation numbers come again": {
			as: []rapprochement.Attendu{attendu("A", 1700, 0, cles{Contrat: "C", Autorisation: "A00395"}), attendu("B", 1700, 100, cles{Contrat: "C", Autorisation: "A00395"})},
			ls: []rapprochement.Ligne{ligne(1, 1700, 101, cles{Contrat: "C", Autorisation: "A00395"})}, liens: []string{"B R#1 1700 RAPP-PAR-AUTORISATION"},
			etats: bac{"encaisse": 1700, "affecte": 1700, "en-attente": 1700},
		},
		"an invoice paid with another": {
			as: []rapprochement.Attendu{{Ref: "A", Modalite: moyens.Virement, Montant: 5000, Le: j1, Factures: []string{"F1", "F2"}}},
			ls: []rapprochement.Ligne{{Numero: 1, Nature: "encaissement", Montant: 5000, Le: j1.AddDays(9), Facture: "F2"}}, liens: []string{"A R#1 5000 RAPP-PAR-FACTURE"},
			etats: bac{"encaisse": 5000, "affecte": 5000},
		},
		"a mandate is used every month": {
			as:    []rapprochement.Attendu{attendu("A", 1000, 0, cles{Accord: "M1"}), attendu("B", 1000, 30, cles{Accord: "M1"})},
			ls:    []rapprochement.Ligne{ligne(1, 1000, 32, cles{Accord: "M1"})},
			liens: []string{"B R#1 1000 RAPP-PAR-ACCORD"}, etats: bac{"encaisse": 1000, "affecte": 1000, "en-attente": 1000},
		},
		"a mandate with another amount": {
			as:    []rapprochement.Attendu{attendu("A", 1000, 0, cles{Accord: "M1"})},
			ls:    []rapprochement.Ligne{ligne(1, 900, 0, cles{Accord: "M1"})},
			motif: "RAPP-CHOIX-MONTANT", etats: bac{"en-attente": 1000, "non-rapproche": 900},
		},
		"a remittance pays three": {
			as: []rapprochement.Attendu{attendu("A", 1000, 0, cles{Contrat: "C", Remise: "7"}), attendu("B", 2000, 0, cles{Contrat: "C", Remise: "7"}),
				attendu("D", 500, 0, cles{Contrat: "C", Remise: "7"}), attendu("Z", 500, 200, cles{Contrat: "C", Remise: "7"})},
			ls:    []rapprochement.Ligne{ligne(1, 3500, 1, cles{Contrat: "C", Remise: "7"})},
			liens: []string{"A R#1 1000 RAPP-PAR-REMISE", "B R#1 2000 RAPP-PAR-REMISE", "D R#1 500 RAPP-PAR-REMISE"},
			etats: bac{"encaisse": 3500, "affecte": 3500, "en-attente": 500},
		},
		"a remittance of another total is not guessed": {
			as: []rapprochement.Attendu{attendu("A", 1000, 0, cles{Contrat: "C", Remise: "7"}), attendu("B", 2000, 0, cles{Contrat: "C", Remise: "7"})},
			ls: []rapprochement.Ligne{ligne(1, 1000, 1, cles{Contrat: "C", Remise: "7"})}, motif: "RAPP-CHOIX-MONTANT",
			etats: bac{"en-attente": 3000, "non-rapproche": 1000},
		},
		"amount and day, alone": {
			as:    []rapprochement.Attendu{attendu("A", 1700, 0, cles{Contrat: "C"}), attendu("B", 1700, 4, cles{Contrat: "C"})},
			ls:    []rapprochement.Ligne{ligne(1, 1700, 3, cles{})},
			motif: "RAPP-CHOIX-PLUSIEURS", etats: bac{"en-attente": 3400, "non-rapproche": 1700},
		},
		"amount and day, the contract tells": {
			as:    []rapprochement.Attendu{attendu("A", 1700, 0, cles{Contrat: "C"}), attendu("B", 1700, 0, cles{Contrat: "D"})},
			ls:    []rapprochement.Ligne{ligne(1, 1700, 3, cles{Contrat: "D"})},
			liens: []string{"B R#1 1700 RAPP-PAR-MONTANT-DATE"}, etats: bac{"encaisse": 1700, "affecte": 1700, "en-attente": 1700},
		},
		"two lines for one": {
			as:    []rapprochement.Attendu{attendu("A", 1700, 0, cles{})},
			ls:    []rapprochement.Ligne{ligne(1, 1700, 1, cles{}), ligne(2, 1700, 3, cles{})},
			motif: "RAPP-CHOIX-PLUSIEURS", etats: bac{"en-attente": 1700, "non-rapproche": 3400},
		},
		"too late": {
			as:    []rapprochement.Attendu{attendu("A", 1700, 0, cles{})},
			ls:    []rapprochement.Ligne{ligne(1, 1700, 4, cles{})},
			etats: bac{"en-attente": 1700, "non-rapproche": 1700},
		},
		"another reference": {
			as:    []rapprochement.Attendu{attendu("A", 1700, 0, cles{Reference: "X"})},
			ls:    []rapprochement.Ligne{ligne(1, 1700, 0, cles{Reference: "Y"})},
			etats: bac{"en-attente": 1700, "non-rapproche": 1700},
		},
		"a key says yes, another no": {
			as:    []rapprochement.Attendu{attendu("A", 1700, 0, cles{Operation: "op1", Reference: "X"})},
			ls:    []rapprochement.Ligne{ligne(1, 1700, 0, cles{Operation: "op1", Reference: "Y"})},
			motif: "RAPP-CHOIX-CONTREDIT", etats: bac{"en-attente": 1700, "non-rapproche": 1700},
		},
		"the strongest key names one debt, another key another debt": {
			as: []rapprochement.Attendu{attendu("A", 1700, 0, cles{Operation: "op1", Reference: "X"}), attendu("B", 1700, 0, cles{Reference: "Y"})},
			ls: []rapprochement.Ligne{ligne(1, 1700, 0, cles{Operation: "op1", Reference: "Y"})}, motif: "RAPP-CHOIX-CONTREDIT",
			etats: bac{"en-attente": 3400, "non-rapproche": 1700},
		},
		"the strongest key names two debts, another key a third one": {
			as: []rapprochement.Attendu{attendu("A", 1700, 0, cles{Operation: "op1"}), attendu("B", 1700, 0, cles{Operation: "op1"}), attendu("D", 1700, 0, cles{Reference: "Y"})},
			ls: []rapprochement.Ligne{ligne(1, 1700, 0, cles{Operation: "op1", Reference: "Y"})}, motif: "RAPP-CHOIX-CONTREDIT",
			etats: bac{"en-attente": 5100, "non-rapproche": 1700},
		},
		"the strongest key names debts that are settled, another key another debt": {
			as:    []rapprochement.Attendu{attendu("A", 300, 0, cles{Reference: "X"}), attendu("B", 500, 0, cles{Reference: "X", Autorisation: "1"}), attendu("D", 100, 0, cles{Accord: "M"})},
			ls:    []rapprochement.Ligne{ligne(1, 500, 0, cles{Autorisation: "1"}), ligne(2, 300, 0, cles{Reference: "X"}), ligne(3, 100, 0, cles{Reference: "X", Accord: "M"})},
			motif: "RAPP-CHOIX-CONTREDIT", liens: []string{"B R#1 500 RAPP-PAR-AUTORISATION", "A R#2 300 RAPP-PAR-REFERENCE"},
			etats: bac{"encaisse": 800, "affecte": 800, "en-attente": 100, "non-rapproche": 100},
		},
		"a weaker key chooses among those of the strongest": {
			as: []rapprochement.Attendu{attendu("A", 1700, 0, cles{Reference: "X", Accord: "M1"}), attendu("B", 1700, 0, cles{Reference: "X", Accord: "M2"})},
			ls: []rapprochement.Ligne{ligne(1, 1700, 0, cles{Reference: "X", Accord: "M2"})}, liens: []string{"B R#1 1700 RAPP-PAR-ACCORD"},
			etats: bac{"encaisse": 1700, "affecte": 1700, "en-attente": 1700},
		},
		"amount and day, another waits for an undecided line": {
			as: []rapprochement.Attendu{attendu("A", 1700, 0, cles{Reference: "X"}), attendu("B", 1700, 0, cles{}), attendu("D", 1700, 0, cles{Reference: "X"})},
			ls: []rapprochement.Ligne{ligne(1, 1700, 0, cles{}), ligne(2, 1700, 0, cles{Reference: "X"})}, motif: "RAPP-CHOIX-PLUSIEURS",
			etats: bac{"en-attente": 5100, "non-rapproche": 3400},
		},
		"amount and day, or what another has left unpaid": {
			as: []rapprochement.Attendu{attendu("A", 1700, 0, cles{}), attendu("B", 3400, 0, cles{Reference: "X"})},
			ls: []rapprochement.Ligne{ligne(1, 1700, 0, cles{Reference: "X"}), ligne(2, 1700, 0, cles{})}, motif: "RAPP-CHOIX-PLUSIEURS",
			liens: []string{"B R#1 1700 RAPP-PAR-REFERENCE"},
			etats: bac{"encaisse": 1700, "affecte": 1700, "reste-du": 1700, "en-attente": 1700, "non-rapproche": 1700},
		},
		"what is left unpaid alone is not settled by its amount": {
			as:    []rapprochement.Attendu{attendu("B", 3400, 0, cles{Reference: "X"})},
			ls:    []rapprochement.Ligne{ligne(1, 1700, 0, cles{Reference: "X"}), ligne(2, 1700, 0, cles{})},
			liens: []string{"B R#1 1700 RAPP-PAR-REFERENCE"},
			etats: bac{"encaisse": 1700, "affecte": 1700, "reste-du": 1700, "non-rapproche": 1700},
		},
		"a bounce between what had come and what came later": {
			as:    []rapprochement.Attendu{attendu("A", 1700, 0, cles{Reference: "X"})},
			ls:    []rapprochement.Ligne{ligne(1, 1000, 1, cles{Reference: "X"}), ligne(2, 700, 9, cles{Reference: "X"}), ligne(3, -1700, 5, cles{Reference: "X"})},
			liens: []string{"A R#1 1000 RAPP-PAR-REFERENCE", "A R#2 700 RAPP-PAR-REFERENCE"}, motif: "RAPP-CHOIX-SANS-RECU",
			etats: bac{"encaisse": 1700, "affecte": 1700, "non-rapproche": -1700},
		},
		"a bounce on the day of its payment": {
			as:    []rapprochement.Attendu{attendu("A", 1700, 0, cles{Reference: "X"})},
			ls:    []rapprochement.Ligne{ligne(1, -1700, 5, cles{Reference: "X"}), ligne(2, 1700, 5, cles{Reference: "X"})},
			liens: []string{"A R#1 -1700 RAPP-PAR-REFERENCE", "A R#2 1700 RAPP-PAR-REFERENCE"}, etats: bac{"rejete": 1700},
		},
		"a return whose keys name two debts": {
			as:    []rapprochement.Attendu{attendu("A", 1700, 0, cles{Operation: "op1", Reference: "X"}), attendu("B", 1700, 0, cles{Reference: "Y"})},
			ls:    []rapprochement.Ligne{ligne(1, 1700, 0, cles{Reference: "X"}), ligne(2, 1700, 0, cles{Reference: "Y"}), ligne(3, -1700, 5, cles{Operation: "op1", Reference: "Y"})},
			liens: []string{"A R#1 1700 RAPP-PAR-REFERENCE", "B R#2 1700 RAPP-PAR-REFERENCE"}, motif: "RAPP-CHOIX-CONTREDIT",
			etats: bac{"encaisse": 3400, "affecte": 3400, "non-rapproche": -1700},
		},
		"a weaker key tells which of two gives back": {
			as: []rapprochement.Attendu{attendu("A", 1000, 0, cles{Reference: "X", Accord: "M1"}), attendu("B", 1000, 0, cles{Reference: "X", Accord: "M2"})},
			ls: []rapprochement.Ligne{ligne(1, 1000, 0, cles{Reference: "X", Accord: "M1"}), ligne(2, 1000, 0, cles{Reference: "X", Accord: "M2"}),
				ligne(3, -1000, 5, cles{Reference: "X", Accord: "M2"})},
			liens: []string{"A R#1 1000 RAPP-PAR-ACCORD", "B R#2 1000 RAPP-PAR-ACCORD", "B R#3 -1000 RAPP-PAR-REFERENCE"},
			etats: bac{"encaisse": 1000, "affecte": 1000, "rejete": 1000},
		},
		"a mandate gives back a whole payment only": {
			as:    []rapprochement.Attendu{attendu("A", 1000, 0, cles{Accord: "M"}), attendu("B", 200, 0, cles{Accord: "M"})},
			ls:    []rapprochement.Ligne{ligne(1, 1000, 0, cles{Accord: "M"}), ligne(2, 200, 0, cles{Accord: "M"}), ligne(3, -300, 5, cles{Accord: "M"})},
			liens: []string{"A R#1 1000 RAPP-PAR-ACCORD", "B R#2 200 RAPP-PAR-ACCORD"}, motif: "RAPP-CHOIX-MONTANT",
			etats: bac{"encaisse": 1200, "affecte": 1200, "non-rapproche": -300},
		},
		"a part of a card payment given back": {
			as:    []rapprochement.Attendu{attendu("A", 1000, 0, cles{Contrat: "C", Autorisation: "A1"})},
			ls:    []rapprochement.Ligne{ligne(1, 1000, 0, cles{Contrat: "C", Autorisation: "A1"}), ligne(2, -300, 5, cles{Contrat: "C", Autorisation: "A1"})},
			liens: []string{"A R#1 1000 RAPP-PAR-AUTORISATION"}, motif: "RAPP-CHOIX-MONTANT",
			etats: bac{"encaisse": 1000, "affecte": 1000, "non-rapproche": -300},
		},
		"same reference, the authorisation tells": {
			as: []rapprochement.Attendu{attendu("A", 1700, 0, cles{Reference: "X", Autorisation: "1"}), attendu("B", 1700, 0, cles{Reference: "X", Autorisation: "2"})},
			ls: []rapprochement.Ligne{ligne(1, 1700, 0, cles{Reference: "X", Autorisation: "2"})}, liens: []string{"B R#1 1700 RAPP-PAR-AUTORISATION"},
			etats: bac{"encaisse": 1700, "affecte": 1700, "en-attente": 1700},
		},
		"same reference, nothing tells": {
			as:    []rapprochement.Attendu{attendu("A", 1700, 0, cles{Reference: "X"}), attendu("B", 1700, 0, cles{Reference: "X"})},
			ls:    []rapprochement.Ligne{ligne(1, 1700, 0, cles{Reference: "X"})},
			motif: "RAPP-CHOIX-PLUSIEURS", etats: bac{"en-attente": 3400, "non-rapproche": 1700},
		},
		"same reference, one line for all": {
			as:    []rapprochement.Attendu{attendu("A", 1700, 0, cles{Reference: "X"}), attendu("B", 300, 0, cles{Reference: "X"})},
			ls:    []rapprochement.Ligne{ligne(1, 2000, 0, cles{Reference: "X"})},
			liens: []string{"A R#1 1700 RAPP-PAR-REFERENCE", "B R#1 300 RAPP-PAR-REFERENCE"}, etats: bac{"encaisse": 2000, "affecte": 2000},
		},
		"same reference, the amount tells": {
			as:    []rapprochement.Attendu{attendu("A", 1700, 0, cles{Reference: "X"}), attendu("B", 300, 0, cles{Reference: "X"})},
			ls:    []rapprochement.Ligne{ligne(1, 300, 0, cles{Reference: "X"})},
			liens: []string{"B R#1 300 RAPP-PAR-REFERENCE"}, etats: bac{"encaisse": 300, "affecte": 300, "en-attente": 1700},
		},
		"net of a commission": {
			as: []rapprochement.Attendu{attendu("A", 1000, 0, cles{Contrat: "C", Remise: "7"})},
			ls: []rapprochement.Ligne{{Numero: 1, Nature: "encaissement", Montant: 995, Commission: 5, Le: j1, Cles: cles{Contrat: "C", Remise: "7"}},
				{Numero: 2, Nature: "commission", Montant: -3, Le: j1}},
			liens: []string{"A R#1 1000 RAPP-PAR-REMISE"}, etats: bac{"encaisse": 1000, "affecte": 1000, "commission": -8},
		},
		"PayFiP V bounced, then paid again": {
			as:    []rapprochement.Attendu{attendu("A", 1700, 0, cles{Operation: "op1"})},
			ls:    []rapprochement.Ligne{ligne(1, 1700, 2, cles{Operation: "op1"}), ligne(2, -1700, 9, cles{Operation: "op1"}), ligne(3, 1700, 20, cles{Operation: "op1"})},
			liens: []string{"A R#1 1700 RAPP-PAR-OPERATION", "A R#2 -1700 RAPP-PAR-OPERATION", "A R#3 1700 RAPP-PAR-OPERATION"},
			etats: bac{"encaisse": 1700, "affecte": 1700},
		},
		"bounced": {
			as:    []rapprochement.Attendu{attendu("A", 1700, 0, cles{Operation: "op1"})},
			ls:    []rapprochement.Ligne{ligne(1, 1700, 2, cles{Operation: "op1"}), ligne(2, -1700, 9, cles{Operation: "op1"})},
			liens: []string{"A R#1 1700 RAPP-PAR-OPERATION", "A R#2 -1700 RAPP-PAR-OPERATION"}, etats: bac{"rejete": 1700},
		},
		"bounce before anything came": {
			as:    []rapprochement.Attendu{attendu("A", 1700, 0, cles{Operation: "op1"})},
			ls:    []rapprochement.Ligne{ligne(2, -1700, 9, cles{Operation: "op1"})},
			motif: "RAPP-CHOIX-SANS-RECU", etats: bac{"en-attente": 1700, "non-rapproche": -1700},
		},
		"a bounce of more than what came": {
			as:    []rapprochement.Attendu{attendu("A", 1700, 0, cles{Reference: "X"})},
			ls:    []rapprochement.Ligne{ligne(1, 1000, 2, cles{Reference: "X"}), ligne(2, -1700, 9, cles{Reference: "X"})},
			liens: []string{"A R#1 1000 RAPP-PAR-REFERENCE"}, motif: "RAPP-CHOIX-SANS-RECU",
			etats: bac{"encaisse": 1000, "affecte": 1000, "reste-du": 700, "non-rapproche": -1700},
		},
		"a bounce before its payment": {
			as:    []rapprochement.Attendu{attendu("A", 1700, 0, cles{Reference: "X"})},
			ls:    []rapprochement.Ligne{ligne(1, 1700, 5, cles{Reference: "X"}), ligne(2, -1700, 4, cles{Reference: "X"})},
			liens: []string{"A R#1 1700 RAPP-PAR-REFERENCE"}, motif: "RAPP-CHOIX-SANS-RECU",
			etats: bac{"encaisse": 1700, "affecte": 1700, "non-rapproche": -1700},
		},
		"two bounces of one payment": {
			as:    []rapprochement.Attendu{attendu("A", 1700, 0, cles{Reference: "X"})},
			ls:    []rapprochement.Ligne{ligne(1, 1700, 2, cles{Reference: "X"}), ligne(2, -1700, 5, cles{Reference: "X"}), ligne(3, -1700, 4, cles{Reference: "X"})},
			liens: []string{"A R#1 1700 RAPP-PAR-REFERENCE", "A R#3 -1700 RAPP-PAR-REFERENCE"}, motif: "RAPP-CHOIX-SANS-RECU",
			etats: bac{"rejete": 1700, "non-rapproche": -1700},
		},
		"the rest, and as much again": {
			as:    []rapprochement.Attendu{attendu("A", 1000, 0, cles{Reference: "X"})},
			ls:    []rapprochement.Ligne{ligne(1, 400, 2, cles{Reference: "X"}), ligne(2, 1600, 5, cles{Reference: "X"})},
			liens: []string{"A R#1 400 RAPP-PAR-REFERENCE", "A R#2 1600 RAPP-PAR-REFERENCE"},
			etats: bac{"encaisse": 1000, "affecte": 1000, "trop-percu": 1000},
		},
		"a titre of another product": {
			as:    []rapprochement.Attendu{attendu("A", 1000, 0, cles{Titre: "260000012000100"}), attendu("B", 500, 0, cles{Titre: "260000012000100"})},
			ls:    []rapprochement.Ligne{ligne(1, 1500, 2, cles{Titre: "260000012000200"})},
			motif: "RAPP-CHOIX-CONTREDIT", etats: bac{"en-attente": 1500, "non-rapproche": 1500},
		},
		"a bounce without a key is never guessed": {
			as:    []rapprochement.Attendu{attendu("A", 1700, 0, cles{Operation: "op1"})},
			ls:    []rapprochement.Ligne{ligne(1, 1700, 2, cles{Operation: "op1"}), ligne(2, -1700, 2, cles{})},
			liens: []string{"A R#1 1700 RAPP-PAR-OPERATION"}, etats: bac{"encaisse": 1700, "affecte": 1700, "non-rapproche": -1700},
		},
		"contested": {
			as: []rapprochement.Attendu{attendu("A", 1700, 0, cles{Operation: "op1"})},
			ls: []rapprochement.Ligne{ligne(1, 1700, 2, cles{Operation: "op1"}),
				{Numero: 2, Nature: "contestation", Montant: -1700, Le: j1.AddDays(40), Cles: cles{Operation: "op1"}}},
			liens: []string{"A R#1 1700 RAPP-PAR-OPERATION", "A R#2 -1700 RAPP-PAR-OPERATION"}, etats: bac{"conteste": 1700},
		},
		"refund of what was too much, then of some more": {
			as: []rapprochement.Attendu{attendu("A", 1700, 0, cles{Reference: "R7"})},
			ls: []rapprochement.Ligne{ligne(1, 2000, 5, cles{Reference: "R7"}),
				{Numero: 2, Nature: "remboursement", Montant: -500, Le: j1.AddDays(9), Cles: cles{Reference: "R7"}}},
			liens: []string{"A R#1 2000 RAPP-PAR-REFERENCE", "A R#2 -500 RAPP-PAR-REFERENCE"},
			etats: bac{"encaisse": 1500, "affecte": 1500, "rembourse": 200},
		},
		"a return between two that have the key": {
			as:    []rapprochement.Attendu{attendu("A", 1000, 0, cles{Accord: "M1"}), attendu("B", 1000, 30, cles{Accord: "M1"})},
			ls:    []rapprochement.Ligne{ligne(1, 1000, 0, cles{Accord: "M1"}), ligne(2, 1000, 30, cles{Accord: "M1"}), ligne(3, -1000, 40, cles{Accord: "M1"})},
			liens: []string{"A R#1 1000 RAPP-PAR-ACCORD", "B R#2 1000 RAPP-PAR-ACCORD"}, motif: "RAPP-CHOIX-PLUSIEURS",
			etats: bac{"encaisse": 2000, "affecte": 2000, "non-rapproche": -1000},
		},
	} {
		t.Run(nom, func(t *testing.T) {
			e := rapprochement.Entree{Attendus: c.as, Releves: []rapprochement.Releve{releve("R", c.ls...)}, Fenetre: trois}
			r := rapproche(t, e)
			if c.liens == nil {
				c.liens = []string{}
			}
			assert.Equal(t, c.liens, liens(r))
			assert.Equal(t, c.etats, etats(r))
			motif := ""
			if len(r.Choix) > 0 {
				motif = string(r.Choix[0].Motif)
			}
			assert.Equal(t, c.motif, motif)
			// What is kept is kept: nothing moves the second time.
			e.Acquises = r.Affectations
			deux := rapproche(t, e)
			assert.Equal(t, r.Affectations, deux.Affectations)
			assert.Equal(t, r.Postes, deux.Postes)
		})
	}
}

// A later line makes a tie of what was alone: the match that was kept stands.
func TestAcquise(t *testing.T) {
	e := rapprochement.Entree{Attendus: []rapprochement.Attendu{attendu("A", 1700, 0, cles{})}, Fenetre: trois,
		Releves: []rapprochement.Releve{releve("R", ligne(1, 1700, 1, cles{}))}}
	e.Acquises = rapproche(t, e).Affectations
	e.Releves = append(e.Releves, releve("S", ligne(2, 1700, 2, cles{})))
	e.Releves[1].Periode = simphonie.Periode{Du: j1, Au: j1.AddDays(2)}
	r := rapproche(t, e)
	assert.Equal(t, []string{"A R#1 1700 RAPP-PAR-MONTANT-DATE"}, liens(r))
	e.Acquises = nil
	assert.Empty(t, liens(rapproche(t, e)))

	// A match that stands twice in the register counts once.
	lot := cles{Contrat: "C", Remise: "7"}
	deux := rapprochement.Entree{Attendus: []rapprochement.Attendu{attendu("A", 500, 0, lot), attendu("B", 500, 0, lot)},
		Releves: []rapprochement.Releve{releve("R", ligne(1, 1000, 0, lot))}}
	deux.Acquises = rapproche(t, deux).Affectations
	require.Len(t, deux.Acquises, 2)
	deux.Acquises[1] = deux.Acquises[0]
	r = rapproche(t, deux)
	assert.Equal(t, bac{"encaisse": 500, "affecte": 500, "en-attente": 500, "non-rapproche": 500}, etats(r))
	assert.Equal(t, []simphonie.Code{"RAPP-ACQUISE-PERDUE"}, r.Anomalies.Codes())

	for nom, x := range map[string]rapprochement.Affectation{
		"line gone":     {Ligne: rapprochement.LigneID{Releve: "X", Numero: 1}, Attendu: "A", Montant: 1700, Regle: "RAPP-PAR-REMISE"},
		"receipt gone":  {Ligne: rapprochement.LigneID{Releve: "R", Numero: 1}, Attendu: "X", Montant: 1700, Regle: "RAPP-PAR-REMISE"},
		"too much":      {Ligne: rapprochement.LigneID{Releve: "R", Numero: 1}, Attendu: "A", Montant: 1701, Regle: "RAPP-PAR-REMISE"},
		"other sign":    {Ligne: rapprochement.LigneID{Releve: "R", Numero: 1}, Attendu: "A", Montant: -1700, Regle: "RAPP-PAR-REMISE"},
		"unknown rule":  {Ligne: rapprochement.LigneID{Releve: "R", Numero: 1}, Attendu: "A", Montant: 1700, Regle: "X"},
		"lowest amount": {Ligne: rapprochement.LigneID{Releve: "R", Numero: 1}, Attendu: "A", Montant: -1 << 63, Regle: "RAPP-PAR-REMISE"},
	} {
		e.Acquises = []rapprochement.Affectation{x}
		assert.Contains(t, rapproche(t, e).Anomalies.Codes(), simphonie.Code("RAPP-ACQUISE-PERDUE"), nom)
	}
}

func TestOuverts(t *testing.T) {
	e := rapprochement.Entree{Attendus: []rapprochement.Attendu{attendu("A", 100, 5, cles{}), attendu("B", 200, 0, cles{})},
		Releves: []rapprochement.Releve{releve("R", ligne(1, 300, 7, cles{}))}}
	r := rapproche(t, e)
	au := j1.AddDays(10)
	en := r.Ouverts(rapprochement.EnAttente, au)
	require.Len(t, en, 2)
	assert.Equal(t, []any{"B", 10, "A", 5}, []any{en[0].Attendu, en[0].Age, en[1].Attendu, en[1].Age})
	seules := r.Ouverts(rapprochement.NonRapproche, au)
	require.Len(t, seules, 1)
	assert.Equal(t, 3, seules[0].Age)
	assert.Empty(t, r.Ouverts(rapprochement.Encaisse, au), "nobody waits for what is settled")
}
