package saml_test

import (
	"crypto/rsa"
	"crypto/x509"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/internal/saml"
	"github.com/simphonie/simphonie/internal/testpki"
)

// maintenant is when the assertions of the tests are used.
var maintenant = time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC)

// porteur holds the card of the tests.
var porteur = testpki.Porteur{Identifiant: "899700000001", Nom: "DOC", Prenom: "ALAIN", Titre: "Infirmier"}

// pki is the authorities, a card, and the card of a stranger who says to be the same.
type pki struct {
	*testpki.PKI
	carte, autre *testpki.Identite
}

var laPKI = sync.OnceValue(func() *pki {
	p, err := testpki.New(maintenant)
	if err != nil {
		panic(err)
	}
	etrangere, err := p.Autre()
	if err != nil {
		panic(err)
	}
	carte, err := p.Carte(porteur)
	if err != nil {
		panic(err)
	}
	autre, err := etrangere.Signature("autre")
	if err != nil {
		panic(err)
	}
	return &pki{p, carte, autre}
})

func pool(certs ...*x509.Certificate) *x509.CertPool {
	p := x509.NewCertPool()
	for _, c := range certs {
		p.AddCert(c)
	}
	return p
}

// attendu expects the card of the tests.
func attendu() saml.Verification {
	return saml.Verification{Attendu: laPKI().carte.Certificat, Instant: maintenant, AgeMax: time.Hour}
}

// parRacines trusts the roots of the tests.
func parRacines() saml.Verification {
	p := laPKI()
	return saml.Verification{Racines: p.Racines(), Intermediaires: p.Intermediaires(), Usage: saml.UsageNonRepudiation, Instant: maintenant, AgeMax: time.Hour}
}

// signe gives a signed assertion.
func signe(t testing.TB) []byte {
	t.Helper()
	p := laPKI()
	b, err := assertionCarte().Sign(nil, p.carte.Cle, p.carte.Certificat)
	require.NoError(t, err)
	return b
}

// cleDe lends the key of the card, to sign by hand.
func cleDe() *rsa.PrivateKey { return laPKI().carte.Cle }
