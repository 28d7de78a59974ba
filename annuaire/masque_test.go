package annuaire_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/annuaire"
	"github.com/simphonie/simphonie/annuaire/annuairetest"
	"github.com/simphonie/simphonie/annuaire/reference"
	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/teleservice"
)

// What a refused address or a fault holds shows nowhere.
func TestRienNeFuit(t *testing.T) {
	h := &horloge{t: depart}
	conf := config(t, annuairetest.NewServer(t, annuairetest.AvecHorloge(h.maintenant)), h)
	var journal bytes.Buffer
	conf.Log = slog.New(slog.NewJSONHandler(&journal, &slog.HandlerOptions{Level: slog.LevelDebug}))
	b := &bouchon{}
	conf.Transport, conf.URL = b, "https://annuaire.example/CANARIURL"
	var vu strings.Builder
	conf.Mesure = func(m teleservice.Mesure) { vu.WriteString(canari.Montre(m)) }
	c, err := annuaire.New(canal(t, conf), options())
	require.NoError(t, err)
	entree := `<Entree xmlns="` + reference.Espace + `" operateur="OP"><Adresse>{}</Adresse></Entree>`
	for _, corps := range []string{
		strings.Replace(entree, "{}", "https://CANARI:CANARI@x.example/", 1), strings.Replace(entree, "{}", "http://CANARI.example/CANARI", 1),
		strings.Replace(entree, "{}", "https://192.168.0.1/CANARI", 1), strings.Replace(entree, "{}", "CANARI", 1), "<CANARI/>", "CANARI", `<Adresse CANARI="CANARI">CANARI</Adresse>`,
	} {
		b.corps = tete + `<Reponse xmlns="` + reference.Espace + `">` + corps + `</Reponse>` + queue
		r, err := c.Cherche(t.Context(), demande(cle, annuaire.IDB))
		if err != nil {
			vu.WriteString(canari.Montre(err))
		}
		if r != nil {
			vu.WriteString(canari.Montre(r) + canari.Montre(*r) + canari.Montre(r.Anomalies))
			require.NoError(t, c.Bascule(annuaire.Aiguillage{}))
		}
		h.avance(48 * 3600e9)
	}
	b.corps = tete + `<e:Fault><faultcode>e:CANARI 12</faultcode><faultstring>CANARI</faultstring><detail>CANARI</detail></e:Fault>` + queue
	_, err = c.Cherche(t.Context(), demande(cle, annuaire.SIM))
	require.Error(t, err)
	vu.WriteString(canari.Montre(err))
	assert.Greater(t, vu.Len(), 1000)
	assert.Contains(t, vu.String(), "ANN-URL-IDENTIFIANTS")
	assert.Contains(t, journal.String(), "annuaire AMC")
	assert.NotContains(t, vu.String()+journal.String(), "CANARI")
	// The key that leaves is that of the attestation, and nothing else.
	assert.Equal(t, 1, strings.Count(string(b.requete), "A12"))
}
