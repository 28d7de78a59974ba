// Package annuairetest simulates the directory of complementary insurers: real
// mutual TLS on the loopback, the public request checked to the letter, and an
// answer in the reference form, which is not official. One line makes it run:
//
//	s := annuairetest.NewServer(t)
//	s.URL, s.Racines, s.Client // where to call, what to trust, what to show
//
// It knows fictitious insurers (Publies), and codes of services, norm and
// address type that are its own and mean nothing elsewhere (CodeService,
// Norme, Version, TypeAdresse).
//
// Answers are made to go wrong by name:
//
//	s.Enfile("", "http:503", "url:privee") // next two calls
//	s.Scenario("434243085", "lent:2s")     // until changed
//
// Nothing here comes from the client: what the simulator checks is written a
// second time on purpose.
package annuairetest
