package saml_test

import (
	"strconv"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/saml"
)

// faux gives the assertion that the attacker wants read: another subject, an
// identifier of its own unless garde, no signature.
func faux(original *etree.Element, garde bool) *etree.Element {
	f := original.Copy()
	if s := f.SelectElement("Signature"); s != nil {
		f.RemoveChild(s)
	}
	f.FindElement(".//NameID").SetText("899700000666")
	if !garde {
		f.CreateAttr("ID", "_faux")
	}
	return f
}

// sansSignature takes the signature out of a copy of the original.
func sansSignature(original *etree.Element) *etree.Element {
	o := original.Copy()
	o.RemoveChild(o.SelectElement("Signature"))
	return o
}

// xsw gives the permutation of that number, as SAML Raider counts them. In the
// first two the signature keeps what it signed, beside it or inside; 3 to 8
// move assertions inside dans, the element that holds the original.
func xsw(n int, dans, original *etree.Element, garde bool) {
	f := faux(original, garde)
	signature := func() *etree.Element { return f.SelectElement("Signature") }
	place := func(el *etree.Element) { dans.InsertChildAt(original.Index(), el) }
	avec := func() { f.InsertChildAt(1, original.SelectElement("Signature").Copy()) }
	switch n {
	case 1: // the original inside the signature of the false one
		avec()
		signature().AddChild(sansSignature(original))
		place(f)
		dans.RemoveChild(original)
	case 2: // the original beside the signature of the false one
		avec()
		f.InsertChildAt(1, sansSignature(original))
		place(f)
		dans.RemoveChild(original)
	case 3: // the false one before the original
		place(f)
	case 4: // the original inside the false one
		place(f)
		f.AddChild(original)
	case 5: // the false one has the signature, the original none, and comes last
		avec()
		dans.AddChild(f)
		dans.AddChild(sansSignature(original))
		dans.RemoveChild(original)
	case 6: // as 5, the original inside the signature
		avec()
		signature().AddChild(sansSignature(original))
		dans.AddChild(f)
		dans.RemoveChild(original)
	case 7: // the false one inside Extensions
		e := etree.NewElement("Extensions")
		e.AddChild(f)
		place(e)
	case 8: // the original, without signature, inside an Object of the signature
		avec()
		signature().CreateElement("ds:Object").AddChild(sansSignature(original))
		place(f)
		dans.RemoveChild(original)
	}
}

func TestXSW(t *testing.T) {
	b := signe(t)
	for n := 1; n <= 8; n++ {
		for _, garde := range []bool{false, true} {
			code := simphonie.Code("SAML-ASSERTIONS")
			if garde {
				code = "SAML-ID-DOUBLE"
			}
			nom := strconv.Itoa(n)
			doc := arbre(t, enveloppe(b))
			securite := doc.FindElement("//Security")
			xsw(n, securite, securite.SelectElement("Assertion"), garde)
			attaque := lu(t, ecrit(t, doc))
			require.Contains(t, string(ecrit(t, doc)), "899700000666")
			_, err := saml.VerifieEnTete(attaque, 1, attendu())
			assert.Equal(t, code, codeDe(t, err), nom)

			// Two assertions are expected, and there are two: one of them is still not signed.
			vs, err := saml.VerifieEnTete(attaque, 2, attendu())
			assert.Error(t, err, nom)
			assert.Nil(t, vs, nom)

			// The root of a document is an assertion in half of them.
			doc = arbre(t, b)
			hote := etree.NewElement("hote")
			original := doc.Root()
			hote.AddChild(original)
			xsw(n, hote, original, garde)
			for _, racine := range hote.ChildElements() {
				d := etree.NewDocumentWithRoot(racine.Copy())
				_, err = saml.VerifieOctets(ecrit(t, d), attendu())
				if (n == 3 || n == 7) && racine == original {
					assert.NoError(t, err, "the original alone")
					continue
				}
				assert.Error(t, err, nom)
			}
		}
	}
}

// With two assertions allowed, each permutation stops at the trap that is meant for it.
func TestXSWDeuxAssertions(t *testing.T) {
	b := signe(t)
	for n, code := range map[int]simphonie.Code{
		1: "SAML-PLACE", 2: "SAML-PLACE", 3: "SAML-NON-SIGNEE", 4: "SAML-PLACE", 5: "SAML-REFERENCE", 6: "SAML-PLACE", 7: "SAML-PLACE", 8: "SAML-PLACE",
	} {
		doc := arbre(t, enveloppe(b))
		securite := doc.FindElement("//Security")
		xsw(n, securite, securite.SelectElement("Assertion"), false)
		_, err := saml.VerifieEnTete(lu(t, ecrit(t, doc)), 2, attendu())
		assert.Equal(t, code, codeDe(t, err), n)
	}
}

func TestVerifieEnTetePlaces(t *testing.T) {
	a := signe(t)
	p := laPKI().carte
	autre := assertionCarte()
	autre.ID = "_deuxieme"
	b, err := autre.Sign(nil, p.Cle, p.Certificat)
	require.NoError(t, err)
	vs, err := saml.VerifieEnTete(lu(t, enveloppe(a, b)), 2, attendu())
	require.NoError(t, err)
	assert.Equal(t, []string{"_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6", "_deuxieme"}, []string{vs[0].ID, vs[1].ID})
	nonSignee, err := autre.Encode()
	require.NoError(t, err)

	message := string(enveloppe(a))
	for _, c := range []struct {
		nom, doc string
		n        int
		code     simphonie.Code
	}{
		{"two, one expected", string(enveloppe(a, b)), 1, "SAML-ASSERTIONS"},
		{"one, two expected", message, 2, "SAML-ASSERTIONS"},
		{"none", string(enveloppe()), 1, "SAML-ASSERTIONS"},
		{"the same twice", string(enveloppe(a, a)), 2, "SAML-ID-DOUBLE"},
		{"the second not signed", string(enveloppe(a, nonSignee)), 2, "SAML-NON-SIGNEE"},
		{"none expected", message, 0, "SAML-CONFIG"},
		{"not an envelope", string(a), 1, "SAML-PLACE"},
		{"something else in Security", string(enveloppe(a, []byte("<x/>"))), 1, "SAML-PLACE"},
		{"another element in place of the assertion", string(enveloppe([]byte("<x>"), a, []byte("</x>"))), 1, "SAML-PLACE"},
		{"text in Security", string(enveloppe(a, []byte("x"))), 1, "SAML-STRUCTURE"},
		{"two Security", string(remplace("</wsse:Security>", `</wsse:Security><Security xmlns="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"/>`)(t, []byte(message))), 1, "SAML-PLACE"},
		{"two Header", string(remplace("</S:Header>", "</S:Header><S:Header/>")(t, []byte(message))), 1, "SAML-PLACE"},
		{"identifier of the body", string(remplace(`<R id="x"/>`, `<R id="_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6"/>`)(t, []byte(message))), 1, "SAML-ID-DOUBLE"},
		{"assertion in the body", string(remplace(`<R id="x"/>`, `<s:Assertion xmlns:s="urn:oasis:names:tc:SAML:2.0:assertion"/>`)(t, []byte(message))), 1, "SAML-ASSERTIONS"},
		{"another wsse", string(remplace("wssecurity-secext-1.0.xsd", "wssecurity-secext-1.1.xsd")(t, []byte(message))), 1, "SAML-PLACE"},
	} {
		_, err := saml.VerifieEnTete(lu(t, []byte(c.doc)), c.n, attendu())
		assert.Equal(t, c.code, codeDe(t, err), c.nom)
	}
	soap11 := remplace("http://www.w3.org/2003/05/soap-envelope", "http://schemas.xmlsoap.org/soap/envelope/")(t, []byte(message))
	_, err = saml.VerifieEnTete(lu(t, soap11), 1, attendu())
	assert.NoError(t, err)
	_, err = saml.VerifieEnTete(nil, 1, attendu())
	assert.Equal(t, simphonie.Code("SAML-PLACE"), codeDe(t, err))
}
