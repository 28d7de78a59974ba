package sejour

import (
	"slices"
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
)

// decisionTM is what rights and rules say of a day of a base. Two days with the
// same decision stand on one line.
type decisionTM struct {
	regle     *simphonie.Regle
	valeurs   [2]string // of the text of the rule
	taux      simphonie.Taux
	exo       facture.Exoneration
	reference string             // of the rate
	debiteur  simphonie.Debiteur // of what the AMO leaves
	ame, c2s  bool
	seuil     bool // the participation forfaitaire replaces the ticket modérateur
}

// Rules of the list of external care by what they are for a stay; any other
// gives a rate that no text extends to stays.
var (
	reglesBase     = []simphonie.Code{"DROITS-TAUX-DE-BASE", "DROITS-TAUX-SEUIL"}
	reglesEtendues = []simphonie.Code{"DROITS-TAUX-NATURE", "DROITS-TAUX-CANSSM", "DROITS-TAUX-BENEFICIAIRE", "DROITS-TAUX-ALD",
		"DROITS-TAUX-TRAITEMENT", "DROITS-TAUX-RENTE"}
	sourcesPropres = []string{"RG_VF664", "RG_VF675"} // of the rates of the CPRPF and of the ASPA
)

// decideTM gives the rate of a day, in this order: AME, decision of a person,
// list of droits with the threshold, exempt day, base rate. It is false when an
// anomaly or something that is not loaded prevents it.
func (m *moteur) decideTM(code tarif.Code, j simphonie.Jour) (decisionTM, bool) {
	c := m.contexte(j)
	d := decisionTM{debiteur: m.reste(c), ame: c.AME(), c2s: c.C2S() && !c.AME()}
	p := m.decisionTM(j)
	if d.ame {
		if p != nil {
			m.note(simphonie.Anomalies{regDecisionAME.Anomalie("decisionsTM", j.String())})
		}
		d.regle = &regAME
		return d, true
	}
	if p != nil {
		d.regle, d.taux, d.exo, d.reference = &regTauxDecide, p.Taux, p.Exoneration, p.Reference
		d.valeurs = [2]string{p.Taux.String(), p.Motif + ", " + p.Reference}
		return d, true
	}
	t, err := m.tauxListe(code, j, m.seuil.exo, false)
	if m.exonere(j) && (err != nil || t.Regle == nil || t.Taux < simphonie.Cent || m.listeAVerifier(t.Regle.Code)) {
		m.lecture(&intJourExonere, strconv.Itoa(m.i.jourExonere()))
		d.regle, d.taux, d.valeurs = &regJourExonere, simphonie.Cent, [2]string{strconv.Itoa(m.i.jourExonere())}
		return d, true
	}
	m.note(t.Anomalies)
	if err != nil {
		m.nonCharge(err)
		return d, false
	}
	if t.Regle == nil {
		return d, false
	}
	d.regle, d.taux, d.exo, d.reference = t.Regle, t.Taux, t.Exoneration, t.Reference
	d.seuil = m.seuil.exo != facture.ExoAucune && t.Regle.Code == "DROITS-TAUX-SEUIL"
	return d, m.vautPourSejour(&d, t.RegimeLocal, j)
}

// listeAVerifier says that a person decides whether a rule of external care
// holds for a stay.
func (m *moteur) listeAVerifier(code simphonie.Code) bool {
	return m.i.ListeTaux == ListeAVerifier && slices.Contains(reglesEtendues, code)
}

// vautPourSejour applies the readings of what the list says of external care only.
func (m *moteur) vautPourSejour(d *decisionTM, local bool, j simphonie.Jour) bool {
	code := d.regle.Code
	switch {
	case slices.Contains(reglesBase, code):
		return true
	case slices.Contains(reglesEtendues, code) && d.taux == simphonie.Cent:
		m.lecture(&intListeTaux, string(m.i.ListeTaux))
		if !m.listeAVerifier(code) {
			return true
		}
	case local:
		m.lecture(&intRegimeLocal, string(m.i.RegimeLocal))
		if m.i.RegimeLocal == LocalCent {
			d.taux = simphonie.Cent
		}
		if m.i.RegimeLocal == LocalCent || m.i.RegimeLocal == LocalExterne {
			d.regle, d.valeurs = &regLocal, [2]string{d.taux.String()}
			return true
		}
	case slices.Contains(sourcesPropres, d.regle.Source):
		m.lecture(&intTauxPropres, string(m.i.TauxPropres))
		if m.i.TauxPropres == PropresExterne {
			return true
		}
	}
	m.note(simphonie.Anomalies{regTauxListe.Anomalie("droits", string(code), d.taux.String(), j.String())})
	return false
}

// tauxListe goes through the decision list of droits for a day of the stay.
func (m *moteur) tauxListe(code tarif.Code, j simphonie.Jour, exo facture.Exoneration, tracer bool) (droits.Decision, error) {
	return droits.DeciderTaux(m.contexte(j), droits.Acte{Code: string(code), Execution: j, Naissance: m.s.Naissance,
		ConformeALD: m.s.Soins.ConformeALD, TraitementExonerant: m.s.Soins.TraitementExonerant, NouveauNe: m.nouveauNe(j), Seuil: exo},
		m.o.Baremes, droits.Options{Interpretations: m.i.Droits, Tracer: tracer})
}

// expliqueTaux says, for a line, which rules of the list fired and which did not.
func (m *moteur) expliqueTaux(n int, code tarif.Code, j simphonie.Jour, d *decisionTM) {
	if m.x == nil {
		return
	}
	if m.nouveauNe(j) {
		m.lecture(&intNouveauNe, strconv.Itoa(m.i.joursNouveauNe()))
	}
	if !d.ame && d.regle != &regTauxDecide {
		if t, err := m.tauxListe(code, j, m.seuil.exo, true); err == nil {
			for _, p := range t.Pas {
				if !p.Applique {
					m.x.Decide(n, &regEcartee, string(p.Regle.Code), p.Motif)
				}
			}
		}
	}
	var valeurs []string
	for _, v := range d.valeurs {
		if v != "" {
			valeurs = append(valeurs, v)
		}
	}
	m.x.Decide(n, d.regle, valeurs...)
}

// reste gives who owes what the AMO leaves.
func (m *moteur) reste(c *droits.Contexte) simphonie.Debiteur {
	switch {
	case c.AME(), c.C2S():
		return simphonie.AMC(c.OC)
	case m.s.AMC != "":
		m.lecture(&intAMCDeclaree, string(m.i.AMCDeclaree))
		if m.i.AMCDeclaree == AMCAssureur {
			return simphonie.AMC(m.s.AMC)
		}
	}
	return simphonie.Patient
}
