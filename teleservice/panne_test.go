package teleservice_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/teleservice"
)

// ligne is a row of a room that has more to say.
type ligne struct {
	teleservice.Panne
	Suite string `json:"suite"`
}

func TestPanneDe(t *testing.T) {
	table := []ligne{
		{teleservice.Panne{Code: "TSV-MESSAGE", Texte: "message"}, "a"},
		{teleservice.Panne{Code: "TSV-FAUTE", Texte: "toute faute"}, "b"},
		{teleservice.Panne{Code: "TSV-FAUTE", Faute: "desir_1020", Texte: "celle-ci"}, "c"},
	}
	faute := func(detail string) error {
		return &simphonie.Erreur{Code: "TSV-FAUTE", Err: &teleservice.Faute{DetailCode: detail}}
	}
	for _, c := range []struct {
		err   error
		suite string
	}{
		{nil, ""},
		{errors.New("x"), ""},
		{&simphonie.Erreur{Code: "AUTRE-CODE"}, ""},
		{faute(""), "b"},
		{faute("desir_999"), "b"},
		{faute("desir_1020"), "c"},
		{fmt.Errorf("x: %w", &simphonie.Erreur{Code: "TSV-MESSAGE", Err: errors.New("x")}), "a"},
		// The deepest cause that has a row.
		{&simphonie.Erreur{Code: "TSV-MESSAGE", Err: fmt.Errorf("x: %w", faute("desir_1020"))}, "c"},
		{&simphonie.Erreur{Code: "TSV-MESSAGE", Err: &simphonie.Erreur{Code: "AUTRE-CODE"}}, "a"},
		// Of several causes at one depth, the first.
		{errors.Join(&simphonie.Erreur{Code: "TSV-MESSAGE"}, faute("")), "a"},
	} {
		p, ok := teleservice.PanneDe(table, c.err)
		assert.Equal(t, c.suite != "", ok, c.err)
		assert.Equal(t, c.suite, p.Suite, c.err)
	}
	_, ok := teleservice.PanneDe([]teleservice.Panne(nil), faute(""))
	assert.False(t, ok)
	b, err := json.Marshal(table[2])
	require.NoError(t, err)
	assert.Equal(t, `{"code":"TSV-FAUTE","faute":"desir_1020","texte":"celle-ci","conduite":"","suite":"c"}`, string(b))
}
