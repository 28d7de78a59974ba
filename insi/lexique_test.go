package insi

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
)

func conf(s string) simphonie.Confidentiel { return simphonie.NewConfidentiel(s) }

func TestNormalise(t *testing.T) {
	for saisi, attendu := range map[string]string{
		"Zoé": "ZOE", "ZOE": "ZOE", " Zoé ": "ZOE", "Zoe\u0301": "ZOE",
		"D’Artagnan de l'Hérault": "D'ARTAGNAN DE L'HERAULT", "Pierre–Alain": "PIERRE-ALAIN", "Martin‑‑Dupond": "MARTIN--DUPOND",
		"Lœtitia": "LOETITIA", "ŒDIPE": "OEDIPE", "Cæsar": "CAESAR", "Groß": "GROSS", "ẞ": "SS",
		"François": "FRANCOIS", "Ÿ": "Y", "Nuñez": "NUNEZ", "Škvorecký": "SKVORECKY", "'Abd": "'ABD", "Jean\u00a0Paul": "JEAN PAUL",
	} {
		n, err := Normalise("nom", conf(saisi))
		require.NoError(t, err, saisi)
		assert.Equal(t, attendu, n.Clair(), saisi)
	}
}

// What the rules refuse is refused, never repaired in silence; the error names
// the field and not the value.
func TestNormaliseRefuse(t *testing.T) {
	for saisi, detail := range map[string]string{
		"": "nothing", "  ": "nothing", "-ADRUN": "first character", "ADRUN2": "character 6", "Øre": "character 1", "Łukasz": "character 1",
		"ADRUN.": "character 6", "ADRUN,ZOE": "character 6", "АДРУН": "character 1", "A\tB": "character 2", "\u0301A": "character 1", "A-\u0301B": "character 3",
		"A  B": "follow one another", "A''B": "follow one another", "A' B": "follow one another", "A 'B": "follow one another",
		"A---B": "hyphens", "A\x00": "character 2", "A\xff": "character 2", "ﬁ": "character 1", "Ａ": "character 1",
	} {
		_, err := Normalise("traits.nom", conf(saisi))
		require.Error(t, err, saisi)
		e := err.(*simphonie.Erreur)
		assert.Equal(t, simphonie.Code("INSI-LEXIQUE"), e.Code)
		assert.Equal(t, "traits.nom", e.Chemin)
		assert.Contains(t, e.Detail, detail, saisi)
		if len(saisi) > 3 {
			assert.NotContains(t, err.Error(), saisi)
		}
	}
}

// A name that is no name is refused before anything is made of it.
func TestNormaliseLongueur(t *testing.T) {
	n, err := Normalise("nom", conf(strings.Repeat("é", MaxNom/2)))
	require.NoError(t, err)
	assert.Len(t, n.Clair(), MaxNom/2)
	for _, s := range []string{strings.Repeat("A", MaxNom+1), "A" + strings.Repeat("\u0301", 1<<19)} {
		_, err := Normalise("nom", conf(s))
		require.Error(t, err)
		assert.Equal(t, simphonie.Code("INSI-LONGUEUR"), err.(*simphonie.Erreur).Code)
		assert.True(t, err.(*simphonie.Erreur).LimiteLocale)
	}
}

// Whatever comes in, what comes out obeys the rules and is its own normal form.
func FuzzNormalise(f *testing.F) {
	for _, s := range []string{"Zoé", "D’ARTAGNAN", "A--B", "Œuf", "ß", " x", "ı", "K"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := Normalise("x", conf(s))
		if err != nil {
			return
		}
		assert.Empty(t, defautLexical(n.Clair()))
		assert.False(t, strings.HasSuffix(n.Clair(), " "))
		assert.True(t, utf8.ValidString(n.Clair()))
		again, err := Normalise("x", n)
		require.NoError(t, err)
		assert.Equal(t, n, again)
	})
}
