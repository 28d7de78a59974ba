package journaltest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/journal"
)

// geste is one call on an attempt.
type geste struct {
	nom  string
	fait func(*banc, journal.Ref) error
}

func envoi(b *banc, r journal.Ref) error { return b.Envoi(b.Context(), r) }

func resultat(i journal.Issue) func(*banc, journal.Ref) error {
	return func(b *banc, r journal.Ref) error { return b.Resultat(b.Context(), r, journal.Resultat{Issue: i}) }
}

func decision(v journal.Verdict) func(*banc, journal.Ref) error {
	return func(b *banc, r journal.Ref) error { return b.Decision(b.Context(), r, journal.Decision{Verdict: v}) }
}

func redite(b *banc, r journal.Ref) error {
	i := intention(0)
	i.Cle = r.Cle
	_, err := b.Intention(b.Context(), i)
	return err
}

func tarde(b *banc, _ journal.Ref) error {
	b.maintenant = b.maintenant.Add(2 * time.Minute)
	return nil
}

var gestes = []geste{
	{"intention", redite}, {"envoi", envoi},
	{"faite", resultat(journal.Faite)}, {"refusée", resultat(journal.Refusee)}, {"non partie", resultat(journal.NonPartie)}, {"inconnue", resultat(journal.Inconnue)},
	{"décision effective", decision(journal.Effective)}, {"décision sans effet", decision(journal.SansEffet)}, {"décision abandonnée", decision(journal.Abandonnee)},
}

// vers is what each of the gestures, in their order, makes of a state: the state
// that follows, "!" a refusal, "+" a new attempt.
var vers = []struct {
	nom     string
	chemin  []func(*banc, journal.Ref) error // after the intention
	attendu [9]string
}{
	{"preparee", nil,
		[9]string{"!", "envoyee", "!", "!", "non-partie", "!", "!", "!", "!"}},
	{"envoyee", []func(*banc, journal.Ref) error{envoi},
		[9]string{"!", "!", "faite", "refusee", "non-partie", "inconnue", "!", "!", "!"}},
	{"envoyee, sans réponse à temps", []func(*banc, journal.Ref) error{envoi, tarde},
		[9]string{"!", "!", "faite", "refusee", "non-partie", "inconnue", "decidee effective", "decidee sans-effet", "decidee abandonnee"}},
	{"inconnue", []func(*banc, journal.Ref) error{envoi, resultat(journal.Inconnue)},
		[9]string{"!", "!", "faite", "refusee", "non-partie", "inconnue", "decidee effective", "decidee sans-effet", "decidee abandonnee"}},
	{"faite", []func(*banc, journal.Ref) error{envoi, resultat(journal.Faite)},
		[9]string{"!", "!", "faite", "inconnue", "inconnue", "faite", "!", "!", "!"}},
	{"refusee", []func(*banc, journal.Ref) error{envoi, resultat(journal.Refusee)},
		[9]string{"+", "!", "inconnue", "refusee", "refusee", "refusee", "!", "!", "!"}},
	{"non-partie", []func(*banc, journal.Ref) error{resultat(journal.NonPartie)},
		[9]string{"+", "!", "inconnue", "non-partie", "non-partie", "non-partie", "!", "!", "!"}},
	{"decidee effective", []func(*banc, journal.Ref) error{envoi, tarde, decision(journal.Effective)},
		[9]string{"!", "!", "decidee effective", "inconnue", "inconnue", "decidee effective", "decidee effective", "!", "!"}},
	{"decidee sans-effet", []func(*banc, journal.Ref) error{envoi, tarde, decision(journal.SansEffet)},
		[9]string{"+", "!", "inconnue", "decidee sans-effet", "decidee sans-effet", "decidee sans-effet", "!", "decidee sans-effet", "!"}},
	{"decidee abandonnee", []func(*banc, journal.Ref) error{envoi, tarde, decision(journal.Abandonnee)},
		[9]string{"!", "!", "faite", "refusee", "non-partie", "decidee abandonnee", "!", "!", "decidee abandonnee"}},
}

// transitions takes every gesture from every state, and sees the refusal name
// the state and leave it.
func transitions(t *testing.T, b *banc) {
	n := 0
	for _, d := range vers {
		for k, g := range gestes {
			n++
			nom := fmt.Sprint(d.nom, ", ", g.nom)
			r, err := b.Intention(t.Context(), intention(n))
			require.NoError(t, err, nom)
			for _, f := range d.chemin {
				require.NoError(t, f(b, r), nom)
			}
			avant := b.dernier(r.Cle)
			err = g.fait(b, r)
			apres := b.dernier(r.Cle)
			switch attendu := d.attendu[k]; attendu {
			case "!":
				c := code(t, err)
				require.Contains(t, []string{"JRN-ETAT", "JRN-INTENTION-DOUBLE"}, string(c), nom)
				refus(t, err, c, avant.EtatA(b.maintenant))
				require.Equal(t, avant, apres, nom)
			case "+":
				require.NoError(t, err, nom)
				require.Equal(t, 2, apres.Essai, nom)
				require.Equal(t, journal.Preparee, apres.Etat, nom)
			default:
				require.NoError(t, err, nom)
				etat := apres.Etat.String()
				if apres.Verdict != 0 {
					etat += " " + apres.Verdict.String()
				}
				require.Equal(t, attendu, etat, nom)
			}
		}
	}
	for _, f := range []func(*banc, journal.Ref) error{envoi, resultat(journal.Faite), decision(journal.Effective)} {
		require.Equal(t, "JRN-ABSENT", string(code(t, f(b, journal.Ref{Cle: cle(100_000), Essai: 1}))))
		require.Equal(t, "JRN-ABSENT", string(code(t, f(b, journal.Ref{Cle: cle(1), Essai: 7}))))
		require.Equal(t, "JRN-ABSENT", string(code(t, f(b, journal.Ref{Cle: cle(1)}))))
	}
	es, err := b.Lit(t.Context(), cle(100_000))
	require.NoError(t, err)
	require.Empty(t, es)
}

// essais: only what is known to have had no effect is meant again.
func essais(t *testing.T, b *banc) {
	for n, issue := range []journal.Issue{journal.Refusee, journal.NonPartie, journal.Refusee} {
		r := b.envoyee(1)
		require.Equal(t, n+1, r.Essai)
		b.resultat(r, issue)
	}
	r := b.envoyee(1)
	require.Equal(t, 4, r.Essai)
	b.resultat(r, journal.Faite)
	_, err := b.Intention(t.Context(), intention(1))
	refus(t, err, "JRN-INTENTION-DOUBLE", journal.Faite)
	b.rouvre()
	es, err := b.Lit(t.Context(), cle(1))
	require.NoError(t, err)
	require.Len(t, es, 4)
	var etats []journal.Etat
	for _, e := range es {
		etats = append(etats, e.Etat)
	}
	require.Equal(t, []journal.Etat{journal.Refusee, journal.NonPartie, journal.Refusee, journal.Faite}, etats)
}

// tardive: an answer that contradicts what was decided comes back to the list,
// and holds back the attempt that followed.
func tardive(t *testing.T, b *banc) {
	un := b.envoyee(1)
	require.NoError(t, tarde(b, un))
	require.NoError(t, b.Decision(t.Context(), un, journal.Decision{Verdict: journal.SansEffet}))
	deux, err := b.Intention(t.Context(), intention(1))
	require.NoError(t, err)
	require.Equal(t, 2, deux.Essai)
	b.resultat(un, journal.Faite)
	refus(t, b.Envoi(t.Context(), deux), "JRN-ETAT", journal.Inconnue)
	a, err := b.AClarifier(t.Context(), 10)
	require.NoError(t, err)
	require.Len(t, a, 1)
	require.Equal(t, un, a[0].Ref)
	require.NoError(t, b.Decision(t.Context(), un, journal.Decision{Verdict: journal.Effective}))
	refus(t, b.Envoi(t.Context(), deux), "JRN-ETAT", journal.Decidee)
	b.resultat(deux, journal.NonPartie)
	_, err = b.Intention(t.Context(), intention(1))
	refus(t, err, "JRN-INTENTION-DOUBLE", journal.Decidee)
}

// listes: what is to be clarified, and what has not left, the oldest first.
func listes(t *testing.T, b *banc) {
	for i := range 6 {
		b.maintenant = depart.Add(time.Duration(-i) * time.Second) // the last is the oldest
		r, err := b.Intention(t.Context(), intention(i))
		require.NoError(t, err)
		if i < 4 {
			require.NoError(t, b.Envoi(t.Context(), r))
		}
		if i == 0 {
			b.resultat(r, journal.Faite)
		}
		if i == 1 {
			b.resultat(r, journal.Inconnue)
		}
	}
	venues := func(f func(int) ([]journal.Essai, error), max int) (vs []string) {
		es, err := f(max)
		require.NoError(t, err)
		for _, e := range es {
			assert.Empty(t, e.Etapes)
			assert.Equal(t, "roc.clc", e.Nature)
			assert.Equal(t, "essai-1", e.Version)
			vs = append(vs, e.Cle.Venue)
		}
		return vs
	}
	aClarifier := func(n int) ([]journal.Essai, error) { return b.AClarifier(t.Context(), n) }
	preparees := func(n int) ([]journal.Essai, error) { return b.Preparees(t.Context(), n) }
	b.maintenant = depart
	assert.Equal(t, []string{"V1"}, venues(aClarifier, 10))
	assert.Equal(t, []string{"V5", "V4"}, venues(preparees, 10))
	assert.Equal(t, []string{"V5"}, venues(preparees, 1))
	assert.Empty(t, venues(preparees, 0))
	envoyees := func(n int) ([]journal.Essai, error) { return b.Envoyees(t.Context(), n) }
	assert.Equal(t, []string{"V3", "V2"}, venues(envoyees, 10))
	b.maintenant = depart.Add(time.Minute - 3*time.Second)
	assert.Equal(t, []string{"V3", "V1"}, venues(aClarifier, 10))
	assert.Equal(t, []string{"V2"}, venues(envoyees, 10))
	b.maintenant = depart.Add(time.Minute)
	assert.Empty(t, venues(envoyees, 10))
	assert.Equal(t, []string{"V3", "V2", "V1"}, venues(aClarifier, 10))
	assert.Equal(t, []string{"V3", "V2"}, venues(aClarifier, 2))
	require.NoError(t, b.Decision(t.Context(), journal.Ref{Cle: cle(2), Essai: 1}, journal.Decision{Verdict: journal.Abandonnee}))
	assert.Equal(t, []string{"V3", "V1"}, venues(aClarifier, 10))
	b.rouvre()
	assert.Equal(t, []string{"V3", "V1"}, venues(aClarifier, 10))
	assert.Equal(t, []string{"V5", "V4"}, venues(preparees, 10))
}

// toutOuRien: the store keeps the steps of one change together, or none.
func toutOuRien(t *testing.T, b *banc) {
	panne := errors.New("panne")
	err := b.magasin.Modifie(t.Context(), cle(1), func([]journal.Essai) ([]journal.Etape, error) { return nil, panne })
	require.ErrorIs(t, err, panne)
	require.NoError(t, b.magasin.Modifie(t.Context(), cle(1), func([]journal.Essai) ([]journal.Etape, error) { return nil, nil }))
	es, err := b.Lit(t.Context(), cle(1))
	require.NoError(t, err)
	require.Empty(t, es)
	r := b.envoyee(1)
	e := b.dernier(r.Cle)
	require.Len(t, e.Etapes, 2)
	require.Equal(t, journal.Envoyee, e.Etat)
	require.Equal(t, depart.Add(time.Minute), e.Limite)
	require.Equal(t, depart, e.Debut)
}
