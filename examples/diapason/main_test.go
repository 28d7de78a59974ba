package main

import (
	"flag"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every story comes to its end, and the ledger agrees.
func TestHistoires(t *testing.T) {
	fins := map[string][2]string{
		"simple": {"preleve", "1 prélèvement(s), 17,00"}, "plafond": {"plafond-depasse", "0 prélèvement(s)"}, "corrige": {"preleve", "1 prélèvement(s), 18,00"},
		"retrait": {"retire", "0 prélèvement(s)"}, "perdu": {"incertain", "1 prélèvement(s), 17,00"}, "refus": {"refuse", "0 prélèvement(s)"},
		"rembourse": {"rembourse", "remboursé 5,00"},
	}
	require.Len(t, fins, len(histoires))
	for _, c := range histoires {
		var b strings.Builder
		require.NoError(t, execute(t.Context(), []string{"-cas", c.nom}, &b), c.nom)
		for _, s := range fins[c.nom] {
			assert.Contains(t, b.String(), s, c.nom)
		}
		assert.Contains(t, b.String(), "chaîne intacte", c.nom)
	}
	var b strings.Builder
	require.NoError(t, execute(t.Context(), []string{"-cas", "liste"}, &b))
	assert.Contains(t, b.String(), "perdu")
	assert.Error(t, execute(t.Context(), []string{"-cas", "autre"}, &b))
	b.Reset()
	assert.Error(t, execute(t.Context(), []string{"-inconnu"}, &b))
	assert.ErrorContains(t, execute(t.Context(), []string{"refus"}, &b), "-cas refus")
	assert.Empty(t, b.String(), "nothing was played")
	assert.ErrorIs(t, execute(t.Context(), []string{"-help"}, &b), flag.ErrHelp)
	assert.Equal(t, 1, strings.Count(b.String(), "-cas string"))
}
