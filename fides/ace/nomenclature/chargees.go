package nomenclature

// Chargee says that the table that an *Absent names has rows: a missing row is
// then a fault of the code or of the day, not of the tables.
func (t *Tables) Chargee(table string) bool {
	t = t.ouVides()
	n := 0
	switch table {
	case "lettres":
		n = len(t.lettres.lignes)
	case "actes":
		n = len(t.actes.lignes)
	case "activites":
		n = len(t.activites.lignes)
	case "modificateurs":
		n = len(t.modificateurs.lignes)
	case "modificateurs-ages":
		n = len(t.ages.lignes)
	case "modificateurs-paires":
		n = len(t.paires.lignes)
	case "modificateurs-regles":
		n = len(t.regles.lignes)
	case "associations":
		n = len(t.associations.lignes)
	case "analyses":
		n = len(t.analyses.lignes)
	case "plafonds-dentaires":
		n = len(t.plafonds.lignes)
	}
	return n > 0
}
