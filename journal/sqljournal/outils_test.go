package sqljournal_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/journal"
	"github.com/simphonie/simphonie/journal/sqljournal"
)

// banque is a database to test on: ouvre gives the one of a place.
type banque struct {
	nom      string
	dialecte sqljournal.Dialecte
	ouvre    func(t testing.TB, dir string) *sql.DB
}

func complet() bool { return os.Getenv("SIMPHONIE_COMPLET") != "" }

// banques are SQLite always, PostgreSQL in the complete run.
func banques() []banque {
	b := []banque{{"sqlite", sqljournal.SQLite, sqlite}}
	if complet() {
		b = append(b, banque{"postgresql", sqljournal.PostgreSQL, postgresql})
	}
	return b
}

func sqlite(t testing.TB, dir string) *sql.DB {
	base, err := sql.Open("sqlite", "file:"+filepath.ToSlash(filepath.Join(dir, "journal.db"))+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(100)")
	require.NoError(t, err)
	return base
}

// ouverture opens the store of a place, its tables made.
func (b banque) ouverture(t testing.TB, dir string) (journal.Magasin, io.Closer) {
	base := b.ouvre(t, dir)
	return b.magasin(t, base, time.Now), base
}

func (b banque) magasin(t testing.TB, base *sql.DB, horloge func() time.Time) *sqljournal.Magasin {
	t.Helper()
	require.NoError(t, sqljournal.Prepare(context.Background(), base, b.dialecte))
	m, err := sqljournal.Ouvre(context.Background(), sqljournal.Config{Base: base, Dialecte: b.dialecte, Horloge: horloge})
	require.NoError(t, err)
	return m
}

func trousseau(context.Context, string) ([]byte, error) { return bytes.Repeat([]byte{7}, 32), nil }

func nouveau(t testing.TB, m journal.Magasin, horloge func() time.Time) *journal.Journal {
	t.Helper()
	j, err := journal.New(journal.Config{Magasin: m, Trousseau: trousseau, Horloge: horloge})
	require.NoError(t, err)
	return j
}

func intention(i int) journal.Intention {
	return journal.Intention{Cle: journal.NewCle(fmt.Sprint("V", i), "75500017", sha256.Sum256([]byte(fmt.Sprint(i)))), Nature: "essai", Version: "1",
		Charge: simphonie.NewConfidentiel("charge")}
}

func code(t testing.TB, err error) simphonie.Code {
	t.Helper()
	var e *simphonie.Erreur
	require.ErrorAs(t, err, &e)
	return e.Code
}
