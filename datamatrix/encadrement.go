package datamatrix

import (
	"strings"
	"unicode/utf16"
)

// encadrement is what scanners put around a reading, and what a host leaves of it.
func encadrement(c rune) bool {
	switch c {
	case 0, 0x02, 0x03, '\t', '\n', '\r', 0xA0, 0x200B, 0x202F, 0xFEFF:
		return true
	}
	return false
}

// encadrementsLitteraux are the same written in letters.
var encadrementsLitteraux = []string{"<STX>", "<ETX>", "<CR>", "<LF>", "<HT>", "<TAB>", "<NUL>", "␂", "␃", "␍", "␊", "␉"}

// decadre removes the framing. Spaces that end the text are left: an
// attestation may end with spaces of its own.
func (a *analyse) decadre(t tampon) tampon {
	debut, fin := 0, len(t.r)
	for avant := -1; avant != debut; {
		avant = debut
		for debut < fin && (encadrement(t.r[debut]) || t.r[debut] == ' ') {
			debut++
		}
		for _, l := range encadrementsLitteraux {
			if t.aPrefixe(debut, l) {
				debut += len([]rune(l))
			}
		}
	}
	for apres := -1; apres != fin; {
		apres = fin
		k := fin
		for k > debut && t.r[k-1] == ' ' {
			k--
		}
		switch {
		case k > debut && encadrement(t.r[k-1]):
			fin = k - 1
		default:
			for _, l := range encadrementsLitteraux {
				if n := len([]rune(l)); k-n >= debut && t.aPrefixe(k-n, l) {
					fin = k - n
				}
			}
		}
	}
	return a.garde(t, debut, fin)
}

// sansBlancs removes the spaces that end a text that may not have them.
func (a *analyse) sansBlancs(t tampon) tampon {
	fin := len(t.r)
	for fin > 0 && t.r[fin-1] == ' ' {
		fin--
	}
	return a.garde(t, 0, fin)
}

func (a *analyse) garde(t tampon, debut, fin int) tampon {
	if n := len(t.r) - (fin - debut); n > 0 {
		octet := 0
		if debut == 0 {
			octet = t.pos[fin]
		}
		a.repare("DM-REPARE-ENCADREMENT", octet, n)
	}
	return t.entre(debut, fin)
}

// prefixeAIM gives the length of the symbology identifier that begins the
// text: ], a letter and a digit.
func prefixeAIM(s string) int {
	if len(s) >= 3 && s[0] == ']' && strings.ContainsRune("ACEFGILPQRSXZdez", rune(s[1])) && s[2] >= '0' && s[2] <= '9' {
		return 3
	}
	return 0
}

func (a *analyse) oteAIM(t tampon) tampon {
	n := prefixeAIM(string(t.r[:min(3, len(t.r))]))
	if n == 0 || n == len(t.r) {
		return t
	}
	a.AIM = string(t.r[:n])
	a.repare("DM-REPARE-AIM", t.pos[0], 1)
	return t.entre(n, len(t.r))
}

// tamponUTF16 reads a text that begins with a UTF-16 byte order mark.
func tamponUTF16(s string) (tampon, bool) {
	if len(s) < 4 || len(s)%2 != 0 {
		return tampon{}, false
	}
	petit := s[:2] == "\xff\xfe"
	if !petit && s[:2] != "\xfe\xff" {
		return tampon{}, false
	}
	var t tampon
	for i := 2; i < len(s); i += 2 {
		c := rune(s[i])<<8 | rune(s[i+1])
		if petit {
			c = rune(s[i+1])<<8 | rune(s[i])
		}
		if utf16.IsSurrogate(c) {
			c = '\uFFFD'
		}
		t.r, t.pos = append(t.r, c), append(t.pos, i)
	}
	t.pos = append(t.pos, len(s))
	return t, true
}

// largeur brings full-width forms and no-break spaces back to ASCII.
func largeur(c rune) rune {
	switch {
	case c >= '！' && c <= '～':
		return c - '！' + '!'
	case c == 0xA0 || c == 0x202F || c == 0x3000:
		return ' '
	}
	return c
}
