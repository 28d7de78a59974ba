// Package projet2020 prices a visit to an emergency structure under the reform
// as it was planned in the summer of 2020. That project never came into force:
// nothing that this package makes may be billed. It answers "what would it have
// given", for care from 1 March 2021; package urgences holds the rules in force.
//
// The project, as the editors' meeting of 25 June 2020 presents it:
//
//   - an age forfait, out of four, and supplements by context: three out of five
//     contexts in 2021, with at most eight key letters; all five from 2022;
//   - both at 100 % of the AMO, with the geographic and prudential coefficients
//     (RG_CF656, RG_VF643), without the detail of acts;
//   - a forfait of the patient (FPU), billed at 100 % like a TMF, without a
//     coefficient, in three declensions: insured, régime, Alsace-Moselle;
//   - two bases that do not mix, that of the AMO and that of the ticket modérateur.
//
// What the project never fixed is the caller's: key letters and age bands
// (Definition), prices (tarif.Catalogue), rates of coefficients (Coefficients),
// which exempt situations pass FPU to the régime (Options.Exonerations). What is
// missing is a typed error or an anomaly that stops the invoice, never a
// default. Open questions are Interpretations.
//
// The way of a visit: examine, gate, rights, declension of FPU and its debtor,
// forfait and supplements, FPU, controls, proof. Compute does it all;
// PartPatient gives FPU alone, as a cashier needs it at discharge; Controler
// checks lines made elsewhere.
package projet2020
