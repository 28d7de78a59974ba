package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/cdri/cdritest"
)

func lance(t *testing.T, entree string, env map[string]string, args ...string) (code int, sortie, erreurs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = execute(t.Context(), args, func(k string) string { return env[k] }, strings.NewReader(entree), &o, &e)
	return code, o.String(), e.String()
}

func TestSimulateur(t *testing.T) {
	code, sortie, erreurs := lance(t, "", nil)
	assert.Equal(t, trouve, code, erreurs)
	assert.Contains(t, sortie, "issue : trouve (TROUVE)")
	assert.Contains(t, sortie, "assuré ***")
	assert.NotContains(t, sortie, "ADRDEUX")
	code, sortie, _ = lance(t, "", nil, "-cas", "ald", "-clair", "-moment", "facturation", "-jour", "2026-11-02")
	assert.Equal(t, trouve, code)
	assert.Contains(t, sortie, "exonération : 13")
	assert.Contains(t, sortie, "né le 1955-04-12")
	code, sortie, _ = lance(t, `{"assure":"181016322075140","naissance":"1981-01-01","rang":"1","regime":"01"}`, nil, "-stdin", "-json", "-clair")
	assert.Equal(t, trouve, code)
	assert.Contains(t, sortie, `"nom":"ADRDEUX"`)
	code, sortie, _ = lance(t, "", nil, "-nir", "181016322075140", "-naissance", "1981-01-02")
	assert.Equal(t, sansDroits, code)
	assert.Contains(t, sortie, "non-trouve")
	code, sortie, _ = lance(t, "", nil, "-cas", "list")
	assert.Equal(t, trouve, code)
	assert.Contains(t, sortie, "sncf-cp-actif\n")
	code, _, erreurs = lance(t, "", nil, "-nir", "5555550000000", "-naissance", "1981-01-01", "-regime", "02")
	assert.Equal(t, echec, code)
	assert.Contains(t, erreurs, "CDRI-NIR-PROVISOIRE")
}

func TestLot(t *testing.T) {
	dossier := t.TempDir()
	var lignes strings.Builder
	for _, cas := range []string{"ordinaire", "ald", "ame"} {
		b, _ := cdritest.Connu(cas)
		fmt.Fprintf(&lignes, `{"id":"%s","demande":{"assure":"%s","naissance":"%s","rang":"%s","regime":"%s"}}`+"\n\n", cas, b.Criteres.Assure.Clair(), b.Criteres.Naissance.Clair(), b.Criteres.Rang, b.Criteres.Regime)
	}
	fichier := filepath.Join(dossier, "lignes.jsonl")
	require.NoError(t, os.WriteFile(fichier, []byte(lignes.String()), 0o600))
	env := map[string]string{"CDRI_CLE_CARNET": strings.Repeat("0f", 32)}
	args := []string{"-lot", fichier, "-carnet", filepath.Join(dossier, "nuit.carnet")}
	code, sortie, erreurs := lance(t, "", env, args...)
	assert.Equal(t, trouve, code, erreurs)
	assert.Contains(t, sortie, "ald\trepondue\ttrouve\n")
	assert.Contains(t, sortie, "3 répondues, 0 refusées, 0 reportées, 0 en cours ; 0 déjà connues")
	code, sortie, _ = lance(t, "", env, args...)
	assert.Equal(t, trouve, code)
	assert.Contains(t, sortie, "; 3 déjà connues")
	code, sortie, _ = lance(t, lignes.String(), nil, "-lot", "-", "-json")
	assert.Equal(t, trouve, code)
	assert.Equal(t, 3, strings.Count(sortie, "\n"))
	code, _, erreurs = lance(t, "", map[string]string{"CDRI_CLE_CARNET": strings.Repeat("aa", 32)}, args...)
	assert.Equal(t, echec, code)
	assert.Contains(t, erreurs, "CDRI-CARNET-CLE")
	code, _, _ = lance(t, "", nil, args...)
	assert.Equal(t, echec, code)
	code, sortie, _ = lance(t, `{"id":"a","demande":{"assure":"1","naissance":"1981-01-01","rang":"1","regime":"01"}}`, nil, "-lot", "-")
	assert.Equal(t, sansDroits, code)
	assert.Contains(t, sortie, "1 refusées")
}

func TestReel(t *testing.T) {
	s := cdritest.NewServer(t)
	dossier := t.TempDir()
	require.NoError(t, s.EcritCertificats(dossier))
	args := []string{"-url", s.URLTLSMutuel, "-p12", filepath.Join(dossier, "client.p12"), "-ca", filepath.Join(dossier, "racines.pem"),
		"-ej", "750712184", "-idam", s.Logiciel, "-logiciel", "exemple", "-version", "1.0", "-instance", "0b1e4e0e-5f2c-4e4a-9d3c-0a1b2c3d4e5f",
		"-nir", "181016322075140", "-naissance", "1981-01-01"}
	env := map[string]string{"CDRI_MOT_DE_PASSE": s.MotDePasse}
	code, sortie, erreurs := lance(t, "", env, args...)
	assert.Equal(t, trouve, code, erreurs)
	assert.Contains(t, sortie, "issue : trouve")
	code, _, erreurs = lance(t, "", map[string]string{"CDRI_MOT_DE_PASSE": "secretfaux"}, args...)
	assert.Equal(t, echec, code)
	assert.NotContains(t, erreurs, "secretfaux")
	code, _, erreurs = lance(t, "", env, append(args, "-env", "qualification")...)
	assert.Equal(t, echec, code)
	assert.Contains(t, erreurs, "CDRI-CONFIG-NON-OFFICIEL")
}

func TestLigneFausse(t *testing.T) {
	for _, args := range [][]string{{"-url", "https://x"}, {"-p12", "x"}, {"x"}, {"-inconnu"}, {"-naissance", "01/01/1981"}, {"-cas", "personne"}, {"-carnet", "x"}, {"-moment", "sortie"}} {
		code, _, erreurs := lance(t, "", nil, args...)
		assert.Equal(t, ligneFausse, code, args)
		assert.NotEmpty(t, erreurs)
	}
	code, _, erreurs := lance(t, `{"assure":"181016322075140","nom":"ADRDEUX"}`, nil, "-stdin")
	assert.Equal(t, ligneFausse, code)
	assert.NotContains(t, erreurs, "ADRDEUX")
}
