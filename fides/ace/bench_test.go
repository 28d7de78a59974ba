package ace_test

import (
	"testing"

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
