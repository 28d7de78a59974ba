package sejour

import (
	"cmp"
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
)

// Threshold from which an act is heavy.
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
	var retenus []lourd
	for _, l := range m.lourds() {
		if m.retient(l) {
			retenus = append(retenus, l)
		}
	}
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

// lourds finds what reaches the threshold, by day: each act alone, then those of
// a day together. The result does not depend on the order of the input.
func (m *moteur) lourds() []lourd {
	actes := slices.SortedFunc(slices.Values(m.s.Actes), func(a, b Acte) int {
		return cmp.Or(a.Jour.DaysSince(b.Jour), -cmp.Compare(a.Montant, b.Montant), -cmp.Compare(a.Coefficient, b.Coefficient), cmp.Compare(a.Code, b.Code))
	})
	var ls []lourd
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
				ls, seul = append(ls, lourd{j, a.Code, facture.ExoCCAM}), true
			case a.Coefficient >= seuilCoefficient:
				ls, seul = append(ls, lourd{j, a.Code, facture.ExoK60}), true
			}
		}
		exo := facture.ExoCCAM
		if montant < seuilMontant {
			exo = facture.ExoK60
		}
		if seul || montant < seuilMontant && coefficient < int64(seuilCoefficient) {
			continue
		}
		m.lecture(&intCumul, string(m.i.Cumul))
		switch m.i.Cumul {
		case CumulDuJour:
			ls = append(ls, lourd{j, "cumul", exo})
		case CumulActeSeul:
		default:
			if m.retenable(lourd{j, "cumul", exo}) {
				m.anomalie(&regSeuilCumul, "actes", j.String())
			}
		}
	}
	return ls
}

// retient says that a heavy act exempts the stay: no rule before the threshold
// decides the rate of its day, and its day is not past the exempt one.
func (m *moteur) retient(l lourd) bool {
	if !m.retenable(l) {
		m.explique(&regSeuilEcarte, l.acte, l.jour.String())
		return false
	}
	if !m.exonere(l.jour) {
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
// there are any; the first of two that cost the same. -1 when there is none.
func (m *moteur) porteuse(ts []tranche) int {
	rang, cout, tient := -1, simphonie.Montant(0), false
	for i := range ts {
		t := &ts[i]
		if !t.decision.seuil {
			continue
		}
		jour := (simphonie.Periode{Du: t.du, Au: t.au}).Contains(m.seuil.jour)
		c, _ := tarif.Produit(t.prix, t.quantite()) // too large: refused with its line
		if rang < 0 || jour && !tient || jour == tient && c > cout {
			rang, cout, tient = i, c, jour
		}
	}
	return rang
}
