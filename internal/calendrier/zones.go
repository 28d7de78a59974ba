package calendrier

import (
	"sync"
	"time"
	_ "time/tzdata" // the zones must not depend on the machine

	"github.com/simphonie/simphonie"
)

// nomsZones are indexed by Territoire.
var nomsZones = [...]string{
	simphonie.Metropole:     "Europe/Paris",
	simphonie.AlsaceMoselle: "Europe/Paris",
	simphonie.Guadeloupe:    "America/Guadeloupe",
	simphonie.Martinique:    "America/Martinique",
	simphonie.Guyane:        "America/Cayenne",
	simphonie.Reunion:       "Indian/Reunion",
	simphonie.Mayotte:       "Indian/Mayotte",
}

var zones = sync.OnceValues(func() (zs [len(nomsZones)]*time.Location, err error) {
	for t, nom := range nomsZones {
		if nom == "" {
			continue
		}
		if zs[t], err = time.LoadLocation(nom); err != nil {
			return zs, err
		}
	}
	return zs, nil
})

// Zone gives the time zone of a place.
func Zone(t simphonie.Territoire) (*time.Location, error) {
	zs, err := zones()
	if err != nil {
		return nil, err
	}
	if int(t) >= len(zs) || zs[t] == nil {
		return nil, errTerritoire
	}
	return zs[t], nil
}

// Instant gives the moment that a clock on the wall of a place showed. An hour
// that summer time skips, or shows twice, is an error: only a person, or a
// recorded offset, can tell which moment was meant.
func Instant(t simphonie.Territoire, j simphonie.Jour, heure, minute int) (time.Time, error) {
	z, err := Zone(t)
	if err != nil {
		return time.Time{}, err
	}
	if j.IsZero() || heure < 0 || heure > 23 || minute < 0 || minute > 59 {
		return time.Time{}, &simphonie.Erreur{Code: "CAL-HEURE", Chemin: "heure", Detail: "not an hour of a day"}
	}
	a, m, d := j.Date()
	i := time.Date(a, m, d, heure, minute, 0, 0, z)
	if i.Hour() != heure || i.Minute() != minute {
		return time.Time{}, &simphonie.Erreur{Code: "CAL-HEURE-INEXISTANTE", Chemin: "heure",
			Detail: "summer time skips this hour of " + j.String()}
	}
	for _, ecart := range []time.Duration{-time.Hour, time.Hour} {
		if autre := i.Add(ecart); autre.Hour() == heure && autre.Minute() == minute {
			return time.Time{}, &simphonie.Erreur{Code: "CAL-HEURE-DOUBLE", Chemin: "heure",
				Detail: "this hour of " + j.String() + " comes twice: give the offset from UTC"}
		}
	}
	return i, nil
}
