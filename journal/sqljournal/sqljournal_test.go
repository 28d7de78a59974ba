package sqljournal_test

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/journal"
	"github.com/simphonie/simphonie/journal/journaltest"
	"github.com/simphonie/simphonie/journal/sqljournal"
)

func TestConformite(t *testing.T) {
	for _, b := range banques() {
		t.Run(b.nom, func(t *testing.T) { journaltest.Run(t, b.ouverture) })
	}
}

var points = []string{journaltest.AvantIntention, journaltest.IntentionEnvoi, journaltest.EnvoiResultat, journaltest.PendantEcriture, journaltest.Compaction}

func coupures(t *testing.T, ouvre func(t testing.TB, dir string) *sql.DB, d sqljournal.Dialecte) {
	parPoint := 3
	if complet() && !testing.Short() {
		parPoint = 200
	}
	journaltest.Coupures(t, banque{dialecte: d, ouvre: ouvre}.ouverture, parPoint, points...)
}

func TestCoupuresSQLite(t *testing.T) { coupures(t, sqlite, sqljournal.SQLite) }

func TestCoupuresPostgreSQL(t *testing.T) {
	if !complet() {
		t.Skip("in the complete run")
	}
	require.NoError(t, postgresql(t, t.TempDir()).Close()) // the server is this process's, and outlives those that are killed
	coupures(t, postgresql, sqljournal.PostgreSQL)
}

// An intention shares the fate of the transaction that it joins, and nothing
// leaves inside it.
func TestWithTx(t *testing.T) {
	for _, b := range banques() {
		t.Run(b.nom, func(t *testing.T) {
			base := b.ouvre(t, t.TempDir())
			defer base.Close()
			m := b.magasin(t, base, nil)
			j := nouveau(t, m, nil)
			_, err := base.Exec("CREATE TABLE facture (numero TEXT)")
			require.NoError(t, err)
			for i, garde := range []bool{false, true} {
				tx, err := base.BeginTx(t.Context(), nil)
				require.NoError(t, err)
				_, err = tx.Exec("INSERT INTO facture VALUES ('F1')")
				require.NoError(t, err)
				dans := nouveau(t, m.WithTx(tx), nil)
				in := intention(1)
				in.Part = true
				_, err = dans.Intention(t.Context(), in)
				require.Equal(t, "JRN-SQL-ENVOI", string(code(t, err)))
				r, err := dans.Intention(t.Context(), intention(1))
				require.NoError(t, err, "the refusal left the transaction as it was")
				require.Equal(t, "JRN-SQL-ENVOI", string(code(t, dans.Envoi(t.Context(), r))))
				_, err = dans.Intention(t.Context(), intention(1))
				require.Equal(t, "JRN-INTENTION-DOUBLE", string(code(t, err)), "it sees its own")
				if garde {
					require.NoError(t, tx.Commit())
				} else {
					require.NoError(t, tx.Rollback())
				}
				es, err := j.Preparees(t.Context(), 9)
				require.NoError(t, err)
				require.Len(t, es, i)
				var n int
				require.NoError(t, base.QueryRow("SELECT count(*) FROM facture").Scan(&n))
				require.Equal(t, i, n)
			}
		})
	}
}

// Several processes, each with its own connections, share one queue. Some stop
// after they reserved, some after they said that they send. Nothing is sent
// twice, and nothing stays behind unseen.
func TestFilePartagee(t *testing.T) {
	for _, b := range banques() {
		t.Run(b.nom, func(t *testing.T) {
			dir := t.TempDir()
			base := b.ouvre(t, dir)
			defer base.Close()
			m := b.magasin(t, base, nil)
			j := nouveau(t, m, nil)
			const echanges = 60
			for i := range echanges {
				_, err := j.Intention(t.Context(), intention(i))
				require.NoError(t, err)
			}
			var registre registre
			for vague := range 3 {
				horloge := func() time.Time { return time.Now().Add(time.Duration(vague) * time.Hour) } // the leases of the wave before are over
				ouvrier := func(arret arret) {
					base := b.ouvre(t, dir)
					defer base.Close()
					m := b.magasin(t, base, horloge)
					registre.travaille(t, m, nouveau(t, m, horloge), arret)
				}
				if vague < 2 {
					ouvrier(apresReserve)
					ouvrier(apresEnvoi)
				}
				var tous sync.WaitGroup
				for range 4 {
					tous.Go(func() { ouvrier(jamais) })
				}
				tous.Wait()
			}
			tard := nouveau(t, m, func() time.Time { return time.Now().Add(9 * time.Hour) })
			aClarifier, err := tard.AClarifier(t.Context(), 1000)
			require.NoError(t, err)
			require.Len(t, aClarifier, 2)
			preparees, err := tard.Preparees(t.Context(), 1000)
			require.NoError(t, err)
			require.Empty(t, preparees)
			require.Len(t, registre.envois, echanges-2)
			for c, n := range registre.envois {
				require.Equal(t, 1, n, "%v", c)
			}
		})
	}
}

// registre is the ledger of the other side.
type registre struct {
	mu     sync.Mutex
	envois map[journal.Cle]int
}

// arret says where a process stops.
type arret uint8

const (
	jamais arret = iota
	apresReserve
	apresEnvoi
)

// travaille empties the queue, or stops on the way.
func (r *registre) travaille(t *testing.T, m *sqljournal.Magasin, j *journal.Journal, arret arret) {
	for {
		es, err := m.Reserve(t.Context(), 3, time.Minute)
		if !assert.NoError(t, err) || len(es) == 0 || arret == apresReserve {
			return
		}
		for _, e := range es {
			if !assert.NoError(t, j.Envoi(t.Context(), e.Ref)) || arret == apresEnvoi {
				return
			}
			r.recoit(e.Cle)
			assert.NoError(t, j.Resultat(t.Context(), e.Ref, journal.Resultat{Issue: journal.Faite}))
		}
	}
}

func (r *registre) recoit(c journal.Cle) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.envois == nil {
		r.envois = map[journal.Cle]int{}
	}
	r.envois[c]++
}

// A lease keeps others off until it ends; who held it past its end may not send
// what another sent.
func TestBail(t *testing.T) {
	for _, b := range banques() {
		t.Run(b.nom, func(t *testing.T) {
			base := b.ouvre(t, t.TempDir())
			defer base.Close()
			maintenant := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
			horloge := func() time.Time { return maintenant }
			m := b.magasin(t, base, horloge)
			j := nouveau(t, m, horloge)
			for i := range 3 {
				maintenant = maintenant.Add(time.Second)
				_, err := j.Intention(t.Context(), intention(i))
				require.NoError(t, err)
			}
			reserve := func(n int) (venues []string) {
				es, err := m.Reserve(t.Context(), n, time.Minute)
				require.NoError(t, err)
				for _, e := range es {
					venues = append(venues, e.Cle.Venue)
				}
				return venues
			}
			assert.Empty(t, reserve(0))
			assert.Equal(t, []string{"V0", "V1"}, reserve(2))
			assert.Equal(t, []string{"V2"}, reserve(9))
			assert.Empty(t, reserve(9))
			maintenant = maintenant.Add(time.Minute)
			assert.Equal(t, []string{"V0", "V1", "V2"}, reserve(9))
			r := journal.Ref{Cle: intention(0).Cle, Essai: 1}
			require.NoError(t, j.Envoi(t.Context(), r))
			assert.Equal(t, "JRN-ETAT", string(code(t, j.Envoi(t.Context(), r))))
			maintenant = maintenant.Add(time.Hour)
			assert.Equal(t, []string{"V1", "V2"}, reserve(9), "what left never comes back")
		})
	}
}

func TestCompacte(t *testing.T) {
	for _, b := range banques() {
		t.Run(b.nom, func(t *testing.T) {
			base := b.ouvre(t, t.TempDir())
			defer base.Close()
			m := b.magasin(t, base, nil)
			j := nouveau(t, m, nil)
			for i, issue := range []journal.Issue{journal.Faite, journal.Inconnue} {
				_, err := j.UneFois(t.Context(), intention(i), func(context.Context) (journal.Resultat, error) { return journal.Resultat{Issue: issue}, nil })
				require.NoError(t, err)
			}
			require.NoError(t, m.Compacte(t.Context(), time.Now().Add(time.Hour)))
			for i, n := range []int{0, 3} {
				es, err := j.Lit(t.Context(), intention(i).Cle)
				require.NoError(t, err)
				assert.Len(t, es[0].Etapes, n)
				_, err = j.Intention(t.Context(), intention(i))
				assert.Equal(t, "JRN-INTENTION-DOUBLE", string(code(t, err)))
			}
			r := journal.Ref{Cle: intention(0).Cle, Essai: 1}
			require.NoError(t, j.Resultat(t.Context(), r, journal.Resultat{Issue: journal.Refusee}))
			es, err := j.Lit(t.Context(), r.Cle)
			require.NoError(t, err)
			assert.Len(t, es[0].Etapes, 1)
			assert.Equal(t, journal.Inconnue, es[0].Etat)
		})
	}
}

func TestReglages(t *testing.T) {
	ctx := t.Context()
	assert.Equal(t, "JRN-SQL-CONFIG", string(code(t, sqljournal.Prepare(ctx, nil, sqljournal.SQLite))))
	_, err := sqljournal.Ouvre(ctx, sqljournal.Config{})
	assert.Equal(t, "JRN-SQL-CONFIG", string(code(t, err)))
	for _, pragma := range []string{"synchronous(NORMAL)", "synchronous(OFF)", "journal_mode(OFF)", "journal_mode(MEMORY)"} {
		base, err := sql.Open("sqlite", fmt.Sprintf("file:%s/b.db?_pragma=%s", t.TempDir(), pragma))
		require.NoError(t, err)
		_, err = sqljournal.Ouvre(ctx, sqljournal.Config{Base: base, Dialecte: sqljournal.SQLite})
		assert.Equal(t, "JRN-SQL-DURABLE", string(code(t, err)), pragma)
		require.NoError(t, base.Close())
	}
	base := sqlite(t, t.TempDir())
	defer base.Close()
	_, err = sqljournal.Ouvre(ctx, sqljournal.Config{Base: base, Dialecte: sqljournal.SQLite})
	assert.Equal(t, "JRN-SQL-ACCES", string(code(t, err)), "no tables")
	b := banque{dialecte: sqljournal.SQLite}
	m := b.magasin(t, base, nil)
	_, err = m.Reserve(ctx, 1, 0)
	assert.Equal(t, "JRN-SQL-CONFIG", string(code(t, err)))
	// A writer that holds the database is waited for, within the call's time.
	k, err := base.Conn(ctx)
	require.NoError(t, err)
	defer k.Close()
	_, err = k.ExecContext(ctx, "BEGIN IMMEDIATE")
	require.NoError(t, err)
	bref, fin := context.WithTimeout(ctx, 20*time.Millisecond)
	defer fin()
	_, err = nouveau(t, m, nil).Intention(bref, intention(1))
	assert.ErrorIs(t, err, context.DeadlineExceeded)
	tx, err := base.BeginTx(ctx, nil)
	require.NoError(t, err)
	_, err = nouveau(t, m.WithTx(tx), nil).Intention(ctx, intention(1))
	assert.Equal(t, "JRN-SQL-CONFLIT", string(code(t, err)), "the editor decides whether to begin again")
	require.NoError(t, tx.Rollback())
	_, err = k.ExecContext(ctx, "ROLLBACK")
	require.NoError(t, err)
	_, err = nouveau(t, m, nil).Intention(ctx, intention(1))
	require.NoError(t, err)
}
