//go:build unix

package sqljournal_test

import (
	"crypto/sha256"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/require"
)

// dossierServeur names the directory of the running server, to the processes
// that a test starts too.
const dossierServeur = "SIMPHONIE_TEST_POSTGRESQL"

var (
	demarre sync.Once
	serveur *exec.Cmd
)

func TestMain(m *testing.M) {
	issue := m.Run()
	if serveur != nil {
		serveur.Process.Signal(syscall.SIGINT)
		serveur.Wait()
		os.RemoveAll(os.Getenv(dossierServeur))
	}
	os.Exit(issue)
}

// postgresql opens the database of a place, on a server of our own that listens
// on no port.
func postgresql(t testing.TB, dir string) *sql.DB {
	if os.Getenv(dossierServeur) == "" {
		demarre.Do(func() { lance(t) })
	}
	nom := fmt.Sprintf("b%x", sha256.Sum256([]byte(dir)))[:32]
	maitre := ouvrePG(t, "postgres")
	defer maitre.Close()
	var existe bool
	require.NoError(t, maitre.QueryRow("SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)", nom).Scan(&existe))
	if !existe {
		_, err := maitre.Exec("CREATE DATABASE " + nom)
		require.NoError(t, err)
	}
	return ouvrePG(t, nom)
}

func ouvrePG(t testing.TB, nom string) *sql.DB {
	base, err := sql.Open("pgx", "host="+os.Getenv(dossierServeur)+" user=simphonie dbname="+nom)
	require.NoError(t, err)
	return base
}

// lance starts a server in a directory of its own, as somebody who is not root:
// PostgreSQL refuses root.
func lance(t testing.TB) {
	dir, err := os.MkdirTemp("", "pg")
	require.NoError(t, err)
	qui := &syscall.SysProcAttr{}
	if os.Getuid() == 0 {
		u, err := user.Lookup("postgres")
		if err != nil {
			u, err = user.Lookup("nobody")
		}
		require.NoError(t, err)
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		require.NoError(t, err)
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		require.NoError(t, err)
		require.NoError(t, os.Chown(dir, int(uid), int(gid)))
		qui.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	commande := func(nom string, args ...string) *exec.Cmd {
		c := exec.Command(outil(t, nom), args...)
		c.Dir, c.SysProcAttr = dir, qui
		return c
	}
	sortie, err := commande("initdb", "-D", dir+"/base", "-U", "simphonie", "-A", "trust", "-E", "UTF8", "--locale=C").CombinedOutput()
	require.NoError(t, err, string(sortie))
	journal, err := os.Create(filepath.Join(dir, "serveur.log"))
	require.NoError(t, err)
	defer journal.Close()
	serveur = commande("postgres", "-D", dir+"/base", "-k", dir, "-c", "listen_addresses=", "-c", "max_connections=200")
	serveur.Stderr = journal
	require.NoError(t, serveur.Start())
	os.Setenv(dossierServeur, dir)
	base := ouvrePG(t, "postgres")
	defer base.Close()
	for range 300 {
		if err = base.Ping(); err == nil {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	texte, _ := os.ReadFile(filepath.Join(dir, "serveur.log"))
	require.NoError(t, err, string(texte))
}

// outil finds a program of PostgreSQL; Debian leaves the server's out of PATH.
func outil(t testing.TB, nom string) string {
	if p, err := exec.LookPath(nom); err == nil {
		return p
	}
	ps, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + nom)
	require.NotEmpty(t, ps, "%s is missing: install postgresql", nom)
	return ps[len(ps)-1]
}
