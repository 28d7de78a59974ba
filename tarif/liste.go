package tarif

import (
	"fmt"
	"io"
	"strings"

	"github.com/simphonie/simphonie"
)

// Liste is a dated list of codes that a text refers to without prices: acts of
// an annexe, diagnoses. It does not change once loaded.
type Liste struct {
	nom         string
	parCode     map[string][]entree
	designation string
}

type entree struct {
	periode simphonie.Periode
	connuLe simphonie.Jour
}

// LoadListe reads a list from a text file with semicolons and this header:
//
//	code;du;au;reference;connu_le
//
// Codes are compared in capitals and without points, so that Z99.1 and z991 are
// the same. Every fault is reported at once.
func LoadListe(nom string, r io.Reader) (*Liste, error) {
	l := &Liste{nom: nom, parCode: map[string][]entree{}}
	var f fautes
	var textes []string
	f.parcourt(r, []string{"code", "du", "au", "reference", "connu_le"}, func(n int, c []string) {
		e := entree{simphonie.Periode{Du: f.jour(n, 2, c[1]), Au: f.jour(n, 3, c[2])}, f.jour(n, 5, c[4])}
		if c[0] == "" {
			f.colonne("TARIF-CODE", n, 1, "the code is missing")
		}
		if e.periode.Du.IsZero() || !e.periode.Valide() {
			f.colonne("TARIF-DATE", n, 2, "a period with a first day is wanted")
		}
		if c[3] == "" {
			f.colonne("TARIF-REFERENCE", n, 4, "the text that holds the list is missing")
		}
		if e.connuLe.IsZero() {
			f.colonne("TARIF-DATE", n, 5, "the day of publication is missing")
		}
		l.parCode[sansPoint(c[0])] = append(l.parCode[sansPoint(c[0])], e)
		textes = append(textes, fmt.Sprint(c))
	})
	if err := f.err(); err != nil {
		return nil, err
	}
	l.designation = nom + " " + digest(textes)
	return l, nil
}

// Contains says that the code is in the list on a day, as known at a date.
func (l *Liste) Contains(code string, jour, connuAu simphonie.Jour) bool {
	if l == nil {
		return false
	}
	for _, e := range l.parCode[sansPoint(code)] {
		if !e.connuLe.After(connuAu) && e.periode.Contains(jour) {
			return true
		}
	}
	return false
}

func sansPoint(code string) string { return strings.ReplaceAll(strings.ToUpper(code), ".", "") }

// Nom gives the name under which results quote the list.
func (l *Liste) Nom() string {
	if l == nil {
		return ""
	}
	return l.nom
}

// Designation gives the name and the digest of the list.
func (l *Liste) Designation() string {
	if l == nil {
		return ""
	}
	return l.designation
}
