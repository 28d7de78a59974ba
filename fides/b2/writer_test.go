package b2_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/b2"
)

// TestWriterRefuse offers at every step records that the zones, the order, the
// key or the totals refuse: none leaves a trace, and the invoice is written as
// if they had never come.
func TestWriterRefuse(t *testing.T) {
	var buf bytes.Buffer
	w := ecrivain(t, &buf)
	es := complete(t, factureUrgence(1))
	cle := es[0].(*b2.Type2).Cle
	autre := cle
	autre.Facture = "260000002"
	for i, e := range es {
		for _, refuse := range []b2.Enregistrement{
			&b2.Type4H{Sequence: 77}, // zones
			&b2.Type3H{Cle: cle, Sequence: 1, UCD: "1234567", Fractionnement: simphonie.Un, Quantite: 1}, // order
			&b2.Type5{Cle: cle, Totaux: b2.Totaux{BasePH: 1}},                                            // order or totals
			&b2.Type4S{Cle: autre, CodeAccord: "9"},                                                      // order or key
		} {
			if err := w.Write(refuse); err == nil {
				t.Fatalf("a %s was written before record %d", refuse.Type(), i+1)
			}
		}
		if err := w.Write(e); err != nil {
			t.Fatalf("%s: %v", e.Type(), err)
		}
		if err := w.Close(); (err == nil) != (i == len(es)-1) || err != nil && !aCode(err, "B2-FACTURE-OUVERTE") {
			t.Fatalf("closed after %s: %v", e.Type(), err)
		}
	}
	if got, want := buf.String(), strings.Join(lignes(t), "\n")+"\n"; got != want {
		t.Errorf("%s", got)
	}
}

// TestWriteFacture writes all or nothing, and completes keys and totals.
func TestWriteFacture(t *testing.T) {
	var buf bytes.Buffer
	w := ecrivain(t, &buf)
	es := factureUrgence(1)
	mauvaise := append(slices.Clone(es), &b2.Type4M{Sequence: 1, CCAM: "TROPLONGPOURLAZONE"}, &b2.Type4M{Activite: "é"})
	if err := w.WriteFacture(mauvaise...); len(b2.Erreurs(err)) < 2 {
		t.Errorf("%v", err)
	}
	if err := w.WriteFacture(); err == nil {
		t.Error("an empty invoice was written")
	}
	if err := errors.Join(w.WriteFacture(es...), w.WriteFacture(complete(t, factureUrgence(2))...), w.Close()); err != nil {
		t.Fatal(err)
	}
	ls := strings.Split(strings.TrimSuffix(buf.String(), "\n"), "\n")
	if len(ls) != 22 || w.Records() != 22 || len(vus(t, ls)) > 0 {
		t.Errorf("%d lines, %v", len(ls), vus(t, ls))
	}
}

// TestCaisseDePlus refuses totals that leave the insured less than nothing.
func TestCaisseDePlus(t *testing.T) {
	q := &b2.Type4{MontantAMO: 2, Honoraires: 1}
	if _, err := b2.Totals(q); !aCode(err, "B2-ZONE-SIGNE") {
		t.Errorf("%v", err)
	}
}

// TestDecidees lets a number with a wrong key through once somebody decided.
func TestDecidees(t *testing.T) {
	es := factureUrgence(1)
	es[0].(*b2.Type2).NIR = simphonie.NIRRecu("155555575133375")
	if err := ecrivain(t, io.Discard).WriteFacture(es...); !aCode(err, "B2-CLE-NIR") {
		t.Errorf("%v", err)
	}
	g := reglages()
	g.Decidees = []simphonie.Code{"B2-CLE-NIR"}
	w, err := b2.NewWriter(io.Discard, g)
	if err = errors.Join(err, w.WriteFacture(es...), w.Close()); err != nil {
		t.Errorf("%v", err)
	}
	g.Decidees = []simphonie.Code{"B2-TOTAL"}
	if _, err := b2.NewWriter(io.Discard, g); !aCode(err, "B2-REGLAGE") {
		t.Errorf("a wrong total may be decided: %v", err)
	}
}

// TestAlerte writes an invoice that only an alert is said of.
func TestAlerte(t *testing.T) {
	es := factureUrgence(1)
	es[0].(*b2.Type2).Exoneration, es[7].(*b2.Type4).Exoneration = "4", "C"
	if got := vus(t, texteDe(t, es...)); len(got) != 1 || got[0].code != "B2-EXO-LIGNE" {
		t.Errorf("%v", got)
	}
}

func TestReglages(t *testing.T) {
	for _, f := range []func(*b2.Reglages){
		func(g *b2.Reglages) { g.FinDeLigne = 0 }, func(g *b2.Reglages) { g.Charset = 9 },
		func(g *b2.Reglages) { g.Siecle = 0 }, func(g *b2.Reglages) { g.NumeroOC = 7 },
	} {
		g := reglages()
		f(&g)
		if _, err := b2.NewWriter(io.Discard, g); !aCode(err, "B2-REGLAGE") {
			t.Errorf("%+v: %v", g, err)
		}
	}
	g := reglages()
	g.FinDeLigne, g.SansDerniereFin = b2.FinCRLF, true
	var buf bytes.Buffer
	w, err := b2.NewWriter(&buf, g)
	if err == nil {
		err = errors.Join(w.WriteFacture(factureUrgence(1)...), w.Close())
	}
	if s := buf.String(); err != nil || strings.Count(s, "\r\n") != 10 || strings.HasSuffix(s, "\n") {
		t.Errorf("%v %q", err, s)
	}
}
