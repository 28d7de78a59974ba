// Package passerelle is a fake gateway of the Assurance Maladie: real TLS on
// the loopback, one path (/lps), dispatch on wsa:Action, two addresses (card
// or assertion, and mutual TLS). It checks what a client sends by its own
// means, from the public schemas, and shares no code with the client: XML,
// envelope, contexts, certificate, assertion and its signature.
//
//	s, err := passerelle.Demarre(passerelle.Options{Services: []passerelle.Service{...}})
//	defer s.Close()
//	s.Scenario(passerelle.Cible{}, "lent:2s")        // until changed
//	s.Enfile(passerelle.Cible{}, "http:503", "vide") // the next two calls
//
// What the real gateway answers to a message that breaks a schema is not
// public: here it is a fault of the simulator's own namespace, and the reason,
// without any value, stands in Appels.
package passerelle
