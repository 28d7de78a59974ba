package sqljournal

import (
	"context"
	"strconv"
	"time"

	"github.com/simphonie/simphonie/journal"
)

// Reserve takes at most n prepared attempts from the queue, the oldest first,
// for the time of a lease: until it ends nobody else is given them. Call
// journal.Envoi for each before it is sent. An attempt that did not leave
// before its lease ended goes back to the queue; one that left never does.
//
// On PostgreSQL those that another is reserving are passed over (SKIP LOCKED).
func (m *Magasin) Reserve(ctx context.Context, n int, bail time.Duration) ([]journal.Essai, error) {
	if m.tx != nil || bail <= 0 {
		return nil, erreur("JRN-SQL-CONFIG", "a lease is taken outside of any transaction, for some time")
	}
	maintenant := m.config.Horloge()
	requete := `UPDATE simphonie_essai SET bail = $1 WHERE (venue, amc, empreinte, essai) IN (
SELECT f.venue, f.amc, f.empreinte, f.essai FROM simphonie_essai f WHERE f.etat = 'preparee' AND f.bail <= $2
ORDER BY f.debut LIMIT ` + strconv.Itoa(max(n, 0))
	if m.config.Dialecte == PostgreSQL {
		requete += " FOR UPDATE SKIP LOCKED"
	}
	requete += ") RETURNING " + colonnes
	var es []journal.Essai
	err := m.insiste(ctx, func(q executeur) (err error) {
		es, err = liste(ctx, q, requete, micro(maintenant.Add(bail)), micro(maintenant))
		return enveloppe(ctx, err)
	})
	return es, err
}

// Compacte deletes the steps, and with them the payloads, of the attempts that
// were closed before an hour. What makes them unique stays.
func (m *Magasin) Compacte(ctx context.Context, avant time.Time) error {
	return m.insiste(ctx, func(q executeur) error {
		_, err := q.ExecContext(ctx, `DELETE FROM simphonie_etape WHERE EXISTS (SELECT 1 FROM simphonie_essai e
WHERE e.venue = simphonie_etape.venue AND e.amc = simphonie_etape.amc AND e.empreinte = simphonie_etape.empreinte AND e.essai = simphonie_etape.essai
AND e.etat IN ('faite', 'refusee', 'non-partie', 'decidee') AND e.maj < $1)`, micro(avant))
		return enveloppe(ctx, err)
	})
}
