package b2_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/b2"
)

// TestRefusDesValeurs gives the encoder values that have no written form.
func TestRefusDesValeurs(t *testing.T) {
	enc := encoder(t, reglages())
	for nom, c := range map[string]struct {
		e    b2.Enregistrement
		code simphonie.Code
		zone string
	}{
		"rate with decimals":         {&b2.Type3{Taux: simphonie.PourCent(1) / 2}, "B2-ZONE-PRECISION", "0391"},
		"coefficient with decimals":  {&b2.Type4{Coefficient: 1}, "B2-ZONE-PRECISION", "0483"},
		"negative rate":              {&b2.Type4{Taux: -simphonie.Cent}, "B2-ZONE-SIGNE", "04105"},
		"negative quantity":          {&b2.Type4{Quantite: -1}, "B2-ZONE-SIGNE", "0481"},
		"negative amount":            {&b2.Type5{Totaux: b2.Totaux{BasePH: -1}}, "B2-ZONE-SIGNE", "0542"},
		"agreement without code":     {&b2.Type4S{}, "B2-ZONE-ABSENTE", "4S55"},
		"document without code":      {&b2.Type2{}, "B2-ZONE-ABSENTE", "0258"},
		"accident twice":             {&b2.Type2{PieceJustificative: "0", NumeroAT: simphonie.NewConfidentiel("260105123"), DateAccident: simphonie.MustJour("2026-01-05")}, "B2-ZONE-FORME", "0286"},
		"NIR of another width":       {&b2.Type2S{NIRIndividuel: simphonie.NIRRecu("1")}, "B2-ZONE-FORME", "2S50"},
		"modifiers too many":         {&b2.Type4M{Modificateurs: "ABCDE"}, "B2-ZONE-DEPASSEMENT", "4M59"},
		"modifiers with accents":     {&b2.Type4M{Modificateurs: "é"}, "B2-ZONE-CARACTERE", "4M59"},
		"act of five letters":        {&b2.Type3{Acte: b2.CodeActe{Code: "ABCDE"}}, "B2-ZONE-DEPASSEMENT", "0356"},
		"majoration of two":          {&b2.Type4{Acte: b2.CodeActe{Code: "C", Suite: "NF"}}, "B2-ZONE-DEPASSEMENT", "0476"},
		"day of another century":     {&b2.Type4{DateSoins: simphonie.MustJour("1999-12-31")}, "B2-ZONE-DATE", "0470"},
		"amount of ten million":      {&b2.Type3{MontantTotal: 100_000_000}, "B2-ZONE-DEPASSEMENT", "03102"},
		"organisme of eleven digits": {&b2.Type2{PieceJustificative: "0", OrganismeComplementaire: "12345678901"}, "B2-ZONE-DEPASSEMENT", "02119"},
	} {
		_, err := enc.Append(nil, c.e)
		if es := b2.Erreurs(err); len(es) == 0 || es[0].Code != c.code || es[0].Chemin != c.zone {
			t.Errorf("%s: %v", nom, err)
		}
	}
	for _, c := range [][2]int{{-1, 1}, {2026, 0}, {2026, 10_000_000}} {
		if _, err := b2.NewNumeroFacture(c[0], c[1]); err == nil {
			t.Errorf("number of %v", c)
		}
	}
}

// TestPlusGrand writes the highest amount of each width, and one cent more.
func TestPlusGrand(t *testing.T) {
	quatre := factureUrgence(1)[3].(*b2.Type4)
	quatre.Cle = factureUrgence(1)[0].(*b2.Type2).Cle
	for m, want := range map[simphonie.Montant]bool{999_999: true, 1_000_000: false} {
		quatre.MontantOC = m
		if err := encode(t, quatre); (err == nil) != want {
			t.Errorf("04123 of %s: %v", m, err)
		}
	}
	big := &b2.Type4{Honoraires: 1<<63 - 1}
	if _, err := b2.Totals(big, big); !errors.Is(err, simphonie.ErrDepassement) {
		t.Errorf("%v", err)
	}
}

// TestSeancesAnnee orders séances across a new year.
func TestSeancesAnnee(t *testing.T) {
	ls := met(factureSeances(t), 5, 65, "251231")
	if got := vus(t, ls); len(got) > 0 {
		t.Errorf("%v", got)
	}
	ls = met(met(met(factureSeances(t), 5, 65, "260105"), 6, 65, "251231"), 3, 70, "251231")
	if got := vus(t, ls); len(got) != 1 || got[0].code != "B2-4M-SEANCES" {
		t.Errorf("%v", got)
	}
}

// TestFlux gives the invoice that a failing stream had begun, then the error.
func TestFlux(t *testing.T) {
	cut := errors.New("cut")
	r := io.MultiReader(strings.NewReader(v9[:129*2]), iotest.ErrReader(cut))
	var got []string
	for b, err := range b2.Blocs(b2.NewReader(r, b2.ReaderOptions{}).Records()) {
		switch {
		case err != nil && errors.Is(err, cut):
			got = append(got, "cut")
		case len(b.Records) == 2 && b.Anomalies[0].Code == "B2-FACTURE-OUVERTE":
			got = append(got, "open")
		default:
			got = append(got, "?")
		}
	}
	if strings.Join(got, " ") != "open cut" {
		t.Error(got)
	}
	for range b2.Blocs(b2.NewReader(strings.NewReader(v9), b2.ReaderOptions{}).Records()) {
		break // a caller may stop
	}
}

func TestFlush(t *testing.T) {
	var buf bytes.Buffer
	w := ecrivain(t, &buf)
	es := factureUrgence(1)
	if err := errors.Join(w.Write(es[0]), w.Flush()); err != nil || buf.Len() != 128 {
		t.Errorf("%v, %d bytes", err, buf.Len())
	}
	w = ecrivain(t, panne{})
	if err := errors.Join(w.WriteFacture(es...), w.Flush()); !aCode(err, "B2-ECRITURE") || !b2.Erreurs(err)[0].IssueInconnue {
		t.Errorf("%v", err)
	}
	for _, err := range []error{w.Write(es[0]), w.WriteFacture(es...), w.WriteRecord(b2.ParseRecord(v9[:128])), w.Flush(), w.Close()} {
		if !aCode(err, "B2-ECRITURE") {
			t.Errorf("a writer that failed goes on: %v", err)
		}
	}
}

func TestZero(t *testing.T) {
	var r b2.Record
	if m, ok := r.Montant("0558"); m != 0 || ok || r.Texte("0201") != "" || r.Brut() != "" || r.Ligne() != 0 || r.Type() != "" ||
		r.FinDeLigne() != b2.FinInconnue || r.Err() != nil || r.String() != "" || b2.Describe(io.Discard, r) != nil {
		t.Error("a record that is none holds something")
	}
	if _, err := r.Decode(2000); err == nil {
		t.Error("a record that is none has a view")
	}
	if b2.Erreurs(nil) != nil || b2.Erreurs(io.EOF) != nil {
		t.Error("errors of nothing")
	}
	if r := b2.ParseRecord(v9[:128]); r.FinDeLigne() != b2.FinAucune || r.Texte("0558") != "" {
		t.Error("a line without its end")
	}
}
