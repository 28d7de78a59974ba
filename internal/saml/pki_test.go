package saml_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// maintenant is when the assertions of the tests are used.
var maintenant = time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC)

// paire is a certificate and its key.
type paire struct {
	cert *x509.Certificate
	cle  *rsa.PrivateKey
}

// pki is a root, a certificate authority under it, a card and a stranger.
type pki struct{ racine, ac, carte, autre paire }

func (p *pki) racines() *x509.CertPool        { return pool(p.racine.cert) }
func (p *pki) intermediaires() *x509.CertPool { return pool(p.ac.cert) }

func pool(certs ...*x509.Certificate) *x509.CertPool {
	p := x509.NewCertPool()
	for _, c := range certs {
		p.AddCert(c)
	}
	return p
}

var laPKI = sync.OnceValue(func() *pki {
	cles := make([]*rsa.PrivateKey, 4)
	var wg sync.WaitGroup
	for i := range cles {
		wg.Go(func() { cles[i], _ = rsa.GenerateKey(rand.Reader, 2048) })
	}
	wg.Wait()
	p := &pki{}
	p.racine = delivre(modeleAC("AC RACINE DE TEST"), cles[0], nil)
	p.ac = delivre(modeleAC("AC DE TEST"), cles[1], &p.racine)
	p.carte = delivre(modeleCarte(), cles[2], &p.ac)
	p.autre = delivre(modeleAC("INCONNUE"), cles[3], nil)
	return p
})

func modeleAC(nom string) *x509.Certificate {
	return &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{Country: []string{"FR"}, Organization: []string{"TEST"}, CommonName: nom},
		NotBefore: maintenant.AddDate(-5, 0, 0), NotAfter: maintenant.AddDate(5, 0, 0), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign}
}

func modeleCarte() *x509.Certificate {
	zero, _ := asn1.Marshal(0)
	return &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{Country: []string{"FR"}, CommonName: "899700000001"},
		NotBefore: maintenant.AddDate(-1, 0, 0), NotAfter: maintenant.AddDate(2, 0, 0), KeyUsage: x509.KeyUsageContentCommitment,
		ExtKeyUsage:     []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection},
		ExtraExtensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 2, 250, 1, 71, 1, 2, 2}, Value: zero}}}
}

// delivre signs a certificate; par nil is the key itself.
func delivre(m *x509.Certificate, cle *rsa.PrivateKey, par *paire) paire {
	if par == nil {
		par = &paire{m, cle}
	}
	der, err := x509.CreateCertificate(rand.Reader, m, par.cert, &cle.PublicKey, par.cle)
	if err != nil {
		panic(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	return paire{cert, cle}
}

// signe gives a signed assertion.
func signe(t testing.TB) []byte {
	t.Helper()
	p := laPKI()
	b, err := assertionCarte().Sign(nil, p.carte.cle, p.carte.cert)
	require.NoError(t, err)
	return b
}
