package annuaire_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/annuaire"
	"github.com/simphonie/simphonie/annuaire/annuairetest"
)

// A table that loads answers for each of its rows, and a fault has a line.
func FuzzLoadTable(f *testing.F) {
	o, r := fichiers(20)
	f.Add(o, r)
	f.Add(teteOperateurs+"\nA;;;;\n", teteRoutes+"\n1;RO;9?;;A\n1;RO;?9;;A\n")
	f.Add(teteOperateurs+"\nA;\"x\";DRE;1;a@b.example\n", teteRoutes+"\n01;;;EXTE;A")
	f.Add("\xff", "")
	f.Fuzz(func(t *testing.T, o, r string) {
		table, err := annuaire.LoadTable(strings.NewReader(o), strings.NewReader(r), annuaire.Politique{})
		if err != nil {
			if code(err) == "" || table != nil {
				t.Fatalf("%v %v", err, table)
			}
			return
		}
		for l := range strings.SplitSeq(r, "\n") {
			c := strings.Split(strings.TrimSuffix(l, "\r"), ";")
			if len(c) != 5 || strings.Contains(l, `"`) || c[0] == "numero_amc" || strings.HasPrefix(l, "\ufeff") {
				continue
			}
			k := simphonie.CleAMC{Numero: simphonie.NumeroAMC(c[0]), Convention: c[1], CSR: strings.ReplaceAll(c[2], "?", "7"), Domaine: simphonie.Domaine(c[3])}
			if rs := table.Cherche(nil, k); len(rs) == 0 && !strings.Contains(r, `"`) {
				t.Fatalf("no route for a row of the file")
			}
		}
	})
}

// A snapshot that is taken is written again with the same answers.
func FuzzInstantane(f *testing.F) {
	f.Add([]byte(signe("simulation", profil, 2, uneAbsence+uneLigne)))
	f.Add([]byte(signe("simulation", profil, 1, strings.Replace(uneLigne, `"adresses"`, `"expire":"2027-01-01T00:00:00Z","adresses"`, 1))))
	f.Add([]byte("{}\n"))
	f.Add([]byte(""))
	h := &horloge{t: depart}
	k := canal(f, config(f, annuairetest.NewServer(f, annuairetest.AvecHorloge(h.maintenant)), h))
	f.Fuzz(func(t *testing.T, b []byte) {
		un, err := annuaire.New(k, options())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := un.LitInstantane(bytes.NewReader(b)); err != nil {
			if code(err) == "" {
				t.Fatal(err)
			}
			return
		}
		var ecrit, encore bytes.Buffer
		if err := un.EcritInstantane(&ecrit); err != nil {
			t.Fatal(err)
		}
		if _, err := un.LitInstantane(bytes.NewReader(ecrit.Bytes())); err != nil {
			t.Fatalf("what was written is refused: %v", err)
		}
		if err := un.EcritInstantane(&encore); err != nil || !bytes.Equal(ecrit.Bytes(), encore.Bytes()) {
			t.Fatalf("another text the second time: %v", err)
		}
	})
}

// What the policy takes is an https address without credentials, whoever reads it.
func FuzzPolitique(f *testing.F) {
	for _, u := range []string{"https://roc.amc.example/", "https://u:p@x.example/", "https://127.1/", "https://[::1]/", "https://x.example\\@y.example/"} {
		f.Add(u)
	}
	f.Fuzz(func(t *testing.T, u string) {
		if err := (annuaire.Politique{Hotes: []string{".example"}}).URL(u); err == nil {
			bas := strings.ToLower(u)
			hote, _, _ := strings.Cut(strings.TrimPrefix(bas, "https://"), "/")
			hote, _, _ = strings.Cut(hote, "?")
			hote, _, _ = strings.Cut(hote, ":")
			if !strings.HasPrefix(bas, "https://") || !strings.HasSuffix("."+hote, ".example") || strings.ContainsAny(hote, "@\\ ") {
				t.Fatalf("%q", u)
			}
		}
	})
}
