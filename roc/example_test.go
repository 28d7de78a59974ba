package roc_test

import (
	"fmt"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/roc"
	"github.com/simphonie/simphonie/teleservice"
)

// What an agent is told of a CLC whose answer was lost.
func ExamplePanneDe() {
	err := &simphonie.Erreur{Code: "TSV-DELAI", IssueInconnue: true, Err: &teleservice.Faute{}}
	p, _ := roc.PanneDe(err)
	fmt.Println(p.Texte)
	fmt.Println(p.Conduite)
	// Output:
	// La complémentaire n'a pas répondu à temps.
	// L'appel est peut-être passé : ne le relancez pas. Demandez à la complémentaire ce qu'elle a enregistré, puis saisissez la décision dans la liste « à clarifier ».
}

// Two insurers: the second is told what the first one said.
func ExampleCouvertures() {
	cs := roc.Couvertures{
		{Cle: simphonie.CleAMC{Numero: "775671993", Domaine: simphonie.Hospitalisation}},
		{Cle: simphonie.CleAMC{Numero: "0434243085", Domaine: simphonie.Hospitalisation}},
	}
	fmt.Println(cs.Precedentes("434243085"))
	// Output: [775671993]
}

// The configuration lists all its faults at once.
func ExampleNew() {
	_, err := roc.New(roc.Config{})
	fmt.Println(err != nil)
	// Output: true
}
