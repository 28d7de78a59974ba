package teleservice

import (
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"slices"
	"time"

	"github.com/simphonie/simphonie"
)

// Authentification is how a call proves who makes it: *CarteAssertion,
// *ProSanteConnect, *TLSMutuel or *AssertionStructure.
type Authentification interface {
	// Etablissement says that the establishment authenticates itself, with no
	// agent present: what the night batch asks.
	Etablissement() bool
	// String names the strategy.
	String() string

	verifie(Environnement, time.Time) []error
	// preuve gives the security header of a call and the Emetteur of its contexts.
	preuve(context.Context, demandePreuve) (preuve, error)
	// clientTLS gives the certificate of the TLS client, if the strategy has one.
	clientTLS() *tls.Certificate
	// echeances lists the certificates and their ends.
	echeances() []Echeance
}

// demandePreuve is what a strategy needs to make a proof.
type demandePreuve struct {
	maintenant  time.Time
	horloge     func() time.Time
	identifiant func() string
	vitale      simphonie.Confidentiel // serial of the patient's card, if it takes part
}

// a gives the same demand at another time.
func (d demandePreuve) a(t time.Time) demandePreuve { d.maintenant = t; return d }

// preuve is what a strategy adds to a call.
type preuve struct {
	securite []byte // nil: no wsse:Security at all
	emetteur string
	complete func(*http.Request) error // may be nil
}

// oublieuse is a strategy that keeps assertions and can forget them.
type oublieuse interface{ oublie() }

// tailleRSA is the shortest key that is accepted, in bits.
const tailleRSA = 2048

// verifieCertificat checks what every strategy asks of a certificate.
func verifieCertificat(c *x509.Certificate, cle crypto.PublicKey, e Environnement, maintenant time.Time) []error {
	if c == nil {
		return []error{erreurConfig("TSV-CERT-ABSENT", "Authentification", "the certificate is missing")}
	}
	var errs []error
	if err := verifieDates(c, maintenant); err != nil {
		errs = append(errs, err)
	}
	pub, rsaOK := c.PublicKey.(*rsa.PublicKey)
	switch {
	case !rsaOK || pub.N.BitLen() < tailleRSA:
		errs = append(errs, erreurConfig("TSV-CERT-CLE", "Authentification", "an RSA key of 2048 bits or more is wanted"))
	case cle == nil || !pub.Equal(cle):
		errs = append(errs, erreurConfig("TSV-CERT-CLE", "Authentification", "the key is not that of the certificate"))
	}
	g := gammeDe(c)
	if g == gammeTest && e == Production || g == gammeReelle && e != Production {
		errs = append(errs, erreurConfig("TSV-CONFIG-MELANGE", "Authentification", "the certificate belongs to another environment than "+e.String()))
	}
	return errs
}

func verifieDates(c *x509.Certificate, maintenant time.Time) error {
	switch {
	case maintenant.Before(c.NotBefore):
		return erreurConfig("TSV-CERT-DATES", "Authentification", "the certificate is not valid before "+c.NotBefore.Format(time.DateOnly))
	case maintenant.After(c.NotAfter):
		return erreurConfig("TSV-CERT-DATES", "Authentification", "the certificate ended on "+c.NotAfter.Format(time.DateOnly)+": renew it")
	}
	return nil
}

// verifieSignature adds what a certificate that signs must say.
func verifieSignature(c *x509.Certificate) []error {
	if c != nil && c.KeyUsage != 0 && c.KeyUsage&(x509.KeyUsageContentCommitment|x509.KeyUsageDigitalSignature) == 0 {
		return []error{erreurConfig("TSV-CERT-USAGE", "Authentification", "the certificate is not one that signs")}
	}
	return nil
}

// verifieClientTLS adds what a certificate of a TLS client must say.
func verifieClientTLS(c *x509.Certificate) []error {
	if c == nil {
		return nil
	}
	sansUsage := c.KeyUsage != 0 && c.KeyUsage&x509.KeyUsageDigitalSignature == 0
	sansClient := len(c.ExtKeyUsage)+len(c.UnknownExtKeyUsage) > 0 &&
		!slices.Contains(c.ExtKeyUsage, x509.ExtKeyUsageClientAuth) && !slices.Contains(c.ExtKeyUsage, x509.ExtKeyUsageAny)
	if sansUsage || sansClient {
		return []error{erreurConfig("TSV-CERT-USAGE", "Authentification", "the certificate is not one of a TLS client (AUTH_CLI)")}
	}
	return nil
}
