package droits_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
)

var adulte = simphonie.NaissanceLe(jour("1980-01-01"))

// Each position, with a declared doctor, without, and when nobody knows.
func TestParcours(t *testing.T) {
	ts := baremes(t).Tables
	type attendu struct{ ips, top string }
	muet := attendu{"", "?"} // a person decides
	for position, c := range map[droits.Position]struct{ oui, non, inconnu attendu }{
		droits.ActeD162:          {attendu{"A", ""}, attendu{"A", ""}, attendu{"A", ""}},
		droits.EnUrgence:         {attendu{"U", ""}, attendu{"U", ""}, attendu{"U", ""}},
		droits.ParTraitant:       {attendu{"T", "O"}, attendu{"T", "O"}, attendu{"T", "O"}},
		droits.NouveauTraitant:   {attendu{"N", "O"}, attendu{"N", "O"}, attendu{"N", "O"}},
		droits.TraitantRemplace:  {attendu{"R", "O"}, muet, muet},
		droits.HorsResidence:     {attendu{"H", "O"}, attendu{"H", "N"}, muet},
		droits.AccesDirect:       {attendu{"D", "O"}, attendu{"S", "N"}, muet},
		droits.OrienteTraitant:   {attendu{"O", "O"}, attendu{"O", "O"}, attendu{"O", "O"}},
		droits.OrienteAutre:      {attendu{"M", "O"}, attendu{"S", "N"}, muet},
		droits.HorsParcoursChoix: {attendu{"S", "O"}, attendu{"S", "N"}, muet},
	} {
		for mt, x := range map[simphonie.OuiNon]attendu{simphonie.Oui: c.oui, simphonie.Non: c.non, 0: c.inconnu} {
			ctx := droits.Contexte{Jour: jour("2026-03-04"), MedecinTraitant: mt}
			p := droits.ParcoursDeSoins(&ctx, droits.ActeParcours{Position: position, Specialite: "15", Naissance: adulte, Tables: ts,
				Orienteur: droits.Orienteur{Nom: nom("CANARI"), Prenom: nom("CANARI")}})
			if x == muet {
				assert.Len(t, p.Anomalies, 1, "%s %s", position, mt)
				assert.Empty(t, p.IPS)
				continue
			}
			assert.Empty(t, p.Anomalies, "%s %s", position, mt)
			assert.Equal(t, x, attendu{p.IPS, p.Top}, "%s %s", position, mt)
			assert.Equal(t, simphonie.Code("DROITS-PARCOURS"), p.Trace[len(p.Trace)-1].Regle.Code)
		}
	}
	ctx := droits.Contexte{Jour: jour("2026-03-04"), MedecinTraitant: simphonie.Non}
	p := droits.ParcoursDeSoins(&ctx, droits.ActeParcours{Position: droits.HorsParcoursChoix, Naissance: adulte, Tables: ts,
		Interpretations: droits.Interpretations{TopMedecinTraitant: droits.TopBlanc}})
	assert.Equal(t, attendu{"S", ""}, attendu{p.IPS, p.Top})
	assert.Equal(t, simphonie.Code("DROITS-I-TOP-MEDECIN-TRAITANT"), p.Trace[0].Regle.Code)
	for _, c := range []struct {
		a    droits.ActeParcours
		mt   simphonie.OuiNon
		code simphonie.Code
	}{
		{droits.ActeParcours{Naissance: adulte}, simphonie.Oui, "DROITS-PARCOURS-POSITION"},
		{droits.ActeParcours{Position: droits.OrienteAutre, Naissance: adulte}, 0, "DROITS-PARCOURS-TRAITANT"},
		{droits.ActeParcours{Position: droits.OrienteTraitant, Naissance: adulte}, simphonie.Oui, "DROITS-PARCOURS-ORIENTEUR"},
		{droits.ActeParcours{Position: droits.TraitantRemplace, Naissance: adulte}, simphonie.Non, "DROITS-PARCOURS-REMPLACE"},
		{droits.ActeParcours{Position: droits.AccesDirect, Specialite: "07", Naissance: adulte, Tables: ts}, simphonie.Oui, "DROITS-PARCOURS-ACCES-DIRECT"},
		{droits.ActeParcours{Position: droits.ParTraitant}, simphonie.Oui, "DROITS-PARCOURS-AGE"},
		{droits.ActeParcours{Position: droits.ParTraitant, Code: "CS", Naissance: adulte}, simphonie.Oui, "DROITS-TABLE-MANQUANTE"},
	} {
		ctx.MedecinTraitant = c.mt
		assert.Equal(t, []simphonie.Code{c.code}, droits.ParcoursDeSoins(&ctx, c.a).Anomalies.Codes())
	}
	assert.Equal(t, []simphonie.Code{"DROITS-ABSENTS"}, droits.ParcoursDeSoins(nil, droits.ActeParcours{}).Anomalies.Codes())
}

func TestParcoursExclusions(t *testing.T) {
	ts := baremes(t).Tables
	for nom, c := range map[string]struct {
		ctx droits.Contexte
		a   droits.ActeParcours
	}{
		"AME":                  {droits.Contexte{Situations: droits.SP06}, droits.ActeParcours{}},
		"RSS de passage":       {droits.Contexte{Situations: droits.SP081}, droits.ActeParcours{}},
		"Mayotte":              {droits.Contexte{Organisme: simphonie.Organisme{Regime: "01", Caisse: "976"}}, droits.ActeParcours{}},
		"15 ans":               {droits.Contexte{}, droits.ActeParcours{Naissance: simphonie.NaissanceLe(jour("2010-03-05"))}},
		"auxiliaire":           {droits.Contexte{}, droits.ActeParcours{PasMedecin: true}},
		"spécialité 38":        {droits.Contexte{}, droits.ActeParcours{Specialite: "38"}},
		"rétrocession":         {droits.Contexte{}, droits.ActeParcours{Retrocession: true}},
		"téléconsultation":     {droits.Contexte{}, droits.ActeParcours{Teleconsult: true, TraitantAbsent: true}},
		"FU3":                  {droits.Contexte{}, droits.ActeParcours{Code: "FU3"}},
		"SAS":                  {droits.Contexte{}, droits.ActeParcours{Code: "SAS"}},
		"table 15.3":           {droits.Contexte{}, droits.ActeParcours{Code: "ZZZ"}},
		"table 15.5":           {droits.Contexte{}, droits.ActeParcours{CategorieCCAM: "AA"}},
		"13 : détenu avec FUx": {droits.Contexte{Situations: droits.SP17}, droits.ActeParcours{Code: "FU2"}},
	} {
		c.ctx.Jour, c.ctx.MedecinTraitant = jour("2026-03-04"), simphonie.Oui
		if c.a.Naissance.IsZero() {
			c.a.Naissance = adulte
		}
		c.a.Position, c.a.Tables = droits.ParTraitant, ts
		p := droits.ParcoursDeSoins(&c.ctx, c.a)
		assert.True(t, p.Exclu, nom)
		assert.Empty(t, p.IPS+p.Top, nom)
		assert.Equal(t, simphonie.Code("DROITS-PARCOURS-EXCLU"), p.Trace[0].Regle.Code, nom)
	}
	dans := droits.Contexte{Jour: jour("2026-03-04"), MedecinTraitant: simphonie.Oui}
	for nom, a := range map[string]droits.ActeParcours{
		"16 ans": {Naissance: simphonie.NaissanceLe(jour("2010-03-04"))}, "FUN n'est pas un forfait d'âge": {Code: "FPU", Naissance: adulte},
		"téléconsultation avec médecin traitant": {Teleconsult: true, Naissance: adulte},
	} {
		a.Position, a.Tables = droits.ParTraitant, ts
		assert.Equal(t, "T", droits.ParcoursDeSoins(&dans, a).IPS, nom)
	}
	// 13: a detained person has A, even with an ATU.
	detenu := droits.Contexte{Jour: jour("2026-03-04"), Situations: droits.SP17}
	p := droits.ParcoursDeSoins(&detenu, droits.ActeParcours{Position: droits.EnUrgence, Code: "ATU", Naissance: adulte, Tables: ts})
	assert.Equal(t, "A", p.IPS)
	assert.Equal(t, simphonie.Code("DROITS-PARCOURS-DETENU"), p.Trace[0].Regle.Code)
	// 14: a military pension that is one keeps the ordinary indicator.
	ordinaire := droits.Contexte{Jour: jour("2026-03-04")}
	assert.Equal(t, "U", droits.ParcoursDeSoins(&ordinaire, droits.ActeParcours{Position: droits.EnUrgence, Code: "ATU", Naissance: adulte, Tables: ts}).IPS)
}

func TestIPSFacture(t *testing.T) {
	for _, c := range []struct {
		lignes string // - is blank
		ips    string
		ok     bool
	}{
		{"", "", true}, {"--", "", true}, {"S-", "S", true}, {"-T", "T", true}, {"M-M", "M", true}, {"UU", "U", true}, {"AA", "A", true},
		{"A-", "", false}, {"-U", "", false}, {"TS", "", false}, {"AU", "", false},
	} {
		var ps []droits.Parcours
		for _, l := range c.lignes {
			p := droits.Parcours{}
			if l != '-' {
				p.IPS = string(l)
			}
			ps = append(ps, p)
		}
		ips, as := droits.IPSFacture(ps)
		assert.Equal(t, c.ips, ips, c.lignes)
		if c.ok {
			assert.Empty(t, as, c.lignes)
		} else {
			assert.Equal(t, []simphonie.Code{"DROITS-PARCOURS-MIXTE"}, as.Codes(), c.lignes)
		}
	}
}

// A téléconsultation of a patient without treating doctor is out of the
// pathway, whoever says that there is none.
func TestTeleconsultationSansTraitant(t *testing.T) {
	ctx := droits.Contexte{Jour: jour("2026-03-04"), MedecinTraitant: simphonie.Non}
	p := droits.ParcoursDeSoins(&ctx, droits.ActeParcours{Position: droits.HorsParcoursChoix, Teleconsult: true, Naissance: adulte})
	assert.True(t, p.Exclu)
	assert.Empty(t, p.IPS+p.Top)
}

// A line that nobody decided is not blank, and a table that is not loaded says nothing.
func TestParcoursIndecis(t *testing.T) {
	ctx := droits.Contexte{Jour: jour("2026-03-04"), MedecinTraitant: simphonie.Oui}
	indecis := droits.ParcoursDeSoins(&ctx, droits.ActeParcours{Position: droits.AccesDirect, Specialite: "15", Naissance: adulte})
	assert.Equal(t, []simphonie.Code{"DROITS-TABLE-MANQUANTE"}, indecis.Anomalies.Codes())
	ips, as := droits.IPSFacture([]droits.Parcours{{IPS: "T"}, indecis})
	assert.Empty(t, ips)
	assert.Equal(t, []simphonie.Code{"DROITS-TABLE-MANQUANTE"}, as.Codes())
}

// An emergency forfait has U whatever position the agent gave.
func TestParcoursForfait(t *testing.T) {
	ctx := droits.Contexte{Jour: jour("2026-03-04"), MedecinTraitant: simphonie.Oui}
	for code, ips := range map[string]string{"ATU": "U", "FFM": "U", "APE": "U", "SE2": "U", "CS": "T", "SEX": "T", "ATM": "T"} {
		p := droits.ParcoursDeSoins(&ctx, droits.ActeParcours{Position: droits.ParTraitant, Code: code, Naissance: adulte, Tables: baremes(t).Tables})
		assert.Equal(t, ips, p.IPS, code)
		p = droits.ParcoursDeSoins(&ctx, droits.ActeParcours{Position: droits.ParTraitant, Code: "CS", Forfait: code, Naissance: adulte, Tables: baremes(t).Tables})
		assert.Equal(t, ips, p.IPS, "linked to %s", code)
	}
}
