package passerelle

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/beevik/etree"
)

// regle is a rule that a message breaks: where, then what is wanted. It never
// holds a value of the message.
type regle string

func (r regle) Error() string { return string(r) }

func reglef(format string, args ...any) error { return regle(fmt.Sprintf(format, args...)) }

// Modele says what an element may hold, as an xsd:sequence does: its children
// in order with how many of each, or the form of its text, and its attributes.
type Modele struct {
	Nom       string
	Min, Max  int                          // occurrences; Max 0 is 1, Max < 0 is any number
	Texte     func(string) bool            // form of a leaf; nil is any text when there are no Enfants
	Attributs map[string]func(string) bool // those allowed, all mandatory unless in Optionnels
	Optionnels,
	Choix []string // attributes that may be absent; values allowed of a leaf
	Enfants []Modele
	Libre   bool // what is inside is checked elsewhere
}

// Verifie checks an element and everything inside it, all in one namespace.
// The error names the path and the rule, never a value.
func (m Modele) Verifie(el *etree.Element, espace string) error {
	if !est(el, espace, m.Nom) {
		return fmt.Errorf("%s: %s in %q is wanted", m.Nom, m.Nom, espace)
	}
	if err := m.attributs(el); err != nil {
		return err
	}
	if m.Libre {
		return nil
	}
	if m.Enfants == nil {
		return m.feuille(el)
	}
	for _, c := range el.Child {
		switch c := c.(type) {
		case *etree.Element, *etree.Comment:
		case *etree.CharData:
			if strings.TrimSpace(c.Data) != "" {
				return fmt.Errorf("%s: text beside elements", m.Nom)
			}
		default:
			return fmt.Errorf("%s: unexpected node", m.Nom)
		}
	}
	return m.suite(el.ChildElements(), espace)
}

func (m Modele) suite(enfants []*etree.Element, espace string) error {
	for _, attendu := range m.Enfants {
		n := 0
		for len(enfants) > 0 && est(enfants[0], espace, attendu.Nom) {
			if err := attendu.Verifie(enfants[0], espace); err != nil {
				return fmt.Errorf("%s/%w", m.Nom, err)
			}
			enfants, n = enfants[1:], n+1
		}
		if maximum := max(attendu.Max, 1); n < attendu.Min || attendu.Max >= 0 && n > maximum {
			return fmt.Errorf("%s/%s: %d of it at this place", m.Nom, attendu.Nom, n)
		}
	}
	if len(enfants) > 0 {
		return fmt.Errorf("%s: an element that is unknown, of another namespace or out of order", m.Nom)
	}
	return nil
}

func (m Modele) feuille(el *etree.Element) error {
	t, err := texte(el)
	if err != nil {
		return err
	}
	if m.Texte != nil && !m.Texte(t) || m.Choix != nil && !slices.Contains(m.Choix, t) {
		return fmt.Errorf("%s: value of another form", m.Nom)
	}
	return nil
}

func (m Modele) attributs(el *etree.Element) error {
	vus := map[string]bool{}
	for _, a := range el.Attr {
		if a.Space == "xmlns" || a.Space == "" && a.Key == "xmlns" || a.NamespaceURI() == espaceSOAP {
			continue
		}
		forme, ok := m.Attributs[a.Key]
		if !ok || a.Space != "" {
			return fmt.Errorf("%s: an attribute that is not allowed", m.Nom)
		}
		if !forme(a.Value) {
			return fmt.Errorf("%s/@%s: value of another form", m.Nom, a.Key)
		}
		vus[a.Key] = true
	}
	for nom := range m.Attributs {
		if !vus[nom] && !slices.Contains(m.Optionnels, nom) {
			return fmt.Errorf("%s/@%s: missing", m.Nom, nom)
		}
	}
	return nil
}

// Motif is the form that a whole text must match.
func Motif(re string) func(string) bool { return regexp.MustCompile(`^(?:` + re + `)$`).MatchString }

// Egal is the form of one value.
func Egal(v string) func(string) bool { return func(s string) bool { return s == v } }

// NonVide is the form of any text that is not blank.
func NonVide(s string) bool { return strings.TrimSpace(s) != "" }

var dateHeure = Motif(`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?`)

// DateHeure is the form of an xsd:dateTime.
func DateHeure(s string) bool {
	if !dateHeure(s) {
		return false
	}
	_, err := time.Parse("2006-01-02T15:04:05", s[:19])
	return err == nil
}

// Date is the form of an xsd:date without zone.
func Date(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// DateLunaire is the form of a birth date, whose month and day may be any.
var DateLunaire = Motif(`\d{4}-\d{2}-\d{2}`)
