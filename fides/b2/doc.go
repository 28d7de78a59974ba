// Package b2 reads and writes the records of an invoice of external care in
// the norme B2 2005-E, as FIDES uses it: types 2, 2S, 3, 3S, 3E, 3F, 3H, 4, 4S,
// 4E, 4B, 4H, 4M and 5.
//
// To write, fill the views and give them to a Writer: it copies the key of the
// type 2, computes the type 5, and lets nothing out that a Reader would refuse.
// To read, range over Reader.Records for lines, or over Blocs for whole
// invoices, checked. A Record is a view over its line: Texte and Montant read
// one zone, Decode makes the typed view, Describe prints it masked.
//
// What is wrong with a line or with a call is an error (see Erreurs: one for
// each zone, with its line and column); what is wrong with an invoice is an
// anomaly of its Bloc. Both carry the codes of Regles.
//
// The layouts are a table of zones (TableFIDES), each with its rule and what
// is unclear about it; LoadTable takes another one. The records of the file
// and of the lot (000, 1, 6, 999) are not described by any public text: they
// are read and kept as they are, and not written.
//
// # Speed
//
// Every zone of a line that comes out of Reader.Records without an error was
// checked: characters, compulsory zones, lists of values, dates, alignment. No
// string is built for that, and this is what BenchmarkDecode measures. Blocs
// adds the order of records, their keys and totals; Decode adds the typed
// values, of which the personal ones (masked, and shared between equal values)
// cost most. Each has its benchmark, beside the plain way to do it and the
// limit, which is to split the lines.
package b2
