package passerelle_test

import (
	"crypto"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/internal/passerelle"
	"github.com/simphonie/simphonie/internal/passerelle/brut"
	"github.com/simphonie/simphonie/internal/testpki"
)

func iso(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// signe signs with the card after changing the unsigned text.
func (e *essai) signe(vieux, neuf string) string {
	e.Helper()
	texte := brut.Assertion("_"+brut.UUID(), iso(e.h.maintenant()), "CN="+porteur+",C=FR", "CDE-CPE", porteur)
	require.Contains(e, texte, vieux)
	s, err := brut.Signe(strings.ReplaceAll(texte, vieux, neuf), e.carte.Certificat, e.carte.Cle)
	require.NoError(e, err)
	return s
}

// Signed well, but it does not say what it must.
func TestAssertionsBienSigneesMaisFausses(t *testing.T) {
	e := lance(t)
	e.accepte(e.parCarte(e.signe("CN=", "2.5.4.42=ALICE+CN=")))
	e.accepte(e.parCarte(e.signe(`<saml2:Attribute Name="secteurActivite">`, `<saml2:Attribute Name="codeSpecialiteAMO"><saml2:AttributeValue>01</saml2:AttributeValue></saml2:Attribute><saml2:Attribute Name="SecteurActivite">`)))
	for _, c := range []struct{ vieux, neuf, motif string }{
		{`Version="2.0"`, `Version="1.1"`, "Version 2.0"},
		{`ID="_`, `ID="1`, "ID"},
		{"CDE-CPE", "CPS", "type of the card"},
		{`NameQualifier="CDE-CPE"`, "", "type of the card"},
		{">" + porteur + "</saml2:NameID>", ">899900063481</saml2:NameID>", "holder of the card"},
		{"CN=" + porteur, "CN=AUTRE", "Issuer"},
		{"X509SubjectName", "unspecified", "Issuer"},
		{"</saml2:Subject>", "</saml2:Subject><saml2:Conditions/>", "in this order"},
		{"</saml2:NameID>", "</saml2:NameID><saml2:SubjectConfirmation/>", "NameID alone"},
		{"identifiantFacturation", "IdentifiantFacturation", "no text names"},
		{"secteurActivite", "codeSpecialite", "secteurActivite: missing"},
		{"secteurActivite", "identifiantFacturation", "one value"},
		{"SA01", "", "one value"},
		{"<saml2:AttributeStatement>", `<saml2:AttributeStatement ID="_x"><saml2:Attribute ID="_x"/>`, "ID stands twice"},
		{"<saml2:AttributeStatement>", `<saml2:AttributeStatement Id="_x">`, "not ID"},
		{"<saml2:AttributeStatement>", `<x xmlns="urn:x"/><saml2:AttributeStatement>`, "another namespace"},
	} {
		e.refuse(e.parCarte(e.signe(c.vieux, c.neuf)), "assertion", c.motif, "%s", c.neuf)
	}
}

// The life of an assertion, on a clock that the test moves.
func TestDureeDesAssertions(t *testing.T) {
	e := lance(t)
	a, err := brut.Carte(e.carte.Certificat, e.carte.Cle, debut)
	require.NoError(t, err)
	e.h.avance(time.Hour)
	e.accepte(e.parCarte(a))
	e.h.avance(time.Second)
	e.refuse(e.parCarte(a), "assertion", "expired")
	a, err = brut.Carte(e.carte.Certificat, e.carte.Cle, e.h.maintenant().Add(time.Second))
	require.NoError(t, err)
	e.refuse(e.parCarte(a), "assertion", "future")
	e.refuse(e.parCarte(e.signe(iso(e.h.maintenant()), "2026-11-02T11:00:00+01:00")), "assertion", "UTC")

	indulgente := lance(t, func(o *passerelle.Options) { o.Derive = 5 * time.Minute })
	a, err = brut.Carte(indulgente.carte.Certificat, indulgente.carte.Cle, debut.Add(5*time.Minute))
	require.NoError(t, err)
	indulgente.accepte(indulgente.parCarte(a))
}

// A certificate that must not sign.
func TestCertificatsDeSignature(t *testing.T) {
	e := lance(t)
	autre, err := e.s.PKI().Autre()
	require.NoError(t, err)
	p := testpki.Porteur{Identifiant: porteur, Type: testpki.CPE}
	revoquee, err := e.s.PKI().Carte(p)
	require.NoError(t, err)
	e.s.Revoque(revoquee.Certificat)
	for _, c := range []struct {
		motif string
		id    func() (*testpki.Identite, error)
	}{
		{"expired or not yet", func() (*testpki.Identite, error) { return e.s.PKI().Carte(p, testpki.Expire) }},
		{"expired or not yet", func() (*testpki.Identite, error) { return e.s.PKI().Carte(p, testpki.PasEncoreValide) }},
		{"no path", func() (*testpki.Identite, error) { return autre.Carte(p) }},
		{"revoked", func() (*testpki.Identite, error) { return revoquee, nil }},
		{"nonRepudiation", func() (*testpki.Identite, error) { return e.s.PKI().Carte(p, testpki.PourAuthentifier) }},
		{"not of a person", func() (*testpki.Identite, error) { return e.s.PKI().Signature(porteur) }},
	} {
		id, err := c.id()
		require.NoError(t, err)
		a, err := brut.Carte(id.Certificat, id.Cle, debut)
		require.NoError(t, err)
		e.refuse(e.parCarte(a), "assertion", c.motif)
	}
	for typ, qualificatif := range map[testpki.TypeCarte]string{testpki.CPS: "CPS", testpki.CPF: "CPF", testpki.CPE: "CDE-CPE", testpki.CPA: "CPA", 7: "CPX"} {
		id, err := e.s.PKI().Carte(testpki.Porteur{Identifiant: porteur, Type: typ})
		require.NoError(t, err)
		a, err := brut.Signe(brut.Assertion("_"+brut.UUID(), iso(debut), "CN="+porteur, qualificatif, porteur), id.Certificat, id.Cle)
		require.NoError(t, err)
		e.accepte(e.parCarte(a))
	}
}

// Signatures that are not those that were recorded, and messages arranged
// around a good one.
func TestSignatures(t *testing.T) {
	e := lance(t)
	bonne := e.signe("", "")
	e.refuse(e.parCarte(bonne, bonne), "assertion", "ID stands twice")
	e.refuse(e.parCarte(bonne, e.signe("", "")), "assertion", "in this order")
	e.refuse(e.parCarte(bonne, e.signe("", ""), e.signe("", "")), "assertion", "one Assertion")
	e.refuse(e.parCarte(bonne+"<x/>"), "assertion", "second assertion")
	e.refuse(e.parCarte(""), "assertion", "one Assertion")
	e.refuse(e.parCarte(strings.Replace(bonne, "750100125", "750712184", 1)), "assertion", "does not verify")
	sig := bonne[strings.Index(bonne, "<ds:Signature ") : strings.Index(bonne, "</ds:Signature>")+len("</ds:Signature>")]
	nue := strings.Replace(bonne, sig, "", 1)
	e.refuse(e.parCarte(nue), "assertion", "not signed")
	e.refuse(e.parCarte(strings.Replace(nue, "</saml2:Assertion>", sig+"</saml2:Assertion>", 1)), "assertion", "right after Issuer")
	e.refuse(e.parCarte(strings.Replace(bonne, sig, sig+sig, 1)), "assertion", "right after Issuer")
	infos := sig[strings.Index(sig, "<ds:SignedInfo") : strings.Index(sig, "</ds:SignedInfo>")+len("</ds:SignedInfo>")]
	reference := infos[strings.Index(infos, "<ds:Reference") : strings.Index(infos, "</ds:Reference>")+len("</ds:Reference>")]
	certificat := sig[strings.Index(sig, "<ds:X509Certificate>") : strings.Index(sig, "</ds:X509Certificate>")+len("</ds:X509Certificate>")]
	for _, c := range []struct{ vieux, neuf, motif string }{
		{infos, infos + infos, "SignedInfo stands twice"},
		{infos, "", "SignedInfo is missing"},
		{reference, reference + reference, "Transforms"},
		{`URI="#_`, `URI="" x="#_`, "Reference/@"},
		{`URI="#_`, `URI="#x`, "Reference/@URI"},
		{"rsa-sha256", "rsa-sha1", "SignatureMethod"},
		{"xmlenc#sha256", "xmlenc#sha512", "DigestMethod"},
		{"enveloped-signature", "base64", "Transforms"},
		{certificat, certificat + certificat, "one X509Certificate"},
		{certificat, "", "one X509Certificate"},
		{"<ds:X509Certificate>", "<ds:X509Certificate>!", "base64"},
		{"<ds:X509Certificate>M", "<ds:X509Certificate>A", "parse"},
		{"<ds:DigestValue>", "<ds:DigestValue><!-- -->", "more than text"},
	} {
		change := strings.Replace(bonne, c.vieux, c.neuf, 1)
		if strings.HasPrefix(c.vieux, "xmlenc") || strings.HasPrefix(c.vieux, "rsa") {
			change = strings.ReplaceAll(bonne, c.vieux, c.neuf)
		}
		require.NotEqual(t, bonne, change)
		e.refuse(e.parCarte(change), "assertion", c.motif, "%s", c.motif)
	}
	// Wrapped: another assertion of the same ID carries the good one.
	mauvaise := strings.Replace(nue, ">"+porteur+"</saml2:NameID>", ">899900063481</saml2:NameID>", 1)
	e.refuse(e.parCarte(strings.Replace(mauvaise, "<saml2:Subject>", strings.Replace(sig, "</ds:Signature>", "<ds:Object>"+nue+"</ds:Object></ds:Signature>", 1)+"<saml2:Subject>", 1)),
		"assertion", "ID stands twice")

	for nom, regle := range map[string]func(*dsig.SigningContext){
		"sha1":    func(c *dsig.SigningContext) { c.Hash = crypto.SHA1 },
		"sha512":  func(c *dsig.SigningContext) { c.Hash = crypto.SHA512 },
		"c14n1.1": func(c *dsig.SigningContext) { c.Canonicalizer = dsig.MakeC14N11Canonicalizer() },
	} {
		ctx, err := dsig.NewSigningContext(e.carte.Cle, [][]byte{e.carte.Certificat.Raw})
		require.NoError(t, err)
		ctx.Canonicalizer = dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList("")
		regle(ctx)
		doc := etree.NewDocument()
		require.NoError(t, doc.ReadFromString(nue))
		s, err := ctx.ConstructSignature(doc.Root(), true)
		require.NoError(t, err)
		doc.Root().InsertChildAt(1, s)
		texte, err := doc.WriteToString()
		require.NoError(t, err)
		e.refuse(e.parCarte(texte), "assertion", "", nom)
	}
}

func TestPSC(t *testing.T) {
	psc := brut.Assertion("_"+brut.UUID(), iso(debut), "CN=x", "PSC", porteur)
	e := lance(t)
	e.refuse(e.parCarte(psc), "assertion", "not signed")
	e = lance(t, func(o *passerelle.Options) { o.PSC = true })
	e.accepte(e.parCarte(psc))
	assert.Equal(t, passerelle.PSC, e.dernier().Authentification)
	e.refuse(e.parCarte(strings.Replace(psc, `"PSC"`, `"CPS"`, 1)), "assertion", "not signed")
	e.refuse(e.parCarte(strings.Replace(psc, iso(debut), iso(debut.Add(-2*time.Hour)), 1)), "assertion", "expired")
	e.accepte(e.parCarte())
}

// The assertion of the patient's card comes second, signed or not.
func TestAssertionVitale(t *testing.T) {
	e := lance(t)
	carte := e.signe("", "")
	vitale := `<v:Assertion xmlns:v="urn:oasis:names:tc:SAML:2.0:assertion" ID="_v1" IssueInstant="` + iso(debut) + `" Version="2.0"><v:Issuer>` + porteur +
		`</v:Issuer><v:Subject><v:NameID NameQualifier="VITALE">800000000001</v:NameID></v:Subject></v:Assertion>`
	e.accepte(e.parCarte(carte, vitale))
	assert.Equal(t, "800000000001", e.recues[0].Authentification.Vitale)
	signe := func(id *testpki.Identite) string {
		s, err := brut.Signe(vitale, id.Certificat, id.Cle)
		require.NoError(t, err)
		return s
	}
	e.accepte(e.parCarte(carte, signe(e.carte)))
	autre, err := e.s.PKI().Carte(testpki.Porteur{Identifiant: porteur, Type: testpki.CPE})
	require.NoError(t, err)
	e.refuse(e.parCarte(carte, signe(autre)), "assertion", "another card")
	e.refuse(e.parCarte(vitale), "assertion", "not signed")
	e.refuse(e.parCarte(vitale, carte), "assertion", "not signed")
	for _, c := range []struct{ vieux, neuf, motif string }{
		{`"VITALE"`, `"CPS"`, "VITALE"},
		{porteur, "899900063481", "holder as Issuer"},
		{"<v:Issuer>", `<v:Issuer Format="x">`, "holder as Issuer"},
		{iso(debut), iso(debut.Add(time.Second)), "future"},
		{iso(debut), iso(debut.Add(-time.Hour - time.Second)), "expired"},
		{"</v:Subject>", "</v:Subject><v:AttributeStatement/>", "in this order"},
		{`Version="2.0"`, "", "Version"},
		{"800000000001", "", "NameID"},
	} {
		e.refuse(e.parCarte(carte, strings.Replace(vitale, c.vieux, c.neuf, 1)), "assertion", c.motif, "%s", c.neuf)
	}
}
