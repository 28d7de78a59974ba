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
type index struct {
	groupes []celluleGroupe   // by open addressing, at most four fifths full
	listes  [][]forme         // sets of shapes, the heaviest first; groups share them; 0 is empty
	rangs   map[string]uint32 // of the sets, by what they hold
	lots    dispersion[masque, lot]
	sel     maphash.Seed
}

// groupe is an insurer, and one convention and one domain or all of them: the
// number in 53 bits and the convention in 11, the domain in 42.
type groupe struct{ amc, domaine uint64 }

func nouveauGroupe(numero, convention, domaine uint64) groupe {
	return groupe{numero | convention<<53, domaine}
}

func (g groupe) hache() uint64 {
	h := g.amc*0x9E3779B97F4A7C15 ^ g.domaine
	h = (h ^ h>>29) * 0xBF58476D1CE4E5B9
	return h ^ h>>32
}

// celluleGroupe is part of the hash of a group and the set of its shapes. Two
// groups that look alike share a cell, and try each other's shapes for nothing:
// masks say which rows are whose.
type celluleGroupe struct{ hache, liste uint32 }

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

// masque is a mask of a group, zeros for its wildcards.
type masque struct {
	csr   [csrMax]byte
	amc   uint64
	reste uint64 // domain, then shape
}

// masque keeps of a CSR the characters that the shape has in full.
func (f forme) masque(g groupe, csr string) masque {
	m := masque{amc: g.amc, reste: g.domaine | uint64(f)<<42}
	for i := range len(csr) {
		if f&(1<<i) != 0 {
			m.csr[i] = csr[i]
		}
	}
	return m
}

// lot is the rows of one mask: the ranks, from 1, of the first and the last.
type lot struct{ premiere, derniere uint32 }

// nouvelIndex makes room for so many rows at most.
func nouvelIndex(taille int) index {
	lots := nouvelleDispersion[masque, lot](taille)
	return index{groupes: make([]celluleGroupe, len(lots.cases)), listes: [][]forme{nil}, rangs: map[string]uint32{}, lots: lots, sel: maphash.MakeSeed()}
}

func (x *index) hache(m *masque) uint64 {
	h := maphash.Bytes(x.sel, m.csr[:]) + groupe{m.amc, m.reste}.hache()
	return h ^ h>>32
}

// groupe gives the cell of a group, free when its set is empty.
func (x *index) groupe(g groupe) *celluleGroupe {
	h := g.hache()
	for i := h >> 32; ; i++ {
		c := &x.groupes[i&uint64(len(x.groupes)-1)]
		if c.liste == 0 || c.hache == uint32(h) {
			return c
		}
	}
}

// lot gives the chain of the mask that a shape of a group makes of a CSR.
func (x *index) lot(g groupe, f forme, csr string) *lot {
	m := f.masque(g, csr)
	return x.lots.cherche(x.hache(&m), &m)
}

// ajoute gives the chain of a mask; one that is empty is new, and to be filled.
func (x *index) ajoute(g groupe, csr string) *lot {
	f, c := formeDe(csr), x.groupe(g)
	*c = celluleGroupe{uint32(g.hache()), x.avec(c.liste, f)}
	m := f.masque(g, csr)
	l, _ := x.lots.place(x.hache(&m), &m)
	return l
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
