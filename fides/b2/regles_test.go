package b2_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/b2"
)

// lignes gives the lines of a right invoice: 2, 2S, 3 (FPU), 4, 4S, 4, 4S, 4,
// 4S, 4M, 5.
func lignes(tb testing.TB) []string {
	tb.Helper()
	return texteDe(tb, factureUrgence(1)...)
}

func texteDe(tb testing.TB, es ...b2.Enregistrement) []string {
	tb.Helper()
	var buf bytes.Buffer
	w, err := b2.NewWriter(&buf, reglages())
	if err == nil {
		err = errors.Join(w.WriteFacture(es...), w.Close())
	}
	if err != nil {
		tb.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(buf.String(), "\n"), "\n")
}

// met puts a text at a column of a line, counted from 1.
func met(ls []string, ligne, colonne int, s string) []string {
	l := ls[ligne-1]
	ls[ligne-1] = l[:colonne-1] + s + l[colonne-1+len(s):]
	return ls
}

func blocs(tb testing.TB, ls []string) []b2.Bloc {
	tb.Helper()
	var out []b2.Bloc
	for b, err := range b2.Blocs(b2.NewReader(strings.NewReader(strings.Join(ls, "\n")), b2.ReaderOptions{}).Records()) {
		if err != nil {
			tb.Fatal(err)
		}
		out = append(out, b)
	}
	return out
}

// vu is a rule and where it was broken.
type vu struct {
	code   simphonie.Code
	chemin string
}

func vus(tb testing.TB, ls []string) []vu {
	var out []vu
	for _, b := range blocs(tb, ls) {
		for _, a := range b.Anomalies {
			out = append(out, vu{a.Code, a.Chemin})
		}
	}
	return out
}

func sansLigne(ls []string, n int) []string { return slices.Delete(ls, n-1, n) }

// casRegles breaks each rule of a record or invoice once: what is found is
// that rule alone, at that place.
var casRegles = []struct {
	nom   string
	casse func(testing.TB, []string) []string
	veut  []vu
}{
	{"right", func(_ testing.TB, ls []string) []string { return ls }, nil},
	{"short line", func(_ testing.TB, ls []string) []string { ls[3] = ls[3][:120]; return ls },
		[]vu{{"B2-LONGUEUR", "ligne 4, colonne 121"}, {"B2-TOTAL", "*"}}},
	{"2B", func(_ testing.TB, ls []string) []string { return met(ls, 2, 39, "B") },
		[]vu{{"B2-TYPE-INTERDIT", "ligne 2, colonne 39"}, {"B2-COMPLEMENT-ABSENT", "ligne 3, colonne 1"}}},
	{"unknown letter", func(_ testing.TB, ls []string) []string { return met(ls, 10, 36, "D") },
		[]vu{{"B2-TYPE-INCONNU", "ligne 10, colonne 1"}, {"B2-TOTAL", "ligne 11, colonne 39, zone 0539"}}},
	{"other head", func(_ testing.TB, ls []string) []string { return met(met(ls, 5, 36, "0"), 5, 39, "S") },
		[]vu{{"B2-TETE", "ligne 5, colonne 39"}, {"B2-COMPLEMENT-ABSENT", "ligne 6, colonne 1"}, {"B2-TOTAL", "*"}}},
	{"unset", func(_ testing.TB, ls []string) []string { return met(ls, 4, 81, "00") },
		[]vu{{"B2-ZONE-ABSENTE", "ligne 4, colonne 81, zone 0481"}}},
	{"sign", func(_ testing.TB, ls []string) []string { return met(ls, 3, 76, "-") },
		[]vu{{"B2-ZONE-NUMERIQUE", "ligne 3, colonne 76, zone 0376"}}},
	{"accent", func(_ testing.TB, ls []string) []string { return met(ls, 2, 74, "E'") },
		[]vu{{"B2-ZONE-CARACTERE", "ligne 2, colonne 75, zone 2S72"}}},
	{"not on the left", func(_ testing.TB, ls []string) []string { return met(ls, 2, 72, " X") },
		[]vu{{"B2-ZONE-ALIGNEMENT", "ligne 2, colonne 72, zone 2S72"}}},
	{"value", func(_ testing.TB, ls []string) []string { return met(ls, 1, 77, "20") },
		[]vu{{"B2-ZONE-VALEUR", "ligne 1, colonne 77, zone 0277"}}},
	{"date", func(_ testing.TB, ls []string) []string { return met(ls, 4, 70, "260230") },
		[]vu{{"B2-ZONE-DATE", "ligne 4, colonne 70, zone 0470"}}},
	{"form of the NIR", func(_ testing.TB, ls []string) []string { return met(ls, 2, 50, "155555A") },
		[]vu{{"B2-ZONE-FORME", "ligne 2, colonne 50, zone 2S50"}, {"B2-CLE-NIR", "*"}}},
	{"order", func(_ testing.TB, ls []string) []string { ls[3], ls[4] = ls[4], ls[3]; return ls },
		[]vu{{"B2-ORDRE", "ligne 4, colonne 1"}, {"B2-COMPLEMENT-ABSENT", "ligne 6, colonne 1"}}},
	{"lost record", func(_ testing.TB, ls []string) []string { return append(ls, ls[10]) },
		[]vu{{"B2-ORDRE", "ligne 12, colonne 1"}, {"B2-TOTAL", "*"}}},
	{"no 2S", func(_ testing.TB, ls []string) []string { return sansLigne(ls, 2) },
		[]vu{{"B2-COMPLEMENT-ABSENT", "ligne 2, colonne 1"}}},
	{"no 4S", func(_ testing.TB, ls []string) []string { return sansLigne(ls, 5) },
		[]vu{{"B2-COMPLEMENT-ABSENT", "ligne 5, colonne 1"}, {"B2-TOTAL", "*"}}},
	{"no 3S", func(_ testing.TB, ls []string) []string { return met(ls, 3, 56, "PHQ ") },
		[]vu{{"B2-COMPLEMENT-ABSENT", "ligne 4, colonne 1"}}},
	{"3S under a FPU", func(tb testing.TB, ls []string) []string { return met(factureTrois(tb), 3, 56, "FPU ") },
		[]vu{{"B2-COMPLEMENT-INTERDIT", "ligne 4, colonne 1"}}},
	{"sequence", func(_ testing.TB, ls []string) []string { return met(ls, 10, 37, "02") },
		[]vu{{"B2-SEQUENCE", "ligne 10, colonne 37, zone 4M37"}}},
	{"sequence twice", func(_ testing.TB, ls []string) []string {
		return met(slices.Insert(ls, 10, ls[9]), 12, 39, "009")
	}, []vu{{"B2-SEQUENCE", "ligne 11, colonne 37, zone 4M37"}}},
	{"no line", func(_ testing.TB, ls []string) []string { return slices.Delete(ls, 2, 10) },
		[]vu{{"B2-FACTURE-VIDE", "ligne 3, colonne 1"}, {"B2-TOTAL", "*"}}},
	{"not closed", func(tb testing.TB, ls []string) []string { return append(ls[:10], lignes(tb)...) },
		[]vu{{"B2-FACTURE-OUVERTE", "ligne 10"}}},
	{"end of file", func(_ testing.TB, ls []string) []string { return ls[:10] },
		[]vu{{"B2-FACTURE-OUVERTE", "ligne 10"}}},
	{"too long", func(_ testing.TB, ls []string) []string {
		return append(ls[:2], slices.Repeat(ls[2:3], 1000)...)
	}, []vu{{"B2-FACTURE-PLEINE", "ligne 1002, colonne 1"}, {"B2-FACTURE-OUVERTE", "ligne 1002"}}},
	{"key", func(_ testing.TB, ls []string) []string { return met(ls, 5, 27, "260000009") },
		[]vu{{"B2-CLE-DIFFERENTE", "ligne 5, colonne 27, zone 4S27"}}},
	{"rank", func(_ testing.TB, ls []string) []string { return met(ls, 4, 27, "001") },
		[]vu{{"B2-CLE-DIFFERENTE", "ligne 4, colonne 27, zone 0427"}}},
	{"executant", func(_ testing.TB, ls []string) []string { return met(ls, 4, 57, "750150237") },
		[]vu{{"B2-CLE-DIFFERENTE", "ligne 4, colonne 57, zone 0457"}}},
	{"total", func(_ testing.TB, ls []string) []string { return met(ls, 11, 58, "00000001") },
		[]vu{{"B2-TOTAL", "ligne 11, colonne 58, zone 0558"}}},
	{"split flow", func(_ testing.TB, ls []string) []string {
		return met(met(met(ls, 1, 95, "F"), 4, 123, "000100"), 11, 90, "00000100")
	}, []vu{{"B2-OC-ECLATE", "ligne 4, colonne 123, zone 04123"}}},
	{"89 without a body", func(_ testing.TB, ls []string) []string { return met(ls, 1, 117, "89") },
		[]vu{{"B2-OC-NUMERO", "ligne 1, colonne 119, zone 02119"}}},
	{"body of nobody", func(_ testing.TB, ls []string) []string { return met(ls, 1, 119, "0012345678") },
		[]vu{{"B2-OC-SITUATION", "ligne 1, colonne 119, zone 02119"}}},
	{"C2S without 89", func(_ testing.TB, ls []string) []string { return met(ls, 1, 119, "99999997  ") },
		[]vu{{"B2-OC-SITUATION", "ligne 1, colonne 119, zone 02119"}}},
	{"AME with 89", func(_ testing.TB, ls []string) []string { return met(ls, 1, 117, "890075500017") },
		[]vu{{"B2-OC-SITUATION", "ligne 1, colonne 119, zone 02119"}}},
	{"exemption twice", func(_ testing.TB, ls []string) []string { return met(met(ls, 1, 79, "4"), 4, 54, "4") },
		[]vu{{"B2-EXO-LIGNE", "ligne 4, colonne 54, zone 0454"}}},
	{"dates of the visit", func(_ testing.TB, ls []string) []string { return met(ls, 3, 50, "260106") },
		[]vu{{"B2-DATE-SEJOUR", "ligne 3, colonne 50, zone 0350"}}},
	{"date of entry", func(_ testing.TB, ls []string) []string { return met(ls, 1, 80, "260104") },
		[]vu{{"B2-DATE-SEJOUR", "ligne 1, colonne 80, zone 0280"}}},
	{"3E for nothing", func(tb testing.TB, _ []string) []string { return met(factureTrois(tb), 5, 42, "           ") },
		[]vu{{"B2-RPPS-ABSENT", "ligne 5, colonne 42, zone 3E42"}}},
	{"agreement", func(_ testing.TB, ls []string) []string { return met(ls, 5, 55, "4") },
		[]vu{{"B2-ACCORD-DATE", "ligne 5, colonne 49, zone 4S49"}}},
	{"acts of biology", func(tb testing.TB, _ []string) []string {
		return met(factureBiologie(tb), 5, 65, strings.Repeat("0", 16))
	},
		[]vu{{"B2-4B-ACTES", "ligne 5, colonne 81, zone 4B81"}}},
	{"modifiers", func(_ testing.TB, ls []string) []string { return met(ls, 10, 59, "F P ") },
		[]vu{{"B2-4M-MODIFICATEURS", "ligne 10, colonne 61, zone 4M61"}}},
	{"séances", func(tb testing.TB, _ []string) []string { return met(factureSeances(tb), 5, 65, "260106") },
		[]vu{{"B2-4M-SEANCES", "ligne 6, colonne 65, zone 4M65"}}},
	{"last séance", func(tb testing.TB, _ []string) []string { return met(factureSeances(tb), 6, 65, "260104") },
		[]vu{{"B2-4M-PARENT", "ligne 6, zone 0470"}}},
	{"key of the NIR", func(_ testing.TB, ls []string) []string {
		for i := range ls {
			met(ls, i+1, 25, "75")
		}
		return ls
	}, []vu{{"B2-CLE-NIR", "ligne 1, colonne 25, zone 0225"}}},
	{"key of the FINESS", func(_ testing.TB, ls []string) []string {
		for i := range ls {
			met(ls, i+1, 10, "1")
		}
		for _, i := range []int{4, 6, 8} {
			met(ls, i, 65, "1")
		}
		return ls
	}, []vu{{"B2-CLE-FINESS", "ligne 1, colonne 2, zone 0202"}}},
	{"key of the prescriber", func(_ testing.TB, ls []string) []string { return met(ls, 4, 44, "291991108") },
		[]vu{{"B2-CLE-PRESCRIPTEUR", "ligne 4, colonne 44, zone 0444"}}},
	{"prescriber", func(_ testing.TB, ls []string) []string { return met(ls, 4, 44, "291991107") }, nil},
	{"key of the RPPS", func(tb testing.TB, _ []string) []string { return met(factureTrois(tb), 5, 52, "1") },
		[]vu{{"B2-CLE-RPPS", "ligne 5, colonne 42, zone 3E42"}}},
}

func TestRegles(t *testing.T) {
	for _, c := range casRegles {
		got := vus(t, c.casse(t, lignes(t)))
		if !memes(got, c.veut) {
			t.Errorf("%s: %v, want %v", c.nom, got, c.veut)
		}
	}
}

// memes compares what was found to what is wanted; a star stands for any
// place, and for any number of such anomalies.
func memes(got, want []vu) bool {
	for _, w := range want {
		if !slices.ContainsFunc(got, func(g vu) bool { return couvre(w, g) }) {
			return false
		}
	}
	for _, g := range got {
		if !slices.ContainsFunc(want, func(w vu) bool { return couvre(w, g) }) {
			return false
		}
	}
	return true
}

func couvre(w, g vu) bool { return w.code == g.code && (w.chemin == "*" || w.chemin == g.chemin) }

// casErreurs are the rules of a call.
var casErreurs = map[simphonie.Code]func(testing.TB) error{
	"B2-LIGNE-LONGUE": func(testing.TB) error {
		return lisTout(strings.NewReader(strings.Repeat("2", 300)), b2.ReaderOptions{LigneMax: 200})
	},
	"B2-TRONQUE": func(tb testing.TB) error {
		for r := range b2.NewReader(strings.NewReader(strings.Repeat("2", 300)), b2.ReaderOptions{LigneMax: 200}).Records() {
			return ecrivain(tb, io.Discard).WriteRecord(r)
		}
		return nil
	},
	"B2-LECTURE": func(testing.TB) error { return lisTout(iotestErr{}, b2.ReaderOptions{}) },
	"B2-ECRITURE": func(tb testing.TB) error {
		w := ecrivain(tb, panne{})
		return errors.Join(w.WriteFacture(factureUrgence(1)...), w.Close())
	},
	"B2-TABLE":      func(testing.TB) error { _, err := b2.LoadTable(strings.NewReader("x")); return err },
	"B2-TABLE-VUE":  func(tb testing.TB) error { return chargeModifiee(tb, "0376,76,7,N5+2", "0376,76,7,N4+3") },
	"B2-REGLAGE":    func(testing.TB) error { _, err := b2.NewWriter(io.Discard, b2.Reglages{}); return err },
	"B2-TYPE-AUTRE": func(tb testing.TB) error { return b2.ParseRecord(lignes(tb)[0]).DecodeTo(&b2.Type5{}, 2000) },
	"B2-ZONE-SIGNE": func(tb testing.TB) error {
		return encode(tb, &b2.Type3{PrixUnitaire: -1})
	},
	"B2-ZONE-PRECISION": func(tb testing.TB) error { return encode(tb, &b2.Type3{Coefficient: simphonie.Un + 1}) },
	"B2-ZONE-DEPASSEMENT": func(tb testing.TB) error {
		return encode(tb, &b2.Type4{MontantOC: 1_000_000}) // 04123 holds 9999.99 at most
	},
}

func encode(tb testing.TB, e b2.Enregistrement) error {
	_, err := encoder(tb, reglages()).Append(nil, e)
	return err
}

func lisTout(r io.Reader, o b2.ReaderOptions) error {
	for _, err := range b2.NewReader(r, o).Records() {
		if err != nil {
			return err
		}
	}
	return nil
}

func ecrivain(tb testing.TB, w io.Writer) *b2.Writer {
	tb.Helper()
	wr, err := b2.NewWriter(w, reglages())
	if err != nil {
		tb.Fatal(err)
	}
	return wr
}

type iotestErr struct{}

func (iotestErr) Read([]byte) (int, error) { return 0, errors.New("cut") }

type panne struct{}

func (panne) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestErreurs(t *testing.T) {
	for code, f := range casErreurs {
		es := b2.Erreurs(f(t))
		if !slices.ContainsFunc(es, func(e *simphonie.Erreur) bool { return e.Code == code }) {
			t.Errorf("%s: %v", code, es)
		}
	}
}

// TestReglesCouvertes wants each rule well formed, and broken by a test.
func TestReglesCouvertes(t *testing.T) {
	cas := maps.Clone(casErreurs)
	for _, c := range casRegles {
		for _, v := range c.veut {
			cas[v.code] = nil
		}
	}
	doc := lisFichier(t, "../../docs/B2.md")
	forme := regexp.MustCompile(`^B2(-[A-Z0-9]+)+$`)
	vues := map[simphonie.Code]bool{}
	for _, r := range b2.Regles() {
		if _, ok := cas[r.Code]; !ok {
			t.Errorf("no test breaks %s", r.Code)
		}
		if vues[r.Code] || !forme.MatchString(string(r.Code)) || r.Source == "" || r.Message == "" {
			t.Errorf("rule %+v", r)
		}
		if ligne := fmt.Sprintf("| %s | %s | %s | %s |\n", r.Code, r.Gravite, r.Source, r.Message); !strings.Contains(doc, ligne) {
			t.Errorf("docs/B2.md lacks the line\n%s", ligne)
		}
		vues[r.Code] = true
	}
	for code := range cas {
		if !vues[code] {
			t.Errorf("%s is not listed", code)
		}
	}
}

// factureTrois has a type 3 with its 3S and 3E.
func factureTrois(tb testing.TB) []string {
	es := factureUrgence(1)
	es[2].(*b2.Type3).Acte.Code = "PHQ"
	return texteDe(tb, es[0], es[1], es[2],
		&b2.Type3S{Prescripteur: string(finess), CodeAccord: "9", DatePrescription: simphonie.MustJour("2026-01-05")},
		&b2.Type3E{RPPSPrescripteur: "99900063480"})
}

// factureBiologie has a type 4 with three acts of biology.
func factureBiologie(tb testing.TB) []string {
	es := factureUrgence(1)
	j := simphonie.MustJour("2026-01-05")
	return texteDe(tb, es[0], es[1], es[3], es[4],
		&b2.Type4B{Sequence: 1, Actes: [5]b2.ActeNABM{{j, "552"}, {j, "1104"}, {j, "1610"}}})
}

// factureSeances has a type 4 with two séances.
func factureSeances(tb testing.TB) []string {
	es := factureUrgence(1)
	return texteDe(tb, es[0], es[1], es[3], es[4],
		&b2.Type4M{Sequence: 1, CCAM: "ZZQM001", Activite: "1", DateSeance: simphonie.MustJour("2026-01-02")},
		&b2.Type4M{Sequence: 2, CCAM: "ZZQM001", Activite: "1", DateSeance: simphonie.MustJour("2026-01-05")})
}

// chargeModifiee loads the table of FIDES with a text replaced.
func chargeModifiee(tb testing.TB, old, new string) error {
	tb.Helper()
	_, err := b2.LoadTable(strings.NewReader(tableModifiee(tb, old, new)))
	return err
}

func tableModifiee(tb testing.TB, old, new string) string {
	tb.Helper()
	s := lisFichier(tb, "zones.csv")
	if !strings.Contains(s, old) {
		tb.Fatalf("%q is not in the table", old)
	}
	return strings.Replace(s, old, new, 1)
}

func lisFichier(tb testing.TB, nom string) string {
	tb.Helper()
	b, err := os.ReadFile(nom)
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}
