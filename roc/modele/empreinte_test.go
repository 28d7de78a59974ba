package modele_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/roc/modele"
)

// sejourEtActe has every field of a line and of its details filled.
func sejourEtActe() modele.Chiffrage {
	j := simphonie.MustJour("2026-11-02")
	l := facture.Ligne{Code: "GHS", Execution: j, Reference: j, Support: -1, Quantite: 1, Coefficient: simphonie.Un, CoefMCO: simphonie.Un,
		PrixUnitaire: 1000_000_000, Honoraires: 100000, BRAMO: 100000, BRAMC: 100000, MRO: 96800, MRC: 3200, MTM: 1, TMF: 3200, Taux: simphonie.Cent,
		Exoneration: facture.ExoCCAM, Qualificatif: facture.QualifGratuit, Participation: facture.ParticipationAssure, TarifReference: "FICTIF"}
	c := chiffrage()
	for _, d := range []facture.Detail{
		{Sejour: &facture.DetailSejour{Du: j, Au: j.AddDays(3), Jours: 4, CodeFJ: "A"}},
		{Urgence: &facture.DetailUrgence{Specialite: "04", Origine: "liste", Liste: "L"}},
		{Acte: &facture.DetailActe{Prestations: []int{1}, Nomenclature: "CCAM", Specialite: "04", Prescription: j, Denombrement: 1, Majoration: "N",
			CCAM: &facture.DetailCCAM{Acte: "ZZZZ001", Activite: "1", Phase: "0", Association: "1", Modificateurs: "F", Grille: "3", Dents: []string{"11"}}}},
		{Acte: &facture.DetailActe{Analyses: []facture.DetailAnalyse{{Code: "1234", Coefficient: simphonie.Un}},
			Produits: []facture.DetailProduit{{Code: "9", Quantite: 1, Fraction: simphonie.Un, Total: 1}}}},
	} {
		l.Detail = d
		c.Lignes = append(c.Lignes, l)
	}
	return c
}

// sansEffet are the fields of a line that no amount depends on.
var sansEffet = []string{"Detail.Acte.Prestations[]", "Detail.Acte.CCAM.Grille", "Detail.Urgence.Origine", "Detail.Urgence.Liste"}

// A CLC becomes stale when anything changes that its amounts may depend on: the
// day a base ends, the letter of the forfait journalier, the act of a line. A
// field that is added to a line is digested, or named above.
func TestEmpreinteDeToutChamp(t *testing.T) {
	s, err := modele.NewSecret([]byte("0123456789abcdef"))
	require.NoError(t, err)
	e, c := entete(), sejourEtActe()
	avant := s.EmpreinteChiffrage(&e, &c)
	assert.Equal(t, empreinteDetailGardee, avant.String())
	vus := 0
	for i := 2; i < len(c.Lignes); i++ {
		feuilles(reflect.ValueOf(&c.Lignes[i]).Elem(), "", func(chemin string, v reflect.Value) {
			vus++
			vieux := reflect.ValueOf(v.Interface())
			autre(t, chemin, v)
			if assert.False(t, vieux.Equal(v), chemin); slices.Contains(sansEffet, chemin) {
				assert.Equal(t, avant, s.EmpreinteChiffrage(&e, &c), chemin)
			} else {
				assert.NotEqual(t, avant, s.EmpreinteChiffrage(&e, &c), chemin)
			}
			v.Set(vieux)
		})
	}
	assert.Greater(t, vus, 90)
	assert.Equal(t, avant, s.EmpreinteChiffrage(&e, &c))

	// A journal gives back the same one.
	b, err := json.Marshal(c)
	require.NoError(t, err)
	var relu modele.Chiffrage
	require.NoError(t, json.Unmarshal(b, &relu))
	assert.Equal(t, avant, s.EmpreinteChiffrage(&e, &relu))

	// A detail that goes is a change; an empty one is not none.
	for i := 2; i < len(c.Lignes); i++ {
		d := c.Lignes[i].Detail
		c.Lignes[i].Detail = facture.Detail{}
		assert.NotEqual(t, avant, s.EmpreinteChiffrage(&e, &c))
		c.Lignes[i].Detail = d
	}
	n := chiffrage()
	n.Lignes[0].Detail.Sejour = &facture.DetailSejour{}
	vide := s.EmpreinteChiffrage(&e, &n)
	n.Lignes[0].Detail.Sejour = nil
	assert.NotEqual(t, vide, s.EmpreinteChiffrage(&e, &n))
}

// feuilles goes through the values that a structure holds, pointers and lists followed.
func feuilles(v reflect.Value, chemin string, f func(string, reflect.Value)) {
	switch {
	case v.Type() == reflect.TypeFor[simphonie.Jour]():
		f(chemin, v)
	case v.Kind() == reflect.Pointer:
		if !v.IsNil() {
			feuilles(v.Elem(), chemin, f)
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			feuilles(v.Index(i), chemin+"[]", f)
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			nom := v.Type().Field(i).Name
			if chemin != "" {
				nom = chemin + "." + nom
			}
			feuilles(v.Field(i), nom, f)
		}
	default:
		f(chemin, v)
	}
}

// autre gives a value another one.
func autre(t *testing.T, chemin string, v reflect.Value) {
	t.Helper()
	switch {
	case v.Type() == reflect.TypeFor[simphonie.Jour]():
		v.Set(reflect.ValueOf(simphonie.MustJour("2020-02-29")))
	case v.Kind() == reflect.String:
		v.SetString(v.String() + "x")
	case v.Kind() == reflect.Bool:
		v.SetBool(!v.Bool())
	case v.CanInt():
		v.SetInt(v.Int() + 1)
	case v.CanUint():
		v.SetUint(v.Uint() + 1)
	default:
		require.Fail(t, "a kind of field that this test does not know", chemin)
	}
}

const empreinteDetailGardee = "1b287470622164345f8706c6248a6ba65c9a9e6c287dc53960e9b31a5924148c"
