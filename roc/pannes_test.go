package roc_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/roc"
)

// Every error that a call of this room or of the channel makes has a row.
func TestPannes(t *testing.T) {
	table := map[simphonie.Code]bool{}
	for _, p := range roc.Pannes() {
		assert.False(t, table[p.Code], "%s stands twice", p.Code)
		assert.NotEmpty(t, p.Texte)
		assert.NotEmpty(t, p.Conduite)
		table[p.Code] = true
	}
	motif := regexp.MustCompile(`(?:erreur|enveloppe)\("(ROC-[A-Z-]+)"`)
	fs, err := filepath.Glob("*.go")
	require.NoError(t, err)
	n := 0
	for _, f := range fs {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		b, err := os.ReadFile(f)
		require.NoError(t, err)
		for _, m := range motif.FindAllSubmatch(b, -1) {
			if c := simphonie.Code(m[1]); !strings.HasPrefix(string(c), "ROC-CONFIG-") {
				assert.True(t, table[c], "%s has no row", c)
				n++
			}
		}
	}
	assert.Greater(t, n, 15)
}

func TestPanneDe(t *testing.T) {
	_, ok := roc.PanneDe(errors.New("x"))
	assert.False(t, ok)
	p, ok := roc.PanneDe(&simphonie.Erreur{Code: "ROC-ANNUAIRE", Err: &simphonie.Erreur{Code: "TSV-DELAI"}})
	require.True(t, ok)
	assert.Equal(t, simphonie.Code("TSV-DELAI"), p.Code)
	assert.NotContains(t, p.Conduite, "à clarifier")
	p, _ = roc.PanneDe(&simphonie.Erreur{Code: "TSV-DELAI", IssueInconnue: true})
	assert.Contains(t, p.Conduite, "ne le relancez pas")
	for _, c := range []simphonie.Code{"ROC-CODEC", "ROC-DECODE", "ROC-CORRELATION", "ROC-JOURNAL", "ROC-JOURNAL-ABSENT", "ROC-JOURNAL-RESULTAT", "ROC-REPRISE", "ROC-CONFIG-NON-OFFICIEL"} {
		_, ok := roc.PanneDe(&simphonie.Erreur{Code: c})
		assert.Equal(t, c != "ROC-REPRISE" && c != "ROC-CONFIG-NON-OFFICIEL", ok, c)
	}
}
