// Package fides makes the invoices of the Assurance Maladie of emergency
// visits and of external care that are priced, and the files that carry them,
// in the norme B2.
//
// A priced invoice (facture.Facture) and a Dossier (who is cared for, by which
// rights, during which visit, under which number) go into
// Convertisseur.Convertir, which gives one Facture, or several when one would
// be too long: its records are views of package b2. What is wrong with the
// data comes all at once as anomalies, with the codes of Regles. Controler
// checks what the Assurance Maladie checks at its door: age, rights,
// exemption, delay, duplicates.
//
// A Fichier writes invoices as they come into lots of one file, for one grand
// régime and one caisse; a Repartiteur opens a file for each. Relire reads a
// file back, and Rapprocher proves that every euro of the priced invoice is in
// it, line by line and debtor by debtor.
//
// The records of the file and of the lot (000, 1, 6, 999) are not described by
// any public text. An editor loads their layout (LoadEnveloppe); without it
// nothing is written, and the error is ErrLayoutIncomplete. The envelope named
// Reference is not official and says so inside every file.
//
// What zones hold is data: codes.csv says how each code is written, valeurs.csv
// what its zones hold in each situation (insured, AME, RSS), ages.csv the bands
// of ages. What the texts leave open is an Interpretations. Nothing here reads
// a clock, a file or a network; a Convertisseur is safe for concurrent use, and
// a Fichier, a Lecture or a Registre is for one goroutine.
package fides
