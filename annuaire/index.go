package annuaire

import (
	"hash/maphash"
	"math/bits"
	"slices"
)

// index finds the rows of a table by what they say without wildcard, then by
// the shapes of their masks: one probe a shape, however many rows there are.
// It is made for the caches of the processor: few jumps, small cells.
type index struct {
	groupes map[uint64][]groupe // by AMC number
	nombre  uint32              // of groups
	listes  [][]forme           // sets of shapes, the heaviest first; groups share them
	suites  map[suite]uint32    // the set that one more shape makes of another
	lots    []lot               // open addressing, at most four fifths full
	sel     maphash.Seed
}

// groupe is the rows of an insurer that name one convention and one domain, or
// all of them.
type groupe struct {
	cle       uint64
	id, liste uint32
}

type suite struct {
	liste uint32
	plus  forme
}

// forme is the shape of a mask: its length in the high byte, below it a bit for
// each character that it has in full.
type forme uint32

const pleins = 1<<csrMax - 1

func (f forme) longueur() int { return int(f >> csrMax) }
func (f forme) poids() int    { return bits.OnesCount32(uint32(f) & pleins) }

// formeDe gives the shape of a mask.
func formeDe(s string) forme {
	f := forme(len(s)) << csrMax
	for i := range len(s) {
		if s[i] != '?' {
			f |= 1 << i
		}
	}
	return f
}

// masque is a mask of a group, zeros for its wildcards.
type masque struct {
	csr    [csrMax]byte
	groupe uint32
	forme  forme
}

// masque keeps of a CSR the characters that the shape has in full.
func (f forme) masque(groupe uint32, csr string) masque {
	m := masque{groupe: groupe, forme: f}
	for i := range len(csr) {
		if f&(1<<i) != 0 {
			m.csr[i] = csr[i]
		}
	}
	return m
}

// lot is the rows of one mask: the ranks, from 1, of the first and the last of a
// chain; 0 is a free cell.
type lot struct {
	masque             masque
	premiere, derniere uint32
}

// nouvelIndex makes room for so many rows at most.
func nouvelIndex(taille int) index {
	return index{groupes: map[uint64][]groupe{}, listes: [][]forme{nil}, suites: map[suite]uint32{},
		lots: make([]lot, 1<<bits.Len(uint(taille+taille/4+1))), sel: maphash.MakeSeed()}
}

// place gives the cell of a mask, or the free one where it would go.
func (x *index) place(m *masque) *lot {
	h := maphash.Bytes(x.sel, m.csr[:]) + (uint64(m.groupe)<<32|uint64(m.forme))*0x9E3779B97F4A7C15
	for i := h ^ h>>32; ; i++ {
		if l := &x.lots[i&uint64(len(x.lots)-1)]; l.premiere == 0 || l.masque == *m {
			return l
		}
	}
}

// ajoute gives the chain of a mask; one that is empty is new, and to be filled.
func (x *index) ajoute(numero, cle uint64, csr string) *lot {
	gs := x.groupes[numero]
	i := slices.IndexFunc(gs, func(g groupe) bool { return g.cle == cle })
	if i < 0 {
		i = len(gs)
		gs = append(gs, groupe{cle: cle, id: x.nombre})
		x.groupes[numero] = gs
		x.nombre++
	}
	f := formeDe(csr)
	gs[i].liste = x.avec(gs[i].liste, f)
	m := f.masque(gs[i].id, csr)
	l := x.place(&m)
	l.masque = m
	return l
}

// avec gives the set that a shape makes of another set.
func (x *index) avec(liste uint32, f forme) uint32 {
	fs := x.listes[liste]
	if slices.Contains(fs, f) {
		return liste
	}
	s, ok := x.suites[suite{liste, f}]
	if !ok {
		ou := slices.IndexFunc(fs, func(a forme) bool { return a.poids() < f.poids() })
		if ou < 0 {
			ou = len(fs)
		}
		s = uint32(len(x.listes))
		x.listes = append(x.listes, slices.Insert(slices.Clone(fs), ou, f))
		x.suites[suite{liste, f}] = s
	}
	return s
}

// tasse packs a code of at most max digits and capitals, 12 at the most: no two
// codes give the same number, and "" is 0. False is another text.
func tasse(s string, max int) (uint64, bool) {
	var n uint64
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			n = n*37 + uint64(c-'0') + 1
		case c >= 'A' && c <= 'Z':
			n = n*37 + uint64(c-'A') + 11
		default:
			return 0, false
		}
	}
	return n, len(s) <= max
}

// cleGroupe packs a convention and a domain.
func cleGroupe(convention, domaine uint64) uint64 { return convention<<48 | domaine }
