package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/examples/fictif"
	"github.com/simphonie/simphonie/facture"
)

func execute(t *testing.T, r reglages) string {
	t.Helper()
	r.connuAu = "2026-11-01"
	r.n = max(r.n, 1)
	var b bytes.Buffer
	require.NoError(t, r.execute(&b, io.Discard))
	return strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(b.String())
}

func TestParcours(t *testing.T) {
	s := execute(t, reglages{})
	for _, attendu := range []string{
		"griffonnee.jpg : 1 code(s)", "page.jpg : 5 code(s)", "telephone.jpg : 1 code(s)",
		`→ annuaire, domaine HOSP : AMC 00999999, convention AL, CSR "A10"`,
		// 30.33 + 24.63 + 22.94 + 26.38 + 18.59 + 29.78 + 23.08 + 27.99 + 23.08 + 72.33 = 299.13, and 23.00
		"322,13 €  dont Assurance Maladie 299,13 € ; patient 23,00 €",
		"59,44 €  dont Assurance Maladie 49,48 € ; patient 9,96 €", // ALD: 36.44 + 13.04
		"76,27 €  dont AME (75500017) 76,27 €",                     // 30.33 + 22.94 + 23.00
		"contrepassation de -59,44 €, à rendre 23,00 € à : patient",
		"SUF  03/04/2026", "SUF  22/05/2026", "SUN  13/07/2026", "SB2  05/03/2026",
		"atu-due : Urgence gynécologique", "non-facturable : Patient parti sans soins",
		"facturable           36", "a-verifier            3", "Chaque euro facturé a son débiteur.",
		"régime et caisse 01-751", "hors périmètre (ex-OQN)", "Chaque euro facturé est retrouvé dans les fichiers",
	} {
		assert.Contains(t, s, attendu)
	}
	assert.NotContains(t, s, "123456789", "the member number is masked")
	// Five attestations: 23.00 + 9.96 + 9.96 = 42.92 for one insurer, 23.00 + 23.00 = 46.00 for the other.
	assert.Equal(t, 5, strings.Count(s, "droits ouverts, simulé"))
	assert.Equal(t, 5, strings.Count(s, "reste au patient 0,00 €"))
	assert.Contains(t, s, "Dû : complémentaire 999999              42,92 €")
	assert.Contains(t, s, "Dû : complémentaire 99999999            46,00 €")
	assert.Equal(t, 42, strings.Count(s, "INSi 00 ("))
	assert.Equal(t, 21, strings.Count(s, "INSi 00 (2 appels)"), "the second first name is the one that INSi knows")
	assert.Equal(t, 39, strings.Count(s, "droits CDRi : trouve\n"))
	assert.Equal(t, 1, strings.Count(s, "droits CDRi : non trouve"))
	// ATU: 27.97 × 0.9976 = 27.90, 22.32 + 28.06 − 22.45 = 5.61; CS: 25.86, 20.69 + 5.17. Threshold: 125.52 − 32.00.
	// Stay: 3 × 700.10, of which 20 % = 420.06, and 4 × 23.00.
	// 4 × 23.00 collected; 4 × 23.00 + 19.61 + 2 × 9.96 + 10.78 + 32.00 + 512.06 = 686.37 left to the accountant.
	for _, attendu := range []string{
		"au guichet : Encaissé : 23,00 €", "prélèvement différé : 23,00 € prélevés", "accord plafonné à 22,99 €, dépassé : transaction annulée, titre et ASAP",
		"réponse perdue, éclaircie par interrogation : 23,00 € prélevés", "PayFiP : payé par carte, 23,00 €",
		"Encaissé, vu sur le relevé      4            92,00 €", "En attente (titres)            10           686,37 €", "Dû par les patients            14           778,37 €",
		"CS   04/03/2026    25,86 €  Assurance Maladie 20,69 €  patient 5,17 €", "ATU  04/03/2026    27,93 €  Assurance Maladie 22,32 €  patient 5,61 €",
		"ATM  12/05/2026   125,52 €  Assurance Maladie 93,52 €  patient 32,00 €  (participation forfaitaire 32,00 €)",
		"Retrouvé : patient                     300,23 €", "Participations, sans zone               32,00 €", // 289.45 + 10.78; the norme has no zone for the TMF
		"TJ1  02/03/2026 2 100,30 €  Assurance Maladie 1 680,24 €  patient 420,06 €", "FJ   02/03/2026    92,00 €  patient 92,00 €",
	} {
		assert.Contains(t, s, attendu)
	}
	assert.NotContains(t, s, "Pourquoi")
	assert.NotContains(t, s, "Non écrite")
	assert.Contains(t, execute(t, reglages{explique: true}), "RG_VF502")
}

// Rights that went through CDRi price as those of the set, visit by visit.
func TestDroitsDeCDRi(t *testing.T) {
	connuAu, err := simphonie.ParseJour("2026-11-01")
	require.NoError(t, err)
	o, err := fictif.Urgences(connuAu)
	require.NoError(t, err)
	directs, err := lisPassages("")
	require.NoError(t, err)
	demandes, err := lisPassages("")
	require.NoError(t, err)
	ts, err := demarre(demandes)
	require.NoError(t, err)
	defer ts.ferme()
	require.NoError(t, ts.accueille(t.Context(), demandes))
	for n := range directs {
		d, c := directs[n].calcule(o), demandes[n].calcule(o)
		assert.Equal(t, d.Facture.Lignes, c.Facture.Lignes, directs[n].Titre)
		assert.Equal(t, d.Facture.Parts, c.Facture.Parts, directs[n].Titre)
		assert.Equal(t, d.Anomalies, c.Anomalies, directs[n].Titre)
		if a := demandes[n].Passage.Droits; a != nil && a.Support == droits.SupportCDRi {
			assert.False(t, a.Assure.NIR.IsZero())
			assert.False(t, a.Le.IsZero(), "when it was asked")
		}
	}
}

// The explanations in the JSON are replayed from the JSON alone.
func TestParcoursJSON(t *testing.T) {
	n := 0
	for ligne := range strings.Lines(execute(t, reglages{json: true, explique: true})) {
		var r struct {
			Resultat struct {
				Issue       string          `json:"issue"`
				Facture     facture.Facture `json:"facture"`
				Explication json.RawMessage `json:"explication"`
			} `json:"resultat"`
		}
		require.NoError(t, json.Unmarshal([]byte(ligne), &r))
		montants, err := facture.Rejouer(r.Resultat.Explication)
		require.NoError(t, err)
		assert.Empty(t, r.Resultat.Facture.Verify())
		assert.Equal(t, r.Resultat.Issue == "facturable", len(montants) > 0)
		n++
	}
	assert.Equal(t, 42, n)
}

func TestParcoursRepete(t *testing.T) {
	s := execute(t, reglages{n: 3})
	assert.Contains(t, s, "Bilan de 126 passages")
	assert.Contains(t, s, "178,32 €", "three reversals of 59.44")
	assert.Contains(t, s, "126 passages en")
}

// The files on disk hold the invoices, each record as wide as its type.
func TestParcoursFichiers(t *testing.T) {
	dir := t.TempDir()
	s := execute(t, reglages{out: dir})
	fichiers, err := filepath.Glob(filepath.Join(dir, "b2-*.txt"))
	require.NoError(t, err)
	require.NotEmpty(t, fichiers)
	assert.Len(t, fichiers, strings.Count(s, "régime et caisse"))
	for _, f := range fichiers {
		contenu, err := os.ReadFile(f)
		require.NoError(t, err)
		for ligne := range strings.Lines(string(contenu)) {
			l, coupee := strings.CutSuffix(ligne, "\r\n")
			require.True(t, coupee, f)
			assert.Contains(t, []int{128, 256}, len(l), f)
		}
	}
}

func TestParcoursRepeteEtEcrit(t *testing.T) {
	s := execute(t, reglages{n: 2, encode: true})
	assert.Contains(t, s, "Bilan de 84 passages")
	assert.ErrorContains(t, (&reglages{connuAu: "2026-11-01", out: filepath.Join(t.TempDir(), "absent")}).execute(io.Discard, io.Discard), "absent")
}

func TestParcoursFautif(t *testing.T) {
	dir := t.TempDir()
	for nom, texte := range map[string]string{
		"illisible": "[", "champ": `[{"titre":"x","passage":{"venu":"1"}}]`,
	} {
		f := filepath.Join(dir, nom)
		require.NoError(t, os.WriteFile(f, []byte(texte), 0o600))
		assert.ErrorContains(t, (&reglages{passages: f, connuAu: "2026-11-01", n: 1}).execute(io.Discard, io.Discard), "passages", nom)
	}
	assert.Error(t, (&reglages{passages: filepath.Join(dir, "absent"), connuAu: "2026-11-01"}).execute(io.Discard, io.Discard))
	assert.ErrorContains(t, (&reglages{connuAu: "hier"}).execute(io.Discard, io.Discard), "ID-JOUR")
	for _, r := range []reglages{{out: dir, json: true}, {out: dir, n: 2}, {encode: true}} {
		assert.ErrorContains(t, r.execute(io.Discard, io.Discard), "-out va sans", "a file that would not be written is told")
	}
	// Without prices for that year, each visit says what to load, and none is invented.
	var b bytes.Buffer
	require.NoError(t, (&reglages{connuAu: "2022-01-02", n: 1}).execute(&b, io.Discard))
	assert.Contains(t, b.String(), "TARIF-NON-CHARGE: no price of FU3 for sector ex-oqn")
}
