package journal_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
)

func trousseau(context.Context, string) ([]byte, error) { return bytes.Repeat([]byte{7}, 32), nil }

func code(t testing.TB, err error) simphonie.Code {
	t.Helper()
	var e *simphonie.Erreur
	require.ErrorAs(t, err, &e)
	return e.Code
}
