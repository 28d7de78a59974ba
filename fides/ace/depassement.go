package ace

import (
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/tarif"
)

// sansDA are the specialties without dépassement autorisé (RG_VF637).
var sansDA = []string{"01", "22", "23"}

// depassement checks what is asked beyond the tariff: a DA of a patient out of
// the pathway up to its cap, dental care, a device, what is not reimbursed.
func (m *moteur) depassement(l *ligne, asked simphonie.Montant) {
	c := m.ref(l.soin)
	switch {
	case l.genre == gProduit, l.dentaire(), specialiteDentaire(m.executant(l.soin).Specialite), m.horsFacture(l):
		return
	case l.Qualificatif != facture.QualifDepassementPermis:
		m.anomalie(&regDepassement, rang(l.rang), asked.String())
		return
	case l.ips() != "S" || c.C2S() || c.AME() || slices.Contains(sansDA, m.executant(l.soin).Specialite):
		m.anomalie(&regDAInterdit, rang(l.rang))
		return
	}
	p, ok := m.parametre(nomenclature.ParamTauxDA, l.jour)
	if !ok {
		return
	}
	plafond, err := plafondDA(l.BRAMO, p.Taux)
	if m.manque(err) {
		return
	}
	if asked > plafond {
		m.anomalie(&regDAPlafond, rang(l.rang), asked.String(), plafond.String())
	}
}

// plafondDA gives the cap of an overrun: a share of the base, up to the euro
// above (RG_VF637).
func plafondDA(base simphonie.Montant, taux simphonie.Taux) (simphonie.Montant, error) {
	part, err := taux.Of(base, tarif.ArrVF637.Mode)
	if err != nil {
		return 0, err
	}
	return part.Euro(tarif.ArrVF637.Mode)
}
