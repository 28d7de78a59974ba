package roctest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/roc/roctest"
)

// The table of the documentation names those who are known.
func TestTableDesConnus(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "SIMULATEURS.md"))
	require.NoError(t, err)
	for _, b := range roctest.Beneficiaires() {
		if !b.AMC.Equal(mutuelle) {
			continue
		}
		numero := "none"
		if n := b.NIR.Clair(); n != "" {
			numero = n[:13] + " " + n[13:]
		}
		assert.Contains(t, string(page), fmt.Sprintf("| `%s` | %s | %s | %s | %s | ", b.Cas, b.Adherent.Clair(), b.Naissance.Clair(), b.Rang, numero))
	}
}
