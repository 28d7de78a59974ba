package saml_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"testing"

	dsig "github.com/russellhaering/goxmldsig"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/internal/saml"
)

// BenchmarkSign makes and signs an assertion, beside the RSA operation alone.
func BenchmarkSign(b *testing.B) {
	p := laPKI().carte
	b.Run("assertion", func(b *testing.B) {
		a := assertionCarte()
		for b.Loop() {
			if _, err := a.Sign(nil, p.Cle, p.Certificat); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("rsa", func(b *testing.B) {
		h := sha256.Sum256(nil)
		for b.Loop() {
			if _, err := rsa.SignPKCS1v15(rand.Reader, p.Cle, crypto.SHA256, h[:]); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkVerifie verifies the same assertion here and with goxmldsig, which
// compares the certificate with its store and builds no path: so does Attendu.
func BenchmarkVerifie(b *testing.B) {
	signee := signe(b)
	ctx := dsig.NewDefaultValidationContext(&dsig.MemoryX509CertificateStore{Roots: []*x509.Certificate{laPKI().carte.Certificat}})
	ctx.Clock = dsig.NewFakeClockAt(maintenant)
	b.Run("arbre/saml", func(b *testing.B) {
		doc, v := lu(b, signee), attendu()
		for b.Loop() {
			_, err := saml.Verifie(doc, v)
			require.NoError(b, err)
		}
	})
	b.Run("arbre/goxmldsig", func(b *testing.B) {
		doc := arbre(b, signee)
		for b.Loop() {
			_, err := ctx.Validate(doc.Root())
			require.NoError(b, err)
		}
	})
	b.Run("octets/saml", func(b *testing.B) {
		v := attendu()
		for b.Loop() {
			_, err := saml.VerifieOctets(signee, v)
			require.NoError(b, err)
		}
	})
	b.Run("octets/goxmldsig", func(b *testing.B) {
		for b.Loop() {
			_, err := ctx.Validate(arbre(b, signee).Root())
			require.NoError(b, err)
		}
	})
	b.Run("octets/saml-chemin", func(b *testing.B) {
		v := parRacines()
		for b.Loop() {
			_, err := saml.VerifieOctets(signee, v)
			require.NoError(b, err)
		}
	})
}

// BenchmarkCanonicalise is the canonical form alone, beside that of goxmldsig.
func BenchmarkCanonicalise(b *testing.B) {
	doc := lu(b, signe(b))
	b.Run("saml", func(b *testing.B) {
		dst := make([]byte, 0, 8192)
		for b.Loop() {
			if _, err := saml.Canonicalise(dst, doc.Root()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("goxmldsig", func(b *testing.B) {
		c := dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList("")
		for b.Loop() {
			if _, err := c.Canonicalize(doc.Root().Copy()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
