package passerelle

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/beevik/etree"
)

// Namespaces of the messages.
const (
	espaceSOAP   = "http://www.w3.org/2003/05/soap-envelope"
	espaceWSA    = "http://www.w3.org/2005/08/addressing"
	espaceWSSE   = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
	espaceSAML   = "urn:oasis:names:tc:SAML:2.0:assertion"
	espaceDSIG   = "http://www.w3.org/2000/09/xmldsig#"
	espaceCtxBAM = "urn:siram:bam:ctxbam"
	espaceCtxLPS = "urn:siram:lps:ctxlps"
	espaceSiram  = "urn:siram"

	// EspaceSimulateur holds the fault codes that only the simulator gives.
	EspaceSimulateur = "urn:simphonie:simulateur"
)

const espaceXML = "http://www.w3.org/XML/1998/namespace"

// lit reads a request strictly: UTF-8, one root, no DOCTYPE, no processing
// instruction, no undeclared prefix, no attribute twice.
func lit(b []byte) (*etree.Document, error) {
	if err := strict(b); err != nil {
		return nil, err
	}
	doc := etree.NewDocument()
	doc.ReadSettings = etree.ReadSettings{MaxDepth: profondeurMax, PreserveDuplicateAttrs: true, CharsetReader: sansJeu}
	if err := doc.ReadFromBytes(b); err != nil {
		return nil, regle("not well-formed")
	}
	return doc, nil
}

const profondeurMax = 64

func sansJeu(string, io.Reader) (io.Reader, error) { return nil, regle("not UTF-8") }

// strict walks the raw tokens, which keep their prefixes, beside a decoder
// that matches tags.
func strict(b []byte) error {
	apparie := xml.NewDecoder(bytes.NewReader(b))
	apparie.CharsetReader = sansJeu
	brut := xml.NewDecoder(bytes.NewReader(b))
	brut.CharsetReader = sansJeu
	portees := []map[string]string{{"xml": espaceXML}}
	racines := 0
	for rang := 0; ; rang++ {
		if _, err := apparie.Token(); err != nil && err != io.EOF {
			return regle("not well-formed, or not UTF-8")
		}
		t, err := brut.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return regle("not well-formed, or not UTF-8")
		}
		switch t := t.(type) {
		case xml.Directive:
			return regle("DOCTYPE or other directive")
		case xml.ProcInst:
			if t.Target != "xml" || rang != 0 {
				return regle("processing instruction")
			}
		case xml.CharData:
			if len(portees) == 1 && len(bytes.TrimSpace(t)) > 0 {
				return regle("text outside the root")
			}
		case xml.StartElement:
			if len(portees) == 1 {
				racines++
			}
			portee, err := portee(portees[len(portees)-1], t)
			if err != nil {
				return err
			}
			if portees = append(portees, portee); len(portees) > profondeurMax {
				return regle("too deep")
			}
		case xml.EndElement:
			if len(portees) > 1 {
				portees = portees[:len(portees)-1]
			}
		}
	}
	if racines != 1 {
		return regle("one root is wanted")
	}
	return nil
}

// portee gives the prefixes inside an element, and checks its name and
// attributes against them.
func portee(dehors map[string]string, e xml.StartElement) (map[string]string, error) {
	dedans := make(map[string]string, len(dehors)+2)
	for p, espace := range dehors {
		dedans[p] = espace
	}
	for _, a := range e.Attr {
		switch {
		case a.Name.Space == "xmlns":
			if a.Value == "" {
				return nil, regle("prefix bound to nothing")
			}
			dedans[a.Name.Local] = a.Value
		case a.Name.Space == "" && a.Name.Local == "xmlns":
			dedans[""] = a.Value
		}
	}
	if e.Name.Space != "" && dedans[e.Name.Space] == "" {
		return nil, regle("undeclared prefix on an element")
	}
	vus := map[xml.Name]bool{}
	for _, a := range e.Attr {
		nom := a.Name
		if nom.Space != "" && nom.Space != "xmlns" {
			if nom.Space = dedans[nom.Space]; nom.Space == "" {
				return nil, regle("undeclared prefix on an attribute")
			}
		}
		if vus[nom] {
			return nil, regle("an attribute stands twice")
		}
		vus[nom] = true
	}
	return dedans, nil
}

// est says that an element has a name.
func est(el *etree.Element, espace, nom string) bool {
	return el != nil && el.Tag == nom && el.NamespaceURI() == espace
}

// seul finds the one child of a name.
func seul(el *etree.Element, espace, nom string) (*etree.Element, error) {
	var trouve *etree.Element
	for _, e := range el.ChildElements() {
		if est(e, espace, nom) {
			if trouve != nil {
				return nil, fmt.Errorf("%s stands twice", nom)
			}
			trouve = e
		}
	}
	if trouve == nil {
		return nil, fmt.Errorf("%s is missing", nom)
	}
	return trouve, nil
}

// texte gives the text of a leaf that holds nothing else.
func texte(el *etree.Element) (string, error) {
	var b strings.Builder
	for _, c := range el.Child {
		t, ok := c.(*etree.CharData)
		if !ok {
			return "", fmt.Errorf("%s holds more than text", el.Tag)
		}
		b.WriteString(t.Data)
	}
	return b.String(), nil
}
