package droits

import (
	"cmp"
	"slices"
)

// atLie finds the declared accident that the care is linked to: the one that
// is named, or the only valid one.
func (r *resolution) atLie() *ATDeclare {
	if !r.p.LieeAT {
		return nil
	}
	var trouve *ATDeclare
	for _, rangs := range accidents(r.a.AT) {
		at := r.accident(rangs)
		connu := at != nil && (at.Identifiant != "" || !at.Periode.Du.IsZero())
		if !connu || r.p.IdentifiantAT != "" && at.Identifiant != r.p.IdentifiantAT {
			continue
		}
		if trouve != nil {
			r.anomalie(&regATAmbigu, "at")
			return trouve
		}
		trouve = at
	}
	if trouve == nil && !r.ctx.Detenu() {
		r.anomalie(&regATIntrouvable, "at")
	}
	return trouve
}

// accidents gathers the declarations of each accident, by their ranks. Those
// with a number and a date come first: they tie those that have one of them.
func accidents(ats []ATDeclare) [][]int {
	manque := func(i int) int {
		switch {
		case ats[i].Identifiant == "":
			return 2
		case ats[i].Periode.Du.IsZero():
			return 1
		}
		return 0
	}
	rangs := make([]int, len(ats))
	for i := range rangs {
		rangs[i] = i
	}
	slices.SortStableFunc(rangs, func(i, j int) int { return cmp.Compare(manque(i), manque(j)) })
	var gs [][]int
	for _, i := range rangs {
		var siens []int
		for n, g := range gs {
			if slices.ContainsFunc(g, func(j int) bool { return ats[i].meme(&ats[j]) }) {
				siens = append(siens, n)
			}
		}
		if len(siens) == 1 {
			gs[siens[0]] = append(gs[siens[0]], i)
		} else { // a new one, or a date that two accidents share
			gs = append(gs, []int{i})
		}
	}
	for _, g := range gs {
		slices.Sort(g)
	}
	slices.SortFunc(gs, slices.Compare)
	return gs
}

// meme says that two declarations are of one accident.
func (d *ATDeclare) meme(e *ATDeclare) bool {
	if d.Identifiant != "" && e.Identifiant != "" {
		return d.Identifiant == e.Identifiant
	}
	return d.Periode.Du == e.Periode.Du && !d.Periode.Du.IsZero()
}

// accident puts together the declarations of one accident: the organisme that
// comes first (RG_CF693), completed with number and period. A declaration
// without a period, as a card's, follows those that have one; nil when none of
// these holds on the day.
func (r *resolution) accident(rangs []int) *ATDeclare {
	var at *ATDeclare
	date, valide := false, false
	for _, i := range rangs {
		d := r.a.AT[i]
		if d.Periode != (ATDeclare{}).Periode {
			date = true
			if !r.contient(d.Periode) {
				continue
			}
			valide = true
		}
		switch {
		case at == nil:
			at = &d
		case r.prime(&d, at):
			d.complete(at)
			at = &d
		default:
			at.complete(&d)
		}
	}
	if date && !valide {
		return nil
	}
	return at
}

// prime says that the organisme of d counts before that of e: it has one, and
// a support of accidents comes before a card (RG_CF693).
func (r *resolution) prime(d, e *ATDeclare) bool {
	carteD, carteE := r.a.supportAT(d) == SupportVitale, r.a.supportAT(e) == SupportVitale
	return !d.Organisme.IsZero() && (e.Organisme.IsZero() || carteE && !carteD)
}

// complete takes the number and the period that e has and d lacks.
func (d *ATDeclare) complete(e *ATDeclare) {
	d.Identifiant = cmp.Or(d.Identifiant, e.Identifiant)
	d.Periode = cmp.Or(d.Periode, e.Periode)
}
