package ace_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/ace"
	"github.com/simphonie/simphonie/tarif"
)

// resume writes the lines of a result: code, base, rate, exemption, MRO, MRC,
// participation and its letter.
func resume(r ace.Resultat) string {
	var ls []string
	for i := range r.Factures {
		for j := range r.Factures[i].Lignes {
			l := &r.Factures[i].Lignes[j]
			ls = append(ls, strings.TrimSpace(strings.Join([]string{string(l.Code), l.BRAMO.String(), l.Taux.String(), l.Exoneration.String(),
				l.MRO.String(), l.MRC.String(), l.TMF.String(), string(l.Participation.Code())}, " ")))
		}
	}
	return strings.Join(ls, " | ")
}

func explication(r ace.Resultat) string {
	var s []string
	for i := range r.Factures {
		s = append(s, r.Factures[i].Explication.String())
	}
	return strings.Join(s, "\n")
}

// Each reading, where it decides: both answers, worked out by hand, and its code
// in the explanation.
func TestLectures(t *testing.T) {
	k := func(spec string, c simphonie.Coefficient) ace.Prestation {
		p := ngap("K", spec)
		p.Coefficient = c * simphonie.Un
		return p
	}
	c2s := func(v *ace.Venue) { v.Droits.Situations = []droits.Droit[droits.CodeSituation]{{Code: "1"}} }
	for _, c := range []struct {
		code      simphonie.Code
		venue     func() *ace.Venue
		autre     func(*ace.Interpretations)
		parDefaut string
		autrement string
	}{
		{"ACE-I-PORTEE-SEUIL", func() *ace.Venue { // T and O break the invoice: 100.30 and 40.00
			v := venue(t, ccam("AAAA010", "04"), ccam("AAAA006", "04"), ccam("AAAA002", "15"))
			v.Prestations[1].Parcours = droits.ParTraitant
			return v
		}, func(i *ace.Interpretations) { i.PorteeSeuil = ace.PorteeVenue },
			"ATM 100.30 70 0 70.21 30.09 0.00 | ATM 120.00 100 C 88.00 0.00 32.00 A | ATM 40.00 70 0 28.00 12.00 0.00",
			"ATM 100.30 100 C 68.30 0.00 32.00 A | ATM 120.00 100 C 88.00 0.00 32.00 A | ATM 40.00 100 C 40.00 0.00 0.00"},
		{"ACE-I-SOMME-SEUIL", func() *ace.Venue {
			v := venue(t, ccam("AAAA010", "04"), ccam("AAAA006", "04"), ccam("AAAA002", "15"))
			v.Droits.ETM = []droits.Droit[droits.CodeETM]{{Code: "8"}}
			v.Prestations[1].Motif = ace.ConformeALD
			return v
		}, func(i *ace.Interpretations) { i.SommeSeuil = ace.SommeTous },
			"ATM 100.30 70 0 70.21 30.09 0.00 | ATM 40.00 100 4 40.00 0.00 0.00 | ATM 120.00 100 C 88.00 0.00 32.00 A",
			"ATM 100.30 100 C 68.30 0.00 32.00 A | ATM 40.00 100 4 40.00 0.00 0.00 | ATM 120.00 100 C 88.00 0.00 32.00 A"},
		{"ACE-I-SEUIL-NGAP", func() *ace.Venue { return venue(t, k("04", 60), k("04", 25)) },
			func(i *ace.Interpretations) { i.SeuilNGAP = ace.NGAPActe },
			"K 115.20 100 1 83.20 0.00 32.00 A | K 48.00 100 1 48.00 0.00 0.00",
			"K 115.20 100 1 83.20 0.00 32.00 A | K 48.00 70 0 33.60 14.40 0.00"},
		{"ACE-I-TMF-PAR", func() *ace.Venue {
			v := venue(t, ccam("AAAA001", "04"), ccam("AAAA010", "04"))
			v.Prestations[0].Executant.PS, v.Prestations[1].Executant.PS = "A", "B"
			return v
		}, func(i *ace.Interpretations) { i.TMFPar = ace.TMFParPraticien },
			"ATM 125.40 100 C 93.40 0.00 32.00 A | ATM 100.30 100 C 100.30 0.00 0.00",
			"ATM 125.40 100 C 93.40 0.00 32.00 A | ATM 100.30 100 C 68.30 0.00 32.00 A"},
		{"ACE-I-SECOND-SE-AME", func() *ace.Venue { // prices of the AME: 88.88, and half of 66.66
			v := venue(t, ccam("AAAA001", "04"), forfait("SE1"), forfait("SE2"))
			v.Droits.Situations = []droits.Droit[droits.CodeSituation]{{Code: "10"}}
			return v
		}, func(i *ace.Interpretations) { i.SecondSEAME = ace.SecondSEAMEZero },
			"ATM 0.00 0 0 0.00 125.40 0.00 | SE1 0.00 0 0 0.00 88.88 0.00 | SE2 0.00 0 3 0.00 33.33 0.00",
			"ATM 0.00 0 0 0.00 125.40 0.00 | SE1 0.00 0 0 0.00 88.88 0.00 | SE2 0.00 0 0 0.00 33.33 0.00"},
		{"ACE-I-MTM-SUR-EXONERE", func() *ace.Venue {
			v := venue(t, ngap("CS", "15"))
			c2s(v)
			v.Prestations[0].Parcours, v.Prestations[0].Motif = droits.HorsParcoursChoix, ace.TraitementExonerant
			return v
		}, func(i *ace.Interpretations) { i.MTMSurExonere = ace.MTMSaufExoneres },
			"CS 26.50 100 3 15.90 10.60 0.00", "CS 26.50 100 3 26.50 0.00 0.00"},
		{"ACE-I-MTM-SEUIL", func() *ace.Venue { // 40 % of 40.00 is over the cap
			v := venue(t, ccam("AAAA001", "04"), ccam("AAAA006", "04"))
			c2s(v)
			v.Prestations[0].Parcours, v.Prestations[1].Parcours = droits.HorsParcoursChoix, droits.HorsParcoursChoix
			return v
		}, func(i *ace.Interpretations) { i.MTMSeuil = ace.MTMSeuilSaufPorteur },
			"ATM 125.40 100 C 93.40 32.00 32.00 A | ATM 40.00 100 C 40.00 0.00 0.00",
			"ATM 125.40 100 C 93.40 32.00 32.00 A | ATM 40.00 100 C 29.40 10.60 0.00"},
		{"ACE-I-TECHNIQUE-AME", func() *ace.Venue {
			v := venue(t, ngap("CS", "15"), forfait("FTN"))
			v.Droits.Situations = []droits.Droit[droits.CodeSituation]{{Code: "10"}}
			return v
		}, func(i *ace.Interpretations) { i.TechniqueAME = ace.TechniqueAMEZero },
			"CS 0.00 0 0 0.00 26.50 0.00 | FTN 0.00 0 0 0.00 80.00 0.00", "CS 0.00 0 0 0.00 26.50 0.00 | FTN 0.00 0 0 0.00 0.00 0.00"},
		{"ACE-I-LPP-SOUS-TARIF", func() *ace.Venue { // 60 % of 40.00 or of 50.05, and half of the 10.05 between them
			return venue(t, produit(droits.LPP, "DVO", "1234567", "40.00"))
		}, func(i *ace.Interpretations) { i.LPPSousTarif = ace.LPPTarif },
			"DVO 40.00 60 0 24.00 16.00 0.00 | ETI 5.03 100 0 5.03 0.00 0.00", "DVO 50.05 60 0 30.03 20.02 0.00 | ETI 5.03 100 0 5.03 0.00 0.00"},
		{"ACE-I-PRIX-DOM", func() *ace.Venue { // 100.30 × 1.05 = 105.315: 105.32 then × 1.255 = 132.1766, or 105.315 × 1.255 = 132.1703
			v := venue(t, ccam("AAAA010", "04"))
			v.Etablissement.Territoire = simphonie.Reunion
			v.Prestations[0].CCAM.Modificateurs = "K"
			return v
		}, func(i *ace.Interpretations) { i.PrixDOM = ace.PrixDOMEntier },
			"ATM 132.18 100 C 100.18 0.00 32.00 A", "ATM 132.17 100 C 100.17 0.00 32.00 A"},
		{"ACE-I-FORFAIT-DEUX-JOURS", func() *ace.Venue { // over two ordinary days: the rise of the participation tells them apart
			v := venue(t, ccam("AAAA001", "04"), forfait("ATU"))
			v.Entree, v.Sortie = jour("2026-03-31"), jour("2026-04-01")
			v.Prestations[0].Execution, v.Prestations[1].Execution = jour("2026-04-01"), jour("2026-03-31")
			return v
		}, func(i *ace.Interpretations) { i.ForfaitDeuxJours = ace.SecondJour },
			"ATM 125.40 100 C 125.40 0.00 0.00 | ATU 25.28 100 C 1.28 0.00 24.00 A", ""},
		{"ACE-I-FORFAIT-C2S", func() *ace.Venue {
			v := venue(t, ccam("HBLD138", "19"))
			c2s(v)
			v.Prestations[0].Depassement = 100_00
			return v
		}, func(i *ace.Interpretations) { i.ForfaitC2S = ace.ForfaitC2STarif },
			"PAR 139.75 70 0 97.83 41.92 0.00 | FDA 0.00 0 0 0.00 100.00 0.00",
			"PAR 139.75 70 0 97.83 41.92 0.00 | FDA 0.00 0 0 0.00 294.25 0.00"},
		{"ACE-I-AMC-DECLAREE", func() *ace.Venue {
			v := venue(t, ccam("AAAA001", "04"))
			v.AMC = "0012345678"
			return v
		}, func(i *ace.Interpretations) { i.AMCDeclaree = ace.AMCAssureur },
			"ATM 125.40 100 C 93.40 0.00 32.00 A", "ATM 125.40 100 C 93.40 0.00 32.00 A"},
	} {
		o := options(t)
		r := compute(t, c.venue(), o)
		assert.Equal(t, c.parDefaut, resume(r), "%s %v", c.code, r.Anomalies)
		assert.Contains(t, explication(r), string(c.code))
		c.autre(&o.Interpretations)
		r = compute(t, c.venue(), o)
		assert.Equal(t, c.autrement, resume(r), "%s %v", c.code, r.Anomalies)
		if c.autrement == "" { // 32.00 taken from 25.28
			assert.Equal(t, simphonie.Code("ACE-TMF-DEPASSE"), r.Motif)
			continue
		}
		assert.Contains(t, explication(r), string(c.code))
		if c.code == "ACE-I-AMC-DECLAREE" {
			total, err := r.Factures[0].TotalPar(simphonie.AMC("0012345678"))
			require.NoError(t, err)
			assert.Equal(t, "32.00", total.String())
		}
	}
}

// The rules that decide or compute, each seen in the explanation of a visit.
func TestReglesExpliquees(t *testing.T) {
	dom := ccam("AAAA010", "04")
	dom.CCAM.Modificateurs, dom.CCAM.Association = "KU", "1"
	demi := ccam("AAAA003", "04")
	demi.CCAM.DemiTarif = true
	nuit := ngap("K", "04")
	nuit.Majoration = ace.Nuit
	gratuit := ngap("C", "01")
	gratuit.Qualificatif = facture.QualifGratuit
	s := ngap("CS", "15")
	s.Parcours = droits.HorsParcoursChoix
	local := func(v *ace.Venue) { v.Droits.MTM = []droits.Droit[droits.CodeMTM]{{Code: "9"}} }
	c2s := func(v *ace.Venue) { v.Droits.Situations = []droits.Droit[droits.CodeSituation]{{Code: "1"}} }
	for _, c := range []struct {
		ps     []ace.Prestation
		change func(*ace.Venue)
		codes  []string
	}{
		{[]ace.Prestation{dom, demi, nuit, gratuit, ccam("AAAA003", "04"), ccam("AAAA004", "04")}, func(v *ace.Venue) { v.Etablissement.Territoire = simphonie.Reunion },
			[]string{"ACE-JEU", "ACE-FACTURE", "ACE-TARIF", "ACE-DOM", "ACE-BASE", "ACE-BASE-CCAM", "ACE-CCAM-DEMI", "ACE-MODIFICATEUR", "ACE-ASSOCIATION",
				"ACE-ASSOCIATION-PLANIFIEE", "ACE-MAJORATION", "ACE-HORS-FACTURE", "ACE-BASES", "ACE-PARTS", "ACE-HONORAIRES", "ACE-PART", "ACE-TAUX-PAS", "ACE-TAUX-BASE"}},
		{[]ace.Prestation{ngap("CS", "15"), ngap("CS", "15"), forfait("ATU")}, nil, []string{"ACE-GROUPE", "ACE-LIE", "ACE-COEFFICIENTS"}},
		{[]ace.Prestation{ngap("CS", "15"), forfait("SE1"), forfait("SE2")}, nil, []string{"ACE-SECOND-FORFAIT"}},
		{[]ace.Prestation{produit(droits.LPP, "DVO", "1234567", "40.00")}, nil, []string{"ACE-PRODUIT", "ACE-ECART"}},
		{[]ace.Prestation{ccam("AAAA001", "04")}, c2s, []string{"ACE-SEUIL", "ACE-TMF", "ACE-TMF-C2S"}},
		{[]ace.Prestation{ccam("AAAA001", "04"), ccam("HBBD001", "04")}, nil, []string{"ACE-TMF-DENTAIRE"}},
		{[]ace.Prestation{ccam("AAAA005", "06")}, nil, []string{"ACE-TMF-AUCUNE"}},
		{[]ace.Prestation{ccam("AAAA001", "04")}, func(v *ace.Venue) { v.Droits.MTM = []droits.Droit[droits.CodeMTM]{{Code: "8"}} }, []string{"ACE-TMF-DISPENSE"}},
		{[]ace.Prestation{ccam("AAAA001", "04")}, local, []string{"ACE-TMF-LOCAL"}},
		{[]ace.Prestation{ccam("AAAA001", "04")}, func(v *ace.Venue) { v.Droits.Organisme.Regime = "06" }, []string{"ACE-TMF-REGIME"}},
		{[]ace.Prestation{ccam("AAAA002", "04"), forfait("ATU")}, nil, []string{"ACE-TMF-SANS-LETTRE"}},
		{[]ace.Prestation{s}, c2s, []string{"ACE-MTM"}},
		{[]ace.Prestation{ngap("CS", "15"), forfait("ATU")}, func(v *ace.Venue) { v.Droits.Situations = []droits.Droit[droits.CodeSituation]{{Code: "10"}} },
			[]string{"ACE-AME", "ACE-SANS-COEFFICIENT"}},
	} {
		v := venue(t, c.ps...)
		if c.change != nil {
			c.change(v)
		}
		r := compute(t, v, options(t))
		require.Equal(t, ace.Facturable, r.Issue, "%v", r.Anomalies)
		assert.Equal(t, simphonie.Code("ACE-FACTURABLE"), r.Motif)
		for _, code := range c.codes {
			assert.Contains(t, explication(r), "["+code+",")
		}
	}
	vus := map[simphonie.Code]bool{}
	for _, g := range ace.Regles() {
		assert.False(t, vus[g.Code], g.Code)
		vus[g.Code] = true
	}
}

// A patient of the AME: everything in the complementary column, of its own prices.
func TestAME(t *testing.T) {
	v := venue(t, ngap("CS", "15"), forfait("ATU"), forfait("FTN"))
	v.Droits.Situations = []droits.Droit[droits.CodeSituation]{{Code: "10"}}
	r := compute(t, v, options(t))
	assert.Equal(t, "CS 0.00 0 0 0.00 26.50 0.00 | ATU 0.00 0 0 0.00 27.77 0.00 | FTN 0.00 0 0 0.00 80.00 0.00", resume(r))
	f := une(t, r)
	assert.Equal(t, []simphonie.Debiteur{simphonie.AMC(simphonie.OCAME)}, f.Debiteurs())
	for i := range f.Lignes {
		assert.Equal(t, facture.QualifNonRemboursable, f.Lignes[i].Qualificatif)
	}
}

// What is not reimbursed is the patient's whole; what is free is nobody's.
func TestHorsRemboursement(t *testing.T) {
	n, g := ngap("CS", "15"), ngap("C", "01")
	n.Qualificatif, g.Qualificatif = facture.QualifNonRemboursable, facture.QualifGratuit
	f := une(t, compute(t, venue(t, n, g), options(t)))
	assert.Equal(t, "0.00 26.50 0.00 0.00", f.Lignes[0].BRAMO.String()+" "+f.Lignes[0].Honoraires.String()+" "+f.Lignes[0].MRC.String()+" "+f.Lignes[1].Honoraires.String())
	total, err := f.TotalPar(simphonie.Patient)
	require.NoError(t, err)
	assert.Equal(t, "26.50", total.String())
}

// A device asked beyond its tariff: the patient owes the rest. One bought under
// it: half of the gap is paid. A drug without a UCD code has its margin apart.
func TestProduits(t *testing.T) {
	cher := produit(droits.LPP, "DVO", "1234567", "60.05")
	f := une(t, compute(t, venue(t, cher), options(t)))
	assert.Equal(t, "DVO 50.05 60 0 30.03 20.02 0.00", resume(ace.Resultat{Factures: []ace.Facture{*f}}))
	assert.Equal(t, "60.05", f.Lignes[0].Honoraires.String())
	marge := produit(droits.Retrocede, "PHD", "8000001", "10.00")
	marge.Produit.Marge = 22_00
	f = une(t, compute(t, venue(t, marge), options(t)))
	assert.Equal(t, "PHD 10.00 100 0 10.00 0.00 0.00 | MAR 22.00 100 0 22.00 0.00 0.00", resume(ace.Resultat{Factures: []ace.Facture{*f}}))
	assert.Equal(t, 0, f.Lignes[1].Support)
}

// Two acts of one day in two places of the pathway, an act in series, care of an
// accident: each has its invoice; biology rides along.
func TestRuptures(t *testing.T) {
	v := venue(t, ngap("CS", "15"), ngap("C", "01"), analyse("1104"), ngap("K", "04"), ngap("AMI", "24"), ngap("CS", "15"))
	v.Prestations[1].Parcours = droits.ParTraitant
	v.Prestations[3].EnSerie, v.Prestations[3].Prescription = true, jour(soins)
	v.Prestations[5].Droits.LieeAT = true
	v.Droits.AT = []droits.ATDeclare{{Identifiant: "180831018", Organisme: v.Droits.Organisme, Periode: simphonie.Periode{Du: jour("2018-08-31")}}}
	r := compute(t, v, options(t))
	var fs []string
	for i := range r.Factures {
		f := &r.Factures[i]
		var cs []tarif.Code
		for j := range f.Lignes {
			cs = append(cs, f.Lignes[j].Code)
		}
		var at string
		if f.AT != nil {
			at = " AT"
		}
		fs = append(fs, f.Nature.String()+" "+f.IPS+at+": "+strings.Trim(strings.Join(strings.Fields(strings.Trim(sprint(cs), "[]")), " "), " "))
	}
	assert.Equal(t, []string{"maladie O: K", "maladie O: CS", "maladie T: C B AMI", "at-mp O AT: CS"}, fs)
}
