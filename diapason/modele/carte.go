package modele

import (
	"strings"

	"github.com/simphonie/simphonie"
)

// chiffresClairs is what PCI DSS lets be shown of a card number: 6 + 4 digits.
const chiffresClairs = 10

// Alias stands for the card at the platform, which alone knows its number. It
// is masked in every printed form.
type Alias struct{ simphonie.Confidentiel }

// NewAlias takes the alias that a platform gave. What may be a card number is
// refused, without being repeated: more than 10 digits and no letter, or 13 to
// 19 digits in a row with a right key.
func NewAlias(s string) (Alias, error) {
	if len(s) > 128 || !imprimable(s) || numeroDeCarte(s) {
		return Alias{}, &simphonie.Erreur{Code: "DIA-ALIAS", Service: service, Chemin: "alias", Detail: "not an alias: 1 to 128 printable characters that cannot be a card number"}
	}
	return Alias{simphonie.NewConfidentiel(s)}, nil
}

// UnmarshalText reads an alias with the checks of NewAlias; no text is none.
func (a *Alias) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*a = Alias{}
		return nil
	}
	var c simphonie.Confidentiel
	if err := c.UnmarshalText(b); err != nil {
		return err
	}
	v, err := NewAlias(string(b))
	*a = v
	return err
}

// PANMasque is the card number as a ticket shows it: 10 clear digits at most.
// It is masked in every printed form.
type PANMasque struct{ simphonie.Confidentiel }

// NewPANMasque takes a truncated card number. More than 10 clear digits are
// refused, without being repeated.
func NewPANMasque(s string) (PANMasque, error) {
	n := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			n++
		case !strings.ContainsRune("#*xX.- ", r):
			n = chiffresClairs + 1
		}
	}
	if s == "" || len(s) > 40 || n > chiffresClairs {
		return PANMasque{}, &simphonie.Erreur{Code: "DIA-PAN", Service: service, Chemin: "pan", Detail: "not a truncated card number: 10 clear digits at most, the others hidden"}
	}
	return PANMasque{simphonie.NewConfidentiel(s)}, nil
}

// UnmarshalText reads a truncated number with the checks of NewPANMasque; no
// text is none.
func (p *PANMasque) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*p = PANMasque{}
		return nil
	}
	var c simphonie.Confidentiel
	if err := c.UnmarshalText(b); err != nil {
		return err
	}
	v, err := NewPANMasque(string(b))
	*p = v
	return err
}

const service = "diapason"

// numeroDeCarte says that a text may hold a card number, however it is spaced.
func numeroDeCarte(s string) bool {
	total, lettres := 0, false
	var suite []byte // the digits in a row
	for _, r := range []byte(s + "\x00") {
		switch {
		case r >= '0' && r <= '9':
			total++
			suite = append(suite, r)
			if len(suite) >= 13 {
				for n := 13; n <= min(19, len(suite)); n++ {
					if luhn(suite[len(suite)-n:]) {
						return true
					}
				}
			}
		case r == ' ' || r == '-' || r == '.' || r == '_' || r == '/':
		default:
			lettres = lettres || r != 0
			suite = suite[:0]
		}
	}
	return total > chiffresClairs && !lettres
}

// luhn says that the last digit is the key of the others.
func luhn(s []byte) bool {
	n := len(s) - 1
	cle, err := simphonie.CleLuhn(string(s[:n]))
	return err == nil && cle == s[n]
}

// imprimable holds for the short texts that cross a port.
func imprimable(s string) bool {
	for _, r := range []byte(s) {
		if r < 0x20 || r > 0x7e {
			return false
		}
	}
	return s != ""
}

// Reference says that a text may name a mandate, an invoice, a ticket or an
// order: 1 to max ASCII letters, digits, '.', '_', '-' or '/', and never 13
// digits in a row, which may be a NIR or a card number.
func Reference(s string, max int) bool {
	suite := 0
	for _, r := range []byte(s) {
		switch {
		case r >= '0' && r <= '9':
			if suite++; suite == 13 {
				return false
			}
			continue
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', strings.IndexByte("._-/", r) >= 0:
			suite = 0
		default:
			return false
		}
	}
	return s != "" && len(s) <= max
}
