package annuaire_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/annuaire"
)

const (
	teteOperateurs = "operateur;nom;service;rang;adresse"
	teteRoutes     = "numero_amc;convention;csr;domaine;operateur"
)

func cherche(t *annuaire.Table, numero, convention, csr, domaine string) []string {
	var os []string
	for _, r := range t.Cherche(nil, simphonie.CleAMC{Numero: simphonie.NumeroAMC(numero), Convention: convention, CSR: csr, Domaine: simphonie.Domaine(domaine)}) {
		os = append(os, r.Operateur.Code)
	}
	return os
}

// Who answers for whom: exact before mask, convention before domain before CSR,
// equal masks as a choice.
func TestTable(t *testing.T) {
	table, err := annuaire.LoadTable(
		lignes(teteOperateurs, "A;Alpha;IDB;1;https://a1.example/", "A;Alpha;IDB;2;https://a2.example/", "A;Alpha;DRE;1;dre@a.example", "B;Bêta;IDB;1;https://b.example/", "C;Gamma;;;", "D;;;;"),
		lignes(teteRoutes,
			"302976568;RO;94???????;;A",  // the published form of a mask
			"0302976568;RO;94010????;;B", // longer wins
			"302976568;RO;940104321;;C",  // exact wins
			"302976568;RO;;;D",           // a key without CSR
			"302976568;RO;94???????;HOSP;B",
			"341230380;RO;A1?;;A", "341230380;RO;A?2;;B", "341230380;RO;A?2;;A", // two masks of one weight
			"341230380;RO;???;;C",
			"77565712;;???;EXTE;A", "77565712;RO;??;;B", "77565712;;??;;C", "77565712;SP;;;D",
		), annuaire.Politique{})
	require.NoError(t, err)
	assert.Equal(t, 13, table.Len())
	for _, v := range []struct {
		numero, convention, csr, domaine string
		attendu                          []string
	}{
		{"302976568", "RO", "940000000", "EXTE", []string{"A"}},
		{"00302976568", "RO", "940100000", "EXTE", []string{"B"}},
		{"302976568", "RO", "940104321", "EXTE", []string{"C"}},
		{"302976568", "RO", "940104321", "HOSP", []string{"B"}}, // the domain before the CSR
		{"302976568", "RO", "", "HOSP", []string{"D"}},          // a mask needs a CSR
		{"302976568", "RO", "94", "HOSP", nil},                  // each ? is one character
		{"302976568", "SP", "940000000", "HOSP", nil},
		{"341230380", "RO", "A12", "HOSP", []string{"A", "B"}}, // A through both masks, once
		{"341230380", "RO", "A19", "HOSP", []string{"A"}},
		{"341230380", "RO", "A92", "HOSP", []string{"B", "A"}},
		{"341230380", "RO", "B99", "HOSP", []string{"C"}},
		{"77565712", "RO", "AB1", "EXTE", []string{"A"}},
		{"77565712", "RO", "AB", "EXTE", []string{"B"}}, // its convention before every convention
		{"77565712", "SP", "AB", "EXTE", []string{"C"}}, // its own rows do not fit: those for all do
		{"77565712", "", "AB", "EXTE", []string{"C"}},
		{"77565712", "SP", "", "EXTE", []string{"D"}},
		{"1", "RO", "", "EXTE", nil},
		{"302976568", "RO", strings.Repeat("9", 17), "EXTE", nil},
	} {
		assert.Equal(t, v.attendu, cherche(table, v.numero, v.convention, v.csr, v.domaine), "%v", v)
	}
	os := table.Operateurs()
	require.Len(t, os, 4)
	assert.Equal(t, []string{"https://a1.example/", "https://a2.example/"}, os[0].Adresses[annuaire.IDB])
	assert.Equal(t, "Bêta", os[1].Nom)
	deja := []*annuaire.Route{nil}
	assert.Len(t, table.Cherche(deja, simphonie.CleAMC{Numero: "341230380", Convention: "RO", CSR: "A12", Domaine: "HOSP"}), 3, "what dst held stays")

	var nulle *annuaire.Table
	assert.Nil(t, nulle.Cherche(nil, cle))
	assert.Zero(t, nulle.Len())
	assert.Nil(t, nulle.Operateurs())
}

// A tie in a table goes to the agent, even when one of the two has no address.
func TestTableChoix(t *testing.T) {
	table, err := annuaire.LoadTable(lignes(teteOperateurs, "A;;IDB;1;https://a.example/", "B;;SIM;1;https://b.example/"),
		lignes(teteRoutes, "434243085;SP;A1?;;A", "434243085;SP;A?2;;B"), annuaire.Politique{})
	require.NoError(t, err)
	c, s, _ := monte(t, func(o *annuaire.Options) { o.Table = table })
	r, err := c.Cherche(t.Context(), demande(cle, annuaire.IDB))
	require.NoError(t, err)
	assert.Equal(t, annuaire.AChoisir, r.Issue)
	assert.Empty(t, s.Appels())
	sans, err := r.Choisit(1)
	require.NoError(t, err)
	assert.Equal(t, annuaire.SansAdresse, sans.Issue)
	assert.Equal(t, []simphonie.Code{"ANN-SANS-ADRESSE"}, sans.Anomalies.Codes())
}

// The index gives what reading every row gives.
func TestTableNaive(t *testing.T) {
	g := rand.New(rand.NewPCG(6, 11))
	au := func(ss ...string) string { return ss[g.IntN(len(ss))] }
	for range 20 {
		var routes []string
		type ligne struct{ numero, convention, csr, domaine, operateur string }
		var ls []ligne
		vues := map[ligne]bool{}
		for range 300 {
			l := ligne{au("1", "02", "3"), au("", "RO", "SP"), "", au("", "HOSP"), au("A", "B", "C")}
			for range g.IntN(4) {
				l.csr += au("?", "1", "2")
			}
			if cle := (ligne{strings.TrimLeft(l.numero, "0"), l.convention, l.csr, l.domaine, l.operateur}); !vues[cle] {
				vues[cle] = true
				ls = append(ls, l)
				routes = append(routes, strings.Join([]string{l.numero, l.convention, l.csr, l.domaine, l.operateur}, ";"))
			}
		}
		table, err := annuaire.LoadTable(lignes(teteOperateurs, "A;;;;", "B;;;;", "C;;;;"), lignes(append([]string{teteRoutes}, routes...)...), annuaire.Politique{})
		require.NoError(t, err)
		for range 300 {
			k := ligne{au("01", "2", "3"), au("", "RO", "SP"), "", au("EXTE", "HOSP"), ""}
			for range g.IntN(4) {
				k.csr += au("1", "2")
			}
			meilleur, attendus := -1, map[string]bool{}
			for _, l := range ls {
				poids := 0
				fit := strings.TrimLeft(l.numero, "0") == strings.TrimLeft(k.numero, "0") && (l.convention == "" || l.convention == k.convention) &&
					(l.domaine == "" || l.domaine == k.domaine) && len(l.csr) == len(k.csr)
				for i := range min(len(l.csr), len(k.csr)) {
					if l.csr[i] != '?' {
						poids++
						fit = fit && l.csr[i] == k.csr[i]
					}
				}
				if l.domaine == k.domaine {
					poids += 100
				}
				if l.convention == k.convention {
					poids += 1000
				}
				if fit && poids > meilleur {
					meilleur, attendus = poids, map[string]bool{}
				}
				if fit && poids == meilleur {
					attendus[l.operateur] = true
				}
			}
			trouves := cherche(table, k.numero, k.convention, k.csr, k.domaine)
			assert.Len(t, trouves, len(attendus), "%v", k)
			for _, o := range trouves {
				assert.True(t, attendus[o], "%v", k)
			}
		}
	}
}

// Every fault of the files: code, line, column; never the value.
func TestTableFautes(t *testing.T) {
	const op = "A;Alpha;IDB;1;https://a.example/"
	for _, v := range []struct {
		operateurs, routes string
		attendu            string
	}{
		{"operateur;nom", "", "ANN-CSV-FORME annuaire AMC operateurs line 1"},
		{"operateur;nom;service;rang;url", "", "ANN-CSV-ENTETE annuaire AMC operateurs line 1 column 1"},
		{"", "", "ANN-CSV-ENTETE annuaire AMC operateurs line 1 column 1"},
		{teteOperateurs + "\nA;Alpha", "", "ANN-CSV-FORME annuaire AMC operateurs line 2 column 1"},
		{teteOperateurs + "\n" + `A;"Alpha;IDB;1;x`, "", "ANN-CSV-FORME annuaire AMC operateurs line 2"},
		{teteOperateurs + "\nA;Alph\xe9;IDB;1;x", "", "ANN-CSV-FORME annuaire AMC operateurs line 2 column 7"},
		{"\xff", "", "ANN-CSV-FORME annuaire AMC operateurs line 1 column 1"},
		{teteOperateurs + "\n;Alpha;IDB;1;https://a.example/", "", "ANN-CSV-OPERATEUR annuaire AMC operateurs line 2 column 1"},
		{teteOperateurs + "\n" + op + "\nA;Autre;IDB;2;https://a.example/", "", "ANN-CSV-OPERATEUR annuaire AMC operateurs line 3 column 3"},
		{teteOperateurs + "\nA;Alpha;ZZZ;1;https://a.example/", "", "ANN-CSV-SERVICE annuaire AMC operateurs line 2 column 9"},
		{teteOperateurs + "\n" + op + "\nA;Alpha;;;", "", "ANN-CSV-SERVICE annuaire AMC operateurs line 3 column 9"},
		{teteOperateurs + "\nA;Alpha;IDB;2;https://a.example/", "", "ANN-CSV-RANG annuaire AMC operateurs line 2 column 13"},
		{teteOperateurs + "\nA;Alpha;IDB;1;http://a.example/", "", "ANN-CSV-ADRESSE annuaire AMC operateurs line 2 column 15"},
		{teteOperateurs + "\nA;Alpha;DRE;1;x", "", "ANN-CSV-ADRESSE annuaire AMC operateurs line 2 column 15"},
		{teteOperateurs + "\n" + op, "numero", "ANN-CSV-FORME annuaire AMC routes line 1"},
		{teteOperateurs + "\n" + op, teteRoutes + "\n;RO;;;A", "ANN-CSV-NUMERO annuaire AMC routes line 2 column 1"},
		{teteOperateurs + "\n" + op, teteRoutes + "\n000;RO;;;A", "ANN-CSV-NUMERO annuaire AMC routes line 2 column 1"},
		{teteOperateurs + "\n" + op, teteRoutes + "\n1;ro;;;A", "ANN-CSV-CONVENTION annuaire AMC routes line 2 column 3"},
		{teteOperateurs + "\n" + op, teteRoutes + "\n1;RO;2751263220749;;A", "ANN-CSV-CSR annuaire AMC routes line 2 column 6"},
		{teteOperateurs + "\n" + op, teteRoutes + "\n1;RO;;tous;A", "ANN-CSV-DOMAINE annuaire AMC routes line 2 column 7"},
		{teteOperateurs + "\n" + op, teteRoutes + "\n1;RO;;;Z", "ANN-CSV-OPERATEUR annuaire AMC routes line 2 column 8"},
		{teteOperateurs + "\n" + op, teteRoutes + "\n1;RO;9?;;A\n01;RO;9?;;A", "ANN-CSV-DOUBLON annuaire AMC routes line 3 column 1"},
	} {
		_, err := annuaire.LoadTable(strings.NewReader(v.operateurs), strings.NewReader(v.routes), annuaire.Politique{})
		require.Error(t, err, v.attendu)
		assert.Contains(t, err.Error(), v.attendu)
		assert.NotContains(t, err.Error(), "Alph")
		assert.NotContains(t, err.Error(), "275126")
	}
	_, err := annuaire.LoadTable(nil, nil, annuaire.Politique{})
	assert.Equal(t, simphonie.Code("ANN-CSV-LECTURE"), code(err))
	_, err = annuaire.LoadTable(iotest.ErrReader(errors.New("disk")), nil, annuaire.Politique{})
	assert.Equal(t, simphonie.Code("ANN-CSV-LECTURE"), code(err))
	table, err := annuaire.LoadTable(strings.NewReader("\ufeff"+teteOperateurs+"\r\nA;\"Al;pha\";IDB;1;https://a.example/\r\n"), lignes(teteRoutes), annuaire.Politique{})
	require.NoError(t, err, "a spreadsheet's mark, quotes and line ends")
	assert.Equal(t, "Al;pha", table.Operateurs()[0].Nom)
}

// fichiers writes a table of n rows: 50 operators, 4 000 insurers, one row of
// five a mask, one mask of five tied with another operator's.
func fichiers(n int) (operateurs, routes string) {
	g := rand.New(rand.NewPCG(1, 2))
	var o, r strings.Builder
	o.WriteString(teteOperateurs + "\n")
	for i := range 50 {
		fmt.Fprintf(&o, "OP%02d;Opérateur %d;IDB;1;https://idb.op%d.example/roc\nOP%02d;Opérateur %d;DRE;1;dre@op%d.example\n", i, i, i, i, i, i)
	}
	r.WriteString(teteRoutes + "\n")
	vues := map[string]bool{}
	domaines := []string{"", "HOSP", "EXTE"}
	for k := 0; k < n; {
		numero, convention, domaine := fmt.Sprintf("%09d", 300000000+g.IntN(4000)), []string{"RO", "SP", "IS", "AL"}[g.IntN(4)], domaines[g.IntN(3)]
		csr := fmt.Sprintf("%09d", g.IntN(1e9))
		masque := k%5 == 0
		if masque {
			csr = csr[:2+g.IntN(3)] + "?????????"
			csr = csr[:9]
		}
		op := g.IntN(50)
		for i := range 2 {
			l := fmt.Sprintf("%s;%s;%s;%s;OP%02d", numero, convention, csr, domaine, (op+i)%50)
			if i == 1 && (!masque || k%25 != 1) || vues[l] || k == n {
				break
			}
			vues[l] = true
			r.WriteString(l + "\n")
			k++
		}
	}
	return o.String(), r.String()
}

func tableDe(t testing.TB, n int) (*annuaire.Table, []simphonie.CleAMC) {
	o, r := fichiers(n)
	table, err := annuaire.LoadTable(strings.NewReader(o), strings.NewReader(r), annuaire.Politique{})
	require.NoError(t, err)
	require.Equal(t, n, table.Len())
	var cles []simphonie.CleAMC
	for i, l := range strings.Split(strings.TrimSpace(r), "\n")[1:] {
		c := strings.Split(l, ";")
		k := simphonie.CleAMC{Numero: simphonie.NumeroAMC("0" + c[0]), Convention: c[1], CSR: strings.ReplaceAll(c[2], "?", "7"), Domaine: simphonie.Domaine(c[3])}
		if k.Domaine == "" {
			k.Domaine = simphonie.Externe
		}
		if i%10 == 9 {
			k.Numero = "999" // one key of ten is unknown
		}
		cles = append(cles, k)
	}
	g := rand.New(rand.NewPCG(3, 4))
	g.Shuffle(len(cles), func(i, j int) { cles[i], cles[j] = cles[j], cles[i] })
	return table, cles
}

// A search allocates nothing, ties included.
func TestTableSansAllocation(t *testing.T) {
	table, cles := tableDe(t, 5000)
	dst, n, choix := make([]*annuaire.Route, 0, 16), 0, 0
	assert.Zero(t, testing.AllocsPerRun(len(cles), func() {
		if dst = table.Cherche(dst[:0], cles[n%len(cles)]); len(dst) > 1 {
			choix++
		}
		n++
	}))
	assert.Positive(t, choix)
}
