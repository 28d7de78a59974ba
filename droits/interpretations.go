package droits

import "github.com/simphonie/simphonie"

// FinDePeriode says whether the last day of a right's period belongs to it.
type FinDePeriode uint8

// Answers to DROITS-I-FIN-DE-PERIODE.
const (
	FinIncluse FinDePeriode = iota
	FinExclue
)

// Interpretations are the readings of open questions that Resoudre takes. The
// zero value takes every default.
type Interpretations struct {
	FinDePeriode FinDePeriode `json:"finDePeriode,omitzero"`
}

var interpretationFin = simphonie.Interpretation{
	Code:     "DROITS-I-FIN-DE-PERIODE",
	Source:   "RG_CF611 à RG_CF615 (la date « se situe dans » la période)",
	Question: "Le dernier jour d'une période de droits en fait-il partie ?",
	Choix:    []string{"incluse", "exclue"},
}

var lectureFin = interpretationFin.Lecture()

// InterpretationsPossibles lists the open questions of this package.
func InterpretationsPossibles() []simphonie.Interpretation {
	return []simphonie.Interpretation{interpretationFin}
}

// MarshalText gives the answer's name.
func (f FinDePeriode) MarshalText() ([]byte, error) {
	return []byte(interpretationFin.Choix[f]), nil
}

// UnmarshalText reads the answer's name.
func (f *FinDePeriode) UnmarshalText(b []byte) error {
	n, err := interpretationFin.Lit(string(b))
	*f = FinDePeriode(n)
	return err
}

// contient applies the reading to one period.
func (r *resolution) contient(p simphonie.Periode) bool {
	if !p.Contains(r.ctx.Jour) {
		return false
	}
	if p.Au != r.ctx.Jour {
		return true
	}
	inclus := r.o.Interpretations.FinDePeriode == FinIncluse
	if r.o.Tracer {
		r.note(lectureFin, interpretationFin.Choix[r.o.Interpretations.FinDePeriode])
	}
	return inclus
}

// valides says that the day is in one of the periods, or that there is none.
func (r *resolution) valides(ps []simphonie.Periode) bool {
	for _, p := range ps {
		if r.contient(p) {
			return true
		}
	}
	return len(ps) == 0
}
