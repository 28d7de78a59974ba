package mandat

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/modele"
)

// entiere says that a decision has a name and a reason.
func (d Decision) entiere() bool { return !d.Par.IsZero() && !d.Motif.IsZero() }

func (e Constat) applique(p *pas) error {
	r := e.Reponse
	switch {
	case !e.Decision.entiere():
		return erreur(&regConstat, "decision", "who established it, and why")
	case r.Issue == modele.Fait && r.Montant > 0 && !r.Jour.IsZero() && !r.Jour.After(p.jour):
	case r.Issue == modele.Absent && r.Montant == 0 && r.Jour.IsZero():
	default:
		return erreur(&regConstat, "reponse", "fait, with a positive amount and a day that has come, or absent, with none")
	}
	var err error
	if _, x := p.remboursement(r.Reference); x != nil {
		err = e.remboursement(p, x)
	} else {
		err = e.prelevement(p)
	}
	if err != nil {
		return err
	}
	vs := []Valeur{v("reference", r.Reference), v("issue", r.Issue.String())}
	if r.Issue == modele.Fait {
		vs = append(vs, v("montant", r.Montant.String()), v("jour", r.Jour.String()))
	}
	p.note(e.nom(), append(vs, p.m.liee(e.Decision))...)
	return nil
}

// prelevement closes the last debit. None before it can be open, nor given up.
func (e Constat) prelevement(p *pas) error {
	m, c, r := p.m, p.courant(), e.Reponse
	if c == nil || r.Reference != m.Reference(len(m.Prelevements)) {
		return erreur(&regReference, "reference", "not the last debit, nor a refund")
	}
	// Back to avise, corrected or given up, it may have been carried out after all.
	revenu := c.Essai > 0 && m.Etat != Soumis && (c.Situation == EnCours || c.Situation == Abandonnee)
	if m.Etat != Incertain && !(revenu && r.Issue == modele.Fait) {
		return p.dans()
	}
	c.Constat = e.Decision
	if r.Issue == modele.Absent {
		p.finit(Refuse, c.Montant)
		if m.Retrait {
			m.Etat = Retire
		}
		return nil
	}
	c.Situation, c.Le, c.Autorisation = Faite, r.Jour, discret(r.Autorisation)
	c.Mouvement = autre(r.Montant, c.Montant)
	m.Alias, m.Reste = modele.Alias{}, max(c.Montant-r.Montant, 0)
	if m.Etat != Alternative { // the patient may have paid by another means too: a refund is asked for
		m.Etat = c.etat()
	}
	return nil
}

func (e Constat) remboursement(p *pas, x *Remboursement) error {
	r := e.Reponse
	revenu := x.ARelancer || x.Situation == Abandonnee
	if !(x.Situation == EnCours && x.Suspendu) && !(revenu && r.Issue == modele.Fait) {
		return p.dans()
	}
	x.Constat, x.Suspendu, x.ARelancer, x.Situation = e.Decision, false, false, Abandonnee
	if r.Issue == modele.Fait {
		x.Situation, x.Le, x.Autorisation = Faite, r.Jour, discret(r.Autorisation)
		x.Mouvement = autre(r.Montant, x.Montant)
	}
	p.apresDebit()
	return nil
}

// autre is what moved, when it is not what was ordered.
func autre(mouvement, ordre simphonie.Montant) simphonie.Montant {
	if mouvement == ordre {
		return 0
	}
	return mouvement
}
