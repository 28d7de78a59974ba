package xmlguard_test

import (
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

func lu(t *testing.T, s string) *etree.Element {
	t.Helper()
	doc, err := xmlguard.Parse([]byte(s), xmlguard.Limites{})
	require.NoError(t, err)
	return doc.Root()
}

func TestNoms(t *testing.T) {
	r := lu(t, `<p:a xmlns:p="u" xmlns="v" p:x="1" x="2" xml:id="3"><b/><p:b/><c xmlns="">t</c><d>1</d><d>2</d></p:a>`)
	espace, local := xmlguard.Nom(r)
	assert.Equal(t, [2]string{"u", "a"}, [2]string{espace, local})
	assert.True(t, xmlguard.Est(r, "u", "a"))
	assert.False(t, xmlguard.Est(r, "v", "a"))
	b, err := xmlguard.Exige(r, "v", "b")
	require.NoError(t, err)
	assert.Empty(t, b.Space)
	c, err := xmlguard.TexteEnfant(r, "", "c")
	require.NoError(t, err)
	assert.Equal(t, "t", c)
	for nom, attendu := range map[[2]string]string{{"u", "x"}: "1", {"", "x"}: "2", {"http://www.w3.org/XML/1998/namespace", "id"}: "3"} {
		v, ok := xmlguard.Attribut(r, nom[0], nom[1])
		assert.True(t, ok)
		assert.Equal(t, attendu, v)
	}
	_, ok := xmlguard.Attribut(r, "v", "x")
	assert.False(t, ok, "an attribute without prefix has no namespace")
	assert.Len(t, xmlguard.Enfants(r, "v", "d"), 2)
	_, err = xmlguard.Enfant(r, "v", "d")
	assert.Equal(t, simphonie.Code("XML-REPETE"), codeDe(t, err))
	_, err = xmlguard.Exige(r, "v", "absent")
	assert.Equal(t, simphonie.Code("XML-ABSENT"), codeDe(t, err))
	rien, err := xmlguard.TexteEnfant(r, "v", "absent")
	require.NoError(t, err)
	assert.Empty(t, rien)
	_, err = xmlguard.TexteEnfant(r, "v", "d")
	assert.Equal(t, simphonie.Code("XML-REPETE"), codeDe(t, err))
}

func TestTexte(t *testing.T) {
	for doc, attendu := range map[string]string{
		"<a/>": "", "<a>x</a>": "x", "<a>1<![CDATA[2]]>3</a>": "123", "<a> x\n</a>": " x\n", "<a>&#50;</a>": "2",
	} {
		s, err := xmlguard.Texte(lu(t, doc))
		require.NoError(t, err, doc)
		assert.Equal(t, attendu, s, doc)
	}
	for _, doc := range []string{"<a>1<!-- -->2</a>", "<a><!----></a>", "<a>1<b/></a>"} {
		_, err := xmlguard.Texte(lu(t, doc))
		assert.Equal(t, simphonie.Code("XML-VALEUR"), codeDe(t, err), doc)
	}
}

func TestSansCommentaires(t *testing.T) {
	assert.NoError(t, xmlguard.SansCommentaires(lu(t, "<a>1<b>2</b></a>")))
	assert.Equal(t, simphonie.Code("XML-COMMENTAIRE"), codeDe(t, xmlguard.SansCommentaires(lu(t, "<a>1<b><!----></b></a>"))))
	assert.Equal(t, simphonie.Code("XML-CDATA"), codeDe(t, xmlguard.SansCommentaires(lu(t, "<a>1<b><![CDATA[]]></b></a>"))))
	a := etree.NewElement("a")
	a.CreateProcInst("x", "y")
	assert.Equal(t, simphonie.Code("XML-COMMENTAIRE"), codeDe(t, xmlguard.SansCommentaires(a)))
}

// Nothing panics on nil, nor on trees made by hand.
func TestNil(t *testing.T) {
	assert.NoError(t, xmlguard.SansCommentaires(nil))
	assert.Nil(t, xmlguard.Enfants(nil, "", "a"))
	assert.False(t, xmlguard.Est(nil, "", ""))
	_, local := xmlguard.Nom(nil)
	assert.Empty(t, local)
	_, ok := xmlguard.Attribut(nil, "", "a")
	assert.False(t, ok)
	_, err := xmlguard.Texte(nil)
	assert.Equal(t, simphonie.Code("XML-ABSENT"), codeDe(t, err))
	v, ok := xmlguard.Attribut(&etree.Element{Attr: []etree.Attr{{Space: "p", Key: "x", Value: "1"}}}, "", "x")
	assert.False(t, ok, v)
}
