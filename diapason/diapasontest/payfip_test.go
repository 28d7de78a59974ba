package diapasontest_test

import (
	"crypto/tls"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/diapason/diapasontest"
)

const nsPayFiP = "http://securite.service.tpa.cp.finances.gouv.fr/services/mas_securite/contrat_paiement_securise/PaiementSecuriseService"

// messagePayFiP is written by hand: the simulator is tested without the client.
func messagePayFiP(operation, valeurs string) string {
	return `<?xml version="1.0"?><x:Envelope xmlns:x="http://schemas.xmlsoap.org/soap/envelope/"><x:Body><o:` + operation + ` xmlns:o="` + nsPayFiP + `"><arg0>` + valeurs + `</arg0></o:` + operation + `></x:Body></x:Envelope>`
}

const creationPayFiP = `<exer>2026</exer><mel>patient@exemple.fr</mel><montant>1700</montant><numcli>090909</numcli><objet>Consultation</objet><refdet>F2026000123</refdet><saisie>T</saisie><urlnotif>https://a.example/n</urlnotif><urlredirect>https://a.example/r</urlredirect>`

func postePayFiP(t testing.TB, s *diapasontest.PayFiP, corps string) (int, string) {
	t.Helper()
	tr := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: s.Racines}}
	defer tr.CloseIdleConnections()
	r, err := http.NewRequest(http.MethodPost, s.URL, strings.NewReader(corps))
	require.NoError(t, err)
	r.Header = http.Header{"Content-Type": {"text/xml; charset=utf-8"}, "Soapaction": {`""`}}
	rep, err := (&http.Client{Transport: tr, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Do(r)
	if err != nil {
		return 0, ""
	}
	defer rep.Body.Close()
	b, err := io.ReadAll(rep.Body)
	if err != nil {
		return -1, string(b)
	}
	return rep.StatusCode, string(b)
}

// creePayFiP makes an operation.
func creePayFiP(t testing.TB, s *diapasontest.PayFiP) string {
	t.Helper()
	statut, corps := postePayFiP(t, s, messagePayFiP("creerPaiementSecurise", creationPayFiP))
	require.Equal(t, 200, statut, corps)
	_, apres, _ := strings.Cut(corps, "<idOp>")
	id, _, ok := strings.Cut(apres, "</idOp>")
	require.True(t, ok)
	return id
}

func detailPayFiP(t testing.TB, s *diapasontest.PayFiP, id string) string {
	t.Helper()
	_, corps := postePayFiP(t, s, messagePayFiP("recupererDetailPaiementSecurise", "<idOp>"+id+"</idOp>"))
	return corps
}

// Each code of the table, from the value that is wrong.
func TestPayFiPCodes(t *testing.T) {
	s := diapasontest.NewPayFiP(t, diapasontest.OptionsPayFiP{})
	for _, v := range [][3]string{
		{">T<", ">P<", "S1"}, {">090909<", ">9<", "T1"}, {">090909<", ">123456<", "T2"}, {">1700<", ">17.00<", "M1"}, {">1700<", ">99<", "M3"}, {">1700<", ">10000000<", "M5"},
		{"<mel>patient@exemple.fr</mel>", "", "A1"}, {"patient@exemple.fr", "patient", "A2"}, {"https://a.example/n", "n", "N1"}, {"https://a.example/r", "r", "D1"},
		{"F2026000123", "ABCD", "R3"}, {"F2026000123", "F2026-00123", "R3"},
	} {
		m := strings.Replace(messagePayFiP("creerPaiementSecurise", creationPayFiP), v[0], v[1], 1)
		statut, corps := postePayFiP(t, s, m)
		assert.Equal(t, 500, statut, v)
		assert.Contains(t, corps, "exceptions.FonctionnelleErreur</faultstring>")
		assert.Contains(t, corps, "<code>"+v[2]+"</code>", v)
	}
	assert.Empty(t, s.Creations())
	id := creePayFiP(t, s)
	// The case of the name counts, and that of the value.
	_, corps := postePayFiP(t, s, messagePayFiP("recupererDetailPaiementSecurise", "<idop>"+id+"</idop>"))
	assert.Contains(t, corps, "<code>P1</code>")
	assert.Contains(t, detailPayFiP(t, s, strings.ToLower(id)), "<code>P1</code>")
	assert.Contains(t, detailPayFiP(t, s, id), "<code>P5</code>")
	_, corps = postePayFiP(t, s, messagePayFiP("recupererDetailClient", "<numCli>090909</numCli>"))
	assert.Contains(t, corps, "<libelleN2>REGIE DE RECETTES</libelleN2>")
}

// A request that is not of the shape of the WSDL is a fault of the protocol.
func TestPayFiPForme(t *testing.T) {
	s := diapasontest.NewPayFiP(t, diapasontest.OptionsPayFiP{})
	bon := messagePayFiP("creerPaiementSecurise", creationPayFiP)
	for _, v := range [][2]string{
		{"schemas.xmlsoap.org/soap/envelope/", "www.w3.org/2003/05/soap-envelope"}, {nsPayFiP, "urn:x"}, {"<arg0>", `<arg0 xmlns="urn:x">`}, {"<exer>", `<exer xmlns="urn:x">`}, {"creerPaiement", "annulerPaiement"},
		{"</x:Envelope>", ""}, {"<exer>2026</exer>", "<exer>2026</exer><exer>2026</exer>"}, {">2026<", ">26<"}, {"Consultation", "Été"}, {"</x:Envelope>", "</x:Envelope><a/>"},
	} {
		x := strings.ReplaceAll(bon, v[0], v[1])
		require.NotEqual(t, bon, x)
		statut, corps := postePayFiP(t, s, x)
		assert.Equal(t, 500, statut, v)
		assert.Contains(t, corps, "TechProtocolaireErreur", v)
	}
	assert.Empty(t, s.Creations())
}

// 15 minutes to open the page; the night takes what nobody paid; the ledger
// holds what was.
func TestPayFiPDelais(t *testing.T) {
	s := diapasontest.NewPayFiP(t, diapasontest.OptionsPayFiP{})
	a, b, c := creePayFiP(t, s), creePayFiP(t, s), creePayFiP(t, s)
	assert.EqualError(t, s.Termine(a, "P"), "P3", "the page was not opened")
	s.Avance(15 * time.Minute)
	require.NoError(t, s.Ouvre(a))
	assert.EqualError(t, s.Ouvre(a), "P3")
	s.Avance(time.Second)
	assert.EqualError(t, s.Ouvre(b), "P4")
	assert.EqualError(t, s.Ouvre("x"), "P1")
	s.Avance(time.Hour)
	require.NoError(t, s.Termine(a, "P"), "however long it takes")
	assert.Error(t, s.Termine(a, "P"))
	assert.Contains(t, detailPayFiP(t, s, a), "<dattrans>20112026</dattrans><exer>20</exer><heurtrans>1115</heurtrans>")
	assert.Contains(t, detailPayFiP(t, s, b), "<code>P5</code>")
	s.Avance(24 * time.Hour)
	assert.Contains(t, detailPayFiP(t, s, c), "<code>P1</code>")
	assert.EqualError(t, s.Ouvre(c), "P1")
	assert.Contains(t, detailPayFiP(t, s, a), "<resultrans>P</resultrans>")
	d := creePayFiP(t, s)
	assert.Error(t, s.Paie(d, "X"))
	require.NoError(t, s.Termine(d, "V"))
	s.Avance(366 * 24 * time.Hour)
	assert.Contains(t, detailPayFiP(t, s, a), "<code>P1</code>", "readable for a year")
	assert.Len(t, s.Creations(), 4)
	require.Len(t, s.Paiements(), 2)
	assert.Equal(t, "V", s.Paiements()[1].Resultat)
	assert.Equal(t, int64(1700), s.Paiements()[0].Montant)
	assert.Equal(t, []string{"F2026000123"}, s.Doubles())
}

func TestPayFiPScenarios(t *testing.T) {
	s := diapasontest.NewPayFiP(t, diapasontest.OptionsPayFiP{NumClis: []string{"090909", "111111"}, Debut: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	for _, v := range []struct {
		sc     diapasontest.ScenarioPayFiP
		statut int
		texte  string
		cree   int
	}{
		{"normal", 200, "<idOp>", 1}, {"faute:TechIndisponibiliteErreur:X", 500, "<code>X</code>", 0}, {"lent:1ms", 200, "<idOp>", 1}, {"coupe-avant", 0, "", 0}, {"coupe-apres", 0, "", 1},
		{"coupe-au-milieu", -1, "S:Envelope", 1}, {"tronque", 200, "S:Envelope", 1}, {"vide", 200, "", 1}, {"html", 200, "maintenance", 1}, {"http:503", 503, "erreur", 1}, {"redirection", 307, "", 1},
		{"enorme", 200, "     ", 1}, {"doctype", 200, "<!DOCTYPE a>", 1}, {"soap12", 200, "2003/05", 1}, {"prefixes", 200, "<env:Envelope xmlns:env=", 1}, {"sans:idOp", 200, "<return>", 1},
	} {
		avant := len(s.Creations())
		require.NoError(t, s.Enfile("creerPaiementSecurise", v.sc))
		statut, corps := postePayFiP(t, s, messagePayFiP("creerPaiementSecurise", creationPayFiP))
		assert.Equal(t, v.statut, statut, v.sc)
		assert.Contains(t, corps, v.texte, v.sc)
		assert.Equal(t, v.cree, len(s.Creations())-avant, v.sc)
	}
	assert.Len(t, s.Appels(), 16)
	id := creePayFiP(t, s)
	require.NoError(t, s.Paie(id, "R"))
	require.NoError(t, s.Enfile("recupererDetailPaiementSecurise", "champ:montant=1", "sans:montant", "deux:montant"))
	assert.Contains(t, detailPayFiP(t, s, id), "<montant>1</montant>")
	assert.NotContains(t, detailPayFiP(t, s, id), "montant")
	assert.Contains(t, detailPayFiP(t, s, id), "<montant>1700</montant><montant>1700</montant>")
	s.Change(id, "P")
	assert.Contains(t, detailPayFiP(t, s, id), "<resultrans>P</resultrans>")
	for _, sc := range []diapasontest.ScenarioPayFiP{"", "x", "normal:", "lent:x", "faute:x", "champ:x", "sans:", "http:200"} {
		assert.Error(t, s.Enfile("recupererDetailClient", sc), sc)
	}
	assert.Error(t, s.Enfile("x", "normal"))
	for _, sc := range diapasontest.ScenariosPayFiP() {
		assert.NoError(t, s.Enfile("recupererDetailClient", sc))
	}
	rep, err := (&http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: s.Racines}, DisableKeepAlives: true}}).Get(s.URL)
	require.NoError(t, err)
	rep.Body.Close()
	assert.Equal(t, 404, rep.StatusCode)
}
