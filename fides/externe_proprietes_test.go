package fides_test

import (
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/fides"
	"github.com/simphonie/simphonie/fides/ace"
	"github.com/simphonie/simphonie/fides/b2"
)

// Whatever the visit of external care and the readings: every line and debtor
// is found to the cent in the file, and the order of priced lines does not matter.
func TestProprietesExternes(t *testing.T) {
	graine := uint64(time.Now().UnixNano())
	t.Logf("graine %d", graine)
	r := rand.New(rand.NewPCG(graine, 2))
	o := optionsACE(t)
	tirages := 400
	switch {
	case os.Getenv("SIMPHONIE_COMPLET") == "1":
		tirages = 10_000
	case testing.Short():
		tirages = 100
	}
	faits, refus := 0, map[string]int{}
	for i := range tirages {
		v := hasardACE(r)
		res, err := ace.Compute(v, o)
		if err != nil || res.Issue != ace.Facturable {
			refus[string(res.Motif)]++
			continue
		}
		lectures := fides.Interpretations{Ordre: []fides.Ordre{fides.Type3Dabord, fides.Type4Dabord}[r.IntN(2)],
			Imagerie: []b2.Type{b2.T3, b2.T4}[r.IntN(2)], Total: []fides.Total{fides.TotalLitteral, fides.TotalHonoraires}[r.IntN(2)]}
		c := convertisseur(t, lectures)
		for j := range res.Factures {
			f := &res.Factures[j]
			d := dossierACE(v, f, 10*i+j+1)
			if r.IntN(2) == 0 && d.Contexte.C2S() && d.Contexte.OC == "88888888" {
				d.C2S = fides.C2SEclatement
			}
			if d.Contexte.RSS() && produitsSeuls(&f.Facture) {
				continue // MT and DMT not given: FID-MT
			}
			lignes := prouve(t, c, &f.Facture, d)
			controleExterne(t, lignes, &f.Facture, &d.Contexte, lectures)
			melange(&f.Facture, r)
			require.Equal(t, trie(lignes), trie(prouve(t, c, &f.Facture, d)))
			faits++
		}
	}
	t.Log(faits, refus)
	require.Greater(t, faits, tirages/2)
}
