package insi

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
	"github.com/simphonie/simphonie/internal/maison"
	"github.com/simphonie/simphonie/teleservice"
)

// configuration are the codes that only NewCanal and loaders return.
var configuration = regexp.MustCompile(`^TSV-(CONFIG-.*|CERT-(ABSENT|CLE|USAGE|CN)|RACINES|ENVIRONNEMENT|P12.*|CARTE-TYPE|SIGNATAIRE|CONVENTION|PSC)$`)

// Every error code that stands in this package and in the channel has its row.
func TestPannesCompletes(t *testing.T) {
	lignes := map[simphonie.Code]bool{}
	for _, p := range Pannes() {
		lignes[p.Code] = true
		assert.NotEmpty(t, p.Texte, p.Code)
		assert.NotEmpty(t, p.Conduite, p.Code)
		if p.Faute != "" {
			assert.Equal(t, simphonie.Code("TSV-FAUTE"), p.Code)
		}
	}
	var regles []simphonie.Code
	for _, r := range Regles() {
		regles = append(regles, r.Code)
	}
	racine, err := maison.Racine(".")
	require.NoError(t, err)
	fichiers, err := maison.Lit(racine)
	require.NoError(t, err)
	vus := 0
	for _, f := range fichiers {
		if f.Test || f.Paquet() != "insi" && f.Paquet() != "teleservice" || f.Chemin == "insi/pannes.go" {
			continue
		}
		ast.Inspect(f.AST, func(n ast.Node) bool {
			l, ok := n.(*ast.BasicLit)
			if !ok || l.Kind != token.STRING {
				return true
			}
			s, _ := strconv.Unquote(l.Value)
			if !strings.HasPrefix(s, "INSI-") && !strings.HasPrefix(s, "TSV-") {
				return true
			}
			c := simphonie.Code(s)
			if slices.Contains(regles, c) || s == prefixeCN || configuration.MatchString(s) || strings.Contains(s, " ") {
				return true
			}
			vus++
			assert.True(t, lignes[c], "%s (%s) has no row in Pannes", c, f.Chemin)
			return true
		})
	}
	assert.Greater(t, vus, 25)
}

// The page for agents holds the same table.
func TestPageDesPannes(t *testing.T) {
	racine, err := maison.Racine(".")
	require.NoError(t, err)
	page, err := os.ReadFile(filepath.Join(racine, "docs", "INSI.md"))
	require.NoError(t, err)
	var table strings.Builder
	for _, p := range Pannes() {
		faute := p.Faute
		if faute != "" {
			faute = "`" + faute + "`"
		}
		fmt.Fprintf(&table, "| `%s` | %s | %s | %s |\n", p.Code, faute, p.Texte, p.Conduite)
	}
	assert.Contains(t, string(page), "|---|---|---|---|\n"+table.String()+"\n", "the table of docs/INSI.md is not that of Pannes")
}

func TestPanneDe(t *testing.T) {
	faute := func(detail string) error {
		return fmt.Errorf("x: %w", &simphonie.Erreur{Code: "TSV-FAUTE", Err: &teleservice.Faute{DetailCode: detail}})
	}
	for detail, attendu := range map[string]string{"desir_1020": "desir_1020", "insi_102": "insi_102", "desir_560": "desir_560", "desir_999": "", "": ""} {
		p, ok := PanneDe(faute(detail))
		assert.True(t, ok)
		assert.Equal(t, simphonie.Code("TSV-FAUTE"), p.Code)
		assert.Equal(t, attendu, p.Faute)
	}
	p, ok := PanneDe(&simphonie.Erreur{Code: "TSV-DELAI"})
	assert.True(t, ok)
	assert.Contains(t, p.Texte, "temps")
	p, ok = PanneDe(&simphonie.Erreur{Code: "TSV-MESSAGE", Err: fmt.Errorf("x: %w", &simphonie.Erreur{Code: "TSV-CARTE-ABSENTE", Err: &simphonie.Erreur{Code: "AUTRE-CODE"}})})
	assert.True(t, ok)
	assert.Equal(t, simphonie.Code("TSV-CARTE-ABSENTE"), p.Code)
	_, ok = PanneDe(errors.New("x"))
	assert.False(t, ok)
	_, ok = PanneDe(&simphonie.Erreur{Code: "AUTRE-CODE"})
	assert.False(t, ok)
	_, ok = PanneDe(nil)
	assert.False(t, ok)
}
