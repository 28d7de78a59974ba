package pkcs11

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	p11 "github.com/miekg/pkcs11"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
)

const (
	pinBon  = "4821"
	pinFaux = "9999"
	// Personal texts, wherever a card holds some: none may be printed.
	canariNom       = "CANARI-TITULAIRE"
	canariJeton     = "CANARI-JETON"
	canariStructure = "CANARI-HOPITAL"
)

// softhsm finds the library of SoftHSM 2. Without it the tests are skipped, or
// fail when everything was asked for.
func softhsm(t testing.TB) string {
	t.Helper()
	for _, p := range []string{os.Getenv("SOFTHSM2_LIB"), "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm2.so",
		"/usr/local/lib/softhsm/libsofthsm2.so", "/opt/homebrew/lib/softhsm/libsofthsm2.so"} {
		if _, err := os.Stat(p); p != "" && err == nil {
			if _, err := exec.LookPath("softhsm2-util"); err == nil {
				return p
			}
		}
	}
	if os.Getenv("SIMPHONIE_COMPLET") != "" {
		t.Fatal("SoftHSM is missing: install softhsm2 and libsofthsm2")
	}
	t.Skip("no SoftHSM")
	return ""
}

// cle makes a key once for all the tests.
func cle(i int) *rsa.PrivateKey { return cles[i]() }

var cles = [2]func() *rsa.PrivateKey{sync.OnceValue(genere), sync.OnceValue(genere)}

func genere() *rsa.PrivateKey {
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return k
}

// objets is what a test card holds.
type objets struct {
	paires []paireTest
	donnes map[string][]byte // by label; CPS_INFO_PS is public, the others private
}

type paireTest struct {
	id     []byte
	cle    *rsa.PrivateKey
	cert   *rsa.PrivateKey // key of the certificate, when it is not the same
	der    []byte          // instead of a certificate
	usage  x509.KeyUsage
	reauth bool
}

// idCPS3 are identifiers as a CPS3 has them: the last byte tells the use.
var (
	idSign = []byte{0xE8, 0x28, 0xBD, 0x08, idSignature}
	idAuth = []byte{0xE8, 0x28, 0xBD, 0x08, idAuthentification}
)

func cps3() objets {
	return objets{
		paires: []paireTest{
			{id: idAuth, cle: cle(1), usage: x509.KeyUsageDigitalSignature},
			{id: idSign, cle: cle(0), usage: x509.KeyUsageContentCommitment},
		},
		donnes: map[string][]byte{
			ObjetInfo:            []byte("\x01\x02info"),
			"CPS_ACTIVITY_01_PS": tlv(0xEE, tlv(0x84, []byte(canariStructure)), tlv(0x85, []byte("1750000001")), tlv(0x86, []byte("SA01"))),
			"CPS_ACTIVITY_03_PS": tlv(0xEE, tlv(0x86, []byte("SA07"))),
		},
	}
}

func tlv(tag byte, parties ...[]byte) []byte {
	var v []byte
	for _, p := range parties {
		v = append(v, p...)
	}
	switch n := len(v); {
	case n < 0x80:
		return append([]byte{tag, byte(n)}, v...)
	case n < 0x100:
		return append([]byte{tag, 0x81, byte(n)}, v...)
	default:
		return append([]byte{tag, 0x82, byte(n >> 8), byte(n)}, v...)
	}
}

// certificat makes one with the shape of a card's: name of the holder, one use,
// the extension that says CPS.
func certificat(t testing.TB, k *rsa.PrivateKey, u x509.KeyUsage) []byte {
	t.Helper()
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{
		SerialNumber:    big.NewInt(1),
		Subject:         pkix.Name{Country: []string{"FR"}, CommonName: canariNom},
		NotBefore:       time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
		NotAfter:        time.Date(2029, 1, 1, 0, 0, 0, 0, time.UTC),
		KeyUsage:        u,
		ExtraExtensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 2, 250, 1, 71, 1, 2, 2}, Value: []byte{2, 1, 0}}},
	}, &x509.Certificate{Subject: pkix.Name{CommonName: "TEST AC"}}, &k.PublicKey, k)
	require.NoError(t, err)
	return der
}

// banc is a directory of cards, one library.
type banc struct {
	lib     string
	dossier string
}

func nouveauBanc(t testing.TB) *banc {
	t.Helper()
	b := &banc{lib: softhsm(t), dossier: t.TempDir()}
	conf := filepath.Join(b.dossier, "softhsm2.conf")
	require.NoError(t, os.Mkdir(filepath.Join(b.dossier, "jetons"), 0o700))
	require.NoError(t, os.WriteFile(conf, []byte("directories.tokendir = "+filepath.Join(b.dossier, "jetons")+"\nobjectstore.backend = file\nlog.level = ERROR\n"), 0o600))
	t.Setenv("SOFTHSM2_CONF", conf)
	return b
}

// util runs softhsm2-util, as somebody else than this process would.
func (b *banc) util(t testing.TB, args ...string) {
	t.Helper()
	out, err := exec.Command("softhsm2-util", args...).CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// carte makes a card and fills it.
func (b *banc) carte(t testing.TB, label string, o objets) {
	t.Helper()
	b.util(t, "--init-token", "--free", "--label", label, "--pin", pinBon, "--so-pin", "12345678")
	b.ajoute(t, label, o)
}

// ajoute puts more on a card.
func (b *banc) ajoute(t testing.TB, label string, o objets) {
	t.Helper()
	m := p11.New(b.lib)
	require.NotNil(t, m)
	require.NoError(t, m.Initialize())
	defer m.Finalize()
	slots, err := m.GetSlotList(true)
	require.NoError(t, err)
	for _, s := range slots {
		i, err := m.GetTokenInfo(s)
		require.NoError(t, err)
		if i.Label == label {
			remplit(t, m, s, o)
			return
		}
	}
	t.Fatal("no such token")
}

func remplit(t testing.TB, m *p11.Ctx, slot uint, o objets) {
	t.Helper()
	s, err := m.OpenSession(slot, p11.CKF_SERIAL_SESSION|p11.CKF_RW_SESSION)
	require.NoError(t, err)
	require.NoError(t, m.Login(s, p11.CKU_USER, pinBon))
	cree := func(a ...*p11.Attribute) {
		_, err := m.CreateObject(s, append(a, p11.NewAttribute(p11.CKA_TOKEN, true)))
		require.NoError(t, err)
	}
	at := p11.NewAttribute
	for _, p := range o.paires {
		k := p.cle
		cree(at(p11.CKA_CLASS, p11.CKO_PRIVATE_KEY), at(p11.CKA_KEY_TYPE, p11.CKK_RSA), at(p11.CKA_ID, p.id), at(p11.CKA_PRIVATE, true),
			at(p11.CKA_SENSITIVE, true), at(p11.CKA_SIGN, true), at(p11.CKA_ALWAYS_AUTHENTICATE, p.reauth),
			at(p11.CKA_MODULUS, k.N.Bytes()), at(p11.CKA_PUBLIC_EXPONENT, big.NewInt(int64(k.E)).Bytes()), at(p11.CKA_PRIVATE_EXPONENT, k.D.Bytes()),
			at(p11.CKA_PRIME_1, k.Primes[0].Bytes()), at(p11.CKA_PRIME_2, k.Primes[1].Bytes()), at(p11.CKA_EXPONENT_1, k.Precomputed.Dp.Bytes()),
			at(p11.CKA_EXPONENT_2, k.Precomputed.Dq.Bytes()), at(p11.CKA_COEFFICIENT, k.Precomputed.Qinv.Bytes()))
		der := p.der
		if der == nil {
			if p.cert != nil {
				k = p.cert
			}
			der = certificat(t, k, p.usage)
		}
		cree(at(p11.CKA_CLASS, p11.CKO_CERTIFICATE), at(p11.CKA_CERTIFICATE_TYPE, p11.CKC_X_509), at(p11.CKA_ID, p.id), at(p11.CKA_PRIVATE, false),
			at(p11.CKA_SUBJECT, []byte{0x30, 0}), at(p11.CKA_VALUE, der))
	}
	for nom, v := range o.donnes {
		cree(at(p11.CKA_CLASS, p11.CKO_DATA), at(p11.CKA_LABEL, nom), at(p11.CKA_PRIVATE, nom != ObjetInfo), at(p11.CKA_VALUE, v))
	}
}

// ouvre loads the library, closed at the end of the test.
func (b *banc) ouvre(t testing.TB) *Bibliotheque {
	t.Helper()
	biblio, err := Open(b.lib)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, biblio.Close()) })
	return biblio
}

// pin answers with a PIN, and counts.
func pin(valeur string, n *int) func(context.Context, DemandePIN) ([]byte, error) {
	return func(context.Context, DemandePIN) ([]byte, error) {
		if n != nil {
			*n++
		}
		return []byte(valeur), nil
	}
}

// unCPS3 is a library with one CPS3 in its reader.
func unCPS3(t testing.TB) (*banc, *Bibliotheque) {
	t.Helper()
	b := nouveauBanc(t)
	b.carte(t, canariJeton, cps3())
	return b, b.ouvre(t)
}

// ouverte opens the only card.
func ouverte(t testing.TB, b *Bibliotheque, o Options) *Carte {
	t.Helper()
	if o.PIN == nil {
		o.PIN = pin(pinBon, nil)
	}
	c, err := b.Ouvrir(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, c.Close()) })
	return c
}

// refuse checks the code of an error, and that it says nothing personal.
func refuse(t testing.TB, err error, code simphonie.Code) *simphonie.Erreur {
	t.Helper()
	var e *simphonie.Erreur
	require.ErrorAs(t, err, &e)
	require.Equal(t, code, e.Code, "%v", err)
	for _, secret := range []string{pinBon, pinFaux, "CANARI"} {
		require.NotContains(t, fmt.Sprintf("%+v", err), secret)
	}
	return e
}
