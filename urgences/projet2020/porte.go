package projet2020

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/urgences"
)

// porte says whether the visit would be billable, and by which rule.
func (m *moteur) porte() (urgences.Issue, *simphonie.Regle) {
	issue, regle := m.franchit()
	m.decide(-1, regle, m.jour.String())
	if regle.Gravite.Stoppe() {
		m.anomalie(regle, "")
	}
	return issue, regle
}

func (m *moteur) franchit() (urgences.Issue, *simphonie.Regle) {
	p := m.p
	switch p.Orientation {
	case urgences.HospitalisationMCO, urgences.UHCD:
		return urgences.NonFacturable, &regAdmisMCO
	case urgences.PartiSansSoins, urgences.Reoriente:
		return urgences.NonFacturable, &regSansSoins
	}
	if m.jour.Before(debutProjet) {
		return urgences.ATUDue, &regAvantProjet
	}
	switch p.Motif {
	case urgences.MotifGynecologique:
		return urgences.ATUDue, &regGynecologie
	case urgences.MotifObstetrical:
		return urgences.AVerifier, &regObstetrique
	}
	if p.Etablissement.StructureAutorisee != simphonie.Oui {
		return urgences.NonFacturable, &regStructure
	}
	switch p.Orientation {
	case urgences.Psychiatrie, urgences.AutreHospitalisation, urgences.TransfertHorsEnceinte:
		h := m.o.Interpretations.Hospitalisation
		m.lecture(lecHospitalisation, intHospitalisation.Retenu(string(h)))
		if h != HospitalisationFacturable {
			return urgences.AVerifier, &regHospitalisation
		}
	}
	return urgences.Facturable, &regFacturable
}
