package cdritest

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// The whole example has every field of an acquisition but those that CDRi does
// not say: a field that is added must be put in one or the other.
func TestCompleteALeTout(t *testing.T) {
	var vides []string
	var marche func(v reflect.Value, chemin string)
	marche = func(v reflect.Value, chemin string) {
		switch {
		case v.IsZero():
			vides = append(vides, chemin)
		case v.Kind() == reflect.Pointer:
			marche(v.Elem(), chemin)
		case v.Kind() == reflect.Slice:
			for i := range v.Len() {
				marche(v.Index(i), chemin)
			}
		case v.Kind() == reflect.Struct && strings.HasSuffix(v.Type().PkgPath(), "/droits"):
			for i := range v.NumField() {
				marche(v.Field(i), chemin+"."+v.Type().Field(i).Name)
			}
		}
	}
	s := &suite{e: EcrivainReference()}
	marche(reflect.ValueOf(s.complete().Droits).Elem(), "")
	assert.Equal(t, []string{
		".Support", ".Le", // written by the client
		".Beneficiaire.Certification",
		".ETM.Periodes", ".Contrats.Periodes", // one of each without a period, on purpose
		".Particulieres", ".LibelleExo", ".C2SCarte", ".OC", // of a card, or typed
		".ATParDefaut.Identifiant", ".ATParDefaut.Support", ".AT.Support", ".AT.Support",
		".MedecinTraitant.Declare", ".MedecinTraitant.RPPS", // said by its presence; typed only
		".Muettes", ".Provenances", // of merges and edits
	}, vides)
}
