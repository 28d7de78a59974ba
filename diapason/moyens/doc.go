// Package moyens holds the ways in which a patient may pay what is left to him
// when a card debit after discharge did not happen: PayFiP, transfer link,
// e-mandate, titre and avis des sommes à payer (ASAP), desk of the régie.
//
//	ps, err := moyens.Proposer(moyens.Dette{Montant: 17_00}, moyens.Contexte{
//		Le: aujourdhui, Etablissement: &etablissement, Mel: true})
//	ps[0].Moyen.Libelle // the first that is open; Raisons says why others are not
//
// The means and their rules are data (Catalogue, Charge); docs/MOYENS.md tells
// what no public text says. Etablissement.Verifie checks the régie, the DFT
// account and the merchant contracts. Recouvrable counts the debts that a debit
// makes collectable. CleTitre, EvenementTitre and Mandat are the values of the
// titre and of the e-mandate; no PES flow is written here.
//
// The package is pure and holds no identity, no contact and no card.
package moyens
