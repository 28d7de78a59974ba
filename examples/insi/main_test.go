package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/insi/insitest"
)

func lance(t *testing.T, entree string, env map[string]string, args ...string) (code int, sortie, erreurs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = execute(t.Context(), args, func(k string) string { return env[k] }, strings.NewReader(entree), &o, &e)
	return code, o.String(), e.String()
}

func TestSimulateur(t *testing.T) {
	code, sortie, erreurs := lance(t, "", nil)
	assert.Equal(t, trouvee, code, erreurs)
	assert.Contains(t, sortie, "appel 1 : prenom-seul 1 → 01")
	assert.Contains(t, sortie, "appel 2 : prenom-seul 2 → 00")
	assert.Contains(t, sortie, "matricule ***, INS-NIR")
	assert.NotContains(t, sortie, "TCHITCHI")
	code, sortie, _ = lance(t, "", nil, "-clair")
	assert.Equal(t, trouvee, code)
	assert.Contains(t, sortie, "matricule 236066322083656, INS-NIR (1.2.250.1.213.1.4.8, simulation)")
	assert.Contains(t, sortie, "traits : TCHITCHI, CATARINA BELLA, F, 1936-06-21, 63220")

	code, sortie, _ = lance(t, `{"nom":"Adrun","prenoms":["Zoé"],"sexe":"F","naissance":"1975-12-31"}`, nil, "-stdin", "-json")
	assert.Equal(t, trouvee, code)
	assert.Contains(t, sortie, `"numero":"***"`)
	code, sortie, _ = lance(t, "", nil, "-od", "2751263220749", "-naissance", "1975-12-31", "-json", "-clair")
	assert.Equal(t, trouvee, code)
	assert.Contains(t, sortie, `"numero":"2751263220749"`)
	code, sortie, _ = lance(t, "", nil, "-nom", "HOUILLES", "-prenoms", "PIERRE, PAUL", "-sexe", "M", "-naissance", "1993-01-27")
	assert.Equal(t, sansIdentite, code)
	assert.Contains(t, sortie, "nom de naissance")
	code, _, erreurs = lance(t, "", nil, "-nom", "D'AEION", "-prenoms", "COEUR", "-sexe", "F", "-naissance", "1987-01-25")
	assert.Equal(t, echec, code)
	assert.Contains(t, erreurs, "en erreur chez INSi")
}

func TestAide(t *testing.T) {
	code, _, erreurs := lance(t, "", nil, "-help")
	assert.Zero(t, code)
	assert.Contains(t, erreurs, "-naissance")
	assert.NotContains(t, erreurs, "help requested")
}

func TestReel(t *testing.T) {
	s := insitest.NewServer(t)
	dossier := t.TempDir()
	require.NoError(t, s.EcritCertificats(dossier))
	args := []string{"-url", s.URLTLSMutuel, "-p12", filepath.Join(dossier, "client.p12"), "-ca", filepath.Join(dossier, "racines.pem"), "-env", "simulation",
		"-ej", "750712184", "-idam", s.Logiciel, "-logiciel", "exemple", "-version", "1.0", "-instance", "0b1e4e0e-5f2c-4e4a-9d3c-0a1b2c3d4e5f",
		"-nom", "ADRUN", "-prenoms", "ZOE", "-sexe", "F", "-naissance", "1975-12-31"}
	code, sortie, erreurs := lance(t, "", map[string]string{"INSI_MOT_DE_PASSE": s.MotDePasse}, args...)
	assert.Equal(t, trouvee, code, erreurs)
	assert.Contains(t, sortie, "une identité")
	code, _, erreurs = lance(t, s.MotDePasse+"\n", nil, args...)
	assert.Equal(t, trouvee, code, erreurs)
	assert.NotContains(t, erreurs, s.MotDePasse)
	code, _, erreurs = lance(t, "secretfaux\n", nil, args...)
	assert.Equal(t, echec, code)
	assert.Contains(t, erreurs, "TSV-P12-MOT-DE-PASSE")
	assert.NotContains(t, erreurs, "secretfaux")
	code, _, _ = lance(t, "", nil, args...)
	assert.Equal(t, echec, code)
}

func TestLigneFausse(t *testing.T) {
	for _, args := range [][]string{{"-url", "https://x"}, {"-p12", "x"}, {"x"}, {"-inconnu"}, {"-naissance", "31/12/1975"}} {
		code, _, erreurs := lance(t, "", nil, args...)
		assert.Equal(t, ligneFausse, code, args)
		assert.NotEmpty(t, erreurs)
	}
	code, _, erreurs := lance(t, `{"nom":"ADRUN","prenom":"ZOE"}`, nil, "-stdin")
	assert.Equal(t, ligneFausse, code)
	assert.NotContains(t, erreurs, "ZOE")
}
