package mandat

import (
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/modele"
)

func (e Acceptation) applique(p *pas) error {
	m, a := p.m, e.Accord
	if err := p.dans(Propose, ControleEchoue); err != nil {
		return err
	}
	switch {
	case e.PlafondAffiche != m.Plafond || e.DateLimiteAffichee != m.DateLimite || !modele.Reference(e.VersionTexte, 40):
		return erreur(&regLimites, "plafondAffiche, dateLimiteAffichee, versionTexte", "the limits shown are not those of the mandate, or the text has no version")
	case !p.jour.Before(m.DateLimite):
		return erreur(&regDateLimite, "dateLimite", "not after today any more: propose another agreement")
	case a.Refus != "", a.Alias.IsZero(), !modele.Reference(a.Accord, 64), !modele.Reference(a.Autorisation, 64), !modele.Reference(a.Ticket, 64),
		!modele.Reference(e.Terminal, 64), a.Contrat != "" && !modele.Reference(a.Contrat, 64), !expiration(a.Expiration):
		return erreur(&regConsentement, "accord", "agreement, alias, authorisation of the check, ticket and terminal are wanted, each a reference; an expiry is YYMM")
	}
	// The checks of their readers: an adapter may have made the values otherwise.
	if _, err := modele.NewAlias(a.Alias.Clair()); err != nil {
		return err
	}
	if !a.PAN.IsZero() {
		if _, err := modele.NewPANMasque(a.PAN.Clair()); err != nil {
			return err
		}
	}
	m.Etat, m.Alias = Actif, a.Alias
	m.Accord = Accord{Accord: a.Accord, PAN: a.PAN, Expiration: a.Expiration, Autorisation: a.Autorisation, Ticket: a.Ticket, Terminal: e.Terminal, Contrat: a.Contrat, Le: p.quand}
	p.note("acceptation", v("plafondAffiche", e.PlafondAffiche.String()), v("dateLimiteAffichee", e.DateLimiteAffichee.String()), v("texte", e.VersionTexte),
		v("accord", a.Accord), v("autorisation", a.Autorisation), v("ticket", a.Ticket), v("terminal", e.Terminal))
	return nil
}

func expiration(s string) bool {
	return s == "" || len(s) == 4 && modele.Reference(s, 4) && s[2:] >= "01" && s[2:] <= "12"
}

func (e RefusPatient) applique(p *pas) error {
	if err := p.dans(Propose, ControleEchoue); err != nil {
		return err
	}
	p.m.Etat = Decline
	p.note(e.nom())
	return nil
}

func (e ControleRefuse) applique(p *pas) error {
	if err := p.dans(Propose, ControleEchoue); err != nil {
		return err
	}
	p.m.Etat = ControleEchoue
	p.note(e.nom(), v("code", discret(e.Code)))
	return nil
}

// Retrait is possible at any time before the debit, and between two. While a
// result is awaited it is kept: the order is not sent again.
func (e Retrait) applique(p *pas) error {
	switch m := p.m; {
	case m.Etat == Soumis, m.Etat == Incertain:
		if m.Retrait {
			return nil
		}
		m.Retrait = true
	case m.Etat == Actif, m.Etat == MontantConnu, m.Etat == Avise:
		p.finit(Retire, p.enCours())
	case m.Etat.preleve() && !m.Alias.IsZero():
		m.Alias = modele.Alias{}
	default:
		return p.dans()
	}
	p.note(e.nom())
	return nil
}

// enCours is the amount under way.
func (p *pas) enCours() simphonie.Montant {
	if c := p.courant(); c != nil && c.Situation == EnCours {
		return c.Montant
	}
	return 0
}

func (e Cloture) applique(p *pas) error {
	switch {
	case !p.m.Etat.preleve():
		return p.dans()
	case p.m.Alias.IsZero():
		return nil
	}
	p.m.Alias = modele.Alias{}
	p.note(e.nom())
	return nil
}

func (e AccordClos) applique(p *pas) error {
	switch {
	case !p.m.fini():
		return p.dans()
	case p.m.Clos:
		return nil
	}
	p.m.Clos = true
	p.note(e.nom())
	return nil
}

func (e AlternativeRetenue) applique(p *pas) error {
	switch {
	case !p.m.Etat.autreMoyen():
		return p.dans()
	case e.Moyen < PayFiP || e.Moyen > Guichet:
		return erreur(&regMoyen, "moyen", "not one of the documented means")
	}
	p.m.Etat, p.m.Alternative = Alternative, e.Moyen
	p.note(e.nom(), v("moyen", e.Moyen.String()))
	return nil
}

func (e Contestation) applique(p *pas) error {
	c := p.prelevement(e.Rang)
	switch {
	case c == nil || c.Situation != Faite:
		return p.dans()
	case e.Nature < Impaye || e.Nature > DemandePatient, !modele.Reference(e.Reference, 64), e.Montant <= 0, e.Montant > c.mouvement(),
		slices.ContainsFunc(c.Litiges, func(x Contestation) bool { return x.Reference == e.Reference }):
		return erreur(&regContest, "contestation", "nature, new reference and an amount within the debit are wanted")
	}
	e.Rang, e.Le = 0, p.jour
	c.Litiges = append(slices.Clip(c.Litiges), e)
	p.apresDebit()
	p.note(e.nom(), v("nature", e.Nature.String()), v("montant", e.Montant.String()), v("reference", e.Reference))
	return nil
}

// apresDebit sets the state from the last debit, when none is under way.
func (p *pas) apresDebit() {
	if c := p.courant(); p.m.Etat.preleve() {
		p.m.Etat = c.etat()
	}
}
