package payfip

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/simphonie/simphonie"
)

// Demande asks for a payment page.
type Demande struct {
	EJ       simphonie.FINESS // legal entity of the configuration; another is refused
	Exercice int              // year of the debt, 4 digits
	Refdet   string           // reference of the debt: NormaliseRefdet
	Montant  simphonie.Montant
	Objet    string                 // optional, NormaliseObjet: no name, no care, no NIR
	Mel      simphonie.Confidentiel // of the patient; mandatory, and kept nowhere
	// Decision makes a new operation while a former one could still be paid, or
	// cannot be judged. A debt that is paid or engaged has none whatever is decided.
	Decision *Decision
}

// Ouverture is the page where the patient pays.
type Ouverture struct {
	Dette   Dette
	IDOp    IDOp
	Page    string    // address to send the patient to
	Fin     time.Time // the page opens before
	Reprise bool      // the operation had been made for this amount already: the same page is given
}

// delaiEcriture bounds the write of an answer, which must not end with its call.
const delaiEcriture = 30 * time.Second

// Dette gives the debt of a reference, as this client names it.
func (c *Client) Dette(exercice int, refdet string) (Dette, error) {
	if err := c.pret(); err != nil {
		return Dette{}, err
	}
	n, err := NormaliseRefdet(refdet)
	if err == nil && len(n) < c.c.Limites.RefdetMin {
		err = erreur("PAYFIP-REFDET", "refdet", "fewer than "+strconv.Itoa(c.c.Limites.RefdetMin)+" characters (Limites.RefdetMin)")
	}
	if !exerciceValide(exercice) {
		err = errors.Join(err, erreur("PAYFIP-EXERCICE", "exer", "a year of four digits is wanted"))
	}
	if err != nil {
		return Dette{}, err
	}
	return Dette{NumCli: c.c.NumCli, Saisie: c.c.Saisie, Exercice: exercice, Refdet: n}, nil
}

// Ouvre gives the page where a debt is paid. Two live operations for one debt
// could both be paid, so that PayFiP is first asked about the former ones, and
// the intention is kept before anything leaves:
//
//   - one that the patient can still open, for the same amount, is given again;
//   - one that could still be paid is PAYFIP-EN-COURS (20 minutes after its
//     creation at most; 15 for a creation whose answer was lost);
//   - a debt that is paid or engaged is PAYFIP-DEJA-PAYE.
//
// A lost answer has IssueInconnue. Nobody knows the operation that may exist,
// so that nobody can pay it; the next Ouvre waits for its end all the same.
func (c *Client) Ouvre(ctx context.Context, q Demande) (*Ouverture, error) {
	de, objet, err := c.prepare(&q)
	if err != nil {
		return nil, err
	}
	d, errConsulte := c.Consulte(ctx, de)
	if d == nil && errConsulte != nil {
		return nil, errConsulte
	}
	t, rang, err := c.reserve(ctx, de, &q)
	switch {
	case err != nil:
		return nil, errors.Join(err, errConsulte)
	case rang < 0:
		return c.ouverture(de, t, true), nil
	}
	r, err := c.appelle(ctx, opCree, corps(opCree, champ{"exer", strconv.Itoa(de.Exercice)}, champ{"mel", q.Mel.Clair()},
		champ{"montant", centimes(q.Montant)}, champ{"numcli", de.NumCli}, champ{"objet", objet}, champ{"refdet", de.Refdet},
		champ{"saisie", string(de.Saisie)}, champ{"urlnotif", c.c.Notification}, champ{"urlredirect", c.c.Retour}))
	var id IDOp
	if err == nil {
		id, err = lisCreation(r.corps)
	}
	ctx, fin := context.WithTimeout(context.WithoutCancel(ctx), delaiEcriture)
	defer fin()
	if err != nil {
		return nil, c.sansOperation(ctx, de, rang, t, r.parti, err)
	}
	t.IDOp, t.Etat, t.CreeeLe = id, EnAttente, c.maintenant()
	if horlogeFausse(t.CreeeLe, r.date) {
		t.CreeeLe = r.date.UTC()
	}
	if err := c.inscrit(ctx, de, rang, t); err != nil {
		if f, ok := errors.AsType[*simphonie.Erreur](err); ok && f.Code == "PAYFIP-DELAI" {
			return nil, perdue(err)
		}
		// The page is not given: what nobody knows, nobody pays.
		e := enveloppe("PAYFIP-MAGASIN", "the operation was made and could not be kept: its page is not given", err)
		e.IssueInconnue = true
		return nil, e
	}
	return c.ouverture(de, t, false), nil
}

// prepare checks a request and lists every fault of it.
func (c *Client) prepare(q *Demande) (Dette, string, error) {
	de, err := c.Dette(q.Exercice, q.Refdet)
	if c.pret() != nil {
		return de, "", err
	}
	errs := []error{err}
	if q.EJ != c.c.EJ {
		errs = append(errs, erreur("PAYFIP-EJ", "EJ", "the request is not for the legal entity of this configuration"))
	}
	objet, err := NormaliseObjet(q.Objet)
	errs = append(errs, err, c.c.Limites.verifieMontant(q.Montant), verifieMel(q.Mel))
	if q.Decision != nil && !q.Decision.valide() {
		errs = append(errs, erreur("PAYFIP-DECISION", "decision", "who decides and why are wanted, as codes of 1 to 40 letters and digits"))
	}
	return de, objet, errors.Join(errs...)
}

// reserve keeps the intention of a creation, or finds the operation to give
// again: its rank is then -1.
func (c *Client) reserve(ctx context.Context, de Dette, q *Demande) (Tentative, int, error) {
	var t Tentative
	rang := -1
	err := c.modifie(ctx, de, func(d *Dossier) error {
		rang = -1
		le := c.maintenant()
		if r := d.reprend(q.Montant, q.Decision, le); r != nil && d.libre(le, q.Decision, r) == nil {
			t = *r
			return nil
		}
		if err := d.libre(le, q.Decision, nil); err != nil {
			return err
		}
		t = Tentative{Montant: q.Montant, Etat: Demandee, DemandeeLe: le, Decision: q.Decision}
		rang = d.demande(t)
		return nil
	})
	return t, rang, err
}

// sansOperation keeps what a failed creation means. A fault is an answer: no
// operation was given to anybody.
func (c *Client) sansOperation(ctx context.Context, de Dette, rang int, t Tentative, parti bool, err error) error {
	var f *Faute
	if parti && !errors.As(err, &f) {
		return perdue(err)
	}
	t.Etat = NonCreee
	return errors.Join(err, c.inscrit(ctx, de, rang, t))
}

// perdue is the error of a creation that left no operation in anybody's hands.
func perdue(err error) error {
	e := enveloppe("PAYFIP-PERDU", "the creation may have been made, and nobody knows its operation: another is made 15 minutes later", err)
	e.IssueInconnue = true
	return e
}

// inscrit writes what came of a creation, in its place.
func (c *Client) inscrit(ctx context.Context, de Dette, rang int, t Tentative) error {
	if t.IDOp != "" {
		if _, connu, err := c.c.Magasin.ParIDOp(ctx, t.IDOp); err != nil || connu {
			return errors.Join(err, erreur("PAYFIP-MAGASIN", "idOp", "the operation is known already, or cannot be looked up"))
		}
	}
	return c.modifie(ctx, de, func(d *Dossier) error {
		if rang >= len(d.Tentatives) || d.Tentatives[rang].Etat != Demandee || !d.Tentatives[rang].DemandeeLe.Equal(t.DemandeeLe) {
			return errDossier()
		}
		if t.IDOp != "" && !c.maintenant().Before(t.DemandeeLe.Add(fenetrePage)) {
			// The program slept: another desk may have made one meanwhile.
			return erreur("PAYFIP-DELAI", "idOp", "15 minutes went by before the operation could be kept: its page is not given")
		}
		d.Tentatives[rang] = t
		return nil
	})
}

func (c *Client) ouverture(de Dette, t Tentative, reprise bool) *Ouverture {
	return &Ouverture{Dette: de, IDOp: t.IDOp, Page: c.AdressePage(t.IDOp), Fin: t.DemandeeLe.Add(fenetrePage), Reprise: reprise}
}

// duMagasin leaves our own errors as they are and wraps those of the store.
func duMagasin(err error) error {
	if _, ok := errors.AsType[*simphonie.Erreur](err); ok {
		return err
	}
	return enveloppe("PAYFIP-MAGASIN", "the store failed", err)
}
