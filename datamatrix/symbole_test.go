package datamatrix

import (
	"bytes"
	"errors"
	"image/png"
	"reflect"
	"strings"
	"testing"

	"github.com/simphonie/simphonie"
)

func TestEncodeTextRefus(t *testing.T) {
	amc := func(f func(*AttestationAMC)) Encodable {
		a := lis(t, amcBase).Valeur.(AttestationAMC)
		f(&a)
		return a
	}
	ins := func(f func(*INS)) Encodable {
		i := lis(t, insS1S2+insS3S4+insS5S7).Valeur.(INS)
		f(&i)
		return i
	}
	doc := func(f func(*Doc2D)) Encodable {
		d := lis(t, doc2D+"10A\x1d2475011"+doc2DFin).Valeur.(Doc2D)
		f(&d)
		return d
	}
	for chemin, vs := range map[string][]Encodable{
		"AttestationAMC.Version":        {AttestationAMC{}, amc(func(a *AttestationAMC) { a.Version = "x" })},
		"AttestationAMC.NumeroAMC":      {amc(func(a *AttestationAMC) { a.NumeroAMC = "" }), amc(func(a *AttestationAMC) { a.NumeroAMC = "A" })},
		"AttestationAMC.CSR":            {amc(func(a *AttestationAMC) { a.CSR = "#" })},
		"AttestationAMC.NumeroAdherent": {amc(func(a *AttestationAMC) { a.NumeroAdherent = conf("1#2") })},
		"AttestationAMC.Groupes":        {amc(func(a *AttestationAMC) { a.Groupes = nil })},
		"AttestationAMC.Groupes[0]":     {amc(func(a *AttestationAMC) { a.Groupes[0].Domaines = "A/" }), amc(func(a *AttestationAMC) { a.Groupes[0].Convention = "S" })},
		"AttestationAMC.Fin":            {amc(func(a *AttestationAMC) { a.Fin = conf("\r") }), amc(func(a *AttestationAMC) { a.Fin = conf("amc#1#") })},
		"INS.Version":                   {INS{}},
		"INS.Reserve":                   {ins(func(i *INS) { i.Reserve = "0" })},
		"INS.S1":                        {ins(func(i *INS) { i.Matricule = simphonie.NIRRecu("1") })},
		"INS.S2":                        {ins(func(i *INS) { i.OID = strings.Repeat("1", 21) })},
		"INS.S3":                        {ins(func(i *INS) { i.Prenoms = conf("Zoé") }), ins(func(i *INS) { i.Prenoms = conf("ZOE ") })},
		"INS.S4":                        {ins(func(i *INS) { i.Nom = conf("") }), ins(func(i *INS) { i.Nom = conf(strings.Repeat("A", 101)) })},
		"INS.S5":                        {ins(func(i *INS) { i.Sexe = conf("MF") })},
		"INS.S6":                        {ins(func(i *INS) { i.Naissance = simphonie.DateNaissance{} })},
		"INS.S7":                        {ins(func(i *INS) { i.Lieu = conf("1") }), ins(func(i *INS) { i.Autres = []BlocINS{{"S7", conf("A")}} })},
		"INS.S9":                        {ins(func(i *INS) { i.Autres = []BlocINS{{"S9", conf("")}} }), ins(func(i *INS) { i.Autres = []BlocINS{{"S9", conf("A")}, {"S9", conf("A")}} })},
		"Doc2D.Version":                 {doc(func(d *Doc2D) { d.Version = "05" }), Doc2D{}},
		"Doc2D.Pays":                    {doc(func(d *Doc2D) { d.Pays = "" })},
		"Doc2D.Emission":                {doc(func(d *Doc2D) { d.Emission = simphonie.MustJour("1999-12-31") })},
		"Doc2D.Champs": {doc(func(d *Doc2D) { d.Champs[0].Id = "1" }), doc(func(d *Doc2D) { d.Champs[0].Separe = false }),
			doc(func(d *Doc2D) { d.Champs[1].Valeur = conf("7501") }), doc(func(d *Doc2D) { d.Champs[1].Separe = true }),
			doc(func(d *Doc2D) { d.Champs[1].Tronque = true }), doc(func(d *Doc2D) { d.Champs[0].Valeur = conf("é") })},
		"GS1.Elements": {GS1{}, GS1{[]ElementGS1{{"1", conf("1")}}}, GS1{[]ElementGS1{{"01", conf("1")}}}, GS1{[]ElementGS1{{"10", conf("\x1d")}}},
			GS1{[]ElementGS1{{"17", conf("26033A")}}}},
		"ISO15434.Formats": {ISO15434{}, ISO15434{[]FormatISO15434{{"6", nil}}}, ISO15434{[]FormatISO15434{{"06", []simphonie.Confidentiel{conf("\x1d")}}}}},
	} {
		for _, v := range vs {
			_, err := Encode(v, OptionsSymbole{})
			var e *Erreur
			if !errors.As(err, &e) || e.Code != "DM-ENCODE" || e.Chemin != chemin {
				t.Errorf("%s: %v", chemin, err)
			}
		}
	}
}

func TestISO15434(t *testing.T) {
	e := ISO15434{[]FormatISO15434{{"05", []simphonie.Confidentiel{conf("0103400930000007")}}, {"06", []simphonie.Confidentiel{conf("PABC"), conf("Q4")}}}}
	s, err := e.EncodeText()
	if err != nil || s != "[)>\x1e05\x1d0103400930000007\x1e06\x1dPABC\x1dQ4\x1e\x04" {
		t.Fatalf("%q %v", s, err)
	}
	egal(t, "read back", lis(t, s).Valeur, e)
	egal(t, "in letters", lis(t, "[)><RS>05<GS>0103400930000007<RS>06<GS>PABC<GS>Q4<RS><EOT>").Valeur, e)
}

func TestTailles(t *testing.T) {
	for f, n := range map[Forme]int{FormeCarree: 24, FormeRectangle: 6, FormeDMRE: 18, FormeLibre: 48} {
		if got := len(TaillesSymbole(f)); got != n {
			t.Errorf("family %d: %d sizes", f, got)
		}
	}
	a := lis(t, amcBase).Valeur.(AttestationAMC)
	for o, veut := range map[OptionsSymbole]TailleSymbole{
		{}:                              {22, 22}, // 24 codewords; 20×20 holds 22
		{Forme: FormeRectangle}:         {16, 36},
		{Forme: FormeDMRE}:              {8, 64},
		{Taille: TailleSymbole{40, 40}}: {40, 40},
		{Taille: TailleSymbole{26, 64}}: {26, 64},
		{Forme: FormeLibre}:             {22, 22}, // 484 modules; 8×64 has 512
	} {
		m, err := Encode(a, o)
		if err != nil || m.Taille() != veut {
			t.Errorf("%+v: %v %v", o, m, err)
		}
	}
	_, err := Encode(a, OptionsSymbole{Taille: TailleSymbole{10, 10}})
	if codeErreur(err) != "DM-ENCODE-CAPACITE" {
		t.Errorf("too small: %v", err)
	}
	if _, err := EncodeOctets(nil, OptionsSymbole{}); codeErreur(err) != "DM-ENCODE" {
		t.Errorf("nothing: %v", err)
	}
}

func TestImage(t *testing.T) {
	m, err := EncodeOctets([]byte("123456"), OptionsSymbole{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := m.PNG(&b, OptionsImage{Module: 3, Marge: 1}); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(&b)
	if err != nil || img.Bounds().Dx() != 36 || img.Bounds().Dy() != 36 {
		t.Fatal(img.Bounds(), err)
	}
	for y := range 36 {
		for x := range 36 {
			r, _, _, _ := img.At(x, y).RGBA()
			if sombre := r == 0; sombre != m.Sombre((y+3)/3-2, (x+3)/3-2) {
				t.Fatalf("pixel %d,%d", x, y)
			}
		}
	}
	for o, cote := range map[OptionsImage]int{{}: 56, {Marge: -1}: 40, {Module: 1}: 14} {
		if img, err := m.Image(o); err != nil || img.Bounds().Dx() != cote {
			t.Errorf("%+v: %v", o, err)
		}
	}
	for _, o := range []OptionsImage{{Module: -1}, {Module: 1 << 40}, {Marge: 1 << 40}, {Module: 2000}} {
		if _, err := m.Image(o); codeErreur(err) != "DM-ENCODE" {
			t.Errorf("%+v: %v", o, err)
		}
	}
	if s := m.String(); s != "Data Matrix 10×10" || (Matrice{}).String() != "Data Matrix 0×0" {
		t.Error(s)
	}
}

func TestTextes(t *testing.T) {
	for _, g := range nomsGenre[1:] {
		var x Genre
		if err := x.UnmarshalText([]byte(g)); err != nil || x.String() != g {
			t.Errorf("%s: %v", g, err)
		}
	}
	var g Genre
	var e EtatSignature
	for _, n := range nomsSignature {
		if err := e.UnmarshalText([]byte(n)); err != nil || e.String() != n {
			t.Errorf("%s: %v", n, err)
		}
	}
	egal(t, "kind", codeErreur(g.UnmarshalText([]byte("x"))), simphonie.Code("DM-GENRE"))
	egal(t, "state", codeErreur(e.UnmarshalText([]byte("x"))), simphonie.Code("DM-SIGNATURE-ETAT"))
	if Genre(99).String() != "inconnu" || EtatSignature(99).String() != "non-verifiee" {
		t.Error("out of range")
	}
	if reflect.DeepEqual(Regles(), nil) {
		t.Error("no rules")
	}
}
