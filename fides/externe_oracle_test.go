package fides_test

import (
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides"
	"github.com/simphonie/simphonie/fides/ace"
)

// Money of a file against money of the priced invoice, on columns only: totals of
// the type 5, the AMO and the complementary body, each line against its base and
// rate, each product against its line.
func TestArgentExterne(t *testing.T) {
	graine := uint64(time.Now().UnixNano())
	t.Logf("graine %d", graine)
	r := rand.New(rand.NewPCG(graine, 3))
	o, c := optionsACE(t), convertisseur(t, fides.Interpretations{})
	tirages := 150
	if os.Getenv("SIMPHONIE_COMPLET") == "1" {
		tirages = 10_000
	}
	for i := range tirages {
		v := hasardACE(r)
		res, err := ace.Compute(v, o)
		if err != nil || res.Issue != ace.Facturable {
			continue
		}
		for j := range res.Factures {
			f := &res.Factures[j]
			d := dossierACE(v, f, 10*i+j+1)
			if d.Contexte.RSS() && produitsSeuls(&f.Facture) {
				continue
			}
			argent(t, prouve(t, c, &f.Facture, d), f)
		}
	}
}

func argent(t *testing.T, ls []string, f *ace.Facture) {
	t.Helper()
	cinq := ls[len(ls)-1]
	var base3, amo3, total3, oc3, amo4, total4, oc4, manque int
	for _, e := range coupe(t, ls[2:len(ls)-1]) {
		var base, amo, total, oc, taux, prix int
		if l := e.l; l[0] == '3' {
			base, amo, total, oc, taux, prix = cents(t, l, 83, 8), cents(t, l, 94, 8), cents(t, l, 102, 8), cents(t, l, 122, 7), cents(t, l, 91, 3), cents(t, l, 76, 7)
			base3, amo3, total3, oc3 = base3+base, amo3+amo, total3+total, oc3+oc
		} else {
			base, amo, total, oc, taux, prix = cents(t, l, 98, 7), cents(t, l, 108, 7), cents(t, l, 115, 7), cents(t, l, 123, 6), cents(t, l, 105, 3), cents(t, l, 91, 7)
			amo4, total4, oc4 = amo4+amo, total4+total, oc4+oc
		}
		// What the AMO pays less than base × rate is a participation or a majoration.
		ecart := (base*taux+50)/100 - amo
		require.GreaterOrEqual(t, ecart, 0, e.code)
		manque += ecart
		require.True(t, oc == 0 || oc == total-amo, e.code)
		produits, n := 0, 0
		for _, x := range e.dessous {
			if x[35] == 'H' {
				produits, n = produits+cents(t, x, 91, 7), n+1
			}
		}
		require.True(t, n == 0 || produits == prix, e.code)
	}
	for debut, attendu := range map[int]int{42: base3, 50: amo3, 115: total3, 82: oc3, 58: total4, 66: amo4, 90: oc4, 74: total3 - amo3 + total4 - amo4} {
		require.Equal(t, attendu, cents(t, cinq, debut, 8), "0%d", debut+500)
	}
	du, err := f.TotalPar(simphonie.AMO)
	require.NoError(t, err)
	require.Equal(t, int(du), amo3+amo4)
	var retenues simphonie.Montant
	for i := range f.Lignes {
		retenues += f.Lignes[i].TMF + f.Lignes[i].MTM
	}
	require.Equal(t, int(retenues), manque)
	switch {
	case col(ls[0], 95, 1) == "F":
		require.Zero(t, oc3+oc4)
	case col(ls[0], 119, 10) != "          " && col(ls[0], 119, 10) != "0000000000":
		require.Equal(t, int(montantAMC(&f.Facture)), oc3+oc4)
	}
}
