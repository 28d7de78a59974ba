package passerelle_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/internal/passerelle"
	"github.com/simphonie/simphonie/internal/passerelle/brut"
	"github.com/simphonie/simphonie/internal/testpki"
)

// A right message by both addresses, and what the service is told.
func TestMessageJuste(t *testing.T) {
	e := lance(t)
	e.accepte(e.message())
	e.accepte(e.parCarte())
	// Another client sends the header, empty, with mutual TLS.
	vide := e.message().Avec()
	statut, _, err := vide.Poste(e.mutuel, e.s.URLTLSMutuel)
	require.NoError(t, err)
	assert.Equal(t, http.StatusOK, statut)
	require.Len(t, e.recues, 3)
	a := e.recues[0].Authentification
	assert.Equal(t, passerelle.TLSMutuel, a.Mode)
	assert.Equal(t, testpki.Structure, a.Porteur)
	a = e.recues[1].Authentification
	assert.Equal(t, passerelle.Carte, a.Mode)
	assert.Equal(t, porteur, a.Porteur)
	assert.Equal(t, map[string]string{"identifiantFacturation": "750100125", "secteurActivite": "SA01"}, a.Attributs)
	assert.Equal(t, debut, e.recues[1].Instant)
}

// The answer names the request, its own action, and gives the context back.
func TestReponse(t *testing.T) {
	e := lance(t)
	m := e.message()
	_, corps, err := m.Poste(e.mutuel, e.s.URLTLSMutuel)
	require.NoError(t, err)
	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromString(corps))
	texte := func(nom string) string {
		el := doc.FindElement("//Header/" + nom)
		require.NotNil(t, el, nom)
		return el.Text()
	}
	assert.Contains(t, m.ID, ">"+texte("RelatesTo")+"<")
	assert.NotContains(t, m.ID, texte("MessageID"))
	assert.Equal(t, action+"Response", texte("Action"))
	assert.Contains(t, m.BAM, ">"+texte("ContexteBAM/Id")+"<")
	assert.NotNil(t, doc.FindElement("//ContexteBAM/COUVERTURE"))
	assert.Equal(t, "01_02", doc.FindElement("//ContexteBAM").SelectAttrValue("Version", ""))
}

func TestRefus(t *testing.T) {
	e := lance(t)
	for _, c := range []struct{ vieux, neuf, code, motif string }{
		{"application/soap+xml", "text/xml", "http", "not application/soap+xml"},
		{"charset=utf-8", "charset=iso-8859-1", "http", "charset"},
		{`; action="` + action + `"`, "", "http", "no action"},
		{`action="` + action + `"`, `action="urn:autre"`, "adressage", "Content-Type"},
		{action, "urn:autre", "adressage", "no such operation"},
		{"uuid:", "urn:uuid:", "adressage", "MessageID"},
		{"uuid:", "", "adressage", "MessageID"},
		{">uuid:", "><!--x-->uuid:", "adressage", "MessageID"},
		{"<e:Lire ", "<!DOCTYPE x><e:Lire ", "xml", "directive"},
		{"<e:Lire ", "<?x y?><e:Lire ", "xml", "processing instruction"},
		{"<e:Lire ", "<f:Lire ", "xml", "undeclared prefix"},
		{"</e:Lire>", "</e:Lira>", "xml", "well-formed"},
		{`<e:Lire xmlns:e="urn:essai">`, `<e:Lire xmlns:x="urn:essai">`, "xml", "undeclared prefix"},
		{`<e:Lire `, `<e:Lire a="1" a="2" `, "xml", "twice"},
		{`<e:Lire `, `<e:Lire xmlns:d="urn:essai" e:a="1" d:a="2" `, "xml", "twice"},
		{`<e:Lire `, `<e:Lire d:a="2" `, "xml", "undeclared prefix"},
		{`>QUI<`, `>&qui;<`, "xml", "well-formed"},
		{`>QUI<`, ">" + strings.Repeat("<e:x>", 80) + strings.Repeat("</e:x>", 80) + "<", "xml", "deep"},
		{"</e:Lire>", "</e:Lire><e2/>", "soap", "Body"},
		{"<wsa:MessageID", `<wsa:To xmlns:wsa="http://www.w3.org/2005/08/addressing">x</wsa:To><wsa:MessageID`, "soap", "no schema names"},
		{"</ctxbam:ContexteBAM>", `</ctxbam:ContexteBAM><ctxbam:ContexteBAM xmlns:ctxbam="urn:siram:bam:ctxbam"/>`, "soap", "ContexteBAM stands twice"},
		{`Version="01_02"`, `Version="1.02"`, "contexte", "ContexteBAM/@Version"},
		{` Version="01_02"`, ``, "contexte", "ContexteBAM/@Version: missing"},
		{`Version="01_00"`, `Version="1.00.00"`, "contexte", "ContexteLPS/@Version"},
		{`Nature="CTXBAM"`, `Nature="X"`, "contexte", "Nature"},
		{`Nature="CTXBAM"`, `Autre="X"`, "contexte", "not allowed"},
		{` Nature="CTXBAM"`, ``, "", ""},
		{"<ctxbam:COUVERTURE/>", "", "contexte", "COUVERTURE: 0"},
		{"<ctxbam:COUVERTURE/>", "<ctxbam:COUVERTURE/><ctxbam:COUVERTURE/>", "contexte", "COUVERTURE: 2"},
		{"<ctxbam:COUVERTURE/>", "<ctxbam:COUVERTURE/><ctxbam:DateRef>2026-11-02T00:00:00Z</ctxbam:DateRef>", "contexte", "out of order"},
		{"<ctxbam:COUVERTURE/>", "<ctxbam:DateRef>2026-11-02</ctxbam:DateRef><ctxbam:COUVERTURE/>", "contexte", "DateRef"},
		{"<ctxbam:COUVERTURE/>", "<ctxbam:DateRef>2026-11-02T00:00:00+01:00</ctxbam:DateRef><ctxbam:COUVERTURE/>", "", ""},
		{"<ctxbam:COUVERTURE/>", "<ctxbam:COUVERTURE>x</ctxbam:COUVERTURE>", "contexte", "text beside"},
		{"<ctxbam:COUVERTURE/>", couverture("<ctxbam:GrandRegime>01</ctxbam:GrandRegime><ctxbam:Organisme>751</ctxbam:Organisme><ctxbam:CodeCentre>0000</ctxbam:CodeCentre>" +
			assure("2751263220749", "74") + "<ctxbam:BENEFICIAIRE><ctxbam:DateNai>1975-00-40</ctxbam:DateNai><ctxbam:Rang>1</ctxbam:Rang></ctxbam:BENEFICIAIRE>"), "", ""},
		{"<ctxbam:COUVERTURE/>", couverture(assure("275126322074", "74")), "contexte", "ASSURE/Id/Num"},
		{"<ctxbam:COUVERTURE/>", couverture(assure("2751263220749", "7")), "contexte", "ASSURE/Id/Cle"},
		{"<ctxbam:COUVERTURE/>", couverture(assure("2751263220749", "74") + "<ctxbam:Organisme>751</ctxbam:Organisme>"), "contexte", "out of order"},
		{"<ctxlps:Id>", "<ctxlps:Id> </ctxlps:Id><ctxlps:Id>", "contexte", "ContexteLPS/Id"},
		{`<ctxlps:IDAM R="4">`, "<ctxlps:IDAM>", "contexte", "IDAM/@R: missing"},
		{`R="4"`, `R="5"`, "contexte", "IDAM/@R"},
		{">" + testpki.Structure + "<", ">10B0999998<", "contexte", "Emetteur"},
	} {
		m := e.message().Remplace(c.vieux, c.neuf)
		if strings.HasPrefix(c.vieux, `; action=`) || strings.HasPrefix(c.vieux, `action=`) {
			m = e.message()
			m.Type = strings.ReplaceAll(m.Type, c.vieux, c.neuf)
		}
		if c.code == "" {
			e.accepte(m)
			continue
		}
		e.refuse(m, c.code, c.motif, "%s -> %s", c.vieux, c.neuf)
	}
}

func couverture(s string) string { return "<ctxbam:COUVERTURE>" + s + "</ctxbam:COUVERTURE>" }

func assure(num, cle string) string {
	return "<ctxbam:ASSURE><ctxbam:Id><ctxbam:Num>" + num + "</ctxbam:Num><ctxbam:Cle>" + cle + "</ctxbam:Cle></ctxbam:Id></ctxbam:ASSURE>"
}

// What no Message can say: whole texts that are not one UTF-8 document, other
// paths and methods, a request too large.
func TestTextesEtHTTP(t *testing.T) {
	e := lance(t)
	juste := e.message()
	for nom, texte := range map[string]string{
		"latin1":    strings.Replace(juste.Texte(), "UTF-8", "ISO-8859-1", 1),
		"not utf-8": strings.Replace(juste.Texte(), "QUI", "\xe9", 1),
		"bom":       "\xef\xbb\xbf" + juste.Texte(),
		"trailing":  juste.Texte() + "x",
		"two roots": juste.Texte() + "<x/>",
		"cut":       juste.Texte()[:200],
		"empty":     "",
	} {
		r, err := e.mutuel.Post(e.s.URLTLSMutuel, juste.Type, strings.NewReader(texte))
		require.NoError(t, err)
		r.Body.Close()
		assert.Equal(t, http.StatusInternalServerError, r.StatusCode, nom)
		assert.Equal(t, passerelle.Refuse, e.dernier().Issue, nom)
	}
	r, err := e.simple.Get(e.s.URL)
	require.NoError(t, err)
	r.Body.Close()
	assert.Equal(t, http.StatusMethodNotAllowed, r.StatusCode)
	r, err = e.simple.Post(e.s.URL+"/x", juste.Type, strings.NewReader(""))
	require.NoError(t, err)
	r.Body.Close()
	assert.Equal(t, http.StatusNotFound, r.StatusCode)
	r, err = e.simple.Post(e.s.URL, juste.Type, bytes.NewReader(make([]byte, 2<<20)))
	if err == nil { // the server may close before everything is sent
		r.Body.Close()
		assert.Equal(t, http.StatusRequestEntityTooLarge, r.StatusCode)
	}
}

// Renaming any element of the envelope, whichever, or moving it to another
// namespace, makes the gateway refuse.
func TestChaqueElementCompte(t *testing.T) {
	e := lance(t)
	m := e.parCarte()
	m.BAM = strings.Replace(m.BAM, "<ctxbam:COUVERTURE/>", couverture(assure("2751263220749", "74")), 1)
	e.accepte(m)
	for _, change := range []func(*etree.Element){
		func(el *etree.Element) { el.Tag += "X" },
		func(el *etree.Element) { el.Space = ""; el.CreateAttr("xmlns", "urn:ailleurs") },
	} {
		doc := etree.NewDocument()
		require.NoError(t, doc.ReadFromString(m.Texte()))
		n := len(doc.FindElements("//*"))
		require.Greater(t, n, 35)
		for i := range n {
			doc := etree.NewDocument()
			require.NoError(t, doc.ReadFromString(m.Texte()))
			el := doc.FindElements("//*")[i]
			if el.Tag == "Lire" {
				continue // the service's business
			}
			change(el)
			texte, err := doc.WriteToString()
			require.NoError(t, err)
			r, err := e.simple.Post(e.s.URL, m.Type, strings.NewReader(texte))
			require.NoError(t, err)
			r.Body.Close()
			assert.Equal(t, http.StatusInternalServerError, r.StatusCode, el.GetPath())
		}
	}
}

// The published faults of the gateway itself.
func TestFautesDeLaPasserelle(t *testing.T) {
	e := lance(t)
	for _, m := range []*brut.Message{e.message().Remplace(passerelle.IDAMSimule, "AUTRE0000000"), e.message().Remplace(`<ctxlps:IDAM R="4">`+passerelle.IDAMSimule+`</ctxlps:IDAM>`, "")} {
		statut, corps, err := m.Poste(e.mutuel, e.s.URLTLSMutuel)
		require.NoError(t, err)
		assert.Equal(t, http.StatusInternalServerError, statut)
		assert.Contains(t, corps, "<S:Value>S:Sender</S:Value><S:Subcode><S:Value>S:siram_100</S:Value></S:Subcode>")
		assert.Contains(t, corps, `code="desir_550" severite="erreur" messageID="uuid:`)
		assert.Equal(t, "siram_100/desir_550", e.dernier().Motif)
	}
	autre, err := e.s.PKI().Client("INSI-AUTRE")
	require.NoError(t, err)
	statut, corps, err := e.message().Poste(brut.Client(e.s.PKI().Racines(), e.h.maintenant, autre.TLS()), e.s.URLTLSMutuel)
	require.NoError(t, err)
	assert.Equal(t, http.StatusInternalServerError, statut)
	assert.Contains(t, corps, `code="desir_560"`)
	assert.NotContains(t, corps, "Subcode")
}
