package sejour_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/sejour"
)

func acte(j string, euros simphonie.Montant) sejour.Acte {
	return sejour.Acte{Code: "ZZZZ001", Jour: jour(j), Montant: euros * 100}
}

// The participation replaces the ticket modérateur of the whole stay, and is
// asked once: 2100.30 at 100 % less 24.00.
func TestSeuil(t *testing.T) {
	c2sFJ := func(o *sejour.Options) {
		o.PayeursFJ = []sejour.PayeurFJ{{Situation: sejour.EnC2S, Payeur: sejour.PayeurC2S, Reference: "FICTIF"}}
	}
	for _, c := range []struct {
		nom           string
		f             func(*sejour.Sejour)
		o             func(*sejour.Options)
		ligne         string
		participation facture.Participation
		exo           facture.Exoneration
		decision      simphonie.Code
	}{
		{"juste sous le seuil", func(s *sejour.Sejour) { s.Actes = []sejour.Acte{{Code: "X", Jour: jour("2026-03-04"), Montant: 11999}} }, nil,
			"TJ1 03-03/03-05 2100.30 : amo 1680.24 patient 420.06", 0, 0, "DROITS-TAUX-DE-BASE"},
		{"CCAM", func(s *sejour.Sejour) { s.Actes = []sejour.Acte{acte("2026-03-04", 120)} }, nil,
			"TJ1 03-03/03-05 2100.30 : amo 2076.30 patient 24.00", facture.ParticipationAssure, facture.ExoCCAM, "SEJ-SEUIL"},
		{"NGAP", func(s *sejour.Sejour) {
			s.Actes = []sejour.Acte{{Code: "K", Jour: jour("2026-03-04"), Coefficient: 60 * simphonie.Un}}
		}, nil, "TJ1 03-03/03-05 2100.30 : amo 2076.30 patient 24.00", facture.ParticipationAssure, facture.ExoK60, "SEJ-TMF"},
		{"deux actes, une participation", func(s *sejour.Sejour) { s.Actes = []sejour.Acte{acte("2026-03-05", 500), acte("2026-03-04", 120)} }, nil,
			"TJ1 03-03/03-05 2100.30 : amo 2076.30 patient 24.00", facture.ParticipationAssure, facture.ExoCCAM, "DROITS-TAUX-SEUIL"},
		{"C2S", func(s *sejour.Sejour) { avec(s, situation("1")); s.Actes = []sejour.Acte{acte("2026-03-04", 120)} }, c2sFJ,
			"TJ1 03-03/03-05 2100.30 : amo 2076.30 amc 99999997 24.00", facture.ParticipationAssure, facture.ExoCCAM, "SEJ-TMF"},
		{"régime de la table", func(s *sejour.Sejour) {
			s.Droits.Organisme.Regime = "95"
			s.Actes = []sejour.Acte{acte("2026-03-04", 120)}
		}, nil,
			"TJ1 03-03/03-05 2100.30 : amo 2100.30", facture.ParticipationRegime, facture.ExoCCAM, "SEJ-TMF-REGIME"},
		{"régime local", func(s *sejour.Sejour) { avec(s, mtm("9")); s.Actes = []sejour.Acte{acte("2026-03-04", 120)} }, nil,
			"TJ1 03-03/03-05 2100.30 : amo 2100.30", facture.ParticipationLocale, facture.ExoCCAM, "SEJ-TMF-REGIME"},
		{"ASPA", func(s *sejour.Sejour) { avec(s, mtm("8")); s.Actes = []sejour.Acte{acte("2026-03-04", 120)} }, nil,
			"TJ1 03-03/03-05 2100.30 : amo 2100.30", 0, facture.ExoCCAM, "SEJ-TMF-AUCUNE"},
		{"invalidité avant le seuil", func(s *sejour.Sejour) { avec(s, etm("14")); s.Actes = []sejour.Acte{acte("2026-03-04", 120)} }, nil,
			"TJ1 03-03/03-05 2100.30 : amo 2100.30", 0, facture.ExoBeneficiaire, "SEJ-SEUIL-ECARTE"},
		{"mines avant le seuil", func(s *sejour.Sejour) {
			s.Droits.Organisme.Regime = "07"
			s.Actes = []sejour.Acte{acte("2026-03-04", 120)}
		}, nil,
			"TJ1 03-03/03-05 2100.30 : amo 2100.30", 0, facture.ExoRegimeSpecial, "DROITS-TAUX-CANSSM"},
		{"cumul du jour", func(s *sejour.Sejour) { s.Actes = []sejour.Acte{acte("2026-03-04", 60), acte("2026-03-04", 60)} },
			func(o *sejour.Options) { o.Interpretations.Cumul = sejour.CumulDuJour },
			"TJ1 03-03/03-05 2100.30 : amo 2076.30 patient 24.00", facture.ParticipationAssure, facture.ExoCCAM, "SEJ-I-CUMUL"},
		{"pas de cumul", func(s *sejour.Sejour) { s.Actes = []sejour.Acte{acte("2026-03-04", 60), acte("2026-03-04", 60)} },
			func(o *sejour.Options) { o.Interpretations.Cumul = sejour.CumulActeSeul },
			"TJ1 03-03/03-05 2100.30 : amo 1680.24 patient 420.06", 0, 0, "SEJ-I-CUMUL"},
		{"autres jours", func(s *sejour.Sejour) { s.Actes = []sejour.Acte{acte("2026-03-03", 60), acte("2026-03-04", 60)} }, nil,
			"TJ1 03-03/03-05 2100.30 : amo 1680.24 patient 420.06", 0, 0, "SEJ-TICKET"},
		{"suite, une seule", func(s *sejour.Sejour) { s.Suite = &sejour.Suite{Venue: "8", Seuil: sejour.SeuilCCAM} },
			func(o *sejour.Options) { o.Interpretations.SuiteTMF = sejour.SuiteUneSeule },
			"TJ1 03-03/03-05 2100.30 : amo 2100.30", 0, facture.ExoCCAM, "SEJ-SEUIL-SUITE"},
		{"suite, chaque séjour", func(s *sejour.Sejour) { s.Suite = &sejour.Suite{Venue: "8", Seuil: sejour.SeuilNGAP} },
			func(o *sejour.Options) { o.Interpretations.SuiteTMF = sejour.SuiteChacun },
			"TJ1 03-03/03-05 2100.30 : amo 2076.30 patient 24.00", facture.ParticipationAssure, facture.ExoK60, "SEJ-I-SUITE-TMF"},
		{"suite d'un exonéré", func(s *sejour.Sejour) {
			avec(s, etm("14"))
			s.Suite = &sejour.Suite{Venue: "8", Seuil: sejour.SeuilCCAM}
		}, nil,
			"TJ1 03-03/03-05 2100.30 : amo 2100.30", 0, facture.ExoBeneficiaire, "DROITS-TAUX-BENEFICIAIRE"},
	} {
		s, o := ordinaire(t, "2026-03-03", "2026-03-06"), options(t)
		c.f(s)
		if c.o != nil {
			c.o(o)
		}
		r := compute(t, s, o)
		require.Equal(t, sejour.Chiffre, r.Issue, "%s: %v", c.nom, r.Anomalies)
		assert.Equal(t, c.ligne, lignes(&r.Facture)[0], c.nom)
		assert.Equal(t, c.participation, r.Facture.Lignes[0].Participation, c.nom)
		assert.Equal(t, c.exo, r.Facture.Lignes[0].Exoneration, c.nom)
		assert.Contains(t, decisions(&r), c.decision, c.nom)
	}
}

// Rights that change around the act: the line of its day carries, and only the
// days that nothing else exempts are exempt by it.
func TestSeuilEtPeriodes(t *testing.T) {
	s := avec(ordinaire(t, "2026-03-30", "2026-04-05"), etm("14", depuis("2026-04-02")))
	s.Actes = []sejour.Acte{acte("2026-04-01", 130)}
	s.Bases = append(s.Bases, sejour.Base{Code: "GHS", Du: jour("2026-03-30"), Au: jour("2026-03-31"), Montant: 100000, Reference: "FICTIF"})
	r := compute(t, s, options(t))
	// The price is that of the day of the act.
	assert.Equal(t, []string{"GHS 03-30/03-31 1000.00 : amo 1000.00", "TJ1 03-30/04-01 2100.30 : amo 2068.30 patient 32.00",
		"TJ1 04-02/04-04 2100.30 : amo 2100.30", "FJ 03-30/04-05 161.00 : patient 161.00"}, lignes(&r.Facture))
	// On the exempt days of another right, the act changes nothing of those before.
	s.Actes[0].Jour = jour("2026-04-02")
	r = compute(t, s, options(t))
	assert.Equal(t, "TJ1 03-30/04-01 2100.30 : amo 1680.24 patient 420.06", lignes(&r.Facture)[1])
	// A rate that a person decided on the day of the act is left alone.
	s = ordinaire(t, "2026-03-03", "2026-03-05")
	s.DecisionsTM = []sejour.DecisionTM{{Du: jour("2026-03-03"), Au: jour("2026-03-03"), Taux: simphonie.PourCent(90), Motif: "m", Reference: "r"}}
	s.Actes = []sejour.Acte{acte("2026-03-03", 130)}
	r = compute(t, s, options(t))
	assert.Equal(t, "TJ1 03-03/03-03 700.10 : amo 630.09 patient 70.01", lignes(&r.Facture)[0])
	assert.Equal(t, "TJ1 03-04/03-04 700.10 : amo 560.08 patient 140.02", lignes(&r.Facture)[1])
	// The exempt day and the threshold: one line, one participation.
	s = ordinaire(t, "2026-04-01", "2026-05-10")
	s.Actes = []sejour.Acte{acte("2026-04-02", 130)}
	r = compute(t, s, options(t))
	assert.Equal(t, []string{"TJ1 04-01/05-09 27303.90 : amo 27271.90 patient 32.00", "FJ 04-01/05-10 920.00 : patient 920.00"}, lignes(&r.Facture))
}

// A stay that follows, exempt by another right on its first day: the
// participation goes with the first day that only the stay before exempts.
func TestSuitePeriodes(t *testing.T) {
	s := avec(ordinaire(t, "2026-03-03", "2026-03-08"), etm("14", simphonie.Periode{Au: jour("2026-03-04")}))
	s.Suite = &sejour.Suite{Venue: "8", Seuil: sejour.SeuilCCAM}
	o := options(t)
	assert.Equal(t, []simphonie.Code{"SEJ-SUITE-TMF"}, compute(t, s, o).Anomalies.Codes())
	o.Interpretations.SuiteTMF = sejour.SuiteChacun
	r := compute(t, s, o)
	assert.Equal(t, []string{"TJ1 03-03/03-04 1400.20 : amo 1400.20", "TJ1 03-05/03-07 2100.30 : amo 2076.30 patient 24.00"}, lignes(&r.Facture)[:2])
	// Past the exempt day it no longer matters.
	s.JoursAnterieurs = 40
	r = compute(t, s, options(t))
	assert.Equal(t, sejour.Chiffre, r.Issue, "%v", r.Anomalies)
}

// Of two bases of the day the dearest carries, whatever their codes.
func TestPorteuse(t *testing.T) {
	s := ordinaire(t, "2026-03-03", "2026-03-06")
	s.Bases = append(s.Bases, sejour.Base{Code: "GHS", Du: jour("2026-03-03"), Au: jour("2026-03-04"), Montant: 1000, Reference: "FICTIF"})
	s.Actes = []sejour.Acte{acte("2026-03-04", 120)}
	r := compute(t, s, options(t))
	assert.Equal(t, []string{"GHS 03-03/03-04 10.00 : amo 10.00", "TJ1 03-03/03-05 2100.30 : amo 2076.30 patient 24.00"}, lignes(&r.Facture)[:2])
	s.Bases[1].Montant = 900000
	r = compute(t, s, options(t))
	assert.Equal(t, []string{"GHS 03-03/03-04 9000.00 : amo 8976.00 patient 24.00", "TJ1 03-03/03-05 2100.30 : amo 2100.30"}, lignes(&r.Facture)[:2])
}

// What nobody printed about the threshold is left to a person.
func TestSeuilAVerifier(t *testing.T) {
	for _, c := range []struct {
		code simphonie.Code
		f    func(*sejour.Sejour, *sejour.Options)
	}{
		{"SEJ-SEUIL-CUMUL", func(s *sejour.Sejour, _ *sejour.Options) {
			s.Actes = []sejour.Acte{acte("2026-04-04", 60), acte("2026-04-04", 60)}
		}},
		{"SEJ-SEUIL-CUMUL", func(s *sejour.Sejour, _ *sejour.Options) {
			s.Actes = []sejour.Acte{{Code: "K", Jour: jour("2026-04-04"), Coefficient: 30 * simphonie.Un}, {Code: "KC", Jour: jour("2026-04-04"), Coefficient: 30 * simphonie.Un}}
		}},
		{"SEJ-SEUIL-TARDIF", func(s *sejour.Sejour, _ *sejour.Options) {
			s.JoursAnterieurs = 30
			s.Actes = []sejour.Acte{acte("2026-04-04", 120)}
		}},
		{"SEJ-SUITE-TMF", func(s *sejour.Sejour, _ *sejour.Options) {
			s.Suite = &sejour.Suite{Venue: "8", Seuil: sejour.SeuilCCAM}
		}},
		{"SEJ-TMF-TABLE", func(s *sejour.Sejour, o *sejour.Options) {
			o.RegimesTMF = nil
			s.Actes = []sejour.Acte{acte("2026-04-04", 120)}
		}},
		{"SEJ-TMF-DEUX-PRIX", func(s *sejour.Sejour, _ *sejour.Options) {
			s.Actes = []sejour.Acte{acte("2026-04-04", 120), acte("2026-03-31", 120)}
		}},
		{"SEJ-TMF-BASE", func(s *sejour.Sejour, _ *sejour.Options) {
			s.Bases[0].Prix = 1_000_000
			s.Actes = []sejour.Acte{acte("2026-04-04", 120)}
		}},
		// The only day that the act exempts has no base: it is that of discharge.
		{"SEJ-TMF-SANS-LIGNE", func(s *sejour.Sejour, _ *sejour.Options) {
			s.DecisionsTM = []sejour.DecisionTM{{Du: jour("2026-03-31"), Au: jour("2026-04-05"), Taux: simphonie.Cent, Motif: "m", Reference: "r"}}
			s.Actes = []sejour.Acte{acte("2026-04-06", 120)}
		}},
	} {
		s, o := ordinaire(t, "2026-03-31", "2026-04-06"), options(t)
		c.f(s, o)
		r := compute(t, s, o)
		assert.Equal(t, sejour.AVerifier, r.Issue, c.code)
		assert.Equal(t, []simphonie.Code{c.code}, r.Anomalies.Codes())
	}
	// The two readings of an act past the exempt day.
	for lecture, ligne := range map[sejour.ActeTardif]string{
		sejour.TardifSejour: "TJ1 03-31/04-05 4200.60 : amo 4168.60 patient 32.00",
		sejour.TardifEcarte: "TJ1 03-31/04-01 1400.20 : amo 1120.16 patient 280.04",
	} {
		s, o := ordinaire(t, "2026-03-31", "2026-04-06"), options(t)
		s.JoursAnterieurs, s.Actes = 28, []sejour.Acte{acte("2026-04-05", 120)}
		o.Interpretations.ActeTardif = lecture
		r := compute(t, s, o)
		assert.Equal(t, ligne, lignes(&r.Facture)[0])
		assert.Contains(t, decisions(&r), simphonie.Code("SEJ-I-ACTE-TARDIF"))
	}
	// No price of the participation: a typed error.
	s, o := ordinaire(t, "2026-03-31", "2026-04-06"), options(t)
	s.Actes = []sejour.Acte{acte("2026-04-04", 120)}
	var err error
	o.Tarifs, err = sejour.TarifsPublies()
	require.NoError(t, err)
	_, err = sejour.Compute(s, o)
	assert.ErrorContains(t, err, "TMF")
}
