package fides

import (
	"cmp"
	"slices"

	"github.com/simphonie/simphonie/fides/b2"
)

// place is where a line stands: by type, then in the order of RG_MF602, the
// threshold first (RG_MF608), a complement right behind its support.
type place struct{ typ, ordre, seuil, jour, support, complement, rang int }

// ordonne sorts the lines. The order of the rule wins over dates.
func (v *conversion) ordonne() {
	for i := range v.lignes {
		v.lignes[i].place = v.placeDe(&v.lignes[i])
	}
	if v.externe {
		v.placeExternes()
	}
	slices.SortStableFunc(v.lignes, func(a, b ligne) int {
		x, y := &a.place, &b.place
		return cmp.Or(cmp.Compare(x.typ, y.typ), cmp.Compare(x.ordre, y.ordre), cmp.Compare(x.seuil, y.seuil), cmp.Compare(x.jour, y.jour), cmp.Compare(x.support, y.support),
			cmp.Compare(x.complement, y.complement), cmp.Compare(x.rang, y.rang))
	})
}

func (v *conversion) placeDe(l *ligne) place {
	p := place{ordre: l.prestation.ordre, support: l.rang, rang: l.rang}
	if (l.typ == b2.T4) != (v.l.Ordre == Type4Dabord) {
		p.typ = 1
	}
	// Night and holidays of an advice or of imaging stick to their support.
	if s := l.Support; (l.Code == "SSN" || l.Code == "SSF") && s >= 0 && s < len(v.f.Lignes) {
		p.ordre, p.support, p.complement = prestations[v.f.Lignes[s].Code].ordre, s, 1
	}
	return p
}

// avec says that two lines are not to be parted: a support and what completes it.
func (p *place) avec(q *place) bool {
	return p.typ == q.typ && p.support == q.support && (p.complement != 0 || q.complement != 0)
}

const recordsMax = 999 // zone 0539

// groupes cuts the lines into invoices of 999 records of types 3 and 4 at
// most, a support and its complements together. An emergency visit is one
// invoice whatever its days: all its lines share the key of RG_MF630.
func (v *conversion) groupes() [][]ligne {
	var gs [][]ligne
	debut, n := 0, 0
	for i := 0; i < len(v.lignes); {
		fin, poids := i+1, v.lignes[i].records()
		for fin < len(v.lignes) && v.lignes[fin].place.avec(&v.lignes[i].place) {
			poids += v.lignes[fin].records()
			fin++
		}
		if n > 0 && n+poids > recordsMax {
			gs = append(gs, v.lignes[debut:i])
			debut, n = i, 0
		}
		n += poids
		i = fin
	}
	return append(gs, v.lignes[debut:])
}

// records counts the records of a line: 3 alone, 3 and 3S, 4 and 4S, 3E or 4E
// when a RPPS is known, and those of its acts, analyses and products.
func (l *ligne) records() int {
	n := 2
	if l.prestation.famille.partPatient() {
		n = 1
	}
	if p := l.prescripteur(); l.typ == b2.T4 && l.avec4E() || l.typ == b2.T3 && p != nil && p.RPPS != "" {
		n++
	}
	return n + l.nombreDetails()
}
