package mandat_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/mandat"
)

func TestGabarit(t *testing.T) {
	g, err := mandat.NewGabarit("avis-v1", mandat.TexteAvis, "CH de Test", "01 23 45 67 89")
	require.NoError(t, err)
	assert.Equal(t, "CH de Test : 17,00\u00a0€ seront prélevés à partir du 30/03/2021 sur la carte de votre accord. Autre moyen de paiement : 01 23 45 67 89",
		g.Texte(17_00, simphonie.MustJour("2021-03-30")))
	assert.Equal(t, "avis-v1", g.Version())
	assert.True(t, mandat.Gabarit{}.IsZero())
	for _, x := range [][4]string{
		{"", mandat.TexteAvis, "CH", "01"},
		{"v", "sans champ", "CH", "01"},
		{"v", mandat.TexteAvis + " {montant}", "CH", "01"},
		{"v", mandat.TexteAvis + " {nom}", "CH", "01"},
		{"v", mandat.TexteAvis + " Madame,", "CH", "01"},
		{"v", mandat.TexteAvis + " pour vos soins", "CH", "01"},
		{"v", mandat.TexteAvis + " passage aux URGENCES", "CH", "01"},
		{"v", mandat.TexteAvis + " séjour", "CH", "01"},
		{"v", mandat.TexteAvis + " 26000123", "CH", "01"},
		{"v", mandat.TexteAvis + "\n", "CH", "01"},
		{"v", mandat.TexteAvis, "", "01"},
		{"v", mandat.TexteAvis, "CH 181016322075140", "01"},
		{"v", mandat.TexteAvis, "CH", ""},
		{"v", mandat.TexteAvis, "CH", "1 81 01 63 220 751 40"},
	} {
		_, err := mandat.NewGabarit(x[0], x[1], x[2], x[3])
		assert.Equal(t, simphonie.Code("DIA-GABARIT"), code(err), "%q", x)
	}
}
