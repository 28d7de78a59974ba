package xmlguard

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
)

// EspaceXML is the namespace that the prefix xml stands for without being declared.
const EspaceXML = "http://www.w3.org/XML/1998/namespace"

// espaceXMLNS is the namespace of declarations; nothing may be bound to it.
const espaceXMLNS = "http://www.w3.org/2000/xmlns/"

// analyse is one pass over one document. Names and most texts of the tree are
// slices of s.
type analyse struct {
	s       string
	i       int // next byte
	l       Limites
	noeuds  int
	portees []liaison // declarations in scope, the inner ones last
}

// liaison is one namespace declaration.
type liaison struct{ prefixe, uri string }

// erreur is what the parser unwinds with; Parse adds the place.
type erreur struct {
	code   simphonie.Code
	detail string
	ou     int
	limite bool
}

// Parse reads one document. Line ends and attribute values are normalised as
// XML 1.0 says, CDATA sections stay marked; white space around the root and
// the XML declaration are not kept.
func Parse(b []byte, l Limites) (*etree.Document, error) {
	l = l.completees()
	if int64(len(b)) > l.Octets {
		return nil, errTaille()
	}
	a := &analyse{s: string(b), l: l}
	doc := etree.NewDocument()
	if e := a.document(doc); e != nil {
		return nil, a.place(e)
	}
	return doc, nil
}

// place tells line and column (in characters) of an error.
func (a *analyse) place(e *erreur) error {
	avant := a.s[:min(e.ou, len(a.s))]
	return &simphonie.Erreur{Code: e.code, Detail: e.detail, LimiteLocale: e.limite,
		Ligne: strings.Count(avant, "\n") + 1, Colonne: utf8.RuneCountInString(avant[strings.LastIndexByte(avant, '\n')+1:]) + 1}
}

// refus is an error at the next byte.
func (a *analyse) refus(code simphonie.Code, detail string) *erreur {
	return &erreur{code: code, detail: detail, ou: a.i}
}

// depasse is a limit of ours, reached at the next byte.
func (a *analyse) depasse(code simphonie.Code, detail string) *erreur {
	return &erreur{code: code, detail: detail, ou: a.i, limite: true}
}

// compte counts one more node.
func (a *analyse) compte() *erreur {
	if a.noeuds++; a.noeuds > a.l.Noeuds {
		return a.depasse("XML-NOEUDS", "more nodes than Limites.Noeuds")
	}
	return nil
}

// suit says whether the rest begins with p.
func (a *analyse) suit(p string) bool { return strings.HasPrefix(a.s[a.i:], p) }

// document reads prolog, root and epilog.
func (a *analyse) document(doc *etree.Document) *erreur {
	if e := a.encodage(); e != nil {
		return e
	}
	if e := a.caracteres(); e != nil {
		return e
	}
	if e := a.declaration(); e != nil {
		return e
	}
	ou := &doc.Element // the element being filled; doc itself outside the root
	var niveaux []niveau
	for a.i < len(a.s) {
		if a.s[a.i] != '<' {
			if e := a.texte(ou, len(niveaux) > 0); e != nil {
				return e
			}
			continue
		}
		switch {
		case a.suit("</"):
			if len(niveaux) == 0 {
				return a.refus("XML-SYNTAXE", "an end tag that closes nothing")
			}
			n := niveaux[len(niveaux)-1]
			if e := a.fin(n.nom); e != nil {
				return e
			}
			niveaux, a.portees, ou = niveaux[:len(niveaux)-1], a.portees[:n.portees], ou.Parent()
		case a.suit("<!--"):
			if e := a.commentaire(ou); e != nil {
				return e
			}
		case a.suit("<![CDATA["):
			if len(niveaux) == 0 {
				return a.refus("XML-RESTE", "text outside the root element")
			}
			if e := a.cdata(ou); e != nil {
				return e
			}
		case a.suit("<!"):
			return a.refus("XML-DIRECTIVE", "a DOCTYPE or another declaration: refused, send the message without it")
		case a.suit("<?"):
			return a.refus("XML-INSTRUCTION", "a processing instruction: refused, send the message without it")
		default:
			if len(niveaux) == 0 && doc.Root() != nil {
				return a.refus("XML-RACINES", "a second root element")
			}
			if len(niveaux) >= a.l.Profondeur {
				return a.depasse("XML-PROFONDEUR", "more elements inside one another than Limites.Profondeur")
			}
			avant := len(a.portees)
			el, nom, vide, e := a.debut(ou)
			if e != nil {
				return e
			}
			if vide {
				a.portees = a.portees[:avant]
				continue
			}
			niveaux, ou = append(niveaux, niveau{nom, avant}), el
		}
	}
	switch {
	case len(niveaux) > 0:
		return a.refus("XML-FIN", "the document ends inside an element")
	case doc.Root() == nil:
		return a.refus("XML-FIN", "the document has no root element")
	}
	return nil
}

// niveau is an open element: its name as written, and how many declarations
// were in scope before it.
type niveau struct {
	nom     string
	portees int
}

// encodage refuses what announces, by its first bytes, to be other than UTF-8,
// and steps over the mark of UTF-8.
func (a *analyse) encodage() *erreur {
	for _, m := range []string{"\xFE\xFF", "\xFF\xFE", "\x00\x00\xFE\xFF", "\x00\x00\x00<", "<\x00", "\x00<", "+/v", "\x4C\x6F\xA7\x94"} {
		if a.suit(m) {
			return a.refus("XML-ENCODAGE", "the document is not UTF-8")
		}
	}
	if a.suit("\uFEFF") {
		a.i += len("\uFEFF")
	}
	return nil
}

// caracteres checks every byte once: valid UTF-8, and no character that XML
// 1.0 does not have.
func (a *analyse) caracteres() *erreur {
	for i := 0; i < len(a.s); {
		c := a.s[i]
		switch {
		case c < utf8.RuneSelf:
			if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
				return &erreur{code: "XML-CARACTERE", detail: "a control character", ou: i}
			}
			i++
		default:
			r, n := utf8.DecodeRuneInString(a.s[i:])
			if r == utf8.RuneError && n == 1 {
				return &erreur{code: "XML-UTF8", detail: "a byte that is not UTF-8", ou: i}
			}
			if !caractere(r) {
				return &erreur{code: "XML-CARACTERE", detail: "a character that XML does not have", ou: i}
			}
			i += n
		}
	}
	return nil
}

// caractere is the production Char of XML 1.0.
func caractere(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= ' ' && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= utf8.MaxRune
}

// formeDeclaration is the XML declaration, with its encoding as first or second group.
var formeDeclaration = regexp.MustCompile(`^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.0"|'1\.0')` +
	`(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([A-Za-z][A-Za-z0-9._-]*)"|'([A-Za-z][A-Za-z0-9._-]*)'))?` +
	`(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>`)

// declaration steps over the XML declaration if there is one.
func (a *analyse) declaration() *erreur {
	if !a.suit("<?xml") || len(a.s) > a.i+5 && !blanc(a.s[a.i+5]) {
		return nil
	}
	m := formeDeclaration.FindStringSubmatch(a.s[a.i:])
	if m == nil {
		return a.refus("XML-DECLARATION", "the XML declaration is not one of version 1.0")
	}
	if enc := m[1] + m[2]; enc != "" && !strings.EqualFold(enc, "UTF-8") {
		return a.refus("XML-ENCODAGE", "the document declares another encoding than UTF-8")
	}
	a.i += len(m[0])
	return nil
}

func blanc(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// blancs steps over white space and says whether there was some.
func (a *analyse) blancs() bool {
	avant := a.i
	for a.i < len(a.s) && blanc(a.s[a.i]) {
		a.i++
	}
	return a.i > avant
}
