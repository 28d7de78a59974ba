package pkcs11

import (
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"testing"

	p11 "github.com/miekg/pkcs11"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
)

// A wrong PIN is sent once, by itself nothing is tried again, and the next
// opening tells the holder what the card remembers.
func TestPINFaux(t *testing.T) {
	_, b := unCPS3(t)
	n := 0
	_, err := b.Ouvrir(t.Context(), Options{PIN: pin(pinFaux, &n)})
	e := refuse(t, err, "CARTE-PIN")
	assert.Contains(t, e.Detail, "locks itself")
	assert.False(t, e.Reessayable)
	require.ErrorIs(t, err, p11.Error(p11.CKR_PIN_INCORRECT))
	assert.Equal(t, 1, n)

	var vue DemandePIN
	c := ouverte(t, b, Options{PIN: func(_ context.Context, d DemandePIN) ([]byte, error) { vue = d; return []byte(pinBon), nil }})
	assert.True(t, vue.Jeton.EssaiManque, "SoftHSM counts as a card does")
	assert.False(t, vue.Signature)
	assert.True(t, c.Presente())
}

// The bytes of the holder's PIN are erased, whatever happened.
func TestPINEfface(t *testing.T) {
	_, b := unCPS3(t)
	for _, valeur := range []string{pinBon, pinFaux, "1"} {
		octets := []byte(valeur)
		c, err := b.Ouvrir(t.Context(), Options{PIN: func(context.Context, DemandePIN) ([]byte, error) { return octets, nil }})
		assert.Equal(t, make([]byte, len(valeur)), octets)
		if err == nil {
			require.NoError(t, c.Close())
		}
	}
	octets := []byte(pinBon)
	ctx, fin := context.WithCancel(t.Context())
	_, err := b.Ouvrir(ctx, Options{PIN: func(context.Context, DemandePIN) ([]byte, error) { fin(); return octets, nil }})
	refuse(t, err, "CARTE-DELAI")
	assert.Equal(t, make([]byte, len(octets)), octets, "it was too late to send it")
}

func TestPINRefuseAvantLaCarte(t *testing.T) {
	_, b := unCPS3(t)
	f := masque(b)
	for _, court := range []string{"", "1", "123", string(make([]byte, 300))} {
		_, err := b.Ouvrir(t.Context(), Options{PIN: pin(court, nil)})
		refuse(t, err, "CARTE-PIN-LONGUEUR")
	}
	_, err := b.Ouvrir(t.Context(), Options{})
	refuse(t, err, "CARTE-PIN-ABSENT")
	annule := errors.New("the window was closed")
	_, err = b.Ouvrir(t.Context(), Options{PIN: func(context.Context, DemandePIN) ([]byte, error) { return nil, annule }})
	refuse(t, err, "CARTE-PIN-ABANDON")
	require.ErrorIs(t, err, annule)

	f.regle(func(f *faux) { f.drapeaux = p11.CKF_USER_PIN_LOCKED })
	n := 0
	_, err = b.Ouvrir(t.Context(), Options{PIN: pin(pinBon, &n)})
	refuse(t, err, "CARTE-PIN-BLOQUE")
	assert.Zero(t, n)
	assert.Empty(t, f.pins, "nothing of all this reached the card")
}

// What the card answers, and what it means for the holder.
func TestReponsesAuPIN(t *testing.T) {
	_, b := unCPS3(t)
	f := masque(b)
	for _, cas := range []struct {
		reponse  p11.Error
		drapeaux uint
		code     simphonie.Code
		detail   string
	}{
		{p11.CKR_PIN_INCORRECT, 0, "CARTE-PIN", "locks itself"},
		{p11.CKR_PIN_INCORRECT, p11.CKF_USER_PIN_FINAL_TRY, "CARTE-PIN", "one attempt is left"},
		{p11.CKR_PIN_INCORRECT, p11.CKF_USER_PIN_LOCKED, "CARTE-PIN-BLOQUE", "locked"},
		{p11.CKR_PIN_LOCKED, 0, "CARTE-PIN-BLOQUE", "locked"},
		{p11.CKR_PIN_LEN_RANGE, 0, "CARTE-PIN", "wrong PIN"},
		{p11.CKR_FUNCTION_CANCELED, 0, "CARTE-PIN-ABANDON", "gave up"},
		{p11.CKR_DEVICE_REMOVED, 0, "CARTE-RETIREE", "left"},
		{p11.CKR_DEVICE_ERROR, 0, "CARTE-LECTEUR", "login"},
	} {
		f.regle(func(f *faux) {
			f.drapeaux = 0
			f.login = func(string) error {
				f.regle(func(f *faux) { f.drapeaux = cas.drapeaux })
				return cas.reponse
			}
		})
		_, err := b.Ouvrir(t.Context(), Options{PIN: pin(pinBon, nil)})
		e := refuse(t, err, cas.code)
		assert.Contains(t, e.Detail, cas.detail)
		require.ErrorIs(t, err, cas.reponse)
	}
}

// The keypad of the reader asks: the program sends no PIN.
func TestPaveExterne(t *testing.T) {
	_, b := unCPS3(t)
	f := masque(b)
	f.regle(func(f *faux) {
		f.drapeaux = p11.CKF_PROTECTED_AUTHENTICATION_PATH
		f.login = func(string) error { return nil }
	})
	n := 0
	c := ouverte(t, b, Options{PIN: pin(pinFaux, &n)})
	assert.Zero(t, n)
	assert.Equal(t, []string{""}, f.pins)
	assert.True(t, c.jeton.PaveExterne)
	e := sha256.Sum256(nil)
	_, err := c.Sign(nil, e[:], crypto.SHA256)
	require.NoError(t, err)
}

// A key that wants the PIN for every signature asks it every time.
func TestPINAChaqueSignature(t *testing.T) {
	banc := nouveauBanc(t)
	o := cps3()
	o.paires[1].reauth = true
	banc.carte(t, canariJeton, o)
	b := banc.ouvre(t)
	var demandes []bool
	var rendu []byte
	valeur := pinBon
	c := ouverte(t, b, Options{PIN: func(_ context.Context, d DemandePIN) ([]byte, error) {
		demandes = append(demandes, d.Signature)
		rendu = []byte(valeur)
		return rendu, nil
	}})
	e := sha256.Sum256([]byte("x"))
	for range 2 {
		s, err := c.Sign(nil, e[:], crypto.SHA256)
		require.NoError(t, err)
		require.NoError(t, rsa.VerifyPKCS1v15(&cle(0).PublicKey, crypto.SHA256, e[:], s))
		assert.Equal(t, make([]byte, len(pinBon)), rendu, "erased")
	}
	assert.Equal(t, []bool{false, true, true}, demandes)
	valeur = pinFaux
	_, err := c.Sign(nil, e[:], crypto.SHA256)
	refuse(t, err, "CARTE-PIN")
	valeur = "1"
	_, err = c.Sign(nil, e[:], crypto.SHA256)
	refuse(t, err, "CARTE-PIN-LONGUEUR")
	valeur = pinBon
	_, err = c.Sign(nil, e[:], crypto.SHA256)
	require.NoError(t, err, "a refused signature leaves nothing behind")
}

// An opening that fails after the PIN, and a closing, leave nobody logged in,
// even if the program has other sessions.
func TestDeconnexion(t *testing.T) {
	banc := nouveauBanc(t)
	banc.carte(t, canariJeton, objets{paires: []paireTest{{id: []byte{1}, cle: cle(0), usage: x509.KeyUsageContentCommitment}}})
	b := banc.ouvre(t)
	js, err := b.Jetons(t.Context())
	require.NoError(t, err)
	autre, err := b.module.OpenSession(js[0].slot, p11.CKF_SERIAL_SESSION)
	require.NoError(t, err)
	n := 0
	_, err = b.Ouvrir(t.Context(), Options{PIN: pin(pinBon, &n), Choix: ChoixCPS3})
	refuse(t, err, "CARTE-CLE-ABSENTE")
	for range 2 {
		c, err := b.Ouvrir(t.Context(), Options{PIN: pin(pinBon, &n), Choix: ChoixCertificat})
		require.NoError(t, err)
		require.NoError(t, c.Close())
	}
	assert.Equal(t, 3, n)
	i, err := b.module.GetSessionInfo(autre)
	require.NoError(t, err)
	assert.False(t, connecte(i))
}
