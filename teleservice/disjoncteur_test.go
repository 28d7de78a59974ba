package teleservice_test

import (
	"context"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/teleservice"
)

// A call whose time is over before it begins tells nothing of the service.
func TestDisjoncteurAppelDejaFini(t *testing.T) {
	p := pki(t)
	k := canal(t, config(t, p, serveur(t, p, bonne).URL))
	ctx, fin := context.WithTimeout(t.Context(), -time.Second)
	defer fin()
	for range 10 {
		_, err := k.Appelle(ctx, appel())
		assert.Equal(t, simphonie.Code("TSV-DELAI"), code(err))
	}
	annule, arrete := context.WithCancel(t.Context())
	arrete()
	_, err := k.Appelle(annule, appel())
	assert.Equal(t, simphonie.Code("TSV-ABANDON"), code(err))
	_, err = k.Appelle(t.Context(), appel())
	assert.NoError(t, err)
}

// A clock put back by a day does not stop a service for a day.
func TestDisjoncteurHorlogeReculee(t *testing.T) {
	p := pki(t)
	var marche atomic.Bool
	s := serveur(t, p, func(w http.ResponseWriter, r *http.Request) {
		if marche.Load() {
			bonne(w, r)
			return
		}
		w.WriteHeader(503)
	})
	c := config(t, p, s.URL)
	c.Reprises.Essais, c.Disjoncteur.Seuil = 1, 1
	var decalage atomic.Int64
	c.Horloge = func() time.Time { return maintenant.Add(time.Duration(decalage.Load())) }
	k := canal(t, c)
	k.Appelle(t.Context(), appel())
	decalage.Store(-int64(24 * time.Hour))
	marche.Store(true)
	_, err := k.Appelle(t.Context(), appel())
	assert.NoError(t, err)
}

// While one call tries a service, one that began before the breaker opened
// ends: a second one does not try beside the first.
func TestDisjoncteurAppelAttarde(t *testing.T) {
	p := pki(t)
	arrive, lent, essai := make(chan string), make(chan struct{}), make(chan struct{})
	s := serveur(t, p, func(w http.ResponseWriter, r *http.Request) {
		switch mode := r.Header.Get("X-Mode"); mode {
		case "lent":
			arrive <- mode
			<-lent
		case "essai":
			arrive <- mode
			<-essai
		}
		w.WriteHeader(503)
	})
	c := config(t, p, s.URL)
	c.Reprises.Essais, c.Disjoncteur.Seuil = 1, 1
	var decalage atomic.Int64
	c.Horloge = func() time.Time { return maintenant.Add(time.Duration(decalage.Load())) }
	var mode atomic.Value
	mode.Store("")
	c.Authentification = &teleservice.ProSanteConnect{Identifiant: simphonie.NewConfidentiel("899900063480"), Emetteur: "urn:editeur", IdentifiantFacturation: "750712184",
		SecteurActivite: "SA01", Session: func(r *http.Request) error { r.Header.Set("X-Mode", mode.Load().(string)); return nil }}
	k := canal(t, c)
	part := func(m string) chan error {
		fini := make(chan error, 1)
		mode.Store(m)
		go func() { _, err := k.Appelle(context.Background(), appel()); fini <- err }()
		if m != "" {
			<-arrive
		}
		return fini
	}
	attarde := part("lent")
	<-part("") // opens it
	decalage.Store(int64(time.Minute))
	unique := part("essai")
	ctx, fin := context.WithCancel(t.Context())
	fin()
	k.Appelle(ctx, appel())
	close(lent)
	<-attarde
	mode.Store("")
	decalage.Store(int64(10 * time.Minute))
	_, err := k.Appelle(t.Context(), appel())
	assert.Equal(t, simphonie.Code("TSV-DISJONCTEUR"), code(err), "another one tries")
	close(essai)
	<-unique
}
