package calendrier_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/calendrier"
)

var jour = simphonie.MustJour

// Easter Sundays of the almanac, the earliest and the latest possible among them.
func TestPaques(t *testing.T) {
	for _, s := range []string{"1818-03-22", "1943-04-25", "2000-04-23", "2008-03-23", "2022-04-17", "2023-04-09", "2024-03-31",
		"2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21", "2038-04-25"} {
		a, _, _ := jour(s).Date()
		assert.Equal(t, jour(s), calendrier.Paques(a))
	}
	for a := 1600; a < 2600; a++ {
		assert.Equal(t, time.Sunday, calendrier.Paques(a).Weekday())
	}
	assert.True(t, calendrier.Paques(0).IsZero())
}

func TestFeries(t *testing.T) {
	communs := []string{"2026-01-01", "2026-04-06", "2026-05-01", "2026-05-08", "2026-05-14", "2026-05-25",
		"2026-07-14", "2026-08-15", "2026-11-01", "2026-11-11", "2026-12-25"}
	propres := map[simphonie.Territoire][]string{
		simphonie.Metropole: nil, simphonie.AlsaceMoselle: {"2026-04-03", "2026-12-26"},
		simphonie.Guadeloupe: {"2026-05-27"}, simphonie.Martinique: {"2026-05-22"}, simphonie.Guyane: {"2026-06-10"},
		simphonie.Reunion: {"2026-12-20"}, simphonie.Mayotte: {"2026-04-27"},
	}
	require.Len(t, propres, len(simphonie.Territoires()))
	for lieu, siens := range propres {
		c, err := calendrier.Legaux(lieu)
		require.NoError(t, err)
		attendus := map[string]bool{}
		for _, s := range append(siens, communs...) {
			attendus[s] = true
		}
		for j := jour("2026-01-01"); !j.After(jour("2026-12-31")); j = j.AddDays(1) {
			assert.Equal(t, attendus[j.String()], c.Ferie(j), "%s %s", lieu, j)
		}
	}
	c, err := calendrier.Legaux(simphonie.Metropole)
	require.NoError(t, err)
	assert.Equal(t, "Ascension", c.Nom(jour("2026-05-14")))
	// Ascension fell on 1 May in 2008: one day, named once.
	assert.True(t, c.Ferie(jour("2008-05-01")))
	_, err = calendrier.Legaux(0)
	assert.ErrorContains(t, err, "CAL-TERRITOIRE")
}

func TestZones(t *testing.T) {
	for lieu, decalage := range map[simphonie.Territoire]string{
		simphonie.Metropole: "+02:00", simphonie.AlsaceMoselle: "+02:00", simphonie.Guadeloupe: "-04:00",
		simphonie.Martinique: "-04:00", simphonie.Guyane: "-03:00", simphonie.Reunion: "+04:00", simphonie.Mayotte: "+03:00",
	} {
		i, err := calendrier.Instant(lieu, jour("2026-07-15"), 10, 30)
		require.NoError(t, err)
		assert.Equal(t, "2026-07-15T10:30:00"+decalage, i.Format(time.RFC3339), lieu)
	}
	_, err := calendrier.Zone(0)
	assert.ErrorContains(t, err, "CAL-TERRITOIRE")
}

// Summer time began on 29 March 2026 at 2:00 and ended on 25 October at 3:00.
func TestHeureEte(t *testing.T) {
	for _, c := range []struct {
		jour   string
		h, m   int
		faute  string
		format string
	}{
		{"2026-03-29", 1, 59, "", "2026-03-29T01:59:00+01:00"},
		{"2026-03-29", 2, 0, "CAL-HEURE-INEXISTANTE", ""},
		{"2026-03-29", 2, 59, "CAL-HEURE-INEXISTANTE", ""},
		{"2026-03-29", 3, 0, "", "2026-03-29T03:00:00+02:00"},
		{"2026-10-25", 1, 59, "", "2026-10-25T01:59:00+02:00"},
		{"2026-10-25", 2, 0, "CAL-HEURE-DOUBLE", ""},
		{"2026-10-25", 2, 59, "CAL-HEURE-DOUBLE", ""},
		{"2026-10-25", 3, 0, "", "2026-10-25T03:00:00+01:00"},
		{"2026-10-25", 24, 0, "CAL-HEURE heure", ""},
		{"2026-10-25", 1, 60, "CAL-HEURE heure", ""},
	} {
		i, err := calendrier.Instant(simphonie.Metropole, jour(c.jour), c.h, c.m)
		if c.faute != "" {
			assert.ErrorContains(t, err, c.faute, "%+v", c)
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, c.format, i.Format(time.RFC3339))
	}
	_, err := calendrier.Instant(simphonie.Reunion, jour("2026-10-25"), 2, 30)
	assert.NoError(t, err, "overseas places keep their hour")
	_, err = calendrier.Instant(simphonie.Metropole, simphonie.Jour{}, 2, 30)
	assert.ErrorContains(t, err, "CAL-HEURE")
}
