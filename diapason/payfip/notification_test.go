package payfip_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/payfip"
)

// avise sends a notification; a body is a form.
func avise(h http.Handler, methode, cible, corps string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(methode, cible, strings.NewReader(corps))
	if corps != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// What counts is what PayFiP answers, wherever and however the operation is named.
func TestNotification(t *testing.T) {
	for _, v := range [][3]string{
		{"GET", "/payfip?idop=", ""}, {"GET", "/payfip?x=1&IdOp=", ""}, {"POST", "/payfip", "idOp="}, {"POST", "/payfip", "a=b&IDOP="}, {"POST", "/payfip?idop=", ""},
	} {
		c, s, m := monte(t)
		h := c.Notification(t.Context())
		o := ouvre(t, c)
		cible, corps := v[1], v[2]
		if corps == "" {
			cible += string(o.IDOp)
		} else {
			corps += string(o.IDOp)
		}
		// The notification lies: nothing is paid.
		w := avise(h, v[0], cible+map[bool]string{true: "&resultrans=P", false: ""}[strings.Contains(cible, "?")], corps)
		assert.Equal(t, 200, w.Code, "P5 is an answer")
		d, err := m.Lit(t.Context(), o.Dette)
		require.NoError(t, err)
		assert.Equal(t, []string{"en-attente"}, etats(d))
		require.NoError(t, s.Paie(string(o.IDOp), "P"))
		for range 2 {
			w = avise(h, v[0], cible, corps)
			assert.Equal(t, 200, w.Code)
			assert.Empty(t, w.Body.String())
			assert.Equal(t, "no-store", w.Header().Get("Cache-Control"))
		}
		d, err = m.Lit(t.Context(), o.Dette)
		require.NoError(t, err)
		assert.Equal(t, []string{"payee"}, etats(d))
	}
}

// What is no notification costs PayFiP nothing.
func TestNotificationRefusee(t *testing.T) {
	c, s, _ := monte(t)
	h := c.Notification(t.Context())
	o := ouvre(t, c)
	avant := len(s.Appels())
	for _, v := range []struct {
		methode, cible, corps string
		statut                int
	}{
		{"PUT", "/?idop=" + string(o.IDOp), "", 405}, {"HEAD", "/?idop=" + string(o.IDOp), "", 405}, {"GET", "/", "", 400}, {"GET", "/?idop=", "", 400},
		{"GET", "/?idop=a%20b", "", 400}, {"GET", "/?idop=" + strings.Repeat("a", 65), "", 400}, {"GET", "/?idop=%zz", "", 400}, {"GET", "/?idop=aaaaaaaa&IDOP=bbbbbbbb", "", 400},
		{"POST", "/?idop=aaaaaaaa", "idop=bbbbbbbb", 400}, {"POST", "/", "idop=%zz", 400}, {"POST", "/", "idop=" + strings.Repeat("a", 5000), 413},
		{"GET", "/?idop=aaaaaaaa&x=" + strings.Repeat("a", 5000), "", 400}, {"GET", "/?idop=<script>", "", 400}, {"GET", "/?idop=../../etc", "", 400},
	} {
		assert.Equal(t, v.statut, avise(h, v.methode, v.cible, v.corps).Code, v.cible)
	}
	r := httptest.NewRequest("POST", "/", strings.NewReader("idop="+string(o.IDOp)))
	r.Header.Set("Content-Type", "text/plain")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	assert.Equal(t, 400, w.Code, "no form")
	r = httptest.NewRequest("POST", "/", io.MultiReader(strings.NewReader("idop="), casse{}))
	w = httptest.NewRecorder()
	h.ServeHTTP(w, r)
	assert.Equal(t, 400, w.Code, "a body that breaks")
	assert.Len(t, s.Appels(), avant)
	assert.Equal(t, 503, avise((*payfip.Client)(nil).Notification(t.Context()), "GET", "/?idop=aaaaaaaa", "").Code)
}

type casse struct{}

func (casse) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// When we fail PayFiP is told to notify again; a result that cannot be taken is
// kept, and is not asked to come again.
func TestNotificationStatuts(t *testing.T) {
	c, s, m := monte(t)
	h := c.Notification(t.Context())
	o := ouvre(t, c)
	cible := "/?idop=" + string(o.IDOp)
	require.NoError(t, s.Paie(string(o.IDOp), "P"))
	require.NoError(t, s.Enfile("recupererDetailPaiementSecurise", "faute:TechIndisponibiliteErreur:", "coupe-apres", "html", "champ:montant=1"))
	for range 3 {
		w := avise(h, "GET", cible, "")
		assert.Equal(t, 503, w.Code)
		assert.Equal(t, "10", w.Header().Get("Retry-After"))
	}
	assert.Equal(t, 200, avise(h, "GET", cible, "").Code)
	d, err := m.Lit(t.Context(), o.Dette)
	require.NoError(t, err)
	assert.Equal(t, []simphonie.Code{"PAYFIP-DISCORDANCE"}, d.Anomalies().Codes())
	casse := client(t, s, &capricieux{Memoire: m, panne: 0}).Notification(t.Context())
	assert.Equal(t, 503, avise(casse, "GET", cible, "").Code)
	ctx, fin := context.WithCancel(t.Context())
	fin()
	assert.Equal(t, 503, avise(c.Notification(ctx), "GET", cible, "").Code, "the server stops")
}

// Operations that are not ours: one question every 10 seconds, whatever comes.
func TestNotificationInconnues(t *testing.T) {
	c, s, _ := monte(t)
	h := c.Notification(t.Context())
	o := ouvre(t, c)
	avant := len(s.Appels())
	assert.Equal(t, 404, avise(h, "GET", "/?idop=cc0cb210-0000", "").Code)
	for i := range 100 {
		assert.Equal(t, 503, avise(h, "GET", "/?idop=cc0cb210-1cd"+string(rune('0'+i%10)), "").Code)
	}
	assert.Len(t, s.Appels(), avant+1)
	assert.Equal(t, 200, avise(h, "GET", "/?idop="+string(o.IDOp), "").Code, "ours are not held up")
	s.Avance(10 * time.Second)
	assert.Equal(t, 404, avise(h, "GET", "/?idop=cc0cb210-0001", "").Code)
	s.Avance(-time.Hour) // the clock was ahead
	assert.Equal(t, 404, avise(h, "GET", "/?idop=cc0cb210-0002", "").Code)
	s.Avance(time.Hour)
	// A creation that was lost comes back by its notification.
	perdue := demande()
	perdue.Refdet = "PERDUE01"
	require.NoError(t, s.Enfile("creerPaiementSecurise", "coupe-apres"))
	_, err := c.Ouvre(t.Context(), perdue)
	require.Error(t, err)
	id := s.Creations()[1].IDOp
	require.NoError(t, s.Paie(id, "P"))
	s.Avance(10 * time.Second)
	assert.Equal(t, 200, avise(h, "GET", "/?idop="+id, "").Code)
	de, err := c.Dette(2026, "PERDUE01")
	require.NoError(t, err)
	d, err := c.Consulte(t.Context(), de)
	require.NoError(t, err)
	assert.Equal(t, []string{"payee"}, etats(d))
}

// A hundred notifications of one operation together make one question; a slow
// PayFiP is not waited for, and the question goes on.
func TestNotificationsEnsemble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lache := make(chan struct{})
		var mu sync.Mutex
		n := 0
		m := &payfip.Memoire{}
		c, err := payfip.New(payfip.Config{EJ: ej, NumCli: "090909", Saisie: payfip.Production, Magasin: m, Transport: bouchon(func(q *http.Request, b []byte) (int, string) {
			if strings.Contains(string(b), "creer") {
				i := strings.Index(string(b), "<refdet>")
				return 200, retour("creerPaiementSecurise", "<idOp>"+string(b)[i+8:i+19]+"</idOp>")
			}
			mu.Lock()
			n++
			mu.Unlock()
			select {
			case <-lache:
			case <-q.Context().Done():
				return 0, "gone"
			}
			return 500, faute("FonctionnelleErreur", "P5")
		})})
		require.NoError(t, err)
		h := c.Notification(t.Context())
		var os []*payfip.Ouverture
		for i := range 10 {
			q := demande()
			q.Refdet = "F202600000" + string(rune('0'+i))
			o, err := c.Ouvre(t.Context(), q)
			require.NoError(t, err)
			os = append(os, o)
		}
		statuts := make(chan int, 1000)
		lance := func(id payfip.IDOp) {
			go func() { statuts <- avise(h, "GET", "/?idop="+string(id), "").Code }()
		}
		for range 100 {
			lance(os[0].IDOp)
		}
		synctest.Wait()
		assert.Equal(t, 1, n)
		assert.Len(t, statuts, 68, "32 wait, the others are told to come again")
		for len(statuts) > 0 {
			assert.Equal(t, 503, <-statuts)
		}
		time.Sleep(5 * time.Second) // of the bubble: those who wait are told to come again
		synctest.Wait()
		assert.Len(t, statuts, 32)
		for len(statuts) > 0 {
			assert.Equal(t, 503, <-statuts)
		}
		for _, o := range os[1:] {
			lance(o.IDOp)
		}
		synctest.Wait()
		assert.Equal(t, 8, n, "eight questions at once, the first still among them")
		assert.Len(t, statuts, 2)
		lance(os[0].IDOp)
		synctest.Wait()
		assert.Equal(t, 8, n, "it joins the question under way")
		close(lache)
		synctest.Wait()
		assert.Len(t, statuts, 10)
		var bons int
		for len(statuts) > 0 {
			if <-statuts == 200 {
				bons++
			}
		}
		assert.Equal(t, 8, bons)
	})
}
