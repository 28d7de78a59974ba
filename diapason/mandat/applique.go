package mandat

import (
	"errors"
	"reflect"
	"slices"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/modele"
)

// pas is one step under way.
type pas struct {
	m       *Mandat // the new one
	quand   time.Time
	jour    simphonie.Jour
	propres bool // the list of debits was copied
	ordres  []Effet
}

// Appliquer gives the mandate after an event that happened at an hour, and what
// is to be done that was not before. Save the mandate first: what is due can be
// told from it (Dus), and an order is sent by whoever holds its effect. On an
// error the mandate is the same as before; it is a *simphonie.Erreur, and an
// *Interdit names the state and the event.
func (m Mandat) Appliquer(e Evenement, quand time.Time) (Mandat, []Effet, error) {
	refuse := func(err error) (Mandat, []Effet, error) {
		i := &Interdit{Etat: m.Etat, Evenement: "nothing"}
		if !nul(e) {
			i.Evenement = e.nom()
		}
		x, ok := errors.AsType[*simphonie.Erreur](err)
		if !ok {
			x = &simphonie.Erreur{Code: regVide.Code, Service: service}
		}
		y := *x
		y.Err = errors.Join(i, x.Err)
		if x.Err == nil {
			y.Err = i
		}
		return m, nil, &y
	}
	if nul(e) || !m.sain() {
		return refuse(erreur(&regVide, "", "there is no event, or no sequence of events gives this mandate"))
	}
	jour, err := m.Politique.Jour(quand)
	if err != nil {
		return refuse(err)
	}
	if _, ok := e.(JourVenu); ok && !m.remue(jour) {
		return m, nil, nil
	}
	suivant := m
	p := &pas{m: &suivant, quand: quand.UTC().Truncate(time.Microsecond), jour: jour}
	if err := e.applique(p); err != nil {
		return refuse(err)
	}
	if suivant.Revision == m.Revision {
		return m, nil, nil
	}
	avant, effets := m.dus(false), p.ordres
	for _, x := range suivant.dus(false) {
		if !slices.Contains(avant, x) {
			effets = append(effets, x)
		}
	}
	return suivant, effets, nil
}

// nul says that there is no event, or none behind a pointer.
func nul(e Evenement) bool {
	v := reflect.ValueOf(e)
	return e == nil || v.Kind() == reflect.Pointer
}

func erreur(r *simphonie.Regle, chemin, detail string) error {
	return &simphonie.Erreur{Code: r.Code, Service: service, Chemin: chemin, Detail: detail}
}

// dans refuses an event that the state does not have.
func (p *pas) dans(etats ...Etat) error {
	if slices.Contains(etats, p.m.Etat) {
		return nil
	}
	return erreur(&regTransition, "etat", "this state does not have this event")
}

// prelevement gives the debit of a rank, from 1, that may be changed: the list
// of the mandate before is left alone.
func (p *pas) prelevement(rang int) *Prelevement {
	if rang < 1 || rang > len(p.m.Prelevements) {
		return nil
	}
	if !p.propres {
		p.m.Prelevements, p.propres = slices.Clone(p.m.Prelevements), true
	}
	return &p.m.Prelevements[rang-1]
}

// courant gives the debit under way, as prelevement does.
func (p *pas) courant() *Prelevement { return p.prelevement(len(p.m.Prelevements)) }

// finit ends the agreement: no debit can come any more, the alias is erased. A
// debit that was under way is given up.
func (p *pas) finit(e Etat, reste simphonie.Montant) {
	p.m.Etat, p.m.Reste, p.m.Alias = e, reste, modele.Alias{}
	if c := p.courant(); c != nil && c.Situation == EnCours {
		c.Situation = Abandonnee
	}
}
