package urgences

import "github.com/simphonie/simphonie"

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
	switch p.Orientation {
	case HospitalisationMCO, UHCD:
		return NonFacturable, &regAdmisMCO
	case PartiSansSoins, Reoriente:
		return NonFacturable, &regSansSoins
	}
	if m.jour.Before(debutReforme) {
		return ATUDue, &regAvant2022
	}
	if !p.Etablissement.StructureAutorisee {
		return NonFacturable, &regStructure
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
	if !p.SoinsComplets {
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
