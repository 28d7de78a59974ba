package ace

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
)

// dentaires adds, behind each dental act of a patient of the C2S that is asked
// beyond its tariff, the forfait that covers the overrun (RG_VF690 to RG_VF695).
func (m *moteur) dentaires() {
	for _, l := range m.lignes {
		c := m.ref(l.soin)
		if l.genre != gCCAM || l.sous != 0 || l.depasse == 0 || !c.C2S() || c.AME() || len(l.acte.ForfaitsC2S) == 0 || m.horsFacture(l) {
			continue
		}
		if len(l.acte.ForfaitsC2S) > 1 {
			m.anomalie(&regForfaitC2SChoix, rang(l.rang), l.p.CCAM.Acte)
			continue
		}
		code := l.acte.ForfaitsC2S[0]
		p, err := m.o.Tables.ForfaitC2S(l.p.CCAM.Acte, code, l.jourPrix, m.o.ConnuAu)
		if m.manque(err) {
			continue
		}
		tarif, err := p.Montant.Montant(simphonie.DemiSup)
		if m.manque(err) {
			continue
		}
		pris := forfaitDentaire(l.depasse, tarif, m.o.Interpretations.ForfaitC2S)
		d := m.derivee(l, l.rang, gDentaire, code, pris)
		d.moinsQueTarif = l.depasse < tarif
		d.TarifReference, d.Qualificatif = p.Reference, facture.QualifNonRemboursable
		l.depasse -= min(pris, l.depasse)
		l.horsPanier = code == codeFPC
	}
}

// forfaitDentaire gives what the forfait takes of the overrun.
func forfaitDentaire(depassement, tarif simphonie.Montant, i ForfaitC2S) simphonie.Montant {
	if i == ForfaitC2STarif {
		return tarif
	}
	return min(depassement, tarif)
}
