package b2

import (
	"fmt"
	"io"
	"log/slog"
	"strconv"
)

// String gives the type and the line: "4S (ligne 12)".
func (r Record) String() string {
	if r.l() == nil {
		return ""
	}
	typ := string(r.Type())
	switch {
	case r.Enveloppe():
		typ = "enveloppe"
	case typ == "":
		typ = "inconnu"
	}
	return typ + " (ligne " + strconv.Itoa(r.l().numero) + ")"
}

// Format gives the type and the line whatever the verb.
func (r Record) Format(f fmt.State, _ rune) { io.WriteString(f, r.String()) }

// LogValue gives the type and the line.
func (r Record) LogValue() slog.Value { return slog.StringValue(r.String()) }

// MarshalText gives the type and the line.
func (r Record) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// Format gives the number of lines read: the memory of a Reader holds lines.
func (r *Reader) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "b2.Reader(%d)", r.vu.LF+r.vu.CRLF+r.vu.SansFin)
}

// Format gives the number of records written.
func (w *Writer) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "b2.Writer(%d)", w.numero) }

// Format names the type: the memory of an Encoder holds a record.
func (e *Encoder) Format(f fmt.State, _ rune) { io.WriteString(f, "b2.Encoder") }
