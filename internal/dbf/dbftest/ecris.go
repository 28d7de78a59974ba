// Package dbftest writes dBase III tables for tests, from the format and not
// from the reader that they test.
package dbftest

import (
	"fmt"
	"strings"
)

// Table gives the bytes of a table. A field is written NAME:C8, NAME:N8 or
// NAME:D8; a record that starts with the value * is deleted.
func Table(champs []string, lignes ...[]string) []byte {
	type champ struct {
		nom  string
		genr byte
		n    int
	}
	var cs []champ
	taille := 1
	for _, c := range champs {
		nom, forme, _ := strings.Cut(c, ":")
		var n int
		fmt.Sscanf(forme[1:], "%d", &n)
		cs = append(cs, champ{nom, forme[0], n})
		taille += n
	}
	var b []byte
	deux := func(n int) { b = append(b, byte(n), byte(n>>8)) }
	b = append(b, 0x03, 126, 1, 15)
	deux(len(lignes) & 0xFFFF)
	deux(len(lignes) >> 16)
	deux(32 + 32*len(cs) + 1)
	deux(taille)
	b = append(b, make([]byte, 20)...)
	for _, c := range cs {
		d := make([]byte, 32)
		copy(d[:11], c.nom)
		d[11], d[16] = c.genr, byte(c.n)
		b = append(b, d...)
	}
	b = append(b, '\r')
	for _, l := range lignes {
		marque := byte(' ')
		if l[0] == "*" {
			marque, l = '*', l[1:]
		}
		b = append(b, marque)
		for i, c := range cs {
			if c.genr == 'N' {
				b = fmt.Appendf(b, "%*s", c.n, l[i])
			} else {
				b = fmt.Appendf(b, "%-*s", c.n, l[i])
			}
		}
	}
	return append(b, 0x1A)
}
