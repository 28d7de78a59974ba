package annuaire

import (
	"cmp"
	"math"
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
	suivantes  []uint32 // by route, the next of the same mask; aucune at the end
	groupes    map[cleGroupe]uint32
	formes     [][]forme // by group, the heaviest first
	lots       map[cleLot]lot
}

// OperateurTable is an operator and, by service, its addresses in the order in
// which to try them.
type OperateurTable struct {
	Operateur
	Adresses map[Service][]string
}

// Route is a row of a Table: which operator answers for the insurer.
type Route struct {
	Numero     simphonie.NumeroAMC
	Convention string            // "" is every convention
	Domaine    simphonie.Domaine // "" is every domain
	CSR        string            // each ? is any one character; "" is a key without CSR
	Operateur  *OperateurTable
}

// cleGroupe is what a row says without wildcard.
type cleGroupe struct {
	numero, convention, domaine string
}

// forme is the shape of a mask: its length, and a bit for each character that
// it has in full.
type forme struct {
	pleins   uint32
	longueur uint8
	poids    uint8 // number of characters in full
}

// cleLot is a mask of a group; its wildcards are zeros.
type cleLot struct {
	groupe, pleins uint32
	longueur       uint8
	csr            [csrMax]byte
}

// lot is the rows of one mask: the first and the last of a chain.
type lot struct{ premiere, derniere uint32 }

const aucune = math.MaxUint32

// Len gives the number of rows.
func (t *Table) Len() int {
	if t == nil {
		return 0
	}
	return len(t.routes)
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
	numero := c.Numero.Canonique()
	for _, g := range [...]cleGroupe{{numero, c.Convention, string(c.Domaine)}, {numero, c.Convention, ""}, {numero, "", string(c.Domaine)}, {numero, "", ""}} {
		if id, ok := t.groupes[g]; ok {
			if n := t.dansGroupe(dst, id, c.CSR); len(n) > len(dst) {
				return n
			}
		}
	}
	return dst
}

// dansGroupe tries the shapes and stops after those of the first weight that
// gives a row.
func (t *Table) dansGroupe(dst []*Route, groupe uint32, csr string) []*Route {
	debut, poids := len(dst), uint8(0)
	for _, f := range t.formes[groupe] {
		if len(dst) > debut && f.poids < poids {
			break
		}
		if int(f.longueur) != len(csr) {
			continue
		}
		l, ok := t.lots[f.cle(groupe, csr)]
		if !ok {
			continue
		}
		poids = f.poids
		for i := l.premiere; i != aucune; i = t.suivantes[i] {
			r := &t.routes[i]
			if !slices.ContainsFunc(dst[debut:], func(d *Route) bool { return d.Operateur == r.Operateur }) {
				dst = append(dst, r)
			}
		}
	}
	return dst
}

// formeDe gives the shape of a mask.
func formeDe(masque string) forme {
	f := forme{longueur: uint8(len(masque))}
	for i := range len(masque) {
		if masque[i] != '?' {
			f.pleins |= 1 << i
			f.poids++
		}
	}
	return f
}

// cle keeps of a CSR the characters that the shape has in full.
func (f forme) cle(groupe uint32, csr string) cleLot {
	k := cleLot{groupe: groupe, pleins: f.pleins, longueur: f.longueur}
	for i := range len(csr) {
		if f.pleins&(1<<i) != 0 {
			k.csr[i] = csr[i]
		}
	}
	return k
}

func nouvelleTable(os []OperateurTable, taille int) *Table {
	return &Table{operateurs: os, routes: make([]Route, 0, taille), suivantes: make([]uint32, 0, taille),
		groupes: make(map[cleGroupe]uint32, taille), lots: make(map[cleLot]lot, taille)}
}

// ajoute indexes a row; false is one that is there already.
func (t *Table) ajoute(r Route) bool {
	g := cleGroupe{r.Numero.Canonique(), r.Convention, string(r.Domaine)}
	id, ok := t.groupes[g]
	if !ok {
		id = uint32(len(t.formes))
		t.groupes[g] = id
		t.formes = append(t.formes, nil)
	}
	f, n := formeDe(r.CSR), uint32(len(t.routes))
	k := f.cle(id, r.CSR)
	l, ok := t.lots[k]
	if ok {
		for i := l.premiere; i != aucune; i = t.suivantes[i] {
			if t.routes[i].Operateur == r.Operateur {
				return false
			}
		}
		t.suivantes[l.derniere] = n
	} else {
		l.premiere = n
		fs := t.formes[id]
		if !slices.Contains(fs, f) {
			i, _ := slices.BinarySearchFunc(fs, f, func(a, b forme) int { return cmp.Or(int(b.poids)-int(a.poids), -1) })
			t.formes[id] = slices.Insert(fs, i, f)
		}
	}
	l.derniere = n
	t.lots[k] = l
	t.routes, t.suivantes = append(t.routes, r), append(t.suivantes, aucune)
	return true
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
