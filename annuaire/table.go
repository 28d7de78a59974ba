package annuaire

import (
	"slices"

	"github.com/simphonie/simphonie"
)

// Table routes insurers to their operators without any call. It does not
// change once loaded, and is safe for concurrent use.
//
// Of the rows that fit a key, those of its convention come before those of
// every convention, then those of its domain before those of every domain,
// then those with the most characters of the CSR in full. Rows that are equal
// by that are a choice.
type Table struct {
	operateurs []OperateurTable
	routes     []Route
	nombre     int      // of rows; routes holds some twice
	suivantes  []uint32 // while loading: by route, the rank from 1 of the next of the same mask
	index      index
}

// OperateurTable is an operator and, by service, its addresses in the order in
// which to try them.
type OperateurTable struct {
	Operateur
	Adresses map[Service][]string
}

// Route is a row of a Table: which operator answers for the insurer. It is to
// be read only.
type Route struct {
	Numero     simphonie.NumeroAMC
	Convention string            // "" is every convention
	Domaine    simphonie.Domaine // "" is every domain
	CSR        string            // each ? is any one character; "" is a key without CSR
	Operateur  *OperateurTable
}

// Len gives the number of rows.
func (t *Table) Len() int {
	if t == nil {
		return 0
	}
	return t.nombre
}

// Operateurs gives the operators in the order of their file.
func (t *Table) Operateurs() []OperateurTable {
	if t == nil {
		return nil
	}
	return slices.Clone(t.operateurs)
}

// Cherche appends to dst the routes of a key that are most specific, one an
// operator: none is an insurer that the table does not know, several are a
// choice. With room in dst nothing is allocated.
func (t *Table) Cherche(dst []*Route, c simphonie.CleAMC) []*Route {
	if t == nil || len(c.CSR) > csrMax {
		return dst
	}
	numero, okNumero := tasse(c.Numero.Canonique(), 10)
	convention, okConvention := tasse(c.Convention, 2)
	domaine, okDomaine := tasse(string(c.Domaine), 8)
	if !okNumero || !okConvention || !okDomaine {
		return dst
	}
	for _, g := range [...]groupe{nouveauGroupe(numero, convention, domaine), nouveauGroupe(numero, convention, 0), nouveauGroupe(numero, 0, domaine), nouveauGroupe(numero, 0, 0)} {
		if n := t.dansGroupe(dst, g, c.CSR); len(n) > len(dst) {
			return n
		}
	}
	return dst
}

// dansGroupe tries the shapes and stops after those of the first weight that
// gives a row.
func (t *Table) dansGroupe(dst []*Route, g groupe, csr string) []*Route {
	debut, poids := len(dst), 0
	for _, f := range t.index.listes[t.index.groupe(g).liste] {
		if len(dst) > debut && f.poids() < poids {
			break
		}
		if f.longueur() != len(csr) {
			continue
		}
		l := t.index.lot(g, f, csr)
		if l == nil {
			continue
		}
		poids = f.poids()
		avant := dst[debut:] // of other masks: one mask names an operator once
		for i := l.premiere; i <= l.derniere; i++ {
			if r := &t.routes[i-1]; len(avant) == 0 || !slices.ContainsFunc(avant, func(d *Route) bool { return d.Operateur == r.Operateur }) {
				dst = append(dst, r)
			}
		}
	}
	return dst
}

func nouvelleTable(os []OperateurTable, taille int) *Table {
	return &Table{operateurs: os, routes: make([]Route, 0, taille), suivantes: make([]uint32, 0, taille), index: nouvelIndex(taille)}
}

// ajoute indexes a row whose parts are valid; false is one that is there already.
func (t *Table) ajoute(r Route) bool {
	numero, _ := tasse(r.Numero.Canonique(), 10)
	convention, _ := tasse(r.Convention, 2)
	domaine, _ := tasse(string(r.Domaine), 8)
	l := t.index.ajoute(nouveauGroupe(numero, convention, domaine), r.CSR)
	for i := l.premiere; i != 0; i = t.suivantes[i-1] {
		if t.routes[i-1].Operateur == r.Operateur {
			return false
		}
	}
	rang := uint32(len(t.routes) + 1)
	if l.premiere == 0 {
		l.premiere = rang
	} else {
		t.suivantes[l.derniere-1] = rang
	}
	l.derniere = rang
	t.nombre++
	t.routes, t.suivantes = append(t.routes, r), append(t.suivantes, 0)
	return true
}

// regroupe copies side by side the rows of each mask that has several: a
// search then reads the index alone.
func (t *Table) regroupe() {
	for i := range t.index.lots.cases {
		l := &t.index.lots.cases[i].valeur
		if l.premiere == l.derniere {
			continue
		}
		debut := len(t.routes) + 1
		for r := l.premiere; r != 0; r = t.suivantes[r-1] {
			t.routes = append(t.routes, t.routes[r-1])
		}
		*l = lot{uint32(debut), uint32(len(t.routes))}
	}
	t.suivantes = nil
}

// entrees gives the routes of a key as an answer of the directory would, for
// one service.
func (t *Table) entrees(c simphonie.CleAMC, s Service) []Entree {
	var es []Entree
	for _, r := range t.Cherche(nil, c) {
		es = append(es, Entree{Operateur: r.Operateur.Operateur, Convention: r.Convention, CSR: r.CSR, Domaine: r.Domaine, Adresses: r.Operateur.Adresses[s]})
	}
	return es
}
