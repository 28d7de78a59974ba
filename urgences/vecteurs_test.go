package urgences_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
	"github.com/simphonie/simphonie/urgences"
)

// avec gives the patient a right of the general table.
func avec(p *urgences.Passage, f func(a *droits.Acquisition)) *urgences.Passage {
	f(p.Droits)
	return p
}

func ald(a *droits.Acquisition)   { a.ETM = []droits.Droit[droits.CodeETM]{{Code: droits.ETMALD8}} }
func rente(a *droits.Acquisition) { a.MTM = []droits.Droit[droits.CodeMTM]{{Code: droits.MTMRenteAT}} }
func local(a *droits.Acquisition) {
	a.MTM = []droits.Droit[droits.CodeMTM]{{Code: droits.MTMAlsaceMoselle}}
}
func c2s(a *droits.Acquisition)   { a.Situations = []droits.Droit[droits.CodeSituation]{{Code: "01"}} }
func ame(a *droits.Acquisition)   { a.Situations = []droits.Droit[droits.CodeSituation]{{Code: "10"}} }
func mines(a *droits.Acquisition) { a.Organisme.Regime = simphonie.RegimeCANSSM }
func atDeclare(a *droits.Acquisition) {
	a.AT = []droits.ATDeclare{{Identifiant: "180831018", Organisme: simphonie.Organisme{Regime: "01", Caisse: "751"}, Periode: simphonie.Periode{Du: jour("2018-08-31")}}}
}

// T1 and T2: the two prices that are public, on each side of the rise.
func TestPrixPublics(t *testing.T) {
	for _, c := range []struct{ debut, plein, minore string }{
		{"2022-01-15 10:00", "19.61", "8.49"},
		{"2026-02-28 10:00", "19.61", "8.49"},
		{"2026-03-01 10:00", "23.00", "9.96"},
	} {
		r, err := urgences.PartPatient(ordinaire(t, c.debut), options(t, connuAu))
		require.NoError(t, err)
		assert.Equal(t, c.plein, ligne(t, &r.Facture, urgences.FPU).Honoraires.String())

		r, err = urgences.PartPatient(avec(ordinaire(t, c.debut), ald), options(t, connuAu))
		require.NoError(t, err)
		assert.Equal(t, c.minore, ligne(t, &r.Facture, urgences.FPV).Honoraires.String())
	}
}

// T9 to T11, and the same edges around 29 February and the end of months.
func TestBandesAge(t *testing.T) {
	for _, c := range []struct {
		nom, naissance, soins string
		attendu               tarif.Code
	}{
		{"3 mois et 30 jours, règles de 2023", "2022-11-02", "2023-03-01", urgences.FU0},
		{"3 mois et 29 jours, veille des règles de 2023", "2022-11-02", "2023-02-28", urgences.FU1},
		{"4 mois ce jour", "2022-11-01", "2023-03-01", urgences.FU1},
		{"veille des 4 mois", "2022-11-02", "2023-03-01", urgences.FU0},
		{"jour de la naissance", "2026-03-04", "2026-03-04", urgences.FU0},
		// 31 October and 4 months: February has no 31st, its last day counts.
		{"né un 31, 27 février", "2025-10-31", "2026-02-27", urgences.FU0},
		{"né un 31, 28 février", "2025-10-31", "2026-02-28", urgences.FU1},
		{"né un 31, 28 février bissextile", "2027-10-31", "2028-02-28", urgences.FU0},
		{"né un 31, 29 février bissextile", "2027-10-31", "2028-02-29", urgences.FU1},
		// 120 days are not four months: born on 1 July, 29 October is day 120.
		{"120 jours avant 4 mois", "2025-07-01", "2025-10-29", urgences.FU0},
		{"123 jours, 4 mois", "2025-07-01", "2025-11-01", urgences.FU1},
		{"veille des 16 ans", "2010-03-05", "2026-03-04", urgences.FU1},
		{"16 ans", "2010-03-04", "2026-03-04", urgences.FU2},
		{"veille des 45 ans", "1981-03-05", "2026-03-04", urgences.FU2},
		{"45 ans", "1981-03-04", "2026-03-04", urgences.FU3},
		{"veille des 75 ans", "1951-03-05", "2026-03-04", urgences.FU3},
		{"75 ans", "1951-03-04", "2026-03-04", urgences.FU4},
		{"centenaire", "1920-01-01", "2026-03-04", urgences.FU4},
		// Born on 29 February 1980: 45 years in 2025, which has no 29 February.
		{"né un 29 février, 27 février", "1980-02-29", "2025-02-27", urgences.FU2},
		{"né un 29 février, 28 février", "1980-02-29", "2025-02-28", urgences.FU3},
		// Lunar birth date: aged from 1 January of its year (RG_BS601 CP02).
		{"lunaire, 1er janvier de ses 75 ans", "1951-42-00", "2026-01-01", urgences.FU4},
		{"lunaire, veille", "1951-42-00", "2025-12-31", urgences.FU3},
	} {
		t.Run(c.nom, func(t *testing.T) {
			p := ordinaire(t, c.soins+" 10:00")
			p.Naissance = naissance(t, c.naissance)
			decision := urgences.PediatrieAucune
			p.Pediatrie = &decision
			o := options(t, "2028-12-31")
			r := compute(t, p, o)
			require.Equal(t, urgences.Facturable, r.Issue, "%v", r.Anomalies)
			assert.Equal(t, c.attendu, r.Facture.Lignes[0].Code)
		})
	}
}

// The rules of 1 March 2023 were published on 4 April: what was known decides.
func TestReglesConnues(t *testing.T) {
	p := ordinaire(t, "2023-03-10 10:00")
	p.Naissance = naissance(t, "2023-01-20")
	p.Diagnostic = "Z99.1"
	r := compute(t, p, options(t, "2023-04-03"))
	assert.Equal(t, urgences.FU1, r.Facture.Lignes[0].Code)
	assert.Equal(t, tarif.JeuRegles("urgences/2022-01-01"), r.Facture.JeuRegles)
	assert.Equal(t, "31.20", r.Facture.Lignes[0].Honoraires.String(), "the price known then is that of 2022")

	r = compute(t, p, options(t, "2023-04-04"))
	assert.Equal(t, urgences.FU0, r.Facture.Lignes[0].Code)
	assert.Equal(t, urgences.PE1, r.Facture.Lignes[1].Code)
	assert.Equal(t, tarif.JeuRegles("urgences/2023-03-01"), r.Facture.JeuRegles)
}

// T12, T13 and more: SUN and SUF by the hour of the start of care. In 2026,
// 7 March is a Saturday, 8 a Sunday; 14 July is a Tuesday.
func TestNuitFerie(t *testing.T) {
	const rien = tarif.Code("")
	for _, c := range []struct {
		debut   string
		attendu tarif.Code
	}{
		{"2026-03-04 07:59", urgences.SUN}, {"2026-03-04 08:00", rien}, {"2026-03-04 19:59", rien},
		{"2026-03-04 20:00", urgences.SUF}, {"2026-03-04 21:59", urgences.SUF}, {"2026-03-04 22:00", urgences.SUN},
		{"2026-03-04 00:00", urgences.SUN},
		{"2026-03-07 13:59", rien}, {"2026-03-07 14:00", urgences.SUF}, {"2026-03-07 20:00", urgences.SUF},
		{"2026-03-07 22:00", urgences.SUN},
		{"2026-03-08 07:59", urgences.SUN}, {"2026-03-08 08:00", urgences.SUF}, {"2026-03-08 21:30", urgences.SUF},
		{"2026-03-08 22:00", urgences.SUN},
		{"2026-07-14 07:59", urgences.SUN}, {"2026-07-14 08:00", urgences.SUF}, {"2026-07-14 12:00", urgences.SUF},
		{"2026-07-14 21:59", urgences.SUF}, {"2026-07-14 22:00", urgences.SUN}, // a holiday night is SUN
		{"2026-07-13 12:00", rien}, {"2026-07-15 12:00", rien},
		{"2026-04-06 10:00", urgences.SUF}, // Easter Monday
		{"2026-05-14 10:00", urgences.SUF}, // Ascension
		{"2026-05-25 10:00", urgences.SUF}, // Whit Monday
		{"2026-04-03 10:00", rien},         // Good Friday, outside Alsace-Moselle
	} {
		t.Run(c.debut, func(t *testing.T) {
			r := compute(t, ordinaire(t, c.debut), options(t, connuAu))
			if c.attendu == rien {
				assert.Equal(t, []tarif.Code{urgences.FU2, urgences.FPU}, codes(&r.Facture))
				return
			}
			assert.Equal(t, []tarif.Code{urgences.FU2, c.attendu, urgences.FPU}, codes(&r.Facture))
		})
	}
}

// The other reading of the bounds moves the minute of a bound, and nothing else.
func TestBornesFinIncluse(t *testing.T) {
	o := options(t, connuAu)
	o.Interpretations.Bornes = urgences.BornesFinIncluse
	for debut, attendu := range map[string]tarif.Code{
		"2026-03-04 22:00": urgences.SUF, "2026-03-04 22:01": urgences.SUN, "2026-03-04 08:00": urgences.SUN,
		"2026-03-04 08:01": urgences.FPU, "2026-03-04 20:00": urgences.FPU, "2026-03-07 14:00": urgences.FPU,
		"2026-03-08 20:00": urgences.SUF,
	} {
		r := compute(t, ordinaire(t, debut), o)
		assert.Equal(t, attendu, r.Facture.Lignes[1].Code, debut)
	}
	r := compute(t, ordinaire(t, "2026-03-04 22:00"), o)
	assert.Contains(t, r.Explication.String(), "URG-I-BORNES")
	r = compute(t, ordinaire(t, "2026-03-04 22:01"), o)
	assert.NotContains(t, r.Explication.String(), "URG-I-BORNES", "an interpretation is named only when it decides")
}

// Holidays are those of the place; the day is the local one.
func TestFeriesDuLieu(t *testing.T) {
	for _, c := range []struct {
		lieu    simphonie.Territoire
		instant string
		attendu tarif.Code
	}{
		{simphonie.AlsaceMoselle, "2026-04-03T10:00:00+02:00", urgences.SUF}, // Good Friday
		{simphonie.AlsaceMoselle, "2026-12-26T10:00:00+01:00", urgences.SUF}, // a Saturday morning
		{simphonie.Metropole, "2026-12-26T10:00:00+01:00", ""},
		{simphonie.Guadeloupe, "2026-05-27T10:00:00-04:00", urgences.SUF},
		{simphonie.Martinique, "2026-05-22T10:00:00-04:00", urgences.SUF},
		{simphonie.Guyane, "2026-06-10T10:00:00-03:00", urgences.SUF},
		{simphonie.Reunion, "2027-12-20T10:00:00+04:00", urgences.SUF},
		{simphonie.Mayotte, "2026-04-27T10:00:00+03:00", urgences.SUF},
		{simphonie.Metropole, "2026-05-27T10:00:00+02:00", ""},
		// 21:30 in Paris is 23:30 in Saint-Denis: night there.
		{simphonie.Reunion, "2026-07-15T21:30:00+02:00", urgences.SUN},
		// 02:30 UTC on 14 July is 22:30 on 13 July in Pointe-à-Pitre.
		{simphonie.Guadeloupe, "2026-07-14T02:30:00Z", urgences.SUN},
	} {
		t.Run(c.lieu.String()+" "+c.instant, func(t *testing.T) {
			d, err := time.Parse(time.RFC3339, c.instant)
			require.NoError(t, err)
			p := ordinaire(t, "2026-03-04 10:00")
			p.Etablissement.Territoire = c.lieu
			p.Arrivee, p.DebutSoins, p.Sortie = time.Time{}, d, time.Time{}
			r := compute(t, p, options(t, "2027-12-31"))
			require.Equal(t, urgences.Facturable, r.Issue, "%v", r.Anomalies)
			if c.attendu == "" {
				assert.Len(t, r.Facture.Lignes, 2)
				return
			}
			assert.Equal(t, c.attendu, r.Facture.Lignes[1].Code)
		})
	}
}

// The caller's own calendar replaces the statutory one.
func TestCalendrierRemplace(t *testing.T) {
	o := options(t, connuAu)
	o.Calendrier = calendrierFixe{jour("2026-03-04")}
	assert.Equal(t, urgences.SUF, compute(t, ordinaire(t, "2026-03-04 10:00"), o).Facture.Lignes[1].Code)
	assert.Equal(t, urgences.FPU, compute(t, ordinaire(t, "2026-07-14 10:00"), o).Facture.Lignes[1].Code)
}

type calendrierFixe struct{ ferie simphonie.Jour }

func (c calendrierFixe) Ferie(j simphonie.Jour) bool { return j == c.ferie }

// Summer time: 25 October 2026 shows 2:30 twice; both are night, an hour apart.
// Care that begins at 23:50 and an act at 0:20 are of two days.
func TestHeureEteEtMinuit(t *testing.T) {
	for _, instant := range []string{"2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"} {
		d, err := time.Parse(time.RFC3339, instant)
		require.NoError(t, err)
		p := ordinaire(t, "2026-03-04 10:00")
		p.Arrivee, p.DebutSoins, p.Sortie = time.Time{}, d, time.Time{}
		r := compute(t, p, options(t, connuAu))
		assert.Equal(t, urgences.SUN, r.Facture.Lignes[1].Code)
		assert.Equal(t, jour("2026-10-25"), r.Facture.Lignes[0].Execution)
	}
	// Arrival at 23:50 on 28 February, care at 0:20 on 1 March: the new prices.
	p := ordinaire(t, "2026-03-01 00:20")
	p.Arrivee = paris(t, "2026-02-28 23:50")
	r := compute(t, p, options(t, connuAu))
	assert.Equal(t, "23.00", ligne(t, &r.Facture, urgences.FPU).Honoraires.String())
}

// T14: a specialist's advice has its own hours: night from 20:00.
func TestAvisDeNuit(t *testing.T) {
	p := ordinaire(t, "2026-03-04 19:50")
	p.Avis = []urgences.Avis{{Specialite: "04", Debut: paris(t, "2026-03-04 21:00"), SurDemande: simphonie.Oui, AupresDuPatient: simphonie.Oui}}
	r := compute(t, p, options(t, connuAu))
	assert.Equal(t, []tarif.Code{urgences.FU2, urgences.SAS, urgences.SSN, urgences.FPU}, codes(&r.Facture))
	assert.Equal(t, 1, r.Facture.Lignes[2].Support)
	for debut, attendu := range map[string]tarif.Code{
		"2026-03-04 19:59": "", "2026-03-04 20:00": urgences.SSN, "2026-03-05 07:59": urgences.SSN, "2026-03-05 08:00": "",
		"2026-03-07 15:00": "", // Saturday afternoon gives nothing here
		"2026-03-08 08:00": urgences.SSF, "2026-03-08 19:59": urgences.SSF, "2026-03-08 20:00": urgences.SSN,
	} {
		p := ordinaire(t, "2026-03-04 10:00")
		p.Sortie = time.Time{}
		p.Avis = []urgences.Avis{{Specialite: "04", Debut: paris(t, debut), SurDemande: simphonie.Oui, AupresDuPatient: simphonie.Oui}}
		r := compute(t, p, options(t, connuAu))
		cs := codes(&r.Facture)
		if attendu == "" {
			assert.Equal(t, []tarif.Code{urgences.FU2, urgences.SAS, urgences.FPU}, cs, debut)
		} else {
			assert.Equal(t, []tarif.Code{urgences.FU2, urgences.SAS, attendu, urgences.FPU}, cs, debut)
		}
	}
}

// T15: X-ray and scanner by a radiologist give SIC alone, with its technical forfaits.
func TestImagerie(t *testing.T) {
	radio := urgences.Imagerie{Type: urgences.Conventionnelle, ParRadiologue: simphonie.Oui, CompteRendu: simphonie.Oui, Debut: paris(t, "2026-03-04 10:30")}
	scan := urgences.Imagerie{Type: urgences.Coupe, ParRadiologue: simphonie.Oui, Debut: paris(t, "2026-03-04 11:30"), Forfait: urgences.FTN, Scanner: true}
	p := ordinaire(t, "2026-03-04 10:00")
	p.Imagerie = []urgences.Imagerie{scan, radio, scan}
	r := compute(t, p, options(t, connuAu))
	assert.Equal(t, []tarif.Code{urgences.FU2, urgences.SIC, urgences.FTN, urgences.FTN, urgences.FPU}, codes(&r.Facture))
	// FTN is 72.33; the second of a scanner is at 0.15: 10.8495, 10.85.
	assert.Equal(t, "72.33", r.Facture.Lignes[2].Honoraires.String())
	assert.Equal(t, "10.85", r.Facture.Lignes[3].Honoraires.String())

	for nom, c := range map[string]struct {
		acte    urgences.Imagerie
		attendu []tarif.Code
	}{
		"radiographie":                {radio, []tarif.Code{urgences.FU2, urgences.SIM, urgences.FPU}},
		"sans compte rendu":           {urgences.Imagerie{Type: urgences.Conventionnelle, ParRadiologue: simphonie.Oui, Debut: radio.Debut}, []tarif.Code{urgences.FU2, urgences.FPU}},
		"échographie de l'urgentiste": {urgences.Imagerie{Type: urgences.Echographie, CompteRendu: simphonie.Oui, Debut: radio.Debut}, []tarif.Code{urgences.FU2, urgences.FPU}},
		"échographie d'un radiologue": {urgences.Imagerie{Type: urgences.Echographie, ParRadiologue: simphonie.Oui, CompteRendu: simphonie.Oui, Debut: radio.Debut}, []tarif.Code{urgences.FU2, urgences.SIM, urgences.FPU}},
	} {
		p := ordinaire(t, "2026-03-04 10:00")
		p.Imagerie = []urgences.Imagerie{c.acte}
		r := compute(t, p, options(t, connuAu))
		assert.Equal(t, c.attendu, codes(&r.Facture), nom)
	}
}

// The hour that gives SSN to imaging: first act, or the act of the supplement.
func TestHeureImagerie(t *testing.T) {
	p := ordinaire(t, "2026-03-04 18:00")
	p.Imagerie = []urgences.Imagerie{
		{Type: urgences.Conventionnelle, ParRadiologue: simphonie.Oui, CompteRendu: simphonie.Oui, Debut: paris(t, "2026-03-04 19:00")},
		{Type: urgences.Coupe, ParRadiologue: simphonie.Oui, Debut: paris(t, "2026-03-04 20:30")},
	}
	o := options(t, connuAu)
	r := compute(t, p, o)
	assert.Equal(t, []tarif.Code{urgences.FU2, urgences.SIC, urgences.FPU}, codes(&r.Facture))
	assert.Contains(t, r.Explication.String(), "URG-I-HEURE-IMAGERIE")
	o.Interpretations.HeureImagerie = urgences.HeureActeDuSupplement
	r = compute(t, p, o)
	assert.Equal(t, []tarif.Code{urgences.FU2, urgences.SIC, urgences.SSN, urgences.FPU}, codes(&r.Facture))
}

// The patient part: who pays what, in the order of RG_VF500 to RG_VF505.
// Prices of March 2026: FPU 23.00, FPV 9.96, hence CFU 23.00 − 9.96 = 13.04.
func TestPartPatient(t *testing.T) {
	amo, patient := simphonie.AMO, simphonie.Patient
	oc2s, ocame := simphonie.AMC("99999997"), simphonie.AMC("75500017")
	type part struct {
		code     tarif.Code
		debiteur simphonie.Debiteur
		montant  string
		exo      string
	}
	for _, c := range []struct {
		nom        string
		change     func(p *urgences.Passage)
		attendu    []part
		exoForfait string
	}{
		{"T16 ALD", func(p *urgences.Passage) { avec(p, ald) },
			[]part{{urgences.FPV, patient, "9.96", "0"}, {urgences.CFU, amo, "13.04", "4"}}, "4"},
		{"ordinaire", func(p *urgences.Passage) {}, []part{{urgences.FPU, patient, "23.00", "0"}}, "0"},
		{"T17 AT et rente", func(p *urgences.Passage) { avec(avec(p, rente), atDeclare).Soins.LieeAT = true },
			[]part{{urgences.FPX, amo, "23.00", "5"}}, "5"},
		{"T18 Alsace-Moselle et ALD", func(p *urgences.Passage) { avec(avec(p, ald), local) },
			[]part{{urgences.FPM, amo, "9.96", "0"}, {urgences.CFU, amo, "13.04", "4"}}, "4"},
		{"Alsace-Moselle", func(p *urgences.Passage) { avec(p, local) }, []part{{urgences.FPL, amo, "23.00", "0"}}, "0"},
		{"frontalier", func(p *urgences.Passage) {
			p.Droits.MTM = []droits.Droit[droits.CodeMTM]{{Code: "07"}}
		}, []part{{urgences.FPL, amo, "23.00", "0"}}, "0"},
		{"T19 C2S", func(p *urgences.Passage) { avec(p, c2s) }, []part{{urgences.FPU, oc2s, "23.00", "0"}}, "0"},
		{"C2S et ALD", func(p *urgences.Passage) { avec(avec(p, c2s), ald) },
			[]part{{urgences.FPV, oc2s, "9.96", "0"}, {urgences.CFU, amo, "13.04", "4"}}, "4"},
		{"C2S séparée", func(p *urgences.Passage) {
			p.Droits.Situations = []droits.Droit[droits.CodeSituation]{{Code: "3"}}
		}, []part{{urgences.FPU, simphonie.AMC("88888888"), "23.00", "0"}}, "0"},
		{"C2S et Alsace-Moselle", func(p *urgences.Passage) { avec(avec(p, c2s), local) },
			[]part{{urgences.FPL, amo, "23.00", "0"}}, "0"},
		{"T20 AME et ALD", func(p *urgences.Passage) { avec(avec(p, ame), ald) },
			[]part{{urgences.FPU, ocame, "23.00", "0"}}, "0"},
		{"AME et maternité", func(p *urgences.Passage) { avec(p, ame).Soins.LieeMaternite = true },
			[]part{{urgences.FPU, ocame, "23.00", "0"}}, "0"},
		{"AT/MP", func(p *urgences.Passage) { avec(p, atDeclare).Soins.LieeAT = true },
			[]part{{urgences.FPV, patient, "9.96", "0"}, {urgences.CFU, amo, "13.04", "0"}}, "0"},
		{"AT/MP et ALD", func(p *urgences.Passage) { avec(avec(p, atDeclare), ald).Soins.LieeAT = true },
			[]part{{urgences.FPV, patient, "9.96", "0"}, {urgences.CFU, amo, "13.04", "0"}}, "0"},
		{"maternité et AT/MP", func(p *urgences.Passage) {
			avec(p, atDeclare).Soins.LieeAT = true
			p.Droits.ETM = []droits.Droit[droits.CodeETM]{{Code: droits.ETMMaternite}}
		}, []part{{urgences.FPV, patient, "9.96", "0"}, {urgences.CFU, amo, "13.04", "0"}}, "0"},
		{"maternité", func(p *urgences.Passage) {
			p.Droits.ETM = []droits.Droit[droits.CodeETM]{{Code: droits.ETMMaternite}}
		}, []part{{urgences.FPX, amo, "23.00", "0"}}, "0"},
		{"pension militaire", func(p *urgences.Passage) {
			p.Droits.ETM = []droits.Droit[droits.CodeETM]{{Code: "01"}}
		}, []part{{urgences.FPX, amo, "23.00", "5"}}, "5"},
		{"invalidité", func(p *urgences.Passage) {
			p.Droits.ETM = []droits.Droit[droits.CodeETM]{{Code: "14"}}
		}, []part{{urgences.FPX, amo, "23.00", "5"}}, "5"},
		{"invalidité et ALD", func(p *urgences.Passage) {
			p.Droits.ETM = []droits.Droit[droits.CodeETM]{{Code: "14"}, {Code: "16"}}
		}, []part{{urgences.FPX, amo, "23.00", "5"}}, "5"},
		{"détenu par la carte", func(p *urgences.Passage) { p.Droits.CodeGestion = "65" }, []part{{urgences.FPX, amo, "23.00", "5"}}, "5"},
		{"détenu par CDRi", func(p *urgences.Passage) {
			zero := "0"
			p.Droits.CHAANN = &zero
			p.Droits.ETM = []droits.Droit[droits.CodeETM]{{Code: "1"}}
		}, []part{{urgences.FPX, amo, "23.00", "5"}}, "5"},
		{"mines", func(p *urgences.Passage) { avec(p, mines) }, []part{{urgences.FPX, amo, "23.00", "6"}}, "6"},
		{"mines et ALD", func(p *urgences.Passage) { avec(avec(p, mines), ald) }, []part{{urgences.FPX, amo, "23.00", "6"}}, "6"},
		{"attentat", func(p *urgences.Passage) { p.Soins.Attentat = true }, []part{{urgences.FPX, amo, "23.00", "5"}}, "5"},
		{"violence sexuelle sur mineur", func(p *urgences.Passage) { p.Soins.ViolenceSexuelle = true }, []part{{urgences.FPX, amo, "23.00", "3"}}, "3"},
		{"donneur d'organe, décision de l'appelant", func(p *urgences.Passage) {
			p.Soins.Exoneration = &urgences.ExonerationForcee{Code: "3", Motif: "don d'organe", Reference: "art. L. 160-14 CSS"}
		}, []part{{urgences.FPX, amo, "23.00", "3"}}, "3"},
		{"RSS de passage", func(p *urgences.Passage) {
			p.Droits.Beneficiaire.NIR = simphonie.NIRRecu("5555555555555")
		}, []part{{urgences.FPU, patient, "23.00", "0"}}, "0"},
		{"RSS permanent et C2S", func(p *urgences.Passage) { p.Droits.CodeGestion = "70"; avec(p, c2s) },
			[]part{{urgences.FPU, oc2s, "23.00", "0"}}, "0"},
		{"ASPA ne change rien", func(p *urgences.Passage) {
			p.Droits.MTM = []droits.Droit[droits.CodeMTM]{{Code: "8"}}
		}, []part{{urgences.FPU, patient, "23.00", "0"}}, "0"},
		{"prévention", func(p *urgences.Passage) { p.Soins.Prevention = true }, []part{{urgences.FPU, patient, "23.00", "0"}}, "0"},
	} {
		t.Run(c.nom, func(t *testing.T) {
			p := ordinaire(t, "2026-03-04 10:00")
			c.change(p)
			r := compute(t, p, options(t, connuAu))
			require.Equal(t, urgences.Facturable, r.Issue, "%v", r.Anomalies)
			f := &r.Facture
			require.Len(t, f.Lignes, 1+len(c.attendu), "%v", codes(f))
			assert.Equal(t, c.exoForfait, f.Lignes[0].Exoneration.String(), "the forfaits follow the patient part")
			for i, a := range c.attendu {
				l, part := f.Lignes[1+i], f.Parts[1+i]
				assert.Equal(t, a.code, l.Code)
				assert.Equal(t, a.debiteur, part.Debiteur)
				assert.Equal(t, a.montant, part.Montant.String())
				assert.Equal(t, a.exo, l.Exoneration.String())
			}
		})
	}
}

// The four amounts of FPU in the cases that look alike (RG_VF500, 504, 505).
func TestMontantsFPU(t *testing.T) {
	for nom, c := range map[string]struct {
		droit                func(a *droits.Acquisition)
		brAMO, mro, mrc, hon string
		qualificatif         facture.Qualificatif
	}{
		"AME":    {ame, "0.00", "0.00", "23.00", "23.00", facture.QualifNonRemboursable},
		"C2S":    {c2s, "23.00", "0.00", "23.00", "23.00", facture.QualifNormal},
		"autres": {func(*droits.Acquisition) {}, "23.00", "0.00", "0.00", "23.00", facture.QualifNormal},
		"local":  {local, "23.00", "23.00", "0.00", "23.00", facture.QualifNormal},
	} {
		r := compute(t, avec(ordinaire(t, "2026-03-04 10:00"), c.droit), options(t, connuAu))
		l := r.Facture.Lignes[1]
		assert.Equal(t, [4]string{c.brAMO, c.mro, c.mrc, c.hon},
			[4]string{l.BRAMO.String(), l.MRO.String(), l.MRC.String(), l.Honoraires.String()}, nom)
		assert.Equal(t, c.qualificatif, l.Qualificatif, nom)
		fu := r.Facture.Lignes[0]
		if nom == "AME" { // RG_VF650: no base, rate 0, qualifier N on every line
			assert.Equal(t, [4]string{"0.00", "0.00", "30.33", "30.33"},
				[4]string{fu.BRAMO.String(), fu.MRO.String(), fu.MRC.String(), fu.Honoraires.String()})
			assert.Equal(t, facture.QualifNonRemboursable, fu.Qualificatif)
			assert.Equal(t, "53.33", du(t, &r.Facture, simphonie.AMC("75500017")), "30.33 + 23.00")
			continue
		}
		assert.Equal(t, "30.33", fu.MRO.String())
		assert.Equal(t, simphonie.Cent, fu.Taux)
	}
}
