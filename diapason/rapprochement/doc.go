// Package rapprochement reconciles what patients paid with what bank and DFT
// statements show.
//
//	r, err := rapprochement.Rapprocher(rapprochement.Entree{
//		Attendus: attendus, Releves: releves, // what is expected, what was seen
//		Decisions: registre.Decisions, Acquises: registre.Acquises, // what is kept
//		Fenetre: rapprochement.Fenetre{Apres: 3}, // the establishment's own choice
//	})
//	r.Ouverts(rapprochement.EnAttente, aujourdhui)    // expected, not seen
//	r.Ouverts(rapprochement.NonRapproche, aujourdhui) // seen, not expected
//	registre.Acquises = r.Affectations                // save it: EncodeRegistre
//
// An Attendu keeps the keys that each step gave it (Attendu.Avec): agreement,
// invoice, reference, authorisation, contract, remittance. Lines of statements
// (LireReleve, or values) are matched in this order, and say by which rule:
//
//  1. what a person decided, then what was matched before;
//  2. exact keys, from the operation of PayFiP to the remittance;
//  3. amount and day, when one line and one receipt are alone for each other;
//  4. the rest is a Choix, for a person: nothing is guessed.
//
// A line that takes money back (bounce, chargeback, refund) needs a key.
//
// Every cent of both sides is in one Poste, in one state. Overpaid, paid twice,
// unmatched, written off … are states of their own; none is computed as what the
// others leave. Rapprocher verifies it receipt by receipt and line by line, and
// Resultat.Verifie does it again.
//
// The same statement given twice counts once, and so does a line that two
// overlapping statements show. The result does not depend on any order.
//
// The package is pure: no clock, no file, no goroutine. Functions may be called
// at once on shared values: inputs are not modified.
package rapprochement
