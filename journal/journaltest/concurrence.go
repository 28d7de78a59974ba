package journaltest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/journal"
)

const concurrents = 12

// ensemble runs f by several at once and counts who succeeded.
func ensemble(t *testing.T, f func(i int) error, refuse func(error)) int {
	var tous sync.WaitGroup
	errs := make([]error, concurrents)
	for i := range concurrents {
		tous.Go(func() { errs[i] = f(i) })
	}
	tous.Wait()
	reussis := 0
	for _, err := range errs {
		if err == nil {
			reussis++
		} else {
			refuse(err)
		}
	}
	return reussis
}

// unicite: of several who mean the same exchange at once, one does.
func unicite(t *testing.T, b *banc) {
	for tour := range 4 {
		n := ensemble(t, func(int) error {
			_, err := b.Intention(t.Context(), intention(tour))
			return err
		}, func(err error) { refus(t, err, "JRN-INTENTION-DOUBLE", journal.Preparee) })
		require.Equal(t, 1, n)
	}
	r := journal.Ref{Cle: cle(0), Essai: 1}
	b.resultat(r, journal.NonPartie)
	n := ensemble(t, func(int) error {
		i := intention(0)
		i.Part = true
		_, err := b.Intention(t.Context(), i)
		return err
	}, func(err error) { refus(t, err, "JRN-INTENTION-DOUBLE", journal.Envoyee) })
	require.Equal(t, 1, n, "also for the second attempt")
	require.Equal(t, 2, b.dernier(cle(0)).Essai)
	// Other keys do not wait, and are all kept.
	n = ensemble(t, func(i int) error {
		_, err := b.Intention(t.Context(), intention(100+i))
		return err
	}, func(err error) { require.NoError(t, err) })
	require.Equal(t, concurrents, n)
}

// unSeulEnvoi: of several who would send the same attempt, one may.
func unSeulEnvoi(t *testing.T, b *banc) {
	for tour := range 4 {
		r, err := b.Intention(t.Context(), intention(tour))
		require.NoError(t, err)
		n := ensemble(t, func(int) error { return b.Envoi(t.Context(), r) },
			func(err error) { refus(t, err, "JRN-ETAT", journal.Envoyee) })
		require.Equal(t, 1, n)
	}
}

// contexte: a call whose time is over keeps nothing.
func contexte(t *testing.T, b *banc) {
	fini, arrete := context.WithCancel(t.Context())
	arrete()
	_, err := b.Intention(fini, intention(1))
	require.ErrorIs(t, err, context.Canceled)
	_, err = b.Lit(fini, cle(1))
	require.ErrorIs(t, err, context.Canceled)
	_, err = b.AClarifier(fini, 1)
	require.ErrorIs(t, err, context.Canceled)
	es, err := b.Lit(t.Context(), cle(1))
	require.NoError(t, err)
	require.Empty(t, es)
}

// memoire is a store as simple as can be, to compare with.
type memoire map[journal.Cle][]journal.Essai

func (m memoire) Modifie(_ context.Context, c journal.Cle, f func([]journal.Essai) ([]journal.Etape, error)) error {
	etapes, err := f(m[c])
	if err != nil {
		return err
	}
	for _, s := range etapes {
		if s.Essai > len(m[c]) {
			m[c] = append(m[c], journal.Essai{Ref: journal.Ref{Cle: c}})
		}
		m[c][s.Essai-1] = m[c][s.Essai-1].Avec(s)
	}
	return nil
}

func (m memoire) Lit(_ context.Context, c journal.Cle) ([]journal.Essai, error) { return m[c], nil }

func (m memoire) Liste(_ context.Context, f journal.Filtre) ([]journal.Essai, error) {
	var es []journal.Essai
	for _, c := range m {
		for _, e := range c {
			if f.Retient(e) {
				e.Etapes = nil
				es = append(es, e)
			}
		}
	}
	slices.SortFunc(es, func(a, b journal.Essai) int { return a.Debut.Compare(b.Debut) })
	return es[:min(len(es), f.Max)], nil
}

// auHasard takes the same random way through the store and through a simple
// model, and finds the same.
func auHasard(t *testing.T, b *banc) {
	graine := uint64(time.Now().UnixNano())
	t.Log("seed", graine)
	h := rand.New(rand.NewPCG(graine, 0))
	m := memoire{}
	modele, err := journal.New(journal.Config{Magasin: m, Trousseau: b.trousseau, Delai: time.Minute, Horloge: func() time.Time { return b.maintenant }})
	require.NoError(t, err)
	cote := &banc{T: t, Journal: modele}
	for n := range 400 {
		b.maintenant = b.maintenant.Add(time.Duration(1+h.IntN(20)) * time.Second)
		r := journal.Ref{Cle: cle(h.IntN(5)), Essai: 1 + h.IntN(3)}
		g := gestes[h.IntN(len(gestes))]
		attendu, obtenu := g.fait(cote, r), g.fait(b, r)
		if attendu == nil {
			require.NoError(t, obtenu, "%d %s", n, g.nom)
		} else {
			require.EqualError(t, obtenu, attendu.Error(), "%d %s", n, g.nom)
		}
	}
	for i := range 5 {
		attendus, obtenus := sansCharge(m[cle(i)]), []journal.Essai(nil)
		obtenus, err := b.Lit(t.Context(), cle(i))
		require.NoError(t, err)
		require.Equal(t, attendus, sansCharge(obtenus), fmt.Sprint(i))
	}
	for _, e := range []journal.Etat{journal.Preparee, journal.Envoyee, journal.Inconnue} {
		f := journal.Filtre{Etat: e, A: b.maintenant, Max: 100}
		attendu, _ := m.Liste(t.Context(), f)
		obtenu, err := b.magasin.Liste(t.Context(), f)
		require.NoError(t, err)
		assert.ElementsMatch(t, attendu, obtenu)
	}
}

// sansCharge leaves out what differs each time it is sealed.
func sansCharge(es []journal.Essai) []journal.Essai {
	r := slices.Clone(es)
	for i := range r {
		r[i].Etapes = slices.Clone(r[i].Etapes)
		for k := range r[i].Etapes {
			r[i].Etapes[k].Scellee = nil
		}
	}
	return r
}
