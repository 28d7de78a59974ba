package projet2020_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/urgences"
	"github.com/simphonie/simphonie/urgences/projet2020"
)

// The gate: what would be billable, what not, what stays with external care.
func TestPorte(t *testing.T) {
	for _, c := range []struct {
		motif  simphonie.Code
		issue  urgences.Issue
		change func(p *projet2020.Passage)
	}{
		{"P20-FACTURABLE", urgences.Facturable, func(p *projet2020.Passage) { p.Orientation = urgences.Deces }},
		{"P20-ADMIS-MCO", urgences.NonFacturable, func(p *projet2020.Passage) { p.Orientation = urgences.HospitalisationMCO }},
		{"P20-ADMIS-MCO", urgences.NonFacturable, func(p *projet2020.Passage) { p.Orientation = urgences.UHCD }},
		{"P20-SANS-SOINS", urgences.NonFacturable, func(p *projet2020.Passage) { p.Orientation = urgences.PartiSansSoins }},
		{"P20-SANS-SOINS", urgences.NonFacturable, func(p *projet2020.Passage) { p.Orientation = urgences.Reoriente }},
		{"P20-AVANT-PROJET", urgences.ATUDue, func(p *projet2020.Passage) { p.DebutSoins = paris(t, "2021-02-28 23:59") }},
		{"P20-FACTURABLE", urgences.Facturable, func(p *projet2020.Passage) { p.DebutSoins = paris(t, "2021-03-01 00:00") }},
		{"P20-STRUCTURE", urgences.NonFacturable, func(p *projet2020.Passage) { p.Etablissement.StructureAutorisee = simphonie.Non }},
		{"P20-GYNECOLOGIE", urgences.ATUDue, func(p *projet2020.Passage) { p.Motif = urgences.MotifGynecologique }},
		{"P20-OBSTETRIQUE", urgences.AVerifier, func(p *projet2020.Passage) { p.Motif = urgences.MotifObstetrical }},
		{"P20-HOSPITALISATION", urgences.AVerifier, func(p *projet2020.Passage) { p.Orientation = urgences.Psychiatrie }},
		{"P20-HOSPITALISATION", urgences.AVerifier, func(p *projet2020.Passage) { p.Orientation = urgences.AutreHospitalisation }},
		{"P20-HOSPITALISATION", urgences.AVerifier, func(p *projet2020.Passage) { p.Orientation = urgences.TransfertHorsEnceinte }},
	} {
		p := ordinaire(t, "2021-06-01 10:00")
		c.change(p)
		for _, calcule := range []func(*projet2020.Passage, *projet2020.Options) (projet2020.Resultat, error){projet2020.Compute, projet2020.PartPatient} {
			r, err := calcule(p, options(t))
			require.NoError(t, err)
			prouve(t, &r)
			assert.Equal(t, c.motif, r.Motif, "%v", r.Anomalies)
			assert.Equal(t, c.issue, r.Issue)
			assert.Equal(t, c.issue == urgences.AVerifier, r.Anomalies.Stoppent())
		}
	}
	o := options(t)
	o.Interpretations.Hospitalisation = projet2020.HospitalisationFacturable
	p := ordinaire(t, "2021-06-01 10:00")
	p.Orientation = urgences.TransfertHorsEnceinte
	r := compute(t, p, o)
	facturable(t, &r)
	assert.True(t, decide(&r, "P20-I-HOSPITALISATION"))
}

// Every fault of the data has its code and its place, and stops the invoice.
func TestExamen(t *testing.T) {
	for _, c := range []struct {
		code   simphonie.Code
		chemin string
		change func(p *projet2020.Passage)
	}{
		{"P20-VENUE", "venue", func(p *projet2020.Passage) { p.Venue = "" }},
		{"P20-ETABLISSEMENT", "etablissement", func(p *projet2020.Passage) { p.Etablissement.Secteur = "x" }},
		{"P20-ETABLISSEMENT", "etablissement", func(p *projet2020.Passage) { p.Etablissement.Territoire = 0 }},
		{"P20-VALEUR", "orientation", func(p *projet2020.Passage) { p.Orientation = "" }},
		{"P20-VALEUR", "motif", func(p *projet2020.Passage) { p.Motif = "" }},
		{"P20-VALEUR", "entree", func(p *projet2020.Passage) { p.Entree = "assis" }},
		{"P20-VALEUR", "ccmu", func(p *projet2020.Passage) { p.CCMU = "6" }},
		{"P20-VALEUR", "biologie[1]", func(p *projet2020.Passage) { p.Biologie = []time.Time{p.DebutSoins, {}} }},
		{"P20-DEBUT-SOINS", "debutSoins", func(p *projet2020.Passage) { p.DebutSoins = time.Time{} }},
		{"P20-CHRONOLOGIE", "sortie", func(p *projet2020.Passage) { p.Sortie = p.DebutSoins.Add(-time.Minute) }},
		{"P20-CHRONOLOGIE", "imagerie[0]", func(p *projet2020.Passage) {
			p.Sortie, p.Imagerie = p.DebutSoins, []time.Time{p.DebutSoins.Add(time.Minute)}
		}},
		{"P20-NAISSANCE", "naissance", func(p *projet2020.Passage) { p.Naissance = simphonie.DateNaissance{} }},
		{"P20-NAISSANCE", "naissance", ne("2021-06-02")},
		{"P20-DECISION-REGIME", "regime", func(p *projet2020.Passage) { p.Regime = &projet2020.DecisionRegime{Motif: "m"} }},
		{"DROITS-ORGANISME", "droits.organisme", func(p *projet2020.Passage) { p.Droits.Organisme = simphonie.Organisme{} }},
		{"P20-POPULATION", "droits", func(p *projet2020.Passage) { situation(droits.SituationAME)(p.Droits) }},
		{"P20-POPULATION", "droits", func(p *projet2020.Passage) { particuliere("SP08.2")(p.Droits) }},
		{"DROITS-ABSENTS", "droits", func(p *projet2020.Passage) { p.Droits = nil }},
		{"DROITS-FERMES", "droits.periodes", func(p *projet2020.Passage) { p.Droits.Periodes[0].Au = jour("2021-05-31") }},
	} {
		p := ordinaire(t, "2021-06-01 10:00")
		c.change(p)
		r := compute(t, p, options(t))
		assert.Equal(t, urgences.AVerifier, r.Issue)
		assert.Equal(t, c.code, r.Motif)
		require.Len(t, r.Anomalies, 1, c.code)
		assert.Equal(t, c.chemin, r.Anomalies[0].Chemin)
		assert.NotContains(t, r.Anomalies[0].Message, "{")
	}
	r := compute(t, &projet2020.Passage{}, options(t))
	assert.Equal(t, []simphonie.Code{"P20-VENUE", "P20-FINESS", "P20-ETABLISSEMENT", "P20-VALEUR", "P20-VALEUR", "P20-VALEUR", "P20-DEBUT-SOINS"}, r.Anomalies.Codes(),
		"all at once")
}

// A wrong FINESS and an unknown context are alerts; a context that the
// catalogue does not retain is not asked for.
func TestAlertes(t *testing.T) {
	o := options(t)
	p := ordinaire(t, "2021-06-01 10:00")
	p.Etablissement.FINESS, o.Coefficients[0].FINESS = "750712185", "750712185"
	p.Entree, p.Intoxication, p.CCMU = "", nil, ""
	r := compute(t, p, o)
	facturable(t, &r)
	assert.Equal(t, []simphonie.Code{"P20-FINESS", "P20-DONNEE-ABSENTE", "P20-DONNEE-ABSENTE"}, r.Anomalies.Codes())
	assert.Equal(t, "ccmu", r.Anomalies[2].Chemin)
	p.DebutSoins = paris(t, "2022-06-01 10:00")
	r = compute(t, p, o)
	assert.Len(t, r.Anomalies, 4, "intoxication too, from 2022")
}

// Under a year, or with the caisse's request.
func TestDelai(t *testing.T) {
	o := options(t)
	p := ordinaire(t, "2021-06-01 10:00")
	o.Emission = jour("2022-05-31")
	r := compute(t, p, o)
	facturable(t, &r)
	o.Emission = jour("2022-06-01")
	r = compute(t, p, o)
	assert.Equal(t, simphonie.Code("P20-DELAI"), r.Motif)
	o.DelaiForce = "demande de la caisse du 01/07/2022"
	r = compute(t, p, o)
	facturable(t, &r)
}

// Bands begin on the birthday and end on the eve of the next one's: 5, 20 and 70
// years in these tests.
func TestBandes(t *testing.T) {
	for naissance, attendu := range map[string]string{
		"2021-06-01": "ZA1", "2016-06-02": "ZA1", "2016-06-01": "ZA2", "2001-06-02": "ZA2", "2001-06-01": "ZA3",
		"1951-06-02": "ZA3", "1951-06-01": "ZA4", "1920-01-01": "ZA4",
	} {
		p := ordinaire(t, "2021-06-01 10:00")
		ne(naissance)(p)
		r := compute(t, p, options(t))
		facturable(t, &r)
		assert.Equal(t, attendu, string(r.Facture.Lignes[0].Code), naissance)
	}
}

// CCMU 3, 4 and 5 give the supplement, no other class does.
func TestCCMU(t *testing.T) {
	for _, c := range []urgences.CCMU{"1", "2", "3", "4", "5", "P", "D"} {
		p := ordinaire(t, "2021-06-01 10:00")
		p.CCMU = c
		r := compute(t, p, options(t))
		facturable(t, &r)
		assert.Equal(t, c >= "3" && c <= "5", len(r.Facture.Lignes) == 3, "CCMU %s", c)
	}
}

// A supplement whose first act came after midnight takes the day of the
// forfait, or that of the act; the choice is a reading.
func TestDateSupplement(t *testing.T) {
	o := options(t)
	p := ordinaire(t, "2021-06-01 23:30")
	p.Biologie = []time.Time{p.DebutSoins.Add(2 * time.Hour), p.DebutSoins.Add(time.Hour)}
	r := compute(t, p, o)
	facturable(t, &r)
	assert.Equal(t, jour("2021-06-01"), r.Facture.Lignes[1].Execution)
	assert.True(t, decide(&r, "P20-I-DATE-SUPPLEMENT"))
	o.Interpretations.DateSupplement = projet2020.DatePremierActe
	r = compute(t, p, o)
	facturable(t, &r)
	assert.Equal(t, jour("2021-06-02"), r.Facture.Lignes[1].Execution)

	// The first act decides, whatever the order and the others.
	p.Biologie = append(p.Biologie, p.DebutSoins.Add(10*time.Minute), p.DebutSoins.Add(3*time.Hour))
	r = compute(t, p, o)
	facturable(t, &r)
	assert.Equal(t, jour("2021-06-01"), r.Facture.Lignes[1].Execution)
	assert.False(t, decide(&r, "P20-I-DATE-SUPPLEMENT"), "same day: nothing to read")
	p.Biologie = p.Biologie[:2]

	// A nature that changes at midnight does not fit one invoice.
	p.Droits.ETM = []droits.Droit[droits.CodeETM]{{Code: droits.ETMMaternite, Periodes: []simphonie.Periode{{Du: jour("2021-06-02")}}}}
	r = compute(t, p, o)
	assert.Equal(t, simphonie.Code("P20-NATURE"), r.Motif)
	o.Interpretations.DateSupplement = projet2020.DateForfait
	r = compute(t, p, o)
	facturable(t, &r)
}

// FPU at discharge is the line that the whole invoice carries later.
func TestPartPatient(t *testing.T) {
	p := ordinaire(t, "2022-06-01 10:00")
	r, err := projet2020.PartPatient(p, options(t))
	require.NoError(t, err)
	prouve(t, &r)
	assert.Equal(t, "ZPA 19.02 patient", resume(&r.Facture))
	assert.Equal(t, simphonie.Montant(0), r.BaseAMO)
	entier := compute(t, p, options(t))
	assert.Equal(t, r.Facture.Lignes[0], entier.Facture.Lignes[len(entier.Facture.Lignes)-1])
}

// A visit survives JSON but for its masked field, which must be asked for.
func TestPassageJSON(t *testing.T) {
	p := ordinaire(t, "2022-06-01 10:00")
	charge(p)
	p.Regime = &projet2020.DecisionRegime{Motif: "m", Reference: "r"}
	b, err := json.Marshal(p)
	require.NoError(t, err)
	b = bytes.Replace(b, []byte("1970-**-**"), []byte(p.Naissance.Clair()), 1)
	q, err := projet2020.ParsePassage(b)
	require.NoError(t, err)
	c, err := json.Marshal(q)
	require.NoError(t, err)
	assert.JSONEq(t, string(bytes.Replace(b, []byte("1970-06-15"), []byte("1970-**-**"), 1)), string(c))
	r1, r2 := compute(t, p, options(t)), compute(t, &q, options(t))
	assert.Equal(t, resume(&r1.Facture), resume(&r2.Facture))
	_, err = projet2020.ParsePassage([]byte(`{"modeArrivee":"taxi"}`))
	assert.ErrorContains(t, err, "JSON-CHAMP")
}
