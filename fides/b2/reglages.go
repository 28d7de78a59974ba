package b2

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/fixedwidth"
)

// Siecle is the first of the hundred years in which the dates AAMMJJ of
// records lie: 1990 reads 95 as 1995 and 26 as 2026. It has no default: an
// accident of the past century may appear beside care of this one. Birth dates
// keep their two digits: their century is asked, never guessed.
type Siecle int

// Valide says that the hundred years are among those a Jour holds.
func (s Siecle) Valide() bool { return s >= 1 && s <= 9900 }

// lis reads AAMMJJ; what is not a date gives none.
func (s Siecle) lis(t string) simphonie.Jour {
	v, ok := fixedwidth.Uint(t)
	if !ok || len(t) != 6 || v == 0 {
		return simphonie.Jour{}
	}
	annee := int(s) - int(s)%100 + int(v/10000)
	if annee < int(s) {
		annee += 100
	}
	j, _ := simphonie.NewJour(annee, time.Month(v/100%100), int(v%100))
	return j
}

// ecris writes AAMMJJ; it reports false for a day that would be read as
// another one.
func (s Siecle) ecris(b []byte, j simphonie.Jour) bool {
	a, m, d := j.Date()
	if a < int(s) || a >= int(s)+100 {
		return false
	}
	return fixedwidth.PutUint(b[:2], uint64(a%100)) && fixedwidth.PutUint(b[2:4], uint64(m)) && fixedwidth.PutUint(b[4:6], uint64(d))
}

// Alignement is the side on which a value stands in its zone.
type Alignement uint8

// The sides.
const (
	ADroite Alignement = iota // behind zeros
	AGauche
)

// Remplissage is the form of a zone that holds nothing.
type Remplissage uint8

// The forms.
const (
	SelonZone Remplissage = iota // as the rule of the zone prints it
	Zeros
	Blancs
)

// Reglages settles how records are written. FinDeLigne, Charset and Siecle
// have no default: no public text gives them.
type Reglages struct {
	Table      *Table // that of FIDES when nil
	FinDeLigne FinDeLigne
	Charset    Charset
	Siecle     Siecle
	// SansDerniereFin leaves the last record without its end of line.
	SansDerniereFin bool
	// DateAccident is the side of a date in zone 0286: on the right it stands
	// behind three zeros, as the rules print it (000180831 for 31/08/2018); on
	// the left it stands before them. A Reader takes both.
	DateAccident Alignement
	// NumeroOC is the side of the number in zone 02119: on the right behind
	// zeros, or on the left before spaces. A Reader takes both.
	NumeroOC Alignement
	// NonRenseignees gives the form of zones for which the rules disagree, by
	// zone: 3F39 and the other zones of the table with a Tolere. A Reader
	// takes both forms.
	NonRenseignees map[string]Remplissage
	// Decidees are rules of gravity AVerifier (the keys of numbers) that a
	// person has decided to let through: a Writer refuses them otherwise.
	Decidees []simphonie.Code
}

// valide checks the settings and gives the model of each record.
func (g *Reglages) valide() (map[*layout]string, error) {
	switch {
	case g.FinDeLigne < FinLF || g.FinDeLigne > FinAucune:
		return nil, erreurReglage("FinDeLigne", "say which end of line the recipient wants: there is no default")
	case g.Charset < ASCII || g.Charset > UTF8:
		return nil, erreurReglage("Charset", "say which charset the recipient wants: there is no default")
	case !g.Siecle.Valide():
		return nil, erreurReglage("Siecle", "give the first of the hundred years of the dates: there is no default")
	case g.DateAccident > AGauche || g.NumeroOC > AGauche:
		return nil, erreurReglage("Alignement", "unknown value")
	}
	for _, code := range g.Decidees {
		if !slices.ContainsFunc(regles, func(r *regle) bool { return r.Code == code && r.Gravite == simphonie.AVerifier }) {
			return nil, erreurReglage("Decidees", "a rule of gravity AVerifier is wanted")
		}
	}
	return g.modeles()
}

// modeles gives each record with its constants and unset forms.
func (g *Reglages) modeles() (map[*layout]string, error) {
	if g.Table == nil {
		g.Table = TableFIDES()
	}
	ms := make(map[*layout]string, len(g.Table.layouts))
	for _, l := range g.Table.layouts {
		ms[l] = l.modele
	}
	for _, id := range slices.Sorted(maps.Keys(g.NonRenseignees)) {
		l, z := g.Table.cherche(id)
		if z == nil || z.Tolere == "" {
			return nil, erreurReglage("NonRenseignees["+id+"]", "the table has one form only for this zone")
		}
		var plein string
		switch g.NonRenseignees[id] {
		case SelonZone:
			continue
		case Zeros:
			plein = strings.Repeat("0", z.Largeur)
		case Blancs:
			plein = strings.Repeat(" ", z.Largeur)
		default:
			return nil, erreurReglage("NonRenseignees["+id+"]", "unknown value")
		}
		ms[l] = ms[l][:z.debut] + plein + ms[l][z.fin:]
	}
	return ms, nil
}

// cherche finds a zone by its name.
func (t *Table) cherche(id string) (*layout, *Zone) {
	for _, l := range t.layouts {
		if z := l.parID[id]; z != nil {
			return l, z
		}
	}
	return nil, nil
}
