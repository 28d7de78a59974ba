package ace_test

import (
	"fmt"
	"testing"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/ace"
)

// BenchmarkFacture prices an invoice of six lines: consultation with a surcharge
// beside it, costly act with modifiers, act at night, biology of three analyses,
// a drug of its own day aside.
func BenchmarkFacture(b *testing.B) {
	cs, mcs, k := ngap("CS", "15"), ngap("MCS", "15"), ngap("K", "15")
	mcs.Support, k.Coefficient, k.Majoration = 1, 25*10_000, ace.Nuit
	acte := ccam("AAAA010", "15")
	acte.CCAM.Modificateurs, acte.CCAM.Association = "KU", "1"
	v := venue(b, cs, mcs, acte, k, ccam("AAAA003", "15"), ngap("APC", "04"))
	o := options(b)
	for _, c := range []struct {
		nom      string
		explique bool
	}{{"sans-explication", false}, {"avec-explication", true}} {
		b.Run(c.nom, func(b *testing.B) {
			p := *o
			p.Expliquer = c.explique
			b.ReportAllocs()
			for b.Loop() {
				r, err := ace.Compute(v, &p)
				if err != nil || len(r.Factures) != 1 || len(r.Factures[0].Lignes) != 6 {
					b.Fatal(err, r.Anomalies)
				}
			}
		})
	}
}

// BenchmarkTailles prices visits of all sizes: what a line costs hardly grows
// with their number.
func BenchmarkTailles(b *testing.B) {
	cs, k := ngap("CS", "15"), ngap("K", "15")
	k.Coefficient = 25 * simphonie.Un
	modeles := []ace.Prestation{ccam("AAAA010", "15"), ccam("AAAA003", "15"), cs, k, ccam("AAAA008", "04")}
	for _, n := range []int{1, 6, 30, 999} {
		ps := make([]ace.Prestation, n)
		for i := range ps {
			ps[i] = modeles[i%len(modeles)]
			ps[i].Executant.PS = fmt.Sprint(i) // nothing is grouped
		}
		v, o := venue(b, ps...), options(b)
		for _, c := range []struct {
			nom                 string
			explique, controles bool
		}{{"seul", false, false}, {"explique", true, false}, {"controle", false, true}} {
			b.Run(fmt.Sprint(n, "/", c.nom), func(b *testing.B) {
				p := *o
				p.Expliquer, p.SansControles = c.explique, !c.controles
				b.ReportAllocs()
				for b.Loop() {
					if _, err := ace.Compute(v, &p); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/line")
			})
		}
	}
}
