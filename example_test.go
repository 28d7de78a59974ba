package simphonie_test

import (
	"errors"
	"fmt"

	"github.com/simphonie/simphonie"
)

// A tour of the values: money, dates, identifiers, personal texts.
func Example() {
	base, _ := simphonie.ParseMontant("139.75")
	mro, _ := simphonie.PourCent(70).Of(base, simphonie.DemiSup)
	mrc, _ := base.Sub(mro)
	fmt.Println(mro, mrc)

	naissance, _ := simphonie.ParseDateNaissance("1950-42-00") // lunar
	age, _ := naissance.AgeLe(simphonie.MustJour("2026-03-01"))
	fmt.Println(naissance, naissance.Lunaire(), age)

	nom := simphonie.NewConfidentiel("ADRUN")
	fmt.Printf("%v %+q, %s\n", nom, nom, nom.Clair())
	// Output:
	// 97.83 41.92
	// 1950-**-** true 76 ans
	// *** ***, ADRUN
}

// What is typed must be right; what is received is kept and flagged.
func ExampleParseNIR() {
	_, err := simphonie.ParseNIR("181036322045660")
	fmt.Println(errors.Is(err, simphonie.ErrCle), err)

	recu := simphonie.NIRRecu("181036322045660")
	fmt.Println(recu, recu.Valide(), recu.CleCalculee())
	// Output:
	// true ID-NIR-CLE NIR: wrong check key
	// *** ID-NIR-CLE NIR: wrong check key 76
}

func ExampleFINESS_NormeB2() {
	f, err := simphonie.ParseFINESS("2A0002689")
	fmt.Println(f.NormeB2(), err)
	// Output: 200102689 <nil>
}

func ExampleJour_AddMonths() {
	fmt.Println(simphonie.MustJour("2025-10-31").AddMonths(4))
	// Output: 2026-02-28
}
