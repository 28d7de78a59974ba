package nomenclature_test

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/tarif"
)

// A price is looked up for a day of care, as known at a date.
func ExampleLoad() {
	t, err := nomenclature.Load("prix.csv", strings.NewReader(`code;specialite;secteur;zone;public;montant;du;au;reference;connu_le
CS;*;ex-dg;*;assures;24.415;2022-01-01;;FICTIF;2021-12-29
CS;04;ex-dg;*;assures;31.525;2022-01-01;;FICTIF;2021-12-29
CS;*;ex-dg;*;assures;25.855;2026-03-01;;FICTIF;2026-04-10
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	soins := simphonie.MustJour("2026-03-15")
	for _, connuAu := range []string{"2026-03-20", "2026-04-10"} {
		p, err := t.Prix("CS", "01", tarif.ExDG, "metropole", soins, simphonie.MustJour(connuAu))
		fmt.Println(connuAu, p.Montant, err)
	}
	p, _ := t.Prix("CS", "04", tarif.ExDG, "metropole", soins, soins)
	fmt.Println("spécialité 04 :", p.Montant)
	_, err = t.Prix("C", "01", tarif.ExDG, "metropole", soins, soins)
	a, _ := errors.AsType[*nomenclature.Absent](err)
	fmt.Println("à charger :", a.Table, a.Cle)
	// Output:
	// 2026-03-20 24.415 <nil>
	// 2026-04-10 25.855 <nil>
	// spécialité 04 : 31.525
	// à charger : prix C/01/ex-dg/metropole
}

func ExampleImprimees() {
	jour := simphonie.MustJour("2026-03-15")
	p, _ := nomenclature.Imprimees().Parametre(nomenclature.ParamPlafondMTM, jour, jour)
	fmt.Println(p.Montant, p.Reference)
	// Output: 10.60 RG_VF671
}

func ExampleTables_Ecris() {
	t, _ := nomenclature.Load("grilles.csv", strings.NewReader("specialite;grille;du;au;reference;connu_le\n04;3;2022-01-01;;FICTIF;2021-12-29\n"))
	_ = t.Ecris(os.Stdout, "grilles.csv")
	// Output:
	// specialite;grille;du;au;reference;connu_le
	// 04;3;2022-01-01;;FICTIF;2021-12-29
}

// The editor completes what is not known of the archives: the settings that
// are missing are all listed.
func ExampleLoadCCAM() {
	o := nomenclature.ArchiveCCAM{Reference: "CCAM V1", ConnuLe: simphonie.MustJour("2026-01-10"),
		Colonnes: nomenclature.ColonnesCCAM(), Oui: nomenclature.OuiCCAM()}
	fmt.Println(o.Colonnes["R_ACTE_EXO_TM"]["exo"])
	_, err := nomenclature.LoadCCAM(o, os.DirFS("."))
	fmt.Println(strings.Contains(err.Error(), "R_ACTE.entente that mean yes are wanted"))
	// Output:
	// EXOTM_COD
	// true
}
