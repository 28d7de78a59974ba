package saml_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/saml"
)

// assertionCarte is that of a professional at the card reader.
func assertionCarte() *saml.Assertion {
	return &saml.Assertion{
		ID: "_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6", Emission: maintenant.Add(-time.Second),
		Emetteur: simphonie.NewConfidentiel("CN=899700000001,C=FR"), FormatEmetteur: saml.FormatX509,
		Sujet: simphonie.NewConfidentiel("899700000001"), QualificatifSujet: "CPS",
		Attributs: []saml.Attribut{saml.NewAttribut("identifiantFacturation", "750000001"), saml.NewAttribut("codeSpecialiteAMO", "01"), saml.NewAttribut("secteurActivite", "SA05")},
	}
}

func TestSignVerifie(t *testing.T) {
	b := signe(t)
	v, err := saml.VerifieOctets(b, attendu())
	require.NoError(t, err)
	assert.Equal(t, *assertionCarte(), v.Assertion)
	v, err = saml.VerifieOctets(b, parRacines())
	require.NoError(t, err)
	assert.Equal(t, "899700000001", v.Sujet.Clair())
	assert.True(t, v.Certificat().Equal(laPKI().carte.Certificat))
	goxmldsigAccepte(t, b)
}

// goxmldsigAccepte checks a bare assertion with the other library, the leaf as store.
func goxmldsigAccepte(t testing.TB, b []byte) {
	t.Helper()
	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromBytes(b))
	ctx := dsig.NewDefaultValidationContext(&dsig.MemoryX509CertificateStore{Roots: []*x509.Certificate{laPKI().carte.Certificat}})
	ctx.Clock = dsig.NewFakeClockAt(maintenant)
	_, err := ctx.Validate(doc.Root())
	require.NoError(t, err)
}

// signataire signs, or fails, as told.
type signataire struct {
	pub crypto.PublicKey
	sig []byte
	err error
}

func (s signataire) Public() crypto.PublicKey { return s.pub }
func (s signataire) Sign(io.Reader, []byte, crypto.SignerOpts) ([]byte, error) {
	return s.sig, s.err
}

func TestSignRefuse(t *testing.T) {
	p := laPKI()
	panne := errors.New("CKR_DEVICE_REMOVED")
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	for _, c := range []struct {
		nom  string
		s    crypto.Signer
		cert *x509.Certificate
		code simphonie.Code
	}{
		{"no signer", nil, p.carte.Certificat, "SAML-SIGNATAIRE"},
		{"no certificate", p.carte.Cle, nil, "SAML-SIGNATAIRE"},
		{"another key", p.autre.Cle, p.carte.Certificat, "SAML-SIGNATAIRE"},
		{"another kind of key", ec, p.carte.Certificat, "SAML-SIGNATAIRE"},
		{"no public key", signataire{}, p.carte.Certificat, "SAML-SIGNATAIRE"},
		{"not RSA", ec, &x509.Certificate{PublicKey: &ec.PublicKey}, "SAML-CLE"},
		{"1024 bits", p.carte.Cle, &x509.Certificate{PublicKey: &rsa.PublicKey{N: p.carte.Cle.Primes[0], E: 65537}}, "SAML-CLE"},
		{"empty key", p.carte.Cle, &x509.Certificate{PublicKey: &rsa.PublicKey{}}, "SAML-CLE"},
		{"card removed", signataire{pub: p.carte.Cle.Public(), err: panne}, p.carte.Certificat, "SAML-ECHEC-SIGNATURE"},
		{"short signature", signataire{pub: p.carte.Cle.Public(), sig: []byte("x")}, p.carte.Certificat, "SAML-ECHEC-SIGNATURE"},
	} {
		b, err := assertionCarte().Sign(rand.Reader, c.s, c.cert)
		assert.Equal(t, c.code, codeDe(t, err), c.nom)
		assert.Nil(t, b, c.nom)
		if c.nom == "card removed" {
			assert.ErrorIs(t, err, panne)
		}
	}
	_, err = (&saml.Assertion{}).Sign(nil, p.carte.Cle, p.carte.Certificat)
	assert.Equal(t, simphonie.Code("SAML-VALEUR"), codeDe(t, err))
	_, err = (*saml.Assertion)(nil).Sign(nil, p.carte.Cle, p.carte.Certificat)
	assert.Equal(t, simphonie.Code("SAML-VALEUR"), codeDe(t, err))

	// A key that signs something else, of the right size, is seen when one verifies.
	b, err := assertionCarte().Sign(nil, signataire{pub: p.carte.Cle.Public(), sig: make([]byte, 256)}, p.carte.Certificat)
	require.NoError(t, err)
	_, err = saml.VerifieOctets(b, attendu())
	assert.Equal(t, simphonie.Code("SAML-SIGNATURE"), codeDe(t, err))
}

// The signed bytes are their own canonical form, and the signature stands right after Issuer.
func TestSignCanonique(t *testing.T) {
	b := signe(t)
	assert.Equal(t, string(b), canonique(t, lu(t, b).Root()))
	assert.Contains(t, string(b), "</saml:Issuer><ds:Signature ")
	p := laPKI().carte
	encore, err := assertionCarte().Sign(rand.Reader, p.Cle, p.Certificat)
	require.NoError(t, err)
	assert.Equal(t, b, encore, "nothing is random")
}

// What goxmldsig signs is verified here, and the other way round in a message.
func TestCommeGoxmldsig(t *testing.T) {
	for _, a := range []*saml.Assertion{assertionCarte(), assertionStructure()} {
		texte, err := a.Encode()
		require.NoError(t, err)
		v, err := saml.VerifieOctets(signeParGoxmldsig(t, string(texte), dsig.RSASHA256SignatureMethod), attendu())
		require.NoError(t, err)
		assert.Equal(t, *a, v.Assertion)
		b, err := a.Sign(nil, cleDe(), laPKI().carte.Certificat)
		require.NoError(t, err)
		goxmldsigAccepte(t, b)
		goxmldsigAccepte(t, detachee(t, enveloppe(b)))
	}
}

// variations are documents with the same canonical form as a signed one.
func variations(t testing.TB) map[string][]byte {
	t.Helper()
	b := string(signe(t))
	fait := func(paires ...string) []byte {
		r := strings.NewReplacer(paires...).Replace(b)
		require.NotEqual(t, b, r)
		return []byte(r)
	}
	valeur := b[strings.Index(b, "<ds:SignatureValue>")+len("<ds:SignatureValue>"):]
	valeur = valeur[:strings.IndexByte(valeur, '<')]
	return map[string][]byte{
		"as signed":                   []byte(b),
		"declaration":                 append([]byte("<?xml version='1.0' encoding='UTF-8'?>\n"), b...),
		"comment before":              append([]byte("<!-- x -->"), b...),
		"empty tags":                  fait("></ds:Transform>", "/>", "></ds:DigestMethod>", " />"),
		"other quotes":                fait(`Version="2.0"`, `Version='2.0'`),
		"other order":                 fait(`ID="_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6" IssueInstant="2026-03-04T09:29:59.000Z"`, `IssueInstant="2026-03-04T09:29:59.000Z"  ID="_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6"`),
		"references":                  fait(">SA05<", ">S&#65;&#x30;5<"),
		"declaration not used":        fait("<saml:Subject>", `<saml:Subject xmlns:inutile="urn:x">`),
		"declared again":              fait("<saml:Subject>", `<saml:Subject xmlns:saml="`+saml.Espace+`">`),
		"line ends in base64":         fait(valeur, "\n"+valeur[:64]+"\r\n"+valeur[64:]+"\n"),
		"space in KeyInfo":            fait("<ds:X509Data>", "\n <ds:X509Data>\n"),
		"space in the signature":      fait("</ds:SignatureValue>", "</ds:SignatureValue>\n  "),
		"identifier of the signature": fait("<ds:Signature ", `<ds:Signature Id="s" `),
	}
}

// What is accepted here is accepted by goxmldsig, and means the same.
func TestVariations(t *testing.T) {
	for nom, b := range variations(t) {
		v, err := saml.VerifieOctets(b, attendu())
		require.NoError(t, err, nom)
		assert.Equal(t, *assertionCarte(), v.Assertion, nom)
		goxmldsigAccepte(t, b)
	}
}
