// Package testpki makes, in memory, certificates shaped like those of
// IGC-Santé: a root, the ORGANISATIONS and PERSONNES authorities, a server,
// software certificates (AUTH_CLI, SIGN) and professional cards, with their
// broken variants. Nothing here is trusted by anybody but tests.
//
//	p, err := testpki.New(time.Now())
//	serveur, err := p.Serveur("simulateur.services-ps.ameli.fr")
//	client, err := p.Client("INSI-AUTO")
//	carte, err := p.Carte(testpki.Porteur{Identifiant: "899900063480"})
//	err = p.Ecrit(dossier, "motdepasse", map[string]*testpki.Identite{"client": client})
//
// Keys are RSA 2048 and drawn once a process: a PKI costs a few signatures,
// not a few key searches.
package testpki
