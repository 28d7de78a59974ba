package saml

import (
	"slices"
	"strings"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// Canonicalise appends the exclusive canonical form (Exclusive XML
// Canonicalization 1.0, without comments) of el, with what it inherits from
// its ancestors, to dst. A prefix that is declared nowhere is SAML-PREFIXE.
func Canonicalise(dst []byte, el *etree.Element) ([]byte, error) {
	return canonique(dst, el, nil)
}

// canonique leaves out the element saute: the enveloped signature.
func canonique(dst []byte, el, saute *etree.Element) ([]byte, error) {
	if el == nil {
		return dst, errPrefixe()
	}
	c := canon{dst: dst, sommet: el.Parent(), saute: saute}
	if !c.element(el) {
		return dst, errPrefixe()
	}
	return c.dst, nil
}

func errPrefixe() error {
	return &simphonie.Erreur{Code: "SAML-PREFIXE", Detail: "there is no element, or one with a prefix that is not declared: no canonical form"}
}

// canon writes one element and what it contains.
type canon struct {
	dst    []byte
	sommet *etree.Element // parent of the apex: what it declares is inherited
	saute  *etree.Element
	portee []liaison // declarations met from the apex on, the inner ones last
	rendus []liaison // those already written
	tri    []attribut
}

// liaison binds a prefix to a namespace.
type liaison struct{ prefixe, uri string }

// attribut is one to be written, with its namespace.
type attribut struct {
	uri string
	at  *etree.Attr
}

// cherche gives the innermost binding of a prefix.
func cherche(ls []liaison, prefixe string) (string, bool) {
	for i := len(ls) - 1; i >= 0; i-- {
		if ls[i].prefixe == prefixe {
			return ls[i].uri, true
		}
	}
	return "", false
}

// espace resolves a prefix at the current element.
func (c *canon) espace(prefixe string) string {
	if prefixe == "xml" {
		return xmlguard.EspaceXML
	}
	if uri, ok := cherche(c.portee, prefixe); ok {
		return uri
	}
	return xmlguard.Espace(c.sommet, prefixe)
}

// utilise notes that the current element needs a prefix; the declarations of
// this element begin at debut.
func (c *canon) utilise(prefixe string, debut int) bool {
	uri := c.espace(prefixe)
	switch deja, _ := cherche(c.rendus, prefixe); {
	case prefixe == "xml" || uri == deja && (uri != "" || prefixe == ""):
		return true
	case uri == "" && prefixe != "":
		return false
	}
	i := debut
	for i < len(c.rendus) && c.rendus[i].prefixe < prefixe {
		i++
	}
	c.rendus = slices.Insert(c.rendus, i, liaison{prefixe, uri})
	return true
}

// element writes el; false says that a prefix is not declared.
func (c *canon) element(el *etree.Element) bool {
	portee, debut := len(c.portee), len(c.rendus)
	c.tri = c.tri[:0]
	for i := range el.Attr {
		at := &el.Attr[i]
		if prefixe, declare := xmlguard.Declaration(at); declare {
			c.portee = append(c.portee, liaison{prefixe, at.Value})
			continue
		}
		c.tri = append(c.tri, attribut{at: at})
	}
	if !c.utilise(el.Space, debut) {
		return false
	}
	for i := range c.tri {
		if a := &c.tri[i]; a.at.Space != "" {
			if !c.utilise(a.at.Space, debut) {
				return false
			}
			a.uri = c.espace(a.at.Space)
		}
	}
	if len(c.tri) > 1 {
		slices.SortFunc(c.tri, func(a, b attribut) int {
			if n := strings.Compare(a.uri, b.uri); n != 0 {
				return n
			}
			return strings.Compare(a.at.Key, b.at.Key)
		})
	}
	c.dst = nomQualifie(append(c.dst, '<'), el.Space, el.Tag)
	for _, l := range c.rendus[debut:] {
		c.dst = append(c.dst, " xmlns"...)
		if l.prefixe != "" {
			c.dst = append(append(c.dst, ':'), l.prefixe...)
		}
		c.dst = append(echappeAttribut(append(c.dst, `="`...), l.uri), '"')
	}
	for _, a := range c.tri {
		c.dst = nomQualifie(append(c.dst, ' '), a.at.Space, a.at.Key)
		c.dst = append(echappeAttribut(append(c.dst, `="`...), a.at.Value), '"')
	}
	c.dst = append(c.dst, '>')
	for _, t := range el.Child {
		switch t := t.(type) {
		case *etree.Element:
			if t != c.saute && !c.element(t) {
				return false
			}
		case *etree.CharData:
			c.dst = echappeTexte(c.dst, t.Data)
		case *etree.ProcInst:
			c.dst = append(append(c.dst, "<?"...), t.Target...)
			if t.Inst != "" {
				c.dst = append(append(c.dst, ' '), t.Inst...)
			}
			c.dst = append(c.dst, "?>"...)
		}
	}
	c.dst = append(nomQualifie(append(c.dst, "</"...), el.Space, el.Tag), '>')
	c.portee, c.rendus = c.portee[:portee], c.rendus[:debut]
	return true
}

// nomQualifie appends prefix:local.
func nomQualifie(dst []byte, prefixe, local string) []byte {
	if prefixe != "" {
		dst = append(append(dst, prefixe...), ':')
	}
	return append(dst, local...)
}

// echappeTexte appends a text as the canonical form writes it.
func echappeTexte(dst []byte, s string) []byte {
	ecrit := 0
	for i := 0; i < len(s); i++ {
		var r string
		switch s[i] {
		case '&':
			r = "&amp;"
		case '<':
			r = "&lt;"
		case '>':
			r = "&gt;"
		case '\r':
			r = "&#xD;"
		default:
			continue
		}
		dst = append(append(dst, s[ecrit:i]...), r...)
		ecrit = i + 1
	}
	return append(dst, s[ecrit:]...)
}

// echappeAttribut appends an attribute value as the canonical form writes it.
func echappeAttribut(dst []byte, s string) []byte {
	ecrit := 0
	for i := 0; i < len(s); i++ {
		var r string
		switch s[i] {
		case '&':
			r = "&amp;"
		case '<':
			r = "&lt;"
		case '"':
			r = "&quot;"
		case '\t':
			r = "&#x9;"
		case '\n':
			r = "&#xA;"
		case '\r':
			r = "&#xD;"
		default:
			continue
		}
		dst = append(append(dst, s[ecrit:i]...), r...)
		ecrit = i + 1
	}
	return append(dst, s[ecrit:]...)
}
