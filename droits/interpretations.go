package droits

import "github.com/simphonie/simphonie"

// FinDePeriode answers DROITS-I-FIN-DE-PERIODE.
type FinDePeriode string

// Answers; the empty one is FinIncluse.
const (
	FinIncluse FinDePeriode = "incluse"
	FinExclue  FinDePeriode = "exclue"
)

// Interpretations are the readings of open questions that Resoudre takes. The
// zero value takes every default.
type Interpretations struct {
	FinDePeriode FinDePeriode `json:"finDePeriode,omitempty"`
}

// Validate refuses an answer that is not one of the choices.
func (i Interpretations) Validate() error {
	return intFinDePeriode.Verifie(string(i.FinDePeriode))
}

var intFinDePeriode = simphonie.Interpretation{
	Code:     "DROITS-I-FIN-DE-PERIODE",
	Source:   "RG_CF611 à RG_CF615 (la date « se situe dans » la période)",
	Question: "Le dernier jour d'une période de droits en fait-il partie ?",
	Choix:    []string{string(FinIncluse), string(FinExclue)},
}

var lecFinDePeriode = intFinDePeriode.Lecture()

// InterpretationsPossibles lists the open questions of this package.
func InterpretationsPossibles() []simphonie.Interpretation {
	return []simphonie.Interpretation{intFinDePeriode}
}

// contient applies the reading to one period.
func (r *resolution) contient(p simphonie.Periode) bool {
	if !p.Contains(r.ctx.Jour) {
		return false
	}
	if p.Au != r.ctx.Jour {
		return true
	}
	fin := r.o.Interpretations.FinDePeriode
	if r.o.Tracer {
		r.note(lecFinDePeriode, intFinDePeriode.Retenu(string(fin)))
	}
	return fin != FinExclue
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
