package nomenclature

import (
	"cmp"
	"slices"

	"github.com/simphonie/simphonie"
)

// daté is a row that says when it holds.
type datee[T any] interface {
	*T
	date() *Date
}

// index finds the rows of a table by key: they lie together, the latest known first.
type index[K comparable, T any, P datee[T]] struct {
	lignes []T
	parCle map[K]plage
}

type plage struct{ du, au int32 }

// indexe sorts rows by key. Those of the socle give way to any other.
func indexe[K comparable, T any, P datee[T]](lignes []T, cle func(*T) K) index[K, T, P] {
	x := index[K, T, P]{lignes: make([]T, len(lignes)), parCle: make(map[K]plage)}
	rangs := make([]int32, len(lignes))
	vus := make(map[K]int32)
	var nombres []int32
	for i := range lignes {
		k := cle(&lignes[i])
		r, ok := vus[k]
		if !ok {
			r = int32(len(nombres))
			vus[k] = r
			nombres = append(nombres, 0)
		}
		rangs[i] = r
		nombres[r]++
	}
	debuts := make([]int32, len(nombres))
	var n int32
	for r := range nombres {
		debuts[r] = n
		n += nombres[r]
	}
	places := slices.Clone(debuts)
	for i := range lignes {
		x.lignes[places[rangs[i]]] = lignes[i]
		places[rangs[i]]++
	}
	for k, r := range vus {
		p := plage{debuts[r], debuts[r] + nombres[r]}
		x.parCle[k] = p
		slices.SortStableFunc(x.lignes[p.du:p.au], func(a, b T) int {
			d, e := P(&a).date(), P(&b).date()
			return cmp.Or(e.ConnuLe.DaysSince(d.ConnuLe), e.Periode.Du.DaysSince(d.Periode.Du))
		})
	}
	return x
}

// cherche gives the row of a key that holds on a day, as known at a date; nil
// when there is none.
func (x *index[K, T, P]) cherche(k K, jour, connuAu simphonie.Jour) P {
	p, ok := x.parCle[k]
	if !ok {
		return nil
	}
	for i := p.du; i < p.au; i++ {
		l := P(&x.lignes[i])
		if d := l.date(); !d.ConnuLe.After(connuAu) && d.Periode.Contains(jour) {
			return l
		}
	}
	return nil
}
