package mandat

import (
	"github.com/simphonie/simphonie/diapason/modele"
)

func (e ReponseRecue) applique(p *pas) error {
	if c, r := p.remboursement(e.Reponse.Reference); r != nil {
		if r.Situation != EnCours || r.Suspendu || r.ARelancer {
			return p.dans()
		}
		return p.repondRemboursement(c, r, e.nom(), e.Reponse)
	}
	if err := p.ordre(e.Reponse.Reference, Soumis); err != nil {
		return err
	}
	if e.Reponse.Issue == modele.Absent {
		return erreur(&regReponse, "issue", "an order that was just sent cannot be absent")
	}
	return p.repond(e.nom(), e.Reponse)
}

func (e Interrogation) applique(p *pas) error {
	if c, r := p.remboursement(e.Reponse.Reference); r != nil {
		if r.Situation != EnCours || !r.Suspendu {
			return p.dans()
		}
		return p.repondRemboursement(c, r, e.nom(), e.Reponse)
	}
	if err := p.ordre(e.Reponse.Reference, Incertain); err != nil {
		return err
	}
	if e.Reponse.Issue == modele.Absent {
		p.note(e.nom(), v("reference", e.Reponse.Reference), v("issue", "absent"))
		p.revient()
		return nil
	}
	return p.repond(e.nom(), e.Reponse)
}

// ordre refuses what is not said of the debit under way, in a state.
func (p *pas) ordre(reference string, etats ...Etat) error {
	if err := p.dans(etats...); err != nil {
		return err
	}
	if reference != p.m.Reference(len(p.m.Prelevements)) {
		return erreur(&regReference, "reference", "not the order under way")
	}
	return nil
}

// revient is what follows from an order that is known not to have been carried out.
func (p *pas) revient() {
	p.m.Etat = Avise
	if p.m.Retrait {
		p.finit(Retire, p.enCours())
	}
}

// repond takes the result of a debit.
func (p *pas) repond(fait string, r modele.Reponse) error {
	m, c := p.m, p.courant()
	vs := []Valeur{v("reference", r.Reference), v("issue", r.Issue.String())}
	switch r.Issue {
	case modele.EnCours:
		if m.Etat == Incertain {
			return nil
		}
		m.Etat = Incertain
	case modele.Fait:
		if r.Montant != c.Montant {
			return erreur(&regMontant, "montant", "not the amount of the order: the platform is to be called")
		}
		if r.Jour.IsZero() {
			return erreur(&regReponse, "jour", "a debit has a day")
		}
		c.Situation, c.Le, c.Autorisation = Faite, r.Jour, discret(r.Autorisation)
		vs = append(vs, v("montant", r.Montant.String()), v("jour", r.Jour.String()), v("autorisation", c.Autorisation))
		m.Etat = c.etat()
		if m.Politique.Nombre == Unique || m.Retrait {
			m.Alias = modele.Alias{}
		}
	case modele.Refuse:
		c.Situation, c.Code = Refusee, discret(r.Code)
		vs = append(vs, v("code", c.Code))
		p.refuse(c)
	default:
		return erreur(&regReponse, "issue", "missing")
	}
	p.note(fait, vs...)
	return nil
}

// refuse is what follows from a refused debit: another means, or what the
// policy allows, under a new reference and with a new notice.
func (p *pas) refuse(c *Prelevement) {
	m, refus := p.m, 0
	for i := len(m.Prelevements) - 1; i >= 0 && m.Prelevements[i].Situation == Refusee; i-- {
		refus++
	}
	switch {
	case m.Retrait:
		p.finit(Retire, c.Montant)
	case refus > m.Politique.Reprises:
		p.finit(Refuse, c.Montant)
	case m.tropTard(m.Politique.Echeance(p.jour)):
		p.finit(Expire, c.Montant)
	default:
		m.Prelevements = append(m.Prelevements, Prelevement{Factures: c.Factures, Montant: c.Montant, AMC: c.AMC, Decision: c.Decision, Avis: 1, Situation: EnCours})
		m.Etat = MontantConnu
	}
}

func (e ReponsePerdue) applique(p *pas) error {
	if _, r := p.remboursement(e.Reference); r != nil {
		if r.Situation != EnCours || r.Suspendu || r.ARelancer {
			return p.dans()
		}
		r.Suspendu = true
	} else {
		if err := p.ordre(e.Reference, Soumis); err != nil {
			return err
		}
		p.m.Etat = Incertain
	}
	p.note(e.nom(), v("reference", e.Reference), v("code", discret(string(e.Code))))
	return nil
}

func (e JamaisParti) applique(p *pas) error {
	if _, r := p.remboursement(e.Reference); r != nil {
		if r.Situation != EnCours || r.Suspendu || r.ARelancer {
			return p.dans()
		}
		r.ARelancer = true
	} else {
		if err := p.ordre(e.Reference, Soumis); err != nil {
			return err
		}
		p.revient()
	}
	p.note(e.nom(), v("reference", e.Reference), v("code", discret(string(e.Code))))
	return nil
}

func (e ReleveVu) applique(p *pas) error {
	for i := range p.m.Prelevements {
		c := &p.m.Prelevements[i]
		if c.Situation != Faite || p.m.Reference(i+1) != e.Reference {
			continue
		}
		switch {
		case c.mouvement() != e.Montant, !modele.Reference(e.Releve, 64), c.Releve != "" && c.Releve != e.Releve:
			return erreur(&regReleve, "releve", "amount and reference equal to those of the debit, and one place on a statement, are wanted")
		case c.Releve == e.Releve:
			return nil
		}
		p.prelevement(i + 1).Releve = e.Releve
		p.apresDebit()
		p.note(e.nom(), v("reference", e.Reference), v("montant", e.Montant.String()), v("releve", e.Releve))
		return nil
	}
	return erreur(&regReleve, "reference", "no debit that was made has this reference")
}
