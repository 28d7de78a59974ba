package b2

import (
	"github.com/simphonie/simphonie"
)

// Enregistrement is the view of one of the fourteen records: *Type2, *Type2S,
// *Type3 … *Type5. Its fields are the zones that the rules leave free; zones
// of a single value (type, letter, fillers, zones that external care leaves
// unset) have no field: Record.Texte reads them.
//
// Texts lose the spaces behind them, and codes that are zeros read as "".
type Enregistrement interface {
	Type() Type
	visite(*champs)
}

// nouvelleVue makes an empty view.
func nouvelleVue(t Type) Enregistrement {
	switch t {
	case T2:
		return &Type2{}
	case T2S:
		return &Type2S{}
	case T3:
		return &Type3{}
	case T3S:
		return &Type3S{}
	case T3E:
		return &Type3E{}
	case T3F:
		return &Type3F{}
	case T3H:
		return &Type3H{}
	case T4:
		return &Type4{}
	case T4S:
		return &Type4S{}
	case T4E:
		return &Type4E{}
	case T4B:
		return &Type4B{}
	case T4H:
		return &Type4H{}
	case T4M:
		return &Type4M{}
	case T5:
		return &Type5{}
	}
	return nil
}

// Decode makes the view of the record: a *Type2, a *Type4M … The century of
// its dates is given. When zones are wrong the error says which (see Err), and
// the view holds what could be read of the others.
func (r Record) Decode(s Siecle) (Enregistrement, error) {
	v := nouvelleVue(r.Type())
	if v == nil {
		if err := r.Err(); err != nil {
			return nil, err
		}
		return nil, r.autreType("no view of this record")
	}
	return v, r.DecodeTo(v, s)
}

// DecodeTo fills a view of the type of the record, whatever it held before.
func (r Record) DecodeTo(v Enregistrement, s Siecle) error {
	switch {
	case v == nil || r.Type() != v.Type():
		return r.autreType("record of another type than the view")
	case !s.Valide():
		return erreurReglage("Siecle", "give the first of the hundred years of the dates: there is no default")
	}
	c := champs{layout: r.l().layout, texte: r.l().texte, siecle: s}
	v.visite(&c)
	return r.Err()
}

func (r Record) autreType(detail string) error {
	return &simphonie.Erreur{Code: typeAutre.Code, Service: "b2", Ligne: r.Ligne(), Detail: detail}
}
