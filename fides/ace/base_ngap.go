package ace

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/tarif"
)

// baremeMajoration is how a surcharge in per cent is counted (RG_VF642).
type baremeMajoration struct {
	taux    simphonie.Taux
	plafond simphonie.Coefficient // in unit prices
}

// multiplicateur gives a rate of whole hundredths of a per cent as a multiplier.
func multiplicateur(t simphonie.Taux) simphonie.Coefficient {
	return simphonie.Coefficient(t / (simphonie.Cent / simphonie.Taux(simphonie.Un)))
}

// casMajoration says which of the amounts of RG_VF642 is the surcharge.
type casMajoration uint8

const (
	majForfait casMajoration = iota // the amount of the specialty
	majPart                         // coefficient × rate × unit price
	majPlafond                      // so many unit prices
)

// majorationPourcentage gives P = coefficient × rate × price, capped in unit prices,
// and never under the amount F.
func majorationPourcentage(pu simphonie.Prix, coef simphonie.Coefficient, forfait simphonie.Montant, b baremeMajoration) (simphonie.Montant, casMajoration, error) {
	part, err := tarif.Produit(pu, 1, coef, multiplicateur(b.taux))
	if err != nil {
		return 0, 0, err
	}
	plafond, err := tarif.Produit(pu, 1, b.plafond)
	switch {
	case err != nil:
		return 0, 0, err
	case part <= forfait, min(part, plafond) <= forfait:
		return forfait, majForfait, nil
	case part <= plafond:
		return part, majPart, nil
	}
	return plafond, majPlafond, nil
}

// baseActe gives price × quantity × coefficient and one surcharge a line
// (RG_VF631, RG_VF642, RG_VF643).
func (m *moteur) baseActe(l *ligne) {
	m.produit(l, facture.ChampProduit)
	produit := l.total
	if l.p.Majoration != "" && !m.majore(l) {
		return
	}
	var err error
	if l.total, err = produit.Add(l.majoration); m.manque(err) {
		return
	}
	l.totalAMC = l.total
	if l.x == nil {
		return
	}
	operandes := []facture.Operande{facture.Resultat(l.n, facture.ChampProduit, produit)}
	if l.p.Majoration != "" {
		operandes = append(operandes, facture.Resultat(l.n, facture.ChampMajoration, l.majoration))
	}
	l.x.Calcule(l.n, &regBase, facture.Somme, facture.ChampBase, l.total, nil, operandes...)
}

// majore finds the surcharge of a line.
func (m *moteur) majore(l *ligne) bool {
	lettre := string(l.p.Majoration)
	t, err := m.o.Tables.Majoration(lettre, l.p.Code, l.Coefficient, m.executant(l.soin).Specialite, m.zone, l.jourPrix, m.o.ConnuAu)
	if m.manque(err) {
		return false
	}
	forfait := facture.Donnee("montant de la majoration", facture.DeMontant(t.Montant))
	if t.Mode == nomenclature.MajorationMontant || l.p.Majoration == Urgence { // no rate is printed for U
		l.majoration = t.Montant
		if l.x != nil {
			l.x.Decide(l.n, &regMajoration, lettre, t.Reference)
			l.x.Calcule(l.n, &regMajoration, facture.Copie, facture.ChampMajoration, l.majoration, nil, forfait)
		}
		return true
	}
	var b baremeMajoration
	taux, plafond := nomenclature.ParamMajorationNuit, nomenclature.ParamPlafondNuit
	if l.p.Majoration == Ferie {
		taux, plafond = nomenclature.ParamMajorationFerie, nomenclature.ParamPlafondFerie
	}
	p, ok := m.parametre(taux, l.jourPrix)
	if !ok {
		return false
	}
	q, ok := m.parametre(plafond, l.jourPrix)
	if !ok {
		return false
	}
	b.taux, b.plafond = p.Taux, q.Coefficient
	var cas casMajoration
	if l.majoration, cas, err = majorationPourcentage(l.PrixUnitaire, l.Coefficient, t.Montant, b); m.manque(err) {
		return false
	}
	if l.x == nil {
		return true
	}
	l.x.Decide(l.n, &regMajoration, lettre, t.Reference)
	pu := facture.Donnee("prix unitaire", facture.DePrix(l.PrixUnitaire))
	switch cas {
	case majForfait:
		l.x.Calcule(l.n, &regMajoration, facture.Copie, facture.ChampMajoration, l.majoration, nil, forfait)
	case majPart:
		l.x.Calcule(l.n, &regMajoration, facture.Produit, facture.ChampMajoration, l.majoration, &tarif.ArrVF642, pu,
			facture.Donnee("coefficient", facture.DeCoefficient(l.Coefficient)), facture.Donnee("taux", facture.DeCoefficient(multiplicateur(b.taux))))
	case majPlafond:
		l.x.Calcule(l.n, &regMajoration, facture.Produit, facture.ChampMajoration, l.majoration, &tarif.ArrVF642, pu,
			facture.Donnee("plafond", facture.DeCoefficient(b.plafond)))
	}
	return true
}
