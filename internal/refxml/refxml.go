// Package refxml reads and writes the reference messages of codecs that are not
// official: elements of one namespace without attributes, each leaf of a
// documented form.
package refxml

import (
	"fmt"
	"iter"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// Page is what one family of messages says of itself.
type Page struct {
	Service, Espace string
	// Codes of the refusals: an element that stands twice, is missing, has a
	// value of another form.
	Double, Absent, Valeur simphonie.Code
	// Inconnu reports what the page does not name; {0} is its name.
	Inconnu *simphonie.Regle
}

// Erreur makes a refusal. It never repeats a value.
func (p *Page) Erreur(c simphonie.Code, chemin, detail string) error {
	return &simphonie.Erreur{Code: c, Service: p.Service, Chemin: chemin, Detail: detail}
}

// valeurMax bounds what is kept of a text, in characters.
const valeurMax = 500

// Lecture is the reading of one message: the first error, and what the page
// does not name.
type Lecture struct {
	Page      *Page
	Err       error
	Anomalies simphonie.Anomalies
}

// Refuse keeps the first refusal.
func (l *Lecture) Refuse(c simphonie.Code, chemin, detail string) {
	if l.Err == nil {
		l.Err = l.Page.Erreur(c, chemin, detail)
	}
}

// Noeud is an element whose children are sorted by name. Every method takes a
// nil element, which has nothing.
type Noeud struct {
	l       *Lecture
	chemin  string
	requis  map[string]bool
	enfants map[string][]*etree.Element
}

// Ouvre sorts the children of el. Each declared name ends with its
// cardinality: 1, ? or *. Order is free.
func (l *Lecture) Ouvre(el *etree.Element, chemin string, declares ...string) Noeud {
	n := Noeud{l: l, chemin: chemin, requis: map[string]bool{}, enfants: map[string][]*etree.Element{}}
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
			case !ok || t.NamespaceURI() != l.Page.Espace:
				l.inconnu(chemin, "l'élément "+nomme(t.Tag))
				continue
			case c != '*' && len(n.enfants[t.Tag]) == 1:
				l.Refuse(l.Page.Double, chemin+"."+t.Tag, "the element stands twice")
			}
			n.enfants[t.Tag] = append(n.enfants[t.Tag], t)
		case *etree.CharData:
			if !t.IsWhitespace() && strings.TrimSpace(t.Data) != "" {
				l.Refuse(l.Page.Valeur, chemin, "text beside child elements")
			}
		case *etree.Comment:
		default:
			l.Refuse(l.Page.Valeur, chemin, "neither text nor an element")
		}
	}
	for _, d := range declares {
		if nom := d[:len(d)-1]; d[len(d)-1] == '1' {
			n.requis[nom] = true
			if len(n.enfants[nom]) == 0 {
				l.Refuse(l.Page.Absent, chemin+"."+nom, "the element is missing")
			}
		}
	}
	return n
}

func (l *Lecture) attributs(el *etree.Element, chemin string) {
	for i := range el.Attr {
		if a := &el.Attr[i]; a.Space != "xmlns" && (a.Space != "" || a.Key != "xmlns") {
			l.inconnu(chemin, "l'attribut "+nomme(a.Key))
		}
	}
}

func (l *Lecture) inconnu(chemin, quoi string) {
	l.Anomalies = append(l.Anomalies, l.Page.Inconnu.Anomalie(chemin, quoi))
}

// nomme shortens a name that somebody else chose.
func nomme(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// Un gives the only element of a name, nil when there is none.
func (n *Noeud) Un(nom string) *etree.Element {
	if es := n.enfants[nom]; len(es) > 0 {
		return es[0]
	}
	return nil
}

// Dans opens the only element of a name, as Ouvre does.
func (n *Noeud) Dans(nom string, declares ...string) Noeud {
	return n.l.Ouvre(n.Un(nom), n.chemin+"."+nom, declares...)
}

// Chaque opens every element of a name, as Ouvre does, when its turn comes.
func (n *Noeud) Chaque(nom string, declares ...string) iter.Seq[*Noeud] {
	return func(suite func(*Noeud) bool) {
		for i, el := range n.enfants[nom] {
			if e := n.l.Ouvre(el, fmt.Sprintf("%s.%s[%d]", n.chemin, nom, i), declares...); !suite(&e) {
				return
			}
		}
	}
}

// Refuse keeps the first refusal of the message; nom is a child, or nothing for
// the element itself.
func (n *Noeud) Refuse(c simphonie.Code, nom, detail string) {
	chemin := n.chemin
	if nom != "" {
		chemin += "." + nom
	}
	n.l.Refuse(c, chemin, detail)
}

// Texte gives the value of a leaf, without the blanks around it.
func (n *Noeud) Texte(nom string) string {
	el := n.Un(nom)
	if el == nil {
		return ""
	}
	chemin := n.chemin + "." + nom
	n.l.attributs(el, chemin)
	s, err := xmlguard.Texte(el)
	s = strings.TrimSpace(s)
	switch {
	case err != nil:
		n.l.Refuse(n.l.Page.Valeur, chemin, "something other than text inside a value")
	case utf8.RuneCountInString(s) > valeurMax:
		n.l.Refuse(n.l.Page.Valeur, chemin, "the value is too long")
	case s == "" && n.requis[nom]:
		n.l.Refuse(n.l.Page.Absent, chemin, "the value is missing")
	default:
		return s
	}
	return ""
}

// Prive gives the value of a leaf, masked.
func (n *Noeud) Prive(nom string) simphonie.Confidentiel {
	return simphonie.NewConfidentiel(n.Texte(nom))
}

// Jour gives a day.
func (n *Noeud) Jour(nom string) simphonie.Jour {
	return Lue(n, nom, simphonie.ParseJour)
}

// Instant gives a time.
func (n *Noeud) Instant(nom string) time.Time {
	return Lue(n, nom, func(s string) (time.Time, error) { return time.Parse(time.RFC3339Nano, s) })
}

// Lue reads a value that has a form; none is the zero value.
func Lue[T any](n *Noeud, nom string, lit func(string) (T, error)) (v T) {
	s := n.Texte(nom)
	if s == "" {
		return v
	}
	v, err := lit(s)
	if err != nil {
		n.l.Refuse(n.l.Page.Valeur, n.chemin+"."+nom, "the value is not of the form of the page")
	}
	return v
}

// Ecriture writes the children of one element and keeps the first refusal.
type Ecriture struct {
	Page   *Page
	El     *etree.Element
	chemin string
	err    *error
}

// Ecris starts a message.
func (p *Page) Ecris(racine string) Ecriture {
	el := etree.NewElement(racine)
	el.CreateAttr("xmlns", p.Espace)
	return Ecriture{Page: p, El: el, chemin: racine, err: new(error)}
}

// Message gives the message, or the first refusal.
func (e *Ecriture) Message() (*etree.Element, error) {
	if *e.err != nil {
		return nil, *e.err
	}
	return e.El, nil
}

// Dans starts a child element that has children.
func (e *Ecriture) Dans(nom string) Ecriture {
	return Ecriture{Page: e.Page, El: e.El.CreateElement(nom), chemin: e.chemin + "." + nom, err: e.err}
}

// Feuille writes a leaf; a nil form refuses the empty value only.
func (e *Ecriture) Feuille(nom, v string, forme *regexp.Regexp) {
	if *e.err == nil && (v == "" || forme != nil && !forme.MatchString(v)) {
		*e.err = e.Page.Erreur(e.Page.Valeur, e.chemin+"."+nom, "the value is not of the form of the page")
	}
	e.El.CreateElement(nom).SetText(v)
}

// Option writes a leaf unless it is empty.
func (e *Ecriture) Option(nom, v string, forme *regexp.Regexp) {
	if v != "" {
		e.Feuille(nom, v, forme)
	}
}
