// Package concert takes a payment on a card terminal: Concert V3 (Caisse-AP) by
// TCP or serial line, Concert E+ by serial line, as published by the Association
// du Paiement.
//
// New makes a Caisse: one cash desk, one terminal (NewTCP, NewEPlus,
// NewV3Serie), one journal. Encaisse, Rembourse and Annule send an order once,
// and give one of three outcomes:
//
//	Faite     the money moved: Regle says how much
//	NonFaite  it did not, and why
//	Inconnue  it may have moved: the answer is lost, contradicts itself, or is
//	          not that of the order
//
// Concert has no way to ask a terminal what became of an order. After Inconnue
// neither the visit nor the terminal takes another order, in this process or
// another, before or after a restart, until a person who read the ticket says
// what happened: AClarifier, then Decide. The journal is therefore not an option.
//
// Card data stay out: a whole card number is dropped when it is read, what may
// hold one is a simphonie.Confidentiel, and errors hold no byte of a message.
// Message and Describe show a message item by item, masked, for support.
//
// Package diapasontest has the terminal to test with.
package concert
