package nomenclature_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/tarif"
)

var jour = simphonie.MustJour

func depuis(du, connuLe string) nomenclature.Date {
	return nomenclature.Date{Periode: simphonie.Periode{Du: jour(du)}, Reference: "FICTIF", ConnuLe: jour(connuLe)}
}

func prix(t *testing.T, du, connuLe, euros string) nomenclature.Prix {
	p, err := simphonie.ParsePrix(euros)
	require.NoError(t, err)
	return nomenclature.Prix{Date: depuis(du, connuLe), Montant: p}
}

// The row of a specialty wins over that of all, a later publication over an earlier.
func TestPrix(t *testing.T) {
	ts, err := nomenclature.New(nomenclature.Donnees{Prix: []nomenclature.LignePrix{
		{Prix: prix(t, "2026-01-01", "2025-12-01", "10.01"), Code: "CS", Specialite: "*", Secteur: "*", Zone: "*"},
		{Prix: prix(t, "2026-02-01", "2026-03-01", "11.02"), Code: "CS", Specialite: "*", Secteur: "*", Zone: "*"},
		{Prix: prix(t, "2026-01-01", "2025-12-01", "12.03"), Code: "CS", Specialite: "04", Secteur: "*", Zone: "*"},
	}})
	require.NoError(t, err)
	for _, c := range []struct{ specialite, jour, connuAu, attendu string }{
		{"01", "2026-02-02", "2026-02-15", "10.01"},
		{"01", "2026-02-02", "2026-03-01", "11.02"},
		{"04", "2026-02-02", "2026-03-01", "12.03"},
	} {
		p, err := ts.Prix("CS", c.specialite, tarif.ExDG, "metropole", jour(c.jour), jour(c.connuAu))
		require.NoError(t, err)
		assert.Equal(t, c.attendu, p.Montant.String(), "%+v", c)
	}
	_, err = ts.Prix("C", "01", tarif.ExDG, "metropole", jour("2026-02-02"), jour("2026-02-02"))
	a, ok := errors.AsType[*nomenclature.Absent](err)
	require.True(t, ok)
	assert.Equal(t, nomenclature.Absent{Table: "prix", Cle: "C/01/ex-dg/metropole", Jour: jour("2026-02-02"), ConnuAu: jour("2026-02-02")}, *a)
}
