package urgences_test

import (
	"encoding/json"
	"fmt"
	"github.com/simphonie/simphonie/urgences"
	"testing"
)

func TestFumee(t *testing.T) {
	p := ordinaire(t, "2026-03-07 23:30")
	p.CCMU = "3"
	p.ModeArrivee = urgences.VehiculeB
	p.Biologie = append(p.Biologie, p.DebutSoins)
	p.Avis = []urgences.Avis{{Specialite: "04", Debut: p.DebutSoins, SurDemande: true, AupresDuPatient: true}}
	r := compute(t, p, options(t, connuAu))
	b, _ := json.MarshalIndent(r, "", " ")
	fmt.Println(string(b))
	fmt.Println(r.Explication)
}

func BenchmarkFumee1(b *testing.B) {
	p := ordinaire(b, "2026-03-07 23:30")
	p.CCMU = "3"
	p.ModeArrivee = urgences.VehiculeB
	o := options(b, connuAu)
	o.Expliquer = false
	b.ReportAllocs()
	for b.Loop() {
		r, err := urgences.Compute(p, o)
		if err != nil || len(r.Facture.Lignes) != 5 {
			b.Fatal(err)
		}
	}
}
func BenchmarkFumeeX(b *testing.B) {
	p := ordinaire(b, "2026-03-07 23:30")
	p.CCMU = "3"
	p.ModeArrivee = urgences.VehiculeB
	o := options(b, connuAu)
	b.ReportAllocs()
	for b.Loop() {
		urgences.Compute(p, o)
	}
}
