package passerelle

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/simphonie/simphonie/internal/passerelle/brut"
)

// Whatever the text, reading never panics; what is let in is well-formed for
// the standard library too, and the same when written again.
func FuzzLit(f *testing.F) {
	signee := strings.Replace(brut.Assertion("_1", "2026-11-02T10:00:00Z", "CN=x", "CPS", "x"), "<saml2:Subject>",
		`<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="`+algoC14N+`"/><ds:SignatureMethod Algorithm="`+algoRSA+
			`"/><ds:Reference URI="#_1"><ds:Transforms><ds:Transform Algorithm="`+algoEnv+`"/><ds:Transform Algorithm="`+algoC14N+`"/></ds:Transforms><ds:DigestMethod Algorithm="`+algoSHA256+
			`"/><ds:DigestValue/></ds:Reference></ds:SignedInfo></ds:Signature><saml2:Subject>`, 1)
	juste := brut.Nouveau("urn:essai:1.0.0:lire", `<e:Lire xmlns:e="urn:essai">QUI</e:Lire>`, IDAMSimule, "", time.Unix(0, 0)).Avec(signee).Texte()
	for _, graine := range []string{juste, strings.Replace(juste, "COUVERTURE/", "COUVERTURE><ctxbam:GrandRegime>01</ctxbam:GrandRegime></ctxbam:COUVERTURE", 1),
		juste[:len(juste)/2], "<a/>", ""} {
		f.Add(graine)
	}
	f.Fuzz(func(t *testing.T, texte string) {
		doc, err := lit([]byte(texte))
		if err != nil {
			if texte == juste {
				t.Fatal(err)
			}
			return
		}
		for d := xml.NewDecoder(strings.NewReader(texte)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
		ecrit, err := doc.WriteToBytes()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := lit(ecrit); err != nil {
			t.Fatalf("%v: %q", err, ecrit)
		}
		h, _, err := enveloppe(doc)
		if err != nil {
			return
		}
		errBAM, errLPS := ctxBAM.Verifie(h.bam, espaceCtxBAM), ctxLPS.Verifie(h.lps, espaceCtxLPS)
		if texte == juste && (errBAM != nil || errLPS != nil) {
			t.Fatal(errBAM, errLPS)
		}
		if h.securite == nil || identifiantsUniques(h.securite) != nil {
			return
		}
		for _, e := range h.securite.ChildElements() {
			if a, err := detache(e); err == nil {
				for _, s := range a.FindElements(".//Signature") {
					formeSignature(s, a.SelectAttrValue("ID", "")) // must not panic; the document is judged elsewhere
				}
			}
		}
	})
}
