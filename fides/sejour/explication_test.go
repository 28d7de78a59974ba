package sejour_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/sejour"
)

// The explanation of an ordinary stay, but for the rules that did not fire.
func TestExplication(t *testing.T) {
	r := compute(t, ordinaire(t, "2026-03-03", "2026-03-06"), options(t))
	var dits []string
	ecartees := 0
	for _, l := range strings.Split(r.Explication.String(), "\n") {
		if strings.Contains(l, "SEJ-REGLE-ECARTEE") {
			ecartees++
			continue
		}
		dits = append(dits, l)
	}
	assert.Equal(t, []string{
		"Aucune autre nature ne s'applique : nature maladie. [DROITS-NATURE-MALADIE, RG_CF653]",
		"Séjour du 2026-03-03 au 2026-03-06 : 4 jours, règles et tarifs connus au 2026-11-01. [SEJ-CHIFFRE, forme du séjour]",
		"L1 TJ1 du 2026-03-03 au 2026-03-05 : FICTIF TJ. [SEJ-BASE-DONNEE, base donnée ou chargée]",
		"L1 Honoraires : 700.10 × 3 = 2100.30 (ARR-VF643-PRODUIT) [SEJ-BASE-DONNEE, base donnée ou chargée]",
		"L1 Taux de base de la table 4ter. [DROITS-TAUX-DE-BASE, RG_VF669]",
		"L1 Base AMO : 2100.30 [SEJ-TICKET, RG_VF670]",
		"L1 Base complémentaire : 2100.30 [SEJ-TICKET, RG_VF670]",
		"L1 Part AMO de la base complémentaire : 2100.30 × 80 % = 1680.24 (ARR-VF670) [SEJ-TICKET, RG_VF670]",
		"L1 Part remboursée par l'AMO : 1680.24 [SEJ-TICKET, RG_VF670]",
		"L1 Part complémentaire : 2100.30 − 1680.24 = 420.06 [SEJ-TICKET, RG_VF670]",
		"L1 À la charge de : amo : 1680.24 [SEJ-PART, RG_VF670]",
		"L1 À la charge de : patient : 2100.30 − 1680.24 = 420.06 [SEJ-PART, RG_VF670]",
		"Le jour de sortie compte-t-il dans le forfait journalier ? Lecture retenue [INF] : comptee. [SEJ-I-SORTIE, forfait journalier, jour de sortie compris ; transferts et permissions non cités]",
		"L2 Forfait journalier du 2026-03-03 au 2026-03-06 (textes du JORF du 28/02/2026 relevant le forfait journalier). [SEJ-FJ, tarif du forfait journalier, publié ou chargé]",
		"L2 Situation « ordinaire » : le forfait journalier est à la charge de « assure » (projet 2020 des urgences, calqué sur le forfait journalier : FJA (assuré), FJR (régime, maternité), régime local). [SEJ-FJ-PAYEUR, situations du forfait journalier]",
		"L2 Honoraires : 23.00 × 4 = 92.00 (ARR-VF643-PRODUIT) [SEJ-FJ, tarif du forfait journalier, publié ou chargé]",
		"L2 Base AMO : 92.00 [SEJ-TICKET, RG_VF670]",
		"L2 Base complémentaire : 92.00 [SEJ-TICKET, RG_VF670]",
		"L2 Part remboursée par l'AMO : 0.00 [SEJ-FJ-PAYEUR, situations du forfait journalier]",
		"L2 Part complémentaire : 0.00 [SEJ-FJ-PAYEUR, situations du forfait journalier]",
		"L2 À la charge de : patient : 92.00 − 0.00 = 92.00 [SEJ-PART, RG_VF670]",
	}, dits)
	assert.Equal(t, 26, ecartees, "every rule of the list before the base rate says why it did not fire")
}

// Each rule and each reading is told when it decides something.
func TestDecisions(t *testing.T) {
	for _, c := range []struct {
		codes []simphonie.Code
		f     func(*sejour.Sejour, *sejour.Options)
	}{
		{[]simphonie.Code{"SEJ-BASE-DONNEE", "SEJ-REGLE-ECARTEE", "SEJ-TICKET", "SEJ-PART", "SEJ-FJ", "SEJ-FJ-PAYEUR", "SEJ-I-SORTIE"},
			func(*sejour.Sejour, *sejour.Options) {}},
		{[]simphonie.Code{"SEJ-AME", "SEJ-FJ-DECIDE"}, func(s *sejour.Sejour, _ *sejour.Options) {
			avec(s, situation("10"))
			s.DecisionsFJ = []sejour.DecisionFJ{{Du: jour("2026-03-03"), Au: jour("2026-03-06"), Payeur: sejour.PayeurAME, Motif: "m", Reference: "r"}}
		}},
		{[]simphonie.Code{"SEJ-TAUX-DECIDE", "SEJ-I-AMC-DECLAREE"}, func(s *sejour.Sejour, _ *sejour.Options) {
			s.AMC = "12345678"
			s.DecisionsTM = []sejour.DecisionTM{{Du: jour("2026-03-03"), Au: jour("2026-03-06"), Taux: 0, Motif: "m", Reference: "r"}}
		}},
		{[]simphonie.Code{"SEJ-I-REGIME-LOCAL", "SEJ-LOCAL"}, func(s *sejour.Sejour, o *sejour.Options) {
			avec(s, mtm("7"))
			o.Interpretations.RegimeLocal = sejour.LocalCent
		}},
		{[]simphonie.Code{"SEJ-I-FJ-NOUVEAU-NE", "SEJ-FRAIS-DONNES"}, func(s *sejour.Sejour, o *sejour.Options) {
			s.Naissance = simphonie.NaissanceLe(jour("2026-02-02"))
			o.Interpretations.FJNouveauNe = sejour.NouveauNeSejour
			s.Frais = []sejour.Frais{{Code: "CP", Jour: jour("2026-03-03"), Quantite: 1, PrixUnitaire: 1_000_000, Debiteur: simphonie.Patient, Reference: "r"}}
		}},
	} {
		s, o := ordinaire(t, "2026-03-03", "2026-03-06"), options(t)
		c.f(s, o)
		r := compute(t, s, o)
		require.Equal(t, sejour.Chiffre, r.Issue, "%v", r.Anomalies)
		for _, code := range c.codes {
			assert.Contains(t, decisions(&r), code)
		}
	}
}

// A loaded payer comes before the public one, on the days of its period only.
func TestPayeursCharges(t *testing.T) {
	s, o := avec(ordinaire(t, "2026-03-03", "2026-03-06"), etm("6")), options(t)
	o.PayeursFJ = []sejour.PayeurFJ{{Situation: sejour.EnMaternite, Payeur: sejour.PayeurAssure, Periode: depuis("2026-03-05"), Reference: "FICTIF"}}
	r := compute(t, s, o)
	assert.Equal(t, []string{"FJ 03-03/03-04 46.00 : amo 46.00", "FJ 03-05/03-06 46.00 : patient 46.00"}, lignes(&r.Facture)[1:])
	assert.Equal(t, "R", r.Facture.Lignes[1].Detail.Sejour.CodeFJ)
	assert.Equal(t, "A", r.Facture.Lignes[2].Detail.Sejour.CodeFJ)
}

// The edges of bases: two that share a day, a stay of one day without any, and
// the line of the day of the act before a dearer one.
func TestBordsDesBases(t *testing.T) {
	s := ordinaire(t, "2026-03-03", "2026-03-06")
	b := s.Bases[0]
	b.Du = b.Au
	s.Bases = append(s.Bases, b)
	assert.Equal(t, []simphonie.Code{"SEJ-BASE-CROISE"}, compute(t, s, options(t)).Anomalies.Codes())

	s = ordinaire(t, "2026-03-03", "2026-03-03")
	s.Bases = nil
	assert.Equal(t, []simphonie.Code{"SEJ-BASE-TROU"}, compute(t, s, options(t)).Anomalies.Codes())

	s = ordinaire(t, "2026-03-03", "2026-03-06")
	s.Bases = append(s.Bases, sejour.Base{Code: "GHS", Du: jour("2026-03-03"), Au: jour("2026-03-03"), Montant: 900000, Reference: "FICTIF"})
	s.Actes = []sejour.Acte{acte("2026-03-04", 120)}
	r := compute(t, s, options(t))
	assert.Equal(t, []string{"GHS 03-03/03-03 9000.00 : amo 9000.00", "TJ1 03-03/03-05 2100.30 : amo 2076.30 patient 24.00"}, lignes(&r.Facture)[:2])
}
