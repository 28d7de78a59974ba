package sejour_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/sejour"
)

// Nothing is asked of nobody in silence, nor twice.
func TestSilences(t *testing.T) {
	aucun := []sejour.DecisionFJ{{Du: jour("2026-04-01"), Au: jour("2026-04-05"), Payeur: sejour.PayeurAucun, Motif: "permission", Reference: "r"}}
	frais := sejour.Frais{Code: "CP", Jour: jour("2026-04-02"), Quantite: 1, PrixUnitaire: 60_000_000, Debiteur: simphonie.Patient, Reference: "r"}
	for _, c := range []struct {
		code  simphonie.Code
		issue sejour.Issue
		f     func(*sejour.Sejour, *sejour.Options)
	}{
		{"SEJ-SANS-LIGNE", sejour.AVerifier, func(s *sejour.Sejour, _ *sejour.Options) { s.Bases, s.DecisionsFJ = nil, aucun }},
		{"SEJ-BASE-ABSENCE", sejour.Chiffre, func(s *sejour.Sejour, _ *sejour.Options) {
			s.Bases[0].Au, s.DecisionsFJ = jour("2026-04-03"), aucun
			s.DecisionsFJ[0].Du = jour("2026-04-04")
		}},
		{"SEJ-LIGNE-NULLE", sejour.AVerifier, func(s *sejour.Sejour, _ *sejour.Options) { s.Bases[0].Prix = 1 }},
		{"SEJ-LIGNE-NULLE", sejour.AVerifier, func(s *sejour.Sejour, _ *sejour.Options) {
			s.Frais = []sejour.Frais{frais}
			s.Frais[0].PrixUnitaire = 1
		}},
		{"SEJ-FRAIS-DOUBLE", sejour.Chiffre, func(s *sejour.Sejour, _ *sejour.Options) { s.Frais = []sejour.Frais{frais, frais} }},
		{"SEJ-VALEUR", sejour.AVerifier, func(s *sejour.Sejour, _ *sejour.Options) { s.GHM = " 14Z08Z" }},
		{"SEJ-VALEUR", sejour.AVerifier, func(s *sejour.Sejour, _ *sejour.Options) { s.GHM = "28" }},
		{"SEJ-DECISION", sejour.AVerifier, func(s *sejour.Sejour, _ *sejour.Options) {
			s.DecisionsTM = []sejour.DecisionTM{{Du: jour("2026-04-01"), Au: jour("2026-04-02"), Taux: simphonie.Cent, Exoneration: 77, Motif: "m", Reference: "r"}}
		}},
		// The letters of external care have rates of their own, which are not those of a stay.
		{"SEJ-TAUX-A-VERIFIER", sejour.AVerifier, func(s *sejour.Sejour, o *sejour.Options) {
			s.Bases[0].Code, o.Interpretations.TauxPropres = "FTN", sejour.PropresExterne
		}},
		{"SEJ-TAUX-A-VERIFIER", sejour.AVerifier, func(s *sejour.Sejour, o *sejour.Options) {
			avec(s, mtm("6"))
			s.Bases[0].Code, o.Interpretations.TauxPropres = "PHQ", sejour.PropresExterne
		}},
		// Nothing says whether an ALD, an invalidity or mines free of the forfait journalier.
		{"SEJ-FJ-EXONERE", sejour.AVerifier, func(s *sejour.Sejour, o *sejour.Options) {
			avec(s, etm("8"))
			o.Interpretations.FJExoneres = ""
		}},
	} {
		s, o := ordinaire(t, "2026-04-01", "2026-04-05"), options(t)
		c.f(s, o)
		r := compute(t, s, o)
		assert.Equal(t, c.issue, r.Issue, "%s: %v", c.code, r.Anomalies)
		assert.Contains(t, r.Anomalies.Codes(), c.code)
	}
}

// The rates of the CPRPF and of the ASPA wait for their reading, and name their rule.
func TestTauxPropres(t *testing.T) {
	for regle, f := range map[simphonie.Code]func(*sejour.Sejour){
		"DROITS-TAUX-ASPA": func(s *sejour.Sejour) { avec(s, mtm("8")) },
		"DROITS-TAUX-CPRPF-23": func(s *sejour.Sejour) {
			s.Droits.Organisme.Regime = "04"
			s.Droits.Contrats = []droits.Droit[droits.CodeContrat]{{Code: droits.ContratCP}, {Code: droits.ContratNonActif}}
		},
	} {
		s, o := ordinaire(t, "2026-04-01", "2026-04-05"), options(t)
		f(s)
		assert.Equal(t, simphonie.Code("SEJ-TAUX-A-VERIFIER"), compute(t, s, o).Motif)
		o.Interpretations.TauxPropres = sejour.PropresExterne
		r := compute(t, s, o)
		require.Equal(t, sejour.Chiffre, r.Issue, "%v", r.Anomalies)
		assert.Contains(t, decisions(&r), regle)
	}
}

// Past the exempt day, nobody is asked whether the list of external care holds.
func TestJourExonereSansListe(t *testing.T) {
	s, o := avec(ordinaire(t, "2026-04-01", "2026-04-05"), etm("14")), options(t)
	s.JoursAnterieurs, o.Interpretations.ListeTaux = 30, sejour.ListeAVerifier
	r := compute(t, s, o)
	require.Equal(t, sejour.Chiffre, r.Issue, "%v", r.Anomalies)
	assert.Equal(t, "TJ1 04-01/04-04 2800.40 : amo 2800.40", lignes(&r.Facture)[0])
	assert.Contains(t, decisions(&r), simphonie.Code("SEJ-JOUR-EXONERE"))
}

// Two payers of one situation on one day are refused, whichever comes first.
func TestPayeursContradictoires(t *testing.T) {
	a := sejour.PayeurFJ{Situation: sejour.EnC2S, Payeur: sejour.PayeurC2S, Reference: "F", Periode: simphonie.Periode{Au: jour("2026-03-31")}}
	b := sejour.PayeurFJ{Situation: sejour.EnC2S, Payeur: sejour.PayeurAssure, Reference: "G", Periode: depuis("2026-03-31")}
	for _, ps := range [][]sejour.PayeurFJ{{a, b}, {b, a}} {
		o := options(t)
		o.PayeursFJ = ps
		assert.ErrorContains(t, o.Validate(), "PayeursFJ[1]")
	}
	o := options(t)
	b.Periode.Du = jour("2026-04-01")
	o.PayeursFJ = []sejour.PayeurFJ{a, b, a}
	assert.NoError(t, o.Validate())
}

// A day whose acts reach the threshold together, or an act past the exempt day,
// asks nothing of a person when another act exempts the stay all the same.
func TestSeuilSansQuestion(t *testing.T) {
	const exonere = "TJ1 04-01/04-19 13301.90 : amo 13269.90 patient 32.00"
	petits := func(j string) []sejour.Acte { return []sejour.Acte{acte(j, 70), acte(j, 70)} }
	for nom, c := range map[string]struct {
		actes []sejour.Acte
		ligne string
	}{
		"ensemble après":           {append(petits("2026-04-10"), acte("2026-04-03", 300)), exonere},
		"ensemble avant, même due": {append(petits("2026-04-02"), acte("2026-04-03", 300)), exonere},
	} {
		s := ordinaire(t, "2026-04-01", "2026-04-20")
		s.Actes = c.actes
		r := compute(t, s, options(t))
		require.Equal(t, sejour.Chiffre, r.Issue, "%s: %v", nom, r.Anomalies)
		assert.Equal(t, c.ligne, lignes(&r.Facture)[0], nom)
	}
	s := ordinaire(t, "2026-04-01", "2026-05-20")
	s.Actes = []sejour.Acte{acte("2026-05-10", 300), acte("2026-04-03", 300)}
	r := compute(t, s, options(t))
	require.Equal(t, sejour.Chiffre, r.Issue, "%v", r.Anomalies)
	assert.Equal(t, "TJ1 04-01/05-19 34304.90 : amo 34272.90 patient 32.00", lignes(&r.Facture)[0])

	// Before, and at another price: the question stands.
	s = ordinaire(t, "2026-03-30", "2026-04-05")
	s.Actes = append(petits("2026-03-31"), acte("2026-04-03", 300))
	r = compute(t, s, options(t))
	assert.Equal(t, simphonie.Code("SEJ-SEUIL-CUMUL"), r.Motif)
	// So it does before an insurer that comes between the two.
	s = avec(ordinaire(t, "2026-04-01", "2026-04-05"), situation("1", depuis("2026-04-03")))
	s.Actes = append(petits("2026-04-02"), acte("2026-04-03", 300))
	o := options(t)
	o.PayeursFJ = []sejour.PayeurFJ{{Situation: sejour.EnC2S, Payeur: sejour.PayeurC2S, Reference: "FICTIF"}}
	r = compute(t, s, o)
	assert.Equal(t, simphonie.Code("SEJ-SEUIL-CUMUL"), r.Motif)
	// The reading that adds acts up takes the earliest day.
	o.Interpretations.Cumul = sejour.CumulDuJour
	r = compute(t, s, o)
	assert.Equal(t, []string{"TJ1 04-01/04-02 1400.20 : amo 1368.20 patient 32.00", "TJ1 04-03/04-04 1400.20 : amo 1400.20"}, lignes(&r.Facture)[:2])
}

// An act of a day without a base: another line carries the participation only
// if it has the debtor of that day.
func TestSeuilJourSansBase(t *testing.T) {
	s := ordinaire(t, "2026-04-01", "2026-04-05")
	s.Actes = []sejour.Acte{acte("2026-04-05", 300)}
	r := compute(t, s, options(t))
	assert.Equal(t, "TJ1 04-01/04-04 2800.40 : amo 2768.40 patient 32.00", lignes(&r.Facture)[0])
	avec(s, situation("1", depuis("2026-04-05")))
	o := options(t)
	o.PayeursFJ = []sejour.PayeurFJ{{Situation: sejour.EnC2S, Payeur: sejour.PayeurC2S, Reference: "FICTIF"}}
	r = compute(t, s, o)
	assert.Equal(t, simphonie.Code("SEJ-TMF-SANS-LIGNE"), r.Motif)
	assert.Equal(t, facture.Facture{}, r.Facture)
}
