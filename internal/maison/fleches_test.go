package maison_test

import (
	"go/ast"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/internal/maison"
)

func fichiers(t *testing.T) []maison.Fichier {
	t.Helper()
	racine, err := maison.Racine(".")
	require.NoError(t, err)
	fs, err := maison.Lit(racine)
	require.NoError(t, err)
	require.Greater(t, len(fs), 50)
	return fs
}

// feuilles are the rooms that any other may use.
var feuilles = []string{"annuaire", "datamatrix", "journal", "teleservice"}

// tiers lists, by room, the modules of others that it may import; "" is every room.
var tiers = map[string][]string{
	"":            {"github.com/shopspring/decimal"},
	"cdri":        {"github.com/beevik/etree"},
	"diapason":    {"github.com/beevik/etree", "golang.org/x/text"}, // bodies of PayFiP; diacritics of what it shows
	"datamatrix":  {"github.com/makiuchi-d/gozxing", "golang.org/x/text"},
	"annuaire":    {"github.com/beevik/etree"}, // bodies
	"droits":      {"github.com/beevik/etree"},
	"insi":        {"github.com/beevik/etree", "golang.org/x/text"}, // bodies; diacritics of names
	"roc":         {"github.com/beevik/etree"},                      // bodies
	"teleservice": {"github.com/beevik/etree", "software.sslmate.com/src/go-pkcs12"},
	"internal":    {"github.com/beevik/etree", "github.com/russellhaering/goxmldsig", "software.sslmate.com/src/go-pkcs12"},
	"journal":     {"github.com/stretchr/testify"}, // journaltest, which tests a store
}

// etage tells the floor of a directory of the module.
func etage(dir string) string {
	piece, _, _ := strings.Cut(dir, "/")
	switch {
	case dir == ".":
		return "rez"
	case piece == "internal":
		return "sous-sol"
	case slices.Contains([]string{"droits", "tarif", "facture"}, piece):
		return "premier"
	case piece == "examples" || piece == "bench":
		return "dehors"
	}
	return "second"
}

// permise says whether a package may import another of the module.
func permise(de, vers string) bool {
	pieceDe, _, _ := strings.Cut(de, "/")
	pieceVers, resteVers, _ := strings.Cut(vers, "/")
	switch {
	case strings.HasPrefix(resteVers, "internal") && pieceDe != pieceVers:
		return false
	case etage(de) == "dehors":
		return true
	case etage(de) == "rez":
		return false
	case vers == ".":
		return true
	case strings.HasPrefix(de, "internal/outils/"):
		return true // commands of the repository, imported by nobody
	case vers == "internal/maison", vers == "internal/canari", vers == "internal/passerelle/brut", vers == "internal/fichierjournal/menteur", strings.HasPrefix(vers, "internal/outils"):
		return false // for tests only
	case etage(vers) == "sous-sol":
		return !simulateur(de) || !slices.Contains([]string{"internal/soap", "internal/saml", "internal/xmlguard"}, vers)
	case etage(de) == "sous-sol":
		return false
	case etage(de) == "premier":
		// facture is made of rights and prices; the two do not know each other.
		return pieceDe == pieceVers || pieceDe == "facture" && (pieceVers == "droits" || pieceVers == "tarif")
	case etage(vers) == "premier":
		return true
	case etage(vers) == "dehors":
		return false
	}
	if de == "diapason/mandat" {
		return vers == "diapason/modele"
	}
	return pieceDe == pieceVers && (!simulateur(de) || resteVers == "modele") || slices.Contains(feuilles, pieceVers) || strings.HasPrefix(de, "pilotage/adaptateurs")
}

// simulateur says that a package checks a client from outside: what it checks
// is written a second time on purpose.
func simulateur(dir string) bool {
	return strings.HasSuffix(dir, "test") && etage(dir) == "second" || strings.HasPrefix(dir, "internal/passerelle") || dir == "internal/testpki"
}

// sansFilet are the files that may import unsafe: one checks a record where it
// lies instead of copying it, one has Linux make the pseudo-terminal of a simulator.
var sansFilet = []string{"fides/b2/encoder.go", "diapason/diapasontest/terminal_pty_linux.go"}

// Arrows go downwards only.
func TestFleches(t *testing.T) {
	for _, f := range fichiers(t) {
		if f.Test {
			continue
		}
		for _, i := range f.Imports() {
			if premier, _, _ := strings.Cut(i, "/"); strings.Contains(premier, ".") && i != "." {
				piece, _, _ := strings.Cut(f.Paquet(), "/")
				assert.True(t, slices.ContainsFunc(slices.Concat(tiers[""], tiers[piece]), func(m string) bool { return strings.HasPrefix(i, m) }),
					"%s imports %s: a module of others wants a reason in docs/ARCHITECTURE.md", f.Chemin, i)
				continue
			}
			if i == "C" || i == "unsafe" && !slices.Contains(sansFilet, f.Chemin) {
				t.Errorf("%s imports %s: the core is pure Go", f.Chemin, i)
			}
			if interne(i) {
				assert.True(t, permise(f.Paquet(), i), "%s imports %s: no such arrow in the house", f.Chemin, i)
			}
		}
	}
}

// interne tells a directory of the module from the standard library.
func interne(i string) bool {
	return i == "." || slices.Contains([]string{"internal", "droits", "tarif", "facture", "urgences", "fides", "cdri", "insi", "annuaire",
		"datamatrix", "roc", "diapason", "journal", "pilotage", "teleservice", "examples", "bench"}, strings.Split(i, "/")[0]) && i != "internal/abi"
}

// The rule itself can say no.
func TestFlechesRefusees(t *testing.T) {
	for _, f := range [][2]string{
		{".", "tarif"}, {"droits", "tarif"}, {"tarif", "facture"}, {"facture", "urgences"}, {"urgences", "cdri"}, {"urgences", "fides/b2"},
		{"internal/soap", "droits"}, {"cdri/cdritest", "cdri"}, {"cdri/cdritest", "cdri/reference"}, {"cdri/cdritest", "internal/soap"}, {"urgences", "examples/fictif"},
		{"roc", "datamatrix/internal/lecteur"}, {"urgences", "internal/canari"}, {"pilotage", "roc"},
		{"diapason/diapasontest", "diapason"}, {"diapason/diapasontest", "diapason/mandat"}, {"diapason/mandat", "diapason"},
		{"insi/insitest", "insi"}, {"journal", "internal/fichierjournal/menteur"}, {"journal", "roc"}, {"internal/passerelle", "internal/soap"}, {"insi/insitest", "internal/passerelle/brut"},
	} {
		assert.False(t, permise(f[0], f[1]), "%v", f)
	}
	for _, f := range [][2]string{{"urgences", "."}, {"urgences", "facture"}, {"facture", "droits"}, {"roc", "annuaire"}, {"fides/ace", "fides/b2"},
		{"pilotage/adaptateurs", "roc"}, {"cdri", "internal/soap"}, {"examples/parcours", "urgences"}, {"internal/soap", "."},
		{"journal", "internal/fichierjournal"}, {"journal/journaltest", "journal"}, {"diapason/concert", "journal"}, {"diapason", "diapason/mandat"}, {"diapason/diapasontest", "diapason/modele"},
		{"insi/insitest", "internal/passerelle"}, {"cdri/cdritest", "cdri/modele"}, {"internal/passerelle", "internal/testpki"}} {
		assert.True(t, permise(f[0], f[1]), "%v", f)
	}
}

// moteurs are the pure engines: no clock, network, file, goroutine.
var moteurs = []string{".", "droits", "tarif", "facture", "urgences", "urgences/projet2020", "fides", "fides/ace", "fides/sejour", "roc/dossier", "roc/modele",
	"diapason/modele", "diapason/mandat", "diapason/moyens", "diapason/rapprochement"}

func TestMoteursPurs(t *testing.T) {
	interdits := []string{"net", "net/http", "os", "os/exec", "io/ioutil", "math/rand", "math/rand/v2", "crypto/rand", "database/sql", "syscall"}
	for _, f := range fichiers(t) {
		if f.Test || !slices.Contains(moteurs, f.Paquet()) {
			continue
		}
		for _, i := range f.Imports() {
			assert.NotContains(t, interdits, i, "%s is part of a pure engine", f.Chemin)
		}
		ast.Inspect(f.AST, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s starts a goroutine", f.Chemin)
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains([]string{"Now", "Since", "Until", "Local", "After", "Sleep", "NewTimer"}, n.Sel.Name) {
					t.Errorf("%s uses time.%s: dates come in as arguments", f.Chemin, n.Sel.Name)
				}
			}
			return true
		})
	}
}

// No float in an exported signature or field: money does not pass through them.
func TestSansFlottant(t *testing.T) {
	for _, f := range fichiers(t) {
		if f.Test || strings.HasPrefix(f.Paquet(), "datamatrix") || etage(f.Paquet()) == "dehors" || etage(f.Paquet()) == "sous-sol" {
			continue
		}
		for _, d := range f.AST.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() {
					sansFlottant(t, f.Chemin, d.Type)
				}
			case *ast.GenDecl:
				sansFlottant(t, f.Chemin, d)
			}
		}
	}
}

func sansFlottant(t *testing.T, chemin string, n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && (id.Name == "float32" || id.Name == "float64") {
			t.Errorf("%s: %s in an exported signature", chemin, id.Name)
		}
		return true
	})
}
