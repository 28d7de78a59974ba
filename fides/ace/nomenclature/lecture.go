package nomenclature

import (
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
)

// Fichiers lists the files of a directory of tables, such as prix.csv. Each is
// text with semicolons and the header that Entete gives; docs/NOMENCLATURES.md
// describes them.
func Fichiers() []string {
	var r []string
	for _, x := range tableaux {
		r = append(r, x.fichier())
	}
	return r
}

// Entete gives the columns of a file, in order; nil for an unknown one.
func Entete(fichier string) []string {
	if x := tableauDe(fichier); x != nil {
		return x.entete()
	}
	return nil
}

func tableauDe(fichier string) tableau {
	for _, x := range tableaux {
		if x.fichier() == fichier {
			return x
		}
	}
	return nil
}

// Load reads the file of one table, named as in Fichiers. Every fault is
// reported at once, with its file, line and column.
func Load(fichier string, r io.Reader) (*Tables, error) {
	x := tableauDe(fichier)
	if x == nil {
		return nil, &simphonie.Erreur{Code: "NOM-FICHIER", Chemin: fichier, Detail: "no table has this name: one of " + strings.Join(Fichiers(), ", ")}
	}
	if r == nil {
		return nil, &simphonie.Erreur{Code: "NOM-LECTURE", Chemin: fichier, Detail: "no file"}
	}
	var d Donnees
	var f fautes
	x.lit(r, &d, &f)
	return assemble(d, &f)
}

// LoadFS reads a directory of tables: any of Fichiers, one at least; files of
// another kind than .csv are left alone, a .csv of another name is a fault,
// unless autres names it. Every fault of every file is reported at once.
func LoadFS(dossier fs.FS, autres ...string) (*Tables, error) {
	if dossier == nil {
		return nil, &simphonie.Erreur{Code: "NOM-LECTURE", Detail: "no directory"}
	}
	entrees, err := fs.ReadDir(dossier, ".")
	if err != nil {
		return nil, &simphonie.Erreur{Code: "NOM-LECTURE", Detail: "the directory cannot be read", Err: err}
	}
	var d Donnees
	var f fautes
	lus := 0
	for _, e := range entrees {
		nom := e.Name()
		x := tableauDe(nom)
		switch {
		case x != nil:
			lus++
			litFichier(dossier, x, &d, &f)
		case path.Ext(nom) == ".csv" && !slices.Contains(autres, nom):
			f.ajoute("NOM-FICHIER", nom, 0, 0, "no table has this name: one of "+strings.Join(Fichiers(), ", "))
		}
	}
	if lus == 0 {
		f.ajoute("NOM-FICHIER", "", 0, 0, "no table in the directory: one of "+strings.Join(Fichiers(), ", ")+" is wanted")
	}
	return assemble(d, &f)
}

func litFichier(dossier fs.FS, x tableau, d *Donnees, f *fautes) {
	r, err := dossier.Open(x.fichier())
	if err != nil {
		f.cause("NOM-LECTURE", x.fichier(), 0, "the file cannot be read", err)
		return
	}
	x.lit(r, d, f)
	if err := r.Close(); err != nil {
		f.cause("NOM-LECTURE", x.fichier(), 0, "the file cannot be read", err)
	}
}

// Ecris writes the rows of one table as Load reads them, printed values apart:
// what an archive gave can be looked at, kept and compared.
func (t *Tables) Ecris(w io.Writer, fichier string) error {
	x := tableauDe(fichier)
	switch {
	case x == nil:
		return &simphonie.Erreur{Code: "NOM-FICHIER", Chemin: fichier, Detail: "no table has this name: one of " + strings.Join(Fichiers(), ", ")}
	case w == nil:
		return &simphonie.Erreur{Code: "NOM-ECRITURE", Chemin: fichier, Detail: "no file"}
	}
	if err := x.ecrit(w, t.ouVides()); err != nil {
		return &simphonie.Erreur{Code: "NOM-ECRITURE", Chemin: fichier, Detail: "writing failed", Err: err}
	}
	return nil
}
