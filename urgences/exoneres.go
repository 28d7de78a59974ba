package urgences

import (
	"strconv"

	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
)

// situation is one row of the table of exempt situations (RG_VF501).
type situation struct {
	nom string
	exo facture.Exoneration
	// tableau is its rank in the printed table; the rank in situations is that
	// of the priorities of rates (RG_VF651 to RG_VF653, RG_VF665, RG_VF998).
	tableau int
}

var situations = [...]situation{
	{"assurance maternité", facture.ExoAucune, 0},
	{"régime des mines (CANSSM)", facture.ExoRegimeSpecial, 7},
	{"pension militaire ou invalidité", facture.ExoBeneficiaire, 6},
	{"personne détenue", facture.ExoBeneficiaire, 4},
	{"victime d'attentat", facture.ExoBeneficiaire, 2},
	{"rente AT d'au moins deux tiers", facture.ExoBeneficiaire, 5},
	{"nouveau-né", facture.ExoTraitement, 1},
	{"violence sexuelle sur mineur", facture.ExoTraitement, 3},
}

// enSituation says which rows of situations hold.
func (m *moteur) enSituation() [len(situations)]bool {
	c := &m.ctx
	return [...]bool{
		c.Nature == droits.Maternite,
		c.CANSSM(),
		c.PensionMilitaire() || c.Invalidite(),
		c.Detenu(),
		m.p.Soins.Attentat,
		c.RenteAT(),
		m.nouveauNe(),
		m.p.Soins.ViolenceSexuelle,
	}
}

// joursNouveauNe is the default reading of URG-I-NOUVEAU-NE.
const joursNouveauNe = 30

// nouveauNe says that care came from the day of birth to the 30th day after.
func (m *moteur) nouveauNe() bool {
	limite := m.o.Interpretations.JoursNouveauNe
	if limite == 0 {
		limite = joursNouveauNe
	}
	n, err := m.p.Naissance.PourCalcul()
	if err != nil || m.p.Naissance.Lunaire() { // a recent lunar birth has been left to a person
		return false
	}
	jours := m.jour.DaysSince(n)
	if m.x != nil && jours >= joursNouveauNe-1 && jours <= limite+1 {
		m.lecture(lecNouveauNe, strconv.Itoa(limite))
	}
	return jours <= limite
}

// situationExoneree finds the exempt situation that gives FPX its exemption
// code. A decision of the caller comes first. When several hold with other
// codes, the reading of URG-I-ORDRE-FPX chooses.
func (m *moteur) situationExoneree() (situation, bool) {
	if f := m.p.Soins.Exoneration; f != nil {
		var exo facture.Exoneration
		if exo.UnmarshalText([]byte(f.Code)) == nil {
			return situation{nom: "décision de l'appelant, " + f.Reference, exo: exo}, true
		}
	}
	var retenue *situation
	conflit := false
	for i, vaut := range m.enSituation() {
		if !vaut {
			continue
		}
		s := &situations[i]
		switch {
		case retenue == nil:
			retenue = s
		case s.exo != retenue.exo:
			conflit = true
			if m.o.Interpretations.OrdreFPX == OrdreTableau && s.tableau < retenue.tableau {
				retenue = s
			}
		}
	}
	if retenue == nil {
		return situation{}, false
	}
	if conflit {
		m.lecture(lecOrdreFPX, intOrdreFPX.Retenu(string(m.o.Interpretations.OrdreFPX)))
	}
	return *retenue, true
}
