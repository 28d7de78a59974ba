package xmlguard_test

import (
	"fmt"
	"strings"

	"github.com/simphonie/simphonie/internal/xmlguard"
)

func ExampleParse() {
	doc, err := xmlguard.Parse([]byte(`<p:a xmlns:p="urn:x"><p:nom>DO<![CDATA[C]]></p:nom></p:a>`), xmlguard.Limites{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(xmlguard.TexteEnfant(doc.Root(), "urn:x", "nom"))
	_, err = xmlguard.Exige(doc.Root(), "urn:x", "prenom")
	fmt.Println(err)
	_, err = xmlguard.Parse([]byte("<a>\n <!DOCTYPE a></a>"), xmlguard.Limites{})
	fmt.Println(err)
	// Output:
	// DOC <nil>
	// XML-ABSENT prenom: the element is missing
	// XML-DIRECTIVE line 2 column 2: a DOCTYPE or another declaration: refused, send the message without it
}

func ExampleLit() {
	octets, doc, err := xmlguard.Lit(strings.NewReader("<a/>"), xmlguard.Limites{Octets: 100})
	fmt.Println(string(octets), doc.Root().Tag, err)
	_, _, err = xmlguard.Lit(strings.NewReader("<a>"+strings.Repeat("x", 100)), xmlguard.Limites{Octets: 100})
	fmt.Println(err)
	// Output:
	// <a/> a <nil>
	// XML-TAILLE: the document is longer than Limites.Octets
}
