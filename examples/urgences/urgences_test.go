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
	require.NoError(t, repondsTous(strings.NewReader(entree), &b, o))
	var rs []reponse
	for ligne := range strings.Lines(b.String()) {
		var x reponse
		require.NoError(t, json.Unmarshal([]byte(ligne), &x))
		rs = append(rs, x)
	}
	return rs
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
	assert.Equal(t, "d", rs[3].ID)
	assert.Equal(t, 1+strings.Index(demandeDe("d", `{"venu":"1"}`), `"venu"`), rs[3].Erreur.Colonne, "a column of the whole line")
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
	go func() { fini <- repondsTous(er, sw, o) }()
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
	rs := repondA(t, demandeDe("a", passage), reglages{tarifs: tarifs, connuAu: "2026-11-01", annexe2: liste, pe1: liste, pe2: liste, circuits: circuits,
		lectures: ecrit("lectures.json", `{"prixPatient":"deduits"}`), emission: "2026-11-02", delaiForce: "demande de la caisse"})
	require.Len(t, rs, 1)
	o, err := (&reglages{tarifs: tarifs, connuAu: "2026-11-01", annexe2: liste, pe1: liste, pe2: liste}).options()
	require.NoError(t, err)
	assert.True(t, o.ActesAnnexe2 != nil && o.DiagnosticsPE1 != nil && o.DiagnosticsPE2 != nil, "one file may serve for all the lists")
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

// The life of a visit from another language: the part at discharge, the
// forfaits, their fusion, the cancellation, each from what was answered before.
func TestOperations(t *testing.T) {
	demande := func(operation, reste string) string {
		return `{"format":"simphonie.urgences.demande/1","id":"x","operation":"` + operation + `",` + reste + "}"
	}
	une := func(ligne string) reponse {
		rs := repondA(t, ligne, fictifs)
		require.Len(t, rs, 1)
		return rs[0]
	}
	texte := func(v any) string {
		b, err := json.Marshal(v)
		require.NoError(t, err)
		return string(b)
	}
	part := une(demande("part-patient", `"passage":`+passage))
	suite := une(demande("forfaits", `"passage":`+passage))
	tout := une(demande("fusion", `"passage":`+passage+`,"partPatient":`+texte(part.Resultat)+`,"forfaits":`+texte(suite.Resultat)))
	require.NotNil(t, tout.Resultat, "%+v", tout.Erreur)
	assert.Equal(t, "facturable", string(tout.Resultat.Issue))
	assert.Len(t, tout.Resultat.Facture.Lignes, 2)
	fin := une(demande("requalification", `"emise":`+texte(tout.Resultat)+`,"orientation":"uhcd","encaissements":[{"debiteur":{"type":"patient"},"montant":"23.00"}]`))
	require.NotNil(t, fin.Requalification, "%+v", fin.Erreur)
	assert.Equal(t, "23.00", fin.Requalification.Remboursements[0].Montant.String())
	for operation, code := range map[string]string{"payer": "JSON-OPERATION", "fusion": "URG-PASSAGE", "requalification": "URG-REQUALIFICATION-MOTIF", "complet": "URG-PASSAGE"} {
		assert.Equal(t, code, string(une(demande(operation, `"orientation":"domicile"`)).Erreur.Code), operation)
	}
}
