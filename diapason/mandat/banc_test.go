package mandat_test

import (
	"fmt"
	"testing"

	"github.com/simphonie/simphonie/diapason/mandat"
)

// parc is 100 000 mandates of a hospital: most wait for their amount or their
// day, one in twenty is due.
func parc(b *testing.B, dus int) []mandat.Mandat {
	b.Helper()
	attend, echu := actif(b, 60), actif(b, 60)
	attend.fait(10, facture(17_00))
	attend.avise(12)
	echu.fait(10, facture(17_00))
	echu.avise(10)
	ms := make([]mandat.Mandat, 100_000)
	for i := range ms {
		ms[i] = attend.m
		if i%100 < dus {
			ms[i] = echu.m
		}
		ms[i].Numero = fmt.Sprintf("M-%06d", i)
	}
	return ms
}

// A day of 100 000 mandates: 1, 5, then all of them due in a hundred.
func BenchmarkJourVenu100000(b *testing.B) {
	for _, dus := range []int{1, 5, 100} {
		b.Run(fmt.Sprintf("dus=%d%%", dus), func(b *testing.B) {
			ms, quand := parc(b, dus), a(13)
			b.ReportAllocs()
			for b.Loop() {
				soumis := 0
				for i := range ms {
					_, effets, err := ms[i].Appliquer(mandat.JourVenu{}, quand)
					if err != nil {
						b.Fatal(err)
					}
					soumis += len(effets)
				}
				if soumis != 1000*dus {
					b.Fatal(soumis)
				}
			}
		})
	}
}

func BenchmarkDecode(b *testing.B) {
	x, err := mandat.Encode(complet(b).m)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(x)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := mandat.Decode(x); err != nil {
			b.Fatal(err)
		}
	}
}
