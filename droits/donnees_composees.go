package droits

import (
	"reflect"
	"slices"

	"github.com/simphonie/simphonie"
)

// Data that are spread over several fields of an acquisition, or that are a
// part of one.

func estC2S(code string) bool {
	switch CodeSituation(sansZeros(code)) {
	case SituationC2SCaisse, SituationC2SUnique, SituationC2SSeparee:
		return true
	}
	return code == SP03.String()
}

func estAME(code string) bool {
	return CodeSituation(sansZeros(code)) == SituationAME || code == SP06.String()
}

// situationsDites are the situations of one datum, by either list.
type situationsDites struct {
	codes []Droit[CodeSituation]
	sps   []Droit[string]
	carte *C2SCarte
	oc    simphonie.NumeroAMC
}

func accesSituations(de func(string) bool) acces {
	return acces{
		lit: func(a *Acquisition) any {
			s := situationsDites{codes: garde(a.Situations, de), sps: garde(a.Particulieres, de)}
			if reflect.ValueOf(s).IsZero() {
				return nil
			}
			return s
		},
		ecrit: func(a *Acquisition, v any) {
			s, _ := v.(situationsDites)
			a.Situations = remplace(a.Situations, s.codes, de)
			a.Particulieres = remplace(a.Particulieres, s.sps, de)
		},
		compare: func(a, b any) relation { return compareSituations(a.(situationsDites), b.(situationsDites)) },
	}
}

// compareSituations reads both lists as sets of what they mean: who manages
// the C2S, the AME, another code.
func compareSituations(a, b situationsDites) relation {
	return compareDroits(a.sens(), b.sens())
}

func (s situationsDites) sens() []Droit[string] {
	var ds []Droit[string]
	for _, d := range s.codes {
		g := gestionDe(d.Code)
		ds = append(ds, Droit[string]{cle(string(d.Code), g), d.Periodes})
	}
	for _, d := range s.sps {
		g, _ := gestionOC(s.oc)
		ds = append(ds, Droit[string]{cle(d.Code, g), d.Periodes})
	}
	if s.carte != nil {
		g, ok := s.carte.Gestion()
		c := cle(SP03.String(), g)
		if !ok {
			c = s.carte.Libelle
		}
		ds = append(ds, Droit[string]{c, []simphonie.Periode{s.carte.Periode}})
	}
	return ds
}

// cle names a situation the same way whatever list it comes from.
func cle(code string, g GestionC2S) string {
	switch {
	case estC2S(code):
		return SP03.String() + "/" + [...]string{"", "conjointe", "séparée"}[g]
	case estAME(code):
		return SP06.String()
	}
	return code
}

var accesC2S = acces{
	lit: func(a *Acquisition) any {
		s := situationsDites{codes: garde(a.Situations, estC2S), sps: garde(a.Particulieres, estC2S), carte: a.C2SCarte, oc: a.OC}
		if s.codes == nil && s.sps == nil && s.carte == nil {
			return nil
		}
		return s
	},
	ecrit: func(a *Acquisition, v any) {
		s, _ := v.(situationsDites)
		a.Situations = remplace(a.Situations, s.codes, estC2S)
		a.Particulieres = remplace(a.Particulieres, s.sps, estC2S)
		a.C2SCarte, a.OC = s.carte, s.oc
	},
	compare: func(a, b any) relation { return compareSituations(a.(situationsDites), b.(situationsDites)) },
}

func garde[C ~string](ds []Droit[C], de func(string) bool) []Droit[C] {
	var r []Droit[C]
	for _, d := range ds {
		if de(string(d.Code)) {
			r = append(r, d)
		}
	}
	return r
}

// remplace puts the rights of one datum in place of those that were there.
func remplace[C ~string](ds, nouveaux []Droit[C], de func(string) bool) []Droit[C] {
	return append(garde(ds, func(c string) bool { return !de(c) }), nouveaux...)
}

type datesGrossesse struct{ Debut, Accouchement simphonie.Jour }

var accesGrossesse = acces{
	lit: func(a *Acquisition) any {
		if a.Grossesse == nil {
			return nil
		}
		return datesGrossesse{a.Grossesse.DebutGrossesse, a.Grossesse.Accouchement}
	},
	ecrit: func(a *Acquisition, v any) {
		d, _ := v.(datesGrossesse)
		a.Grossesse = copie(a.Grossesse)
		a.Grossesse.DebutGrossesse, a.Grossesse.Accouchement = d.Debut, d.Accouchement
	},
	compare: func(a, b any) relation {
		x, y := a.(datesGrossesse), b.(datesGrossesse)
		compatible := func(d, e simphonie.Jour) bool { return d == e || d.IsZero() || e.IsZero() }
		if x == y {
			return egales
		}
		return si(compatible(x.Debut, y.Debut) && compatible(x.Accouchement, y.Accouchement), precisee)
	},
}

var accesMaternite = acces{
	lit: func(a *Acquisition) any {
		if g := a.Grossesse; g != nil && (!g.Organisme.IsZero() || len(g.Periodes) > 0) {
			return Grossesse{Organisme: g.Organisme, Periodes: g.Periodes}
		}
		return nil
	},
	ecrit: func(a *Acquisition, v any) {
		g, _ := v.(Grossesse)
		a.Grossesse = copie(a.Grossesse)
		a.Grossesse.Organisme, a.Grossesse.Periodes = g.Organisme, g.Periodes
	},
	compare: func(a, b any) relation {
		x, y := a.(Grossesse), b.(Grossesse)
		return max(compareOrganisme(x.Organisme, y.Organisme), comparePeriodes(x.Periodes, y.Periodes))
	},
}

// accesAT keeps with each accident the support that gave it: the organisme of
// an accident depends on it (RG_CF693).
var accesAT = acces{
	lit: func(a *Acquisition) any {
		ats := slices.Clone(a.AT)
		for i := range ats {
			ats[i].Support = a.supportAT(&ats[i])
		}
		return ats
	},
	ecrit: func(a *Acquisition, v any) { a.AT, _ = v.([]ATDeclare) },
}

// supportAT says which support gave an accident, or the default organisme.
func (a *Acquisition) supportAT(at *ATDeclare) Support {
	if at.Support != "" {
		return at.Support
	}
	return a.Support
}

// accesDeclaration is whether a treating doctor is declared; a doctor that is
// named is.
var accesDeclaration = acces{
	lit: func(a *Acquisition) any {
		if a.MedecinTraitant == nil {
			return simphonie.OuiNon(0)
		}
		return simphonie.OuiSi(a.MedecinTraitant.Declare != simphonie.Non)
	},
	ecrit: func(a *Acquisition, v any) {
		o, _ := v.(simphonie.OuiNon)
		if o.IsZero() { // nobody says that there is one
			a.MedecinTraitant = nil
			return
		}
		a.MedecinTraitant = copie(a.MedecinTraitant)
		a.MedecinTraitant.Declare = o
	},
}
