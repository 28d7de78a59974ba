package sqljournal

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/simphonie/simphonie/journal"
)

// essaisMax is how often a change that others were in the way of is tried.
const essaisMax = 200

// Config is what a Magasin wants.
type Config struct {
	Base     *sql.DB
	Dialecte Dialecte
	Horloge  func() time.Time // of leases; nil = time.Now
}

// Magasin is a journal.Magasin in a database. It is safe for concurrent use, by
// several processes too; one that WithTx gave is as safe as its transaction.
type Magasin struct {
	config Config
	tx     *sql.Tx
}

// Ouvre gives the store of a database whose tables are made. A database that
// may lose what it committed is JRN-SQL-DURABLE. The settings of SQLite belong
// to each connection: give them in the data source name, and keep busy_timeout
// short, because it does not heed ctx; the store tries again by itself.
func Ouvre(ctx context.Context, c Config) (*Magasin, error) {
	if c.Base == nil || c.Dialecte != SQLite && c.Dialecte != PostgreSQL {
		return nil, erreur("JRN-SQL-CONFIG", "a database and its dialect are wanted")
	}
	if c.Horloge == nil {
		c.Horloge = time.Now
	}
	m := &Magasin{config: c}
	if err := durable(ctx, c.Dialecte, c.Base); err != nil {
		return nil, err
	}
	// A table that is missing shows now.
	_, err := m.Liste(ctx, journal.Filtre{Etat: journal.Preparee})
	return m, err
}

// WithTx gives the same store inside a transaction of the editor: what it writes
// is kept when the editor commits. It takes no Envoi, nor an Intention with
// Part: nothing leaves before its intention is durable.
func (m *Magasin) WithTx(tx *sql.Tx) *Magasin { return &Magasin{m.config, tx} }

// executeur is a connection, a transaction, or the database.
type executeur interface {
	ExecContext(ctx context.Context, q string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, q string, args ...any) *sql.Row
}

func (m *Magasin) lecteur() executeur {
	if m.tx != nil {
		return m.tx
	}
	return m.config.Base
}

// Modifie keeps the steps that f returns.
func (m *Magasin) Modifie(ctx context.Context, c journal.Cle, f func([]journal.Essai) ([]journal.Etape, error)) error {
	if m.tx != nil {
		return m.dansTx(ctx, c, f)
	}
	return m.insiste(ctx, func(q executeur) error { return m.change(ctx, q, c, f) })
}

// insiste runs f in a transaction, again while others are in the way.
func (m *Magasin) insiste(ctx context.Context, f func(executeur) error) error {
	for n := 1; ; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := m.transaction(ctx, f)
		if !conflit(err) || n == essaisMax {
			return err
		}
		attente := time.NewTimer(time.Duration(rand.Int64N(int64(min(n, 20)) * int64(time.Millisecond))))
		select {
		case <-ctx.Done():
			attente.Stop()
			return ctx.Err()
		case <-attente.C:
		}
	}
}

// dansTx changes inside the transaction of the editor, which goes on after a
// refusal as if nothing had been asked.
func (m *Magasin) dansTx(ctx context.Context, c journal.Cle, f func([]journal.Essai) ([]journal.Etape, error)) error {
	if _, err := m.tx.ExecContext(ctx, "SAVEPOINT simphonie"); err != nil {
		return enveloppe(ctx, err)
	}
	err := m.change(ctx, m.tx, c, func(es []journal.Essai) ([]journal.Etape, error) {
		etapes, err := f(es)
		for _, s := range etapes {
			if s.Genre == journal.GenreEnvoi {
				return nil, erreur("JRN-SQL-ENVOI", "an exchange does not leave before its intention is committed")
			}
		}
		return etapes, err
	})
	fin := "RELEASE SAVEPOINT simphonie"
	if err != nil {
		fin = "ROLLBACK TO SAVEPOINT simphonie"
	}
	if _, errFin := m.tx.ExecContext(context.WithoutCancel(ctx), fin); errFin != nil {
		return errors.Join(err, enveloppe(ctx, errFin))
	}
	return err
}

// transaction runs f in a transaction of its own. SQLite takes its write lock at
// once, so that what f reads is still true when it writes.
func (m *Magasin) transaction(ctx context.Context, f func(executeur) error) error {
	k, err := m.config.Base.Conn(ctx)
	if err != nil {
		return enveloppe(ctx, err)
	}
	defer k.Close()
	debut := "BEGIN ISOLATION LEVEL READ COMMITTED"
	if m.config.Dialecte == SQLite {
		debut = "BEGIN IMMEDIATE"
		if err := durable(ctx, SQLite, k); err != nil {
			return err
		}
	}
	if _, err := k.ExecContext(ctx, debut); err != nil {
		return enveloppe(ctx, err)
	}
	err = f(k)
	if err == nil {
		if _, errFin := k.ExecContext(ctx, "COMMIT"); errFin != nil {
			err = enveloppe(ctx, errFin)
			if !conflit(errFin) {
				err = journal.Indecis(errFin)
			}
		}
	}
	if err != nil {
		// A connection that cannot be brought back to rest is not used again.
		if _, errFin := k.ExecContext(context.WithoutCancel(ctx), "ROLLBACK"); errFin != nil {
			k.Raw(func(any) error { return errJete })
		}
	}
	return err
}

// change reads the attempts of a key, locked against every other writer, asks f,
// and writes.
func (m *Magasin) change(ctx context.Context, q executeur, c journal.Cle, f func([]journal.Essai) ([]journal.Etape, error)) error {
	for range essaisMax {
		essais, rangs, err := m.verrouille(ctx, q, c)
		if err != nil {
			return enveloppe(ctx, err)
		}
		etapes, err := f(essais)
		if err != nil {
			return err
		}
		devance, err := ecrit(ctx, q, c, essais, rangs, etapes)
		if err != nil {
			return enveloppe(ctx, err)
		}
		if !devance {
			return nil
		}
	}
	return enveloppe(ctx, errDevance)
}
