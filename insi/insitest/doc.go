// Package insitest simulates INSi: real TLS on the loopback, the contract of
// WSDL 1.5.0 for both operations, the qualification identities that users of
// INSi published, and the faults of the gateway. One line makes it run:
//
//	s := insitest.NewServer(t)
//	s.URL, s.URLTLSMutuel    // card or assertion; client certificate
//	s.Racines, s.Client      // what to trust, what to show
//	s.Carte, s.Logiciel      // card that signs assertions, authorised software
//
// It checks every message as the public schemas say, and refuses what breaks
// them with a fault of its own namespace (urn:simphonie:simulateur): what the
// real service answers then is not public. Appels says which rule was broken.
//
// Answers are made to go wrong by name:
//
//	s.Enfile(insitest.Cible{}, "faute:siram_40/desir_1020", "coupe-au-milieu") // next two calls
//	s.Scenario(insitest.Cible{Identite: "ADRUN/1975-12-31"}, "lent:2s")        // until changed
//
// Nothing here comes from the client: what the simulator checks is written a
// second time on purpose.
package insitest
