package simphonie

// Territoire is where an establishment stands, as far as rules care: its time
// zone, its public holidays, the zone of its tariffs.
type Territoire uint8

const (
	_ Territoire = iota
	// Metropole is European France outside the three départements below.
	Metropole
	// AlsaceMoselle is Bas-Rhin, Haut-Rhin and Moselle: two holidays more.
	AlsaceMoselle
	Guadeloupe // overseas département, as the four that follow
	Martinique // overseas département
	Guyane     // overseas département
	Reunion    // overseas département
	Mayotte    // overseas département
)

var nomsTerritoire = noms[Territoire]{"territoire", []string{"", "metropole", "alsace-moselle",
	"guadeloupe", "martinique", "guyane", "reunion", "mayotte"}}

// Territoires lists every known value.
func Territoires() []Territoire {
	return []Territoire{Metropole, AlsaceMoselle, Guadeloupe, Martinique, Guyane, Reunion, Mayotte}
}

// String gives the text form, such as alsace-moselle.
func (t Territoire) String() string { return nomsTerritoire.texte(t) }

// MarshalText gives the text form.
func (t Territoire) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads the text form.
func (t *Territoire) UnmarshalText(b []byte) error { return nomsTerritoire.lit(t, b) }
