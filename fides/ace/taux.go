package ace

import (
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
)

// Categories of letters that rights look at.
const (
	categorieTeleconsultation = "teleconsultation"
	categorieTeleexpertise    = "teleexpertise"
)

// acteDroits is what the decision list needs to know of a line.
func (m *moteur) acteDroits(l *ligne, seuil droits.Exoneration) droits.Acte {
	p, motif := l.p, m.motif(l.soin)
	a := droits.Acte{
		Code: string(l.Code), Specialite: m.executant(l.soin).Specialite, Execution: l.Execution, Naissance: m.v.Naissance,
		HorsFacture: m.horsFacture(l), Prevention: motif == Prevention, DepistageCol: p.DepistageCol, IST: p.IST,
		ConformeALD: motif == ConformeALD, TraitementExonerant: motif == TraitementExonerant, NouveauNe: motif == NouveauNe,
		Seuil: seuil, Forfait: string(l.forfait), MedecinSNCF: p.Prescripteur != nil && p.Prescripteur.SNCF,
		Cent: l.genre == gEcart || l.genre == gMarge || codeSansUCD(l.Code) ||
			l.lettre != nil && l.lettre.Categorie == categorieTeleexpertise,
	}
	if l.acte != nil {
		a.Champ25 = l.acte.ExoTM
	}
	if l.analyse != nil && len(l.membres) > 0 {
		a.NABM = m.depistage(l)
	}
	return a
}

// depistage gives an analysis of the line: one that is not of the organised
// screening where there is one, for all must be of it (RG_VF660).
func (m *moteur) depistage(l *ligne) string {
	for _, i := range l.membres {
		if c := m.soins[i].p.Analyse.Code; !slices.Contains([]string{"0027", "0028", "27", "28"}, c) {
			return c
		}
	}
	return l.p.Analyse.Code
}

// horsFacture says that the line is free, or not reimbursed: the qualifier N of
// the AME is not one of those.
func (m *moteur) horsFacture(l *ligne) bool {
	return l.genre == gDentaire || l.Qualificatif == facture.QualifGratuit ||
		l.Qualificatif == facture.QualifNonRemboursable && !m.ref(l.soin).AME()
}

// decide goes through the decision list for a line; where rights changed between
// prescription and execution, the better of the two situations holds.
func (m *moteur) decide(l *ligne, seuil droits.Exoneration) (droits.Decision, error) {
	m.acte = m.acteDroits(l, seuil)
	if l.autre == aucune {
		return m.decideur.Decider(m.ref(l.soin), &m.acte)
	}
	return m.decideur.DeciderFavorable(m.ref(l.soin), &m.situations[l.autre].Contexte, &m.acte)
}

// atteint says that a line reaches the threshold step of the list, whatever its
// situation is taken at: only that step gives the code 1.
func (m *moteur) atteint(l *ligne) bool {
	m.acte = m.acteDroits(l, droits.ExoK60)
	d, err := m.decideur.Decider(m.ref(l.soin), &m.acte)
	if err != nil || d.Exoneration != droits.ExoK60 || l.autre == aucune {
		return err == nil && d.Exoneration == droits.ExoK60
	}
	d, err = m.decideur.Decider(&m.situations[l.autre].Contexte, &m.acte)
	return err == nil && d.Exoneration == droits.ExoK60
}

// taux decides the rate and the exemption of every line (RG_VF650 to RG_VF675).
func (m *moteur) taux() {
	for _, l := range m.lignes {
		d, err := m.decide(l, l.exoSeuil)
		if m.manque(err) {
			continue
		}
		l.regimeLocal = d.RegimeLocal
		for _, a := range d.Anomalies {
			a.Chemin = rang(l.rang) + "." + a.Chemin
			m.note(simphonie.Anomalies{a})
		}
		if d.Regle == nil {
			continue
		}
		l.Taux = d.Taux
		if l.Exoneration = d.Exoneration; l.exoSeuil != droits.ExoAucune && m.ref(l.soin).AME() {
			l.Exoneration = l.exoSeuil // second SE, AME included
		}
		if l.x == nil {
			continue
		}
		for i := range d.Pas {
			dit := "non"
			if d.Pas[i].Applique {
				dit = "oui"
			}
			l.x.Decide(l.n, &regPas, string(d.Pas[i].Regle.Code), d.Pas[i].Regle.Source, d.Pas[i].Motif, dit)
		}
		l.x.Decide(l.n, d.Regle)
		if d.Reference != "" {
			l.x.Decide(l.n, &regTauxBase, d.Taux.String(), d.Reference)
		}
	}
}
