package journaltest

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/journal"
)

func texte(s string) simphonie.Confidentiel { return simphonie.NewConfidentiel(s) }

// charges: what is written is read again whole, and stands nowhere in clear.
func charges(t *testing.T, b *banc) {
	grande := strings.Repeat("réponse à garder ", 20_000)
	i := intention(1)
	i.Part = true
	r, err := b.Intention(t.Context(), i)
	require.NoError(t, err)
	require.NoError(t, b.Resultat(t.Context(), r, journal.Resultat{Issue: journal.Inconnue, Charge: texte(grande)}))
	require.NoError(t, b.Decision(t.Context(), r, journal.Decision{Verdict: journal.Effective, Charge: texte("vu avec l'AMC")}))
	b.rouvre()
	e := b.dernier(r.Cle)
	require.Len(t, e.Etapes, 4)
	for k, attendu := range []string{"demande 1", "", grande, "vu avec l'AMC"} {
		c, err := b.Charge(t.Context(), r, e.Etapes[k])
		require.NoError(t, err)
		require.Equal(t, attendu, c.Clair())
		require.False(t, attendu != "" && bytes.Contains(e.Etapes[k].Scellee, []byte(attendu)))
	}
	// A payload opens in its own step, exchange, attempt and outcome only.
	s := e.Etapes[0]
	for nom, change := range map[string]func(*journal.Ref, *journal.Etape){
		"venue":     func(r *journal.Ref, _ *journal.Etape) { r.Cle.Venue = "V2" },
		"amc":       func(r *journal.Ref, _ *journal.Etape) { r.Cle.AMC = "1" },
		"empreinte": func(r *journal.Ref, _ *journal.Etape) { r.Cle.Empreinte[0]++ },
		"essai":     func(r *journal.Ref, _ *journal.Etape) { r.Essai = 2 },
		"genre":     func(_ *journal.Ref, s *journal.Etape) { s.Genre = journal.GenreResultat },
		"issue":     func(_ *journal.Ref, s *journal.Etape) { s.Issue = journal.Faite },
		"nature":    func(_ *journal.Ref, s *journal.Etape) { s.Nature = "roc.annulation" },
		"octet":     func(_ *journal.Ref, s *journal.Etape) { s.Scellee = append(bytes.Clone(s.Scellee[1:]), 0) },
		"fin":       func(_ *journal.Ref, s *journal.Etape) { s.Scellee = s.Scellee[:5] },
	} {
		r2, s2 := r, s
		change(&r2, &s2)
		_, err := b.Charge(t.Context(), r2, s2)
		require.Error(t, err, nom)
		require.Equal(t, "JRN-CLE-FAUSSE", string(code(t, err)), nom)
	}
}

// cles: a destroyed key purges the payloads of its venue, and those only; the
// states go on without it.
func cles(t *testing.T, b *banc) {
	un, deux := b.envoyee(1), b.envoyee(2)
	b.perdues = map[string]bool{"V1": true}
	_, err := b.Charge(t.Context(), un, b.dernier(un.Cle).Etapes[0])
	require.ErrorIs(t, err, journal.ErrCleDetruite)
	require.Equal(t, "JRN-CLE-DETRUITE", string(code(t, err)))
	_, err = b.Empreinte(t.Context(), "roc.clc", "V1")
	require.ErrorIs(t, err, journal.ErrCleDetruite)
	err = b.Resultat(t.Context(), un, journal.Resultat{Issue: journal.Faite, Charge: texte("x")})
	require.ErrorIs(t, err, journal.ErrCleDetruite)
	require.Equal(t, journal.Envoyee, b.dernier(un.Cle).Etat)
	b.resultat(un, journal.Faite)
	c, err := b.Charge(t.Context(), deux, b.dernier(deux.Cle).Etapes[0])
	require.NoError(t, err)
	require.Equal(t, "demande 2", c.Clair())

	b.autre = true
	_, err = b.Charge(t.Context(), deux, b.dernier(deux.Cle).Etapes[0])
	require.Equal(t, "JRN-CLE-FAUSSE", string(code(t, err)))
	b.cles = errors.New("coffre injoignable")
	_, err = b.Charge(t.Context(), deux, b.dernier(deux.Cle).Etapes[0])
	require.Equal(t, "JRN-CLE-ACCES", string(code(t, err)))
	require.ErrorIs(t, err, b.cles)
}

// reouverture: a store that is closed and opened again tells the same.
func reouverture(t *testing.T, b *banc) {
	var refs []journal.Ref
	for n := range 10 {
		r := b.envoyee(n)
		if n%2 == 0 {
			require.NoError(t, b.Resultat(t.Context(), r, journal.Resultat{Issue: journal.Faite, Charge: texte("reçu")}))
		}
		refs = append(refs, r)
	}
	var avant [][]journal.Essai
	for _, r := range refs {
		es, err := b.Lit(t.Context(), r.Cle)
		require.NoError(t, err)
		avant = append(avant, es)
	}
	b.rouvre()
	for n, r := range refs {
		es, err := b.Lit(t.Context(), r.Cle)
		require.NoError(t, err)
		// A store of one process may know that nobody awaits the answer any more.
		if es[0].Limite.IsZero() {
			es[0].Limite = avant[n][0].Limite
		}
		require.Equal(t, avant[n], es)
		_, err = b.Intention(t.Context(), intention(n))
		require.Equal(t, "JRN-INTENTION-DOUBLE", string(code(t, err)))
	}
}
