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
	switch at, valide := r.atValide(); {
	case c.Situations.Has(SP17):
		c.Nature = Maladie
		r.note(&regNatureDetenu)
	case p.LieeAT && valide:
		c.Nature = ATMP
		c.AT = at
		r.note(&regNatureAT)
	case c.droits&maternite != 0:
		c.Nature = Maternite
		r.note(&regNatureETMMaternite)
	case p.LieeMaternite:
		c.Nature = Maternite
		r.note(&regNatureMaternite)
	case p.Prevention:
		c.Nature = Prevention
		r.note(&regNaturePrevention)
	default:
		c.Nature = Maladie
		r.note(&regNatureMaladie)
	}
	if p.LieeAT && c.AT == nil && !c.Situations.Has(SP17) {
		r.anomalie(&regATIntrouvable, "at")
	}
}

// atValide finds the declared accident that the care is linked to.
func (r *resolution) atValide() (*ATDeclare, bool) {
	for i := range r.a.AT {
		at := &r.a.AT[i]
		if (r.p.IdentifiantAT == "" || at.Identifiant == r.p.IdentifiantAT) && r.contient(at.Periode) {
			return at, true
		}
	}
	return nil, false
}
