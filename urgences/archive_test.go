package urgences_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/examples/fictif"
	"github.com/simphonie/simphonie/tarif"
	"github.com/simphonie/simphonie/urgences"
)

// archiver adds an archive of the results of today; an archive that exists is
// never written again.
var archiver = flag.String("archiver", "", "name of an archive of results to add under testdata/archive")

// archive is what a past release was asked and what it answered.
type archive struct {
	ConnuAu         simphonie.Jour           `json:"connuAu"`
	Interpretations urgences.Interpretations `json:"interpretations"`
	Cas             []casArchive             `json:"cas"`
}

type casArchive struct {
	Titre    string          `json:"titre"`
	Passage  json.RawMessage `json:"passage"`
	Resultat json.RawMessage `json:"resultat"`
}

// optionsArchive reads the prices and lists kept with an archive.
func optionsArchive(t *testing.T, dir string, a *archive) *urgences.Options {
	t.Helper()
	ouvre := func(nom string) *os.File {
		f, err := os.Open(filepath.Join(dir, nom))
		require.NoError(t, err)
		t.Cleanup(func() { f.Close() })
		return f
	}
	o := &urgences.Options{ConnuAu: a.ConnuAu, Interpretations: a.Interpretations}
	var err error
	o.Tarifs, err = urgences.ChargerTarifs(ouvre("tarifs.csv"))
	require.NoError(t, err)
	for nom, l := range map[string]**tarif.Liste{"actes-annexe2": &o.ActesAnnexe2, "diagnostics-pe1": &o.DiagnosticsPE1, "diagnostics-pe2": &o.DiagnosticsPE2} {
		*l, err = tarif.LoadListe("FICTIF "+nom, ouvre(nom+".csv"))
		require.NoError(t, err)
	}
	o.Circuits, err = urgences.LoadCircuits(ouvre("circuits.csv"))
	require.NoError(t, err)
	return o
}

func resultatJSON(t *testing.T, passage json.RawMessage, o *urgences.Options) json.RawMessage {
	t.Helper()
	p, err := urgences.ParsePassage(passage)
	require.NoError(t, err)
	r, err := urgences.Compute(&p, o)
	require.NoError(t, err)
	b, err := json.Marshal(r)
	require.NoError(t, err)
	return b
}

// TestArchive: what was answered once is answered again, to the byte. A change
// that breaks it is a new rule set, not a correction in silence.
func TestArchive(t *testing.T) {
	if *archiver != "" {
		ajouteArchive(t, filepath.Join("testdata", "archive", *archiver))
	}
	dirs, err := filepath.Glob(filepath.Join("testdata", "archive", "*"))
	require.NoError(t, err)
	require.NotEmpty(t, dirs)
	for _, dir := range dirs {
		b, err := os.ReadFile(filepath.Join(dir, "archive.json"))
		require.NoError(t, err)
		var a archive
		require.NoError(t, json.Unmarshal(b, &a))
		require.Greater(t, len(a.Cas), 30)
		o := optionsArchive(t, dir, &a)
		for _, c := range a.Cas {
			var attendu bytes.Buffer
			require.NoError(t, json.Compact(&attendu, c.Resultat))
			assert.Equal(t, attendu.String(), string(resultatJSON(t, c.Passage, o)), "%s: %s", dir, c.Titre)
		}
	}
}

func ajouteArchive(t *testing.T, dir string) {
	t.Helper()
	require.NoError(t, os.Mkdir(dir, 0o755), "an archive is never written again")
	fichiers, err := filepath.Glob(filepath.Join("..", "examples", "fictif", "*.csv"))
	require.NoError(t, err)
	for _, f := range fichiers {
		b, err := os.ReadFile(f)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, filepath.Base(f)), b, 0o644))
	}
	a := archive{ConnuAu: jour(connuAu)}
	o, err := fictif.Urgences(a.ConnuAu)
	require.NoError(t, err)
	a.Interpretations = o.Interpretations
	b, err := os.ReadFile(filepath.Join("..", "examples", "parcours", "passages.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, &a.Cas))
	for i := range a.Cas {
		a.Cas[i].Resultat = resultatJSON(t, a.Cas[i].Passage, o)
	}
	var sortie strings.Builder
	e := json.NewEncoder(&sortie)
	e.SetIndent("", " ")
	require.NoError(t, e.Encode(a))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "archive.json"), []byte(sortie.String()), 0o644))
}
