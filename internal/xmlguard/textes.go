package xmlguard

import (
	"strconv"
	"strings"

	"github.com/beevik/etree"
)

// texte reads up to the next tag.
func (a *analyse) texte(ou *etree.Element, dedans bool) *erreur {
	n := strings.IndexByte(a.s[a.i:], '<')
	if n < 0 {
		n = len(a.s) - a.i
	}
	brut := a.s[a.i : a.i+n]
	if !dedans {
		if a.blancs(); strings.Trim(brut, " \t\r\n") != "" {
			return a.refus("XML-RESTE", "text outside the root element")
		}
		return nil
	}
	if e := a.compte(); e != nil {
		return e
	}
	if j := strings.Index(brut, "]]>"); j >= 0 {
		a.i += j
		return a.refus("XML-SYNTAXE", "]]> outside a CDATA section")
	}
	fin := a.i + n
	t, e := a.resout(brut, false)
	if e != nil {
		return e
	}
	a.i = fin
	ou.CreateText("").SetData(t)
	return nil
}

// commentaire reads a comment.
func (a *analyse) commentaire(ou *etree.Element) *erreur {
	if e := a.compte(); e != nil {
		return e
	}
	reste := a.s[a.i+4:]
	n := strings.Index(reste, "--")
	switch {
	case n < 0:
		return a.refus("XML-FIN", "the document ends inside a comment")
	case !strings.HasPrefix(reste[n:], "-->"):
		return a.refus("XML-SYNTAXE", "-- inside a comment")
	}
	ou.CreateComment(lignes(reste[:n]))
	a.i += 4 + n + 3
	return nil
}

// cdata reads a CDATA section.
func (a *analyse) cdata(ou *etree.Element) *erreur {
	if e := a.compte(); e != nil {
		return e
	}
	const ouvre = "<![CDATA["
	n := strings.Index(a.s[a.i+len(ouvre):], "]]>")
	if n < 0 {
		return a.refus("XML-FIN", "the document ends inside a CDATA section")
	}
	debut := a.i + len(ouvre)
	ou.CreateCData(lignes(a.s[debut : debut+n]))
	a.i = debut + n + 3
	return nil
}

// lignes makes every line end a single line feed.
func lignes(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// resout replaces references by their characters and normalises line ends, and
// white space too in an attribute value. brut begins at the next byte.
func (a *analyse) resout(brut string, attribut bool) (string, *erreur) {
	speciaux := "&\r"
	if attribut {
		speciaux = "&\r\n\t"
	}
	j := strings.IndexAny(brut, speciaux)
	if j < 0 {
		return brut, nil
	}
	var b strings.Builder
	b.Grow(len(brut))
	debut := a.i
	for i := 0; ; {
		b.WriteString(brut[i : i+j])
		i += j
		switch c := brut[i]; {
		case c == '&':
			a.i = debut + i
			n, e := a.reference(&b, brut[i:])
			if e != nil {
				return "", e
			}
			i += n
		case c == '\r' && i+1 < len(brut) && brut[i+1] == '\n':
			i++ // the line feed that follows is the line end
		default:
			if attribut {
				b.WriteByte(' ')
			} else {
				b.WriteByte('\n')
			}
			i++
		}
		// A line feed that ends a pair is found again, as itself, here.
		if j = strings.IndexAny(brut[i:], speciaux); j < 0 {
			b.WriteString(brut[i:])
			return b.String(), nil
		}
	}
}

// entites are the five that XML knows by itself.
var entites = map[string]rune{"lt": '<', "gt": '>', "amp": '&', "apos": '\'', "quot": '"'}

// reference writes the character that the reference at the head of s stands
// for, and gives the length of the reference.
func (a *analyse) reference(b *strings.Builder, s string) (int, *erreur) {
	const longue = len("&#x0010FFFF;")
	n := strings.IndexByte(s[:min(len(s), longue)], ';')
	if n < 0 {
		return 0, a.refus("XML-ENTITE", "an & that begins no reference")
	}
	nom := s[1:n]
	r, connue := entites[nom]
	if chiffres, numerique := strings.CutPrefix(nom, "#"); numerique {
		base := 10
		if hexa, ok := strings.CutPrefix(chiffres, "x"); ok {
			chiffres, base = hexa, 16
		}
		v, err := strconv.ParseUint(chiffres, base, 32)
		if err != nil || v > 0x10FFFF || !caractere(rune(v)) {
			return 0, a.refus("XML-ENTITE", "a character reference to what is not a character of XML")
		}
		r, connue = rune(v), true
	}
	if !connue {
		return 0, a.refus("XML-ENTITE", "an entity that XML does not know by itself")
	}
	b.WriteRune(r)
	return n + 1, nil
}
