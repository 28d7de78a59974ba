package simphonie

import (
	"fmt"
	"io"
	"log/slog"
	"unique"
)

// masque is what every printed form of a personal value shows.
const masque = "***"

// Confidentiel holds a personal text: a name, a member number, a card number.
// Every printed form (any fmt verb, JSON, slog, an error around it) shows ***;
// Clair gives the text. Two values compare with == as their texts do.
type Confidentiel struct{ h unique.Handle[string] }

// NewConfidentiel wraps a text.
func NewConfidentiel(s string) Confidentiel {
	if s == "" {
		return Confidentiel{}
	}
	return Confidentiel{unique.Make(s)}
}

// IsZero says that there is no text.
func (c Confidentiel) IsZero() bool { return c == Confidentiel{} }

// Clair gives the text.
func (c Confidentiel) Clair() string {
	if c.IsZero() {
		return ""
	}
	return c.h.Value()
}

// String shows *** or nothing.
func (c Confidentiel) String() string {
	if c.IsZero() {
		return ""
	}
	return masque
}

// Format shows *** whatever the verb.
func (c Confidentiel) Format(f fmt.State, _ rune) { io.WriteString(f, c.String()) }

// LogValue shows ***.
func (c Confidentiel) LogValue() slog.Value { return slog.StringValue(c.String()) }

// MarshalText shows ***; wrap the value in EnClair to write it whole.
func (c Confidentiel) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText takes the text; a masked text is refused rather than stored.
func (c *Confidentiel) UnmarshalText(b []byte) error {
	if string(b) == masque {
		return errMasque
	}
	*c = NewConfidentiel(string(b))
	return nil
}

var errMasque = &Erreur{Code: "ID-MASQUE", Detail: "the value was masked when it was written: write it through EnClair"}

// Clairable is a value whose ordinary forms are masked.
type Clairable interface{ Clair() string }
