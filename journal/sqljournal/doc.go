// Package sqljournal keeps a journal in the editor's own database, SQLite or
// PostgreSQL, through database/sql; the driver is the editor's.
//
//	m, err := sqljournal.Ouvre(ctx, sqljournal.Config{Base: db, Dialecte: sqljournal.PostgreSQL})
//	j, err := journal.New(journal.Config{Magasin: m, …})
//
// An intention can join a transaction of the editor (WithTx): the exchange is
// then meant if and only if the rest is committed. Any process may take what is
// meant from the queue (Reserve), for the time of a lease, and send it. Whatever
// becomes of leases and clocks, journal.Envoi lets one of them send.
//
// Tables are made by Prepare, or by the editor from Schema. A database that may
// lose what it committed is refused.
package sqljournal
