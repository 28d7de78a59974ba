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
	groupes dispersion[cleGroupe, groupe]
	nombre  uint32            // of groups
	listes  [][]forme         // sets of shapes, the heaviest first; groups share them
	rangs   map[string]uint32 // of the sets, by what they hold
	lots    dispersion[masque, lot]
	sel     maphash.Seed
}

// cleGroupe is an insurer, and one convention and one domain or all of them.
type cleGroupe struct{ numero, reste uint64 }

func (k *cleGroupe) hache() uint64 {
	h := k.numero*0x9E3779B97F4A7C15 ^ k.reste
	h = (h ^ h>>29) * 0xBF58476D1CE4E5B9
	return h ^ h>>32
}

// groupe is the rows of a cleGroupe: its rank, and the set of their shapes.
type groupe struct{ id, liste uint32 }

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
type lot struct{ premiere, derniere uint32 }

// nouvelIndex makes room for so many rows at most.
func nouvelIndex(taille int) index {
	return index{groupes: nouvelleDispersion[cleGroupe, groupe](taille), listes: [][]forme{nil}, rangs: map[string]uint32{},
		lots: nouvelleDispersion[masque, lot](taille), sel: maphash.MakeSeed()}
}

func (x *index) hache(m *masque) uint64 {
	h := maphash.Bytes(x.sel, m.csr[:]) + (uint64(m.groupe)<<32|uint64(m.forme))*0x9E3779B97F4A7C15
	return h ^ h>>32
}

// groupe gives the rows of an insurer for a convention and a domain, nil
// without any.
func (x *index) groupe(k cleGroupe) *groupe { return x.groupes.cherche(k.hache(), &k) }

// lot gives the chain of the mask that a shape of a group makes of a CSR.
func (x *index) lot(g *groupe, f forme, csr string) *lot {
	m := f.masque(g.id, csr)
	return x.lots.cherche(x.hache(&m), &m)
}

// ajoute gives the chain of a mask; one that is empty is new, and to be filled.
func (x *index) ajoute(k cleGroupe, csr string) *lot {
	g, neuf := x.groupes.place(k.hache(), &k)
	if neuf {
		g.id = x.nombre
		x.nombre++
	}
	f := formeDe(csr)
	g.liste = x.avec(g.liste, f)
	m := f.masque(g.id, csr)
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
