package annuaire_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/annuaire"
	"github.com/simphonie/simphonie/annuaire/annuairetest"
	"github.com/simphonie/simphonie/annuaire/reference"
	"github.com/simphonie/simphonie/teleservice"
)

// bouchon is a transport that keeps requests and gives one body.
type bouchon struct {
	corps   string
	requete []byte
	entete  http.Header
	url     string
}

func (b *bouchon) RoundTrip(r *http.Request) (*http.Response, error) {
	b.requete, _ = io.ReadAll(r.Body)
	b.entete, b.url = r.Header, r.URL.String()
	return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"text/xml; charset=utf-8"}}, Body: io.NopCloser(strings.NewReader(b.corps)), Request: r}, nil
}

const (
	tete  = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>`
	queue = `</e:Body></e:Envelope>`
	vide  = tete + `<Reponse xmlns="` + reference.Espace + `"/>` + queue
)

// bouchonne makes a client whose requests go nowhere.
func bouchonne(t testing.TB, b *bouchon, o annuaire.Options) *annuaire.Client {
	t.Helper()
	h := &horloge{t: depart}
	conf := config(t, annuairetest.NewServer(t, annuairetest.AvecHorloge(h.maintenant)), h)
	conf.URL, conf.Transport = "https://annuaire.example/recherche", b
	c, err := annuaire.New(canal(t, conf), o)
	require.NoError(t, err)
	return c
}

// The public request in its DRE use, in its four variants, byte for byte. The
// service code and the form of the date are not public: these mean nothing.
func TestRequeteDRE(t *testing.T) {
	const attendue = `<?xml version="1.0" encoding="UTF-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><search xmlns="https://ws.annuaireamc.fr/"><paramsObj xmlns="">` +
		`<requete><version>R01</version><date_demande>21|11|2026</date_demande><editeur>EDITEUR &amp; D'ESSAI</editeur><logiciel>SIMULATEUR00</logiciel><version_logiciel>1.0</version_logiciel></requete>` +
		`<adressage><numero_amc>00401166</numero_amc>{convention}{csr}<domaine_conventionnel>EXTE</domaine_conventionnel><code_service>SIMULE-DRE</code_service>` +
		`<code_norme_service>DRE</code_norme_service><version_norme_service>V1.0</version_norme_service></adressage>` +
		`<typage><type_adresse><item>MEL</item></type_adresse></typage></paramsObj></search></soap:Body></soap:Envelope>`
	o := options()
	o.Parametres.Editeur = "EDITEUR & D'ESSAI"
	o.Parametres.Date = func(t time.Time) string { return t.Format("02|01|2006") }
	for _, v := range []struct{ convention, csr, ecrite, ecrit string }{
		{"", "", "", ""},
		{"RO", "", "<code_type_convention>RO</code_type_convention>", ""},
		{"", "030255400", "", "<code_csr>030255400</code_csr>"},
		{"RO", "030255400", "<code_type_convention>RO</code_type_convention>", "<code_csr>030255400</code_csr>"},
	} {
		b := &bouchon{corps: vide}
		r, err := bouchonne(t, b, o).Cherche(t.Context(), demande(simphonie.CleAMC{Numero: "00 401 166", Convention: v.convention, CSR: v.csr, Domaine: simphonie.Externe}, annuaire.DRE))
		require.NoError(t, err)
		assert.Equal(t, annuaire.HorsAnnuaire, r.Issue)
		assert.Equal(t, strings.NewReplacer("{convention}", v.ecrite, "{csr}", v.ecrit).Replace(attendue), string(b.requete))
		assert.Equal(t, []string{"text/xml; charset=utf-8", `""`}, []string{b.entete.Get("Content-Type"), b.entete.Get("SOAPAction")})
		assert.Equal(t, "https://annuaire.example/recherche", b.url)
	}
}

// Below search nothing is in a namespace, as a reader of namespaces sees it.
func TestRequeteSansEspace(t *testing.T) {
	b := &bouchon{corps: vide}
	_, err := bouchonne(t, b, options()).Cherche(t.Context(), demande(cle, annuaire.IDB))
	require.NoError(t, err)
	d := etree.NewDocument()
	require.NoError(t, d.ReadFromBytes(b.requete))
	search := d.FindElement("//search")
	assert.Equal(t, "https://ws.annuaireamc.fr/", search.NamespaceURI())
	n := 0
	for _, e := range search.FindElements(".//*") {
		assert.Empty(t, e.NamespaceURI(), e.Tag)
		n++
	}
	assert.Equal(t, 18, n) // paramsObj, requete and 5, adressage and 7, typage and 2
}

// Width of the number, action and address are settings.
func TestReglagesDeLaRequete(t *testing.T) {
	for largeur, attendus := range map[int][2]string{0: {"00401166", "434243085"}, 10: {"0000401166", "0434243085"}, 8: {"00401166", "434243085"}, 1: {"401166", "434243085"}} {
		for i, numero := range []simphonie.NumeroAMC{"00401166", "434243085"} {
			b := &bouchon{corps: vide}
			o := options()
			o.Parametres.Largeur, o.Parametres.Action = largeur, "urn:essai"
			o.Aiguillage.URL = "https://relais.example/annuaire"
			_, err := bouchonne(t, b, o).Cherche(t.Context(), demande(simphonie.CleAMC{Numero: numero, Domaine: simphonie.Externe}, annuaire.DRE))
			require.NoError(t, err)
			assert.Contains(t, string(b.requete), "<numero_amc>"+attendus[i]+"</numero_amc>")
			assert.Equal(t, `"urn:essai"`, b.entete.Get("SOAPAction"))
			assert.Equal(t, "https://relais.example/annuaire", b.url)
		}
	}
}

// What is not public must be given, and every gap is named at once.
func TestParametres(t *testing.T) {
	h := &horloge{t: depart}
	k := canal(t, config(t, annuairetest.NewServer(t, annuairetest.AvecHorloge(h.maintenant)), h))
	_, err := annuaire.New(k, annuaire.Options{})
	assert.ErrorIs(t, err, annuaire.ErrParametreAnnuaire)
	for _, c := range []string{"Parametres.Editeur", "Parametres.Date", "Parametres.Services", "Codec"} {
		assert.ErrorContains(t, err, "ANN-PARAMETRE annuaire AMC "+c+":")
	}
	o := options()
	o.Parametres.Services = map[annuaire.Service]annuaire.ParametresService{annuaire.DRE: {}, annuaire.IDB: {Code: "x"}}
	_, err = annuaire.New(k, o)
	var chemins []string
	for _, e := range err.(interface{ Unwrap() []error }).Unwrap() {
		for _, x := range aplatit(e) {
			chemins = append(chemins, x.Chemin)
		}
	}
	assert.Equal(t, []string{`Parametres.Services["DRE"].Code`, `Parametres.Services["IDB"].Norme`, `Parametres.Services["IDB"].Version`, `Parametres.Services["IDB"].Types`}, chemins)

	o = options()
	delete(o.Parametres.Services, annuaire.IDB)
	c, err := annuaire.New(k, o)
	require.NoError(t, err)
	_, err = c.Cherche(t.Context(), demande(cle, annuaire.IDB))
	assert.ErrorIs(t, err, annuaire.ErrParametreAnnuaire)
	assert.ErrorContains(t, err, `Parametres.Services["IDB"]`)

	o = options()
	o.Parametres.Date = func(time.Time) string { return "" }
	c, err = annuaire.New(k, o)
	require.NoError(t, err)
	_, err = c.Cherche(t.Context(), demande(cle, annuaire.IDB))
	assert.ErrorIs(t, err, annuaire.ErrParametreAnnuaire)

	o = options()
	o.Parametres.Largeur, o.Duree, o.Codec = 11, -1, (*codecNul)(nil)
	_, err = annuaire.New(k, o)
	assert.ElementsMatch(t, []simphonie.Code{"ANN-CONFIG", "ANN-CONFIG", "ANN-PARAMETRE"}, codes(err))
	for _, nul := range []*teleservice.Canal{nil, {}} {
		_, err = annuaire.New(nul, options())
		assert.Equal(t, simphonie.Code("ANN-CONFIG"), code(err))
	}
	var nul *annuaire.Client
	_, err = nul.Cherche(t.Context(), annuaire.Demande{})
	assert.Equal(t, simphonie.Code("ANN-CONFIG"), code(err))
	assert.Equal(t, simphonie.Code("ANN-CONFIG"), code((&annuaire.Client{}).Bascule(annuaire.Aiguillage{})))
	assert.Equal(t, simphonie.Code("ANN-CONFIG"), code(nul.EcritInstantane(io.Discard)))
}

// aplatit lists the errors of the house behind one.
func aplatit(err error) []*simphonie.Erreur {
	if j, ok := err.(interface{ Unwrap() []error }); ok {
		var es []*simphonie.Erreur
		for _, e := range j.Unwrap() {
			es = append(es, aplatit(e)...)
		}
		return es
	}
	if e, ok := errors.AsType[*simphonie.Erreur](err); ok {
		return []*simphonie.Erreur{e}
	}
	return nil
}

// codecNul is a codec that answers what a test wants.
type codecNul struct {
	rep *annuaire.Reponse
	err error
}

func (*codecNul) Profil() annuaire.Profil { return annuaire.Profil{Nom: "essai", Version: "1"} }
func (c *codecNul) DecodeReponse(*etree.Element) (*annuaire.Reponse, error) {
	return c.rep, c.err
}

// An answer that no codec can have read.
func TestReponsesDeCodec(t *testing.T) {
	for nom, k := range map[string]*codecNul{
		"rien": {}, "erreur": {err: errors.New("x")}, "trop d'entrées": {rep: &annuaire.Reponse{Entrees: make([]annuaire.Entree, 101)}},
		"trop de texte":   {rep: &annuaire.Reponse{Entrees: []annuaire.Entree{{Adresses: []string{strings.Repeat("a", 1<<17)}}}}},
		"trop d'adresses": {rep: &annuaire.Reponse{Entrees: []annuaire.Entree{{Adresses: make([]string, 101)}}}},
	} {
		o := options()
		o.Codec = k
		_, err := bouchonne(t, &bouchon{corps: vide}, o).Cherche(t.Context(), demande(cle, annuaire.IDB))
		assert.Equal(t, simphonie.Code("ANN-REPONSE"), code(err), nom)
	}
	_, err := bouchonne(t, &bouchon{corps: tete + `<autre/>` + queue}, options()).Cherche(t.Context(), demande(cle, annuaire.IDB))
	assert.Equal(t, simphonie.Code("ANN-REPONSE"), code(err))
	assert.ErrorContains(t, err, "ANN-REF-FORME")
	p, ok := annuaire.PanneDe(err)
	assert.True(t, ok)
	assert.Equal(t, simphonie.Code("ANN-REPONSE"), p.Code)
}

// Keys: what is sent holds nothing about a person.
func TestCles(t *testing.T) {
	b := &bouchon{corps: vide}
	c := bouchonne(t, b, options())
	for attendu, ks := range map[simphonie.Code][]simphonie.CleAMC{
		"ANN-CLE-NUMERO":     {{Domaine: "HOSP"}, {Numero: "000", Domaine: "HOSP"}, {Numero: "12345678901", Domaine: "HOSP"}, {Numero: "1-2", Domaine: "HOSP"}, {Numero: "2751263220749", Domaine: "HOSP"}},
		"ANN-CLE-CONVENTION": {{Numero: "1", Convention: "R", Domaine: "HOSP"}, {Numero: "1", Convention: "ROO", Domaine: "HOSP"}, {Numero: "1", Convention: "ro", Domaine: "HOSP"}},
		"ANN-CLE-CSR": {{Numero: "1", CSR: "2751263220749", Domaine: "HOSP"}, {Numero: "1", CSR: "275126322074974", Domaine: "HOSP"}, {Numero: "1", CSR: "94???????", Domaine: "HOSP"},
			{Numero: "1", CSR: strings.Repeat("1", 17), Domaine: "HOSP"}, {Numero: "1", CSR: "é", Domaine: "HOSP"}},
		"ANN-CLE-DOMAINE": {{Numero: "1"}, {Numero: "1", Domaine: "hosp"}, {Numero: "1", Domaine: "HOSPITALI"}},
	} {
		for _, k := range ks {
			_, err := c.Cherche(t.Context(), demande(k, annuaire.IDB))
			assert.Equal(t, []simphonie.Code{attendu}, codes(err), "%v", k)
			assert.NotContains(t, err.Error(), "2751263220749")
		}
	}
	assert.Nil(t, b.requete)
	_, err := c.Cherche(t.Context(), annuaire.Demande{EJ: "750712185", Cle: simphonie.CleAMC{}, Service: annuaire.IDB})
	assert.Equal(t, []simphonie.Code{"TSV-EJ", "ANN-CLE-NUMERO"}, codes(err))
}

// The directory of production is refused elsewhere.
func TestPasEnSimulation(t *testing.T) {
	h := &horloge{t: depart}
	conf := config(t, annuairetest.NewServer(t, annuairetest.AvecHorloge(h.maintenant)), h)
	conf.URL = "https://ws.annuaireamc.fr/"
	_, err := teleservice.NewCanal(conf)
	assert.ErrorContains(t, err, "TSV-CONFIG-MELANGE")
	assert.False(t, bytes.Contains([]byte(err.Error()), []byte("annuaireamc")))
}
