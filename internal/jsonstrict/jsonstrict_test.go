package jsonstrict_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/jsonstrict"
)

func TestDecode(t *testing.T) {
	type document struct {
		Nom  string         `json:"nom"`
		Jour simphonie.Jour `json:"jour"`
		Fils []struct {
			Age int `json:"age"`
		} `json:"fils"`
		SansNom int
	}
	var d document
	require.NoError(t, jsonstrict.Decode([]byte(" {\"nom\":\"x\",\"jour\":\"2026-03-04\"}\n "), &d))
	assert.Equal(t, document{Nom: "x", Jour: simphonie.MustJour("2026-03-04")}, d)
	require.NoError(t, jsonstrict.Decode([]byte(`{"fils":[{"age":1},{"age":2}],"SansNom":3}`), &d))
	for texte, attendu := range map[string]string{
		"":                                   "JSON-SYNTAXE line 1 column 1",
		"{\"nom\":\"x\"":                     "JSON-SYNTAXE",
		"{\n\n  \"nom\" 3}":                  "JSON-SYNTAXE line 3",
		"{\n \"nom\": 3}":                    "JSON-VALEUR nom line 2",
		"{\"jour\":\"secret\"}":              "JSON-VALEUR: a value",
		"{\"nom\":\"agge\",\n\"agge\":3}":    "JSON-CHAMP agge line 2 column 1",
		"{\"NOM\":\"x\"}":                    "JSON-CHAMP NOM line 1 column 2",
		"{\"age\":3}":                        "JSON-CHAMP: a documented field",
		"{\"nom\":\"x\", \"nom\":\"y\"}":     "JSON-DOUBLE nom line 1 column 13",
		"{\"fils\":[{\"age\":1,\"age\":2}]}": "JSON-DOUBLE age",
		"{\"se cret 12\":3}":                 "JSON-CHAMP line 1 column 2: unknown",
		"{} {}":                              "JSON-RESTE",
		"[]":                                 "JSON-VALEUR",
		"{\"jour\":\"2026-02-30\"}":          "ID-JOUR",
	} {
		err := jsonstrict.Decode([]byte(texte), &d)
		require.Error(t, err, texte)
		assert.Contains(t, err.Error(), attendu, texte)
		assert.False(t, strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "se cret"), err.Error())
	}
}
