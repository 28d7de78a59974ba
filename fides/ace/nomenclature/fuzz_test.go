package nomenclature_test

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/examples/fictif"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/internal/dbf/dbftest"
	"testing/fstest"
)

// What is accepted is written, read again the same, and written the same.
func allerRetour(t *testing.T, nom string, texte string) {
	ts, err := nomenclature.Load(nom, strings.NewReader(texte))
	if err != nil {
		return
	}
	ecrit := texteDe(t, ts, nom)
	encore, err := nomenclature.Load(nom, strings.NewReader(ecrit))
	require.NoError(t, err, ecrit)
	assert.Equal(t, ts.Empreinte(), encore.Empreinte())
	assert.Equal(t, ecrit, texteDe(t, encore, nom))
}

// The fictitious tables go through the same.
func TestAllerRetour(t *testing.T) {
	ts := fictives(t)
	for _, nom := range nomenclature.Fichiers() {
		if b, err := fs.ReadFile(fictif.FichiersACE(), nom); err == nil {
			allerRetour(t, nom, string(b))
			seul, err := nomenclature.Load(nom, bytes.NewReader(b))
			require.NoError(t, err)
			assert.Equal(t, texteDe(t, ts, nom), texteDe(t, seul, nom))
		}
	}
}

func FuzzLoad(f *testing.F) {
	for i, nom := range nomenclature.Fichiers() {
		if b, err := fs.ReadFile(fictif.FichiersACE(), nom); err == nil {
			lignes := strings.SplitAfterN(string(b), "\n", 8)
			f.Add(i, strings.Join(lignes[1:min(7, len(lignes))], ""))
		}
	}
	f.Add(1, fichier("prix.csv", "CS;*;*;*;assures;1", "CS;*;ex-dg;metropole;assures;2"))
	f.Fuzz(func(t *testing.T, i int, texte string) {
		noms := nomenclature.Fichiers()
		allerRetour(t, noms[uint(i)%uint(len(noms))], texte)
	})
}

// Bytes of a table never do more than an error.
func FuzzLoadCCAM(f *testing.F) {
	tables := archives()
	f.Add("R_PU_BASE", tables["sous/dossier/r_pu_base.dbf"].Data)
	f.Add("R_ACTE", tables["sous/dossier/r_acte.dbf"].Data)
	f.Add("TB11", dbftest.Table([]string{"MODIFICATEU:C1", "GRILLE:C3", "COEF:N6", "FORFAIT:N6", "DU:D8"}, []string{"J", "3", "-1", "", "20200101"}))
	o := colonnesCoupees(reglages())
	f.Fuzz(func(t *testing.T, nom string, b []byte) {
		m := archives()
		m["sous/dossier/"+strings.ToLower(nom)+".dbf"] = &fstest.MapFile{Data: b}
		ts, err := nomenclature.LoadCCAM(o, m)
		if err != nil {
			return
		}
		for _, n := range nomenclature.Fichiers() {
			allerRetour(t, n, texteDe(t, ts, n))
		}
	})
}

// An archive that is no zip is refused by archive/zip, one that lies by its tables.
func FuzzZip(f *testing.F) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	e, _ := w.Create("TB19.dbf")
	_, _ = e.Write(archives()["sous/dossier/tb19.dbf"].Data)
	_ = w.Close()
	f.Add(b.Bytes())
	o := colonnesCoupees(reglages())
	f.Fuzz(func(t *testing.T, b []byte) {
		if r, err := zip.NewReader(bytes.NewReader(b), int64(len(b))); err == nil {
			_, _ = nomenclature.LoadCCAM(o, r)
		}
	})
}
