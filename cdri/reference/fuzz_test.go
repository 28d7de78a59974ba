package reference_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/cdritest"
	"github.com/simphonie/simphonie/cdri/modele"
	"github.com/simphonie/simphonie/cdri/reference"
	"github.com/simphonie/simphonie/internal/maison"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// FuzzDecode: what the codec reads, the other side writes back to the same.
func FuzzDecode(f *testing.F) {
	racine, err := maison.Racine(".")
	require.NoError(f, err)
	page, err := os.ReadFile(filepath.Join(racine, "docs", "CDRI-REFERENCE.md"))
	require.NoError(f, err)
	for _, m := range regexp.MustCompile("(?s)```xml\n(.*?)```").FindAllSubmatch(page, -1) {
		f.Add(m[1])
	}
	f.Add([]byte(ouvre + droitsMinimaux + `</DroitsConsultes>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		doc, err := xmlguard.Parse(b, xmlguard.Limites{Octets: 1 << 16})
		if err != nil {
			return
		}
		var c reference.Codec
		if r, err := c.DecodeReponse(doc.Root()); err == nil {
			el, err := cdritest.ReferenceReponse(r)
			require.NoError(t, err)
			relu, err := c.DecodeReponse(el)
			require.NoError(t, err)
			assert.Equal(t, clair(t, r), clair(t, relu))
		}
		if ls, err := c.DecodeLot(doc.Root()); err == nil {
			el, err := cdritest.ReferenceLot(ls)
			require.NoError(t, err)
			relues, err := c.DecodeLot(el)
			require.NoError(t, err)
			require.Len(t, relues, len(ls))
			for i := range ls {
				assert.Equal(t, ls[i].Correlation, relues[i].Correlation)
				assert.Equal(t, ls[i].Erreur, relues[i].Erreur)
				if ls[i].Reponse != nil {
					assert.Equal(t, clair(t, ls[i].Reponse), clair(t, relues[i].Reponse))
				}
			}
		}
	})
}

// clair is an answer whole, its anomalies apart: they are of the message.
func clair(t *testing.T, r *modele.Reponse) string {
	t.Helper()
	r.Anomalies = nil
	b, err := simphonie.MarshalEnClair(r)
	require.NoError(t, err)
	return string(b)
}
