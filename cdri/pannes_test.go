package cdri_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri"
	"github.com/simphonie/simphonie/internal/maison"
)

// construction are the codes that only constructors, loaders and wrong calls return.
var construction = regexp.MustCompile(`^(TSV-(EJ|CONFIG-.*|CERT-(ABSENT|CLE|USAGE|CN)|RACINES|ENVIRONNEMENT|P12.*|CARTE-TYPE|SIGNATAIRE|CONVENTION|PSC)|CDRI-(CONFIG-.*|AUTOMATE-.*|FRAICHEUR|LOT-(CLIENT|PHASE|CARNET|LIMITES|ID)|TEST))$`)

// Every error code that stands in this package and in the channel has its row.
func TestPannesCompletes(t *testing.T) {
	lignes := map[simphonie.Code]bool{}
	for _, p := range cdri.Pannes() {
		lignes[p.Code] = true
		assert.NotEmpty(t, p.Texte, p.Code)
		assert.NotEmpty(t, p.Conduite, p.Code)
		if p.Faute != "" {
			assert.Equal(t, simphonie.Code("TSV-FAUTE"), p.Code)
		}
	}
	var regles []simphonie.Code
	for _, r := range cdri.Regles() {
		regles = append(regles, r.Code)
	}
	racine, err := maison.Racine(".")
	require.NoError(t, err)
	fichiers, err := maison.Lit(racine)
	require.NoError(t, err)
	vus := map[simphonie.Code]bool{}
	for _, f := range fichiers {
		if f.Test || f.Paquet() != "cdri" && f.Paquet() != "teleservice" || f.Chemin == "cdri/pannes.go" {
			continue
		}
		ast.Inspect(f.AST, func(n ast.Node) bool {
			l, ok := n.(*ast.BasicLit)
			if !ok || l.Kind != token.STRING {
				return true
			}
			s, _ := strconv.Unquote(l.Value)
			c := simphonie.Code(s)
			if !strings.HasPrefix(s, "CDRI-") && !strings.HasPrefix(s, "TSV-") || strings.Contains(s, " ") ||
				slices.Contains(regles, c) || construction.MatchString(s) {
				return true
			}
			vus[c] = true
			assert.True(t, lignes[c], "%s (%s) has no row in Pannes", c, f.Chemin)
			return true
		})
	}
	for c := range lignes {
		assert.True(t, vus[c], "the row %s is for an error that nothing returns", c)
	}
}

// The page for agents holds the same table.
func TestPageDesPannes(t *testing.T) {
	racine, err := maison.Racine(".")
	require.NoError(t, err)
	page, err := os.ReadFile(filepath.Join(racine, "docs", "CDRI.md"))
	require.NoError(t, err)
	var table strings.Builder
	for _, p := range cdri.Pannes() {
		faute := p.Faute
		if faute != "" {
			faute = "`" + faute + "`"
		}
		fmt.Fprintf(&table, "| `%s` | %s | %s | %s |\n", p.Code, faute, p.Texte, p.Conduite)
	}
	if !assert.Contains(t, string(page), "|---|---|---|---|\n"+table.String()+"\n", "the table of docs/CDRI.md is not that of Pannes") {
		t.Log(table.String())
	}
}

func TestPanneDe(t *testing.T) {
	_, ok := cdri.PanneDe(nil)
	assert.False(t, ok)
	_, ok = cdri.PanneDe(errors.New("x"))
	assert.False(t, ok)
	for _, c := range []simphonie.Code{"CDRI-DEMANDE", "CDRI-LOT-EN-COURS", "TSV-DISJONCTEUR", "TSV-ABANDON", "TSV-HTTP", "TSV-TLS", "TSV-TAILLE", "TSV-MESSAGE",
		"TSV-CORRELATION", "TSV-REPONSE", "TSV-RESEAU"} {
		p, ok := cdri.PanneDe(fmt.Errorf("x: %w", &simphonie.Erreur{Code: c}))
		assert.True(t, ok)
		assert.Equal(t, c, p.Code)
	}
	// The deepest cause is what the agent can act on.
	for _, c := range []simphonie.Code{"TSV-CARTE-ABSENTE", "TSV-SIGNATURE", "TSV-CERT-DATES"} {
		p, _ := cdri.PanneDe(&simphonie.Erreur{Code: "TSV-MESSAGE", Err: &simphonie.Erreur{Code: c}})
		assert.Equal(t, c, p.Code)
	}
	p, _ := cdri.PanneDe(&simphonie.Erreur{Code: "TSV-FAUTE"})
	assert.Empty(t, p.Faute)
	assert.Equal(t, []cdri.Recours{cdri.RecoursVitale, cdri.RecoursCDR, cdri.RecoursAttestation}, p.Suivants)
}
