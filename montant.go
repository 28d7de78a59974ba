package simphonie

import (
	"strconv"
	"strings"
)

// Montant is an amount of money in euro cents. It is signed: only reversals
// and refunds are negative, what is billed is not.
//
// Its text and JSON form is the decimal number of euros with two decimals and
// a point, as a string: "19.61".
type Montant int64

// Add gives m + n, or ErrDepassement.
func (m Montant) Add(n Montant) (Montant, error) {
	s, err := add(int64(m), int64(n))
	return Montant(s), err
}

// Sub gives m − n, or ErrDepassement.
func (m Montant) Sub(n Montant) (Montant, error) {
	if n == minMontant {
		return 0, ErrDepassement
	}
	return m.Add(-n)
}

const minMontant = Montant(-1 << 63)

// Somme adds amounts, or returns ErrDepassement.
func Somme(ms ...Montant) (Montant, error) {
	var total Montant
	for _, m := range ms {
		var err error
		if total, err = total.Add(m); err != nil {
			return 0, err
		}
	}
	return total, nil
}

// Prix gives the same value with the decimals of a Prix.
func (m Montant) Prix() (Prix, error) {
	p, err := mulDiv(int64(m), prixParCent, 1, Exact)
	return Prix(p), err
}

// Euro rounds to a whole number of euros.
func (m Montant) Euro(a Arrondi) (Montant, error) {
	e, err := mulDiv(int64(m), 1, 100, a)
	if err != nil {
		return 0, err
	}
	c, err := mulDiv(e, 100, 1, Exact)
	return Montant(c), err
}

// ParseMontant reads a number of euros with at most two decimals: "19.61",
// "19,61", "-3", "0.5". Anything else, spaces included, is refused.
func ParseMontant(s string) (Montant, error) {
	v, err := parseEchelle(s, 2)
	if err != nil {
		return 0, erreurValeur("ID-MONTANT", "amount", err)
	}
	return Montant(v), nil
}

// String gives the machine form, "19.61".
func (m Montant) String() string { return formatEchelle(int64(m), 2, 2) }

// Euros gives the form that a cashier reads: "1 234,50 €", with no-break spaces.
func (m Montant) Euros() string {
	s := formatEchelle(int64(m), 2, 2)
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	whole, cents := s[:len(s)-3], s[len(s)-2:]
	var b strings.Builder
	b.WriteString(sign)
	for i, c := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteRune('\u202f')
		}
		b.WriteRune(c)
	}
	b.WriteByte(',')
	b.WriteString(cents)
	b.WriteString("\u00a0€")
	return b.String()
}

// MarshalText gives the machine form.
func (m Montant) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads what ParseMontant reads.
func (m *Montant) UnmarshalText(b []byte) error {
	v, err := ParseMontant(string(b))
	if err == nil {
		*m = v
	}
	return err
}

// prixParCent is the number of Prix units in a cent.
const prixParCent = 10_000

// Prix is an amount in millionths of a euro, for unit prices and intermediate
// products that texts give with more decimals than the cent.
type Prix int64

// ParsePrix reads a number of euros with at most six decimals.
func ParsePrix(s string) (Prix, error) {
	v, err := parseEchelle(s, 6)
	if err != nil {
		return 0, erreurValeur("ID-PRIX", "price", err)
	}
	return Prix(v), nil
}

// Montant rounds to the cent.
func (p Prix) Montant(a Arrondi) (Montant, error) {
	v, err := mulDiv(int64(p), 1, prixParCent, a)
	return Montant(v), err
}

// String gives the value in euros, with at least two decimals.
func (p Prix) String() string { return formatEchelle(int64(p), 6, 2) }

// MarshalText gives the value in euros.
func (p Prix) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads what ParsePrix reads.
func (p *Prix) UnmarshalText(b []byte) error {
	v, err := ParsePrix(string(b))
	if err == nil {
		*p = v
	}
	return err
}

// parseEchelle reads a decimal number into an integer of 10^-dec units.
func parseEchelle(s string, dec int) (int64, error) {
	t := s
	neg := strings.HasPrefix(t, "-")
	if neg {
		t = t[1:]
	}
	whole, frac := t, ""
	if i := strings.IndexAny(t, ".,"); i >= 0 {
		whole, frac = t[:i], t[i+1:]
		if frac == "" {
			return 0, ErrSyntaxe
		}
	}
	if whole == "" || !chiffres(whole) || !chiffres(frac) {
		return 0, ErrSyntaxe
	}
	if len(frac) > dec {
		return 0, ErrInexact
	}
	v, err := strconv.ParseInt(whole+frac+strings.Repeat("0", dec-len(frac)), 10, 64)
	if err != nil {
		return 0, ErrDepassement
	}
	if neg {
		v = -v
	}
	return v, nil
}

// formatEchelle writes an integer of 10^-dec units with a point, keeping at
// least min decimals and dropping other trailing zeros.
func formatEchelle(v int64, dec, min int) string {
	s := strconv.FormatUint(abs(v), 10)
	if len(s) <= dec {
		s = strings.Repeat("0", dec-len(s)+1) + s
	}
	whole, frac := s[:len(s)-dec], s[len(s)-dec:]
	for len(frac) > min && frac[len(frac)-1] == '0' {
		frac = frac[:len(frac)-1]
	}
	if frac != "" {
		whole += "." + frac
	}
	if v < 0 {
		return "-" + whole
	}
	return whole
}

func chiffres(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
