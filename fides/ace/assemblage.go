package ace

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
)

// assemble writes the invoices from the priced lines.
func (m *moteur) assemble() {
	n, actes, membres := len(m.lignes), 0, 0
	for _, l := range m.lignes {
		membres += len(l.membres)
		if l.genre == gCCAM {
			actes++
		}
	}
	lignes, parts := make([]facture.Ligne, 0, n), make([]facture.Part, 0, 2*n) // a third one when an insurer is declared
	details, ccam, rangs := make([]facture.DetailActe, 0, n), make([]facture.DetailCCAM, 0, actes), make([]int, 0, membres)
	for i := range m.factures {
		f := &m.factures[i]
		l0, p0 := len(lignes), len(parts)
		for _, l := range m.lignes {
			if l.facture != i {
				continue
			}
			r0 := len(rangs)
			for _, j := range l.membres {
				rangs = append(rangs, j+1)
			}
			details = append(details, facture.DetailActe{Prestations: rangs[r0:len(rangs):len(rangs)]})
			d := &details[len(details)-1]
			m.detail(l, d)
			if l.genre == gCCAM {
				c := l.p.CCAM
				ccam = append(ccam, facture.DetailCCAM{Acte: c.Acte, Activite: c.Activite, Phase: c.Phase, Association: c.Association,
					Modificateurs: c.Modificateurs, Grille: l.grille, Conditionnel: c.Conditionnel, Dents: c.Dents})
				d.CCAM = &ccam[len(ccam)-1]
			}
			l.Detail.Acte = d
			f.RegimeLocal = f.RegimeLocal || l.regimeLocal
			lignes = append(lignes, l.Ligne)
			parts = m.debiteurs(l, len(lignes)-1-l0, parts)
		}
		f.Lignes, f.Parts = lignes[l0:len(lignes):len(lignes)], parts[p0:len(parts):len(parts)]
	}
}

// detail says what the line is beyond its amounts.
func (m *moteur) detail(l *ligne, d *facture.DetailActe) {
	d.Nomenclature, d.Specialite = l.p.Nomenclature, m.executant(l.soin).Specialite
	d.Prescription, d.Denombrement = l.p.Prescription, m.denombrement(l)
	d.EnSerie = l.p.EnSerie && l.forfaitDe == aucune
	if l.sous != 0 {
		return
	}
	d.Majoration, d.Accord = string(l.p.Majoration), l.p.Accord
	for _, i := range l.membres {
		s := &m.soins[i]
		switch l.genre {
		case gAnalyse:
			d.Analyses = append(d.Analyses, facture.DetailAnalyse{Code: s.p.Analyse.Code, Coefficient: s.analyse.Coefficient})
		case gProduit:
			p, ok := m.tarife(s)
			if !ok {
				return
			}
			x, err := m.detailProduit(l, s, &p)
			m.manque(err)
			d.Produits = append(d.Produits, x)
		}
	}
}

// debiteurs adds who owes what of a line: the AMO its MRO, the body of the C2S or
// of the AME the MRC, the patient the rest, or the insurer that he declares what
// is neither an overrun nor out of reimbursement.
func (m *moteur) debiteurs(l *ligne, n int, parts []facture.Part) []facture.Part {
	c := m.ref(l.soin)
	ajoute := func(d simphonie.Debiteur, montant simphonie.Montant, champs ...facture.Operande) {
		if montant == 0 {
			return
		}
		parts = append(parts, facture.Part{Ligne: n, Debiteur: d, Montant: montant, Etat: facture.Theorique})
		if l.x != nil {
			op := facture.Difference
			if len(champs) == 1 {
				op = facture.Copie
			}
			l.x.Calcule(n, &regPart, op, facture.ChampPart(d), montant, nil, champs...)
		}
	}
	mro, mrc := facture.Resultat(n, facture.ChampMRO, l.MRO), facture.Resultat(n, facture.ChampMRC, l.MRC)
	honoraires := facture.Resultat(n, facture.ChampHonoraires, l.Honoraires)
	ajoute(simphonie.AMO, l.MRO, mro)
	if c.AME() || c.C2S() {
		ajoute(simphonie.AMC(c.OC), l.MRC, mrc)
		ajoute(simphonie.Patient, l.reste, honoraires, mro, mrc)
		return parts
	}
	if m.v.AMC != "" && l.Honoraires != l.MRO {
		l.lecture(lecAMCDeclaree, &intAMCDeclaree, string(m.o.Interpretations.AMCDeclaree))
	}
	if m.v.AMC == "" || m.o.Interpretations.AMCDeclaree != AMCAssureur || m.horsFacture(l) {
		ajoute(simphonie.Patient, l.Honoraires-l.MRO, honoraires, mro)
		return parts
	}
	amc := l.MRC + l.TMF
	ajoute(simphonie.Patient, l.Honoraires-l.MRO-amc, honoraires, mro, mrc, facture.Donnee("participation forfaitaire", facture.DeMontant(l.TMF)))
	d := simphonie.AMC(m.v.AMC)
	ajoute(d, amc, honoraires, mro, facture.Donnee("à la charge du patient", facture.DeMontant(l.Honoraires-l.MRO-amc)))
	return parts
}
