package ace

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/tarif"
)

// parts gives every line its bases, its MRO and MRC, and what is asked in all
// (RG_VF637, RG_VF670, RG_VF671, RG_VF682).
func (m *moteur) parts() {
	for _, l := range m.lignes {
		if m.lesBases(l); len(m.errs) > 0 {
			return
		}
		m.mtm(l)
		m.rembourse(l)
		m.honoraires(l)
	}
}

// lesBases sets both bases from what the line is worth: none of the AMO for the
// AME, none at all for what is free or not reimbursed.
func (m *moteur) lesBases(l *ligne) {
	r := &regBases
	switch {
	case m.horsFacture(l):
		if l.genre == gDentaire { // the C2S owes it whole (RG_VF691)
			l.BRAMC = l.total
		}
		r = &regHorsFacture
	case m.ref(l.soin).AME():
		if l.Qualificatif = facture.QualifNonRemboursable; l.genre == gTechnique {
			l.lecture(lecTechniqueAME, &intTechniqueAME, string(m.o.Interpretations.TechniqueAME))
		}
		if l.genre != gTechnique || m.o.Interpretations.TechniqueAME != TechniqueAMEZero {
			l.BRAMC = l.totalAMC
		}
		r = &regAME
	default:
		l.BRAMO, l.BRAMC = l.total, l.totalAMC
	}
	if l.x != nil {
		m.expliqueBases(l, r)
	}
}

func (m *moteur) expliqueBases(l *ligne, r *simphonie.Regle) {
	l.x.Decide(l.n, r)
	base := facture.Resultat(l.n, facture.ChampBase, l.total)
	baseAMC := base
	if l.genre == gForfait {
		baseAMC = facture.Resultat(l.n, facture.ChampBaseAMC, l.totalAMC)
	}
	aucune := facture.Donnee("aucune base", facture.DeMontant(0))
	if l.BRAMO == 0 {
		base = aucune
	}
	if l.BRAMC == 0 {
		baseAMC = aucune
	}
	l.x.Calcule(l.n, r, facture.Copie, facture.ChampBRAMO, l.BRAMO, nil, base)
	l.x.Calcule(l.n, r, facture.Copie, facture.ChampBRAMC, l.BRAMC, nil, baseAMC)
}

// mtm takes the majoration du ticket modérateur of a patient of the C2S out of
// the care pathway (RG_VF671). The threshold comes after it and leaves none on
// the line that carries the participation.
func (m *moteur) mtm(l *ligne) {
	c := m.ref(l.soin)
	if !c.C2S() || c.AME() || l.ips() != "S" || m.horsFacture(l) || !l.estActe() || l.BRAMO == 0 {
		return
	}
	if l.exoSeuil != droits.ExoAucune {
		porteur := l.Participation != facture.ParticipationAucune
		if !porteur {
			l.lecture(lecMTMSeuil, &intMTMSeuil, string(m.o.Interpretations.MTMSeuil))
		}
		if porteur || m.o.Interpretations.MTMSeuil != MTMSeuilSaufPorteur {
			m.anomalie(&regMTMSeuil, rang(l.rang))
			return
		}
	}
	if m.exonereMTM(l, c) {
		l.lecture(lecMTMSurExonere, &intMTMSurExonere, string(m.o.Interpretations.MTMSurExonere))
		if m.o.Interpretations.MTMSurExonere == MTMSaufExoneres {
			return
		}
	}
	taux, ok := m.parametre(nomenclature.ParamTauxMTM, l.jour)
	if !ok {
		return
	}
	plafond, ok := m.parametre(nomenclature.ParamPlafondMTM, l.jour)
	if !ok {
		return
	}
	part, err := taux.Taux.Of(l.BRAMO, tarif.ArrVF671.Mode)
	if m.manque(err) {
		return
	}
	l.MTM = min(part, plafond.Montant)
	if l.x == nil {
		return
	}
	l.x.Decide(l.n, &regMTM, plafond.Reference)
	l.x.Calcule(l.n, &regMTM, facture.Pourcentage, facture.ChampMTM, part, &tarif.ArrVF671,
		facture.Resultat(l.n, facture.ChampBRAMO, l.BRAMO), facture.Donnee("taux", facture.DeTaux(taux.Taux)))
	l.x.Calcule(l.n, &regMTM, facture.Minimum, facture.ChampMTM, l.MTM, nil,
		facture.Resultat(l.n, facture.ChampMTM, part), facture.Donnee("plafond", facture.DeMontant(plafond.Montant)))
}

// exonereMTM says that the earlier text left the line without MTM.
func (m *moteur) exonereMTM(l *ligne, c *droits.Contexte) bool {
	return l.Taux == simphonie.Cent || c.Nature != droits.Maladie && c.Nature != droits.Prevention || c.CANSSM()
}

// ips gives the indicator of the line's own pathway.
func (l *ligne) ips() string { return l.parcours.IPS }

// rembourse gives MRO = base × rate − MTM − TMF, and MRC by difference. The
// participation is the C2S's when it is anybody's but the régime's.
func (m *moteur) rembourse(l *ligne) {
	part, err := l.Taux.Of(l.BRAMO, tarif.ArrVF670.Mode)
	m.manque(err)
	remboursable, err := l.Taux.Of(l.BRAMC, tarif.ArrVF670.Mode)
	m.manque(err)
	l.MRO = part - l.MTM - l.TMF
	l.MRC = l.BRAMC - remboursable + l.MTM
	if l.genre == gTechnique && !m.ref(l.soin).AME() {
		l.MRC = 0
	}
	c2s := m.ref(l.soin).C2S() && l.TMF != 0
	if c2s {
		l.MRC += l.TMF
	}
	if l.MRO < 0 && l.TMF == 0 {
		m.anomalie(&regMTMDepasse, rang(l.rang), l.MTM.String(), part.String())
	}
	if l.x == nil {
		return
	}
	x, n := l.x, l.n
	taux := facture.Donnee("taux", facture.DeTaux(l.Taux))
	x.Calcule(n, &regParts, facture.Pourcentage, facture.ChampMRO, part, &tarif.ArrVF670, facture.Resultat(n, facture.ChampBRAMO, l.BRAMO), taux)
	x.Calcule(n, &regParts, facture.Pourcentage, facture.ChampRemboursable, remboursable, &tarif.ArrVF670, facture.Resultat(n, facture.ChampBRAMC, l.BRAMC), taux)
	mrc := l.BRAMC - remboursable
	x.Calcule(n, &regParts, facture.Difference, facture.ChampMRC, mrc, nil,
		facture.Resultat(n, facture.ChampBRAMC, l.BRAMC), facture.Resultat(n, facture.ChampRemboursable, remboursable))
	if l.MTM != 0 {
		mtm := facture.Resultat(n, facture.ChampMTM, l.MTM)
		x.Calcule(n, &regMTM, facture.Difference, facture.ChampMRO, part-l.MTM, nil, facture.Resultat(n, facture.ChampMRO, part), mtm)
		x.Calcule(n, &regMTM, facture.Somme, facture.ChampMRC, mrc+l.MTM, nil, facture.Resultat(n, facture.ChampMRC, mrc), mtm)
	}
	if l.TMF != 0 {
		x.Calcule(n, &regTMF, facture.Copie, facture.ChampTMF, l.TMF, nil, facture.Donnee("participation forfaitaire", facture.DeMontant(l.TMF)))
		tmf := facture.Resultat(n, facture.ChampTMF, l.TMF)
		x.Calcule(n, &regTMF, facture.Difference, facture.ChampMRO, l.MRO, nil, facture.Resultat(n, facture.ChampMRO, part-l.MTM), tmf)
		if c2s {
			x.Calcule(n, &regTMFC2S, facture.Somme, facture.ChampMRC, l.MRC, nil, facture.Resultat(n, facture.ChampMRC, mrc), tmf)
		}
	}
}

// honoraires gives what is asked in all: what AMO, complementary body and
// patient owe, and the overrun.
func (m *moteur) honoraires(l *ligne) {
	reste := simphonie.Montant(0) // neither MRO nor MRC
	if l.TMF != 0 && !m.ref(l.soin).C2S() {
		reste = l.TMF
	}
	if m.horsFacture(l) && l.genre != gDentaire && l.Qualificatif != facture.QualifGratuit {
		reste = l.total
	}
	depasse := l.depasse
	if l.Qualificatif == facture.QualifGratuit || l.sous != 0 {
		depasse = 0
	}
	h, err := simphonie.Somme(l.MRO, l.MRC, reste, depasse)
	if m.manque(err) {
		return
	}
	l.Honoraires, l.reste = h, h-l.MRO-l.MRC
	if depasse != 0 {
		m.depassement(l, depasse)
	}
	if m.ref(l.soin).C2S() && !m.ref(l.soin).AME() && l.reste != 0 && !l.horsPanier {
		m.anomalie(&regC2SReste, rang(l.rang), l.reste.String(), string(l.Code))
	}
	if l.x == nil {
		return
	}
	operandes := []facture.Operande{facture.Resultat(l.n, facture.ChampMRO, l.MRO), facture.Resultat(l.n, facture.ChampMRC, l.MRC)}
	if reste != 0 {
		o := facture.Resultat(l.n, facture.ChampBase, reste)
		if l.TMF != 0 {
			o = facture.Resultat(l.n, facture.ChampTMF, l.TMF)
		}
		operandes = append(operandes, o)
	}
	if depasse != 0 {
		operandes = append(operandes, facture.Donnee("dépassement", facture.DeMontant(depasse)))
	}
	l.x.Calcule(l.n, &regHonoraires, facture.Somme, facture.ChampHonoraires, h, nil, operandes...)
}
