package mandat

import (
	"slices"
	"strconv"

	"github.com/simphonie/simphonie/diapason/modele"
)

func (e DemandeRemboursement) applique(p *pas) error {
	c := p.prelevement(e.Rang)
	switch {
	case c == nil || c.Situation != Faite:
		return p.dans()
	case e.Numero >= 1 && e.Numero <= len(c.Rendus) && c.Rendus[e.Numero-1].Montant == e.Montant:
		return nil // asked twice: it is the same
	case e.Numero != len(c.Rendus)+1:
		return erreur(&regRendu, "numero", "refunds of a debit are numbered from 1, in order")
	case e.Montant <= 0 || e.Montant > c.solde():
		return erreur(&regRendu, "montant", "positive, and within what is left of the debit")
	}
	c.Rendus = append(slices.Clip(c.Rendus), Remboursement{Montant: e.Montant, Situation: EnCours})
	p.rembourse(e.Rang, e.Numero)
	return nil
}

// rembourse sends the order of a refund.
func (p *pas) rembourse(rang, numero int) {
	c := p.prelevement(rang)
	c.Rendus = slices.Clone(c.Rendus)
	r := &c.Rendus[numero-1]
	r.ARelancer = false
	ref := p.m.ReferenceRemboursement(rang, numero)
	if c.solde() < 0 { // what the bank took back since leaves no room
		r.Situation = Abandonnee
		p.note("remboursement-abandonne", v("reference", ref))
		return
	}
	r.Essai++
	p.ordres = append(p.ordres, Effet{Genre: Rembourser, Reference: ref, Rang: rang, Remboursement: numero, Numero: r.Essai, Montant: r.Montant})
	p.note("remboursement", v("reference", ref), v("essai", strconv.Itoa(r.Essai)), v("montant", r.Montant.String()))
}

// remboursement finds a refund by its reference, ready to be changed.
func (p *pas) remboursement(reference string) (*Prelevement, *Remboursement) {
	for i := range p.m.Prelevements {
		for k := range p.m.Prelevements[i].Rendus {
			if p.m.ReferenceRemboursement(i+1, k+1) == reference {
				c := p.prelevement(i + 1)
				c.Rendus = slices.Clone(c.Rendus)
				return c, &c.Rendus[k]
			}
		}
	}
	return nil, nil
}

// repondRemboursement takes the result of a refund.
func (p *pas) repondRemboursement(c *Prelevement, r *Remboursement, fait string, x modele.Reponse) error {
	vs := []Valeur{v("reference", x.Reference), v("issue", x.Issue.String())}
	switch {
	case x.Issue == modele.EnCours && r.Suspendu:
		return nil
	case x.Issue == modele.EnCours:
		r.Suspendu = true
	case x.Issue == modele.Absent && r.Suspendu:
		r.Suspendu, r.ARelancer = false, true
	case x.Issue == modele.Fait && x.Montant != r.Montant:
		return erreur(&regMontant, "montant", "not the amount of the order: the platform is to be called")
	case x.Issue == modele.Fait && !x.Jour.IsZero():
		r.Situation, r.Suspendu, r.Le, r.Autorisation = Faite, false, x.Jour, discret(x.Autorisation)
		vs = append(vs, v("montant", x.Montant.String()), v("jour", x.Jour.String()))
	case x.Issue == modele.Refuse:
		r.Situation, r.Suspendu, r.Code = Refusee, false, discret(x.Code)
		vs = append(vs, v("code", r.Code))
	default:
		return erreur(&regReponse, "reponse", "issue and day are wanted")
	}
	p.apresDebit()
	p.note(fait, vs...)
	return nil
}
