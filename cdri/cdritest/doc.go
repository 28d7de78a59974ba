// Package cdritest holds what tests of CDRi need.
//
// RunCodecSuite holds a codec, the SDK's or an editor's own, to what the client
// expects of it. The editor brings the other side, which writes answers; for
// the reference messages that is ReferenceReponse and ReferenceLot, written from
// docs/CDRI-REFERENCE.md and from nothing of the codec.
//
// NewServer and Demarre simulate the service on the reference messages: real
// TLS on the loopback, people for every kind of rights, batches, the faults of
// the gateway. One line makes it run:
//
//	s := cdritest.NewServer(t)
//	s.URL, s.URLTLSMutuel            // card or assertion; client certificate
//	s.Racines, s.Client              // what to trust, what to show
//	s.Carte, s.Structure, s.Logiciel // keys that sign assertions, authorised software
//
// It knows Beneficiaires, and whoever is added:
//
//	s.Ajoute(cdritest.Beneficiaire{Droits: &acquisition}) // found by what the rights say of their owner
//	ald, _ := cdritest.Connu("ald")
//	s.Enfile(cdritest.Cible{Criteres: ald.Criteres}, "coupe-au-milieu") // the next message about this person
//	s.EnfileLignes(ald.Criteres, "indisponible", "double")              // the next batch lines
//	s.Demandes()                                                        // who was asked about, how often
//
// Nothing of the simulator comes from the client or its codec: what it checks
// is written a second time on purpose.
package cdritest
