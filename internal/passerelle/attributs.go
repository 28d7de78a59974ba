package passerelle

import (
	"slices"
	"strings"

	"github.com/beevik/etree"
)

// ordre checks the children of an assertion.
func ordre(el *etree.Element, noms ...string) error {
	var trouves []string
	for _, e := range el.ChildElements() {
		if espace := e.NamespaceURI(); espace != espaceSAML && espace != espaceDSIG {
			return regle("Assertion: a child of another namespace")
		}
		// The element that goxmldsig gives back has no Signature any more.
		if e.Tag != "Signature" {
			trouves = append(trouves, e.Tag)
		}
	}
	if !slices.Equal(trouves, noms) {
		return reglef("Assertion: %s are wanted, in this order", strings.Join(noms, ", "))
	}
	return nil
}

func childs(el *etree.Element, nom string) []*etree.Element {
	return slices.DeleteFunc(el.ChildElements(), func(e *etree.Element) bool { return !est(e, espaceSAML, nom) })
}

// sujet reads NameID and its qualifier.
func sujet(el *etree.Element) (nom, qualificatif string, err error) {
	s, err := seul(el, espaceSAML, "Subject")
	if err != nil {
		return "", "", err
	}
	id, err := seul(s, espaceSAML, "NameID")
	if err != nil {
		return "", "", err
	}
	if len(s.ChildElements()) != 1 {
		return "", "", regle("Subject: NameID alone is wanted")
	}
	nom, err = texte(id)
	if err == nil && !NonVide(nom) {
		err = regle("NameID: empty")
	}
	return nom, id.SelectAttrValue("NameQualifier", ""), err
}

// Names under which the attributes were seen, by meaning.
var (
	factures    = []string{"identifiantFacturation"}
	secteurs    = []string{"secteurActivite", "SecteurActivite"}
	pagm        = []string{"PAGM"}
	facultatifs = []string{"codeSpecialiteAMO", "codeSpecialite", "CodeSpecialite", "gipProfessionCode", "identifiantDeleguant"}
)

// attributs reads the attributes, each known, once, with one plain value; one
// name of each list given must be there.
func attributs(el *etree.Element, exiges ...[]string) (map[string]string, error) {
	declaration, err := seul(el, espaceSAML, "AttributeStatement")
	if err != nil {
		return nil, err
	}
	connus := slices.Concat(factures, secteurs, pagm, facultatifs)
	lus := map[string]string{}
	for _, e := range declaration.ChildElements() {
		nom := e.SelectAttrValue("Name", "")
		if !est(e, espaceSAML, "Attribute") || !slices.Contains(connus, nom) {
			return nil, regle("AttributeStatement: an attribute that no text names")
		}
		v, err := seul(e, espaceSAML, "AttributeValue")
		if err != nil {
			return nil, err
		}
		t, err := texte(v)
		if _, deux := lus[nom]; err != nil || deux || !NonVide(t) {
			return nil, reglef("Attribute %s: one value is wanted", nom)
		}
		lus[nom] = t
	}
	for _, noms := range exiges {
		if !slices.ContainsFunc(noms, func(n string) bool { return lus[n] != "" }) {
			return nil, reglef("Attribute %s: missing", noms[0])
		}
	}
	return lus, nil
}
