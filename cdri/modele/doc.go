// Package modele holds what a client of CDRi and its test suite both know: the
// request (Demande), the answer (Reponse, around droits.Acquisition), and the
// Codec that carries them to and from XML.
//
// The wire schema of CDRi is handed to registered editors only. A Codec is
// therefore what an editor writes from it; package reference holds one that is
// not official, so that everything around it can be used and tested.
package modele
