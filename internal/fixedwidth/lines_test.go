package fixedwidth

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func lines(l *Lines) (out []Line, err error) {
	for {
		var line Line
		if err := l.Next(&line); err != nil {
			return out, err
		}
		out = append(out, line)
	}
}

// TestLinesSizes cuts lines around the limit and around the block, however the
// stream hands them over.
func TestLinesSizes(t *testing.T) {
	const max = 100
	for _, n := range []int{0, 1, max - 1, max, max + 1, blockSize - 1, blockSize, blockSize + max - 1, blockSize + max, blockSize + max + 1, 3 * blockSize} {
		for _, end := range []End{None, LF, CRLF} {
			text := "first\n" + strings.Repeat("x", n) + end.String()
			if end != None {
				text += "last\r\nrest"
			}
			for _, r := range []io.Reader{strings.NewReader(text), iotest.HalfReader(strings.NewReader(text)), iotest.DataErrReader(strings.NewReader(text))} {
				got, err := lines(NewLines(r, max))
				if err != io.EOF {
					t.Fatal(err)
				}
				want := []Line{{"first", LF, 1, false}}
				if n > 0 || end != None {
					want = append(want, Line{strings.Repeat("x", min(n, max)), end, 2, n > max})
				}
				if end != None {
					want = append(want, Line{"last", CRLF, 3, false}, Line{"rest", None, 4, false})
				}
				if len(got) != len(want) {
					t.Fatalf("%d characters, end %q: %d lines, want %d", n, end, len(got), len(want))
				}
				for i := range got {
					if got[i] != want[i] {
						t.Errorf("%d characters, end %q: line %d has %d characters, end %q, truncated %v", n, end, i+1, len(got[i].Text), got[i].End, got[i].Truncated)
					}
				}
			}
		}
	}
}

func TestLinesFixed(t *testing.T) {
	got, _ := lines(NewFixed(iotest.OneByteReader(strings.NewReader("abcdefgh")), 3))
	if len(got) != 3 || got[0].Text != "abc" || got[2].Text != "gh" {
		t.Errorf("%+v", got)
	}
}

// TestLinesErrors gives what came before the error, then the error.
func TestLinesErrors(t *testing.T) {
	cut := errors.New("cut")
	got, err := lines(NewLines(io.MultiReader(strings.NewReader("a\nb"), iotest.ErrReader(cut)), 10))
	if len(got) != 2 || err != cut {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := lines(NewLines(silent{}, 10)); err != io.ErrNoProgress {
		t.Errorf("%v", err)
	}
}

type silent struct{}

func (silent) Read([]byte) (int, error) { return 0, nil }

func TestCover(t *testing.T) {
	for _, c := range []struct {
		spans []Span
		ok    bool
	}{
		{[]Span{{1, 3}, {4, 5}}, true}, {[]Span{{1, 3}, {5, 4}}, false}, {[]Span{{1, 3}, {3, 6}}, false},
		{[]Span{{1, 3}, {4, 4}}, false}, {[]Span{{1, 0}, {1, 8}}, false}, {nil, false},
	} {
		if err := Cover(c.spans, 8); (err == nil) != c.ok {
			t.Errorf("%v: %v", c.spans, err)
		}
	}
}

func TestDigits(t *testing.T) {
	for v := range uint64(100_100) {
		for _, n := range []int{1, 2, 3, 5, 8} {
			b := bytes.Repeat([]byte("x"), n)
			ok := PutUint(b, v)
			max := uint64(1)
			for range n {
				max *= 10
			}
			if ok != (v < max) {
				t.Fatalf("%d in %d columns: %v", v, n, ok)
			}
			if back, good := Uint(string(b)); ok && (back != v || !good) {
				t.Fatalf("%d in %d columns is %q", v, n, b)
			}
		}
	}
	for _, s := range []string{"1 2", "-1", "1a", strings.Repeat("9", 19)} {
		if _, ok := Uint(s); ok {
			t.Errorf("%q is a number", s)
		}
	}
	b := []byte("......")
	if !PutLeft(b, "AB", ' ') || string(b) != "AB    " || !PutRight(b, "12", '0') || string(b) != "000012" || PutLeft(b, "1234567", ' ') || PutRight(b, "1234567", ' ') {
		t.Errorf("%q", b)
	}
	if Shape("A1 é-") != "A9 ???" {
		t.Error(Shape("A1 é-"))
	}
}
