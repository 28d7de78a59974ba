package droits_test

import (
	"fmt"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
)

// A CDRi answer read for care linked to a declared accident, with the trace.
func ExampleResoudre() {
	a := &droits.Acquisition{Support: droits.SupportCDRi,
		Organisme: simphonie.Organisme{Regime: "01", Caisse: "751"},
		Periodes:  []simphonie.Periode{{Du: simphonie.MustJour("2015-01-01")}},
		ETM:       []droits.Droit[droits.CodeETM]{{Code: "06"}, {Code: "8"}},
		AT: []droits.ATDeclare{{Identifiant: "180831018", Organisme: simphonie.Organisme{Regime: "01", Caisse: "751"},
			Periode: simphonie.Periode{Du: simphonie.MustJour("2018-08-31")}}},
	}
	r := droits.Resoudre(a, droits.Prestation{LieeAT: true}, simphonie.MustJour("2026-03-04"), droits.Options{Tracer: true})
	fmt.Println(r.Contexte.Nature, r.Contexte.ALD(), r.Anomalies)
	for _, c := range r.Trace {
		fmt.Println(c.Regle.Code, c.Regle.Source)
	}

	a.ETM = append(a.ETM, droits.Droit[droits.CodeETM]{Code: "42"})
	r = droits.Resoudre(a, droits.Prestation{}, simphonie.MustJour("2026-03-04"), droits.Options{})
	fmt.Println(r.Anomalies[0])
	// Output:
	// at-mp true []
	// DROITS-NATURE-AT RG_CF653 CP01
	// DROITS-ORGANISME-AT RG_CF693
	// a-verifier DROITS-ETM-INCONNUE (droits.etm) : Exonération de code 42 inconnue : à vérifier avant de facturer.
}
