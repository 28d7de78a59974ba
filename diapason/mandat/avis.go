package mandat

import (
	"strconv"

	"github.com/simphonie/simphonie"
)

func (e AvisEnvoye) applique(p *pas) error {
	m := p.m
	if m.Etat == Avise && p.courant().Avis == e.Avis {
		return nil // handed over twice: the first counts
	}
	if err := p.dans(MontantConnu); err != nil {
		return err
	}
	c := p.courant()
	switch {
	case e.Avis != c.Avis:
		return erreur(&regAvisAutre, "avis", "not the notice of the amount under way")
	case e.Annonce.IsZero(), e.Annonce.After(m.DateLimite):
		return erreur(&regAvisAutre, "annonce", "the due date told to the patient is missing, or after the limit date")
	}
	c.AviseLe, c.Annonce, m.Etat = p.jourAvis(), e.Annonce, Avise
	p.note(e.nom(), v("avis", strconv.Itoa(e.Avis)), v("montant", c.Montant.String()), v("annonce", e.Annonce.String()), v("canal", discret(e.Canal)), v("texte", e.Texte))
	if m.Politique.Depart == JourEnvoi {
		p.echoit(c)
	}
	return nil
}

func (e AvisRemis) applique(p *pas) error {
	if err := p.dans(Avise); err != nil {
		return err
	}
	c := p.courant()
	switch {
	case e.Avis != c.Avis:
		return erreur(&regAvisAutre, "avis", "not the notice of the amount under way")
	case p.m.Politique.Depart == JourEnvoi, !c.Echeance.IsZero():
		return nil
	}
	p.note(e.nom(), v("avis", strconv.Itoa(e.Avis)))
	p.echoit(c)
	return nil
}

// jourAvis is day 0 of a notice: today, and no day before what is recorded, for
// a clock that was put back.
func (p *pas) jourAvis() simphonie.Jour {
	j := p.jour
	for i := range p.m.Preuves {
		j = plusTard(j, p.m.Preuves[i].Jour)
	}
	return j
}

// echoit sets the due date from today: never before the day that was announced.
func (p *pas) echoit(c *Prelevement) {
	c.Echeance = plusTard(p.m.Politique.Echeance(p.jourAvis()), c.Annonce)
	if p.m.tropTard(c.Echeance) {
		p.finit(Expire, c.Montant)
	}
}

func plusTard(a, b simphonie.Jour) simphonie.Jour {
	if a.Before(b) {
		return b
	}
	return a
}

// AvisImpossible ends the agreement: nothing is debited without a notice.
func (e AvisImpossible) applique(p *pas) error {
	if err := p.dans(MontantConnu, Avise); err != nil {
		return err
	}
	c := p.courant()
	if e.Avis != c.Avis {
		return erreur(&regAvisAutre, "avis", "not the notice of the amount under way")
	}
	p.finit(SansAvis, c.Montant)
	p.note(e.nom(), v("avis", strconv.Itoa(e.Avis)))
	return nil
}
