package pkcs11

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/canari"
)

// A signature of the card is verified with the key that was put in it.
func TestSignature(t *testing.T) {
	_, b := unCPS3(t)
	n := 0
	c := ouverte(t, b, Options{PIN: pin(pinBon, &n)})
	assert.Equal(t, 1, n)
	assert.True(t, cle(0).PublicKey.Equal(c.Public()))
	assert.True(t, cle(0).PublicKey.Equal(c.Certificat().PublicKey))
	assert.Equal(t, x509.KeyUsageContentCommitment, c.Certificat().KeyUsage)

	var signataire crypto.Signer = c
	e := sha256.Sum256([]byte("assertion"))
	s, err := signataire.Sign(rand.Reader, e[:], crypto.SHA256)
	require.NoError(t, err)
	require.NoError(t, rsa.VerifyPKCS1v15(&cle(0).PublicKey, crypto.SHA256, e[:], s))
	attendue, err := rsa.SignPKCS1v15(nil, cle(0), crypto.SHA256, e[:])
	require.NoError(t, err)
	assert.Equal(t, attendue, s, "PKCS#1 v1.5 is deterministic")

	for nom, o := range map[string]struct {
		empreinte []byte
		opts      crypto.SignerOpts
	}{"short": {e[:31], crypto.SHA256}, "SHA-1": {e[:20], crypto.SHA1}, "PSS": {e[:], &rsa.PSSOptions{Hash: crypto.SHA256}}, "none": {e[:], nil}} {
		_, err := c.Sign(nil, o.empreinte, o.opts)
		refuse(t, err, "CARTE-EMPREINTE")
		assert.Error(t, err, nom)
	}
	assert.Len(t, c.Paires(), 2)
}

func TestChoixDeLaCle(t *testing.T) {
	auth := paireTest{id: idAuth, cle: cle(1), usage: x509.KeyUsageDigitalSignature}
	sign := paireTest{id: idSign, cle: cle(0), usage: x509.KeyUsageContentCommitment}
	avec := func(p paireTest, f func(*paireTest)) paireTest { f(&p); return p }
	for nom, cas := range map[string]struct {
		paires []paireTest
		choix  Choix
		code   simphonie.Code
	}{
		"CPS3":                          {[]paireTest{sign, auth}, ChoixCPS3, ""},
		"certificate alone":             {[]paireTest{auth, avec(sign, func(p *paireTest) { p.id = []byte{7} })}, ChoixCertificat, ""},
		"seal with both uses":           {[]paireTest{avec(sign, func(p *paireTest) { p.usage |= x509.KeyUsageDigitalSignature })}, ChoixCertificat, ""},
		"authentication only, CPS3":     {[]paireTest{auth}, ChoixCPS3, "CARTE-CLE-AUTHENTIFICATION"},
		"authentication only, generic":  {[]paireTest{auth}, ChoixCertificat, "CARTE-CLE-AUTHENTIFICATION"},
		"authentication that commits":   {[]paireTest{avec(auth, func(p *paireTest) { p.usage = x509.KeyUsageContentCommitment })}, ChoixCPS3, "CARTE-CLE-AUTHENTIFICATION"},
		"signature that does not agree": {[]paireTest{avec(sign, func(p *paireTest) { p.usage = x509.KeyUsageDigitalSignature })}, ChoixCPS3, "CARTE-CLE-DOUTEUSE"},
		"two signatures":                {[]paireTest{sign, avec(auth, func(p *paireTest) { p.id = []byte{1, idSignature}; p.usage = sign.usage })}, ChoixCPS3, "CARTE-CLE-MULTIPLE"},
		"confidentiality only":          {[]paireTest{avec(sign, func(p *paireTest) { p.usage = x509.KeyUsageKeyEncipherment })}, ChoixCertificat, "CARTE-CLE-ABSENTE"},
		"other identifier":              {[]paireTest{avec(sign, func(p *paireTest) { p.id = []byte{0x30} })}, ChoixCPS3, "CARTE-CLE-ABSENTE"},
		"empty card":                    {nil, ChoixCPS3, "CARTE-CLE-ABSENTE"},
		"certificate not readable":      {[]paireTest{auth, avec(sign, func(p *paireTest) { p.der = []byte("\x30\x03abc") })}, ChoixCPS3, "CARTE-CERTIFICAT"},
	} {
		t.Run(nom, func(t *testing.T) {
			banc := nouveauBanc(t)
			banc.carte(t, canariJeton, objets{paires: cas.paires})
			c, err := banc.ouvre(t).Ouvrir(t.Context(), Options{PIN: pin(pinBon, nil), Choix: cas.choix})
			if cas.code != "" {
				refuse(t, err, cas.code)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, UsageSignature, c.paire.Usage())
			assert.True(t, cle(0).PublicKey.Equal(c.Public()))
			assert.NotZero(t, c.paire.Certificat().KeyUsage&x509.KeyUsageContentCommitment)
			require.NoError(t, c.Close())
		})
	}
}

// The key answers to a certificate that is not its own.
func TestCertificatDUnAutre(t *testing.T) {
	banc := nouveauBanc(t)
	banc.carte(t, canariJeton, objets{paires: []paireTest{{id: idSign, cle: cle(0), cert: cle(1), usage: x509.KeyUsageContentCommitment}}})
	c := ouverte(t, banc.ouvre(t), Options{})
	e := sha256.Sum256(nil)
	_, err := c.Sign(nil, e[:], crypto.SHA256)
	refuse(t, err, "CARTE-SIGNATURE")
}

// Many goroutines, one card, and its closing among them.
func TestConcurrence(t *testing.T) {
	_, b := unCPS3(t)
	c := ouverte(t, b, Options{})
	var groupe sync.WaitGroup
	for i := range 8 {
		groupe.Go(func() {
			for j := range 10 {
				e := sha256.Sum256([]byte{byte(i), byte(j)})
				s, err := c.Sign(nil, e[:], crypto.SHA256)
				assert.NoError(t, err)
				assert.NoError(t, rsa.VerifyPKCS1v15(&cle(0).PublicKey, crypto.SHA256, e[:], s))
				assert.True(t, c.Presente())
				_, err = b.Jetons(t.Context())
				assert.NoError(t, err)
			}
		})
	}
	groupe.Wait()
	for range 4 {
		groupe.Go(func() {
			e := sha256.Sum256(nil)
			for {
				if _, err := c.Sign(nil, e[:], crypto.SHA256); err != nil {
					var er *simphonie.Erreur
					assert.ErrorAs(t, err, &er)
					assert.Contains(t, []simphonie.Code{"CARTE-FERMEE", "CARTE-RETIREE"}, er.Code)
					return
				}
			}
		})
	}
	require.NoError(t, c.Close())
	groupe.Wait()
	<-c.Retrait()
	assert.False(t, c.Presente())
	refuse(t, c.Surveille(t.Context(), 0), "CARTE-FERMEE")
}

func TestPlusieursCartes(t *testing.T) {
	banc := nouveauBanc(t)
	banc.carte(t, canariJeton, cps3())
	banc.carte(t, canariJeton+"-2", cps3())
	b := banc.ouvre(t)
	_, err := b.Ouvrir(t.Context(), Options{PIN: pin(pinBon, nil)})
	refuse(t, err, "CARTE-PLUSIEURS")
	_, err = b.Ouvrir(t.Context(), Options{PIN: pin(pinBon, nil), Serie: simphonie.NewConfidentiel("0")})
	refuse(t, err, "CARTE-ABSENTE")
	js, err := b.Jetons(t.Context())
	require.NoError(t, err)
	require.Len(t, js, 2)
	var cartes []*Carte
	for _, j := range js {
		cartes = append(cartes, ouverte(t, b, Options{Serie: j.Serie}))
		assert.Equal(t, j.Serie, cartes[len(cartes)-1].jeton.Serie)
	}
	require.NoError(t, cartes[0].Close())
	assert.True(t, cartes[1].Presente())
}

func TestSansCarte(t *testing.T) {
	b := nouveauBanc(t).ouvre(t)
	js, err := b.Jetons(t.Context())
	require.NoError(t, err)
	assert.Empty(t, js, "a slot that was never initialized is not a card")
	_, err = b.Ouvrir(t.Context(), Options{})
	refuse(t, err, "CARTE-ABSENTE")
}

func TestBibliotheque(t *testing.T) {
	for _, nom := range []string{"aucune-bibliotheque.so", "../libcps3_pkcs11.so", "./x.so", ".", ".."} {
		_, err := Open(nom)
		refuse(t, err, "CARTE-BIBLIOTHEQUE")
	}
	if _, err := Open(""); err != nil {
		assert.Contains(t, refuse(t, err, "CARTE-BIBLIOTHEQUE").Detail, Noms()[0])
	}
	assert.Equal(t, []string{"cps3_pkcs11_w64.dll", "cps3_pkcs11.dll"}, noms("windows", "amd64"))
	assert.Equal(t, []string{"cps3_pkcs11.dll"}, noms("windows", "386"))
	assert.Equal(t, []string{"libcps3_pkcs11_osx.dylib"}, noms("darwin", "arm64"))
	assert.Equal(t, []string{"libcps3_pkcs11.so"}, noms("linux", "amd64"))
}

// A part of the process that comes second shares the library and does not end it.
func TestBibliothequeDejaPrise(t *testing.T) {
	banc, b := unCPS3(t)
	c := ouverte(t, b, Options{})
	seconde, err := Open(banc.lib)
	require.NoError(t, err)
	n := 0
	autre, err := seconde.Ouvrir(t.Context(), Options{PIN: pin(pinBon, &n)})
	require.NoError(t, err)
	assert.Zero(t, n, "the holder is logged in: the PIN is not asked twice")
	require.NoError(t, autre.Close())
	require.NoError(t, seconde.Close())
	require.NoError(t, seconde.Close(), "twice is harmless")
	assert.True(t, c.Presente())

	require.NoError(t, b.Close())
	assert.False(t, c.Presente())
	_, err = b.Jetons(t.Context())
	refuse(t, err, "CARTE-FERMEE")
	e := sha256.Sum256(nil)
	_, err = c.Sign(nil, e[:], crypto.SHA256)
	refuse(t, err, "CARTE-FERMEE")
}

func TestDelais(t *testing.T) {
	_, b := unCPS3(t)
	mort, fin := context.WithCancel(t.Context())
	fin()
	_, err := b.Jetons(mort)
	assert.True(t, refuse(t, err, "CARTE-DELAI").LimiteLocale)
	require.ErrorIs(t, err, context.Canceled)
	_, err = b.Ouvrir(mort, Options{PIN: pin(pinBon, nil)})
	refuse(t, err, "CARTE-DELAI")

	c := ouverte(t, b, Options{})
	c.options.Delai = -1
	e := sha256.Sum256(nil)
	_, err = c.Sign(nil, e[:], crypto.SHA256)
	refuse(t, err, "CARTE-DELAI")
	assert.False(t, c.Presente(), "nobody knows")
	_, err = c.Objet(t.Context(), ObjetInfo)
	require.NoError(t, err, "and yet it is there")
	refuse(t, c.Surveille(mort, 0), "CARTE-DELAI")
}

// Zero values and nil are closed cards, not panics.
func TestValeursZero(t *testing.T) {
	e := sha256.Sum256(nil)
	for _, c := range []*Carte{nil, {}} {
		_, err := c.Sign(nil, e[:], crypto.SHA256)
		refuse(t, err, "CARTE-FERMEE")
		_, err = c.Objet(t.Context(), ObjetInfo)
		refuse(t, err, "CARTE-FERMEE")
		_, err = c.Activites(t.Context())
		refuse(t, err, "CARTE-FERMEE")
		refuse(t, c.Surveille(t.Context(), 0), "CARTE-FERMEE")
		assert.False(t, c.Presente())
		assert.Nil(t, c.Certificat())
		assert.Nil(t, c.Public())
		assert.Nil(t, c.Paires())
		assert.Nil(t, c.Retrait())
		assert.NoError(t, c.Close())
	}
	for _, b := range []*Bibliotheque{nil, {}} {
		_, err := b.Ouvrir(t.Context(), Options{})
		refuse(t, err, "CARTE-FERMEE")
		_, err = b.Jetons(t.Context())
		refuse(t, err, "CARTE-FERMEE")
		assert.NoError(t, b.Close())
	}
	assert.Equal(t, "inconnu", Usage(9).String())
}

// Nothing of the holder in any printed form.
func TestMasque(t *testing.T) {
	_, b := unCPS3(t)
	c := ouverte(t, b, Options{})
	js, err := b.Jetons(t.Context())
	require.NoError(t, err)
	as, err := c.Activites(t.Context())
	require.NoError(t, err)
	require.Equal(t, canariNom, c.Certificat().Subject.CommonName, "the canaries are there")
	require.Equal(t, canariJeton, js[0].Libelle.Clair())
	require.Equal(t, canariStructure, as[0].RaisonSociale.Clair())
	for _, v := range []any{c, c.Paires(), c.Paires()[0], js, js[0], as, as[0], DemandePIN{Jeton: js[0]}, b, c.options.Serie} {
		texte := canari.Montre(v)
		require.NotEmpty(t, texte)
		for _, secret := range []string{"CANARI", "1750000001", js[0].Serie.Clair()} {
			assert.NotContains(t, texte, secret, "%T", v)
		}
	}
	texte, err := json.Marshal(map[string]any{"carte": c, "paire": c.paire})
	require.NoError(t, err)
	assert.JSONEq(t, `{"carte":"carte","paire":"paire signature"}`, string(texte))
}
