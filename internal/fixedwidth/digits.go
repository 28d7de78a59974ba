package fixedwidth

// PutUint writes v right-aligned behind zeros. It reports false, and leaves
// dst unspecified, when v does not fit.
func PutUint(dst []byte, v uint64) bool {
	for i := len(dst) - 1; i >= 0; i-- {
		q := v / 10
		dst[i] = '0' + byte(v-q*10)
		v = q
	}
	return v == 0
}

// Uint reads digits. Anything else, and more than 18 digits, gives false.
func Uint(s string) (uint64, bool) {
	if len(s) > 18 {
		return 0, false
	}
	var v uint64
	for i := range len(s) {
		d := s[i] - '0'
		if d > 9 {
			return 0, false
		}
		v = v*10 + uint64(d)
	}
	return v, true
}

// PutLeft writes s left-aligned and fills the rest with pad. It reports false
// when s does not fit.
func PutLeft(dst []byte, s string, pad byte) bool {
	if len(s) > len(dst) {
		return false
	}
	for i := copy(dst, s); i < len(dst); i++ {
		dst[i] = pad
	}
	return true
}

// PutRight writes s right-aligned behind pad. It reports false when s does
// not fit.
func PutRight(dst []byte, s string, pad byte) bool {
	if len(s) > len(dst) {
		return false
	}
	n := len(dst) - len(s)
	copy(dst[n:], s)
	for i := range n {
		dst[i] = pad
	}
	return true
}
