package soap_test

import (
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/internal/soap"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

var instant = time.Date(2026, 11, 21, 10, 30, 0, 5e6, time.FixedZone("CET", 3600))

func bam(t *testing.T, c soap.ContexteBAM) string {
	t.Helper()
	b, err := c.Encode()
	require.NoError(t, err)
	return string(b)
}

// The whole envelope, byte for byte: blocks in the order of the WSDL, spliced untouched.
func TestEnveloppe(t *testing.T) {
	id, action := soap.Adressage("uuid:1", "urn:x&y")
	m := soap.Message{Entetes: [][]byte{soap.Securite([]byte("<a/>")), id, action}, Corps: []byte(`<b xmlns="urn:b">é</b>`)}
	assert.Equal(t, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+
		`<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Header>`+
		`<wsse:Security xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"><a/></wsse:Security>`+
		`<wsa:MessageID xmlns:wsa="http://www.w3.org/2005/08/addressing">uuid:1</wsa:MessageID>`+
		`<wsa:Action xmlns:wsa="http://www.w3.org/2005/08/addressing">urn:x&amp;y</wsa:Action>`+
		`</soap:Header><soap:Body><b xmlns="urn:b">é</b></soap:Body></soap:Envelope>`, string(m.Encode()))
	m.Version, m.Entetes = soap.V11, nil
	assert.Equal(t, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+
		`<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><b xmlns="urn:b">é</b></soap:Body></soap:Envelope>`, string(m.Encode()))
	assert.Equal(t, `application/soap+xml; charset=utf-8; action="urn:x"`, soap.V12.ContentType("urn:x"))
	assert.Equal(t, "text/xml; charset=utf-8", soap.V11.ContentType("urn:x"))
}

func TestContexteBAM(t *testing.T) {
	naissance, err := simphonie.ParseDateNaissance("1950-42-00")
	require.NoError(t, err)
	c := soap.ContexteBAM{ID: "i", Temps: instant, Emetteur: "<899>", DateRef: instant, Couverture: soap.Couverture{
		Regime: "01", Caisse: "751", Centre: "0000", Assure: simphonie.NIRRecu("297022A02077878"),
		Beneficiaire: simphonie.NIRRecu("2751263220749"), Certification: simphonie.MustJour("2020-02-01"), Naissance: naissance, Rang: "1"}}
	assert.Equal(t, `<ctxbam:ContexteBAM xmlns:ctxbam="urn:siram:bam:ctxbam" Version="01_02" Nature="CTXBAM">`+
		`<ctxbam:Id>i</ctxbam:Id><ctxbam:Temps>2026-11-21T09:30:00.005Z</ctxbam:Temps><ctxbam:Emetteur>&lt;899&gt;</ctxbam:Emetteur>`+
		`<ctxbam:DateRef>2026-11-21T09:30:00.005Z</ctxbam:DateRef><ctxbam:COUVERTURE><ctxbam:GrandRegime>01</ctxbam:GrandRegime>`+
		`<ctxbam:Organisme>751</ctxbam:Organisme><ctxbam:CodeCentre>0000</ctxbam:CodeCentre>`+
		`<ctxbam:ASSURE><ctxbam:Id><ctxbam:Num>297022A020778</ctxbam:Num><ctxbam:Cle>78</ctxbam:Cle></ctxbam:Id></ctxbam:ASSURE>`+
		`<ctxbam:BENEFICIAIRE><ctxbam:Nir><ctxbam:Num>2751263220749</ctxbam:Num><ctxbam:DateCertification>2020-02-01</ctxbam:DateCertification></ctxbam:Nir>`+
		`<ctxbam:DateNai>1950-42-00</ctxbam:DateNai><ctxbam:Rang>1</ctxbam:Rang></ctxbam:BENEFICIAIRE></ctxbam:COUVERTURE></ctxbam:ContexteBAM>`, bam(t, c))
	c.Couverture = soap.Couverture{Assure: simphonie.NIRRecu("297022A02077878"), SansCle: true}
	assert.Contains(t, bam(t, c), `<ctxbam:Id><ctxbam:Num>297022A020778</ctxbam:Num></ctxbam:Id>`)
	// COUVERTURE stands even when it is empty.
	assert.Equal(t, `<ctxbam:ContexteBAM xmlns:ctxbam="urn:siram:bam:ctxbam" Version="01_02" Nature="CTXBAM"><ctxbam:Id>i</ctxbam:Id>`+
		`<ctxbam:Temps>2026-11-21T09:30:00.005Z</ctxbam:Temps><ctxbam:COUVERTURE></ctxbam:COUVERTURE></ctxbam:ContexteBAM>`,
		bam(t, soap.ContexteBAM{ID: "i", Temps: instant}))
}

func TestContexteLPS(t *testing.T) {
	b, err := (&soap.ContexteLPS{ID: "i", Temps: instant, Emetteur: "e", IDAM: "TESTSGIE0000", Version: "1", Instance: "u", Nom: "urn:lps:x:1"}).Encode()
	require.NoError(t, err)
	assert.Equal(t, `<ctxlps:ContexteLPS xmlns:ctxlps="urn:siram:lps:ctxlps" Version="01_00" Nature="CTXLPS"><ctxlps:Id>i</ctxlps:Id>`+
		`<ctxlps:Temps>2026-11-21T09:30:00.005Z</ctxlps:Temps><ctxlps:Emetteur>e</ctxlps:Emetteur><ctxlps:LPS><ctxlps:IDAM R="4">TESTSGIE0000</ctxlps:IDAM>`+
		`<ctxlps:Version>1</ctxlps:Version><ctxlps:Instance>u</ctxlps:Instance><ctxlps:Nom>urn:lps:x:1</ctxlps:Nom></ctxlps:LPS></ctxlps:ContexteLPS>`, string(b))
}

// What the patterns of the schema refuse is refused before it is sent, and
// the error names the element, never the value.
func TestContextesRefuses(t *testing.T) {
	sansSiecle, err := simphonie.ParseDateNaissance("50-03-12")
	require.NoError(t, err)
	for nom, c := range map[string]soap.ContexteBAM{
		"ContexteBAM.Id":       {Temps: instant},
		"ContexteBAM.Temps":    {ID: "i"},
		"ContexteBAM.Emetteur": {ID: "i", Temps: instant, Emetteur: "a\x01b"},
		"ContexteBAM.Num":      {ID: "i", Temps: instant, Couverture: soap.Couverture{Assure: simphonie.NIRRecu("12345")}},
		"ContexteBAM.DateNai":  {ID: "i", Temps: instant, Couverture: soap.Couverture{Naissance: sansSiecle}},
		"ContexteBAM.Rang":     {ID: "i", Temps: instant, Couverture: soap.Couverture{Rang: "un"}},
	} {
		_, err := c.Encode()
		var e *simphonie.Erreur
		require.ErrorAs(t, err, &e, nom)
		assert.Equal(t, simphonie.Code("SOAP-CONTEXTE"), e.Code)
		assert.Equal(t, nom, e.Chemin)
		assert.NotContains(t, err.Error(), "12345")
	}
	fils, attribut := etree.NewElement("R"), etree.NewElement("R")
	fils.CreateElement("N").SetText("a\x00")
	attribut.CreateAttr("a", "\xff")
	for _, e := range []*etree.Element{nil, fils, attribut} {
		_, err = soap.Bloc(e)
		assert.ErrorContains(t, err, "SOAP-CORPS")
	}
}

func TestBloc(t *testing.T) {
	e := etree.NewElement("R")
	e.CreateAttr("xmlns", "urn:r")
	e.CreateElement("Nom").SetText("D'AEION <&> COEUR")
	b, err := soap.Bloc(e)
	require.NoError(t, err)
	assert.Equal(t, `<R xmlns="urn:r"><Nom>D'AEION &lt;&amp;&gt; COEUR</Nom></R>`, string(b))
}

const espace12 = "http://www.w3.org/2003/05/soap-envelope"

// A fault is read whatever its prefixes: those recorded change inside one message.
func TestFautes(t *testing.T) {
	siram := `<e:Erreur xmlns:e="urn:siram" code="desir_550" severite="fatal" messageID="uuid:0b1e4e0e-5f2c-4e4a-9d3c-0a1b2c3d4e5f">NIR 2751263220749</e:Erreur>`
	for nom, f := range map[string]string{
		"préfixes mêlés": `<soap:Envelope xmlns:soap="` + espace12 + `"><env:Body xmlns:env="` + espace12 + `"><S:Fault xmlns:S="` + espace12 + `"><S:Code><S:Value>S:Sender</S:Value>` +
			`<S:Subcode><S:Value>soap:siram_100</S:Value></S:Subcode></S:Code><S:Reason><S:Text xml:lang="fr">` + "\n Refusé\n pour ADRUN \n" + `</S:Text></S:Reason><S:Detail>` + siram + `</S:Detail></S:Fault></env:Body></soap:Envelope>`,
		"espace par défaut": `<Envelope xmlns="` + espace12 + `"><Header/><Body><Fault><Code><Value>Sender</Value><Subcode><Value>siram_100</Value></Subcode></Code>` +
			`<Reason><Text xml:lang="en">Refusé</Text></Reason><Detail><x xmlns="urn:x">` + siram + `</x></Detail></Fault></Body></Envelope>`,
	} {
		r, err := soap.Decode([]byte(f), xmlguard.Limites{})
		require.NoError(t, err, nom)
		require.NotNil(t, r.Faute, nom)
		assert.Equal(t, []string{"Sender", "siram_100", "desir_550", "fatal", "uuid:0b1e4e0e-5f2c-4e4a-9d3c-0a1b2c3d4e5f"},
			[]string{r.Faute.Code, r.Faute.SousCode, r.Faute.DetailCode, r.Faute.Severite, r.Faute.MessageID}, nom)
		assert.Contains(t, r.Faute.Raison.Clair(), "Refusé")
		assert.Equal(t, "NIR 2751263220749", r.Faute.Technique.Clair())
		vu := canari.Montre(r.Faute)
		assert.Contains(t, vu, "siram_100")
		for _, secret := range []string{"ADRUN", "2751263220749"} {
			assert.NotContains(t, vu, secret)
		}
	}
}

func TestFaute11(t *testing.T) {
	r, err := soap.Decode([]byte(`<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:Server</faultcode>`+
		`<faultstring>panne</faultstring><detail/></s:Fault></s:Body></s:Envelope>`), xmlguard.Limites{})
	require.NoError(t, err)
	assert.Equal(t, "Server", r.Faute.Code)
	assert.Equal(t, "panne", r.Faute.Raison.Clair())
	assert.Equal(t, soap.V11, r.Version)
}

// A code that could be somebody's number is not kept in clear.
func TestCodesSurs(t *testing.T) {
	for _, code := range []string{"2751263220749", "desir_2751263220749", "NOM PRENOM", "a@b"} {
		r, err := soap.Decode([]byte(`<E:Envelope xmlns:E="`+espace12+`"><E:Body><E:Fault><E:Code><E:Value>`+code+`</E:Value></E:Code><E:Reason/>`+
			`<E:Detail><Erreur xmlns="urn:siram" code="`+code+`" severite="`+code+`" messageID="`+code+`"/></E:Detail></E:Fault></E:Body></E:Envelope>`), xmlguard.Limites{})
		require.NoError(t, err)
		assert.NotContains(t, canari.Montre(r.Faute), code)
		assert.Equal(t, "illisible", r.Faute.DetailCode)
	}
}

func TestDecode(t *testing.T) {
	r, err := soap.Decode([]byte(`<e:Envelope xmlns:e="`+espace12+`" xmlns:w="http://www.w3.org/2005/08/addressing"><e:Header><w:RelatesTo>uuid:1</w:RelatesTo>`+
		`<w:Action> urn:r </w:Action><w:MessageID>m</w:MessageID></e:Header><e:Body> <R xmlns="urn:r"/> </e:Body></e:Envelope>`), xmlguard.Limites{})
	require.NoError(t, err)
	assert.Equal(t, []string{"uuid:1", "urn:r", "m", "R"}, []string{r.RelatesTo, r.Action, r.MessageID, r.Corps.Tag})
	assert.Nil(t, r.Faute)
}

func TestDecodeRefuse(t *testing.T) {
	env := func(s string) string { return `<e:Envelope xmlns:e="` + espace12 + `">` + s + `</e:Envelope>` }
	for nom, s := range map[string]string{
		"autre racine":      `<R/>`,
		"autre espace":      `<e:Envelope xmlns:e="urn:x"><e:Body/></e:Envelope>`,
		"sans corps":        env(`<e:Header/>`),
		"deux corps":        env(`<e:Body><a/></e:Body><e:Body><b/></e:Body>`),
		"en-tête après":     env(`<e:Body><a/></e:Body><e:Header/>`),
		"deux en-têtes":     env(`<e:Header/><e:Header/><e:Body><a/></e:Body>`),
		"autre espace, bis": env(`<Body><a/></Body>`),
		"corps vide":        env(`<e:Body/>`),
		"deux réponses":     env(`<e:Body><a/><b/></e:Body>`),
		"deux RelatesTo": env(`<e:Header><w:RelatesTo xmlns:w="http://www.w3.org/2005/08/addressing">1</w:RelatesTo>` +
			`<w:RelatesTo xmlns:w="http://www.w3.org/2005/08/addressing">2</w:RelatesTo></e:Header><e:Body><a/></e:Body>`),
	} {
		_, err := soap.Decode([]byte(s), xmlguard.Limites{})
		assert.ErrorContains(t, err, "SOAP-ENVELOPPE", nom)
	}
	_, err := soap.Decode([]byte(`<!DOCTYPE x><x/>`), xmlguard.Limites{})
	assert.Error(t, err)
}

func TestIdentifiants(t *testing.T) {
	vus := map[string]bool{}
	for range 1000 {
		u := soap.UUID()
		assert.Regexp(t, `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, u)
		vus[u] = true
	}
	assert.Len(t, vus, 1000)
	assert.True(t, strings.HasPrefix(soap.MessageID("x"), "uuid:"))
}

// Whatever arrives, an answer is one element or a fault, or there is an error.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`<e:Envelope xmlns:e="` + espace12 + `"><e:Body><a/></e:Body></e:Envelope>`))
	f.Add([]byte(`<e:Envelope xmlns:e="` + espace12 + `"><e:Body><e:Fault><e:Code><e:Value>e:Sender</e:Value></e:Code></e:Fault></e:Body></e:Envelope>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := soap.Decode(b, xmlguard.Limites{})
		if err == nil && (r.Corps == nil) == (r.Faute == nil) {
			t.Error("neither an answer nor a fault")
		}
	})
}

// What is written is read back, or was refused.
func FuzzAllerRetour(f *testing.F) {
	f.Add("texte <&>", "valeur \r\n\t\"")
	f.Fuzz(func(t *testing.T, texte, attribut string) {
		c := etree.NewElement("R")
		c.SetText(texte)
		c.CreateAttr("a", attribut)
		corps, err := soap.Bloc(c)
		if err != nil {
			return
		}
		r, err := soap.Decode((&soap.Message{Corps: corps}).Encode(), xmlguard.Limites{})
		require.NoError(t, err)
		lu, err := xmlguard.Texte(r.Corps)
		require.NoError(t, err)
		assert.Equal(t, texte, lu)
		assert.Equal(t, attribut, r.Corps.SelectAttrValue("a", ""))
	})
}

// What is written as it stands cannot close itself and go on as markup.
func TestBlocSansInjection(t *testing.T) {
	for nom, v := range map[string]func(*etree.Element){
		"CDATA":       func(e *etree.Element) { e.CreateCData("a]]><b/><![CDATA[") },
		"comment":     func(e *etree.Element) { e.CreateComment("--><b/><!--") },
		"instruction": func(e *etree.Element) { e.CreateProcInst("x", "?><b/>") },
		"directive":   func(e *etree.Element) { e.CreateDirective("x><b/") },
	} {
		e := etree.NewElement("a")
		v(e.CreateElement("c"))
		_, err := soap.Bloc(e)
		assert.ErrorContains(t, err, "SOAP-CORPS", nom)
	}
	e := etree.NewElement("a")
	e.CreateCData("<b/>]]")
	b, err := soap.Bloc(e)
	require.NoError(t, err)
	assert.Equal(t, "<a><![CDATA[<b/>]]]]></a>", string(b))
}

// The codes of a fault are those of the gateway, not of an extension of the
// same name.
func TestFauteAttributsPrefixes(t *testing.T) {
	const id = "uuid:0b1e4e0e-5f2c-4e4a-9d3c-0a1b2c3d4e5f"
	r, err := soap.Decode([]byte(`<e:Envelope xmlns:e="`+soap.Espace12+`"><e:Body><e:Fault><e:Detail><Erreur xmlns="urn:siram" xmlns:x="urn:x"`+
		` x:code="faux_1" x:severite="fausse" x:messageID="faux" code="vrai_1" severite="fatale" messageID="`+id+`"/></e:Detail></e:Fault></e:Body></e:Envelope>`), xmlguard.Limites{})
	require.NoError(t, err)
	assert.Equal(t, []string{"vrai_1", "fatale", id}, []string{r.Faute.DetailCode, r.Faute.Severite, r.Faute.MessageID})
}

// A header that holds more than text is not taken for one that is absent.
func TestEnteteIllisible(t *testing.T) {
	for _, v := range []string{"a<!-- -->b", "<x/>", "a</w:RelatesTo><w:RelatesTo>b"} {
		_, err := soap.Decode([]byte(`<e:Envelope xmlns:e="`+soap.Espace12+`" xmlns:w="`+soap.EspaceAdressage+`"><e:Header><w:RelatesTo>`+v+
			`</w:RelatesTo></e:Header><e:Body><x/></e:Body></e:Envelope>`), xmlguard.Limites{})
		assert.ErrorContains(t, err, "SOAP-ENVELOPPE", v)
	}
}
