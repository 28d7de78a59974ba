package insi

import (
	"errors"
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
)

// Sexe is the administrative sex. INSi knows F and M only.
type Sexe string

// Values of Sexe.
const (
	Feminin  Sexe = "F"
	Masculin Sexe = "M"
)

// lit takes one of the two values, and no other.
func (s *Sexe) lit(v string) bool {
	if Sexe(v) != Feminin && Sexe(v) != Masculin {
		return false
	}
	*s = Sexe(v)
	return true
}

// Traits are the strict traits of a person as the establishment holds them, in
// the writing of the document they were read on.
type Traits struct {
	Nom     simphonie.Confidentiel   `json:"nom"` // birth name, never the married name
	Prenoms []simphonie.Confidentiel `json:"prenoms"`
	Sexe    Sexe                     `json:"sexe"`
	// Naissance may be lunar. Its century must be known.
	Naissance simphonie.DateNaissance `json:"naissance"`
	// Lieu is the INSEE code (COG) of the birth place, five characters, or nothing.
	Lieu simphonie.Confidentiel `json:"lieu,omitzero"`
}

// MaxPrenoms bounds the first names of a search: each may cost one call.
const MaxPrenoms = 20

// normalises gives the traits as INSi reads them, or every reason why they
// cannot be sent.
func (t Traits) normalises() (Traits, error) {
	var fautes []error
	garde := func(err error) {
		if err != nil {
			fautes = append(fautes, err)
		}
	}
	n := Traits{Naissance: t.Naissance, Lieu: t.Lieu}
	var err error
	n.Nom, err = nomObligatoire("traits.nom", t.Nom)
	garde(err)
	switch {
	case len(t.Prenoms) == 0:
		garde(refus("INSI-OBLIGATOIRE", "traits.prenoms", "at least one first name is wanted"))
	case len(t.Prenoms) > MaxPrenoms:
		e := refus("INSI-PRENOMS", "traits.prenoms", "more first names than one search may call for")
		e.LimiteLocale = true
		return Traits{}, e
	}
	for i, p := range t.Prenoms {
		p, err := nomObligatoire("traits.prenoms["+strconv.Itoa(i)+"]", p)
		garde(err)
		n.Prenoms = append(n.Prenoms, p)
	}
	if !n.Sexe.lit(string(t.Sexe)) {
		garde(refus("INSI-SEXE", "traits.sexe", "F or M is wanted"))
	}
	garde(naissanceComplete("traits.naissance", t.Naissance))
	if !t.Lieu.IsZero() && !formeCOG(t.Lieu.Clair()) {
		garde(refus("INSI-LIEU", "traits.lieu", "five digits are wanted, the second may be A or B"))
	}
	return n, errors.Join(fautes...)
}

func nomObligatoire(champ string, nom simphonie.Confidentiel) (simphonie.Confidentiel, error) {
	if strings.TrimSpace(nom.Clair()) == "" {
		return nom, refus("INSI-OBLIGATOIRE", champ, "it is missing")
	}
	return Normalise(champ, nom)
}

// naissanceComplete refuses a date that is missing or lacks its century.
func naissanceComplete(champ string, d simphonie.DateNaissance) error {
	switch {
	case d.IsZero():
		return refus("INSI-OBLIGATOIRE", champ, "it is missing")
	case d.SiecleInconnu():
		return refus("INSI-NAISSANCE-SIECLE", champ, "birth date without its century: ask the patient, then call AvecSiecle")
	}
	return nil
}

// formeCOG tells a code of the Code officiel géographique: five digits, 2A and
// 2B for Corsica.
func formeCOG(s string) bool {
	if len(s) != 5 {
		return false
	}
	for i, c := range []byte(s) {
		corse := i == 1 && s[0] == '2' && (c == 'A' || c == 'B')
		if (c < '0' || c > '9') && !corse {
			return false
		}
	}
	return true
}

// Attributs are what the establishment says of one of its identities.
// Douteux and Fictif exclude each other, and either one forbids to call INSi
// and to keep a matricule (EXI ID 24, EXI ID 26).
type Attributs struct {
	Homonyme bool `json:"homonyme,omitzero"` // looks like another identity of the base: information only
	Douteux  bool `json:"douteux,omitzero"`  // somebody doubts that it is this person's
	Fictif   bool `json:"fictif,omitzero"`   // made up: anonymous care, test, training
}

// Valide refuses the attributes with which INSi may not be called.
func (a Attributs) Valide() error {
	switch {
	case a.Douteux && a.Fictif:
		return refus("INSI-ATTRIBUTS", "attributs", "an identity is doubtful or fictitious, not both (EXI ID 24, EXI ID 26)")
	case a.Douteux:
		return refus("INSI-DOUTEUX", "attributs.douteux", "a doubtful identity may neither be searched nor hold a matricule (EXI ID 24, EXI ID 26)")
	case a.Fictif:
		return refus("INSI-FICTIF", "attributs.fictif", "a fictitious identity may neither be searched nor hold a matricule (EXI ID 24, EXI ID 26)")
	}
	return nil
}
