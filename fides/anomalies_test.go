package fides_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides"
	"github.com/simphonie/simphonie/tarif"
	"github.com/simphonie/simphonie/urgences"
)

// ligneDe finds the line of a code.
func ligneDe(f *facture.Facture, c tarif.Code) *facture.Ligne {
	for i := range f.Lignes {
		if f.Lignes[i].Code == c {
			return &f.Lignes[i]
		}
	}
	return &facture.Ligne{}
}

// sans drops a line, the parts of it, and renumbers.
func sans(f *facture.Facture, c tarif.Code) {
	var ls []facture.Ligne
	rangs := map[int]int{}
	for i := range f.Lignes {
		if f.Lignes[i].Code != c {
			rangs[i] = len(ls)
			ls = append(ls, f.Lignes[i])
		}
	}
	var ps []facture.Part
	for _, p := range f.Parts {
		if r, ok := rangs[p.Ligne]; ok {
			p.Ligne = r
			ps = append(ps, p)
		}
	}
	for i := range ls {
		ls[i].Support = -1
	}
	f.Lignes, f.Parts = ls, ps
}

// Each fault has its code, and all of them come at once.
func TestAnomalies(t *testing.T) {
	type F = *facture.Facture
	type D = *fides.Dossier
	for code, x := range map[simphonie.Code]struct {
		droits []func(*droits.Acquisition)
		change func(F, D)
	}{
		"FID-VENUE":     {nil, func(f F, _ D) { f.Venue = "A12" }},
		"FID-ASSURE":    {nil, func(_ F, d D) { d.Assure = simphonie.NIRRecu(nirHomme[:13]) }},
		"FID-NAISSANCE": {nil, func(_ F, d D) { d.Patient.Naissance = simphonie.DateNaissance{} }},
		"FID-PIECE":     {nil, func(_ F, d D) { d.PieceJustificative = "" }},
		"FID-NUMERO":    {nil, func(_ F, d D) { d.Numero = "26A" }},
		"FID-SEJOUR":    {nil, func(_ F, d D) { d.HeureSortie = 24 }},
		"FID-DATES":     {nil, func(_ F, d D) { d.Entree, d.Sortie = jour("2026-03-05"), jour("2026-03-05") }},
		"FID-ETABLISSEMENT": {nil, func(f F, d D) {
			f.FINESS, d.Etablissement.Statut = "", ""
		}},
		"FID-TITRE":     {nil, func(_ F, d D) { d.Etablissement.CodeProduit = "" }},
		"FID-ORGANISME": {nil, func(f F, _ D) { f.Organisme.Caisse = "" }},
		"FID-CENTRE":    {nil, func(f F, _ D) { f.Organisme.Centre = "" }},
		"FID-ORGANISME-AT": {nil, func(f F, d D) {
			f.Nature, d.Contexte.Nature = droits.ATMP, droits.ATMP
			d.Contexte.AT = &droits.ATDeclare{Identifiant: "180831018"}
		}},
		"FID-AT": {nil, func(f F, d D) { f.Nature, d.Contexte.Nature = droits.ATMP, droits.ATMP }},
		"FID-ACCIDENT-MSA": {nil, func(f F, d D) {
			f.Organisme.Regime, d.AccidentDroitCommun = "02", jour("2026-03-03")
		}},
		"FID-TITRE-MONTANT":  {nil, func(_ F, d D) { d.MontantTitre = 5333 }}, // 30.33 € are asked of the caisse
		"FID-NATURE":         {nil, func(f F, _ D) { f.Nature = droits.Prevention }},
		"FID-HORS-PERIMETRE": {nil, func(f F, _ D) { f.Organisme.Regime, f.Organisme.Caisse = "08", "835" }},
		"FID-PAPIER":         {nil, func(_ F, d D) { d.TiersPayantRefuse = true }},
		"FID-NOM-COUPE": {nil, func(_ F, d D) {
			d.Medecin.Nom = simphonie.NewConfidentiel("Abcdefghijklmnopqrstuvwxyz")
		}},
		"FID-CODE":           {nil, func(f F, _ D) { ligneDe(f, "FU2").Code = "ATU" }},
		"FID-CODE-SITUATION": {one(ame), func(f F, _ D) { ligneDe(f, "FPU").Code = "FPX" }},
		"FID-EQUIPEMENT":     {nil, func(f F, _ D) { ligneDe(f, "FU2").Code = "FTN" }},
		"FID-IMAGERIE":       {nil, func(_ F, d D) { d.Imagerie = []fides.Imagerie{{Equipement: fides.IRM}} }},
		"FID-PRESCRIPTEUR": {nil, func(f F, d D) {
			ligneDe(f, "FU2").Code = "FTN"
			d.Imagerie = []fides.Imagerie{{Equipement: fides.IRM}}
		}},
		"FID-FORFAIT-AGE":     {nil, func(f F, _ D) { sans(f, "FU2") }},
		"FID-FORFAIT-PATIENT": {nil, func(f F, _ D) { sans(f, "FPU") }},
		"FID-CFU":             {one(ald), func(f F, _ D) { sans(f, "CFU") }},
		"FID-SEUIL":           {nil, func(f F, _ D) { ligneDe(f, "FU2").Exoneration = facture.ExoCCAM }},
		"FID-LIGNE-AME":       {one(ame), func(f F, _ D) { ligneDe(f, "FU2").Taux = simphonie.Cent }},
		"FID-NEGATIF": {nil, func(f F, _ D) {
			r, err := f.Contrepasser()
			require.NoError(t, err)
			*f = r
		}},
		"FID-EXO-FORFAIT": {one(ald), func(f F, _ D) {
			ligneDe(f, "FU3").Exoneration = facture.ExoBeneficiaire
			ligneDe(f, "FU2").Exoneration = facture.ExoBeneficiaire
		}},
		"FID-C2S-MODE":        {one(c2sSeparee), func(_ F, d D) { d.C2S = "" }},
		"FID-OC":              {one(c2s), func(_ F, d D) { d.Contexte.OC, d.Contexte.GestionC2S = "12345678", 0 }},
		"FID-ECLATEMENT":      {nil, func(f F, _ D) { f.Parts[parteDu(f, simphonie.Patient)].Debiteur = simphonie.AMC("12345678") }},
		"FID-ECLATEMENT-VIDE": {nil, func(_ F, d D) { d.FactureAMC = true }},
		"FID-PART-OC":         {one(c2s), func(f F, _ D) { ligneDe(f, "FPU").MRC = 0 }},
		"FID-MONTANT":         {nil, func(f F, _ D) { ligneDe(f, "FU2").PrixUnitaire = 100_000_000_000 }},
		"FAC-PARTS-LIGNE":     {nil, func(f F, _ D) { f.Parts[0].Montant++ }},
	} {
		t.Run(string(code), func(t *testing.T) {
			p := ordinaire(t)
			avec(x.droits...)(p)
			r := prix(t, p, options(t))
			d := dossier(p, r, 1)
			x.change(&r.Facture, d)
			res, err := convertisseur(t, fides.Interpretations{}).Convertir(&r.Facture, d)
			require.NoError(t, err)
			assert.Contains(t, res.Anomalies.Codes(), code)
			if res.Anomalies.Stoppent() {
				assert.Empty(t, res.Factures)
			} else {
				assert.NotEmpty(t, res.Factures)
			}
		})
	}
}

func one(f func(*droits.Acquisition)) []func(*droits.Acquisition) {
	return []func(*droits.Acquisition){f}
}

func parteDu(f *facture.Facture, d simphonie.Debiteur) int {
	for i := range f.Parts {
		if f.Parts[i].Debiteur == d {
			return i
		}
	}
	return 0
}

func TestToutALaFois(t *testing.T) {
	p := ordinaire(t)
	r := prix(t, p, options(t))
	res, err := convertisseur(t, fides.Interpretations{}).Convertir(&r.Facture, &fides.Dossier{Etablissement: fides.Etablissement{Secteur: tarif.ExDG}})
	require.NoError(t, err)
	assert.Subset(t, res.Anomalies.Codes(), []simphonie.Code{"FID-ASSURE", "FID-NAISSANCE", "FID-PIECE", "FID-NUMERO", "FID-SEJOUR",
		"FID-ETABLISSEMENT", "FID-NATURE"})
	assert.Nil(t, res.Factures)
}

// The choices of a C2S: 99999997 is never split, 88888888 as the establishment
// decides; a permanent patient of a coordinated system whose rights are over
// stays on paper.
func TestCasRefuses(t *testing.T) {
	codes := func(change func(*urgences.Passage), dossierDe func(*fides.Dossier)) []simphonie.Code {
		p := ordinaire(t)
		change(p)
		r := prix(t, p, options(t))
		d := dossier(p, r, 1)
		dossierDe(d)
		res, err := convertisseur(t, fides.Interpretations{}).Convertir(&r.Facture, d)
		require.NoError(t, err)
		return gravites(res.Anomalies)
	}
	assert.Equal(t, []simphonie.Code{"FID-C2S-MODE"}, codes(avec(c2s), func(d *fides.Dossier) { d.C2S = fides.C2SEclatement }))
	assert.Empty(t, codes(avec(), func(d *fides.Dossier) { d.MontantTitre = 3033 }))
	assert.Empty(t, codes(avec(ame), func(d *fides.Dossier) { d.MontantTitre = 5333 })) // 23.00 + 30.33
	assert.Empty(t, codes(avec(c2sSeparee, pension), func(d *fides.Dossier) { d.C2S = "" }))
	assert.Equal(t, []simphonie.Code{"FID-PAPIER"}, codes(avec(), func(d *fides.Dossier) {
		d.Contexte.Situations, d.Contexte.Ouverts = droits.SP082, false
	}))
	assert.Empty(t, codes(avec(), func(d *fides.Dossier) { d.Contexte.Situations = droits.SP082 }))
	assert.Equal(t, []simphonie.Code{"FID-NUMERO"}, codes(avec(), func(d *fides.Dossier) { d.NumerosSuite = append(d.NumerosSuite, "x") }))
}

// What the published rules do not describe is refused with a type.
func TestNonCouvert(t *testing.T) {
	p := ordinaire(t)
	r := prix(t, p, options(t))
	c := convertisseur(t, fides.Interpretations{})
	var e *simphonie.Erreur
	d := dossier(p, r, 1)
	d.Etablissement.Secteur = tarif.ExOQN
	_, err := c.Convertir(&r.Facture, d)
	require.ErrorIs(t, err, fides.ErrSecteurNonCouvert)
	require.ErrorAs(t, err, &e)
	assert.Equal(t, simphonie.Code("FID-SECTEUR"), e.Code)
	d = dossier(p, r, 1)
	d.Contexte.Situations = droits.SP10
	_, err = c.Convertir(&r.Facture, d)
	require.ErrorIs(t, err, fides.ErrSituationNonCouverte)
	require.ErrorAs(t, err, &e)
	assert.Equal(t, simphonie.Code("FID-ANONYME"), e.Code)
}

// Beside a CFU, a technical forfait that the patient shares in is told, since
// its line would pass for exempt.
func TestImageriePartageeAvecExoneration(t *testing.T) {
	p := ordinaire(t)
	avec(ald)(p)
	r := prix(t, p, options(t))
	d := dossier(p, r, 1)
	l := ligneDe(&r.Facture, "FU2")
	l.Code, l.Taux, l.Exoneration = "FTN", simphonie.PourCent(70), facture.ExoAucune
	res, err := convertisseur(t, fides.Interpretations{}).Convertir(&r.Facture, d)
	require.NoError(t, err)
	assert.Contains(t, res.Anomalies.Codes(), simphonie.Code("FID-EXO-FORFAIT"))
	l.Taux = simphonie.Cent
	res, err = convertisseur(t, fides.Interpretations{}).Convertir(&r.Facture, d)
	require.NoError(t, err)
	assert.NotContains(t, res.Anomalies.Codes(), simphonie.Code("FID-EXO-FORFAIT"))
}
