package main

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const passage = `{"venue":"900000001","etablissement":{"finess":"750712184","secteur":"ex-dg","territoire":"metropole","structureAutorisee":true},` +
	`"naissance":"1990-06-15","debutSoins":"2026-03-04T10:00:00+01:00","orientation":"domicile","motif":"general","soinsComplets":true,` +
	`"modeArrivee":"personnel","ccmu":"1","droits":{"support":"cdri","organisme":{"regime":"01","caisse":"751","centre":"0000"}}}`

func demandeDe(id, p string) string {
	return `{"format":"simphonie.urgences.demande/1","id":"` + id + `","passage":` + p + "}"
}

func repondA(t *testing.T, entree string, r reglages) []reponse {
	t.Helper()
	o, err := r.options()
	require.NoError(t, err)
	var b strings.Builder
	require.NoError(t, filtre(strings.NewReader(entree), &b, o))
	var rs []reponse
	for ligne := range strings.Lines(b.String()) {
		var x reponse
		require.NoError(t, json.Unmarshal([]byte(sansExplication(t, ligne)), &x))
		rs = append(rs, x)
	}
	return rs
}

// sansExplication drops the explanation, which is written and not read back.
func sansExplication(t *testing.T, ligne string) string {
	t.Helper()
	var m map[string]any
	require.NoError(t, json.Unmarshal([]byte(ligne), &m))
	if r, ok := m["resultat"].(map[string]any); ok {
		delete(r, "explication")
	}
	b, err := json.Marshal(m)
	require.NoError(t, err)
	return string(b)
}

var fictifs = reglages{fictif: true, connuAu: "2026-11-01", explique: true}

// Each line has its answer, in order, whatever is wrong with the others.
func TestFiltre(t *testing.T) {
	rs := repondA(t, strings.Join([]string{
		demandeDe("a", passage),
		"",
		"{",
		`{"format":"simphonie.urgences.demande/2","id":"c","passage":{}}`,
		demandeDe("d", `{"venu":"1"}`),
		demandeDe("e", strings.Replace(passage, `"domicile"`, `"uhcd"`, 1)),
		demandeDe("f", strings.Replace(passage, "2026-03-04", "2025-03-04", 1)[:len(passage)-1]+`,"biologie":["2025-03-04T10:00:00+01:00"]}`),
		demandeDe("g", strings.Replace(strings.Replace(passage, "2026-03-04", "2025-03-04", 1), "ex-dg", "ex-oqn", 1)),
		demandeDe("h", `"`+strings.Repeat("x", maxLigne)+`"`),
		demandeDe("i", passage),
	}, "\n"), fictifs)
	require.Len(t, rs, 9)
	assert.Equal(t, "a", rs[0].ID)
	assert.Equal(t, "30.33", rs[0].Resultat.Facture.Lignes[0].Honoraires.String())
	for i, code := range map[int]string{1: "JSON-SYNTAXE", 2: "JSON-FORMAT", 3: "JSON-CHAMP", 6: "TARIF-NON-CHARGE", 7: "JSON-LIGNE-TROP-LONGUE"} {
		require.NotNil(t, rs[i].Erreur, "%d", i)
		assert.Equal(t, code, string(rs[i].Erreur.Code), "%d", i)
	}
	assert.Equal(t, "venu", rs[3].Erreur.Chemin)
	assert.Equal(t, "non-facturable", string(rs[4].Resultat.Issue))
	assert.Equal(t, "facturable", string(rs[5].Resultat.Issue))
	assert.Equal(t, "FU2", string(rs[6].Erreur.Manquants[0].Code))
	assert.Equal(t, "i", rs[8].ID, "the last line needs no end of line")
}

// An answer does not wait for the next request.
func TestFiltreRepondAussitot(t *testing.T) {
	o, err := fictifs.options()
	require.NoError(t, err)
	er, ew := io.Pipe()
	sr, sw := io.Pipe()
	fini := make(chan error, 1)
	go func() { fini <- filtre(er, sw, o) }()
	lecteur := bufio.NewReader(sr)
	for range 3 {
		_, err := io.WriteString(ew, demandeDe("a", passage)+"\n")
		require.NoError(t, err)
		ligne, err := lecteur.ReadString('\n')
		require.NoError(t, err)
		assert.Contains(t, ligne, `"issue":"facturable"`)
	}
	require.NoError(t, ew.Close())
	assert.NoError(t, <-fini)
}

func TestReglages(t *testing.T) {
	dir := t.TempDir()
	ecrit := func(nom, texte string) string {
		f := filepath.Join(dir, nom)
		require.NoError(t, os.WriteFile(f, []byte(texte), 0o600))
		return f
	}
	tarifs := ecrit("tarifs.csv", "code;secteur;zone;du;au;montant;reference;connu_le\nFU2;ex-dg;metropole;2026-03-01;;12.34;FICTIF;2026-02-28\n")
	liste := ecrit("liste.csv", "code;du;au;reference;connu_le\nZZZZ901;2022-01-01;;FICTIF;2022-01-01\n")
	circuits := ecrit("circuits.csv", "finess;population;du;circuit\n750712184;*;2022-01-01;amo-direct\n")
	rs := repondA(t, demandeDe("a", passage), reglages{tarifs: tarifs, connuAu: "2026-11-01", annexe2: liste, pe1: liste, pe2: liste, circuits: circuits, prixDeduits: true})
	require.Len(t, rs, 1)
	assert.Equal(t, "12.34", rs[0].Resultat.Facture.Lignes[0].Honoraires.String())
	assert.Equal(t, "amo-direct", string(rs[0].Resultat.Circuit))

	faux := ecrit("faux.csv", "x")
	for nom, r := range map[string]reglages{
		"-connu-au": {fictif: true}, "one of -tarifs": {connuAu: "2026-11-01"}, "TARIF-ENTETE": {connuAu: "2026-11-01", tarifs: faux},
		"faux.csv":     {connuAu: "2026-11-01", tarifs: tarifs, annexe2: faux},
		"URG-CIRCUITS": {connuAu: "2026-11-01", tarifs: tarifs, circuits: faux},
		"absent":       {connuAu: "2026-11-01", tarifs: filepath.Join(dir, "absent")},
	} {
		_, err := r.options()
		assert.ErrorContains(t, err, nom)
	}
}
