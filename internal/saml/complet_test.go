package saml_test

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/internal/saml"
)

// complet says that the long tests, and those that need programs, are wanted.
func complet() bool { return os.Getenv("SIMPHONIE_COMPLET") == "1" }

// outil runs a program of the machine; the tests that need one run with
// SIMPHONIE_COMPLET=1, and then its absence is a failure.
func outil(t testing.TB, nom string, args ...string) (string, error) {
	t.Helper()
	if !complet() {
		t.Skip("needs " + nom + ": SIMPHONIE_COMPLET=1")
	}
	ou, err := exec.LookPath(nom)
	require.NoError(t, err)
	var sortie, erreurs strings.Builder
	cmd := exec.CommandContext(t.Context(), ou, args...)
	cmd.Stdout, cmd.Stderr = &sortie, &erreurs
	if err = cmd.Run(); err != nil {
		t.Log(erreurs.String())
	}
	return sortie.String(), err
}

func fichier(t testing.TB, nom string, b []byte) string {
	t.Helper()
	ou := filepath.Join(t.TempDir(), nom)
	require.NoError(t, os.WriteFile(ou, b, 0o600))
	return ou
}

func pemDe(genre string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: genre, Bytes: der})
}

// xmlsec1Verifie verifies with xmlsec1, up to the root.
func xmlsec1Verifie(t testing.TB, b []byte, options ...string) error {
	t.Helper()
	p := laPKI()
	_, err := outil(t, "xmlsec1", append(append([]string{"--verify", "--id-attr:ID", saml.Espace + ":Assertion"}, options...), "--trusted-pem", fichier(t, "racine.pem", pemDe("CERTIFICATE", p.Racine.Certificat.Raw)),
		"--untrusted-pem", fichier(t, "ac.pem", pemDe("CERTIFICATE", p.Personnes.Certificat.Raw)),
		"--verification-gmt-time", maintenant.Format("2006-01-02 15:04:05"), fichier(t, "a.xml", b))...)
	return err
}

func TestXmlsec1VerifieNosSignatures(t *testing.T) {
	b := signe(t)
	for nom, v := range variations(t) {
		assert.NoError(t, xmlsec1Verifie(t, v), nom)
	}
	assert.NoError(t, xmlsec1Verifie(t, enveloppe(b)), "spliced into a message")
	assert.Error(t, xmlsec1Verifie(t, []byte(strings.Replace(string(b), "SA05", "SA06", 1))))
}

// signeAvecXmlsec1 fills a template, indented and with line ends in base64.
func signeAvecXmlsec1(t testing.TB, options ...string) string {
	t.Helper()
	p := laPKI().carte
	a, err := assertionCarte().Encode()
	require.NoError(t, err)
	const modele = `
  <Signature xmlns="http://www.w3.org/2000/09/xmldsig#">
    <SignedInfo>
      <CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>
      <SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
      <Reference URI="#_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6">
        <Transforms>
          <Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>
          <Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>
        </Transforms>
        <DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>
        <DigestValue/>
      </Reference>
    </SignedInfo>
    <SignatureValue/>
    <KeyInfo><X509Data><X509Certificate/></X509Data></KeyInfo>
  </Signature>
  `
	doc := strings.Replace(string(a), "</saml:Issuer>", "</saml:Issuer>"+modele, 1)
	cle, err := x509.MarshalPKCS8PrivateKey(p.Cle)
	require.NoError(t, err)
	signe, err := outil(t, "xmlsec1", append(append([]string{"--sign", "--id-attr:ID", saml.Espace + ":Assertion"}, options...),
		"--privkey-pem", fichier(t, "cle.pem", pemDe("PRIVATE KEY", cle))+","+fichier(t, "cert.pem", pemDe("CERTIFICATE", p.Certificat.Raw)), fichier(t, "modele.xml", []byte(doc)))...)
	require.NoError(t, err)
	return signe
}

// What xmlsec1 signs is verified here.
func TestXmlsec1Signe(t *testing.T) {
	v, err := saml.VerifieOctets([]byte(signeAvecXmlsec1(t)), attendu())
	require.NoError(t, err)
	assert.Equal(t, *assertionCarte(), v.Assertion)
}

// BenchmarkXmlsec1 is one process of xmlsec1 that repeats the operation, file
// read and tree parsed each time, with a path to the root to verify.
func BenchmarkXmlsec1(b *testing.B) {
	signee := signe(b)
	b.Run("sign", func(b *testing.B) { signeAvecXmlsec1(b, "--repeat", strconv.Itoa(b.N)) })
	b.Run("verifie", func(b *testing.B) { require.NoError(b, xmlsec1Verifie(b, signee, "--repeat", strconv.Itoa(b.N))) })
}

// xmllint gives random documents the same canonical form, prefixes sorted and
// default namespaces undone.
func TestXmllintCanonicalise(t *testing.T) {
	for graine := range uint64(150) {
		b := documentAuHasard(graine, false)
		attendu, err := outil(t, "xmllint", "--nonet", "--exc-c14n", fichier(t, "d.xml", b))
		require.NoError(t, err, string(b))
		sansCommentaires := lu(t, []byte(attendu)) // xmllint keeps comments
		retireCommentaires(&sansCommentaires.Element)
		doc := lu(t, b)
		require.Equal(t, string(ecrit(t, sansCommentaires)), canonique(t, doc.Root()), string(b))
	}
}
