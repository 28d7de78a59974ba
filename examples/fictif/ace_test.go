package fictif_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/examples/fictif"
	"github.com/simphonie/simphonie/tarif"
)

// The fictitious set loads, says in every file that it is fictitious, and no
// two of its prices are equal.
func TestACE(t *testing.T) {
	jour := simphonie.MustJour("2026-05-04")
	o, err := fictif.ACE(jour)
	require.NoError(t, err)
	fichiers, err := fs.Glob(fictif.FichiersACE(), "*.csv")
	require.NoError(t, err)
	assert.Len(t, fichiers, 22)
	vus := map[string]string{}
	ties := 0
	for _, f := range fichiers {
		b, err := fs.ReadFile(fictif.FichiersACE(), f)
		require.NoError(t, err)
		lignes := strings.Split(strings.TrimSpace(string(b)), "\n")
		assert.True(t, strings.HasPrefix(lignes[0], "# FICTIF"), f)
		colonnes := strings.Split(lignes[1], ";")
		for _, l := range lignes[2:] {
			for i, v := range strings.Split(l, ";") {
				if colonnes[i] == "reference" {
					assert.Equal(t, "FICTIF", v, f)
				}
				if colonnes[i] == "montant" && v != "" {
					assert.Empty(t, vus[v], "%s stands in %s too: %s", v, f, l)
					vus[v] = l
					if strings.HasSuffix(v, "5") && len(v)-strings.Index(v, ".") == 4 {
						ties++
					}
				}
			}
		}
	}
	assert.Greater(t, ties, 50, "half cents")
	for _, c := range []tarif.Code{"CS", "C", "K", "KC", "AMI", "B", "ATU", "FFM", "SE1", "SE2", "SE3", "SE4", "SE5", "SE6", "SE7", "SE8", "APE", "FSD", "FTN", "FTR", "FR2", "VDE", "FEF"} {
		_, err := o.Tables.Lettre(c, jour, jour)
		assert.NoError(t, err)
		_, err = o.Tables.Prix(c, "01", tarif.ExDG, "metropole", jour, jour)
		assert.NoError(t, err)
	}
	p, err := o.Tables.PrixCCAM("ZZFA901", "1", "0", "16", jour, jour)
	require.NoError(t, err)
	assert.Equal(t, "126.515", p.Montant.String())
	tmf, err := o.Tables.Parametre("tmf", simphonie.MustJour("2026-02-28"), jour)
	require.NoError(t, err)
	assert.Equal(t, "24.00", tmf.Montant.String())
}
