package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/examples/fictif"
	"github.com/simphonie/simphonie/fides/ace"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/tarif"
	"github.com/simphonie/simphonie/urgences"
)

const venue = `{"venue":"900000002","etablissement":{"finess":"750712184","secteur":"ex-dg","territoire":"metropole","eps":true},` +
	`"entree":"2026-05-12","sortie":"2026-05-12","naissance":"1980-06-15","droits":{"support":"cdri","organisme":{"regime":"01","caisse":"751","centre":"0000"},` +
	`"medecinTraitant":{"declare":true}},` +
	`"prestations":[{"nomenclature":"ngap","code":"CS","execution":"2026-05-12","executant":{"specialite":"15"},"parcours":"medecin-traitant"},` +
	`{"nomenclature":"ccam","ccam":{"acte":"ZZFA901","activite":"1","phase":"0"},"execution":"2026-05-12","executant":{"specialite":"04"},"parcours":"medecin-traitant"}]}`

func demandeDe(id, v, suite string) string {
	return `{"format":"simphonie.ace.demande/1","id":"` + id + `","venue":` + v + suite + "}"
}

func reponses(t *testing.T, entree string) []reponse {
	t.Helper()
	o, err := (&reglages{fictif: true, connuAu: "2026-11-01", explique: true}).options()
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

// The requests of the documentation are priced.
func TestDemandes(t *testing.T) {
	b, err := os.ReadFile("demandes.jsonl")
	require.NoError(t, err)
	dossier := filepath.Join("..", "fictif", "ace")
	autres := filepath.Join("..", "fictif")
	o, err := (&reglages{tables: dossier + "/", taux: filepath.Join(dossier, "taux-base.csv"), droits: filepath.Join(autres, "tables-droits.csv"),
		connuAu: "2026-11-01"}).options()
	require.NoError(t, err, "the rates may lie beside the tables")
	var s strings.Builder
	require.NoError(t, repondsTous(strings.NewReader(string(b)), &s, o))
	assert.Contains(t, s.String(), `"issue":"facturable"`)
	for _, r := range reponses(t, string(b)) {
		require.NotNil(t, r.Resultat, "%+v", r.Erreur)
		assert.Equal(t, ace.Facturable, r.Resultat.Issue, "%v", r.Resultat.Anomalies)
		assert.Empty(t, r.Resultat.Anomalies)
	}
}

// Each line has its answer, in order, whatever is wrong with the others.
func TestFiltre(t *testing.T) {
	rs := reponses(t, strings.Join([]string{
		demandeDe("a", venue, ""),
		"{",
		`{"format":"simphonie.ace.demande/2","id":"c","venue":{}}`,
		demandeDe("d", `{"venu":"1"}`, ""),
		demandeDe("e", strings.Replace(venue, "ZZFA901", "NONE001", 1), ""),
		demandeDe("f", "{}", ""),
	}, "\n"))
	require.Len(t, rs, 6)
	require.NotNil(t, rs[0].Resultat, "%+v", rs[0].Erreur)
	require.Equal(t, ace.Facturable, rs[0].Resultat.Issue, "%v", rs[0].Resultat.Anomalies)
	f := &rs[0].Resultat.Factures[0]
	assert.Len(t, f.Lignes, 2)
	assert.Empty(t, f.Verify())
	require.NoError(t, f.Explication.Prouve(&f.Facture), "an explanation that was read back proves its invoice")
	for i, code := range map[int]string{1: "JSON-SYNTAXE", 2: "JSON-FORMAT", 3: "JSON-CHAMP"} {
		require.NotNil(t, rs[i].Erreur, "%d", i)
		assert.Equal(t, code, string(rs[i].Erreur.Code), "%d", i)
	}
	assert.Equal(t, ace.AVerifier, rs[4].Resultat.Issue, "an act that the tables do not know")
	absent := nomenclature.Absent{Table: "prix", Cle: "CS"}
	assert.Equal(t, []nomenclature.Absent{absent}, decris(errors.Join(&absent)).Manquants)
	assert.Equal(t, "a-verifier", string(rs[5].Resultat.Issue))

	avant, err := json.Marshal(rs[0].Resultat)
	require.NoError(t, err)
	rs = reponses(t, demandeDe("g", strings.Replace(venue, `"prestations"`, `"amc":"0012345678","prestations"`, 1), `,"avant":`+string(avant)))
	require.NotNil(t, rs[0].Difference, "%+v", rs[0].Erreur)
	assert.Empty(t, rs[0].Difference.Lignes)
}

// A kept answer is read by every later release.
func TestReponseGardee(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("testdata", "reponse.v1.json"))
	require.NoError(t, err)
	var r reponse
	require.NoError(t, json.Unmarshal(b, &r))
	f := &r.Resultat.Factures[0]
	assert.Empty(t, f.Verify())
	require.NoError(t, f.Explication.Prouve(&f.Facture))
	assert.Equal(t, tarif.Code("CS"), f.Lignes[0].Code)
}

// An emergency visit for gynaecology leaves the emergency engine with an ATU due:
// the ATU and the acts are priced here, from the same identity, dates and rights.
func TestATUDue(t *testing.T) {
	connuAu := simphonie.MustJour("2026-11-01")
	ou, err := fictif.Urgences(connuAu)
	require.NoError(t, err)
	oa, err := fictif.ACE(connuAu)
	require.NoError(t, err)
	var p urgences.Passage
	require.NoError(t, json.Unmarshal([]byte(`{"venue":"900000001","etablissement":{"finess":"750712184","secteur":"ex-dg","territoire":"metropole","structureAutorisee":true},
		"naissance":"1990-06-15","debutSoins":"2026-05-12T10:00:00+02:00","orientation":"domicile","motif":"gynecologique","soinsComplets":true,
		"modeArrivee":"personnel","ccmu":"1","droits":{"support":"cdri","organisme":{"regime":"01","caisse":"751","centre":"0000"}}}`), &p))
	r, err := urgences.Compute(&p, ou)
	require.NoError(t, err)
	require.Equal(t, urgences.ATUDue, r.Issue)
	jour := simphonie.JourOf(p.DebutSoins)
	v := ace.VenueATU(ace.Venue{Venue: p.Venue, Naissance: p.Naissance, Droits: p.Droits, AMC: p.AMC, Entree: jour, Sortie: jour,
		Etablissement: ace.Etablissement{FINESS: p.Etablissement.FINESS, Secteur: p.Etablissement.Secteur, Territoire: p.Etablissement.Territoire}},
		ace.Prestation{Nomenclature: droits.NGAP, Code: "CS", Execution: jour, Executant: ace.Executant{Specialite: "07"}})
	res, err := ace.Compute(v, oa)
	require.NoError(t, err)
	require.Equal(t, ace.Facturable, res.Issue, "%v", res.Anomalies)
	f := &res.Factures[0]
	assert.Equal(t, "U CS ATU", f.IPS+" "+string(f.Lignes[0].Code)+" "+string(f.Lignes[1].Code))
	assert.Equal(t, f.Lignes[1].Taux, f.Lignes[0].Taux, "linked acts have the rate of the forfait")
}
