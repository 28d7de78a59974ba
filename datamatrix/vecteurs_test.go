package datamatrix

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/simphonie/simphonie"
)

func conf(s string) simphonie.Confidentiel { return simphonie.NewConfidentiel(s) }

func lis(t *testing.T, s string) Lecture {
	t.Helper()
	l, err := ParseText(s, OptionsTexte{})
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	return l
}

func codeErreur(err error) simphonie.Code {
	var e *simphonie.Erreur
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func egal(t *testing.T, quoi string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %v, want %v", quoi, got, want)
	}
}

// The attestations are synthetic, built on the grammar of published cards.
func TestAttestations(t *testing.T) {
	for _, c := range []struct {
		texte       string
		veut        AttestationAMC
		sur10       string
		lettre      rune
		conventions []string
		reparations []simphonie.Code
		alertes     []simphonie.Code
	}{
		{
			texte: "AMC#1#99999999##12345678#SPPGSFLRIKY231TCEH#SCODA#ITODA/",
			veut: AttestationAMC{"1", "99999999", "", conf("12345678"),
				[]GroupeConvention{{"SP", "PGSFLRIKY231TCEH"}, {"SC", "ODA"}, {"IT", "ODA"}}, conf("")},
			sur10: "0099999999", lettre: 'O', conventions: []string{"SC", "IT"},
		},
		{
			texte: "AMC#1#00999999#A10#123456789#AL*/",
			veut:  AttestationAMC{"1", "00999999", "A10", conf("123456789"), []GroupeConvention{{"AL", "*"}}, conf("")},
			sur10: "0000999999", lettre: 'P', conventions: []string{"AL"},
		},
		{
			texte: "AMC#1#99999999##A123BCDE#OCA#VMCDEFGHIKLOPRSTY23/",
			veut: AttestationAMC{"1", "99999999", "", conf("A123BCDE"),
				[]GroupeConvention{{"OC", "A"}, {"VM", "CDEFGHIKLOPRSTY23"}}, conf("")},
			sur10: "0099999999", lettre: 'A', conventions: []string{"OC"},
		},
		{
			texte: "AMC#1#99999999##1234567#ISPGSH#ITDOA/          ",
			veut: AttestationAMC{"1", "99999999", "", conf("1234567"),
				[]GroupeConvention{{"IS", "PGSH"}, {"IT", "DOA"}}, conf("          ")},
			sur10: "0099999999", lettre: 'S', conventions: []string{"IS"},
		},
		{
			texte: `AMC#1#99999999#A10#AB123456789#AL*/000000000000000000000000\`,
			veut: AttestationAMC{"1", "99999999", "A10", conf("AB123456789"),
				[]GroupeConvention{{"AL", "*"}}, conf(`000000000000000000000000\`)},
			sur10: "0099999999", lettre: 'H', conventions: []string{"AL"},
			alertes: []simphonie.Code{"DM-AMC-FIN"},
		},
		{
			texte: "AMC#1#99999999##123456#SPPGSFLRIKY231TCOAD#SCOAD#ISE#OCH/",
			veut: AttestationAMC{"1", "99999999", "", conf("123456"),
				[]GroupeConvention{{"SP", "PGSFLRIKY231TCOAD"}, {"SC", "OAD"}, {"IS", "E"}, {"OC", "H"}}, conf("")},
			sur10: "0099999999", lettre: 'D', conventions: []string{"SP", "SC"},
		},
		{
			texte: "Q?C3&3çççççççç33&é\"'(-è_3SPPGSH!",
			veut:  AttestationAMC{"1", "99999999", "", conf("12345678"), []GroupeConvention{{"SP", "PGSH"}}, conf("")},
			sur10: "0099999999", lettre: 'P', conventions: []string{"SP"},
			reparations: []simphonie.Code{"DM-REPARE-CLAVIER-US-FR"},
		},
		{
			texte: "]d1amc#1#99999999##12345678#sppgsh/\r\n",
			veut:  AttestationAMC{"1", "99999999", "", conf("12345678"), []GroupeConvention{{"SP", "PGSH"}}, conf("")},
			sur10: "0099999999", lettre: 'X', conventions: nil,
			reparations: []simphonie.Code{"DM-REPARE-ENCADREMENT", "DM-REPARE-AIM", "DM-REPARE-CASSE"},
		},
		{
			texte: "AMC#1#99999999##12345678#SPPGSH/AMC#1#99999999##12345678#SPPGSH/",
			veut:  AttestationAMC{"1", "99999999", "", conf("12345678"), []GroupeConvention{{"SP", "PGSH"}}, conf("")},
			sur10: "0099999999", lettre: 'H', conventions: []string{"SP"},
			reparations: []simphonie.Code{"DM-REPARE-DOUBLE-LECTURE"},
		},
	} {
		l := lis(t, c.texte)
		egal(t, c.texte, l.Valeur, c.veut)
		egal(t, "kind", l.Genre, GenreAMC)
		egal(t, "raw", l.Brut.Clair(), c.texte)
		egal(t, "ten characters", NumeroSur10.Ecrit(c.veut.NumeroAMC), c.sur10)
		egal(t, "conventions", c.veut.ConventionsLettre(c.lettre), c.conventions)
		egal(t, "repairs", slices.Concat(l.CodesReparation()), c.reparations)
		egal(t, "warnings", slices.Concat(l.Anomalies().Codes()), c.alertes)
	}
	if l := lis(t, "]d1AMC#1#99999999##12345678#SPPGSH/"); l.AIM != "]d1" {
		t.Errorf("AIM %q", l.AIM)
	}
}

func TestNumero(t *testing.T) {
	const n simphonie.NumeroAMC = "00401166"
	egal(t, "as read", NumeroTelQueLu.Ecrit(n), "00401166")
	egal(t, "bare", NumeroSansZeros.Ecrit(n), "401166")
	egal(t, "ten", NumeroSur10.Ecrit(n), "0000401166")
	egal(t, "comparison", n.Equal("0000401166"), true)
}

func TestCles(t *testing.T) {
	cle := func(conv string, d simphonie.Domaine) simphonie.CleAMC {
		return simphonie.CleAMC{Numero: "99999999", Convention: conv, CSR: "A10", Domaine: d}
	}
	const tete = "AMC#1#99999999#A10#12345678#"
	const deduit, absent, multiples = "DM-AMC-DOMAINE-DEDUIT", "DM-AMC-DOMAINE-ABSENT", "DM-AMC-CONVENTIONS-MULTIPLES"
	for _, c := range []struct {
		groupes string
		table   TableDomaines
		veut    []simphonie.CleAMC
		codes   []simphonie.Code
	}{
		{groupes: "SPPGEH#SCODA/",
			veut:  []simphonie.CleAMC{cle("SP", "HOSP"), cle("SP", "EXTE")},
			codes: []simphonie.Code{deduit, deduit}},
		{groupes: "SPPH#ISEH/",
			veut:  []simphonie.CleAMC{cle("SP", "HOSP"), cle("IS", "HOSP"), cle("IS", "EXTE")},
			codes: []simphonie.Code{multiples, deduit, deduit}},
		{groupes: "AL*/",
			veut: []simphonie.CleAMC{cle("AL", "HOSP"), cle("AL", "EXTE")}, codes: []simphonie.Code{}},
		{groupes: "AL*#SPH/", // the letter comes before the star
			veut:  []simphonie.CleAMC{cle("SP", "HOSP"), cle("AL", "HOSP"), cle("AL", "EXTE")},
			codes: []simphonie.Code{multiples, deduit}},
		{groupes: "SPH#SPH/", // the same key is given once
			veut: []simphonie.CleAMC{cle("SP", "HOSP")}, codes: []simphonie.Code{deduit, absent}},
		{groupes: "OCA/", codes: []simphonie.Code{absent, absent}},
		{groupes: "OCA#SPZ/",
			table: TableDomaines{{'Z', simphonie.Hospitalisation, LettreFournie}, {'A', simphonie.Externe, LettreFournie}},
			veut:  []simphonie.CleAMC{cle("SP", "HOSP"), cle("OC", "EXTE")}, codes: []simphonie.Code{}},
	} {
		a := lis(t, tete+c.groupes).Valeur.(AttestationAMC)
		got, as := a.Cles(c.table)
		egal(t, c.groupes, got, c.veut)
		egal(t, c.groupes+" anomalies", as.Codes(), c.codes)
	}
	a := lis(t, tete+"SPH#ISE/").Valeur.(AttestationAMC)
	got, _ := a.Cles(nil, simphonie.Externe)
	egal(t, "one domain", got, []simphonie.CleAMC{cle("IS", "EXTE")})
}

const enteteINS = "IS010000000000000000000000"

// The first vectors are those of two public programs; both carry wrong NIR keys.
func TestINS(t *testing.T) {
	naissance := func(s string) simphonie.DateNaissance {
		d, err := simphonie.ParseDateNaissance(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	testMatrice := INS{Version: "01", Matricule: simphonie.NIRRecu("123549685274612"), OID: "25978456325481569525",
		Prenoms: conf("TEST1 TEST2 TEST"), Nom: conf("DATAMATRIXTEST"), Sexe: conf("M"), Naissance: naissance("2021-08-31"), Lieu: conf("17000")}
	etranger, sansLieu := testMatrice, testMatrice
	etranger.Lieu, sansLieu.Lieu = conf("99255"), conf("")
	padding := INS{Version: "01", Matricule: simphonie.NIRRecu("118058599124123"), OID: OIDNIR,
		Prenoms: conf("FIRST NAMETEST"), Nom: conf("LASTNAMETEST"), Sexe: conf("M"), Naissance: naissance("1985-06-18"), Lieu: conf("13201")}
	// A published qualification identity.
	nessi := INS{Version: "01", Matricule: simphonie.NIRRecu("110086322083060"), OID: OIDTest,
		Prenoms: conf("MICHELANGELO ANTHONY"), Nom: conf("NESSI"), Sexe: conf("M"), Naissance: naissance("2010-08-07"), Lieu: conf("63220")}
	const g = "\x1d"
	const mediboard = enteteINS + "S1123549685274612S225978456325481569525"
	const rxing = enteteINS + "S1118058599124123S21.2.250.1.213.1.4.8"
	const suite = "S3FIRST NAMETEST" + "\x00" + "S5MS618-06-1985S713201S4LASTNAMETEST"
	const bancs = "DM-REPARE-SEPARATEUR-CARACTERE"
	for _, c := range []struct {
		texte       string
		veut        INS
		reparations []simphonie.Code
		alertes     []simphonie.Code
	}{
		{mediboard + "S3TEST1 TEST2 TEST" + g + "S4DATAMATRIXTEST" + g + "S5MS631-08-2021S717000", testMatrice, nil,
			[]simphonie.Code{"DM-INS-TRAIT-FORME", "DM-INS-CLE", "DM-INS-OID"}},
		{mediboard + "S3TEST1 TEST2 TEST" + g + "S4DATAMATRIXTEST" + g + "S5MS631-08-2021S799255", etranger, nil,
			[]simphonie.Code{"DM-INS-TRAIT-FORME", "DM-INS-CLE", "DM-INS-OID"}},
		{mediboard + "S3TEST1 TEST2 TEST" + g + "S4DATAMATRIXTEST" + g + "S5MS631-08-2021", sansLieu, nil,
			[]simphonie.Code{"DM-INS-TRAIT-FORME", "DM-INS-CLE", "DM-INS-OID"}},
		{mediboard + "S4DATAMATRIXTEST" + g + "S5MS631-08-2021S717000S3TEST1 TEST2 TEST", testMatrice, nil,
			[]simphonie.Code{"DM-INS-TRAIT-FORME", "DM-INS-CLE", "DM-INS-OID"}},
		{rxing + g + strings.ReplaceAll(suite, "\x00", g), padding, nil, []simphonie.Code{"DM-INS-CLE"}},
		{rxing + "<GS>" + strings.ReplaceAll(suite, "\x00", "<GS>"), padding,
			[]simphonie.Code{"DM-REPARE-SEPARATEUR-LITTERAL"}, []simphonie.Code{"DM-INS-CLE"}},
		{rxing + " " + strings.ReplaceAll(suite, "\x00", " "), padding, []simphonie.Code{bancs}, []simphonie.Code{"DM-INS-CLE"}},
		{rxing + "]" + strings.ReplaceAll(suite, "\x00", "@"), padding, []simphonie.Code{bancs}, []simphonie.Code{"DM-INS-CLE"}},
		{rxing + strings.ReplaceAll(suite, "\x00", ""), padding,
			[]simphonie.Code{"DM-REPARE-SEPARATEUR-PERDU"}, []simphonie.Code{"DM-INS-CLE"}},
		{enteteINS + "S1110086322083060S21.2.250.1.213.1.4.10S3MICHELANGELO ANTHONY" + g + "S4NESSI" + g + "S5MS607-08-2010S763220",
			nessi, nil, []simphonie.Code{"DM-INS-TEST"}},
		{enteteINS + "S1110086322083060S21.2.250.1.213.1.4.10" + g + "S3MICHELANGELO ANTHONY" + g + "S4NESSI" + g + "S5M" + g + "S607-08-2010S763220",
			nessi, []simphonie.Code{"DM-REPARE-SEPARATEUR-SUPERFLU"}, []simphonie.Code{"DM-INS-TEST"}},
	} {
		l := lis(t, c.texte)
		egal(t, c.texte, l.Valeur, c.veut)
		egal(t, c.texte+" repairs", slices.Concat(l.CodesReparation()), c.reparations)
		egal(t, c.texte+" warnings", slices.Concat(l.Anomalies().Codes()), c.alertes)
	}
	if got, err := nessi.EncodeText(); err != nil || got != enteteINS+
		"S1110086322083060S21.2.250.1.213.1.4.10S3MICHELANGELO ANTHONY"+g+"S4NESSI"+g+"S5MS607-08-2010S763220" {
		t.Errorf("EncodeText: %q %v", got, err)
	}
	if !nessi.Test() || padding.Test() {
		t.Error("Test")
	}
}

// The ISO vector of the rxing encoder's padding test fits 36×36.
func TestTailleINS(t *testing.T) {
	i := lis(t, enteteINS+"S1118058599124123S21.2.250.1.213.1.4.8\x1dS3FIRST NAMETEST\x1dS5MS618-06-1985S713201S4LASTNAMETEST").Valeur.(INS)
	m, err := Encode(i, OptionsSymbole{})
	if err != nil || m.Taille() != (TailleSymbole{36, 36}) {
		t.Errorf("%v %v", m, err)
	}
}

func TestAutresGenres(t *testing.T) {
	jour := simphonie.MustJour("2026-03-01")
	l := lis(t, "]d2010340093000000717260331\x1d10LOT42\x1d21SERIE")
	g := l.Valeur.(GS1)
	egal(t, "GTIN", g.GTIN(), "03400930000007")
	egal(t, "CIP13", g.CIP13(), "3400930000007")
	egal(t, "lot", g.Lot(), "LOT42")
	egal(t, "serial", g.Serie(), "SERIE")
	p, ok := g.Peremption(jour)
	egal(t, "expiry", p, simphonie.MustJour("2026-03-31"))
	egal(t, "expiry known", ok, true)
	egal(t, "printed", g.Masque(), "(01)03400930000007(17)260331(10)LOT42(21)SERIE")
	for texte, veut := range map[string]Genre{
		"0103400930000007172603311042":          GenreGS1,
		"\x1d8018123456789012345678":            GenreGS1,
		"<GS>8018123456789012345678":            GenreGS1,
		"(01)03400930000007(10)A(17)260331":     GenreGS1,
		"[)>\x1e06\x1dPABC\x1dQ4\x1e\x04":       GenreISO15434,
		"275126322074974":                       GenreNIR,
		"160012B02077713":                       GenreNIR,
		"275126322074975":                       GenreChiffres,
		"2751263220749":                         GenreNIR,
		"3400930000007":                         GenreChiffres,
		"275126322074974\r\n275126322074974":    GenreNIR,
		"275126322074974275126322074974":        GenreNIR,
		"é(&éè\"éàèçèàçè'":                      GenreChiffres,
		"(&éè":                                  GenreInconnu,
		strings.Repeat("1234567890", 4)[:37]:    GenreChiffres,
		"https://assure.example/carte?id=12345": GenreURL,
		`{"numero":"123"}`:                      GenreJSON,
		"bonjour":                               GenreInconnu,
		"DC04":                                  GenreInconnu,
		"\xdc\x04\x00\x01":                      Genre2DDoc,
		"]d1\xdc\x04\x00\x01":                   Genre2DDoc,
	} {
		l, err := ParseText(texte, OptionsTexte{})
		if err != nil || l.Genre != veut || l.Valeur.Genre() != veut {
			t.Errorf("%q: %v %v, want %v", texte, l.Genre, err, veut)
		}
	}
	if c := lis(t, strings.Repeat("1234567890", 4)[:37]).Valeur.(Chiffres); !c.Postal() {
		t.Error("37 digits are postal")
	}
	e := lis(t, "[)>\x1e06\x1dPABC\x1dQ4\x1e\x04").Valeur.(ISO15434)
	egal(t, "envelope", e, ISO15434{[]FormatISO15434{{"06", []simphonie.Confidentiel{conf("PABC"), conf("Q4")}}}})
	// A NIR typed by a US scanner on a French host.
	if l := lis(t, "éè(&é-\"ééàè'çè'"); l.Genre != GenreNIR || l.Valeur.(Matricule).NIR.Clair() != "275126322074974" {
		t.Errorf("NIR through the wrong layout: %v %q", l.Genre, l.Texte.Clair())
	}
}

// Two different codes in one buffer are never read as one.
func TestMelanges(t *testing.T) {
	ins := insS1S2 + insS3S4 + insS5S7
	insNom := insS1S2 + "S3ZOE\x1d" + insS5S7 + "S4ADRUN"
	doc := doc2D + "26FR" + doc2DFin
	autre := strings.Replace(amcBase, "12345678", "87654321", 1)
	for _, texte := range []string{
		amcBase + autre, amcBase + "\r\n" + autre, amcBase + "]d1" + autre,
		amcBase + ins, amcBase + "\r" + ins, amcBase + "]d1" + ins, amcBase + doc, amcBase + "\n" + doc, amcBase + "\r275126322074974",
		ins + "\r" + amcBase, insNom + amcBase, insNom + "]d1" + amcBase, ins + "\r" + strings.Replace(ins, "ZOE", "ZOA", 1),
		doc + "\r" + amcBase, "275126322074974\r110086322083060", "\x1d10LOT" + amcBase,
	} {
		if l, err := ParseText(texte, OptionsTexte{}); codeErreur(err) != "DM-LECTURES-DISTINCTES" {
			t.Errorf("%q: %v %v", texte, l, err)
		}
	}
}

// What only looks like a code is not one.
func TestRessemblances(t *testing.T) {
	for _, texte := range []string{"IS0100", "DC0412345", "DC04-1", "0103400930000007-A", "AMC", "AMC#", "AMC-12", "AMC#1", "#1#", "MC#1#99999999",
		"Q?C", "()", "(1)", "[", "{", "]d1", "^]", "\\", "<GS>", "http:/x", "A"} {
		if l, err := ParseText(texte, OptionsTexte{}); l.Genre != GenreInconnu && !(l.Genre == GenreAMC && err != nil) {
			t.Errorf("%q: %v %v", texte, l.Genre, err)
		}
	}
}

// Application identifiers have two to four digits; predefined lengths need no
// separator.
func TestElementsGS1(t *testing.T) {
	for _, c := range []struct{ texte, masque string }{
		{"00340093000000000018" + "02034009300000073712", "(00)340093000000000018(02)03400930000007(37)12"},
		{"0403400930000000071" + "02012", "(04)0340093000000007(10)2012"},
		{"3103001234" + "240ABC\x1d4140340093000001" + "15260331", "(3103)***(240)***(414)***(15)260331"},
		{"22A\x1d30" + "5\x1d3922" + "12\x1d4300NOM\x1d7003" + "2603311200", "(22)A(30)5(3922)***(4300)***(7003)***"},
		{"7111234\x1d8018123456789012345678\x1d91X", "(711)***(8018)***(91)***"},
		{"2001" + "11260101", "(20)01(11)260101"},
	} {
		l, err := ParseText(c.texte, OptionsTexte{AIM: "]d2"})
		if err != nil || l.Masque() != c.masque {
			t.Errorf("%q: %s %v, want %s", c.texte, l.Masque(), err, c.masque)
		}
	}
	for _, texte := range []string{"38123", "0", "1", "01", "(01)", "\x1d", "10", "10\x1d", "17AB0331", "310"} {
		if _, err := ParseText(texte, OptionsTexte{AIM: "]d2"}); codeErreur(err) != "DM-GS1-FORME" {
			t.Errorf("%q: %v", texte, err)
		}
	}
	var vide GS1
	if _, ok := vide.Peremption(simphonie.MustJour("2026-01-01")); ok || vide.CIP13() != "" || vide.Lot() != "" {
		t.Error("nothing is something")
	}
}

// The dates of GS1 take the century that is nearest.
func TestPeremption(t *testing.T) {
	for _, c := range []struct{ ai17, ref, veut string }{
		{"260331", "2026-01-01", "2026-03-31"},
		{"260200", "2026-01-01", "2026-02-28"},
		{"280200", "2026-01-01", "2028-02-29"},
		{"990101", "2026-01-01", "1999-01-01"},
		{"760101", "2026-01-01", "2076-01-01"},
		{"010101", "2098-01-01", "2101-01-01"},
		{"261331", "2026-01-01", ""},
	} {
		g := GS1{[]ElementGS1{{"17", conf(c.ai17)}}}
		p, ok := g.Peremption(simphonie.MustJour(c.ref))
		if p.String() != c.veut && ok || ok != (c.veut != "") {
			t.Errorf("%v: %v %v", c, p, ok)
		}
	}
}
