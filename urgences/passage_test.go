package urgences_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/tarif"
	"github.com/simphonie/simphonie/urgences"
)

// The gate: what is billable, what is not, and what is left to external care.
func TestPorte(t *testing.T) {
	for _, c := range []struct {
		nom    string
		change func(p *urgences.Passage)
		issue  urgences.Issue
		motif  simphonie.Code
	}{
		{"domicile", func(p *urgences.Passage) {}, urgences.Facturable, "URG-FACTURABLE"},
		{"décès", func(p *urgences.Passage) { p.Orientation = urgences.Deces }, urgences.Facturable, "URG-FACTURABLE"},
		{"transfert", func(p *urgences.Passage) { p.Orientation = urgences.TransfertHorsEnceinte }, urgences.Facturable, "URG-FACTURABLE"},
		{"psychiatrie", func(p *urgences.Passage) { p.Orientation = urgences.Psychiatrie }, urgences.Facturable, "URG-FACTURABLE"},
		{"SMR", func(p *urgences.Passage) { p.Orientation = urgences.AutreHospitalisation }, urgences.Facturable, "URG-FACTURABLE"},
		{"parti sans soins", func(p *urgences.Passage) { p.Orientation = urgences.PartiSansSoins }, urgences.NonFacturable, "URG-SANS-SOINS"},
		{"réorienté", func(p *urgences.Passage) { p.Orientation = urgences.Reoriente }, urgences.NonFacturable, "URG-SANS-SOINS"},
		{"admis en MCO", func(p *urgences.Passage) { p.Orientation = urgences.HospitalisationMCO }, urgences.NonFacturable, "URG-ADMIS-MCO"},
		{"UHCD", func(p *urgences.Passage) { p.Orientation = urgences.UHCD }, urgences.NonFacturable, "URG-ADMIS-MCO"},
		{"gynécologie", func(p *urgences.Passage) { p.Motif = urgences.MotifGynecologique }, urgences.ATUDue, "URG-GYNECOLOGIE"},
		{"gynécologie admise", func(p *urgences.Passage) {
			p.Motif, p.Orientation = urgences.MotifGynecologique, urgences.HospitalisationMCO
		}, urgences.NonFacturable, "URG-ADMIS-MCO"},
		{"obstétrique", func(p *urgences.Passage) { p.Motif = urgences.MotifObstetrical }, urgences.AVerifier, "URG-OBSTETRIQUE"},
		{"soins incomplets", func(p *urgences.Passage) { p.SoinsComplets = simphonie.Non }, urgences.NonFacturable, "URG-SOINS-INCOMPLETS"},
		{"structure non autorisée", func(p *urgences.Passage) { p.Etablissement.StructureAutorisee = simphonie.Non }, urgences.NonFacturable, "URG-STRUCTURE"},
		{"veille de la réforme", func(p *urgences.Passage) {
			p.Arrivee, p.Sortie, p.DebutSoins = time.Time{}, time.Time{}, paris(t, "2021-12-31 23:59")
		}, urgences.ATUDue, "URG-AVANT-2022"},
		{"premier jour de la réforme", func(p *urgences.Passage) {
			p.Arrivee, p.Sortie, p.DebutSoins = time.Time{}, time.Time{}, paris(t, "2022-01-01 00:00")
		}, urgences.Facturable, "URG-FACTURABLE"},
	} {
		t.Run(c.nom, func(t *testing.T) {
			p := ordinaire(t, "2026-03-04 10:00")
			c.change(p)
			for _, calcule := range []func(*urgences.Passage, *urgences.Options) (urgences.Resultat, error){
				urgences.Compute, urgences.PartPatient, urgences.Forfaits,
			} {
				r, err := calcule(p, options(t, connuAu))
				require.NoError(t, err)
				assert.Equal(t, c.issue, r.Issue, "%v", r.Anomalies)
				assert.Equal(t, c.motif, r.Motif)
				if c.issue != urgences.Facturable {
					assert.Empty(t, r.Facture.Lignes, "no bill")
				}
			}
		})
	}
}

// Readings of the gate, and who bears FPU when an insurer is declared.
func TestInterpretations(t *testing.T) {
	o := options(t, connuAu)
	o.Interpretations.HorsMCO = urgences.HorsMCOAVerifier
	p := ordinaire(t, "2026-03-04 10:00")
	p.Orientation = urgences.Psychiatrie
	r := compute(t, p, o)
	assert.Equal(t, simphonie.Code("URG-HORS-MCO"), r.Motif)
	assert.Contains(t, r.Explication.String(), "URG-I-HORS-MCO")

	o = options(t, connuAu)
	o.Interpretations.Obstetrique = urgences.ObstetriqueForfait
	p = ordinaire(t, "2026-03-04 10:00")
	p.Motif = urgences.MotifObstetrical
	r = compute(t, p, o)
	assert.Equal(t, urgences.Facturable, r.Issue)
	assert.Contains(t, r.Explication.String(), "URG-I-OBSTETRIQUE")

	p = ordinaire(t, "2026-03-04 10:00")
	p.AMC = "0000401166"
	r = compute(t, p, options(t, connuAu))
	assert.Equal(t, "23.00", du(t, &r.Facture, simphonie.Patient))
	assert.Contains(t, r.Explication.String(), "URG-I-AMC-DECLAREE")
	o = options(t, connuAu)
	o.Interpretations.AMCDeclaree = urgences.AMCAssureur
	r = compute(t, p, o)
	assert.Equal(t, "23.00", du(t, &r.Facture, simphonie.AMC("401166")))

	// Several exempt situations with other codes: régime of mines (6) and newborn (3).
	p = avec(ordinaire(t, "2026-03-04 10:00"), mines)
	p.Naissance = naissance(t, "2026-03-01")
	aucune := urgences.PediatrieAucune
	p.Pediatrie = &aucune
	r = compute(t, p, options(t, connuAu))
	assert.Equal(t, "6", ligne(t, &r.Facture, urgences.FPX).Exoneration.String())
	assert.Contains(t, r.Explication.String(), "URG-I-ORDRE-FPX")
	o = options(t, connuAu)
	o.Interpretations.OrdreFPX = urgences.OrdreTableau
	r = compute(t, p, o)
	assert.Equal(t, "3", ligne(t, &r.Facture, urgences.FPX).Exoneration.String())
}

// Newborn: the 30th day after birth is in, the 31st is out, by default.
func TestNouveauNe(t *testing.T) {
	aucune := urgences.PediatrieAucune
	for _, c := range []struct {
		naissance string
		jours     int
		attendu   tarif.Code
	}{
		{"2026-03-31", 0, urgences.FPX}, {"2026-03-01", 0, urgences.FPX}, {"2026-02-28", 0, urgences.FPU},
		{"2026-03-01", 29, urgences.FPU}, {"2026-03-02", 29, urgences.FPX},
	} {
		p := ordinaire(t, "2026-03-31 10:00")
		p.Naissance, p.Pediatrie = naissance(t, c.naissance), &aucune
		o := options(t, connuAu)
		o.Interpretations.JoursNouveauNe = c.jours
		r := compute(t, p, o)
		assert.Equal(t, c.attendu, r.Facture.Lignes[1].Code, "%+v", c)
	}
	p := ordinaire(t, "2026-03-31 10:00")
	p.Naissance, p.Pediatrie = naissance(t, "2026-03-01"), &aucune
	assert.Contains(t, compute(t, p, options(t, connuAu)).Explication.String(), "URG-I-NOUVEAU-NE", "near the edge the reading is named")
}

// Every supplement, with what gives it and what does not.
func TestSupplements(t *testing.T) {
	for _, c := range []struct {
		nom     string
		change  func(p *urgences.Passage)
		attendu []tarif.Code
	}{
		{"CCMU 1", func(p *urgences.Passage) { p.CCMU = "1" }, nil},
		{"CCMU 2 sans acte", func(p *urgences.Passage) { p.CCMU = "2" }, nil},
		{"CCMU 2, acte de la liste", func(p *urgences.Passage) { p.CCMU, p.Actes = "2", []string{"ZZZZ901"} }, []tarif.Code{urgences.SU2}},
		{"CCMU 2, acte sorti de la liste", func(p *urgences.Passage) { p.CCMU, p.Actes = "2", []string{"ZZZZ902"} }, nil},
		{"CCMU 2, décision", func(p *urgences.Passage) { p.CCMU, p.ActeAnnexe2 = "2", simphonie.Oui }, []tarif.Code{urgences.SU2}},
		{"CCMU 2, décision contraire", func(p *urgences.Passage) { p.CCMU, p.ActeAnnexe2 = "2", simphonie.Non }, nil},
		{"CCMU 1, acte de la liste", func(p *urgences.Passage) { p.Actes = []string{"ZZZZ901"} }, nil},
		{"CCMU 3", func(p *urgences.Passage) { p.CCMU = "3" }, []tarif.Code{urgences.SU3}},
		{"CCMU 4", func(p *urgences.Passage) { p.CCMU = "4" }, []tarif.Code{urgences.SU3}},
		{"CCMU 5", func(p *urgences.Passage) { p.CCMU = "5" }, []tarif.Code{urgences.SU3}},
		{"CCMU P", func(p *urgences.Passage) { p.CCMU = "P" }, nil},
		{"CCMU D", func(p *urgences.Passage) { p.CCMU = "D" }, nil},
		{"véhicule A", func(p *urgences.Passage) { p.ModeArrivee = urgences.VehiculeA }, []tarif.Code{urgences.SUM}},
		{"véhicule B", func(p *urgences.Passage) { p.ModeArrivee = urgences.VehiculeB }, []tarif.Code{urgences.SUM}},
		{"véhicule C", func(p *urgences.Passage) { p.ModeArrivee = urgences.VehiculeC }, []tarif.Code{urgences.SUM}},
		{"véhicule D", func(p *urgences.Passage) { p.ModeArrivee = urgences.VehiculeD }, nil},
		{"aéronef", func(p *urgences.Passage) { p.ModeArrivee = urgences.Aeronef }, []tarif.Code{urgences.SUM}},
		{"taxi", func(p *urgences.Passage) { p.ModeArrivee = urgences.Taxi }, nil},
		{"forces de l'ordre", func(p *urgences.Passage) { p.ModeArrivee = urgences.ForcesDeLOrdre }, nil},
		{"deux actes de biologie", func(p *urgences.Passage) { p.Biologie = []time.Time{p.DebutSoins, p.DebutSoins.Add(time.Hour)} }, []tarif.Code{urgences.SB2}},
		{"avis non demandé", func(p *urgences.Passage) {
			p.Avis = []urgences.Avis{{Specialite: "04", Debut: p.DebutSoins, AupresDuPatient: simphonie.Oui}}
		}, nil},
		{"avis par téléphone", func(p *urgences.Passage) {
			p.Avis = []urgences.Avis{{Specialite: "04", Debut: p.DebutSoins, SurDemande: simphonie.Oui}}
		}, nil},
		{"pédiatre en charge", func(p *urgences.Passage) {
			p.Avis = []urgences.Avis{{Specialite: "12", Debut: p.DebutSoins, SurDemande: simphonie.Oui, AupresDuPatient: simphonie.Oui, EnCharge: true}}
		}, nil},
		{"deux avis d'une spécialité, un d'une autre", func(p *urgences.Passage) {
			a := urgences.Avis{Specialite: "04", Debut: p.DebutSoins, SurDemande: simphonie.Oui, AupresDuPatient: simphonie.Oui}
			b := a
			b.Specialite = "15"
			p.Avis = []urgences.Avis{a, a, b}
		}, []tarif.Code{urgences.SAS, urgences.SAS}},
	} {
		t.Run(c.nom, func(t *testing.T) {
			p := ordinaire(t, "2026-03-04 10:00")
			c.change(p)
			r := compute(t, p, options(t, connuAu))
			require.Equal(t, urgences.Facturable, r.Issue, "%v", r.Anomalies)
			assert.Equal(t, slices.Concat([]tarif.Code{urgences.FU2}, c.attendu, []tarif.Code{urgences.FPU}), codes(&r.Facture))
		})
	}
}

// A supplement says on what it rests.
func TestOrigineDesSupplements(t *testing.T) {
	p := ordinaire(t, "2026-03-04 10:00")
	p.CCMU, p.Actes = "2", []string{"ZZZZ901"}
	o := options(t, connuAu)
	d := ligne(t, ptr(compute(t, p, o).Facture), urgences.SU2).Detail.Urgence
	assert.Equal(t, "liste", d.Origine)
	assert.Equal(t, o.ActesAnnexe2.Designation(), d.Liste)

	// The caller's decision contradicts the list: it is followed, and said.
	p.Actes, p.ActeAnnexe2 = []string{"AAAA001"}, simphonie.Oui
	r := compute(t, p, o)
	assert.Equal(t, "decision", ligne(t, &r.Facture, urgences.SU2).Detail.Urgence.Origine)
	assert.Contains(t, r.Anomalies.Codes(), simphonie.Code("URG-LISTE-DECISION"))

	// Neither list nor decision: a person decides.
	p.ActeAnnexe2, o.ActesAnnexe2 = 0, nil
	r = compute(t, p, o)
	assert.Equal(t, urgences.AVerifier, r.Issue)
	assert.Equal(t, simphonie.Code("URG-LISTE-MANQUE"), r.Motif)
}

func ptr[T any](v T) *T { return &v }

// PE1 and PE2: FU0 and FU1 only, by lists or decision.
func TestPediatrie(t *testing.T) {
	enfant := func(naissanceLe string) *urgences.Passage {
		p := ordinaire(t, "2026-03-04 10:00")
		p.Naissance = naissance(t, naissanceLe)
		return p
	}
	for diagnostic, attendu := range map[string][]tarif.Code{
		"Z99.1": {urgences.FU1, urgences.PE1, urgences.FPU}, "Z99.2": {urgences.FU1, urgences.PE2, urgences.FPU}, "Z00.0": {urgences.FU1, urgences.FPU},
	} {
		p := enfant("2018-01-01")
		p.Diagnostic = diagnostic
		assert.Equal(t, attendu, codes(ptr(compute(t, p, options(t, connuAu)).Facture)))
		p.Naissance = naissance(t, "2010-03-04") // 16 years: no paediatric supplement
		assert.Equal(t, []tarif.Code{urgences.FU2, urgences.FPU}, codes(ptr(compute(t, p, options(t, connuAu)).Facture)))
	}
	p := enfant("2018-01-01")
	p.Diagnostic, p.Pediatrie = "Z99.1", ptr(urgences.PediatriePE2)
	r := compute(t, p, options(t, connuAu))
	assert.Equal(t, urgences.PE2, r.Facture.Lignes[1].Code)
	assert.Contains(t, r.Anomalies.Codes(), simphonie.Code("URG-LISTE-DECISION"))

	o := options(t, connuAu)
	o.DiagnosticsPE2 = o.DiagnosticsPE1
	p = enfant("2018-01-01")
	p.Diagnostic = "Z99.1"
	assert.Equal(t, simphonie.Code("URG-PE-DEUX-LISTES"), compute(t, p, o).Motif)
	o.DiagnosticsPE1, o.DiagnosticsPE2 = nil, nil
	assert.Equal(t, simphonie.Code("URG-LISTE-MANQUE"), compute(t, p, o).Motif)
	p.Diagnostic = ""
	r = compute(t, p, o)
	assert.Equal(t, urgences.Facturable, r.Issue)
	assert.Contains(t, r.Anomalies.Codes(), simphonie.Code("URG-DONNEE-ABSENTE"))
}

// The order of RG_MF602 wins over chronology; complements hang on their support;
// each line has its own day and age.
func TestOrdreEtDates(t *testing.T) {
	p := ordinaire(t, "2026-03-07 23:30") // Saturday night; 45 years old at midnight
	p.Naissance = naissance(t, "1981-03-08")
	p.CCMU, p.ModeArrivee = "4", urgences.VehiculeA
	p.Biologie = []time.Time{paris(t, "2026-03-08 00:10")}
	p.Avis = []urgences.Avis{{Specialite: "04", Debut: paris(t, "2026-03-08 09:00"), SurDemande: simphonie.Oui, AupresDuPatient: simphonie.Oui}}
	p.Imagerie = []urgences.Imagerie{{Type: urgences.Coupe, ParRadiologue: simphonie.Oui, Debut: paris(t, "2026-03-08 00:30"), Forfait: urgences.FTR, Scanner: true}}
	r := compute(t, p, options(t, connuAu))
	f := &r.Facture
	assert.Equal(t, []tarif.Code{urgences.FU2, urgences.SUN, urgences.SU3, urgences.SUM, urgences.SB3, urgences.SAS, urgences.SSF,
		urgences.SIC, urgences.SSN, urgences.FTR, urgences.FPU}, codes(f))
	for i, attendu := range []struct {
		support int
		jour    string
	}{{-1, "2026-03-07"}, {0, "2026-03-07"}, {0, "2026-03-07"}, {0, "2026-03-07"}, {-1, "2026-03-08"}, {-1, "2026-03-08"},
		{5, "2026-03-08"}, {-1, "2026-03-08"}, {7, "2026-03-08"}, {-1, "2026-03-08"}, {-1, "2026-03-07"}} {
		assert.Equal(t, attendu.support, f.Lignes[i].Support, "line %d", i)
		assert.Equal(t, jour(attendu.jour), f.Lignes[i].Execution, "line %d", i)
	}
	// 30.33 + 24.63 + 22.94 (22.935) + 26.38 + 21.68 + 29.78 + 16.18 + 27.99 (27.985) + 23.08 + 67.43 = 290.42
	assert.Equal(t, "290.42", du(t, f, simphonie.AMO))
	assert.Equal(t, "23.00", du(t, f, simphonie.Patient))
	total, err := f.Total()
	require.NoError(t, err)
	assert.Equal(t, "313.42", total.String())
}

// Rights are looked at on each line's own day. The AME covers an invoice or
// nothing: when it ends at midnight, a person decides.
func TestDroitsQuiChangent(t *testing.T) {
	p := ordinaire(t, "2026-03-04 23:00")
	p.Droits.Situations = []droits.Droit[droits.CodeSituation]{{Code: "10", Periodes: []simphonie.Periode{{Au: jour("2026-03-04")}}}}
	r := compute(t, p, options(t, connuAu))
	require.Equal(t, urgences.Facturable, r.Issue, "%v", r.Anomalies)
	assert.Contains(t, r.Explication.String(), "DROITS-I-FIN-DE-PERIODE")
	p.Biologie = []time.Time{paris(t, "2026-03-05 00:30"), paris(t, "2026-03-05 01:30")}
	p.Avis = []urgences.Avis{{Specialite: "04", Debut: paris(t, "2026-03-05 02:00"), SurDemande: simphonie.Oui, AupresDuPatient: simphonie.Oui}}
	r = compute(t, p, options(t, connuAu))
	assert.Equal(t, []simphonie.Code{"URG-DROITS-CHANGENT"}, r.Anomalies.Codes(), "said once for a day")
	assert.Equal(t, urgences.AVerifier, r.Issue)

	// Rights that close at midnight are said once, too; an ALD that opens changes nothing.
	p.Droits.Situations, p.Droits.Periodes = nil, []simphonie.Periode{{Au: jour("2026-03-04")}}
	assert.Equal(t, []simphonie.Code{"DROITS-FERMES"}, compute(t, p, options(t, connuAu)).Anomalies.Codes())
	p.Droits.Periodes = []simphonie.Periode{{Du: jour("2020-01-01")}}
	p.Droits.ETM = []droits.Droit[droits.CodeETM]{{Code: "8", Periodes: []simphonie.Periode{{Du: jour("2026-03-05")}}}}
	assert.Equal(t, urgences.Facturable, compute(t, p, options(t, connuAu)).Issue)
}

// A visit without care, or taken into a stay, is decided by its orientation
// alone: nothing else of it needs to be right.
func TestSortieSeule(t *testing.T) {
	for orientation, motif := range map[urgences.Orientation]simphonie.Code{
		urgences.PartiSansSoins: "URG-SANS-SOINS", urgences.Reoriente: "URG-SANS-SOINS",
		urgences.HospitalisationMCO: "URG-ADMIS-MCO", urgences.UHCD: "URG-ADMIS-MCO",
	} {
		r := compute(t, &urgences.Passage{Venue: "1", Orientation: orientation, CCMU: "9"}, options(t, connuAu))
		assert.Equal(t, urgences.NonFacturable, r.Issue)
		assert.Equal(t, motif, r.Motif)
		assert.Empty(t, r.Anomalies)
	}
}

// An answer that nobody gave is not a no.
func TestReponsesAbsentes(t *testing.T) {
	for nom, c := range map[string]struct {
		change func(p *urgences.Passage)
		issue  urgences.Issue
		code   simphonie.Code
	}{
		"soins complets": {func(p *urgences.Passage) { p.SoinsComplets = 0 }, urgences.AVerifier, "URG-VALEUR"},
		"autorisation":   {func(p *urgences.Passage) { p.Etablissement.StructureAutorisee = 0 }, urgences.AVerifier, "URG-VALEUR"},
		"radiologue": {func(p *urgences.Passage) {
			p.Imagerie = []urgences.Imagerie{{Type: urgences.Coupe, Debut: p.DebutSoins}}
		}, urgences.Facturable, "URG-DONNEE-ABSENTE"},
		"compte rendu": {func(p *urgences.Passage) {
			p.Imagerie = []urgences.Imagerie{{Type: urgences.Echographie, ParRadiologue: simphonie.Oui, Debut: p.DebutSoins}}
		}, urgences.Facturable, "URG-DONNEE-ABSENTE"},
		"demande d'avis": {func(p *urgences.Passage) {
			p.Avis = []urgences.Avis{{Specialite: "04", AupresDuPatient: simphonie.Oui, Debut: p.DebutSoins}}
		}, urgences.Facturable, "URG-DONNEE-ABSENTE"},
	} {
		p := ordinaire(t, "2026-03-04 10:00")
		c.change(p)
		r := compute(t, p, options(t, connuAu))
		assert.Equal(t, c.issue, r.Issue, nom)
		assert.Equal(t, []simphonie.Code{c.code}, r.Anomalies.Codes(), nom)
	}
}

// A gynaecological visit is left to external care wherever it took place.
func TestGynecologieSansAutorisation(t *testing.T) {
	p := ordinaire(t, "2026-03-04 10:00")
	p.Motif, p.Etablissement.StructureAutorisee = urgences.MotifGynecologique, simphonie.Non
	assert.Equal(t, urgences.ATUDue, compute(t, p, options(t, connuAu)).Issue)
}

// Technical forfaits are exempt by themselves; the second scanner is at 0.15,
// and texts say nothing of a third; one without SIC is set aside, and said.
func TestForfaitsTechniques(t *testing.T) {
	scan := urgences.Imagerie{Type: urgences.Coupe, ParRadiologue: simphonie.Oui, Debut: paris(t, "2026-03-04 11:30"), Forfait: urgences.FTN, Scanner: true}
	p := avec(ordinaire(t, "2026-03-04 10:00"), ald)
	p.Imagerie = []urgences.Imagerie{scan}
	r := compute(t, p, options(t, connuAu))
	assert.Equal(t, "4", ligne(t, &r.Facture, urgences.SIC).Exoneration.String())
	assert.Equal(t, "0", ligne(t, &r.Facture, urgences.FTN).Exoneration.String())
	assert.Equal(t, simphonie.Cent, ligne(t, &r.Facture, urgences.FTN).Taux)

	p.Imagerie = []urgences.Imagerie{scan, scan, scan}
	assert.Equal(t, simphonie.Code("URG-TROISIEME-SCANNER"), compute(t, p, options(t, connuAu)).Motif)

	autre := scan
	autre.ParRadiologue = simphonie.Non
	for _, actes := range [][]urgences.Imagerie{{autre}, {scan, autre}} {
		p.Imagerie = actes
		r = compute(t, p, options(t, connuAu))
		assert.Equal(t, urgences.Facturable, r.Issue)
		assert.Equal(t, []simphonie.Code{"URG-FORFAIT-ECARTE"}, r.Anomalies.Codes())
	}
}

// Of several advices of a specialty the earliest counts, in any order.
func TestAvisLePlusTot(t *testing.T) {
	tot := urgences.Avis{Specialite: "04", Debut: paris(t, "2026-03-04 11:00"), SurDemande: simphonie.Oui, AupresDuPatient: simphonie.Oui}
	tard := tot
	tard.Debut = paris(t, "2026-03-04 21:00")
	for _, avis := range [][]urgences.Avis{{tot, tard}, {tard, tot}, {tot, tot, tard}} {
		p := ordinaire(t, "2026-03-04 10:00")
		p.Avis = avis
		assert.Equal(t, []tarif.Code{urgences.FU2, urgences.SAS, urgences.FPU}, codes(ptr(compute(t, p, options(t, connuAu)).Facture)))
	}
	p := ordinaire(t, "2026-03-04 10:00")
	p.Avis = []urgences.Avis{tot}
	p.Avis[0].Specialite = "4"
	assert.Equal(t, simphonie.Code("URG-VALEUR"), compute(t, p, options(t, connuAu)).Motif)
}

// Codes are compared in one form; one that has no form at all is said.
func TestFormesDesCodes(t *testing.T) {
	for acte, attendu := range map[string]bool{"ZZZZ901": true, "zzzz901": true, "ZZZZ901-01": true, "ZZZZ903": false} {
		p := ordinaire(t, "2026-03-04 10:00")
		p.CCMU, p.Actes = "2", []string{acte}
		r := compute(t, p, options(t, connuAu))
		assert.Equal(t, attendu, r.Facture.Lignes[1].Code == urgences.SU2, acte)
		assert.Empty(t, r.Anomalies)
	}
	for _, diagnostic := range []string{"Z99.1", "Z991", "z99.1"} {
		p := ordinaire(t, "2026-03-04 10:00")
		p.Naissance, p.Diagnostic = naissance(t, "2018-01-01"), diagnostic
		assert.Equal(t, urgences.PE1, compute(t, p, options(t, connuAu)).Facture.Lignes[1].Code, diagnostic)
	}
	p := ordinaire(t, "2026-03-04 10:00")
	p.Naissance, p.Diagnostic, p.CCMU, p.Actes = naissance(t, "2018-01-01"), "asthme", "2", []string{"suture", "ZZZZ901X"}
	assert.Equal(t, []simphonie.Code{"URG-CODE-MAL-FORME", "URG-CODE-MAL-FORME", "URG-CODE-MAL-FORME"}, compute(t, p, options(t, connuAu)).Anomalies.Codes())
}

// Dates that do not fit: of birth against the rights, lunar and recent, beyond
// the years that exist, after what is known.
func TestDatesDouteuses(t *testing.T) {
	p := ordinaire(t, "2026-03-04 10:00")
	p.Droits.Beneficiaire.Naissance = naissance(t, "1950-01-01")
	assert.Equal(t, []simphonie.Code{"URG-NAISSANCE-DROITS"}, compute(t, p, options(t, connuAu)).Anomalies.Codes())

	p = ordinaire(t, "2026-03-04 10:00")
	p.Naissance = naissance(t, "2026-00-00")
	assert.Equal(t, simphonie.Code("URG-NAISSANCE-LUNAIRE"), compute(t, p, options(t, connuAu)).Motif)
	p.Naissance = naissance(t, "2023-00-00")
	p.Diagnostic = "Z00.0"
	assert.Equal(t, urgences.Facturable, compute(t, p, options(t, connuAu)).Issue)

	p = ordinaire(t, "2026-03-04 10:00")
	p.Biologie = []time.Time{time.Date(9999, 12, 31, 23, 59, 0, 0, time.UTC)}
	assert.Equal(t, simphonie.Code("URG-INSTANT"), compute(t, p, options(t, connuAu)).Motif)
	p = ordinaire(t, "2026-03-04 10:00")
	p.Arrivee = time.Date(1026, 3, 4, 0, 0, 0, 0, time.UTC)
	assert.Equal(t, simphonie.Code("URG-INSTANT"), compute(t, p, options(t, connuAu)).Motif)
	o := options(t, connuAu)
	o.Emission = jour("2026-03-03")
	assert.Equal(t, simphonie.Code("URG-INSTANT"), compute(t, ordinaire(t, "2026-03-04 10:00"), o).Motif)
	r := compute(t, ordinaire(t, "2026-03-04 10:00"), options(t, "2026-03-03"))
	assert.Equal(t, []simphonie.Code{"URG-APRES-CONNU"}, r.Anomalies.Codes())
}

// What is wrong with a visit comes back all at once, each with its place.
func TestMauvaisesDonnees(t *testing.T) {
	for _, c := range []struct {
		nom    string
		change func(p *urgences.Passage)
		codes  []simphonie.Code
	}{
		{"naissance après les soins", func(p *urgences.Passage) { p.Naissance = naissance(t, "2026-03-05") }, []simphonie.Code{"URG-NAISSANCE-APRES-SOINS"}},
		{"naissance absente", func(p *urgences.Passage) { p.Naissance = simphonie.DateNaissance{} }, []simphonie.Code{"URG-NAISSANCE"}},
		{"siècle inconnu", func(p *urgences.Passage) { p.Naissance = naissance(t, "50-06-15") }, []simphonie.Code{"URG-NAISSANCE"}},
		{"soins avant l'arrivée", func(p *urgences.Passage) { p.Arrivee = p.DebutSoins.Add(time.Minute) }, []simphonie.Code{"URG-CHRONOLOGIE"}},
		{"sortie avant les soins", func(p *urgences.Passage) { p.Sortie = p.DebutSoins.Add(-time.Minute) }, []simphonie.Code{"URG-CHRONOLOGIE"}},
		{"acte après la sortie", func(p *urgences.Passage) { p.Biologie = []time.Time{p.Sortie.Add(time.Minute)} }, []simphonie.Code{"URG-CHRONOLOGIE"}},
		{"acte sans heure", func(p *urgences.Passage) {
			p.Avis = []urgences.Avis{{Specialite: "04", SurDemande: simphonie.Oui, AupresDuPatient: simphonie.Non}}
		}, []simphonie.Code{"URG-VALEUR"}},
		{"ni naissance, ni début, ni droits", func(p *urgences.Passage) {
			p.Naissance, p.DebutSoins, p.Droits = simphonie.DateNaissance{}, time.Time{}, nil
		}, []simphonie.Code{"URG-NAISSANCE", "URG-DEBUT-SOINS", "DROITS-ABSENTS"}},
		{"début absent", func(p *urgences.Passage) { p.DebutSoins = time.Time{} }, []simphonie.Code{"URG-DEBUT-SOINS"}},
		{"sans droits", func(p *urgences.Passage) { p.Droits = nil }, []simphonie.Code{"DROITS-ABSENTS"}},
		{"droits fermés", func(p *urgences.Passage) { p.Droits.Periodes = []simphonie.Periode{{Au: jour("2026-03-03")}} }, []simphonie.Code{"DROITS-FERMES"}},
		{"venue absente", func(p *urgences.Passage) { p.Venue = "" }, []simphonie.Code{"URG-VENUE"}},
		{"établissement vide", func(p *urgences.Passage) { p.Etablissement = urgences.Etablissement{} }, []simphonie.Code{"URG-FINESS", "URG-ETABLISSEMENT", "URG-VALEUR"}},
		{"tout à la fois", func(p *urgences.Passage) {
			p.Venue, p.Orientation, p.CCMU, p.ModeArrivee, p.Motif = "", "", "9", "velo", "x"
			p.Pediatrie = ptr(urgences.Pediatrie("pe3"))
			p.Imagerie = []urgences.Imagerie{{Type: "photo", ParRadiologue: simphonie.Non, Debut: p.DebutSoins}}
			p.Soins.Exoneration = &urgences.ExonerationForcee{Code: "8"}
		}, []simphonie.Code{"URG-VENUE", "URG-VALEUR", "URG-VALEUR", "URG-EXONERATION-FORCEE", "URG-VALEUR", "URG-VALEUR", "URG-VALEUR", "URG-VALEUR"}},
		{"codes saisis : deux FU", func(p *urgences.Passage) {
			p.Codes = []urgences.CodeSaisi{{Code: "FU2"}, {Code: "FU3"}, {Code: "FPU"}}
		}, []simphonie.Code{"URG-FU-UNIQUE", "URG-FU-AGE", "URG-ECART-SAISIE"}},
		{"naissance, droits et codes à la fois", func(p *urgences.Passage) {
			p.Naissance, p.Droits = naissance(t, "2026-03-05"), nil
			p.Codes = []urgences.CodeSaisi{{Code: "FU1"}, {Code: "FU2"}, {Code: "FPU"}}
		}, []simphonie.Code{"URG-NAISSANCE-APRES-SOINS", "DROITS-ABSENTS", "URG-FU-UNIQUE"}},
		{"codes saisis : illisible", func(p *urgences.Passage) {
			p.Codes = []urgences.CodeSaisi{{Code: "fu2"}, {Code: "FU2"}, {Code: "FPU"}}
		}, []simphonie.Code{"URG-VALEUR"}},
		{"codes saisis : inconnu", func(p *urgences.Passage) {
			p.Codes = []urgences.CodeSaisi{{Code: "FU9"}, {Code: "FPU"}}
		}, []simphonie.Code{"URG-FU-UNIQUE", "URG-CODE-INCONNU", "URG-ECART-SAISIE"}},
	} {
		t.Run(c.nom, func(t *testing.T) {
			p := ordinaire(t, "2026-03-04 10:00")
			c.change(p)
			r := compute(t, p, options(t, connuAu))
			assert.Equal(t, urgences.AVerifier, r.Issue)
			assert.Equal(t, c.codes, r.Anomalies.Codes(), "%v", r.Anomalies)
			assert.Empty(t, r.Facture.Lignes)
		})
	}
}

// Missing facts of supplements and a wrong key leave the visit billable, and say so.
func TestAlertes(t *testing.T) {
	p := ordinaire(t, "2026-03-04 10:00")
	p.CCMU, p.ModeArrivee, p.Etablissement.FINESS = "", "", "750712185"
	r := compute(t, p, options(t, connuAu))
	assert.Equal(t, urgences.Facturable, r.Issue)
	assert.Equal(t, []simphonie.Code{"URG-FINESS", "URG-DONNEE-ABSENTE", "URG-DONNEE-ABSENTE"}, r.Anomalies.Codes())

	p = ordinaire(t, "2026-03-04 10:00")
	p.Codes = []urgences.CodeSaisi{{Code: "FU2"}, {Code: "FPU"}, {Code: "SUM"}}
	r = compute(t, p, options(t, connuAu))
	assert.Equal(t, urgences.Facturable, r.Issue)
	require.Equal(t, []simphonie.Code{"URG-ECART-SAISIE"}, r.Anomalies.Codes())
	assert.Equal(t, []string{"SUM", "aucun"}, r.Anomalies[0].Valeurs)
}

// A price that is not loaded is an error that names it, never zero; all at once.
func TestTarifNonCharge(t *testing.T) {
	o := options(t, connuAu)
	officiels, err := tarif.Officiels()
	require.NoError(t, err)
	o.Tarifs = officiels
	p := avec(ordinaire(t, "2026-03-04 23:00"), ald)
	_, err = urgences.Compute(p, o)
	manque, ok := errors.AsType[*tarif.TarifNonCharge](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, tarif.TarifNonCharge{Code: "FU2", Secteur: tarif.ExDG, Zone: "metropole", Jour: jour("2026-03-04"), ConnuAu: jour(connuAu)}, *manque)
	assert.ErrorContains(t, err, "SUN")
	p.CCMU = ""
	for range 2 { // each missing price is said once, and what was found is kept
		p.Avis = append(p.Avis, urgences.Avis{Specialite: []string{"04", "15"}[len(p.Avis)], Debut: p.DebutSoins, SurDemande: simphonie.Oui, AupresDuPatient: simphonie.Oui})
	}
	r, err := urgences.Compute(p, o)
	assert.Equal(t, 1, strings.Count(err.Error(), "SAS"))
	assert.Equal(t, simphonie.Code("TARIF-NON-CHARGE"), r.Motif)
	assert.Equal(t, []simphonie.Code{"URG-DONNEE-ABSENTE"}, r.Anomalies.Codes())

	// FPX, FPL, FPM and CFU have no public price: refused, unless the caller
	// chooses to deduce them.
	o.Interpretations.PrixPatient = urgences.PrixCharges
	_, err = urgences.PartPatient(p, o)
	manque, ok = errors.AsType[*tarif.TarifNonCharge](err)
	require.True(t, ok)
	assert.Equal(t, urgences.CFU, manque.Code)
	o.Interpretations.PrixPatient = urgences.PrixDeduits
	r, err = urgences.PartPatient(p, o)
	require.NoError(t, err)
	assert.Equal(t, "13.04", ligne(t, &r.Facture, urgences.CFU).Honoraires.String())
	assert.Contains(t, r.Explication.String(), "URG-I-PRIX-PATIENT")
	assert.Contains(t, r.Explication.String(), "URG-PRIX-DEDUIT")

	// Prices known later than connuAu do not count.
	o = options(t, "2026-02-27")
	r, err = urgences.PartPatient(ordinaire(t, "2026-03-04 10:00"), o)
	require.NoError(t, err)
	assert.Equal(t, "19.61", r.Facture.Lignes[0].Honoraires.String())
}

// A loaded CFU that does not complete FPV to FPU is followed, with a warning.
func TestCFUCharge(t *testing.T) {
	o := options(t, connuAu)
	cfu, err := tarif.New([]tarif.Tarif{{Code: urgences.CFU, Secteur: tarif.ExDG, Zone: "metropole",
		Periode: simphonie.Periode{Du: jour("2022-01-01")}, Prix: 13_000_000, Reference: "FICTIF", ConnuLe: jour("2022-01-01")}}, tarif.LoadOptions{})
	require.NoError(t, err)
	o.Tarifs, err = tarif.Merge(tarif.LoadOptions{}, o.Tarifs, cfu)
	require.NoError(t, err)
	r := compute(t, avec(ordinaire(t, "2026-03-04 10:00"), ald), o)
	assert.Equal(t, "13.00", ligne(t, &r.Facture, urgences.CFU).Honoraires.String())
	assert.Equal(t, []simphonie.Code{"URG-CFU-ECART"}, r.Anomalies.Codes())
}

// The delay of one year (RG_MF606), and its forcing.
func TestDelai(t *testing.T) {
	o := options(t, connuAu)
	p := ordinaire(t, "2025-10-01 10:00")
	for emission, motif := range map[string]simphonie.Code{"2026-09-30": "URG-FACTURABLE", "2026-10-01": "URG-DELAI"} {
		o.Emission = jour(emission)
		assert.Equal(t, motif, compute(t, p, o).Motif, emission)
	}
	o.Emission, o.DelaiForce = jour("2026-10-01"), "demande de la caisse"
	assert.Equal(t, urgences.Facturable, compute(t, p, o).Issue)
}

func TestOptionsFautives(t *testing.T) {
	_, err := urgences.Compute(ordinaire(t, "2026-03-04 10:00"), &urgences.Options{
		Interpretations: urgences.Interpretations{Bornes: "ouvertes", JoursNouveauNe: -1,
			Droits: droits.Interpretations{FinDePeriode: "x"}}})
	for _, faute := range []string{"URG-OPTIONS", "ID-INTERPRETATION", "ConnuAu", "Tarifs", "URG-I-BORNES", "URG-I-NOUVEAU-NE", "DROITS-I-FIN-DE-PERIODE"} {
		assert.ErrorContains(t, err, faute)
	}
	_, err = urgences.Compute(ordinaire(t, "2026-03-04 10:00"), nil)
	assert.ErrorContains(t, err, "URG-OPTIONS")
	_, err = urgences.Compute(nil, options(t, connuAu))
	assert.ErrorContains(t, err, "URG-PASSAGE")
	_, err = urgences.Fusionner(ordinaire(t, "2026-03-04 10:00"), nil, nil, options(t, connuAu))
	assert.ErrorContains(t, err, "URG-FUSION")
}

// Rights merged from several supports go through storage as they are.
func TestPassageDroitsFusionnes(t *testing.T) {
	f, err := droits.Fusionner([]droits.Acquisition{
		{Support: droits.SupportCDRi, Organisme: simphonie.Organisme{Regime: "01", Caisse: "751"}, MedecinTraitant: &droits.MedecinTraitant{Nom: simphonie.NewConfidentiel("X")}},
		{Support: droits.SupportVitale, Beneficiaire: droits.Beneficiaire{Adresse: []simphonie.Confidentiel{{}, simphonie.NewConfidentiel("Y")}}},
	}, droits.Preference{droits.SupportCDRi, droits.SupportVitale})
	require.NoError(t, err)
	b, err := simphonie.MarshalEnClair(urgences.Passage{Droits: f.Acquisition})
	require.NoError(t, err)
	p, err := urgences.ParsePassage(b)
	require.NoError(t, err)
	assert.Equal(t, f.Acquisition, p.Droits)
}
