package fides_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides"
	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/urgences"
)

// The table of codes knows every code of the emergency engine.
func TestCodesDesUrgences(t *testing.T) {
	assert.Subset(t, fides.Codes(), urgences.Codes())
}

func TestInterpretationsParDefaut(t *testing.T) {
	_, err := fides.New(fides.Interpretations{})
	require.NoError(t, err)
	codes := map[simphonie.Code]bool{}
	for _, r := range fides.Regles() {
		codes[r.Code] = true
	}
	for _, c := range []simphonie.Code{"FID-I-TOTAL", "FID-I-COEFFICIENT", "FID-I-IMAGERIE", "FID-I-ORDRE-TYPES", "FID-I-CARACTERE", "FID-I-DECOUPAGE"} {
		assert.True(t, codes[c], c)
	}
	_, err = fides.New(fides.Interpretations{Total: "x", Imagerie: "5", Ordre: "x", Caractere: "x", Decoupage: "x"})
	for _, c := range []string{"FID-I-TOTAL", "FID-I-IMAGERIE", "FID-I-ORDRE-TYPES", "FID-I-CARACTERE", "FID-I-DECOUPAGE"} {
		assert.ErrorContains(t, err, c)
	}
}

// Names hold A to Z, 0 to 9 and spaces, cut to their zones.
func TestCaracteres(t *testing.T) {
	f, d := prixDe()(t)
	for _, x := range []struct {
		nom, espace, supprime string
	}{
		{"Dé l'Air-Bâ", "DE L AIR BA", "DE LAIRBA"},
		{"Œuvrard", "OEUVRARD", "OEUVRARD"},
		{"e\u0301tienne", "ETIENNE", "ETIENNE"}, // accent apart from its letter
		{"'t Hooft", "T HOOFT", "T HOOFT"},
		{"Straße 7", "STRASSE 7", "STRASSE 7"},
		{"李", "", ""},
		{"Abcdefghijklmnopqrstuvwx yz", "ABCDEFGHIJKLMNOPQRSTUVWX", "ABCDEFGHIJKLMNOPQRSTUVWX"},
	} {
		d.Medecin.Nom = simphonie.NewConfidentiel(x.nom)
		for lecture, attendu := range map[fides.Caractere]string{"": x.espace, fides.CaractereSupprime: x.supprime} {
			lignes := prouve(t, convertisseur(t, fides.Interpretations{Caractere: lecture}), f, d)
			assert.Equal(t, attendu, strings.TrimRight(lignes[1][71:96], " "))
		}
	}
}

// No printed form of any exported value shows personal data.
func TestMasque(t *testing.T) {
	f, d := prixDe()(t)
	d.Patient.NIR = simphonie.NIRRecu(nirFemme)
	d.Medecin = fides.Medecin{Nom: simphonie.NewConfidentiel("Dupontcanari"), Prenom: simphonie.NewConfidentiel("Jeancanari"), NumeroAM: "291991107"}
	res, err := convertisseur(t, fides.Interpretations{}).Convertir(f, d)
	require.NoError(t, err)
	fichier := ecrit(t, res.Factures...)
	require.Contains(t, fichier, "DUPONTCANARI")
	r, err := fides.NewRegistre(10, []byte("secretcanarisecret"))
	require.NoError(t, err)
	r.Inscrit(f, d, res.Factures...)
	var b strings.Builder
	w, err := fides.NewFichier(&b, parametres(res.Factures[0].Destination))
	require.NoError(t, err)
	require.NoError(t, w.OuvreLot(lotDuJour))
	require.NoError(t, w.Ecris(&res.Factures[0]))
	l, err := fides.Relire(strings.NewReader(fichier), fides.OptionsLecture{Enveloppe: fides.Reference(), Siecle: 2000})
	require.NoError(t, err)
	d.Numero = "x"
	faux, err := convertisseur(t, fides.Interpretations{}).Convertir(f, d)
	require.NoError(t, err)
	var vu strings.Builder
	for lue := range l.Factures() {
		vu.WriteString(canari.Montre(lue) + canari.Montre(*lue))
	}
	for _, v := range []any{d, *d, d.Patient, d.Medecin, res, res.Factures[0], &res.Factures[0], faux, r, w, l, fides.Controler(f, d, fides.Envoi{Le: jour("2029-01-01"), Registre: r})} {
		vu.WriteString(canari.Montre(v))
	}
	tout := vu.String()
	require.Greater(t, len(tout), 10_000)
	for _, c := range []string{nirHomme[:13], nirFemme[:13], "upontcanari", "eancanari", "UPONTCANARI", "EANCANARI", "1990-06-15", "900615", "secretcanari"} {
		assert.NotContains(t, tout, c)
	}
}
