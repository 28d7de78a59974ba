package mandat

import (
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/modele"
	"github.com/simphonie/simphonie/internal/jsonstrict"
)

// Encode writes a mandate for storage that the caller protects: contact and
// alias are whole.
func Encode(m Mandat) ([]byte, error) {
	if err := m.valide(); err != nil {
		return nil, err
	}
	return simphonie.MarshalEnClair(m)
}

// Decode reads what Encode wrote, in this release or a former one. What no
// sequence of events can give, or whose evidence does not hold, is refused.
func Decode(b []byte) (Mandat, error) {
	var m Mandat
	if err := jsonstrict.Decode(b, &m); err != nil {
		return Mandat{}, err
	}
	if err := m.valide(); err != nil {
		return Mandat{}, err
	}
	return m, nil
}

// sain checks, at little cost, what every step relies on.
func (m *Mandat) sain() bool {
	if m.Forme != forme || m.Etat < Propose || m.Etat > Alternative {
		return false
	}
	c := m.courant()
	switch {
	case m.Etat < MontantConnu:
		return c == nil
	case m.Etat.ouvert():
		return c != nil && c.Situation == EnCours && (m.Etat < Soumis || c.Essai > 0) && (m.Etat < Avise || !c.Annonce.IsZero()) && (m.Etat < Soumis || !c.Echeance.IsZero())
	case m.Etat.preleve():
		return c != nil && c.Situation == Faite
	}
	return true
}

// valide checks what every mandate holds true.
func (m *Mandat) valide() error {
	faux := func(chemin string) error {
		return &simphonie.Erreur{Code: "DIA-MANDAT-INCOHERENT", Service: service, Chemin: chemin, Detail: "no sequence of events gives this"}
	}
	if m.Forme != forme {
		return &simphonie.Erreur{Code: "DIA-MANDAT-FORME", Service: service, Chemin: "forme", Detail: "not a form that this release reads"}
	}
	if err := m.Politique.Verifie(); err != nil {
		return err
	}
	if err := m.termes(); err != nil {
		return err
	}
	scelle, tenu := m.Accord.Accord != "", !m.Alias.IsZero()
	switch {
	case !m.sain():
		return faux("etat")
	case scelle != (m.Etat > ControleEchoue), tenu && !m.Etat.ouvert() && !m.Etat.preleve(), m.Etat.ouvert() && !tenu, m.Clos && tenu,
		scelle && (!modele.Reference(m.Accord.Accord, 64) || m.Accord.Le.IsZero()):
		return faux("accord")
	case m.Reste < 0, (m.Etat == Alternative) != (m.Alternative != 0):
		return faux("alternative")
	}
	for i := range m.Prelevements {
		p := &m.Prelevements[i]
		due := plusTard(m.Politique.Echeance(p.AviseLe), p.Annonce)
		if !p.coherent() || !p.Echeance.IsZero() && (p.AviseLe.IsZero() || p.Echeance.Before(due)) || p.Situation == EnCours && (i != len(m.Prelevements)-1 || !m.Etat.ouvert()) {
			return faux("prelevements")
		}
	}
	if t, err := m.engage(); err != nil || m.Politique.Portee == ParAccord && t > m.Plafond && !m.constate() {
		return faux("prelevements")
	}
	return m.Verifier()
}

// coherent checks one debit.
func (p *Prelevement) coherent() bool {
	var t simphonie.Montant
	for _, f := range p.Factures {
		var err error
		if t, err = t.Add(f.Montant); err != nil || f.Montant < 0 || !modele.Reference(f.Numero, 40) {
			return false
		}
	}
	var rendu simphonie.Montant
	for _, r := range p.Rendus {
		var err error
		if r.Montant <= 0 || r.Situation == 0 || r.Essai < 0 || r.ARelancer && r.Suspendu || !constatCoherent(r.Constat, r.Mouvement, r.Situation) {
			return false
		}
		if (r.Situation == Faite || r.Situation == EnCours) && r.Constat == (Decision{}) { // what somebody established is what it is
			if rendu, err = rendu.Add(r.Montant); err != nil {
				return false
			}
		}
	}
	for _, c := range p.Litiges {
		if c.Montant <= 0 || c.Montant > p.mouvement() || c.Nature == 0 {
			return false
		}
	}
	fait := p.Situation == Faite
	return t == p.Montant && p.AMC != 0 && p.Situation != 0 && p.Avis > 0 && p.Essai >= 0 && rendu <= p.mouvement() &&
		fait == !p.Le.IsZero() && (fait || len(p.Rendus) == 0 && len(p.Litiges) == 0 && p.Releve == "") && (!fait || p.mouvement() > 0) &&
		constatCoherent(p.Constat, p.Mouvement, p.Situation)
}

func constatCoherent(d Decision, mouvement simphonie.Montant, s Situation) bool {
	return mouvement >= 0 && (mouvement == 0 || d.entiere() && s == Faite) && (d == Decision{} || s == Faite || s == Abandonnee)
}

// constate says that a debit was established by somebody: no limit bounds it.
func (m *Mandat) constate() bool {
	return slices.ContainsFunc(m.Prelevements, func(p Prelevement) bool { return p.Constat != Decision{} })
}
