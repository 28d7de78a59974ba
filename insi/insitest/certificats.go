package insitest

import (
	"github.com/simphonie/simphonie/internal/testpki"
)

// certificats makes those that callers use.
type certificats struct{ pki *testpki.PKI }

// porteur is the holder of the simulated card.
var porteur = testpki.Porteur{Identifiant: "899900063480", Nom: "SIMULEE", Prenom: "ALICE", Type: testpki.CPE}

func (c certificats) client() (*testpki.Identite, error) { return c.pki.Client("INSI-AUTO") }
func (c certificats) carte() (*testpki.Identite, error)  { return c.pki.Carte(porteur) }

// etranger is a certificate that differs by its root alone.
func (c certificats) etranger() (*testpki.Identite, error) {
	autre, err := c.pki.Autre()
	if err != nil {
		return nil, err
	}
	return autre.Client("INSI-AUTO")
}

// emet fills the fields of the server.
func (s *Serveur) emet() error {
	client, err := s.certificats.client()
	if err != nil {
		return err
	}
	carte, err := s.certificats.carte()
	if err != nil {
		return err
	}
	s.Client, s.Carte = client.TLS(), Signature{carte.Cle, carte.Certificat}
	s.ClientP12, err = client.P12(s.MotDePasse)
	return err
}

// EcritCertificats puts in a directory, for programs that are not in Go,
// racines.pem, then as .pem, .key and .p12: client (INSI-AUTO), client-manu,
// carte, and those that must be refused (client-autre-cn, client-expire,
// client-autre-racine, carte-expiree).
func (s *Serveur) EcritCertificats(dossier string) error {
	c := s.certificats
	identites := map[string]*testpki.Identite{}
	for nom, fait := range map[string]func() (*testpki.Identite, error){
		"client":              c.client,
		"client-manu":         func() (*testpki.Identite, error) { return c.pki.Client("INSI-MANU") },
		"client-autre-cn":     func() (*testpki.Identite, error) { return c.pki.Client("INSI-AUTRE") },
		"client-expire":       func() (*testpki.Identite, error) { return c.pki.Client("INSI-AUTO", testpki.Expire) },
		"client-autre-racine": c.etranger,
		"carte":               c.carte,
		"carte-expiree":       func() (*testpki.Identite, error) { return c.pki.Carte(porteur, testpki.Expire) },
	} {
		i, err := fait()
		if err != nil {
			return err
		}
		identites[nom] = i
	}
	return c.pki.Ecrit(dossier, s.MotDePasse, identites)
}
