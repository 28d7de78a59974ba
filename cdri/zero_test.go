package cdri_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/cdri"
)

type sansReponse struct{}

func (sansReponse) Consulte(context.Context, cdri.Demande) (*cdri.Reponse, error) { return nil, nil }

// What New did not make refuses to work, and says so.
func TestRien(t *testing.T) {
	ctx := context.Background()
	for _, c := range []*cdri.Client{nil, {}} {
		_, err := c.Consulte(ctx, cdri.Demande{})
		assert.ErrorContains(t, err, "CDRI-CONFIG-CANAL")
		assert.NotEmpty(t, c.Verifie(cdri.Demande{}))
		_, err = cdri.NewLot(cdri.ConfigLot{Client: c, Phase: cdri.LotNuit})
		assert.ErrorContains(t, err, "CDRI-LOT-CLIENT")
	}
	for _, a := range []*cdri.Automate{nil, {}} {
		_, err := a.Declenche(ctx, cdri.Declencheur{Patient: "x"})
		assert.ErrorContains(t, err, "CDRI-AUTOMATE-CLIENT")
	}
	for _, l := range []*cdri.Lot{nil, {}} {
		_, err := l.Execute(ctx, nil)
		assert.ErrorContains(t, err, "CDRI-LOT-CLIENT")
	}
	a, err := cdri.NewAutomate(cdri.ConfigAutomate{Client: sansReponse{}, Mode: cdri.Systematique, Fraicheur: time.Hour})
	require.NoError(t, err)
	_, err = a.Declenche(ctx, cdri.Declencheur{Patient: "x"})
	assert.ErrorContains(t, err, "CDRI-CODEC")
}
