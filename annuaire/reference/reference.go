// Package reference is a codec of the answer of the directory that is not
// official: the smallest message that carries the model of package annuaire.
// docs/ANNUAIRE.md describes it. An editor replaces it by a codec written from
// the documents that are given to registered editors.
package reference

import (
	"strconv"
	"strings"
	"time"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/annuaire"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// Espace is the namespace of every element.
const Espace = "urn:simphonie:reference-non-officielle:annuaire:1"

// Codec reads and writes the reference answer. The zero value is ready, and
// safe for concurrent use.
type Codec struct{}

var _ annuaire.Codec = Codec{}

// Profil says that the answer is not official.
func (Codec) Profil() annuaire.Profil {
	return annuaire.Profil{Nom: "reference-non-officielle", Version: "1"}
}

// DecodeReponse reads Reponse. What the page does not describe is
// ANN-REF-FORME, with its place and without its value.
func (Codec) DecodeReponse(el *etree.Element) (*annuaire.Reponse, error) {
	if el == nil || !xmlguard.Est(el, Espace, "Reponse") {
		return nil, refus("Reponse", "another element is there", nil)
	}
	if err := attributs(el, "Reponse"); err != nil {
		return nil, err
	}
	r := &annuaire.Reponse{}
	enfants, err := enfants(el, "Entree", "Reponse")
	if err != nil {
		return nil, err
	}
	for i, e := range enfants {
		chemin := "Reponse.Entree[" + strconv.Itoa(i) + "]"
		x, err := entree(e, chemin)
		if err != nil {
			return nil, err
		}
		r.Entrees = append(r.Entrees, x)
	}
	return r, nil
}

func entree(el *etree.Element, chemin string) (annuaire.Entree, error) {
	var x annuaire.Entree
	if err := attributs(el, chemin, "operateur", "nom", "convention", "csr", "domaine", "expire"); err != nil {
		return x, err
	}
	val := func(nom string) string { v, _ := xmlguard.Attribut(el, "", nom); return v }
	x.Operateur = annuaire.Operateur{Code: val("operateur"), Nom: val("nom")}
	x.Convention, x.CSR, x.Domaine = val("convention"), val("csr"), simphonie.Domaine(val("domaine"))
	if x.Operateur.Code == "" {
		return x, refus(chemin+".operateur", "the operator is missing", nil)
	}
	if v, ok := xmlguard.Attribut(el, "", "expire"); ok {
		t, err := time.Parse(time.RFC3339, v)
		if err != nil || t.IsZero() {
			return x, refus(chemin+".expire", "a date and hour of RFC 3339 is wanted", nil)
		}
		x.Expire = t
	}
	as, err := enfants(el, "Adresse", chemin)
	if err != nil {
		return x, err
	}
	for i, a := range as {
		ou := chemin + ".Adresse[" + strconv.Itoa(i) + "]"
		t, err := xmlguard.Texte(a)
		if err == nil {
			err = attributs(a, ou)
		}
		if err != nil || t == "" {
			return x, refus(ou, "a text alone is wanted", err)
		}
		x.Adresses = append(x.Adresses, t)
	}
	return x, nil
}

// enfants gives the children, all of one name; blanks and comments stand between them.
func enfants(el *etree.Element, nom, chemin string) ([]*etree.Element, error) {
	es := xmlguard.Enfants(el, Espace, nom)
	autres := len(el.ChildElements()) != len(es)
	for _, t := range el.Child {
		if c, ok := t.(*etree.CharData); ok && strings.Trim(c.Data, " \t\r\n") != "" {
			autres = true
		}
	}
	if autres {
		return nil, refus(chemin, "something other than "+nom+" is there", nil)
	}
	return es, nil
}

// attributs refuses those that are not named.
func attributs(el *etree.Element, chemin string, noms ...string) error {
	n := 0
	for _, nom := range noms {
		if _, ok := xmlguard.Attribut(el, "", nom); ok {
			n++
		}
	}
	for i := range el.Attr {
		if _, declare := xmlguard.Declaration(&el.Attr[i]); declare {
			n++
		}
	}
	if n != len(el.Attr) {
		return refus(chemin, "an attribute is unknown", nil)
	}
	return nil
}

// EncodeReponse writes Reponse, for simulators.
func (Codec) EncodeReponse(r *annuaire.Reponse) (*etree.Element, error) {
	el := etree.NewElement("Reponse")
	el.CreateAttr("xmlns", Espace)
	if r == nil {
		return el, nil
	}
	for i, x := range r.Entrees {
		if x.Operateur.Code == "" {
			return nil, refus("Reponse.Entree["+strconv.Itoa(i)+"].operateur", "the operator is missing", nil)
		}
		e := el.CreateElement("Entree")
		for _, a := range [][2]string{{"operateur", x.Operateur.Code}, {"nom", x.Operateur.Nom}, {"convention", x.Convention}, {"csr", x.CSR}, {"domaine", string(x.Domaine)}} {
			if a[1] != "" {
				e.CreateAttr(a[0], a[1])
			}
		}
		if !x.Expire.IsZero() {
			e.CreateAttr("expire", x.Expire.UTC().Format(time.RFC3339Nano))
		}
		for _, a := range x.Adresses {
			if a == "" {
				return nil, refus("Reponse.Entree["+strconv.Itoa(i)+"].Adresse", "an address is empty", nil)
			}
			e.CreateElement("Adresse").SetText(a)
		}
	}
	return el, nil
}

func refus(chemin, detail string, err error) error {
	return &simphonie.Erreur{Code: "ANN-REF-FORME", Service: "annuaire AMC", Chemin: chemin, Detail: detail, Err: err}
}
