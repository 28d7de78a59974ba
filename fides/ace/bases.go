package ace

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
)

// bases computes what each line is worth before rights: total, totalAMC where
// it differs, and what is compared with the threshold.
func (m *moteur) bases() {
	for _, l := range m.lignes {
		switch l.genre {
		case gCCAM:
			m.baseCCAM(l)
		case gActe:
			m.baseActe(l)
		case gForfait:
			m.baseForfait(l)
		case gProduit:
			m.baseProduits(l)
		case gEcart, gMarge, gDentaire:
			m.baseDerivee(l)
		default: // analyses, technical forfaits, FEF and FFE: price × quantity × coefficient
			m.produit(l, facture.ChampBase)
			l.totalAMC = l.total
		}
	}
}

// produit gives price × quantity × coefficient, to the cent (RG_VF643).
func (m *moteur) produit(l *ligne, champ facture.Champ) {
	var err error
	if l.total, err = tarif.Produit(l.PrixUnitaire, l.Quantite, l.Coefficient); m.manque(err) || l.x == nil {
		return
	}
	l.x.Calcule(l.n, &regBase, facture.Produit, champ, l.total, &tarif.ArrVF643Produit,
		facture.Donnee("prix unitaire", facture.DePrix(l.PrixUnitaire)), facture.Donnee("quantité", facture.DeNombre(l.Quantite)),
		facture.Donnee("coefficient", facture.DeCoefficient(l.Coefficient)))
}

// baseDerivee takes the amount with which the line was made.
func (m *moteur) baseDerivee(l *ligne) {
	var err error
	l.totalAMC = l.total
	if l.PrixUnitaire, err = l.total.Prix(); m.manque(err) || l.x == nil {
		return
	}
	if l.moinsQueTarif {
		l.lecture(lecForfaitC2S, &intForfaitC2S, string(m.o.Interpretations.ForfaitC2S))
	}
	if l.genre == gEcart {
		m.baseEcart(l)
		return
	}
	l.x.Calcule(l.n, &regBase, facture.Copie, facture.ChampBase, l.total, nil, facture.Donnee("montant", facture.DeMontant(l.total)))
}

// baseForfait multiplies the price of ATU, FFM, SEx or APE by the coefficients
// MCO (RG_VF643, RG_VF644): the complementary base has no prudential one.
func (m *moteur) baseForfait(l *ligne) {
	m.coefficientsMCO(l)
	m.produit(l, facture.ChampProduit)
	brut := l.total
	l.total = m.avecCoefficient(l, facture.ChampBase, brut, l.CoefMCO)
	l.totalAMC = m.avecCoefficient(l, facture.ChampBaseAMC, brut, l.coefAMC)
}

func (m *moteur) avecCoefficient(l *ligne, champ facture.Champ, brut simphonie.Montant, c simphonie.Coefficient) simphonie.Montant {
	if c == 0 { // a coefficient that is not valued counts as 1
		if l.x != nil {
			l.x.Calcule(l.n, &regBase, facture.Copie, champ, brut, nil, facture.Resultat(l.n, facture.ChampProduit, brut))
		}
		return brut
	}
	base, err := c.Of(brut, tarif.ArrVF643.Mode)
	m.manque(err)
	if l.x != nil {
		coef := facture.ResultatCoefficient(l.n, c)
		if champ == facture.ChampBaseAMC {
			coef = facture.Donnee("coefficient MCO complémentaire", facture.DeCoefficient(c))
		}
		l.x.Calcule(l.n, &regBase, facture.Produit, champ, base, &tarif.ArrVF643, facture.Resultat(l.n, facture.ChampProduit, brut), coef)
	}
	return base
}
