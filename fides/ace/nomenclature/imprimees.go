package nomenclature

import (
	"fmt"

	"github.com/simphonie/simphonie"
)

// imprime dates a value that the documents print. Those without a date of their
// own are dated as the rules that use them are read, for care of 2022 onwards.
func imprime(du, reference string) Date {
	j := simphonie.MustJour(du)
	return Date{Periode: simphonie.Periode{Du: j}, Reference: reference, ConnuLe: j, ligne: duSocle}
}

const depuis2022 = "2022-01-01"

// Imprimees gives the tables that hold the values printed in the documents and
// nothing else: thresholds, rates and caps of rules, coefficients of association,
// lists of analyses. New adds them under what is loaded, which always wins; a
// list that is loaded replaces the printed one. The TMF is not among them.
func Imprimees() *Tables {
	t, _ := New(Donnees{}) // a test proves that they are sound
	return t
}

func parametresImprimes() []Parametre {
	const pc = simphonie.Cent / 100
	const un = simphonie.Un
	return []Parametre{
		{Date: imprime("2012-01-01", "RG_VF663, depuis 2011"), Nom: ParamSeuilCCAM, Montant: 120_00},
		{Date: imprime(depuis2022, "RG_VF663"), Nom: ParamSeuilNGAP, Coefficient: 60 * un},
		{Date: imprime(depuis2022, "RG_VF671"), Nom: ParamTauxMTM, Taux: 40 * pc},
		{Date: imprime("2023-01-01", "RG_VF671"), Nom: ParamPlafondMTM, Montant: 10_60},
		{Date: imprime(depuis2022, "RG_VF637"), Nom: ParamTauxDA, Taux: 17*pc + pc/2},
		{Date: imprime(depuis2022, "RG_IP680a"), Nom: ParamPartEcart, Taux: 50 * pc},
		{Date: imprime(depuis2022, "RG_IP680a"), Nom: ParamCTOM, Coefficient: un + 16*un/100},
		{Date: imprime("2018-01-01", "RG_IP680a"), Nom: ParamMargeRetrocession, Montant: 22_00},
		{Date: imprime(depuis2022, "RG_VF624"), Nom: ParamCotationMinimale, Coefficient: 20 * un},
		{Date: imprime(depuis2022, "RG_VF607 CP01"), Nom: ParamSecondScanner, Coefficient: 15 * un / 100},
		{Date: imprime(depuis2022, "RG_VF607 CP02"), Nom: ParamSecondSE, Coefficient: un / 2},
		{Date: imprime(depuis2022, "RG_VF640 CP02"), Nom: ParamDemiTarif, Taux: 50 * pc},
		{Date: imprime(depuis2022, "RG_VF642"), Nom: ParamMajorationNuit, Taux: 10 * pc},
		{Date: imprime(depuis2022, "RG_VF642"), Nom: ParamMajorationFerie, Taux: 5 * pc},
		{Date: imprime(depuis2022, "RG_VF642"), Nom: ParamPlafondNuit, Coefficient: 15 * un},
		{Date: imprime(depuis2022, "RG_VF642"), Nom: ParamPlafondFerie, Coefficient: 8 * un},
		{Date: imprime(depuis2022, "RG_VF625"), Nom: ParamNABMRegle3, Nombre: 3},
		{Date: imprime(depuis2022, "RG_VF625"), Nom: ParamNABMRegle4, Nombre: 2},
	}
}

// associationsImprimees are the rates of RG_IP654, the same in every grid.
func associationsImprimees() []LigneAssociation {
	var r []LigneAssociation
	for code, pourCent := range map[string]simphonie.Coefficient{"1": 100, "2": 50, "3": 75, "4": 100, "5": 100} {
		r = append(r, LigneAssociation{imprime(depuis2022, "RG_IP654"), code, Tout, pourCent * simphonie.Un / 100})
	}
	return r
}

var codesImprimes = map[NomListe]struct {
	reference string
	codes     []string
}{
	ListeIST: {"RG_IP663", []string{"0388", "9105", "9005", "0389", "0390", "0392", "0393", "0394", "0395", "0396",
		"4500", "4501", "1256", "1257", "5301", "5302", "5303"}},
	ListeNABMRegle3: {"RG_VF625", []string{"0322", "0323", "0353", "0354", "0351", "0352"}},
	ListeNABMRegle4: {"RG_VF625", append([]string{"0321", "0324"}, suite(1805, 1819)...)},
	ListeECG:        {"RG_IP709", []string{"DEQA001", "DEQP001", "DEQP002", "DEQP003", "DEQP005", "DEQP006"}},
}

func suite(du, au int) []string {
	var r []string
	for n := du; n <= au; n++ {
		r = append(r, fmt.Sprintf("%04d", n))
	}
	return r
}

// listesImprimees are the printed lists that were not loaded.
func listesImprimees(chargees []LigneListe) []LigneListe {
	dites := map[NomListe]bool{}
	for i := range chargees {
		dites[chargees[i].Liste] = true
	}
	var r []LigneListe
	for nom, l := range codesImprimes {
		for _, c := range l.codes {
			if !dites[nom] {
				r = append(r, LigneListe{imprime(depuis2022, l.reference), nom, c})
			}
		}
	}
	return r
}
