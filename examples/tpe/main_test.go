package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/diapason/diapasontest"
)

func lance(t *testing.T, entree string, args ...string) (code int, sortie, erreurs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = execute(t.Context(), args, strings.NewReader(entree), &o, &e)
	return code, o.String(), e.String()
}

func TestIssues(t *testing.T) {
	chemin := filepath.Join(t.TempDir(), "tpe.journal")
	simule := func(comportement, reference string) []string {
		return []string{"-simule", "-journal", chemin, "-comportement", comportement, "-reference", reference}
	}
	code, sortie, erreurs := lance(t, "", append(simule("accepte", "F-1"), "-ticket")...)
	assert.Equal(t, paye, code, erreurs)
	assert.Contains(t, sortie, "FAIT. Encaissé : 12,50")
	assert.Contains(t, sortie, "TICKET CLIENT")
	code, sortie, erreurs = lance(t, "", simule("accepte", "F-1")...)
	assert.Equal(t, paye, code, "the same payment: its result")
	assert.Contains(t, erreurs, "TPE-DEJA-FAIT")
	assert.Contains(t, sortie, "FAIT.")
	code, sortie, _ = lance(t, "", simule("refuse", "F-2")...)
	assert.Equal(t, nonPaye, code)
	assert.Contains(t, sortie, "PAS FAIT. Rien n'a été encaissé ni remboursé. Refusé par la banque.")

	code, sortie, _ = lance(t, "", simule("coupe", "F-3")...)
	assert.Equal(t, inconnu, code)
	assert.Contains(t, sortie, "À VÉRIFIER. Issue inconnue")
	code, sortie, _ = lance(t, "\n", simule("accepte", "F-4")...)
	assert.Equal(t, inconnu, code, "the one before comes first")
	assert.Contains(t, sortie, "À clarifier : debit de 12,50")
	assert.NotContains(t, sortie, "F-4")
	code, sortie, _ = lance(t, "12,50\nticket 000042\n", simule("accepte", "F-4")...)
	assert.Equal(t, paye, code)
	assert.Equal(t, 2, strings.Count(sortie, "FAIT. Encaissé"))
	code, sortie, _ = lance(t, "0\npas de ticket\n", simule("coupe", "F-5")...)
	assert.Equal(t, inconnu, code)
	assert.Contains(t, sortie, "Le terminal peut encore accepter ce paiement")
	code, sortie, _ = lance(t, "0\npas de ticket\n", append(simule("accepte", "F-6"), "-delai", "1ns")...)
	assert.Equal(t, nonPaye, code, "too short to send anything, long enough for the one before to be over")
	assert.Contains(t, sortie, "PAS FAIT.")
}

func TestTerminalReel(t *testing.T) {
	terminal := diapasontest.NewTerminal()
	adresse, err := terminal.Ecoute("127.0.0.1:0")
	require.NoError(t, err)
	defer terminal.Close()
	chemin := filepath.Join(t.TempDir(), "tpe.journal")
	code, sortie, erreurs := lance(t, "", "-addr", adresse, "-journal", chemin, "-montant", "17", "-reference", "F-9", "-credit", "-crlf")
	assert.Equal(t, paye, code, erreurs)
	assert.Contains(t, sortie, "Remboursé : 17,00")
	require.Len(t, terminal.Mouvements(), 1)
	assert.Equal(t, "credit", terminal.Mouvements()[0].Operation)
	terminal.Close()
	code, _, erreurs = lance(t, "", "-addr", adresse, "-journal", chemin, "-montant", "17", "-reference", "F-10")
	assert.Equal(t, nonPaye, code)
	assert.Contains(t, erreurs, "TPE-CONNEXION")
	code, _, _ = lance(t, "", "-serie", filepath.Join(t.TempDir(), "absent"), "-journal", chemin, "-montant", "17", "-reference", "F-11")
	assert.Equal(t, nonPaye, code)
}

func TestLigneDeCommande(t *testing.T) {
	code, sortie, erreurs := lance(t, "", "-simule")
	assert.Equal(t, paye, code, erreurs)
	assert.Contains(t, sortie, "FAIT.")
	for _, args := range [][]string{nil, {"-simule", "-addr", "x"}, {"-simule", "reste"}, {"-montant", "x"}, {"-simule", "-comportement", "x"}} {
		code, _, _ := lance(t, "", args...)
		assert.Equal(t, ligneFausse, code)
	}
	for attendu, args := range map[string][]string{
		"tpe: -reference is wanted":         {"-addr", "192.0.2.10:8888", "-montant", "17"},
		"tpe: -montant is wanted":           {"-serie", "/dev/absent", "-reference", "F-1"},
		"tpe: -addr wants host:port":        {"-addr", "192.0.2.10", "-montant", "17", "-reference", "F-1"},
		"flag provided but not defined: -x": {"-x"},
	} {
		code, sortie, erreurs := lance(t, "", args...)
		assert.Equal(t, ligneFausse, code)
		assert.Empty(t, sortie, "nothing was tried")
		assert.Equal(t, 1, strings.Count(erreurs, attendu), erreurs)
	}
	code, _, _ = lance(t, "", "-help")
	assert.Equal(t, paye, code)
	code, _, erreurs = lance(t, "", "-simule", "-ipc", "1", "-journal", filepath.Join(t.TempDir(), "j"))
	assert.Equal(t, echec, code)
	assert.Contains(t, erreurs, "TPE-CONFIG")
}
