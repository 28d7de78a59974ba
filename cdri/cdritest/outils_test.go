package cdritest_test

import (
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/cdri/cdritest"
	"github.com/simphonie/simphonie/internal/passerelle/brut"
	"github.com/simphonie/simphonie/internal/testpki"
)

const espace = "urn:simphonie:reference-non-officielle:cdri:1"

// quatre writes the body of a request by hand.
func quatre(numero, cle, naissance, rang, regime string) string {
	return `<ConsulterDroits xmlns="` + espace + `"><Etablissement>750712184</Etablissement><Moment>ADMISSION</Moment><Assure><Nir>` + numero +
		`</Nir><Cle>` + cle + `</Cle></Assure><Beneficiaire><DateNaissance>` + naissance + `</DateNaissance><Rang>` + rang +
		`</Rang></Beneficiaire><Organisme><Regime>` + regime + `</Regime></Organisme></ConsulterDroits>`
}

var ordinaire = quatre("1810163220751", "40", "1981-01-01", "1", "01")

// demande asks about a built-in person.
func demande(b cdritest.Beneficiaire) string {
	n := b.Criteres.Assure.Clair()
	return quatre(n[:13], n[13:], b.Criteres.Naissance.Clair(), b.Criteres.Rang, b.Criteres.Regime)
}

func connu(t *testing.T, cas string) cdritest.Beneficiaire {
	t.Helper()
	b, ok := cdritest.Connu(cas)
	require.True(t, ok, cas)
	return b
}

// lot puts bodies in a batch, their correlations 1, 2, 3…
func lot(corps ...string) string {
	s := `<ConsulterDroitsLot xmlns="` + espace + `">`
	for i, c := range corps {
		s += ligne(string(rune('1'+i)), c)
	}
	return s + `</ConsulterDroitsLot>`
}

func ligne(correlation, corps string) string {
	return "<Ligne><Correlation>" + correlation + "</Correlation>" + corps + "</Ligne>"
}

// appelant calls by mutual TLS unless it is given an assertion.
type appelant struct {
	*testing.T
	s      *cdritest.Serveur
	mutuel *http.Client
	tls    *http.Client
}

func nouvelAppelant(t *testing.T, opts ...cdritest.Option) *appelant {
	t.Helper()
	s := cdritest.NewServer(t, opts...)
	return &appelant{t, s, persistant(racines(t, s), s.Client), persistant(racines(t, s))}
}

func racines(t *testing.T, s *cdritest.Serveur) *x509.CertPool {
	t.Helper()
	pool := x509.NewCertPool()
	require.True(t, pool.AppendCertsFromPEM(s.Racines))
	return pool
}

// persistant keeps its connection, as hundreds of calls are made.
func persistant(racines *x509.CertPool, c ...tls.Certificate) *http.Client {
	client := brut.Client(racines, nil, c...)
	client.Transport.(*http.Transport).DisableKeepAlives = false
	return client
}

func (a *appelant) message(action, corps string) *brut.Message {
	return brut.Nouveau(action, corps, a.s.Logiciel, testpki.Structure, time.Now())
}

func (a *appelant) poste(m *brut.Message) (int, string) {
	a.Helper()
	statut, rep, err := m.Poste(a.mutuel, a.s.URLTLSMutuel)
	require.NoError(a, err)
	return statut, rep
}

func (a *appelant) unite(corps string) (int, string) {
	a.Helper()
	return a.poste(a.message(cdritest.Action, corps))
}

func (a *appelant) lot(corps string) (int, string) {
	a.Helper()
	return a.poste(a.message(cdritest.ActionLot, corps))
}

// avec calls the address of assertions, for an issuer.
func (a *appelant) avec(assertion, emetteur, action, corps string) (int, string) {
	a.Helper()
	statut, rep, err := brut.Nouveau(action, corps, a.s.Logiciel, emetteur, time.Now()).Avec(assertion).Poste(a.tls, a.s.URL)
	require.NoError(a, err)
	return statut, rep
}

func (a *appelant) carte() string {
	a.Helper()
	s, err := brut.Carte(a.s.Carte.Certificat, a.s.Carte.Signataire.(*rsa.PrivateKey), time.Now())
	require.NoError(a, err)
	return s
}

func (a *appelant) porteur() string { return a.s.Carte.Certificat.Subject.CommonName }

// structure writes the assertion of the establishment from its convention.
func (a *appelant) structure() string {
	a.Helper()
	id, quand := "_"+brut.UUID(), time.Now().UTC()
	debut, fin := quand.Format("2006-01-02T15:04:05.000Z"), quand.Add(7*24*time.Hour).Format("2006-01-02T15:04:05.000Z")
	assertion := `<a:Assertion xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="` + id + `" IssueInstant="` + debut + `" Version="2.0">` +
		`<a:Issuer>urn:simphonie:simulateur:etablissement:1</a:Issuer><a:Subject>` +
		`<a:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">lot-de-nuit</a:NameID>` +
		`<a:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"><a:SubjectConfirmationData NotOnOrAfter="` + fin +
		`" Recipient="urn:simphonie:simulateur:am"></a:SubjectConfirmationData></a:SubjectConfirmation></a:Subject>` +
		`<a:Conditions NotBefore="` + debut + `" NotOnOrAfter="` + fin + `"><a:AudienceRestriction><a:Audience>urn:simphonie:simulateur:cdri</a:Audience></a:AudienceRestriction></a:Conditions>` +
		`<a:AuthnStatement AuthnInstant="` + debut + `" SessionIndex="` + id + `"><a:AuthnContext><a:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:X509</a:AuthnContextClassRef></a:AuthnContext></a:AuthnStatement>` +
		`<a:AttributeStatement><a:Attribute Name="PAGM"><a:AttributeValue>PAGM_SIMULE</a:AttributeValue></a:Attribute></a:AttributeStatement></a:Assertion>`
	s, err := brut.Signe(assertion, a.s.Structure.Certificat, a.s.Structure.Signataire.(*rsa.PrivateKey))
	require.NoError(a, err)
	return s
}

// psc is the unsigned assertion of Pro Santé Connect.
func psc() string {
	return brut.Assertion("_"+brut.UUID(), time.Now().UTC().Format("2006-01-02T15:04:05.000Z"), "CN=899900063480", "PSC", "899900063480")
}
