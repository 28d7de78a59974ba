package payfip_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/payfip"
)

// fautif is a store with one fault.
type fautif struct {
	payfip.Memoire
	faute string
	garde map[payfip.Dette]*payfip.Dossier
	ordre []payfip.Dette
}

func (m *fautif) Modifie(ctx context.Context, de payfip.Dette, f func(*payfip.Dossier) error) error {
	switch m.faute {
	case "chevauche":
		d, err := m.Memoire.Lit(ctx, de)
		if err != nil {
			return err
		}
		if d == nil {
			d = &payfip.Dossier{Dette: de}
		}
		if err := f(d); err != nil {
			return err
		}
		time.Sleep(time.Millisecond)
		return m.Memoire.Modifie(ctx, de, func(x *payfip.Dossier) error { *x = *d; return nil })
	case "garde-l-erreur":
		var err error
		_ = m.Memoire.Modifie(ctx, de, func(d *payfip.Dossier) error { err = f(d); return nil })
		return err
	}
	return m.Memoire.Modifie(ctx, de, f)
}

func (m *fautif) Lit(ctx context.Context, de payfip.Dette) (*payfip.Dossier, error) {
	if m.faute == "sans-annee" {
		de.Exercice = 2026
	}
	d, err := m.Memoire.Lit(ctx, de)
	if m.faute == "partage" && d != nil {
		if m.garde[de] == nil {
			m.garde[de] = d
		}
		return m.garde[de], err
	}
	return d, err
}

func (m *fautif) Echus(ctx context.Context, n string, s payfip.Saisie, le time.Time, max int) ([]payfip.Dette, error) {
	switch m.faute {
	case "prochaine-figee":
		return m.figes(ctx, n, s, le, max)
	case "tard":
		le = le.Add(-time.Second)
	case "tout":
		max = 100
	case "melange":
		n = "999999"
	}
	return m.Memoire.Echus(ctx, n, s, le, max)
}

// figes lists what was due once, as an index does that is written at the first time only.
func (m *fautif) figes(ctx context.Context, n string, s payfip.Saisie, le time.Time, max int) ([]payfip.Dette, error) {
	des, err := m.Memoire.Echus(ctx, n, s, le, max)
	for _, de := range des {
		if m.garde[de] == nil {
			m.garde[de] = &payfip.Dossier{}
			m.ordre = append(m.ordre, de)
		}
	}
	if n == "999999" && s == payfip.Essai && len(m.ordre) > 2 {
		return m.ordre[:min(max, len(m.ordre))], err
	}
	return des, err
}

func (m *fautif) ParIDOp(ctx context.Context, id payfip.IDOp) (payfip.Dette, bool, error) {
	de, connu, err := m.Memoire.ParIDOp(ctx, id)
	if d, _ := m.Memoire.Lit(ctx, de); m.faute == "premiere-operation" && connu && d.Tentatives[0].IDOp != id {
		return payfip.Dette{}, false, err
	}
	return de, connu, err
}

func TestVerifieMagasin(t *testing.T) {
	require.NoError(t, payfip.VerifieMagasin(t.Context(), &payfip.Memoire{}))
	assert.Equal(t, []simphonie.Code{"PAYFIP-CONFIG-MAGASIN"}, codes(payfip.VerifieMagasin(t.Context(), nil)))
	for _, f := range []string{"chevauche", "garde-l-erreur", "sans-annee", "partage", "tard", "tout", "melange", "prochaine-figee", "premiere-operation"} {
		err := payfip.VerifieMagasin(t.Context(), &fautif{faute: f, garde: map[payfip.Dette]*payfip.Dossier{}})
		require.Error(t, err, f)
		assert.Equal(t, simphonie.Code("PAYFIP-MAGASIN-ESSAI"), codes(err)[0], f)
	}
}

// distrait is a store that gives the dossier of another debt.
type distrait struct{ payfip.Memoire }

func (m *distrait) Modifie(_ context.Context, de payfip.Dette, f func(*payfip.Dossier) error) error {
	de.Refdet = "AUTRE00001"
	return f(&payfip.Dossier{Dette: de})
}

// Nothing leaves on the word of such a store.
func TestMagasinDistrait(t *testing.T) {
	_, s, _ := monte(t)
	_, err := client(t, s, &distrait{}).Ouvre(t.Context(), demande())
	assert.Equal(t, []simphonie.Code{"PAYFIP-MAGASIN"}, codes(err))
	assert.Empty(t, s.Appels())
}
