package datamatrix_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image/png"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/datamatrix"
)

// A scanner set to a US layout types on a French workstation.
func ExampleParseText() {
	l, err := datamatrix.ParseText("Q?C3&3çççççççç33&é\"'(-è_3SPPGEH!\r", datamatrix.OptionsTexte{})
	if err != nil {
		fmt.Println(err)
		return
	}
	a := l.Valeur.(datamatrix.AttestationAMC)
	fmt.Println(l)
	fmt.Println(a.NumeroAMC, a.NumeroAdherent, a.NumeroAdherent.Clair())
	for _, r := range l.Reparations {
		fmt.Println(r.Code, r.Message)
	}
	// Output:
	// amc AMC#1#99999999##***#SPPGEH/
	// 99999999 *** 12345678
	// DM-REPARE-ENCADREMENT Caractères d'encadrement ôtés (fin de ligne, tabulation, espaces, STX, ETX …).
	// DM-REPARE-CLAVIER-US-FR Lecteur en clavier américain sur un poste en clavier français : texte rétabli. Réglez le lecteur.
}

func ExampleParseText_strict() {
	_, err := datamatrix.ParseText("amc#1#99999999##12345678#sppgeh/", datamatrix.OptionsTexte{Strict: true})
	fmt.Println(err)
	// Output:
	// DM-STRICT datamatrix: strict reading: the text needs DM-REPARE-CASSE (octet 0)
}

func ExampleErreur() {
	_, err := datamatrix.ParseText("AMC#1#99999999##1234", datamatrix.OptionsTexte{})
	var e *datamatrix.Erreur
	if errors.As(err, &e) {
		fmt.Println(e.Code, e.Octet)
		fmt.Println(e.Message())
	}
	// Output:
	// DM-AMC-TRONQUEE 20
	// Le code de l'attestation est incomplet (barre oblique finale absente) : scannez à nouveau.
}

func ExampleAttestationAMC_Cles() {
	l, _ := datamatrix.ParseText("AMC#1#00999999#A10#123456789#SPPGH#ISEH/", datamatrix.OptionsTexte{})
	cles, anomalies := l.Valeur.(datamatrix.AttestationAMC).Cles(nil)
	for _, c := range cles {
		fmt.Println(c.Domaine, c.Numero, c.Convention, c.CSR, datamatrix.NumeroSur10.Ecrit(c.Numero))
	}
	for _, a := range anomalies {
		fmt.Println(a.Code, a.Valeurs)
	}
	// Output:
	// HOSP 00999999 SP A10 0000999999
	// HOSP 00999999 IS A10 0000999999
	// EXTE 00999999 IS A10 0000999999
	// DM-AMC-CONVENTIONS-MULTIPLES [HOSP 2]
	// DM-AMC-DOMAINE-DEDUIT [HOSP H]
	// DM-AMC-DOMAINE-DEDUIT [EXTE E]
}

// An editor who holds the official letters gives them.
func ExampleAttestationAMC_ConventionsFor() {
	l, _ := datamatrix.ParseText("AMC#1#99999999##12345678#SPPGH#SCODA#ITODA/", datamatrix.OptionsTexte{})
	table := datamatrix.TableDomaines{{Lettre: 'O', Domaine: "OPTI", Source: datamatrix.LettreFournie}}
	for _, c := range l.Valeur.(datamatrix.AttestationAMC).ConventionsFor("OPTI", table) {
		fmt.Println(c.Convention, string(c.Lettre), c.Source)
	}
	// Output:
	// SC O fournie
	// IT O fournie
}

func ExampleAttestationAMC_ConventionsLettre() {
	l, _ := datamatrix.ParseText("AMC#1#99999999##12345678#SPPGH#SCODA#ITODA/", datamatrix.OptionsTexte{})
	fmt.Println(l.Valeur.(datamatrix.AttestationAMC).ConventionsLettre('O'))
	// Output: [SC IT]
}

// The separators were lost on the way; the blocks are found all the same.
func ExampleINS() {
	l, err := datamatrix.ParseText("IS010000000000000000000000S1110086322083060S21.2.250.1.213.1.4.10"+
		"S3MICHELANGELO ANTHONYS4NESSIS5MS607-08-2010S763220", datamatrix.OptionsTexte{})
	if err != nil {
		fmt.Println(err)
		return
	}
	i := l.Valeur.(datamatrix.INS)
	fmt.Println(i, i.Test())
	fmt.Println(i.Nom.Clair(), i.Naissance.Clair(), l.CodesReparation(), l.Anomalies().Codes())
	// Output:
	// IS010000000000000000000000S1***S2***S3***S4***S5***S6***S7*** true
	// NESSI 2010-08-07 [DM-REPARE-SEPARATEUR-PERDU] [DM-INS-TEST]
}

func ExampleGS1() {
	l, _ := datamatrix.ParseText("]d20103400930000007172603001"+"0LOT42", datamatrix.OptionsTexte{})
	g := l.Valeur.(datamatrix.GS1)
	peremption, _ := g.Peremption(simphonie.MustJour("2026-03-01"))
	fmt.Println(g.CIP13(), g.Lot(), peremption)
	// Output: 3400930000007 LOT42 2026-03-31
}

func ExampleDoc2D() {
	l, _ := datamatrix.ParseText("DC04FR010001125DFFFF0101FR10JEAN DUPONT\x1d2475011", datamatrix.OptionsTexte{})
	d := l.Valeur.(datamatrix.Doc2D)
	fmt.Println(d.Type, d.Emission, d.Etat, d.Champ("24").Clair())
	// Output: 01 2012-11-14 absente 75011
}

func ExampleLecture() {
	l, _ := datamatrix.ParseText("AMC#1#99999999##12345678#SPPGEH/", datamatrix.OptionsTexte{})
	b, _ := json.Marshal(l)
	fmt.Println(string(b))
	// Output:
	// {"genre":"amc","valeur":{"version":"1","numeroAMC":"99999999","csr":"","numeroAdherent":"***","groupes":[{"convention":"SP","domaines":"PGEH"}]},"brut":"***","texte":"***"}
}

func ExampleEncode() {
	a := datamatrix.AttestationAMC{
		Version: "1", NumeroAMC: "99999999", NumeroAdherent: simphonie.NewConfidentiel("12345678"),
		Groupes: []datamatrix.GroupeConvention{{Convention: "SP", Domaines: "PGSFLRIKY231TCEH"}, {Convention: "SC", Domaines: "ODA"}},
	}
	m, err := datamatrix.Encode(a, datamatrix.OptionsSymbole{})
	fmt.Println(m, err)
	// Output: Data Matrix 24×24 <nil>
}

func ExampleEncodeOctets() {
	m, err := datamatrix.EncodeOctets([]byte("123456"), datamatrix.OptionsSymbole{})
	fmt.Println(m, err)
	for l := range m.Taille().Lignes {
		for c := range m.Taille().Colonnes {
			if m.Sombre(l, c) {
				fmt.Print("#")
			} else {
				fmt.Print(".")
			}
		}
		fmt.Println()
	}
	// Output:
	// Data Matrix 10×10 <nil>
	// #.#.#.#.#.
	// ##..#.##.#
	// ##.....#..
	// ##...###.#
	// ##....#...
	// #.....####
	// ###.##....
	// ####.##..#
	// #..###.#..
	// ##########
}

func ExampleMatrice_PNG() {
	m, _ := datamatrix.EncodeOctets([]byte("123456"), datamatrix.OptionsSymbole{})
	var fichier bytes.Buffer
	if err := m.PNG(&fichier, datamatrix.OptionsImage{Module: 8, Marge: 2}); err != nil {
		fmt.Println(err)
		return
	}
	img, _ := png.Decode(&fichier)
	fmt.Println(img.Bounds())
	// Output: (0,0)-(112,112)
}

func ExampleTaillesSymbole() {
	fmt.Println(datamatrix.TaillesSymbole(datamatrix.FormeRectangle))
	// Output: [8×18 8×32 12×26 12×36 16×36 16×48]
}

func ExampleRegles() {
	for _, r := range datamatrix.Regles()[:1] {
		fmt.Println(r.Code, r.Gravite, r.Message)
	}
	// Output: DM-TEXTE-VIDE bloquante La lecture est vide : scannez à nouveau.
}
