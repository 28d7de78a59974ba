package droits_test

import (
	"testing"

	"github.com/simphonie/simphonie/droits"
)

func BenchmarkResoudre(b *testing.B) {
	a := cdri()
	for b.Loop() {
		droits.Resoudre(&a, droits.Prestation{}, jour("2026-03-04"), droits.Options{})
	}
}

func BenchmarkDeciderTaux(b *testing.B) {
	a, bs := cdri(), baremes(b)
	r := droits.Resoudre(&a, droits.Prestation{}, jour("2026-03-04"), droits.Options{})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := droits.DeciderTaux(&r.Contexte, droits.Acte{Code: "CS"}, bs, droits.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFusionner(b *testing.B) {
	as := []droits.Acquisition{cdri(), vitale()}
	for b.Loop() {
		if _, err := droits.Fusionner(as, preference); err != nil {
			b.Fatal(err)
		}
	}
}
