package xmlguard_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// codeDe gives the code of an error, or "" for none.
func codeDe(t *testing.T, err error) simphonie.Code {
	t.Helper()
	if err == nil {
		return ""
	}
	e, ok := errors.AsType[*simphonie.Erreur](err)
	require.True(t, ok, "%T", err)
	return e.Code
}

func TestParseRefuse(t *testing.T) {
	for _, c := range []struct {
		nom, doc string
		code     simphonie.Code
	}{
		{"empty", "", "XML-FIN"},
		{"blank", " \n", "XML-FIN"},
		{"only a comment", "<!-- x -->", "XML-FIN"},
		{"doctype", `<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`, "XML-DIRECTIVE"},
		{"doctype in lower case", `<!doctype a><a/>`, "XML-DIRECTIVE"},
		{"external entity", `<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>`, "XML-DIRECTIVE"},
		{"directive inside", `<a><!ELEMENT b ANY></a>`, "XML-DIRECTIVE"},
		{"directive at the end", `<a/><!x>`, "XML-DIRECTIVE"},
		{"undeclared entity", `<a>&x;</a>`, "XML-ENTITE"},
		{"HTML entity", `<a>&eacute;</a>`, "XML-ENTITE"},
		{"entity without end", `<a>&amp</a>`, "XML-ENTITE"},
		{"lone ampersand", `<a b="x & y"/>`, "XML-ENTITE"},
		{"reference to nothing", `<a>&#0;</a>`, "XML-ENTITE"},
		{"reference to a surrogate", `<a>&#xD800;</a>`, "XML-ENTITE"},
		{"reference beyond Unicode", `<a>&#x110000;</a>`, "XML-ENTITE"},
		{"reference that wraps", `<a>&#4294967361;</a>`, "XML-ENTITE"},
		{"reference in X", `<a>&#X41;</a>`, "XML-ENTITE"},
		{"reference with a sign", `<a>&#+65;</a>`, "XML-ENTITE"},
		{"instruction", `<a><?php x?></a>`, "XML-INSTRUCTION"},
		{"stylesheet", `<?xml-stylesheet href="x"?><a/>`, "XML-INSTRUCTION"},
		{"late declaration", ` <?xml version="1.0"?><a/>`, "XML-INSTRUCTION"},
		{"second declaration", `<?xml version="1.0"?><?xml version="1.0"?><a/>`, "XML-INSTRUCTION"},
		{"XML 1.1", `<?xml version="1.1"?><a/>`, "XML-DECLARATION"},
		{"declaration without version", `<?xml encoding="UTF-8"?><a/>`, "XML-DECLARATION"},
		{"declaration without end", `<?xml version="1.0"`, "XML-DECLARATION"},
		{"latin 1", `<?xml version="1.0" encoding="ISO-8859-1"?><a/>`, "XML-ENCODAGE"},
		{"UTF-7 declared", `<?xml version="1.0" encoding='UTF-7'?><a/>`, "XML-ENCODAGE"},
		{"UTF-16 declared", `<?xml version="1.0" encoding="UTF-16"?><a/>`, "XML-ENCODAGE"},
		{"UTF-16 big endian", "\xFE\xFF\x00<\x00a\x00/\x00>", "XML-ENCODAGE"},
		{"UTF-16 little endian", "\xFF\xFE<\x00a\x00/\x00>\x00", "XML-ENCODAGE"},
		{"UTF-16 without a mark", "<\x00a\x00/\x00>\x00", "XML-ENCODAGE"},
		{"UTF-32", "\x00\x00\xFE\xFF\x00\x00\x00<", "XML-ENCODAGE"},
		{"UTF-7", "+/v8-+ADw-a/+AD4-", "XML-ENCODAGE"},
		{"EBCDIC", "\x4C\x6F\xA7\x94", "XML-ENCODAGE"},
		{"invalid UTF-8", "<a>\xE9</a>", "XML-UTF8"},
		{"overlong", "<a>\xC0\xBC</a>", "XML-UTF8"},
		{"surrogate in UTF-8", "<a>\xED\xA0\x80</a>", "XML-UTF8"},
		{"invalid UTF-8 in a comment", "<a><!--\xE9--></a>", "XML-UTF8"},
		{"NUL", "<a>x\x00</a>", "XML-CARACTERE"},
		{"escape character", "<a b='\x1B'/>", "XML-CARACTERE"},
		{"U+FFFE", "<a>\uFFFE</a>", "XML-CARACTERE"},
		{"same attribute twice", `<a b="1" b="2"/>`, "XML-DOUBLE"},
		{"same declaration twice", `<a xmlns="u" xmlns="u"/>`, "XML-DOUBLE"},
		{"same expanded name", `<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>`, "XML-DOUBLE"},
		{"same expanded name, inherited", `<r xmlns:p="u"><a xmlns:q="u" p:b="1" q:b="2"/></r>`, "XML-DOUBLE"},
		{"undeclared prefix", `<p:a/>`, "XML-PREFIXE"},
		{"undeclared prefix of an attribute", `<a p:b="1"/>`, "XML-PREFIXE"},
		{"prefix out of scope", `<a><b xmlns:p="u"/><p:c/></a>`, "XML-PREFIXE"},
		{"prefix out of scope after a pair of tags", `<a><b xmlns:p="u"></b><p:c/></a>`, "XML-PREFIXE"},
		{"prefix undone", `<a xmlns:p=""/>`, "XML-PREFIXE"},
		{"xml rebound", `<a xmlns:xml="u"/>`, "XML-RESERVE"},
		{"namespace of xml under another prefix", `<a xmlns:p="http://www.w3.org/XML/1998/namespace"/>`, "XML-RESERVE"},
		{"namespace of xml as default", `<a xmlns="http://www.w3.org/XML/1998/namespace"/>`, "XML-RESERVE"},
		{"xmlns declared", `<a xmlns:xmlns="u"/>`, "XML-RESERVE"},
		{"namespace of xmlns", `<a xmlns:p="http://www.w3.org/2000/xmlns/"/>`, "XML-RESERVE"},
		{"element xmlns:a", `<xmlns:a/>`, "XML-RESERVE"},
		{"element xml:a", `<xml:a/>`, "XML-RESERVE"},
		{"two colons", `<a:b:c xmlns:a="u"/>`, "XML-NOM"},
		{"leading colon", `<:a/>`, "XML-NOM"},
		{"trailing colon", `<a: xmlns:a="u"/>`, "XML-NOM"},
		{"leading colon of an attribute", `<a :b="1"/>`, "XML-NOM"},
		{"two colons of an attribute", `<a b:c:d="1"/>`, "XML-NOM"},
		{"empty declaration", `<a xmlns:="u"/>`, "XML-NOM"},
		{"name that begins with a digit", `<1a/>`, "XML-NOM"},
		{"local name that begins with a digit", `<a:1 xmlns:a="u"/>`, "XML-NOM"},
		{"name in Greek", `<α/>`, "XML-NOM"},
		{"space before the name", `< a/>`, "XML-NOM"},
		{"no space between attributes", `<a b="1"c="2"/>`, "XML-SYNTAXE"},
		{"attribute without value", `<a b/>`, "XML-SYNTAXE"},
		{"attribute without quotes", `<a b=1/>`, "XML-SYNTAXE"},
		{"tag in an attribute", `<a b="<"/>`, "XML-SYNTAXE"},
		{"slash without end", `<a / >`, "XML-NOM"},
		{"end of CDATA in a text", `<a>]]></a>`, "XML-SYNTAXE"},
		{"-- in a comment", `<a><!-- -- --></a>`, "XML-SYNTAXE"},
		{"--- at the end of a comment", `<a><!-- ---></a>`, "XML-SYNTAXE"},
		{"wrong end tag", `<a><b></a></b>`, "XML-BALISES"},
		{"longer end tag", `<a></ab>`, "XML-BALISES"},
		{"shorter end tag", `<ab></a>`, "XML-BALISES"},
		{"other prefix in the end tag", `<p:a xmlns:p="u" xmlns:q="u"></q:a>`, "XML-BALISES"},
		{"end tag alone", `</a>`, "XML-SYNTAXE"},
		{"end tag after the end", `<a/></a>`, "XML-SYNTAXE"},
		{"no end", `<a><b></b>`, "XML-FIN"},
		{"no end of a tag", `<a b="1"`, "XML-FIN"},
		{"no end of an end tag", `<a></a`, "XML-FIN"},
		{"no end of a value", `<a b="1></a>`, "XML-FIN"},
		{"no end of a comment", `<a><!-- </a>`, "XML-FIN"},
		{"no end of CDATA", `<a><![CDATA[ </a>`, "XML-FIN"},
		{"two roots", `<a/><b/>`, "XML-RACINES"},
		{"text before", `x<a/>`, "XML-RESTE"},
		{"text after", "<a/>\nx", "XML-RESTE"},
		{"CDATA after", "<a/><![CDATA[]]>", "XML-RESTE"},
		{"second mark", "\uFEFF\uFEFF<a/>", "XML-RESTE"},
	} {
		doc, err := xmlguard.Parse([]byte(c.doc), xmlguard.Limites{})
		assert.Equal(t, c.code, codeDe(t, err), "%s: %v", c.nom, err)
		assert.Nil(t, doc, c.nom)
	}
}

func TestParseAccepte(t *testing.T) {
	for _, c := range []struct{ nom, doc, attendu string }{
		{"mark and declaration", "\uFEFF<?xml version='1.0' encoding=\"utf-8\" standalone='yes' ?>\n<a/>\n", `<a/>`},
		{"comment around", "<!-- x --><a/><!---->", `<!-- x --><a/><!---->`},
		{"line ends", "<a>1\r\n2\r3\n4&#13;5</a>", "<a>1\n2\n3\n4&#xD;5</a>"},
		{"white space in an attribute", "<a b='1\r\n2\t3\r\r\n4&#10;&#9;&#13;5'/>", `<a b="1 2 3  4&#xA;&#x9;&#xD;5"/>`},
		{"references", `<a b="&lt;&quot;&apos;">&#65;&#x42;&#x1F600;&amp;amp;&gt;</a>`, `<a b="&lt;&quot;'">AB😀&amp;amp;&gt;</a>`},
		{"CDATA", "<a>x<![CDATA[<&]] >\r\n]]>y<![CDATA[]]></a>", "<a>x<![CDATA[<&]] >\n]]>y<![CDATA[]]></a>"},
		{"namespaces", `<p:a xmlns:p="u" p:b="1" b="2" xml:lang="fr"><c xmlns="v"><d xmlns=""/></c></p:a>`, ""},
		{"French names", `<é_1.-à È="x"></é_1.-à >`, `<é_1.-à È="x"/>`},
		{"quotes", `<a b='"' c="'"/>`, `<a b="&quot;" c="'"/>`},
	} {
		doc, err := xmlguard.Parse([]byte(c.doc), xmlguard.Limites{})
		require.NoError(t, err, c.nom)
		if c.attendu == "" {
			c.attendu = c.doc
		}
		assert.Equal(t, c.attendu, ecrit(t, doc), c.nom)
	}
}

// ecrit serialises a document so that no parser normalises anything again.
func ecrit(t testing.TB, doc *etree.Document) string {
	t.Helper()
	doc.WriteSettings = etree.WriteSettings{CanonicalText: true, CanonicalAttrVal: true}
	s, err := doc.WriteToString()
	require.NoError(t, err)
	return s
}

func TestLimites(t *testing.T) {
	l := xmlguard.Limites{Octets: 1000, Profondeur: 3, Noeuds: 10, Attributs: 3, Espaces: 3}
	for _, c := range []struct {
		doc  string
		code simphonie.Code
	}{
		{"<a>" + strings.Repeat("x", 993) + "</a>", ""},
		{"<a>" + strings.Repeat("x", 994) + "</a>", "XML-TAILLE"},
		{"<a><a><a/></a></a>", ""},
		{"<a><a><a><a/></a></a></a>", "XML-PROFONDEUR"},
		{"<a>" + strings.Repeat("<b/>", 9) + "</a>", ""},
		{"<a>" + strings.Repeat("<b/>", 10) + "</a>", "XML-NOEUDS"},
		{"<a>" + strings.Repeat("x<!---->", 5) + "</a>", "XML-NOEUDS"},
		{"<a>" + strings.Repeat("<![CDATA[]]>", 10) + "</a>", "XML-NOEUDS"},
		{"<a>" + strings.Repeat("<b c=''/>", 5) + "</a>", "XML-NOEUDS"},
		{"<a b='' c='' d=''/>", ""},
		{"<a b='' c='' d='' e=''/>", "XML-ATTRIBUTS"},
		{"<a xmlns='u' xmlns:p='u'><a xmlns='v'/><a xmlns='v'/></a>", ""},
		{"<a xmlns='u' xmlns:p='u'><a xmlns='v' xmlns:p='v'/></a>", "XML-ESPACES"},
	} {
		_, err := xmlguard.Parse([]byte(c.doc), l)
		assert.Equal(t, c.code, codeDe(t, err), c.doc)
		if err != nil {
			assert.True(t, err.(*simphonie.Erreur).LimiteLocale, c.doc)
		}
		b, _, err := xmlguard.Lit(strings.NewReader(c.doc), l)
		assert.Equal(t, c.code, codeDe(t, err), c.doc)
		if err == nil {
			assert.Equal(t, c.doc, string(b))
		}
	}
}

func TestPlaceSansContenu(t *testing.T) {
	_, err := xmlguard.Parse([]byte("<a>\n<b>DUPONT é</c>\n</a>"), xmlguard.Limites{})
	e, ok := errors.AsType[*simphonie.Erreur](err)
	require.True(t, ok)
	assert.Equal(t, 2, e.Ligne)
	assert.Equal(t, 12, e.Colonne)
	assert.NotContains(t, err.Error(), "DUPONT")
	assert.NotContains(t, err.Error(), "<")
}

// infini never ends; it counts what was asked of it.
type infini struct{ lus int }

func (r *infini) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	r.lus += len(p)
	return len(p), nil
}

type casse struct{ err error }

func (r casse) Read([]byte) (int, error) { return 0, r.err }

func TestLitSArrete(t *testing.T) {
	r := &infini{}
	_, _, err := xmlguard.Lit(r, xmlguard.Limites{Octets: 1 << 16})
	assert.Equal(t, simphonie.Code("XML-TAILLE"), codeDe(t, err))
	assert.LessOrEqual(t, r.lus, 1<<16+1)
	_, _, err = xmlguard.Lit(casse{io.ErrUnexpectedEOF}, xmlguard.Limites{})
	assert.Equal(t, simphonie.Code("XML-LECTURE"), codeDe(t, err))
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
	_, _, err = xmlguard.Lit(nil, xmlguard.Limites{})
	assert.Equal(t, simphonie.Code("XML-LECTURE"), codeDe(t, err))
}

// A hundred thousand elements inside one another stop at the sixty-fifth.
func TestProfondeurCouteePeu(t *testing.T) {
	doc := []byte(strings.Repeat("<a>", 100_000))
	n := testing.AllocsPerRun(3, func() {
		_, err := xmlguard.Parse(doc, xmlguard.Limites{})
		require.Equal(t, simphonie.Code("XML-PROFONDEUR"), codeDe(t, err))
	})
	assert.Less(t, n, 1000.0)
}
