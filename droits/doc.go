// Package droits holds the patient's rights (AMO, C2S, AME) as supports give
// them, and says what they mean for one line of an invoice.
//
// An Acquisition is what one support said, kept as received: the CDRi answer, a
// Vitale card, a paper attestation, an agent's entry. Resoudre reads it at the
// reference date of a prestation and gives a Contexte: rights open or not,
// special situations, exemptions, nature d'assurance. Each line of an invoice
// has its own reference date, so nothing is resolved once for an invoice.
//
// A code that the SDK does not know never counts as "no right": it comes back
// as an anomaly to be checked by a person.
package droits
