package teleservice_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/testpki"
	"github.com/simphonie/simphonie/teleservice"
)

func appelUnique() teleservice.Appel {
	a := appel()
	a.SansReprise = true
	return a
}

// partie gives the error of a call and whether it says that it may have left.
func partie(t *testing.T, err error) (*simphonie.Erreur, bool) {
	t.Helper()
	e, ok := errors.AsType[*simphonie.Erreur](err)
	require.True(t, ok, "%v", err)
	assert.False(t, e.IssueInconnue && e.Reessayable, "%v", err)
	return e, e.IssueInconnue
}

// Each fault before each record of each direction, with both versions of HTTP:
// a server that has seen the request is never forgotten by the client, and
// never sees it twice.
func TestSansRepriseChaquePanne(t *testing.T) {
	var vues, inconnues, nonParties, passees atomic.Int32
	for _, h2 := range []bool{false, true} {
		essaie := func(p *trouble) [2]int {
			var appels atomic.Int32
			pki := pki(t)
			s := serveurHTTP(t, pki, h2, func(w http.ResponseWriter, r *http.Request) { appels.Add(1); bonne(w, r) })
			r := nouveauRelais(t, strings.TrimPrefix(s, "https://"))
			defer r.ferme()
			n := 0
			r.prevoit(func() *trouble {
				if n++; n == 1 {
					return p
				}
				return nil
			})
			c := config(t, pki, "https://"+r.l.Addr().String())
			c.Delai, c.DelaiEssai = delaiEndurance, delaiEssai
			c.Reprises.Essais = 10
			k := canal(t, c)
			retour, err := k.Appelle(context.Background(), appelUnique())
			assert.LessOrEqual(t, appels.Load(), int32(1), "%+v", p)
			if err == nil {
				passees.Add(1)
				assert.Equal(t, "R", retour.Corps.Tag)
			} else {
				_, inconnue := partie(t, err)
				assert.Equal(t, 1, retour.Essais, "%+v", p)
				if appels.Load() > 0 {
					vues.Add(1)
					assert.True(t, inconnue, "the server treated the request, and the client says that it never left: %+v %v", p, err)
				}
				if inconnue {
					inconnues.Add(1)
				} else {
					nonParties.Add(1)
				}
			}
			k.Close()
			if p == nil {
				require.Eventually(t, func() bool { r.mu.Lock(); defer r.mu.Unlock(); return r.vus[versClient] > 0 }, 5*time.Second, time.Millisecond)
			}
			r.mu.Lock()
			defer r.mu.Unlock()
			return r.vus
		}
		vus := essaie(nil)
		require.Greater(t, vus[versServeur], 2)
		var wg sync.WaitGroup
		tour := make(chan struct{}, 16)
		for s := range vus {
			for avant := range vus[s] + 1 {
				for _, g := range genres {
					if os.Getenv("SIMPHONIE_COMPLET") == "" && g != "coupe" && g != "moitie" {
						continue
					}
					tour <- struct{}{}
					wg.Go(func() {
						defer func() { <-tour }()
						essaie(&trouble{sens(s), avant, g})
					})
				}
			}
		}
		wg.Wait()
	}
	t.Logf("%d calls passed; %d may have left, of which the server treated %d; %d never left", passees.Load(), inconnues.Load(), vues.Load(), nonParties.Load())
	assert.Positive(t, vues.Load())
	assert.Positive(t, nonParties.Load())
	assert.Positive(t, passees.Load())
}

// serveurHTTP is a server of a version of HTTP.
func serveurHTTP(t *testing.T, p *testpki.PKI, h2 bool, h http.HandlerFunc) string {
	t.Helper()
	if !h2 {
		return serveur(t, p, h).URL
	}
	modele := serveur(t, p, h)
	conf := modele.TLS.Clone()
	conf.NextProtos = []string{"h2"}
	s := &http.Server{TLSConfig: conf, ErrorLog: modele.Config.ErrorLog, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, 2, r.ProtoMajor)
		h(w, r)
	})}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	go s.ServeTLS(l, "", "")
	t.Cleanup(func() { s.Close() })
	return "https://" + l.Addr().String()
}

// What is proven to come before the request says so.
func TestSansRepriseNonPartie(t *testing.T) {
	p := pki(t)
	s := serveur(t, p, bonne)
	ferme := serveur(t, p, bonne)
	ferme.Close()
	autre, err := p.Autre()
	require.NoError(t, err)
	annule, fin := context.WithCancel(t.Context())
	fin()
	for nom, cas := range map[string]struct {
		ctx   context.Context
		regle func(*teleservice.Config, *teleservice.Appel)
		code  simphonie.Code
		encor bool
	}{
		"dial refused":    {t.Context(), func(c *teleservice.Config, _ *teleservice.Appel) { c.URL = ferme.URL }, "TSV-RESEAU", true},
		"other roots":     {t.Context(), func(c *teleservice.Config, _ *teleservice.Appel) { c.Racines = config(t, autre, s.URL).Racines }, "TSV-TLS", false},
		"given up before": {annule, func(*teleservice.Config, *teleservice.Appel) {}, "TSV-ABANDON", false},
		"address":         {t.Context(), func(_ *teleservice.Config, a *teleservice.Appel) { a.URL = "http://x/" }, "TSV-MESSAGE", false},
		"no body":         {t.Context(), func(_ *teleservice.Config, a *teleservice.Appel) { a.Corps = nil }, "TSV-MESSAGE", false},
		"revocation":      {t.Context(), func(c *teleservice.Config, _ *teleservice.Appel) { c.Revocation = refusePool }, "TSV-TLS", false},
	} {
		t.Run(nom, func(t *testing.T) {
			c, a := config(t, p, s.URL), appelUnique()
			cas.regle(&c, &a)
			_, err := canal(t, c).Appelle(cas.ctx, a)
			e, inconnue := partie(t, err)
			assert.Equal(t, cas.code, e.Code)
			assert.False(t, inconnue, "%v", err)
			assert.Equal(t, cas.encor, e.Reessayable)
		})
	}
	t.Run("breaker", func(t *testing.T) {
		c := config(t, p, ferme.URL)
		c.Disjoncteur.Seuil = 1
		k := canal(t, c)
		_, err := k.Appelle(t.Context(), appelUnique())
		require.Error(t, err)
		_, err = k.Appelle(t.Context(), appelUnique())
		e, inconnue := partie(t, err)
		assert.Equal(t, simphonie.Code("TSV-DISJONCTEUR"), e.Code)
		assert.False(t, inconnue)
		assert.True(t, e.Reessayable)
	})
}

// An answer that is not the wanted one does not prove that nothing was done.
func TestSansRepriseReponseFausse(t *testing.T) {
	p := pki(t)
	for nom, h := range map[string]http.HandlerFunc{
		"fault":   func(w http.ResponseWriter, _ *http.Request) { ecrit(w, 500, faute("Receiver", "siram_40", "x", "y")) },
		"sender":  func(w http.ResponseWriter, _ *http.Request) { ecrit(w, 500, faute("Sender", "siram_20", "x", "y")) },
		"502":     func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(502) },
		"503 XML": func(w http.ResponseWriter, _ *http.Request) { ecrit(w, 503, "<x/>") },
		"redirect": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/ailleurs", http.StatusTemporaryRedirect)
		},
		"unreadable": func(w http.ResponseWriter, _ *http.Request) { ecrit(w, 200, "<") },
		"long":       func(w http.ResponseWriter, _ *http.Request) { ecrit(w, 200, strings.Repeat(" ", 5<<20)) },
		"other":      func(w http.ResponseWriter, _ *http.Request) { ecrit(w, 200, reponse("uuid:autre")) },
		"panic":      func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
	} {
		t.Run(nom, func(t *testing.T) {
			var n atomic.Int32
			s := serveur(t, p, func(w http.ResponseWriter, r *http.Request) { n.Add(1); h(w, r) })
			r, err := canal(t, config(t, p, s.URL)).Appelle(t.Context(), appelUnique())
			_, inconnue := partie(t, err)
			assert.True(t, inconnue, "%v", err)
			assert.EqualValues(t, 1, n.Load())
			assert.Equal(t, 1, r.Essais)
		})
	}
}

// A transport of the editor's that says nothing of its connections proves nothing.
func TestSansRepriseTransportMuet(t *testing.T) {
	p := pki(t)
	c := config(t, p, "https://127.0.0.1:1/")
	c.Transport = muet{}
	_, err := canal(t, c).Appelle(t.Context(), appelUnique())
	_, inconnue := partie(t, err)
	assert.True(t, inconnue)
}

type muet struct{}

func (muet) RoundTrip(*http.Request) (*http.Response, error) { return nil, errors.New("no") }
