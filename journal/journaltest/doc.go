// Package journaltest proves a store of package journal: Run walks every
// transition and every promise of journal.Magasin, and Coupures kills a process
// that uses it, for real, at each named point, and judges what is left by the
// ledger of the other side.
package journaltest
