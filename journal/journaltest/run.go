package journaltest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/journal"
)

// Ouverture opens the store of a place, or makes an empty one. The same place
// gives the same store, once the one before is closed.
type Ouverture func(t testing.TB, dir string) (journal.Magasin, io.Closer)

// Run proves a store.
func Run(t *testing.T, ouvre Ouverture) {
	for nom, essai := range map[string]func(*testing.T, *banc){
		"transitions":     transitions,
		"unicite":         unicite,
		"un seul envoi":   unSeulEnvoi,
		"reouverture":     reouverture,
		"essais":          essais,
		"charges":         charges,
		"cles":            cles,
		"listes":          listes,
		"reponse tardive": tardive,
		"tout ou rien":    toutOuRien,
		"contexte":        contexte,
		"au hasard":       auHasard,
	} {
		t.Run(nom, func(t *testing.T) {
			b := &banc{T: t, ouverture: ouvre, dir: t.TempDir(), maintenant: depart}
			b.ouvre()
			t.Cleanup(func() { assert.NoError(t, b.ferme.Close()) })
			essai(t, b)
		})
	}
}

var depart = time.Date(2026, 11, 2, 9, 0, 0, 123456000, time.UTC)

// banc is a journal under test.
type banc struct {
	*testing.T
	*journal.Journal
	ouverture  Ouverture
	dir        string
	magasin    journal.Magasin
	ferme      io.Closer
	maintenant time.Time
	perdues    map[string]bool // venues whose key was destroyed
	autre      bool            // another key
	cles       error           // what the key ring fails with
}

func (b *banc) ouvre() {
	b.magasin, b.ferme = b.ouverture(b, b.dir)
	var err error
	b.Journal, err = journal.New(journal.Config{Magasin: b.magasin, Trousseau: b.trousseau, Delai: time.Minute, Horloge: func() time.Time { return b.maintenant }})
	require.NoError(b, err)
}

func (b *banc) rouvre() {
	require.NoError(b, b.ferme.Close())
	b.ouvre()
}

func (b *banc) trousseau(_ context.Context, venue string) ([]byte, error) {
	if b.perdues[venue] {
		return nil, journal.ErrCleDetruite
	}
	if b.cles != nil {
		return nil, b.cles
	}
	k := sha256.Sum256([]byte(fmt.Sprint("clé de ", venue, b.autre)))
	return k[:], nil
}

func cle(i int) journal.Cle {
	return journal.NewCle(fmt.Sprint("V", i), "0075500017", sha256.Sum256([]byte(fmt.Sprint(i))))
}

func intention(i int) journal.Intention {
	return journal.Intention{Cle: cle(i), Nature: "roc.clc", Version: "essai-1", Charge: simphonie.NewConfidentiel(fmt.Sprint("demande ", i))}
}

func (b *banc) envoyee(i int) journal.Ref {
	b.Helper()
	in := intention(i)
	in.Part = true
	r, err := b.Intention(b.Context(), in)
	require.NoError(b, err)
	return r
}

func (b *banc) resultat(r journal.Ref, i journal.Issue) {
	b.Helper()
	require.NoError(b, b.Resultat(b.Context(), r, journal.Resultat{Issue: i}))
}

func (b *banc) dernier(c journal.Cle) journal.Essai {
	b.Helper()
	es, err := b.Lit(b.Context(), c)
	require.NoError(b, err)
	require.NotEmpty(b, es)
	for i, e := range es {
		require.Equal(b, journal.Ref{Cle: c, Essai: i + 1}, e.Ref)
	}
	return es[len(es)-1]
}

// code gives the code of an error of the house.
func code(t testing.TB, err error) simphonie.Code {
	t.Helper()
	var e *simphonie.Erreur
	require.ErrorAs(t, err, &e)
	return e.Code
}

// refus requires a refusal that tells this state.
func refus(t testing.TB, err error, c simphonie.Code, e journal.Etat) {
	t.Helper()
	require.Equal(t, c, code(t, err))
	var r *journal.RefusEtat
	require.ErrorAs(t, err, &r)
	require.Equal(t, e, r.Etat)
}
