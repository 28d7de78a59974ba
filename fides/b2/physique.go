package b2

import (
	"unicode/utf8"

	"github.com/simphonie/simphonie/internal/fixedwidth"
)

// FinDeLigne is what separates records. No public text of the norm says which
// one the Assurance Maladie wants: it is a setting of the Writer.
type FinDeLigne uint8

// The ends of line.
const (
	FinInconnue FinDeLigne = iota
	FinLF
	FinCRLF
	FinAucune // records of 128 columns one behind the other
)

// String gives LF, CRLF or aucune.
func (f FinDeLigne) String() string {
	switch f {
	case FinLF:
		return "LF"
	case FinCRLF:
		return "CRLF"
	case FinAucune:
		return "aucune"
	}
	return "inconnue"
}

func (f FinDeLigne) texte() string {
	switch f {
	case FinLF:
		return "\n"
	case FinCRLF:
		return "\r\n"
	}
	return ""
}

func finLue(e fixedwidth.End) FinDeLigne {
	switch e {
	case fixedwidth.LF:
		return FinLF
	case fixedwidth.CRLF:
		return FinCRLF
	}
	return FinAucune
}

// Charset is the encoding of a file. The zones of the norm hold A to Z, 0 to 9
// and spaces only, for which the three are the same bytes; they differ for
// what other software lets through, and for the columns that it counts.
type Charset uint8

// The charsets.
const (
	CharsetInconnu Charset = iota
	ASCII                  // no other byte is written
	Latin1                 // ISO 8859-1, a byte a column
	UTF8                   // a character a column
)

// String gives the usual name.
func (c Charset) String() string {
	switch c {
	case ASCII:
		return "US-ASCII"
	case Latin1:
		return "ISO-8859-1"
	case UTF8:
		return "UTF-8"
	}
	return "inconnu"
}

// ecrit says that the charset has the characters of a line.
func (c Charset) ecrit(s string) bool {
	return c == Latin1 || c == ASCII && ascii(s) || c == UTF8 && utf8.ValidString(s)
}

// Physique is what a Reader saw of the form of a file.
type Physique struct {
	LF, CRLF  int     // lines that ended so
	SansFin   int     // lines without an end: the last one, or all
	Charset   Charset // ASCII unless another byte was seen; UTF8 when all lines are valid UTF-8
	Tronquees int     // lines longer than the limit
}

// FinDeLigne gives the end that most lines have.
func (p Physique) FinDeLigne() FinDeLigne {
	switch {
	case p.LF == 0 && p.CRLF == 0 && p.SansFin > 0:
		return FinAucune
	case p.CRLF > p.LF:
		return FinCRLF
	case p.LF > 0:
		return FinLF
	}
	return FinInconnue
}

func (p *Physique) compte(l *ligne) {
	switch l.fin {
	case FinLF:
		p.LF++
	case FinCRLF:
		p.CRLF++
	default:
		p.SansFin++
	}
	if l.tronque {
		p.Tronquees++
	}
	switch {
	case l.sain || ascii(l.brut):
	case p.Charset == Latin1 || !utf8.ValidString(l.brut):
		p.Charset = Latin1
	default:
		p.Charset = UTF8
	}
}

// colonnes gives the line with one byte a column. A line that is valid UTF-8
// counts a column a character, any other line a column a byte.
func colonnes(s string) string {
	if ascii(s) || !utf8.ValidString(s) {
		return s
	}
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if r > 0xff {
			r = '?'
		}
		b = append(b, byte(r))
	}
	return string(b)
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
