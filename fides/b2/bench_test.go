package b2_test

import (
	"bufio"
	"bytes"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/b2"
)

// A file of invoices of an emergency visit: 2, 2S, three lines of type 4 with
// their complements, a type 3, 5.
const facturesBench = 5000

func fichierBench(tb testing.TB) []byte {
	var buf bytes.Buffer
	w, err := b2.NewWriter(&buf, reglages())
	if err != nil {
		tb.Fatal(err)
	}
	for i := range facturesBench {
		if err := w.WriteFacture(factureUrgence(i + 1)...); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return buf.Bytes()
}

// BenchmarkDecode reads every record and checks every zone of it: characters,
// compulsory zones, lists of values, dates, alignments.
func BenchmarkDecode(b *testing.B) {
	f := fichierBench(b)
	b.SetBytes(int64(len(f)))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n = 0
		for _, err := range b2.NewReader(bytes.NewReader(f), b2.ReaderOptions{}).Records() {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
	}
	parRecord(b, n)
}

// BenchmarkDecodeBlocs checks besides the order of records, the repeated keys,
// the totals and the zones that must agree.
func BenchmarkDecodeBlocs(b *testing.B) {
	f := fichierBench(b)
	b.SetBytes(int64(len(f)))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n = 0
		for bloc, err := range b2.Blocs(b2.NewReader(bytes.NewReader(f), b2.ReaderOptions{}).Records()) {
			if err != nil || len(bloc.Anomalies) > 0 {
				b.Fatal(err, bloc.Anomalies)
			}
			n += len(bloc.Records)
		}
	}
	parRecord(b, n)
}

// BenchmarkDecodeVues builds the typed view of every record besides.
func BenchmarkDecodeVues(b *testing.B) {
	f := fichierBench(b)
	b.SetBytes(int64(len(f)))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n = 0
		for r, err := range b2.NewReader(bytes.NewReader(f), b2.ReaderOptions{}).Records() {
			if err != nil {
				b.Fatal(err)
			}
			if _, err := r.Decode(2000); err != nil {
				b.Fatal(err)
			}
			n++
		}
	}
	parRecord(b, n)
}

// BenchmarkLimiteLignes is the limit: it only splits the lines.
func BenchmarkLimiteLignes(b *testing.B) {
	f := fichierBench(b)
	b.SetBytes(int64(len(f)))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n = 0
		for rest := f; len(rest) > 0; n++ {
			i := bytes.IndexByte(rest, '\n')
			if i < 0 {
				break
			}
			rest = rest[i+1:]
		}
	}
	parRecord(b, n)
}

// BenchmarkOrdinaire is what a user would write for the few zones that he
// needs: bufio.Scanner, substrings and strconv, for type 4 alone. It checks
// that numbers are numbers, and nothing of the other zones.
func BenchmarkOrdinaire(b *testing.B) {
	f := fichierBench(b)
	b.SetBytes(int64(len(f)))
	b.ReportAllocs()
	n, total := 0, 0
	for b.Loop() {
		n = 0
		for sc := bufio.NewScanner(bytes.NewReader(f)); sc.Scan(); n++ {
			if err := ligneOrdinaire(sc.Text(), &total); err != nil {
				b.Fatal(err)
			}
		}
	}
	parRecord(b, n)
}

type quatreOrdinaire struct {
	finess, nir, facture, date, acte string
	nombres                          [9]int
}

func ligneOrdinaire(s string, total *int) error {
	if s[0] != '4' || s[35] >= 'A' {
		return nil
	}
	q := quatreOrdinaire{s[1:10], s[11:26], s[29:38], s[69:75], strings.TrimSpace(s[75:80]), [9]int{}}
	for i, z := range [][2]int{{80, 82}, {82, 88}, {88, 90}, {90, 97}, {97, 104}, {104, 107}, {107, 114}, {114, 121}, {122, 128}} {
		v, err := strconv.Atoi(s[z[0]:z[1]])
		if err != nil {
			return err
		}
		q.nombres[i] = v
	}
	*total += q.nombres[7] + len(q.nir)
	return nil
}

// BenchmarkOrdinaireToutesZones is the same for every zone of every record: a
// text for the zones of kind A, a number for those of kind N that fit one, and
// no other check.
func BenchmarkOrdinaireToutesZones(b *testing.B) {
	f := fichierBench(b)
	tab := table(b)
	b.SetBytes(int64(len(f)))
	b.ReportAllocs()
	n, total := 0, 0
	for b.Loop() {
		n = 0
		for sc := bufio.NewScanner(bytes.NewReader(f)); sc.Scan(); n++ {
			s := sc.Text()
			for _, z := range tab[typeDe(s)] {
				v := strings.TrimRight(s[z.colonne-1:z.colonne-1+z.largeur], " ")
				if z.genre[0] == 'N' && v != "" {
					x, err := strconv.Atoi(v)
					if err != nil {
						b.Fatal(err)
					}
					total += x
				}
				total += len(v)
			}
		}
	}
	parRecord(b, n)
}

// BenchmarkEncode makes the text of typed records and checks every zone of it.
func BenchmarkEncode(b *testing.B) {
	es := vuesBench(b)
	enc, err := b2.NewEncoder(reglages())
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(es)) * b2.Largeur)
	b.ReportAllocs()
	var buf []byte
	for b.Loop() {
		buf = buf[:0]
		for _, e := range es {
			if buf, err = enc.Append(buf, e); err != nil {
				b.Fatal(err)
			}
		}
	}
	parRecord(b, len(es))
}

func vuesBench(b *testing.B) []b2.Enregistrement {
	var es []b2.Enregistrement
	for i := range 200 {
		es = append(es, complete(b, factureUrgence(i+1))...)
	}
	return es
}

// BenchmarkEncodeFactures writes invoices record by record, and checks besides
// their order, keys, totals and the zones that must agree.
func BenchmarkEncodeFactures(b *testing.B) {
	es := vuesBench(b)
	b.SetBytes(int64(len(es)) * (b2.Largeur + 1))
	b.ReportAllocs()
	for b.Loop() {
		w, err := b2.NewWriter(io.Discard, reglages())
		if err != nil {
			b.Fatal(err)
		}
		for _, e := range es {
			if err := w.Write(e); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
	parRecord(b, len(es))
}

// complete adds the type 5.
func complete(tb testing.TB, es []b2.Enregistrement) []b2.Enregistrement {
	t, err := b2.Totals(es...)
	if err != nil {
		tb.Fatal(err)
	}
	return append(es, &b2.Type5{Totaux: t})
}

func parRecord(b *testing.B, n int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/record")
}

func reglages() b2.Reglages {
	return b2.Reglages{FinDeLigne: b2.FinLF, Charset: b2.ASCII, Siecle: 2000}
}

// factureUrgence is the shape of an emergency visit with fictive amounts and
// the fictive NIR of anonymous care.
func factureUrgence(n int) []b2.Enregistrement {
	j := simphonie.MustJour("2026-01-05")
	num, _ := b2.NewNumeroFacture(26, n)
	naissance, _ := simphonie.ParseDateNaissance("08-11-12")
	quatre := func(code string, m simphonie.Montant) *b2.Type4 {
		return &b2.Type4{Executant: finess, DateSoins: j, SpecialiteExecutant: "83", Acte: b2.CodeActe{Code: code}, Quantite: 1,
			Coefficient: simphonie.Un, Denombrement: 1, PrixUnitaire: m, BaseRemboursement: m, Taux: simphonie.Cent, MontantAMO: m, Honoraires: m}
	}
	return []b2.Enregistrement{
		&b2.Type2{Cle: b2.Cle{FINESS: finess, NIR: nirFictif, Facture: num}, NumeroEntree: "000000042",
			Organisme: simphonie.Organisme{Regime: "01", Caisse: "751"}, PieceJustificative: "1", NatureAssurance: "10", Exoneration: "0",
			Hospitalisation: j, DateNaissance: naissance, RangNaissance: 1, Entree: j, Sortie: j, HeureSortie: 11},
		&b2.Type2S{ComplementTitre: "000100", IndicateurParcours: "U"},
		&b2.Type3{Entree: j, Sortie: j, Acte: b2.CodeActe{Code: "FPU"}, Quantite: 1, Coefficient: simphonie.Un, PrixUnitaire: 1917,
			BaseRemboursement: 1917, MontantTotal: 1917, Qualificatif: "N"},
		quatre("FU2", 4057), &b2.Type4S{ConditionExecutant: "S", CodeAccord: "9", Domaine: "M"},
		quatre("SIM", 1631), &b2.Type4S{ConditionExecutant: "S", CodeAccord: "9", Domaine: "M"},
		quatre("ATM", 2345), &b2.Type4S{ConditionExecutant: "S", CodeAccord: "9", Domaine: "M"},
		&b2.Type4M{Sequence: 1, CCAM: "ZZQM001", Activite: "1", Modificateurs: "FP"},
	}
}

var nirFictif = simphonie.NIRRecu("155555575133374")

const finess = simphonie.FINESS("990000010")
