// Package modele holds the requests and answers of the services of a
// complementary insurer (IDB, SIM, CLC, annulation) and the Codec that maps
// them to XML: what the client, the codecs and their test suite all know.
// Package roc gives these types names of its own.
package modele
