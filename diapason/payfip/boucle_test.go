package payfip_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/diapasontest"
	"github.com/simphonie/simphonie/diapason/payfip"
)

// Many debts, every outcome, lost notifications: the loop alone finds them all,
// and running it again changes nothing.
func TestRapproche(t *testing.T) {
	s, m := diapasontest.NewPayFiP(t, diapasontest.OptionsPayFiP{}), &payfip.Memoire{}
	gardees := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: s.Racines}} // many handshakes would be long
	defer gardees.CloseIdleConnections()
	c := client(t, s, m, func(c *payfip.Config) { c.Transport = gardees })
	resultats := []string{"P", "V", "A", "R", "Z", ""}
	var des []payfip.Dette
	for i := range 12 {
		q := demande()
		q.Refdet = fmt.Sprintf("LOT%05d", i)
		o, err := c.Ouvre(t.Context(), q)
		require.NoError(t, err)
		des = append(des, o.Dette)
		if r := resultats[i%6]; r != "" {
			require.NoError(t, s.Paie(string(o.IDOp), r))
		}
	}
	p, err := c.Rapproche(t.Context())
	require.NoError(t, err)
	assert.Zero(t, p.Interroges, "it is not the time yet")
	var questions int
	for range 24 * 60 / 5 {
		s.Avance(5 * time.Minute)
		p, err := c.Rapproche(t.Context())
		require.NoError(t, err)
		questions += p.Interroges
	}
	assert.Equal(t, 10+2*13, questions, "one for each result; thirteen for each that nobody paid, until the night forgot it")
	var total payfip.Bilan
	for i, de := range des {
		d, err := m.Lit(t.Context(), de)
		require.NoError(t, err)
		assert.True(t, d.Prochaine().IsZero())
		assert.Equal(t, []string{"payee", "engagee", "abandonnee", "refusee", "refusee", "purgee"}[i%6], etats(d)[0])
		b := d.Bilan()
		total.Paye += b.Paye
		total.Engage += b.Engage
	}
	assert.Equal(t, payfip.Bilan{Paye: 2 * 1700, Engage: 2 * 1700}, total)
	assert.Len(t, s.Paiements(), 4, "the ledger says the same")
	p, err = c.Rapproche(t.Context())
	require.NoError(t, err)
	assert.Zero(t, p)
}

// After a technical error an operation waits for 30 minutes; after three in a
// row nothing is asked for 30 minutes, and the others come first then.
func TestRapprocheEnPanne(t *testing.T) {
	c, s, m := monte(t)
	for _, r := range []string{"PANNE001", "PANNE002", "PANNE003", "PANNE004"} {
		q := demande()
		q.Refdet = r
		o, err := c.Ouvre(t.Context(), q)
		require.NoError(t, err)
		require.NoError(t, s.Paie(string(o.IDOp), "P"))
		s.Avance(time.Microsecond)
	}
	s.Avance(5 * time.Minute)
	require.NoError(t, s.Enfile("recupererDetailPaiementSecurise", "faute:TechIndisponibiliteErreur:", "html", "coupe-apres"))
	p, err := c.Rapproche(t.Context())
	assert.Equal(t, []simphonie.Code{"PAYFIP-FAUTE", "PAYFIP-HTTP", "PAYFIP-RESEAU"}, codes(err))
	assert.Equal(t, payfip.Passe{Interroges: 3, Echecs: 3, Reprise: s.Maintenant().Add(30 * time.Minute).UTC()}, p)
	fin := p.Reprise
	s.Avance(30*time.Minute - time.Microsecond)
	p, err = c.Rapproche(t.Context())
	require.NoError(t, err)
	assert.Equal(t, payfip.Passe{Reprise: fin}, p)
	// A program that starts anew has not the rest of all, but that of each.
	p, err = client(t, s, m).Rapproche(t.Context())
	require.NoError(t, err)
	assert.Equal(t, payfip.Passe{Interroges: 1}, p)
	s.Avance(time.Microsecond)
	p, err = c.Rapproche(t.Context())
	require.NoError(t, err)
	assert.Equal(t, payfip.Passe{Interroges: 3}, p)
}

// An answer that cannot be taken is said, and asked for again, and holds nobody up.
func TestRapprocheDiscordant(t *testing.T) {
	c, s, _ := monte(t)
	for _, r := range []string{"DOUTE001", "DOUTE002", "DOUTE003", "DOUTE004"} {
		q := demande()
		q.Refdet = r
		o, err := c.Ouvre(t.Context(), q)
		require.NoError(t, err)
		require.NoError(t, s.Paie(string(o.IDOp), "P"))
	}
	require.NoError(t, s.Enfile("recupererDetailPaiementSecurise", "champ:montant=1", "champ:montant=1", "champ:montant=1"))
	s.Avance(5 * time.Minute)
	p, err := c.Rapproche(t.Context())
	assert.Equal(t, []simphonie.Code{"PAYFIP-DISCORDANCE", "PAYFIP-DISCORDANCE", "PAYFIP-DISCORDANCE"}, codes(err))
	assert.Equal(t, payfip.Passe{Interroges: 4}, p)
	s.Avance(5 * time.Minute)
	p, err = c.Rapproche(t.Context())
	require.NoError(t, err)
	assert.Equal(t, payfip.Passe{Interroges: 3}, p)
}

// A pass ends with its context, without a rest for that.
func TestRapprocheAbandon(t *testing.T) {
	c, s, m := monte(t)
	ouvre(t, c)
	s.Avance(5 * time.Minute)
	require.NoError(t, s.Enfile("recupererDetailPaiementSecurise", "lent:1h"))
	ctx, fin := context.WithCancel(t.Context())
	coupe := client(t, s, m, func(c *payfip.Config) {
		c.Transport = bouchonCtx(func(q *http.Request) error { fin(); return q.Context().Err() })
	})
	p, err := coupe.Rapproche(ctx)
	assert.Equal(t, []simphonie.Code{"PAYFIP-ABANDON"}, codes(err))
	assert.Equal(t, payfip.Passe{Interroges: 1, Echecs: 1}, p)
	_, err = coupe.Rapproche(ctx)
	assert.Equal(t, []simphonie.Code{"PAYFIP-MAGASIN"}, codes(err))
	d, err := m.Lit(t.Context(), dette(t, c))
	require.NoError(t, err)
	assert.True(t, d.Tentatives[0].PasAvant.IsZero())
}

// The loop runs at its pace until its context ends, in the time of the bubble.
func TestBoucle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var details atomic.Int64
		conf := payfip.Config{EJ: ej, NumCli: "090909", Saisie: payfip.Production, Magasin: &payfip.Memoire{}, Transport: bouchon(func(q *http.Request, b []byte) (int, string) {
			if strings.Contains(string(b), "creer") {
				return 200, retour("creerPaiementSecurise", "<idOp>cc0cb210-1cd4</idOp>")
			}
			if details.Add(1) == 2 {
				return 503, faute("TechIndisponibiliteErreur", "")
			}
			return 500, faute("FonctionnelleErreur", "P5")
		})}
		c, err := payfip.New(conf)
		require.NoError(t, err)
		ouvre(t, c)
		ctx, fin := context.WithTimeout(t.Context(), 72*time.Minute)
		defer fin()
		debut := time.Now()
		assert.ErrorIs(t, c.Boucle(ctx, time.Minute), context.DeadlineExceeded)
		assert.Equal(t, 72*time.Minute, time.Since(debut))
		assert.Equal(t, int64(4), details.Load(), "at 5, 10 (fails), 40 and 70 minutes")
	})
	c, _, _ := monte(t)
	assert.Equal(t, []simphonie.Code{"PAYFIP-CONFIG-LIMITES"}, codes(c.Boucle(t.Context(), 0)))
}

// Two programs with one store, and desks that open pages in between: the ledger
// never sees two live payments of one debt.
func TestPlusieursProgrammes(t *testing.T) {
	c, s, m := monte(t)
	d := client(t, s, m)
	for i := range 40 {
		poste := []*payfip.Client{c, d}[i%2]
		o, err := poste.Ouvre(t.Context(), demande())
		if err == nil && i%7 == 3 {
			_ = s.Ouvre(string(o.IDOp)) // and nobody ends
		}
		_ = s.Enfile("creerPaiementSecurise", diapasontest.ScenariosPayFiP()[i%16])
		s.Avance(time.Duration(i) * time.Minute)
		_, _ = []*payfip.Client{d, c}[i%2].Rapproche(t.Context())
	}
	// Whoever opened a page may end; one only can.
	for _, o := range s.Creations() {
		_ = s.Paie(o.IDOp, "P")
	}
	assert.Empty(t, s.Doubles())
	assert.Greater(t, len(s.Creations()), 5)
}

// muetEnEcriture is a store that reads and does not write.
type muetEnEcriture struct{ *payfip.Memoire }

func (muetEnEcriture) Modifie(context.Context, payfip.Dette, func(*payfip.Dossier) error) error {
	return errDisque
}

// The rest is for PayFiP: neither a store that fails, nor operations that PayFiP
// answers a functional fault about, hold the others up.
func TestRapprocheSansRepos(t *testing.T) {
	c, s, m := monte(t)
	for i := range 5 {
		q := demande()
		q.Refdet = "REPOS00" + string(rune('0'+i))
		o, err := c.Ouvre(t.Context(), q)
		require.NoError(t, err)
		require.NoError(t, s.Paie(string(o.IDOp), "P"))
	}
	s.Avance(5 * time.Minute)
	p, err := client(t, s, muetEnEcriture{m}).Rapproche(t.Context())
	assert.ErrorIs(t, err, errDisque)
	assert.Equal(t, payfip.Passe{Interroges: 5, Echecs: 5}, p)
	require.NoError(t, s.Enfile("recupererDetailPaiementSecurise", "faute:FonctionnelleErreur:T2", "faute:FonctionnelleErreur:T2", "faute:FonctionnelleErreur:T2", "faute:FonctionnelleErreur:T2"))
	p, err = c.Rapproche(t.Context())
	assert.Len(t, codes(err), 4)
	assert.Equal(t, payfip.Passe{Interroges: 5, Echecs: 4}, p)
}

// A rest that was taken under a clock that was ahead ends with it.
func TestReposHorlogeReculee(t *testing.T) {
	c, s, _ := monte(t)
	for _, r := range []string{"RECUL001", "RECUL002", "RECUL003", "RECUL004"} {
		q := demande()
		q.Refdet = r
		o, err := c.Ouvre(t.Context(), q)
		require.NoError(t, err)
		require.NoError(t, s.Paie(string(o.IDOp), "P"))
	}
	s.Avance(48 * time.Hour)
	require.NoError(t, s.Enfile("recupererDetailPaiementSecurise", "html", "html", "html"))
	p, err := c.Rapproche(t.Context())
	require.Error(t, err)
	assert.False(t, p.Reprise.IsZero())
	s.Avance(-47 * time.Hour)
	p, err = c.Rapproche(t.Context())
	require.NoError(t, err)
	assert.Equal(t, payfip.Passe{Interroges: 1}, p)
}
