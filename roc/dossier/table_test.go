package dossier_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/roc/dossier"
)

// situations are every state, with what may be awaited there, and how to come
// to it. After: + a service that is awaited, ? its answer is lost, * the inputs
// have changed.
var situations = []struct{ nom, chemin string }{
	{"inconnu", ""},
	{"identifie", "IDB+"},
	{"simule", "IDB+ SIM+"},
	{"inconnu+clc", "IDB+ CLC> IDB-"},
	{"inconnu+clc?", "IDB+ CLC> perdue IDB-"},
	{"identifie+clc", "IDB+ CLC>"},
	{"identifie+clc?", "IDB+ CLC> perdue"},
	{"simule+clc", "IDB+ SIM+ CLC>"},
	{"simule+clc?", "IDB+ SIM+ CLC> CLC?"},
	{"calcule", "IDB+ CLC> CLC+"},
	{"calcule*", "IDB+ CLC> CLC+ change"},
	{"calcule+del", "IDB+ CLC> CLC+ DEL>"},
	{"calcule+del?", "IDB+ CLC> CLC+ DEL> perdue"},
	{"facture", "IDB+ CLC> CLC+ emet"},
	{"paye", "IDB+ CLC> CLC+ emet paye"},
	{"part-paye", "IDB+ CLC> CLC+ emet partie"},
	{"rejete", "IDB+ CLC> CLC+ emet rejet"},
	{"annule", "IDB+ CLC> CLC+ DEL> DEL+"},
	{"annule+clc", "IDB+ CLC> CLC+ DEL> DEL+ CLC>"},
	{"annule+clc?", "IDB+ CLC> CLC+ DEL> DEL+ CLC> perdue"},
}

// Every event in every situation, by the safe policy. The table was judged cell
// by cell; nothing rewrites it.
func TestTable(t *testing.T) {
	b, err := os.ReadFile("testdata/table.txt")
	require.NoError(t, err)
	attendu := map[string]string{}
	for ligne := range strings.Lines(string(b)) {
		if ligne = strings.TrimSpace(ligne); ligne != "" && ligne[0] != '#' {
			champs := strings.Fields(ligne)
			require.Len(t, champs, 3, ligne)
			for situation := range strings.SplitSeq(champs[0], ",") {
				for ev := range strings.SplitSeq(champs[1], ",") {
					k := situation + " " + ev
					require.NotContains(t, attendu, k, "twice")
					attendu[k] = strings.Replace(champs[2], "=", situation, 1)
				}
			}
		}
	}
	var c compteur
	n := 0
	for _, s := range situations {
		for i, ev := range evenements(&c) {
			d := joue(t, &c, dossier.Politique{}, s.chemin)
			require.Equal(t, s.nom, decrit(&d))
			avant := d
			suite := d.Applique(evenements(&c)[i].e(&d), dossier.Politique{})
			obtenu := decrit(&suite.Dossier)
			if suite.Refuse {
				obtenu = "!" + string(suite.Anomalies[0].Code)
				assert.Equal(t, avant, suite.Dossier)
				assert.True(t, suite.Anomalies.Stoppent())
				assert.Empty(t, suite.Effets)
			}
			k := s.nom + " " + ev.nom
			assert.Equal(t, attendu[k], obtenu, k)
			assert.Equal(t, avant, d, "the dossier itself is unchanged")
			delete(attendu, k)
			n++
		}
	}
	assert.Empty(t, attendu, "cells that no situation has")
	t.Logf("%d situations, %d events, %d cells", len(situations), len(evenements(&c)), n)
}
