package annuaire

import "math/bits"

// dispersion is a hash table that is filled once and then only read, made for
// the caches of the processor: a byte a cell stops most probes of what is not
// there, and what is there costs one cell.
type dispersion[K comparable, V any] struct {
	marques []uint8 // part of the hash; 0 is a free cell
	cases   []cellule[K, V]
}

type cellule[K comparable, V any] struct {
	cle    K
	valeur V
}

// nouvelleDispersion makes room for so many keys at most; cells are at most
// four fifths full.
func nouvelleDispersion[K comparable, V any](taille int) dispersion[K, V] {
	n := 1 << bits.Len(uint(taille+taille/4+1))
	return dispersion[K, V]{make([]uint8, n), make([]cellule[K, V], n)}
}

// marque keeps of a hash what the rank of a cell does not, and is never 0.
func marque(hache uint64) uint8 { return uint8(hache>>56) | 1 }

// ou gives the cell of a key, or the free one where it would go.
func (d *dispersion[K, V]) ou(hache uint64, k *K) (uint64, bool) {
	fin := uint64(len(d.marques) - 1)
	for i := hache & fin; ; i = (i + 1) & fin {
		switch d.marques[i] {
		case 0:
			return i, false
		case marque(hache):
			if d.cases[i].cle == *k {
				return i, true
			}
		}
	}
}

// cherche gives the value of a key, nil without one.
func (d *dispersion[K, V]) cherche(hache uint64, k *K) *V {
	if i, ok := d.ou(hache, k); ok {
		return &d.cases[i].valeur
	}
	return nil
}

// place gives the value of a key, which is new when there was none.
func (d *dispersion[K, V]) place(hache uint64, k *K) (v *V, neuf bool) {
	i, ok := d.ou(hache, k)
	if !ok {
		d.marques[i], d.cases[i].cle = marque(hache), *k
	}
	return &d.cases[i].valeur, !ok
}
