package insi

import (
	"strings"

	"github.com/simphonie/simphonie"
)

// Trait names one of the strict traits.
type Trait string

// Strict traits.
const (
	TraitNom       Trait = "nom-naissance"
	TraitPrenoms   Trait = "prenoms"
	TraitSexe      Trait = "sexe"
	TraitNaissance Trait = "date-naissance"
	TraitLieu      Trait = "lieu-naissance"
)

// NatureEcart says how a trait of ours and the same trait of INSi differ.
type NatureEcart string

// Values of NatureEcart.
const (
	// Different is another value: a person looks at the document before the
	// identity is validated.
	Different NatureEcart = "different"
	// Partiel is, for first names, ours among theirs in the same order.
	Partiel NatureEcart = "partiel"
	// NonConnu is a trait that only INSi gives.
	NonConnu NatureEcart = "non-connu"
	// NonRecu is a trait that only we have.
	NonRecu NatureEcart = "non-recu"
)

// Ecart is a trait that differs. It holds no value.
type Ecart struct {
	Trait  Trait       `json:"trait"`
	Nature NatureEcart `json:"nature"`
}

// Compare lists the traits that differ between what the establishment holds and
// what INSi gave, both read under the lexical rules: EVE and Ève are the same.
func Compare(nous Traits, recus TIQ) []Ecart {
	var es []Ecart
	compare := func(t Trait, a, b string) {
		switch {
		case a == b:
		case a == "":
			es = append(es, Ecart{t, NonConnu})
		case b == "":
			es = append(es, Ecart{t, NonRecu})
		case t == TraitPrenoms && parmi(strings.Fields(a), strings.Fields(b)):
			es = append(es, Ecart{t, Partiel})
		default:
			es = append(es, Ecart{t, Different})
		}
	}
	compare(TraitNom, comparable(nous.Nom), comparable(recus.Nom))
	prenoms := make([]string, len(nous.Prenoms))
	for i, p := range nous.Prenoms {
		prenoms[i] = comparable(p)
	}
	tous := recus.Prenoms
	if tous.IsZero() {
		tous = recus.Prenom
	}
	compare(TraitPrenoms, strings.Join(prenoms, " "), comparable(tous))
	compare(TraitSexe, string(nous.Sexe), string(recus.Sexe))
	compare(TraitNaissance, nous.Naissance.Clair(), recus.Naissance.Clair())
	compare(TraitLieu, nous.Lieu.Clair(), recus.Lieu.Clair())
	return es
}

// comparable gives a name under the lexical rules or, when it breaks them, as
// it is: it then differs from any name that does not.
func comparable(nom simphonie.Confidentiel) string {
	if n, err := Normalise("", nom); err == nil {
		return n.Clair()
	}
	return nom.Clair()
}

// parmi says that every word stands in the list, in the same order.
func parmi(mots, liste []string) bool {
	for _, m := range liste {
		if len(mots) > 0 && mots[0] == m {
			mots = mots[1:]
		}
	}
	return len(mots) == 0
}
