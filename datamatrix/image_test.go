package datamatrix_test

import (
	"context"
	"fmt"
	"image"
	"image/draw"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/datamatrix"
	"github.com/simphonie/simphonie/datamatrix/internal/degrade"
	"github.com/simphonie/simphonie/internal/canari"
)

// page puts the symbols of texts side by side on white.
func page(t testing.TB, textes ...string) *image.Gray {
	t.Helper()
	p := image.NewGray(image.Rect(0, 0, 40+200*len(textes), 240))
	draw.Draw(p, p.Bounds(), image.White, image.Point{}, draw.Src)
	for i, texte := range textes {
		m, err := datamatrix.EncodeOctets([]byte(texte), datamatrix.OptionsSymbole{})
		require.NoError(t, err)
		im, err := m.Image(datamatrix.OptionsImage{Module: 4})
		require.NoError(t, err)
		draw.Draw(p, im.Bounds().Add(image.Pt(30+200*i, 40)), im, image.Point{}, draw.Src)
	}
	return p
}

const attestation = "AMC#1#99999999##12345678#SPPGSFLRIKY231TCEH#SCODA#ITODA/"

// What is printed by our encoder is read by our reader: all the symbols of the
// page, equal ones once, each parsed.
func TestDecodeImage(t *testing.T) {
	ss, err := datamatrix.DecodeImage(context.Background(), page(t, attestation, "0123456789012345678901234567890123456", attestation, "amc bonjour"), datamatrix.Options{})
	require.NoError(t, err)
	require.Len(t, ss, 3)
	par := map[datamatrix.Genre]datamatrix.Symbole{}
	for _, s := range ss {
		par[s.Genre] = s
	}
	amc := par[datamatrix.GenreAMC]
	assert.Equal(t, 2, amc.Occurrences)
	assert.Equal(t, attestation, amc.Contenu.Clair())
	assert.Equal(t, "]d1", amc.AIM)
	assert.Empty(t, amc.Reparations)
	cles, _ := amc.Valeur.(datamatrix.AttestationAMC).Cles(nil)
	assert.NotEmpty(t, cles)
	// The corner of the solid sides, then the end of the bottom one.
	assert.InDelta(t, amc.Coins[0].Y, amc.Coins[1].Y, 2)
	assert.Greater(t, amc.Coins[1].X, amc.Coins[0].X)
	assert.InDelta(t, float64(amc.Taille.Colonnes*4), amc.Coins[1].X-amc.Coins[0].X, 4)
	// A content in lower case that is no attestation is left as it is.
	inconnu := par[datamatrix.GenreInconnu]
	assert.Equal(t, "amc bonjour", inconnu.Contenu.Clair())

	for _, s := range ss {
		assert.NotContains(t, canari.Montre(s), "12345678#")
		assert.NotContains(t, canari.Montre(s), "bonjour")
	}
}

// Limits come before memory and time.
func TestDecodeImageBornes(t *testing.T) {
	_, err := datamatrix.DecodeImage(context.Background(), image.NewUniform(image.White), datamatrix.Options{})
	assert.ErrorContains(t, err, "DM-IMAGE-GRANDE")
	_, err = datamatrix.DecodeImage(context.Background(), page(t, attestation), datamatrix.Options{MaxPixels: 1000})
	assert.ErrorContains(t, err, "DM-IMAGE-GRANDE")
	ctx, arrete := context.WithCancel(context.Background())
	arrete()
	_, err = datamatrix.DecodeImage(ctx, page(t, attestation), datamatrix.Options{})
	assert.ErrorIs(t, err, context.Canceled)
	ss, err := datamatrix.DecodeImage(context.Background(), page(t, attestation, "0123456789"), datamatrix.Options{MaxSymboles: 1})
	require.NoError(t, err)
	assert.Len(t, ss, 1)
	ss, err = datamatrix.DecodeImage(context.Background(), image.NewGray(image.Rect(0, 0, 0, 0)), datamatrix.Options{})
	require.NoError(t, err)
	assert.Empty(t, ss)
}

// A cluttered page of 300 dots per inch: forms, text, lines, and several codes.
func TestDecodeImagePage(t *testing.T) {
	if testing.Short() {
		t.Skip("a whole page")
	}
	cas := degrade.Page(0)
	ss, err := datamatrix.DecodeImage(context.Background(), cas.Image, datamatrix.Options{})
	require.NoError(t, err)
	lus := map[string]bool{}
	for _, s := range ss {
		lus[s.Contenu.Clair()] = true
	}
	for _, texte := range cas.Textes {
		assert.True(t, lus[texte], "%q", texte)
	}
	textes := slices.Clone(cas.Textes)
	slices.Sort(textes)
	assert.Len(t, lus, len(slices.Compact(textes)), "nothing else")
}

// A photo, a scan or the page of a PDF: all its codes, with their places.
func ExampleDecodeImage() {
	m, err := datamatrix.EncodeOctets([]byte(attestation), datamatrix.OptionsSymbole{})
	if err != nil {
		fmt.Println(err)
		return
	}
	img, _ := m.Image(datamatrix.OptionsImage{})
	symboles, err := datamatrix.DecodeImage(context.Background(), img, datamatrix.Options{})
	for _, s := range symboles {
		fmt.Println(s.Genre, s.Masque(), s.Taille)
	}
	fmt.Println(err)
	// Output:
	// amc AMC#1#99999999##***#SPPGSFLRIKY231TCEH#SCODA#ITODA/ 26×26
	// <nil>
}
