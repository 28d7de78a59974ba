package mandat

import (
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/modele"
)

// FactureFinale opens a debit: the first, or another one of an agreement that
// may serve several.
func (e FactureFinale) applique(p *pas) error {
	m := p.m
	if m.Etat != Actif && !(m.Etat.preleve() && !m.Alias.IsZero()) {
		return p.dans()
	}
	total, err := p.total(e)
	if err != nil {
		return err
	}
	if total == 0 && m.Etat.preleve() { // nothing more is due, another invoice may come
		p.facture(e, total)
		return nil
	}
	return p.ouvre(Prelevement{}, e, total)
}

// FactureCorrigee replaces the amount under way.
func (e FactureCorrigee) applique(p *pas) error {
	if err := p.dans(MontantConnu, Avise); err != nil {
		return err
	}
	c := *p.courant()
	p.m.Prelevements = p.m.Prelevements[:len(p.m.Prelevements)-1] // the list is our own copy
	total, err := p.total(FactureFinale(e))
	if err != nil {
		return err
	}
	return p.ouvre(Prelevement{Avis: c.Avis, Essai: c.Essai}, FactureFinale(e), total)
}

// facture notes the invoices.
func (p *pas) facture(e FactureFinale, total simphonie.Montant) {
	vs := []Valeur{v("montant", total.String()), v("amc", e.AMC.String())}
	for _, f := range e.Factures {
		vs = append(vs, v("facture", f.Numero), v("part", f.Montant.String()))
	}
	if e.Decision != (Decision{}) {
		vs = append(vs, p.m.liee(e.Decision))
	}
	p.note("facture", vs...)
}

// ouvre puts a debit of invoices under way, or ends the agreement.
func (p *pas) ouvre(x Prelevement, e FactureFinale, total simphonie.Montant) error {
	m := p.m
	deja, err := m.engage()
	if err != nil {
		return err
	}
	depasse, err := m.depasse(e.Factures, deja, total)
	if err != nil {
		return erreur(&regFacture, "factures", "too large an amount")
	}
	x.Factures, x.Montant, x.AMC, x.Decision, x.Situation = append([]Facture(nil), e.Factures...), total, e.AMC, e.Decision, EnCours
	x.Avis++
	m.Prelevements = append(m.Prelevements[:len(m.Prelevements):len(m.Prelevements)], x)
	p.propres = true
	p.facture(e, total)
	switch {
	case total == 0:
		p.finit(RienDu, 0)
	case depasse:
		p.finit(PlafondDepasse, total)
	case m.tropTard(m.Politique.Echeance(p.jour)):
		p.finit(Expire, total)
	default:
		m.Etat = MontantConnu
	}
	return nil
}

// depasse says that the ceiling does not allow what is asked.
func (m *Mandat) depasse(fs []Facture, deja, total simphonie.Montant) (bool, error) {
	if m.Politique.Portee == ParAccord {
		t, err := deja.Add(total)
		return t > m.Plafond, err
	}
	for _, f := range fs {
		if f.Montant > m.Plafond {
			return true, nil
		}
	}
	return false, nil
}

// tropTard says that a debit ordered on a day would not meet the limit date.
func (m *Mandat) tropTard(j simphonie.Jour) bool {
	if m.Politique.Limite == SurPrelevement {
		j = j.AddDays(m.Politique.Traitement)
	}
	return j.After(m.DateLimite)
}

// facturesMax bounds the invoices of one debit.
const facturesMax = 100

// total checks invoices and adds them up.
func (p *pas) total(e FactureFinale) (simphonie.Montant, error) {
	d := e.Decision
	switch decide := d.entiere(); {
	case e.AMC < AMCRepondu || e.AMC > AMCAbandonnee:
		return 0, erreur(&regAMC, "amc", "to be stated: it answered, there is none, or its answer is given up by a decision")
	case e.AMC == AMCAbandonnee && !decide, e.AMC != AMCAbandonnee && d != Decision{}:
		return 0, erreur(&regAMC, "decision", "who gives the answer up, and why; and then only")
	case len(e.Factures) == 0 || len(e.Factures) > facturesMax:
		return 0, erreur(&regFacture, "factures", "1 to 100 invoices are wanted")
	}
	var total simphonie.Montant
	vues := map[string]bool{}
	for i, f := range e.Factures {
		chemin := "factures[" + strconv.Itoa(i) + "]"
		var err error
		if !modele.Reference(f.Numero, 40) || f.Montant < 0 || vues[f.Numero] {
			return 0, erreur(&regFacture, chemin, "a number that comes once, and an amount that is not negative, are wanted")
		}
		if total, err = total.Add(f.Montant); err != nil {
			return 0, erreur(&regFacture, chemin, "too large an amount")
		}
		if p.m.debitee(f.Numero) {
			return 0, erreur(&regDejaPreleve, chemin, "debited under this agreement")
		}
		vues[f.Numero] = true
	}
	return total, nil
}

// debitee says that an invoice was debited under the agreement.
func (m *Mandat) debitee(numero string) bool {
	for i := range m.Prelevements {
		for _, f := range m.Prelevements[i].Factures {
			if f.Numero == numero && m.Prelevements[i].Situation == Faite {
				return true
			}
		}
	}
	return false
}
