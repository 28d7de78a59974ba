package b2_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/b2"
)

// v9 is an invoice of the norm's shape: layout only, its amounts belong to no
// situation.
const v9 = `2990000010 25555556013336200026000000110000000420160100001000000000000000000100260105000000000 10010112601052601051100          
2990000010 255555560133362000260000001S0100010000             00      O                                        000000000T       
4990000010 25555556013336200026000000100000000000000 0  9900000100003260105CS   01000100010001000000100007000007000001000 000300
4990000010 255555560133362260000001S01S 0000000 0000009          00000 0000000000000000000000000000 00000000000000000000000M    
5990000010 25555556013336200026000000100200000000000000000000100000000700000003000000000000000300                 00000000      
`

func TestV9(t *testing.T) {
	bs := blocs(t, strings.Split(strings.TrimSuffix(v9, "\n"), "\n"))
	if len(bs) != 1 || !bs[0].Facture || len(bs[0].Anomalies) > 0 {
		t.Fatalf("%+v", bs)
	}
	var es []b2.Enregistrement
	for _, r := range bs[0].Records {
		e, err := r.Decode(2000)
		if err != nil {
			t.Fatal(err)
		}
		es = append(es, e)
	}
	// 0539 counts the 4 and the 4S; 10.00 billed, 7.00 by the caisse, 3.00 left.
	want := b2.Totaux{Enregistrements: 2, Honoraires: 1000, CaisseHonoraires: 700, Participation: 300, OCHonoraires: 300}
	if got, err := b2.Totals(es...); got != want || err != nil {
		t.Errorf("totals %+v, %v", got, err)
	}
	if cinq := es[4].(*b2.Type5); cinq.Totaux != want {
		t.Errorf("type 5 %+v", cinq.Totaux)
	}
	g := reglages()
	g.NumeroOC = b2.AGauche
	var buf bytes.Buffer
	w, err := b2.NewWriter(&buf, g)
	if err == nil {
		err = errors.Join(w.WriteFacture(es[:4]...), w.Close())
	}
	// The number of the complementary body is absent: spaces, as in V9.
	if err != nil || buf.String() != v9 {
		t.Errorf("%v\n%s", err, buf.String())
	}
}

// TestVecteurs holds the vectors that the rules print.
func TestVecteurs(t *testing.T) {
	deux := func(f func(*b2.Type2)) string {
		es := factureUrgence(1)
		f(es[0].(*b2.Type2))
		s, err := encoder(t, reglages()).Append(nil, es[0])
		if err != nil {
			t.Fatal(err)
		}
		return string(s)
	}
	zone := func(s, id string) string { return b2.ParseRecord(s).Texte(id) }
	// Corsican FINESS (RG_MF609): two characters less.
	for corse, norme := range map[simphonie.FINESS]string{"2A0002689": "200102689", "2A0002168": "200102168"} {
		if got := zone(deux(func(d *b2.Type2) { d.FINESS = corse }), "0202"); got != norme {
			t.Errorf("%s is written %s", corse, got)
		}
	}
	// A date in 0286 stands behind three zeros.
	accident := func(d *b2.Type2) { d.DateAccident = simphonie.MustJour("2018-08-31") }
	if got := zone(deux(accident), "0286"); got != "000180831" {
		t.Errorf("0286 is %s", got)
	}
	// Keys of the anonymous NIR (RG_MF639).
	for _, nir := range []string{"155555560133315", "255555560133362", "155555575133374", "255555575133324", "155555584133390", "255555599933353"} {
		if err := simphonie.NIRRecu(nir).Valide(); err != nil {
			t.Errorf("%v", err)
		}
	}
	if n, err := b2.NewNumeroFacture(2014, 42); n != "140000042" || err != nil || n.Exercice() != "14" || n.Titre() != "0000042" {
		t.Errorf("%s %v", n, err)
	}
	if got := b2.CleTitre("140000042", "000100"); got != "140000042000100" {
		t.Error(got)
	}
	// Coefficient 1 in types 3 and 4, absent or not; coefficient MCO 1.
	for _, c := range []simphonie.Coefficient{0, simphonie.Un} {
		es := factureUrgence(1)
		es[2].(*b2.Type3).Coefficient, es[3].(*b2.Type4).Coefficient = c, c
		es[2].(*b2.Type3).CoefficientMCO = simphonie.Un
		ls := texteDe(t, es...)
		if a, b, m := zone(ls[2], "0365"), zone(ls[3], "0483"), zone(ls[2], "0371"); a != "00100" || b != "000100" || m != "10000" {
			t.Errorf("coefficients %s %s %s", a, b, m)
		}
	}
	// Two 4M under one type 4, and its 4S: four records.
	if ls := factureSeances(t); zone(ls[len(ls)-1], "0539") != "004" {
		t.Error("0539")
	}
}

// TestAlignements reads both sides of 0286 and 02119, and writes the one that
// is set.
func TestAlignements(t *testing.T) {
	for _, c := range []struct {
		cote       b2.Alignement
		accident   string
		organisme  string
		numeroLong string
	}{{b2.ADroite, "000180831", "0075500017", "1234567890"}, {b2.AGauche, "180831000", "75500017  ", "1234567890"}} {
		ls := met(met(lignes(t), 1, 86, c.accident), 1, 119, c.organisme)
		v, err := b2.ParseRecord(ls[0]).Decode(2000)
		d := v.(*b2.Type2)
		if err != nil || d.DateAccident != simphonie.MustJour("2018-08-31") || d.OrganismeComplementaire != simphonie.OCAME {
			t.Fatalf("%+v %v", d, err)
		}
		g := reglages()
		g.DateAccident, g.NumeroOC = c.cote, c.cote
		s, err := encoder(t, g).Append(nil, d)
		if err != nil || string(s) != ls[0] {
			t.Errorf("%v %q", err, s)
		}
	}
}

// TestNonRenseignees writes the other form of the zones that have two.
func TestNonRenseignees(t *testing.T) {
	g := reglages()
	g.NonRenseignees = map[string]b2.Remplissage{"0455": b2.Zeros, "4S86": b2.Blancs, "4S66": b2.Blancs, "4M39": b2.Zeros}
	enc := encoder(t, g)
	veut := map[string]string{"0455": "00", "4S86": strings.Repeat(" ", 14), "4S66": "     ", "4M39": "0000"}
	for _, e := range factureUrgence(1) {
		s, err := enc.Append(nil, e)
		if err != nil {
			t.Fatal(err)
		}
		r := b2.ParseRecord(string(s))
		for z, v := range veut {
			if got := r.Texte(z); got != "" && got != v {
				t.Errorf("%s is %q", z, got)
			}
		}
		if r.Err() != nil {
			t.Errorf("not read back: %v", r.Err())
		}
	}
	for _, z := range []string{"0402", "9999"} {
		g.NonRenseignees = map[string]b2.Remplissage{z: b2.Zeros}
		if _, err := b2.NewEncoder(g); err == nil {
			t.Errorf("%s has two forms", z)
		}
	}
}

// TestRecopie reads files of every form and writes them again, byte for byte.
func TestRecopie(t *testing.T) {
	ls := lignes(t)
	crlf := strings.Join(ls, "\r\n")
	for nom, c := range map[string]struct {
		texte string
		o     b2.ReaderOptions
		fin   b2.FinDeLigne
		jeu   b2.Charset
	}{
		"LF":           {strings.Join(ls, "\n") + "\n", b2.ReaderOptions{}, b2.FinLF, b2.ASCII},
		"CRLF, no end": {crlf, b2.ReaderOptions{}, b2.FinCRLF, b2.ASCII},
		"none":         {strings.Join(ls, ""), b2.ReaderOptions{SansFinDeLigne: true}, b2.FinAucune, b2.ASCII},
		"envelope":     {"000ABC\n1LOT\n" + strings.Join(ls, "\n") + "\n6FIN\n999FIN\n", b2.ReaderOptions{}, b2.FinLF, b2.ASCII},
		"broken":       {"2\r\n\n7777\n" + ls[3][:100] + "\n" + ls[0] + "XX\n", b2.ReaderOptions{}, b2.FinLF, b2.ASCII},
		"Latin-1":      {met(slices.Clone(ls), 2, 72, "LEN\xc9")[1] + "\n", b2.ReaderOptions{}, b2.FinLF, b2.Latin1},
		"UTF-8":        {ls[1][:71] + "É" + ls[1][72:] + "\n", b2.ReaderOptions{}, b2.FinLF, b2.UTF8},
	} {
		for _, r := range []io.Reader{strings.NewReader(c.texte), iotest.OneByteReader(strings.NewReader(c.texte)), iotest.DataErrReader(strings.NewReader(c.texte))} {
			rd := b2.NewReader(r, c.o)
			var buf bytes.Buffer
			g := reglages()
			g.FinDeLigne, g.Charset = c.fin, c.jeu
			w, err := b2.NewWriter(&buf, g)
			if err != nil {
				t.Fatal(err)
			}
			for rec := range rd.Records() {
				if err := w.WriteRecord(rec); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Close(); err != nil || buf.String() != c.texte {
				t.Errorf("%s: %v\n%q\n%q", nom, err, buf.String(), c.texte)
			}
			if p := rd.Physique(); p.FinDeLigne() != c.fin || p.Charset != c.jeu {
				t.Errorf("%s: seen as %+v", nom, p)
			}
		}
	}
}

// TestColonnesUTF8 counts a column a character, so that the zones behind an
// accent stay in place.
func TestColonnesUTF8(t *testing.T) {
	l := lignes(t)[1]
	s := l[:71] + "LÉNA " + l[76:]
	r := b2.ParseRecord(s)
	if es := b2.Erreurs(r.Err()); len(es) != 1 || es[0].Chemin != "2S72" || es[0].Colonne != 73 {
		t.Errorf("%v", r.Err())
	}
	if r.Texte("2S121") != "U" || r.Brut() != s {
		t.Error("the columns moved")
	}
	// U+0141 ends with the byte of an A, and is none.
	if es := b2.Erreurs(b2.ParseRecord(l[:71] + "ŁENA" + l[75:]).Err()); len(es) != 1 || es[0].Colonne != 72 {
		t.Errorf("%v", es)
	}
}

// TestPerdu gives a record lost behind an invoice in a bloc of its own.
func TestPerdu(t *testing.T) {
	ls := lignes(t)
	bs := blocs(t, append(ls, ls[4]))
	if len(bs) != 2 || len(bs[0].Anomalies) > 0 || len(bs[1].Records) != 1 || bs[1].Anomalies[0].Code != "B2-ORDRE" {
		t.Errorf("%v", bs)
	}
	// What follows an invoice that was cut is not compared to it.
	autre := met(slices.Clone(ls[4:5]), 1, 27, "260000009")
	for _, v := range vus(t, slices.Concat(ls[:5], []string{"6"}, autre)) {
		if v.code == "B2-CLE-DIFFERENTE" {
			t.Errorf("%v", v)
		}
	}
}

func TestEnveloppe(t *testing.T) {
	ls := slices.Concat([]string{"000X", "1X"}, lignes(t), []string{"6X", "999X", "7X"})
	bs := blocs(t, ls)
	var factures, enveloppes int
	for _, b := range bs {
		switch {
		case b.Facture:
			factures++
		case b.Records[0].Enveloppe():
			enveloppes++
		}
	}
	if len(bs) != 6 || factures != 1 || enveloppes != 4 || len(bs[0].Anomalies) != 0 || bs[5].Anomalies[0].Code != "B2-TYPE-INCONNU" {
		t.Errorf("%d blocs, %d invoices, %d of file", len(bs), factures, enveloppes)
	}
}

// TestLigneLongue reads past lines that nobody should have written.
func TestLigneLongue(t *testing.T) {
	long := strings.Repeat("2", 200_000)
	rd := b2.NewReader(strings.NewReader(long+"\r\n"+v9+long), b2.ReaderOptions{})
	var codes []simphonie.Code
	n := 0
	for r, err := range rd.Records() {
		n++
		for _, e := range b2.Erreurs(err) {
			codes = append(codes, e.Code)
			if !e.LimiteLocale || len(r.Brut()) != 4096 {
				t.Errorf("%v, %d bytes kept", e, len(r.Brut()))
			}
		}
	}
	if n != 7 || !slices.Equal(codes, []simphonie.Code{"B2-LIGNE-LONGUE", "B2-LIGNE-LONGUE"}) || rd.Physique().Tronquees != 2 {
		t.Errorf("%d lines, %v", n, codes)
	}
}

// TestSiecle reads AAMMJJ in the hundred years that are set, and refuses to
// write a day that would be read as another.
func TestSiecle(t *testing.T) {
	r := b2.ParseRecord(met(lignes(t), 1, 86, "000950612")[0])
	for s, want := range map[b2.Siecle]string{1950: "1995-06-12", 2000: "2095-06-12", 1996: "2095-06-12", 1995: "1995-06-12"} {
		v, err := r.Decode(s)
		if got := v.(*b2.Type2).DateAccident.String(); got != want || err != nil {
			t.Errorf("%d: %s %v", s, got, err)
		}
	}
	if _, err := r.Decode(0); !aCode(err, "B2-REGLAGE") {
		t.Error("no century, no error")
	}
	d := factureUrgence(1)[0].(*b2.Type2)
	d.DateAccident = simphonie.MustJour("1995-06-12")
	if err := encode(t, d); !aCode(err, "B2-ZONE-DATE") {
		t.Errorf("%v", err)
	}
}

func aCode(err error, c simphonie.Code) bool {
	return slices.ContainsFunc(b2.Erreurs(err), func(e *simphonie.Erreur) bool { return e.Code == c })
}
