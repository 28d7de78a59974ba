package lecteur

import "math/bits"

// lecture is the outcome of decoding the modules of a symbol.
type lecture struct {
	message     *Message
	corrections int     // codewords repaired
	doute       float64 // share of the modules of the data that were wrong
}

// maxDoute bounds the share of wrong data modules in a symbol that is
// accepted: a chance agreement of Reed-Solomon needs more.
const maxDoute = 0.16

// decodeur holds the memory that attempts share.
type decodeur struct {
	valeurs []float64
	nets    []float64
	noirs   []bool
	cw      []byte
	bloc    [255]byte
}

// corrigeables returns how many codewords of a block may be wrong for a
// symbol whose finder agrees well or not: fewer than Reed-Solomon allows in
// the small symbols, where a random picture could otherwise pass.
func corrigeables(ec int, net bool) int {
	n := ec / 2
	switch {
	case ec <= 7:
		n--
	case ec <= 12 && !net:
		n--
	}
	return n
}

// decoder reads the modules of a symbol: noirs holds t.lignes*t.colonnes
// modules, line after line.
func (d *decodeur) decoder(t *taille, noirs []bool, net bool) (lecture, bool) {
	placement := t.placement()
	cw := d.cw[:0]
	for i := 0; i < len(placement); i += 8 {
		var b byte
		for _, p := range placement[i : i+8] {
			b <<= 1
			if noirs[p] {
				b |= 1
			}
		}
		cw = append(cw, b)
	}
	d.cw = cw
	var lu lecture
	faux := 0
	for b := range t.blocs {
		n := 0
		for i := b; i < t.donnees; i += t.blocs {
			d.bloc[n] = cw[i]
			n++
		}
		// The correction codewords of 144x144 start with the ninth block.
		e := b
		if t.blocs == 10 {
			e = (b + 2) % 10
		}
		for i := range t.ec {
			d.bloc[n+i] = cw[t.donnees+i*t.blocs+e]
		}
		bloc := d.bloc[:n+t.ec]
		k := corriger(bloc, t.ec)
		if k < 0 || k > corrigeables(t.ec, net) {
			return lu, false
		}
		lu.corrections += k
		for i := range n {
			faux += bits.OnesCount8(cw[b+i*t.blocs] ^ bloc[i])
			cw[b+i*t.blocs] = bloc[i]
		}
		for i := range t.ec {
			faux += bits.OnesCount8(cw[t.donnees+i*t.blocs+e] ^ bloc[n+i])
		}
	}
	lu.doute = float64(faux) / float64(8*len(cw))
	if lu.doute > maxDoute {
		return lu, false
	}
	m, err := lireFlux(cw[:t.donnees], 4*lu.corrections > t.ec*t.blocs)
	if err != nil {
		return lu, false
	}
	lu.message = m
	return lu, true
}

// retourner mirrors a square matrix across the diagonal of the corner of the
// L, which exchanges its arms.
func retourner(noirs []bool, n int) {
	for l := range n {
		for c := range n - 1 - l {
			a, b := l*n+c, (n-1-c)*n+n-1-l
			noirs[a], noirs[b] = noirs[b], noirs[a]
		}
	}
}
