// Package fichierjournal keeps lines in one file that only grows: checksummed,
// on the disk (fsync) before a line is acknowledged, lines written together
// sharing one write. What a cut left half written at the end is dropped when
// the file is opened again; damage anywhere else is an error. One process at a
// time holds the file.
//
// What the lines mean is the caller's. It sees each of them once, in order,
// through the function that it gives to Ouvre: those of the past while the file
// is opened, then each new one as soon as it is durable. What it builds from
// them is thus the same after a cut as before.
package fichierjournal
