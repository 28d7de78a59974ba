package cdritest

import (
	"strings"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie/cdri/modele"
)

// chemins lists the elements of a message by their indexes from the root, so
// that the same one is found in a copy.
func chemins(el *etree.Element) [][]int {
	var cs [][]int
	var marche func(el *etree.Element, ici []int)
	marche = func(el *etree.Element, ici []int) {
		cs = append(cs, ici)
		for i, c := range el.ChildElements() {
			marche(c, append(ici[:len(ici):len(ici)], i))
		}
	}
	marche(el, nil)
	return cs
}

func va(el *etree.Element, chemin []int) *etree.Element {
	for _, i := range chemin {
		el = el.ChildElements()[i]
	}
	return el
}

// elements changes a message one element at a time. Whatever the change, an
// answer that is read must hold what the message says, or say that somebody
// must look at it.
func (s *suite) elements() {
	ref := s.complete()
	if s.e.Efface != nil {
		s.e.Efface(ref)
	}
	base := s.ecrit("éléments", ref)
	if base == nil {
		return
	}
	temoin, err := s.decode("éléments", base)
	if err != nil {
		return // reported with the examples
	}
	for _, chemin := range chemins(base) {
		el := va(base, chemin)
		cas := "élément " + el.Tag
		feuille := len(el.ChildElements()) == 0

		s.change(cas+", un inconnu dedans", base, chemin, func(el *etree.Element) {
			i := el.CreateElement("Inconnu")
			i.CreateAttr("xmlns", "urn:un-autre-espace")
			i.SetText("valeur")
		}, func(cas string, r *modele.Reponse) {
			if len(r.Anomalies) == 0 && memes(r, temoin) {
				s.faute(cas, "an unknown element is dropped without a word")
			}
			if !memes(r, temoin) {
				s.faute(cas, "an unknown element changes what is read")
			}
		})
		if len(chemin) == 0 {
			continue
		}
		s.change(cas+", le même nom d'un autre espace", base, chemin, func(el *etree.Element) {
			i := etree.NewElement(el.Tag)
			i.CreateAttr("xmlns", "urn:un-autre-espace")
			i.SetText(voisine(el.Text()))
			el.Parent().InsertChildAt(el.Index(), i)
		}, func(cas string, r *modele.Reponse) {
			if len(r.Anomalies) == 0 || !memes(r, temoin) {
				s.faute(cas, "a name of another namespace is read, or dropped without a word")
			}
		})
		s.change(cas+", retiré", base, chemin, func(el *etree.Element) { el.Parent().RemoveChild(el) }, nil)
		s.change(cas+", vide", base, chemin, func(el *etree.Element) {
			for _, c := range append([]etree.Token(nil), el.Child...) {
				el.RemoveChild(c)
			}
		}, nil)
		s.double(cas, base, chemin, temoin)
		if feuille {
			s.commentaire(cas, base, chemin, temoin)
			s.change(cas+", texte énorme", base, chemin, func(el *etree.Element) { el.SetText(strings.Repeat("A", 1<<16)) }, nil)
			s.change(cas+", texte quelconque", base, chemin, func(el *etree.Element) { el.SetText("\u00a0<&>'\"\U0001F600 ***") }, nil)
		}
	}
}

// change decodes a changed copy; verifie sees what was read, if anything was.
func (s *suite) change(cas string, base *etree.Element, chemin []int, change func(*etree.Element), verifie func(string, *modele.Reponse)) {
	copie := base.Copy()
	change(va(copie, chemin))
	if r, err := s.decode(cas, copie); err == nil && verifie != nil {
		verifie(cas, r)
	}
}

// double puts an element twice, then with another value the second time: a
// reader that keeps the first, or the last, drops a value without a word.
func (s *suite) double(cas string, base *etree.Element, chemin []int, temoin *modele.Reponse) {
	s.change(cas+", deux fois", base, chemin, func(el *etree.Element) {
		el.Parent().InsertChildAt(el.Index()+1, el.Copy())
	}, func(cas string, r *modele.Reponse) {
		if len(r.Anomalies) == 0 && memes(r, temoin) {
			s.faute(cas, "one of two is dropped without a word")
		}
	})
	el := va(base, chemin)
	if len(el.ChildElements()) > 0 {
		return
	}
	autre := func(el *etree.Element) { el.SetText(voisine(el.Text())) }
	var seul *modele.Reponse
	s.change(cas+", autre valeur", base, chemin, autre, func(_ string, r *modele.Reponse) { seul = r })
	s.change(cas+", deux fois, autre valeur", base, chemin, func(el *etree.Element) {
		copie := el.Copy()
		autre(copie)
		el.Parent().InsertChildAt(el.Index()+1, copie)
	}, func(cas string, r *modele.Reponse) {
		if len(r.Anomalies) == 0 && (memes(r, temoin) || seul != nil && memes(r, seul)) {
			s.faute(cas, "one of two values is chosen without a word")
		}
	})
}

// voisine gives a value of the same shape.
func voisine(v string) string {
	if v == "" {
		return "1"
	}
	b := []byte(v)
	switch c := &b[len(b)-1]; {
	case *c >= '0' && *c <= '8', *c >= 'A' && *c <= 'Y', *c >= 'a' && *c <= 'y':
		*c++
	case *c == '9':
		*c = '8'
	default:
		*c = 'A'
	}
	return string(b)
}

// commentaire cuts a value in two: a reader that stops at the comment reads
// another value.
func (s *suite) commentaire(cas string, base *etree.Element, chemin []int, temoin *modele.Reponse) {
	s.change(cas+", coupé par un commentaire", base, chemin, func(el *etree.Element) {
		v := el.Text()
		k := len(v) / 2
		el.SetText(v[:k])
		el.CreateComment("coupure")
		el.CreateText(v[k:])
	}, func(cas string, r *modele.Reponse) {
		if !memes(r, temoin) {
			s.faute(cas, "a comment inside a value changes it")
		}
	})
	s.change(cas+", en CDATA", base, chemin, func(el *etree.Element) {
		v := el.Text()
		k := len(v) / 2
		el.SetText(v[:k])
		el.CreateCData(v[k:])
	}, func(cas string, r *modele.Reponse) {
		if !memes(r, temoin) {
			s.faute(cas, "a CDATA section inside a value changes it")
		}
	})
}

// brouillage gives what is not an answer at all.
func (s *suite) brouillage() {
	profond := etree.NewElement("a")
	for e, i := profond, 0; i < 10_000; i++ {
		e = e.CreateElement("a")
	}
	cas := map[string]*etree.Element{"rien": nil, "racine vide": etree.NewElement("x"), "profond": profond}
	if el, err := s.c.EncodeDemande(ptr(demandeMinimale())); err == nil {
		cas["la demande elle-même"] = el
	}
	if base := s.ecrit("brouillage", s.complete()); base != nil {
		autre := base.Copy()
		for i := range autre.Attr {
			if autre.Attr[i].Key == "xmlns" || autre.Attr[i].Space == "xmlns" {
				autre.Attr[i].Value += ":autre"
			}
		}
		cas["autre espace de noms"] = autre
		nom := base.Copy()
		nom.Tag += "X"
		cas["autre racine"] = nom
	}
	for nom, el := range cas {
		if _, err := s.decode("brouillage, "+nom, el); err == nil {
			s.faute("brouillage, "+nom, "is read as an answer")
		}
	}
}

func ptr[T any](v T) *T { return &v }
