package xmlguard_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/internal/xmlguard"
)

// memeArbre compares two trees: names, attributes in order, texts, comments, CDATA.
func memeArbre(t *testing.T, a, b *etree.Element) {
	t.Helper()
	require.Equal(t, a.FullTag(), b.FullTag())
	require.Equal(t, len(a.Attr), len(b.Attr))
	for i := range a.Attr {
		require.Equal(t, a.Attr[i].FullKey(), b.Attr[i].FullKey())
		require.Equal(t, a.Attr[i].Value, b.Attr[i].Value)
	}
	require.Equal(t, len(a.Child), len(b.Child))
	for i := range a.Child {
		switch ta := a.Child[i].(type) {
		case *etree.Element:
			tb, ok := b.Child[i].(*etree.Element)
			require.True(t, ok)
			memeArbre(t, ta, tb)
		case *etree.CharData:
			tb, ok := b.Child[i].(*etree.CharData)
			require.True(t, ok)
			require.Equal(t, ta.Data, tb.Data)
			require.Equal(t, ta.IsCData(), tb.IsCData())
		case *etree.Comment:
			tb, ok := b.Child[i].(*etree.Comment)
			require.True(t, ok)
			require.Equal(t, ta.Data, tb.Data)
		default:
			require.Fail(t, "a token that Parse does not make")
		}
	}
}

// commeGo reads the document with encoding/xml and writes what it understood:
// names resolved, text joined, comments left out.
func commeGo(t *testing.T, b []byte) string {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(string(b)))
	var s strings.Builder
	for prof := 0; ; {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return s.String()
		}
		require.NoError(t, err)
		switch tok := tok.(type) {
		case xml.StartElement:
			prof++
			s.WriteString("<" + tok.Name.Space + "|" + tok.Name.Local)
			for _, a := range tok.Attr {
				s.WriteString(" " + a.Name.Space + "|" + a.Name.Local + "=" + a.Value)
			}
			s.WriteString(">")
		case xml.EndElement:
			prof--
			s.WriteString("</>")
		case xml.CharData:
			if prof > 0 {
				s.Write(tok)
			}
		}
	}
}

// commeNous writes the same from our tree.
func commeNous(s *strings.Builder, el *etree.Element) {
	espace, local := xmlguard.Nom(el)
	s.WriteString("<" + espace + "|" + local)
	for _, a := range el.Attr {
		uri := a.Space
		if a.Space != "" && a.Space != "xmlns" {
			uri = xmlguard.Espace(el, a.Space)
		}
		s.WriteString(" " + uri + "|" + a.Key + "=" + a.Value)
	}
	s.WriteString(">")
	for _, t := range el.Child {
		switch t := t.(type) {
		case *etree.Element:
			commeNous(s, t)
		case *etree.CharData:
			s.WriteString(t.Data)
		}
	}
	s.WriteString("</>")
}

// FuzzParse: never a panic; what is accepted is the same tree once serialised
// and read again, and encoding/xml accepts it and understands the same; in the
// document itself too, unless it holds white space, which encoding/xml does not
// normalise in attributes.
func FuzzParse(f *testing.F) {
	for _, s := range graines {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		doc, err := xmlguard.Parse(b, xmlguard.Limites{})
		if err != nil {
			assert.Nil(t, doc)
			assert.NotEmpty(t, codeDe(t, err))
			return
		}
		brut := commeGo(t, b)
		serialise := ecrit(t, doc)
		encore, err := xmlguard.Parse([]byte(serialise), xmlguard.Limites{Octets: 64 << 20})
		require.NoError(t, err, serialise)
		memeArbre(t, doc.Root(), encore.Root())
		var s strings.Builder
		commeNous(&s, doc.Root())
		require.Equal(t, commeGo(t, []byte(serialise)), s.String())
		if !bytes.ContainsAny(b, "\t\n\r") {
			require.Equal(t, brut, s.String())
		}
		_, _ = xmlguard.Texte(doc.Root())
	})
}

// graines are documents that the gate takes.
var graines = []string{
	"\uFEFF<?xml version='1.0' encoding=\"utf-8\" standalone='yes' ?>\n<a/>\n",
	`<p:a xmlns:p="u" p:b="1" b="2" xml:lang="fr"><c xmlns="v"><d xmlns=""/></c></p:a>`,
	"<a b='1\r\n2\t3\r\r\n4&#10;&#9;&#13;5'>1\r\n2\r3\n4&#13;5</a>",
	`<a b="&lt;&quot;&apos;">&#65;&#x42;&#x1F600;&amp;amp;&gt;</a>`,
	"<a>x<![CDATA[<&]] >\r\n]]>y<![CDATA[]]><!-- c -->z</a><!--\r-->",
	`<é_1.-à È="x"></é_1.-à >`,
	`<S:Envelope xmlns:S="http://www.w3.org/2003/05/soap-envelope"><S:Header/><S:Body><r xmlns="urn:x" xmlns:q="urn:y" q:a="1" a='"'>é</r></S:Body></S:Envelope>`,
}
