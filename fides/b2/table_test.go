package b2_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/simphonie/simphonie/fides/b2"
)

// TestTable checks the embedded table from its file alone.
func TestTable(t *testing.T) {
	tab := table(t)
	zones, flagged := 0, 0
	source := regexp.MustCompile(`^RG_MF6[0-9]{2}$`)
	for _, typ := range b2.Types() {
		next := 1
		for _, z := range tab[string(typ)] {
			zones++
			want := fmt.Sprintf("%02s%02d", string(typ), z.colonne)
			if z.colonne != next || z.id != want {
				t.Errorf("%s on column %d: should be %s on column %d", z.id, z.colonne, want, next)
			}
			next += z.largeur
			var a, b int
			if n, _ := fmt.Sscanf(z.genre[1:], "%d+%d", &a, &b); n == 2 && a+b != z.largeur {
				t.Errorf("%s: %s in %d columns", z.id, z.genre, z.largeur)
			}
			for _, v := range z.valeurs {
				if len(v) != z.largeur {
					t.Errorf("%s: value %q", z.id, v)
				}
			}
		}
		if next != 129 {
			t.Errorf("%s ends on column %d", typ, next-1)
		}
	}
	n := 0
	for z := range b2.TableFIDES().All() {
		n++
		if z.Remarque != "" {
			flagged++
		}
		if !source.MatchString(z.Regle) || z.Libelle == "" {
			t.Errorf("%s: source %q, label %q", z.ID, z.Regle, z.Libelle)
		}
		if z.Tolere != "" && z.Remarque == "" {
			t.Errorf("%s has two forms and no remark", z.ID)
		}
	}
	if zones != 324 || n != 324 || flagged < 15 || len(b2.TableFIDES().Types()) != 14 {
		t.Errorf("%d zones in the file, %d loaded, %d with a remark", zones, n, flagged)
	}
	if zs := b2.TableFIDES().Zones("4M"); len(zs) == 0 || b2.TableFIDES().Zones("4D") != nil {
		t.Error("zones of 4M and 4D")
	}
}

// TestLoadTableRefuse damages the table in one place at a time.
func TestLoadTableRefuse(t *testing.T) {
	for nom, c := range map[string][2]string{
		"header":              {"type,zone,", "zone,type,"},
		"hole":                {"3,03118,118,2,", "3,03118,118,1,"},
		"overlap":             {"3,03118,118,2,", "3,03118,118,3,"},
		"short record":        {"5,05127,127,2,", "5,05127,127,1,"},
		"beyond the record":   {"5,05127,127,2,", "5,05127,127,3,"},
		"no width":            {"5,05127,127,2,", "5,05127,127,0,"},
		"name":                {"5,05127,127,2,", "5,05128,127,2,"},
		"column":              {"5,05127,127,2,", "5,05127,x,2,"},
		"kind":                {"0376,76,7,N5+2", "0376,76,7,N5+3"},
		"kind letter":         {"0376,76,7,N5+2", "0376,76,7,X"},
		"kind text":           {"0376,76,7,N5+2", "0376,76,7,Nx+2"},
		"presence":            {"0376,76,7,N5+2,O", "0376,76,7,N5+2,X"},
		"vide":                {"0376,76,7,N5+2,O,oui", "0376,76,7,N5+2,O,yes"},
		"value too wide":      {"10|13|30|41|90", "10|130"},
		"value characters":    {"10|13|30|41|90", "10|1-"},
		"value of digits":     {"10|13|30|41|90", "10|1A"},
		"unset of digits":     {",00100,", ",0010A,"},
		"range":               {"01..26", "00..26"},
		"format":              {",nir,", ",nr,"},
		"format width":        {"0230,30,9,N,O,,,,,,", "0230,30,9,N,O,,,,,date,"},
		"tolere":              {",blanc,blanc,", ",blanc,rien,"},
		"ecrit":               {",00100,", ",001,"},
		"missing record":      {"\n4M,", "\n4N,"},
		"record in two parts": {"5,05127,127,2,", "4M,4M127,127,2,"},
		"type not constant":   {"2,0201,1,1,N,O,,2,", "2,0201,1,1,N,O,,,"},
		"letter not constant": {"4M36,36,1,A,O,,M,", "4M36,36,1,A,O,,,"},
		"number of fields":    {"2,0201,1,1,N", "2,0201,1,N"},
		"view":                {"0376,76,7,N5+2", "0376,76,7,N"},
		"letter moved":        {"2S,2S39,39,1,A,O,,S,", "2S,2S39,39,1,A,F,,,"},
	} {
		err := chargeModifiee(t, c[0], c[1])
		if !aCode(err, "B2-TABLE") && !aCode(err, "B2-TABLE-VUE") {
			t.Errorf("%s: %v", nom, err)
		}
	}
}

// TestTableEditeur loads a table that opens a list and describes records that
// the embedded one does not know.
func TestTableEditeur(t *testing.T) {
	s := tableModifiee(t, "10|13|30|41|90", "")
	for _, l := range strings.Split(s, "\n") {
		if f, ok := strings.CutPrefix(l, "4M,4M"); ok { // a 4D with the zones of the 4M
			s += strings.Replace("4D,4D"+f, "36,36,1,A,O,,M,", "36,36,1,A,O,,D,", 1) + "\n"
		}
	}
	s += "000,00001,1,3,N,O,,000,,,,,,Type,norme,\n000,00004,4,125,A,F,,,,,,,,Reste,norme,\n"
	tab, err := b2.LoadTable(strings.NewReader(s))
	if err != nil {
		t.Fatal(err)
	}
	ls := met(met(lignes(t), 1, 77, "20"), 10, 36, "D")
	ls = append([]string{"000FICHIER" + strings.Repeat(" ", 118)}, ls...)
	var types []b2.Type
	for b, err := range b2.Blocs(b2.NewReader(strings.NewReader(strings.Join(ls, "\n")), b2.ReaderOptions{Table: tab}).Records()) {
		if err != nil || len(b.Anomalies) > 0 {
			t.Errorf("%v %v", err, b.Anomalies)
		}
		for _, r := range b.Records {
			types = append(types, r.Type())
		}
	}
	if got := fmt.Sprint(types); got != "[000 2 2S 3 4 4S 4 4S 4 4S 4D 5]" {
		t.Error(got)
	}
	if _, err := tab.Record(ls[10]).Decode(2000); !aCode(err, "B2-TYPE-AUTRE") {
		t.Errorf("a 4D has no view: %v", err)
	}
}
