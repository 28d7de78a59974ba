package simphonie

import (
	"math/bits"
)

// Arrondi is the way a rule rounds a value to the precision of its result.
// Rules name both the place and the mode; nothing is rounded anywhere else.
type Arrondi uint8

const (
	// DemiSup rounds to the nearest, a tie going away from zero: the third
	// decimal from 5 upwards raises the cent (PG annexe 1). A negative amount,
	// as in a reversal, rounds to the opposite of its positive twin.
	DemiSup Arrondi = iota
	// VersLeHaut rounds away from zero as soon as something is left, as a
	// dépassement autorisé goes up to the euro (RG_VF637).
	VersLeHaut
	// Exact refuses to round: a remainder is an error.
	Exact
)

// String gives the name of the mode as explanations print it.
func (a Arrondi) String() string {
	switch a {
	case DemiSup:
		return "demi-supérieur"
	case VersLeHaut:
		return "supérieur"
	case Exact:
		return "exact"
	}
	return "inconnu"
}

// mulDiv computes v × num ÷ den rounded by a, without overflow of the
// intermediate product. den must be positive.
func mulDiv(v, num, den int64, a Arrondi) (int64, error) {
	neg := (v < 0) != (num < 0)
	hi, lo := bits.Mul64(abs(v), abs(num))
	d := uint64(den)
	if hi >= d {
		return 0, ErrDepassement
	}
	q, r := bits.Div64(hi, lo, d)
	switch {
	case r == 0:
	case a == Exact:
		return 0, ErrInexact
	case a == VersLeHaut, r >= d-r:
		q++
	}
	const max = 1<<63 - 1
	if q > max {
		return 0, ErrDepassement
	}
	if neg {
		return -int64(q), nil
	}
	return int64(q), nil
}

func abs(v int64) uint64 {
	if v < 0 {
		return uint64(-(v + 1)) + 1
	}
	return uint64(v)
}

// add adds two scaled integers and reports an overflow.
func add(a, b int64) (int64, error) {
	s := a + b
	if (s > a) != (b > 0) && b != 0 {
		return 0, ErrDepassement
	}
	return s, nil
}
