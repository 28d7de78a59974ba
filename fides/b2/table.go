package b2

import (
	_ "embed"
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/simphonie/simphonie/internal/fixedwidth"
)

//go:embed zones.csv
var zonesCSV string

// Table is a set of record layouts. It is immutable and safe for concurrent
// use.
type Table struct {
	layouts  []*layout
	familles [256]*famille
}

// layout is a record of the table.
type layout struct {
	typ        Type
	zones      []Zone
	parID      map[string]*Zone
	masque     fixedwidth.Mask
	filtre     *fixedwidth.Matcher
	controlees []controlee        // zones with more to check than their characters
	parColonne [Largeur + 1]uint8 // index of the zone that begins there, plus one
	fins       [Largeur + 1]uint8 // its last column
	modele     string             // every zone constant or unset
	tete       *tete
	rang       int // place among Types, -1 for a record of the editor
}

// controlee is what checking a zone needs, packed.
type controlee struct {
	debut, fin uint8
	controle   controle
	facultatif bool // its unset form is not a fault
	bits       [2]uint64
	premiere   string // first value of a list, the most frequent
	z          *Zone
}

// famille is the records that begin with the same digit.
type famille struct {
	simple   *layout
	lettres  bool        // some records have a complement letter
	col36    [26]*layout // by complement letter
	col39    [26]*layout
	prefixes []*layout // records whose type is longer than a digit
}

// tete is where a head holds what it repeats from the type 2.
type tete struct{ facture, lettre, sequence int } // indices

// The two head shapes: the long one holds the rank of the beneficiary, which
// pushes the invoice number three columns to the right.
var (
	teteLongue = tete{facture: 29, lettre: 38, sequence: 39}
	teteCourte = tete{facture: 26, lettre: 35, sequence: 36}
)

// TableFIDES gives the fourteen records of external care under FIDES, norme
// B2 2005-E.
var TableFIDES = sync.OnceValue(func() *Table {
	t, err := charge(strings.NewReader(zonesCSV), nil)
	if err != nil {
		panic(err) // the embedded table is checked by the tests
	}
	return t
})

// Types lists the records of the table.
func (t *Table) Types() []Type {
	ts := make([]Type, len(t.layouts))
	for i, l := range t.layouts {
		ts[i] = l.typ
	}
	return ts
}

// Zones gives the zones of a record, in order; nil for a type it has not.
func (t *Table) Zones(typ Type) []Zone {
	if l := t.layout(typ); l != nil {
		zs := slices.Clone(l.zones)
		for i := range zs {
			zs[i].Valeurs = slices.Clone(zs[i].Valeurs)
		}
		return zs
	}
	return nil
}

// All gives every zone of every record.
func (t *Table) All() iter.Seq[Zone] {
	return func(yield func(Zone) bool) {
		for _, l := range t.layouts {
			for _, z := range t.Zones(l.typ) {
				if !yield(z) {
					return
				}
			}
		}
	}
}

func (t *Table) layout(typ Type) *layout {
	for _, l := range t.layouts {
		if l.typ == typ {
			return l
		}
	}
	return nil
}

// identifie finds the layout of a record by its first column and its
// complement letter. It gives nil and the rule that says why, or nil and nil
// for a record of file or lot, which the table need not know.
func (t *Table) identifie(texte string) (*layout, *regle) {
	if texte == "" {
		return nil, &longueur
	}
	f := t.familles[texte[0]]
	if f == nil {
		if deFichier(texte) {
			return nil, nil
		}
		return nil, &typeInconnu
	}
	for _, l := range f.prefixes {
		if strings.HasPrefix(texte, string(l.typ)) {
			return l, nil
		}
	}
	if f.lettres {
		c36, c39 := lettre(texte, teteCourte.lettre), lettre(texte, teteLongue.lettre)
		if c36 >= 0 || c39 >= 0 {
			return f.complement(c36, c39)
		}
	}
	switch {
	case f.simple != nil:
		return f.simple, nil
	case deFichier(texte):
		return nil, nil
	}
	return nil, &typeInconnu
}

// complement finds the record of a complement letter. The letter in the
// column of the other head shape is a fault of its own.
func (f *famille) complement(c36, c39 int) (*layout, *regle) {
	switch {
	case c36 >= 0 && f.col36[c36] != nil:
		return f.col36[c36], nil
	case c39 >= 0 && c36 < 0 && f.col39[c39] != nil:
		return f.col39[c39], nil
	case c36 >= 0 && f.col39[c36] != nil, c39 >= 0 && f.col36[c39] != nil:
		return nil, &teteMelangee
	case f.simple != nil && f.simple.typ == T2 && (interdite(c36) || interdite(c39)):
		return nil, &typeInterdit
	}
	return nil, &typeInconnu
}

// interdite says that the letter makes a 2B or a 2C (RG_MF603).
func interdite(c int) bool { return c == 'B'-'A' || c == 'C'-'A' }

// lettre gives the rank of the letter of a column, -1 when it holds none.
func lettre(texte string, i int) int {
	if i < len(texte) && texte[i] >= 'A' && texte[i] <= 'Z' {
		return int(texte[i] - 'A')
	}
	return -1
}

// deFichier says that a record begins as those that open and close files and
// lots: 000, 1, 6, 999.
func deFichier(texte string) bool {
	return strings.HasPrefix(texte, "000") || texte[0] == '1' || texte[0] == '6' || strings.HasPrefix(texte, "999")
}
