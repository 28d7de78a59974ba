package projet2020_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
	"github.com/simphonie/simphonie/urgences/projet2020"
)

// fautes lists the codes and paths of a joined error.
func fautes(err error) []string {
	if j, ok := err.(interface{ Unwrap() []error }); ok {
		var fs []string
		for _, e := range j.Unwrap() {
			fs = append(fs, fautes(e)...)
		}
		return fs
	}
	if e, ok := errors.AsType[*simphonie.Erreur](err); ok {
		return []string{string(e.Code) + " " + e.Chemin}
	}
	return nil
}

// Every fault of a choice has its code and its place.
func TestDefinitionRefusee(t *testing.T) {
	for _, c := range []struct {
		attendues []string
		change    func(d *projet2020.Definition)
	}{
		{[]string{"P20-MILLESIME millesime", "P20-CONTEXTES supplements"}, func(d *projet2020.Definition) { d.Millesime = 2020 }},
		{[]string{"P20-REFERENCE reference"}, func(d *projet2020.Definition) { d.Reference = " " }},
		{[]string{"P20-FORFAITS forfaits", "P20-BANDES forfaits[2]"}, func(d *projet2020.Definition) { d.Forfaits = d.Forfaits[:3] }},
		{[]string{"P20-FORFAITS forfaits"}, func(d *projet2020.Definition) {
			d.Forfaits = append(d.Forfaits[:3:3], projet2020.Bande{Code: "ZA4", DesMois: 840, AvantMois: 900}, projet2020.Bande{Code: "ZA5", DesMois: 900})
		}},
		{[]string{"P20-BANDES forfaits[0]"}, func(d *projet2020.Definition) { d.Forfaits[0].DesMois = 1 }},
		{[]string{"P20-BANDES forfaits[2]"}, func(d *projet2020.Definition) { d.Forfaits[2].DesMois = 241 }}, // a hole
		{[]string{"P20-BANDES forfaits[2]"}, func(d *projet2020.Definition) { d.Forfaits[2].DesMois = 239 }}, // an overlap
		{[]string{"P20-BANDES forfaits[1]", "P20-BANDES forfaits[2]"}, func(d *projet2020.Definition) { d.Forfaits[1].AvantMois = 60 }},
		{[]string{"P20-BANDES forfaits[3]"}, func(d *projet2020.Definition) { d.Forfaits[3].AvantMois = 1200 }},
		{[]string{"P20-CONTEXTE supplements[1]"}, func(d *projet2020.Definition) { d.Supplements[1].Contexte = "nuit" }},
		{[]string{"P20-ENTREE supplements[0]"}, func(d *projet2020.Definition) { d.Supplements[0].Entree = "" }},
		{[]string{"P20-ENTREE supplements[1]"}, func(d *projet2020.Definition) { d.Supplements[1].Entree = projet2020.Couche }},
		{[]string{"P20-CONTEXTE-DOUBLE supplements[2]", "P20-CONTEXTES supplements"},
			func(d *projet2020.Definition) { d.Supplements[2].Contexte = projet2020.ContexteCCMU }},
		{[]string{"P20-CONTEXTES supplements"}, func(d *projet2020.Definition) { d.Supplements = d.Supplements[:2] }},
		{[]string{"P20-CONTEXTES supplements"}, func(d *projet2020.Definition) {
			d.Supplements = append(d.Supplements, projet2020.Supplement{Code: "ZSM", Contexte: projet2020.ContexteImagerie})
		}},
		{[]string{"P20-CONTEXTES supplements"}, func(d *projet2020.Definition) { d.Millesime = projet2020.Millesime2022 }},
		{[]string{"P20-LETTRE forfaits[0]"}, func(d *projet2020.Definition) { d.Forfaits[0].Code = "za1" }},
		{[]string{"P20-LETTRE patient.regime"}, func(d *projet2020.Definition) { d.Patient.Regime = "" }},
		{[]string{"P20-LETTRE-DOUBLE supplements[0]"}, func(d *projet2020.Definition) { d.Supplements[0].Code = "ZA1" }},
		{[]string{"P20-LETTRE-DOUBLE patient.local"}, func(d *projet2020.Definition) { d.Patient.Local = "ZSB" }},
	} {
		d := definition2021()
		c.change(&d)
		_, err := projet2020.NewCatalogue(d)
		assert.Equal(t, c.attendues, fautes(err), "%v", err)
	}
}

// Eight key letters in 2021: all of them, or those of the AMO, by the reading;
// no limit from 2022.
func TestHuitLettres(t *testing.T) {
	o := options(t)
	assert.Len(t, o.Catalogue2021.Lettres(), 8)
	assert.Len(t, o.Catalogue2022.Lettres(), 13)

	d := definition2021()
	d.Patient = definition2022().Patient
	o.Catalogue2021 = catalogue(t, d)
	assert.Equal(t, []string{"P20-LETTRES Catalogue2021"}, fautes(o.Validate()), "4 + 3 + 3 = 10")
	o.Interpretations.Lettres = projet2020.LettresAMO
	require.NoError(t, o.Validate(), "4 + 3 = 7")
	_, err := projet2020.Compute(ordinaire(t, "2021-06-01 10:00"), o)
	require.ErrorContains(t, err, "TARIF-NON-CHARGE: no price of ZPA", "this letter has no price in 2021")

	d.Patient = definition2021().Patient
	d.Supplements = append(d.Supplements, projet2020.Supplement{Code: "ZSD", Contexte: projet2020.ContexteArrivee, Entree: projet2020.Debout})
	o.Catalogue2021 = catalogue(t, d)
	require.NoError(t, o.Validate(), "4 + 4 = 8: two letters for one context are still three contexts")
	p := ordinaire(t, "2021-06-01 10:00")
	p.Entree = projet2020.Couche
	r := compute(t, p, o)
	assert.True(t, decide(&r, "P20-I-LETTRES"), "nine letters in all: the reading let them through")
	o.Interpretations.Lettres = ""
	assert.Equal(t, []string{"P20-LETTRES Catalogue2021"}, fautes(o.Validate()))
	r = compute(t, p, options(t))
	assert.False(t, decide(&r, "P20-I-LETTRES"))
}

func TestLoadCatalogue(t *testing.T) {
	c, err := projet2020.LoadCatalogue(strings.NewReader(`{"millesime":2021,"reference":"FICTIF 2021",
"forfaits":[{"code":"ZA1","desMois":0,"avantMois":60},{"code":"ZA2","desMois":60,"avantMois":240},
 {"code":"ZA3","desMois":240,"avantMois":840},{"code":"ZA4","desMois":840}],
"supplements":[{"code":"ZSC","contexte":"arrivee","entree":"couche"},{"code":"ZS3","contexte":"ccmu"},{"code":"ZSB","contexte":"biologie"}],
"patient":{"assure":"ZPU","regime":"ZPU","local":"ZPU"}}`))
	require.NoError(t, err)
	assert.Equal(t, catalogue(t, definition2021()).Designation(), c.Designation())
	d := definition2021()
	d.Forfaits[0].AvantMois, d.Forfaits[1].DesMois = 61, 61
	assert.NotEqual(t, c.Designation(), catalogue(t, d).Designation())

	_, err = projet2020.LoadCatalogue(nil)
	assert.ErrorContains(t, err, "P20-LECTURE")
	_, err = projet2020.LoadCatalogue(strings.NewReader(`{"millesimes":2021}`))
	assert.ErrorContains(t, err, "JSON-CHAMP")
	_, err = projet2020.LoadCatalogue(strings.NewReader(`{"millesime":2021}`))
	assert.Contains(t, fautes(err), "P20-FORFAITS forfaits")
	_, err = projet2020.LoadCatalogue(lecteurEnPanne{})
	assert.Equal(t, []string{"P20-LECTURE "}, fautes(err))
}

type lecteurEnPanne struct{}

func (lecteurEnPanne) Read([]byte) (int, error) { return 0, errors.New("down") }

// A catalogue does not change with the definition that made it.
func TestCatalogueFige(t *testing.T) {
	d := definition2021()
	o := options(t)
	o.Catalogue2021 = catalogue(t, d)
	d.Forfaits[2].Code, d.Supplements[0].Code = "XX1", "XX2"
	r := compute(t, ordinaire(t, "2021-06-01 10:00"), o)
	assert.Equal(t, "ZA3 21.39 amo, ZPU 18.41 patient", resume(&r.Facture))
}

// Bad options are refused with every fault.
func TestOptions(t *testing.T) {
	_, err := projet2020.Compute(&projet2020.Passage{}, nil)
	assert.Equal(t, []string{"P20-OPTIONS "}, fautes(err))
	assert.Equal(t, []string{"P20-OPTIONS ConnuAu", "P20-OPTIONS Tarifs", "P20-OPTIONS Catalogue2021"}, fautes((&projet2020.Options{}).Validate()))
	o := options(t)
	o.Catalogue2021, o.Catalogue2022 = o.Catalogue2022, o.Catalogue2021
	o.Exonerations = map[projet2020.Situation]bool{"grippe": true}
	o.Interpretations.Ordre = "hasard"
	assert.Equal(t, []string{"P20-OPTIONS Catalogue2021", "P20-OPTIONS Catalogue2022", "P20-OPTIONS Exonerations", "ID-INTERPRETATION P20-I-ORDRE"},
		fautes(o.Validate()))

	for _, change := range []func(c *projet2020.Coefficients){
		func(c *projet2020.Coefficients) { c.FINESS = "" },
		func(c *projet2020.Coefficients) { c.Reference = "" },
		func(c *projet2020.Coefficients) { c.ConnuLe = simphonie.Jour{} },
		func(c *projet2020.Coefficients) { c.Periode.Du = simphonie.Jour{} },
		func(c *projet2020.Coefficients) { c.Geographique = taux("-1") },
		func(c *projet2020.Coefficients) { c.Prudentiel = taux("-0.7") },
		func(c *projet2020.Coefficients) { c.Prudentiel = taux("100") },
		func(c *projet2020.Coefficients) { c.Prudentiel = taux("99.9999") }, // 1.07 × 0.000001 = 0.0000
	} {
		o := options(t)
		change(&o.Coefficients[0])
		assert.Equal(t, []string{"P20-COEFFICIENT Coefficients[0]"}, fautes(o.Validate()))
	}
	o = options(t)
	o.Coefficients = append(o.Coefficients, o.Coefficients[0])
	assert.Equal(t, []string{"P20-COEFFICIENT Coefficients[1]"}, fautes(o.Validate()))
}

// What is missing is a typed error that names it; nothing counts as zero.
func TestManques(t *testing.T) {
	o := options(t)
	o.Catalogue2021 = nil
	_, err := projet2020.Compute(ordinaire(t, "2021-06-01 10:00"), o)
	c, ok := errors.AsType[*projet2020.CatalogueNonCharge](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, projet2020.Millesime2021, c.Millesime)
	assert.ErrorContains(t, err, "P20-CATALOGUE-NON-CHARGE")
	_, err = projet2020.Controler(ordinaire(t, "2021-06-01 10:00"), nil, o)
	assert.ErrorContains(t, err, "P20-CATALOGUE-NON-CHARGE")

	o = options(t)
	o.Coefficients = nil
	p := ordinaire(t, "2021-06-01 10:00")
	p.Etablissement.Territoire = simphonie.Guyane
	_, err = projet2020.Compute(p, o)
	k, ok := errors.AsType[*projet2020.CoefficientNonCharge](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, finess, k.FINESS)
	assert.ErrorContains(t, err, "P20-COEFFICIENT-NON-CHARGE")
	n, ok := errors.AsType[*tarif.TarifNonCharge](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, tarif.Code("ZA3"), n.Code)
	assert.ErrorContains(t, err, "ZPU", "all that is missing is named at once")
}

// Rates are those of the establishment, and of no other.
func TestCoefficientsEtablissement(t *testing.T) {
	o := options(t)
	autre := o.Coefficients[0]
	autre.FINESS, autre.Geographique = "200102689", taux("11")
	o.Coefficients = append([]projet2020.Coefficients{autre}, o.Coefficients...)
	r := compute(t, ordinaire(t, "2021-06-01 10:00"), o)
	facturable(t, &r)
	assert.Equal(t, simphonie.Coefficient(10625), r.Facture.Lignes[0].CoefMCO)
	o.Coefficients = o.Coefficients[:1]
	_, err := projet2020.Compute(ordinaire(t, "2021-06-01 10:00"), o)
	assert.ErrorContains(t, err, "P20-COEFFICIENT-NON-CHARGE")
}

// The latest known rates of the day win, and only once they are known.
func TestCoefficientsDates(t *testing.T) {
	o := options(t)
	o.Coefficients[0].Periode.Au = jour("2022-02-28")
	c := o.Coefficients[0]
	c.Periode, c.ConnuLe, c.Geographique = simphonie.Periode{Du: jour("2022-01-01")}, jour("2022-06-01"), 0
	o.Coefficients = append(o.Coefficients, c)
	mco := func(debut, connuAu string) simphonie.Coefficient {
		o.ConnuAu = jour(connuAu)
		r := compute(t, ordinaire(t, debut), o)
		facturable(t, &r)
		return r.Facture.Lignes[0].CoefMCO
	}
	assert.Equal(t, simphonie.Coefficient(10625), mco("2022-01-01 10:00", "2022-05-31"))
	assert.Equal(t, simphonie.Coefficient(9930), mco("2022-01-01 10:00", "2022-06-01"))
	assert.Equal(t, simphonie.Coefficient(10625), mco("2021-12-31 10:00", "2022-06-01"))
	o.ConnuAu = jour("2022-05-31")
	_, err := projet2020.Compute(ordinaire(t, "2022-03-01 10:00"), o)
	assert.ErrorContains(t, err, "P20-COEFFICIENT-NON-CHARGE")
}
