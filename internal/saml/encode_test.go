package saml_test

import (
	"encoding/xml"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/saml"
)

func TestEncode(t *testing.T) {
	psc := assertionCarte()
	psc.QualificatifSujet, psc.Attributs = "PSC", nil
	vitale := &saml.Assertion{ID: "_v", Emission: maintenant, Emetteur: simphonie.NewConfidentiel("899700000001"),
		Sujet: simphonie.NewConfidentiel("250000000000000000"), QualificatifSujet: "VITALE"}
	for _, c := range []struct {
		nom     string
		a       *saml.Assertion
		attendu string
	}{
		{"card", assertionCarte(), `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6" IssueInstant="2026-03-04T09:29:59.000Z" Version="2.0">` +
			`<saml:Issuer Format="urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName">CN=899700000001,C=FR</saml:Issuer>` +
			`<saml:Subject><saml:NameID NameQualifier="CPS">899700000001</saml:NameID></saml:Subject>` +
			`<saml:AttributeStatement><saml:Attribute Name="identifiantFacturation"><saml:AttributeValue>750000001</saml:AttributeValue></saml:Attribute>` +
			`<saml:Attribute Name="codeSpecialiteAMO"><saml:AttributeValue>01</saml:AttributeValue></saml:Attribute>` +
			`<saml:Attribute Name="secteurActivite"><saml:AttributeValue>SA05</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>`},
		{"Pro Santé Connect", psc, `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6" IssueInstant="2026-03-04T09:29:59.000Z" Version="2.0">` +
			`<saml:Issuer Format="urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName">CN=899700000001,C=FR</saml:Issuer>` +
			`<saml:Subject><saml:NameID NameQualifier="PSC">899700000001</saml:NameID></saml:Subject></saml:Assertion>`},
		{"Vitale", vitale, `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_v" IssueInstant="2026-03-04T09:30:00.000Z" Version="2.0">` +
			`<saml:Issuer>899700000001</saml:Issuer><saml:Subject><saml:NameID NameQualifier="VITALE">250000000000000000</saml:NameID></saml:Subject></saml:Assertion>`},
		{"structure", assertionStructure(), `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6" IssueInstant="2026-03-04T09:29:59.000Z" Version="2.0">` +
			`<saml:Issuer>urn:etablissement:1</saml:Issuer>` +
			`<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified">agent-42</saml:NameID>` +
			`<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"><saml:SubjectConfirmationData NotOnOrAfter="2026-03-11T09:34:59.000Z" Recipient="urn:fournisseur"></saml:SubjectConfirmationData></saml:SubjectConfirmation></saml:Subject>` +
			`<saml:Conditions NotBefore="2026-03-04T09:29:59.000Z" NotOnOrAfter="2026-03-11T09:34:59.000Z"><saml:AudienceRestriction><saml:Audience>urn:service</saml:Audience></saml:AudienceRestriction></saml:Conditions>` +
			`<saml:AuthnStatement AuthnInstant="2026-03-04T09:29:59.000Z" SessionIndex="_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:X509</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>` +
			`<saml:AttributeStatement><saml:Attribute Name="PAGM"><saml:AttributeValue>P1</saml:AttributeValue><saml:AttributeValue>P2</saml:AttributeValue></saml:Attribute>` +
			`<saml:Attribute Name="identifiantFacturation"><saml:AttributeValue>750000001</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>`},
	} {
		b, err := c.a.Encode()
		require.NoError(t, err, c.nom)
		assert.Equal(t, c.attendu, string(b), c.nom)
		assert.Equal(t, c.attendu, canonique(t, lu(t, b).Root()), c.nom)
		assert.NoError(t, xml.Unmarshal(b, new(struct{})), c.nom)
	}
}

// Markup in a value is escaped, instants are written in UTC to the millisecond.
func TestEncodeEchappe(t *testing.T) {
	a := assertionCarte()
	a.Emetteur = simphonie.NewConfidentiel(`CN="A & B <C>", T=é 😀`)
	a.QualificatifSujet = `"<&>'`
	a.Emission = maintenant.Add(1999 * time.Microsecond).In(time.FixedZone("", 3600))
	a.Attributs = []saml.Attribut{{Nom: "n", Format: "urn:f", Valeurs: []simphonie.Confidentiel{simphonie.NewConfidentiel("]]>")}}, {Nom: "empty"}}
	b, err := a.Encode()
	require.NoError(t, err)
	assert.Contains(t, string(b), `>CN="A &amp; B &lt;C&gt;", T=é 😀<`)
	assert.Contains(t, string(b), `NameQualifier="&quot;&lt;&amp;>'"`)
	assert.Contains(t, string(b), `IssueInstant="2026-03-04T09:30:00.001Z"`)
	assert.Contains(t, string(b), `<saml:Attribute Name="n" NameFormat="urn:f"><saml:AttributeValue>]]&gt;</saml:AttributeValue></saml:Attribute><saml:Attribute Name="empty"></saml:Attribute>`)
	assert.Equal(t, string(b), canonique(t, lu(t, b).Root()))
}

func TestEncodeRefuse(t *testing.T) {
	c := simphonie.NewConfidentiel
	for nom, f := range map[string]func(*saml.Assertion){
		"ID missing":              func(a *saml.Assertion) { a.ID = "" },
		"ID that is a UUID":       func(a *saml.Assertion) { a.ID = "6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6" },
		"ID with markup":          func(a *saml.Assertion) { a.ID = `_"` },
		"no instant":              func(a *saml.Assertion) { a.Emission = time.Time{} },
		"year 10000":              func(a *saml.Assertion) { a.Emission = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) },
		"no issuer":               func(a *saml.Assertion) { a.Emetteur = c("") },
		"no subject":              func(a *saml.Assertion) { a.Sujet = c("") },
		"NUL":                     func(a *saml.Assertion) { a.Sujet = c("8\x00") },
		"line end":                func(a *saml.Assertion) { a.Sujet = c("8\n") },
		"tab":                     func(a *saml.Assertion) { a.QualificatifSujet = "\t" },
		"C1":                      func(a *saml.Assertion) { a.Emetteur = c("\u0085") },
		"DEL":                     func(a *saml.Assertion) { a.Emetteur = c("\x7f") },
		"not UTF-8":               func(a *saml.Assertion) { a.Emetteur = c("\xe9") },
		"U+FFFE":                  func(a *saml.Assertion) { a.Emetteur = c("\uFFFE") },
		"attribute without name":  func(a *saml.Assertion) { a.Attributs[0].Nom = "" },
		"attribute value empty":   func(a *saml.Assertion) { a.Attributs[0].Valeurs[0] = c("") },
		"no method":               func(a *saml.Assertion) { a.Confirmation.Methode = "" },
		"audience empty":          func(a *saml.Assertion) { a.Conditions.Audiences[0] = "" },
		"no class":                func(a *saml.Assertion) { a.Authentification.Classe = "" },
		"no authentication date":  func(a *saml.Assertion) { a.Authentification.Instant = time.Time{} },
		"end that is not written": func(a *saml.Assertion) { a.Conditions.Fin = time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC) },
	} {
		a := assertionStructure()
		f(a)
		b, err := a.Encode()
		assert.Equal(t, simphonie.Code("SAML-VALEUR"), codeDe(t, err), nom)
		assert.Nil(t, b, nom)
	}
	a := assertionCarte()
	a.Attributs = append(a.Attributs, a.Attributs[0])
	_, err := a.Encode()
	assert.Equal(t, simphonie.Code("SAML-ATTRIBUT"), codeDe(t, err))
	_, err = (*saml.Assertion)(nil).Encode()
	assert.Equal(t, simphonie.Code("SAML-VALEUR"), codeDe(t, err))
	// Confirmation without data, conditions and authentication at their smallest.
	a = assertionStructure()
	a.Confirmation = &saml.Confirmation{Methode: saml.SenderVouches}
	a.Conditions = &saml.Conditions{}
	a.Authentification.Session = ""
	b, err := a.Encode()
	require.NoError(t, err)
	assert.Contains(t, string(b), `sender-vouches"></saml:SubjectConfirmation>`)
	assert.Contains(t, string(b), `<saml:Conditions></saml:Conditions>`)
	p := laPKI().carte
	b, err = a.Sign(nil, p.Cle, p.Certificat)
	require.NoError(t, err)
	v, err := saml.VerifieOctets(b, attendu())
	require.NoError(t, err)
	assert.Equal(t, *a, v.Assertion)
}
