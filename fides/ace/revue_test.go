package ace_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/ace"
)

// The gap of purchase follows a product that is reimbursed, its margin is of
// the same nature as the product.
func TestDerivesHorsRemboursement(t *testing.T) {
	libre := produit(droits.LPP, "DVO", "1234567", "40.00")
	libre.Qualificatif = facture.QualifGratuit
	r := compute(t, venue(t, libre), options(t))
	assert.Equal(t, "DVO 0.00 0 0 0.00 0.00 0.00", resume(r), "no gap of what is free")

	marge := produit(droits.Retrocede, "PHD", "8000001", "10.00")
	marge.Produit.Marge, marge.Qualificatif = 22_00, facture.QualifNonRemboursable
	r = compute(t, venue(t, marge), options(t))
	assert.Equal(t, "PHD 0.00 0 0 0.00 0.00 0.00 | MAR 0.00 0 0 0.00 0.00 0.00", resume(r))
	patient, err := une(t, r).TotalPar(simphonie.Patient)
	require.NoError(t, err)
	assert.Equal(t, "32.00", patient.String())
}

// What is free or not reimbursed has no base: no reading counts it in a threshold.
func TestSeuilSansHorsFacture(t *testing.T) {
	o := options(t)
	o.Interpretations.SommeSeuil = ace.SommeTous
	v := venue(t, ccam("AAAA010", "04"), ccam("AAAA006", "04"))
	v.Prestations[1].Qualificatif = facture.QualifNonRemboursable
	assert.Equal(t, "ATM 100.30 70 0 70.21 30.09 0.00 | ATM 0.00 0 0 0.00 0.00 0.00", resume(compute(t, v, o)))

	v = venue(t, ccam("AAAA010", "04"), ccam("AAAA006", "04"), forfait("SE1"), forfait("SE2")) // the AME looks at the sum for its second SE
	v.Prestations[1].Qualificatif = facture.QualifGratuit
	v.Droits.Situations = []droits.Droit[droits.CodeSituation]{{Code: "10"}}
	assert.Equal(t, "0", ligne(t, une(t, compute(t, v, options(t))), "SE2").Exoneration.String())
}

// A base rate that changed between prescription and execution is no change of
// exemption: the reference date gives it (RG_CF613).
func TestTauxDeBaseALaDateDeReference(t *testing.T) {
	o := options(t)
	b, err := droits.LoadTauxBase(strings.NewReader("prestation;specialite;colonne;taux;du;au;reference\n" +
		"CS;*;general;70;2020-01-01;2026-05-11;FICTIF\nCS;*;general;60;2026-05-12;;FICTIF\n"))
	require.NoError(t, err)
	o.Baremes.Base = b
	v := venue(t, ngap("CS", "15"))
	v.Prestations[0].Prescription = jour("2026-05-01")
	assert.Equal(t, "CS 26.50 60 0 15.90 10.60 0.00", resume(compute(t, v, o)))
}

// An invoice holds 999 lines, those that follow a product included (zone 0539).
func TestLignesParFacture(t *testing.T) {
	var ps []ace.Prestation
	for range 960 {
		ps = append(ps, produit(droits.LPP, "DVO", "1234567", "40.00"))
	}
	o := options(t)
	o.Expliquer = false
	r, err := ace.Compute(venue(t, ps...), o)
	require.NoError(t, err)
	assert.Equal(t, simphonie.Code("ACE-LIGNES"), r.Motif, "96 lines and 960 gaps")
}
