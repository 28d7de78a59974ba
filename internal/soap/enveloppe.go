package soap

import (
	"bytes"
	"encoding/xml"
	"strings"
	"unicode/utf8"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
)

// Version is a version of SOAP.
type Version uint8

// Versions. The teleservices of the Assurance Maladie speak 1.2, the directory
// of complementary insurers 1.1.
const (
	V12 Version = iota
	V11
)

// Namespaces.
const (
	Espace12         = "http://www.w3.org/2003/05/soap-envelope"
	Espace11         = "http://schemas.xmlsoap.org/soap/envelope/"
	EspaceAdressage  = "http://www.w3.org/2005/08/addressing"
	EspaceSecurite   = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
	EspaceCTXBAM     = "urn:siram:bam:ctxbam"
	EspaceCTXLPS     = "urn:siram:lps:ctxlps"
	espaceFaute      = "urn:siram"
	prefixeMessageID = "uuid:"
)

// Espace gives the namespace of the envelope.
func (v Version) Espace() string {
	if v == V11 {
		return Espace11
	}
	return Espace12
}

// ContentType gives the media type of a request.
func (v Version) ContentType(action string) string {
	if v == V11 {
		return "text/xml; charset=utf-8"
	}
	return `application/soap+xml; charset=utf-8; action="` + action + `"`
}

// Message is a request: header blocks that are each one whole element, and the
// only child of the body.
type Message struct {
	Version Version
	Entetes [][]byte
	Corps   []byte
}

// Encode writes the envelope; blocks and body are copied untouched.
func (m *Message) Encode() []byte {
	n := len(m.Corps) + 512
	for _, e := range m.Entetes {
		n += len(e)
	}
	b := bytes.NewBuffer(make([]byte, 0, n))
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<soap:Envelope xmlns:soap="` + m.Version.Espace() + `">`)
	if len(m.Entetes) > 0 {
		b.WriteString("<soap:Header>")
		for _, e := range m.Entetes {
			b.Write(e)
		}
		b.WriteString("</soap:Header>")
	}
	b.WriteString("<soap:Body>")
	b.Write(m.Corps)
	b.WriteString("</soap:Body></soap:Envelope>")
	return b.Bytes()
}

// Adressage gives the blocks MessageID and Action of WS-Addressing.
func Adressage(messageID, action string) (id, act []byte) {
	return feuille("wsa", EspaceAdressage, "MessageID", messageID), feuille("wsa", EspaceAdressage, "Action", action)
}

// Securite gives the wsse:Security block that holds the assertions; none gives
// the empty block that some servers want.
func Securite(assertions ...[]byte) []byte {
	var b bytes.Buffer
	b.WriteString(`<wsse:Security xmlns:wsse="` + EspaceSecurite + `">`)
	for _, a := range assertions {
		b.Write(a)
	}
	b.WriteString("</wsse:Security>")
	return b.Bytes()
}

// Bloc writes an element as bytes, ready to be spliced. The element must
// declare the namespaces that it uses.
func Bloc(e *etree.Element) ([]byte, error) {
	if e == nil {
		return nil, &simphonie.Erreur{Code: "SOAP-CORPS", Detail: "no element to write"}
	}
	if !ecrivable(e) {
		return nil, &simphonie.Erreur{Code: "SOAP-CORPS", Chemin: e.Tag, Detail: "a value holds what XML cannot hold, or there is something beside elements and texts"}
	}
	d := etree.NewDocument()
	d.WriteSettings = etree.WriteSettings{CanonicalEndTags: true, CanonicalText: true, CanonicalAttrVal: true}
	d.SetRoot(e.Copy())
	b, err := d.WriteToBytes()
	if err != nil {
		return nil, &simphonie.Erreur{Code: "SOAP-CORPS", Detail: "the element cannot be written", Err: err}
	}
	return b, nil
}

func feuille(prefixe, espace, nom, texte string) []byte {
	var b bytes.Buffer
	b.WriteString("<" + prefixe + ":" + nom + " xmlns:" + prefixe + `="` + espace + `">`)
	echappe(&b, texte)
	b.WriteString("</" + prefixe + ":" + nom + ">")
	return b.Bytes()
}

// ecrivable says that XML can hold every value of an element: what it cannot
// hold would be replaced in silence, and a CDATA section, a comment or an
// instruction, which are written as they stand, could end before their end.
func ecrivable(e *etree.Element) bool {
	for i := range e.Attr {
		if !valeurXML(e.Attr[i].Value) {
			return false
		}
	}
	for _, t := range e.Child {
		switch t := t.(type) {
		case *etree.Element:
			if !ecrivable(t) {
				return false
			}
		case *etree.CharData:
			if !valeurXML(t.Data) || t.IsCData() && strings.Contains(t.Data, "]]>") {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// valeurXML says that a text is made of characters of XML 1.0.
func valeurXML(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return false
		}
	}
	return true
}

// echappe writes a text; characters that XML does not have are refused before.
func echappe(b *bytes.Buffer, s string) { xml.EscapeText(b, []byte(s)) }
