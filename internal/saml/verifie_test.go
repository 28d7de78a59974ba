package saml_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/internal/saml"
	"github.com/simphonie/simphonie/internal/testpki"
)

func TestVerification(t *testing.T) {
	b := signe(t)
	casse := errors.New("list not reachable")
	for _, c := range []struct {
		nom  string
		v    func(*saml.Verification)
		code simphonie.Code
	}{
		{"as is", func(*saml.Verification) {}, ""},
		{"nobody trusted", func(v *saml.Verification) { v.Racines = nil }, "SAML-CONFIANCE"},
		{"both", func(v *saml.Verification) { v.Attendu = laPKI().carte.Certificat }, "SAML-CONFIANCE"},
		{"no usage", func(v *saml.Verification) { v.Usage = nil }, "SAML-CONFIG"},
		{"no instant", func(v *saml.Verification) { v.Instant = time.Time{} }, "SAML-CONFIG"},
		{"no age", func(v *saml.Verification) { v.AgeMax = 0 }, "SAML-CONFIG"},
		{"negative tolerance", func(v *saml.Verification) { v.Ecart = -1 }, "SAML-CONFIG"},
		{"no root", func(v *saml.Verification) { v.Racines = x509.NewCertPool() }, "SAML-CHEMIN"},
		{"other root", func(v *saml.Verification) { v.Racines = pool(laPKI().autre.Certificat) }, "SAML-CHEMIN"},
		{"authority missing", func(v *saml.Verification) { v.Intermediaires = nil }, "SAML-CHEMIN"},
		{"before the certificate", func(v *saml.Verification) { v.Instant = maintenant.AddDate(-2, 0, 0) }, "SAML-PERIODE"},
		{"after the certificate", func(v *saml.Verification) { v.Instant = maintenant.AddDate(3, 0, 0) }, "SAML-PERIODE"},
		{"expected, before", func(v *saml.Verification) {
			v.Racines, v.Attendu, v.Instant = nil, laPKI().carte.Certificat, maintenant.AddDate(-2, 0, 0)
		}, "SAML-PERIODE"},
		{"usage refused", func(v *saml.Verification) { v.Usage = func(*x509.Certificate) error { return casse } }, "SAML-USAGE"},
		{"usage of a seal", func(v *saml.Verification) { v.Usage = saml.UsageSignature }, ""},
		{"revoked", func(v *saml.Verification) { v.Revocation = func([]*x509.Certificate) error { return casse } }, "SAML-REVOCATION"},
		{"not revoked", func(v *saml.Verification) {
			v.Revocation = func(chemin []*x509.Certificate) error {
				if len(chemin) != 3 || !chemin[0].Equal(laPKI().carte.Certificat) || !chemin[2].Equal(laPKI().Racine.Certificat) {
					return fmt.Errorf("path of %d", len(chemin))
				}
				return nil
			}
		}, ""},
		{"issued in the future", func(v *saml.Verification) { v.Instant = maintenant.Add(-2 * time.Second) }, "SAML-FUTURE"},
		{"issued in the future, tolerated", func(v *saml.Verification) { v.Instant, v.Ecart = maintenant.Add(-2*time.Second), time.Second }, ""},
		{"too old", func(v *saml.Verification) { v.AgeMax = time.Second - 1 }, "SAML-AGE"},
		{"just old enough", func(v *saml.Verification) { v.AgeMax = time.Second }, ""},
		{"too old, tolerated", func(v *saml.Verification) { v.AgeMax, v.Ecart = time.Millisecond, time.Second }, ""},
		{"audience", func(v *saml.Verification) { v.Audience = "urn:service" }, "SAML-AUDIENCE"},
		{"recipient", func(v *saml.Verification) { v.Destinataire = "urn:fournisseur" }, "SAML-DESTINATAIRE"},
	} {
		v := parRacines()
		c.v(&v)
		lue, err := saml.VerifieOctets(b, v)
		assert.Equal(t, c.code, codeDe(t, err), "%s: %v", c.nom, err)
		assert.Equal(t, err == nil, lue != nil, c.nom)
		_, err = saml.VerifieEnTete(lu(t, enveloppe(b)), 1, v)
		assert.Equal(t, c.code, codeDe(t, err), c.nom)
	}
}

func TestConditions(t *testing.T) {
	a := assertionStructure()
	p := laPKI().carte
	fin := a.Conditions.Fin
	for _, c := range []struct {
		nom  string
		a    func(*saml.Assertion)
		v    func(*saml.Verification)
		code simphonie.Code
	}{
		{"as is", nil, nil, ""},
		{"audience and recipient", nil, func(v *saml.Verification) { v.Audience, v.Destinataire = "urn:service", "urn:fournisseur" }, ""},
		{"other audience", nil, func(v *saml.Verification) { v.Audience = "urn:autre" }, "SAML-AUDIENCE"},
		{"other recipient", nil, func(v *saml.Verification) { v.Destinataire = "urn:autre" }, "SAML-DESTINATAIRE"},
		{"last millisecond", nil, func(v *saml.Verification) { v.Instant = fin.Add(-time.Millisecond) }, ""},
		{"end", nil, func(v *saml.Verification) { v.Instant = fin }, "SAML-EXPIREE"},
		{"end, tolerated", nil, func(v *saml.Verification) { v.Instant, v.Ecart = fin, time.Second }, ""},
		{"confirmation ends before", func(a *saml.Assertion) { a.Confirmation.Fin = maintenant }, nil, "SAML-EXPIREE"},
		{"not yet", func(a *saml.Assertion) { a.Conditions.Debut = maintenant.Add(time.Second) }, nil, "SAML-PAS-ENCORE"},
		{"not yet, tolerated", func(a *saml.Assertion) { a.Conditions.Debut = maintenant.Add(time.Second) }, func(v *saml.Verification) { v.Ecart = time.Second }, ""},
	} {
		a, v := assertionStructure(), attendu()
		v.AgeMax = 30 * 24 * time.Hour
		if c.a != nil {
			c.a(a)
		}
		if c.v != nil {
			c.v(&v)
		}
		b, err := a.Sign(nil, p.Cle, p.Certificat)
		require.NoError(t, err)
		lue, err := saml.VerifieOctets(b, v)
		assert.Equal(t, c.code, codeDe(t, err), c.nom)
		if err == nil {
			assert.Equal(t, *a, lue.Assertion, c.nom)
		}
	}
}

// A certificate that leads to the root may still not be one that signs.
func TestCertificats(t *testing.T) {
	p := laPKI()
	avec := func(f func(*x509.Certificate)) *testpki.Identite {
		i, err := p.Carte(porteur, func(c *x509.Certificate, _ time.Time) { f(c) })
		require.NoError(t, err)
		return i
	}
	for _, c := range []struct {
		nom   string
		carte *testpki.Identite
		usage func(*x509.Certificate) error
		code  simphonie.Code
	}{
		{"authentication", avec(func(m *x509.Certificate) { m.KeyUsage = x509.KeyUsageDigitalSignature }), saml.UsageNonRepudiation, "SAML-USAGE"},
		{"seal", avec(func(m *x509.Certificate) { m.KeyUsage = x509.KeyUsageDigitalSignature }), saml.UsageSignature, ""},
		{"encryption", avec(func(m *x509.Certificate) { m.KeyUsage = x509.KeyUsageKeyEncipherment }), saml.UsageSignature, "SAML-USAGE"},
		{"no usage", avec(func(m *x509.Certificate) { m.KeyUsage = 0 }), saml.UsageNonRepudiation, "SAML-USAGE"},
		{"expired", avec(func(m *x509.Certificate) { m.NotAfter = maintenant.AddDate(0, 0, -1) }), saml.UsageNonRepudiation, "SAML-PERIODE"},
	} {
		b, err := assertionCarte().Sign(nil, c.carte.Cle, c.carte.Certificat)
		require.NoError(t, err)
		v := parRacines()
		v.Usage = c.usage
		_, err = saml.VerifieOctets(b, v)
		assert.Equal(t, c.code, codeDe(t, err), c.nom)
	}
	assert.Error(t, saml.UsageSignature(nil))

	// What Sign would not make: a certificate that cannot be read, and weak keys.
	b := string(signe(t))
	debut := strings.Index(b, "<ds:X509Certificate>") + len("<ds:X509Certificate>")
	fin := strings.Index(b, "</ds:X509Certificate>")
	portant := func(der []byte) []byte { return []byte(b[:debut] + base64Std(der) + b[fin:]) }
	_, err := saml.VerifieOctets(portant([]byte("not a certificate")), parRacines())
	assert.Equal(t, simphonie.Code("SAML-CERTIFICAT"), codeDe(t, err))
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	modele := &x509.Certificate{SerialNumber: big.NewInt(1)}
	der, err := x509.CreateCertificate(rand.Reader, modele, modele, &ec.PublicKey, ec)
	require.NoError(t, err)
	_, err = saml.VerifieOctets(portant(der), parRacines())
	assert.Equal(t, simphonie.Code("SAML-CLE"), codeDe(t, err))
	for _, cle := range []*rsa.PublicKey{{N: p.carte.Cle.N, E: 3}, {N: p.carte.Cle.N, E: 65538}, {N: p.carte.Cle.Primes[0], E: 65537}} {
		faible := *p.carte.Certificat
		faible.PublicKey = cle
		v := attendu()
		v.Attendu = &faible
		_, err = saml.VerifieOctets(signe(t), v)
		assert.Equal(t, simphonie.Code("SAML-CLE"), codeDe(t, err))
	}
}

// What is verified shows nothing of a person by mistake.
func TestMasque(t *testing.T) {
	v, err := saml.VerifieOctets(signe(t), attendu())
	require.NoError(t, err)
	for _, x := range []any{v, *v, v.Assertion, &v.Assertion, v.Sujet, v.Attributs} {
		vu := canari.Montre(x)
		assert.True(t, strings.Contains(vu, "***"))
		for _, secret := range []string{"899700000001", "56 57 57 55 48 48", "750000001"} {
			assert.False(t, strings.Contains(vu, secret), secret)
		}
	}
	s, ok := v.Attribut("secteurActivite")
	assert.True(t, ok)
	assert.Equal(t, "SA05", s.Clair())
	_, ok = v.Attribut("absent")
	assert.False(t, ok)
	_, ok = (*saml.Assertion)(nil).Attribut("x")
	assert.False(t, ok)
	assert.Nil(t, (*saml.Verifiee)(nil).Certificat())
}
