package xmlguard

import (
	"strings"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
)

// Nom gives the namespace and the local name of an element.
func Nom(el *etree.Element) (espace, local string) {
	if el == nil {
		return "", ""
	}
	return Espace(el, el.Space), el.Tag
}

// Est says whether an element has this namespace and local name.
func Est(el *etree.Element, espace, local string) bool {
	return el != nil && el.Tag == local && Espace(el, el.Space) == espace
}

// Espace gives the namespace that a prefix stands for at el, "" for none; the
// prefix "" asks for the default namespace.
func Espace(el *etree.Element, prefixe string) string {
	if prefixe == "xml" {
		return EspaceXML
	}
	for ; el != nil; el = el.Parent() {
		if uri, ici := declare(el, prefixe); ici {
			return uri
		}
	}
	return ""
}

// declare gives the namespace that el itself binds to a prefix.
func declare(el *etree.Element, prefixe string) (uri string, ici bool) {
	for i := range el.Attr {
		if p, oui := Declaration(&el.Attr[i]); oui && p == prefixe {
			return el.Attr[i].Value, true
		}
	}
	return "", false
}

// Enfants gives the children of that name, in their order. What a prefix stands
// for around them is looked up once: an element may have very many children
// under very many attributes.
func Enfants(el *etree.Element, espace, local string) []*etree.Element {
	var es []*etree.Element
	if el == nil {
		return nil
	}
	herite := map[string]string{}
	for _, t := range el.Child {
		c, ok := t.(*etree.Element)
		if !ok || c.Tag != local {
			continue
		}
		uri, ici := declare(c, c.Space)
		if !ici {
			if uri, ici = herite[c.Space]; !ici {
				uri = Espace(el, c.Space)
				herite[c.Space] = uri
			}
		}
		if uri == espace {
			es = append(es, c)
		}
	}
	return es
}

// Enfant gives the child of that name, nil when there is none; two are XML-REPETE.
func Enfant(el *etree.Element, espace, local string) (*etree.Element, error) {
	es := Enfants(el, espace, local)
	switch len(es) {
	case 0:
		return nil, nil
	case 1:
		return es[0], nil
	}
	return nil, &simphonie.Erreur{Code: "XML-REPETE", Chemin: local, Detail: "the element stands more than once"}
}

// Exige gives the child of that name; none is XML-ABSENT, two are XML-REPETE.
func Exige(el *etree.Element, espace, local string) (*etree.Element, error) {
	e, err := Enfant(el, espace, local)
	if err == nil && e == nil {
		err = &simphonie.Erreur{Code: "XML-ABSENT", Chemin: local, Detail: "the element is missing"}
	}
	return e, err
}

// Attribut gives the value of an attribute; espace is "" for one without prefix.
func Attribut(el *etree.Element, espace, local string) (valeur string, present bool) {
	if el == nil {
		return "", false
	}
	for i := range el.Attr {
		at := &el.Attr[i]
		if _, declare := Declaration(at); declare || at.Key != local {
			continue
		}
		if (at.Space == "") == (espace == "") && (at.Space == "" || Espace(el, at.Space) == espace) {
			return at.Value, true
		}
	}
	return "", false
}

// Texte gives the whole text of a leaf, CDATA sections joined. A comment, an
// instruction or an element inside the value is XML-VALEUR: readers that stop
// at it would see another value.
func Texte(el *etree.Element) (string, error) {
	if el == nil {
		return "", &simphonie.Erreur{Code: "XML-ABSENT", Detail: "the element is missing"}
	}
	var parts []string
	for _, t := range el.Child {
		c, ok := t.(*etree.CharData)
		if !ok {
			return "", &simphonie.Erreur{Code: "XML-VALEUR", Chemin: el.Tag, Detail: "something other than text inside a value"}
		}
		parts = append(parts, c.Data)
	}
	return strings.Join(parts, ""), nil
}

// TexteEnfant gives the text of the child of that name, "" when there is none.
func TexteEnfant(el *etree.Element, espace, local string) (string, error) {
	c, err := Enfant(el, espace, local)
	if c == nil || err != nil {
		return "", err
	}
	return Texte(c)
}

// SansCommentaires refuses a comment, a processing instruction or a CDATA
// section anywhere in el: a signature does not cover the first, and none has
// its place in signed content.
func SansCommentaires(el *etree.Element) error {
	if el == nil {
		return nil
	}
	for _, t := range el.Child {
		switch t := t.(type) {
		case *etree.Element:
			if err := SansCommentaires(t); err != nil {
				return err
			}
		case *etree.CharData:
			if t.IsCData() {
				return &simphonie.Erreur{Code: "XML-CDATA", Detail: "a CDATA section where plain text is required"}
			}
		default:
			return &simphonie.Erreur{Code: "XML-COMMENTAIRE", Detail: "a comment or an instruction where none may stand"}
		}
	}
	return nil
}
