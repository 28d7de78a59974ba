package payfip_test

import (
	"context"
	"crypto/tls"
	"errors"
	"math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/diapasontest"
	"github.com/simphonie/simphonie/diapason/payfip"
)

// incertain is a store that fails at random, before or after it has written.
type incertain struct {
	*payfip.Memoire
	h    *rand.Rand
	sain bool
}

func (m *incertain) Modifie(ctx context.Context, de payfip.Dette, f func(*payfip.Dossier) error) error {
	sort := m.h.IntN(12)
	if sort == 0 && !m.sain {
		return errDisque
	}
	err := m.Memoire.Modifie(ctx, de, f)
	if sort == 1 && !m.sain {
		return errors.Join(err, errDisque)
	}
	return err
}

// Random desks, amounts, patients, hours, notifications, restarts and faults of
// PayFiP and of the store, without any decision: no debt is paid twice, and the
// dossiers end with what the ledger holds. A patient who opened the page ends
// within 20 minutes of its creation, or never. The seed of a failure replays it:
// GRAINE=n.
func TestPromenades(t *testing.T) {
	graines, pas := 4, 60
	if os.Getenv("SIMPHONIE_COMPLET") != "" {
		graines, pas = 150, 150
	}
	premiere := rand.Uint64()
	if g := os.Getenv("GRAINE"); g != "" {
		var err error
		premiere, err = strconv.ParseUint(g, 10, 64)
		require.NoError(t, err)
		graines = 1
	}
	for i := range graines {
		promene(t, premiere+uint64(i), pas)
	}
}

func promene(t *testing.T, graine uint64, pas int) {
	t.Logf("GRAINE=%d", graine)
	h := rand.New(rand.NewPCG(graine, 1))
	s, m := diapasontest.NewPayFiP(t, diapasontest.OptionsPayFiP{}), &payfip.Memoire{}
	gardees := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: s.Racines}}
	defer gardees.CloseIdleConnections()
	magasin := &incertain{Memoire: m, h: h}
	neuf := func() *payfip.Client {
		return client(t, s, magasin, func(c *payfip.Config) { c.Transport = gardees })
	}
	c := neuf()
	refs := []string{"PROMENADE1", "PROMENADE2", "PROMENADE3"}
	pannes := append(diapasontest.ScenariosPayFiP(), "champ:montant=1", "champ:resultrans=Q", "sans:refdet")
	type page struct {
		id  payfip.IDOp
		fin time.Time
	}
	var pages, ouvertes []page
	for range pas {
		switch h.IntN(9) {
		case 0, 1:
			q := demande()
			q.Refdet, q.Montant = refs[h.IntN(3)], 1700+100*simphonie.Montant(h.IntN(2))
			if o, err := c.Ouvre(t.Context(), q); err == nil {
				pages = append(pages, page{o.IDOp, o.Fin.Add(5 * time.Minute)})
			}
		case 2:
			if len(pages) > 0 {
				if p := pages[h.IntN(len(pages))]; s.Ouvre(string(p.id)) == nil {
					ouvertes = append(ouvertes, p)
				}
			}
		case 3:
			if len(ouvertes) > 0 {
				if p := ouvertes[h.IntN(len(ouvertes))]; s.Maintenant().Before(p.fin) {
					_ = s.Termine(string(p.id), []string{"P", "V", "A", "R", "Z"}[h.IntN(5)])
				}
			}
		case 4:
			s.Avance(time.Duration(h.IntN(12*60)) * time.Second)
		case 5:
			_, _ = c.Rapproche(t.Context())
		case 6:
			require.NoError(t, s.Enfile([]string{"creerPaiementSecurise", "recupererDetailPaiementSecurise"}[h.IntN(2)], pannes[h.IntN(len(pannes))]))
		case 7:
			c = neuf()
		case 8:
			if len(pages) > 0 {
				avise(c.Notification(t.Context()), "GET", "/?idop="+string(pages[h.IntN(len(pages))].id), "")
			}
		}
	}
	magasin.sain = true
	for range 60 {
		s.Avance(90 * time.Minute)
		_, _ = c.Rapproche(t.Context())
	}
	require.Empty(t, s.Doubles(), "GRAINE=%d", graine)
	var grandLivre, dossiers payfip.Bilan
	for _, p := range s.Paiements() {
		if p.Resultat == "P" {
			grandLivre.Paye += simphonie.Montant(p.Montant)
		} else {
			grandLivre.Engage += simphonie.Montant(p.Montant)
		}
		grandLivre.Paiements++
	}
	for _, r := range refs {
		de, err := c.Dette(2026, r)
		require.NoError(t, err)
		d, err := m.Lit(t.Context(), de)
		require.NoError(t, err)
		b := d.Bilan()
		dossiers.Paye, dossiers.Engage, dossiers.Paiements = dossiers.Paye+b.Paye, dossiers.Engage+b.Engage, dossiers.Paiements+b.Paiements
	}
	require.Equal(t, grandLivre, dossiers, "GRAINE=%d", graine)
}
