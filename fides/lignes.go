package fides

import (
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/b2"
)

// salarie is the condition of every executant of these invoices (RG_IP610),
// sansAccord the code of care without prior agreement (RG_IP691).
const (
	salarie    = "S"
	sansAccord = "9"
	// specialiteRetrocession is that of drugs handed over (RG_IP610).
	specialiteRetrocession = "50"
)

// trois adds the records of a line of type 3: alone for the patient part, with
// its 3S for a technical forfait (RG_MF601, RG_MF610 to RG_MF612).
func (v *conversion) trois(w *vues, l *ligne, rs []b2.Enregistrement) []b2.Enregistrement {
	w.trois = append(w.trois, b2.Type3{
		ModeTraitement: l.valeurs.mt, Discipline: l.valeurs.dmt, Entree: v.d.Entree, Sortie: v.d.Sortie,
		Acte: b2.CodeActe{Code: string(l.Code)}, Quantite: l.Quantite, Exoneration: l.exo, Coefficient: l.Coefficient,
		CoefficientMCO: v.coefficientMCO(w, l), PrixUnitaire: l.prix, BaseRemboursement: l.BRAMO, Taux: l.Taux,
		MontantAMO: l.MRO, MontantTotal: l.total, ParticipationAssure: lettre(l.Participation.Code()),
		Qualificatif: v.qualificatif(l), Domaine: l.valeurs.domaine, MontantOC: l.oc,
	})
	rs = append(rs, &w.trois[len(w.trois)-1])
	if l.prestation.famille.partPatient() {
		return rs
	}
	s := &b2.Type3S{CodeAccord: sansAccord}
	rs = append(rs, s)
	if i := l.imagerie; i != nil {
		s.NumeroOrdreForfait, s.NumeroAppareil = i.NumeroOrdre, i.NumeroAppareil
	}
	if l.acte != nil {
		s.CodeAccord, s.DateAccord, s.LieuExecution = l.accord(), l.soin.DateAccord, l.soin.Lieu
	}
	if p := l.prescripteur(); p != nil {
		if p.type3S(s); p.RPPS != "" {
			rs = append(rs, &b2.Type3E{RPPSPrescripteur: p.RPPS, StructurePrescripteur: p.Structure})
		}
		if l.acte != nil && !l.acte.Prescription.IsZero() {
			s.DatePrescription = l.acte.Prescription
		}
	}
	return v.details(l, rs)
}

// quatre adds the records of a line of type 4 (RG_MF620 to RG_MF622).
func (v *conversion) quatre(w *vues, l *ligne, rs []b2.Enregistrement) []b2.Enregistrement {
	w.quatre = append(w.quatre, b2.Type4{
		ModeTraitement: l.valeurs.mt, Discipline: l.valeurs.dmt, Exoneration: l.exo, Executant: v.f.FINESS,
		ZoneTarif: v.d.ZoneTarif, SpecialiteExecutant: v.specialite(l), DateSoins: l.Execution,
		Acte: b2.CodeActe{Code: string(l.Code), Suite: l.majoration()}, Quantite: l.Quantite, Coefficient: l.Coefficient, Denombrement: l.denombrement(),
		PrixUnitaire: l.prix, BaseRemboursement: l.BRAMO, Taux: l.Taux, MontantAMO: l.MRO, Honoraires: l.total,
		Qualificatif: v.qualificatif(l), MontantOC: l.oc,
	})
	w.quatreS = append(w.quatreS, b2.Type4S{ConditionExecutant: salarie, CodeAccord: sansAccord,
		Domaine: l.valeurs.domaine, ParticipationAssure: lettre(l.Participation.Code())})
	s := &w.quatreS[len(w.quatreS)-1]
	q := &w.quatre[len(w.quatre)-1]
	rs = append(rs, q, s)
	if i := l.imagerie; i != nil {
		s.NumeroOrdreForfait, s.NumeroAppareil = i.NumeroOrdre, i.NumeroAppareil
	}
	if l.acte != nil {
		s.CodeAccord, s.DateAccord, s.LieuExecution = l.accord(), l.soin.DateAccord, l.soin.Lieu
		s.CoefficientMCO = v.coefficientLie(l)
		if l.soin.Connexion != "" {
			s.NumeroAppareil = l.soin.Connexion
		}
	}
	p := l.prescripteur()
	if p != nil {
		p.type4(q, s)
	}
	if l.avec4E() {
		e := &b2.Type4E{}
		if p != nil {
			e.RPPSPrescripteur, e.StructurePrescripteur = p.RPPS, p.Structure
		}
		if l.soin != nil {
			e.RPPSExecutant, e.StructureExecution = l.soin.RPPSExecutant, l.soin.Lieu
		}
		rs = append(rs, e)
	}
	return v.details(l, rs)
}

// coefficientMCO gives zone 0371: nothing for AME, RSS and any invoice with an
// age forfait.
func (v *conversion) coefficientMCO(w *vues, l *ligne) simphonie.Coefficient {
	switch {
	case l.valeurs.coefficientNul, w.forfaitAge, l.prestation.famille.partPatient(),
		v.l.Coefficient == CoefficientNul && !l.prestation.famille.aForfait():
		return 0
	case l.CoefMCO != 0:
		return l.CoefMCO
	}
	return simphonie.Un
}

// qualificatif gives zones 03120 and 04122: that of the situation, else of the
// line.
func (v *conversion) qualificatif(l *ligne) string {
	if l.valeurs.qualificatif != "" || l.Qualificatif == facture.QualifNormal {
		return l.valeurs.qualificatif
	}
	return lettre(l.Qualificatif.Code())
}

// specialite gives zone 0468: that of the advice, or of the emergency doctor.
func (v *conversion) specialite(l *ligne) string {
	switch {
	case l.prestation.famille.retrocession():
		return specialiteRetrocession
	case l.acte != nil:
		return l.acte.Specialite
	case l.Detail.Urgence != nil && l.Detail.Urgence.Specialite != "":
		return l.Detail.Urgence.Specialite
	case l.prestation.famille == fForfait:
		return v.d.Specialite
	}
	return ""
}

// lettre gives a character as text, "" for a space.
func lettre(c byte) string { return strings.TrimSpace(string(rune(c))) }
