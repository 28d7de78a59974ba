package sejour

import (
	"cmp"
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
)

// Threshold from which an act is heavy: 120 €, since 2011, or coefficient 60
// (RG_VF663).
const (
	seuilMontant     simphonie.Montant     = 120_00
	seuilCoefficient simphonie.Coefficient = 60 * simphonie.Un
)

// seuil is what the threshold does to the stay.
type seuil struct {
	exo  facture.Exoneration // that exempts the days, ExoAucune when it is not reached
	jour simphonie.Jour      // of the act, which chooses the line that carries
	// tmf is the price of the participation forfaitaire, nil when none is carried.
	tmf *tarif.Tarif
	// participation is who bears it; the régime's own is not deducted.
	participation facture.Participation
}

// lourd is a day on which the threshold is reached, and by what.
type lourd struct {
	jour simphonie.Jour
	acte string
	exo  facture.Exoneration
}

// examineSeuil decides whether a heavy act of the stay, or the stay that it
// directly follows, replaces the ticket modérateur by the participation
// forfaitaire. The earliest act that no other rule exempts decides.
func (m *moteur) examineSeuil() {
	seuls, ensembles := m.lourds()
	if m.i.Cumul == CumulDuJour && len(ensembles) > 0 {
		m.lecture(&intCumul, string(m.i.Cumul))
		seuls, ensembles = append(seuls, ensembles...), nil
		slices.SortStableFunc(seuls, func(a, b lourd) int { return a.jour.DaysSince(b.jour) })
	}
	var retenus []lourd
	for _, l := range seuls {
		if m.retient(l, len(retenus) > 0) {
			retenus = append(retenus, l)
		}
	}
	m.examineCumul(ensembles, retenus)
	switch {
	case len(retenus) > 0:
		m.seuil.exo, m.seuil.jour = retenus[0].exo, retenus[0].jour
		m.explique(&regSeuil, retenus[0].acte, retenus[0].jour.String())
	case m.s.Suite == nil || !m.suiteExonere():
		return
	}
	if m.s.Suite == nil || m.suite() {
		m.participation(retenus)
	}
}

// suiteExonere looks for the first day that the stay before exempts: one that no
// other rule does.
func (m *moteur) suiteExonere() bool {
	exo := facture.ExoCCAM
	if m.s.Suite.Seuil == SeuilNGAP {
		exo = facture.ExoK60
	}
	for j := m.entree; !j.After(m.sortie) && !m.exonere(j); j = j.AddDays(1) {
		if m.retenable(lourd{jour: j, exo: exo}) {
			m.seuil.exo, m.seuil.jour = exo, j
			return true
		}
	}
	return false
}

func (m *moteur) explique(r *simphonie.Regle, valeurs ...string) {
	if m.x != nil {
		m.x.Decide(-1, r, valeurs...)
	}
}

// lourds finds what reaches the threshold, by day: each act alone, and the
// acts of a day that reach it only together. The result does not depend on the
// order of the input.
func (m *moteur) lourds() (seuls, ensembles []lourd) {
	actes := slices.SortedFunc(slices.Values(m.s.Actes), func(a, b Acte) int {
		return cmp.Or(a.Jour.DaysSince(b.Jour), -cmp.Compare(a.Montant, b.Montant), -cmp.Compare(a.Coefficient, b.Coefficient), cmp.Compare(a.Code, b.Code))
	})
	for n := 0; n < len(actes); {
		j := actes[n].Jour
		var montant simphonie.Montant
		var coefficient int64
		seul := false
		for ; n < len(actes) && actes[n].Jour == j; n++ {
			a := &actes[n]
			// Above the threshold sums no longer matter: they are not let to overflow.
			montant += min(a.Montant, seuilMontant)
			coefficient += int64(a.Coefficient)
			switch {
			case a.Montant >= seuilMontant:
				seuls, seul = append(seuls, lourd{j, a.Code, facture.ExoCCAM}), true
			case a.Coefficient >= seuilCoefficient:
				seuls, seul = append(seuls, lourd{j, a.Code, facture.ExoK60}), true
			}
		}
		switch {
		case seul:
		case montant >= seuilMontant:
			ensembles = append(ensembles, lourd{j, "cumul", facture.ExoCCAM})
		case coefficient >= int64(seuilCoefficient):
			ensembles = append(ensembles, lourd{j, "cumul", facture.ExoK60})
		}
	}
	return seuls, ensembles
}

// examineCumul leaves to a person the days whose acts reach the threshold only
// together, unless that changes nothing of what anybody owes.
func (m *moteur) examineCumul(ensembles, retenus []lourd) {
	for _, l := range ensembles {
		sansEffet := len(retenus) > 0 && (!l.jour.Before(retenus[0].jour) || m.memeParticipation(l.jour, retenus[0].jour))
		if sansEffet || !m.retenable(l) {
			continue
		}
		m.lecture(&intCumul, string(m.i.Cumul))
		if m.i.Cumul != CumulActeSeul {
			m.anomalie(&regSeuilCumul, "actes", l.jour.String())
		}
	}
}

// memeParticipation says that the participation forfaitaire has the same price
// and the same bearer on two days.
func (m *moteur) memeParticipation(i, j simphonie.Jour) bool {
	prix := func(j simphonie.Jour) (p simphonie.Prix) {
		if t, ok := m.grille.Lookup(TarifTMF, j, m.o.ConnuAu); ok {
			p = t.Prix
		}
		return p
	}
	a, b := m.contexte(i), m.contexte(j)
	return prix(i) == prix(j) && a.ASPA() == b.ASPA() && a.RegimeLocal() == b.RegimeLocal() && m.reste(a) == m.reste(b) &&
		m.o.RegimesTMF.Contains(a.Organisme.Regime, i, m.o.ConnuAu) == m.o.RegimesTMF.Contains(b.Organisme.Regime, j, m.o.ConnuAu)
}

// retient says that a heavy act exempts the stay: no rule before the threshold
// decides the rate of its day, and its day is not past the exempt one. Past it,
// an act changes nothing when one before it exempts the stay already.
func (m *moteur) retient(l lourd, deja bool) bool {
	switch {
	case !m.retenable(l), m.exonere(l.jour) && deja && m.i.ActeTardif != TardifSejour:
		m.explique(&regSeuilEcarte, l.acte, l.jour.String())
		return false
	case !m.exonere(l.jour):
		return true
	}
	m.lecture(&intActeTardif, string(m.i.ActeTardif))
	switch m.i.ActeTardif {
	case TardifSejour:
		return true
	case TardifEcarte:
		m.explique(&regSeuilEcarte, l.acte, l.jour.String())
	default:
		m.note(simphonie.Anomalies{regSeuilTardif.Anomalie("actes", l.acte, l.jour.String())})
	}
	return false
}

// retenable says that the list of exemptions of the day reaches the threshold.
func (m *moteur) retenable(l lourd) bool {
	c := m.contexte(l.jour)
	if c.AME() || m.decisionTM(l.jour) != nil {
		return false
	}
	d, err := m.tauxListe("", l.jour, l.exo, false)
	return err == nil && d.Regle != nil && d.Regle.Code == "DROITS-TAUX-SEUIL"
}

// suite applies the reading of what a stay that directly follows another bears;
// false when it bears nothing or a person decides.
func (m *moteur) suite() bool {
	m.explique(&regSeuilSuite, m.s.Suite.Venue)
	m.lecture(&intSuiteTMF, string(m.i.SuiteTMF))
	switch m.i.SuiteTMF {
	case SuiteChacun:
		return true
	case SuiteUneSeule:
	default:
		m.anomalie(&regSuiteTMF, "suite", m.s.Suite.Venue)
	}
	return false
}

// participation finds who bears the participation forfaitaire, and its price on
// the day of the act.
func (m *moteur) participation(retenus []lourd) {
	c := m.contexte(m.seuil.jour)
	switch {
	case c.ASPA():
		m.explique(&regTMFAucune)
		return
	case c.RegimeLocal():
		m.explique(&regTMFRegime, "régime local")
		m.seuil.participation = facture.ParticipationLocale
		return
	case m.o.RegimesTMF == nil:
		m.anomalie(&regTMFTable, "droits.organisme", c.Organisme.Regime)
		return
	case m.o.RegimesTMF.Contains(c.Organisme.Regime, m.seuil.jour, m.o.ConnuAu):
		m.explique(&regTMFRegime, c.Organisme.Regime)
		m.seuil.participation = facture.ParticipationRegime
		return
	}
	t, ok := m.prix(TarifTMF, m.seuil.jour)
	if !ok {
		return
	}
	for _, l := range retenus {
		if u, ok := m.grille.Lookup(TarifTMF, l.jour, m.o.ConnuAu); ok && u.Prix != t.Prix {
			m.note(simphonie.Anomalies{regTMFPrix.Anomalie("actes", m.seuil.jour.String(), l.jour.String())})
		}
	}
	m.seuil.tmf, m.seuil.participation = t, facture.ParticipationAssure
}

// porteuse gives the rank of the line that carries the participation
// forfaitaire: the dearest that the act exempts, of those that hold its day if
// there are any, else of those whose rest has the debtor of that day; the first
// of two that cost the same. -1 when there is none.
func (m *moteur) porteuse(ts []tranche) int {
	rang, cout, tient := -1, simphonie.Montant(0), false
	for i := range ts {
		t := &ts[i]
		if !t.decision.seuil {
			continue
		}
		jour := (simphonie.Periode{Du: t.du, Au: t.au}).Contains(m.seuil.jour)
		if !jour && t.decision.debiteur != m.reste(m.contexte(m.seuil.jour)) {
			continue
		}
		c, _ := tarif.Produit(t.prix, t.quantite()) // too large: refused with its line
		if rang < 0 || jour && !tient || jour == tient && c > cout {
			rang, cout, tient = i, c, jour
		}
	}
	return rang
}
