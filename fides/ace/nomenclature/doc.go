// Package nomenclature holds the dated tables that hospital external care is
// priced with: letters and prices of the NGAP, acts of the CCAM, analyses of
// the NABM, products, parameters of rules, lists of codes.
//
// Every row holds for days of care and is known from the day of its
// publication. A lookup takes both days, the day of care and the one at which
// the tables are known (connuAu): of the rows that hold, the latest known wins. A
// row that is missing is an *Absent that names table, key and days, never zero.
//
// Imprimees are the values that the documents print; they lie under what is
// loaded, which always wins. Everything else is loaded by the editor: Load and
// LoadFS read text files, LoadCCAM the official archives of the CCAM, Merge puts
// sets together. Ecris writes what was loaded in the form that Load reads.
// docs/NOMENCLATURES.md describes every file.
//
// A lookup that finds its row does not allocate. What it gives belongs to the
// tables and is not to be changed.
package nomenclature
