package reference

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// regElement reports what the page does not name.
var regElement = simphonie.Regle{Code: "CDRI-REF-ELEMENT", Source: "messages de référence", Gravite: simphonie.AVerifier,
	Message: "La réponse contient {0}, que le codec de référence ne connaît pas : à vérifier."}

// Regles lists the rules of this package.
func Regles() []simphonie.Regle { return []simphonie.Regle{regElement} }

// valeurMax bounds what is kept of a text, in characters.
const valeurMax = 500

// lecture is the reading of one message: the first error, and what the page
// does not name.
type lecture struct {
	err       error
	anomalies simphonie.Anomalies
}

func (l *lecture) refuse(c simphonie.Code, chemin, detail string) {
	if l.err == nil {
		l.err = erreur(c, chemin, detail)
	}
}

// noeud is an element whose children are sorted by name. Every method takes a
// nil element, which has nothing.
type noeud struct {
	l       *lecture
	chemin  string
	requis  map[string]bool
	enfants map[string][]*etree.Element
}

// ouvre sorts the children of el. Each declared name ends with its
// cardinality: 1, ? or *. Order is free.
func (l *lecture) ouvre(el *etree.Element, chemin string, declares ...string) noeud {
	n := noeud{l: l, chemin: chemin, requis: map[string]bool{}, enfants: map[string][]*etree.Element{}}
	if el == nil {
		return n
	}
	l.attributs(el, chemin)
	cardinalites := make(map[string]byte, len(declares))
	for _, d := range declares {
		cardinalites[d[:len(d)-1]] = d[len(d)-1]
	}
	for _, t := range el.Child {
		switch t := t.(type) {
		case *etree.Element:
			c, ok := cardinalites[t.Tag]
			switch {
			case !ok || t.NamespaceURI() != Espace:
				l.inconnu(chemin, "l'élément "+nomme(t.Tag))
				continue
			case c != '*' && len(n.enfants[t.Tag]) == 1:
				l.refuse("CDRI-REF-DOUBLE", chemin+"."+t.Tag, "the element stands twice")
			}
			n.enfants[t.Tag] = append(n.enfants[t.Tag], t)
		case *etree.CharData:
			if !t.IsWhitespace() && strings.TrimSpace(t.Data) != "" {
				l.refuse("CDRI-REF-VALEUR", chemin, "text beside child elements")
			}
		case *etree.Comment:
		default:
			l.refuse("CDRI-REF-VALEUR", chemin, "neither text nor an element")
		}
	}
	for _, d := range declares {
		if nom := d[:len(d)-1]; d[len(d)-1] == '1' {
			n.requis[nom] = true
			if len(n.enfants[nom]) == 0 {
				l.refuse("CDRI-REF-ABSENT", chemin+"."+nom, "the element is missing")
			}
		}
	}
	return n
}

func (l *lecture) attributs(el *etree.Element, chemin string) {
	for i := range el.Attr {
		if a := &el.Attr[i]; a.Space != "xmlns" && (a.Space != "" || a.Key != "xmlns") {
			l.inconnu(chemin, "l'attribut "+nomme(a.Key))
		}
	}
}

func (l *lecture) inconnu(chemin, quoi string) {
	l.anomalies = append(l.anomalies, regElement.Anomalie(chemin, quoi))
}

// nomme shortens a name that somebody else chose.
func nomme(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// un gives the only element of a name, nil when there is none.
func (n *noeud) un(nom string) *etree.Element {
	if es := n.enfants[nom]; len(es) > 0 {
		return es[0]
	}
	return nil
}

// chaque calls f for every element of a name, with its path.
func (n *noeud) chaque(nom string, f func(el *etree.Element, chemin string)) {
	for i, el := range n.enfants[nom] {
		f(el, fmt.Sprintf("%s.%s[%d]", n.chemin, nom, i))
	}
}

// texte gives the value of a leaf, without the blanks around it.
func (n *noeud) texte(nom string) string {
	el := n.un(nom)
	if el == nil {
		return ""
	}
	chemin := n.chemin + "." + nom
	n.l.attributs(el, chemin)
	s, err := xmlguard.Texte(el)
	s = strings.TrimSpace(s)
	switch {
	case err != nil:
		n.l.refuse("CDRI-REF-VALEUR", chemin, "something other than text inside a value")
	case utf8.RuneCountInString(s) > valeurMax:
		n.l.refuse("CDRI-REF-VALEUR", chemin, "the value is too long")
	case s == "" && n.requis[nom]:
		n.l.refuse("CDRI-REF-ABSENT", chemin, "the value is missing")
	default:
		return s
	}
	return ""
}

func (n *noeud) prive(nom string) simphonie.Confidentiel {
	return simphonie.NewConfidentiel(n.texte(nom))
}

func (n *noeud) jour(nom string) simphonie.Jour {
	return lue(n, nom, simphonie.ParseJour)
}

func (n *noeud) naissance(nom string) simphonie.DateNaissance {
	return lue(n, nom, func(s string) (simphonie.DateNaissance, error) {
		d, err := simphonie.ParseDateNaissance(s)
		if d.SiecleInconnu() {
			return d, simphonie.ErrSyntaxe
		}
		return d, err
	})
}

func (n *noeud) instant(nom string) time.Time {
	return lue(n, nom, func(s string) (time.Time, error) { return time.Parse(time.RFC3339Nano, s) })
}

func (n *noeud) bool(nom string) bool {
	return lue(n, nom, func(s string) (bool, error) {
		if s != "true" && s != "false" {
			return false, simphonie.ErrSyntaxe
		}
		return s == "true", nil
	})
}

// lue reads a value that has a form; none is the zero value.
func lue[T any](n *noeud, nom string, lit func(string) (T, error)) (v T) {
	s := n.texte(nom)
	if s == "" {
		return v
	}
	v, err := lit(s)
	if err != nil {
		n.l.refuse("CDRI-REF-VALEUR", n.chemin+"."+nom, "the value is not of the form of the page")
	}
	return v
}

// nir joins number and key as they came.
func (n *noeud) nir() simphonie.NIR {
	return simphonie.NIRRecu(n.texte("Nir") + n.texte("Cle"))
}
