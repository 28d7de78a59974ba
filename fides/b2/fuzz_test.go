package b2_test

import (
	"bytes"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/simphonie/simphonie/fides/b2"
)

func graines(f *testing.F) []string {
	ls := lignes(f)
	return []string{"", v9, strings.Join(ls, "\r\n"), strings.Join(ls, ""), "000\n1\n6\n999\n", "2\n2\n", ls[0][:60],
		strings.Repeat("4", 5000) + "\n" + ls[3], strings.Join(factureTrois(f), "\n"), strings.Join(factureBiologie(f), "\n"),
		strings.Join(factureSeances(f), "\n"), ls[1][:71] + "É" + ls[1][72:], ls[1][:71] + "\xc9" + ls[1][72:]}
}

// FuzzReader reads anything: nothing panics, every line is given once, is kept
// within the limit, and is written back as it came.
func FuzzReader(f *testing.F) {
	for _, g := range graines(f) {
		f.Add([]byte(g), false)
		f.Add([]byte(g), true)
	}
	f.Fuzz(func(t *testing.T, data []byte, sansFin bool) {
		o := b2.ReaderOptions{SansFinDeLigne: sansFin, LigneMax: 500}
		g := reglages()
		g.Charset = b2.Latin1
		var buf bytes.Buffer
		w, err := b2.NewWriter(&buf, g)
		if err != nil {
			t.Fatal(err)
		}
		n, coupees := 0, 0
		for r, err := range b2.NewReader(bytes.NewReader(data), o).Records() {
			n++
			if r.IsZero() || len(r.Brut()) > 500 || (err == nil) != (r.Err() == nil) {
				t.Fatalf("line %d: %v", n, err)
			}
			if w.WriteRecord(r) != nil {
				coupees++
			}
			if err := b2.Describe(io.Discard, r); err != nil {
				t.Fatal(err)
			}
			r.Decode(2000)
		}
		if w.Close() != nil || coupees == 0 && buf.String() != string(data) {
			t.Fatalf("%q became %q", data, buf.Bytes())
		}
		m := 0
		for b, err := range b2.Blocs(b2.NewReader(bytes.NewReader(data), o).Records()) {
			m += len(b.Records)
			if err != nil || len(b.Records) == 0 || len(b.Records) > 1100 {
				t.Fatalf("%v, %d records", err, len(b.Records))
			}
		}
		if m != n {
			t.Fatalf("%d records read, %d in blocs", n, m)
		}
	})
}

// FuzzAllerRetour takes any line that the zones let through: the view made of
// it, written and read, is the same view, and writing it again the same text.
func FuzzAllerRetour(f *testing.F) {
	for _, g := range graines(f) {
		for l := range strings.Lines(g) {
			f.Add(strings.TrimRight(l, "\r\n"))
		}
	}
	tab := table(f)
	f.Fuzz(func(t *testing.T, l string) {
		r := b2.ParseRecord(l)
		if r.Type() != "" && len(l) == 128 && (r.Err() == nil) != (len(fausses(tab, string(r.Type()), l)) == 0) {
			t.Fatalf("%q: %v, the checker finds %v", l, r.Err(), fausses(tab, string(r.Type()), l))
		}
		v1, err := r.Decode(1950)
		if err != nil {
			return
		}
		g := reglages()
		g.Siecle = 1950
		s1, err := encoder(t, g).Append(nil, v1)
		if err != nil {
			t.Fatalf("%q is read and not written: %v", l, err)
		}
		v2, err := b2.ParseRecord(string(s1)).Decode(1950)
		if err != nil {
			t.Fatal(err)
		}
		s2, err := encoder(t, g).Append(nil, v2)
		if err != nil || !bytes.Equal(s1, s2) || !reflect.DeepEqual(v1, v2) && !zeroParDefaut(l) {
			t.Fatalf("%v\n%q\n%q\n%q", err, l, s1, s2)
		}
	})
}

// zeroParDefaut says that the line holds the coefficient 0, which means absent
// and is written 1.
func zeroParDefaut(l string) bool { return l[0] == '3' && l[64:69] == "00000" }

// FuzzLoadTable puts a line of its own into the table of FIDES, in the place
// of another: it is refused, or gives a table that works.
func FuzzLoadTable(f *testing.F) {
	lignes := strings.Split(lisFichier(f, "zones.csv"), "\n")
	for i := 0; i < len(lignes); i += 29 {
		f.Add(uint16(i), lignes[i])
	}
	f.Add(uint16(40), "3,0301,1,1,N,O,,,,,,,,,,")
	f.Add(uint16(32), "\"0000")
	base := bases(f)
	f.Fuzz(func(t *testing.T, i uint16, l string) {
		ls := append([]string(nil), lignes...)
		ls[int(i)%len(ls)] = l
		tab, err := b2.LoadTable(strings.NewReader(strings.Join(ls, "\n")))
		if (tab == nil) != (err != nil) {
			t.Fatal("neither a table nor an error")
		}
		if err != nil {
			return
		}
		for typ, b := range base {
			r := tab.Record(b)
			r.Err()
			if _, err := r.Decode(2000); err == nil && r.Type() != typ {
				t.Fatalf("%s is read as %s", typ, r.Type())
			}
		}
	})
}
