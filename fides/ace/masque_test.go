package ace_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/fides/ace"
	"github.com/simphonie/simphonie/internal/canari"
)

// Canaries in every personal field of a visit never come out: not in results,
// explanations, anomalies, differences or errors, nor through fmt, JSON or slog.
func TestMasque(t *testing.T) {
	n, err := simphonie.ParseDateNaissance("1996-01-13")
	require.NoError(t, err)
	nir := simphonie.NIRRecu("296013355487012")
	v := venue(t, ngap("CS", "15"), ccam("AAAA001", "04"), forfait("ATU"))
	v.Naissance = n
	v.Droits.Assure.NIR = nir
	v.Droits.Beneficiaire = droits.Beneficiaire{NIR: nir, Nom: simphonie.NewConfidentiel("CANARINOM"), Prenom: simphonie.NewConfidentiel("CANARIPRENOM"), Naissance: n}
	v.Droits.MedecinTraitant.Nom = simphonie.NewConfidentiel("CANARIMT")
	for i := range v.Prestations {
		v.Prestations[i].Orienteur = droits.Orienteur{Nom: simphonie.NewConfidentiel("CANARIOR"), Prenom: simphonie.NewConfidentiel("CANARIOP")}
	}
	var sortie strings.Builder
	r := compute(t, v, options(t))
	autre := *v
	autre.Prestations = v.Prestations[:1]
	q := compute(t, &autre, options(t))
	autre.Prestations = []ace.Prestation{{}, ngap("FU2", "15")}
	z, errZ := ace.Compute(&autre, options(t))
	autre.Prestations = []ace.Prestation{ngap("ZZ", "15")}
	_, errT := ace.Compute(&autre, options(t))
	require.Error(t, errT)
	for _, x := range []any{*v, v, v.Prestations[0], r, &r, q, z, errZ, errT, ace.Diff(&r, &q)} {
		sortie.WriteString(canari.Montre(x))
	}
	sortie.WriteString(explication(r))
	require.Greater(t, sortie.Len(), 20_000, "something must have been captured")
	for _, c := range []string{"2960133554870", "CANARI", "1996-01-13", "960113"} {
		assert.NotContains(t, sortie.String(), c)
	}
}
