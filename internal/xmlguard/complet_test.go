package xmlguard_test

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/internal/xmlguard"
)

// What the gate accepts, xmllint accepts, among documents damaged at random.
// SIMPHONIE_COMPLET=1 asks for it; a missing program is then a failure.
func TestXmllintAccepte(t *testing.T) {
	if os.Getenv("SIMPHONIE_COMPLET") != "1" {
		t.Skip("SIMPHONIE_COMPLET is not 1")
	}
	xmllint, err := exec.LookPath("xmllint")
	require.NoError(t, err)
	h := rand.New(rand.NewPCG(1, 2))
	args := []string{"--noout", "--nonet"}
	dir := t.TempDir()
	const morceaux = " <>/='\"&;:!-[]?xamlns1é\t\n\r"
	for essai := 0; len(args) < 2000 && essai < 2_000_000; essai++ {
		b := []byte(graines[essai%len(graines)])
		for range h.IntN(4) {
			i := h.IntN(len(b))
			switch h.IntN(3) {
			case 0:
				b[i] = morceaux[h.IntN(len(morceaux))]
			case 1:
				b = append(b[:i:i], b[i+1:]...)
			case 2:
				b = append(b[:i:i], append([]byte{morceaux[h.IntN(len(morceaux))]}, b[i:]...)...)
			}
		}
		if _, err := xmlguard.Parse(b, xmlguard.Limites{}); err != nil {
			continue
		}
		ou := filepath.Join(dir, strconv.Itoa(len(args))+".xml")
		require.NoError(t, os.WriteFile(ou, b, 0o600))
		args = append(args, ou)
	}
	require.Len(t, args, 2000)
	sortie, err := exec.CommandContext(t.Context(), xmllint, args...).CombinedOutput()
	require.NoError(t, err, string(sortie[:min(len(sortie), 2000)]))
}
