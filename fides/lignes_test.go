package fides_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides"
	"github.com/simphonie/simphonie/fides/b2"
	"github.com/simphonie/simphonie/urgences"
)

// charge is a visit of Saturday 7 March 2026 at 23:30 with everything: CCMU 3,
// ambulance, biology, advice of the night, scanner.
func charge(t testing.TB) (*urgences.Resultat, *fides.Dossier) {
	t.Helper()
	for _, x := range parcours(t) {
		if strings.HasPrefix(x.Titre, "Samedi 23 h 30") {
			r := prix(t, &x.Passage, options(t))
			return r, dossier(&x.Passage, r, 2)
		}
	}
	t.Fatal("the visit is not in the set")
	return nil, nil
}

// suite lists the codes of a file and their records, in order.
func suite(lignes []string) string {
	var b strings.Builder
	for _, l := range lignes {
		switch {
		case l[0] == '3' && l[38] < 'A':
			b.WriteString(strings.TrimSpace(l[55:60]) + " ")
		case l[0] == '4' && l[35] >= '0' && l[35] <= '9':
			b.WriteString(strings.TrimSpace(l[75:80]) + " ")
		case l[0] == '3':
			b.WriteString("3" + l[38:39] + " ")
		case l[0] == '4':
			b.WriteString("4" + l[35:36] + " ")
		}
	}
	return strings.TrimSpace(b.String())
}

// RG_MF602, whatever the order of the priced lines: the order wins over dates,
// night supplements stick to their support, and each chain is whole.
func TestOrdreEtChaines(t *testing.T) {
	r, d := charge(t)
	const type3, type4 = "FPU FTN 3S", "FU2 4S SUN 4S SU3 4S SUM 4S SB2 4S SAS 4S SSN 4S SIC 4S SSN 4S"
	for range 2 {
		assert.Equal(t, type3+" "+type4, suite(prouve(t, convertisseur(t, fides.Interpretations{}), &r.Facture, d)))
		renverse(&r.Facture)
	}
	assert.Equal(t, type4+" "+type3, suite(prouve(t, convertisseur(t, fides.Interpretations{Ordre: fides.Type4Dabord}), &r.Facture, d)))
	assert.Equal(t, "FPU "+type4+" FTN 4S", suite(prouve(t, convertisseur(t, fides.Interpretations{Imagerie: b2.T4}), &r.Facture, d)))
}

// renverse turns the lines of an invoice over.
func renverse(f *facture.Facture) {
	n := len(f.Lignes)
	l := make([]facture.Ligne, n)
	for i := range f.Lignes {
		l[n-1-i] = f.Lignes[i]
		if s := f.Lignes[i].Support; s >= 0 {
			l[n-1-i].Support = n - 1 - s
		}
	}
	f.Lignes = l
	for i := range f.Parts {
		f.Parts[i].Ligne = n - 1 - f.Parts[i].Ligne
	}
}

// The technical forfait: MT 19 and the DMT of its equipment, coefficient MCO
// zero beside an age forfait, prescriber written by each record in its own way.
func TestForfaitTechnique(t *testing.T) {
	r, d := charge(t)
	k, err := simphonie.CleLuhn("1000000000")
	require.NoError(t, err)
	d.Imagerie[0].Prescripteur.RPPS = simphonie.RPPS("1000000000" + string(k))
	c3, c4 := convertisseur(t, fides.Interpretations{}), convertisseur(t, fides.Interpretations{Imagerie: b2.T4})
	for equipement, dmt := range map[fides.Equipement]string{fides.IRM: "753", fides.Scanner: "035", fides.Tomographe: "750"} {
		d.Imagerie[0].Equipement = equipement
		verifie(t, prouve(t, c3, &r.Facture, d), map[string]zones{
			"FTN": {39: "19" + dmt, 71: "00000", 121: "M"},
		})
	}
	d.Imagerie[0].Equipement = fides.Scanner
	lignes := prouve(t, c3, &r.Facture, d)
	assert.Contains(t, suite(lignes), "FTN 3S 3E FU2")
	for _, l := range lignes {
		if l[0] == '3' && l[38] == 'S' {
			assert.Equal(t, "750712184S83260308", l[41:59]) // establishment, salaried, speciality, date
			assert.Equal(t, "9", l[65:66])
			assert.Equal(t, "00012", l[95:100])
			assert.Equal(t, "O", l[114:115])
		}
	}
	d.Imagerie[0].Prescripteur = fides.Prescripteur{Condition: fides.Liberal, NumeroAM: "291991107", Specialite: "06", Date: jour("2026-03-07"), Origine: "T"}
	for _, l := range prouve(t, c3, &r.Facture, d) {
		if l[0] == '3' && l[38] == 'S' {
			assert.Equal(t, "291991107L  260307", l[41:59]) // no speciality of a liberal doctor
		}
	}
	verifie(t, prouve(t, c4, &r.Facture, d), map[string]zones{"FTN": {39: "19035", 44: "291991107T", 55: "  "}})
	d.Imagerie[0].Prescripteur = fides.Prescripteur{Condition: fides.Salarie, Structure: "750712184", Specialite: "83", Date: jour("2026-03-07"), Origine: "T",
		RPPS: simphonie.RPPS("1000000000" + string(k))}
	lignes = prouve(t, c4, &r.Facture, d)
	verifie(t, lignes, map[string]zones{"FTN": {44: "000000000T", 55: "83"}})
	assert.True(t, strings.HasSuffix(suite(lignes), "FTN 4S 4E"))
}

// On an invoice without age forfait, as the second of a visit that is too long,
// the coefficient MCO of a technical forfait is that of the formula, 1.0000
// when nothing applies, or nothing.
func TestCoefficientMCO(t *testing.T) {
	r, d := charge(t)
	f := &r.Facture
	for range 495 { // 990 records, beside 9 chains of type 4
		ajouteSAS(f)
	}
	d.NumerosSuite = []b2.NumeroFacture{"260000099"}
	for lecture, zone := range map[fides.Coefficient]string{"": "10000", fides.CoefficientNul: "00000"} {
		res, err := convertisseur(t, fides.Interpretations{Ordre: fides.Type4Dabord, Coefficient: lecture}).Convertir(f, d)
		require.NoError(t, err)
		require.Len(t, res.Factures, 2)
		ls := strings.Split(ecrit(t, res.Factures[1]), "\n")
		verifie(t, ls[2:len(ls)-3], map[string]zones{"FTN": {71: zone}})
	}
	for i := range f.Lignes {
		if f.Lignes[i].Code == "FTN" {
			f.Lignes[i].CoefMCO = 10745
		}
	}
	res, err := convertisseur(t, fides.Interpretations{Ordre: fides.Type4Dabord}).Convertir(f, d)
	require.NoError(t, err)
	ls := strings.Split(ecrit(t, res.Factures[1]), "\n")
	verifie(t, ls[2:len(ls)-3], map[string]zones{"FTN": {71: "10745"}})
	contexteDe(t, d, rss) // not valued, whatever the formula
	res, err = convertisseur(t, fides.Interpretations{Ordre: fides.Type4Dabord}).Convertir(f, d)
	require.NoError(t, err)
	ls = strings.Split(ecrit(t, res.Factures[1]), "\n")
	verifie(t, ls[2:len(ls)-3], map[string]zones{"FTN": {71: "00000", 121: " "}})
	_, err = fides.New(fides.Interpretations{Coefficient: "autre"})
	var e *simphonie.Erreur
	require.ErrorAs(t, err, &e)
	assert.Equal(t, simphonie.Code("ID-INTERPRETATION"), e.Code)
}

// ajouteSAS adds an advice of 29.78 € that the AMO pays.
func ajouteSAS(f *facture.Facture) {
	f.Lignes = append(f.Lignes, facture.Ligne{Code: "SAS", Execution: jour("2026-03-08"), Support: -1, Quantite: 1, Coefficient: simphonie.Un,
		PrixUnitaire: 29_780_000, Honoraires: 2978, BRAMO: 2978, BRAMC: 2978, Taux: simphonie.Cent, MRO: 2978})
	f.Parts = append(f.Parts, facture.Part{Ligne: len(f.Lignes) - 1, Debiteur: simphonie.AMO, Montant: 2978, Etat: facture.Theorique})
}

// A second scanner has the coefficient 0.15: 00015 in type 3, 000015 in type 4.
func TestCoefficientDuSecondScanner(t *testing.T) {
	p := ordinaire(t)
	for range 2 {
		p.Imagerie = append(p.Imagerie, urgences.Imagerie{Type: urgences.Coupe, ParRadiologue: simphonie.Oui, CompteRendu: simphonie.Oui, Debut: p.DebutSoins.Add(time.Hour), Forfait: urgences.FTN, Scanner: true})
	}
	r := prix(t, p, options(t))
	d := dossier(p, r, 1)
	verifie(t, prouve(t, convertisseur(t, fides.Interpretations{}), &r.Facture, d), map[string]zones{"FTN": {65: "00015"}})
	verifie(t, prouve(t, convertisseur(t, fides.Interpretations{Imagerie: b2.T4}), &r.Facture, d), map[string]zones{"FTN": {83: "000015"}})
}

// An overrun or participation: literally 03102 and 04115 are MRO + MRC; the
// other reading keeps the fees. They are told to differ.
func TestTotalLitteralOuHonoraires(t *testing.T) {
	p := ordinaire(t)
	pension(p.Droits)
	r := prix(t, p, options(t))
	l := &r.Facture.Lignes[0] // FU2, with 1.00 € beyond the base that the patient owes
	for i := range r.Facture.Lignes {
		if r.Facture.Lignes[i].Code == "FU2" {
			l = &r.Facture.Lignes[i]
			r.Facture.Parts = append(r.Facture.Parts, facture.Part{Ligne: i, Debiteur: simphonie.Patient, Montant: 100, Etat: facture.Theorique})
		}
	}
	l.Honoraires += 100
	d := dossier(p, r, 1)
	for lecture, total := range map[fides.Total]string{"": "0003033", fides.TotalHonoraires: "0003133"} {
		res, err := convertisseur(t, fides.Interpretations{Total: lecture}).Convertir(&r.Facture, d)
		require.NoError(t, err)
		assert.Equal(t, []simphonie.Code{"FID-TOTAL"}, res.Anomalies.Codes())
		fichier := ecrit(t, res.Factures...)
		ls := strings.Split(fichier, "\n")
		verifie(t, ls[2:len(ls)-3], map[string]zones{"FU2": {108: "0003033", 115: total}})
		// The euro is in the file only when the reading is that of the fees.
		_, as := fides.Rapprocher(&r.Facture, relit(t, fichier)...)
		assert.Equal(t, lecture == "", len(as) == 1 && as[0].Code == "FID-ECART-LIGNE", "%v", as)
	}
}

// More than 999 records of types 3 and 4 make several invoices, supports and
// their complements together; each takes a number.
func TestPlusDe999Enregistrements(t *testing.T) {
	p := ordinaire(t)
	r := prix(t, p, options(t))
	f := &r.Facture
	for range 499 { // 2 records each: 998, beside FPU (1), FU2 and 4S (2)
		ajouteSAS(f)
	}
	d, c := dossier(p, r, 1), convertisseur(t, fides.Interpretations{})
	res, err := c.Convertir(f, d)
	require.NoError(t, err)
	assert.Empty(t, res.Factures)
	assert.Equal(t, []simphonie.Code{"FID-NUMERO-SUITE"}, res.Anomalies.Codes())
	d.NumerosSuite = []b2.NumeroFacture{"260000099"}
	res, err = c.Convertir(f, d)
	require.NoError(t, err)
	require.Len(t, res.Factures, 2)
	assert.Equal(t, 999, res.Factures[0].Totaux.Enregistrements)
	assert.Equal(t, b2.NumeroFacture("260000099"), res.Factures[1].Numero)
	lues := relit(t, ecrit(t, res.Factures...))
	soldes, as := fides.Rapprocher(f, lues...)
	require.Empty(t, as)
	for _, s := range soldes {
		assert.True(t, s.Retrouve(), fmt.Sprint(s))
	}
	_, as = fides.Rapprocher(f, lues[0])
	assert.Contains(t, as.Codes(), simphonie.Code("FID-ECART-LIGNE"))
}

// Zone 04123 holds 9999.99 € at most. An AME line of 12 345.67 € is refused,
// or written as two lines whose unit prices add up: 6172.83 and 6172.84.
func TestMontantTropLarge(t *testing.T) {
	p := ordinaire(t)
	ame(p.Droits)
	r := prix(t, p, options(t))
	for i := range r.Facture.Lignes {
		if l := &r.Facture.Lignes[i]; l.Code == "FU2" {
			l.PrixUnitaire, l.Honoraires, l.BRAMC, l.MRC = 12_345_670_000, 1_234_567, 1_234_567, 1_234_567
		}
	}
	for i := range r.Facture.Parts {
		r.Facture.Parts[i].Montant = r.Facture.Lignes[r.Facture.Parts[i].Ligne].Honoraires
	}
	d := dossier(p, r, 1)
	res, err := convertisseur(t, fides.Interpretations{}).Convertir(&r.Facture, d)
	require.NoError(t, err)
	assert.Equal(t, []simphonie.Code{"FID-MONTANT"}, res.Anomalies.Codes())
	lignes := prouve(t, convertisseur(t, fides.Interpretations{Decoupage: fides.DecoupageLignes}), &r.Facture, d)
	var oc []string
	for _, l := range lignes {
		if l[0] == '4' && l[35] != 'S' {
			oc = append(oc, l[90:97]+" "+l[122:128])
		}
	}
	assert.Equal(t, []string{"0617283 617283", "0617284 617284"}, oc)
}

// A quantity of several is shared out: 120 does not fit the two columns of a
// type 4, 2 × 60 does.
func TestQuantiteTropLarge(t *testing.T) {
	p := ordinaire(t)
	r := prix(t, p, options(t))
	for i := range r.Facture.Lignes {
		if l := &r.Facture.Lignes[i]; l.Code == "FU2" {
			l.Quantite, l.Honoraires, l.BRAMO, l.BRAMC, l.MRO = 120, 363960, 363960, 363960, 363960
			for j := range r.Facture.Parts {
				if r.Facture.Parts[j].Ligne == i {
					r.Facture.Parts[j].Montant = 363960
				}
			}
		}
	}
	d := dossier(p, r, 1)
	res, err := convertisseur(t, fides.Interpretations{}).Convertir(&r.Facture, d)
	require.NoError(t, err)
	assert.Equal(t, []simphonie.Code{"FID-MONTANT"}, res.Anomalies.Codes())
	c := convertisseur(t, fides.Interpretations{Decoupage: fides.DecoupageLignes})
	res, err = c.Convertir(&r.Facture, d)
	require.NoError(t, err)
	assert.Equal(t, []simphonie.Code{"FID-DECOUPE"}, res.Anomalies.Codes())
	verifie(t, prouve(t, c, &r.Facture, d), map[string]zones{"FU2": {81: "60", 91: "0003033", 98: "0181980"}})
}

// Of several invoices of a visit, the one with a complementary amount names the
// body or the split flow, the others do not.
func TestComplementaireDePlusieursFactures(t *testing.T) {
	for _, x := range []struct {
		passage func(*urgences.Passage)
		mode    fides.ModeC2S
		deux    [2]string // columns 95 and 117 to 128
	}{
		{avec(c2s), fides.C2SUnique, [2]string{" 890099999997", " 00          "}},
		{avec(c2sSeparee), fides.C2SEclatement, [2]string{"F00          ", " 00          "}},
		{avec(ame), "", [2]string{" 000075500017", " 000075500017"}},
	} {
		p := ordinaire(t)
		x.passage(p)
		f := &prix(t, p, options(t)).Facture
		d := dossier(p, prix(t, p, options(t)), 1)
		for range 499 {
			ajouteSAS(f)
			if d.Contexte.AME() {
				l := &f.Lignes[len(f.Lignes)-1]
				l.BRAMO, l.MRO, l.Taux, l.MRC = 0, 0, 0, l.Honoraires
				f.Parts[len(f.Parts)-1].Debiteur = simphonie.AMC(simphonie.OCAME)
			}
		}
		d.C2S, d.NumerosSuite = x.mode, []b2.NumeroFacture{"260000099"}
		r, err := convertisseur(t, fides.Interpretations{}).Convertir(f, d)
		require.NoError(t, err)
		require.Len(t, r.Factures, 2, "%v", gravites(r.Anomalies))
		for i, attendu := range x.deux {
			deux := strings.Split(ecrit(t, r.Factures[i]), "\n")[2]
			assert.Equal(t, attendu, deux[94:95]+deux[116:128])
		}
	}
}

// The situation sets the qualifier, whatever the priced line says: N on every
// line of the AME, and on FPU and FPV.
func TestQualificatifDeLaSituation(t *testing.T) {
	f, d := prixDe(ame)(t)
	for i := range f.Lignes {
		f.Lignes[i].Qualificatif = facture.QualifNormal
	}
	verifie(t, prouve(t, convertisseur(t, fides.Interpretations{}), f, d), map[string]zones{"FPU": {120: "N"}, "FU2": {122: "N"}})
	// The same for its supplements, advices and technical forfaits.
	r, dc := charge(t)
	f = &r.Facture
	contexteDe(t, dc, ame)
	for i := range f.Lignes {
		l := &f.Lignes[i]
		l.BRAMO, l.MRO, l.Taux, l.MRC, l.Exoneration = 0, 0, 0, l.Honoraires, facture.ExoAucune
		f.Parts[i].Debiteur = simphonie.AMC(simphonie.OCAME)
	}
	verifie(t, prouve(t, convertisseur(t, fides.Interpretations{}), f, dc), map[string]zones{
		"SUM": {122: "N"}, "SAS": {122: "N"}, "SB2": {122: "N"}, "FTN": {39: "19035", 71: "00000", 120: "N "},
	})
}

// Lines that all have one exemption give it to the type 2 and stay blank; a
// qualifier of the line is written when the situation has none.
func TestExonerationCommuneEtQualificatif(t *testing.T) {
	f, d := prixDe(local)(t)
	for i := range f.Lignes {
		f.Lignes[i].Exoneration = facture.ExoTraitement
	}
	ligneDe(f, "FU2").Qualificatif = facture.QualifGratuit
	verifie(t, prouve(t, convertisseur(t, fides.Interpretations{}), f, d), map[string]zones{
		"2": {77: "13", 79: "3"}, "FPL": {64: " "}, "FU2": {54: " ", 122: "G"},
	})
	ligneDe(f, "FU2").Exoneration = facture.ExoAucune
	verifie(t, prouve(t, convertisseur(t, fides.Interpretations{}), f, d), map[string]zones{
		"2": {79: "0"}, "FPL": {64: "3"}, "FU2": {54: "0"},
	})
}
