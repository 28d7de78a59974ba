package dossier_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/roc/dossier"
)

// Dossiers that a former release saved are read, and written the same way.
// The files are kept for ever: a new form adds files of its own version.
func TestFormesGardees(t *testing.T) {
	fs, err := filepath.Glob("testdata/v1-*.json")
	require.NoError(t, err)
	require.Len(t, fs, len(situations))
	for _, f := range fs {
		b, err := os.ReadFile(f)
		require.NoError(t, err)
		d, err := dossier.Decode(b)
		require.NoError(t, err, f)
		encore, err := dossier.Encode(d)
		require.NoError(t, err)
		assert.JSONEq(t, string(b), string(encore), f)
		assert.Contains(t, f, nomFichier(decrit(d)))
	}
}

// nomFichier names the file of a situation.
func nomFichier(s string) string {
	return strings.NewReplacer("+", "-", "?", "-perdu", "*", "-perime").Replace(s) + ".json"
}

// Every situation comes back as it was saved.
func TestAllerRetour(t *testing.T) {
	for _, s := range situations {
		var c compteur
		d := joue(t, &c, dossier.Politique{}, s.chemin)
		b, err := dossier.Encode(&d)
		require.NoError(t, err, s.nom)
		relu, err := dossier.Decode(b)
		require.NoError(t, err, s.nom)
		assert.Equal(t, &d, relu, s.nom)
		if dir := os.Getenv("ECRIT_FORMES"); dir != "" { // for a new version only
			require.NoError(t, os.WriteFile(filepath.Join(dir, "v1-"+nomFichier(s.nom)), append(b, '\n'), 0o600))
		}
	}
}

// What no sequence of events gives is refused.
func TestDecodeRefuse(t *testing.T) {
	var c compteur
	d := joue(t, &c, dossier.Politique{}, "IDB+ CLC> CLC+ emet")
	b, err := dossier.Encode(&d)
	require.NoError(t, err)
	bon := string(b)
	for _, x := range []struct{ de, a, code string }{
		{`"version":1`, `"version":2`, "ROC-DOSSIER-VERSION"},
		{`"venue":"26000001"`, `"venue":""`, "ROC-DOSSIER-CLE"},
		{`"amc":"434243085","etat"`, `"amc":"0434243085","etat"`, "ROC-DOSSIER-CLE"},
		{`"etat":"facture"`, `"etat":"identifie"`, "ROC-DOSSIER-INCOHERENT"},
		{`"etat":"facture"`, `"etat":"paye"`, "ROC-DOSSIER-INCOHERENT"},
		{`"etat":"facture"`, `"etat":"calcule"`, "ROC-DOSSIER-INCOHERENT"},
		{`"etat":"facture"`, `"etat":"nouveau"`, "ROC-DOSSIER-VALEUR"},
		{`"statut":"repondu"`, `"statut":"parti"`, "ROC-DOSSIER-INCOHERENT"},
		{`"total":"30.00"`, `"total":"31.00"`, "ROC-DOSSIER-INCOHERENT"},
		{`"lignes":2`, `"lignes":3`, "ROC-DOSSIER-INCOHERENT"},
		{`"version":1`, `"version":1,"inconnu":1`, "JSON-"},
	} {
		require.Contains(t, bon, x.de)
		_, err := dossier.Decode([]byte(strings.Replace(bon, x.de, x.a, 1)))
		assert.ErrorContains(t, err, x.code, "%s -> %s", x.de, x.a)
	}
	_, err = dossier.Encode(nil)
	assert.ErrorContains(t, err, "ROC-DOSSIER-CLE")
	_, err = dossier.New("", "1")
	assert.ErrorContains(t, err, "ROC-DOSSIER-CLE")
	assert.False(t, strings.Contains(canari.Montre(d), "libellé"), "labels may quote the patient")
}

func FuzzDecode(f *testing.F) {
	fs, _ := filepath.Glob("testdata/v1-*.json")
	for _, nom := range fs {
		b, _ := os.ReadFile(nom)
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := dossier.Decode(b)
		if err != nil {
			return
		}
		encore, err := dossier.Encode(d)
		require.NoError(t, err)
		relu, err := dossier.Decode(encore)
		require.NoError(t, err)
		deux, err := dossier.Encode(relu)
		require.NoError(t, err)
		require.Equal(t, string(encore), string(deux))
		var c compteur
		for _, ev := range evenements(&c) {
			s := d.Applique(ev.e(d), dossier.Politique{}) // no panic, whatever was saved
			if s.Refuse {
				require.NotEmpty(t, s.Anomalies)
			}
		}
	})
}
