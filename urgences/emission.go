package urgences

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
)

// emission adds priced lines of forfaits to the invoice.
type emission struct {
	m   *moteur
	exo facture.Exoneration
}

func (e *emission) ligne(c tarif.Code, support int, j simphonie.Jour, d *facture.DetailUrgence) int {
	return e.ligneCoef(c, support, j, simphonie.Un, d)
}

// ligneCoef adds a line and gives its rank. A forfait is at 100 % of the AMO
// (RG_VF660), or wholly the AME's (RG_VF650).
func (e *emission) ligneCoef(c tarif.Code, support int, j simphonie.Jour, coef simphonie.Coefficient, d *facture.DetailUrgence) int {
	m := e.m
	n := len(m.r.Facture.Lignes)
	l := facture.Ligne{Code: c, Support: support, Execution: j, Reference: j, Quantite: 1, Coefficient: coef,
		Detail: facture.Detail{Urgence: d}}
	if t, ok := m.prix(c, j); ok {
		m.tarifie(&l, n, t)
	}
	m.contexteLe(j)
	if m.ctx.AME() {
		m.ame(&l, n)
		m.ajoute(&l, simphonie.AMC(m.ctx.OC))
		return n
	}
	m.centPourCent(&l, n, e.exo, &regTauxForfait)
	m.ajoute(&l, simphonie.AMO)
	return n
}

// tarifie sets price and fees of a line.
func (m *moteur) tarifie(l *facture.Ligne, n int, t *tarif.Tarif) {
	l.PrixUnitaire, l.TarifReference = t.Prix, t.Reference
	var err error
	if l.Honoraires, err = tarif.Base(t.Prix, l.Quantite, l.Coefficient, 0); err != nil {
		m.errs = append(m.errs, err)
	}
	if m.x != nil {
		m.x.Decide(n, &regTarif, string(l.Code), l.Execution.String(), t.Reference)
		m.x.Calcule(n, &regTarif, facture.Produit, facture.ChampHonoraires, l.Honoraires, &tarif.ArrVF643Produit,
			facture.Donnee("prix unitaire", facture.DePrix(l.PrixUnitaire)),
			facture.Donnee("quantité", facture.DeNombre(l.Quantite)),
			facture.Donnee("coefficient", facture.DeCoefficient(l.Coefficient)))
	}
}

// ame gives the amounts of a patient of the AME: no base of the AMO, all in
// the complementary column, not reimbursable.
func (m *moteur) ame(l *facture.Ligne, n int) {
	l.BRAMC, l.Qualificatif = l.Honoraires, facture.QualifNonRemboursable
	m.parts(l, n, &regAMEForfait)
}

// centPourCent gives the amounts of a line that the AMO pays whole.
func (m *moteur) centPourCent(l *facture.Ligne, n int, exo facture.Exoneration, r *simphonie.Regle) {
	l.BRAMO, l.BRAMC, l.Taux, l.Exoneration = l.Honoraires, l.Honoraires, simphonie.Cent, exo
	m.parts(l, n, r)
}

// parts applies RG_VF670: MRO = base × rate, MRC = complementary base less the same.
func (m *moteur) parts(l *facture.Ligne, n int, r *simphonie.Regle) {
	var err error
	if l.MRO, err = l.Taux.Of(l.BRAMO, tarif.ArrVF670.Mode); err != nil {
		m.errs = append(m.errs, err)
	}
	remboursable, err := l.Taux.Of(l.BRAMC, tarif.ArrVF670.Mode)
	if err == nil {
		l.MRC, err = l.BRAMC.Sub(remboursable)
	}
	if err != nil {
		m.errs = append(m.errs, err)
	}
	if m.x == nil {
		return
	}
	if !estPartPatient(l.Code) { // the decision on the patient part has been told
		m.x.Decide(n, r)
	}
	m.expliqueBases(l, n, r)
	m.x.Calcule(n, r, facture.Pourcentage, facture.ChampMRO, l.MRO, &tarif.ArrVF670,
		facture.Resultat(n, facture.ChampBRAMO, l.BRAMO), facture.Donnee("taux", facture.DeTaux(l.Taux)))
	m.x.Calcule(n, r, facture.Pourcentage, facture.ChampRemboursable, remboursable, &tarif.ArrVF670,
		facture.Resultat(n, facture.ChampBRAMC, l.BRAMC), facture.Donnee("taux", facture.DeTaux(l.Taux)))
	m.x.Calcule(n, r, facture.Difference, facture.ChampMRC, l.MRC, nil,
		facture.Resultat(n, facture.ChampBRAMC, l.BRAMC), facture.Resultat(n, facture.ChampRemboursable, remboursable))
}

// expliqueBases records where the two bases come from: the fees, or nothing.
func (m *moteur) expliqueBases(l *facture.Ligne, n int, r *simphonie.Regle) {
	honoraires := facture.Resultat(n, facture.ChampHonoraires, l.Honoraires)
	aucune := facture.Donnee("aucune base", facture.DeMontant(0))
	for _, b := range [...]struct {
		champ facture.Champ
		base  simphonie.Montant
	}{{facture.ChampBRAMO, l.BRAMO}, {facture.ChampBRAMC, l.BRAMC}} {
		source := honoraires
		if b.base != l.Honoraires {
			source = aucune
		}
		m.x.Calcule(n, r, facture.Copie, b.champ, b.base, nil, source)
	}
}

// ajoute puts the line and what its one debtor owes on the invoice: the MRO,
// the MRC, or the fees for a debtor that the AMO invoice does not show.
func (m *moteur) ajoute(l *facture.Ligne, d simphonie.Debiteur) {
	f := &m.r.Facture
	n := len(f.Lignes)
	f.Lignes = append(f.Lignes, *l)
	part, source := l.Honoraires, facture.ChampHonoraires
	switch {
	case d == simphonie.AMO:
		part, source = l.MRO, facture.ChampMRO
	case l.MRC != 0:
		part, source = l.MRC, facture.ChampMRC
	}
	f.Parts = append(f.Parts, facture.Part{Ligne: n, Debiteur: d, Montant: part, Etat: facture.Theorique})
	if m.x != nil {
		m.x.Calcule(n, &regPart, facture.Copie, facture.ChampPart(d), part, nil, facture.Resultat(n, source, part))
	}
}
