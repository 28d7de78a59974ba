package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	_ "embed"
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"

	_ "modernc.org/sqlite"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/insi"
	"github.com/simphonie/simphonie/journal/sqljournal"
	"github.com/simphonie/simphonie/roc"
	"github.com/simphonie/simphonie/roc/dossier"
	"github.com/simphonie/simphonie/urgences"
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

// tx is a transaction; after an error it does nothing more.
type tx struct {
	*sql.Tx
	ctx context.Context
	err error
}

// ecrit makes several changes, all or none.
func (b base) ecrit(ctx context.Context, f func(*tx)) error {
	t, err := b.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer t.Rollback()
	x := tx{t, ctx, nil}
	if f(&x); x.err != nil {
		return x.err
	}
	return t.Commit()
}

// met runs a statement; an argument that the database does not know is written
// as JSON, with its masked values whole.
func (t *tx) met(requete string, args ...any) {
	for i, a := range args {
		if !driver.IsValue(a) {
			var err error
			args[i], err = simphonie.MarshalEnClair(a)
			t.err = errors.Join(t.err, err)
		}
	}
	if t.err == nil {
		_, t.err = t.ExecContext(t.ctx, requete, args...)
	}
}

// alerte leaves texts to the agents.
func (t *tx) alerte(venue string, textes ...string) {
	for _, x := range textes {
		t.met(`INSERT INTO alertes VALUES (?, ?) ON CONFLICT DO NOTHING`, venue, x)
	}
}

// dossier keeps the dossier of a visit with its insurer and, with it, what the
// insurer committed to: the two never disagree. A commitment that does not fit
// the invoice changes no part, and an agent looks.
func (b base) dossier(ctx context.Context, d *roc.Dossier, textes ...string) error {
	v, err := b.venue(ctx, d.Venue)
	if err != nil {
		return err
	}
	brut, err := dossier.Encode(d)
	if err != nil {
		return err
	}
	f := *v.Facture
	if f.Parts, err = partage(f.Parts, d.Parts()); err != nil {
		return err
	}
	if as := f.Verify(); len(as) > 0 {
		f.Parts, textes = v.Facture.Parts, append(textes, messages(as)...)
	}
	return b.ecrit(ctx, func(t *tx) {
		t.met(`INSERT INTO dossiers_roc VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET dossier = ?2, en_cours = ?3`, d.Venue, brut, d.Suspens != nil && !d.Suspens.AClarifier)
		t.parts(&f)
		t.alerte(d.Venue, textes...)
	})
}

// facture replaces the invoice of a visit.
func (t *tx) facture(f *facture.Facture) {
	total, err := f.Total()
	t.err = errors.Join(t.err, err)
	t.met(`DELETE FROM parts WHERE venue = ?`, f.Venue)
	t.met(`DELETE FROM lignes WHERE venue = ?`, f.Venue)
	t.met(`INSERT INTO factures VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET facture = excluded.facture, total = excluded.total`, f.Venue, f, int64(total))
	for i := range f.Lignes {
		t.met(`INSERT INTO lignes VALUES (?, ?, ?, ?)`, f.Venue, int64(i), string(f.Lignes[i].Code), int64(f.Lignes[i].Honoraires))
	}
	t.parts(f)
}

func (t *tx) parts(f *facture.Facture) {
	t.met(`DELETE FROM parts WHERE venue = ?`, f.Venue)
	for _, p := range f.Parts {
		t.met(`INSERT INTO parts VALUES (?, ?, ?, ?, ?)`, f.Venue, int64(p.Ligne), p.Debiteur.String(), p.Etat.String(), int64(p.Montant))
	}
}

// partage takes from the patient what an insurer committed to, line by line.
func partage(parts, engagees []facture.Part) ([]facture.Part, error) {
	parts = slices.Clone(parts)
	for _, e := range engagees {
		i := slices.IndexFunc(parts, func(p facture.Part) bool { return p.Ligne == e.Ligne && p.Debiteur == simphonie.Patient })
		if i >= 0 {
			var err error
			if parts[i].Montant, err = parts[i].Montant.Sub(e.Montant); err != nil {
				return nil, err
			}
		}
		parts = append(parts, e)
	}
	return slices.DeleteFunc(parts, func(p facture.Part) bool { return p.Montant == 0 }), nil
}

// venue is what the tables hold of a visit; what is not there yet is nil.
type venue struct {
	Passage      urgences.Passage
	Identite     insi.Identite
	Acquisitions []droits.Acquisition
	Droits       droits.Fusion // of what the acquisitions say
	Couverture   *roc.Couverture
	Facture      *facture.Facture
	Dossier      *roc.Dossier
}

func (b base) venue(ctx context.Context, numero string) (*venue, error) {
	var v venue
	bruts := make([][]byte, 6)
	err := b.QueryRowContext(ctx, `SELECT passage, identite, couverture, facture, dossier,
			(SELECT json_group_array(json(CAST(droits AS TEXT)) ORDER BY rang) FROM acquisitions a WHERE a.venue = v.venue)
		FROM venues v JOIN patients USING (ipp) LEFT JOIN couvertures USING (venue) LEFT JOIN factures USING (venue) LEFT JOIN dossiers_roc USING (venue)
		WHERE v.venue = ?`, numero).Scan(&bruts[0], &bruts[1], &bruts[2], &bruts[3], &bruts[4], &bruts[5])
	if err != nil {
		return nil, err
	}
	if bruts[4] != nil {
		v.Dossier, err = dossier.Decode(bruts[4])
	}
	for i, vers := range []any{&v.Passage, &v.Identite, &v.Couverture, &v.Facture, nil, &v.Acquisitions} {
		if vers != nil && bruts[i] != nil {
			err = errors.Join(err, json.Unmarshal(bruts[i], vers))
		}
	}
	if err == nil {
		v.Droits, err = droits.Fusionner(v.Acquisitions, preference)
		v.Passage.Droits = v.Droits.Acquisition
	}
	return &v, err
}
