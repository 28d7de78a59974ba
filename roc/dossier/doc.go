// Package dossier follows one visit or stay with one complementary insurer,
// from the first question to the payment. It is pure: events come in, a new
// Dossier comes out with what is wrong and what is to be done. It calls nobody,
// and Encode and Decode keep it between calls.
//
//	inconnu → identifié → simulé* → calculé → facturé → payé, payé en partie, rejeté
//	                         ↑          ↓
//	                         └────── annulé
//
// A CLC or an annulation is said to leave (Depart) before it does. Until its
// answer is known nothing else that commits money is possible; a lost answer
// stands AClarifier and only a Decision takes it away.
//
// A CLC can be billed when it is the live one, its inputs have not changed
// since, and the invoice asks the insurer what it committed to, line by line. A
// simulation never can: it is another type, and leaves no amount to bill.
package dossier
