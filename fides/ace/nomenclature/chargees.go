package nomenclature

// Chargee says that the table that a names has rows for its day, as known then: a
// missing row is then a fault of the code or of the day, not of the tables.
func (t *Tables) Chargee(a *Absent) bool {
	t = t.ouVides()
	if a == nil {
		return false
	}
	switch a.Table {
	case "lettres":
		return t.lettres.ouverte(a.Jour, a.ConnuAu)
	case "actes":
		return t.actes.ouverte(a.Jour, a.ConnuAu)
	case "activites":
		return t.activites.ouverte(a.Jour, a.ConnuAu)
	case "modificateurs":
		return t.modificateurs.ouverte(a.Jour, a.ConnuAu)
	case "modificateurs-ages":
		return t.ages.ouverte(a.Jour, a.ConnuAu)
	case "modificateurs-paires":
		return t.paires.ouverte(a.Jour, a.ConnuAu)
	case "modificateurs-regles":
		return t.regles.ouverte(a.Jour, a.ConnuAu)
	case "associations":
		return t.associations.ouverte(a.Jour, a.ConnuAu)
	case "analyses":
		return t.analyses.ouverte(a.Jour, a.ConnuAu)
	case "plafonds-dentaires":
		return t.plafonds.ouverte(a.Jour, a.ConnuAu)
	}
	return false
}
