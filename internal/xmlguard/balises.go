package xmlguard

import (
	"strings"
	"unicode/utf8"

	"github.com/beevik/etree"
)

// debut reads a start tag into a new child of parent; nom is its name as
// written, vide says that the tag closes itself.
func (a *analyse) debut(parent *etree.Element) (el *etree.Element, nom string, vide bool, e *erreur) {
	if e = a.compte(); e != nil {
		return
	}
	ici := a.i
	a.i++ // <
	if nom, e = a.nom(); e != nil {
		return
	}
	el = parent.CreateElement(nom)
	for {
		separe := a.blancs()
		switch {
		case a.suit("/>"):
			a.i, vide = a.i+2, true
			return el, nom, vide, a.espaces(el, ici)
		case a.suit(">"):
			a.i++
			return el, nom, vide, a.espaces(el, ici)
		case a.i == len(a.s):
			return nil, "", false, a.refus("XML-FIN", "the document ends inside a tag")
		case !separe:
			return nil, "", false, a.refus("XML-SYNTAXE", "no space before an attribute, or a tag that does not end")
		}
		if e = a.attribut(el); e != nil {
			return
		}
	}
}

// attribut reads one attribute into el.
func (a *analyse) attribut(el *etree.Element) *erreur {
	if len(el.Attr) >= a.l.Attributs {
		return a.depasse("XML-ATTRIBUTS", "more attributes in one element than Limites.Attributs")
	}
	if e := a.compte(); e != nil {
		return e
	}
	ici := a.i
	nom, e := a.nom()
	if e != nil {
		return e
	}
	a.blancs()
	if !a.suit("=") {
		return a.refus("XML-SYNTAXE", "an attribute without a value")
	}
	a.i++
	a.blancs()
	if !a.suit(`"`) && !a.suit(`'`) {
		return a.refus("XML-SYNTAXE", "an attribute value without quotes")
	}
	debut := a.i + 1
	n := strings.IndexByte(a.s[debut:], a.s[a.i])
	if n < 0 {
		return a.refus("XML-FIN", "the document ends inside an attribute value")
	}
	brut := a.s[debut : debut+n]
	if j := strings.IndexByte(brut, '<'); j >= 0 {
		a.i = debut + j
		return a.refus("XML-SYNTAXE", "a < inside an attribute value")
	}
	a.i = debut
	valeur, e := a.resout(brut, true)
	if e != nil {
		return e
	}
	a.i = debut + n + 1
	avant := len(el.Attr)
	el.CreateAttr(nom, valeur)
	if len(el.Attr) == avant {
		a.i = ici
		return a.refus("XML-DOUBLE", "an attribute stands twice in one element")
	}
	return nil
}

// fin reads the end tag of the element that was opened as nom.
func (a *analyse) fin(nom string) *erreur {
	ici := a.i
	a.i += 2
	if !a.suit(nom) {
		a.i = ici
		return a.refus("XML-BALISES", "an end tag that does not close the open element")
	}
	a.i += len(nom)
	a.blancs()
	switch {
	case a.i == len(a.s):
		return a.refus("XML-FIN", "the document ends inside a tag")
	case a.s[a.i] != '>':
		a.i = ici
		return a.refus("XML-BALISES", "an end tag that does not close the open element")
	}
	a.i++
	return nil
}

// nom reads a qualified name: one or two names of ASCII and French letters,
// digits, '.', '-' and '_', with at most one colon between two of them.
func (a *analyse) nom() (string, *erreur) {
	debut, deux, premier := a.i, false, true
	for a.i < len(a.s) {
		c, n := a.s[a.i], 1
		switch {
		case c == ':':
			if deux || premier {
				return "", a.refus("XML-NOM", "a name with a colon that does not separate a prefix from a name")
			}
			deux, premier = true, true
			a.i++
			continue
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_':
		case c >= '0' && c <= '9' || c == '.' || c == '-':
			if premier {
				return "", a.refus("XML-NOM", "a name that does not begin with a letter")
			}
		case c >= utf8.RuneSelf:
			var r rune
			if r, n = utf8.DecodeRuneInString(a.s[a.i:]); r < 0xC0 || r > 0xFF || r == 0xD7 || r == 0xF7 {
				return "", a.refus("XML-NOM", "a name with a character that this gate does not take in names")
			}
		default:
			n = 0
		}
		if n == 0 {
			break
		}
		premier = false
		a.i += n
	}
	if premier {
		return "", a.refus("XML-NOM", "a name is missing or ends with a colon")
	}
	return a.s[debut:a.i], nil
}
