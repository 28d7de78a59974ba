package datamatrix

import (
	"fmt"
	"strings"
)

// litteral is a control character written with printable ones.
type litteral struct {
	texte []rune
	c     rune
}

// litteraux lists what scanners and copies write for the separators.
var litteraux = func() (ls []litteral) {
	noms := map[rune]string{eot: "EOT", fs: "FS", gs: "GS", rs: "RS", us: "US"}
	for _, c := range []rune{gs, rs, us, fs, eot} {
		n := noms[c]
		formes := []string{"<" + n + ">", "{" + n + "}", "[" + n + "]", string('␀' + c),
			fmt.Sprintf(`\x%02X`, c), fmt.Sprintf(`\u%04X`, c), fmt.Sprintf("~d%03d", c)}
		if c != eot {
			formes = append(formes, "^"+string('@'+c))
		}
		for _, f := range formes {
			ls = append(ls, litteral{[]rune(strings.ToUpper(f)), c})
		}
	}
	return ls
}()

// separateurLitteral gives the control character written at i and the length
// of its writing, or 0.
func separateurLitteral(t tampon, i int) (rune, int) {
	if i >= len(t.r) || !strings.ContainsRune(`<{[\~^␄␜␝␞␟`, t.r[i]) {
		return 0, 0
	}
suivant:
	for _, l := range litteraux {
		if i+len(l.texte) > len(t.r) {
			continue
		}
		for k, c := range l.texte {
			if enMajuscule(t.r[i+k]) != c {
				continue suivant
			}
		}
		return l.c, len(l.texte)
	}
	return 0, 0
}

// litteraux puts the separators back where they are written in letters.
func (a *analyse) litteraux(t tampon) tampon {
	var u tampon
	octet, nombre := 0, 0
	for i := 0; i < len(t.r); {
		c, n := separateurLitteral(t, i)
		if n == 0 {
			c, n = t.r[i], 1
		} else if nombre++; nombre == 1 {
			octet = t.pos[i]
		}
		u.r, u.pos = append(u.r, c), append(u.pos, t.pos[i])
		i += n
	}
	if nombre == 0 {
		return t
	}
	u.pos = append(u.pos, t.pos[len(t.r)])
	a.repare("DM-REPARE-SEPARATEUR-LITTERAL", octet, nombre)
	return u
}
