package saml_test

import (
	"testing"
	"time"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"crypto/x509"

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

func attendu() saml.Verification {
	return saml.Verification{Attendu: laPKI().carte.cert, Instant: maintenant, AgeMax: time.Hour}
}

func TestSignVerifie(t *testing.T) {
	b := signe(t)
	v, err := saml.VerifieOctets(b, attendu())
	require.NoError(t, err)
	assert.Equal(t, *assertionCarte(), v.Assertion)
	p := laPKI()
	v, err = saml.VerifieOctets(b, saml.Verification{Racines: p.racines(), Intermediaires: p.intermediaires(), Usage: saml.UsageNonRepudiation, Instant: maintenant, AgeMax: time.Hour})
	require.NoError(t, err)
	assert.Equal(t, "899700000001", v.Sujet.Clair())
	assert.True(t, v.Certificat.Equal(p.carte.cert))
	goxmldsigAccepte(t, b)
}

// goxmldsigAccepte checks a bare assertion with the other library, the leaf as store.
func goxmldsigAccepte(t testing.TB, b []byte) {
	t.Helper()
	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromBytes(b))
	ctx := dsig.NewDefaultValidationContext(&dsig.MemoryX509CertificateStore{Roots: []*x509.Certificate{laPKI().carte.cert}})
	ctx.Clock = dsig.NewFakeClockAt(maintenant)
	_, err := ctx.Validate(doc.Root())
	require.NoError(t, err)
}
