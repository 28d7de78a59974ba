package payfip

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// errEssai is what VerifieMagasin makes a change fail with.
var errEssai = errors.New("the change is given up on purpose")

// VerifieMagasin proves a store, for the tests of the editor: it writes the
// dossiers of client number 999999 in mode Essai, and says everything that is
// not as Magasin wants. The store must hold none of them before.
func VerifieMagasin(ctx context.Context, m Magasin) error {
	if m == nil {
		return erreur("PAYFIP-CONFIG-MAGASIN", "Magasin", "the store of the dossiers is missing")
	}
	v := verification{ctx: ctx, m: m, le: time.Date(2026, 11, 20, 9, 0, 0, 123456000, time.UTC)}
	for _, etape := range []func(){v.absent, v.conserve, v.renonce, v.separe, v.echus, v.ensemble} {
		etape()
	}
	return errors.Join(v.errs...)
}

type verification struct {
	ctx  context.Context
	m    Magasin
	le   time.Time
	errs []error
}

// exige notes what is not as it must.
func (v *verification) exige(bon bool, err error, quoi string) bool {
	if !bon || err != nil {
		v.errs = append(v.errs, enveloppe("PAYFIP-MAGASIN-ESSAI", quoi, err))
	}
	return bon && err == nil
}

func (v *verification) dette(n int) Dette {
	return Dette{NumCli: "999999", Saisie: Essai, Exercice: 2026, Refdet: fmt.Sprintf("VERIFIE%03d", n)}
}

// ajoute writes one more operation of a debt, which was seen last at an hour.
func (v *verification) ajoute(de Dette, id IDOp, vue time.Time) error {
	return v.m.Modifie(v.ctx, de, func(d *Dossier) error {
		d.Tentatives = append(d.Tentatives, Tentative{IDOp: id, Montant: 1700, Etat: EnAttente, DemandeeLe: v.le, CreeeLe: v.le, VueLe: vue})
		return nil
	})
}

func (v *verification) absent() {
	d, err := v.m.Lit(v.ctx, v.dette(0))
	v.exige(d == nil, err, "Lit gives a dossier that nobody wrote")
	_, connu, err := v.m.ParIDOp(v.ctx, "verifie-absent")
	v.exige(!connu, err, "ParIDOp finds an operation that nobody wrote")
	err = v.m.Modifie(v.ctx, v.dette(0), func(d *Dossier) error {
		v.exige(d != nil && d.Dette == v.dette(0) && len(d.Tentatives) == 0, nil, "Modifie must give an empty dossier with its debt")
		return errEssai
	})
	v.exige(errors.Is(err, errEssai), nil, "Modifie must give the error of f")
}

func (v *verification) conserve() {
	de := v.dette(1)
	v.exige(true, v.ajoute(de, "verifie-1", v.le), "Modifie")
	d, err := v.m.Lit(v.ctx, de)
	if v.exige(d != nil && d.Dette == de && len(d.Tentatives) == 1 && d.Tentatives[0].CreeeLe.Equal(v.le), err, "Lit does not give what was written, to the microsecond") {
		d.Tentatives[0].Montant = 1
		e, err := v.m.Lit(v.ctx, de)
		v.exige(e != nil && e.Tentatives[0].Montant == 1700, err, "a dossier that was read is shared with the store")
	}
	trouvee, connu, err := v.m.ParIDOp(v.ctx, "verifie-1")
	v.exige(connu && trouvee == de, err, "ParIDOp does not find an operation")
	_, connu, err = v.m.ParIDOp(v.ctx, "VERIFIE-1")
	v.exige(!connu, err, "ParIDOp must look at the case")
}

func (v *verification) renonce() {
	err := v.m.Modifie(v.ctx, v.dette(1), func(d *Dossier) error {
		d.Tentatives = nil
		return errEssai
	})
	d, errLit := v.m.Lit(v.ctx, v.dette(1))
	v.exige(errors.Is(err, errEssai) && d != nil && len(d.Tentatives) == 1, errLit, "a change that f gave up was kept")
}

// separe: the year, the mode and the case of the reference name other debts.
func (v *verification) separe() {
	for _, change := range []func(*Dette){func(d *Dette) { d.Exercice = 2025 }, func(d *Dette) { d.Saisie = Activation }, func(d *Dette) { d.Refdet = "verifie001" }, func(d *Dette) { d.NumCli = "999998" }} {
		de := v.dette(1)
		change(&de)
		d, err := v.m.Lit(v.ctx, de)
		v.exige(d == nil, err, "two debts have one dossier: client number, mode, year and reference, case included, are the key")
	}
}

func (v *verification) echus() {
	v.exige(true, v.ajoute(v.dette(2), "verifie-2", v.le.Add(2*time.Minute)), "Modifie")
	v.exige(true, v.ajoute(v.dette(3), "verifie-3", v.le.Add(time.Minute)), "Modifie")
	liste := func(quoi string, le time.Time, max int, attendu ...Dette) {
		des, err := v.m.Echus(v.ctx, "999999", Essai, le, max)
		v.exige(slices.Equal(des, attendu), err, quoi)
	}
	liste("Echus lists a debt too early", v.le.Add(cadence-time.Microsecond), 10)
	liste("Echus must list a debt at its hour, the oldest first", v.le.Add(cadence+2*time.Minute), 10, v.dette(1), v.dette(3), v.dette(2))
	liste("Echus lists more than max", v.le.Add(time.Hour), 2, v.dette(1), v.dette(3))
	change := func(n int, f func(*Tentative)) {
		v.exige(true, v.m.Modifie(v.ctx, v.dette(n), func(d *Dossier) error {
			for i := range d.Tentatives {
				f(&d.Tentatives[i])
			}
			return nil
		}), "Modifie")
	}
	change(1, func(t *Tentative) { t.VueLe = v.le.Add(4 * time.Minute) })
	change(3, func(t *Tentative) { t.Etat, t.Resultat = Payee, Paye })
	liste("Echus must follow the Prochaine of the last change, and leave out what is never due", v.le.Add(time.Hour), 10, v.dette(2), v.dette(1))
	des, err := v.m.Echus(v.ctx, "999998", Essai, v.le.Add(time.Hour), 10)
	v.exige(len(des) == 0, err, "Echus lists the debts of another client number")
	des, err = v.m.Echus(v.ctx, "999999", Activation, v.le.Add(time.Hour), 10)
	v.exige(len(des) == 0, err, "Echus lists the debts of another mode")
}

// ensemble: what is written at once is written one after the other.
func (v *verification) ensemble() {
	const n = 40
	var g sync.WaitGroup
	echecs := make([]error, n)
	for i := range n {
		g.Go(func() { echecs[i] = v.ajoute(v.dette(4), IDOp(fmt.Sprintf("verifie-e%d", i)), v.le) })
	}
	g.Wait()
	d, err := v.m.Lit(v.ctx, v.dette(4))
	v.exige(d != nil && len(d.Tentatives) == n, errors.Join(append(echecs, err)...), "changes of one debt at once were lost")
	for i := range n {
		de, connu, err := v.m.ParIDOp(v.ctx, IDOp(fmt.Sprintf("verifie-e%d", i)))
		if !v.exige(connu && de == v.dette(4), err, "ParIDOp does not find every operation of a debt") {
			return
		}
	}
}
