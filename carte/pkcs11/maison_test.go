package pkcs11

import (
	"go/ast"
	"go/token"
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/internal/maison"
)

// Every code of an error is asserted by a test and stands in the README; every
// exported name has its comment.
func TestMaison(t *testing.T) {
	fichiers, err := maison.Lit(".")
	require.NoError(t, err)
	page, err := os.ReadFile("README.md")
	require.NoError(t, err)
	forme := regexp.MustCompile(`CARTE(-[A-Z]+)+`)
	emis, eprouves := map[string]bool{}, map[string]bool{}
	for _, f := range fichiers {
		ast.Inspect(f.AST, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
				for _, c := range forme.FindAllString(l.Value, -1) {
					if f.Test {
						eprouves[c] = true
					} else {
						emis[c] = true
					}
				}
			}
			return true
		})
		for _, d := range f.AST.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && !f.Test && d.Name.IsExported() {
				assert.NotNil(t, d.Doc, d.Name.Name)
			}
		}
	}
	require.Greater(t, len(emis), 15)
	for c := range emis {
		assert.True(t, eprouves[c], "%s is asserted by no test", c)
		assert.Contains(t, string(page), "`"+c+"`")
	}
}
