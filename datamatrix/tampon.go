package datamatrix

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Separators of the formats.
const (
	eot = 0x04
	fs  = 0x1C
	gs  = 0x1D
	rs  = 0x1E
	us  = 0x1F
)

// tampon is a text under repair: its characters and, for each and for the end,
// the place of the raw octet that it comes from.
type tampon struct {
	r   []rune
	pos []int // one more than r
}

// nouveauTampon takes UTF-8 or, when the octets are not UTF-8, ISO-8859-1, the
// character set of a Data Matrix without ECI.
func nouveauTampon(s string) tampon {
	t := tampon{make([]rune, 0, len(s)), make([]int, 0, len(s)+1)}
	if utf8.ValidString(s) {
		for i, c := range s {
			t.r, t.pos = append(t.r, c), append(t.pos, i)
		}
	} else {
		for i := range len(s) {
			t.r, t.pos = append(t.r, rune(s[i])), append(t.pos, i)
		}
	}
	t.pos = append(t.pos, len(s))
	return t
}

func (t tampon) String() string { return string(t.r) }

// entre gives a part that shares the characters.
func (t tampon) entre(i, j int) tampon { return tampon{t.r[i:j:j], t.pos[i : j+1 : j+1]} }

// clone gives a copy whose characters may be changed.
func (t tampon) clone() tampon { return tampon{slices.Clone(t.r), slices.Clone(t.pos)} }

// aPrefixe says that the text has p at place i.
func (t tampon) aPrefixe(i int, p string) bool {
	for _, c := range p {
		if i >= len(t.r) || t.r[i] != c {
			return false
		}
		i++
	}
	return true
}

// change applies f to each character and says at which octet it first changed
// one, and how many it changed.
func (t tampon) change(f func(rune) rune) (u tampon, octet, nombre int) {
	octet = -1
	for i, c := range t.r {
		d := f(c)
		if d == c {
			continue
		}
		if nombre == 0 {
			u, octet = t.clone(), t.pos[i]
		}
		u.r[i] = d
		nombre++
	}
	if nombre == 0 {
		u = t
	}
	return u, octet, nombre
}

func chiffre(c rune) bool   { return c >= '0' && c <= '9' }
func majuscule(c rune) bool { return c >= 'A' && c <= 'Z' }
func minuscule(c rune) bool { return c >= 'a' && c <= 'z' }
func alphanum(c rune) bool  { return chiffre(c) || majuscule(c) }
func tous(s []rune, f func(rune) bool) bool {
	return !slices.ContainsFunc(s, func(c rune) bool { return !f(c) })
}
func tousTexte(s string, f func(rune) bool) bool {
	return !strings.ContainsFunc(s, func(c rune) bool { return !f(c) })
}

func enMajuscule(c rune) rune {
	if minuscule(c) {
		return c - 'a' + 'A'
	}
	return c
}

func inverseCasse(c rune) rune {
	if majuscule(c) {
		return c - 'A' + 'a'
	}
	return enMajuscule(c)
}
