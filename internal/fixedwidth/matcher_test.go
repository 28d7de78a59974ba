package fixedwidth

import (
	"math/rand/v2"
	"testing"
)

// TestMatcher compares the matcher to the mask, character by character.
func TestMatcher(t *testing.T) {
	kinds := []Class{Digit, Upper, Space, Zero, Alnum, Text, Digit | Space}
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		m, fixed := make(Mask, 16), make([]byte, 16)
		for i := range m {
			m[i] = kinds[r.IntN(len(kinds))]
			if r.IntN(5) == 0 {
				if f := "09AZ "[r.IntN(5)]; ClassOf(f)&m[i] != 0 {
					fixed[i] = f
				}
			}
		}
		c := NewMatcher(m, fixed)
		base := make([]byte, 16)
		for i := range base {
			base[i] = taken(t, m[i], fixed[i])
		}
		for i := range base {
			old := base[i]
			for b := range 256 {
				base[i] = byte(b)
				s := string(base)
				want := true
				for j := range s {
					want = want && classes[base[j]]&m[j] != 0 && (fixed[j] == 0 || fixed[j] == base[j])
				}
				if c.Match(s) != want {
					t.Fatalf("byte %#x in column %d of class %d: %v, want %v", b, i+1, m[i], !want, want)
				}
			}
			base[i] = old
		}
	}
	if NewMatcher(Mask{}, nil).Match("x") {
		t.Error("a text of another width matches")
	}
}

// taken gives a character that a column takes.
func taken(t *testing.T, c Class, fixed byte) byte {
	t.Helper()
	if fixed != 0 {
		return fixed
	}
	for b := range 256 {
		if classes[byte(b)]&c != 0 {
			return byte(b)
		}
	}
	t.Fatal("no character")
	return 0
}
