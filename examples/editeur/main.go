// Command editeur is the software of a hospital in small: its own tables, and
// the SDK wired into them. A patient comes to the emergency room with the
// attestation of a complementary insurer; the visit is priced, and the insurer
// says what it pays.
//
//	go run .
//
// The services are the SDK's simulators, the prices are fictitious but those of
// FPU and FPV, which are public.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

func main() {
	if err := execute(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "editeur:", err)
		os.Exit(1)
	}
}

// execute takes one patient through, in a database that is thrown away.
func execute(w io.Writer) error {
	ctx, arrete := context.WithTimeout(context.Background(), time.Minute)
	defer arrete()
	dossier, err := os.MkdirTemp("", "editeur")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dossier)
	s, a, err := demarre()
	if err != nil {
		return err
	}
	defer s.Close()
	r, err := s.reglages(filepath.Join(dossier, "gap.db"))
	if err != nil {
		return err
	}
	g, err := ouvre(ctx, r)
	if err != nil {
		return err
	}
	defer g.base.Close()
	fmt.Fprintln(w, "Services SIMULÉS, tarifs FICTIFS (sauf FPU et FPV).")
	if err := g.passage(ctx, a); err != nil {
		return err
	}
	return g.rapport(ctx, w)
}

// passage takes a patient from the desk to the parts of each debtor.
func (g *gap) passage(ctx context.Context, a *admission) error {
	if err := g.accueille(ctx, a); err != nil {
		return err
	}
	if err := g.chiffre(ctx, a.Passage.Venue); err != nil {
		return err
	}
	return g.complementaire(ctx, a.Passage.Venue)
}

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
	essais, errA := g.roc.AClarifier(ctx, 100)
	if err == nil {
		err = errA
	}
	fmt.Fprintf(w, "\nÀ clarifier avec la complémentaire : %d\n", len(essais))
	for _, e := range essais {
		fmt.Fprintf(w, "   venue %s, %s\n", e.Cle.Venue, e.Nature)
	}
	return err
}

// textes reads one column.
func (b base) textes(ctx context.Context, requete string, args ...any) (ts []string, err error) {
	lignes, err := b.QueryContext(ctx, requete, args...)
	if err != nil {
		return nil, err
	}
	defer lignes.Close()
	for lignes.Next() {
		var t string
		if err := lignes.Scan(&t); err != nil {
			return nil, err
		}
		ts = append(ts, t)
	}
	return ts, lignes.Err()
}
