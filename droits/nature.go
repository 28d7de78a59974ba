package droits

import "github.com/simphonie/simphonie"

// Nature is the nature d'assurance of an invoice.
type Nature uint8

// Natures d'assurance. The norme B2 writes them 10 (or 13), 30, 41 and 90.
const (
	_ Nature = iota
	Maladie
	Maternite
	ATMP
	Prevention
)

var nomsNature = [...]string{"", "maladie", "maternite", "at-mp", "prevention"}

// String gives the text form.
func (n Nature) String() string {
	if int(n) < len(nomsNature) {
		return nomsNature[n]
	}
	return "inconnue"
}

// MarshalText gives the text form.
func (n Nature) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalText reads the text form.
func (n *Nature) UnmarshalText(b []byte) error {
	for i, nom := range nomsNature {
		if nom == string(b) {
			*n = Nature(i)
			return nil
		}
	}
	return &simphonie.Erreur{Code: "DROITS-NATURE", Chemin: "nature", Detail: "maladie, maternite, at-mp or prevention is wanted"}
}

// Prestation is what rights need to know of the care.
type Prestation struct {
	// LieeAT says that the care is linked to a declared accident at work or
	// occupational disease.
	LieeAT bool `json:"lieeAT,omitempty"`
	// IdentifiantAT names the accident when several are declared.
	IdentifiantAT string `json:"identifiantAT,omitempty"`
	// LieeMaternite says that the care is linked to maternity.
	LieeMaternite bool `json:"lieeMaternite,omitempty"`
	// Prevention says that the medical motive is a prevention scheme.
	Prevention bool `json:"prevention,omitempty"`
}

// nature applies the order of RG_CF653 to what is valid on the day.
func (r *resolution) nature() {
	c, p := &r.ctx, &r.p
	at := r.atLie()
	switch {
	case c.Situations.Has(SP17):
		c.Nature = Maladie
		r.note(&regNatureDetenu)
	case at != nil && c.AME():
		// The AME knows maladie and maternité only (RG_VF650).
		c.Nature = Maladie
		r.anomalie(&regAMENature, "at")
	case at != nil:
		c.Nature, c.AT = ATMP, at
		r.note(&regNatureAT)
	case c.droits&maternite != 0:
		c.Nature = Maternite
		r.note(&regNatureETMMaternite)
	case p.LieeMaternite:
		c.Nature = Maternite
		r.note(&regNatureMaternite)
	case p.Prevention && !c.AME():
		c.Nature = Prevention
		r.note(&regNaturePrevention)
	default:
		c.Nature = Maladie
		r.note(&regNatureMaladie)
	}
	if g := r.a.Grossesse; c.Nature == Maternite && g != nil &&
		(!g.DebutGrossesse.IsZero() || !g.Accouchement.IsZero()) && !avantOuLe(g.DebutGrossesse, c.Jour) && !avantOuLe(g.Accouchement, c.Jour) {
		r.anomalie(&regMaterniteDate, "grossesse", c.Jour.String())
	}
}

// avantOuLe says that a date is known and not after the day.
func avantOuLe(d, j simphonie.Jour) bool { return !d.IsZero() && !d.After(j) }

// atLie finds the declared accident that the care is linked to: the one that
// is named, or the only valid one.
func (r *resolution) atLie() *ATDeclare {
	if !r.p.LieeAT {
		return nil
	}
	var trouve *ATDeclare
	for i := range r.a.AT {
		at := &r.a.AT[i]
		nomme := r.p.IdentifiantAT == "" || at.Identifiant == r.p.IdentifiantAT
		connu := at.Identifiant != "" || !at.Periode.Du.IsZero()
		if !nomme || !connu || !r.contient(at.Periode) {
			continue
		}
		if trouve != nil {
			r.anomalie(&regATAmbigu, "at")
			break
		}
		trouve = at
	}
	if trouve == nil && !r.ctx.Detenu() {
		r.anomalie(&regATIntrouvable, "at")
	}
	return trouve
}
