package teleservice

import (
	"bytes"
	"context"
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/simphonie/simphonie/internal/erreurs"
	"github.com/simphonie/simphonie/internal/soap"
)

// TLSMutuel authenticates the establishment by the software certificate that
// opens the TLS connection; the messages carry no assertion.
type TLSMutuel struct {
	Certificat tls.Certificate `json:"-"` // LoadP12
	// CN are the names that the service accepts for the certificate's subject,
	// letter for letter; mandatory, since a wrong one is only refused by a
	// fault that does not say so. INSi wants INSI-AUTO or INSI-MANU.
	CN []string
	// SecuriteVide sends an empty wsse:Security block instead of none.
	SecuriteVide bool
}

// Etablissement says that no agent is needed.
func (t *TLSMutuel) Etablissement() bool { return true }

// String names the strategy.
func (t *TLSMutuel) String() string { return "TLS mutuel" }

// Format names the strategy whatever the verb: the key is in memory.
func (t *TLSMutuel) Format(f fmt.State, _ rune) { io.WriteString(f, t.String()) }

// feuille gives the certificate that goes to the server; Leaf may be of another.
func (t *TLSMutuel) feuille() *x509.Certificate {
	if t == nil || len(t.Certificat.Certificate) == 0 {
		return nil
	}
	if l := t.Certificat.Leaf; l != nil && bytes.Equal(l.Raw, t.Certificat.Certificate[0]) {
		return l
	}
	c, err := x509.ParseCertificate(t.Certificat.Certificate[0])
	if err != nil {
		return nil
	}
	return c
}

// Nom gives the CN of the certificate, "" without one.
func (t *TLSMutuel) Nom() string {
	if c := t.feuille(); c != nil {
		return c.Subject.CommonName
	}
	return ""
}

func (t *TLSMutuel) verifie(e Environnement, maintenant time.Time) []error {
	c := t.feuille()
	var cle crypto.PublicKey
	if s, ok := t.Certificat.PrivateKey.(crypto.Signer); ok && !erreurs.Nul(s) {
		cle = s.Public()
	}
	errs := verifieCertificat(c, cle, e, maintenant)
	errs = append(errs, verifieClientTLS(c)...)
	switch {
	case len(t.CN) == 0:
		errs = append(errs, erreurConfig("TSV-CERT-CN", "Authentification.CN", "say which names the service accepts"))
	case c != nil && !slices.Contains(t.CN, c.Subject.CommonName):
		errs = append(errs, erreurConfig("TSV-CERT-CN", "Authentification.CN", "the certificate's name is not one of "+strings.Join(t.CN, ", ")))
	}
	return errs
}

func (t *TLSMutuel) preuve(_ context.Context, d demandePreuve) (preuve, error) {
	c := t.feuille()
	if err := verifieDates(c, d.maintenant); err != nil {
		return preuve{}, err
	}
	p := preuve{}
	if len(c.Subject.OrganizationalUnit) > 0 {
		p.emetteur = c.Subject.OrganizationalUnit[0] // the structure's identifier
	}
	if t.SecuriteVide {
		p.securite = soap.Securite()
	}
	return p, nil
}

func (t *TLSMutuel) clientTLS() *tls.Certificate { return &t.Certificat }

func (t *TLSMutuel) echeances() []Echeance {
	if c := t.feuille(); c != nil {
		return []Echeance{{"authentification", c.Subject.CommonName, c.NotAfter}}
	}
	return nil
}
