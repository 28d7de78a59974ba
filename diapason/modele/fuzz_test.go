package modele_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/diapason/modele"
)

func FuzzAlias(f *testing.F) {
	for _, s := range []string{"alias-1", "4970101122334455", "4970 1011 2233 4455", "tok_4f9d1c2b7a63", "497010######0042"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if p, err := modele.NewPANMasque(s); err == nil {
			n := 0
			for _, r := range p.Clair() {
				if r >= '0' && r <= '9' {
					n++
				}
			}
			require.LessOrEqual(t, n, 10)
		}
		if a, err := modele.NewAlias(s); err == nil {
			require.Equal(t, s, a.Clair())
			require.Equal(t, "***", a.String())
		}
	})
}
