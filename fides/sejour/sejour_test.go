package sejour_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/fides/sejour"
	"github.com/simphonie/simphonie/tarif"
)

// Expected amounts by hand. 700.10 a day; three nights: 2100.30, of which 80 %
// is 1680.24 and the rest 420.06; forfait journalier on four days of March 2026: 92.00.
func TestSejours(t *testing.T) {
	amcC2S := "amc 99999997"
	for _, c := range []struct {
		nom     string
		sejour  func() *sejour.Sejour
		options func(*sejour.Options)
		lignes  []string
	}{
		{"ordinaire", func() *sejour.Sejour { return ordinaire(t, "2026-03-03", "2026-03-06") }, nil,
			[]string{"TJ1 03-03/03-05 2100.30 : amo 1680.24 patient 420.06", "FJ 03-03/03-06 92.00 : patient 92.00"}},
		// The price of the forfait changes on 1 March: 2 days at 20.50, 3 at 23.
		{"prix du forfait", func() *sejour.Sejour { return ordinaire(t, "2026-02-27", "2026-03-03") }, nil,
			[]string{"TJ1 02-27/03-02 2800.40 : amo 2240.32 patient 560.08", "FJ 02-27/02-28 41.00 : patient 41.00", "FJ 03-01/03-03 69.00 : patient 69.00"}},
		{"psychiatrie", func() *sejour.Sejour {
			s := ordinaire(t, "2026-02-28", "2026-03-01")
			s.Discipline = sejour.Psychiatrie
			return s
		}, nil, []string{"TJ1 02-28/02-28 700.10 : amo 560.08 patient 140.02", "FJ 02-28/02-28 15.25 : patient 15.25", "FJ 03-01/03-01 17.00 : patient 17.00"}},
		{"jour de sortie non compté", func() *sejour.Sejour { return ordinaire(t, "2026-03-03", "2026-03-06") },
			func(o *sejour.Options) { o.Interpretations.Sortie = sejour.SortieNonComptee },
			[]string{"TJ1 03-03/03-05 2100.30 : amo 1680.24 patient 420.06", "FJ 03-03/03-05 69.00 : patient 69.00"}},
		// The same day: no forfait journalier.
		{"même jour", func() *sejour.Sejour { return ordinaire(t, "2026-03-03", "2026-03-03") }, nil,
			[]string{"TJ1 03-03/03-03 700.10 : amo 560.08 patient 140.02"}},
		// ALD from the third day: one line for each rate.
		{"ALD en cours de séjour", func() *sejour.Sejour {
			s := avec(ordinaire(t, "2026-03-03", "2026-03-08"), etm("8", depuis("2026-03-05")))
			s.Soins.ConformeALD = true
			return s
		}, nil, []string{"TJ1 03-03/03-04 1400.20 : amo 1120.16 patient 280.04", "TJ1 03-05/03-07 2100.30 : amo 2100.30", "FJ 03-03/03-08 138.00 : patient 138.00"}},
		// C2S from the second day, and a table that says that it bears the forfait.
		{"C2S en cours de séjour", func() *sejour.Sejour {
			return avec(ordinaire(t, "2026-03-03", "2026-03-05"), situation("1", depuis("2026-03-04")))
		}, func(o *sejour.Options) {
			o.PayeursFJ = []sejour.PayeurFJ{{Situation: sejour.EnC2S, Payeur: sejour.PayeurC2S, Reference: "FICTIF"}}
		}, []string{"TJ1 03-03/03-03 700.10 : amo 560.08 patient 140.02", "FJ 03-03/03-03 23.00 : patient 23.00",
			"TJ1 03-04/03-04 700.10 : amo 560.08 " + amcC2S + " 140.02", "FJ 03-04/03-05 46.00 : " + amcC2S + " 46.00"}},
		{"AME", func() *sejour.Sejour { return avec(ordinaire(t, "2026-03-03", "2026-03-04"), situation("10")) },
			func(o *sejour.Options) {
				o.PayeursFJ = []sejour.PayeurFJ{{Situation: sejour.EnAME, Payeur: sejour.PayeurAME, Reference: "FICTIF"}}
			},
			[]string{"TJ1 03-03/03-03 700.10 : amc 75500017 700.10", "FJ 03-03/03-04 46.00 : amc 75500017 46.00"}},
		{"maternité", func() *sejour.Sejour { return avec(ordinaire(t, "2026-03-03", "2026-03-04"), etm("6")) }, nil,
			[]string{"TJ1 03-03/03-03 700.10 : amo 700.10", "FJ 03-03/03-04 46.00 : amo 46.00"}},
		{"AT, table chargée", func() *sejour.Sejour {
			s := avec(ordinaire(t, "2026-03-03", "2026-03-04"), atDeclare)
			s.Soins.LieeAT = true
			return s
		}, func(o *sejour.Options) {
			o.PayeursFJ = []sejour.PayeurFJ{{Situation: sejour.EnATMP, Payeur: sejour.PayeurRegime, Reference: "FICTIF"}}
		}, []string{"TJ1 03-03/03-03 700.10 : amo 700.10", "FJ 03-03/03-04 46.00 : amo 46.00"}},
		{"régime local à 100 %", func() *sejour.Sejour { return avec(ordinaire(t, "2026-03-03", "2026-03-04"), mtm("9")) },
			func(o *sejour.Options) { o.Interpretations.RegimeLocal = sejour.LocalCent },
			[]string{"TJ1 03-03/03-03 700.10 : amo 700.10", "FJ 03-03/03-04 46.00 : amo 46.00"}},
		{"détenu", func() *sejour.Sejour {
			return avec(ordinaire(t, "2026-03-03", "2026-03-04"), func(d *droits.Acquisition) { d.CodeGestion = "65" })
		}, nil, []string{"TJ1 03-03/03-03 700.10 : amo 700.10", "FJ 03-03/03-04 46.00 : amo 46.00"}},
		{"complémentaire déclarée", func() *sejour.Sejour {
			s := ordinaire(t, "2026-03-03", "2026-03-04")
			s.AMC = "0012345678"
			return s
		}, func(o *sejour.Options) { o.Interpretations.AMCDeclaree = sejour.AMCAssureur },
			[]string{"TJ1 03-03/03-03 700.10 : amo 560.08 amc 12345678 140.02", "FJ 03-03/03-04 46.00 : amc 12345678 46.00"}},
		// A loaded base: its price changes on 1 March.
		{"base chargée", func() *sejour.Sejour {
			s := ordinaire(t, "2026-02-28", "2026-03-02")
			s.Bases = []sejour.Base{{Code: "TJ2", Du: jour("2026-02-28"), Au: jour("2026-03-01")}}
			return s
		}, nil, []string{"TJ2 02-28/02-28 801.01 : amo 640.81 patient 160.20", "FJ 02-28/02-28 20.50 : patient 20.50",
			"TJ2 03-01/03-01 812.03 : amo 649.62 patient 162.41", "FJ 03-01/03-02 46.00 : patient 46.00"}},
		// A charge of each kind.
		{"frais", func() *sejour.Sejour {
			s := ordinaire(t, "2026-03-03", "2026-03-04")
			s.AMC = "12345678"
			s.Frais = []sejour.Frais{
				{Code: "TEL", Jour: jour("2026-03-04"), Quantite: 2, PrixUnitaire: 1_055_000, Debiteur: simphonie.RecettesDiverses, Reference: "FICTIF"},
				{Code: "CP", Jour: jour("2026-03-03"), Quantite: 1, PrixUnitaire: 60_000_000, Debiteur: simphonie.AMC("12345678"), Reference: "FICTIF"}}
			return s
		}, nil, []string{"TJ1 03-03/03-03 700.10 : amo 560.08 patient 140.02", "FJ 03-03/03-04 46.00 : patient 46.00",
			"CP 60.00 : amc 12345678 60.00", "TEL 2.11 : recettes-diverses 2.11"}},
		// A leave of one day: no forfait, no base.
		{"permission", func() *sejour.Sejour {
			s := ordinaire(t, "2026-03-03", "2026-03-06")
			s.Bases[0].Au = jour("2026-03-03")
			s.Bases = append(s.Bases, sejour.Base{Code: "TJ1", Du: jour("2026-03-05"), Au: jour("2026-03-05"), Prix: 700_100_000, Reference: "FICTIF TJ"})
			s.DecisionsFJ = []sejour.DecisionFJ{{Du: jour("2026-03-04"), Au: jour("2026-03-04"), Payeur: sejour.PayeurAucun, Motif: "permission", Reference: "FICTIF"}}
			return s
		}, nil, []string{"TJ1 03-03/03-03 700.10 : amo 560.08 patient 140.02", "FJ 03-03/03-03 23.00 : patient 23.00",
			"TJ1 03-05/03-05 700.10 : amo 560.08 patient 140.02", "FJ 03-05/03-06 46.00 : patient 46.00"}},
		{"taux décidé", func() *sejour.Sejour {
			s := ordinaire(t, "2026-03-03", "2026-03-05")
			s.DecisionsTM = []sejour.DecisionTM{{Du: jour("2026-03-04"), Au: jour("2026-03-05"), Taux: simphonie.Cent, Exoneration: droits.ExoTraitement, Motif: "donneur", Reference: "FICTIF"}}
			return s
		}, nil, []string{"TJ1 03-03/03-03 700.10 : amo 560.08 patient 140.02", "TJ1 03-04/03-04 700.10 : amo 700.10", "FJ 03-03/03-05 69.00 : patient 69.00"}},
	} {
		o := options(t)
		if c.options != nil {
			c.options(o)
		}
		r := compute(t, c.sejour(), o)
		require.Equal(t, sejour.Chiffre, r.Issue, "%s: %v", c.nom, r.Anomalies)
		assert.ElementsMatch(t, c.lignes, lignes(&r.Facture), c.nom)
		assert.Equal(t, simphonie.Code("SEJ-CHIFFRE"), r.Motif)
	}
}

// From the 31st day of hospitalisation, that of entry being the first, no
// ticket modérateur: 1 March + 30 days is 31 March.
func TestTrenteEtUniemeJour(t *testing.T) {
	r := compute(t, ordinaire(t, "2026-03-01", "2026-04-03"), options(t))
	// 30 × 700.10 = 21003.00, 80 % = 16802.40; 31 March to 2 April: 2100.30; forfait: 34 × 23.
	assert.Equal(t, []string{"TJ1 03-01/03-30 21003.00 : amo 16802.40 patient 4200.60", "TJ1 03-31/04-02 2100.30 : amo 2100.30",
		"FJ 03-01/04-03 782.00 : patient 782.00"}, lignes(&r.Facture))
	assert.Contains(t, decisions(&r), simphonie.Code("SEJ-JOUR-EXONERE"))
	assert.Contains(t, decisions(&r), simphonie.Code("SEJ-I-JOUR-EXONERE"))

	// Days of before count; another day may be read.
	s := ordinaire(t, "2026-03-01", "2026-03-03")
	s.JoursAnterieurs = 29
	r = compute(t, s, options(t))
	assert.Equal(t, "TJ1 03-02/03-02 700.10 : amo 700.10", lignes(&r.Facture)[1])
	o := options(t)
	o.Interpretations.JourExonere = 32
	r = compute(t, s, o)
	assert.Equal(t, "TJ1 03-01/03-02 1400.20 : amo 1120.16 patient 280.04", lignes(&r.Facture)[0])

	// One day past: the base rate is not wanted any more, the exempt day decides.
	s = ordinaire(t, "2026-03-01", "2026-03-03")
	s.JoursAnterieurs, s.Bases[0].Code = 30, "TJ9"
	r = compute(t, s, options(t))
	assert.Equal(t, sejour.Chiffre, r.Issue)
	// The AME goes on paying it all.
	s = avec(s, situation("10"))
	s.DecisionsFJ = []sejour.DecisionFJ{{Du: jour("2026-03-01"), Au: jour("2026-03-03"), Payeur: sejour.PayeurAME, Motif: "m", Reference: "r"}}
	r = compute(t, s, options(t))
	assert.Equal(t, []string{"TJ9 03-01/03-02 1400.20 : amc 75500017 1400.20", "FJ 03-01/03-03 69.00 : amc 75500017 69.00"}, lignes(&r.Facture))
}

// The newborn: no ticket modérateur and no forfait from birth to the 30th day.
func TestNouveauNe(t *testing.T) {
	s := ordinaire(t, "2026-03-03", "2026-03-05")
	s.Naissance = simphonie.NaissanceLe(jour("2026-02-02")) // 30 days old on 4 March
	r := compute(t, s, options(t))
	assert.Equal(t, []simphonie.Code{"SEJ-FJ-NOUVEAU-NE-APRES"}, r.Anomalies.Codes())
	assert.Equal(t, sejour.AVerifier, r.Issue)
	for lecture, fj := range map[sejour.FJNouveauNe][]string{sejour.NouveauNeSejour: nil, sejour.NouveauNeParJour: {"FJ 03-05/03-05 23.00 : patient 23.00"}} {
		o := options(t)
		o.Interpretations.FJNouveauNe = lecture
		r = compute(t, s, o)
		assert.Equal(t, append([]string{"TJ1 03-03/03-04 1400.20 : amo 1400.20"}, fj...), lignes(&r.Facture))
	}
	s.Naissance = simphonie.NaissanceLe(jour("2026-02-01")) // 31 days old on 4 March
	o := options(t)
	o.Interpretations.FJNouveauNe = sejour.NouveauNeSejour
	r = compute(t, s, o)
	assert.Equal(t, []string{"TJ1 03-03/03-03 700.10 : amo 700.10", "TJ1 03-04/03-04 700.10 : amo 560.08 patient 140.02"}, lignes(&r.Facture))
	assert.Contains(t, decisions(&r), simphonie.Code("SEJ-I-NOUVEAU-NE"))
	assert.Contains(t, decisions(&r), simphonie.Code("SEJ-FJ-NOUVEAU-NE"))
}

// Stays without forfait journalier as a whole.
func TestSansForfaitJournalier(t *testing.T) {
	for _, f := range []func(*sejour.Sejour){
		func(s *sejour.Sejour) { s.Seance = true },
		func(s *sejour.Sejour) { s.GHM = "28Z04Z" },
		func(s *sejour.Sejour) { s.GHM = "14Z08Z" },
		func(s *sejour.Sejour) { s.GHM = "23k02z" },
	} {
		s := ordinaire(t, "2026-03-03", "2026-03-04")
		f(s)
		r := compute(t, s, options(t))
		assert.Equal(t, []string{"TJ1 03-03/03-03 700.10 : amo 560.08 patient 140.02"}, lignes(&r.Facture))
		assert.Contains(t, decisions(&r), simphonie.Code("SEJ-FJ-SANS-OBJET"))
	}
}

// What the texts do not settle is left to a person, and names its rule.
func TestAVerifier(t *testing.T) {
	for _, c := range []struct {
		code simphonie.Code
		f    func(*sejour.Sejour, *sejour.Options)
	}{
		{"SEJ-FJ-SITUATION", func(s *sejour.Sejour, _ *sejour.Options) { avec(s, situation("1")) }},
		{"SEJ-FJ-SITUATION", func(s *sejour.Sejour, _ *sejour.Options) { avec(s, situation("10")) }},
		{"SEJ-FJ-SITUATION", func(s *sejour.Sejour, _ *sejour.Options) { avec(s, atDeclare); s.Soins.LieeAT = true }},
		{"SEJ-FJ-SITUATION", func(s *sejour.Sejour, _ *sejour.Options) { avec(s, etm("1")) }},
		{"SEJ-FJ-EXONERE", func(s *sejour.Sejour, o *sejour.Options) {
			avec(s, etm("14"))
			o.Interpretations.FJExoneres = ""
		}},
		{"SEJ-FJ-PAYEUR-ABSENT", func(s *sejour.Sejour, _ *sejour.Options) {
			s.DecisionsFJ = []sejour.DecisionFJ{{Du: jour("2026-03-03"), Au: jour("2026-03-04"), Payeur: sejour.PayeurC2S, Motif: "m", Reference: "r"}}
		}},
		{"SEJ-TAUX-A-VERIFIER", func(s *sejour.Sejour, _ *sejour.Options) { avec(s, mtm("9")) }},
		{"SEJ-TAUX-A-VERIFIER", func(s *sejour.Sejour, _ *sejour.Options) { avec(s, mtm("8")) }},
		{"SEJ-TAUX-A-VERIFIER", func(s *sejour.Sejour, o *sejour.Options) {
			avec(s, etm("6"))
			o.Interpretations.ListeTaux = sejour.ListeAVerifier
		}},
		{"SEJ-DECISION-AME", func(s *sejour.Sejour, _ *sejour.Options) {
			avec(s, situation("10"))
			s.DecisionsTM = []sejour.DecisionTM{{Du: jour("2026-03-03"), Au: jour("2026-03-04"), Taux: simphonie.Cent, Motif: "m", Reference: "r"}}
			s.DecisionsFJ = []sejour.DecisionFJ{{Du: jour("2026-03-03"), Au: jour("2026-03-04"), Payeur: sejour.PayeurAME, Motif: "m", Reference: "r"}}
		}},
		{"SEJ-BASE-TROU", func(s *sejour.Sejour, _ *sejour.Options) { s.Bases = nil }},
		{"SEJ-BASE-TROU", func(s *sejour.Sejour, _ *sejour.Options) { s.Sortie = s.Sortie.AddDate(0, 0, 1) }},
		{"SEJ-BASE-INDIVISE", func(s *sejour.Sejour, _ *sejour.Options) {
			s.Sortie = s.Sortie.AddDate(0, 0, 1)
			s.Bases = []sejour.Base{{Code: "GHS", Du: jour("2026-03-03"), Au: jour("2026-03-05"), Montant: 300000, Reference: "FICTIF"}}
			avec(s, etm("8", depuis("2026-03-05")))
			s.Soins.ConformeALD = true
		}},
		{"SEJ-NAISSANCE-LUNAIRE", func(s *sejour.Sejour, _ *sejour.Options) {
			n, err := simphonie.ParseDateNaissance("2025-42-00")
			require.NoError(t, err)
			s.Naissance = n
		}},
		{"DROITS-ABSENTS", func(s *sejour.Sejour, _ *sejour.Options) { s.Droits = nil }},
		{"DROITS-FERMES", func(s *sejour.Sejour, _ *sejour.Options) {
			s.Droits.Periodes = []simphonie.Periode{{Au: jour("2026-03-03")}}
		}},
	} {
		s, o := ordinaire(t, "2026-03-03", "2026-03-04"), options(t)
		c.f(s, o)
		r := compute(t, s, o)
		assert.Equal(t, sejour.AVerifier, r.Issue, c.code)
		assert.Equal(t, c.code, r.Motif, "%v", r.Anomalies)
		assert.Contains(t, r.Anomalies.Codes(), c.code)
		assert.Empty(t, r.Facture.Lignes)
	}
}

// The readings that lift those questions.
func TestLectures(t *testing.T) {
	for _, c := range []struct {
		f     func(*sejour.Sejour, *sejour.Options)
		ligne string
		code  simphonie.Code
	}{
		{func(s *sejour.Sejour, o *sejour.Options) {
			avec(s, mtm("9"))
			o.Interpretations.RegimeLocal = sejour.LocalExterne
		}, "TJ1 03-03/03-03 700.10 : amo 630.09 patient 70.01", "SEJ-LOCAL"},
		{func(s *sejour.Sejour, o *sejour.Options) {
			avec(s, mtm("8"))
			o.Interpretations.TauxPropres = sejour.PropresExterne
		}, "TJ1 03-03/03-03 700.10 : amo 560.08 patient 140.02", "SEJ-I-TAUX-PROPRES"},
		{func(s *sejour.Sejour, _ *sejour.Options) { avec(s, etm("14")) }, "TJ1 03-03/03-03 700.10 : amo 700.10", "SEJ-I-FJ-EXONERES"},
		{func(s *sejour.Sejour, _ *sejour.Options) { s.Droits.Organisme.Regime = "07" }, "TJ1 03-03/03-03 700.10 : amo 700.10", "SEJ-I-LISTE-TAUX"},
		{func(s *sejour.Sejour, _ *sejour.Options) { avec(s, mtm("6")) }, "TJ1 03-03/03-03 700.10 : amo 700.10", "DROITS-TAUX-RENTE"},
		{func(s *sejour.Sejour, _ *sejour.Options) { s.Droits.Organisme.Regime = "10" }, "TJ1 03-03/03-03 700.10 : amo 700.10", "DROITS-TAUX-DE-BASE"},
		{func(s *sejour.Sejour, _ *sejour.Options) { s.Soins.TraitementExonerant = true }, "TJ1 03-03/03-03 700.10 : amo 700.10", "DROITS-TAUX-TRAITEMENT"},
		{func(s *sejour.Sejour, _ *sejour.Options) { s.Soins.Prevention = true }, "TJ1 03-03/03-03 700.10 : amo 700.10", "DROITS-TAUX-NATURE"},
		{func(s *sejour.Sejour, _ *sejour.Options) { avec(s, etm("8")); s.Soins.ConformeALD = true }, "TJ1 03-03/03-03 700.10 : amo 700.10", "DROITS-TAUX-ALD"},
	} {
		s, o := ordinaire(t, "2026-03-03", "2026-03-04"), options(t)
		c.f(s, o)
		r := compute(t, s, o)
		require.Equal(t, sejour.Chiffre, r.Issue, "%v", r.Anomalies)
		assert.Equal(t, c.ligne, lignes(&r.Facture)[0])
		assert.Contains(t, decisions(&r), c.code)
	}
}

// Everything wrong with the data comes back at once.
func TestDonnees(t *testing.T) {
	s := ordinaire(t, "2026-03-03", "2026-03-06")
	s.Venue, s.Etablissement.FINESS, s.Discipline, s.JoursAnterieurs, s.AMC = "", "75", "had", -1, "12A"
	s.Naissance = simphonie.NaissanceLe(jour("2026-03-04"))
	s.Suite = &sejour.Suite{Venue: "1"}
	s.Bases = append(s.Bases, sejour.Base{Code: "TJ1", Du: jour("2026-03-02"), Au: jour("2026-03-03")})
	s.Actes = []sejour.Acte{{Code: "X", Jour: jour("2026-03-07"), Montant: 1}}
	s.DecisionsTM = []sejour.DecisionTM{{Du: jour("2026-03-03"), Au: jour("2026-03-03"), Exoneration: droits.ExoALD, Motif: "m", Reference: "r"}}
	s.DecisionsFJ = []sejour.DecisionFJ{{Du: jour("2026-03-03"), Au: jour("2026-03-03"), Payeur: "roi", Motif: "m", Reference: "r"}}
	s.Frais = []sejour.Frais{{Code: "CP", Jour: jour("2026-03-03"), Quantite: 1, PrixUnitaire: 1, Debiteur: simphonie.AMO, Reference: "r"}}
	r := compute(t, s, options(t))
	assert.Equal(t, []simphonie.Code{"SEJ-VENUE", "SEJ-FINESS", "SEJ-DISCIPLINE", "SEJ-VALEUR", "SEJ-VALEUR", "SEJ-VALEUR", "SEJ-NAISSANCE-APRES",
		"SEJ-BASE", "SEJ-ACTE", "SEJ-DECISION", "SEJ-DECISION", "SEJ-FRAIS"}, r.Anomalies.Codes())
	assert.Equal(t, simphonie.Code("SEJ-VENUE"), r.Motif)

	for _, c := range []struct {
		code simphonie.Code
		f    func(*sejour.Sejour)
	}{
		{"SEJ-ETABLISSEMENT", func(s *sejour.Sejour) { s.Etablissement.Secteur = "" }},
		{"SEJ-ETABLISSEMENT", func(s *sejour.Sejour) { s.Etablissement.Territoire = 0 }},
		{"SEJ-DATES", func(s *sejour.Sejour) { s.Entree, s.Sortie = s.Sortie, s.Entree }},
		{"SEJ-DATES", func(s *sejour.Sejour) { s.Entree = s.Entree.AddDate(-20, 0, 0) }},
		{"SEJ-DATES", func(s *sejour.Sejour) { s.Sortie = s.Sortie.AddDate(9000, 0, 0) }},
		{"SEJ-DUREE", func(s *sejour.Sejour) { s.Sortie = s.Sortie.AddDate(20, 0, 0) }},
		{"SEJ-NAISSANCE", func(s *sejour.Sejour) { s.Naissance = simphonie.DateNaissance{} }},
		{"SEJ-BASES-TROP", func(s *sejour.Sejour) {
			s.Sortie = s.Sortie.AddDate(10, 0, 0)
			s.Bases = nil
			for i := range 5 {
				s.Bases = append(s.Bases, sejour.Base{Code: tarif.Code("TJ" + string(rune('0'+i))), Du: jour("2026-03-03"), Au: jour("2036-03-06"), Prix: 1, Reference: "r"})
			}
		}},
		{"SEJ-BASE-CROISE", func(s *sejour.Sejour) { s.Bases = append(s.Bases, s.Bases[0]) }},
		{"SEJ-BASE", func(s *sejour.Sejour) { s.Bases[0].Montant = 1 }},
		{"SEJ-BASE", func(s *sejour.Sejour) { s.Bases[0].Reference = "" }},
		{"SEJ-BASE", func(s *sejour.Sejour) { s.Bases[0].Prix = -1 }},
		{"SEJ-VALEUR", func(s *sejour.Sejour) { s.Frais = make([]sejour.Frais, 3661) }},
		{"SEJ-DECISION", func(s *sejour.Sejour) {
			d := sejour.DecisionTM{Du: jour("2026-03-03"), Au: jour("2026-03-04"), Motif: "m", Reference: "r"}
			s.DecisionsTM = []sejour.DecisionTM{d, d}
		}},
		{"SEJ-MONTANT", func(s *sejour.Sejour) { s.Frais = gros(1 << 60) }},
		{"SEJ-MONTANT", func(s *sejour.Sejour) { s.Bases[0].Prix = 0; s.Bases[0].Montant = 1<<63 - 1 }},
		{"SEJ-ANONYME", func(s *sejour.Sejour) { s.Droits.Particulieres = []droits.Droit[string]{{Code: "SP10"}} }},
	} {
		s := ordinaire(t, "2026-03-03", "2026-03-06")
		c.f(s)
		r := compute(t, s, options(t))
		assert.Equal(t, sejour.AVerifier, r.Issue, c.code)
		assert.Contains(t, r.Anomalies.Codes(), c.code)
	}
	// Several unknown codes are all told, and each once whatever the days.
	s = avec(ordinaire(t, "2026-03-03", "2026-03-20"), etm("42"), etm("43"))
	s.Droits.Periodes = []simphonie.Periode{{Au: jour("2026-03-05")}}
	r = compute(t, s, options(t))
	assert.Equal(t, []simphonie.Code{"DROITS-ETM-INCONNUE", "DROITS-ETM-INCONNUE", "DROITS-FERMES"}, r.Anomalies.Codes())
	// Alerts let the stay go.
	s = avec(ordinaire(t, "2026-03-03", "2026-12-20"), etm("6", depuis("2026-05-01")))
	r = compute(t, s, options(t))
	assert.Equal(t, sejour.Chiffre, r.Issue)
	assert.Equal(t, []simphonie.Code{"SEJ-APRES-CONNU", "SEJ-NATURE-CHANGE"}, r.Anomalies.Codes())
	assert.Equal(t, droits.Maladie, r.Facture.Nature)
}

func gros(n int) []sejour.Frais {
	return []sejour.Frais{{Code: "CP", Jour: jour("2026-03-03"), Quantite: n, PrixUnitaire: 1<<63 - 1, Debiteur: simphonie.Patient, Reference: "r"}}
}

// What is not loaded is an error with its type, once for each thing.
func TestNonCharge(t *testing.T) {
	publics, err := sejour.TarifsPublies()
	require.NoError(t, err)
	o := options(t)
	o.Tarifs = publics
	r, err := sejour.Compute(ordinaire(t, "2026-02-20", "2026-03-06"), o)
	var manque *tarif.TarifNonCharge
	require.ErrorAs(t, err, &manque)
	assert.Equal(t, tarif.Code("FJ"), manque.Code)
	assert.Equal(t, jour("2026-02-20"), manque.Jour)
	assert.Equal(t, simphonie.Code("TARIF-NON-CHARGE"), r.Motif)
	assert.Empty(t, r.Facture.Lignes)
	r, err = sejour.Compute(ordinaire(t, "2026-03-01", "2026-03-06"), o)
	require.NoError(t, err)
	assert.Equal(t, sejour.Chiffre, r.Issue)

	o = options(t)
	o.Baremes.Base = nil
	_, err = sejour.Compute(ordinaire(t, "2026-03-01", "2026-03-06"), o)
	var e *simphonie.Erreur
	require.ErrorAs(t, err, &e)
	assert.Equal(t, simphonie.Code("DROITS-TAUX-ABSENT"), e.Code)

	for _, o := range []*sejour.Options{nil, {}, {ConnuAu: jour("2026-03-01"), Tarifs: publics, CodeFJ: "fj"},
		{ConnuAu: jour("2026-03-01"), Tarifs: publics, PayeursFJ: []sejour.PayeurFJ{{Situation: "autre", Payeur: sejour.PayeurAME, Reference: "r"}}}} {
		_, err = sejour.Compute(ordinaire(t, "2026-03-01", "2026-03-06"), o)
		assert.ErrorContains(t, err, "SEJ-OPTIONS")
	}
	_, err = sejour.Compute(nil, options(t))
	assert.ErrorContains(t, err, "SEJ-ABSENT")
	_, err = (*sejour.Sejour)(nil).EnClair()
	assert.ErrorContains(t, err, "SEJ-ABSENT")
	_, err = sejour.ChargerTarifs(nil)
	assert.Error(t, err)
}

// An answer that is not one of the choices is refused, by its code.
func TestInterpretations(t *testing.T) {
	i := sejour.Interpretations{ListeTaux: "x", RegimeLocal: "x", TauxPropres: "x", Sortie: "x", FJNouveauNe: "x", FJExoneres: "x",
		Cumul: "x", ActeTardif: "x", SuiteTMF: "x", AMCDeclaree: "x", JourExonere: -1, JoursNouveauNe: -1}
	err := i.Validate()
	for _, q := range sejour.InterpretationsPossibles() {
		assert.ErrorContains(t, err, string(q.Code))
	}
	o := options(t)
	o.Interpretations = i
	_, err = sejour.Compute(ordinaire(t, "2026-03-01", "2026-03-06"), o)
	assert.Error(t, err)
}
