package b2_test

import (
	"bytes"
	"errors"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/b2"
)

// An anonymous patient seen once: the NIR is the fictive one that the rules
// build for anonymous care, and the amounts are arbitrary.
func Example() {
	jour := simphonie.MustJour("2026-01-05")
	numero, err := b2.NewNumeroFacture(2026, 1)
	if err != nil {
		log.Fatal(err)
	}
	var fichier bytes.Buffer
	w, err := b2.NewWriter(&fichier, b2.Reglages{FinDeLigne: b2.FinCRLF, Charset: b2.ASCII, Siecle: 2000})
	if err != nil {
		log.Fatal(err)
	}
	err = w.WriteFacture(
		&b2.Type2{
			Cle:          b2.Cle{FINESS: "990000010", NIR: simphonie.NIRRecu("155555575133374"), Facture: numero},
			NumeroEntree: "000000042", Organisme: simphonie.Organisme{Regime: "01", Caisse: "751"},
			PieceJustificative: "0", NatureAssurance: "10", Exoneration: "0",
			Hospitalisation: jour, Entree: jour, Sortie: jour, HeureSortie: 11,
			DateNaissance: simphonie.NaissanceLe(simphonie.MustJour("2010-11-12")), RangNaissance: 1,
		},
		&b2.Type2S{ComplementTitre: "000100", IndicateurParcours: "U"},
		&b2.Type4{
			Executant: "990000010", SpecialiteExecutant: "83", DateSoins: jour,
			Acte: b2.CodeActe{Code: "CS"}, Quantite: 1, Coefficient: simphonie.Un, Denombrement: 1,
			PrixUnitaire: 1000, BaseRemboursement: 1000, Taux: simphonie.PourCent(70), MontantAMO: 700, Honoraires: 1000, MontantOC: 300,
		},
		&b2.Type4S{ConditionExecutant: "S", CodeAccord: "9", Domaine: "M"},
	) // the type 5 is computed
	if err = errors.Join(err, w.Close()); err != nil {
		log.Fatal(err)
	}

	rd := b2.NewReader(&fichier, b2.ReaderOptions{})
	for bloc, err := range b2.Blocs(rd.Records()) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println("anomalies:", len(bloc.Anomalies))
		for _, r := range bloc.Records {
			v, err := r.Decode(2000)
			if err != nil {
				log.Fatal(err)
			}
			switch v := v.(type) {
			case *b2.Type2:
				fmt.Println("facture", v.Facture, "de", v.NIR)
			case *b2.Type4:
				fmt.Println(v.Acte.Code, v.DateSoins, v.Honoraires)
			case *b2.Type5:
				fmt.Println("caisse", v.CaisseHonoraires, "reste", v.Participation)
			}
		}
	}
	fmt.Println(rd.Physique().FinDeLigne(), rd.Physique().Charset)
	// Output:
	// anomalies: 0
	// facture 260000001 de ***
	// CS 2026-01-05 10.00
	// caisse 7.00 reste 3.00
	// CRLF US-ASCII
}

// A bad line is reported zone by zone, and the lines behind it are read.
func ExampleReader_Records() {
	fichier := strings.Replace(v9, "CS   0100010001", "CS   01000,0001", 1)
	for r, err := range b2.NewReader(strings.NewReader(fichier), b2.ReaderOptions{}).Records() {
		for _, e := range b2.Erreurs(err) {
			fmt.Println(e)
		}
		fmt.Println(r.Type(), err == nil)
	}
	// Output:
	// 2 true
	// 2S true
	// B2-ZONE-NUMERIQUE b2 0483 line 3 column 86: digits alone are wanted, without sign or separator
	// 4 false
	// 4S true
	// 5 true
}

// What is wrong with an invoice is said to a billing agent in French.
func ExampleBlocs() {
	fichier := strings.Replace(v9, "00001000000007000000", "00001100000007000000", 1)
	for bloc := range b2.Blocs(b2.NewReader(strings.NewReader(fichier), b2.ReaderOptions{}).Records()) {
		for _, a := range bloc.Anomalies {
			fmt.Println(a)
		}
	}
	// Output:
	// bloquante B2-TOTAL (ligne 5, colonne 58, zone 0558) : Zone 0558 (Total honoraires facturés) : total 11.00 au lieu de 10.00.
}

func ExampleDescribe() {
	r := b2.ParseRecord(strings.Split(v9, "\n")[4])
	if err := b2.Describe(os.Stdout, r); err != nil {
		log.Fatal(err)
	}
	// Output:
	// 5 (ligne 1)
	// 0501     1-1   5              Type d'enregistrement
	// 0502     2-10  990000010      N° partenaire de santé + clé (FINESS)
	// 0511    11-11                 FILLER
	// 0512    12-24  ***            N° d'immatriculation de l'assuré
	// 0525    25-26  ***            Clé du n° d'immatriculation
	// 0527    27-29  000            Rang du bénéficiaire
	// 0530    30-38  260000001      N° facture ou n° de titre
	// 0539    39-41  002            Nombre d'enregistrements types 3 et 4
	// 0542    42-49  00000000       Total base de remboursement PH
	// 0550    50-57  00000000       Total remboursable caisse PH
	// 0558    58-65  00001000       Total honoraires facturés
	// 0566    66-73  00000700       Total remboursable caisse honoraires
	// 0574    74-81  00000300       Participation assuré avant OC
	// 0582    82-89  00000000       Total remboursable OC PH
	// 0590    90-97  00000300       Total remboursable OC honoraires
	// 0598    98-114                FILLER
	// 05115  115-122 00000000       Montant total facturé PH
	// 05123  123-126                Zone réservée éditeurs
	// 05127  127-128                FILLER
}

// A zone is read by its name, without building the view of the record.
func ExampleRecord_Montant() {
	r := b2.ParseRecord(strings.Split(v9, "\n")[2])
	m, ok := r.Montant("04115")
	fmt.Println(m, ok, r.Texte("0476"))
	// Output: 10.00 true CS
}

func ExampleEncoder_Append() {
	e, err := b2.NewEncoder(b2.Reglages{FinDeLigne: b2.FinAucune, Charset: b2.ASCII, Siecle: 2000})
	if err != nil {
		log.Fatal(err)
	}
	_, err = e.Append(nil, &b2.Type5{Cle: b2.Cle{FINESS: "990000010", NIR: simphonie.NIRRecu("155555575133374"), Facture: "260000001"},
		Totaux: b2.Totaux{Enregistrements: 2, Honoraires: 1_000_000_000}})
	fmt.Println(err)
	// Output: B2-ZONE-DEPASSEMENT b2 0558: the value does not fit the width of the zone
}

func ExampleTotals() {
	t, err := b2.Totals(
		&b2.Type3{BaseRemboursement: 2500, MontantAMO: 2000, MontantTotal: 2500, MontantOC: 500},
		&b2.Type4{Honoraires: 1000, MontantAMO: 700, MontantOC: 300}, &b2.Type4S{})
	fmt.Println(t.Enregistrements, t.FacturePH, t.Participation, err)
	// Output: 3 25.00 8.00 <nil>
}

// An editor's table takes the layouts that the embedded one does not know.
func ExampleLoadTable() {
	f, err := os.Open("zones.csv")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	t, err := b2.LoadTable(f)
	if err != nil {
		log.Fatal(err)
	}
	for _, z := range t.Zones("3S") {
		if z.ID == "3S82" {
			fmt.Println(z.Colonne, z.Largeur, z.Genre, z.Regle, z.Libelle)
			fmt.Println(z.Remarque)
		}
	}
	// Output:
	// 82 14 N RG_MF611 Identification de la filière ou du réseau
	// kind N but blank here, while 4S86 holds 14 zeros; both accepted
}

// The number of an invoice is that of its titre de recette; with the
// complement of zone 2S42 it is the key by which the Trésor knows it.
func ExampleNewNumeroFacture() {
	n, err := b2.NewNumeroFacture(2026, 42)
	fmt.Println(n, n.Exercice(), n.Titre(), b2.CleTitre(n, "000100"), err)
	// Output: 260000042 26 0000042 260000042000100 <nil>
}

// The century of the dates is given: nothing guesses it.
func ExampleRecord_Decode() {
	v, err := b2.ParseRecord(strings.Split(v9, "\n")[0]).Decode(2000)
	if err != nil {
		log.Fatal(err)
	}
	deux := v.(*b2.Type2)
	fmt.Println(deux.NIR, deux.DateNaissance, deux.Entree, deux.Organisme)
	// Output: *** 10-**-** 2026-01-05 01-601
}

// What was read is written again byte for byte, whatever it was.
func ExampleWriter_WriteRecord() {
	w, err := b2.NewWriter(os.Stdout, b2.Reglages{FinDeLigne: b2.FinLF, Charset: b2.ASCII, Siecle: 2000})
	if err != nil {
		log.Fatal(err)
	}
	for r := range b2.NewReader(strings.NewReader("000 a record of file\nnot a record\n"), b2.ReaderOptions{}).Records() {
		if err := w.WriteRecord(r); err != nil {
			log.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	// Output:
	// 000 a record of file
	// not a record
}

func ExampleTable_Zones() {
	for _, z := range b2.TableFIDES().Zones(b2.T4M)[11:13] {
		fmt.Println(z.ID, z.Colonne, z.Largeur, z.Genre, z.Presence, z.Libelle, z.Regle)
	}
	// Output:
	// 4M57 57 1 A O Code activité RG_MF626
	// 4M58 58 1 N F Code phase de traitement RG_MF626
}

func ExampleRegles() {
	for _, r := range b2.Regles()[:2] {
		fmt.Println(r.Code, r.Gravite, r.Source)
	}
	// Output:
	// B2-4B-ACTES bloquante RG_MF623
	// B2-4M-MODIFICATEURS bloquante RG_MF626
}
