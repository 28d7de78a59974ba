package mandat

import (
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/modele"
)

// remue says that a day changes something: most do not, for most mandates.
func (m *Mandat) remue(j simphonie.Jour) bool {
	c := m.courant()
	switch {
	case m.Etat == Propose, m.Etat == ControleEchoue:
		return !j.Before(m.DateLimite)
	case m.Etat == Avise && !c.Echeance.IsZero():
		if !j.Before(c.Echeance) || m.tropTard(c.Echeance) {
			return true
		}
	case m.Etat == Actif, m.Etat == MontantConnu, m.Etat == Avise, m.Etat.preleve() && !m.Alias.IsZero():
		if m.tropTard(m.Politique.Echeance(j)) {
			return true
		}
	}
	return m.relance()
}

// relance says that a refund that did not leave is to be sent again.
func (m *Mandat) relance() bool {
	for i := range m.Prelevements {
		for _, r := range m.Prelevements[i].Rendus {
			if r.ARelancer {
				return true
			}
		}
	}
	return false
}

// JourVenu submits what is due, or finds that the limit date cannot be met.
func (e JourVenu) applique(p *pas) error {
	m := p.m
	prochaine := m.Politique.Echeance(p.jour)
	switch c := p.courant(); {
	case m.Etat == Propose, m.Etat == ControleEchoue: // nothing was sealed that is known of
		m.Etat = Decline
		p.note("expiration", v("dateLimite", m.DateLimite.String()))
	case m.Etat.preleve() && !m.Alias.IsZero() && m.tropTard(prochaine):
		m.Alias = modele.Alias{}
		p.note(Cloture{}.nom(), v("motif", "date limite"))
	case m.Etat == Actif && m.tropTard(prochaine), m.Etat == MontantConnu && m.tropTard(prochaine),
		m.Etat == Avise && c.Echeance.IsZero() && m.tropTard(prochaine),
		m.Etat == Avise && !c.Echeance.IsZero() && m.tropTard(plusTard(c.Echeance, p.jour)):
		p.finit(Expire, p.enCours())
		p.note("expiration", v("dateLimite", m.DateLimite.String()))
	case m.Etat == Avise && !c.Echeance.IsZero() && !p.jour.Before(c.Echeance):
		c.Essai++
		m.Etat = Soumis
		rang := len(m.Prelevements)
		p.ordres = append(p.ordres, Effet{Genre: Soumettre, Reference: m.Reference(rang), Rang: rang, Numero: c.Essai, Montant: c.Montant})
		p.note("soumission", v("reference", m.Reference(rang)), v("essai", strconv.Itoa(c.Essai)), v("montant", c.Montant.String()))
	}
	if !m.relance() {
		return nil
	}
	for i := range m.Prelevements {
		for k := range m.Prelevements[i].Rendus {
			if m.Prelevements[i].Rendus[k].ARelancer {
				p.rembourse(i+1, k+1)
			}
		}
	}
	return nil
}
