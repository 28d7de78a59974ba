package urgences

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
)

// debutReforme is the first day of care of the emergency forfaits. The later
// starts that the texts of the SFG still print are leftovers.
var debutReforme = simphonie.MustJour("2022-01-01")

// jeu is a set of rules: what changes from one arrêté to the next.
type jeu struct {
	id      tarif.JeuRegles
	du      simphonie.Jour // first day of care
	connuLe simphonie.Jour // publication
	ages    []bande        // age forfaits
	enfants bool           // FU0, PE1 and PE2 exist
}

// bande is an age band: from an age, up to the next band of the list.
type bande struct {
	code tarif.Code
	des  simphonie.Age
}

// The latest first. The arrêté of 31 March 2023 was published on 4 April for
// care from 1 March.
var jeux = []jeu{
	{
		id: "urgences/2023-03-01", du: simphonie.MustJour("2023-03-01"), connuLe: simphonie.MustJour("2023-04-04"),
		ages: []bande{{FU0, simphonie.AgeMois(0)}, {FU1, simphonie.AgeMois(4)}, {FU2, simphonie.AgeAns(16)},
			{FU3, simphonie.AgeAns(45)}, {FU4, simphonie.AgeAns(75)}},
		enfants: true,
	},
	{
		id: "urgences/2022-01-01", du: debutReforme,
		ages: []bande{{FU1, simphonie.AgeMois(0)}, {FU2, simphonie.AgeAns(16)},
			{FU3, simphonie.AgeAns(45)}, {FU4, simphonie.AgeAns(75)}},
	},
}

// agesBiologie are the bands of the biology supplements, in every set.
var agesBiologie = []bande{{SUB, simphonie.AgeMois(0)}, {SB2, simphonie.AgeAns(16)}, {SB3, simphonie.AgeAns(45)}}

// jeuAu gives the rules for care of a day as known at a date; nil before the reform.
func jeuAu(jour, connuAu simphonie.Jour) *jeu {
	for i := range jeux {
		if !jour.Before(jeux[i].du) && !connuAu.Before(jeux[i].connuLe) {
			return &jeux[i]
		}
	}
	return nil
}

// codeAge gives the code of the band of an age: a band begins on the birthday
// and ends on the eve of the next one's (RG_IP708).
func codeAge(bs []bande, a simphonie.Age) tarif.Code {
	c := bs[0].code
	for _, b := range bs {
		if a.Less(b.des) {
			break
		}
		c = b.code
	}
	return c
}
