package nomenclature

import (
	"cmp"
	"iter"
	"slices"

	"github.com/simphonie/simphonie"
)

// datee is a row that says when it holds.
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

// duSocle marks, as the line of a row, those that the package brings.
const duSocle = -1

// compareDates puts the latest known first, what the package brings last.
func compareDates(a, b *Date) int {
	if sa, sb := a.ligne == duSocle, b.ligne == duSocle; sa != sb {
		if sa {
			return 1
		}
		return -1
	}
	return cmp.Or(b.ConnuLe.DaysSince(a.ConnuLe), b.Periode.Du.DaysSince(a.Periode.Du), b.Periode.Au.DaysSince(a.Periode.Au))
}

// toutes walks over the rows, in no order.
func (x *index[K, T, P]) toutes() iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for _, p := range x.parCle {
			for i := p.du; i < p.au; i++ {
				if !yield(&x.lignes[i]) {
					return
				}
			}
		}
	}
}

// indexe puts the rows of each key together.
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
			return compareDates(P(&a).date(), P(&b).date())
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
		if d := l.date(); !d.ConnuLe.After(connuAu) && d.Periode.Contains(jour) && !x.reprise(p.du, i, connuAu) {
			return l
		}
	}
	return nil
}

// reprise says that a later publication, known too, starts a row of the key on the
// same first day: it replaces row i, its end included, so that what a text
// closes does not stay open in the row of the text before.
func (x *index[K, T, P]) reprise(du, i int32, connuAu simphonie.Jour) bool {
	d := P(&x.lignes[i]).date()
	if d.ligne == duSocle {
		return false // printed under what is loaded, whatever its period
	}
	for j := du; j < i; j++ {
		if e := P(&x.lignes[j]).date(); e.ConnuLe.After(d.ConnuLe) && !e.ConnuLe.After(connuAu) && e.Periode.Du == d.Periode.Du {
			return true
		}
	}
	return false
}

// ouverte says that the table has rows known at a date, and from that day or before.
func (x *index[K, T, P]) ouverte(jour, connuAu simphonie.Jour) bool {
	for i := range x.lignes {
		if d := P(&x.lignes[i]).date(); !d.ConnuLe.After(connuAu) && !d.Periode.Du.After(jour) {
			return true
		}
	}
	return false
}

// parmi gives, of the rows of a key that hold on a day and are of the latest
// publication known, the first that suits; connu says that there is one at all.
func (x *index[K, T, P]) parmi(k K, jour, connuAu simphonie.Jour, convient func(P) bool) (ligne P, connu bool) {
	p := x.parCle[k]
	var dernier *Date
	for i := p.du; i < p.au; i++ {
		l := P(&x.lignes[i])
		d := l.date()
		if d.ConnuLe.After(connuAu) || !d.Periode.Contains(jour) || x.reprise(p.du, i, connuAu) {
			continue
		}
		if dernier == nil {
			dernier = d
		}
		if d.ConnuLe != dernier.ConnuLe || (d.ligne == duSocle) != (dernier.ligne == duSocle) {
			break
		}
		if convient(l) {
			return l, true
		}
	}
	return nil, dernier != nil
}
