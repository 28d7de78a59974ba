package fides

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/b2"
)

// details adds the records of the acts, analyses and products of a line
// (RG_MF613, RG_MF614, RG_MF623, RG_MF625, RG_MF626).
func (v *conversion) details(l *ligne, rs []b2.Enregistrement) []b2.Enregistrement {
	switch l.prestation.famille {
	case fLPP:
		for i := range l.acte.Produits {
			p := &l.acte.Produits[i]
			rs = append(rs, &b2.Type3F{Sequence: i + 1, LPP: p.Code, SIRET: v.d.soin(l.acte, i).SIRET, Quantite: p.Quantite, Tarif: p.Tarif,
				MontantTotal: p.Demande, PrixAchat: p.Achat, EcartUnitaire: p.EcartUnitaire, EcartTotal: p.Ecart})
		}
	case fMedicament:
		for i := range l.acte.Produits {
			p := &l.acte.Produits[i]
			prix := p.Tarif
			if p.Ecart != 0 {
				prix = p.Unitaire
			}
			rs = append(rs, &b2.Type3H{Sequence: i + 1, UCD: p.Code, Fractionnement: fraction(p), PrixAchat: prix,
				EcartUnitaire: p.EcartUnitaire, EcartTotal: p.Ecart, Quantite: p.Quantite, MontantTotal: p.Total})
		}
	case fRetroUCD:
		for i := range l.acte.Produits {
			p := &l.acte.Produits[i]
			rs = append(rs, &b2.Type4H{Sequence: i + 1, UCD: p.Code, Fractionnement: fraction(p), Reconstitution: p.Reconstitution,
				Marge: p.Marge, PrixUnitaire: p.Unitaire, Quantite: p.Quantite, MontantTotal: p.Total})
		}
	case fNABM:
		for i := range l.acte.Analyses {
			if i%analysesPar4B == 0 {
				rs = append(rs, &b2.Type4B{Sequence: i/analysesPar4B + 1})
			}
			rs[len(rs)-1].(*b2.Type4B).Actes[i%analysesPar4B] = b2.ActeNABM{Date: l.Execution, Code: l.acte.Analyses[i].Code}
		}
	case fCCAM:
		rs = l.ccam(rs)
	}
	return rs
}

// ccam adds the 4M of an act: one, or one for each séance.
func (l *ligne) ccam(rs []b2.Enregistrement) []b2.Enregistrement {
	c := l.acte.CCAM
	m := b2.Type4M{Sequence: 1, CCAM: c.Acte, ExtensionDocumentaire: l.soin.Extension, Activite: c.Activite, Phase: nombre(c.Phase),
		Modificateurs: c.Modificateurs, Association: c.Association, RemboursementConditions: l.soin.Remboursement}
	copy(m.Dents[:], c.Dents)
	if len(l.soin.Seances) == 0 {
		return append(rs, &m)
	}
	for i, j := range l.soin.Seances {
		s := m
		s.Sequence, s.DateSeance = i+1, j
		rs = append(rs, &s)
	}
	return rs
}

// What the records of a line hold at most.
const (
	analysesPar4B = 5
	analysesMax   = 50
	produitsMax   = 10
	seancesMax    = 26
	dentsMax      = 16
	modifsMax     = 4
)

// nombreDetails counts the records that details makes.
func (l *ligne) nombreDetails() int {
	switch {
	case l.acte == nil:
		return 0
	case l.prestation.famille == fNABM:
		return (len(l.acte.Analyses) + analysesPar4B - 1) / analysesPar4B
	case l.prestation.famille == fCCAM:
		return max(1, len(l.soin.Seances))
	case l.prestation.famille == fLPP, l.prestation.famille == fMedicament, l.prestation.famille == fRetroUCD:
		return len(l.acte.Produits)
	}
	return 0
}

func fraction(p *facture.DetailProduit) simphonie.Coefficient {
	if p.Fraction == 0 {
		return simphonie.Un
	}
	return p.Fraction
}
