// Package ace prices what a hospital bills to the Assurance Maladie for external
// care: acts (CCAM, NGAP, NABM), forfaits (ATU, FFM, SEx, APE, technical
// forfaits), drugs and devices, with who pays what and why.
//
// Compute takes a Venue through readable stages: rights and care pathway of each
// line on its own reference date, grouping, invoices, prices, bases, threshold,
// rates by the decision list of droits, participation forfaitaire, parts. Tables
// are loaded (package nomenclature); a row that is missing is an error that names
// it, never a zero. Controler checks a visit before it is priced; Diff says why
// two results differ; ProposerAssociations proposes association codes.
//
// The engine is pure: no clock, network, file or global; the date at which rules
// are known is an option.
package ace
