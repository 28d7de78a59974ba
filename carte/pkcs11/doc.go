// Package pkcs11 signs with a professional card (CPS, CPE, CDE, CPF) through the
// PKCS#11 library of its vendor.
//
// Open loads the library: the one given, or the first that Noms lists. Ouvrir
// waits for nothing: it finds the card that is in a reader, asks the PIN (or
// lets the keypad of the reader ask it), and chooses the signature key, because
// an assertion signed by the authentication key is refused. A Carte is a
// crypto.Signer (RSA PKCS#1 v1.5 with SHA-256) with its certificate, which is
// what an assertion of the Assurance Maladie wants.
//
// A card that leaves its reader is gone for good, even if it comes back: Presente
// says so, Retrait is closed, every signature is refused with CARTE-RETIREE, and
// what was signed before must be forgotten. Open the card again, with its PIN.
//
// PIN, card numbers and holders are in no error, log or printed form. A Carte
// and a Bibliotheque are safe for concurrent use. One call at a time reaches the
// library, and none is waited for longer than its context or Options.Delai.
//
// This package is a module of its own because it needs cgo. It builds on
// github.com/miekg/pkcs11 alone: crypto11, above it, keeps the PIN as long as
// its context, opens read-write sessions, neither sees a card leave nor reads
// data objects.
package pkcs11
