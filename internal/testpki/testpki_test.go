package testpki_test

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"software.sslmate.com/src/go-pkcs12"

	"github.com/simphonie/simphonie/internal/testpki"
)

var maintenant = time.Date(2026, 11, 2, 10, 0, 0, 0, time.UTC)

func pki(t *testing.T) *testpki.PKI {
	t.Helper()
	p, err := testpki.New(maintenant)
	require.NoError(t, err)
	return p
}

func verifie(p *testpki.PKI, i *testpki.Identite, u x509.ExtKeyUsage) error {
	_, err := i.Certificat.Verify(x509.VerifyOptions{Roots: p.Racines(), Intermediates: p.Intermediaires(),
		CurrentTime: maintenant, KeyUsages: []x509.ExtKeyUsage{u}})
	return err
}

// The names have the RDNs of IGC-Santé, in its order, one attribute each.
func TestNomsDesAutorites(t *testing.T) {
	p := pki(t)
	var rdns pkix.RDNSequence
	_, err := asn1.Unmarshal(p.Racine.Certificat.RawSubject, &rdns)
	require.NoError(t, err)
	assert.Equal(t, "CN=TEST AC RACINE IGC-SANTE ELEMENTAIRE,OU=IGC-SANTE TEST,OU=0002 187512751,O=ASIP-SANTE,C=FR", rdns.String())
	for _, a := range []*testpki.Autorite{p.Organisations, p.Personnes} {
		require.NoError(t, a.Certificat.CheckSignatureFrom(p.Racine.Certificat))
		assert.Equal(t, p.Racine.Certificat.RawSubject, a.Certificat.RawIssuer)
	}
}

func TestProfils(t *testing.T) {
	p := pki(t)
	serveur, err := p.Serveur("x.services-ps.ameli.fr")
	require.NoError(t, err)
	require.NoError(t, verifie(p, serveur, x509.ExtKeyUsageServerAuth))
	for _, h := range []string{"x.services-ps.ameli.fr", "localhost", "127.0.0.1"} {
		assert.NoError(t, serveur.Certificat.VerifyHostname(h))
	}
	client, err := p.Client("INSI-AUTO")
	require.NoError(t, err)
	require.NoError(t, verifie(p, client, x509.ExtKeyUsageClientAuth))
	assert.Equal(t, []string{testpki.Structure}, client.Certificat.Subject.OrganizationalUnit)
	assert.Equal(t, "INSI-AUTO", client.Certificat.Subject.CommonName)

	carte, err := p.Carte(testpki.Porteur{Identifiant: "899900063480", Nom: "SIMULEE", Prenom: "ALICE", Titre: "Infirmier", Type: testpki.CPE, Profession: 60})
	require.NoError(t, err)
	require.NoError(t, verifie(p, carte, x509.ExtKeyUsageEmailProtection))
	assert.Error(t, verifie(p, carte, x509.ExtKeyUsageClientAuth))
	assert.Equal(t, x509.KeyUsageContentCommitment, carte.Certificat.KeyUsage)
	valeurs := map[string]int{}
	for _, e := range carte.Certificat.Extensions {
		switch oid := e.Id.String(); oid {
		case "2.5.29.15":
			assert.True(t, e.Critical, "key usage is critical")
		case "1.2.250.1.71.1.2.2", "1.2.250.1.71.1.2.7":
			var v int
			_, err := asn1.Unmarshal(e.Value, &v)
			require.NoError(t, err)
			valeurs[oid] = v
		}
	}
	assert.Equal(t, map[string]int{"1.2.250.1.71.1.2.2": 2, "1.2.250.1.71.1.2.7": 60}, valeurs)
	// Three attributes make one RDN, after country and title.
	assert.Equal(t, []int{1, 1, 3}, largeurs(t, carte.Certificat.RawSubject))
}

func largeurs(t *testing.T, der []byte) []int {
	var rdns []asn1.RawValue
	_, err := asn1.Unmarshal(der, &rdns)
	require.NoError(t, err)
	var n []int
	for _, r := range rdns {
		var avs []asn1.RawValue
		_, err := asn1.UnmarshalWithParams(r.FullBytes, &avs, "set")
		require.NoError(t, err)
		n = append(n, len(avs))
	}
	return n
}

func TestVariantes(t *testing.T) {
	p := pki(t)
	for nom, v := range map[string]testpki.Variante{"expired": testpki.Expire, "early": testpki.PasEncoreValide} {
		c, err := p.Client("INSI-AUTO", v)
		require.NoError(t, err)
		assert.Error(t, verifie(p, c, x509.ExtKeyUsageClientAuth), nom)
	}
	autre, err := p.Autre()
	require.NoError(t, err)
	etranger, err := autre.Client("INSI-AUTO")
	require.NoError(t, err)
	assert.NoError(t, verifie(autre, etranger, x509.ExtKeyUsageClientAuth))
	assert.Error(t, verifie(p, etranger, x509.ExtKeyUsageClientAuth), "same names, other keys")
	assert.Equal(t, p.Racine.Certificat.RawSubject, autre.Racine.Certificat.RawSubject)
	auth, err := p.Carte(testpki.Porteur{Identifiant: "899900063480"}, testpki.PourAuthentifier)
	require.NoError(t, err)
	assert.Zero(t, auth.Certificat.KeyUsage&x509.KeyUsageContentCommitment)
}

func TestCRL(t *testing.T) {
	p := pki(t)
	c, err := p.Client("INSI-AUTO")
	require.NoError(t, err)
	der, err := p.Organisations.CRL(maintenant, c.Certificat)
	require.NoError(t, err)
	liste, err := x509.ParseRevocationList(der)
	require.NoError(t, err)
	require.NoError(t, liste.CheckSignatureFrom(p.Organisations.Certificat))
	require.Len(t, liste.RevokedCertificateEntries, 1)
	assert.Zero(t, liste.RevokedCertificateEntries[0].SerialNumber.Cmp(c.Certificat.SerialNumber))
}

func TestFichiers(t *testing.T) {
	p := pki(t)
	c, err := p.Client("INSI-AUTO")
	require.NoError(t, err)
	dossier := filepath.Join(t.TempDir(), "certificats")
	require.NoError(t, p.Ecrit(dossier, "secret", map[string]*testpki.Identite{"client": c}))
	p12, err := os.ReadFile(filepath.Join(dossier, "client.p12"))
	require.NoError(t, err)
	ancien, err := c.P12Ancien("secret")
	require.NoError(t, err)
	for _, b := range [][]byte{p12, ancien} {
		_, lu, cas, err := pkcs12.DecodeChain(b, "secret")
		require.NoError(t, err)
		assert.True(t, lu.Equal(c.Certificat))
		assert.Len(t, cas, 1)
	}
	racines, err := os.ReadFile(filepath.Join(dossier, "racines.pem"))
	require.NoError(t, err)
	n := 0
	for bloc, reste := pem.Decode(racines); bloc != nil; bloc, reste = pem.Decode(reste) {
		n++
	}
	assert.Equal(t, 3, n)
	for _, f := range []string{"client.pem", "client.key"} {
		assert.FileExists(t, filepath.Join(dossier, f))
	}
}
