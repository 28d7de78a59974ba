package main

import (
	"context"
	"fmt"
	"io"
)

// rapport prints what the tables hold, without personal data: masked values
// print themselves so.
func (g *gap) rapport(ctx context.Context, w io.Writer) error {
	venues, err := g.base.textes(ctx, `SELECT venue FROM venues ORDER BY venue`)
	if err != nil {
		return err
	}
	ecrit := func(requete string, args ...any) {
		ts, errT := g.base.textes(ctx, requete, args...)
		for _, t := range ts {
			fmt.Fprintln(w, "   "+t)
		}
		if err == nil {
			err = errT
		}
	}
	for _, numero := range venues {
		v, err := g.base.venue(ctx, numero)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "\n── Venue %s : %v %v, identité %s\n", numero, v.Identite.Traits.Nom, v.Identite.Traits.Prenoms[0], v.Identite.Statut())
		if c := v.Couverture; c != nil {
			fmt.Fprintf(w, "   complémentaire : AMC %s, convention %s, adhérent %v\n", c.Cle.Numero, c.Cle.Convention, c.Adherent)
		}
		ecrit(`SELECT 'droits : ' || group_concat(support, ' + ') FROM acquisitions WHERE venue = ?`, numero)
		if d := v.Dossier; d != nil {
			for _, a := range d.Appels {
				fmt.Fprintf(w, "   %s %s\n", a.Service, a.Statut)
			}
			fmt.Fprintf(w, "   dossier %s\n", d.Etat)
		}
		ecrit(`SELECT printf('%-36s %5d,%02d €', code, honoraires / 100, honoraires % 100) FROM lignes WHERE venue = ? ORDER BY rang`, numero)
		ecrit(`SELECT '! ' || texte FROM alertes WHERE venue = ? ORDER BY rowid`, numero)
	}
	fmt.Fprintln(w, "\nTotaux par débiteur")
	ecrit(`SELECT printf('%-24s %-11s %5d,%02d €', debiteur, etat, SUM(montant) / 100, SUM(montant) % 100) FROM parts GROUP BY debiteur, etat`)
	essais, errA := g.aClarifier(ctx)
	if err == nil {
		err = errA
	}
	fmt.Fprintf(w, "\nÀ clarifier avec la complémentaire : %d\n", len(essais))
	for _, e := range essais {
		fmt.Fprintf(w, "   venue %s, %s\n", e.Cle.Venue, e.Nature)
	}
	return err
}
