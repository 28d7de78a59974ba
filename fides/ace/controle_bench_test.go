package ace

import "testing"

// A usual visit: two acts of two practitioners, a surcharge, two analyses.
func BenchmarkControler(b *testing.B) {
	e := nouvelEssai(assoc("AAAA001", "1"), assoc("AAAA002", "2"), de15(ngap("CS")), de15(sur(3, ngap("MCS"))), nabm("1104"), nabm("0388"))
	e.controle(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Controler(&e.v, &e.o); err != nil {
			b.Fatal(err)
		}
	}
}
