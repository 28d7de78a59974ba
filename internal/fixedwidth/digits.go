package fixedwidth

// pairs holds the numbers 00 to 99.
const pairs = "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748" +
	"49505152535455565758596061626364656667686970717273747576777879808182838485868788899091929394959697" + "9899"

// PutUint writes v right-aligned behind zeros. It reports false, and leaves
// dst unspecified, when v does not fit.
func PutUint(dst []byte, v uint64) bool {
	i := len(dst)
	for i >= 2 {
		if v == 0 {
			for i--; i >= 0; i-- {
				dst[i] = '0'
			}
			return true
		}
		q := v / 100
		r := 2 * (v - q*100)
		dst[i-1], dst[i-2] = pairs[r+1], pairs[r]
		v = q
		i -= 2
	}
	if i == 1 {
		q := v / 10
		dst[0] = '0' + byte(v-q*10)
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
