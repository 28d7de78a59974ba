// Package brut writes messages to a simulated gateway by hand: strings, net/http
// and goxmldsig. It is how tests of simulators call them without any client.
package brut

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
)

// Message is a request in pieces; a test changes one and sends the rest.
type Message struct {
	Type     string // Content-Type
	Securite string // wsse:Security, whole
	LPS      string // ContexteLPS, whole
	ID       string // MessageID, whole
	Action   string // Action, whole
	BAM      string // ContexteBAM, whole
	Corps    string // child of Body
}

// UUID draws an identifier.
func UUID() string {
	b := make([]byte, 16)
	rand.Read(b)
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// Nouveau writes a message that every public schema allows. The emetteur may be "".
func Nouveau(action, corps, idam, emetteur string, quand time.Time) *Message {
	temps := quand.UTC().Format("2006-01-02T15:04:05.000Z")
	de := func(p string) string {
		if emetteur == "" {
			return ""
		}
		return "<" + p + ":Emetteur>" + emetteur + "</" + p + ":Emetteur>"
	}
	return &Message{
		Type: `application/soap+xml; charset=utf-8; action="` + action + `"`,
		LPS: `<ctxlps:ContexteLPS xmlns:ctxlps="urn:siram:lps:ctxlps" Nature="CTXLPS" Version="01_00"><ctxlps:Id>` + UUID() + `</ctxlps:Id><ctxlps:Temps>` + temps +
			`</ctxlps:Temps>` + de("ctxlps") + `<ctxlps:LPS><ctxlps:IDAM R="4">` + idam + `</ctxlps:IDAM><ctxlps:Version>1.0</ctxlps:Version><ctxlps:Instance>` + UUID() +
			`</ctxlps:Instance><ctxlps:Nom>urn:lps:brut:1.0</ctxlps:Nom></ctxlps:LPS></ctxlps:ContexteLPS>`,
		ID:     `<wsa:MessageID xmlns:wsa="http://www.w3.org/2005/08/addressing">uuid:` + UUID() + `</wsa:MessageID>`,
		Action: `<wsa:Action xmlns:wsa="http://www.w3.org/2005/08/addressing">` + action + `</wsa:Action>`,
		BAM: `<ctxbam:ContexteBAM xmlns:ctxbam="urn:siram:bam:ctxbam" Nature="CTXBAM" Version="01_02"><ctxbam:Id>` + UUID() + `</ctxbam:Id><ctxbam:Temps>` + temps +
			`</ctxbam:Temps>` + de("ctxbam") + `<ctxbam:COUVERTURE/></ctxbam:ContexteBAM>`,
		Corps: corps,
	}
}

// Texte assembles the message.
func (m *Message) Texte() string {
	return `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Header>` +
		m.Securite + m.LPS + m.ID + m.Action + m.BAM + `</soap:Header><soap:Body>` + m.Corps + `</soap:Body></soap:Envelope>`
}

// Remplace changes every occurrence of a text in every piece.
func (m *Message) Remplace(vieux, neuf string) *Message {
	for _, p := range []*string{&m.Type, &m.Securite, &m.LPS, &m.ID, &m.Action, &m.BAM, &m.Corps} {
		*p = strings.ReplaceAll(*p, vieux, neuf)
	}
	return m
}

// Avec puts an assertion, or several, in a Security header.
func (m *Message) Avec(assertions ...string) *Message {
	m.Securite = `<wsse:Security xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd">` +
		strings.Join(assertions, "") + `</wsse:Security>`
	return m
}

// Assertion writes the unsigned assertion of a card.
func Assertion(id, emission, emetteur, qualificatif, porteur string) string {
	return `<saml2:Assertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" ID="` + id + `" IssueInstant="` + emission + `" Version="2.0">` +
		`<saml2:Issuer Format="urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName">` + emetteur + `</saml2:Issuer>` +
		`<saml2:Subject><saml2:NameID NameQualifier="` + qualificatif + `">` + porteur + `</saml2:NameID></saml2:Subject><saml2:AttributeStatement>` +
		`<saml2:Attribute Name="identifiantFacturation"><saml2:AttributeValue>750100125</saml2:AttributeValue></saml2:Attribute>` +
		`<saml2:Attribute Name="secteurActivite"><saml2:AttributeValue>SA01</saml2:AttributeValue></saml2:Attribute></saml2:AttributeStatement></saml2:Assertion>`
}

// Carte writes and signs the assertion of a card of type CPE.
func Carte(c *x509.Certificate, cle *rsa.PrivateKey, quand time.Time) (string, error) {
	return Signe(Assertion("_"+UUID(), quand.UTC().Format("2006-01-02T15:04:05.000Z"), "CN="+c.Subject.CommonName+",C=FR", "CDE-CPE", c.Subject.CommonName), c, cle)
}

// Signe signs an assertion as the recorded ones are.
func Signe(assertion string, c *x509.Certificate, cle *rsa.PrivateKey) (string, error) {
	ctx, err := dsig.NewSigningContext(cle, [][]byte{c.Raw})
	if err != nil {
		return "", err
	}
	ctx.Canonicalizer = dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList("")
	doc := etree.NewDocument()
	if err := doc.ReadFromString(assertion); err != nil {
		return "", err
	}
	sig, err := ctx.ConstructSignature(doc.Root(), true)
	if err != nil {
		return "", err
	}
	doc.Root().InsertChildAt(1, sig)
	return doc.WriteToString()
}

// Client is an http.Client that trusts a pool, calls at a date and may show a
// certificate.
func Client(racines *x509.CertPool, horloge func() time.Time, certificats ...tls.Certificate) *http.Client {
	return &http.Client{
		Transport:     &http.Transport{TLSClientConfig: &tls.Config{RootCAs: racines, Certificates: certificats, Time: horloge, MinVersion: tls.VersionTLS12}, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Timeout:       30 * time.Second,
	}
}

// Poste sends the message and reads the answer whole.
func (m *Message) Poste(c *http.Client, url string) (statut int, corps string, err error) {
	r, err := c.Post(url, m.Type, strings.NewReader(m.Texte()))
	if err != nil {
		return 0, "", err
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	return r.StatusCode, string(b), err
}
