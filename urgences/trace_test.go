package urgences_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/urgences"
)

// decisions lists the rules that decided, in order, repeats dropped.
func decisions(r *urgences.Resultat) []simphonie.Code {
	var cs []simphonie.Code
	vus := map[simphonie.Code]bool{}
	for i := range r.Explication.Etapes {
		e := &r.Explication.Etapes[i]
		if e.Op == facture.Decision && !vus[e.Regle.Code] {
			vus[e.Regle.Code] = true
			cs = append(cs, e.Regle.Code)
		}
	}
	return cs
}

// A visit that has everything: each step is named by its rule, in the order in
// which it is decided, and every rule of the explanation has a source.
func TestDecisions(t *testing.T) {
	p := ordinaire(t, "2026-03-04 22:30")
	p.Naissance = naissance(t, "2018-01-01")
	p.CCMU, p.Actes = "2", []string{"ZZZZ901"}
	p.Diagnostic, p.ModeArrivee = "Z99.1", urgences.VehiculeC
	p.Biologie = []time.Time{p.DebutSoins}
	p.Avis = []urgences.Avis{{Specialite: "04", Debut: p.DebutSoins, SurDemande: simphonie.Oui, AupresDuPatient: simphonie.Oui},
		{Specialite: "12", Debut: p.DebutSoins, SurDemande: simphonie.Oui, AupresDuPatient: simphonie.Oui, EnCharge: true}}
	p.Imagerie = []urgences.Imagerie{{Type: urgences.Coupe, ParRadiologue: simphonie.Oui, Debut: p.DebutSoins, Forfait: urgences.FTR}}
	r := compute(t, avec(p, ald), options(t, connuAu))
	require.Equal(t, urgences.Facturable, r.Issue, "%v", r.Anomalies)
	assert.Equal(t, []simphonie.Code{
		"URG-FACTURABLE", "DROITS-NATURE-MALADIE", "URG-JEU", "URG-CFU", "URG-FPU",
		"URG-AGE", "URG-TARIF", "URG-TAUX-FORFAIT", "URG-NUIT-FERIE", "URG-LISTE", "URG-CCMU", "URG-PEDIATRIE",
		"URG-TRANSPORT", "URG-BIOLOGIE", "URG-AVIS", "URG-NUIT-FERIE-SUPPORT", "URG-AVIS-EN-CHARGE", "URG-IMAGERIE",
		"URG-FORFAIT-TECHNIQUE", "URG-I-PRIX-PATIENT", "URG-PRIX-DEDUIT",
	}, decisions(&r))
	for i := range r.Explication.Etapes {
		e := &r.Explication.Etapes[i]
		assert.NotEmpty(t, e.Regle.Source)
		assert.NotContains(t, e.Texte(), "{", "%s: a value is missing in its text", e.Regle.Code)
	}
	// Who owes each line is a step of its own.
	derniere := r.Explication.Etapes[len(r.Explication.Etapes)-1]
	assert.Equal(t, simphonie.Code("URG-PART"), derniere.Regle.Code)
}

// The rule that decides the patient part in each situation.
func TestRegleDeLaPartPatient(t *testing.T) {
	for _, c := range []struct {
		regle simphonie.Code
		droit func(a *droits.Acquisition)
	}{
		{"URG-FPU-AME", ame}, {"URG-FPX", mines}, {"URG-CFU", ald}, {"URG-FPL", local}, {"URG-FPU-C2S", c2s},
		{"URG-FPU", func(*droits.Acquisition) {}},
	} {
		r := compute(t, avec(ordinaire(t, "2026-03-04 10:00"), c.droit), options(t, connuAu))
		assert.Contains(t, decisions(&r), c.regle)
		assert.Equal(t, c.regle == "URG-FPU-AME", contient(decisions(&r), "URG-AME-FORFAIT"))
		n := 0
		for _, autre := range []simphonie.Code{"URG-FPU-AME", "URG-FPX", "URG-FPL", "URG-FPU-C2S", "URG-FPU"} {
			if contient(decisions(&r), autre) {
				n++
			}
		}
		assert.Equal(t, 1, n, "one payer is decided, once")
	}
}

func contient(cs []simphonie.Code, c simphonie.Code) bool {
	for _, x := range cs {
		if x == c {
			return true
		}
	}
	return false
}
