package maison_test

import (
	"go/ast"
	"testing"
)

// Every exported name of the packages that others import has its comment.
func TestExportesDocumentes(t *testing.T) {
	for _, f := range fichiers(t) {
		if f.Test || etage(f.Paquet()) == "dehors" {
			continue
		}
		manque := func(nom string, documente bool) {
			if ast.IsExported(nom) && !documente {
				t.Errorf("%s: %s has no comment", f.Chemin, nom)
			}
		}
		for _, d := range f.AST.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil || ast.IsExported(recepteur(d.Recv.List[0].Type)) {
					manque(d.Name.Name, d.Doc != nil)
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					switch s := s.(type) {
					case *ast.TypeSpec:
						manque(s.Name.Name, d.Doc != nil || s.Doc != nil)
					case *ast.ValueSpec:
						manque(s.Names[0].Name, d.Doc != nil || s.Doc != nil || s.Comment != nil)
					}
				}
			}
		}
	}
}

// recepteur gives the name of the type that a method belongs to.
func recepteur(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return recepteur(t.X)
	case *ast.IndexExpr:
		return recepteur(t.X)
	case *ast.Ident:
		return t.Name
	}
	return ""
}
