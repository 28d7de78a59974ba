package tarif_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
)

// A price file is text with semicolons; a row that is known later wins.
func ExampleLoad() {
	c, err := tarif.Load(strings.NewReader(`code;secteur;zone;du;au;montant;reference;connu_le
FU1;ex-dg;*;2022-01-01;;30.00;FICTIF campagne 2022;2021-12-29
FU1;ex-dg;*;2023-03-01;;31.00;FICTIF campagne 2023;2023-04-04
`), tarif.LoadOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	soins := simphonie.MustJour("2023-03-10")
	for _, connuAu := range []string{"2023-03-15", "2023-04-04"} {
		p, err := c.Lookup("FU1", tarif.ExDG, "metropole", soins, simphonie.MustJour(connuAu))
		fmt.Println(connuAu, p.Prix, p.Reference, err)
	}
	_, err = c.Lookup("FU2", tarif.ExDG, "metropole", soins, soins)
	manque, _ := errors.AsType[*tarif.TarifNonCharge](err)
	fmt.Println("à charger :", manque.Code, manque.Zone, manque.Jour)
	// Output:
	// 2023-03-15 30.00 FICTIF campagne 2022 <nil>
	// 2023-04-04 31.00 FICTIF campagne 2023 <nil>
	// à charger : FU2 metropole 2023-03-10
}

func ExampleOfficiels() {
	c, _ := tarif.Officiels()
	p, _ := c.Lookup("FPU", tarif.ExDG, "metropole", simphonie.MustJour("2026-03-01"), simphonie.MustJour("2026-03-01"))
	fmt.Println(p.Prix, "€,", p.Periode.Du)
	// Output: 23.00 €, 2026-03-01
}

func ExampleLoadListe() {
	l, _ := tarif.LoadListe("annexe 2", strings.NewReader("code;du;au;reference;connu_le\nZZZZ901;2022-01-01;;FICTIF;2021-12-29\n"))
	fmt.Println(l.Contains("ZZZZ901", simphonie.MustJour("2026-03-01"), simphonie.MustJour("2026-03-01")))
	// Output: true
}

// The coefficient MCO of a public establishment of Île-de-France, from the
// rates published for 2024.
func ExampleCoefficients_MCO() {
	taux := func(s string) simphonie.Taux { t, _ := simphonie.ParseTaux(s); return t }
	c := tarif.Coefficients{Geographique: taux("7"), Prudentiel: taux("0.7"), Segur: taux("0.42")}
	amo, _ := c.MCO()
	amc, _ := c.AMC()
	fmt.Println(amo, amc)
	// Output: 1.067 1.0745
}

func ExampleBase() {
	pu, _ := simphonie.ParsePrix("25.28")
	m, _ := tarif.Base(pu, 1, simphonie.Un, 10700)
	fmt.Println(m)
	// Output: 27.05
}
