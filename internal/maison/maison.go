// Package maison reads the source of the module, for the tests that hold the
// house: who may import whom, what engines may not do, how rules are coded.
package maison

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

// Module is the path of the module.
const Module = "github.com/simphonie/simphonie"

// Fichier is one parsed Go file.
type Fichier struct {
	Chemin string // slash-separated, from the root of the module
	Test   bool
	AST    *ast.File
}

// Paquet gives the directory of the file, "." for the root.
func (f *Fichier) Paquet() string { return path.Dir(f.Chemin) }

// Imports lists the imported paths, those of the module without its prefix.
func (f *Fichier) Imports() []string {
	var is []string
	for _, i := range f.AST.Imports {
		p, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			continue
		}
		if p == Module {
			p = "."
		}
		is = append(is, strings.TrimPrefix(p, Module+"/"))
	}
	return is
}

// Racine finds the root of the module from a directory inside it.
func Racine(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", fs.ErrNotExist
		}
		dir = parent
	}
}

// Lit parses every Go file of the module, nested modules apart.
func Lit(racine string) ([]Fichier, error) {
	var fs []Fichier
	set := token.NewFileSet()
	err := filepath.WalkDir(racine, func(p string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			_, errMod := os.Stat(filepath.Join(p, "go.mod"))
			if p != racine && (errMod == nil || strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(p, ".go") {
			return nil
		}
		a, err := parser.ParseFile(set, p, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(racine, p)
		if err != nil {
			return err
		}
		fs = append(fs, Fichier{Chemin: filepath.ToSlash(rel), Test: strings.HasSuffix(p, "_test.go"), AST: a})
		return nil
	})
	return fs, err
}
