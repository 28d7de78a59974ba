// Package simphonie holds the value types that every room of the SDK shares:
// money (Montant, Prix, Taux, Coefficient), dates (Jour, DateNaissance, Age),
// identifiers (NIR, FINESS, RPPS, NumeroAMC, Organisme), who owes (Debiteur),
// and what is said of the data (Anomalie) or of a failed call (Erreur).
//
// Money is integer and rounds only where a rule names the place. Identifiers
// that arrive with a wrong key are kept and flagged; typed as new they are
// refused. Personal values show *** in every printed form: ask them for Clair.
package simphonie
