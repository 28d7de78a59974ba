package fixedwidth

import (
	"io"
	"strings"
)

// End is what ended a line.
type End uint8

// The ends of a line.
const (
	None End = iota // end of input, or lines of a fixed width
	LF
	CRLF
)

// String gives the characters of the end.
func (e End) String() string {
	switch e {
	case LF:
		return "\n"
	case CRLF:
		return "\r\n"
	}
	return ""
}

// Line is a line of a stream, without its end.
type Line struct {
	Text      string
	End       End
	Number    int  // from 1
	Truncated bool // longer than the limit: Text is its beginning
}

// Lines reads lines from a stream. Its memory is bounded: a block, and one
// string per block that the lines of it share, so that a line stays valid for
// as long as somebody holds it.
type Lines struct {
	r     io.Reader
	max   int
	width int // fixed width without line ends, or 0

	buf    []byte // carried over from the last read
	n      int
	block  string // lines not yet given
	err    error
	number int
}

const blockSize = 64 << 10

// NewLines reads lines that end with LF or CRLF. A line longer than max
// characters comes truncated.
func NewLines(r io.Reader, max int) *Lines {
	return &Lines{r: r, max: max, buf: make([]byte, blockSize+max)}
}

// NewFixed reads lines of a fixed width that follow each other without ends.
func NewFixed(r io.Reader, width int) *Lines {
	return &Lines{r: r, max: width, width: width, buf: make([]byte, blockSize+width)}
}

// Next gives the next line, or io.EOF, or the error of the stream after the
// last line that came before it.
func (l *Lines) Next(line *Line) error {
	for l.block == "" {
		if l.err != nil && l.n == 0 {
			return l.err
		}
		if l.fill(line) {
			return nil
		}
	}
	l.number++
	*line = Line{Number: l.number}
	if l.width > 0 {
		n := min(l.width, len(l.block))
		line.Text, l.block = l.block[:n], l.block[n:]
		return nil
	}
	i := strings.IndexByte(l.block, '\n')
	if i < 0 {
		line.Text, l.block = l.block, ""
	} else {
		line.Text, line.End, l.block = l.block[:i], LF, l.block[i+1:]
		if i > 0 && line.Text[i-1] == '\r' {
			line.Text, line.End = line.Text[:i-1], CRLF
		}
	}
	if len(line.Text) > l.max {
		line.Text, line.Truncated = strings.Clone(line.Text[:l.max]), true
	}
	return nil
}

// fill reads until there is a whole line, and makes the block of all whole
// lines. When the buffer fills up without a line end it skips to the next one
// and gives the truncated line.
func (l *Lines) fill(line *Line) bool {
	for l.err == nil {
		m := l.read(l.n)
		l.n += m
		if whole := l.whole(l.n-m, l.n); whole > 0 {
			l.block = string(l.buf[:whole])
			l.n = copy(l.buf, l.buf[whole:l.n])
			return false
		}
		if l.n == len(l.buf) {
			l.skip(line)
			return true
		}
	}
	l.block = string(l.buf[:l.n])
	l.n = 0
	return false
}

// read fills the buffer from an index on and keeps the error. A reader that
// gives nothing a hundred times in a row is broken.
func (l *Lines) read(from int) int {
	for range 100 {
		m, err := l.r.Read(l.buf[from:])
		if m > 0 || err != nil {
			l.err = err
			return m
		}
	}
	l.err = io.ErrNoProgress
	return 0
}

// whole gives the length of the whole lines of the buffer, of which the bytes
// from to to are new.
func (l *Lines) whole(from, to int) int {
	if l.width > 0 {
		return to / l.width * l.width
	}
	for i := to - 1; i >= from; i-- {
		if l.buf[i] == '\n' {
			return i + 1
		}
	}
	return 0
}

// skip gives the beginning of a line that fills the buffer and drops the rest
// of it.
func (l *Lines) skip(line *Line) {
	l.number++
	*line = Line{Text: string(l.buf[:l.max]), Number: l.number, Truncated: true}
	last := l.buf[l.n-1]
	l.n = 0
	for l.err == nil {
		m := l.read(0)
		for i := range m {
			if l.buf[i] == '\n' {
				line.End = LF
				if last == '\r' {
					line.End = CRLF
				}
				l.n = copy(l.buf, l.buf[i+1:m])
				l.recut()
				return
			}
			last = l.buf[i]
		}
	}
}

// recut makes the block of the whole lines that were read behind a skipped one.
func (l *Lines) recut() {
	if whole := l.whole(0, l.n); whole > 0 {
		l.block = string(l.buf[:whole])
		l.n = copy(l.buf, l.buf[whole:l.n])
	}
}
