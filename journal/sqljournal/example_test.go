package sqljournal_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/journal"
	"github.com/simphonie/simphonie/journal/sqljournal"
)

// A debit is meant in the transaction that books it; any process takes it from
// the queue, says that it sends it, sends it, and writes what came of it.
func Example() {
	dir, err := os.MkdirTemp("", "journal")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	base, err := sql.Open("sqlite", "file:"+filepath.ToSlash(filepath.Join(dir, "gap.db"))+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer base.Close()
	if err := exemple(context.Background(), base); err != nil {
		fmt.Println(err)
	}
	// Output:
	// diapason.prelevement M-0042 preparee
	// faite
}

func exemple(ctx context.Context, base *sql.DB) error {
	if err := sqljournal.Prepare(ctx, base, sqljournal.SQLite); err != nil {
		return err
	}
	m, err := sqljournal.Ouvre(ctx, sqljournal.Config{Base: base, Dialecte: sqljournal.SQLite})
	if err != nil {
		return err
	}
	j, err := journal.New(journal.Config{Magasin: m, Trousseau: trousseau})
	if err != nil {
		return err
	}

	tx, err := base.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	// … the editor books the debit in tx …
	empreinte, err := j.Empreinte(ctx, "diapason.prelevement", "M-0042", []byte("facture 17"), []byte("24,00"))
	if err != nil {
		return err
	}
	dansTx, err := journal.New(journal.Config{Magasin: m.WithTx(tx), Trousseau: trousseau})
	if err != nil {
		return err
	}
	if _, err := dansTx.Intention(ctx, journal.Intention{Cle: journal.Cle{Venue: "M-0042", AMC: "terminal-3", Empreinte: empreinte},
		Nature: "diapason.prelevement", Version: "1", Charge: simphonie.NewConfidentiel("…")}); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}

	file, err := m.Reserve(ctx, 10, time.Minute)
	if err != nil {
		return err
	}
	for _, e := range file {
		fmt.Println(e.Nature, e.Cle.Venue, e.Etat)
		if err := j.Envoi(ctx, e.Ref); err != nil {
			continue // another sends it
		}
		// … the debit leaves …
		if err := j.Resultat(ctx, e.Ref, journal.Resultat{Issue: journal.Faite}); err != nil {
			return err
		}
		es, err := j.Lit(ctx, e.Cle)
		if err != nil {
			return err
		}
		fmt.Println(es[0].Etat)
	}
	return nil
}
