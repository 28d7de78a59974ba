package insi

import (
	"strings"

	"github.com/simphonie/simphonie"
)

// Critere names what one call of a search asked with, never the values.
type Critere string

// Values of Critere.
const (
	PrenomSeul    Critere = "prenom-seul"    // one first name, of rank Tentative.Rang
	PrenomsJoints Critere = "prenoms-joints" // every first name, joined by blanks
	LectureVitale Critere = "lecture-vitale" // the numbers of the card
)

// etape is one call of a search by traits.
type etape struct {
	critere Critere
	rang    int // of the first name, from 1
	prenom  simphonie.Confidentiel
	lieu    bool // the birth place is sent
}

// etapes lists the calls of the first round: one for each first name in order
// then, when there are several, one with all of them. The last is left out
// when the joined text would break the lexical rules.
func etapes(t Traits, lieu bool) []etape {
	var es []etape
	tous := make([]string, len(t.Prenoms))
	for i, p := range t.Prenoms {
		es = append(es, etape{PrenomSeul, i + 1, p, lieu})
		tous[i] = p.Clair()
	}
	if joints := strings.Join(tous, " "); len(tous) > 1 && defautLexical(joints) == "" {
		es = append(es, etape{PrenomsJoints, 0, simphonie.NewConfidentiel(joints), lieu})
	}
	return es
}

// deroule plays the search by traits: it stops at the first identity or the
// first error. When some calls found several people and none found one, the
// most precise of them is made again with the birth place, if there is one that
// was not sent: more first names, then the place.
//
// Only what narrows a question is automatic. What changes a trait (another
// name, another date) belongs to the agent, see suites.
func deroule(t Traits, lieuDAbord bool, appelle func(etape) (CodeCR, error)) (CodeCR, error) {
	lieuConnu := !t.Lieu.IsZero()
	var ambigue etape
	for _, e := range etapes(t, lieuConnu && lieuDAbord) {
		cr, err := appelle(e)
		if err != nil || cr == Trouvee {
			return cr, err
		}
		if cr == Plusieurs && (ambigue.critere == "" || e.critere == PrenomsJoints) {
			ambigue = e
		}
	}
	if ambigue.critere == "" {
		return Aucune, nil
	}
	if !lieuConnu || lieuDAbord {
		return Plusieurs, nil
	}
	ambigue.lieu = true
	cr, err := appelle(ambigue)
	if err == nil && cr == Aucune {
		cr = Plusieurs // the place fits none of those found: they are still several
	}
	return cr, err
}

// suites lists what the agent may try next, in order, as French information
// lines. The traits are those that were searched.
func suites(cr CodeCR, t Traits, lieuDAbord bool) simphonie.Anomalies {
	lieuConnu := !t.Lieu.IsZero()
	var as simphonie.Anomalies
	propose := func(r simphonie.Regle, chemin string) { as = append(as, r.Anomalie(chemin)) }
	switch cr {
	case Trouvee:
		propose(suiteComparer, "traits")
	case Aucune:
		propose(suiteAutresPrenoms, "traits.prenoms")
		propose(suiteNom, "traits.nom")
		if lieuConnu && lieuDAbord {
			propose(suiteSansLieu, "traits.lieu")
		}
		// more first names, then the place: a place narrows, it finds nobody new
	case Plusieurs:
		propose(suitePlusDePrenoms, "traits.prenoms")
		if lieuConnu {
			propose(suiteVerifierLieu, "traits.lieu")
		} else {
			propose(suiteLieu, "traits.lieu")
		}
	}
	return as
}

// suitesVitale is suites for a search by card.
func suitesVitale(cr CodeCR) simphonie.Anomalies {
	if cr == Trouvee {
		return suites(cr, Traits{}, false)
	}
	return simphonie.Anomalies{suiteTraits.Anomalie("carte")}
}
