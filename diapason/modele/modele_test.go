package modele_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/modele"
	"github.com/simphonie/simphonie/internal/canari"
)

func code(err error) simphonie.Code {
	if e, ok := errors.AsType[*simphonie.Erreur](err); ok {
		return e.Code
	}
	return ""
}

// A card number does not enter, however it is written; aliases of every make do.
func TestAlias(t *testing.T) {
	for _, s := range []string{"", "4970101122334455", "4970 1011 2233 4455", "4970-1011-2233-4455", "12345678901", "é", strings.Repeat("a", 129),
		"CB4111111111111111", "tok:4111111111111111", "4111.1111.1111.1111x"} {
		_, err := modele.NewAlias(s)
		assert.Equal(t, simphonie.Code("DIA-ALIAS"), code(err), "%q", s)
		if len(s) > 1 {
			assert.NotContains(t, err.Error(), s)
		}
	}
	for _, s := range []string{"alias-000001", "3f2b8c1e-4d5a-4e6f-8a9b-0c1d2e3f4a5b", "tok_1234567890", "1234567890", "pm_1NqzXL2eZvKYlo2C"} {
		x, err := modele.NewAlias(s)
		require.NoError(t, err, s)
		assert.Equal(t, s, x.Clair())
		assert.NotContains(t, canari.Montre(x), s)
	}
	var x modele.Alias
	require.NoError(t, json.Unmarshal([]byte(`"alias-1"`), &x))
	assert.Equal(t, "alias-1", x.Clair())
	assert.Error(t, json.Unmarshal([]byte(`"4970101122334455"`), &x))
	assert.Error(t, json.Unmarshal([]byte(`"***"`), &x), "masked when it was written")
	require.NoError(t, json.Unmarshal([]byte(`""`), &x))
	assert.True(t, x.IsZero())
}

func TestPANMasque(t *testing.T) {
	for _, s := range []string{"", "4970101122334455", "497010112######45", "12345678901", "497010######0042 dupont", strings.Repeat("#", 41)} {
		_, err := modele.NewPANMasque(s)
		assert.Equal(t, simphonie.Code("DIA-PAN"), code(err), "%q", s)
	}
	for _, s := range []string{"497010######0042", "4970 10** **** 0042", "************0042"} {
		x, err := modele.NewPANMasque(s)
		require.NoError(t, err, s)
		assert.NotContains(t, canari.Montre(x), s)
	}
	var x modele.PANMasque
	require.NoError(t, json.Unmarshal([]byte(`"497010######0042"`), &x))
	assert.Error(t, json.Unmarshal([]byte(`"4970101122334455"`), &x))
	assert.Error(t, json.Unmarshal([]byte(`"***"`), &x))
	require.NoError(t, json.Unmarshal([]byte(`""`), &x))
	assert.True(t, x.IsZero())
}

func TestReference(t *testing.T) {
	for _, s := range []string{"M-0001", "2026/000123", "F_1.2", "20261122-000123"} {
		assert.True(t, modele.Reference(s, 40), s)
	}
	for _, s := range []string{"", "M 1", "é", "1810163220751", "181016322075140", "x1810163220751x", strings.Repeat("a", 41)} {
		assert.False(t, modele.Reference(s, 40), s)
	}
}

func TestIssue(t *testing.T) {
	for _, i := range []modele.Issue{modele.Absent, modele.EnCours, modele.Fait, modele.Refuse} {
		b, err := json.Marshal(modele.Reponse{Issue: i})
		require.NoError(t, err)
		var r modele.Reponse
		require.NoError(t, json.Unmarshal(b, &r))
		assert.Equal(t, i, r.Issue)
	}
	var i modele.Issue
	assert.Equal(t, simphonie.Code("DIA-VALEUR"), code(i.UnmarshalText([]byte(""))))
	assert.Equal(t, "?", modele.Issue(9).String())
	assert.True(t, modele.Contact{}.IsZero())
}
