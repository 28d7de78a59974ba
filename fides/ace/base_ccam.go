package ace

import (
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/tarif"
)

// acteCCAM is what the base of an act of the CCAM is made of (RG_VF640).
type acteCCAM struct {
	prix           simphonie.Prix        // of the grid, raised overseas
	modificateurs  simphonie.Coefficient // 1 and what each modifier in per cent adds
	association    simphonie.Coefficient
	modificateurs2 simphonie.Montant // modifiers in euros
	demi           simphonie.Taux    // 50 % beside a consultation, 0 when whole
}

// baseActeCCAM are the steps of the base of an act.
type baseActeCCAM struct{ montant1, entiere, base, seuil simphonie.Montant }

// calcule gives M1 = price × modifiers × association to the cent, then M1 + M2:
// modifiers in euros take no association and do not count for the threshold.
func (a *acteCCAM) calcule() (b baseActeCCAM, err error) {
	if b.montant1, err = tarif.Produit(a.prix, 1, a.modificateurs, a.association); err != nil {
		return b, err
	}
	if b.entiere, err = b.montant1.Add(a.modificateurs2); err != nil {
		return b, err
	}
	b.base, b.seuil = b.entiere, b.montant1
	if a.demi != 0 {
		if b.base, err = a.demi.Of(b.entiere, tarif.ArrVF640CP02.Mode); err != nil {
			return b, err
		}
		b.seuil, err = a.demi.Of(b.montant1, tarif.ArrVF640CP02.Mode)
	}
	return b, err
}

// cumulModificateurs adds up the surplus parts: 1.3 and 1.5 make 1.8, not 1.95
// nor 2.8 (RG_VF640).
func cumulModificateurs(cs ...simphonie.Coefficient) simphonie.Coefficient {
	total := simphonie.Un
	for _, c := range cs {
		total += c - simphonie.Un
	}
	return total
}

// baseCCAM computes the base of an act.
func (m *moteur) baseCCAM(l *ligne) {
	a := acteCCAM{prix: l.PrixUnitaire, association: m.association(l)}
	if !m.modificateurs(l, &a) {
		return
	}
	if l.p.CCAM.DemiTarif {
		p, ok := m.parametre(nomenclature.ParamDemiTarif, l.jour)
		if !ok {
			return
		}
		a.demi = p.Taux
	}
	if l.Quantite != 1 || l.Coefficient != simphonie.Un {
		m.anomalie(&regCCAMSeul, rang(l.rang))
	}
	b, err := a.calcule()
	if m.manque(err) {
		return
	}
	l.total, l.totalAMC, l.seuil = b.base, b.base, b.seuil
	if l.x == nil {
		return
	}
	l.x.Calcule(l.n, &regBaseCCAM, facture.Produit, facture.ChampMontant1, b.montant1, &tarif.ArrVF640,
		facture.Donnee("prix unitaire", facture.DePrix(a.prix)), facture.Donnee("modificateurs", facture.DeCoefficient(a.modificateurs)),
		facture.Donnee("association", facture.DeCoefficient(a.association)))
	l.x.Calcule(l.n, &regBaseCCAM, facture.Copie, facture.ChampMontant2, a.modificateurs2, nil, facture.Donnee("modificateurs en euros", facture.DeMontant(a.modificateurs2)))
	m1, m2 := facture.Resultat(l.n, facture.ChampMontant1, b.montant1), facture.Resultat(l.n, facture.ChampMontant2, a.modificateurs2)
	l.x.Calcule(l.n, &regBaseCCAM, facture.Somme, facture.ChampBase, b.entiere, nil, m1, m2)
	if a.demi != 0 {
		l.x.Calcule(l.n, &regDemi, facture.Pourcentage, facture.ChampBase, b.base, &tarif.ArrVF640CP02,
			facture.Resultat(l.n, facture.ChampBase, b.entiere), facture.Donnee("avec une consultation", facture.DeTaux(a.demi)))
	}
}

// modificateurs reads the first modifiers of an act, as many as are paid (TB19),
// in the order of the practitioner.
func (m *moteur) modificateurs(l *ligne, a *acteCCAM) bool {
	a.modificateurs = simphonie.Un
	codes := l.p.CCAM.Modificateurs
	if codes == "" {
		return true
	}
	payes, err := m.o.Tables.ModificateursPayes(l.jourPrix, m.o.ConnuAu)
	if m.manque(err) {
		return false
	}
	for i := range len(codes) {
		mod, err := m.o.Tables.Modificateur(codes[i], l.grille, l.jourPrix, m.o.ConnuAu)
		if m.manque(err) {
			return false
		}
		if i >= payes {
			m.anomalie(&regModificateurNonPaye, rang(l.rang), codes[i:i+1], nombre(payes))
			continue
		}
		if mod.Coefficient != 0 {
			a.modificateurs = cumulModificateurs(a.modificateurs, mod.Coefficient)
		} else if a.modificateurs2, err = a.modificateurs2.Add(mod.Montant); m.manque(err) {
			return false
		}
		if l.x != nil {
			valeur := mod.Coefficient.String()
			if mod.Coefficient == 0 {
				valeur = mod.Montant.String() + " €"
			}
			l.x.Decide(l.n, &regModificateur, codes[i:i+1], valeur, mod.Reference)
		}
	}
	return true
}

// association gives the coefficient of the code that was given, of the planned
// association that a blank code stands for, or 1. A code is never recomputed.
func (m *moteur) association(l *ligne) simphonie.Coefficient {
	t, j := m.o.Tables, l.jourPrix
	if c := l.p.CCAM.Association; c != "" {
		coef, err := t.Association(c, l.grille, j, m.o.ConnuAu)
		if m.manque(err) {
			return simphonie.Un
		}
		if l.x != nil {
			l.explique(&regAssociation, c, coef.String())
		}
		return coef
	}
	if len(l.activite.Planifiees) == 0 {
		return simphonie.Un
	}
	planifie := simphonie.Coefficient(0)
	for _, k := range m.lignes {
		if k == l || k.genre != gCCAM || k.jour != l.jour || k.p.Seance != l.p.Seance || m.praticien(k) != m.praticien(l) {
			continue
		}
		regle, ok := l.activite.Planifiees[nomenclature.Membre{Acte: k.p.CCAM.Acte, Activite: k.p.CCAM.Activite}]
		if !ok {
			continue
		}
		coef, err := t.AssociationPlanifiee(regle, l.grille, j, m.o.ConnuAu)
		if m.manque(err) {
			return simphonie.Un
		}
		if planifie != 0 && planifie != coef {
			m.anomalie(&regAssociationDouble, rang(l.rang))
		}
		planifie = coef
		l.explique(&regAssociationPlanifiee, k.p.CCAM.Acte, coef.String())
	}
	if planifie != 0 {
		return planifie
	}
	return simphonie.Un
}

// praticien tells practitioners apart: by their own name, else by specialty.
func (m *moteur) praticien(l *ligne) Executant { return *m.executant(l.soin) }

// champ25 says whether the act is of a kind of field 25.
func (l *ligne) champ25(c string) bool {
	return l.genre == gCCAM && slices.Contains(l.acte.ExoTM, c)
}
