package fides

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
)

// externe says that a priced invoice is one of external care.
func externe(f *facture.Facture) bool {
	for i := range f.Lignes {
		if f.Lignes[i].Detail.Acte != nil {
			return true
		}
	}
	return false
}

// parDetail gives the row of a code that the table does not name: what its
// detail holds says how it is written.
func parDetail(l *facture.Ligne) tarif.Code {
	a := l.Detail.Acte
	switch {
	case a == nil:
		return ""
	case a.Nomenclature == droits.CCAM && a.CCAM != nil, a.Nomenclature == droits.NABM && len(a.Analyses) > 0,
		a.Nomenclature == droits.LPP && len(a.Produits) > 0, a.Nomenclature == droits.NGAP:
		return parNomenclature + tarif.Code(a.Nomenclature)
	case a.Nomenclature == droits.CCAM && l.Support >= 0 && l.Qualificatif == facture.QualifNonRemboursable:
		return parNomenclature + "c2s" // dental forfait (RG_VF691)
	}
	return ""
}

// complete adds what a line of external care says beyond its price.
func (v *conversion) complete(l *ligne) {
	if l.acte = l.Detail.Acte; l.acte == nil {
		v.ditLigne(&regDetail, l)
		return
	}
	l.soin = v.d.soin(l.acte, 0)
	if l.valeurs.domaine != "" {
		l.valeurs.domaine = l.soin.Domaine
		if !domaine(l.soin.Domaine) {
			v.ditLigne(&regDomaine, l)
		}
	}
	v.forfaitDe(l)
	if l.prestation.famille == fRetroSuite && v.situation == situationAssure && v.l.MTComplement == MTComplementZero {
		l.valeurs.mt, l.valeurs.dmt = "00", "000"
	}
	if l.valeurs.mt == nonDit {
		v.ditLigne(&regMT, l, string(v.situation))
	}
}

// soin gives what is said of the n-th prestation that a line groups.
func (d *Dossier) soin(a *facture.DetailActe, n int) *Soin {
	if n < len(a.Prestations) {
		if s, ok := d.Soins[a.Prestations[n]]; ok {
			return &s
		}
	}
	return &d.Soin
}

// domaine says that a text is a domain of activity.
func domaine(s string) bool {
	switch s {
	case "M", "C", "O", "N", "S":
		return true
	}
	return false
}

// forfaitDe ties a line to the activité à forfait of its day. For the AME and
// RSS its MT and DMT are those of the forfait.
func (v *conversion) forfaitDe(l *ligne) {
	f := l.prestation.famille
	if f.aForfait() || f.retrocession() {
		return
	}
	var forfait famille
	for i := range v.f.Lignes {
		x := &v.f.Lignes[i]
		p := prestations[x.Code].famille
		if p.aForfait() && x.Execution == l.Execution && (forfait == "" || p == fATU || p == fFFM && forfait == fSE) {
			forfait = p
		}
	}
	if l.lie = forfait != ""; !l.lie || v.situation == situationAssure || f == fImagerie || f == fFausse {
		return
	}
	x := valeursParSituation[cleValeurs{v.situation, forfait}]
	l.valeurs.mt, l.valeurs.dmt = x.mt, x.dmt
}

// placeExternes puts the carrier of the threshold first among its type, a forfait
// of an act before it, and what follows a line right behind it (RG_MF602,
// RG_MF608).
func (v *conversion) placeExternes() {
	parRang := make(map[int]*ligne, len(v.lignes))
	for i := range v.lignes {
		l := &v.lignes[i]
		parRang[l.rang] = l
		l.place.seuil, l.place.jour = l.seuil(), l.Execution.DaysSince(simphonie.Jour{})
	}
	for i := range v.lignes {
		l := &v.lignes[i]
		if s := racine(parRang, l); s != l {
			p := s.place
			p.support, p.rang, p.complement = s.rang, l.rang, 1
			if f := l.prestation.famille; f == fForfaitActe || f == fImagerie || f == fForfaitC2S && v.l.ForfaitC2S == ForfaitC2SAvant {
				p.complement = -1
			}
			l.place = p
		}
	}
}

// racine finds the line of the same type that a line rests on in the end: itself
// when it stands alone.
func racine(parRang map[int]*ligne, l *ligne) *ligne {
	s := l
	for range parRang {
		x, ok := parRang[s.Support]
		if !ok || x.typ != l.typ || x.prestation.famille.aForfait() || s.prestation.famille.aForfait() {
			break
		}
		s = x
	}
	return s
}

// seuil orders lines by what the threshold does to them: the carrier of the
// participation forfaitaire first, then those that it exempts.
func (l *ligne) seuil() int {
	switch {
	case l.TMF != 0 || l.Participation != facture.ParticipationAucune:
		return 0
	case l.Exoneration == facture.ExoK60 || l.Exoneration == facture.ExoCCAM:
		return 1
	case l.lie && l.Exoneration == facture.ExoTraitement:
		return 2
	}
	return 3
}

// coefficientLie gives zone 4S66: 1 for an act tied to an activité à forfait
// (RG_CF656).
func (v *conversion) coefficientLie(l *ligne) simphonie.Coefficient {
	if l.lie && !l.valeurs.coefficientNul && v.l.CoefficientLie != CoefficientLieNul {
		return simphonie.Un
	}
	return 0
}

// prescripteur gives who ordered what the line is, nil when nobody did.
func (l *ligne) prescripteur() *Prescripteur {
	switch {
	case l.imagerie != nil:
		return &l.imagerie.Prescripteur
	case l.soin != nil:
		return l.soin.Prescripteur
	}
	return nil
}

// avec4E says that the RPPS of the prescriber or of the executant is known
// (RG_MF622).
func (l *ligne) avec4E() bool {
	p := l.prescripteur()
	return p != nil && p.RPPS != "" || l.soin != nil && l.soin.RPPSExecutant != ""
}

// accord gives zones 3S66 and 4S55.
func (l *ligne) accord() string {
	if l.acte.Accord == "" {
		return sansAccord
	}
	return l.acte.Accord
}

// majoration gives the letter behind the code of an act of the NGAP.
func (l *ligne) majoration() string {
	if l.acte == nil {
		return ""
	}
	return l.acte.Majoration
}

func (l *ligne) denombrement() int {
	if l.acte == nil || l.acte.Denombrement == 0 {
		return 1
	}
	return l.acte.Denombrement
}

// topMedecin gives zone 2S71 by the indicator of the pathway (RG_CF640).
func topMedecin(ips string, declare simphonie.OuiNon) string {
	switch ips {
	case "T", "N", "R", "D", "O", "M":
		return "O"
	case "H", "S":
		switch declare {
		case simphonie.Oui:
			return "O"
		case simphonie.Non:
			return "N"
		}
	}
	return ""
}
