package ecc200

// The field GF(256) of ECC 200: polynomial x⁸+x⁵+x³+x²+1, generator 2.
var expGF, logGF = func() (e [510]byte, l [256]int) {
	v := 1
	for i := range 255 {
		e[i], e[i+255], l[v] = byte(v), byte(v), i
		if v <<= 1; v > 255 {
			v ^= 0x12D
		}
	}
	return e, l
}()

func multiplie(a, b byte) byte {
	if a == 0 || b == 0 {
		return 0
	}
	return expGF[logGF[a]+logGF[b]]
}

// generateur gives the coefficients of (x−2)(x−2²)…(x−2ⁿ) without the leading
// one, highest degree first.
func generateur(n int) []byte {
	g := make([]byte, n)
	for i := 1; i <= n; i++ {
		r := expGF[i]
		// Multiply 1·xⁱ⁻¹ + g by (x + r), in place.
		for j := i - 1; j > 0; j-- {
			g[j] ^= multiplie(g[j-1], r)
		}
		g[0] ^= r
	}
	return g
}

// corrige appends the error correction codewords of a symbol to its data
// codewords. Codeword i of the whole stream belongs to block i modulo the
// number of blocks, for data as for correction: in 144×144, whose blocks are
// unequal, the correction stream therefore starts in the ninth block.
func corrige(t Taille, mots []byte) []byte {
	n := t.correction / t.blocs
	g := generateur(n)
	mots = append(mots, make([]byte, t.correction)...)
	reste := make([]byte, n)
	for b := range t.blocs {
		clear(reste)
		for i := b; i < t.Donnees; i += t.blocs {
			tete := mots[i] ^ reste[0]
			copy(reste, reste[1:])
			reste[n-1] = 0
			for j := range reste {
				reste[j] ^= multiplie(g[j], tete)
			}
		}
		k := 0
		for i := t.Donnees; i < len(mots); i++ {
			if i%t.blocs == b {
				mots[i] = reste[k]
				k++
			}
		}
	}
	return mots
}
