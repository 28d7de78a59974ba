package saml_test

import (
	"bytes"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"testing"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// codeDe gives the code of an error, or "" for none.
func codeDe(t testing.TB, err error) simphonie.Code {
	t.Helper()
	if err == nil {
		return ""
	}
	e, ok := errors.AsType[*simphonie.Erreur](err)
	require.True(t, ok, "%T %v", err, err)
	return e.Code
}

// arbre parses without any guard, to change what was signed.
func arbre(t testing.TB, b []byte) *etree.Document {
	t.Helper()
	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromBytes(b))
	return doc
}

// ecrit serialises so that the canonical form does not change.
func ecrit(t testing.TB, doc *etree.Document) []byte {
	t.Helper()
	doc.WriteSettings = etree.WriteSettings{CanonicalEndTags: true, CanonicalText: true, CanonicalAttrVal: true}
	b, err := doc.WriteToBytes()
	require.NoError(t, err)
	return b
}

// signeParGoxmldsig signs any assertion with the other library, the signature
// right after its first element.
func signeParGoxmldsig(t testing.TB, xml, methode string) []byte {
	t.Helper()
	p := laPKI().carte
	doc := arbre(t, []byte(xml))
	ctx := dsig.NewDefaultSigningContext(dsig.TLSCertKeyStore(tls.Certificate{Certificate: [][]byte{p.Certificat.Raw}, PrivateKey: p.Cle}))
	ctx.Canonicalizer = dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList("")
	require.NoError(t, ctx.SetSignatureMethod(methode))
	sig, err := ctx.ConstructSignature(doc.Root(), true)
	require.NoError(t, err)
	doc.Root().InsertChildAt(doc.Root().ChildElements()[0].Index()+1, sig)
	return ecrit(t, doc)
}

// enveloppe puts signed bytes into a message, untouched, under other namespaces.
func enveloppe(assertions ...[]byte) []byte {
	return []byte(`<S:Envelope xmlns:S="http://www.w3.org/2003/05/soap-envelope" xmlns="urn:autre" xmlns:saml="urn:autre2"><S:Header><wsse:Security xmlns:wsse="` +
		`http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd">` + string(bytes.Join(assertions, nil)) +
		`</wsse:Security></S:Header><S:Body><R id="x"/></S:Body></S:Envelope>`)
}

// retireCommentaires takes the comments out of a tree.
func retireCommentaires(el *etree.Element) {
	for i := len(el.Child) - 1; i >= 0; i-- {
		switch t := el.Child[i].(type) {
		case *etree.Comment:
			el.RemoveChildAt(i)
		case *etree.Element:
			retireCommentaires(t)
		}
	}
}

func base64Std(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

// detachee takes the assertion out of a message, with the namespaces it inherits.
func detachee(t testing.TB, b []byte) []byte {
	t.Helper()
	return []byte(canonique(t, arbre(t, b).FindElement("//Assertion")))
}

// arbreGarde is the gate, with its default limits.
func arbreGarde(b []byte) (*etree.Document, error) { return xmlguard.Parse(b, xmlguard.Limites{}) }
