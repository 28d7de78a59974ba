package rapprochement_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/diapason/rapprochement"
	"github.com/simphonie/simphonie/internal/canari"
)

// Each step adds its keys; none is lost, none changes.
func TestEtapes(t *testing.T) {
	a := attendu("A", 1700, 0, cles{})
	for i, e := range []rapprochement.Etape{
		{Nom: rapprochement.EtapeAccord, Cles: cles{Accord: "AC1"}}, {Nom: rapprochement.EtapeFacture, Cles: cles{Titre: "260000012"}},
		{Nom: rapprochement.EtapeAvis}, {Nom: rapprochement.EtapeOrdre, Cles: cles{Reference: "F1"}},
		{Nom: rapprochement.EtapeResultat, Cles: cles{Autorisation: "A00395", Contrat: "1234567", Operation: "op"}},
		{Nom: rapprochement.EtapeRemise, Cles: cles{Remise: "042", Titre: "260000012000100"}},
	} {
		e.Le = j1.AddDays(i)
		avant := a
		var err error
		a, err = a.Avec(e)
		require.NoError(t, err)
		assert.Len(t, avant.Etapes, i, "the receiver is left as it was")
	}
	l := ligne(1, 1700, 9, cles{Remise: "042", Contrat: "1234567"})
	a, err := a.Avec(l.Etape())
	require.NoError(t, err)
	assert.Equal(t, cles{Contrat: "1234567", Remise: "042", Autorisation: "A00395", Reference: "F1", Operation: "op", Accord: "AC1", Titre: "260000012000100"}, a.Cles)
	assert.Len(t, a.Etapes, 7)

	b, err := a.Avec(rapprochement.Etape{Nom: rapprochement.EtapeAvis, Le: j1}, rapprochement.Etape{Nom: rapprochement.EtapeReleve, Le: j1, Cles: cles{Remise: "043"}})
	assert.Equal(t, []string{"RAPP-CLE-CHANGEE"}, codesErreur(err))
	assert.Equal(t, a, b, "all or nothing")
	for _, e := range []rapprochement.Etape{{}, {Nom: "x", Le: j1}, {Nom: rapprochement.EtapeAvis}, {Nom: rapprochement.EtapeAvis, Le: j1, Cles: cles{Titre: "1"}}} {
		_, err = a.Avec(e)
		assert.Equal(t, []string{"RAPP-ETAPE"}, codesErreur(err))
	}
}

// Card numbers that networks publish for tests, and the NIR of the specimen card.
func TestRienDePersonnel(t *testing.T) {
	for _, s := range []string{"4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111", "x4111111111111111", "378282246310005", "3782 822463 10005",
		"5555555555554444", "2223003122003222", "6011111111111117", "30569309025904", "tip:4111.1111.1111.1111",
		"411111######1111", "411111******1111", "nom@hopital.fr", "Éloi", " x", "x ", strings.Repeat("x", 100), "a\nb", "a;b",
		"269054958815780", "2 69 05 49 588 157 80"} {
		_, err := attendu("A", 1, 0, cles{}).Avec(rapprochement.Etape{Nom: rapprochement.EtapeAvis, Le: j1, Cles: cles{Reference: s}})
		if assert.Equal(t, []string{"RAPP-ETAPE"}, codesErreur(err), s) {
			assert.NotContains(t, err.Error(), s)
		}
	}
	for _, s := range []string{"112233445566-tip", "A00395", "cc0cb210-1cd4-11ea-8cca-0213ad91a103", "12345678-1234-1234-1234-123456789012",
		"4111111111111112", "260000012000100", "FR7610071750000000100012345", "2026/000123", "F-2026.17", strings.Repeat("x", 99), "411111111111111", "9999 9999 9999 9995"} {
		_, err := attendu("A", 1, 0, cles{}).Avec(rapprochement.Etape{Nom: rapprochement.EtapeAvis, Le: j1, Cles: cles{Reference: s}})
		assert.NoError(t, err, s)
	}
}

// Who decided and why is masked wherever it is printed by mistake.
func TestDecisionMasquee(t *testing.T) {
	d := decision("D1", rapprochement.Ecarter)
	montre := canari.Montre(d) + canari.Montre(&d) + canari.Montre(rapprochement.Registre{Decisions: []rapprochement.Decision{d}})
	assert.Contains(t, montre, "D1")
	assert.NotContains(t, montre, "agent 12")
	assert.NotContains(t, montre, "vu avec")
}
