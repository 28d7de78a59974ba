package simphonie

import (
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
)

// NIR is a number of the national register, or a number built like one (NIA,
// provisional, anonymous): 13 characters and a key of two digits, with 2A or
// 2B for Corsica. It is personal and masked in every printed form.
//
// What is typed as new goes through ParseNIR and must be right. What arrives
// from a card, a teleservice or a file goes through NIRRecu, or a decoder: it
// is kept as it came, and Valide says what is wrong with it.
type NIR struct{ c Confidentiel }

// ParseNIR reads a number typed as new: 15 characters, spaces allowed between
// them, key included. A wrong key is refused with ErrCle (RG_BS603).
func ParseNIR(s string) (NIR, error) {
	n := NIR{NewConfidentiel(strings.ReplaceAll(s, " ", ""))}
	return n, n.Valide()
}

// NIRRecu keeps a number as it was received, right or wrong, with its key or
// without (13 characters).
func NIRRecu(s string) NIR { return NIR{NewConfidentiel(strings.TrimSpace(s))} }

// IsZero says that there is no number.
func (n NIR) IsZero() bool { return n.c.IsZero() }

// Valide reports a number of another shape (ErrSyntaxe), without key
// (ErrCleAbsente) or with a key that is not its own (ErrCle). Months that the
// calendar does not have are legal.
func (n NIR) Valide() error {
	s := n.Clair()
	cle, err := cleNIR(s)
	switch {
	case err != nil:
		return erreurValeur("ID-NIR-FORME", "NIR", err)
	case len(s) == 13:
		return erreurValeur("ID-NIR-CLE-ABSENTE", "NIR", ErrCleAbsente)
	case s[13:] != cle:
		return erreurValeur("ID-NIR-CLE", "NIR", ErrCle)
	}
	return nil
}

// Numero gives the 13 first characters, or "" when the shape is wrong.
func (n NIR) Numero() string {
	s := n.Clair()
	if _, err := cleNIR(s); err != nil {
		return ""
	}
	return s[:13]
}

// CleCalculee gives the key that the 13 characters call for, or "".
func (n NIR) CleCalculee() string {
	cle, err := cleNIR(n.Clair())
	if err != nil {
		return ""
	}
	return cle
}

// ResortissantDePassage says that the number begins with 5 or 6: on the
// beneficiary's own number this marks the patient of passage of a coordinated
// social security system (SP08.1, RG_BS705).
func (n NIR) ResortissantDePassage() bool {
	s := n.Clair()
	return s != "" && (s[0] == '5' || s[0] == '6')
}

// Clair gives the number as it was received.
func (n NIR) Clair() string { return n.c.Clair() }

// String shows *** or nothing.
func (n NIR) String() string { return n.c.String() }

// Format shows *** whatever the verb.
func (n NIR) Format(f fmt.State, _ rune) { io.WriteString(f, n.c.String()) }

// LogValue shows ***.
func (n NIR) LogValue() slog.Value { return n.c.LogValue() }

// MarshalText shows ***; wrap the value in EnClair to write it whole.
func (n NIR) MarshalText() ([]byte, error) { return n.c.MarshalText() }

// UnmarshalText keeps what was received, as NIRRecu does.
func (n *NIR) UnmarshalText(b []byte) error {
	return n.c.UnmarshalText([]byte(strings.TrimSpace(string(b))))
}

// cleNIR computes the key of the 13 first characters of s, which has 13 or 15:
// 97 − (number mod 97), with 2A read as 19 and 2B as 18.
func cleNIR(s string) (string, error) {
	if len(s) != 13 && len(s) != 15 {
		return "", ErrSyntaxe
	}
	d := s[:13]
	switch d[5:7] {
	case "2A":
		d = d[:5] + "19" + d[7:]
	case "2B":
		d = d[:5] + "18" + d[7:]
	}
	if !chiffres(d) || !chiffres(s[13:]) {
		return "", ErrSyntaxe
	}
	v, err := strconv.ParseInt(d, 10, 64)
	if err != nil {
		return "", ErrSyntaxe
	}
	k := 97 - v%97
	return string([]byte{'0' + byte(k/10), '0' + byte(k%10)}), nil
}
