// Package urgences prices a visit to an emergency structure: the age forfait
// and its supplements, paid by the Assurance Maladie, and the patient's part
// (FPU, FPV, FPX, FPL, FPM and CFU), with who pays what and why. It follows the
// rules in force for care from 1 January 2022, and those of 1 March 2023.
//
// The way of a visit:
//
//  1. examine: are the data complete and consistent? Every fault is an anomaly.
//  2. gate: is the visit billable? A patient who left without care, or was
//     admitted in the same establishment, is not; a gynaecological visit is
//     left to the pricing of external care.
//  3. rights, on the day of the start of care; the patient part by its ordered
//     decision (RG_VF500 to RG_VF505).
//  4. forfaits, each dated and aged on its own day, in the order of RG_MF602.
//  5. proof: the parts of every line add up to what it asks.
//
// Compute does it all. In life it takes two steps: PartPatient at discharge,
// Forfaits when the file is complete, Fusionner to join them. Requalifier
// cancels what was billed when the patient is admitted after all.
//
// Prices: only those of FPU and FPV are public. The editor loads the others
// with ChargerTarifs; a price that is missing is a *tarif.TarifNonCharge. Lists
// of acts and diagnoses are loaded too, or the visit carries the decision.
//
// Open questions of the texts are Interpretations, named in the explanation
// when one decided something.
package urgences
