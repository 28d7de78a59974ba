package sejour

import (
	"slices"
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
)

// ghmSansFJ are the groups of stays that carry no forfait journalier; those of
// the category 28 are sessions.
var ghmSansFJ = []string{"14Z08Z", "23K02Z"}

// categorieSeances is the category of sessions.
const categorieSeances = "28"

// decisionFJ is who bears the forfait journalier of a day. Two days with the
// same decision and price stand on one line.
type decisionFJ struct {
	regle    *simphonie.Regle
	valeurs  [3]string
	payeur   Payeur
	debiteur simphonie.Debiteur
}

// trancheFJ is days of forfait journalier that one line holds.
type trancheFJ struct {
	du, au    simphonie.Jour
	prix      simphonie.Prix
	reference string
	decision  decisionFJ
}

// sansFJ says why the whole stay carries no forfait journalier, if it does not.
func (m *moteur) sansFJ() (string, bool) {
	ghm := strings.ToUpper(m.s.GHM)
	switch {
	case m.s.Seance, strings.HasPrefix(ghm, categorieSeances):
		return "séance", true
	case m.entree == m.sortie:
		return "entrée et sortie le même jour", true
	case slices.Contains(ghmSansFJ, ghm):
		return "GHM " + ghm, true
	}
	return "", false
}

// lignesFJ adds the forfait journalier of every day that owes it, the day of
// discharge included.
func (m *moteur) lignesFJ() {
	if motif, sans := m.sansFJ(); sans {
		m.explique(&regFJSansObjet, motif)
		return
	}
	tarifFJ := TarifFJ
	if m.s.Discipline == Psychiatrie {
		tarifFJ = TarifFJPsychiatrie
	}
	m.lecture(&intSortie, string(m.i.Sortie))
	var ts []trancheFJ
	for j := m.entree; !j.After(m.sortie); j = j.AddDays(1) {
		if j == m.sortie && m.i.Sortie == SortieNonComptee {
			break
		}
		d, ok := m.decideFJ(j)
		if !ok {
			continue
		}
		p, ok := m.prix(tarifFJ, j)
		if !ok {
			continue
		}
		t := trancheFJ{du: j, au: j, prix: p.Prix, reference: p.Reference, decision: d}
		if n := len(ts) - 1; n >= 0 && ts[n].au.AddDays(1) == j && ts[n].prix == t.prix && ts[n].reference == t.reference && ts[n].decision == d {
			ts[n].au = j
			continue
		}
		ts = append(ts, t)
	}
	for i := range ts {
		m.ligneFJ(&ts[i])
	}
}

// decideFJ gives who bears the forfait journalier of a day; false when nobody
// does, or when an anomaly leaves it to a person.
func (m *moteur) decideFJ(j simphonie.Jour) (decisionFJ, bool) {
	c := m.contexte(j)
	if p := m.decisionFJ(j); p != nil {
		if p.Payeur == PayeurAucun {
			m.explique(&regFJSansObjet, p.Motif+", "+p.Reference+", le "+j.String())
			return decisionFJ{}, false
		}
		return m.charge(c, decisionFJ{regle: &regFJDecide, valeurs: [3]string{string(p.Payeur), p.Motif + ", " + p.Reference}, payeur: p.Payeur})
	}
	if m.enfant(j) {
		return decisionFJ{}, false
	}
	situation, p := m.payeur(c)
	if p == nil {
		m.note(simphonie.Anomalies{regFJSituation.Anomalie("droits."+string(situation), string(situation), j.String())})
		return decisionFJ{}, false
	}
	if p.Payeur == PayeurAucun {
		m.explique(&regFJSansObjet, string(situation)+", "+p.Reference+", le "+j.String())
		return decisionFJ{}, false
	}
	if situation == Ordinaire && (c.ALD() || c.Invalidite() || c.RenteAT() || c.CANSSM()) {
		m.lecture(&intFJExoneres, string(m.i.FJExoneres))
		if m.i.FJExoneres != ExoneresDoivent {
			m.note(simphonie.Anomalies{regFJExonere.Anomalie("droits", j.String())})
			return decisionFJ{}, false
		}
	}
	return m.charge(c, decisionFJ{regle: &regFJPayeur, valeurs: [3]string{string(situation), string(p.Payeur), p.Reference}, payeur: p.Payeur})
}

// enfant says that a day of a newborn carries no forfait journalier, or that a
// person decides.
func (m *moteur) enfant(j simphonie.Jour) bool {
	if m.nouveauNe(j) {
		m.lecture(&intNouveauNe, strconv.Itoa(m.i.joursNouveauNe()))
		m.explique(&regFJNouveauNe, j.String())
		return true
	}
	if !m.nouveauNe(m.entree) {
		return false
	}
	m.lecture(&intFJNouveauNe, string(m.i.FJNouveauNe))
	switch m.i.FJNouveauNe {
	case NouveauNeParJour:
		return false
	case NouveauNeSejour:
		m.explique(&regFJNouveauNe, j.String())
	default:
		m.note(simphonie.Anomalies{regFJApres.Anomalie("naissance", j.String())})
	}
	return true
}

// charge finds the debtor that a payer is on a day.
func (m *moteur) charge(c *droits.Contexte, d decisionFJ) (decisionFJ, bool) {
	droit := true
	switch d.payeur {
	case PayeurRegime:
		d.debiteur = simphonie.AMO
	case PayeurLocal:
		d.debiteur, droit = simphonie.AMO, c.RegimeLocal()
	case PayeurC2S:
		d.debiteur, droit = simphonie.AMC(c.OC), c.C2S() && !c.AME()
	case PayeurAME:
		d.debiteur, droit = simphonie.AMC(c.OC), c.AME()
	default:
		d.debiteur = simphonie.Patient
		if !c.AME() && !c.C2S() {
			d.debiteur = m.reste(c)
		}
	}
	if !droit {
		m.note(simphonie.Anomalies{regFJIncoherent.Anomalie("droits", c.Jour.String(), string(d.payeur))})
	}
	return d, droit
}

// ligneFJ adds one line of forfait journalier.
func (m *moteur) ligneFJ(t *trancheFJ) {
	l, ok := m.ligne(m.o.codeFJ(), t.du, t.au, t.au.DaysSince(t.du)+1, t.prix, t.reference)
	if !ok {
		return
	}
	d, n := &t.decision, len(m.r.Facture.Lignes)
	l.Detail.Sejour.CodeFJ = lettresPayeur[d.payeur]
	if m.x != nil {
		valeurs := d.valeurs[:]
		if d.regle == &regFJDecide {
			valeurs = valeurs[:2]
		}
		m.x.Decide(n, &regFJ, t.du.String(), t.au.String(), t.reference)
		m.x.Decide(n, d.regle, valeurs...)
		m.expliqueHonoraires(n, &l, &regFJ)
	}
	switch {
	case d.payeur == PayeurAME:
		m.toutComplementaire(n, &l, d.regle)
	case d.debiteur == simphonie.AMO:
		l.Taux = simphonie.Cent
		m.partage(n, &l, false, "")
	case d.payeur == PayeurC2S:
		m.partage(n, &l, false, "")
	default:
		m.horsAMO(n, &l, true, d.regle)
	}
	m.ajoute(n, &l, d.debiteur)
}
