package fides

import (
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/b2"
)

// indicateurs are those of zone 2S121 (RG_CF641).
const indicateurs = "TNRHDOMSAU"

// examineExterne looks at what an invoice of external care wants beyond an
// emergency visit: one day, one place in the care pathway, whole details.
func (v *conversion) examineExterne() {
	v.ruptures()
	lie := false
	for i := range v.lignes {
		l := &v.lignes[i]
		lie = lie || l.lie || l.prestation.famille.aForfait()
		if l.acte != nil {
			v.examineDetail(l)
			v.examinePrescription(l)
		}
	}
	ips := v.f.IPS
	sans := v.situation == situationAME || v.d.Contexte.Situations.Has(droits.SP081)
	if ips != "" && (len(ips) > 1 || !strings.Contains(indicateurs, ips) || lie && ips != "U" && ips != "A" || sans || ips != "A" && v.d.Contexte.Detenu()) {
		v.dit(&regIPS, "ips", ips)
	}
	if (ips == "O" || ips == "M") && v.d.Medecin.Nom.IsZero() {
		v.dit(&regMedecin, "medecin", ips)
	}
}

// ruptures wants one day, but for acts in series (RG_MF630).
func (v *conversion) ruptures() {
	var premiere *ligne // that is not in series
	for i := range v.lignes {
		if l := &v.lignes[i]; l.acte != nil && !l.acte.EnSerie {
			premiere = l
			break
		}
	}
	if premiere == nil {
		return
	}
	for i := range v.lignes {
		if l := &v.lignes[i]; l.Execution != premiere.Execution {
			v.ditLigne(&regRupture, l, l.Execution.String(), premiere.Execution.String())
		}
	}
}

// examineDetail wants what the records of the line hold, and no more.
func (v *conversion) examineDetail(l *ligne) {
	a, f := l.acte, l.prestation.famille
	if m := a.Majoration; m != "" && (f != fNGAP && f != fForfaitActe || m != "N" && m != "F") {
		v.ditLigne(&regMajoration, l, m)
	}
	entier := true
	switch f {
	case fCCAM:
		entier = v.examineCCAM(l)
	case fNABM:
		entier = len(a.Analyses) <= analysesMax
	case fLPP, fMedicament, fRetroUCD:
		entier = len(a.Produits) > 0 && len(a.Produits) <= produitsMax
		for i := range a.Produits {
			p := &a.Produits[i]
			entier = entier && p.Quantite > 0 && p.Total >= 0 && p.Demande >= 0
			if f == fMedicament && p.Tarif == 0 && p.Ecart == 0 {
				v.ditLigne(&regTarifUCD, l)
			}
		}
	}
	if !entier || f != fForfaitC2S && l.denombrement() > quantiteMax[true] && l.typ == b2.T4 {
		v.ditLigne(&regDetail, l)
	}
	code := l.accord()
	if connu := code == "0" || code == "4" || code == "5"; connu && l.soin.DateAccord.IsZero() || !connu && code != sansAccord {
		v.ditLigne(&regAccord, l, code)
	}
}

// examineCCAM wants an act that a 4M holds whole.
func (v *conversion) examineCCAM(l *ligne) bool {
	c, s := l.acte.CCAM, l.soin.Seances
	if c == nil {
		return false
	}
	if c.Conditionnel == simphonie.Oui && l.soin.Remboursement == "" {
		v.ditLigne(&regConditionnel, l)
	}
	juste := len(s) <= seancesMax
	for i := range s {
		juste = juste && !s[i].IsZero() && (i == 0 || !s[i].Before(s[i-1]))
	}
	if !juste || len(s) > 0 && s[len(s)-1] != l.Execution {
		v.ditLigne(&regSeances, l)
	}
	return chiffres(c.Phase, 0, 1) && len(c.Modificateurs) <= modifsMax && len(c.Dents) <= dentsMax
}

// examinePrescription wants a prescriber in type 3, whose record cannot be
// without one, and where the line was prescribed.
func (v *conversion) examinePrescription(l *ligne) {
	if l.imagerie != nil {
		return // looked at with its equipment
	}
	p := l.soin.Prescripteur
	if p == nil {
		if l.typ == b2.T3 || !l.acte.Prescription.IsZero() {
			v.ditLigne(&regPrescripteur, l)
		}
		return
	}
	q := *p
	if !l.acte.Prescription.IsZero() || l.typ == b2.T4 {
		q.Date = l.Execution // that of the priced line is written, or none
	}
	if !q.complet() {
		v.ditLigne(&regPrescripteur, l)
	}
}

// exonerationsExternes decides where the exemption of external care is written
// (RG_MF631 0279, annexe A1): in the type 2 when all lines have the same one;
// 6 or 4 there for the régime of mines; 9 for the ASPA, with the 1 or C of the
// threshold left on the lines.
func (v *conversion) exonerationsExternes() {
	aucune := facture.ExoAucune.String()
	v.entete.exo = aucune
	if len(v.lignes) == 0 {
		return
	}
	commune, compte := v.lignes[0].Exoneration, map[facture.Exoneration]int{}
	for i := range v.lignes {
		l := &v.lignes[i]
		l.exo = l.Exoneration.String()
		compte[l.Exoneration]++
	}
	tous := compte[commune] == len(v.lignes)
	seuil := compte[facture.ExoK60]+compte[facture.ExoCCAM] > 0
	switch {
	case v.d.Contexte.CANSSM() && compte[facture.ExoRegimeSpecial]+compte[facture.ExoALD] > 0:
		v.entete.exo = facture.ExoRegimeSpecial.String()
		if tous && commune == facture.ExoALD {
			v.entete.exo = commune.String()
		}
		v.efface(aucune, func(l *ligne) bool { return tous || l.Exoneration == facture.ExoRegimeSpecial })
	case compte[facture.ExoASPA] > 0 && !tous, v.d.Contexte.ASPA() && !v.f.RegimeLocal && seuil:
		v.entete.exo = facture.ExoASPA.String()
		v.efface(aucune, func(l *ligne) bool { return l.Exoneration == facture.ExoASPA })
		v.aspa()
	case tous && commune != facture.ExoAucune:
		v.entete.exo = commune.String()
		v.efface("", func(*ligne) bool { return true })
	}
}

// efface leaves the exemption of some lines to the type 2.
func (v *conversion) efface(reste string, de func(*ligne) bool) {
	for i := range v.lignes {
		if l := &v.lignes[i]; de(l) {
			l.exo = reste
		}
	}
}

// aspa writes 3 instead of C on the lines of type 3 when all of them have C.
func (v *conversion) aspa() {
	trois := func(l *ligne) bool { return l.typ == b2.T3 }
	for i := range v.lignes {
		if l := &v.lignes[i]; v.l.ASPA == ASPAC || trois(l) && l.Exoneration != facture.ExoCCAM {
			return
		}
	}
	v.efface(facture.ExoTraitement.String(), trois)
}
