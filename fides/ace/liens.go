package ace

import (
	"slices"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
)

// lie finds the activités à forfait of the visit, what is linked to each, and
// moves linked acts to the day of the forfait (RG_VF600 CP01).
func (m *moteur) lie() {
	ps := m.v.Prestations
	m.soins = slices.Grow(m.soins, len(ps))[:len(ps)]
	for i := range ps {
		p := &ps[i]
		m.soins[i] = soin{p: p, jour: p.Execution, genre: genreDe(p), code: p.Code, ref: aucune, autre: aucune,
			complete: p.Support - 1, forfaitDe: aucune}
	}
	for i := range m.soins {
		if m.soins[i].genre == gForfait {
			m.lieForfait(i)
		}
	}
	for i := range m.soins {
		m.soins[i].jourPrix = m.soins[i].jour
		if a := ps[i].Achevement; !a.IsZero() {
			m.soins[i].jourPrix = a // dental works are priced on their end (RG_VF630)
		}
	}
}

// lieForfait links to a forfait what says so, what it completes, and everything
// of its day; an ATU or a FFM covers a visit of two days.
func (m *moteur) lieForfait(f int) {
	s := &m.soins[f]
	s.jour = m.jourForfait(s.p)
	for i := range m.soins {
		t := &m.soins[i]
		lie := i == f || m.lieA(f, i) || t.p.Execution == s.jour || m.deuxJours(s.code) && !estForfait(t.code)
		if !lie || i != f && t.genre == gForfait {
			continue
		}
		if t.forfaitDe != aucune && !m.prime(f, t.forfaitDe) {
			continue
		}
		t.forfaitDe, t.forfait = f, s.code
		if t.jour != s.jour {
			t.jour, t.jourLie = s.jour, true
		}
	}
}

// lieA says that a prestation names the forfait, or is named by it.
func (m *moteur) lieA(f, i int) bool {
	return m.soins[i].complete == f || m.soins[f].complete == i
}

// prime orders the forfaits of one day, so that neither the order of keying nor
// APE decides: ATU, FFM, SE by number, APE.
func (m *moteur) prime(f, autre int) bool {
	return ordreForfait(m.soins[f].code) < ordreForfait(m.soins[autre].code)
}

func ordreForfait(c tarif.Code) int {
	switch {
	case c == codeATU:
		return 0
	case c == codeFFM:
		return 1
	case estSE(c):
		return int(c[2]-'0') + 1
	}
	return 10
}

// deuxJours says that the forfait covers the two days of the visit.
func (m *moteur) deuxJours(c tarif.Code) bool {
	return (c == codeATU || c == codeFFM) && m.v.Sortie == m.v.Entree.AddDays(1)
}

// jourForfait gives the one day of a forfait: over two days, the Sunday or
// holiday if exactly one of them is.
func (m *moteur) jourForfait(p *Prestation) simphonie.Jour {
	if !m.deuxJours(p.Code) {
		return p.Execution
	}
	a, b := m.v.Entree, m.v.Sortie
	fa, fb := m.ferie(a), m.ferie(b)
	switch {
	case fa && !fb:
		return a
	case fb && !fa, m.o.Interpretations.ForfaitDeuxJours == SecondJour:
		return b
	}
	return a
}

// ferie says that the day is a Sunday or a public holiday.
func (m *moteur) ferie(j simphonie.Jour) bool {
	return j.Weekday() == time.Sunday || m.cal.Ferie(j)
}
