package simphonie_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
)

var jour = simphonie.MustJour

// Every day of four centuries agrees with the standard library.
func TestJourContreTime(t *testing.T) {
	d := time.Date(1799, 12, 30, 0, 0, 0, 0, time.UTC)
	precedent := simphonie.JourOf(d.AddDate(0, 0, -1))
	for ; d.Year() < 2201; d = d.AddDate(0, 0, 1) {
		j := simphonie.JourOf(d)
		a, m, n := j.Date()
		if a != d.Year() || m != d.Month() || n != d.Day() || j.Weekday() != d.Weekday() || j.String() != d.Format(time.DateOnly) {
			t.Fatalf("%s: %s", d, j)
		}
		if j.DaysSince(precedent) != 1 || j.AddDays(-1) != precedent || !j.After(precedent) || !precedent.Before(j) {
			t.Fatalf("%s does not follow %s", j, precedent)
		}
		precedent = j
	}
	assert.Equal(t, time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), jour("2026-03-01").In(time.UTC))
}

func TestJourTexte(t *testing.T) {
	for _, s := range []string{"0001-01-01", "2024-02-29", "9999-12-31"} {
		j, err := simphonie.ParseJour(s)
		require.NoError(t, err)
		b, err := json.Marshal(j)
		require.NoError(t, err)
		assert.Equal(t, `"`+s+`"`, string(b))
		var relu simphonie.Jour
		require.NoError(t, json.Unmarshal(b, &relu))
		assert.Equal(t, j, relu)
	}
	for _, s := range []string{"2023-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01", "26-03-01", "2026-3-1", "2026/03/01", "x", "12026-03-01", "2026-03-01T00:00:00Z"} {
		_, err := simphonie.ParseJour(s)
		assert.ErrorContains(t, err, "ID-JOUR", s)
	}
	assert.Panics(t, func() { simphonie.MustJour("x") })
	var aucun simphonie.Jour
	assert.True(t, aucun.IsZero())
	assert.Equal(t, "", aucun.String())
	assert.Equal(t, aucun, aucun.AddDays(3))
	assert.Equal(t, aucun, aucun.AddMonths(3))
	assert.Equal(t, aucun, simphonie.JourOf(time.Time{}))
	require.NoError(t, json.Unmarshal([]byte(`""`), &aucun))
	assert.True(t, aucun.IsZero())
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		du      string
		mois    int
		attendu string
	}{
		{"2025-10-31", 4, "2026-02-28"}, {"2027-10-31", 4, "2028-02-29"}, {"2026-01-31", 1, "2026-02-28"},
		{"2026-03-31", -1, "2026-02-28"}, {"2024-02-29", 12, "2025-02-28"}, {"2026-11-15", 2, "2027-01-15"}, {"2026-01-15", -13, "2024-12-15"},
	} {
		assert.Equal(t, jour(c.attendu), jour(c.du).AddMonths(c.mois), "%+v", c)
	}
}

func TestPeriode(t *testing.T) {
	p := simphonie.Periode{Du: jour("2026-01-01"), Au: jour("2026-01-31")}
	assert.True(t, p.Contains(jour("2026-01-01")) && p.Contains(jour("2026-01-31")))
	assert.False(t, p.Contains(jour("2025-12-31")) || p.Contains(jour("2026-02-01")))
	assert.True(t, simphonie.Periode{}.Contains(jour("2026-01-01")))
	assert.True(t, p.Valide() && simphonie.Periode{Du: jour("2026-01-01")}.Valide())
	assert.False(t, simphonie.Periode{Du: jour("2026-02-01"), Au: jour("2026-01-31")}.Valide())
}

func TestDateNaissance(t *testing.T) {
	for _, c := range []struct {
		texte, affiche, calcul string
		lunaire, siecle        bool
	}{
		{"1950-06-15", "1950-**-**", "1950-06-15", false, false},
		{"1950-42-00", "1950-**-**", "1950-01-01", true, false},
		{"1950-02-30", "1950-**-**", "1950-01-01", true, false},
		{"50-06-15", "50-**-**", "", false, true},
		{"00-02-29", "00-**-**", "", false, true},
	} {
		d, err := simphonie.ParseDateNaissance(c.texte)
		require.NoError(t, err, c.texte)
		assert.Equal(t, c.affiche, d.String())
		assert.Equal(t, c.texte, d.Clair())
		assert.Equal(t, c.lunaire, d.Lunaire(), c.texte)
		assert.Equal(t, c.siecle, d.SiecleInconnu())
		n, err := d.PourCalcul()
		if c.calcul == "" {
			assert.ErrorContains(t, err, "ID-NAISSANCE-SIECLE")
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, c.calcul, n.String())
		assert.Equal(t, d, d.AvecSiecle(18), "a date with its century does not change")
	}
	for _, s := range []string{"", "0000-01-01", "1950-6-15", "195-06-15", "1950-06-1x", "***", "1950-**-**"} {
		_, err := simphonie.ParseDateNaissance(s)
		assert.Error(t, err, s)
	}
	d, err := simphonie.ParseDateNaissance("50-06-15")
	require.NoError(t, err)
	assert.Equal(t, "1950-06-15", d.AvecSiecle(19).Clair())
	assert.Equal(t, d, d.AvecSiecle(0))
	assert.Equal(t, "1950-06-15", simphonie.NaissanceLe(jour("1950-06-15")).Clair())
	assert.True(t, simphonie.NaissanceLe(simphonie.Jour{}).IsZero())
	var aucune simphonie.DateNaissance
	assert.Equal(t, "", aucune.Clair()+aucune.String())
	assert.False(t, aucune.Lunaire())
	_, err = aucune.AgeLe(jour("2026-01-01"))
	assert.ErrorContains(t, err, "ID-NAISSANCE-ABSENTE")
	_, err = simphonie.NaissanceLe(jour("2026-01-02")).AgeLe(jour("2026-01-01"))
	assert.ErrorContains(t, err, "ID-NAISSANCE-APRES")
}

func TestAge(t *testing.T) {
	age := func(n, j string) simphonie.Age {
		a, err := simphonie.NaissanceLe(jour(n)).AgeLe(jour(j))
		require.NoError(t, err)
		return a
	}
	assert.Equal(t, "0 mois", age("2026-03-01", "2026-03-01").String())
	assert.Equal(t, "3 mois", age("2025-11-02", "2026-03-01").String())
	assert.Equal(t, "4 mois", age("2025-11-01", "2026-03-01").String())
	assert.Equal(t, "23 mois", age("2024-03-02", "2026-03-01").String())
	assert.Equal(t, "2 ans", age("2024-03-01", "2026-03-01").String())
	assert.Equal(t, 16, age("2010-03-01", "2026-03-01").Ans())
	assert.Equal(t, 15, age("2010-03-02", "2026-03-01").Ans())
	assert.True(t, age("2010-03-02", "2026-03-01").Less(simphonie.AgeAns(16)))
	assert.Equal(t, simphonie.AgeAns(1), simphonie.AgeMois(12))
	assert.Equal(t, 12, simphonie.AgeAns(1).Mois())
}
