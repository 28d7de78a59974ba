package annuaire_test

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
	"github.com/simphonie/simphonie/annuaire"
	"github.com/simphonie/simphonie/internal/maison"
)

// configuration are the codes that only constructors and loaders return.
var configuration = regexp.MustCompile(`^(TSV-(CONFIG-.*|CERT-(ABSENT|CLE|USAGE|CN)|RACINES|ENVIRONNEMENT|P12.*|CARTE-TYPE|SIGNATAIRE|CONVENTION|PSC)|ANN-(CSV|INSTANTANE).*)$`)

var formeCode = regexp.MustCompile(`^(ANN|TSV)(-[A-Z0-9]+)+$`)

// Every error code that stands in this package and in the channel has its row.
func TestPannesCompletes(t *testing.T) {
	lignes := map[simphonie.Code]bool{}
	for _, p := range annuaire.Pannes() {
		assert.False(t, lignes[p.Code], p.Code)
		lignes[p.Code] = true
		assert.NotEmpty(t, p.Texte, p.Code)
		assert.NotEmpty(t, p.Conduite, p.Code)
	}
	regles := map[simphonie.Code]bool{}
	for _, r := range annuaire.Regles() {
		regles[r.Code] = true
	}
	racine, err := maison.Racine(".")
	require.NoError(t, err)
	fichiers, err := maison.Lit(racine)
	require.NoError(t, err)
	vus := 0
	for _, f := range fichiers {
		if f.Test || !slices.Contains([]string{"annuaire", "teleservice"}, f.Paquet()) || f.Chemin == "annuaire/pannes.go" {
			continue
		}
		ast.Inspect(f.AST, func(n ast.Node) bool {
			l, ok := n.(*ast.BasicLit)
			if !ok || l.Kind != token.STRING {
				return true
			}
			s, _ := strconv.Unquote(l.Value)
			c := simphonie.Code(s)
			if !formeCode.MatchString(s) || configuration.MatchString(s) || regles[c] {
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
	page, err := os.ReadFile(filepath.Join(racine, "docs", "ANNUAIRE.md"))
	require.NoError(t, err)
	var table strings.Builder
	for _, p := range annuaire.Pannes() {
		fmt.Fprintf(&table, "| `%s` | %s | %s |\n", p.Code, p.Texte, p.Conduite)
	}
	assert.Contains(t, string(page), "|---|---|---|\n"+table.String(), "the table of docs/ANNUAIRE.md is not that of Pannes")
}

func TestPanneDe(t *testing.T) {
	p, ok := annuaire.PanneDe(&simphonie.Erreur{Code: "TSV-DELAI"})
	assert.True(t, ok)
	assert.Contains(t, p.Texte, "temps")
	p, ok = annuaire.PanneDe(fmt.Errorf("x: %w", &simphonie.Erreur{Code: "TSV-MESSAGE", Err: &simphonie.Erreur{Code: "TSV-CERT-DATES", Err: &simphonie.Erreur{Code: "AUTRE-CODE"}}}))
	assert.True(t, ok)
	assert.Equal(t, simphonie.Code("TSV-CERT-DATES"), p.Code)
	for _, err := range []error{nil, errors.New("x"), &simphonie.Erreur{Code: "AUTRE-CODE"}} {
		_, ok = annuaire.PanneDe(err)
		assert.False(t, ok)
	}
	for _, c := range []simphonie.Code{"ANN-ATTENTE", "ANN-PARAMETRE", "ANN-CHOIX-RANG"} {
		_, ok = annuaire.PanneDe(&simphonie.Erreur{Code: c})
		assert.True(t, ok, c)
	}
}

func TestTextes(t *testing.T) {
	assert.Equal(t, "trouvee a-choisir sans-adresse hors-annuaire non-interroge inconnu", fmt.Sprint(annuaire.Trouvee, annuaire.AChoisir, annuaire.SansAdresse, annuaire.HorsAnnuaire, annuaire.NonInterroge, annuaire.Issue(9)))
	assert.Equal(t, "table annuaire memoire derniere-bonne inconnu", fmt.Sprint(annuaire.Local, annuaire.Directe, annuaire.Memoire, annuaire.DerniereBonne, annuaire.Origine(9)))
	var nul *annuaire.Resultat
	assert.Nil(t, nul.Adresses())
	_, err := nul.Choisit(0)
	assert.Error(t, err)
}
