package passerelle_test

import (
	"crypto/tls"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/internal/passerelle/brut"
	"github.com/simphonie/simphonie/internal/testpki"
)

// The mutual TLS address lets in nobody whose certificate it cannot verify.
func TestTLSMutuel(t *testing.T) {
	e := lance(t)
	autre, err := e.s.PKI().Autre()
	require.NoError(t, err)
	revoque, err := e.s.PKI().Client("ESSAI")
	require.NoError(t, err)
	e.s.Revoque(revoque.Certificat)
	for nom, c := range map[string]func() (*testpki.Identite, error){
		"expired":       func() (*testpki.Identite, error) { return e.s.PKI().Client("ESSAI", testpki.Expire) },
		"not yet valid": func() (*testpki.Identite, error) { return e.s.PKI().Client("ESSAI", testpki.PasEncoreValide) },
		"other root":    func() (*testpki.Identite, error) { return autre.Client("ESSAI") },
		"a server":      func() (*testpki.Identite, error) { return e.s.PKI().Serveur("ESSAI") },
		"a card":        func() (*testpki.Identite, error) { return e.carte, nil },
		"revoked":       func() (*testpki.Identite, error) { return revoque, nil },
	} {
		id, err := c()
		require.NoError(t, err)
		_, _, err = e.message().Poste(brut.Client(e.s.PKI().Racines(), e.h.maintenant, id.TLS()), e.s.URLTLSMutuel)
		assert.Error(t, err, nom)
	}
	_, _, err = e.message().Poste(e.simple, e.s.URLTLSMutuel)
	assert.Error(t, err, "no certificate")
	_, _, err = e.message().Poste(brut.Client(autre.Racines(), e.h.maintenant), e.s.URL)
	assert.Error(t, err, "a client that trusts another root")
	vieux := e.simple.Transport.(interface{ CloseIdleConnections() })
	vieux.CloseIdleConnections()
	assert.Empty(t, e.s.Appels(), "nobody reached the gateway")

	c, err := tls.Dial("tcp", e.s.URL[len("https://"):len(e.s.URL)-len("/lps")], &tls.Config{RootCAs: e.s.PKI().Racines(), MaxVersion: tls.VersionTLS11, Time: e.h.maintenant})
	if err == nil {
		c.Close()
	}
	assert.Error(t, err, "TLS 1.1")
}

// An assertion has nothing to do on the mutual TLS address, nor a call without
// one on the other.
func TestUneSeulePreuve(t *testing.T) {
	e := lance(t)
	_, corps, err := e.parCarte().Poste(e.mutuel, e.s.URLTLSMutuel)
	require.NoError(t, err)
	assert.Contains(t, corps, "simulateur_securite")
	_, corps, err = e.message().Poste(e.simple, e.s.URL)
	require.NoError(t, err)
	assert.Contains(t, corps, "simulateur_securite")
}
