package teleservice_test

import (
	"errors"
	"io"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/teleservice"
)

const espace11 = "http://schemas.xmlsoap.org/soap/envelope/"

func appelNu() teleservice.Appel {
	a := appel()
	a.SOAP, a.SansEntete, a.Action, a.ActionReponse = teleservice.SOAP11, true, "", ""
	return a
}

// A service without headers, as the directory of insurers: the body alone leaves.
func TestSansEntete(t *testing.T) {
	p := pki(t)
	var recu []byte
	var h http.Header
	s := serveur(t, p, func(w http.ResponseWriter, r *http.Request) {
		recu, _ = io.ReadAll(r.Body)
		h = r.Header
		// A correlation that nobody asked for is not compared.
		ecrit(w, 200, strings.ReplaceAll(reponse("uuid:x"), espace12, espace11))
	})
	k := canal(t, config(t, p, s.URL))
	r, err := k.Appelle(t.Context(), appelNu())
	require.NoError(t, err)
	assert.Equal(t, "R", r.Corps.Tag)
	assert.Empty(t, r.MessageID)
	assert.Equal(t, `""`, h.Get("SOAPAction"))
	assert.Equal(t, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+`<soap:Envelope xmlns:soap="`+espace11+`"><soap:Body><Question xmlns="urn:essai"></Question></soap:Body></soap:Envelope>`, string(recu))

	c := config(t, p, s.URL)
	c.Authentification = &teleservice.TLSMutuel{Certificat: identite(t)(p.Client("INSI-AUTO")).TLS(), CN: []string{"INSI-AUTO"}, SecuriteVide: true}
	_, err = canal(t, c).Appelle(t.Context(), appelNu())
	assert.Equal(t, simphonie.Code("TSV-MESSAGE"), code(err), "there is no header for an assertion")
	assert.ErrorContains(t, err, "TSV-CONFIG-AUTHENTIFICATION")
}

// One channel, several servers.
func TestAutreAdresse(t *testing.T) {
	p := pki(t)
	un, deux := serveur(t, p, bonne), serveur(t, p, bonne)
	k := canal(t, config(t, p, un.URL))
	un.Close()
	a := appel()
	a.URL = deux.URL
	_, err := k.Appelle(t.Context(), a)
	require.NoError(t, err)
	for _, u := range []string{"http://127.0.0.1/", "https://x:y@127.0.0.1/", "https://services-ps.ameli.fr/lps", "https://ws.annuaireamc.fr/"} {
		a.URL = u
		r, err := k.Appelle(t.Context(), a)
		assert.Equal(t, simphonie.Code("TSV-MESSAGE"), code(err), u)
		assert.Nil(t, r)
	}
}

// The hook sees where a name leads, and its refusal is not tried again.
func TestAdressesControlees(t *testing.T) {
	p := pki(t)
	s := serveur(t, p, bonne)
	var vues []netip.AddrPort
	c := config(t, p, strings.Replace(s.URL, "127.0.0.1", "localhost", 1))
	c.Adresses = func(a netip.AddrPort) error { vues = append(vues, a); return nil }
	_, err := canal(t, c).Appelle(t.Context(), appel())
	require.NoError(t, err)
	require.NotEmpty(t, vues)
	assert.True(t, vues[0].Addr().IsLoopback())

	c.Adresses = func(netip.AddrPort) error { return errors.New("private") }
	r, err := canal(t, c).Appelle(t.Context(), appel())
	assert.Equal(t, simphonie.Code("TSV-TLS"), code(err))
	assert.ErrorContains(t, err, "refused by the address check: private")
	assert.Equal(t, 1, r.Essais)
}
