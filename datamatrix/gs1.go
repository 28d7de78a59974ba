package datamatrix

import (
	"strconv"
	"strings"
	"time"

	"github.com/simphonie/simphonie"
)

// GS1 is a GS1 code: a drug box, a device, a wristband.
type GS1 struct {
	Elements []ElementGS1 `json:"elements"`
}

// ElementGS1 is an application identifier and its value. Values are masked: a
// wristband carries a patient's number the same way as a box its lot.
type ElementGS1 struct {
	AI     string                 `json:"ai"`
	Valeur simphonie.Confidentiel `json:"valeur"`
}

// Genre is GenreGS1.
func (GS1) Genre() Genre { return GenreGS1 }

// Masque gives the printed form; identifiers of things (GTIN, SSCC, lot, dates,
// variant, serial, counts) show their value, others are masked.
func (g GS1) Masque() string {
	var b strings.Builder
	for _, e := range g.Elements {
		b.WriteString("(" + e.AI + ")")
		if n, _ := strconv.Atoi(e.AI); len(e.AI) == 2 && (n <= 30 || n == 37) {
			b.WriteString(e.Valeur.Clair())
		} else {
			b.WriteString(e.Valeur.String())
		}
	}
	return b.String()
}

// String gives the masked printed form.
func (g GS1) String() string { return g.Masque() }

// Element gives the value of an application identifier, or nothing.
func (g GS1) Element(ai string) string {
	for _, e := range g.Elements {
		if e.AI == ai {
			return e.Valeur.Clair()
		}
	}
	return ""
}

// GTIN gives AI 01, Lot AI 10, Serie AI 21, or nothing.
func (g GS1) GTIN() string { return g.Element("01") }

// Lot gives AI 10, or nothing.
func (g GS1) Lot() string { return g.Element("10") }

// Serie gives AI 21, or nothing.
func (g GS1) Serie() string { return g.Element("21") }

// CIP13 gives the French drug code inside the GTIN, or nothing.
func (g GS1) CIP13() string {
	if c, ok := strings.CutPrefix(g.GTIN(), "0"); ok && strings.HasPrefix(c, "3400") {
		return c
	}
	return ""
}

// Peremption gives AI 17, the last day of the month when the day is 00. The
// century is the one that brings the year within 50 years of the reference day.
func (g GS1) Peremption(reference simphonie.Jour) (simphonie.Jour, bool) {
	s := g.Element("17")
	if len(s) != 6 || !tousTexte(s, chiffre) {
		return simphonie.Jour{}, false
	}
	n, _ := strconv.Atoi(s)
	an, _, _ := reference.Date()
	a, m, d := an-an%100+n/10000, time.Month(n/100%100), n%100
	switch {
	case a-an >= 51:
		a -= 100
	case a-an <= -50:
		a += 100
	}
	if d != 0 {
		j, err := simphonie.NewJour(a, m, d)
		return j, err == nil
	}
	j, err := simphonie.NewJour(a, m, 1)
	return j.AddMonths(1).AddDays(-1), err == nil
}

// longueurAI gives, by the two first digits, the length of an application
// identifier, and the total length when it is predefined; 0 is no identifier.
func longueurAI(p string) (ai, total int) {
	n, _ := strconv.Atoi(p)
	switch {
	case n == 0:
		return 2, 20
	case n <= 3:
		return 2, 16
	case n == 4:
		return 2, 18
	case n >= 11 && n <= 19:
		return 2, 8
	case n == 20:
		return 2, 4
	case n == 10, n == 21, n == 22, n == 30, n == 37, n >= 90:
		return 2, 0
	case n >= 23 && n <= 25, n == 40, n == 42, n == 71:
		return 3, 0
	case n >= 31 && n <= 36:
		return 4, 10
	case n == 39, n == 43, n == 70, n == 72, n >= 80 && n <= 82:
		return 4, 0
	case n == 41:
		return 3, 16
	}
	return 0, 0
}

// jeuGS1 is the character set of GS1 element strings.
func jeuGS1(c rune) bool {
	return c > ' ' && c < 0x7F && !strings.ContainsRune("#$@[\\]^`{|}~", c)
}

// cleGTIN checks the last digit of a GTIN, SSCC or GLN.
func cleGTIN(s string) bool {
	somme := 0
	for i := range len(s) - 1 {
		v := int(s[len(s)-2-i] - '0')
		if i%2 == 0 {
			v *= 3
		}
		somme += v
	}
	return int(s[len(s)-1]-'0') == (10-somme%10)%10
}

// EncodeText gives the text of the code without its leading FNC1, which the
// symbol encoder adds; a group separator closes each value of variable length
// that is not the last.
func (g GS1) EncodeText() (string, error) {
	var b strings.Builder
	if len(g.Elements) == 0 {
		return "", refuse("GS1.Elements", "at least one is wanted")
	}
	for i, e := range g.Elements {
		v := e.Valeur.Clair()
		if len(e.AI) < 2 || !tousTexte(e.AI, chiffre) {
			return "", refuse("GS1.Elements", "an application identifier is made of digits")
		}
		ai, total := longueurAI(e.AI[:2])
		if ai != len(e.AI) || v == "" || !tousTexte(v, jeuGS1) || total > 0 && len(e.AI)+len(v) != total {
			return "", refuse("GS1.Elements", "value or identifier of another form")
		}
		if total > 0 && !tousTexte(v, chiffre) {
			return "", refuse("GS1.Elements", "digits are wanted")
		}
		b.WriteString(e.AI + v)
		if total == 0 && i+1 < len(g.Elements) {
			b.WriteByte(gs)
		}
	}
	return b.String(), nil
}
