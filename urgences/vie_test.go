package urgences_test

import (
	"encoding/json"
	"slices"
	"strings"
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

// l makes a line of a foreign engine, as Controler reads it.
func l(c tarif.Code, support int) facture.Ligne {
	return facture.Ligne{Code: c, Support: support, Execution: jour("2026-03-04")}
}

func demain(x facture.Ligne) facture.Ligne {
	x.Execution = x.Execution.AddDays(1)
	return x
}

func sas(specialite string) facture.Ligne {
	x := l(urgences.SAS, -1)
	x.Detail.Urgence = &facture.DetailUrgence{Specialite: specialite}
	return x
}

// Each control of structure, alone: what breaks it gives its code, and only its code.
func TestControler(t *testing.T) {
	fu, fpu := l(urgences.FU2, -1), l(urgences.FPU, -1)
	for _, c := range []struct {
		nom    string
		lignes []facture.Ligne
		codes  []simphonie.Code
	}{
		{"juste", []facture.Ligne{fu, fpu}, nil},
		{"complète", []facture.Ligne{fu, l(urgences.SU3, 0), l(urgences.SUM, 0), l(urgences.SB2, -1), sas("04"), l(urgences.SSN, 4), l(urgences.SIC, -1), l(urgences.FTR, -1), fpu}, nil},
		{"sans FU", []facture.Ligne{fpu}, []simphonie.Code{"URG-FU-UNIQUE"}},
		{"deux FU", []facture.Ligne{fu, fu, fpu}, []simphonie.Code{"URG-FU-UNIQUE"}},
		{"FU d'un autre âge", []facture.Ligne{l(urgences.FU3, -1), fpu}, []simphonie.Code{"URG-FU-AGE"}},
		{"SIM et SIC", []facture.Ligne{fu, l(urgences.SIM, -1), l(urgences.SIC, -1), fpu}, []simphonie.Code{"URG-IMAGERIE-UNIQUE"}},
		{"deux biologies", []facture.Ligne{fu, l(urgences.SB2, -1), l(urgences.SB2, -1), fpu}, []simphonie.Code{"URG-BIOLOGIE-UNIQUE"}},
		{"biologie d'un autre âge", []facture.Ligne{fu, l(urgences.SUB, -1), fpu}, []simphonie.Code{"URG-BIOLOGIE-AGE"}},
		{"supplément sans FU", []facture.Ligne{l(urgences.SUM, -1), fpu}, []simphonie.Code{"URG-FU-UNIQUE", "URG-SANS-FU"}},
		{"SAS de même spécialité", []facture.Ligne{fu, sas("04"), sas("04"), fpu}, []simphonie.Code{"URG-AVIS-SPECIALITE"}},
		{"SAS sans spécialité", []facture.Ligne{fu, l(urgences.SAS, -1), fpu}, []simphonie.Code{"URG-AVIS-SPECIALITE"}},
		{"FU et FPU d'un autre jour", []facture.Ligne{demain(fu), demain(fpu)}, []simphonie.Code{"URG-DATE", "URG-DATE"}},
		{"SAS de deux spécialités", []facture.Ligne{fu, sas("04"), sas("15"), fpu}, nil},
		{"SU2 et SU3", []facture.Ligne{fu, l(urgences.SU2, 0), l(urgences.SU3, 0), fpu}, []simphonie.Code{"URG-CCMU-UNIQUE"}},
		{"deux SUM", []facture.Ligne{fu, l(urgences.SUM, 0), l(urgences.SUM, 0), fpu}, []simphonie.Code{"URG-TRANSPORT-UNIQUE"}},
		{"PE1 et PE2 d'un adulte", []facture.Ligne{fu, l(urgences.PE1, 0), l(urgences.PE2, 0), fpu}, []simphonie.Code{"URG-PE-UNIQUE", "URG-PE-AGE", "URG-PE-AGE"}},
		{"SUN et SUF de jour", []facture.Ligne{fu, l(urgences.SUN, 0), l(urgences.SUF, 0), fpu}, []simphonie.Code{"URG-NUIT-FERIE-UNIQUE", "URG-NUIT-FERIE-HEURE", "URG-NUIT-FERIE-HEURE"}},
		{"SSN sur le FU", []facture.Ligne{fu, l(urgences.SSN, 0), fpu}, []simphonie.Code{"URG-SS-SUPPORT"}},
		{"SSN sans support", []facture.Ligne{fu, l(urgences.SSN, -1), fpu}, []simphonie.Code{"URG-SS-SUPPORT"}},
		{"SSN et SSF d'un support", []facture.Ligne{fu, sas("04"), l(urgences.SSN, 1), l(urgences.SSF, 1), fpu}, []simphonie.Code{"URG-SS-EXCLUSIF"}},
		{"SSN de deux supports", []facture.Ligne{fu, sas("04"), l(urgences.SSN, 1), l(urgences.SIM, -1), l(urgences.SSN, 3), fpu}, nil},
		{"sans forfait patient", []facture.Ligne{fu}, []simphonie.Code{"URG-PATIENT-UNIQUE"}},
		{"deux forfaits patient", []facture.Ligne{fu, fpu, l(urgences.FPX, -1)}, []simphonie.Code{"URG-PATIENT-UNIQUE"}},
		{"CFU sans forfait minoré", []facture.Ligne{fu, fpu, l(urgences.CFU, -1)}, []simphonie.Code{"URG-CFU-MINORE"}},
		{"forfait minoré sans CFU", []facture.Ligne{fu, l(urgences.FPV, -1)}, []simphonie.Code{"URG-CFU-MINORE"}},
		{"deux CFU", []facture.Ligne{fu, l(urgences.FPM, -1), l(urgences.CFU, -1), l(urgences.CFU, -1)}, []simphonie.Code{"URG-CFU-UNIQUE"}},
		{"acte CCAM ou NGAP", []facture.Ligne{fu, l("C", -1), fpu}, []simphonie.Code{"URG-CUMUL"}},
		{"ATU", []facture.Ligne{fu, l("ATU", -1), fpu}, []simphonie.Code{"URG-CUMUL"}},
		{"FT avec SIM", []facture.Ligne{fu, l(urgences.SIM, -1), l(urgences.FTR, -1), fpu}, []simphonie.Code{"URG-FORFAIT-TECHNIQUE-SIC"}},
		{"inconnu sans FU", []facture.Ligne{l("XYZ", -1), fpu}, []simphonie.Code{"URG-FU-UNIQUE", "URG-CODE-INCONNU"}},
	} {
		t.Run(c.nom, func(t *testing.T) {
			as, err := urgences.Controler(ordinaire(t, "2026-03-04 10:00"), c.lignes, options(t, connuAu))
			require.NoError(t, err)
			if len(c.codes) == 0 {
				assert.Empty(t, as)
			} else {
				assert.Equal(t, c.codes, as.Codes(), "%v", as)
			}
		})
	}
}

// FU0, PE1 and PE2 do not exist before 1 March 2023.
func TestControlerAvant2023(t *testing.T) {
	p := ordinaire(t, "2023-02-28 10:00")
	p.Naissance = naissance(t, "2023-01-15")
	fu, pe := l(urgences.FU0, -1), l(urgences.PE1, 0)
	fu.Execution, pe.Execution = jour("2023-02-28"), jour("2023-02-28")
	fpx := l(urgences.FPX, -1)
	fpx.Execution = jour("2023-02-28")
	as, err := urgences.Controler(p, []facture.Ligne{fu, pe, fpx}, options(t, connuAu))
	require.NoError(t, err)
	assert.Equal(t, []simphonie.Code{"URG-HORS-PERIODE", "URG-HORS-PERIODE"}, as.Codes())
}

// C2S: nothing is left to pay (RG_VF695).
func TestControlerC2S(t *testing.T) {
	fpu := l(urgences.FPU, -1)
	fpu.Honoraires, fpu.MRC = 2300, 2000
	as, err := urgences.Controler(avec(ordinaire(t, "2026-03-04 10:00"), c2s), []facture.Ligne{l(urgences.FU2, -1), fpu}, options(t, connuAu))
	require.NoError(t, err)
	require.Equal(t, []simphonie.Code{"URG-C2S-RESTE"}, as.Codes())
	assert.Equal(t, []string{"FPU", "3.00"}, as[0].Valeurs)
}

// The two steps of life give the same invoice as one.
func TestFusion(t *testing.T) {
	o := options(t, connuAu)
	for nom, change := range map[string]func(p *urgences.Passage){
		"ordinaire": func(p *urgences.Passage) {},
		"ALD":       func(p *urgences.Passage) { avec(p, ald) },
		"AME":       func(p *urgences.Passage) { avec(p, ame) },
		"FPX":       func(p *urgences.Passage) { avec(p, mines) },
	} {
		p := ordinaire(t, "2026-03-07 23:30")
		p.CCMU, p.ModeArrivee = "3", urgences.VehiculeB
		change(p)
		part, err := urgences.PartPatient(p, o)
		require.NoError(t, err)
		assert.Equal(t, []simphonie.Code{"URG-SEPARES"}, part.Anomalies.Codes(), "alone, it must not leave")
		suite, err := urgences.Forfaits(p, o)
		require.NoError(t, err)
		prouve(t, &part)
		prouve(t, &suite)
		r, err := urgences.Fusionner(p, &part, &suite, o)
		require.NoError(t, err)
		prouve(t, &r)
		un := compute(t, p, o)
		assert.Equal(t, un.Facture, r.Facture, nom)
		assert.Equal(t, un.Anomalies, r.Anomalies, nom)
	}
}

// The halves are days apart: they are stored and read back in between.
func TestFusionApresStockage(t *testing.T) {
	o := options(t, connuAu)
	p := avec(ordinaire(t, "2026-03-07 23:30"), ald)
	range2 := func(r urgences.Resultat) urgences.Resultat {
		b, err := json.Marshal(r)
		require.NoError(t, err)
		var relu urgences.Resultat
		require.NoError(t, json.Unmarshal(b, &relu))
		encore, err := json.Marshal(relu)
		require.NoError(t, err)
		require.Equal(t, string(b), string(encore))
		return relu
	}
	part, err := urgences.PartPatient(p, o)
	require.NoError(t, err)
	suite, err := urgences.Forfaits(p, o)
	require.NoError(t, err)
	part, suite = range2(part), range2(suite)
	r, err := urgences.Fusionner(p, &part, &suite, o)
	require.NoError(t, err)
	prouve(t, &r)
	assert.Equal(t, compute(t, p, o).Facture, r.Facture)
	annule, err := urgences.Requalifier(ptr(range2(r)), urgences.UHCD)
	require.NoError(t, err)
	assert.Equal(t, "-9.96", du(t, &annule.Contrepassation, simphonie.Patient))

	// The visit itself is stored in clear, by name, and read again.
	b, err := simphonie.MarshalEnClair(p)
	require.NoError(t, err)
	relu, err := urgences.ParsePassage(b)
	require.NoError(t, err)
	assert.Equal(t, p.Naissance, relu.Naissance)
	assert.Equal(t, p.Droits, relu.Droits)
}

// What does not fit together is refused, and said.
func TestFusionRefusee(t *testing.T) {
	o := options(t, connuAu)
	p := ordinaire(t, "2026-03-04 10:00")
	suite, err := urgences.Forfaits(p, o)
	require.NoError(t, err)
	for _, c := range []struct {
		nom    string
		change func(p *urgences.Passage)
		code   simphonie.Code
	}{
		{"autre venue", func(p *urgences.Passage) { p.Venue = "900000002" }, "URG-FUSION-PASSAGE"},
		{"autre établissement", func(p *urgences.Passage) { p.Etablissement.FINESS = "750100125" }, "URG-FUSION-PASSAGE"},
		{"autre jour", func(p *urgences.Passage) {
			p.Arrivee, p.DebutSoins, p.Sortie = p.Arrivee.AddDate(0, 0, 1), p.DebutSoins.AddDate(0, 0, 1), p.Sortie.AddDate(0, 0, 1)
		}, "URG-FUSION-PASSAGE"},
		{"ALD", func(p *urgences.Passage) { avec(p, ald) }, "URG-FUSION-DROITS"},
		{"AME", func(p *urgences.Passage) { avec(p, ame) }, "URG-FUSION-DROITS"},
		{"C2S", func(p *urgences.Passage) { avec(p, c2s) }, "URG-FUSION-DROITS"},
		{"régime local", func(p *urgences.Passage) { avec(p, local) }, "URG-FUSION-DROITS"},
		{"exonération", func(p *urgences.Passage) { avec(p, mines) }, "URG-FUSION-DROITS"},
		{"autre organisme", func(p *urgences.Passage) { p.Droits.Organisme.Caisse = "921" }, "URG-FUSION-DROITS"},
	} {
		// The patient part of another visit, or made with other rights.
		q := ordinaire(t, "2026-03-04 10:00")
		c.change(q)
		part, err := urgences.PartPatient(q, o)
		require.NoError(t, err)
		sens := []*urgences.Passage{p, q}
		if c.nom == "C2S" || c.nom == "régime local" {
			sens = sens[:1] // the forfaits are the same with and without: only the patient part can be wrong
		}
		for _, sens := range sens {
			r, err := urgences.Fusionner(sens, &part, &suite, o)
			require.NoError(t, err)
			assert.Equal(t, urgences.AVerifier, r.Issue, c.nom)
			assert.Contains(t, r.Anomalies.Codes(), c.code, c.nom)
			assert.Empty(t, r.Facture.Lignes, c.nom)
		}
	}

	part, err := urgences.PartPatient(p, o)
	require.NoError(t, err)
	// Admitted in the meantime: no invoice. Another birth date: not the same forfait.
	q := ordinaire(t, "2026-03-04 10:00")
	q.Orientation = urgences.UHCD
	r, err := urgences.Fusionner(q, &part, &suite, o)
	require.NoError(t, err)
	assert.Equal(t, simphonie.Code("URG-ADMIS-MCO"), r.Motif)
	q = ordinaire(t, "2026-03-04 10:00")
	q.Naissance = naissance(t, "1950-01-01")
	r, err = urgences.Fusionner(q, &part, &suite, o)
	require.NoError(t, err)
	assert.Equal(t, simphonie.Code("URG-FU-AGE"), r.Motif)

	// Other prices or rules: said, not refused.
	avant, err := urgences.PartPatient(p, options(t, "2026-03-05"))
	require.NoError(t, err)
	r, err = urgences.Fusionner(p, &avant, &suite, o)
	require.NoError(t, err)
	assert.Equal(t, urgences.Facturable, r.Issue)
	assert.Equal(t, []simphonie.Code{"URG-FUSION-TARIFS"}, r.Anomalies.Codes())

	// Two halves of the same side are not a whole.
	r, err = urgences.Fusionner(p, &suite, &suite, o)
	require.NoError(t, err)
	assert.Equal(t, simphonie.Code("URG-FUSION-REFUSEE"), r.Motif)
}

// Admitted after the forfait was collected: the reversal cancels the invoice
// debtor by debtor, and each gets back what it paid.
func TestRequalification(t *testing.T) {
	o := options(t, connuAu)
	p := ordinaire(t, "2026-03-04 10:00")
	part, err := urgences.PartPatient(p, o)
	require.NoError(t, err)
	r, err := urgences.Requalifier(&part, urgences.UHCD,
		urgences.Encaissement{Debiteur: simphonie.Patient, Montant: 2000}, urgences.Encaissement{Debiteur: simphonie.Patient, Montant: 300})
	require.NoError(t, err)
	assert.Equal(t, simphonie.Code("URG-REQUALIFICATION"), r.Regle)
	assert.Equal(t, []urgences.Encaissement{{Debiteur: simphonie.Patient, Montant: 2300}}, r.Remboursements)
	assert.Equal(t, "-23.00", du(t, &r.Contrepassation, simphonie.Patient))
	assert.Empty(t, r.Contrepassation.Verify())

	// Paid too much, or by somebody who owed nothing: all is given back, and said.
	r, err = urgences.Requalifier(&part, urgences.UHCD, urgences.Encaissement{Debiteur: simphonie.Patient, Montant: 9999}, urgences.Encaissement{Debiteur: simphonie.AMC("401166"), Montant: 1})
	require.NoError(t, err)
	assert.Equal(t, []simphonie.Code{"URG-REMBOURSEMENT", "URG-REMBOURSEMENT"}, r.Anomalies.Codes())

	entiere := compute(t, avec(p, ald), o)
	r, err = urgences.Requalifier(&entiere, urgences.HospitalisationMCO)
	require.NoError(t, err)
	assert.Empty(t, r.Remboursements)
	for _, d := range entiere.Facture.Debiteurs() {
		a, err := entiere.Facture.TotalPar(d)
		require.NoError(t, err)
		b, err := r.Contrepassation.TotalPar(d)
		require.NoError(t, err)
		assert.Zero(t, a+b, "%s", d)
		assert.NotZero(t, a)
	}

	_, err = urgences.Requalifier(&part, urgences.Psychiatrie)
	assert.ErrorContains(t, err, "URG-REQUALIFICATION-MOTIF")
	_, err = urgences.Requalifier(&urgences.Resultat{Issue: urgences.NonFacturable}, urgences.UHCD)
	assert.ErrorContains(t, err, "URG-REQUALIFICATION-SANS-FACTURE")
	_, err = urgences.Requalifier(&part, urgences.UHCD, urgences.Encaissement{Debiteur: simphonie.Patient, Montant: -1})
	assert.ErrorContains(t, err, "URG-ENCAISSEMENT")
}

// Where the invoice goes, by establishment, group of patients and day.
func TestCircuits(t *testing.T) {
	for _, c := range []struct {
		debut   string
		droit   func(*droits.Acquisition)
		attendu urgences.Circuit
	}{
		{"2022-02-28 10:00", c2s, urgences.ValorisationATIH},
		{"2022-03-01 10:00", c2s, urgences.AMODirect},
		{"2022-03-01 10:00", ame, urgences.AMODirect},
		{"2022-03-01 10:00", func(a *droits.Acquisition) { a.CodeGestion = "70" }, urgences.AMODirect},
		{"2025-02-28 10:00", ald, urgences.ValorisationATIH},
		{"2025-03-01 10:00", ald, urgences.AMODirect},
	} {
		assert.Equal(t, c.attendu, compute(t, avec(ordinaire(t, c.debut), c.droit), options(t, connuAu)).Circuit, c.debut)
	}
	p := ordinaire(t, "2026-03-04 10:00")
	p.Etablissement.FINESS = "750100125"
	assert.Equal(t, urgences.Circuit(""), compute(t, p, options(t, connuAu)).Circuit, "the table does not say")

	_, err := urgences.LoadCircuits(nil)
	assert.ErrorContains(t, err, "URG-CIRCUITS")
	_, err = urgences.LoadCircuits(strings.NewReader("finess;population;du;circuit\n1;c2s;2022-01-01;amo-direct\n750712184;x;2022-01-01;amo-direct\n" +
		"750712184;c2s;2022;amo-direct\n750712184;c2s;2022-01-01;poste\n750712184;c2s\n750712184;c2s;2022-01-01;amo-direct\n750712184;*;2022-01-01;valorisation-atih\n"))
	for _, faute := range []string{"line 2: not a FINESS", "line 3: unknown population", "line 4: not an ISO date", "line 5: unknown circuit", "line 6: four columns", "line 8: two circuits", "URG-CIRCUITS"} {
		assert.ErrorContains(t, err, faute)
	}
}

// Many visits: one that fails does not stop the others.
func TestComputeAll(t *testing.T) {
	bon, mauvais := ordinaire(t, "2026-03-04 10:00"), ordinaire(t, "2021-12-31 10:00")
	sansPrix := ordinaire(t, "2026-03-04 10:00")
	sansPrix.Etablissement.Secteur = tarif.ExOQN
	sansPrix.DebutSoins, sansPrix.Arrivee = paris(t, "2025-03-04 10:00"), time.Time{}
	source := func(yield func(*urgences.Passage, error) bool) {
		for _, p := range []*urgences.Passage{bon, mauvais, sansPrix, nil, bon} {
			var err error
			if p == nil {
				err = assert.AnError
			}
			if !yield(p, err) {
				return
			}
		}
	}
	var issues []urgences.Issue
	var fautes int
	for c, err := range urgences.ComputeAll(source, options(t, connuAu)) {
		if err != nil {
			fautes++
			continue
		}
		issues = append(issues, c.Resultat.Issue)
	}
	assert.Equal(t, []urgences.Issue{urgences.Facturable, urgences.ATUDue, urgences.Facturable}, issues)
	assert.Equal(t, 2, fautes)
	for range urgences.ComputeAll(source, options(t, connuAu)) {
		break // stopping early is allowed
	}
}

// The tables of codes hold each code once.
func TestCodesUniques(t *testing.T) {
	cs := slices.Clone(urgences.Codes())
	slices.Sort(cs)
	assert.Equal(t, len(cs), len(slices.Compact(cs)))
	assert.Len(t, cs, 5+7+6+2+5+5+1)
}
