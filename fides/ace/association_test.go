package ace

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/fides/ace/nomenclature"
)

func TestProposerAssociations(t *testing.T) {
	a1, a2, a3 := ccam("AAAA001"), ccam("AAAA002"), ccam("QZFA036") // 100.00, 50.00, 28.80
	autre := de15(ccam("JLQE002"))
	cle := a1.Executant
	for nom, c := range map[string]struct {
		prestations []Prestation
		cas         CasAssociation
		codes       []string
		motif       MotifAssociation
	}{
		"seul":                     {[]Prestation{a1}, "", []string{""}, ""},
		"général, le cher d'abord": {[]Prestation{a2, a1}, "", []string{"2", "1"}, ""},
		"trois actes":              {[]Prestation{a1, a2, a3}, "", []string{"", "", ""}, TropDActes},
		"membres différents":       {[]Prestation{a1, a2}, CasMembresDifferents, []string{"1", "3"}, ""},
		"polytraumatisme":          {[]Prestation{a3, a1, a2}, CasPolytraumatisme, []string{"2", "1", "3"}, ""},
		"cancer ORL":               {[]Prestation{a1, a2, a3}, CasCancerORL, []string{"1", "2", "2"}, ""},
		"compléments":              {[]Prestation{a1, a2, a3}, CasComplements, []string{"1", "1", "1"}, ""},
		"échographie":              {[]Prestation{a1, a2}, CasEchographie, []string{"1", "2"}, ""},
		"vasculaire":               {[]Prestation{a1, a2, a3}, CasImagerieVasculaire, []string{"1", "1", "1"}, ""},
		"scanners":                 {[]Prestation{a1, a2, a3}, CasScanners, []string{"4", "4", "4"}, ""},
		"médecine nucléaire":       {[]Prestation{a1, a2, a3}, CasMedecineNucleaire, []string{"", "", ""}, TropDActes},
		"taux plein":               {[]Prestation{a1, a2}, CasTauxPlein, []string{"4", "4"}, ""},
		"cas inconnu":              {[]Prestation{a1, a2}, "autre", []string{"", ""}, CasInconnu},
		"planifiée":                {[]Prestation{a1, ccam("AAAC001")}, "", []string{"", ""}, ""},
		"deux moments":             {[]Prestation{a1, a2.avec(func(p *Prestation) { p.Seance = 2 })}, "", []string{"", ""}, PlusieursMoments},
		"autre médecin forcé à 1":  {[]Prestation{a1, a2, autre}, "", []string{"1", "2", "1"}, ""},
		"autre médecin forcé à 4":  {[]Prestation{a1, a2, autre}, CasScanners, []string{"4", "4", "4"}, ""},
		"prix inconnu":             {[]Prestation{a1, ccam("AAAA003")}, "", []string{"", ""}, PrixInconnu},
		"demi-tarif":               {[]Prestation{a1, demi("AAAA003")}, "", []string{"", ""}, ""},
	} {
		t.Run(nom, func(t *testing.T) {
			e := nouvelEssai(c.prestations...)
			e.controle(t)
			ps, err := ProposerAssociations(&e.v, &e.o, map[Executant]CasAssociation{cle: c.cas})
			require.NoError(t, err)
			require.Len(t, ps, len(c.codes))
			for i, p := range ps {
				assert.Equal(t, i, p.Prestation)
				assert.Equal(t, c.codes[i], p.Propose)
				assert.Equal(t, c.motif, p.ADecider)
			}
		})
	}
}

// A code that was given stays, even when another is proposed; an unknown act is
// left to a person; 4 of one beside 2 of another cannot be settled.
func TestProposerAssociationsDonne(t *testing.T) {
	e := nouvelEssai(assoc("AAAA001", "2"), assoc("ZZZZ001", "1"), de15(ccam("QZFA036")))
	e.controle(t)
	ps, err := ProposerAssociations(&e.v, &e.o, nil)
	require.NoError(t, err)
	assert.Equal(t, []PropositionAssociation{{0, "2", "", ActeInconnu}, {1, "1", "", ActeInconnu}, {2, "", "1", ""}}, ps)
	assert.Equal(t, "2", e.v.Prestations[0].CCAM.Association)

	autre := Executant{Specialite: "15", PS: "B"}
	e = nouvelEssai(ccam("AAAA001"), ccam("AAAA002"), de15(ccam("QZFA036")), de15(ccam("JLQE002")))
	e.controle(t)
	ps, err = ProposerAssociations(&e.v, &e.o, map[Executant]CasAssociation{autre: CasTauxPlein})
	require.NoError(t, err)
	for _, p := range ps {
		assert.Equal(t, CodesMeles, p.ADecider)
	}
}

// Tables that are not loaded leave everything to a person.
func TestProposerAssociationsSansTables(t *testing.T) {
	e := nouvelEssai(ccam("AAAA001"), ccam("AAAA002"))
	e.d = nomenclature.Donnees{}
	e.controle(t)
	ps, err := ProposerAssociations(&e.v, &e.o, nil)
	require.NoError(t, err)
	for _, p := range ps {
		assert.Equal(t, ActeInconnu, p.ADecider)
	}
}
