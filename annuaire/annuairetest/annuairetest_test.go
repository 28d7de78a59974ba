package annuairetest_test

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/annuaire/annuairetest"
)

const bonne = `<?xml version="1.0"?><x:Envelope xmlns:x="http://schemas.xmlsoap.org/soap/envelope/"><x:Body><search xmlns="https://ws.annuaireamc.fr/"><paramsObj xmlns="">` +
	`<requete><version>R01</version><date_demande>d</date_demande><editeur>e</editeur><logiciel>l</logiciel><version_logiciel>v</version_logiciel></requete>` +
	`<adressage><numero_amc>0434243085</numero_amc><code_type_convention>RO</code_type_convention><code_csr>A12</code_csr><domaine_conventionnel>HOSP</domaine_conventionnel>` +
	`<code_service>SIMULE-IDB</code_service><code_norme_service>N</code_norme_service><version_norme_service>V</version_norme_service></adressage>` +
	`<typage><type_adresse><item>T</item></type_adresse></typage></paramsObj></search></x:Body></x:Envelope>`

func client(t testing.TB, s *annuairetest.Serveur, certificats ...tls.Certificate) *http.Client {
	pool := x509.NewCertPool()
	require.True(t, pool.AppendCertsFromPEM(s.Racines))
	tr := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, Certificates: certificats}}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func poste(t testing.TB, s *annuairetest.Serveur, corps string, entetes ...string) (int, string) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, s.URL, strings.NewReader(corps))
	require.NoError(t, err)
	r.Header = http.Header{"Content-Type": {"text/xml; charset=utf-8"}, "Soapaction": {`""`}}
	for i := 0; i+1 < len(entetes); i += 2 {
		r.Header.Del(entetes[i])
		if entetes[i+1] != "" {
			r.Header.Set(entetes[i], entetes[i+1])
		}
	}
	rep, err := client(t, s, s.Client).Do(r)
	if err != nil {
		return 0, ""
	}
	defer rep.Body.Close()
	b, err := io.ReadAll(rep.Body)
	if err != nil {
		return -1, ""
	}
	return rep.StatusCode, string(b)
}

func TestRefus(t *testing.T) {
	s := annuairetest.NewServer(t)
	statut, corps := poste(t, s, bonne)
	assert.Equal(t, 200, statut)
	assert.Equal(t, `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><r:Reponse xmlns:r="urn:simphonie:reference-non-officielle:annuaire:1">`+
		`<r:Entree operateur="OPUN" nom="OPERATEUR UN SIMULE"><r:Adresse>https://un.operateur-un.example/roc/idb</r:Adresse><r:Adresse>https://deux.operateur-un.example/roc/idb</r:Adresse></r:Entree>`+
		`</r:Reponse></S:Body></S:Envelope>`, corps)
	for _, v := range [][3]string{
		{"<x:Body>", "<x:Header/><x:Body>", "without Header"}, {"schemas.xmlsoap.org/soap/envelope/", "www.w3.org/2003/05/soap-envelope", "SOAP 1.1"},
		{`<paramsObj xmlns="">`, `<paramsObj>`, "paramsObj"}, {"https://ws.annuaireamc.fr/", "https://ws.annuaireamc.fr", "search"}, {"R01", "R02", "version"},
		{"<code_csr>A12</code_csr>", "<code_csr></code_csr>", "code_csr"}, {"<code_type_convention>RO</code_type_convention>", "<code_type_convention/>", "code_type_convention"},
		{"<numero_amc>0434243085</numero_amc>", "", "numero_amc"}, {"<item>T</item>", "", "item"}, {"<date_demande>d</date_demande>", "", "date_demande"},
		{`<?xml version="1.0"?>`, "<!DOCTYPE a>", "DOCTYPE"}, {"</x:Envelope>", "", "not XML"}, {"<typage>", "<autre/><typage>", "paramsObj"},
	} {
		statut, corps := poste(t, s, strings.Replace(bonne, v[0], v[1], 1))
		assert.Equal(t, 500, statut, v[0])
		appels := s.Appels()
		assert.Contains(t, appels[len(appels)-1].Motif, v[2])
		assert.Contains(t, corps, "S:Client")
	}
	for _, e := range [][]string{{"Soapaction", ""}, {"Content-Type", "application/soap+xml; charset=utf-8"}, {"Content-Type", "text/xml"}} {
		statut, _ := poste(t, s, bonne, e...)
		assert.Equal(t, 500, statut, e)
	}
	_, err := client(t, s).Post(s.URL, "text/xml; charset=utf-8", strings.NewReader(bonne))
	assert.Error(t, err, "no certificate")
	rep, err := client(t, s, s.Client).Get(s.URL)
	require.NoError(t, err)
	rep.Body.Close()
	assert.Equal(t, 404, rep.StatusCode)
}

func TestScenarios(t *testing.T) {
	maintenant := time.Now()
	s := annuairetest.NewServer(t, annuairetest.AvecHorloge(func() time.Time { return maintenant }))
	for sc, v := range map[annuairetest.Scenario]struct {
		statut int
		texte  string
	}{
		"normal": {200, "OPUN"}, "inconnu": {200, `annuaire:1"/>`}, "choix": {200, "OPTROIS"}, "expiree": {200, maintenant.AddDate(0, 0, -1).UTC().Format("2006-01-02")},
		"sans-adresse": {200, `SIMULE"/>`}, "url:http": {200, "http://"}, "url:identifiants": {200, "agent:secret"}, "url:privee": {200, "192.168"}, "url:hote": {200, "ailleurs"},
		"url:longue": {200, "aaaa"}, "url:forme": {200, "https:///"}, "lent:1ms": {200, "OPUN"}, "coupe-apres-lecture": {0, ""}, "coupe-au-milieu": {-1, ""}, "tronque": {200, "S:Envelope"},
		"vide": {200, ""}, "faute:Server": {500, "S:Server"}, "http:503": {503, "<html>"}, "redirection:https://x.example/": {302, ""}, "type-faux": {200, "OPUN"}, "enorme:1": {200, "   "},
		"doctype": {200, "<!DOCTYPE"}, "soap12": {200, "2003/05/soap-envelope"},
	} {
		require.NoError(t, s.Enfile("434243085", sc))
		statut, corps := poste(t, s, bonne)
		assert.Equal(t, v.statut, statut, string(sc))
		assert.Contains(t, corps, v.texte, string(sc))
	}
	require.NoError(t, s.Scenario("", "http:503"))
	require.NoError(t, s.Scenario("00434243085", "http:502"))
	require.NoError(t, s.Enfile("", "normal"))
	for _, attendu := range []int{200, 502, 502} {
		statut, _ := poste(t, s, bonne)
		assert.Equal(t, attendu, statut)
	}
	for _, sc := range []annuairetest.Scenario{"", "x", "lent:x", "url:x", "http:9", "redirection", "enorme:-1"} {
		assert.Error(t, s.Scenario("", sc), string(sc))
		assert.Error(t, s.Enfile("", sc), string(sc))
	}
}

func ExampleDemarre() {
	s, err := annuairetest.Demarre()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()
	racines := x509.NewCertPool()
	racines.AppendCertsFromPEM(s.Racines)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: racines, Certificates: []tls.Certificate{s.Client}}}}
	reponse, err := client.Post(s.URL, "text/xml; charset=utf-8", strings.NewReader("<not-soap/>"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer reponse.Body.Close()
	fmt.Println(reponse.StatusCode, s.Appels()[0].Motif)
	// Output: 500 the header SOAPAction is missing
}
