package teleservice_test

import (
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/tls"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/teleservice"
)

// A card that does not answer, or a reader that does not say whether it is
// there, holds nobody beyond the time of the call, nor who forgets it.
func TestCarteMuette(t *testing.T) {
	p := pki(t)
	e := nouvelleEcoute(t, p)
	for nom, v := range map[string]func(*teleservice.CarteAssertion, chan struct{}){
		"signature": func(a *teleservice.CarteAssertion, libre chan struct{}) {
			cle := a.Signataire.(*rsa.PrivateKey)
			a.Signataire = &signataire{PrivateKey: cle, sert: func(r io.Reader, h []byte) ([]byte, error) {
				<-libre
				return cle.Sign(r, h, crypto.SHA256)
			}}
		},
		"presence": func(a *teleservice.CarteAssertion, libre chan struct{}) {
			a.Presente = func() bool { <-libre; return true }
		},
	} {
		t.Run(nom, func(t *testing.T) {
			c := config(t, p, e.url)
			a := carte(t, p)
			libre := make(chan struct{})
			v(a, libre)
			c.Authentification, c.Delai, c.DelaiEssai = a, time.Minute, 10*time.Millisecond
			k := canal(t, c)
			r, err := k.Appelle(t.Context(), appel())
			assert.Equal(t, simphonie.Code("TSV-MESSAGE"), code(err), "%v", err)
			assert.ErrorIs(t, err, context.DeadlineExceeded)
			assert.Equal(t, 3, r.Essais, "what the card gives late serves the next attempt")
			k.OublieAssertion()
			ctx, arrete := context.WithCancel(t.Context())
			time.AfterFunc(time.Millisecond, arrete)
			_, err = k.Appelle(ctx, appel())
			assert.Contains(t, []simphonie.Code{"TSV-ABANDON", "TSV-MESSAGE"}, code(err))
			close(libre)
			c.DelaiEssai = time.Minute
			_, err = canal(t, c).Appelle(t.Context(), appel())
			assert.NoError(t, err)
		})
	}
}

// The session of an agent does not hold a call either.
func TestSessionMuette(t *testing.T) {
	p := pki(t)
	libre := make(chan struct{})
	defer close(libre)
	c := config(t, p, url)
	c.DelaiEssai, c.Reprises.Essais = time.Millisecond, 1
	c.Authentification = &teleservice.ProSanteConnect{Identifiant: simphonie.NewConfidentiel("899900063480"), Emetteur: "urn:editeur", IdentifiantFacturation: "750712184",
		SecteurActivite: "SA01", Session: func(*http.Request) error { <-libre; return nil }}
	_, err := canal(t, c).Appelle(t.Context(), appel())
	assert.Equal(t, simphonie.Code("TSV-MESSAGE"), code(err))
	assert.ErrorIs(t, err, context.DeadlineExceeded)
}

// A panic of a hook is the caller's, as if it had called it itself.
func TestPaniqueDUnCrochet(t *testing.T) {
	p := pki(t)
	c := config(t, p, "https://127.0.0.1:1")
	a := carte(t, p)
	a.Presente = func() bool { panic("reader") }
	c.Authentification = a
	k := canal(t, c)
	for range 2 {
		assert.PanicsWithValue(t, "reader", func() { k.Appelle(t.Context(), appel()) })
	}
}

// A call that began before the assertion was made, and comes to it after, takes
// it: the clock did not go back.
func TestUneSignaturePourTous(t *testing.T) {
	p := pki(t)
	c := config(t, p, serveur(t, p, bonne).URL)
	var tic, n atomic.Int64
	c.Horloge = func() time.Time { return maintenant.Add(time.Duration(tic.Add(1))) }
	a := carte(t, p)
	s := &signataire{PrivateKey: a.Signataire.(*rsa.PrivateKey)}
	arrive, passe := make(chan struct{}), make(chan struct{})
	a.Presente = func() bool {
		if n.Add(1) == 1 {
			close(arrive)
			<-passe
		}
		return true
	}
	a.Signataire, c.Authentification = s, a
	k := canal(t, c)
	fini := make(chan error, 1)
	go func() { _, err := k.Appelle(context.Background(), appel()); fini <- err }()
	<-arrive
	_, err := k.Appelle(t.Context(), appel())
	require.NoError(t, err)
	close(passe)
	require.NoError(t, <-fini)
	assert.EqualValues(t, 1, s.n.Load())
}

// Roots and authentication replaced at the same time are both in force.
func TestRemplaceEnsemble(t *testing.T) {
	p := pki(t)
	autre, err := p.Autre()
	require.NoError(t, err)
	c := config(t, p, "https://127.0.0.1:1")
	auths := []*teleservice.TLSMutuel{c.Authentification.(*teleservice.TLSMutuel),
		{Certificat: identite(t)(p.Client("INSI-MANU")).TLS(), CN: []string{"INSI-MANU"}}}
	nouvelles, err := teleservice.LoadRacines(teleservice.Simulation, p.RacinesPEM(), autre.RacinesPEM())
	require.NoError(t, err)
	racines := []*teleservice.Racines{c.Racines, nouvelles}
	k := canal(t, c)
	n := func() int {
		return len(slices.DeleteFunc(k.Echeances(100*365*24*time.Hour), func(e teleservice.Echeance) bool { return e.Objet != "racine" }))
	}
	nombres := [2]int{}
	for i := range racines {
		require.NoError(t, k.RemplaceRacines(racines[i]))
		nombres[i] = n()
	}
	require.NotEqual(t, nombres[0], nombres[1])
	for i := range 2000 {
		var wg sync.WaitGroup
		wg.Go(func() { assert.NoError(t, k.Remplace(auths[i%2])) })
		wg.Go(func() { assert.NoError(t, k.RemplaceRacines(racines[i%2])) })
		wg.Wait()
		require.Equal(t, nombres[i%2], n(), "roots, turn %d", i)
		require.Same(t, auths[i%2], k.Authentification(), "authentication, turn %d", i)
	}
}

// What is nil or was never made is refused, not a crash.
func TestRienNEstNil(t *testing.T) {
	p := pki(t)
	c := config(t, p, url)
	a := carte(t, p)
	a.Signataire = (*rsa.PrivateKey)(nil)
	c.Authentification = a
	_, err := teleservice.NewCanal(c)
	assert.Contains(t, codes(err), simphonie.Code("TSV-SIGNATAIRE"))
	m := config(t, p, url).Authentification.(*teleservice.TLSMutuel)
	m.Certificat.PrivateKey = (*rsa.PrivateKey)(nil)
	c.Authentification = m
	_, err = teleservice.NewCanal(c)
	assert.Contains(t, codes(err), simphonie.Code("TSV-CERT-CLE"))
	for _, k := range []*teleservice.Canal{nil, {}} {
		_, err := k.Appelle(t.Context(), appel())
		assert.Equal(t, simphonie.Code("TSV-CONFIG-CANAL"), code(err))
		k.Close()
		k.OublieAssertion()
		assert.Equal(t, simphonie.Code("TSV-CONFIG-CANAL"), code(k.Remplace(m)))
		assert.Equal(t, simphonie.Code("TSV-CONFIG-CANAL"), code(k.RemplaceRacines(c.Racines)))
		assert.Empty(t, k.Echeances(0))
	}
}

// A size without end is no size of nothing.
func TestTailleSansFin(t *testing.T) {
	p := pki(t)
	c := config(t, p, serveur(t, p, bonne).URL)
	c.TailleMax = math.MaxInt64
	_, err := canal(t, c).Appelle(t.Context(), appel())
	assert.NoError(t, err)
}

// Too many nodes are a limit of ours, which the error says.
func TestLimiteDuDocument(t *testing.T) {
	p := pki(t)
	s := serveur(t, p, func(w http.ResponseWriter, r *http.Request) {
		ecrit(w, 200, strings.Replace(reponse(messageID(r)), ">oui<", ">"+strings.Repeat("<a/>", 200_000)+"<", 1))
	})
	_, err := canal(t, config(t, p, s.URL)).Appelle(t.Context(), appel())
	var e *simphonie.Erreur
	require.ErrorAs(t, err, &e)
	assert.Equal(t, simphonie.Code("TSV-REPONSE"), e.Code)
	assert.True(t, e.LimiteLocale)
}

// A comment does not hide what an answer relates to.
func TestCorrelationIllisible(t *testing.T) {
	p := pki(t)
	for nom, relie := range map[string]string{
		"comment": "uuid:0b1e4e0e<!-- -->-5f2c-4e4a-9d3c-0a1b2c3d4e5f", "element": "<x/>", "other": "uuid:0b1e4e0e-5f2c-4e4a-9d3c-0a1b2c3d4e5f",
	} {
		s := serveur(t, p, func(w http.ResponseWriter, r *http.Request) { ecrit(w, 200, reponse(relie)) })
		_, err := canal(t, config(t, p, s.URL)).Appelle(t.Context(), appel())
		assert.Contains(t, []simphonie.Code{"TSV-CORRELATION", "TSV-REPONSE"}, code(err), nom)
	}
}

// A connection of HTTP/2 that has died in silence does not take every attempt
// with it.
func TestHTTP2Mort(t *testing.T) {
	p := pki(t)
	s := httptest.NewUnstartedServer(http.HandlerFunc(bonne))
	s.EnableHTTP2 = true
	s.TLS = &tls.Config{Certificates: []tls.Certificate{identite(t)(p.Serveur("x")).TLS()}, NextProtos: []string{"h2", "http/1.1"}}
	s.StartTLS()
	t.Cleanup(s.Close)
	r := nouveauRelais(t, s.Listener.Addr().String())
	var n atomic.Int32
	r.prevoit(func() *trouble {
		if n.Add(1) == 1 {
			return &trouble{versServeur, 9, "muet"}
		}
		return nil
	})
	c := config(t, p, "https://"+r.l.Addr().String())
	c.DelaiEssai, c.Disjoncteur.Inactif = time.Second, true
	k := canal(t, c)
	for range 12 {
		_, err := k.Appelle(t.Context(), appel())
		assert.NoError(t, err)
	}
	assert.GreaterOrEqual(t, n.Load(), int32(2), "the first connection died")
}

// A retry for which no time is left is not waited for; one that the caller
// gives up while it waits says so.
func TestAttenteBornee(t *testing.T) {
	p := pki(t)
	s := serveur(t, p, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(503) })
	c := config(t, p, s.URL)
	c.Reprises = teleservice.Reprises{Attente: time.Hour, Plafond: time.Hour}
	var mesures []teleservice.Mesure
	ctx, arrete := context.WithCancel(t.Context())
	defer arrete()
	c.Mesure = func(m teleservice.Mesure) {
		if mesures = append(mesures, m); m.Reprise {
			arrete()
		}
	}
	_, err := canal(t, c).Appelle(t.Context(), appel())
	assert.Equal(t, simphonie.Code("TSV-HTTP"), code(err))
	require.Len(t, mesures, 1)
	assert.False(t, mesures[0].Reprise, "no other attempt follows")

	c.Delai = 24 * time.Hour
	r, err := canal(t, c).Appelle(ctx, appel())
	assert.Equal(t, simphonie.Code("TSV-ABANDON"), code(err))
	assert.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, 1, r.Essais)
}

// An action that would break the header of HTTP is refused before anything is
// tried.
func TestActionRefusee(t *testing.T) {
	p := pki(t)
	c := config(t, p, url)
	n := 0
	c.Mesure = func(teleservice.Mesure) { n++ }
	for _, x := range []string{"", "a\r\nX: y", `a"; b="c`, "a b", "é"} {
		a := appel()
		a.Action = x
		_, err := canal(t, c).Appelle(t.Context(), a)
		assert.Equal(t, simphonie.Code("TSV-MESSAGE"), code(err), x)
	}
	assert.Zero(t, n)
}

// A body that drips for ever ends with the attempt, and a hook that panics
// leaves the breaker as it was.
func TestGoutteAGoutte(t *testing.T) {
	p := pki(t)
	s := serveur(t, p, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/soap+xml")
		for r.Context().Err() == nil {
			io.WriteString(w, " ")
			w.(http.Flusher).Flush()
			runtime.Gosched()
		}
	})
	c := config(t, p, s.URL)
	c.DelaiEssai, c.Reprises.Essais, c.Disjoncteur.Seuil = 50*time.Millisecond, 1, 1
	c.TailleMax = math.MaxInt64
	panique := false
	c.Mesure = func(teleservice.Mesure) {
		if panique {
			panic("hook")
		}
	}
	var decalage atomic.Int64
	c.Horloge = func() time.Time { return maintenant.Add(time.Duration(decalage.Load())) }
	k := canal(t, c)
	_, err := k.Appelle(t.Context(), appel())
	assert.Equal(t, simphonie.Code("TSV-DELAI"), code(err))
	decalage.Store(int64(time.Minute))
	panique = true
	for range 2 {
		assert.PanicsWithValue(t, "hook", func() { k.Appelle(t.Context(), appel()) }, "the one call that tries")
	}
}
