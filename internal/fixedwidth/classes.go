package fixedwidth

// Class is a set of kinds of characters.
type Class uint8

// The kinds of characters.
const (
	Digit Class = 1 << iota
	Upper       // A to Z
	Space
	Zero // the digit 0; a column of zeros only is a column of class Zero

	Alnum = Digit | Upper
	Text  = Alnum | Space
)

var classes = func() (t [256]Class) {
	for c := '0'; c <= '9'; c++ {
		t[c] = Digit
	}
	for c := 'A'; c <= 'Z'; c++ {
		t[c] = Upper
	}
	t['0'] |= Zero
	t[' '] = Space
	return t
}()

// ClassOf gives the kinds of a character, 0 when it has none.
func ClassOf(c byte) Class { return classes[c] }

// Mask gives the classes that each column takes, in order.
type Mask []Class

// Mismatch gives the index of the first character that its column does not
// take, or -1. It looks at the columns that both have.
func (m Mask) Mismatch(s string) int {
	for i := range min(len(m), len(s)) {
		if classes[s[i]]&m[i] == 0 {
			return i
		}
	}
	return -1
}

// All says that every character of s is c; an empty text is all of anything.
func All(s string, c byte) bool {
	for i := range len(s) {
		if s[i] != c {
			return false
		}
	}
	return true
}

// Only says that every character of s is of the class.
func Only(s string, c Class) bool {
	for i := range len(s) {
		if classes[s[i]]&c == 0 {
			return false
		}
	}
	return true
}

// Shape replaces each digit by 9, each letter by A and each other character
// but the space by a question mark, so that the layout of a text shows and its
// content does not.
func Shape(s string) string {
	b := []byte(s)
	for i, c := range b {
		switch {
		case c >= '0' && c <= '9':
			b[i] = '9'
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z':
			b[i] = 'A'
		case c != ' ':
			b[i] = '?'
		}
	}
	return string(b)
}
