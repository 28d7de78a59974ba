package sqljournal

import (
	"context"
	"database/sql"
	"fmt"
)

// Dialecte is the database.
type Dialecte uint8

// Databases.
const (
	_ Dialecte = iota
	// SQLite 3.35 or later.
	SQLite
	// PostgreSQL 12 or later.
	PostgreSQL
)

// Schema gives the statements that make the tables, for the editor's own
// migrations. They may be run again.
func Schema(d Dialecte) []string {
	octets := "BLOB"
	if d == PostgreSQL {
		octets = "BYTEA"
	}
	return []string{
		`CREATE TABLE IF NOT EXISTS simphonie_essai (
	venue TEXT NOT NULL, amc TEXT NOT NULL, empreinte TEXT NOT NULL, essai BIGINT NOT NULL,
	nature TEXT NOT NULL, version TEXT NOT NULL, etat TEXT NOT NULL, verdict TEXT NOT NULL,
	debut BIGINT NOT NULL, maj BIGINT NOT NULL, limite BIGINT NOT NULL, bail BIGINT NOT NULL, etapes BIGINT NOT NULL,
	PRIMARY KEY (venue, amc, empreinte, essai))`,
		`CREATE INDEX IF NOT EXISTS simphonie_essai_ouvert ON simphonie_essai (etat, debut) WHERE etat IN ('preparee', 'envoyee', 'inconnue')`,
		fmt.Sprintf(`CREATE TABLE IF NOT EXISTS simphonie_etape (
	venue TEXT NOT NULL, amc TEXT NOT NULL, empreinte TEXT NOT NULL, essai BIGINT NOT NULL, rang BIGINT NOT NULL,
	genre TEXT NOT NULL, le BIGINT NOT NULL, nature TEXT NOT NULL, version TEXT NOT NULL, limite BIGINT NOT NULL,
	issue TEXT NOT NULL, verdict TEXT NOT NULL, scellee %s,
	PRIMARY KEY (venue, amc, empreinte, essai, rang))`, octets),
	}
}

// Prepare makes the tables, if they are missing.
func Prepare(ctx context.Context, base *sql.DB, d Dialecte) error {
	if base == nil || d != SQLite && d != PostgreSQL {
		return erreur("JRN-SQL-CONFIG", "a database and its dialect are wanted")
	}
	for _, s := range Schema(d) {
		if _, err := base.ExecContext(ctx, s); err != nil {
			return enveloppe(ctx, err)
		}
	}
	return nil
}

// durable refuses a connection that may lose what it committed.
func durable(ctx context.Context, d Dialecte, q executeur) error {
	reglages := []struct{ question, faux1, faux2 string }{
		{"SHOW fsync", "off", "off"}, {"SHOW synchronous_commit", "off", "off"},
	}
	if d == SQLite {
		reglages = []struct{ question, faux1, faux2 string }{
			{"PRAGMA synchronous", "0", "1"}, {"PRAGMA journal_mode", "memory", "off"},
		}
	}
	for _, r := range reglages {
		var v string
		if err := q.QueryRowContext(ctx, r.question).Scan(&v); err != nil {
			return enveloppe(ctx, err)
		}
		if v == r.faux1 || v == r.faux2 {
			return erreur("JRN-SQL-DURABLE", r.question+" is "+v+": what is committed may be lost")
		}
	}
	return nil
}
