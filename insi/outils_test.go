package insi_test

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/insi"
	"github.com/simphonie/simphonie/insi/insitest"
	"github.com/simphonie/simphonie/teleservice"
)

const ej = simphonie.FINESS("750712184")

// parCertificat is the configuration of an establishment that calls a
// simulator with its software certificate.
func parCertificat(t testing.TB, s *insitest.Serveur) teleservice.Config {
	t.Helper()
	racines, err := teleservice.LoadRacines(teleservice.Simulation, s.Racines)
	require.NoError(t, err)
	return teleservice.Config{
		Environnement: teleservice.Simulation, EJ: ej, URL: s.URLTLSMutuel, Racines: racines,
		Authentification: &teleservice.TLSMutuel{Certificat: s.Client, CN: insi.CNAttendus()},
		Logiciel:         teleservice.Logiciel{Autorisation: s.Logiciel, Nom: "simphonie", Version: "1.0", Instance: "0b1e4e0e-5f2c-4e4a-9d3c-0a1b2c3d4e5f"},
		Reprises:         teleservice.Reprises{Essais: 1},
	}
}

// parCarte is the configuration of an agent with a professional card.
func parCarte(t testing.TB, s *insitest.Serveur) teleservice.Config {
	t.Helper()
	c := parCertificat(t, s)
	c.URL = s.URL
	c.Authentification = &teleservice.CarteAssertion{Type: teleservice.CPENominative, Signataire: s.Carte.Signataire, Certificat: s.Carte.Certificat,
		IdentifiantFacturation: "750712184", SecteurActivite: "SA01"}
	return c
}

func client(t testing.TB, c teleservice.Config) *insi.Client {
	t.Helper()
	canal, err := teleservice.NewCanal(c)
	require.NoError(t, err)
	t.Cleanup(canal.Close)
	k, err := insi.New(canal, insi.Options{})
	require.NoError(t, err)
	return k
}

func secret(s string) simphonie.Confidentiel { return simphonie.NewConfidentiel(s) }

func naissance(t testing.TB, s string) simphonie.DateNaissance {
	t.Helper()
	d, err := simphonie.ParseDateNaissance(s)
	require.NoError(t, err)
	return d
}

// demande writes a search: first names separated by blanks.
func demande(t testing.TB, nom, prenoms string, sexe insi.Sexe, ne, lieu string) insi.Demande {
	t.Helper()
	tr := insi.Traits{Nom: secret(nom), Sexe: sexe, Naissance: naissance(t, ne), Lieu: secret(lieu)}
	for p := range strings.FieldsSeq(prenoms) {
		tr.Prenoms = append(tr.Prenoms, secret(p))
	}
	return insi.Demande{EJ: ej, Traits: tr}
}

// transport reaches a simulator as a channel would.
func transport(t testing.TB, s *insitest.Serveur, c teleservice.Config) http.RoundTripper {
	t.Helper()
	pool := x509.NewCertPool()
	require.True(t, pool.AppendCertsFromPEM(s.Racines))
	conf := &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	if m, ok := c.Authentification.(*teleservice.TLSMutuel); ok {
		conf.Certificates = []tls.Certificate{m.Certificat}
	}
	tr := &http.Transport{TLSClientConfig: conf}
	t.Cleanup(tr.CloseIdleConnections)
	return tr
}
