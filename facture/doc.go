// Package facture holds what pricing engines make and billing reads: lines with
// their tariff amounts, the part of each that every debtor owes, the invoice
// that joins them, and the explanation of every amount.
//
// A Ligne carries amounts of the rules only; what a file format wants on top
// (a zero, a sum) belongs to that format. Verify proves that the parts add up
// to the lines; Rejouer recomputes every amount from the written steps alone.
package facture
