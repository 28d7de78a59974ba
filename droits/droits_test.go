package droits_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
)

var jour = simphonie.MustJour

func acquisition() *droits.Acquisition {
	return &droits.Acquisition{Support: droits.SupportCDRi, Organisme: simphonie.Organisme{Regime: "01", Caisse: "751", Centre: "0000"},
		Periodes: []simphonie.Periode{{Du: jour("2015-01-01")}}}
}

func resoudre(a *droits.Acquisition, p droits.Prestation) droits.Resultat {
	return droits.Resoudre(a, p, jour("2026-03-04"), droits.Options{Tracer: true})
}

func regles(r droits.Resultat) []simphonie.Code {
	var cs []simphonie.Code
	for _, c := range r.Trace {
		cs = append(cs, c.Regle.Code)
	}
	return cs
}

// The natures in their order: detained first, then AT/MP, maternity, prevention.
func TestNature(t *testing.T) {
	at := droits.ATDeclare{Identifiant: "180831018", Organisme: simphonie.Organisme{Regime: "02", Caisse: "751"}, Periode: simphonie.Periode{Du: jour("2018-08-31")}}
	maternite := droits.Droit[droits.CodeETM]{Code: droits.ETMMaternite}
	for _, c := range []struct {
		nom      string
		a        func(*droits.Acquisition)
		p        droits.Prestation
		nature   droits.Nature
		regle    simphonie.Code
		anomalie simphonie.Code
	}{
		{"maladie", func(a *droits.Acquisition) {}, droits.Prestation{}, droits.Maladie, "DROITS-NATURE-MALADIE", ""},
		{"détenu, soins liés à un AT", func(a *droits.Acquisition) { a.CodeGestion = "65"; a.AT = append(a.AT, at) }, droits.Prestation{LieeAT: true}, droits.Maladie, "DROITS-NATURE-DETENU", ""},
		{"AT pendant une maternité", func(a *droits.Acquisition) { a.AT, a.ETM = append(a.AT, at), append(a.ETM, maternite) }, droits.Prestation{LieeAT: true}, droits.ATMP, "DROITS-NATURE-AT", ""},
		{"AT déclaré, soins non liés", func(a *droits.Acquisition) { a.AT = append(a.AT, at) }, droits.Prestation{}, droits.Maladie, "DROITS-NATURE-MALADIE", ""},
		{"soins liés, aucun AT", func(a *droits.Acquisition) {}, droits.Prestation{LieeAT: true}, droits.Maladie, "DROITS-NATURE-MALADIE", "DROITS-AT-INTROUVABLE"},
		{"soins liés, AT d'un autre numéro", func(a *droits.Acquisition) { a.AT = append(a.AT, at) }, droits.Prestation{LieeAT: true, IdentifiantAT: "123456782"}, droits.Maladie, "DROITS-NATURE-MALADIE", "DROITS-AT-INTROUVABLE"},
		{"soins liés, AT clos", func(a *droits.Acquisition) {
			x := at
			x.Periode.Au = jour("2020-01-01")
			a.AT = append(a.AT, x)
		}, droits.Prestation{LieeAT: true}, droits.Maladie, "DROITS-NATURE-MALADIE", "DROITS-AT-INTROUVABLE"},
		{"ETM maternité, tous les soins", func(a *droits.Acquisition) { a.ETM = append(a.ETM, maternite) }, droits.Prestation{Prevention: true}, droits.Maternite, "DROITS-NATURE-ETM-MATERNITE", ""},
		{"soins liés à la maternité", func(a *droits.Acquisition) {}, droits.Prestation{LieeMaternite: true}, droits.Maternite, "DROITS-NATURE-MATERNITE", ""},
		{"prévention", func(a *droits.Acquisition) {}, droits.Prestation{Prevention: true}, droits.Prevention, "DROITS-NATURE-PREVENTION", ""},
	} {
		t.Run(c.nom, func(t *testing.T) {
			a := acquisition()
			c.a(a)
			r := resoudre(a, c.p)
			assert.Equal(t, c.nature, r.Contexte.Nature)
			assert.Contains(t, regles(r), c.regle)
			if c.anomalie == "" {
				assert.Empty(t, r.Anomalies)
			} else {
				assert.Equal(t, []simphonie.Code{c.anomalie}, r.Anomalies.Codes())
			}
		})
	}
}

// Each code of each list, with and without leading zeros, and the unknown ones.
func TestCodes(t *testing.T) {
	type cas struct {
		etm, mtm string
		vaut     func(c *droits.Contexte) bool
	}
	for nom, c := range map[string]cas{
		"pension militaire": {"1", "", (*droits.Contexte).PensionMilitaire}, "ALD 8": {"08", "", (*droits.Contexte).ALD},
		"ALD 9": {"9", "", (*droits.Contexte).ALD}, "ALD 13": {"13", "", (*droits.Contexte).ALD}, "ALD 16": {"16", "", (*droits.Contexte).ALD},
		"invalidité": {"14", "", (*droits.Contexte).Invalidite}, "soins 17": {"17", "", (*droits.Contexte).SoinsParticuliers},
		"soins 18": {"018", "", (*droits.Contexte).SoinsParticuliers}, "rente AT": {"", "6", (*droits.Contexte).RenteAT},
		"frontalier": {"", "07", (*droits.Contexte).RegimeLocal}, "ASPA": {"", "8", (*droits.Contexte).ASPA}, "Alsace-Moselle": {"", "9", (*droits.Contexte).RegimeLocal},
	} {
		a := acquisition()
		if c.etm != "" {
			a.ETM = []droits.Droit[droits.CodeETM]{{Code: droits.CodeETM(c.etm)}}
			assert.True(t, droits.CodeETM(c.etm).Known())
		} else {
			a.MTM = []droits.Droit[droits.CodeMTM]{{Code: droits.CodeMTM(c.mtm)}}
			assert.True(t, droits.CodeMTM(c.mtm).Known())
		}
		r := resoudre(a, droits.Prestation{})
		assert.True(t, c.vaut(&r.Contexte), nom)
		assert.Empty(t, r.Anomalies, nom)
	}
	a := acquisition()
	a.ETM = []droits.Droit[droits.CodeETM]{{Code: "42"}}
	a.MTM = []droits.Droit[droits.CodeMTM]{{Code: "1"}}
	a.Situations = []droits.Droit[droits.CodeSituation]{{Code: "4"}}
	a.Particulieres = []droits.Droit[string]{{Code: "SP99"}}
	r := resoudre(a, droits.Prestation{})
	assert.Equal(t, []simphonie.Code{"DROITS-ETM-INCONNUE", "DROITS-MTM-INCONNUE", "DROITS-SITUATION-INCONNUE", "DROITS-SITUATION-INCONNUE"}, r.Anomalies.Codes())
	assert.True(t, r.Anomalies.Stoppent(), "an unknown right is never no right")
	assert.False(t, droits.CodeETM("42").Known() || droits.CodeMTM("1").Known() || droits.CodeSituation("4").Known())
	assert.True(t, droits.CodeSituation("01").Known())
}

func TestSituations(t *testing.T) {
	zero := "0"
	for _, c := range []struct {
		nom      string
		a        func(*droits.Acquisition)
		sp       string
		oc       simphonie.NumeroAMC
		anomalie bool
	}{
		{"rien", func(a *droits.Acquisition) {}, "", "", false},
		{"C2S 1", func(a *droits.Acquisition) { a.Situations = []droits.Droit[droits.CodeSituation]{{Code: "1"}} }, "SP03", "99999997", false},
		{"C2S 02", func(a *droits.Acquisition) { a.Situations = []droits.Droit[droits.CodeSituation]{{Code: "02"}} }, "SP03", "99999997", false},
		{"C2S 3", func(a *droits.Acquisition) { a.Situations = []droits.Droit[droits.CodeSituation]{{Code: "3"}} }, "SP03", "88888888", false},
		{"AME 10", func(a *droits.Acquisition) { a.Situations = []droits.Droit[droits.CodeSituation]{{Code: "10"}} }, "SP06", "75500017", false},
		{"C2S close la veille", func(a *droits.Acquisition) {
			a.Situations = []droits.Droit[droits.CodeSituation]{{Code: "1", Periodes: []simphonie.Periode{{Au: jour("2026-03-03")}}}}
		}, "", "", false},
		{"C2S d'attestation, numéro lu", func(a *droits.Acquisition) {
			a.Particulieres, a.OC = []droits.Droit[string]{{Code: "SP03"}}, "88888888"
		}, "SP03", "88888888", false},
		{"C2S d'attestation, sans numéro", func(a *droits.Acquisition) { a.Particulieres = []droits.Droit[string]{{Code: "SP03"}} }, "SP03", "", true},
		{"situation close", func(a *droits.Acquisition) {
			a.Particulieres = []droits.Droit[string]{{Code: "SP06", Periodes: []simphonie.Periode{{Du: jour("2026-03-05")}}}}
		}, "", "", false},
		{"RSS de passage", func(a *droits.Acquisition) { a.Beneficiaire.NIR = simphonie.NIRRecu("6555555555555") }, "SP08.1", "", false},
		{"l'assuré ne fait pas le RSS", func(a *droits.Acquisition) { a.Assure.NIR = simphonie.NIRRecu("5555555555555") }, "", "", false},
		{"RSS permanent et C2S", func(a *droits.Acquisition) {
			a.CodeGestion, a.Situations = "70", []droits.Droit[droits.CodeSituation]{{Code: "2"}}
		}, "SP03+SP08.2", "99999997", false},
		{"70 d'un autre régime", func(a *droits.Acquisition) { a.CodeGestion, a.Organisme.Regime = "70", "02" }, "", "", false},
		{"détenu", func(a *droits.Acquisition) { a.CodeGestion = "65" }, "SP17", "", false},
		{"détenu par CHA-ANN", func(a *droits.Acquisition) {
			a.CHAANN, a.ETM = &zero, []droits.Droit[droits.CodeETM]{{Code: "1"}}
		}, "SP17", "", false},
		{"CHA-ANN sans pension", func(a *droits.Acquisition) { a.CHAANN = &zero }, "", "", false},
		{"pension sans CHA-ANN", func(a *droits.Acquisition) { a.ETM = []droits.Droit[droits.CodeETM]{{Code: "1"}} }, "", "", false},
	} {
		a := acquisition()
		c.a(a)
		r := resoudre(a, droits.Prestation{})
		assert.Equal(t, c.sp, r.Contexte.Situations.String(), c.nom)
		assert.Equal(t, c.oc, r.Contexte.OC, c.nom)
		assert.Equal(t, c.anomalie, len(r.Anomalies) > 0, c.nom)
		if c.anomalie {
			assert.Equal(t, []simphonie.Code{"DROITS-C2S-SANS-OC"}, r.Anomalies.Codes())
		}
		assert.Equal(t, strings.Contains(c.sp, "SP17"), r.Contexte.Detenu(), c.nom)
		assert.Equal(t, strings.Contains(c.sp, "SP08"), r.Contexte.RSS(), c.nom)
		assert.Equal(t, strings.Contains(c.sp, "SP03"), r.Contexte.C2S(), c.nom)
		assert.Equal(t, strings.Contains(c.sp, "SP06"), r.Contexte.AME(), c.nom)
	}
	// A detained person's CDRi answer shows a military pension that is not one.
	a := acquisition()
	a.CHAANN, a.ETM = &zero, []droits.Droit[droits.CodeETM]{{Code: "1"}}
	assert.False(t, ptr(resoudre(a, droits.Prestation{}).Contexte).PensionMilitaire())
}

func ptr[T any](v T) *T { return &v }

func TestPeriodes(t *testing.T) {
	a := acquisition()
	a.Periodes = []simphonie.Periode{{Du: jour("2026-01-01"), Au: jour("2026-03-04")}, {Du: jour("2026-06-01")}}
	for j, ouvert := range map[string]bool{"2025-12-31": false, "2026-01-01": true, "2026-03-03": true, "2026-03-04": true, "2026-03-05": false, "2026-06-01": true} {
		r := droits.Resoudre(a, droits.Prestation{}, jour(j), droits.Options{})
		assert.Equal(t, ouvert, r.Contexte.Ouverts, j)
		assert.Equal(t, !ouvert, len(r.Anomalies) == 1 && r.Anomalies[0].Code == "DROITS-FERMES", j)
		assert.Empty(t, r.Trace, "no trace unless asked for")
	}
	o := droits.Options{Tracer: true, Interpretations: droits.Interpretations{FinDePeriode: droits.FinExclue}}
	r := droits.Resoudre(a, droits.Prestation{}, jour("2026-03-04"), o)
	assert.False(t, r.Contexte.Ouverts)
	assert.Contains(t, regles(r), simphonie.Code("DROITS-I-FIN-DE-PERIODE"))
	assert.NotContains(t, regles(droits.Resoudre(a, droits.Prestation{}, jour("2026-03-03"), o)), simphonie.Code("DROITS-I-FIN-DE-PERIODE"))
	assert.NoError(t, o.Interpretations.Validate())
	assert.Error(t, droits.Interpretations{FinDePeriode: "x"}.Validate())

	r = resoudre(nil, droits.Prestation{})
	assert.Equal(t, []simphonie.Code{"DROITS-ABSENTS"}, r.Anomalies.Codes())
	assert.True(t, ptr(droits.Resoudre(&droits.Acquisition{Support: droits.SupportSaisie, Organisme: simphonie.Organisme{Regime: "07"}}, droits.Prestation{}, jour("2026-03-04"), droits.Options{}).Contexte).CANSSM())
}

func TestJSON(t *testing.T) {
	x := acquisition()
	x.ETM = []droits.Droit[droits.CodeETM]{{Code: "8", Periodes: []simphonie.Periode{{Du: jour("2020-01-01")}}}}
	x.Grossesse = &droits.Grossesse{DebutGrossesse: jour("2026-01-01")}
	b, err := json.Marshal(x)
	require.NoError(t, err)
	var relu droits.Acquisition
	require.NoError(t, json.Unmarshal(b, &relu))
	assert.Equal(t, *x, relu)

	for _, n := range []droits.Nature{droits.Maladie, droits.Maternite, droits.ATMP, droits.Prevention} {
		b, err := n.MarshalText()
		require.NoError(t, err)
		var relue droits.Nature
		require.NoError(t, relue.UnmarshalText(b))
		assert.Equal(t, n, relue)
	}
	var n droits.Nature
	assert.ErrorContains(t, n.UnmarshalText([]byte("accident")), "DROITS-NATURE")
	assert.Equal(t, "inconnue", droits.Nature(9).String())
}

// The body that the invoice goes to, by the nature d'assurance (RG_CF692, RG_CF693).
func TestOrganisme(t *testing.T) {
	maladie := simphonie.Organisme{Regime: "01", Caisse: "751", Centre: "0000"}
	accident, defaut, maternite := simphonie.Organisme{Regime: "02", Caisse: "999"}, simphonie.Organisme{Regime: "02", Caisse: "888"}, simphonie.Organisme{Regime: "02", Caisse: "777"}
	at := func(o simphonie.Organisme) []droits.ATDeclare {
		return []droits.ATDeclare{{Identifiant: "180831018", Organisme: o, Periode: simphonie.Periode{Du: jour("2018-08-31")}}}
	}
	liee := droits.Prestation{LieeAT: true}
	for _, c := range []struct {
		nom       string
		a         func(a *droits.Acquisition)
		p         droits.Prestation
		attendu   simphonie.Organisme
		regle     simphonie.Code
		anomalies []simphonie.Code
	}{
		{"maladie", func(a *droits.Acquisition) {}, droits.Prestation{}, maladie, "DROITS-NATURE-MALADIE", nil},
		{"AT", func(a *droits.Acquisition) { a.AT = at(accident) }, liee, accident, "DROITS-ORGANISME-AT", nil},
		{"AT, soins non liés", func(a *droits.Acquisition) { a.AT = at(accident) }, droits.Prestation{}, maladie, "DROITS-NATURE-MALADIE", nil},
		{"AT par défaut", func(a *droits.Acquisition) {
			a.AT, a.ATParDefaut = at(simphonie.Organisme{}), &droits.ATDeclare{Organisme: defaut}
		}, liee, defaut, "DROITS-ORGANISME-AT-DEFAUT", nil},
		{"AT par défaut clos", func(a *droits.Acquisition) {
			a.AT = at(simphonie.Organisme{})
			a.ATParDefaut = &droits.ATDeclare{Organisme: defaut, Periode: simphonie.Periode{Au: jour("2020-01-01")}}
		}, liee, maladie, "DROITS-NATURE-AT", []simphonie.Code{"DROITS-AT-SANS-ORGANISME"}},
		{"deux AT", func(a *droits.Acquisition) {
			a.AT = append(at(accident), droits.ATDeclare{Identifiant: "123456782", Organisme: defaut, Periode: simphonie.Periode{Du: jour("2019-01-01")}})
		}, liee, accident, "DROITS-NATURE-AT", []simphonie.Code{"DROITS-AT-AMBIGU"}},
		{"deux AT, l'un nommé", func(a *droits.Acquisition) {
			a.AT = append(at(accident), droits.ATDeclare{Identifiant: "123456782", Organisme: defaut, Periode: simphonie.Periode{Du: jour("2019-01-01")}})
		}, droits.Prestation{LieeAT: true, IdentifiantAT: "123456782"}, defaut, "DROITS-ORGANISME-AT", nil},
		{"AT sans rien", func(a *droits.Acquisition) { a.AT = []droits.ATDeclare{{}} }, liee, maladie, "DROITS-NATURE-MALADIE", []simphonie.Code{"DROITS-AT-INTROUVABLE"}},
		{"AME et AT", func(a *droits.Acquisition) {
			a.AT, a.Situations = at(accident), []droits.Droit[droits.CodeSituation]{{Code: "10"}}
		}, liee, maladie, "", []simphonie.Code{"DROITS-AME-NATURE"}},
		{"AME et prévention", func(a *droits.Acquisition) { a.Situations = []droits.Droit[droits.CodeSituation]{{Code: "10"}} }, droits.Prestation{Prevention: true}, maladie, "DROITS-NATURE-MALADIE", nil},
		{"maternité", func(a *droits.Acquisition) {
			a.Grossesse = &droits.Grossesse{Organisme: maternite, Periodes: []simphonie.Periode{{Du: jour("2026-01-01"), Au: jour("2026-06-01")}}}
		}, droits.Prestation{LieeMaternite: true}, maternite, "DROITS-ORGANISME-MATERNITE", nil},
		{"maternité close", func(a *droits.Acquisition) {
			a.Grossesse = &droits.Grossesse{Organisme: maternite, Periodes: []simphonie.Periode{{Au: jour("2026-03-03")}}}
		}, droits.Prestation{LieeMaternite: true}, maladie, "DROITS-I-MATERNITE-SANS-ORGANISME", nil},
		{"grossesse à venir", func(a *droits.Acquisition) { a.Grossesse = &droits.Grossesse{DebutGrossesse: jour("2026-09-01")} }, droits.Prestation{LieeMaternite: true}, maladie, "DROITS-NATURE-MATERNITE", []simphonie.Code{"DROITS-MATERNITE-DATE"}},
		{"grossesse commencée", func(a *droits.Acquisition) {
			a.Grossesse = &droits.Grossesse{DebutGrossesse: jour("2026-01-01"), Accouchement: jour("2026-09-01")}
		}, droits.Prestation{LieeMaternite: true}, maladie, "DROITS-NATURE-MATERNITE", nil},
	} {
		t.Run(c.nom, func(t *testing.T) {
			a := acquisition()
			c.a(a)
			r := resoudre(a, c.p)
			assert.Equal(t, c.attendu, r.Contexte.Organisme)
			if c.regle != "" {
				assert.Contains(t, regles(r), c.regle)
			}
			if c.anomalies == nil {
				assert.Empty(t, r.Anomalies)
			} else {
				assert.Equal(t, c.anomalies, r.Anomalies.Codes())
			}
		})
	}
	o := droits.Options{Interpretations: droits.Interpretations{MaterniteSansOrganisme: droits.MaterniteAVerifier}}
	r := droits.Resoudre(acquisition(), droits.Prestation{LieeMaternite: true}, jour("2026-03-04"), o)
	assert.Equal(t, []simphonie.Code{"DROITS-MATERNITE-SANS-ORGANISME"}, r.Anomalies.Codes())
	assert.Error(t, droits.Interpretations{MaterniteSansOrganisme: "x"}.Validate())
}

// What is wrong with the acquisition itself is said, at once.
func TestForme(t *testing.T) {
	inverse := []simphonie.Periode{{Du: jour("2027-01-01"), Au: jour("2025-01-01")}}
	r := resoudre(&droits.Acquisition{Support: "zzz", Organisme: simphonie.Organisme{Regime: "XX"},
		Assure: droits.Assure{NIR: simphonie.NIRRecu("181036322045660")}, Beneficiaire: droits.Beneficiaire{NIR: simphonie.NIRRecu("x")},
		MedecinTraitant: &droits.MedecinTraitant{RPPS: "123"}, ETM: []droits.Droit[droits.CodeETM]{{Code: "8", Periodes: inverse}}}, droits.Prestation{})
	assert.Equal(t, []simphonie.Code{"DROITS-SUPPORT", "DROITS-SANS-PERIODE", "DROITS-NIR", "DROITS-NIR", "DROITS-RPPS", "DROITS-PERIODE", "DROITS-ORGANISME"}, r.Anomalies.Codes())
	for nom, change := range map[string]func(a *droits.Acquisition){
		"droits":    func(a *droits.Acquisition) { a.Periodes = append(a.Periodes, inverse...) },
		"MTM":       func(a *droits.Acquisition) { a.MTM = []droits.Droit[droits.CodeMTM]{{Code: "9", Periodes: inverse}} },
		"grossesse": func(a *droits.Acquisition) { a.Grossesse = &droits.Grossesse{Periodes: inverse} },
		"AT":        func(a *droits.Acquisition) { a.AT = []droits.ATDeclare{{Identifiant: "1", Periode: inverse[0]}} },
	} {
		a := acquisition()
		change(a)
		assert.Equal(t, []simphonie.Code{"DROITS-PERIODE"}, resoudre(a, droits.Prestation{}).Anomalies.Codes(), nom)
	}
	a := acquisition()
	a.Assure.NIR = simphonie.NIRRecu("2751263220749")
	assert.Empty(t, resoudre(a, droits.Prestation{}).Anomalies, "a number received without its key is no fault")
}

// The ways in which the C2S contradicts itself.
func TestC2SContradiction(t *testing.T) {
	for nom, change := range map[string]func(a *droits.Acquisition){
		"deux modes": func(a *droits.Acquisition) {
			a.Situations = []droits.Droit[droits.CodeSituation]{{Code: "1"}, {Code: "3"}}
		},
		"autre numéro": func(a *droits.Acquisition) {
			a.Situations, a.OC = []droits.Droit[droits.CodeSituation]{{Code: "1"}}, "88888888"
		},
	} {
		a := acquisition()
		change(a)
		assert.Equal(t, []simphonie.Code{"DROITS-C2S-CONTRADICTION"}, resoudre(a, droits.Prestation{}).Anomalies.Codes(), nom)
	}
	a := acquisition()
	a.Situations, a.OC = []droits.Droit[droits.CodeSituation]{{Code: "1"}}, "0099999997"
	assert.Empty(t, resoudre(a, droits.Prestation{}).Anomalies)
}

// Every support of the list is one, and every period is looked at.
func TestFormeComplete(t *testing.T) {
	for _, s := range droits.Supports() {
		a := acquisition()
		a.Support = s
		assert.Empty(t, resoudre(a, droits.Prestation{}).Anomalies, s)
	}
	inverse := simphonie.Periode{Du: jour("2027-01-01"), Au: jour("2025-01-01")}
	for nom, change := range map[string]func(a *droits.Acquisition){
		"contrat": func(a *droits.Acquisition) {
			a.Contrats = []droits.Droit[droits.CodeContrat]{{Code: "18", Periodes: []simphonie.Periode{inverse}}}
		},
		"AT par défaut":   func(a *droits.Acquisition) { a.ATParDefaut = &droits.ATDeclare{Periode: inverse} },
		"médecin":         func(a *droits.Acquisition) { a.MedecinTraitant = &droits.MedecinTraitant{Periode: inverse} },
		"C2S de la carte": func(a *droits.Acquisition) { a.C2SCarte = &droits.C2SCarte{Periode: inverse} },
	} {
		a := acquisition()
		change(a)
		assert.Equal(t, []simphonie.Code{"DROITS-PERIODE"}, resoudre(a, droits.Prestation{}).Anomalies.Codes(), nom)
	}
}

// RG_CF662 compares the dates of maternity with the execution, not with the
// prescription that the reference date may be.
func TestMaterniteExecution(t *testing.T) {
	a := acquisition()
	a.Grossesse = &droits.Grossesse{Accouchement: jour("2026-03-06")}
	p := droits.Prestation{LieeMaternite: true}
	assert.Equal(t, []simphonie.Code{"DROITS-MATERNITE-DATE"}, resoudre(a, p).Anomalies.Codes())
	p.Execution = jour("2026-03-10")
	assert.Empty(t, resoudre(a, p).Anomalies, "prescribed before the delivery, executed after")
	p.Execution = jour("2026-03-05")
	assert.Equal(t, []simphonie.Code{"DROITS-MATERNITE-DATE"}, resoudre(a, p).Anomalies.Codes())
}

// The trace of a situation names the datum that shows it and its support.
func TestTraceSituation(t *testing.T) {
	ame := droits.Acquisition{Support: droits.SupportAttestationAME, Le: matin, Particulieres: []droits.Droit[string]{{Code: "SP06"}}}
	sansC2S := cdri()
	sansC2S.Muettes = []droits.Donnee{droits.DonneeAME}
	f, err := droits.Fusionner([]droits.Acquisition{sansC2S, ame}, droits.Preference{droits.SupportCDRi, droits.SupportAttestationAME})
	require.NoError(t, err)
	for _, k := range resoudre(f.Acquisition, droits.Prestation{}).Trace {
		if k.Regle.Code == "DROITS-SITUATION" {
			assert.Equal(t, []string{"SP06", "ame", "attestation-ame"}, k.Valeurs)
		}
	}
}

// Nothing exported panics on nothing, nor takes it for an answer.
func TestRien(t *testing.T) {
	assert.Equal(t, []simphonie.Code{"DROITS-ABSENTS"}, droits.Completer(nil, droits.ReglageC2S{}, false).Anomalies.Codes())
	assert.Len(t, droits.HorsPerimetre(nil, droits.Perimetre{SoinsUrgents: true}), 1)
	assert.Equal(t, droits.ZonesOC{Contrat: "00"}, (*droits.Complement)(nil).Zones(true, true))
	assert.Equal(t, droits.Provenance{Donnee: droits.DonneeETM}, (*droits.Acquisition)(nil).De(droits.DonneeETM))
	_, ok := (*droits.C2SCarte)(nil).Gestion()
	assert.False(t, ok)
}
