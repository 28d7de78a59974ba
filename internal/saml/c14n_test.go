package saml_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/saml"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

func lu(t testing.TB, b []byte) *etree.Document {
	t.Helper()
	doc, err := xmlguard.Parse(b, xmlguard.Limites{})
	require.NoError(t, err)
	return doc
}

func canonique(t testing.TB, el *etree.Element) string {
	t.Helper()
	b, err := saml.Canonicalise(nil, el)
	require.NoError(t, err)
	return string(b)
}

// The apex is the element x of each document, its canonical form written by hand.
func TestCanonicalise(t *testing.T) {
	for _, c := range []struct{ nom, doc, attendu string }{
		{"empty", `<x/>`, `<x></x>`},
		{"inherited prefix", `<r xmlns:p="u" xmlns:q="v"><p:x/></r>`, `<p:x xmlns:p="u"></p:x>`},
		{"inherited default", `<r xmlns="u"><x/></r>`, `<x xmlns="u"></x>`},
		{"unused declarations", `<x xmlns:p="u" xmlns:q="v"><q:y/></x>`, `<x><q:y xmlns:q="v"></q:y></x>`},
		{"declared again", `<p:x xmlns:p="u"><p:y xmlns:p="u"/></p:x>`, `<p:x xmlns:p="u"><p:y></p:y></p:x>`},
		{"rebound", `<p:x xmlns:p="u"><p:y xmlns:p="v"><p:z xmlns:p="u"/></p:y></p:x>`, `<p:x xmlns:p="u"><p:y xmlns:p="v"><p:z xmlns:p="u"></p:z></p:y></p:x>`},
		{"siblings", `<x xmlns:p="u"><p:y/><p:z/></x>`, `<x><p:y xmlns:p="u"></p:y><p:z xmlns:p="u"></p:z></x>`},
		{"default undone", `<x xmlns="u"><y xmlns=""><z/></y></x>`, `<x xmlns="u"><y xmlns=""><z></z></y></x>`},
		{"default undone above", `<r xmlns="u"><x xmlns=""/></r>`, `<x></x>`},
		{"default unused by a prefixed child", `<x xmlns="u"><p:y xmlns:p="v" xmlns=""><z/></p:y></x>`, `<x xmlns="u"><p:y xmlns:p="v"><z xmlns=""></z></p:y></x>`},
		{"attributes", `<x xmlns:b="u1" xmlns:a="u2" a:k="1" b:z="2" b:a="3" z="4" k="5"/>`,
			`<x xmlns:a="u2" xmlns:b="u1" k="5" z="4" b:a="3" b:z="2" a:k="1"></x>`},
		{"prefix of an attribute only", `<r xmlns:p="u"><x p:k="1"/></r>`, `<x xmlns:p="u" p:k="1"></x>`},
		{"xml attributes", `<r xml:lang="fr" xml:space="preserve"><x xml:lang="en" a="1"/></r>`, `<x a="1" xml:lang="en"></x>`},
		{"text", "<x>&amp;&lt;&gt;\"'\t\n\r\n&#13;&#9;é</x>", "<x>&amp;&lt;&gt;\"'\t\n\n&#xD;\té</x>"},
		{"attribute", "<x a='&amp;&lt;&gt;&quot;&apos;&#9;&#10;&#13;\té'/>", `<x a="&amp;&lt;>&quot;'&#x9;&#xA;&#xD; é"></x>`},
		{"namespace with markup", `<x xmlns="a&amp;&quot;b"/>`, `<x xmlns="a&amp;&quot;b"></x>`},
		{"CDATA and comments", `<x>a<![CDATA[<b>]]><!-- c -->d</x>`, `<x>a&lt;b&gt;d</x>`},
	} {
		el := lu(t, []byte(c.doc)).Root()
		if el.Tag != "x" {
			el = el.ChildElements()[0]
		}
		assert.Equal(t, c.attendu, canonique(t, el), c.nom)
	}
	el := etree.NewElement("x")
	el.CreateProcInst("p", "i")
	el.CreateProcInst("q", "")
	assert.Equal(t, "<x><?p i?><?q?></x>", canonique(t, el))
}

func TestCanonicaliseRefuse(t *testing.T) {
	el := etree.NewElement("x")
	el.CreateElement("y").CreateAttr("p:a", "1")
	_, err := saml.Canonicalise(nil, el)
	assert.Equal(t, simphonie.Code("SAML-PREFIXE"), codeDe(t, err))
	_, err = saml.Canonicalise(nil, etree.NewElement("p:x"))
	assert.Equal(t, simphonie.Code("SAML-PREFIXE"), codeDe(t, err))
	_, err = saml.Canonicalise(nil, nil)
	assert.Equal(t, simphonie.Code("SAML-PREFIXE"), codeDe(t, err))
	b, err := saml.Canonicalise([]byte("<"), etree.NewElement("p:x"))
	assert.Error(t, err)
	assert.Equal(t, "<", string(b), "what was there stays")
}

// hasard writes random documents that bind the same prefixes to several
// namespaces. With un, an element has attributes of one prefix only and no
// default namespace is undone: goxmldsig sorts no further, and writes xmlns=""
// where there is nothing to undo.
type hasard struct {
	*rand.Rand
	b  strings.Builder
	un bool
}

func (h *hasard) element(prof int, liens map[string]string) {
	ici := map[string]string{}
	for k, v := range liens {
		ici[k] = v
	}
	var declare []string
	for _, p := range []string{"", "a", "b", "c"} {
		if h.IntN(4) > 0 {
			continue
		}
		uri := []string{"urn:1", "urn:2", "http://x/?a=b"}[h.IntN(3)]
		if p == "" && !h.un && h.IntN(3) == 0 {
			uri = ""
		}
		ici[p] = uri
		if p == "" {
			declare = append(declare, fmt.Sprintf(` xmlns="%s"`, uri))
		} else {
			declare = append(declare, fmt.Sprintf(` xmlns:%s="%s"`, p, uri))
		}
	}
	choisit := func(vide bool) string {
		ps := []string{}
		for _, p := range []string{"a", "b", "c"} {
			if ici[p] != "" {
				ps = append(ps, p)
			}
		}
		if vide || len(ps) == 0 {
			ps = append(ps, "")
		}
		return ps[h.IntN(len(ps))]
	}
	vus := map[string]bool{}
	seul := choisit(true)
	for range h.IntN(4) {
		p, nom := choisit(true), []string{"k", "l", "A", "id-x", "z_"}[h.IntN(5)]
		if h.un && p != "" {
			p = seul
		}
		if vus[ici[p]+nom] && p != "" || vus[nom] && p == "" {
			continue
		}
		qn := nom
		if p != "" {
			vus[ici[p]+nom], qn = true, p+":"+nom
		} else {
			vus[nom] = true
		}
		declare = append(declare, fmt.Sprintf(` %s="%s"`, qn, []string{"", "v", "&amp;&lt;&gt;&quot;'", "&#9;&#10;&#13;", "é 😀"}[h.IntN(5)]))
	}
	if !h.un && h.IntN(8) == 0 {
		declare = append(declare, ` xml:lang="fr"`)
	}
	h.Shuffle(len(declare), func(i, j int) { declare[i], declare[j] = declare[j], declare[i] })
	nom := []string{"x", "y", "Z"}[h.IntN(3)]
	if p := choisit(true); p != "" {
		nom = p + ":" + nom
	}
	h.b.WriteString("<" + nom + strings.Join(declare, "") + ">")
	for range h.IntN(4) {
		switch n := h.IntN(5); {
		case n < 3 && prof > 0:
			h.element(prof-1, ici)
		case n == 3:
			h.b.WriteString([]string{"t", " \n", "&amp;&lt;&gt;\"'&#13;", "é", "<!-- c -->", "<![CDATA[<&>]]>"}[h.IntN(6)])
		}
	}
	h.b.WriteString("</" + nom + ">")
}

func documentAuHasard(graine uint64, un bool) []byte {
	h := &hasard{Rand: rand.New(rand.NewPCG(graine, 7)), un: un}
	h.element(4, map[string]string{})
	return []byte(h.b.String())
}

// Every element of random documents has the canonical form that goxmldsig gives it.
func TestCanonicaliseCommeGoxmldsig(t *testing.T) {
	n := 0
	for graine := range uint64(400) {
		b := documentAuHasard(graine, true)
		doc := lu(t, b)
		n += comparables(t, doc.Root(), string(b))
	}
	assert.Greater(t, n, 1000)
}

func comparables(t testing.TB, el *etree.Element, contexte string) (n int) {
	t.Helper()
	for _, c := range el.ChildElements() {
		n += comparables(t, c, contexte)
	}
	require.Equal(t, parGoxmldsig(t, el), canonique(t, el), contexte)
	return n + 1
}

// parGoxmldsig canonicalises a copy of el with everything it inherits. Its
// serialiser keeps CDATA sections, so they are made texts first.
func parGoxmldsig(t testing.TB, el *etree.Element) string {
	t.Helper()
	c := el.Copy()
	sansCData(c)
	declares := map[string]bool{}
	for i := range c.Attr {
		declares[c.Attr[i].FullKey()] = true
	}
	for p := el.Parent(); p != nil; p = p.Parent() {
		for i := range p.Attr {
			if at := &p.Attr[i]; (at.Space == "xmlns" || at.FullKey() == "xmlns") && !declares[at.FullKey()] {
				declares[at.FullKey()] = true
				c.CreateAttr(at.FullKey(), at.Value)
			}
		}
	}
	b, err := dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList("").Canonicalize(c)
	require.NoError(t, err)
	return string(b)
}

func sansCData(el *etree.Element) {
	for i, t := range el.Child {
		switch t := t.(type) {
		case *etree.CharData:
			if t.IsCData() {
				texte := etree.NewText(t.Data)
				el.InsertChildAt(i, texte)
				el.RemoveChildAt(i + 1)
			}
		case *etree.Element:
			sansCData(t)
		}
	}
}

// A canonical form is its own canonical form, and means the same.
func TestCanoniqueStable(t *testing.T) {
	for graine := range uint64(300) {
		c := canonique(t, lu(t, documentAuHasard(graine, false)).Root())
		assert.Equal(t, c, canonique(t, lu(t, []byte(c)).Root()))
	}
}

func FuzzCanonicalise(f *testing.F) {
	for graine := range uint64(20) {
		f.Add(documentAuHasard(graine, true))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		doc, err := xmlguard.Parse(b, xmlguard.Limites{})
		if err != nil {
			return
		}
		c := canonique(t, doc.Root())
		encore, err := xmlguard.Parse([]byte(c), xmlguard.Limites{Octets: 64 << 20})
		require.NoError(t, err)
		require.Equal(t, c, canonique(t, encore.Root()))
		if comparable(doc.Root()) {
			require.Equal(t, parGoxmldsig(t, doc.Root()), c)
		}
	})
}

// comparable says that goxmldsig gives the canonical form of such an element: see hasard.
func comparable(el *etree.Element) bool {
	prefixe := ""
	for _, at := range el.Attr {
		if at.FullKey() == "xmlns" && at.Value == "" {
			return false
		}
		if at.Space == "" || at.Space == "xmlns" {
			continue
		}
		if prefixe != "" && at.Space != prefixe {
			return false
		}
		prefixe = at.Space
	}
	for _, c := range el.ChildElements() {
		if !comparable(c) {
			return false
		}
	}
	return true
}
