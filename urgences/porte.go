package urgences

import "github.com/simphonie/simphonie"

// sortie decides what the orientation alone decides: no care, or an admission
// that takes the visit into a stay. Nothing else of the visit is looked at.
func (m *moteur) sortie() (*simphonie.Regle, bool) {
	switch m.p.Orientation {
	case HospitalisationMCO, UHCD:
		return &regAdmisMCO, true
	case PartiSansSoins, Reoriente:
		return &regSansSoins, true
	}
	return nil, false
}

// porte says whether the visit is billable as an emergency, and by which rule.
func (m *moteur) porte() (Issue, *simphonie.Regle) {
	issue, regle := m.franchit()
	if m.x != nil {
		m.x.Decide(-1, regle, m.jour.String())
	}
	if regle.Gravite.Stoppe() {
		m.anomalie(regle, "")
	}
	return issue, regle
}

func (m *moteur) franchit() (Issue, *simphonie.Regle) {
	p, i := m.p, &m.o.Interpretations
	if m.jour.Before(debutReforme) {
		return ATUDue, &regAvant2022
	}
	switch p.Motif {
	case MotifGynecologique:
		return ATUDue, &regGynecologie
	case MotifObstetrical:
		m.lecture(lecObstetrique, intObstetrique.Retenu(string(i.Obstetrique)))
		if i.Obstetrique != ObstetriqueForfait {
			return AVerifier, &regObstetrique
		}
	}
	if p.Etablissement.StructureAutorisee != simphonie.Oui {
		return NonFacturable, &regStructure
	}
	if p.SoinsComplets != simphonie.Oui {
		return NonFacturable, &regSoinsIncomplets
	}
	switch p.Orientation {
	case Psychiatrie, AutreHospitalisation, TransfertHorsEnceinte:
		m.lecture(lecHorsMCO, intHorsMCO.Retenu(string(i.HorsMCO)))
		if i.HorsMCO == HorsMCOAVerifier {
			return AVerifier, &regHorsMCO
		}
	}
	return Facturable, &regFacturable
}

// lecture records that the reading of an open question decided something.
func (m *moteur) lecture(r *simphonie.Regle, retenue string) {
	if m.x != nil {
		m.x.Decide(-1, r, retenue)
	}
}
