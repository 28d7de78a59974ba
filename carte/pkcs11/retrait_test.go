package pkcs11

import (
	"context"
	"crypto"
	"crypto/sha256"
	"testing"
	"time"

	p11 "github.com/miekg/pkcs11"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A card that leaves is gone for good, and everybody is told.
func TestRetrait(t *testing.T) {
	e := sha256.Sum256(nil)
	for nom, part := range map[string]func(*faux){
		"empty reader": func(f *faux) { f.absente = true },
		"other card":   func(f *faux) { f.serie = "other" },
	} {
		t.Run(nom, func(t *testing.T) {
			_, b := unCPS3(t)
			f := masque(b)
			c := ouverte(t, b, Options{})
			assert.True(t, c.Presente())
			surveillance := make(chan error)
			go func() { surveillance <- c.Surveille(t.Context(), time.Millisecond) }()
			f.regle(part)
			<-c.Retrait()
			refuse(t, <-surveillance, "CARTE-RETIREE")

			f.regle(func(f *faux) { f.absente, f.serie = false, "" })
			assert.False(t, c.Presente(), "put back, it is another opening")
			_, err := c.Sign(nil, e[:], crypto.SHA256)
			refuse(t, err, "CARTE-RETIREE")
			_, err = c.Objet(t.Context(), ObjetInfo)
			refuse(t, err, "CARTE-RETIREE")
			require.NoError(t, c.Close())

			autre := ouverte(t, b, Options{})
			_, err = autre.Sign(nil, e[:], crypto.SHA256)
			require.NoError(t, err)
		})
	}
}

// Nobody looks, and the card is away for less than a period: its sessions died
// with it, which is enough.
func TestRetraitPuisRemise(t *testing.T) {
	_, b := unCPS3(t)
	c := ouverte(t, b, Options{})
	require.NoError(t, b.module.(*p11.Ctx).CloseAllSessions(c.jeton.slot))
	e := sha256.Sum256(nil)
	_, err := c.Sign(nil, e[:], crypto.SHA256)
	refuse(t, err, "CARTE-RETIREE")
	<-c.Retrait()
}

// Another part of the program logs the holder out.
func TestDeconnexionParUnAutre(t *testing.T) {
	_, b := unCPS3(t)
	c := ouverte(t, b, Options{})
	require.NoError(t, b.module.Logout(c.session))
	assert.False(t, c.Presente())
	<-c.Retrait()
}

// Another program empties the card under an open session.
func TestJetonDetruit(t *testing.T) {
	banc, b := unCPS3(t)
	c := ouverte(t, b, Options{})
	banc.util(t, "--delete-token", "--token", canariJeton)
	e := sha256.Sum256(nil)
	_, err := c.Sign(nil, e[:], crypto.SHA256)
	refuse(t, err, "CARTE-RETIREE")
	require.NoError(t, c.Close())
	_, err = b.Ouvrir(t.Context(), Options{PIN: pin(pinBon, nil)})
	refuse(t, err, "CARTE-LECTEUR")
}

// The library says during a signature what the reader did not yet.
func TestRetraitPendantLaSignature(t *testing.T) {
	_, b := unCPS3(t)
	f := masque(b)
	c := ouverte(t, b, Options{})
	e := sha256.Sum256(nil)

	f.regle(func(f *faux) { f.signe = func() error { return p11.Error(p11.CKR_DEVICE_ERROR) } })
	_, err := c.Sign(nil, e[:], crypto.SHA256)
	refuse(t, err, "CARTE-LECTEUR")
	f.regle(func(f *faux) { f.signe = nil })
	_, err = c.Sign(nil, e[:], crypto.SHA256)
	require.NoError(t, err, "a failure of the reader is not a removal")

	f.regle(func(f *faux) {
		f.signe = func() error {
			f.regle(func(f *faux) { f.absente = true })
			return p11.Error(p11.CKR_DEVICE_ERROR)
		}
	})
	_, err = c.Sign(nil, e[:], crypto.SHA256)
	refuse(t, err, "CARTE-RETIREE")
	<-c.Retrait()
}

// A call that hangs holds nobody longer than the caller's wait, and what it got
// in the end is given back.
func TestAppelBloque(t *testing.T) {
	_, b := unCPS3(t)
	f := masque(b)
	bloque, libre := make(chan struct{}), make(chan struct{})
	f.regle(func(f *faux) { f.login = func(string) error { close(bloque); <-libre; return nil } })
	ctx, fin := context.WithCancel(t.Context())
	rendu := make(chan error)
	go func() { _, err := b.Ouvrir(ctx, Options{PIN: pin(pinBon, nil)}); rendu <- err }()
	<-bloque
	fin()
	refuse(t, <-rendu, "CARTE-DELAI")
	_, err := b.Jetons(ctx)
	refuse(t, err, "CARTE-DELAI")
	f.regle(func(f *faux) { f.login = nil })
	close(libre)

	n := 0
	c := ouverte(t, b, Options{PIN: pin(pinBon, &n)})
	assert.Equal(t, 1, n, "the holder who was logged in too late was logged out")

	bloque, libre = make(chan struct{}), make(chan struct{})
	f.regle(func(f *faux) { f.signe = func() error { close(bloque); <-libre; return nil } })
	ctx, fin = context.WithCancel(t.Context())
	go func() { _, err := c.signature(ctx, []byte("x")); rendu <- err }()
	<-bloque
	fin()
	refuse(t, <-rendu, "CARTE-DELAI")
	f.regle(func(f *faux) { f.signe = nil })
	close(libre)
	e := sha256.Sum256(nil)
	_, err = c.Sign(nil, e[:], crypto.SHA256)
	require.NoError(t, err)
}
