package fides_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/fides"
	"github.com/simphonie/simphonie/urgences"
)

// zones is what columns of a record hold, by first column from 1.
type zones map[int]string

// par finds records by name: 2, 2S, 5, the code of a line, and the code and /S
// of its complement.
func par(t *testing.T, lignes []string) map[string]string {
	m := map[string]string{}
	code := ""
	for _, l := range lignes {
		require.Len(t, l, 128)
		switch {
		case l[0] == '2' && l[38] == 'S':
			m["2S"] = l
		case l[0] == '2' || l[0] == '5':
			m[l[:1]] = l
		case l[0] == '3' && l[38] < 'A':
			code = strings.TrimSpace(l[55:60])
			m[code] = l
		case l[0] == '3':
			m[code+"/S"] = l
		case l[35] == 'S':
			m[code+"/S"] = l
		default:
			code = strings.TrimSpace(l[75:80])
			m[code] = l
		}
	}
	return m
}

func verifie(t *testing.T, lignes []string, attendu map[string]zones) {
	t.Helper()
	m := par(t, lignes)
	for nom, zs := range attendu {
		l, ok := m[nom]
		if !assert.True(t, ok, "no record %s", nom) {
			continue
		}
		for col, v := range zs {
			assert.Equal(t, v, l[col-1:col-1+len(v)], "record %s, column %d", nom, col)
		}
	}
}

// An ordinary visit, to the byte. FPU is 23.00 € from 1 March 2026, FU2 the
// fictitious 30.33 €. Totals: 3 records (3, 4, 4S); base PH 23.00 and nothing of
// it for the caisse; honoraires 30.33, all for the caisse; participation
// 23.00 − 0 + 30.33 − 30.33 = 23.00.
func TestOrdinaireOctetParOctet(t *testing.T) {
	p := ordinaire(t)
	r := prix(t, p, options(t))
	attendu := []string{
		"2750712184 15555557513337400026000000119000000010175100000000000000000000000100260304000000000 90061512603042603041200          ",
		"2750712184 155555575133374000260000001S0100010000             00                                               000000000        ",
		"3750712184 15555557513337400026000000100000260304260304FPU  001000100 0000000023000000230000000000000000023000000000   N 0000000",
		"4750712184 15555557513337400026000000100000000000000 0  7507121840000260304FU2  01000100010003033000303310000030330003033 000000",
		"4750712184 155555575133374260000001S01S 0000000 0000009          00000 0000000000000000000000000000 00000000000000000000000M    ",
		"5750712184 15555557513337400026000000100300002300000000000000303300003033000023000000000000000000                 00002300      ",
	}
	c := convertisseur(t, fides.Interpretations{})
	assert.Equal(t, attendu, prouve(t, c, &r.Facture, dossier(p, r, 1)))
	res, err := c.Convertir(&r.Facture, dossier(p, r, 1))
	require.NoError(t, err)
	f := res.Factures[0]
	assert.Equal(t, "260000001000100", f.CleTitre) // 0230 then 2S42
	assert.Equal(t, simphonie.Montant(3033), f.Demande)
	assert.Equal(t, "900000001 01-751 2026-03-04 2026-03-04", f.Venue+" "+f.Destination.String()+" "+f.Debut.String()+" "+f.Fin.String())
}

// The situations matrix of an emergency visit. Amounts are in centimes: FPU
// 2300, FPV 996, CFU 1304, FU2 3033, SU2 1183; each expected zone is derived
// from the rule that its comment names.
func TestSituations(t *testing.T) {
	for _, x := range []struct {
		nom     string
		passage func(*urgences.Passage)
		dossier func(*fides.Dossier)
		attendu map[string]zones
	}{
		{"ALD : CFU porte 4 au type 2, lignes à blanc", avec(ald), nil, map[string]zones{
			"2":     {77: "10", 79: "4", 95: " ", 117: "00          "},
			"FPV":   {64: " ", 76: "0000996", 83: "00000996", 91: "000", 94: "00000000", 102: "00000996", 120: "N ", 122: "0000000"},
			"CFU":   {64: " ", 76: "0001304", 91: "100", 94: "00001304", 102: "00001304", 120: " M"},
			"FU2":   {54: " ", 91: "0003033", 98: "0003033", 105: "100", 108: "0003033", 115: "0003033", 122: " "},
			"FU2/S": {39: "S", 55: "9", 66: "00000", 124: "M"},
			// 996 + 1304 − 1304 + 3033 − 3033 = 996
			"5": {39: "004", 42: "00002300", 50: "00001304", 58: "00003033", 66: "00003033", 74: "00000996", 115: "00002300"},
		}},
		{"FPX d'un pensionné militaire : 5 au type 2", avec(pension), nil, map[string]zones{
			"2":   {77: "10", 79: "5"},
			"FPX": {64: " ", 76: "0002300", 91: "100", 94: "00002300", 102: "00002300", 120: " M"},
			"FU2": {54: " ", 105: "100"},
			"5":   {50: "00002300", 74: "00000000"},
		}},
		{"AME : rien pour l'AMO, N partout, OC 75500017", avec(ame), nil, map[string]zones{
			"2":     {77: "10", 79: "0", 95: " ", 117: "000075500017"},
			"2S":    {71: " ", 121: " "},
			"FPU":   {39: "00000", 64: "0", 71: "00000", 76: "0002300", 83: "00000000", 91: "000", 94: "00000000", 102: "00002300", 120: "N ", 122: "0002300"},
			"FU2":   {39: "00000", 54: "0", 91: "0003033", 98: "0000000", 105: "000", 108: "0000000", 115: "0003033", 122: "N003033"},
			"FU2/S": {66: "00000", 124: " "},
			"5":     {42: "00000000", 66: "00000000", 74: "00005333", 82: "00002300", 90: "00003033"},
		}},
		{"C2S unique : 89 et 99999997, la part C2S dans la facture", avec(c2s), nil, map[string]zones{
			"2":   {95: " ", 117: "890099999997"},
			"FPU": {83: "00002300", 91: "000", 94: "00000000", 102: "00002300", 120: "N ", 122: "0002300"},
			"FU2": {115: "0003033", 122: " 000000"},
			"5":   {74: "00002300", 82: "00002300", 90: "00000000"},
		}},
		{"C2S éclatée : F, ni contrat ni organisme, montants OC nuls", avec(c2sSeparee),
			func(d *fides.Dossier) { d.C2S = fides.C2SEclatement }, map[string]zones{
				"2":   {95: "F", 117: "00          "},
				"FPU": {102: "00002300", 120: "N ", 122: "0000000"},
				"5":   {74: "00002300", 82: "00000000"},
			}},
		{"C2S et exonération : rien au titre de la C2S, contrat 00", avec(c2s, pension), nil, map[string]zones{
			"2":   {79: "5", 95: " ", 117: "00          "},
			"FPX": {122: "0000000"},
		}},
		{"RSS de passage : domaine à blanc, coefficient nul, montants ordinaires", avec(rss), nil, map[string]zones{
			"2":     {77: "10", 95: " ", 117: "00"},
			"2S":    {121: " "},
			"FPU":   {39: "00000", 71: "00000", 83: "00002300", 120: "N ", 122: "0000000"},
			"FU2":   {39: "00000", 98: "0003033", 105: "100", 122: " "},
			"FU2/S": {124: " "},
		}},
		{"RSS permanent et C2S : la part AMO suit le RSS, le complément la C2S", func(p *urgences.Passage) {
			c2s(p.Droits)
			p.Droits.CodeGestion = "70"
		}, nil, map[string]zones{"2": {95: " ", 117: "890099999997"}, "FPU": {120: "N ", 122: "0002300"}, "FU2/S": {124: " "}}},
		{"Prévention : nature 90", func(p *urgences.Passage) { p.Soins.Prevention = true }, nil, map[string]zones{"2": {77: "90"}}},
		{"NIR de Corse", avec(), func(d *fides.Dossier) {
			n := "155552A551333"
			d.Assure = simphonie.NIRRecu(n + simphonie.NIRRecu(n).CleCalculee())
		}, map[string]zones{"2": {12: "155552A551333"}, "FU2": {12: "155552A551333"}, "FU2/S": {12: "155552A551333"}}},
		{"Régime local : FPL, nature 13", avec(local), nil, map[string]zones{
			"2":   {77: "13", 79: "0"},
			"FPL": {64: "0", 91: "100", 94: "00002300", 120: "  "},
			"5":   {50: "00002300", 74: "00000000"},
		}},
		{"Régime local et ALD : FPM et CFU, nature 13, exonération 4", avec(local, ald), nil, map[string]zones{
			"2":   {77: "13", 79: "4"},
			"FPM": {64: " ", 76: "0000996", 94: "00000996", 120: "  "},
			"CFU": {64: " ", 94: "00001304", 120: " M"},
			"FU2": {54: " "},
		}},
		{"Régime local mais exonéré : le taux ne vient pas de lui, nature 10", avec(local, pension), nil, map[string]zones{
			"2": {77: "10", 79: "5"}, "FPX": {94: "00002300"},
		}},
		{"AT : nature 41, numéro, organisme de l'accident, CFU sans code", func(p *urgences.Passage) {
			atDeclare(p.Droits)
			p.Soins.LieeAT = true
		}, nil, map[string]zones{
			"2":   {49: "017540000", 77: "41", 79: "0", 86: "180831018"},
			"FPV": {64: "0", 120: "N "}, "CFU": {64: "0", 94: "00001304", 120: " M"}, "FU2": {54: " "},
		}},
		{"AT sans numéro : date derrière trois zéros", func(p *urgences.Passage) {
			p.Droits.AT = []droits.ATDeclare{{Organisme: simphonie.Organisme{Regime: "01", Caisse: "751", Centre: "0000"}, Periode: simphonie.Periode{Du: jour("2018-08-31")}}}
			p.Soins.LieeAT = true
		}, nil, map[string]zones{"2": {49: "017510000", 77: "41", 86: "000180831"}}},
		{"Maternité : nature 30, FPX sans code", avec(maternite), nil, map[string]zones{
			"2": {77: "30", 79: "0"}, "FPX": {64: "0", 91: "100", 120: " M"}, "FU2": {54: " "},
		}},
		{"Maternité : organisme propre", avec(maternite), func(d *fides.Dossier) {
			d.Organisme = simphonie.Organisme{Regime: "01", Caisse: "941", Centre: "0012"}
		}, map[string]zones{"2": {49: "019410012", 77: "30"}}},
		{"Détenu : maladie, 5, parcours à blanc", avec(detenu), nil, map[string]zones{
			"2": {77: "10", 79: "5"}, "2S": {71: " ", 121: " "}, "FPX": {64: " ", 94: "00002300"},
		}},
		{"Mines : 6 au type 2, lignes à 0", avec(mines), func(d *fides.Dossier) { d.Patient.Rang = "002" }, map[string]zones{
			"2": {27: "002", 49: "07", 79: "6"}, "FPX": {27: "002", 64: "0"}, "FU2": {54: " "},
		}},
		{"Régime général : rang forcé à 000", avec(), func(d *fides.Dossier) { d.Patient.Rang = "002" }, map[string]zones{
			"2": {27: "000"}, "FU2": {27: "000"},
		}},
		{"Corse : FINESS en chiffres (RG_MF609)", func(p *urgences.Passage) { p.Etablissement.FINESS = "2A0002689" }, nil,
			map[string]zones{"2": {2: "200102689 "}, "FU2": {2: "200102689 ", 57: "200102689"}, "FU2/S": {2: "200102689 "}, "5": {2: "200102689"}}},
		{"Marine 96-196 : centre à gauche et un zéro", func(p *urgences.Passage) {
			p.Droits.Organisme = simphonie.Organisme{Regime: "96", Caisse: "196", Centre: "123"}
		}, nil, map[string]zones{"2": {49: "961961230"}}},
		{"Accident de droit commun", avec(), func(d *fides.Dossier) { d.AccidentDroitCommun = jour("2018-08-31") },
			map[string]zones{"2": {77: "10", 86: "000180831"}}},
		{"PNL : complément de titre à zéro", avec(), func(d *fides.Dossier) {
			d.Etablissement.Statut, d.Etablissement.CodeProduit = fides.PNL, ""
		}, map[string]zones{"2S": {42: "000000"}}},
		{"AP-HP : ses propres parties du complément", avec(), func(d *fides.Dossier) {
			d.Etablissement.CodeEtablissement, d.Etablissement.SuffixeTitre = "076", "21"
		}, map[string]zones{"2S": {42: "076121"}}},
		{"NIR certifié et médecin traitant transcrit", avec(), func(d *fides.Dossier) {
			d.Patient.NIR = simphonie.NIRRecu(nirFemme)
			d.Medecin = fides.Medecin{Nom: simphonie.NewConfidentiel("Dé l'Air-Bâ"), Prenom: simphonie.NewConfidentiel("Zoé"), NumeroAM: "291991107"}
			d.Specialite, d.ZoneTarif = "83", "24"
		}, map[string]zones{
			"2S":  {50: nirFemme, 72: "DE L AIR BA              ", 97: "ZOE            ", 112: "291991107"},
			"FU2": {66: "2483"},
		}},
		{"Assureur facturé à part : F", func(p *urgences.Passage) { p.AMC = "0012345678" }, nil, map[string]zones{
			"2": {95: "F", 117: "00          "}, "FPU": {102: "00002300", 122: "0000000"}, "5": {74: "00002300"},
		}},
	} {
		t.Run(x.nom, func(t *testing.T) {
			p, o := ordinaire(t), options(t)
			x.passage(p)
			if p.AMC != "" {
				o.Interpretations.AMCDeclaree = urgences.AMCAssureur
			}
			r := prix(t, p, o)
			d := dossier(p, r, 1)
			if x.dossier != nil {
				x.dossier(d)
			}
			verifie(t, prouve(t, convertisseur(t, fides.Interpretations{}), &r.Facture, d), x.attendu)
			assert.Empty(t, gravites(fides.Controler(&r.Facture, d, fides.Envoi{Le: jour("2026-03-20")})))
		})
	}
}

// avec changes the rights of a visit.
func avec(fs ...func(*droits.Acquisition)) func(*urgences.Passage) {
	return func(p *urgences.Passage) {
		for _, f := range fs {
			f(p.Droits)
		}
	}
}

// gravites keeps what stops an invoice.
func gravites(as simphonie.Anomalies) []simphonie.Code {
	var cs []simphonie.Code
	for _, a := range as {
		if a.Gravite.Stoppe() {
			cs = append(cs, a.Code)
		}
	}
	return cs
}
