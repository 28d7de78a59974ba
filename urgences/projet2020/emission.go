package projet2020

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
)

func (m *moteur) ligne(c tarif.Code, support int, j simphonie.Jour) facture.Ligne {
	return facture.Ligne{Code: c, Support: support, Execution: j, Reference: j, Quantite: 1, Coefficient: simphonie.Un}
}

// ligneAMO adds a forfait or a supplement: price × coefficient MCO, wholly the
// AMO's, without a base of ticket modérateur.
func (m *moteur) ligneAMO(c tarif.Code, support int, j simphonie.Jour) {
	n := len(m.r.Facture.Lignes)
	l := m.ligne(c, support, j)
	produit := m.tarifie(&l, n)
	m.module(&l, n)
	var err error
	l.BRAMO, err = tarif.Base(l.PrixUnitaire, l.Quantite, l.Coefficient, l.CoefMCO)
	m.erreur(err)
	l.Honoraires, l.Taux = l.BRAMO, simphonie.Cent
	if m.x != nil {
		m.decide(n, &regBase)
		m.x.Calcule(n, &regBase, facture.Produit, facture.ChampBRAMO, l.BRAMO, &tarif.ArrVF643,
			facture.Resultat(n, facture.ChampProduit, produit), facture.ResultatCoefficient(n, l.CoefMCO))
		m.x.Calcule(n, &regBase, facture.Copie, facture.ChampBRAMC, 0, nil, facture.Donnee("aucune base TM", facture.DeMontant(0)))
		m.x.Calcule(n, &regBase, facture.Copie, facture.ChampHonoraires, l.Honoraires, nil, facture.Resultat(n, facture.ChampBRAMO, l.BRAMO))
	}
	m.decide(n, &regTaux)
	m.partage(&l, n, &regTaux)
	m.ajoute(&l, n, simphonie.AMO)
}

// tarifie sets the price of a line and gives price × quantity × coefficient.
func (m *moteur) tarifie(l *facture.Ligne, n int) simphonie.Montant {
	t, ok := m.grille.Lookup(l.Code, l.Execution, m.o.ConnuAu)
	if !ok {
		e := &m.p.Etablissement
		m.erreur(&tarif.TarifNonCharge{Code: l.Code, Secteur: e.Secteur, Zone: tarif.ZoneOf(e.Territoire), Jour: l.Execution, ConnuAu: m.o.ConnuAu})
		return 0
	}
	l.PrixUnitaire, l.TarifReference = t.Prix, t.Reference
	produit, err := tarif.Produit(t.Prix, l.Quantite, l.Coefficient)
	m.erreur(err)
	m.decide(n, &regTarif, string(l.Code), l.Execution.String(), t.Reference)
	if m.x != nil {
		m.x.Calcule(n, &regTarif, facture.Produit, facture.ChampProduit, produit, &tarif.ArrVF643Produit,
			facture.Donnee("prix unitaire", facture.DePrix(l.PrixUnitaire)),
			facture.Donnee("quantité", facture.DeNombre(l.Quantite)),
			facture.Donnee("coefficient", facture.DeCoefficient(l.Coefficient)))
	}
	return produit
}

// module sets the coefficient MCO of the establishment on the day of the line.
func (m *moteur) module(l *facture.Ligne, n int) {
	f := m.p.Etablissement.FINESS
	c, ok := m.o.coefficients(f, l.Execution)
	if !ok {
		m.erreur(&CoefficientNonCharge{FINESS: f, Jour: l.Execution, ConnuAu: m.o.ConnuAu})
		return
	}
	var err error
	l.CoefMCO, err = c.mco()
	m.erreur(err)
	m.decide(n, &regCoefficient, c.Geographique.String(), c.Prudentiel.String(), c.Reference)
	if m.x != nil {
		m.x.CalculeCoefficient(n, &regCoefficient, l.CoefMCO,
			facture.Donnee("(100 + CG) / 100", facture.DeFacteur(c.Geographique)),
			facture.Donnee("(100 − CP) / 100", facture.DeFacteur(-c.Prudentiel)))
	}
}

// expliquePatient shares FPU and records where its bases come from.
func (m *moteur) expliquePatient(l *facture.Ligne, n int) {
	if m.x != nil {
		m.decide(n, &regBaseTM)
		produit := facture.Resultat(n, facture.ChampProduit, l.Honoraires)
		m.x.Calcule(n, &regBaseTM, facture.Copie, facture.ChampHonoraires, l.Honoraires, nil, produit)
		m.x.Calcule(n, &regBaseTM, facture.Copie, facture.ChampBRAMC, l.BRAMC, nil, produit)
		amo := facture.Resultat(n, facture.ChampHonoraires, l.Honoraires)
		if l.BRAMO != l.Honoraires {
			amo = facture.Donnee("aucune base AMO", facture.DeMontant(0))
		}
		m.x.Calcule(n, &regBaseTM, facture.Copie, facture.ChampBRAMO, l.BRAMO, nil, amo)
	}
	if PourInformation(l) {
		m.decide(n, &regInformation)
	}
	m.partage(l, n, &regBaseTM)
}

// partage applies RG_VF670: MRO = AMO base × rate; MRC = complementary base
// less its part that the rate covers.
func (m *moteur) partage(l *facture.Ligne, n int, r *simphonie.Regle) {
	var err error
	l.MRO, err = l.Taux.Of(l.BRAMO, tarif.ArrVF670.Mode)
	m.erreur(err)
	remboursable, err := l.Taux.Of(l.BRAMC, tarif.ArrVF670.Mode)
	m.erreur(err)
	l.MRC, err = l.BRAMC.Sub(remboursable)
	m.erreur(err)
	if m.x == nil {
		return
	}
	taux := facture.Donnee("taux", facture.DeTaux(l.Taux))
	m.x.Calcule(n, r, facture.Pourcentage, facture.ChampMRO, l.MRO, &tarif.ArrVF670,
		facture.Resultat(n, facture.ChampBRAMO, l.BRAMO), taux)
	m.x.Calcule(n, r, facture.Pourcentage, facture.ChampRemboursable, remboursable, &tarif.ArrVF670,
		facture.Resultat(n, facture.ChampBRAMC, l.BRAMC), taux)
	m.x.Calcule(n, r, facture.Difference, facture.ChampMRC, l.MRC, nil,
		facture.Resultat(n, facture.ChampBRAMC, l.BRAMC), facture.Resultat(n, facture.ChampRemboursable, remboursable))
}

// ajoute puts the line and what its one debtor owes on the invoice.
func (m *moteur) ajoute(l *facture.Ligne, n int, d simphonie.Debiteur) {
	f := &m.r.Facture
	f.Lignes = append(f.Lignes, *l)
	part, champ := l.MRC, facture.ChampMRC
	if d == simphonie.AMO {
		part, champ = l.MRO, facture.ChampMRO
	}
	f.Parts = append(f.Parts, facture.Part{Ligne: n, Debiteur: d, Montant: part, Etat: facture.Theorique})
	if m.x != nil {
		m.x.Calcule(n, &regPart, facture.Copie, facture.ChampPart(d), part, nil, facture.Resultat(n, champ, part))
	}
}

// bases adds up the two bases, which do not mix.
func (m *moteur) bases() {
	var err error
	for i := range m.r.Facture.Lignes {
		l := &m.r.Facture.Lignes[i]
		if l.Participation == facture.ParticipationAucune {
			m.r.BaseAMO, err = m.r.BaseAMO.Add(l.BRAMO)
		} else {
			m.r.BaseTM, err = m.r.BaseTM.Add(l.BRAMC)
		}
		m.erreur(err)
	}
}
