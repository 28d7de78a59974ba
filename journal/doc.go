// Package journal is the record of exchanges whose loss costs money: a CLC, its
// annulation, a debit, a payment at a terminal. Each is sent once. What was
// meant is on the disk before it leaves, and what came of it after:
//
//	intention → Preparee → Envoyee → Faite, Refusee, NonPartie
//	                         │  ↑
//	              no answer  ↓  │ the answer came late
//	                       Inconnue → decision → Decidee
//
// A lost answer is never repeated by itself: the exchange stands on the list
// AClarifier until its result is learnt or a person decides.
//
// An exchange is unique on (venue, AMC, digest of its inputs). A second
// intention is refused with the state of the first, unless that one is known to
// have had no effect.
//
// Payloads are encrypted with the key of their venue (its dossier), which the
// caller keeps: destroying the key purges them. The rest is in clear: nature,
// venue, AMC, digest, times, states. Name venues by an internal number.
//
// New builds a Journal on a Magasin: OuvreFichier (one file, one process, needs
// nothing), or package journal/sqljournal (the editor's own database, several
// processes). journaltest.Run proves any other.
//
// Most callers want UneFois.
package journal
