package saml_test

import (
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

const (
	exc = "http://www.w3.org/2001/10/xml-exc-c14n#"
	ds  = "http://www.w3.org/2000/09/xmldsig#"
)

// attaque changes a signed assertion; the refusal must have that code.
type attaque struct {
	nom  string
	fait func(t *testing.T, b []byte) []byte
	code simphonie.Code
}

// remplace changes the text of a document once.
func remplace(avant, apres string) func(*testing.T, []byte) []byte {
	return func(t *testing.T, b []byte) []byte {
		require.Contains(t, string(b), avant)
		return []byte(strings.Replace(string(b), avant, apres, 1))
	}
}

// ajoute puts a text after a tag.
func ajoute(balise, texte string) func(*testing.T, []byte) []byte {
	return remplace(balise, balise+texte)
}

// change works on the tree: the assertion and its signature.
func change(f func(assertion, signature *etree.Element)) func(*testing.T, []byte) []byte {
	return func(t *testing.T, b []byte) []byte {
		doc := arbre(t, b)
		f(doc.Root(), doc.Root().SelectElement("Signature"))
		return ecrit(t, doc)
	}
}

// signee gives a validly signed assertion of another content.
func signee(avant, apres string) func(*testing.T, []byte) []byte {
	return func(t *testing.T, _ []byte) []byte {
		a, err := assertionStructure().Encode()
		require.NoError(t, err)
		require.Contains(t, string(a), avant)
		return signeParGoxmldsig(t, strings.Replace(string(a), avant, apres, 1), dsig.RSASHA256SignatureMethod)
	}
}

func attaques() []attaque {
	return []attaque{
		// The signature and the content.
		{"NameID changed", remplace(">899700000001</saml:NameID>", ">899700000002</saml:NameID>"), "SAML-EMPREINTE"},
		{"attribute changed", remplace("SA05", "SA06"), "SAML-EMPREINTE"},
		{"attribute added", ajoute("<saml:AttributeStatement>", `<saml:Attribute Name="x"><saml:AttributeValue>y</saml:AttributeValue></saml:Attribute>`), "SAML-EMPREINTE"},
		{"instant changed", remplace("2026-03-04T09:29:59.000Z", "2026-03-04T09:29:59.001Z"), "SAML-EMPREINTE"},
		{"prefix renamed", func(_ *testing.T, b []byte) []byte {
			return []byte(strings.NewReplacer("saml:", "s:", ":saml", ":s").Replace(string(b)))
		}, "SAML-EMPREINTE"},
		{"white space added", ajoute("</saml:Subject>", "\n"), "SAML-EMPREINTE"},
		{"digest changed", change(func(_, s *etree.Element) {
			s.FindElement(".//DigestValue").SetText("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
		}), "SAML-SIGNATURE"},
		{"short digest", change(func(_, s *etree.Element) { s.FindElement(".//DigestValue").SetText("AAAA") }), "SAML-SIGNATURE"},
		{"signature changed", change(func(_, s *etree.Element) {
			v := s.FindElement("./SignatureValue")
			premier := "A"
			if v.Text()[0] == 'A' {
				premier = "B"
			}
			v.SetText(premier + v.Text()[1:])
		}), "SAML-SIGNATURE"},
		{"short signature", change(func(_, s *etree.Element) { s.FindElement("./SignatureValue").SetText("AAAA") }), "SAML-SIGNATURE"},

		// Who signed.
		{"certificate of another", change(func(_, s *etree.Element) {
			s.FindElement(".//X509Certificate").SetText(base64Std(laPKI().autre.Certificat.Raw))
		}), "SAML-INATTENDU"},
		{"two certificates", change(func(_, s *etree.Element) {
			s.FindElement(".//X509Data").CreateElement("ds:X509Certificate").SetText(base64Std(laPKI().autre.Certificat.Raw))
		}), "SAML-CERTIFICATS"},
		{"no certificate", change(func(_, s *etree.Element) {
			d := s.FindElement(".//X509Data")
			d.RemoveChild(d.FindElement("./X509Certificate"))
		}), "SAML-CERTIFICATS"},
		{"X509IssuerSerial", ajoute("<ds:X509Data>", "<ds:X509IssuerSerial></ds:X509IssuerSerial>"), "SAML-KEYINFO"},
		{"KeyValue", ajoute("<ds:KeyInfo>", "<ds:KeyValue></ds:KeyValue>"), "SAML-KEYINFO"},
		{"KeyValue only", change(func(_, s *etree.Element) {
			s.FindElement("./KeyInfo").Child = nil
			s.FindElement("./KeyInfo").CreateElement("ds:KeyValue")
		}), "SAML-KEYINFO"},
		{"RetrievalMethod", remplace("ds:X509Data>", "ds:RetrievalMethod>"), "XML-BALISES"},
		{"RetrievalMethod beside", ajoute("</ds:X509Data>", `<ds:RetrievalMethod URI="#x"></ds:RetrievalMethod>`), "SAML-KEYINFO"},
		{"two X509Data", ajoute("</ds:X509Data>", `<ds:X509Data></ds:X509Data>`), "SAML-KEYINFO"},
		{"no KeyInfo", change(func(_, s *etree.Element) { s.RemoveChild(s.FindElement("./KeyInfo")) }), "SAML-KEYINFO"},
		{"two KeyInfo", ajoute("</ds:KeyInfo>", "<ds:KeyInfo></ds:KeyInfo>"), "SAML-SIGNATURE-FORME"},

		// Algorithms.
		{"SHA-1 signature", remplace(dsig.RSASHA256SignatureMethod, dsig.RSASHA1SignatureMethod), "SAML-ALGO-SIGNATURE"},
		{"HMAC", remplace(dsig.RSASHA256SignatureMethod, "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"), "SAML-ALGO-SIGNATURE"},
		{"no signature method", remplace(dsig.RSASHA256SignatureMethod, ""), "SAML-ALGO-SIGNATURE"},
		{"HMAC length", ajoute(`rsa-sha256">`, "<ds:HMACOutputLength>1</ds:HMACOutputLength>"), "SAML-ALGO-SIGNATURE"},
		{"signed with SHA-1", func(t *testing.T, _ []byte) []byte {
			a, err := assertionCarte().Encode()
			require.NoError(t, err)
			return signeParGoxmldsig(t, string(a), dsig.RSASHA1SignatureMethod)
		}, "SAML-ALGO-SIGNATURE"},
		{"SHA-1 digest", remplace("http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2000/09/xmldsig#sha1"), "SAML-ALGO-EMPREINTE"},
		{"inclusive c14n", remplace(`<ds:CanonicalizationMethod Algorithm="`+exc, `<ds:CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315`), "SAML-ALGO-C14N"},
		{"c14n with comments", remplace(`<ds:CanonicalizationMethod Algorithm="`+exc, `<ds:CanonicalizationMethod Algorithm="`+exc+`WithComments`), "SAML-ALGO-C14N"},
		{"c14n with prefixes", ajoute(`<ds:CanonicalizationMethod Algorithm="`+exc+`">`, `<ec:InclusiveNamespaces xmlns:ec="`+exc+`" PrefixList="xs"/>`), "SAML-ALGO-C14N"},

		// Transforms.
		{"no transform", change(func(_, s *etree.Element) { s.FindElement(".//Transforms").Child = nil }), "SAML-TRANSFORMATIONS"},
		{"one transform", change(func(_, s *etree.Element) { s.FindElement(".//Transforms").RemoveChildAt(1) }), "SAML-TRANSFORMATIONS"},
		{"transforms in the other order", change(func(_, s *etree.Element) {
			ts := s.FindElement(".//Transforms")
			ts.AddChild(ts.RemoveChildAt(0))
		}), "SAML-TRANSFORMATIONS"},
		{"a third transform", ajoute("<ds:Transforms>", `<ds:Transform Algorithm="`+exc+`"></ds:Transform>`), "SAML-TRANSFORMATIONS"},
		{"XSLT", remplace(`<ds:Transform Algorithm="`+exc+`">`, `<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116">`), "SAML-TRANSFORMATIONS"},
		{"XPath", remplace(ds+"enveloped-signature", "http://www.w3.org/TR/1999/REC-xpath-19991116"), "SAML-TRANSFORMATIONS"},
		{"prefixes of a transform", ajoute(`<ds:Transform Algorithm="`+exc+`">`, `<ec:InclusiveNamespaces xmlns:ec="`+exc+`" PrefixList="saml"/>`), "SAML-TRANSFORMATIONS"},
		{"no Transforms", change(func(_, s *etree.Element) {
			r := s.FindElement(".//Reference")
			r.RemoveChild(r.FindElement("./Transforms"))
		}), "SAML-SIGNATURE-FORME"},

		// References.
		{"empty URI", remplace(`URI="#_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6"`, `URI=""`), "SAML-REFERENCE-VIDE"},
		{"no URI", remplace(` URI="#_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6"`, ``), "SAML-REFERENCE-VIDE"},
		{"URI of something else", remplace(`URI="#_6f1e`, `URI="#_7f1e`), "SAML-REFERENCE"},
		{"URI in another case", remplace(`URI="#_6f1e8b1e`, `URI="#_6F1E8B1E`), "SAML-REFERENCE"},
		{"XPointer", remplace(`URI="#_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6"`, `URI="#xpointer(id('_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6'))"`), "SAML-REFERENCE"},
		{"external URI", remplace(`URI="#_6f1e`, `URI="http://x/#_6f1e`), "SAML-REFERENCE"},
		{"URI without #", remplace(`URI="#_6f1e`, `URI="_6f1e`), "SAML-REFERENCE"},
		{"prefixed URI", remplace(`<ds:Reference URI=`, `<ds:Reference ds:URI=`), "SAML-REFERENCE-VIDE"},
		{"two references", change(func(_, s *etree.Element) {
			r := s.FindElement(".//Reference")
			s.FindElement("./SignedInfo").AddChild(r.Copy())
		}), "SAML-REFERENCES"},
		{"no reference", change(func(_, s *etree.Element) {
			si := s.FindElement("./SignedInfo")
			si.RemoveChild(si.FindElement("./Reference"))
		}), "SAML-REFERENCES"},

		// The shape of the signature.
		{"not signed", change(func(a, s *etree.Element) { a.RemoveChild(s) }), "SAML-NON-SIGNEE"},
		{"Signature of another namespace", remplace(`xmlns:ds="`+ds+`"`, `xmlns:ds="urn:x"`), "SAML-NON-SIGNEE"},
		{"signature twice", change(func(a, s *etree.Element) { a.AddChild(s.Copy()) }), "SAML-SIGNATURES"},
		{"signature in a signature", change(func(_, s *etree.Element) { s.CreateElement("ds:Object").AddChild(s.Copy()) }), "SAML-SIGNATURES"},
		{"signature at the end", change(func(a, s *etree.Element) { a.AddChild(s) }), "SAML-SIGNATURE-PLACE"},
		{"signature first", change(func(a, s *etree.Element) { a.InsertChildAt(0, s) }), "SAML-SIGNATURE-PLACE"},
		{"signature inside Subject", change(func(a, s *etree.Element) { a.SelectElement("Subject").AddChild(s) }), "SAML-SIGNATURE-PLACE"},
		{"two SignedInfo", change(func(_, s *etree.Element) {
			s.InsertChildAt(0, s.FindElement("./SignedInfo").Copy())
		}), "SAML-SIGNEDINFO"},
		{"no SignedInfo", change(func(_, s *etree.Element) { s.RemoveChild(s.FindElement("./SignedInfo")) }), "SAML-SIGNEDINFO"},
		{"SignedInfo last", change(func(_, s *etree.Element) { s.AddChild(s.FindElement("./SignedInfo")) }), "SAML-SIGNATURE-FORME"},
		{"two SignatureValue", change(func(_, s *etree.Element) {
			s.InsertChildAt(1, s.FindElement("./SignatureValue").Copy())
		}), "SAML-SIGNATURE-FORME"},
		{"Object", ajoute("</ds:KeyInfo>", "<ds:Object>x</ds:Object>"), "SAML-SIGNATURE-FORME"},
		{"extra element in SignedInfo", ajoute("</ds:Reference>", "<ds:x></ds:x>"), "SAML-SIGNATURE-FORME"},
		{"text in the signature", ajoute("</ds:SignedInfo>", "x"), "SAML-STRUCTURE"},

		// Comments, CDATA, base64.
		{"comment in NameID", remplace("899700000001</saml:NameID>", "8997<!-- -->00000001</saml:NameID>"), "SAML-COMMENTAIRE"},
		{"comment between elements", ajoute("</saml:Subject>", "<!-- -->"), "SAML-COMMENTAIRE"},
		{"comment in DigestValue", ajoute("<ds:DigestValue>", "<!-- -->"), "SAML-COMMENTAIRE"},
		{"comment in the certificate", ajoute("<ds:X509Certificate>", "<!-- -->"), "SAML-COMMENTAIRE"},
		{"CDATA in NameID", remplace("899700000001</saml:NameID>", "8997<![CDATA[00000001]]></saml:NameID>"), "SAML-COMMENTAIRE"},
		{"CDATA in DigestValue", ajoute("<ds:DigestValue>", "<![CDATA[]]>"), "SAML-COMMENTAIRE"},
		{"instruction", ajoute("</saml:Subject>", "<?x y?>"), "XML-INSTRUCTION"},
		{"element in DigestValue", ajoute("<ds:DigestValue>", "<ds:x></ds:x>"), "SAML-BASE64"},
		{"space in DigestValue", ajoute("<ds:DigestValue>", " "), "SAML-BASE64"},
		{"empty DigestValue", change(func(_, s *etree.Element) { s.FindElement(".//DigestValue").SetText("") }), "SAML-BASE64"},
		{"URL alphabet", change(func(_, s *etree.Element) { s.FindElement(".//DigestValue").SetText("-_-_") }), "SAML-BASE64"},
		{"no padding", change(func(_, s *etree.Element) { s.FindElement(".//DigestValue").SetText("AAA") }), "SAML-BASE64"},
		{"stray bits", change(func(_, s *etree.Element) { s.FindElement(".//DigestValue").SetText("AB==") }), "SAML-BASE64"},
		{"after the padding", change(func(_, s *etree.Element) { s.FindElement(".//DigestValue").SetText("AA==AAAA") }), "SAML-BASE64"},
		{"SignatureValue", ajoute("<ds:SignatureValue>", "*"), "SAML-BASE64"},
		{"X509Certificate", ajoute("<ds:X509Certificate>", "*"), "SAML-BASE64"},

		// Identifiers.
		{"ID twice", ajoute("<saml:Subject", ` ID="_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6"`), "SAML-ID-DOUBLE"},
		{"Id", ajoute("<saml:Subject", ` Id="_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6"`), "SAML-ID-DOUBLE"},
		{"id", ajoute("<saml:Subject", ` id="_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6"`), "SAML-ID-DOUBLE"},
		{"wsu:Id", ajoute("<saml:Subject", ` xmlns:wsu="urn:wsu" wsu:Id="_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6"`), "SAML-ID-DOUBLE"},
		{"xml:id", ajoute("<saml:Subject", ` xml:id="_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6"`), "SAML-ID-DOUBLE"},
		{"in the signature", ajoute("<ds:Signature", ` Id="_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6"`), "SAML-ID-DOUBLE"},
		{"twice on the assertion", ajoute("<saml:Assertion", ` Id="_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6"`), "SAML-ID-DOUBLE"},
		{"two identifiers", ajoute("<saml:Assertion", ` Id="_autre"`), "SAML-ID"},
		{"Id instead of ID", remplace(` ID="_6f1e`, ` Id="_6f1e`), "SAML-ID"},
		{"no ID", remplace(` ID="_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6"`, ``), "SAML-ID"},
		{"empty ID", remplace(` ID="_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6"`, ` ID=""`), "SAML-ID"},

		// The document.
		{"not an assertion", func(*testing.T, []byte) []byte { return []byte("<a/>") }, "SAML-PLACE"},
		{"SAML 1.1", func(*testing.T, []byte) []byte {
			return []byte(`<Assertion xmlns="urn:oasis:names:tc:SAML:1.0:assertion"/>`)
		}, "SAML-PLACE"},
		{"in an envelope", func(_ *testing.T, b []byte) []byte { return enveloppe(b) }, "SAML-PLACE"},
		{"assertion in an assertion", ajoute("</saml:Subject>", `<saml:Assertion></saml:Assertion>`), "SAML-ASSERTIONS"},
		{"assertion in a signature", ajoute("</ds:KeyInfo>", `<ds:Object><saml:Assertion></saml:Assertion></ds:Object>`), "SAML-ASSERTIONS"},
		{"DOCTYPE", func(_ *testing.T, b []byte) []byte {
			return append([]byte(`<!DOCTYPE x [<!ATTLIST saml:Assertion ID ID #IMPLIED>]>`), b...)
		}, "XML-DIRECTIVE"},

		// Well signed, and still not good.
		{"version 2.1", signee(`Version="2.0"`, `Version="2.1"`), "SAML-VERSION"},
		{"no version", signee(` Version="2.0"`, ``), "SAML-VERSION"},
		{"local time", signee(`IssueInstant="2026-03-04T09:29:59.000Z"`, `IssueInstant="2026-03-04T10:29:59.000+01:00"`), "SAML-INSTANT"},
		{"short hour", signee(`IssueInstant="2026-03-04T09:29:59.000Z"`, `IssueInstant="2026-03-04T9:29:59.000Z"`), "SAML-INSTANT"},
		{"comma", signee(`IssueInstant="2026-03-04T09:29:59.000Z"`, `IssueInstant="2026-03-04T09:29:59,000Z"`), "SAML-INSTANT"},
		{"no instant", signee(` IssueInstant="2026-03-04T09:29:59.000Z"`, ``), "SAML-INSTANT"},
		{"attribute name twice", signee(`Name="identifiantFacturation"`, `Name="PAGM"`), "SAML-ATTRIBUT"},
		{"attribute without name", signee(`Name="identifiantFacturation"`, ``), "SAML-STRUCTURE"},
		{"no subject", signee(`<saml:Subject>`, `<saml:Advice></saml:Advice><saml:Subject>`), "SAML-STRUCTURE"},
		{"two subjects", signee(`<saml:Conditions`, `<saml:Subject><saml:NameID>x</saml:NameID></saml:Subject><saml:Conditions`), "SAML-STRUCTURE"},
		{"two NameID", signee(`<saml:SubjectConfirmation `, `<saml:NameID>x</saml:NameID><saml:SubjectConfirmation `), "SAML-STRUCTURE"},
		{"empty NameID", signee(`agent-42`, ``), "SAML-STRUCTURE"},
		{"element in NameID", signee(`agent-42`, `agent<saml:x></saml:x>`), "SAML-STRUCTURE"},
		{"unknown condition", signee(`<saml:AudienceRestriction>`, `<saml:OneTimeUse></saml:OneTimeUse><saml:AudienceRestriction>`), "SAML-STRUCTURE"},
		{"no audience", signee(`<saml:Audience>urn:service</saml:Audience>`, ``), "SAML-STRUCTURE"},
		{"other than audience", signee(`<saml:Audience>urn:service</saml:Audience>`, `<saml:x>urn:service</saml:x>`), "SAML-STRUCTURE"},
		{"bound to an answer", signee(`Recipient="urn:fournisseur"`, `InResponseTo="x" Recipient="urn:fournisseur"`), "SAML-STRUCTURE"},
		{"two contexts", signee(`<saml:AuthnContext>`, `<saml:AuthnContext></saml:AuthnContext><saml:AuthnContext>`), "SAML-STRUCTURE"},
		{"element in a value", signee(`>P1</saml:AttributeValue>`, `><saml:x>P1</saml:x></saml:AttributeValue>`), "SAML-STRUCTURE"},
		{"other than a value", signee(`<saml:AttributeValue>P1</saml:AttributeValue>`, `<saml:x>P1</saml:x>`), "SAML-STRUCTURE"},
		{"text between", signee(`<saml:Conditions`, `x<saml:Conditions`), "SAML-STRUCTURE"},
	}
}

func TestAttaques(t *testing.T) {
	b := signe(t)
	for _, a := range attaques() {
		v, err := saml.VerifieOctets(a.fait(t, b), attendu())
		assert.Equal(t, a.code, codeDe(t, err), "%s: %v", a.nom, err)
		assert.Nil(t, v, a.nom)
		if err != nil {
			for _, secret := range []string{"899700000001", "SA05", "750000001"} {
				assert.NotContains(t, err.Error(), secret, a.nom)
			}
		}
	}
}

// The same in the header of a message: never accepted.
func TestAttaquesEnTete(t *testing.T) {
	b := signe(t)
	for _, a := range attaques() {
		mauvaise := a.fait(t, b)
		if a.code == "SAML-PLACE" || strings.HasPrefix(string(a.code), "XML-") {
			continue
		}
		vs, err := saml.VerifieEnTete(lu(t, enveloppe(mauvaise)), 1, attendu())
		assert.Equal(t, a.code, codeDe(t, err), "%s: %v", a.nom, err)
		assert.Nil(t, vs, a.nom)
	}
	vs, err := saml.VerifieEnTete(lu(t, enveloppe(b)), 1, attendu())
	require.NoError(t, err)
	assert.Equal(t, *assertionCarte(), vs[0].Assertion)
}

// assertionStructure is that of an establishment under a convention.
func assertionStructure() *saml.Assertion {
	a := assertionCarte()
	fin := a.Emission.Add(7*24*time.Hour + 5*time.Minute)
	a.Emetteur, a.FormatEmetteur = simphonie.NewConfidentiel("urn:etablissement:1"), ""
	a.Sujet, a.QualificatifSujet = simphonie.NewConfidentiel("agent-42"), ""
	a.FormatSujet = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
	a.Confirmation = &saml.Confirmation{Methode: saml.SenderVouches, Destinataire: "urn:fournisseur", Fin: fin}
	a.Conditions = &saml.Conditions{Debut: a.Emission, Fin: fin, Audiences: []string{"urn:service"}}
	a.Authentification = &saml.Authentification{Instant: a.Emission, Session: a.ID, Classe: "urn:oasis:names:tc:SAML:2.0:ac:classes:X509"}
	a.Attributs = []saml.Attribut{saml.NewAttribut("PAGM", "P1", "P2"), saml.NewAttribut("identifiantFacturation", "750000001")}
	return a
}
