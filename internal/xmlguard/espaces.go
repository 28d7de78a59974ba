package xmlguard

import "github.com/beevik/etree"

// espaces brings the declarations of el into scope, then checks that every
// prefix is declared and that no two attributes are the same once resolved.
// Errors are placed at the tag.
func (a *analyse) espaces(el *etree.Element, ou int) *erreur {
	reste := a.i
	a.i = ou
	prefixes := false
	for i := range el.Attr {
		at := &el.Attr[i]
		prefixe, declare := Declaration(at)
		if !declare {
			prefixes = prefixes || at.Space != ""
			continue
		}
		switch {
		case prefixe == "xml" || prefixe == "xmlns" || at.Value == EspaceXML || at.Value == espaceXMLNS:
			return a.refus("XML-RESERVE", "a reserved prefix or namespace is declared again")
		case prefixe != "" && at.Value == "":
			return a.refus("XML-PREFIXE", "a prefix is declared for no namespace")
		case len(a.portees) >= a.l.Espaces:
			return a.depasse("XML-ESPACES", "more namespace declarations in scope than Limites.Espaces")
		}
		a.portees = append(a.portees, liaison{prefixe, at.Value})
	}
	switch {
	case el.Space == "xml" || el.Space == "xmlns":
		return a.refus("XML-RESERVE", "an element with a reserved prefix")
	case el.Space != "" && a.uri(el.Space) == "":
		return a.refus("XML-PREFIXE", "the prefix of an element is not declared")
	}
	if prefixes {
		if e := a.attributsDistincts(el); e != nil {
			return e
		}
	}
	a.i = reste
	return nil
}

// attributsDistincts checks the prefixed attributes of el.
func (a *analyse) attributsDistincts(el *etree.Element) *erreur {
	type resolu struct{ uri, nom string }
	var vus []resolu
	for i := range el.Attr {
		at := &el.Attr[i]
		if _, declare := Declaration(at); declare || at.Space == "" {
			continue
		}
		r := resolu{a.uri(at.Space), at.Key}
		if r.uri == "" {
			return a.refus("XML-PREFIXE", "the prefix of an attribute is not declared")
		}
		for _, v := range vus {
			if v == r {
				return a.refus("XML-DOUBLE", "an attribute stands twice in one element, under two prefixes")
			}
		}
		vus = append(vus, r)
	}
	return nil
}

// uri gives the namespace of a prefix in scope, "" when there is none.
func (a *analyse) uri(prefixe string) string {
	if prefixe == "xml" {
		return EspaceXML
	}
	for i := len(a.portees) - 1; i >= 0; i-- {
		if a.portees[i].prefixe == prefixe {
			return a.portees[i].uri
		}
	}
	return ""
}

// Declaration gives the prefix that an attribute declares, if it declares one;
// "" is the default namespace.
func Declaration(at *etree.Attr) (prefixe string, oui bool) {
	if at.Space == "xmlns" {
		return at.Key, true
	}
	return "", at.Space == "" && at.Key == "xmlns"
}
