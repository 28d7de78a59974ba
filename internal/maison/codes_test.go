package maison_test

import (
	"go/ast"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri"
	"github.com/simphonie/simphonie/diapason/moyens"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides"
	"github.com/simphonie/simphonie/fides/ace"
	"github.com/simphonie/simphonie/internal/maison"
	"github.com/simphonie/simphonie/internal/outils/regles/catalogue"
	"github.com/simphonie/simphonie/urgences"
	"github.com/simphonie/simphonie/urgences/projet2020"
)

// forme is what a code looks like: ROOM-WORD-WORD.
var forme = regexp.MustCompile(`^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$`)

// Every rule: unique, well formed, with a source and a text.
func TestRegles(t *testing.T) {
	vues := map[simphonie.Code]bool{}
	for _, s := range catalogue.Sections() {
		for _, r := range s.Regles {
			assert.False(t, vues[r.Code], "%s stands twice", r.Code)
			vues[r.Code] = true
			assert.Regexp(t, forme, string(r.Code))
			assert.True(t, strings.HasPrefix(string(r.Code), s.Prefixe+"-"), "%s is not of room %s", r.Code, s.Prefixe)
			assert.NotEmpty(t, r.Source, r.Code)
			assert.NotEmpty(t, r.Message, r.Code)
		}
	}
	assert.Greater(t, len(vues), 90)
	assert.Contains(t, vues, simphonie.Code("URG-FPX"))
	for _, is := range [][]simphonie.Interpretation{urgences.InterpretationsPossibles(), projet2020.InterpretationsPossibles(),
		droits.InterpretationsPossibles(), fides.InterpretationsPossibles(), ace.InterpretationsPossibles(), cdri.InterpretationsPossibles(), moyens.InterpretationsPossibles()} {
		for _, i := range is {
			assert.True(t, vues[i.Code], "%s is not in the rules of its room", i.Code)
			assert.NotEmpty(t, i.Choix)
			assert.NotEmpty(t, i.Question)
		}
	}
	assert.NotEmpty(t, facture.Regles())
}

// codesDe lists the literals of a file that look like codes of the house.
func codesDe(f *maison.Fichier) map[string]bool {
	codes := map[string]bool{}
	prefixes := []string{"CAL-", "JSON-", "XML-", "SAML-", "DBF-"}
	for _, s := range catalogue.Sections() {
		prefixes = append(prefixes, s.Prefixe+"-")
	}
	ast.Inspect(f.AST, func(n ast.Node) bool {
		l, ok := n.(*ast.BasicLit)
		if !ok || l.Kind != token.STRING {
			return true
		}
		s, err := strconv.Unquote(l.Value)
		if err != nil {
			return true
		}
		for _, mot := range regexp.MustCompile(`[A-Z][A-Z0-9-]*[A-Z0-9]`).FindAllString(s, -1) {
			for _, p := range prefixes {
				if strings.HasPrefix(mot, p) && len(mot) > len(p) {
					codes[mot] = true
				}
			}
		}
		return true
	})
	return codes
}

// piece gives the room of a directory; a mechanism of the basement is one by itself.
func piece(dir string) string {
	p := strings.SplitN(dir, "/", 3)
	if p[0] == "internal" || p[0] == "fides" {
		return strings.Join(p[:min(2, len(p))], "/")
	}
	return p[0]
}

// Every code of the source, of rules and of errors, is asserted by a test of
// its own room, and documented.
func TestCodesEprouvesEtDocumentes(t *testing.T) {
	racine, err := maison.Racine(".")
	require.NoError(t, err)
	page, err := os.ReadFile(filepath.Join(racine, "docs", "REGLES.md"))
	require.NoError(t, err)
	emis, eprouves := map[string]string{}, map[string]bool{}
	for _, f := range fichiers(t) {
		if strings.HasPrefix(f.Paquet(), "internal/maison") || strings.HasPrefix(f.Paquet(), "internal/outils") || etage(f.Paquet()) == "dehors" || simulateur(f.Paquet()) {
			continue
		}
		for c := range codesDe(&f) {
			if f.Test {
				eprouves[piece(f.Paquet())+" "+c] = true
			} else {
				emis[c] = f.Chemin
			}
		}
	}
	require.Greater(t, len(emis), 100)
	for c, ou := range emis {
		assert.True(t, eprouves[piece(path.Dir(ou))+" "+c], "%s (%s) is asserted by no test of its room", c, ou)
		assert.Contains(t, string(page), "`"+c+"`", "%s (%s) is not in docs/REGLES.md: run go run ./internal/outils/regles", c, ou)
	}
}

// The page of rules is the one that the command writes today.
func TestPageDesRegles(t *testing.T) {
	racine, err := maison.Racine(".")
	require.NoError(t, err)
	page, err := os.ReadFile(filepath.Join(racine, "docs", "REGLES.md"))
	require.NoError(t, err)
	attendue, err := catalogue.Page(racine)
	require.NoError(t, err)
	assert.Equal(t, attendue, string(page), "docs/REGLES.md is stale: run go run ./internal/outils/regles")
}
