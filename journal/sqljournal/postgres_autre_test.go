//go:build !unix

package sqljournal_test

import (
	"database/sql"
	"testing"
)

// postgresql starts a server as another user, which is written for Unix.
func postgresql(t testing.TB, _ string) *sql.DB {
	t.Fatal("PostgreSQL is tested on Unix")
	return nil
}
