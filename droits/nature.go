package droits

import (
	"cmp"

	"github.com/simphonie/simphonie"
)

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
	// BiologiePere says that the care is biology of the father during a pregnancy.
	BiologiePere bool `json:"biologiePere,omitempty"`
	// VisiteEnfant is the compulsory visit of a child, billed on its mother's rights.
	VisiteEnfant *VisiteEnfant `json:"visiteEnfant,omitempty"`
	// Execution is the day of the care when it is not the reference date: the
	// dates of a maternity are compared with it (RG_CF662).
	Execution simphonie.Jour `json:"execution,omitzero"`
}

// VisiteEnfant is a compulsory visit of a child.
type VisiteEnfant struct {
	Naissance simphonie.DateNaissance `json:"naissance"`
	// Neonatologie says that the visit took place in such a unit.
	Neonatologie bool `json:"neonatologie,omitempty"`
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
	case p.BiologiePere && r.avantQuatreMois():
		c.Nature = Maternite
		r.note(&regNaturePere)
	case p.VisiteEnfant != nil && r.douzeJours():
		c.Nature = Maternite
		r.note(&regNatureEnfant)
	case p.Prevention && !c.AME():
		c.Nature = Prevention
		r.note(&regNaturePrevention)
	default:
		c.Nature = Maladie
		r.note(&regNatureMaladie)
	}
	if soins := cmp.Or(p.Execution, c.Jour); c.Nature == Maternite && r.a.Grossesse.posterieure(soins) {
		r.anomalie(&regMaterniteDate, "grossesse", soins.String())
	}
}

// posterieure says that dates are known and that none is on or before the day
// (RG_CF662).
func (g *Grossesse) posterieure(j simphonie.Jour) bool {
	return g != nil && (!g.DebutGrossesse.IsZero() || !g.Accouchement.IsZero()) && !avantOuLe(g.DebutGrossesse, j) && !avantOuLe(g.Accouchement, j)
}

// avantQuatreMois says that the fourth month of the pregnancy has not ended.
func (r *resolution) avantQuatreMois() bool {
	g := r.a.Grossesse
	if g == nil || g.DebutGrossesse.IsZero() {
		r.anomalie(&regNaturePereDate, "grossesse.debutGrossesse")
		return false
	}
	return r.ctx.Jour.Before(g.DebutGrossesse.AddMonths(4))
}

// douzeJours says that a child's visit is billed in maternity: within twelve
// days of the birth, neither AME nor in neonatology.
func (r *resolution) douzeJours() bool {
	v := r.p.VisiteEnfant
	n, err := v.Naissance.PourCalcul()
	if err != nil || v.Naissance.Lunaire() || n.After(r.ctx.Jour) {
		r.anomalie(&regNatureEnfantDate, "visiteEnfant.naissance")
		return false
	}
	jours := r.ctx.Jour.DaysSince(n)
	if jours == 12 {
		choix := r.o.Interpretations.DouziemeJour
		r.note(lecDouziemeJour, intDouziemeJour.Retenu(string(choix)))
		if choix == DouziemeExclu {
			return false
		}
	}
	return jours <= 12 && !r.ctx.AME() && !v.Neonatologie
}

// avantOuLe says that a date is known and not after the day.
func avantOuLe(d, j simphonie.Jour) bool { return !d.IsZero() && !d.After(j) }
