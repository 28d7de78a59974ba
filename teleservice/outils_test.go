package teleservice_test

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/testpki"
	"github.com/simphonie/simphonie/teleservice"
)

const (
	action   = "urn:essai:1.0.0:lire"
	espace12 = "http://www.w3.org/2003/05/soap-envelope"
)

// maintenant is the time of every test: certificates are made around it.
var maintenant = time.Date(2026, 11, 21, 10, 30, 0, 0, time.UTC)

func pki(t testing.TB) *testpki.PKI {
	t.Helper()
	p, err := testpki.New(maintenant)
	require.NoError(t, err)
	return p
}

func identite(t testing.TB) func(*testpki.Identite, error) *testpki.Identite {
	return func(i *testpki.Identite, err error) *testpki.Identite {
		t.Helper()
		require.NoError(t, err)
		return i
	}
}

// serveur is a service over TLS that asks for a client certificate.
func serveur(t testing.TB, p *testpki.PKI, h http.HandlerFunc, v ...testpki.Variante) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(h)
	s.TLS = &tls.Config{Certificates: []tls.Certificate{identite(t)(p.Serveur("simulateur.services-ps.ameli.fr", v...)).TLS()},
		ClientAuth: tls.VerifyClientCertIfGiven, ClientCAs: p.Racines(), Time: func() time.Time { return maintenant }}
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

// config is a good configuration for a server of the tests.
func config(t testing.TB, p *testpki.PKI, url string) teleservice.Config {
	t.Helper()
	racines, err := teleservice.LoadRacines(teleservice.Simulation, p.RacinesPEM())
	require.NoError(t, err)
	return teleservice.Config{
		Environnement: teleservice.Simulation, EJ: "750712184", URL: url, Racines: racines,
		Authentification: &teleservice.TLSMutuel{Certificat: identite(t)(p.Client("INSI-AUTO")).TLS(), CN: []string{"INSI-AUTO", "INSI-MANU"}},
		Logiciel:         teleservice.Logiciel{Autorisation: "TESTSGIE0000", Nom: "essai", Version: "1.0", Instance: "6f6e2b52-0000-4000-8000-000000000000"},
		Reprises:         teleservice.Reprises{Attente: time.Microsecond, Plafond: time.Microsecond},
		Horloge:          func() time.Time { return maintenant },
	}
}

func canal(t testing.TB, c teleservice.Config) *teleservice.Canal {
	t.Helper()
	k, err := teleservice.NewCanal(c)
	require.NoError(t, err)
	t.Cleanup(k.Close)
	return k
}

func appel() teleservice.Appel {
	corps := etree.NewElement("Question")
	corps.CreateAttr("xmlns", "urn:essai")
	return teleservice.Appel{Service: "Essai", Operation: "lire", Action: action, ActionReponse: action + "Response", Corps: corps}
}

var motifMessageID = regexp.MustCompile(`MessageID[^>]*>([^<]*)<`)

// messageID reads the identifier of a request as a server would.
func messageID(r *http.Request) string {
	b, _ := io.ReadAll(r.Body)
	if m := motifMessageID.FindSubmatch(b); m != nil {
		return string(m[1])
	}
	return ""
}

// reponse writes a good answer.
func reponse(relatesTo string) string {
	return `<e:Envelope xmlns:e="` + espace12 + `"><e:Header><w:RelatesTo xmlns:w="http://www.w3.org/2005/08/addressing">` + relatesTo +
		`</w:RelatesTo><w:Action xmlns:w="http://www.w3.org/2005/08/addressing">` + action + `Response</w:Action></e:Header><e:Body><R xmlns="urn:essai">oui</R></e:Body></e:Envelope>`
}

// faute writes a fault.
func faute(code, sousCode, detail, severite string) string {
	return `<soap:Envelope xmlns:soap="` + espace12 + `"><S:Body xmlns:S="` + espace12 + `"><S:Fault><S:Code><S:Value>S:` + code + `</S:Value><S:Subcode><S:Value>soap:` + sousCode +
		`</S:Value></S:Subcode></S:Code><S:Reason><S:Text xml:lang="fr">` + "\n" + secret + `</S:Text></S:Reason><S:Detail><Erreur xmlns="urn:siram" code="` + detail + `" severite="` + severite +
		`">` + secret + `</Erreur></S:Detail></S:Fault></S:Body></soap:Envelope>`
}

// secret stands for personal data that a service echoes.
const secret = "ADRUN ZOE 2751263220749"

func ecrit(w http.ResponseWriter, statut int, corps string) {
	w.Header().Set("Content-Type", "application/soap+xml; charset=utf-8")
	w.WriteHeader(statut)
	fmt.Fprint(w, corps)
}

// bonne is a server that answers well.
func bonne(w http.ResponseWriter, r *http.Request) { ecrit(w, 200, reponse(messageID(r))) }

// code gives the code of an error, "" without one.
func code(err error) simphonie.Code {
	var e *simphonie.Erreur
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// codes lists the codes of joined errors.
func codes(err error) []simphonie.Code {
	if j, ok := err.(interface{ Unwrap() []error }); ok {
		var cs []simphonie.Code
		for _, e := range j.Unwrap() {
			cs = append(cs, codes(e)...)
		}
		return cs
	}
	if err == nil {
		return nil
	}
	return []simphonie.Code{code(err)}
}

func refusePool(chaines [][]*x509.Certificate) error { return errors.New("revoked") }
