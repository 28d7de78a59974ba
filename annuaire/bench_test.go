package annuaire_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/simphonie/simphonie/annuaire"
)

// 100 000 rows of which one of five is a mask, ties included; keys known (nine
// of ten) and unknown. Each search is timed alone, the cost of the clock
// included, with a key that was just read, as those of an attestation are.
func BenchmarkTableCherche(b *testing.B) {
	table, cles := tableDe(b, 100_000)
	dst := make([]*annuaire.Route, 0, 16)
	durees := make([]time.Duration, 0, 1<<22)
	choix, n, lu := 0, 0, 0
	b.ReportAllocs()
	for b.Loop() {
		k := cles[n%len(cles)]
		lu += len(strings.TrimLeft(string(k.Numero), "0")) + strings.Count(k.Convention, "z") + strings.Count(k.CSR, "z") + strings.Count(string(k.Domaine), "z")
		debut := time.Now()
		dst = table.Cherche(dst[:0], k)
		if d := time.Since(debut); len(durees) < cap(durees) {
			durees = append(durees, d)
		}
		if len(dst) > 1 {
			choix++
		}
		n++
	}
	slices.Sort(durees)
	horloge := make([]time.Duration, 1<<16)
	for i := range horloge {
		debut := time.Now()
		horloge[i] = time.Since(debut)
	}
	slices.Sort(horloge)
	b.ReportMetric(float64(horloge[len(horloge)/2]), "clock-p50-ns")
	b.ReportMetric(float64(durees[len(durees)/2]), "p50-ns")
	b.ReportMetric(float64(durees[len(durees)*99/100]), "p99-ns")
	b.ReportMetric(100*float64(choix)/float64(n), "%ties")
}

// From the bytes of both files to a table that answers.
func BenchmarkLoadTable(b *testing.B) {
	o, r := fichiers(100_000)
	b.SetBytes(int64(len(o) + len(r)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := annuaire.LoadTable(strings.NewReader(o), strings.NewReader(r), annuaire.Politique{}); err != nil {
			b.Fatal(err)
		}
	}
}

// An answer kept by the client, policy checked again.
func BenchmarkClientMemoire(b *testing.B) {
	c, _, _ := monte(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Cherche(b.Context(), demande(cle, annuaire.IDB)); err != nil {
			b.Fatal(err)
		}
	}
}
