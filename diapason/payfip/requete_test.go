package payfip_test

import (
	"net/http"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/diapason/payfip"
)

// Every request, byte for byte, and its headers.
func TestRequetes(t *testing.T) {
	var vues []string
	repond := map[string]string{
		"creer": retour("creerPaiementSecurise", "<idOp>cc0cb210-1cd4-11EA-8cca-0213ad91a103</idOp>"),
		"detai": faute("FonctionnelleErreur", "P5"),
		"clien": retour("recupererDetailClient", "<numcli>090909</numcli><libelleN2>REGIE</libelleN2>"),
	}
	quoi := "creer"
	c, _, _ := monte(t, func(c *payfip.Config) {
		c.Saisie, c.URL, c.Page = payfip.Essai, "", ""
		c.Transport = bouchon(func(q *http.Request, b []byte) (int, string) {
			vues = append(vues, string(b))
			assert.Equal(t, "https://www.tipi.budget.gouv.fr/tpa/services/securite", q.URL.String())
			assert.Equal(t, "text/xml; charset=utf-8", q.Header.Get("Content-Type"))
			assert.Equal(t, []string{`""`}, q.Header.Values("SOAPAction"))
			if quoi == "detai" {
				return 500, repond[quoi]
			}
			return 200, repond[quoi]
		})
	})
	q := demande()
	q.Objet = "Consultation: forfait « âge » & œil <1>"
	o, err := c.Ouvre(t.Context(), q)
	require.NoError(t, err)
	assert.Equal(t, "https://www.payfip.gouv.fr/tpa/paiementws.web?idop=cc0cb210-1cd4-11EA-8cca-0213ad91a103", o.Page)
	quoi = "detai"
	_, err = c.Detail(t.Context(), o.IDOp)
	assert.Error(t, err)
	quoi = "clien"
	k, err := c.Contrat(t.Context())
	require.NoError(t, err)
	assert.Equal(t, &payfip.Contrat{NumCli: "090909", Textes: map[string]string{"libelleN2": "REGIE"}}, k)
	require.Len(t, vues, 3)
	for i, f := range []string{"creation", "detail", "client"} {
		attendu, err := os.ReadFile("testdata/requete-" + f + ".xml")
		require.NoError(t, err)
		assert.Equal(t, string(attendu), vues[i], f)
	}
}
