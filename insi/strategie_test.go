package insi

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/simphonie/simphonie"
)

// The calls of a search, written as rank or joined names, "+COG" with the
// place, and the outcome given to each.
func TestStrategie(t *testing.T) {
	cas := []struct {
		nom, prenoms, reponses string // one answer a call, T is a technical error
		lieu, dAbord           bool
		appels                 string
		issue                  CodeCR
		suites                 string
	}{
		{"found at once", "ZOE", "00", true, false, "1", Trouvee, "COMPARER"},
		{"found by the second first name", "OLA CATARINA BELLA", "01 00", false, false, "1 2", Trouvee, "COMPARER"},
		{"found by all of them", "A B", "01 01 00", false, false, "1 2 A_B", Trouvee, "COMPARER"},
		{"four calls and nobody", "PIERRE PAUL JACQUES", "01 01 01 01", false, false, "1 2 3 PIERRE_PAUL_JACQUES", Aucune, "PRENOMS NOM"},
		{"one name and nobody: no joined call", "ZOE", "01", true, false, "1", Aucune, "PRENOMS NOM"},
		{"place from the start", "ZOE", "01", true, true, "1+COG", Aucune, "PRENOMS NOM SANS-LIEU"},
		{"several, no place known", "LEONARDO", "02", false, false, "1", Plusieurs, "PLUS-PRENOMS LIEU"},
		{"several, the place decides", "LEONARDO", "02 00", true, false, "1 1+COG", Trouvee, "COMPARER"},
		{"several, with the place too", "LEONARDO", "02 02", true, false, "1 1+COG", Plusieurs, "PLUS-PRENOMS VERIFIER-LIEU"},
		{"several, the place fits none", "LEONARDO", "02 01", true, false, "1 1+COG", Plusieurs, "PLUS-PRENOMS VERIFIER-LIEU"},
		{"several, place sent from the start", "LEONARDO", "02", true, true, "1+COG", Plusieurs, "PLUS-PRENOMS VERIFIER-LIEU"},
		{"several, more first names decide", "A B", "02 01 00", true, false, "1 2 A_B", Trouvee, "COMPARER"},
		{"several, then the most precise with the place", "A B", "02 01 02 00", true, false, "1 2 A_B A_B+COG", Trouvee, "COMPARER"},
		{"several by the first only", "A B", "02 02 01 00", true, false, "1 2 A_B 1+COG", Trouvee, "COMPARER"},
		{"a technical error stops", "A B", "01 T", true, false, "1 2", "", ""},
		{"a technical error stops at the place", "A", "02 T", true, false, "1 1+COG", "", ""},
	}
	panne := errors.New("down")
	for _, c := range cas {
		tr := traits(t, "X", c.prenoms, Masculin, "1980-01-01")
		if c.lieu {
			tr.Lieu = conf("63220")
		}
		var appels []string
		reponses := strings.Fields(c.reponses)
		issue, err := deroule(tr, c.dAbord, func(e etape) (CodeCR, error) {
			a := strconv.Itoa(e.rang)
			if e.critere == PrenomsJoints {
				a = strings.ReplaceAll(e.prenom.Clair(), " ", "_")
			} else {
				assert.Equal(t, tr.Prenoms[e.rang-1], e.prenom)
			}
			if e.lieu {
				a += "+COG"
			}
			appels = append(appels, a)
			r := reponses[len(appels)-1]
			if r == "T" {
				return "", panne
			}
			return CodeCR(r), nil
		})
		assert.Equal(t, c.appels, strings.Join(appels, " "), c.nom)
		assert.Equal(t, c.issue, issue, c.nom)
		assert.Equal(t, c.issue == "", errors.Is(err, panne), c.nom)
		assert.Equal(t, c.suites, abrege(suites(issue, tr, c.dAbord)), c.nom)
	}
}

var courts = map[simphonie.Code]string{"INSI-SUITE-COMPARER": "COMPARER", "INSI-SUITE-PRENOMS": "PRENOMS", "INSI-SUITE-NOM": "NOM", "INSI-SUITE-SANS-LIEU": "SANS-LIEU",
	"INSI-SUITE-PLUS-PRENOMS": "PLUS-PRENOMS", "INSI-SUITE-LIEU": "LIEU", "INSI-SUITE-VERIFIER-LIEU": "VERIFIER-LIEU", "INSI-SUITE-TRAITS": "TRAITS"}

// abrege gives the short names of the codes.
func abrege(as simphonie.Anomalies) string {
	var mots []string
	for _, c := range as.Codes() {
		mots = append(mots, courts[c])
	}
	return strings.Join(mots, " ")
}

// Names that may not stand side by side are not joined.
func TestPrenomsNonJoignables(t *testing.T) {
	assert.Len(t, etapes(traits(t, "X", "ALI 'ABD", Masculin, "1980-01-01"), false), 2)
	assert.Len(t, etapes(traits(t, "X", "ALI ABD", Masculin, "1980-01-01"), false), 3)
}

func TestSuitesVitale(t *testing.T) {
	assert.Equal(t, "COMPARER", abrege(suitesVitale(Trouvee)))
	assert.Equal(t, "TRAITS", abrege(suitesVitale(Aucune)))
	assert.Equal(t, "TRAITS", abrege(suitesVitale(Plusieurs)))
}
