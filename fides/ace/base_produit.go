package ace

import (
	"errors"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/tarif"
)

// produitTarife is a device or a drug with the prices that it is billed at.
type produitTarife struct {
	*Produit
	tarif    simphonie.Prix // de responsabilité, or of a quote; 0 when there is none
	quantite int
	ctom     simphonie.Coefficient // overseas, on drugs
	dehors   bool                  // the margin is a line of its own
	auTarif  bool                  // a device is based on its tarif, whatever its price
}

// retenu gives the lesser of the price asked and the tarif where one exists
// (RG_IP680a); a reading takes the tarif of a device.
func (p *produitTarife) retenu() simphonie.Prix {
	switch {
	case p.tarif == 0:
		return p.Prix
	case p.auTarif:
		return p.tarif
	}
	return min(p.Prix, p.tarif)
}

func (p *produitTarife) fraction() simphonie.Coefficient {
	if p.Fraction == 0 {
		return simphonie.Un
	}
	return p.Fraction
}

// total gives round(round(price × overseas) × quantity × fraction) + margin +
// reconstitution (RG_IP680a), the unit price first.
func (p *produitTarife) total() (unite, produit, total simphonie.Montant, err error) {
	if unite, err = tarif.Produit(p.retenu(), 1, p.ctom); err != nil {
		return 0, 0, 0, err
	}
	pu, err := unite.Prix()
	if err != nil {
		return 0, 0, 0, err
	}
	if produit, err = tarif.Produit(pu, p.quantite, p.fraction()); err != nil {
		return 0, 0, 0, err
	}
	marge := p.Marge
	if p.dehors {
		marge = 0
	}
	total, err = simphonie.Somme(produit, marge, p.Reconstitution)
	return unite, produit, total, err
}

// depassement gives what is asked of a device beyond its tarif.
func (p *produitTarife) depassement(s *soin, produit simphonie.Montant) (simphonie.Montant, error) {
	if s.p.Nomenclature != droits.LPP || p.Prix <= p.tarif {
		return 0, nil
	}
	demande, err := tarif.Produit(p.Prix, p.quantite, p.fraction())
	return demande - produit, err
}

// detailProduit says what the norme B2 tells of a product, prices to the cent.
func (m *moteur) detailProduit(l *ligne, s *soin, p *produitTarife) (facture.DetailProduit, error) {
	unite, produit, total, err := p.total()
	if err != nil {
		return facture.DetailProduit{}, err
	}
	d := facture.DetailProduit{Code: p.Code, Quantite: p.quantite, Fraction: p.Fraction, Total: total, Unitaire: unite, Demande: total,
		Reconstitution: p.Reconstitution}
	if !p.dehors {
		d.Marge = p.Marge
	}
	achat, err1 := p.Prix.Montant(tarif.ArrB2Prix.Mode)
	reference, err2 := p.tarif.Montant(tarif.ArrB2Prix.Mode)
	depasse, err3 := p.depassement(s, produit)
	if err := errors.Join(err1, err2, err3); err != nil {
		return d, err
	}
	d.Achat, d.Tarif, d.Demande = achat, reference, total+depasse
	if m.horsFacture(l) {
		return d, nil // its gap of purchase is not billed
	}
	if part, ok := m.partEcart(s, p); ok {
		d.EcartUnitaire, d.Ecart, err = p.ecart(part.Taux)
	}
	return d, err
}

// ecart gives the gap of purchase that is paid: a part of what the price is
// under the tarif, to the cent for a unit, then for all (RG_IP680a).
func (p *produitTarife) ecart(part simphonie.Taux) (unite, total simphonie.Montant, err error) {
	if p.tarif <= p.Prix {
		return 0, 0, nil
	}
	if unite, err = tarif.Produit(p.tarif-p.Prix, 1, multiplicateur(part)); err != nil {
		return 0, 0, err
	}
	pu, err := unite.Prix()
	if err == nil {
		total, err = tarif.Produit(pu, p.quantite, p.fraction())
	}
	return unite, total, err
}

// tarife prices a product: its tarif from the tables or, failing that, from the
// visit. A LPP without any is an Absent; a drug may have none.
func (m *moteur) tarife(s *soin) (produitTarife, bool) {
	p := produitTarife{Produit: s.p.Produit, quantite: s.p.quantite(), ctom: simphonie.Un}
	t, err := m.o.Tables.Produit(p.Code, s.jour, m.o.ConnuAu)
	switch {
	case err == nil:
		p.tarif = t.Montant
	case p.Tarif != 0:
		p.tarif = p.Tarif
	case s.p.Nomenclature == droits.LPP:
		return p, !m.manque(err)
	}
	if s.p.Nomenclature == droits.LPP {
		p.auTarif = m.o.Interpretations.LPPSousTarif == LPPTarif
		return p, true
	}
	p.dehors = codeSansUCD(s.code)
	switch m.o.Tables.Liste(nomenclature.ListeCTOM, string(m.zone), s.jour, m.o.ConnuAu) {
	case simphonie.Oui:
		c, ok := m.parametre(nomenclature.ParamCTOM, s.jour)
		if !ok {
			return p, false
		}
		p.ctom = c.Coefficient
	case 0:
		if m.zone != tarif.ZoneOf(simphonie.Metropole) {
			return p, !m.manque(&nomenclature.Absent{Table: "listes", Cle: string(nomenclature.ListeCTOM) + "/" + string(m.zone), Jour: s.jour, ConnuAu: m.o.ConnuAu})
		}
	}
	return p, true
}

// derives adds the lines that a product brings with it: its margin without a UCD
// code, of its qualifier, then the gap of purchase of what is reimbursed (RG_MF602).
func (m *moteur) derives(i int) {
	s := &m.soins[i]
	de := m.ligneDe(i)
	p, ok := m.tarife(s)
	if !ok {
		return
	}
	if p.Marge != 0 && (s.p.Nomenclature == droits.LPP || s.code == codeNUT) {
		m.anomalie(&regMarge, rang(i), string(s.code))
	}
	if p.tarif == 0 && !p.dehors && s.code != codeNUT {
		m.anomalie(&regSansTarif, rang(i), p.Code, s.jour.String())
	}
	if p.dehors && p.Marge != 0 {
		m.derivee(de, i, gMarge, codeMAR, p.Marge).Qualificatif = de.Qualificatif
	}
	if m.horsFacture(de) {
		return
	}
	part, ok := m.partEcart(s, &p)
	if !ok {
		return
	}
	_, total, err := p.ecart(part.Taux)
	if m.manque(err) || total == 0 {
		return
	}
	m.derivee(de, i, gEcart, codesEcart[s.p.Nomenclature], total)
}

// partEcart gives the part of the gap of purchase that is paid, when there is a gap.
func (m *moteur) partEcart(s *soin, p *produitTarife) (*nomenclature.Parametre, bool) {
	if p.tarif <= p.Prix {
		return nil, false
	}
	return m.parametre(nomenclature.ParamPartEcart, s.jour)
}

// baseProduits adds up the products of a line: the tarif is the base, what is
// asked beyond it an overrun.
func (m *moteur) baseProduits(l *ligne) {
	var operandes []facture.Operande
	for k, i := range l.membres {
		s := &m.soins[i]
		p, ok := m.tarife(s)
		if !ok {
			return
		}
		unite, produit, total, err := p.total()
		if m.manque(err) {
			return
		}
		if l.total, err = l.total.Add(total); m.manque(err) {
			return
		}
		depasse, err := p.depassement(s, produit)
		if m.manque(err) {
			return
		}
		l.depasse += depasse
		if l.x == nil {
			continue
		}
		if s.p.Nomenclature == droits.LPP && p.Prix < p.tarif {
			l.lecture(lecLPPSousTarif, &intLPPSousTarif, string(m.o.Interpretations.LPPSousTarif))
		}
		c := facture.ChampTotal(k + 1)
		l.x.Calcule(l.n, &regProduit, facture.Produit, facture.ChampPrix, unite, &tarif.ArrIP680Prix,
			facture.Donnee("prix retenu", facture.DePrix(p.retenu())), facture.Donnee("coefficient des DOM", facture.DeCoefficient(p.ctom)))
		l.x.Calcule(l.n, &regProduit, facture.Produit, c, produit, &tarif.ArrIP680, facture.Resultat(l.n, facture.ChampPrix, unite),
			facture.Donnee("quantité", facture.DeNombre(p.quantite)), facture.Donnee("fraction", facture.DeCoefficient(p.fraction())))
		if total != produit {
			l.x.Calcule(l.n, &regProduit, facture.Somme, c, total, nil, facture.Resultat(l.n, c, produit),
				facture.Donnee("marge et reconstitution", facture.DeMontant(total-produit)))
		}
		operandes = append(operandes, facture.Resultat(l.n, c, total))
	}
	l.totalAMC = l.total
	var err error
	if l.PrixUnitaire, err = l.total.Prix(); m.manque(err) {
		return
	}
	if l.x != nil {
		l.x.Calcule(l.n, &regProduit, facture.Somme, facture.ChampBase, l.total, nil, operandes...)
	}
}

// baseEcart tells how the gap of purchase was computed (RG_IP680a).
func (m *moteur) baseEcart(l *ligne) {
	p, ok := m.tarife(&m.soins[l.membres[0]])
	if !ok {
		return
	}
	part, ok := m.parametre(nomenclature.ParamPartEcart, l.jour)
	if !ok {
		return
	}
	unite, total, err := p.ecart(part.Taux)
	if m.manque(err) || l.x == nil {
		return
	}
	l.x.Calcule(l.n, &regEcart, facture.Produit, facture.ChampPrix, unite, &tarif.ArrIP680Ecart,
		facture.Donnee("tarif moins prix", facture.DePrix(p.tarif-p.Prix)), facture.Donnee("part", facture.DeCoefficient(multiplicateur(part.Taux))))
	l.x.Calcule(l.n, &regEcart, facture.Produit, facture.ChampBase, total, &tarif.ArrIP680Ecart, facture.Resultat(l.n, facture.ChampPrix, unite),
		facture.Donnee("quantité", facture.DeNombre(p.quantite)), facture.Donnee("fraction", facture.DeCoefficient(p.fraction())))
}
