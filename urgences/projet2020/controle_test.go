package projet2020_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
	"github.com/simphonie/simphonie/urgences/projet2020"
)

// lignes makes bare lines: a supplement hangs on the first line.
func lignes(cs ...tarif.Code) []facture.Ligne {
	var ls []facture.Ligne
	for _, c := range cs {
		l := facture.Ligne{Code: c, Support: -1}
		if c[:2] == "ZS" {
			l.Support = 0
		}
		ls = append(ls, l)
	}
	return ls
}

// Each control finds its fault, and nothing else.
func TestControler(t *testing.T) {
	for _, c := range []struct {
		nom       string
		lignes    []facture.Ligne
		attendues []simphonie.Code
	}{
		{"juste", lignes("ZA3", "ZSC", "ZSI", "ZS3", "ZSB", "ZSM", "ZPA"), nil},
		{"sans forfait", lignes("ZPA"), []simphonie.Code{"P20-FORFAIT-UNIQUE"}},
		{"deux forfaits", lignes("ZA3", "ZA3", "ZPA"), []simphonie.Code{"P20-FORFAIT-UNIQUE"}},
		{"autre âge", lignes("ZA4", "ZPA"), []simphonie.Code{"P20-FORFAIT-AGE"}},
		{"supplément seul", lignes("ZPA", "ZSB"), []simphonie.Code{"P20-FORFAIT-UNIQUE", "P20-SANS-FORFAIT"}},
		{"deux fois un contexte", lignes("ZA3", "ZSB", "ZSB", "ZPA"), []simphonie.Code{"P20-SUPPLEMENT-UNIQUE"}},
		{"debout et couché", lignes("ZA3", "ZSC", "ZSD", "ZPA"), []simphonie.Code{"P20-SUPPLEMENT-UNIQUE"}},
		{"sans FPU", lignes("ZA3"), []simphonie.Code{"P20-PATIENT-UNIQUE"}},
		{"deux FPU", lignes("ZA3", "ZPA", "ZPR"), []simphonie.Code{"P20-PATIENT-UNIQUE", "P20-DECLINAISON"}},
		{"autre déclinaison", lignes("ZA3", "ZPL"), []simphonie.Code{"P20-DECLINAISON"}},
		{"détail des actes", lignes("ZA3", "ZPA", "YYYY001"), []simphonie.Code{"P20-HORS-CATALOGUE"}},
		{"FU2 des règles en vigueur", lignes("ZA3", "FU2", "ZPA"), []simphonie.Code{"P20-HORS-CATALOGUE"}},
		{"FPU modulé", []facture.Ligne{{Code: "ZA3", Support: -1}, {Code: "ZPA", Support: -1, CoefMCO: 10625}}, []simphonie.Code{"P20-FPU-MODULE"}},
		{"autre jour", []facture.Ligne{{Code: "ZA3", Support: -1, Execution: jour("1970-06-14")}, {Code: "ZPA", Support: -1}},
			[]simphonie.Code{"P20-NAISSANCE", "DROITS-FERMES"}},
		{"âge du jour de la ligne", []facture.Ligne{{Code: "ZA2", Support: -1, Execution: jour("1990-06-14"), Reference: jour("2022-06-01")}, {Code: "ZPA", Support: -1}},
			nil},
	} {
		t.Run(c.nom, func(t *testing.T) {
			as, err := projet2020.Controler(ordinaire(t, "2022-06-01 10:00"), c.lignes, options(t))
			require.NoError(t, err)
			if len(c.attendues) == 0 {
				assert.Empty(t, as)
				return
			}
			assert.Equal(t, c.attendues, as.Codes(), "%v", as)
			for _, a := range as {
				assert.True(t, a.Gravite.Stoppe())
				assert.NotContains(t, a.Message, "{")
			}
		})
	}
}

// The C2S leaves nothing to pay, and the engine's own lines pass the controls.
func TestControlerC2S(t *testing.T) {
	p := avec(ordinaire(t, "2022-06-01 10:00"), situation(droits.SituationC2SCaisse))
	r := compute(t, p, options(t))
	facturable(t, &r)
	as, err := projet2020.Controler(p, r.Facture.Lignes, options(t))
	require.NoError(t, err)
	assert.Empty(t, as)
	r.Facture.Lignes[2].MRC--
	as, err = projet2020.Controler(p, r.Facture.Lignes, options(t))
	require.NoError(t, err)
	assert.Equal(t, []simphonie.Code{"P20-C2S-RESTE"}, as.Codes())
	assert.Equal(t, []string{"ZPA", "0.01"}, as[0].Valeurs)
}

// Data that does not stand, or a day before the project, is said instead.
func TestControlerImpossible(t *testing.T) {
	p := ordinaire(t, "2021-02-28 10:00")
	as, err := projet2020.Controler(p, nil, options(t))
	require.NoError(t, err)
	assert.Equal(t, []simphonie.Code{"P20-HORS-PROJET"}, as.Codes())
	p.Venue = ""
	as, err = projet2020.Controler(p, nil, options(t))
	require.NoError(t, err)
	assert.Equal(t, []simphonie.Code{"P20-VENUE"}, as.Codes())
	_, err = projet2020.Controler(p, nil, nil)
	assert.Error(t, err)
}
