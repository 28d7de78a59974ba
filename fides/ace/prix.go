package ace

import (
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/tarif"
)

// prix finds the unit price of every line: that of its day of execution, or of
// the end of dental works (RG_VF630).
func (m *moteur) prix() {
	for _, l := range m.lignes {
		if l.sous != 0 || l.genre == gProduit {
			continue
		}
		p, err := m.prixDe(l)
		if m.manque(err) {
			continue
		}
		l.PrixUnitaire, l.TarifReference = p.Montant, p.Reference
		if l.x != nil {
			l.x.Decide(l.n, &regTarif, string(l.Code), l.jourPrix.String(), p.Reference)
		}
		if l.genre == gCCAM {
			m.prixDOM(l)
		}
	}
	if len(m.errs) == 0 {
		m.seconds()
	}
}

func (m *moteur) prixDe(l *ligne) (*nomenclature.Prix, error) {
	t, e, j, au := m.o.Tables, &m.v.Etablissement, l.jourPrix, m.o.ConnuAu
	specialite := m.executant(l.soin).Specialite
	switch {
	case l.genre == gCCAM:
		var err error
		if l.grille, err = t.Grille(specialite, j, au); err != nil {
			return nil, err
		}
		return t.PrixCCAM(l.p.CCAM.Acte, l.p.CCAM.Activite, l.p.CCAM.Phase, l.grille, j, au)
	case l.genre == gForfait && m.sansCoefficient(l):
		return t.PrixAMERSS(l.Code, specialite, e.Secteur, m.zone, j, au)
	}
	return t.Prix(l.Code, specialite, e.Secteur, m.zone, j, au)
}

// sansCoefficient says that the patient has prices of ATU, FFM, SEx and APE of
// its own, in which the coefficients are (RG_CF656).
func (m *moteur) sansCoefficient(l *ligne) bool {
	c := m.ref(l.soin)
	return c.AME() || c.RSS()
}

// prixDOM raises a price of the CCAM overseas (RG_VF633).
func (m *moteur) prixDOM(l *ligne) {
	c, ok := l.activite.DOM[m.zone]
	if !ok || c == simphonie.Un {
		return
	}
	base := l.PrixUnitaire
	if m.o.Interpretations.PrixDOM == PrixDOMEntier {
		n, err := produitPrix(base, c)
		if m.manque(err) {
			return
		}
		l.PrixUnitaire = n
		l.explique(&regDOM, c.String())
		l.lecture(lecPrixDOM, &intPrixDOM, string(PrixDOMEntier))
		return
	}
	n, err := tarif.Produit(base, 1, c)
	if err == nil {
		l.PrixUnitaire, err = n.Prix()
	}
	m.manque(err)
	if l.x != nil {
		l.explique(&regDOM, c.String())
		l.lecture(lecPrixDOM, &intPrixDOM, "")
		l.x.Calcule(l.n, &regDOM, facture.Produit, facture.ChampPrix, n, &tarif.ArrVF633,
			facture.Donnee("prix de la grille", facture.DePrix(base)), facture.Donnee("coefficient DOM", facture.DeCoefficient(c)))
	}
}

// produitPrix multiplies a price, which holds two decimals more than a product
// of cents needs, exactly or not at all.
func produitPrix(p simphonie.Prix, c simphonie.Coefficient) (simphonie.Prix, error) {
	n := int64(p) * int64(c)
	if c != 0 && n/int64(c) != int64(p) {
		return 0, simphonie.ErrDepassement
	}
	if n%int64(simphonie.Un) != 0 {
		return 0, &simphonie.Erreur{Code: "ACE-PRIX-DOM", Detail: "the price times the overseas coefficient has more than six decimals", Err: simphonie.ErrInexact}
	}
	return simphonie.Prix(n / int64(simphonie.Un)), nil
}

// seconds reduces the second technical forfait of a scanner, and the second SE
// of another list, the cheapest of the two (RG_VF607). What the caller typed
// must be the same.
func (m *moteur) seconds() {
	m.reduit(func(l *ligne) bool { return l.genre == gTechnique && l.p.Scanner }, nomenclature.ParamSecondScanner)
	m.reduit(func(l *ligne) bool { return l.genre == gForfait && estSE(l.Code) }, nomenclature.ParamSecondSE)
}

func (m *moteur) reduit(est func(*ligne) bool, nom nomenclature.NomParametre) {
	for i, l := range m.lignes {
		if !est(l) {
			continue
		}
		var reduit simphonie.Coefficient
		autres, chers, designe := 0, 0, false
		for j, k := range m.lignes {
			if i == j || !est(k) || k.jour != l.jour {
				continue
			}
			if autres++; autres == 1 {
				p, ok := m.parametre(nom, l.jour)
				if !ok {
					return
				}
				reduit = p.Coefficient
			}
			designe = designe || k.p.Coefficient == reduit
			if k.PrixUnitaire > l.PrixUnitaire || k.PrixUnitaire == l.PrixUnitaire && j < i {
				chers++
			}
			if estSE(l.Code) && m.listeSE(l) == m.listeSE(k) && j < i {
				m.anomalie(&regMemeListe, rang(l.rang), string(l.Code), string(k.Code))
			}
		}
		attendu := simphonie.Un
		switch {
		case autres == 0:
		case l.p.Coefficient == reduit && !designe: // the caller says which one is the second
			if attendu = reduit; chers == 0 {
				m.anomalie(&regSecondCher, rang(l.rang), string(l.Code))
			}
		case chers > 0 && !designe:
			attendu = reduit
		}
		if attendu != simphonie.Un {
			l.explique(&regSecond, string(l.Code), attendu.String())
		}
		if autres > 1 {
			m.anomalie(&regTroisieme, rang(l.rang), string(l.Code))
		}
		if c := l.p.Coefficient; c != 0 && c != attendu {
			m.anomalie(&regCoefficientForfait, rang(l.rang), string(l.Code), c.String(), attendu.String())
		}
		l.Coefficient = attendu
	}
}

// listeSE gives the list of annexe 11 of a SE: the one said, else its number.
func (m *moteur) listeSE(l *ligne) int {
	if l.p.Annexe != 0 {
		return l.p.Annexe
	}
	return int(l.Code[2] - '0')
}

// coefficientsMCO sets those of an activité à forfait (RG_CF654, RG_CF656).
func (m *moteur) coefficientsMCO(l *ligne) {
	l.coefAMC = 0
	switch {
	case m.sansCoefficient(l):
		l.explique(&regSansCoefficient)
		return
	case m.o.PUContientCoefficients == simphonie.Oui:
		l.explique(&regPUContient)
		return
	case m.o.PUContientCoefficients == 0:
		m.manque(&simphonie.Erreur{Code: "ACE-PU-COEFFICIENTS", Chemin: "PUContientCoefficients",
			Detail: "say whether the prices of ATU, FFM, SEx and APE hold the coefficients already (RG_VF833) or are multiplied by them (RG_VF643)"})
		return
	}
	c := m.o.coefficients(l.jour)
	if c == nil {
		m.manque(&nomenclature.Absent{Table: "coefficients", Cle: string(m.v.Etablissement.FINESS), Jour: l.jour, ConnuAu: m.o.ConnuAu})
		return
	}
	var err error
	if l.CoefMCO, err = c.Taux.MCO(); m.manque(err) {
		return
	}
	if l.coefAMC, err = c.Taux.AMC(); m.manque(err) || l.x == nil {
		return
	}
	t := &c.Taux
	l.x.Decide(l.n, &regCoefficients, c.Reference, l.CoefMCO.String(), l.coefAMC.String())
	l.x.CalculeCoefficient(l.n, &regCoefficients, l.CoefMCO, facture.Donnee("CG", facture.DeFacteur(t.Geographique)),
		facture.Donnee("CFISC", facture.DeFacteur(t.RepriseFisc)), facture.Donnee("CP", facture.DeFacteur(-t.Prudentiel)),
		facture.Donnee("CSEGUR", facture.DeFacteur(t.Segur)))
}

// parametre gives a dated value of the rules.
func (m *moteur) parametre(nom nomenclature.NomParametre, j simphonie.Jour) (*nomenclature.Parametre, bool) {
	p, err := m.o.Tables.Parametre(nom, j, m.o.ConnuAu)
	if m.manque(err) {
		return nil, false
	}
	return p, true
}

func nombre(n int) string { return strconv.Itoa(n) }
