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
	FinDePeriode           FinDePeriode           `json:"finDePeriode,omitempty"`
	MaterniteSansOrganisme MaterniteSansOrganisme `json:"materniteSansOrganisme,omitempty"`
}

// Validate refuses answers that are not among the choices.
func (i Interpretations) Validate() error {
	if err := intFinDePeriode.Verifie(string(i.FinDePeriode)); err != nil {
		return err
	}
	return intMaterniteSansOrganisme.Verifie(string(i.MaterniteSansOrganisme))
}

// MaterniteSansOrganisme answers DROITS-I-MATERNITE-SANS-ORGANISME.
type MaterniteSansOrganisme string

// Answers; the empty one is MaterniteMaladie.
const (
	MaterniteMaladie   MaterniteSansOrganisme = "maladie"
	MaterniteAVerifier MaterniteSansOrganisme = "a-verifier"
)

var intMaterniteSansOrganisme = simphonie.Interpretation{
	Code:     "DROITS-I-MATERNITE-SANS-ORGANISME",
	Source:   "RG_CF692 (« par défaut »)",
	Question: "Nature maternité sans organisme de maternité : la facture va-t-elle à l'organisme de maladie ?",
	Choix:    []string{string(MaterniteMaladie), string(MaterniteAVerifier)},
}

var lecMaterniteSansOrganisme = intMaterniteSansOrganisme.Lecture()

var intFinDePeriode = simphonie.Interpretation{
	Code:     "DROITS-I-FIN-DE-PERIODE",
	Source:   "RG_CF611 à RG_CF615 (la date « se situe dans » la période)",
	Question: "Le dernier jour d'une période de droits en fait-il partie ?",
	Choix:    []string{string(FinIncluse), string(FinExclue)},
}

var lecFinDePeriode = intFinDePeriode.Lecture()

// InterpretationsPossibles lists the open questions of this package.
func InterpretationsPossibles() []simphonie.Interpretation {
	return []simphonie.Interpretation{intFinDePeriode, intMaterniteSansOrganisme}
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
