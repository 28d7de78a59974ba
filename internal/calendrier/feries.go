// Package calendrier knows public holidays and time zones of the places where
// French hospitals stand.
//
// The holidays are the statutory ones, read from feries.csv with their article.
// Good Friday, which Alsace-Moselle observes only in communes that have a
// Protestant or mixed church, is in the list: an establishment elsewhere gives
// a calendar of its own.
package calendrier

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/simphonie/simphonie"
)

//go:embed feries.csv
var feriesCSV string

// Calendrier is the list of holidays of one place.
type Calendrier struct {
	fixes   map[int]string // month*100 + day
	mobiles map[int]string // days from Easter Sunday
}

var calendriers = sync.OnceValues(func() (map[simphonie.Territoire]*Calendrier, error) {
	return lit(feriesCSV)
})

// Legaux gives the statutory holidays of a place.
func Legaux(t simphonie.Territoire) (*Calendrier, error) {
	tous, err := calendriers()
	if err != nil {
		return nil, err
	}
	c, ok := tous[t]
	if !ok {
		return nil, errTerritoire
	}
	return c, nil
}

var errTerritoire = &simphonie.Erreur{Code: "CAL-TERRITOIRE", Chemin: "territoire",
	Detail: "unknown place: name the département's territoire, or give a calendar"}

// Ferie says that the day is a public holiday.
func (c *Calendrier) Ferie(j simphonie.Jour) bool { return c.Nom(j) != "" }

// Nom gives the name of the holiday, or "".
func (c *Calendrier) Nom(j simphonie.Jour) string {
	a, m, d := j.Date()
	if n, ok := c.fixes[int(m)*100+d]; ok {
		return n
	}
	// Mobile holidays lie between Good Friday and Whit Monday.
	if m < time.March || m > time.June {
		return ""
	}
	return c.mobiles[j.DaysSince(Paques(a))]
}

// Paques gives Easter Sunday of a year of the Gregorian calendar (Meeus, Jones, Butcher).
func Paques(annee int) simphonie.Jour {
	a := annee % 19
	b, c := annee/100, annee%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	j, err := simphonie.NewJour(annee, time.Month(n/31), n%31+1)
	if err != nil {
		return simphonie.Jour{}
	}
	return j
}

func lit(s string) (map[simphonie.Territoire]*Calendrier, error) {
	r := csv.NewReader(strings.NewReader(s))
	r.Comma, r.Comment, r.FieldsPerRecord = ';', '#', 4
	lignes, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("calendrier: %w", err)
	}
	tous := map[simphonie.Territoire]*Calendrier{}
	for _, t := range simphonie.Territoires() {
		tous[t] = &Calendrier{fixes: map[int]string{}, mobiles: map[int]string{}}
	}
	for _, l := range lignes[1:] {
		for t, c := range tous {
			if l[0] != "*" && l[0] != t.String() {
				continue
			}
			if err := c.ajoute(l[1], l[2]); err != nil {
				return nil, err
			}
		}
	}
	return tous, nil
}

func (c *Calendrier) ajoute(regle, nom string) error {
	if ecart, ok := strings.CutPrefix(regle, "paques"); ok {
		n, err := strconv.Atoi(ecart)
		c.mobiles[n] = nom
		return err
	}
	m, j, _ := strings.Cut(regle, "-")
	mois, err := strconv.Atoi(m)
	if err != nil {
		return fmt.Errorf("calendrier: %w", err)
	}
	jour, err := strconv.Atoi(j)
	c.fixes[mois*100+jour] = nom
	return err
}
