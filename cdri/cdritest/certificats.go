package cdritest

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/simphonie/simphonie/internal/passerelle"
	"github.com/simphonie/simphonie/internal/testpki"
)

// certificats makes those that callers use. The common name that CDRi wants is
// not public: any will do here.
type certificats struct{ pki *testpki.PKI }

const nomLogiciel = "CDRI-SIMULE"

var porteur = testpki.Porteur{Identifiant: "899900063480", Nom: "SIMULEE", Prenom: "ALICE", Type: testpki.CPE}

func (c certificats) client(v ...testpki.Variante) (*testpki.Identite, error) {
	return c.pki.Client(nomLogiciel, v...)
}

func (c certificats) structure(v ...testpki.Variante) (*testpki.Identite, error) {
	return c.pki.Signature(nomLogiciel, v...)
}

// etranger is a certificate that differs by its root alone.
func (c certificats) etranger() (*testpki.Identite, error) {
	autre, err := c.pki.Autre()
	if err != nil {
		return nil, err
	}
	return autre.Client(nomLogiciel)
}

// emet fills the fields of the server.
func (s *Serveur) emet() error {
	client, errClient := s.certificats.client()
	structure, errStructure := s.certificats.structure()
	carte, errCarte := s.certificats.pki.Carte(porteur)
	err := errors.Join(errClient, errStructure, errCarte)
	if err != nil {
		return err
	}
	s.Client, s.Carte, s.Structure = client.TLS(), Signature{carte.Cle, carte.Certificat}, Signature{structure.Cle, structure.Certificat}
	s.ClientP12, err = client.P12(s.MotDePasse)
	return err
}

// EcritCertificats puts in a directory, for programs that are not in Go,
// racines.pem, convention.xml, then as .pem, .key and .p12: client, carte,
// structure, and those that must be refused (client-expire,
// client-autre-racine, carte-expiree, structure-expiree).
func (s *Serveur) EcritCertificats(dossier string) error {
	c := s.certificats
	err := c.pki.EcritFaits(dossier, s.MotDePasse, map[string]testpki.Fait{
		"client":              func() (*testpki.Identite, error) { return c.client() },
		"client-expire":       func() (*testpki.Identite, error) { return c.client(testpki.Expire) },
		"client-autre-racine": c.etranger,
		"carte":               func() (*testpki.Identite, error) { return c.pki.Carte(porteur) },
		"carte-expiree":       func() (*testpki.Identite, error) { return c.pki.Carte(porteur, testpki.Expire) },
		"structure":           func() (*testpki.Identite, error) { return c.structure() },
		"structure-expiree":   func() (*testpki.Identite, error) { return c.structure(testpki.Expire) },
	})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dossier, "convention.xml"), s.Convention, 0o644)
}

// accord is the convention as the gateway knows it; convention is its file.
var accord = passerelle.Convention{Emetteur: "urn:simphonie:simulateur:etablissement:1", Destinataire: "urn:simphonie:simulateur:am",
	Audience: "urn:simphonie:simulateur:cdri", PAGM: "PAGM_SIMULE", Classe: "urn:oasis:names:tc:SAML:2.0:ac:classes:X509"}

const convention = `<?xml version="1.0" encoding="UTF-8"?>
<Convention version="1">
  <IDPSSODescriptor entityID="urn:simphonie:simulateur:etablissement">
    <NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</NameIDFormat>
    <AccessAuthentication>urn:oasis:names:tc:SAML:2.0:ac:classes:X509</AccessAuthentication>
  </IDPSSODescriptor>
  <SPSSODescriptor entityID="urn:simphonie:simulateur:am">
    <ServiceBinding serviceURI="urn:simphonie:simulateur:cdri"/>
    <RequestedAttribute name="PAGM">PAGM_SIMULE</RequestedAttribute>
  </SPSSODescriptor>
</Convention>
`
