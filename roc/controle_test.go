package roc_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/roc"
	"github.com/simphonie/simphonie/roc/modele"
)

// Two lines of which 20.00 each is left after the AMO.
func TestControle(t *testing.T) {
	m := func(v simphonie.Montant) *simphonie.Montant { return &v }
	for nom, cas := range map[string]struct {
		ms    []modele.Montant
		total *simphonie.Montant
		codes []simphonie.Code
	}{
		"right":           {[]modele.Montant{{Ligne: 0, Part: 2000, Reste: m(0)}, {Ligne: 1, Part: 0, Reste: m(2000)}}, m(2000), []simphonie.Code{}},
		"a line less":     {[]modele.Montant{{Ligne: 0, Part: 2000}}, nil, []simphonie.Code{"ROC-LIGNE-SANS-MONTANT"}},
		"a line more":     {[]modele.Montant{{Ligne: 0}, {Ligne: 1}, {Ligne: 2}}, nil, []simphonie.Code{"ROC-LIGNE-INCONNUE"}},
		"a line twice":    {[]modele.Montant{{Ligne: 0}, {Ligne: 1}, {Ligne: 1}}, nil, []simphonie.Code{"ROC-LIGNE-INCONNUE"}},
		"negative rank":   {[]modele.Montant{{Ligne: 0}, {Ligne: 1}, {Ligne: -1}}, nil, []simphonie.Code{"ROC-LIGNE-INCONNUE"}},
		"more than due":   {[]modele.Montant{{Ligne: 0, Part: 2001}, {Ligne: 1}}, nil, []simphonie.Code{"ROC-PART-EXCES"}},
		"negative":        {[]modele.Montant{{Ligne: 0, Part: -1}, {Ligne: 1}}, nil, []simphonie.Code{"ROC-PART-EXCES"}},
		"wrong sum":       {[]modele.Montant{{Ligne: 0, Part: 1}, {Ligne: 1, Part: 1}}, m(3), []simphonie.Code{"ROC-TOTAL"}},
		"wrong remainder": {[]modele.Montant{{Ligne: 0, Part: 500, Reste: m(1501)}, {Ligne: 1}}, nil, []simphonie.Code{"ROC-RESTE"}},
		"overflow":        {[]modele.Montant{{Ligne: 0, Part: math.MaxInt64}, {Ligne: 1, Part: math.MaxInt64}}, nil, []simphonie.Code{"ROC-PART-EXCES", "ROC-SOMME"}},
		"underflow":       {[]modele.Montant{{Ligne: 0, Part: math.MinInt64}}, nil, []simphonie.Code{"ROC-SOMME"}},
	} {
		t.Run(nom, func(t *testing.T) {
			c := chiffrage()
			as := roc.Controle(&c, cas.ms, cas.total)
			assert.Equal(t, cas.codes, as.Codes())
			assert.Equal(t, len(cas.codes) > 0, as.Stoppent())
		})
	}
}

// Every rule of the room has its own code.
func TestRegles(t *testing.T) {
	vues := map[simphonie.Code]bool{}
	for _, r := range roc.Regles() {
		assert.False(t, vues[r.Code], r.Code)
		vues[r.Code] = true
	}
}
