package fides_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides"
	"github.com/simphonie/simphonie/tarif"
)

// The table on each side of its dates.
func TestPerimetre(t *testing.T) {
	for _, c := range []struct {
		soins fides.Soins
		jour  string
		etat  fides.EtatPerimetre
	}{
		{fides.SejoursMCO, "2021-12-24", fides.SelonDemarrage},
		{fides.SejoursMCO, "2021-12-25", fides.NonFacture},
		{fides.SejoursMCO, "2027-03-01", fides.NonFacture}, // no stay comes back on that day
		{fides.ACEMCO, "2016-02-29", fides.SelonDemarrage},
		{fides.ACEMCO, "2016-03-01", fides.FactureCaisse},
		{fides.ACESMR, "2022-01-01", fides.SelonDemarrage},
		{fides.ActivitesForfait, "2022-01-01", fides.SelonDemarrage},
	} {
		p, err := fides.PerimetreDe(c.soins, tarif.ExDG, jour(c.jour))
		require.NoError(t, err, "%s %s", c.soins, c.jour)
		assert.Equal(t, c.etat, p.Etat, "%s %s", c.soins, c.jour)
		assert.NotEmpty(t, p.Source)
		assert.Equal(t, c.etat != fides.FactureCaisse, p.ALaPlace != "", "%s: what instead", c.soins)
	}
	for _, c := range []struct {
		soins fides.Soins
		jour  string
	}{{fides.SejoursSMR, "2026-03-01"}, {fides.SejoursPsychiatrie, "2026-03-01"}, {fides.ActivitesForfait, "2021-12-31"},
		{fides.ACESMR, "2021-12-31"}, {fides.ACEMCO, "2011-12-31"}, {"autre", "2026-03-01"}} {
		_, err := fides.PerimetreDe(c.soins, tarif.ExDG, jour(c.jour))
		assert.ErrorIs(t, err, fides.ErrPerimetreInconnu, "%s %s", c.soins, c.jour)
		assert.ErrorContains(t, err, "FID-PERIMETRE")
	}
	_, err := fides.PerimetreDe(fides.ACEMCO, tarif.ExDG, simphonie.Jour{})
	assert.ErrorIs(t, err, fides.ErrPerimetreInconnu)
	_, err = fides.PerimetreDe(fides.SejoursMCO, tarif.ExOQN, jour("2026-03-01"))
	assert.ErrorIs(t, err, fides.ErrSecteurNonCouvert)
}

// A line of a stay never becomes an invoice for the caisse, whatever its code.
func TestSejourNonConverti(t *testing.T) {
	p := ordinaire(t)
	r := prix(t, p, options(t))
	for _, c := range []struct {
		jour string
		code simphonie.Code
	}{{"2026-03-04", "FID-SEJOUR-NON-FACTURE"}, {"2021-12-24", "FID-CODE"}} {
		f := r.Facture
		f.Lignes = append([]facture.Ligne(nil), f.Lignes...)
		l := &f.Lignes[0]
		l.Execution = jour(c.jour)
		l.Detail = facture.Detail{Sejour: &facture.DetailSejour{Du: l.Execution, Au: l.Execution, Jours: 1}}
		res, err := convertisseur(t, fides.Interpretations{}).Convertir(&f, dossier(p, r, 1))
		require.NoError(t, err)
		assert.Contains(t, res.Anomalies.Codes(), c.code)
		assert.Empty(t, res.Factures)
	}
}

// Whether a stay is billed to the caisse, before and after the rule changed.
func ExamplePerimetreDe() {
	for _, j := range []string{"2021-12-24", "2021-12-25"} {
		p, err := fides.PerimetreDe(fides.SejoursMCO, tarif.ExDG, simphonie.MustJour(j))
		fmt.Println(j, p.Etat, err)
	}
	// Output:
	// 2021-12-24 selon-demarrage <nil>
	// 2021-12-25 non-facture <nil>
}
