package lecteur

// Arithmetic of GF(256) with the polynomial 0x12D of Data Matrix.
var (
	gfExp [510]byte
	gfLog [256]int
)

func init() {
	x := 1
	for i := range 255 {
		gfExp[i], gfExp[i+255] = byte(x), byte(x)
		gfLog[x] = i
		x <<= 1
		if x > 255 {
			x ^= 0x12D
		}
	}
}

func gfMul(a, b byte) byte {
	if a == 0 || b == 0 {
		return 0
	}
	return gfExp[gfLog[a]+gfLog[b]]
}

func gfDiv(a, b byte) byte {
	if a == 0 {
		return 0
	}
	return gfExp[gfLog[a]+255-gfLog[b]]
}

// maxEC is the largest number of correction codewords in a block.
const maxEC = 68

// corriger repairs the block in place: data codewords, then ec correction
// codewords. It returns how many codewords were wrong, or -1 when the block is
// beyond repair.
func corriger(bloc []byte, ec int) int {
	var synd [maxEC]byte
	propre := true
	for i := range ec {
		var s byte
		r := gfExp[i+1]
		for _, b := range bloc {
			s = gfMul(s, r) ^ b
		}
		synd[i] = s
		propre = propre && s == 0
	}
	if propre {
		return 0
	}
	loc, n := berlekampMassey(synd[:ec])
	if 2*n > ec {
		return -1
	}
	// Evaluator: synd(x) * loc(x) mod x^ec.
	var eval [maxEC]byte
	for i := range ec {
		for j := 0; j <= i && j <= n; j++ {
			eval[i] ^= gfMul(loc[j], synd[i-j])
		}
	}
	trouves := 0
	for p := range bloc {
		e := len(bloc) - 1 - p // exponent of the position
		inv := gfExp[(255-e%255)%255]
		if gfPoly(loc[:n+1], inv) != 0 {
			continue
		}
		trouves++
		// Formal derivative: odd coefficients only.
		var deriv byte
		for j := 1; j <= n; j += 2 {
			deriv ^= gfMul(loc[j], gfExp[gfLog[inv]*(j-1)%255])
		}
		if deriv == 0 {
			return -1
		}
		bloc[p] ^= gfDiv(gfPoly(eval[:ec], inv), deriv)
	}
	if trouves != n {
		return -1
	}
	return n
}

// gfPoly evaluates a polynomial, constant term first.
func gfPoly(c []byte, x byte) byte {
	var s byte
	for i := len(c) - 1; i >= 0; i-- {
		s = gfMul(s, x) ^ c[i]
	}
	return s
}

// berlekampMassey returns the error locator and its degree.
func berlekampMassey(synd []byte) (loc [maxEC + 1]byte, n int) {
	var prec [maxEC + 1]byte
	loc[0], prec[0] = 1, 1
	ecart, dernier := 1, byte(1)
	for i := range synd {
		d := synd[i]
		for j := 1; j <= n; j++ {
			d ^= gfMul(loc[j], synd[i-j])
		}
		if d == 0 {
			ecart++
			continue
		}
		avant := loc
		f := gfDiv(d, dernier)
		for j := 0; j+ecart <= maxEC; j++ {
			loc[j+ecart] ^= gfMul(f, prec[j])
		}
		if 2*n <= i {
			n = i + 1 - n
			prec, dernier, ecart = avant, d, 1
		} else {
			ecart++
		}
	}
	return loc, n
}
