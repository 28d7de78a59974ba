package main

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"

	_ "modernc.org/sqlite"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/journal/sqljournal"
	"github.com/simphonie/simphonie/roc"
	"github.com/simphonie/simphonie/roc/dossier"
)

//go:embed schema.sql
var schema string

// base is the editor's database. It holds personal data in clear: whoever
// installs it protects it.
type base struct{ *sql.DB }

// ouvreBase makes the editor's tables and, beside them, those of the journal.
func ouvreBase(ctx context.Context, chemin string) (base, error) {
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(chemin)+
		"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(100)&_pragma=foreign_keys(1)&_txlock=immediate")
	if err != nil {
		return base{}, err
	}
	if _, err = db.ExecContext(ctx, schema); err == nil {
		err = sqljournal.Prepare(ctx, db, sqljournal.SQLite)
	}
	if err != nil {
		return base{}, errors.Join(err, db.Close())
	}
	return base{db}, nil
}

// ecrit makes several changes, all or none.
func (b base) ecrit(ctx context.Context, f func(*tx) error) error {
	t, err := b.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer t.Rollback()
	if err := f(&tx{t, ctx}); err != nil {
		return err
	}
	return t.Commit()
}

type tx struct {
	*sql.Tx
	ctx context.Context
}

// met runs a statement; an argument that the database does not know is written
// as JSON, with its masked values whole.
func (t *tx) met(requete string, args ...any) error {
	for i, a := range args {
		switch a.(type) {
		case string, int, int64, []byte:
		default:
			b, err := simphonie.MarshalEnClair(a)
			if err != nil {
				return err
			}
			args[i] = b
		}
	}
	_, err := t.ExecContext(t.ctx, requete, args...)
	return err
}

// lit reads the JSON of each row of a query.
func lit[T any](ctx context.Context, b base, requete string, args ...any) ([]T, error) {
	lignes, err := b.QueryContext(ctx, requete, args...)
	if err != nil {
		return nil, err
	}
	defer lignes.Close()
	var vs []T
	for lignes.Next() {
		var brut []byte
		var v T
		if err := lignes.Scan(&brut); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(brut, &v); err != nil {
			return nil, err
		}
		vs = append(vs, v)
	}
	return vs, lignes.Err()
}

// litUn reads one row, which must be there.
func litUn[T any](ctx context.Context, b base, requete string, args ...any) (v T, err error) {
	vs, err := lit[T](ctx, b, requete, args...)
	if err == nil && len(vs) != 1 {
		err = fmt.Errorf("editeur: %d rows where one is wanted", len(vs))
	}
	if err != nil {
		return v, err
	}
	return vs[0], nil
}

// dossiers gives those of a visit, or all with "".
func (b base) dossiers(ctx context.Context, venue string) ([]*roc.Dossier, error) {
	bruts, err := lit[json.RawMessage](ctx, b, `SELECT dossier FROM dossiers_roc WHERE ?1 IN ('', venue) ORDER BY venue`, venue)
	if err != nil {
		return nil, err
	}
	var ds []*roc.Dossier
	for _, x := range bruts {
		d, err := dossier.Decode(x)
		if err != nil {
			return nil, err
		}
		ds = append(ds, d)
	}
	return ds, nil
}

// gardeDossier keeps a dossier and, with it, what the insurer committed to: the
// two never disagree.
func (b base) gardeDossier(ctx context.Context, d *roc.Dossier) error {
	brut, err := dossier.Encode(d)
	if err != nil {
		return err
	}
	f, err := litUn[facture.Facture](ctx, b, `SELECT facture FROM factures WHERE venue = ?`, d.Venue)
	if err != nil {
		return err
	}
	if f.Parts, err = partage(f.Parts, d.Parts()); err != nil {
		return err
	}
	if as := f.Verify(); len(as) > 0 {
		return fmt.Errorf("editeur: the parts do not add up: %v", as.Codes())
	}
	return b.ecrit(ctx, func(t *tx) error {
		return errors.Join(
			t.met(`INSERT INTO dossiers_roc VALUES (?, ?) ON CONFLICT DO UPDATE SET dossier = excluded.dossier`, d.Venue, brut),
			t.gardeParts(d.Venue, f.Parts))
	})
}

func (t *tx) gardeParts(venue string, ps []facture.Part) error {
	err := t.met(`DELETE FROM parts WHERE venue = ?`, venue)
	for _, p := range ps {
		err = errors.Join(err, t.met(`INSERT INTO parts VALUES (?, ?, ?, ?, ?)`, venue, p.Ligne, p.Debiteur.String(), p.Etat.String(), int64(p.Montant)))
	}
	return err
}

// gardeFacture replaces the invoice of a visit.
func (b base) gardeFacture(ctx context.Context, f *facture.Facture) error {
	total, err := f.Total()
	if err != nil {
		return err
	}
	return b.ecrit(ctx, func(t *tx) error {
		err := errors.Join(t.met(`DELETE FROM parts WHERE venue = ?`, f.Venue), t.met(`DELETE FROM lignes WHERE venue = ?`, f.Venue),
			t.met(`INSERT INTO factures VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET facture = excluded.facture, total = excluded.total`, f.Venue, f, int64(total)))
		for i := range f.Lignes {
			l := &f.Lignes[i]
			err = errors.Join(err, t.met(`INSERT INTO lignes VALUES (?, ?, ?, ?, ?)`, f.Venue, i, string(l.Code), int64(l.Honoraires), int64(l.MRO)))
		}
		return errors.Join(err, t.gardeParts(f.Venue, f.Parts))
	})
}

// alerte leaves a text to the agents.
func (b base) alerte(ctx context.Context, venue string, textes ...string) error {
	return b.ecrit(ctx, func(t *tx) error {
		var err error
		for _, x := range textes {
			err = errors.Join(err, t.met(`INSERT INTO alertes VALUES (?, ?) ON CONFLICT DO NOTHING`, venue, x))
		}
		return err
	})
}

// partage takes from the patient what an insurer committed to, line by line.
func partage(ps, engagees []facture.Part) ([]facture.Part, error) {
	var parts []facture.Part
	for _, p := range ps {
		for _, e := range engagees {
			if e.Ligne != p.Ligne || p.Debiteur != simphonie.Patient || e.Montant == 0 {
				continue
			}
			var err error
			if p.Montant, err = p.Montant.Sub(e.Montant); err != nil {
				return nil, err
			}
			parts = append(parts, e)
		}
		if p.Montant != 0 {
			parts = append(parts, p)
		}
	}
	return parts, nil
}
