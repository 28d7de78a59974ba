package fides_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides"
	"github.com/simphonie/simphonie/fides/ace"
	"github.com/simphonie/simphonie/fides/b2"
)

// An act that reaches the threshold and a consultation, to the byte. The act is
// 125.515 rounded to 125.52, at 100 % less the participation of 32.00: 93.52; the
// consultation 25.855 rounded to 25.86, of which 70 % are 18.10 and the rest
// 7.76. The act is keyed last and written first (RG_MF608). Totals: 5 records,
// honoraires 93.52 + 25.86 = 119.38, caisse 93.52 + 18.10 = 111.62,
// participation 119.38 − 111.62 = 7.76.
func TestExterneOctetParOctet(t *testing.T) {
	v := venue(ngap("CS", "15"), ccam("ZZFA901"))
	f := &tarifeACE(t, v, optionsACE(t))[0]
	d := dossierACE(v, f, 1)
	d.Soin.Prescripteur = nil
	attendu := []string{
		"2750712184 15555557513337400026000000119000000020175100000000000000000000000100260512000000000 80061512605122605121600          ",
		"2750712184 155555575133374000260000001S0100010000             00      OMARTIN                   ANNE           000000000O       ",
		"4750712184 15555557513337400026000000100000000000000 C  7507121840004260512ATM  01000100010012552001255210000093520009352 000000",
		"4750712184 155555575133374260000001S01S 0000000 0000009          00000 0000000000000000000000000000 00000000000000000000000M   A",
		"4750712184 155555575133374260000001M01    ZZFA901       10      000000                                                          ",
		"4750712184 15555557513337400026000000100000000000000 0  7507121840015260512CS   01000100010002586000258607000018100002586 000776",
		"4750712184 155555575133374260000001S01S 0000000 0000009          00000 0000000000000000000000000000 00000000000000000000000M    ",
		"5750712184 15555557513337400026000000100500000000000000000001193800011162000007760000000000000776                 00000000      ",
	}
	assert.Equal(t, attendu, prouve(t, convertisseur(t, fides.Interpretations{}), &f.Facture, d))
	res, err := convertisseur(t, fides.Interpretations{}).Convertir(&f.Facture, d)
	require.NoError(t, err)
	assert.Contains(t, res.Anomalies.Codes(), simphonie.Code("FID-TOTAL"), "93.52 are written, 125.52 are asked")
	soldes, as := fides.Rapprocher(&f.Facture, relit(t, ecrit(t, res.Factures...))...)
	require.Empty(t, as)
	assert.Equal(t, fides.Solde{Debiteur: simphonie.Patient, Du: 3976, Lignes: 776, HorsZones: 3200}, soldes[1])
	// With the fees as totals, the file shows it all.
	res, err = convertisseur(t, fides.Interpretations{Total: fides.TotalHonoraires}).Convertir(&f.Facture, d)
	require.NoError(t, err)
	soldes, as = fides.Rapprocher(&f.Facture, relit(t, ecrit(t, res.Factures...))...)
	require.Empty(t, as)
	assert.Equal(t, fides.Solde{Debiteur: simphonie.Patient, Du: 3976, Lignes: 3976}, soldes[1])
}

// nommes finds the records of lines: ATM, ATM/S, ATM/M; the second ATM is ATM#2.
func nommes(lignes []string) (map[string]string, []string) {
	m, vus, nom := map[string]string{"2": lignes[0], "2S": lignes[1], "5": lignes[len(lignes)-1]}, map[string]int{}, ""
	var ordre []string
	for _, l := range lignes[2 : len(lignes)-1] {
		lettre := l[35]
		if l[0] == '3' && l[38] >= 'A' && (lettre < 'A') {
			lettre = l[38]
		}
		if lettre >= 'A' {
			cle := nom + "/" + string(lettre)
			for n := 2; m[cle] != ""; n++ {
				cle = fmt.Sprintf("%s/%c%d", nom, lettre, n)
			}
			m[cle] = l
			continue
		}
		nom = strings.TrimSpace(l[75:79])
		if l[0] == '3' {
			nom = strings.TrimSpace(l[55:59])
		}
		if vus[nom]++; vus[nom] > 1 {
			nom = fmt.Sprintf("%s#%d", nom, vus[nom])
		}
		m[nom] = l
		ordre = append(ordre, nom)
	}
	return m, ordre
}

func avecDroits(v *ace.Venue, fs ...func(*droits.Acquisition)) *ace.Venue {
	for _, f := range fs {
		f(v.Droits)
	}
	return v
}

func suivi(p ace.Prestation, support int) ace.Prestation { p.Support = support; return p }

func conforme(p ace.Prestation) ace.Prestation { p.Motif = ace.ConformeALD; return p }

// The situations and the records of external care. Each expected zone is
// derived from the rule that the case names.
func TestSituationsExternes(t *testing.T) {
	dentaire := ccam("ZZLD911")
	dentaire.Executant.Specialite, dentaire.Depassement = "19", 250_00
	nuit := ngap("CS", "15")
	nuit.Majoration = ace.Nuit
	fraction := produit(droits.Retrocede, "PHH", "9999902", "12.345", 1)
	fraction.Produit.Fraction, fraction.Produit.Marge, fraction.Produit.Reconstitution = 3300, 22_00, 5_15
	marge := produit(droits.Retrocede, "PHD", "9999909", "54.32", 1)
	marge.Produit.Marge = 22_00
	modifie := ccam("ZZFA901")
	modifie.CCAM.Modificateurs, modifie.CCAM.Association = "JK", "1"
	accord := ngap("CS", "15")
	accord.Accord = "4"
	for _, x := range []struct {
		nom     string
		venue   *ace.Venue
		dossier func(*fides.Dossier)
		ordre   string
		attendu map[string]zones
	}{
		{"NGAP : majoration derrière le code, complément derrière son acte (RG_MF602, 0476)",
			venue(ccam("ZZQP916"), suivi(ngap("MCS", "15"), 3), nuit), nil, "ATM CS MCS", map[string]zones{
				"CS": {76: "CS  N", 68: "15", 89: "01"}, "CS/S": {39: "S", 55: "9"}}},
		{"ATU et actes liés : U, coefficient du forfait en 0371, 1 en 4S66 (RG_CF656 CP05)",
			venue(ngap("CS", "07"), forfait("ATU")), nil, "ATU CS", map[string]zones{
				"2S":  {71: " ", 121: "U"},
				"ATU": {39: "00000", 71: "09976", 76: "0002797", 120: " M"},
				// 80 % on every line of the forfait
				"CS": {105: "080"}, "CS/S": {66: "10000", 124: "M"}}},
		{"AME : N, rien pour l'AMO, MT et DMT du forfait sur les actes liés (0339, 0341)",
			avecDroits(venue(ngap("CS", "07"), forfait("FFM")), ame), nil, "FFM CS", map[string]zones{
				"2": {117: "000075500017"}, "2S": {71: " ", 121: " "},
				"FFM":  {39: "19137", 71: "00000", 91: "000", 120: "N "},
				"CS":   {39: "19137", 105: "000", 108: "0000000", 122: "N002586"},
				"CS/S": {66: "00000", 124: " "}}},
		{"AME sans forfait : 07/000 en type 4", avecDroits(venue(ngap("CS", "07")), ame), nil, "CS", map[string]zones{"CS": {39: "07000"}}},
		{"RSS : domaine non renseigné, 19/958 sur SE et actes liés", avecDroits(venue(ccam("ZZQP916"), forfait("SE4")), rss), nil, "SE4 ATM", map[string]zones{
			"SE4": {39: "19958", 71: "00000", 121: " "}, "ATM": {39: "19958"}, "ATM/S": {66: "00000", 124: " "}}},
		{"rétrocession codée : 07/000, spécialité 50, 4H ; écart derrière (RG_MF600, RG_IP610)",
			// 12.35 rounded, × 0.33 = 4.08 (4.0755), + 22.00 + 5.15 = 31.23
			venue(fraction), nil, "PHH", map[string]zones{
				"PHH":   {39: "07000", 68: "50", 81: "01", 83: "000100", 89: "01", 91: "0003123"},
				"PHH/S": {66: "00000", 124: " "},
				"PHH/H": {37: "01", 49: "9999902", 57: "03300", 67: "0000515", 74: "0002200", 81: "0001235", 88: "001", 91: "0003123"}}},
		{"rétrocession non codée : pas de 4H, marge juste derrière (RG_MF601)", venue(marge), nil, "PHD MAR", map[string]zones{
			"PHD": {39: "07000", 91: "0005432"}, "MAR": {39: "07000", 91: "0002200", 105: "100"}}},
		{"LPP : 3F, écart d'achat sur sa ligne (RG_MF613)", // gap (31.565 − 20.00) × 50 % = 5.78 (5.7825) each
			venue(forfait("APE"), produit(droits.LPP, "PII", "1999901", "20.00", 2)), nil, "APE PII ETI", map[string]zones{
				"PII":   {76: "0004000", 71: "10000", 121: "M"},
				"PII/S": {42: "750712184S04260504", 66: "9"},
				"PII/F": {37: "01", 43: "1999901      ", 70: "02", 72: "0003157", 79: "0004000", 86: "0002000", 93: "0000578", 100: "0001156"},
				"ETI":   {76: "0001156", 91: "100", 94: "00001156"}}},
		{"liste en sus : 3H au prix négocié quand un écart est facturé (RG_MF614)", // (1205.455 − 1100.10) × 50 % = 52.68
			venue(forfait("APE"), produit(droits.Pharmacie, "PH8", "9999903", "1100.10", 1)), nil, "APE PH8 EMI", map[string]zones{
				"PH8/H": {49: "9999903", 57: "10000", 67: "0110010", 74: "0005268", 81: "0005268", 88: "001", 91: "0110010"}}},
		{"liste en sus sans écart : tarif de responsabilité", venue(forfait("APE"), produit(droits.Pharmacie, "PH8", "9999903", "1205.455", 1)), nil, "APE PH8",
			map[string]zones{"PH8/H": {67: "0120546", 74: "00000000000000"}}},
		{"biologie : cinq actes par 4B, le dénombrement les compte (RG_MF623)",
			venue(analyse("1901"), analyse("1902"), analyse("0388"), analyse("0322"), analyse("0323"), analyse("9905")), nil, "B", map[string]zones{
				"B":    {81: "01", 83: "008000", 89: "06"}, // 6.5 + 12.5 + 30 + 15 + 15 + 1
				"B/B":  {37: "01", 49: "2605120100000322", 65: "2605120100000323", 113: "2605120100001902"},
				"B/B2": {37: "02", 49: "2605120100009905", 65: "0000000000000000"}}},
		{"CCAM : modificateurs, association, séances croissantes, RPPS en 4E (RG_MF622, RG_MF626)",
			venue(modifie), func(d *fides.Dossier) {
				d.Soin.RPPSExecutant, d.Soin.Lieu, d.Soin.Extension = "10000000009", "750712184", "A"
				d.Soin.Seances = []simphonie.Jour{jour("2026-05-04"), jour(jourSoins)}
			}, "ATM", map[string]zones{
				"ATM/E":  {39: "00000000000", 50: "750712184     ", 64: "10000000009750712184     "},
				"ATM/M":  {37: "01", 43: "ZZFA901      A10JK  1 260504"},
				"ATM/M2": {37: "02", 65: "260512"},
				"5":      {39: "005"}}}, // 4, 4S, 4E and two 4M
		{"accord préalable 4 et sa date (RG_IP691)", venue(accord), func(d *fides.Dossier) { d.Soin.DateAccord = jour("2026-05-01") }, "CS",
			map[string]zones{"CS/S": {49: "2605014"}}},
		{"forfait technique : équipement, ordre et appareil en 3S", venue(ccam("ZZQH906"), suivi(forfait("FTN"), 1)), nil, "FTN ADI", map[string]zones{
			"FTN": {39: "19035", 71: "10000", 121: "M"}, "FTN/S": {96: "00012", 101: "00000000075123"}}},
		{"fausse couche : 3 et 3S", venue(forfait("FEF")), nil, "FEF", map[string]zones{"FEF": {91: "100", 71: "10000"}}},
		{"FSD devant son acte (RG_MF602)", venue(ccam("ZZHD913"), suivi(ngap("FSD", "04"), 1), ccam("ZZQP916")), nil, "FSD ATM ATM#2", map[string]zones{
			"ATM/M": {43: "ZZHD913"}}},
		{"régime local : 13 (RG_VF674)", avecDroits(venue(ngap("CS", "15")), local), nil, "CS", map[string]zones{"2": {77: "13"}, "CS": {105: "090"}}},
		{"AT/MP : 41", avecDroits(enAT(venue(ngap("CS", "15"))), atDeclare), nil, "CS", map[string]zones{"2": {77: "41", 86: "180831018"}}},
		{"C2S : forfait dentaire N derrière l'acte, 89 et 99999997 (RG_VF691, 02117)",
			// FDA is 293.26 (293.255): it takes the whole overrun of 250.00
			avecDroits(venue(dentaire), c2s), nil, "PAR FDA", map[string]zones{
				"2":   {95: " ", 117: "890099999997"},
				"FDA": {98: "0000000", 105: "000", 108: "0000000", 115: "0025000", 122: "N025000"}}},
		{"assureur à part : éclatement, montants de l'OC à zéro (0295)", avecAMC(venue(ngap("CS", "15"))), nil, "CS", map[string]zones{
			"2": {95: "F", 117: "00"}, "CS": {115: "0002586", 123: "000000"}}},
		{"ALD sur toutes les lignes : 4 au type 2, lignes à blanc (0279)", avecDroits(venue(conforme(ngap("CS", "15"))), ald), nil, "CS", map[string]zones{
			"2": {79: "4"}, "CS": {54: " ", 105: "100"}}},
		{"mines, une ligne ALD : 6 au type 2, 4 sur la ligne (annexe A1)",
			avecDroits(venue(conforme(ngap("CS", "15")), ccam("ZZQP916")), ald, mines), nil, "CS ATM", map[string]zones{
				"2": {79: "6"}, "CS": {54: "4"}, "ATM": {54: "0"}}},
		{"mines, tout en ALD : 4 au type 2", avecDroits(venue(conforme(ngap("CS", "15"))), ald, mines), nil, "CS", map[string]zones{"2": {79: "4"}, "CS": {54: "0"}}},
		{"mines, sans ALD : 6 au type 2", avecDroits(venue(ngap("CS", "15")), mines), nil, "CS", map[string]zones{"2": {79: "6"}, "CS": {54: "0"}}},
		{"ASPA, tout au seuil : 9 au type 2, 1 ou C sur les lignes (annexe A1)", avecDroits(venue(ccam("ZZFA901")), aspa), nil, "ATM", map[string]zones{
			"2": {79: "9"}, "ATM": {54: "C", 105: "100", 108: "0012552"}, "ATM/S": {128: " "}}},
		{"ASPA, une ligne au seuil : 0 sur les autres", avecDroits(venue(ngap("CS", "15"), ccam("ZZFA901")), aspa), nil, "ATM CS", map[string]zones{
			"2": {79: "9"}, "ATM": {54: "C"}, "CS": {54: "0", 105: "080"}}},
		{"ASPA, forfait au seuil : C devient 3 en type 3 (0279 CP02)", avecDroits(venue(ccam("ZZFA901"), forfait("ATU")), aspa), nil, "ATU ATM", map[string]zones{
			"2": {79: "9"}, "ATU": {64: "3", 117: " "}, "ATM": {54: "C"}}},
		{"ASPA seule : 9 au type 2, ligne à blanc", avecDroits(venue(ngap("CS", "15")), aspa), nil, "CS", map[string]zones{"2": {79: "9"}, "CS": {54: " "}}},
		{"seuil avec forfait : la participation sur le forfait", venue(ccam("ZZFA915"), forfait("SE2")), nil, "SE2 ATM", map[string]zones{
			"2": {79: "C"}, "SE2": {64: " ", 117: "A"}, "ATM": {54: " "}, "ATM/S": {128: " "}}},
	} {
		t.Run(x.nom, func(t *testing.T) {
			fs := tarifeACE(t, x.venue, optionsACE(t))
			require.Len(t, fs, 1)
			d := dossierACE(x.venue, &fs[0], 1)
			if x.dossier != nil {
				x.dossier(d)
			}
			lignes := prouve(t, convertisseur(t, fides.Interpretations{}), &fs[0].Facture, d)
			m, ordre := nommes(lignes)
			assert.Equal(t, x.ordre, strings.Join(ordre, " "))
			for nom, zs := range x.attendu {
				for c, v := range zs {
					if assert.NotEmpty(t, m[nom], nom) {
						assert.Equal(t, v, m[nom][c-1:c-1+len(v)], "%s, column %d", nom, c)
					}
				}
			}
		})
	}
}

func enAT(v *ace.Venue) *ace.Venue {
	for i := range v.Prestations {
		v.Prestations[i].Droits.LieeAT = true
	}
	return v
}

func avecAMC(v *ace.Venue) *ace.Venue {
	v.AMC = "0012345678"
	return v
}

// The other answers to the open questions.
func TestLecturesExternes(t *testing.T) {
	zone := func(i fides.Interpretations, v *ace.Venue, nom string, debut, n int) string {
		f := &tarifeACE(t, v, optionsACE(t))[0]
		m, _ := nommes(prouve(t, convertisseur(t, i), &f.Facture, dossierACE(v, f, 1)))
		return m[nom][debut-1 : debut-1+n]
	}
	atu := venue(ngap("CS", "07"), forfait("ATU"))
	assert.Equal(t, "00000", zone(fides.Interpretations{CoefficientLie: fides.CoefficientLieNul}, atu, "CS/S", 66, 5))
	assert.Equal(t, "09976", zone(fides.Interpretations{Coefficient: fides.CoefficientNul}, atu, "ATU", 71, 5), "the forfait has a coefficient of its own")
	assert.Equal(t, "00000", zone(fides.Interpretations{Coefficient: fides.CoefficientNul}, venue(forfait("FEF")), "FEF", 71, 5))
	aspaATU := avecDroits(venue(ccam("ZZFA901"), forfait("ATU")), aspa)
	assert.Equal(t, "C", zone(fides.Interpretations{ASPA: fides.ASPAC}, aspaATU, "ATU", 64, 1))
	marge := produit(droits.Retrocede, "PHD", "9999909", "54.32", 1)
	marge.Produit.Marge = 22_00
	assert.Equal(t, "00000", zone(fides.Interpretations{MTComplement: fides.MTComplementZero}, venue(marge), "MAR", 39, 5))
	dentaire := ccam("ZZLD911")
	dentaire.Executant.Specialite, dentaire.Depassement = "19", 250_00
	v := avecDroits(venue(dentaire), c2s)
	f := &tarifeACE(t, v, optionsACE(t))[0]
	_, ordre := nommes(prouve(t, convertisseur(t, fides.Interpretations{ForfaitC2S: fides.ForfaitC2SAvant}), &f.Facture, dossierACE(v, f, 1)))
	assert.Equal(t, []string{"FDA", "PAR"}, ordre)
	m, _ := nommes(prouve(t, convertisseur(t, fides.Interpretations{Imagerie: b2.T4}), &imagerie(t).Facture, dossierACE(venueImagerie(), imagerie(t), 1)))
	assert.Equal(t, "19035", m["FTN"][38:43])
}

func venueImagerie() *ace.Venue { return venue(ccam("ZZQH906"), suivi(forfait("FTN"), 1)) }

func imagerie(t *testing.T) *ace.Facture { return &tarifeACE(t, venueImagerie(), optionsACE(t))[0] }

// A drug whose complementary part is wider than zone 04123 is refused, or written
// as several that add up: quantities first, then fractions, thirds as
// 0.3333 + 0.3333 + 0.3334 (RG_MF620).
func TestDecoupageExterne(t *testing.T) {
	cher := func(prix string, quantite int) (*ace.Venue, *ace.Facture) {
		v := avecDroits(venue(produit(droits.Retrocede, "PHH", "9999909", prix, quantite)), ame)
		return v, &tarifeACE(t, v, optionsACE(t))[0]
	}
	lignes := convertisseur(t, fides.Interpretations{Decoupage: fides.DecoupageLignes})
	v, f := cher("24000.00", 1) // one unit alone is too much: 24 000.00 × 0.3333 is 7 999.20
	ls := prouve(t, lignes, &f.Facture, dossierACE(v, f, 1))
	m, ordre := nommes(ls)
	assert.Len(t, ordre, 3)
	assert.Equal(t, "03333 03333 03334", m["PHH/H"][56:61]+" "+m["PHH#2/H"][56:61]+" "+m["PHH#3/H"][56:61])
	assert.Equal(t, "0799920 799920 001", m["PHH"][90:97]+" "+m["PHH"][122:128]+" "+m["PHH/H"][87:90])
	v, f = cher("8000.00", 2)
	m, ordre = nommes(prouve(t, lignes, &f.Facture, dossierACE(v, f, 1)))
	assert.Len(t, ordre, 2)
	assert.Equal(t, "001 10000 0800000", m["PHH/H"][87:90]+" "+m["PHH/H"][56:61]+" "+m["PHH/H"][90:97])
	res, err := convertisseur(t, fides.Interpretations{}).Convertir(&f.Facture, dossierACE(v, f, 1))
	require.NoError(t, err)
	assert.Equal(t, []simphonie.Code{"FID-MONTANT"}, gravites(res.Anomalies))
	// An act is never cut.
	v = avecDroits(venue(ccam("ZZFA901")), ame)
	f = &tarifeACE(t, v, optionsACE(t))[0]
	l := &f.Lignes[0]
	l.MRC, l.BRAMC, l.Honoraires, f.Parts[0].Montant = 1_000_000_00, 1_000_000_00, 1_000_000_00, 1_000_000_00
	res, err = lignes.Convertir(&f.Facture, dossierACE(v, f, 1))
	require.NoError(t, err)
	assert.Contains(t, gravites(res.Anomalies), simphonie.Code("FID-MONTANT"))
}

// Each device of a line has the maker that its own prestation names.
func TestSoinParPrestation(t *testing.T) {
	v := venue(forfait("APE"), produit(droits.LPP, "PII", "1999902", "845.675", 1), produit(droits.LPP, "PII", "1999901", "31.565", 1))
	f := &tarifeACE(t, v, optionsACE(t))[0]
	d := dossierACE(v, f, 1)
	un, deux := d.Soin, d.Soin
	un.SIRET, deux.SIRET = "11111111111111", "22222222222222"
	d.Soins = map[int]fides.Soin{2: un, 3: deux}
	m, _ := nommes(prouve(t, convertisseur(t, fides.Interpretations{}), &f.Facture, d))
	assert.Equal(t, "1999901      22222222222222", m["PII/F"][42:69])
	assert.Equal(t, "1999902      11111111111111", m["PII/F2"][42:69])
}

// What a file says of a line is read back with its details.
func TestRelireExterne(t *testing.T) {
	v := venue(analyse("1901"), analyse("1902"))
	f := &tarifeACE(t, v, optionsACE(t))[0]
	res, err := convertisseur(t, fides.Interpretations{}).Convertir(&f.Facture, dossierACE(v, f, 1))
	require.NoError(t, err)
	l := relit(t, ecrit(t, res.Factures...))[0].Lignes[0]
	require.Len(t, l.Details, 1)
	assert.Equal(t, "1902", l.Details[0].(*b2.Type4B).Actes[1].Code)
	assert.Equal(t, "19 4.85 60", l.Coefficient.String()+" "+l.Base.String()+" "+l.Taux.String()) // 19 × 0.255 = 4.845
	// A cent more on a line is told.
	g := f.Facture
	g.Lignes = append([]facture.Ligne(nil), f.Lignes...)
	g.Parts = append([]facture.Part(nil), f.Parts...)
	g.Parts[0].Montant++
	_, as := fides.Rapprocher(&g, relit(t, ecrit(t, res.Factures...))...)
	assert.Contains(t, as.Codes(), simphonie.Code("FID-ECART-LIGNE"))
}
