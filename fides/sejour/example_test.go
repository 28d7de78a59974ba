package sejour_test

import (
	"fmt"
	"strings"

	"github.com/simphonie/simphonie/fides/sejour"
)

// A stay of three nights that a heavy act exempts: what the insurer is asked in
// a SIM or a CLC, and why.
func ExampleCompute() {
	s, err := sejour.ParseSejour([]byte(`{"forme": "simphonie.sejour/1", "venue": "900000001", "discipline": "mco",
		"etablissement": {"finess": "750712184", "secteur": "ex-dg", "territoire": "metropole"}, "naissance": "1990-06-15",
		"entree": "2026-03-03T15:00:00+01:00", "sortie": "2026-03-06T11:00:00+01:00",
		"bases": [{"code": "TJ1", "du": "2026-03-03", "au": "2026-03-05", "prix": "700.10", "reference": "FICTIF"}],
		"actes": [{"code": "ZZZZ001", "jour": "2026-03-04", "montant": "150.00"}],
		"droits": {"support": "cdri", "organisme": {"regime": "01", "caisse": "751"}, "periodes": [{"du": "2015-01-01"}]}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	o, err := exemple()
	if err != nil {
		fmt.Println(err)
		return
	}
	o.Expliquer = true
	r, err := sejour.Compute(&s, o)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Issue, r.Anomalies)
	for _, p := range r.Facture.Parts {
		l := &r.Facture.Lignes[p.Ligne]
		fmt.Println(l.Code, l.Detail.Sejour.Du, l.Detail.Sejour.Au, p.Debiteur, p.Montant)
	}
	fmt.Println(r.Explication.Prouve(&r.Facture))
	// Output:
	// chiffre []
	// TJ1 2026-03-03 2026-03-05 amo 2076.30
	// TJ1 2026-03-03 2026-03-05 patient 24.00
	// FJ 2026-03-03 2026-03-06 patient 92.00
	// <nil>
}

// The editor's prices join the public ones.
func ExampleChargerTarifs() {
	c, err := sejour.ChargerTarifs(strings.NewReader("code;secteur;zone;du;au;montant;reference;connu_le\n" +
		"TMF;*;*;2019-01-01;2026-03-31;24.00;texte de l'éditeur;2018-12-31\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Codes())
	// Output: [FJ FJPSY TMF]
}
