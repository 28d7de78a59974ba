package projet2020

import (
	"cmp"
	"slices"
	"time"

	"github.com/simphonie/simphonie"
)

// forfaits adds the age forfait, then the supplements in the order of the contexts.
func (m *moteur) forfaits() {
	code := m.cat.forfait(m.age)
	m.decide(0, &regAge, m.age.String(), m.jour.String(), string(code))
	m.ligneAMO(code, -1, m.jour)
	for _, x := range contextes {
		c := m.constate(x)
		switch {
		case c.absent && m.cat.retient(x):
			m.anomalie(&regDonneeAbsente, string(x), string(x))
		case !c.vaut:
		case !m.cat.retient(x):
			m.decide(-1, &regHorsChoix, string(x))
		default:
			m.supplement(x, &c)
		}
	}
}

// supplement adds the key letter of a context that holds; a mode of arrival may
// have none.
func (m *moteur) supplement(x Contexte, c *constat) {
	i := slices.IndexFunc(m.cat.d.Supplements, func(s Supplement) bool { return s.Contexte == x && s.Entree == c.entree })
	if i < 0 {
		m.decide(-1, &regContexte, string(x), c.valeur, "aucun supplément")
		return
	}
	s := m.cat.d.Supplements[i]
	m.decide(-1, &regContexte, string(x), c.valeur, string(s.Code))
	m.ligneAMO(s.Code, 0, cmp.Or(c.jour, m.jour))
}

// constat is what the visit says of a context.
type constat struct {
	absent, vaut bool
	valeur       string // for the explanation
	entree       Entree
	jour         simphonie.Jour // of the first act, when it dates the line
}

// constate looks at one context.
func (m *moteur) constate(x Contexte) constat {
	p := m.p
	switch x {
	case ContexteArrivee:
		return constat{absent: p.Entree == "", vaut: p.Entree != "", valeur: string(p.Entree), entree: p.Entree}
	case ContexteIntoxication:
		return constat{absent: p.Intoxication == nil, vaut: p.Intoxication != nil && *p.Intoxication, valeur: "oui"}
	case ContexteCCMU:
		return constat{absent: p.CCMU == "", vaut: slices.Contains([]string{"3", "4", "5"}, string(p.CCMU)), valeur: string(p.CCMU)}
	case ContexteBiologie:
		return m.constateActes(p.Biologie)
	}
	return m.constateActes(p.Imagerie)
}

// constateActes dates a context by its acts, by the reading of P20-I-DATE-SUPPLEMENT.
func (m *moteur) constateActes(ts []time.Time) constat {
	if len(ts) == 0 {
		return constat{}
	}
	premier := m.jourDe(slices.MinFunc(ts, time.Time.Compare))
	c := constat{vaut: true, valeur: premier.String()}
	if premier != m.jour {
		m.lecture(lecDateSupplement, intDateSupplement.Retenu(string(m.o.Interpretations.DateSupplement)))
		if m.o.Interpretations.DateSupplement == DatePremierActe {
			c.jour = premier
		}
	}
	return c
}
