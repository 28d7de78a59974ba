// Package roctest holds what tests of ROC need.
//
// RunCodecSuite holds the codec that an editor wrote from the norm HospiAMC to
// what the client expects of it. The editor brings the other side, which writes
// answers; for the reference messages that is EcrivainReference, written from
// docs/ROC-REFERENCE.md and from nothing of the codec.
//
// NewServer and Demarre simulate complementary insurers on the reference
// messages, which are not official: real mutual TLS on the loopback, several
// insurers and an operator that serves three, people for every kind of rights,
// and a ledger of what each insurer committed to. One line makes it run:
//
//	s := roctest.NewServer(t)
//	s.URL("0434243085")            // address of an insurer
//	s.Racines, s.Client            // what to trust, what to show
//	s.Vivants("", "26000001")      // commitments to a visit, not undone
//	s.Bilan("775671993")           // CLC received, committed, doubled, undone
//
// Amounts follow Garantie, in whole cents. What goes wrong is chosen:
//
//	s.Enfile(roctest.Cible{Service: modele.CLC, Venue: "26000001"}, "coupe-apres-lecture")
//	roctest.AvecHasard(graine, 100, "sans-effet:http:503", "coupe-apres-lecture")
//
// Nothing of the simulator comes from the client or its codec: what it checks
// is written a second time on purpose.
package roctest
