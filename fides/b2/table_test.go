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
	if _, err := b2.LoadTable(nil); err == nil || !strings.Contains(err.Error(), "B2-TABLE") {
		t.Errorf("nil reader: %v", err)
	}
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
		"date of text":        {"0344,44,6,N", "0344,44,6,A"},
		"date of two forms":   {"0344,44,6,N,O,,,,,date", "0344,44,6,N,O,,,,blanc,date"},
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

// positions is a second transcription of the zones behind the heads, column
// and width.
var positions = map[string]string{
	"2":  "39/1 40/9 49/2 51/3 54/4 58/1 59/6 65/6 71/3 74/3 77/2 79/1 80/6 86/9 95/1 96/6 102/1 103/6 109/6 115/2 117/2 119/10",
	"2S": "39/1 40/2 42/6 48/2 50/13 63/2 65/6 71/1 72/25 97/15 112/9 121/1 122/7",
	"3":  "39/2 41/3 44/6 50/6 56/5 61/3 64/1 65/5 70/1 71/5 76/7 83/8 91/3 94/8 102/8 110/4 114/3 117/1 118/2 120/1 121/1 122/7",
	"3S": "39/1 40/2 42/9 51/1 52/2 54/6 60/6 66/1 67/14 81/1 82/14 96/5 101/14 115/1 116/13",
	"3E": "39/1 40/2 42/11 53/14 67/62",
	"3F": "36/1 37/2 39/4 43/13 56/14 70/2 72/7 79/7 86/7 93/7 100/7 107/22",
	"3H": "36/1 37/2 39/4 43/6 49/7 56/1 57/5 62/5 67/7 74/7 81/7 88/3 91/7 98/31",
	"4":  "39/2 41/3 44/9 53/1 54/1 55/2 57/9 66/2 68/2 70/6 76/5 81/2 83/6 89/2 91/7 98/7 105/3 108/7 115/7 122/1 123/6",
	"4S": "36/1 37/2 39/1 40/1 41/7 48/1 49/6 55/1 56/10 66/5 71/1 72/14 86/14 100/1 101/5 106/14 120/4 124/1 125/1 126/2 128/1",
	"4E": "36/1 37/2 39/11 50/14 64/11 75/14 89/40",
	"4B": "36/1 37/2 39/4 43/6 49/6 55/2 57/8 65/6 71/2 73/8 81/6 87/2 89/8 97/6 103/2 105/8 113/6 119/2 121/8",
	"4H": "36/1 37/2 39/4 43/6 49/7 56/1 57/5 62/5 67/7 74/7 81/7 88/3 91/7 98/31",
	"4M": "36/1 37/2 39/4 43/13 56/1 57/1 58/1 59/1 60/1 61/1 62/1 63/1 64/1 65/6 71/2 73/2 75/2 77/2 79/2 81/2 83/2 85/2 87/2 89/2 91/2 93/2 95/2 97/2 99/2 101/2 103/1 104/1 105/1 106/1 107/1 108/21",
	"5":  "39/3 42/8 50/8 58/8 66/8 74/8 82/8 90/8 98/17 115/8 123/4 127/2",
}

const (
	teteLongue = "1/1 2/9 11/1 12/13 25/2 27/3 30/9 "
	teteCourte = "1/1 2/9 11/1 12/13 25/2 27/9 "
)

func TestPositions(t *testing.T) {
	for _, typ := range b2.Types() {
		var got []string
		for _, z := range b2.TableFIDES().Zones(typ) {
			got = append(got, fmt.Sprintf("%d/%d", z.Colonne, z.Largeur))
		}
		tete := teteLongue
		if strings.HasPrefix(positions[string(typ)], "36/") {
			tete = teteCourte
		}
		if s := strings.Join(got, " "); s != tete+positions[string(typ)] {
			t.Errorf("%s: %s", typ, s)
		}
	}
}

// TestTolerances lists the zones of which a reader takes more than one form,
// and those that are compulsory and may yet be unset.
func TestTolerances(t *testing.T) {
	deux := map[string]bool{"3S52": true, "0455": true, "3S82": true, "3F39": true, "3H39": true, "4S86": true, "4S66": true, "4B39": true, "4H39": true, "4M39": true}
	vides := map[string]bool{"0254": true, "0444": true, "4S124": true, "3S52": true, "3F39": true, "0427": true, "0327": true, "2S27": true, "3S27": true, "3E27": true}
	base := bases(t)
	for z := range b2.TableFIDES().All() {
		b := base[z.Type]
		forme := func(c string) bool {
			l := b[:z.Colonne-1] + strings.Repeat(c, z.Largeur) + b[z.Colonne-1+z.Largeur:]
			return b2.TableFIDES().Record(l).Err() == nil
		}
		zero, blanc := forme("0"), forme(" ")
		if deux[z.ID] && !(zero && blanc) {
			t.Errorf("%s: zeros %v, blanks %v", z.ID, zero, blanc)
		}
		if vides[z.ID] && z.Presence == "O" && !zero && !blanc {
			t.Errorf("%s cannot be unset", z.ID)
		}
		if !deux[z.ID] && z.Genre[0] == 'N' && blanc && z.Format != "appareil" {
			t.Errorf("%s may be blank", z.ID)
		}
	}
}
