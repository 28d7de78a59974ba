package concert

import (
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/simphonie/simphonie"
)

// panClair is how many digits of a card number may be kept in clear: six and four.
const panClair = 10

// PAN is a truncated card number or a token, as 497010######1234. It is never a
// whole number, and is masked in every printed form all the same.
type PAN struct{ c simphonie.Confidentiel }

// NewPAN takes a truncated number. One with more than ten digits in clear is
// refused (TPE-PAN): nobody may hold it.
func NewPAN(s string) (PAN, error) {
	clairs := 0
	for _, c := range s {
		if c >= '0' && c <= '9' {
			clairs++
		}
	}
	if clairs > panClair {
		return PAN{}, erreur("TPE-PAN", "", "more than ten digits of a card number in clear")
	}
	return PAN{simphonie.NewConfidentiel(strings.TrimSpace(s))}, nil
}

// sansNumero keeps a text of the terminal, unless it may hold a whole card number:
// 13 digits in a row, of which the first is not 0.
func sansNumero(s string) simphonie.Confidentiel {
	for suite := range strings.FieldsFuncSeq(serre(s), func(c rune) bool { return c < '0' || c > '9' }) {
		if len(strings.TrimLeft(suite, "0")) >= numeroLong {
			return simphonie.Confidentiel{}
		}
	}
	return simphonie.NewConfidentiel(s)
}

// IsZero says that there is no number.
func (p PAN) IsZero() bool { return p.c.IsZero() }

// Clair gives the truncated number.
func (p PAN) Clair() string { return p.c.Clair() }

// String shows *** or nothing.
func (p PAN) String() string { return p.c.String() }

// Format shows *** whatever the verb.
func (p PAN) Format(f fmt.State, _ rune) { io.WriteString(f, p.c.String()) }

// LogValue shows ***.
func (p PAN) LogValue() slog.Value { return p.c.LogValue() }

// MarshalText shows ***; wrap the value in EnClair to write it.
func (p PAN) MarshalText() ([]byte, error) { return p.c.MarshalText() }

// UnmarshalText takes what NewPAN takes.
func (p *PAN) UnmarshalText(b []byte) error {
	var c simphonie.Confidentiel
	if err := c.UnmarshalText(b); err != nil {
		return err
	}
	lu, err := NewPAN(c.Clair())
	if err == nil {
		*p = lu
	}
	return err
}
