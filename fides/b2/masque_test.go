package b2_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/b2"
)

// canaris are the personal values of the invoice of TestMasque. The NIR are
// those of anonymous care, which the norm declares fictive.
var canaris = []string{"1555555751333", "155555575", "2555555601333", "DUPONTCANARI", "JEANCANARI", "081112", "08-11-12", "11-12", "187654321"}

// TestMasque looks for personal values in every printed form of every exported
// type, of right records and of records whose columns have moved.
func TestMasque(t *testing.T) {
	es := factureUrgence(1)
	es[0].(*b2.Type2).NumeroAT = simphonie.NewConfidentiel("187654321")
	deuxS := es[1].(*b2.Type2S)
	deuxS.NIRIndividuel = simphonie.NIRRecu("255555560133362")
	deuxS.NomMedecinTraitant, deuxS.PrenomMedecin = simphonie.NewConfidentiel("DUPONTCANARI"), simphonie.NewConfidentiel("JEANCANARI")
	var journal bytes.Buffer
	n := 0
	montre := func(v any) {
		n++
		imprime(&journal, v)
	}
	var buf bytes.Buffer
	w, rd := ecrivain(t, &buf), b2.NewReader(strings.NewReader(v9), b2.ReaderOptions{})
	enc := encoder(t, reglages())
	if err := w.WriteFacture(es...); err != nil {
		t.Fatal(err)
	}
	if _, err := enc.Append(nil, es[0]); err != nil {
		t.Fatal(err)
	}
	montre(w)
	montre(enc)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	ls := strings.Split(strings.TrimSuffix(buf.String(), "\n"), "\n")
	if !strings.Contains(buf.String(), "DUPONTCANARI") || !strings.Contains(buf.String(), "187654321") {
		t.Fatal("the canaries are not in the file")
	}
	for _, l := range ls {
		for _, abime := range abimes(l) {
			r := b2.ParseRecord(abime)
			montre(r)
			montre(struct{ r b2.Record }{r})
			montre(r.Err())
			montre(r.Anomalies())
			v, err := r.Decode(2000)
			montre(v)
			montre(err)
			if deux, ok := v.(*b2.Type2); ok {
				deux.DateNaissance = simphonie.DateNaissance{}
			}
			montre(struct{ v b2.Enregistrement }{v})
			if err == nil {
				_, err = encoder(t, reglages()).Append(nil, v)
				montre(err)
			}
			if err := b2.Describe(&journal, r); err != nil {
				t.Fatal(err)
			}
		}
	}
	for range rd.Records() {
		montre(rd)
	}
	for _, b := range blocs(t, append(ls, ls[1:]...)) {
		montre(b)
	}
	for _, c := range casRegles {
		for _, b := range blocs(t, c.casse(t, lignes(t))) {
			montre(b.Anomalies)
		}
	}
	s := journal.String()
	if n < 1000 || len(s) < 100_000 || strings.Count(s, "***") < 100 {
		t.Fatalf("captured %d values, %d bytes only", n, len(s))
	}
	for _, c := range canaris {
		if i := strings.Index(s, c); i >= 0 {
			t.Errorf("a personal value is printed: …%s…", s[max(0, i-60):i])
		}
	}
}

// imprime prints a value in all the ways there are.
func imprime(w io.Writer, v any) {
	for _, verb := range "vsxXqdTopteEfgGbcU" {
		for _, f := range []string{"", "+", "#", " ", "0"} {
			fmt.Fprintf(w, "%"+f+string(verb)+"\n", v)
		}
	}
	fmt.Fprintln(w, v)
	if b, err := json.Marshal(v); err == nil {
		w.Write(b)
	}
	for _, l := range []*slog.Logger{slog.New(slog.NewTextHandler(w, nil)), slog.New(slog.NewJSONHandler(w, nil))} {
		l.Info("value", "v", v, slog.Group("g", "v", v))
	}
	if err, ok := v.(error); ok {
		fmt.Fprintf(w, "%v %s", fmt.Errorf("wrapped: %w", err), err.Error())
	}
}

// abimes gives a line whole, cut, and with its columns moved.
func abimes(l string) []string {
	return []string{l, l[:100], l[:60], l + "X", l[:1] + l[2:], l[:1] + "9" + l[1:127], l[:28] + l[29:] + " ", l[:30] + "0" + l[30:127],
		l[:100] + " " + l[100:127], l[:70] + "0" + l[70:127], l[:92] + l[95:] + "   ", "7" + l[1:], "9" + l, " " + l,
		l[:50] + strings.ToLower(l[50:]), l[:20] + "é" + l[20:], l[:5] + "\x00" + l[6:]}
}
