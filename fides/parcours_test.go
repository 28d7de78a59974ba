package fides_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/fides"
	"github.com/simphonie/simphonie/tarif"
	"github.com/simphonie/simphonie/urgences"
)

// Every billable visit of the main example goes to a file and back, and every
// euro is found.
func TestParcours(t *testing.T) {
	o, c := options(t), convertisseur(t, fides.Interpretations{})
	ecrits, refuses := 0, 0
	for i, x := range parcours(t) {
		r, err := urgences.Compute(&x.Passage, o)
		require.NoError(t, err, x.Titre)
		if r.Issue != urgences.Facturable {
			continue
		}
		d := dossier(&x.Passage, &r, i+1)
		t.Run(x.Titre, func(t *testing.T) {
			if x.Passage.Etablissement.Secteur == tarif.ExOQN {
				_, err := c.Convertir(&r.Facture, d)
				require.ErrorIs(t, err, fides.ErrSecteurNonCouvert)
				refuses++
				return
			}
			controleLignes(t, prouve(t, c, &r.Facture, d), &r.Contexte)
			ecrits++
		})
	}
	require.Equal(t, 35, ecrits)
	require.Equal(t, 1, refuses)
}
