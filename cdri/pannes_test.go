package cdri_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri"
	"github.com/simphonie/simphonie/internal/maison"
)

// Every code that a call may end with has its row, in the table and on the page.
func TestPannes(t *testing.T) {
	racine, err := maison.Racine(".")
	require.NoError(t, err)
	page, err := os.ReadFile(filepath.Join(racine, "docs", "CDRI.md"))
	require.NoError(t, err)
	codes := []simphonie.Code{"CDRI-DEMANDE", "CDRI-ENCODE", "CDRI-DECODE", "CDRI-ABANDON", "TSV-DISJONCTEUR", "TSV-RESEAU", "TSV-DELAI", "TSV-ABANDON", "TSV-HTTP",
		"TSV-TLS", "TSV-REPONSE", "TSV-CORRELATION", "TSV-TAILLE", "TSV-MESSAGE", "TSV-FAUTE"}
	table := cdri.Pannes()
	for _, c := range codes {
		p, ok := table[string(c)]
		require.True(t, ok, c)
		assert.Equal(t, p, *cdri.PanneDe(&simphonie.Erreur{Code: c}))
	}
	for c, p := range table {
		assert.NotEmpty(t, p.Message, c)
		assert.Equal(t, c != "CDRI-DEMANDE", len(p.Suivants) == 3, c)
		assert.Contains(t, string(page), "| `"+c+"` | "+p.Message+" |", c)
	}
	delete(table, "TSV-FAUTE")
	assert.Contains(t, cdri.Pannes(), "TSV-FAUTE", "a copy")
	inconnue := cdri.PanneDe(errors.New("x"))
	assert.NotEmpty(t, inconnue.Suivants)
	assert.True(t, strings.HasSuffix(inconnue.Message, "."))
}
