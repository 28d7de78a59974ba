package cdritest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/cdri/cdritest"
)

// Each line is answered once, the last first; instants are those of the server.
func TestLot(t *testing.T) {
	a := nouvelAppelant(t)
	statut, rep := a.lot(lot(ordinaire, demande(connu(t, "inconnu")), demande(connu(t, "ald"))))
	require.Equal(t, http.StatusOK, statut, rep)
	var correlations []string
	for _, l := range strings.Split(rep, "<Correlation>")[1:] {
		c, apres, _ := strings.Cut(l, "<")
		correlations = append(correlations, c)
		assert.Contains(t, apres, map[string]string{"1": "<NomFamille>ADRDEUX<", "2": "<Code>NON_TROUVE<", "3": "<Code>13<"}[c])
	}
	assert.Equal(t, []string{"3", "2", "1"}, correlations)
	assert.Contains(t, rep, "consulterDroitsLotResponse<")
	assert.Equal(t, map[cdritest.Criteres]int{connu(t, "ordinaire").Criteres: 1, connu(t, "inconnu").Criteres: 1, connu(t, "ald").Criteres: 1}, a.s.Demandes())
}

func TestLotRefuse(t *testing.T) {
	a := nouvelAppelant(t)
	lignes := func(n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(ligne(fmt.Sprint(i), ordinaire))
		}
		return `<ConsulterDroitsLot xmlns="` + espace + `">` + b.String() + `</ConsulterDroitsLot>`
	}
	statut, rep := a.lot(lignes(cdritest.LotMax))
	require.Equal(t, http.StatusOK, statut, rep)
	assert.Equal(t, 100, strings.Count(rep, "<DroitsConsultes>"))
	for nom, corps := range map[string]string{
		"no line":                 lignes(0),
		"101 lines":               lignes(cdritest.LotMax + 1),
		"a correlation twice":     strings.Replace(lot(ordinaire, ordinaire), "<Correlation>2<", "<Correlation>1<", 1),
		"correlation of 37":       strings.Replace(lot(ordinaire), "<Correlation>1<", "<Correlation>"+strings.Repeat("1", 37)+"<", 1),
		"correlation with a dot":  strings.Replace(lot(ordinaire), "<Correlation>1<", "<Correlation>1.1<", 1),
		"no correlation":          strings.Replace(lot(ordinaire), "<Correlation>1</Correlation>", "", 1),
		"no request":              strings.Replace(lot(ordinaire), ordinaire, "", 1),
		"two requests":            lot(ordinaire + ordinaire),
		"correlation after":       strings.Replace(strings.Replace(lot(ordinaire), "<Correlation>1</Correlation>", "", 1), "</Ligne>", "<Correlation>1</Correlation></Ligne>", 1),
		"something beside":        strings.Replace(lot(ordinaire), "</Ligne>", "<Autre/></Ligne>", 1),
		"a unit request":          ordinaire,
		"an attribute":            strings.Replace(lot(ordinaire), "<Ligne>", `<Ligne rang="1">`, 1),
		"another namespace":       strings.Replace(lot(""), espace, "urn:autre", 1),
		"a namespace to the line": strings.Replace(lot(ordinaire), "<Ligne>", `<Ligne xmlns="urn:autre">`, 1),
	} {
		statut, rep := a.lot(corps)
		assert.Equal(t, http.StatusInternalServerError, statut, nom)
		assert.Contains(t, rep, `code="reference_requete"`, nom)
	}
	statut, _ = a.unite(lot(ordinaire))
	assert.Equal(t, http.StatusInternalServerError, statut, "a batch under the action of the unit call")
	assert.Equal(t, 100, a.s.Demandes()[connu(t, "ordinaire").Criteres])
}

// What may go wrong with one line, then all is well again.
func TestLignes(t *testing.T) {
	a := nouvelAppelant(t)
	qui := connu(t, "ald")
	corps := lot(demande(qui), ordinaire)
	require.NoError(t, a.s.EnfileLignes(qui.Criteres, "indisponible", "erreur:REFUS_1", "erreur-passagere:ATTENTE", "absente", "double", "inconnue", "normale"))
	erreur := func(code, reessayable string) string {
		return "<Ligne><Correlation>1</Correlation><Erreur><Code>" + code + "</Code><Reessayable>" + reessayable + "</Reessayable></Erreur></Ligne>"
	}
	for i, c := range []struct {
		contient string
		lignes   int // of ours
	}{
		{"<Erreur><Code>INDISPONIBLE</Code><Libelle>Régime indisponible</Libelle><Reessayable>true</Reessayable></Erreur>", 1},
		{erreur("REFUS_1", "false"), 1}, {erreur("ATTENTE", "true"), 1}, {"", 0}, {"<Code>13</Code>", 2}, {"<Correlation>inconnue-1</Correlation>", 0},
		{"<Code>13</Code>", 1}, {"<Code>13</Code>", 1},
	} {
		statut, rep := a.lot(corps)
		assert.Equal(t, http.StatusOK, statut, rep)
		assert.Contains(t, rep, c.contient, "%d", i)
		assert.Equal(t, c.lignes, strings.Count(rep, "<Correlation>1</Correlation>"), "%d", i)
		assert.Equal(t, 1, strings.Count(rep, "<Correlation>2</Correlation>"), "%d", i)
	}
	assert.Equal(t, 8, a.s.Demandes()[qui.Criteres], "asked, however answered")

	_, rep := a.lot(lot(demande(connu(t, "indisponible-une-fois"))))
	assert.Contains(t, rep, "INDISPONIBLE")
	_, rep = a.lot(lot(demande(connu(t, "indisponible-une-fois"))))
	assert.Contains(t, rep, "<Code>TROUVE</Code>")
	for _, faux := range []cdritest.ScenarioLigne{"", "autre", "erreur", "erreur:", "erreur:minuscule", "normale:1", "double:2"} {
		assert.ErrorContains(t, a.s.EnfileLignes(qui.Criteres, faux), "no line scenario", faux)
	}
}
