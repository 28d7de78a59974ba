// Package mandat is the deferred debit of DIAPASON: an agreement (accord de
// débit) that the patient signs with a PIN at the desk, and what follows until
// the amount is debited, three days after a notice, or is not. It is pure:
// events come in, a new Mandat comes out with what is to be done. It calls
// nobody; package diapason does.
//
//	m, err := mandat.New(proposition, maintenant)
//	m, effets, err := m.Appliquer(mandat.FactureFinale{…}, maintenant)
//
//	proposé → actif → montant connu → avisé → soumis → prélevé → soldé
//	                       ↑            │ ↑      ↓
//	                       └─ corrigé ──┘ └── incertain
//
// and, to another means of payment: plafond dépassé, expiré, retiré, refusé,
// sans avis. Remboursé and contesté follow a debit.
//
// What is never done: a debit above the ceiling, or of a part of the amount;
// one without a notice, before it is three days old, or after the limit date;
// two for the same amount. An order whose answer is lost leaves the mandate
// incertain: an enquiry leads out of it, or the named decision of a person
// (Constat), after which nothing is sent again.
//
// A day is a civil date where the establishment stands. Whatever the texts
// leave open is a choice of Politique, without default.
//
// Every change adds a record to Preuves, where each holds the digest of the one
// before. Encode and Decode keep a mandate.
package mandat
