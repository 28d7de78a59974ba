package annuaire

import (
	"cmp"
	"encoding/binary"
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
	rangs   map[string]uint32   // of the sets, by what they hold
	marques []uint8             // by cell, part of the hash; 0 is free: most probes stop there
	lots    []lot               // cells, by open addressing, at most four fifths full
	sel     maphash.Seed
}

// groupe is the rows of an insurer that name one convention and one domain, or
// all of them.
type groupe struct {
	cle       uint64
	id, liste uint32
}

// forme is the shape of a mask: its length in the high half, below it a bit for
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

// masque is a mask of a group, zeros for its wildcards. With its chain it fills
// half a line of the processor's cache.
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
// chain.
type lot struct {
	masque             masque
	premiere, derniere uint32
}

// nouvelIndex makes room for so many rows at most.
func nouvelIndex(taille int) index {
	cases := 1 << bits.Len(uint(taille+taille/4+1))
	return index{groupes: map[uint64][]groupe{}, listes: [][]forme{nil}, rangs: map[string]uint32{},
		marques: make([]uint8, cases), lots: make([]lot, cases), sel: maphash.MakeSeed()}
}

// place gives the cell of a mask, or false and the free one where it would go.
func (x *index) place(m *masque) (ou uint64, connu bool) {
	h := x.hache(m)
	fin := uint64(len(x.marques) - 1)
	for ou = h & fin; ; ou = (ou + 1) & fin {
		switch x.marques[ou] {
		case 0:
			return ou, false
		case marque(h):
			if x.lots[ou].masque == *m {
				return ou, true
			}
		}
	}
}

func (x *index) hache(m *masque) uint64 {
	h := maphash.Bytes(x.sel, m.csr[:]) + (uint64(m.groupe)<<32|uint64(m.forme))*0x9E3779B97F4A7C15
	return h ^ h>>32
}

// marque keeps what the rank of a cell does not, and is never 0.
func marque(hache uint64) uint8 { return uint8(hache>>56) | 1 }

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
	ou, connu := x.place(&m)
	if !connu {
		x.marques[ou], x.lots[ou].masque = marque(x.hache(&m)), m
	}
	return &x.lots[ou]
}

// avec gives the set that a shape makes of another set.
func (x *index) avec(liste uint32, f forme) uint32 {
	fs := x.listes[liste]
	if slices.Contains(fs, f) {
		return liste
	}
	fs = append(slices.Clone(fs), f)
	slices.SortFunc(fs, func(a, b forme) int { return cmp.Or(b.poids()-a.poids(), int(a)-int(b)) })
	var texte []byte
	for _, f := range fs {
		texte = binary.LittleEndian.AppendUint32(texte, uint32(f))
	}
	rang, ok := x.rangs[string(texte)]
	if !ok {
		rang = uint32(len(x.listes))
		x.listes = append(x.listes, fs)
		x.rangs[string(texte)] = rang
	}
	return rang
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
