package teleservice_test

import (
	"crypto/tls"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/teleservice"
)

// The certificate that was checked is the one that goes.
func TestTLSMutuelFeuilleTrompeuse(t *testing.T) {
	p := pki(t)
	c := config(t, p, url)
	bon := identite(t)(p.Client("INSI-AUTO")).TLS()
	autre := identite(t)(p.Client("AUTRE")).TLS()
	for nom, x := range map[string]tls.Certificate{
		"another":       {Certificate: autre.Certificate, PrivateKey: autre.PrivateKey, Leaf: bon.Leaf},
		"another's key": {Certificate: autre.Certificate, PrivateKey: bon.PrivateKey, Leaf: bon.Leaf},
		"no chain":      {PrivateKey: bon.PrivateKey, Leaf: bon.Leaf},
		"illegible":     {Certificate: [][]byte{{1}}, PrivateKey: bon.PrivateKey, Leaf: bon.Leaf},
	} {
		c.Authentification = &teleservice.TLSMutuel{Certificat: x, CN: []string{"INSI-AUTO"}}
		_, err := teleservice.NewCanal(c)
		assert.Error(t, err, nom)
	}
}

// Test and production stay apart however the address is written.
func TestAdresseDeguisee(t *testing.T) {
	p := pki(t)
	for _, hote := range []string{"services-ps.ameli.fr.", "SERVICES-PS.AMELI.FR.", "services-ps.ameli.fr..", "services-ps.ameli\uFF0Efr", "services-ps.am\uFF45li.fr",
		"services-ps.ameli\u3002fr", "services-ps.ameli%EF%BC%8Efr", "services-ps.ameli.fr:443", "ser\u00advices-ps.ameli.fr"} {
		_, err := teleservice.NewCanal(config(t, p, "https://"+hote+"/lps"))
		assert.Error(t, err, hote)
	}
	for _, adresse := range []string{"https://:443/lps", "https:///lps", "https:lps", "//127.0.0.1/lps"} {
		_, err := teleservice.NewCanal(config(t, p, adresse))
		assert.Equal(t, []simphonie.Code{"TSV-CONFIG-URL"}, codes(err), adresse)
	}
}
