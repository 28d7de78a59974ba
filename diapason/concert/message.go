package concert

import (
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
)

// messageMax bounds a message, in bytes.
const messageMax = 8 << 10

// Message is a message of Concert V3: items in order, a tag once. Every printed
// form is that of Describe, where values that may hold card or personal data
// are masked.
type Message struct{ items []item }

type item struct {
	tag    string
	valeur simphonie.Confidentiel
}

// Ajoute adds an item. The zero-length item, which is never sent, adds nothing.
func (m *Message) Ajoute(tag, valeur string) {
	if valeur != "" {
		m.items = append(m.items, item{tag, simphonie.NewConfidentiel(valeur)})
	}
}

// Valeur gives the value of a tag, nothing when the message does not have it.
func (m Message) Valeur(tag string) simphonie.Confidentiel {
	for _, i := range m.items {
		if i.tag == tag {
			return i.valeur
		}
	}
	return simphonie.Confidentiel{}
}

// valeur is the same, for the codec.
func (m Message) valeur(tag string) string { return m.Valeur(tag).Clair() }

// Etiquettes lists the tags in order.
func (m Message) Etiquettes() []string {
	ts := make([]string, len(m.items))
	for i := range m.items {
		ts[i] = m.items[i].tag
	}
	return ts
}

// Encode writes the message: CZ first, tags of the public dictionary only, each
// once, with the length and the characters that it allows; otherwise TPE-ENCODE.
func (m Message) Encode() ([]byte, error) {
	if len(m.items) == 0 || m.items[0].tag != "CZ" {
		return nil, erreur("TPE-ENCODE", "CZ", "the version stands first")
	}
	b, err := m.groupe()
	if err == nil && len(b) > messageMax {
		err = erreur("TPE-ENCODE", "", "8 KiB at most")
	}
	return b, err
}

// groupe writes the items, as the value of a constructed tag holds them.
func (m Message) groupe() ([]byte, error) {
	var b []byte
	for i, x := range m.items {
		v := x.valeur.Clair()
		switch e, connue := dictionnaire[x.tag]; {
		case !connue:
			return nil, erreur("TPE-ENCODE", "", "a tag is not in the dictionary")
		case !e.admet(v):
			return nil, erreur("TPE-ENCODE", x.tag, "the dictionary does not allow this value")
		case slices.ContainsFunc(m.items[:i], func(y item) bool { return y.tag == x.tag }):
			return nil, erreur("TPE-ENCODE", x.tag, "twice")
		}
		b = append(fmt.Appendf(b, "%s%03d", x.tag, len(v)), v...)
	}
	return b, nil
}

// DecodeMessage reads a message whatever the order and the length of its items,
// known or not; CR and LF may follow. A tag that stands twice, a cut item and
// more than 8 KiB are errors. An error holds nothing of the message.
func DecodeMessage(b []byte) (Message, error) {
	ps, entier, err := decoupe(b)
	switch {
	case err != nil:
		return Message{}, err
	case !entier:
		return Message{}, erreur("TPE-DECODE", "", "the last item is cut")
	}
	return assemble(b, ps), nil
}

// piece is where an item stands.
type piece struct{ debut, valeur, fin int }

const enTete = 5 // tag and length

func assemble(b []byte, ps []piece) Message {
	m := Message{items: make([]item, 0, len(ps))}
	for _, p := range ps {
		m.items = append(m.items, item{string(b[p.debut : p.debut+2]), simphonie.NewConfidentiel(string(b[p.valeur:p.fin]))})
	}
	return m
}

// decoupe finds the items that are whole. entier says that nothing is cut: there
// is one item at least, and nothing after but CR and LF.
func decoupe(b []byte) (ps []piece, entier bool, err error) {
	if len(b) > messageMax {
		return nil, false, &simphonie.Erreur{Code: "TPE-TAILLE", Service: service, Detail: "more than 8 KiB", LimiteLocale: true}
	}
	var vus [26 * 26]bool
	for o := 0; o < len(b); {
		p := piece{debut: o, valeur: o + enTete}
		if (b[o] == '\r' || b[o] == '\n') && len(ps) > 0 {
			if !tous(string(b[o:]), "\r\n") {
				return ps, false, malforme(o)
			}
			return ps, true, nil
		}
		n := 0
		for i, c := range b[o:min(len(b), p.valeur)] {
			switch {
			case i < 2 && (c < 'A' || c > 'Z'), i >= 2 && (c < '0' || c > '9'):
				return ps, false, malforme(o + i)
			case i >= 2:
				n = 10*n + int(c-'0')
			}
		}
		if p.fin = p.valeur + n; p.fin > len(b) {
			return ps, false, nil
		}
		tag := &vus[26*int(b[o]-'A')+int(b[o+1]-'A')]
		if *tag {
			return ps, false, erreur("TPE-DECODE", string(b[o:o+2]), "twice")
		}
		*tag = true
		ps, o = append(ps, p), p.fin
	}
	return ps, len(ps) > 0, nil
}

func malforme(o int) error {
	e := erreur("TPE-DECODE", "", "neither a tag nor a length")
	e.Ligne, e.Colonne = 1, o+1
	return e
}

// Describe prints a message item by item, masked, as far as it can be read. It
// is what a log or a report to a vendor may hold.
func Describe(b []byte) string {
	ps, _, err := decoupe(b)
	lus := 0
	if len(ps) > 0 {
		lus = ps[len(ps)-1].fin
	}
	s := assemble(b, ps).Describe()
	if err != nil || !tous(string(b[lus:]), "\r\n") {
		s += fmt.Sprintf("illisible à partir de l'octet %d sur %d\n", lus+1, len(b))
	}
	return s
}

// Describe prints the message item by item, masked.
func (m Message) Describe() string {
	var b strings.Builder
	m.decris(&b, "")
	return b.String()
}

func (m Message) decris(b *strings.Builder, retrait string) {
	for _, i := range m.items {
		e, v := dictionnaire[i.tag], i.valeur.Clair()
		montre := "***"
		if e.claire && e.admet(v) {
			montre = v
		}
		fmt.Fprintf(b, "%s%s %03d %s", retrait, i.tag, len(v), montre)
		if e.libelle != "" {
			fmt.Fprintf(b, " (%s)", e.libelle)
		}
		b.WriteByte('\n')
		if i.tag == "ZT" && retrait == "" {
			if g, err := DecodeMessage([]byte(v)); err == nil {
				g.decris(b, "  ")
			}
		}
	}
}

// String is Describe.
func (m Message) String() string { return m.Describe() }

// Format is Describe whatever the verb.
func (m Message) Format(f fmt.State, _ rune) { io.WriteString(f, m.Describe()) }

// LogValue is Describe.
func (m Message) LogValue() slog.Value { return slog.StringValue(m.Describe()) }

// MarshalText is Describe.
func (m Message) MarshalText() ([]byte, error) { return []byte(m.Describe()), nil }
