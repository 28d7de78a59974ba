package nomenclature_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
)

var (
	soins = simphonie.MustJour("2026-05-04")
	connu = simphonie.MustJour("2026-06-01")
)

// fichier makes the text of a table; rows get the usual period, text and publication.
func fichier(nom string, lignes ...string) string {
	var b strings.Builder
	b.WriteString(strings.Join(nomenclature.Entete(nom), ";") + "\n")
	for _, l := range lignes {
		if strings.Count(l, ";") < len(nomenclature.Entete(nom))-1 {
			l += ";2022-01-01;;FICTIF;2021-12-29"
		}
		b.WriteString(l + "\n")
	}
	return b.String()
}

func charge(t testing.TB, nom string, lignes ...string) *nomenclature.Tables {
	t.Helper()
	ts, err := nomenclature.Load(nom, strings.NewReader(fichier(nom, lignes...)))
	require.NoError(t, err)
	return ts
}

func faute(nom string, lignes ...string) error {
	_, err := nomenclature.Load(nom, strings.NewReader(fichier(nom, lignes...)))
	return err
}

func texteDe(t testing.TB, ts *nomenclature.Tables, nom string) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, ts.Ecris(&b, nom))
	return b.String()
}
