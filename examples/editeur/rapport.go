package main

import (
	"context"
	"fmt"
	"io"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/insi"
	"github.com/simphonie/simphonie/roc"
)

// rapport prints what the tables hold, without personal data: masked values
// print themselves so.
func (g *gap) rapport(ctx context.Context, w io.Writer) error {
	venues, err := g.textes(ctx, `SELECT venue FROM venues ORDER BY venue`)
	if err != nil {
		return err
	}
	for _, v := range venues {
		if err := g.rapportVenue(ctx, w, v); err != nil {
			return err
		}
	}
	fmt.Fprintln(w, "\nTotaux par débiteur")
	if err := g.sommes(ctx, w, `SELECT debiteur, etat, SUM(montant) FROM parts GROUP BY 1, 2 ORDER BY 1, 2`); err != nil {
		return err
	}
	essais, err := g.aClarifier(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\nÀ clarifier avec la complémentaire : %d\n", len(essais))
	for _, e := range essais {
		fmt.Fprintf(w, "   venue %s, %s\n", e.Cle.Venue, e.Nature)
	}
	return nil
}

func (g *gap) rapportVenue(ctx context.Context, w io.Writer, venue string) error {
	i, err := litUn[insi.Identite](ctx, g.base, `SELECT identite FROM venues JOIN patients USING (ipp) WHERE venue = ?`, venue)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\n── Venue %s : %v %v, identité %s\n", venue, i.Traits.Nom, i.Traits.Prenoms[0], i.Statut())
	supports, err := g.textes(ctx, `SELECT support FROM acquisitions WHERE venue = ? ORDER BY rang`, venue)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "   droits : %v\n", supports)
	couvertures, err := lit[roc.Couverture](ctx, g.base, `SELECT couverture FROM couvertures WHERE venue = ?`, venue)
	if err != nil {
		return err
	}
	for _, c := range couvertures {
		fmt.Fprintf(w, "   complémentaire : AMC %s, convention %s, CSR %s, adhérent %v\n", c.Cle.Numero, c.Cle.Convention, c.Cle.CSR, c.Adherent)
	}
	ds, err := g.base.dossiers(ctx, venue)
	if err != nil {
		return err
	}
	for _, d := range ds {
		fmt.Fprintf(w, "   ROC :")
		for _, a := range d.Appels {
			fmt.Fprintf(w, " %s %s,", a.Service, a.Statut)
		}
		fmt.Fprintf(w, " dossier %s\n", d.Etat)
	}
	if err := g.sommes(ctx, w, `SELECT code, printf('rang %d', rang), honoraires FROM lignes WHERE venue = ? ORDER BY rang`, venue); err != nil {
		return err
	}
	if err := g.sommes(ctx, w, `SELECT debiteur, etat, SUM(montant) FROM parts WHERE venue = ? GROUP BY 1, 2 ORDER BY 1, 2`, venue); err != nil {
		return err
	}
	alertes, err := g.textes(ctx, `SELECT texte FROM alertes WHERE venue = ? ORDER BY rowid`, venue)
	for _, a := range alertes {
		fmt.Fprintf(w, "   ! %s\n", a)
	}
	return err
}

func (g *gap) textes(ctx context.Context, requete string, args ...any) (ts []string, err error) {
	lignes, err := g.base.QueryContext(ctx, requete, args...)
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

func (g *gap) sommes(ctx context.Context, w io.Writer, requete string, args ...any) error {
	lignes, err := g.base.QueryContext(ctx, requete, args...)
	if err != nil {
		return err
	}
	defer lignes.Close()
	for lignes.Next() {
		var nom, precision string
		var m simphonie.Montant
		if err := lignes.Scan(&nom, &precision, &m); err != nil {
			return err
		}
		fmt.Fprintf(w, "   %-20s %-10s %10s €\n", nom, precision, m)
	}
	return lignes.Err()
}
