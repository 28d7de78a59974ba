package payfip

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/simphonie/simphonie"
)

// ErrOperationInconnue is behind the error of an operation that is of no debt
// of this client number.
var ErrOperationInconnue = errors.New("the operation is of no debt that is known here")

// Consulte asks PayFiP about every operation of a debt whose result may still
// come, and gives the dossier as it is then, nil for a debt that nothing was
// tried for. What failed is joined beside the dossier.
func (c *Client) Consulte(ctx context.Context, de Dette) (*Dossier, error) {
	if err := c.pret(); err != nil {
		return nil, err
	}
	if !c.sienne(de) {
		return nil, errAutre()
	}
	d, err := c.c.Magasin.Lit(ctx, de)
	switch {
	case err != nil:
		return nil, duMagasin(err)
	case d == nil:
		return nil, nil
	case d.Dette != de:
		return nil, errDossier()
	}
	var errs []error
	for _, t := range d.Tentatives {
		if t.Etat.attend() {
			n, err := c.interroge(ctx, de, t.IDOp, false)
			if errs = append(errs, err); n != nil {
				d = n
			}
		}
	}
	return d, errors.Join(errs...)
}

// ConsulteOp asks PayFiP about one operation, whatever is known of it, and
// gives the dossier of its debt: call it when the patient comes back from the
// page, and when PayFiP notifies. An operation that no dossier holds is asked
// about too, and joins the dossier of its debt if there is one: its creation
// may have been lost. Else ErrOperationInconnue. A result that cannot be taken
// is an error beside the dossier, which says so.
func (c *Client) ConsulteOp(ctx context.Context, id IDOp) (*Dossier, error) {
	if err := c.pret(); err != nil {
		return nil, err
	}
	if !id.valide() {
		return nil, erreur("PAYFIP-IDOP", "idOp", "not an identifier of PayFiP")
	}
	de, connu, err := c.c.Magasin.ParIDOp(ctx, id)
	switch {
	case err != nil:
		return nil, duMagasin(err)
	case !connu:
		return c.adopte(ctx, id)
	case !c.sienne(de):
		return nil, errAutre()
	}
	return c.interroge(ctx, de, id, false)
}

// sienne says that a debt is of the client number and mode of this client.
func (c *Client) sienne(de Dette) bool { return de.NumCli == c.c.NumCli && de.Saisie == c.c.Saisie }

func errAutre() error {
	return enveloppe("PAYFIP-OPERATION", "the operation is of another client number or mode", ErrOperationInconnue)
}

// interroge asks about one operation and keeps the answer. attend says that a
// failure puts the next question of the loop off.
func (c *Client) interroge(ctx context.Context, de Dette, id IDOp, attend bool) (*Dossier, error) {
	le := c.maintenant()
	r, errAppel := c.Detail(ctx, id)
	var f *Faute
	sansResultat := errors.As(errAppel, &f) && f.Classe == Fonctionnelle && (f.Code == P1 || f.Code == P5)
	if errAppel != nil && !sansResultat && (!attend || ctx.Err() != nil) {
		return nil, errAppel
	}
	var suite *Dossier
	var verdict error
	if !sansResultat {
		verdict = errAppel
	}
	err := c.modifie(ctx, de, func(d *Dossier) error {
		t := d.tentative(id)
		switch {
		case t == nil:
			return errDossier()
		case errAppel == nil:
			verdict = t.recoit(&de, r, le)
		case sansResultat:
			t.absente(f.Code, le, f.date)
		default:
			t.PasAvant = le.Add(reposTechnique)
		}
		var err error
		suite, err = d.copie()
		return err
	})
	if err != nil {
		return nil, errors.Join(err, verdict)
	}
	return suite, verdict
}

// modifie is Modifie of the store, which must give the dossier of the debt.
func (c *Client) modifie(ctx context.Context, de Dette, f func(*Dossier) error) error {
	err := c.c.Magasin.Modifie(ctx, de, func(d *Dossier) error {
		if d == nil || d.Dette != de {
			return errDossier()
		}
		return f(d)
	})
	if err != nil {
		return duMagasin(err)
	}
	return nil
}

// adopte looks for the debt of an operation that no dossier holds.
func (c *Client) adopte(ctx context.Context, id IDOp) (*Dossier, error) {
	le := c.maintenant()
	r, err := c.Detail(ctx, id)
	if f, ok := errors.AsType[*Faute](err); ok && f.Code == P1 {
		return nil, enveloppe("PAYFIP-OPERATION", "PayFiP does not know the operation", ErrOperationInconnue)
	}
	if err != nil {
		return nil, err
	}
	if !c.sienne(Dette{NumCli: r.NumCli, Saisie: r.Saisie}) {
		return nil, errAutre()
	}
	de, err := c.dettePossible(ctx, r, le)
	if err != nil {
		return nil, err
	}
	var suite *Dossier
	var verdict error
	err = c.modifie(ctx, de, func(d *Dossier) error {
		t := d.accueille(id, r.Montant, le)
		if t == nil {
			return erreur("PAYFIP-TROP", "tentatives", "too many operations for one debt")
		}
		verdict = t.recoit(&de, r, le)
		var err error
		suite, err = d.copie()
		return err
	})
	if err != nil {
		return nil, errors.Join(err, verdict)
	}
	return suite, verdict
}

// anneesDette is how old a debt may be whose year came cut.
const anneesDette = 10

// dettePossible finds the only debt that has this reference: the year of an
// answer may be cut.
func (c *Client) dettePossible(ctx context.Context, r *Detail, le time.Time) (Dette, error) {
	var trouvees []Dette
	premiere, derniere := le.Year()-anneesDette, le.Year()+1
	if a, err := strconv.Atoi(r.Exercice); err == nil && exerciceValide(a) {
		premiere, derniere = a, a
	}
	for a := premiere; a <= derniere; a++ {
		de := Dette{NumCli: c.c.NumCli, Saisie: c.c.Saisie, Exercice: a, Refdet: r.Refdet}
		if !memeExercice(a, r.Exercice) || !de.valide() {
			continue
		}
		d, err := c.c.Magasin.Lit(ctx, de)
		if err != nil {
			return Dette{}, duMagasin(err)
		}
		if d != nil {
			trouvees = append(trouvees, de)
		}
	}
	if len(trouvees) != 1 {
		return Dette{}, enveloppe("PAYFIP-OPERATION", strconv.Itoa(len(trouvees))+" debts have the reference of the operation", ErrOperationInconnue)
	}
	return trouvees[0], nil
}

// accueille gives a place to an operation that was found by its result: that of
// a creation whose answer was lost, or one of its own. nil when there is none left.
func (d *Dossier) accueille(id IDOp, montant simphonie.Montant, le time.Time) *Tentative {
	if t := d.tentative(id); t != nil {
		return t
	}
	for i := range d.Tentatives {
		if t := &d.Tentatives[i]; t.Etat == Demandee && t.Montant == montant && !le.Before(t.DemandeeLe) {
			t.IDOp, t.Etat, t.CreeeLe, t.Adoptee = id, EnAttente, t.DemandeeLe, true
			return t
		}
	}
	if len(d.Tentatives) >= tentativesMax {
		return nil
	}
	d.Tentatives = append(d.Tentatives, Tentative{IDOp: id, Montant: montant, Etat: EnAttente, DemandeeLe: le, CreeeLe: le, Adoptee: true})
	return &d.Tentatives[len(d.Tentatives)-1]
}

// Constat is what the account of the establishment shows of a direct debit.
type Constat uint8

// What is seen.
const (
	_        Constat = iota
	Encaisse         // the money is on the account
	Rejete           // the debit came back unpaid: another operation may be made
)

// Constate records what became of a direct debit, which PayFiP does not tell.
// It is for an operation that is Engagee, or was recorded the same way before.
func (c *Client) Constate(ctx context.Context, id IDOp, k Constat) (*Dossier, error) {
	if err := c.pret(); err != nil {
		return nil, err
	}
	vers := map[Constat]Etat{Encaisse: Encaissee, Rejete: Impayee}[k]
	de, connu, err := c.c.Magasin.ParIDOp(ctx, id)
	switch {
	case err != nil:
		return nil, duMagasin(err)
	case !connu || vers == 0 || !c.sienne(de):
		return nil, enveloppe("PAYFIP-OPERATION", "an operation of a dossier and Encaisse or Rejete are wanted", ErrOperationInconnue)
	}
	var suite *Dossier
	err = c.modifie(ctx, de, func(d *Dossier) error {
		t := d.tentative(id)
		// A debit that was credited may still come back.
		if t == nil || t.Etat != Engagee && t.Etat != vers && !(t.Etat == Encaissee && vers == Impayee) {
			return erreur("PAYFIP-CONSTAT", "etat", "the operation is no direct debit under way")
		}
		t.Etat = vers
		var err error
		suite, err = d.copie()
		return err
	})
	return suite, err
}
