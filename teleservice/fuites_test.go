package teleservice_test

import (
	"crypto/rsa"
	"crypto/tls"
	"encoding/json"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/teleservice"
)

// A strategy that is printed or logged by mistake shows neither its key nor
// the name of a person.
func TestStrategiesMasquees(t *testing.T) {
	p := pki(t)
	c := config(t, p, "https://127.0.0.1:1")
	ca := carte(t, p)
	i := identite(t)(p.Signature("ORG-SIGN"))
	mutuel := c.Authentification.(*teleservice.TLSMutuel)
	for _, a := range []struct {
		auth any
		cle  *rsa.PrivateKey
	}{
		{mutuel, mutuel.Certificat.PrivateKey.(*rsa.PrivateKey)},
		{ca, ca.Signataire.(*rsa.PrivateKey)},
		{&teleservice.AssertionStructure{Convention: convention(t), Signataire: i.Cle, Certificat: i.Certificat, Agent: simphonie.NewConfidentiel("lot-de-nuit")}, i.Cle},
	} {
		vu := canari.Montre(a.auth)
		for _, secret := range []string{a.cle.D.String(), a.cle.D.Text(16), a.cle.Primes[0].String(), porteur.Identifiant, "lot-de-nuit"} {
			assert.NotContains(t, vu, secret, "%T", a.auth)
		}
	}
}

// A copy has no method of its own: its key is not in JSON all the same.
func TestStrategieCopieeSansCle(t *testing.T) {
	m := config(t, pki(t), "https://127.0.0.1:1").Authentification.(*teleservice.TLSMutuel)
	b, err := json.Marshal(*m)
	require.NoError(t, err)
	assert.NotContains(t, string(b), m.Certificat.PrivateKey.(*rsa.PrivateKey).D.String())
}

// An assertion kept for the next calls names a person: printing the strategy
// does not print it.
func TestAssertionGardeeMasquee(t *testing.T) {
	p := pki(t)
	e := nouvelleEcoute(t, p)
	a := carte(t, p)
	require.NoError(t, canalRemplace(t, config(t, p, e.url), a, nil))
	for _, vu := range []string{"0x38, 0x39, 0x39, 0x39, 0x30, 0x30", "56 57 57 57 48 48", "899900"} {
		assert.NotContains(t, canari.Montre(a), vu)
	}
}

// The answer of a service is about a person: a Retour that is logged hides it.
func TestRetourMasque(t *testing.T) {
	p := pki(t)
	s := serveur(t, p, func(w http.ResponseWriter, r *http.Request) {
		ecrit(w, 200, strings.Replace(reponse(messageID(r)), ">oui<", ">"+secret+"<", 1))
	})
	r, err := canal(t, config(t, p, s.URL)).Appelle(t.Context(), appel())
	require.NoError(t, err)
	a := appel()
	a.Corps = r.Corps
	for _, v := range []any{r, *r, a} {
		assert.NotContains(t, canari.Montre(v), "ADRUN")
		b, err := json.Marshal(v)
		require.NoError(t, err)
		assert.NotContains(t, string(b), "ADRUN")
	}
}

// What is not HTTP may be the rest of somebody's answer: no error repeats it.
func TestReponseQuiNestPasHTTP(t *testing.T) {
	p := pki(t)
	for nom, brut := range map[string]string{
		"not HTTP":         secret + "\r\n\r\n",
		"status":           "HTTP/1.1 " + secret + "\r\n\r\n",
		"header":           "HTTP/1.1 200 OK\r\n" + secret + "\r\n\r\n",
		"length":           "HTTP/1.1 200 OK\r\nContent-Length: " + secret + "\r\n\r\n",
		"transfer":         "HTTP/1.1 200 OK\r\nTransfer-Encoding: " + secret + "\r\n\r\n",
		"chunks":           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + secret + "\r\n",
		"trailer":          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + secret + "\r\n\r\n",
		"cut in the body":  "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + secret,
		"header too large": "HTTP/1.1 200 OK\r\nX: " + strings.Repeat(secret, 1<<13) + "\r\n\r\n",
	} {
		t.Run(nom, func(t *testing.T) {
			l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{identite(t)(p.Serveur("x")).TLS()}})
			require.NoError(t, err)
			defer l.Close()
			go func() {
				for {
					c, err := l.Accept()
					if err != nil {
						return
					}
					go func(c net.Conn) {
						defer c.Close()
						c.Read(make([]byte, 1<<16))
						io.WriteString(c, brut)
					}(c)
				}
			}()
			_, err = canal(t, config(t, p, "https://"+l.Addr().String())).Appelle(t.Context(), appel())
			require.Error(t, err)
			assert.Equal(t, simphonie.Code("TSV-RESEAU"), code(err))
			assert.NotContains(t, canari.Montre(err), "ADRUN")
			assert.NotContains(t, canari.Montre(err), "2751263220749")
		})
	}
}

// A server that refuses the certificate of the client says so by an alert of
// TLS: no retry mends it. Under TLS 1.3 the request may already be on its way,
// and the end of the connection be seen first: 1.2 shows the alert each time.
func TestCertificatClientRefuse(t *testing.T) {
	p := pki(t)
	autre, err := p.Autre()
	require.NoError(t, err)
	s := httptest.NewUnstartedServer(http.HandlerFunc(bonne))
	s.TLS = &tls.Config{Certificates: []tls.Certificate{identite(t)(p.Serveur("x")).TLS()}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: p.Racines(),
		MaxVersion: tls.VersionTLS12, Time: func() time.Time { return maintenant }}
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	c := config(t, p, s.URL)
	c.Authentification = &teleservice.TLSMutuel{Certificat: identite(t)(autre.Client("INSI-AUTO")).TLS(), CN: []string{"INSI-AUTO"}}
	r, err := canal(t, c).Appelle(t.Context(), appel())
	assert.Equal(t, simphonie.Code("TSV-TLS"), code(err), "%v", err)
	assert.Equal(t, 1, r.Essais)
}
