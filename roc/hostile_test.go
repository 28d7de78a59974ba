package roc_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/journal"
	"github.com/simphonie/simphonie/roc"
	"github.com/simphonie/simphonie/roc/dossier"
)

// magasinPanne is a store that fails from its nth change on.
type magasinPanne struct {
	journal.Magasin
	reste int
}

func (m *magasinPanne) Modifie(ctx context.Context, c journal.Cle, f func([]journal.Essai) ([]journal.Etape, error)) error {
	if m.reste--; m.reste < 0 {
		return errors.New("no space left on device")
	}
	return m.Magasin.Modifie(ctx, c, f)
}

func cleDe(_ context.Context, v string) ([]byte, error) {
	h := sha256.Sum256([]byte(v))
	return h[:], nil
}

// The journal is full before, then after the sending.
func TestJournalPlein(t *testing.T) {
	for reste := range 2 {
		b := installe(t)
		f, err := journal.OuvreFichier(t.TempDir() + "/j")
		require.NoError(t, err)
		t.Cleanup(func() { f.Close() })
		heure := maintenant
		m := &magasinPanne{f, reste}
		b.config.Journal, err = journal.New(journal.Config{Magasin: m, Trousseau: cleDe, Horloge: func() time.Time { return heure }})
		require.NoError(t, err)
		d := b.identifie(t)
		b.client = b.nouveau(t)
		q := clc()
		s, k, err := b.client.CLC(t.Context(), &d, q)
		require.Error(t, err)
		assert.Equal(t, reste, b.recues["DemandeCLC"])
		assert.Equal(t, reste == 1, k != nil)
		assert.False(t, strings.Contains(canari.Montre(err), canariTexte))
		if reste == 0 {
			assert.Equal(t, d, s.Dossier)
			continue
		}
		assert.Equal(t, simphonie.Code("ROC-JOURNAL-RESULTAT"), code(err))
		assert.Equal(t, dossier.Calcule, s.Dossier.Etat)
		m.reste = 100
		heure = heure.Add(time.Hour)
		liste, err := b.client.AClarifier(t.Context(), 10)
		require.NoError(t, err)
		assert.Len(t, liste, 1)
		ancien, _, err := b.client.CLC(t.Context(), &d, clc())
		assert.Equal(t, simphonie.Code("ROC-DEJA-PARTI"), code(err))
		assert.Equal(t, 1, b.recues["DemandeCLC"])
		_ = ancien
		// The dossier holds the answer: it can be annulled and computed again.
		s, _, err = b.client.Annule(t.Context(), &s.Dossier, del())
		require.NoError(t, err)
		_, _, err = b.client.CLC(t.Context(), &s.Dossier, clc())
		require.NoError(t, err)
		assert.Equal(t, 2, b.recues["DemandeCLC"])
	}
}

// The caller gives up, or a hook panics, between the intention and the sending.
func TestEntreIntentionEtEnvoi(t *testing.T) {
	b := installe(t)
	d := b.identifie(t)
	ctx, fin := context.WithCancel(t.Context())
	b.config.Garde = func(context.Context, *roc.Dossier) error { fin(); return nil }
	s, _, err := b.nouveau(t).CLC(ctx, &d, clc())
	assert.Equal(t, simphonie.Code("TSV-ABANDON"), code(err))
	assert.Nil(t, s.Dossier.Suspens)
	assert.Zero(t, b.recues["DemandeCLC"])
	b.config.Garde = func(context.Context, *roc.Dossier) error { panic("garde") }
	assert.Panics(t, func() { b.nouveau(t).CLC(t.Context(), &d, clc()) })
	s, _, err = b.client.CLC(t.Context(), &d, clc())
	assert.Equal(t, simphonie.Code("ROC-DEJA-PARTI"), code(err))
	assert.Equal(t, d, s.Dossier)
	assert.Zero(t, b.recues["DemandeCLC"])
}

// The key of the visit is destroyed while a call is awaited.
func TestCleDetruite(t *testing.T) {
	b := installe(t)
	f, err := journal.OuvreFichier(t.TempDir() + "/j")
	require.NoError(t, err)
	t.Cleanup(func() { f.Close() })
	detruite := false
	b.config.Journal, err = journal.New(journal.Config{Magasin: f, Horloge: func() time.Time { return maintenant }, Trousseau: func(ctx context.Context, v string) ([]byte, error) {
		if detruite {
			return nil, journal.ErrCleDetruite
		}
		return cleDe(ctx, v)
	}})
	require.NoError(t, err)
	d := b.identifie(t)
	b.client = b.nouveau(t)
	b.apres = perd
	s, _, err := b.client.CLC(t.Context(), &d, clc())
	require.Error(t, err)
	b.apres, detruite = nil, true
	_, _, err = b.client.CLC(t.Context(), &d, clc())
	assert.Equal(t, simphonie.Code("ROC-JOURNAL"), code(err))
	_, err = b.client.Decide(t.Context(), &s.Dossier, dossier.Decision{Requete: s.Dossier.Suspens.Requete, Verdict: dossier.SansEffet, Par: simphonie.NewConfidentiel("A"), Motif: simphonie.NewConfidentiel("B")})
	assert.Equal(t, simphonie.Code("ROC-JOURNAL"), code(err))
	liste, err := b.client.AClarifier(t.Context(), 10)
	require.NoError(t, err)
	assert.Len(t, liste, 1)
	assert.Equal(t, 1, b.recues["DemandeCLC"])
}

// Old payloads were dropped: the outcome stays, and a doubt can still be decided.
func TestApresCompaction(t *testing.T) {
	b := installe(t)
	f, err := journal.OuvreFichier(t.TempDir() + "/j")
	require.NoError(t, err)
	t.Cleanup(func() { f.Close() })
	b.config.Journal, err = journal.New(journal.Config{Magasin: f, Horloge: func() time.Time { return maintenant }, Trousseau: cleDe})
	require.NoError(t, err)
	d := b.identifie(t)
	var envol []byte
	b.config.Garde = func(_ context.Context, d *roc.Dossier) (err error) { envol, err = dossier.Encode(d); return err }
	b.client = b.nouveau(t)
	_, _, err = b.client.CLC(t.Context(), &d, clc())
	require.NoError(t, err)
	require.NoError(t, f.Compacte(t.Context(), maintenant.Add(time.Hour)))
	s, _, err := b.client.CLC(t.Context(), &d, clc())
	assert.Equal(t, simphonie.Code("ROC-DEJA-PARTI"), code(err))
	assert.Equal(t, d, s.Dossier, "the journal does not tell which request it was")
	relu, err := dossier.Decode(envol)
	require.NoError(t, err)
	s, err = b.client.Reprend(t.Context(), relu)
	require.NoError(t, err)
	require.True(t, s.Dossier.AClarifier())
	x := dossier.Decision{Requete: s.Dossier.Suspens.Requete, Verdict: dossier.SansEffet, Par: simphonie.NewConfidentiel("A"), Motif: simphonie.NewConfidentiel("B")}
	_, err = b.client.Decide(t.Context(), &s.Dossier, x)
	assert.Equal(t, simphonie.Code("ROC-JOURNAL"), code(err), "the journal knows that it had its effect")
	x.Verdict = dossier.Effective
	s, err = b.client.Decide(t.Context(), &s.Dossier, x)
	require.NoError(t, err)
	assert.Equal(t, dossier.Calcule, s.Dossier.Etat)
	assert.Equal(t, 1, b.recues["DemandeCLC"])
}
