package fixedwidth

// Matcher answers the question of a Mask eight columns at a time.
type Matcher struct {
	width int
	words []word
}

// word is what eight columns take: the high bit of each byte of digit, upper
// and space says that the column takes that class; the bytes of fixed are the
// only characters of the columns of mask.
type word struct {
	digit, upper, space, mask, fixed uint64
	kind                             kind
}

// kind says how much of a word there is to look at.
type kind uint8

const (
	mixed   kind = iota
	digits       // columns of digits and fixed columns
	literal      // fixed columns only
)

const (
	lows  = 0x0101010101010101
	highs = 0x80 * lows
)

// NewMatcher compiles a mask. The columns whose byte in fixed is not zero take
// that character alone, which must be of their class. The width must be a multiple of eight.
func NewMatcher(m Mask, fixed []byte) *Matcher {
	if len(m)%8 != 0 || len(fixed) != len(m) {
		panic("fixedwidth: width of a matcher")
	}
	c := &Matcher{width: len(m), words: make([]word, len(m)/8)}
	for i, class := range m {
		w, shift := &c.words[i/8], 8*(i%8)
		if class == Zero {
			class = Digit
			w.fix('0', shift)
		}
		if fixed[i] != 0 {
			w.fix(fixed[i], shift)
		}
		for _, p := range []struct {
			class Class
			bits  *uint64
		}{{Digit, &w.digit}, {Upper, &w.upper}, {Space, &w.space}} {
			if class&p.class != 0 {
				*p.bits |= 0x80 << shift
			}
		}
	}
	for i := range c.words {
		switch w := &c.words[i]; {
		case w.mask == ^uint64(0):
			w.kind = literal
		case (w.digit|w.mask)&highs == highs && (w.upper|w.space)&^w.mask == 0:
			w.kind = digits
		}
	}
	return c
}

func (w *word) fix(c byte, shift int) {
	w.mask |= 0xff << shift
	w.fixed |= uint64(c) << shift
}

// Match says that s has the width of the mask and that every column takes its
// character.
func (c *Matcher) Match(s string) bool {
	if len(s) != c.width {
		return false
	}
	var bad uint64
	for i := range c.words {
		w := &c.words[i]
		b := s[8*i : 8*i+8]
		x := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
			uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
		if w.kind == literal {
			bad |= x ^ w.fixed
			continue
		}
		// Below 0x80, adding 0x80−c to a byte sets its high bit when the byte is
		// at least c, and carries nothing into the next one.
		y := x &^ highs
		digit := (y + (0x80-'0')*lows) &^ (y + (0x80-'9'-1)*lows)
		if w.kind == digits {
			bad |= (digit|w.mask)&highs ^ highs | x&highs | (x^w.fixed)&w.mask
			continue
		}
		upper := (y + (0x80-'A')*lows) &^ (y + (0x80-'Z'-1)*lows)
		space := ^((y ^ ' '*lows) + 0x7f*lows)
		ok := digit&w.digit | upper&w.upper | space&w.space
		bad |= (ok&highs ^ highs) | x&highs | (x^w.fixed)&w.mask
	}
	return bad == 0
}
