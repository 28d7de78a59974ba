package urgences_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/simphonie/simphonie/urgences"
)

// passageComplet is a full visit: age forfait, three supplements, patient part.
func passageComplet(b *testing.B) *urgences.Passage {
	p := ordinaire(b, "2026-03-07 23:30")
	p.CCMU, p.ModeArrivee = "3", urgences.VehiculeB
	return p
}

func BenchmarkPassage(b *testing.B) {
	p := passageComplet(b)
	for _, c := range []struct {
		nom      string
		explique bool
	}{{"sans-explication", false}, {"avec-explication", true}} {
		b.Run(c.nom, func(b *testing.B) {
			o := options(b, connuAu)
			o.Expliquer = c.explique
			b.ReportAllocs()
			for b.Loop() {
				r, err := urgences.Compute(p, o)
				if err != nil || len(r.Facture.Lignes) != 5 {
					b.Fatal(err, r.Anomalies)
				}
			}
		})
	}
	// The amounts alone of the same visit, written plainly with decimals: no
	// rights, no rules, no dates, no lookup, no control. What the engine does
	// beyond them is in the ratio.
	b.Run("montants-seuls-shopspring", func(b *testing.B) {
		prix := []decimal.Decimal{decimal.RequireFromString("30.33"), decimal.RequireFromString("24.63"),
			decimal.RequireFromString("22.935"), decimal.RequireFromString("26.38"), decimal.RequireFromString("23.00")}
		taux := []decimal.Decimal{decimal.NewFromInt(100), decimal.NewFromInt(100), decimal.NewFromInt(100), decimal.NewFromInt(100), decimal.Zero}
		un := decimal.NewFromInt(1)
		attendu := decimal.RequireFromString("127.28") // 30.33 + 24.63 + 22.94 + 26.38 + 23.00
		b.ReportAllocs()
		for b.Loop() {
			total, amo := decimal.Zero, decimal.Zero
			for i := range prix {
				honoraires := prix[i].Mul(un).Mul(un).Round(2)
				mro := honoraires.Mul(taux[i]).Shift(-2).Round(2)
				mrc := honoraires.Sub(mro)
				if mrc.IsNegative() {
					b.Fatal()
				}
				total, amo = total.Add(honoraires), amo.Add(mro)
			}
			if !total.Equal(attendu) || amo.GreaterThan(total) {
				b.Fatal(total, amo)
			}
		}
	})
}

// The two halves of life, and the controls of lines made elsewhere.
func BenchmarkVie(b *testing.B) {
	p, o := passageComplet(b), options(b, connuAu)
	o.Expliquer = false
	part, err := urgences.PartPatient(p, o)
	if err != nil {
		b.Fatal(err)
	}
	suite, err := urgences.Forfaits(p, o)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("part-patient", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := urgences.PartPatient(p, o); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("fusion", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if r, err := urgences.Fusionner(p, &part, &suite, o); err != nil || r.Issue != urgences.Facturable {
				b.Fatal(err)
			}
		}
	})
}
