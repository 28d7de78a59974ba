package facture_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
)

// A coefficient replays like an amount: 1.11 × 0.995 = 1.10445, half-up 1.1045;
// then 51.37 × 1.1045 = 56.738165 = 56.74. A wrong one, or one that no step
// made, is refused.
func TestCoefficientRejoue(t *testing.T) {
	r := &simphonie.Regle{Code: "EX-COEF", Source: "RG_CF656", Message: "Coefficient."}
	x := facture.NewExplication()
	x.CalculeCoefficient(0, r, 11045, facture.Donnee("CG", facture.DeFacteur(simphonie.PourCent(11))),
		facture.Donnee("CP", facture.DeFacteur(-5000)))
	x.Calcule(0, r, facture.Produit, facture.ChampProduit, 5137, &tarif.ArrVF643Produit, facture.Donnee("prix", facture.DePrix(51_370_000)))
	x.Calcule(0, r, facture.Produit, facture.ChampBRAMO, 5674, &tarif.ArrVF643,
		facture.Resultat(0, facture.ChampProduit, 5137), facture.ResultatCoefficient(0, 11045))
	assert.Equal(t, "L1 Coefficient MCO : 1.11 × 0.995 = 1.1045 (ARR-CF656) [EX-COEF, RG_CF656]\n"+
		"L1 Prix avant coefficient MCO : 51.37 = 51.37 (ARR-VF643-PRODUIT) [EX-COEF, RG_CF656]\n"+
		"L1 Base AMO : 51.37 × 1.1045 = 56.74 (ARR-VF643) [EX-COEF, RG_CF656]", x.String())
	b, err := json.Marshal(x)
	require.NoError(t, err)
	montants, err := facture.Rejouer(b)
	require.NoError(t, err)
	assert.Equal(t, "1.1045", montants["L1.COEFMCO"].String())
	assert.Equal(t, "56.74", montants["L1.BRAMO"].String())

	_, err = facture.Rejouer([]byte(strings.ReplaceAll(string(b), "1.1045", "1.1044")))
	assert.ErrorContains(t, err, "FAC-REJEU")
	x.Etapes = x.Etapes[1:]
	b, err = json.Marshal(x)
	require.NoError(t, err)
	_, err = facture.Rejouer(b)
	assert.ErrorContains(t, err, "L1.COEFMCO was not computed before")
}

// The multiplier of a rate does not wrap at the width of a Taux.
func TestDeFacteur(t *testing.T) {
	assert.Equal(t, "2148.483647", facture.DeFacteur(1<<31-1).String())
	assert.Equal(t, "1.00", facture.DeFacteur(0).String())
}
