package saml

import (
	"strings"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie/internal/xmlguard"
)

// inventaire walks over the whole document: it must hold n assertions,
// wherever they stand, and no two identifiers may be the same, whatever the
// case and the namespace of the attribute that carries them.
func inventaire(racine *etree.Element, n int) error {
	i := inventorie{attendues: n, ids: map[string]struct{}{}}
	if err := i.element(racine); err != nil {
		return err
	}
	if i.assertions != n {
		return refus("SAML-ASSERTIONS", "the document does not hold the number of assertions that is expected")
	}
	return nil
}

type inventorie struct {
	assertions, attendues int
	ids                   map[string]struct{}
}

// element counts el and what it contains; one assertion too many is enough to know.
func (i *inventorie) element(el *etree.Element) error {
	if i.assertions <= i.attendues && xmlguard.Est(el, Espace, "Assertion") {
		i.assertions++
	}
	for j := range el.Attr {
		if !estID(&el.Attr[j]) {
			continue
		}
		if _, vu := i.ids[el.Attr[j].Value]; vu {
			return refus("SAML-ID-DOUBLE", "two identifiers of the document are the same: a reference to them is ambiguous")
		}
		i.ids[el.Attr[j].Value] = struct{}{}
	}
	for _, t := range el.Child {
		if c, ok := t.(*etree.Element); ok {
			if err := i.element(c); err != nil {
				return err
			}
		}
	}
	return nil
}

// estID says that some reader takes this attribute for an identifier.
func estID(at *etree.Attr) bool {
	if !strings.EqualFold(at.Key, "ID") {
		return false
	}
	_, declare := xmlguard.Declaration(at)
	return !declare
}
