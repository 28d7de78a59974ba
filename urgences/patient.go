package urgences

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
)

// partDecidee is the outcome of the ordered decision on the patient part.
type partDecidee struct {
	code     tarif.Code // FPU, FPV, FPX, FPL or FPM
	cfu      bool
	exo      facture.Exoneration // of FPX or CFU
	debiteur simphonie.Debiteur
	regle    *simphonie.Regle
	// exoForfaits is the exemption that the forfaits of the invoice follow.
	exoForfaits facture.Exoneration
}

// decidePartPatient applies RG_VF500 to RG_VF505 in order: the first that
// holds gives the payer; ALD or AT/MP on the way makes the forfait reduced.
func (m *moteur) decidePartPatient() partDecidee {
	ctx := &m.ctx
	if ctx.AME() {
		if m.x != nil {
			m.x.Decide(-1, &regPatientAME)
		}
		return partDecidee{code: FPU, debiteur: simphonie.AMC(ctx.OC), regle: &regPatientAME}
	}
	if s, ok := m.situationExoneree(); ok {
		if m.x != nil {
			m.x.Decide(-1, &regPatientExonere, s.nom, s.exo.String())
		}
		return partDecidee{code: FPX, exo: s.exo, exoForfaits: s.exo, debiteur: simphonie.AMO, regle: &regPatientExonere}
	}
	d := partDecidee{code: FPU, debiteur: simphonie.Patient, regle: &regPatientAutre}
	d.cfu, d.exo = m.minore()
	d.exoForfaits = d.exo
	if d.cfu {
		d.code = FPV
	}
	switch {
	case ctx.RegimeLocal():
		d.debiteur, d.regle = simphonie.AMO, &regPatientLocal
		if d.code = FPL; d.cfu {
			d.code = FPM
		}
	case ctx.C2S():
		d.debiteur, d.regle = simphonie.AMC(ctx.OC), &regPatientC2S
	case m.p.AMC != "":
		m.lecture(lecAMCDeclaree, intAMCDeclaree.Retenu(string(m.o.Interpretations.AMCDeclaree)))
		if m.o.Interpretations.AMCDeclaree == AMCAssureur {
			d.debiteur = simphonie.AMC(m.p.AMC)
		}
	}
	if m.x != nil {
		m.x.Decide(-1, d.regle, string(d.code), string(d.debiteur.AMC))
	}
	return d
}

// minore says that the patient forfait is reduced and CFU added: ALD right
// valid, whether or not the visit concerns it, or nature AT/MP. The nature
// governs when both hold: no exemption code then.
func (m *moteur) minore() (bool, facture.Exoneration) {
	motif, exo := "", facture.ExoAucune
	switch {
	case m.ctx.Nature == droits.ATMP:
		motif = "Nature AT/MP"
	case m.ctx.ALD():
		motif, exo = "ALD", facture.ExoALD
	default:
		return false, exo
	}
	if m.x != nil {
		m.x.Decide(-1, &regPatientCFU, motif)
	}
	return true, exo
}

// lignesPatient adds the patient forfait and its complement. Both are dated by
// the start of care (RG_VF506).
func (m *moteur) lignesPatient(d *partDecidee) {
	l, n, ok := m.lignePatient(d.code)
	if ok {
		switch {
		case m.ctx.AME():
			m.ame(&l, n)
		case d.debiteur == simphonie.AMO:
			exo := facture.ExoAucune // beside CFU the exemption is CFU's
			if d.code == FPX {
				exo = d.exo
			}
			m.centPourCent(&l, n, exo, d.regle)
		default:
			m.auPatient(&l, n, d)
		}
	}
	m.ajoute(&l, d.debiteur)
	if !d.cfu {
		return
	}
	c, nc, ok := m.lignePatient(CFU)
	if ok {
		c.Support = n
		m.centPourCent(&c, nc, d.exo, &regPatientCFU)
		m.verifieCFU(&l, &c)
	}
	m.ajoute(&c, simphonie.AMO)
}

// lignePatient prices one code of the patient part.
func (m *moteur) lignePatient(c tarif.Code) (facture.Ligne, int, bool) {
	n := len(m.r.Facture.Lignes)
	l := facture.Ligne{Code: c, Support: -1, Execution: m.jour, Reference: m.jour, Quantite: 1, Coefficient: simphonie.Un}
	t, ok := m.cherche(c, m.jour)
	if !ok {
		t, ok = m.prixDeduit(c, n)
	}
	if !ok {
		m.nonCharge(c, m.jour)
		return l, n, false
	}
	m.tarifie(&l, n, t)
	return l, n, true
}

// auPatient gives the amounts of FPU or FPV when neither the AMO nor the AME
// pays: base at the price, rate 0. Only the C2S shows in the complementary
// column of the AMO invoice; otherwise the charge is the patient's (RG_VF504, RG_VF505).
func (m *moteur) auPatient(l *facture.Ligne, n int, d *partDecidee) {
	l.BRAMO, l.BRAMC = l.Honoraires, l.Honoraires
	if m.ctx.C2S() {
		m.parts(l, n, d.regle)
		return
	}
	if m.x != nil {
		m.expliqueBases(l, n, d.regle)
		m.x.Calcule(n, d.regle, facture.Pourcentage, facture.ChampMRO, 0, &tarif.ArrVF670,
			facture.Resultat(n, facture.ChampBRAMO, l.BRAMO), facture.Donnee("taux", facture.DeTaux(0)))
		m.x.Calcule(n, d.regle, facture.Copie, facture.ChampMRC, 0, nil,
			facture.Donnee("rien dans la facture AMO", facture.DeMontant(0)))
	}
}

// prixDeduit gives, if the caller chose so, the price that follows from FPU and
// FPV: full for FPX and FPL, reduced for FPM, the difference for CFU.
func (m *moteur) prixDeduit(c tarif.Code, n int) (*tarif.Tarif, bool) {
	if m.o.Interpretations.PrixPatient != PrixDeduits {
		return nil, false
	}
	plein, ok1 := m.cherche(FPU, m.jour)
	minore, ok2 := m.cherche(FPV, m.jour)
	if !ok1 || !ok2 {
		return nil, false
	}
	var t tarif.Tarif
	switch c {
	case FPX, FPL:
		t = *plein
	case FPM:
		t = *minore
	case CFU:
		t = *plein
		t.Prix -= minore.Prix
	default:
		return nil, false
	}
	if m.x != nil {
		m.lecture(lecPrixPatient, string(PrixDeduits))
		m.x.Decide(n, &regPrixDeduit, string(c))
	}
	return &t, true
}

// verifieCFU warns when the reduced forfait and CFU do not make the full one.
func (m *moteur) verifieCFU(reduit, cfu *facture.Ligne) {
	plein, ok := m.cherche(FPU, m.jour)
	if ok && reduit.PrixUnitaire+cfu.PrixUnitaire != plein.Prix {
		m.anomalie(&regCFUEcart, "", m.jour.String())
	}
}
