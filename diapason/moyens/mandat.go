package moyens

import "github.com/simphonie/simphonie"

// dureeMandat is how long a mandate lives without being used, in months.
const dureeMandat = 36

// Mandat is a SEPA e-mandate, recurrent: each use makes it live 36 months more.
type Mandat struct {
	Reference    string         `json:"reference"`
	Signe        simphonie.Jour `json:"signe"`
	DernierUsage simphonie.Jour `json:"dernierUsage,omitzero"` // none: it was never used
}

// Echeance gives the day on which the 36 months since the last use are over; a
// mandate never used counts from its signature. Months are those of the
// calendar: a day that the month does not have becomes its last day, so that
// 29 February 2024 gives 28 February 2027.
func (m Mandat) Echeance() simphonie.Jour {
	if m.DernierUsage.IsZero() {
		return m.Signe.AddMonths(dureeMandat)
	}
	return m.DernierUsage.AddMonths(dureeMandat)
}

// DernierJour gives the last day on which the mandate may be used: the eve of
// its Echeance, or that day by another reading (MOY-MANDAT-ANNIVERSAIRE). Without
// a signature there is none.
func (m Mandat) DernierJour(i Interpretations) simphonie.Jour {
	switch {
	case m.Signe.IsZero() || m.DernierUsage.Before(m.Signe) && !m.DernierUsage.IsZero():
		return simphonie.Jour{}
	case lectureAnniversaire.Retenu(i.Anniversaire) == "oui":
		return m.Echeance()
	}
	return m.Echeance().AddDays(-1)
}

// Utilisable says that the mandate may be used on a day.
func (m Mandat) Utilisable(le simphonie.Jour, i Interpretations) bool {
	fin := m.DernierJour(i)
	return !fin.IsZero() && !le.IsZero() && !le.Before(m.Signe) && !le.After(fin)
}

// Interpretations answers the open questions; the zero value is the prudent reading.
type Interpretations struct {
	Anniversaire string `json:"anniversaire,omitempty"` // MOY-MANDAT-ANNIVERSAIRE: non, oui
}

// Verifie refuses an answer that is not one of the choices.
func (i Interpretations) Verifie() error { return lectureAnniversaire.Verifie(i.Anniversaire) }
