package insi_test

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/insi"
)

// schema reads the part of XML Schema that the files of this package use:
// sequences, choices, xsd:all, references, patterns, attributes. It holds the
// global declarations, by namespace, kind and name.
type schema map[string]*etree.Element

// chargeSchema reads a file and those that it imports; Envelope is its root.
func chargeSchema(t testing.TB, fichier string) schema {
	t.Helper()
	s := schema{}
	var lit func(string)
	lit = func(f string) {
		b, err := fs.ReadFile(insi.XSD(), f)
		require.NoError(t, err)
		doc := etree.NewDocument()
		require.NoError(t, doc.ReadFromBytes(b))
		for _, el := range doc.Root().ChildElements() {
			if lieu := el.SelectAttrValue("schemaLocation", ""); lieu != "" {
				lit(path.Join(path.Dir(f), lieu))
				continue
			}
			s[cible(el)+" "+el.Tag+" "+el.SelectAttrValue("name", "")] = el
		}
	}
	lit(fichier)
	return s
}

// cible gives the namespace that a declaration is of.
func cible(decl *etree.Element) string {
	for decl.Tag != "schema" {
		decl = decl.Parent()
	}
	return decl.SelectAttrValue("targetNamespace", "")
}

var integres = map[string]*regexp.Regexp{
	"xsd:string": regexp.MustCompile(`(?s)^.*$`), "xsd:integer": regexp.MustCompile(`^[+-]?[0-9]+$`), "xsd:date": regexp.MustCompile(`^\d{4}-\d\d-\d\d$`),
	"xsd:dateTime": regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$`),
}

// verifie checks a whole message.
func (s schema) verifie(message string) error {
	doc := etree.NewDocument()
	if err := doc.ReadFromString(message); err != nil {
		return err
	}
	return s.element(doc.Root(), s["http://www.w3.org/2003/05/soap-envelope element Envelope"])
}

// resout follows a reference.
func (s schema) resout(decl *etree.Element) *etree.Element {
	if prefixe, nom, ok := strings.Cut(decl.SelectAttrValue("ref", ""), ":"); ok {
		for e := decl; e != nil; e = e.Parent() {
			if a := e.SelectAttr("xmlns:" + prefixe); a != nil {
				return s[a.Value+" element "+nom]
			}
		}
	}
	return decl
}

func (s schema) estDe(el, decl *etree.Element) bool {
	if decl.Tag == "any" {
		return el.NamespaceURI() == decl.SelectAttrValue("namespace", "")
	}
	decl = s.resout(decl)
	return el.Tag == decl.SelectAttrValue("name", "") && el.NamespaceURI() == cible(decl)
}

func (s schema) element(el, decl *etree.Element) error {
	decl = s.resout(decl)
	switch {
	case decl.Tag == "any":
		return nil
	case !s.estDe(el, decl):
		return fmt.Errorf("%s where %s is wanted", el.Tag, decl.SelectAttrValue("name", ""))
	}
	nom := decl.SelectAttrValue("type", "")
	if t := s[cible(decl)+" complexType "+nom]; t != nil {
		return s.complexe(el, t)
	}
	if t := decl.SelectElement("complexType"); t != nil {
		return s.complexe(el, t)
	}
	if len(el.ChildElements()) > 0 {
		return fmt.Errorf("%s holds elements", el.Tag)
	}
	return s.valeur(el.Tag, el.Text(), cible(decl), nom)
}

func (s schema) valeur(ou, v, espace, nom string) error {
	motif := integres[nom]
	if t := s[espace+" simpleType "+nom]; t != nil {
		motif = regexp.MustCompile("^(?:" + t.FindElement("restriction/pattern").SelectAttrValue("value", "") + ")$")
	}
	if motif == nil || !motif.MatchString(v) {
		return fmt.Errorf("%s is not a %s", ou, nom)
	}
	return nil
}

func (s schema) complexe(el, t *etree.Element) error {
	declares := append(t.SelectElements("attribute"), t.FindElements("simpleContent/extension/attribute")...)
	vus := 0
	for _, d := range declares {
		a := el.SelectAttr(d.SelectAttrValue("name", ""))
		if a == nil {
			if d.SelectAttrValue("use", "") == "required" {
				return fmt.Errorf("%s has no attribute %s", el.Tag, d.SelectAttrValue("name", ""))
			}
			continue
		}
		vus++
		if err := s.valeur(el.Tag+"@"+a.Key, a.Value, cible(t), d.SelectAttrValue("type", "")); err != nil {
			return err
		}
	}
	for _, a := range el.Attr {
		if a.Space == "xmlns" || a.Key == "xmlns" {
			vus++
		}
	}
	if vus != len(el.Attr) {
		return fmt.Errorf("%s has an unknown attribute", el.Tag)
	}
	if t.SelectElement("simpleContent") != nil {
		return nil
	}
	enfants := el.ChildElements()
	for _, groupe := range t.ChildElements() {
		switch groupe.Tag {
		case "sequence":
			return s.sequence(el.Tag, enfants, groupe)
		case "all":
			return s.tous(el.Tag, enfants, groupe)
		case "choice":
			for _, d := range groupe.ChildElements() {
				if len(enfants) == 1 && s.estDe(enfants[0], d) {
					return s.element(enfants[0], d)
				}
			}
			return fmt.Errorf("%s holds something else", el.Tag)
		}
	}
	return fmt.Errorf("%s: content of the schema not understood", el.Tag)
}

func (s schema) sequence(ou string, enfants []*etree.Element, groupe *etree.Element) error {
	for _, d := range groupe.ChildElements() {
		minimum, maximum := 1, 1
		if v := d.SelectAttrValue("minOccurs", ""); v != "" {
			minimum, _ = strconv.Atoi(v)
		}
		if d.SelectAttrValue("maxOccurs", "") == "unbounded" {
			maximum = len(enfants)
		}
		n := 0
		for n < maximum && len(enfants) > 0 && s.estDe(enfants[0], d) {
			if err := s.element(enfants[0], d); err != nil {
				return err
			}
			enfants, n = enfants[1:], n+1
		}
		if n < minimum {
			return fmt.Errorf("%s: %s is missing at its place", ou, d.SelectAttrValue("name", d.SelectAttrValue("ref", "any")))
		}
	}
	if len(enfants) > 0 {
		return fmt.Errorf("%s: %s is not wanted there", ou, enfants[0].Tag)
	}
	return nil
}

func (s schema) tous(ou string, enfants []*etree.Element, groupe *etree.Element) error {
	reste := groupe.ChildElements()
suivant:
	for _, el := range enfants {
		for i, d := range reste {
			if s.estDe(el, d) {
				if err := s.element(el, d); err != nil {
					return err
				}
				reste = append(reste[:i:i], reste[i+1:]...)
				continue suivant
			}
		}
		return fmt.Errorf("%s: %s is not wanted there", ou, el.Tag)
	}
	for _, d := range reste {
		if d.SelectAttrValue("minOccurs", "") != "0" {
			return fmt.Errorf("%s: %s is missing", ou, d.SelectAttrValue("ref", ""))
		}
	}
	return nil
}
