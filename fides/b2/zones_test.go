package b2_test

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/b2"
)

// bases gives a right record of each type.
func bases(tb testing.TB) map[b2.Type]string {
	tb.Helper()
	j := simphonie.MustJour("2026-01-05")
	es := append(factureUrgence(1),
		&b2.Type3S{Prescripteur: "291991107", CodeAccord: "9", DatePrescription: j},
		&b2.Type3E{RPPSPrescripteur: "99900063480"},
		&b2.Type3F{Sequence: 1, LPP: "1234567", Quantite: 1},
		&b2.Type3H{Sequence: 1, UCD: "1234567", Fractionnement: simphonie.Un, Quantite: 1},
		&b2.Type4E{RPPSExecutant: "99900063480"},
		&b2.Type4B{Sequence: 1, Actes: [5]b2.ActeNABM{{Date: j, Code: "552"}}},
		&b2.Type4H{Sequence: 1, UCD: "1234567", Fractionnement: simphonie.Un, Quantite: 1},
		&b2.Type5{Totaux: b2.Totaux{Enregistrements: 1}})
	enc := encoder(tb, reglages())
	m := map[b2.Type]string{}
	for _, e := range es {
		s, err := enc.Append(nil, e)
		if err != nil {
			tb.Fatalf("%s: %v", e.Type(), err)
		}
		m[e.Type()] = string(s)
	}
	return m
}

func encoder(tb testing.TB, g b2.Reglages) *b2.Encoder {
	tb.Helper()
	e, err := b2.NewEncoder(g)
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

// TestZones puts every value of essais into every zone of every record: the
// codec and the independent checker agree on each, and what is right goes
// through the typed view and back.
func TestZones(t *testing.T) {
	tab := table(t)
	n := 0
	for _, typ := range b2.Types() {
		base := bases(t)[typ]
		for _, z := range tab[string(typ)] {
			for _, v := range z.essais() {
				s := base[:z.colonne-1] + v + base[z.colonne-1+z.largeur:]
				r := b2.ParseRecord(s)
				if r.Type() != typ {
					continue // the value makes it another record
				}
				n++
				if got, want := zonesFausses(r), fausses(tab, string(typ), s); !slices.Equal(got, want) {
					t.Errorf("zone %s holding %q: wrong zones %v, want %v", z.id, v, got, want)
					continue
				}
				if r.Err() == nil {
					allerRetour(t, r, z, v)
				}
			}
		}
	}
	if n < 3000 {
		t.Errorf("%d cases only", n)
	}
}

func zonesFausses(r b2.Record) []string {
	var ids []string
	for _, e := range b2.Erreurs(r.Err()) {
		ids = append(ids, e.Chemin)
	}
	return ids
}

// allerRetour goes from the text to the typed view, from the view alone to a
// text, and to a view again. Both views must be equal, and the texts too but
// where a zone has two forms of one value.
func allerRetour(t *testing.T, r b2.Record, z zoneTable, valeur string) {
	t.Helper()
	v1, err := r.Decode(1990)
	if err != nil {
		t.Fatal(err)
	}
	g := reglages()
	g.Siecle = 1990
	enc := encoder(t, g)
	s, err := enc.Append(nil, v1)
	if err != nil {
		t.Errorf("zone %s holding %q is read and not written: %v", z.id, valeur, err)
		return
	}
	v2, err := b2.ParseRecord(string(s)).Decode(1990)
	if err != nil {
		t.Errorf("zone %s holding %q: written wrong: %v", z.id, valeur, err)
	}
	if !reflect.DeepEqual(v1, v2) && !uneParDefaut(z, valeur) {
		t.Errorf("zone %s holding %q: the view changed", z.id, valeur)
	}
	if string(s) != r.Brut() && !deuxFormes(z, valeur) {
		t.Errorf("zone %s holding %q: the text changed to %q", z.id, valeur, s[z.colonne-1:z.colonne-1+z.largeur])
	}
}

// uneParDefaut is the coefficient, which is written 1 when absent.
func uneParDefaut(z zoneTable, v string) bool {
	return z.ecrit != "" && strings.Trim(z.ecrit, "0") == "1" && strings.Trim(v, "0") == ""
}

// deuxFormes says that the value has another form, which is the one written.
func deuxFormes(z zoneTable, v string) bool {
	absent := strings.Trim(v, "0") == "" || strings.Trim(v, " ") == ""
	switch {
	case absent && (z.tolere != "" || z.ecrit != "" || z.format == "organisme" || z.format == "appareil"):
		return true
	case z.format == "organisme", z.format == "appareil":
		return strings.Contains(v, " ") || v == strings.Repeat("0", z.largeur)
	case z.format == "accident":
		return v == "180831000"
	case z.typ == "4B" && z.colonne > 49:
		return true // the quantity of an act goes with its date and code
	case z.id == "2S63":
		return true // a key without its number has no field
	}
	return false
}

// TestMelange compares the codec and the checker on records damaged at
// random, several zones at once.
func TestMelange(t *testing.T) {
	tab, base := table(t), bases(t)
	rnd := rand.New(rand.NewPCG(20260105, 3))
	for range 4000 {
		typ := b2.Types()[rnd.IntN(14)]
		s := []byte(base[typ])
		for range 1 + rnd.IntN(4) {
			s[rnd.IntN(len(s))] = " 019AZB-a\x00\xff."[rnd.IntN(12)]
		}
		r := b2.ParseRecord(string(s))
		if r.Type() == "" {
			continue
		}
		if got, want := zonesFausses(r), fausses(tab, string(r.Type()), string(s)); !slices.Equal(got, want) {
			t.Fatalf("%s: wrong zones %v, want %v\n%q", r.Type(), got, want, s)
		}
	}
}

// TestDepassement writes in every field of every view the lowest value, the
// highest that fits and the first that does not.
func TestDepassement(t *testing.T) {
	for _, typ := range b2.Types() {
		v, err := b2.ParseRecord(bases(t)[typ]).Decode(2000)
		if err != nil {
			t.Fatal(err)
		}
		champsDe(reflect.ValueOf(v).Elem(), func(nom string, f reflect.Value) {
			old := reflect.ValueOf(f.Interface())
			trop := trop(f)
			if !trop.IsValid() || nom == "Rang" && typ[1:] != "" && !strings.Contains("2S 3S 3E", string(typ)) {
				return // the short head has no rank
			}
			f.Set(trop)
			_, err := encoder(t, reglages()).Append(nil, v)
			es := b2.Erreurs(err)
			if len(es) != 1 || es[0].Chemin == "" || es[0].Colonne == 0 ||
				!slices.Contains([]simphonie.Code{"B2-ZONE-DEPASSEMENT", "B2-ZONE-FORME", "B2-ZONE-DATE"}, es[0].Code) {
				t.Errorf("%s %s too wide: %v", typ, nom, err)
			}
			f.Set(old)
		})
	}
}

func champsDe(v reflect.Value, f func(string, reflect.Value)) {
	for i := range v.NumField() {
		c := v.Field(i)
		switch c.Interface().(type) {
		case b2.Cle, b2.Totaux, b2.CodeActe, simphonie.Organisme, b2.ActeNABM:
			champsDe(c, f)
			continue
		}
		if c.Kind() == reflect.Array {
			for k := range c.Len() {
				if c.Index(k).Kind() == reflect.Struct {
					champsDe(c.Index(k), f)
				} else {
					f(v.Type().Field(i).Name, c.Index(k))
				}
			}
			continue
		}
		f(v.Type().Field(i).Name, c)
	}
}

// trop gives a value that no zone of its kind holds.
func trop(f reflect.Value) reflect.Value {
	switch f.Interface().(type) {
	case simphonie.Jour:
		return reflect.ValueOf(simphonie.MustJour("2100-01-01"))
	case simphonie.NIR:
		return reflect.ValueOf(simphonie.NIRRecu("15555557513337"))
	case simphonie.Confidentiel:
		return reflect.ValueOf(simphonie.NewConfidentiel(strings.Repeat("X", 40)))
	case simphonie.DateNaissance:
		return reflect.Value{} // it has the width of the zone
	case simphonie.Taux:
		return reflect.ValueOf(simphonie.PourCent(1000))
	case simphonie.Coefficient:
		return reflect.ValueOf(simphonie.Coefficient(2_000_000_000))
	case bool:
		return reflect.Value{}
	}
	switch f.Kind() {
	case reflect.String:
		return reflect.ValueOf(strings.Repeat("9", 40)).Convert(f.Type())
	case reflect.Int, reflect.Int64:
		return reflect.ValueOf(int64(1_000_000_000)).Convert(f.Type())
	}
	return reflect.Value{}
}

// TestEcritEtVerifie has the independent checker read what the writer wrote.
func TestEcritEtVerifie(t *testing.T) {
	tab := table(t)
	f := fichierBench(t)[:400*129]
	for i, ligne := range bytes.Split(bytes.TrimSuffix(f, []byte("\n")), []byte("\n")) {
		if len(ligne) != 128 {
			t.Fatalf("line %d has %d characters", i+1, len(ligne))
		}
		if bad := fausses(tab, typeDe(string(ligne)), string(ligne)); len(bad) > 0 {
			t.Fatalf("line %d: zones %v", i+1, bad)
		}
	}
}
