package ace

import (
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
)

// declencheur is what made the threshold rule fire.
type declencheur uint8

const (
	sansSeuil declencheur = iota
	invasif
	nonInvasif
	sommeNGAP
)

// portee is the lines over which a threshold is judged: those of one day.
type portee struct {
	m       *moteur
	lignes  []*ligne
	forfait bool // an ATU, FFM or SEx stands beside the acts
	seuil   simphonie.Montant
	seuilK  simphonie.Coefficient
}

// seuils applies the threshold rule (RG_VF663), day by day, in each invoice or
// in the visit.
func (m *moteur) seuils() {
	for i, l := range m.lignes {
		premiere := !slices.ContainsFunc(m.lignes[:i], func(k *ligne) bool { return m.memePortee(k, l) })
		if !premiere {
			continue
		}
		m.portee = portee{m: m, lignes: m.memoire.portee[:0]}
		p := &m.portee
		for _, k := range m.lignes[i:] {
			if m.memePortee(k, l) {
				p.lignes = append(p.lignes, k)
				p.forfait = p.forfait || k.genre == gForfait && changeSeuil(k.Code)
			}
		}
		p.juge()
	}
}

func (m *moteur) memePortee(a, b *ligne) bool {
	return a.Execution == b.Execution && (a.facture == b.facture || m.o.Interpretations.PorteeSeuil == PorteeVenue)
}

// juge finds what fires and gives lines their code.
func (p *portee) juge() {
	m := p.m
	for _, l := range p.lignes {
		l.avecForfait = p.forfait
	}
	if !slices.ContainsFunc(p.lignes, func(l *ligne) bool { return l.champ25("1") || l.champ25("2") || l.compteNGAP() }) {
		return
	}
	j := p.lignes[0].Execution
	s, ok := m.parametre(nomenclature.ParamSeuilCCAM, j)
	if !ok {
		return
	}
	k, ok := m.parametre(nomenclature.ParamSeuilNGAP, j)
	if !ok {
		return
	}
	p.seuil, p.seuilK = s.Montant, k.Coefficient
	if !p.possible() {
		return
	}
	for _, l := range p.lignes {
		l.libre = m.atteint(l)
	}
	if p.forfait {
		p.avecForfait()
		return
	}
	p.sansForfait()
}

// possible says, before any right is looked at, that something may fire.
func (p *portee) possible() bool {
	var ccam simphonie.Montant
	var ngap int64
	for _, l := range p.lignes {
		if l.champ25("1") || l.champ25("2") {
			ccam += l.seuil
		}
		if l.compteNGAP() {
			ngap += int64(l.Coefficient) * int64(l.Quantite)
		}
	}
	return ccam >= p.seuil || ngap >= int64(p.seuilK)
}

// compteNGAP says that the line counts in the sum of coefficients: an act of the
// NGAP, neither a complement nor a forfait.
func (l *ligne) compteNGAP() bool {
	return l.genre == gActe && l.Code != codeFSD && l.Code != codeVDE && (l.lettre == nil || l.lettre.Niveau != nomenclature.Complement)
}

// compte says that a line is in a sum that is compared: what is free or not
// reimbursed has no base.
func (p *portee) compte(l *ligne) bool {
	return l.libre || p.m.o.Interpretations.SommeSeuil == SommeTous && !p.m.horsFacture(l)
}

// invasifs says that one act, or all of the day together, reach the threshold.
// Nothing of a patient of the AME is exempted, but a second SE looks at the sum.
func (p *portee) invasifs() bool {
	var somme simphonie.Montant
	for _, l := range p.lignes {
		if l.champ25("1") && (p.compte(l) || p.m.ref(l.soin).AME() && !p.m.horsFacture(l)) {
			somme += l.seuil
		}
	}
	return somme >= p.seuil
}

// nonInvasif says that an act reaches the threshold by itself.
func (p *portee) nonInvasif(l *ligne) bool {
	return l.champ25("2") && !l.champ25("1") && l.libre && l.seuil >= p.seuil
}

// sommeNGAP says that coefficients reach the threshold, one for each distinct
// line, and warns where the reading decides: letters other than K and KC, or
// the quantity.
func (p *portee) sommeNGAP() bool {
	var somme, deK, fois int64
	for _, l := range p.lignes {
		if !l.compteNGAP() || !p.compte(l) {
			continue
		}
		c := int64(l.Coefficient)
		somme += c
		fois += c * int64(l.Quantite)
		if slices.Contains(codesK, l.p.Code) {
			deK += c
		}
	}
	s := int64(p.seuilK)
	jour := p.lignes[0].Execution
	switch {
	case somme >= s && deK < s:
		p.m.anomalie(&regSeuilLettres, "prestations", jour.String())
	case somme < s && fois >= s:
		p.m.anomalie(&regSeuilQuantite, "prestations", jour.String())
	}
	return somme >= s
}

// exonere gives a line the code of the threshold, once.
func (p *portee) exonere(l *ligne, e droits.Exoneration, d declencheur) {
	if !l.libre || l.exoSeuil != droits.ExoAucune {
		return
	}
	l.exoSeuil, l.declencheur = e, d
	if l.x != nil {
		l.explique(&regSeuil, textesDeclencheur[d], e.String())
		p.lectures(l, d)
	}
}

var textesDeclencheur = [...]string{"", "actes invasifs", "acte non invasif", "actes de la NGAP"}

// lectures quotes the readings that the threshold rests on.
func (p *portee) lectures(l *ligne, d declencheur) {
	i := &p.m.o.Interpretations
	if len(p.m.factures) > 1 {
		l.lecture(lecPorteeSeuil, &intPorteeSeuil, string(i.PorteeSeuil))
	}
	if slices.ContainsFunc(p.lignes, func(k *ligne) bool { return !k.libre && (k.champ25("1") || k.compteNGAP()) }) {
		l.lecture(lecSommeSeuil, &intSommeSeuil, string(i.SommeSeuil))
	}
	if d == sommeNGAP && l.Coefficient < p.seuilK {
		l.lecture(lecSeuilNGAP, &intSeuilNGAP, string(i.SeuilNGAP))
	}
}

// sansForfait: each kind exempts its own acts; FSD follows an act of the CCAM.
func (p *portee) sansForfait() {
	ccam := false
	if p.invasifs() {
		for _, l := range p.lignes {
			if l.champ25("1") {
				p.exonere(l, droits.ExoCCAM, invasif)
				ccam = ccam || l.exoSeuil != droits.ExoAucune
			}
		}
	}
	for _, l := range p.lignes {
		if p.nonInvasif(l) {
			p.exonere(l, droits.ExoCCAM, nonInvasif)
			ccam = true
		}
	}
	if p.sommeNGAP() {
		for _, l := range p.lignes {
			switch {
			case !l.compteNGAP():
			case p.exempteNGAP(l):
				p.exonere(l, droits.ExoK60, sommeNGAP)
			default:
				l.lecture(lecSeuilNGAP, &intSeuilNGAP, string(NGAPActe))
			}
		}
	}
	for _, l := range p.lignes {
		if ccam && l.Code == codeFSD {
			p.exonere(l, droits.ExoTraitement, invasif)
		}
	}
}

// exempteNGAP: all the acts of a sum; where one reaches the threshold by itself,
// a reading may keep the rest out.
func (p *portee) exempteNGAP(l *ligne) bool {
	if p.m.o.Interpretations.SeuilNGAP != NGAPActe {
		return true
	}
	seul := slices.ContainsFunc(p.lignes, func(k *ligne) bool { return k.compteNGAP() && p.compte(k) && k.Coefficient >= p.seuilK })
	return !seul || l.Coefficient >= p.seuilK
}

// avecForfait: one trigger alone decides, in this order: invasive, NGAP, non
// invasive.
func (p *portee) avecForfait() {
	principal := p.forfaitPrincipal()
	switch {
	case p.invasifs():
		for _, l := range p.lignes {
			switch {
			case l.estActe(), l == principal:
				p.exonere(l, droits.ExoCCAM, invasif)
			case l.genre == gForfait && changeSeuil(l.Code):
				p.exonere(l, droits.ExoTraitement, invasif)
				p.secondAME(l)
			}
		}
	case p.sommeNGAP():
		for _, l := range p.lignes {
			switch {
			case l.genre == gCCAM:
				p.exonere(l, droits.ExoTraitement, sommeNGAP)
			case l.estActe(), l.genre == gForfait && changeSeuil(l.Code):
				p.exonere(l, droits.ExoK60, sommeNGAP)
			}
		}
	default:
		declenche := false
		for _, l := range p.lignes {
			if p.nonInvasif(l) {
				p.exonere(l, droits.ExoTraitement, nonInvasif)
				declenche = true
			}
		}
		for _, l := range p.lignes {
			if declenche && l.genre == gForfait && changeSeuil(l.Code) {
				p.exonere(l, droits.ExoTraitement, nonInvasif)
			}
		}
	}
}

// estActe says that the line is an act: products and technical forfaits are not.
func (l *ligne) estActe() bool {
	return l.genre == gActe || l.genre == gCCAM || l.genre == gAnalyse
}

// forfaitPrincipal gives the dearest forfait of those not exempted before, that
// which carries the participation.
func (p *portee) forfaitPrincipal() *ligne {
	var principal *ligne
	for _, l := range p.lignes {
		if l.genre != gForfait || !changeSeuil(l.Code) {
			continue
		}
		if principal == nil || l.libre && !principal.libre || l.libre == principal.libre && plusCher(l, principal) {
			principal = l
		}
	}
	return principal
}

// secondAME gives the second SE of a patient of the AME its code 3.
func (p *portee) secondAME(l *ligne) {
	if !estSE(l.Code) || !p.m.ref(l.soin).AME() {
		return
	}
	l.lecture(lecSecondSEAME, &intSecondSEAME, string(p.m.o.Interpretations.SecondSEAME))
	if p.m.o.Interpretations.SecondSEAME != SecondSEAMEZero {
		l.exoSeuil = droits.ExoTraitement
	}
}
