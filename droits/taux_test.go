package droits_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
)

// Every rule of the decision list, one case each, expected values from the texts.
func TestDeciderTaux(t *testing.T) {
	ne, err := simphonie.ParseDateNaissance("2000-03-05")
	require.NoError(t, err)
	base := func(a *droits.Acquisition) {}
	droit := func(codes ...droits.CodeETM) func(*droits.Acquisition) {
		return func(a *droits.Acquisition) { a.ETM = etm(codes...) }
	}
	modulation := func(codes ...droits.CodeMTM) func(*droits.Acquisition) {
		return func(a *droits.Acquisition) { a.MTM = mtm(codes...) }
	}
	sncf := func(cs ...droits.CodeContrat) func(*droits.Acquisition) {
		return func(a *droits.Acquisition) { a.Organisme.Regime, a.Contrats = "04", contrats(cs...) }
	}
	de := func(regime string, f func(*droits.Acquisition)) func(*droits.Acquisition) {
		return func(a *droits.Acquisition) { f(a); a.Organisme.Regime = regime }
	}
	for _, c := range []struct {
		nom    string
		change func(*droits.Acquisition)
		l      droits.Acte
		taux   string
		exo    string
		regle  simphonie.Code
	}{
		{"N avant tout", droit("6"), droits.Acte{Code: "CS", HorsFacture: true}, "0", "0", "DROITS-TAUX-HORS-FACTURE"},
		{"maternité", droit("6"), droits.Acte{Code: "CS", ConformeALD: true}, "100", "0", "DROITS-TAUX-NATURE"},
		{"mines", de("07", base), droits.Acte{Code: "CS"}, "100", "6", "DROITS-TAUX-CANSSM"},
		{"mines et invalidité", de("07", droit("14")), droits.Acte{Code: "CS"}, "100", "6", "DROITS-TAUX-CANSSM"},
		{"invalidité", droit("14"), droits.Acte{Code: "CS"}, "100", "5", "DROITS-TAUX-BENEFICIAIRE"},
		{"invalidité, acte d'ALD", droit("14", "16"), droits.Acte{Code: "CS", ConformeALD: true}, "100", "4", "DROITS-TAUX-BENEFICIAIRE"},
		{"CCAM exonérée", base, droits.Acte{Code: "ACO", Champ25: []string{"3"}}, "100", "C", "DROITS-TAUX-CCAM"},
		{"CCAM de prévention", base, droits.Acte{Code: "ADI", Champ25: []string{"1", "7"}, Prevention: true}, "100", "7", "DROITS-TAUX-PREVENTION"},
		{"CCAM, 7 seul choix", base, droits.Acte{Code: "ADI", Champ25: []string{"7"}}, "100", "7", "DROITS-TAUX-PREVENTION"},
		{"CCAM, 7 sans motif", base, droits.Acte{Code: "CS", Champ25: []string{"1", "7"}}, "61", "0", "DROITS-TAUX-DE-BASE"},
		{"dépistage du col", base, droits.Acte{Code: "B", NABM: "0027", DepistageCol: true}, "100", "7", "DROITS-TAUX-DEPISTAGE"},
		{"forfait technique", base, droits.Acte{Code: "FTN"}, "100", "0", "DROITS-TAUX-CENT"},
		{"téléexpertise", base, droits.Acte{Code: "TE2", Cent: true}, "100", "0", "DROITS-TAUX-CENT"},
		{"urgence", droit("8"), droits.Acte{Code: "FU2", Urgence: true, ExoPatient: droits.ExoALD}, "100", "4", "DROITS-TAUX-URGENCE"},
		{"IST, 25 ans", base, droits.Acte{Code: "B", IST: true, Naissance: ne, Execution: jour("2026-03-04")}, "100", "3", "DROITS-TAUX-IST"},
		{"IST, 26 ans", base, droits.Acte{Code: "CS", IST: true, Naissance: ne, Execution: jour("2026-03-05")}, "61", "0", "DROITS-TAUX-DE-BASE"},
		{"ALD conforme", droit("13"), droits.Acte{Code: "CS", ConformeALD: true}, "100", "4", "DROITS-TAUX-ALD"},
		{"ALD sans motif", droit("13"), droits.Acte{Code: "CS"}, "61", "0", "DROITS-TAUX-DE-BASE"},
		{"motif sans ALD", base, droits.Acte{Code: "CS", ConformeALD: true}, "61", "0", "DROITS-TAUX-DE-BASE"},
		{"nouveau-né", base, droits.Acte{Code: "CS", NouveauNe: true}, "100", "3", "DROITS-TAUX-TRAITEMENT"},
		{"traitement exonérant", base, droits.Acte{Code: "CS", TraitementExonerant: true}, "100", "3", "DROITS-TAUX-TRAITEMENT"},
		{"soins particuliers sans motif", droit("17"), droits.Acte{Code: "CS"}, "61", "0", "DROITS-TAUX-DE-BASE"},
		{"seuil", base, droits.Acte{Code: "ADC", Seuil: droits.ExoCCAM}, "100", "C", "DROITS-TAUX-SEUIL"},
		{"seuil K", base, droits.Acte{Code: "KC", Seuil: droits.ExoK60}, "100", "1", "DROITS-TAUX-SEUIL"},
		{"rente AT", modulation("6"), droits.Acte{Code: "CS"}, "100", "5", "DROITS-TAUX-RENTE"},
		{"rente AT, PHQ", modulation("6"), droits.Acte{Code: "PHQ"}, "30", "0", "DROITS-TAUX-RENTE"},
		{"rente AT, PHQ, SNCF 18", func(a *droits.Acquisition) { sncf("18")(a); modulation("6")(a) }, droits.Acte{Code: "PHQ"}, "100", "5", "DROITS-TAUX-RENTE"},
		{"rente AT, PHQ, SNCF 20", func(a *droits.Acquisition) { sncf("20")(a); modulation("6")(a) }, droits.Acte{Code: "PHQ"}, "30", "0", "DROITS-TAUX-RENTE"},
		{"SNCF, ASPA", func(a *droits.Acquisition) { sncf("18", "23")(a); modulation("8")(a) }, droits.Acte{Code: "CS"}, "100", "9", "DROITS-TAUX-CPRPF-ASPA"},
		{"SNCF 21", sncf("21"), droits.Acte{Code: "CS"}, "100", "5", "DROITS-TAUX-CPRPF-21"},
		{"SNCF 24", sncf("18", "24"), droits.Acte{Code: "CS"}, "100", "0", "DROITS-TAUX-CPRPF-24"},
		{"SNCF 25", sncf("18", "25", "23"), droits.Acte{Code: "CS"}, "100", "0", "DROITS-TAUX-CPRPF-24"},
		{"SNCF 20 et ATU", sncf("20"), droits.Acte{Code: "CS", Forfait: "ATU"}, "77", "0", "DROITS-TAUX-CPRPF-20"},
		{"SNCF, ATU", sncf("18", "23"), droits.Acte{Code: "CS", Forfait: "ATU"}, "100", "0", "DROITS-TAUX-CPRPF-FORFAIT"},
		{"SNCF 22, médecin SNCF", sncf("18", "22"), droits.Acte{Code: "CS", MedecinSNCF: true}, "100", "6", "DROITS-TAUX-CPRPF-22-SNCF"},
		{"SNCF 22, table 104", sncf("18", "22"), droits.Acte{Code: "AMI"}, "100", "5", "DROITS-TAUX-CPRPF-22"},
		{"SNCF 22, base", sncf("18", "22"), droits.Acte{Code: "CS"}, "61", "0", "DROITS-TAUX-CPRPF-22"},
		{"SNCF et régime local", func(a *droits.Acquisition) { sncf("18", "23")(a); modulation("9")(a) }, droits.Acte{Code: "CS"}, "75", "0", "DROITS-TAUX-CPRPF-23"},
		{"contrat d'un autre régime", func(a *droits.Acquisition) { a.Contrats = contrats("18", "23") }, droits.Acte{Code: "CS"}, "61", "0", "DROITS-TAUX-DE-BASE"},
		{"local, PHQ, 01", modulation("9"), droits.Acte{Code: "PHQ"}, "80", "0", "DROITS-TAUX-LOCAL"},
		{"frontalier, PHQ, 02", de("02", modulation("7")), droits.Acte{Code: "PHQ"}, "90", "0", "DROITS-TAUX-LOCAL"},
		{"local, PHS", modulation("9"), droits.Acte{Code: "PHS"}, "90", "0", "DROITS-TAUX-LOCAL"},
		{"local, acte lié", modulation("9"), droits.Acte{Code: "CS", Forfait: "SE1"}, "100", "0", "DROITS-TAUX-LOCAL"},
		{"local et ASPA", modulation("9", "8"), droits.Acte{Code: "CS"}, "90", "0", "DROITS-TAUX-LOCAL"},
		{"ASPA", modulation("8"), droits.Acte{Code: "CS"}, "80", "9", "DROITS-TAUX-ASPA"},
		{"ASPA, PHQ", modulation("8"), droits.Acte{Code: "PHQ"}, "30", "9", "DROITS-TAUX-ASPA"},
		{"ASPA, PHS", modulation("8"), droits.Acte{Code: "PHS"}, "65", "9", "DROITS-TAUX-ASPA"},
		{"base", base, droits.Acte{Code: "CS"}, "61", "0", "DROITS-TAUX-DE-BASE"},
		{"base de la spécialité", base, droits.Acte{Code: "CS", Specialite: "15"}, "63", "0", "DROITS-TAUX-DE-BASE"},
		{"base, autre spécialité", base, droits.Acte{Code: "CS", Specialite: "07"}, "61", "0", "DROITS-TAUX-DE-BASE"},
		{"base, acte lié", base, droits.Acte{Code: "AMK", Forfait: "ATU"}, "77", "0", "DROITS-TAUX-DE-BASE"},
		{"CRPCEN", de("10", base), droits.Acte{Code: "CS"}, "84", "0", "DROITS-TAUX-DE-BASE"},
	} {
		t.Run(c.nom, func(t *testing.T) {
			a := acquisition()
			c.change(a)
			d := decide(t, a, c.l)
			require.NotNil(t, d.Regle)
			assert.Equal(t, c.regle, d.Regle.Code)
			assert.Equal(t, c.taux, d.Taux.String())
			assert.Equal(t, c.exo, d.Exoneration.String())
			switch c.nom {
			case "motif sans ALD":
				assert.Equal(t, []simphonie.Code{"DROITS-ALD-SANS-DROIT"}, d.Anomalies.Codes())
			case "soins particuliers sans motif":
				assert.Equal(t, []simphonie.Code{"DROITS-SOINS-PARTICULIERS"}, d.Anomalies.Codes())
			default:
				assert.Empty(t, d.Anomalies)
			}
			assert.Equal(t, slices.Contains([]string{"61", "63", "77", "84"}, c.taux), d.Reference == "FICTIF", "a loaded rate quotes its text")
			for i, p := range d.Pas {
				assert.Equal(t, i == len(d.Pas)-1, p.Applique, "only the last step decides: %s", p.Regle.Code)
				assert.NotEmpty(t, p.Motif)
			}
			if d.Exoneration != droits.ExoAucune && d.Exoneration != droits.ExoASPA {
				assert.Equal(t, simphonie.Cent, d.Taux, "RG_VF_CC15")
			}
		})
	}
}

// What no rule decides is said, never guessed.
func TestTauxIndecis(t *testing.T) {
	a := acquisition()
	a.Organisme.Regime, a.Contrats = "04", contrats("19")
	d := decide(t, a, droits.Acte{Code: "CS"})
	assert.Nil(t, d.Regle)
	assert.Equal(t, []simphonie.Code{"DROITS-TAUX-CPRPF-SANS-CONTRAT"}, d.Anomalies.Codes())

	a.Contrats = contrats("18", "22")
	r := resoudre(a, droits.Prestation{})
	d, err := droits.DeciderTaux(&r.Contexte, droits.Acte{Code: "CS"}, droits.Baremes{}, droits.Options{})
	require.NoError(t, err)
	assert.Nil(t, d.Regle)
	assert.Equal(t, []simphonie.Code{"DROITS-TABLE-MANQUANTE"}, d.Anomalies.Codes())

	r = resoudre(acquisition(), droits.Prestation{})
	_, err = droits.DeciderTaux(&r.Contexte, droits.Acte{Code: "CS"}, droits.Baremes{}, droits.Options{})
	assert.ErrorContains(t, err, "DROITS-TAUX-ABSENT CS")

	a = acquisition()
	a.Organisme.Regime, a.MTM = "05", mtm("9")
	r = resoudre(a, droits.Prestation{})
	_, err = droits.DeciderTaux(&r.Contexte, droits.Acte{Code: "PHQ"}, baremes(t), droits.Options{})
	assert.ErrorContains(t, err, "DROITS-TAUX-REGIME")

	d, err = droits.DeciderTaux(nil, droits.Acte{}, baremes(t), droits.Options{})
	require.NoError(t, err)
	assert.Equal(t, []simphonie.Code{"DROITS-ABSENTS"}, d.Anomalies.Codes())
	d, err = droits.DeciderTauxFavorable(&r.Contexte, nil, droits.Acte{Code: "CS"}, baremes(t), droits.Options{})
	require.NoError(t, err)
	assert.Nil(t, d.Regle)

	assert.Equal(t, []simphonie.Code{"DROITS-IST-AGE"}, decide(t, acquisition(), droits.Acte{Code: "CS", IST: true, Execution: jour("2026-03-04")}).Anomalies.Codes())

	a = acquisition()
	a.ETM = etm("14")
	d = decide(t, a, droits.Acte{Code: "NUT"})
	assert.Equal(t, []simphonie.Code{"DROITS-NUT"}, d.Anomalies.Codes())
	a.ETM = etm("8")
	assert.Empty(t, decide(t, a, droits.Acte{Code: "NUT", ConformeALD: true}).Anomalies)

	a.ETM = etm("17")
	r = resoudre(a, droits.Prestation{})
	d, err = droits.DeciderTaux(&r.Contexte, droits.Acte{Code: "CS"}, baremes(t),
		droits.Options{Tracer: true, Interpretations: droits.Interpretations{SoinsParticuliers: droits.SoinsSurDroit}})
	require.NoError(t, err)
	assert.Equal(t, "3", d.Exoneration.String())
	assert.Equal(t, simphonie.Code("DROITS-I-SOINS-PARTICULIERS"), d.Pas[len(d.Pas)-2].Regle.Code)
}

func TestExoneration(t *testing.T) {
	var e droits.Exoneration
	for i, code := range "01345679C" {
		require.NoError(t, e.UnmarshalText([]byte(string(code))))
		b, err := e.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, droits.Exoneration(i), e)
		assert.Equal(t, string(code), string(b))
	}
	for _, faute := range []string{"2", "", "10", "01"} {
		assert.ErrorContains(t, e.UnmarshalText([]byte(faute)), "DROITS-EXONERATION")
	}
	assert.Equal(t, "?", droits.Exoneration(99).String())
	for _, i := range droits.InterpretationsPossibles() {
		assert.Contains(t, []simphonie.Code{"DROITS-I-FIN-DE-PERIODE", "DROITS-I-MATERNITE-SANS-ORGANISME", "DROITS-I-DOUZIEME-JOUR",
			"DROITS-I-SOINS-PARTICULIERS", "DROITS-I-TOP-MEDECIN-TRAITANT", "DROITS-I-PIECE-MIXTE"}, i.Code)
	}
	for _, i := range []droits.Interpretations{{DouziemeJour: "x"}, {SoinsParticuliers: "x"}, {TopMedecinTraitant: "x"}, {PieceMixte: "x"}} {
		assert.Error(t, i.Validate())
	}
}

func TestContrats(t *testing.T) {
	for _, c := range []struct {
		codes     []droits.CodeContrat
		anomalies []simphonie.Code
	}{
		{[]droits.CodeContrat{"18", "22"}, nil},
		{[]droits.CodeContrat{"018", "22", "23", "24", "25"}, nil},
		{[]droits.CodeContrat{"20"}, nil},
		{[]droits.CodeContrat{"22"}, []simphonie.Code{"DROITS-CONTRAT-CAISSE"}},
		{[]droits.CodeContrat{"18", "19"}, []simphonie.Code{"DROITS-CONTRAT-CAISSE"}},
		{[]droits.CodeContrat{"20", "25"}, []simphonie.Code{"DROITS-CONTRAT-SUBSISTANT"}},
		{[]droits.CodeContrat{"26"}, []simphonie.Code{"DROITS-CONTRAT-INCONNU"}},
		{[]droits.CodeContrat{"1A"}, []simphonie.Code{"DROITS-CONTRAT-INCONNU"}},
	} {
		a := acquisition()
		a.Contrats = contrats(c.codes...)
		r := resoudre(a, droits.Prestation{})
		if c.anomalies == nil {
			assert.Empty(t, r.Anomalies, c.codes)
		} else {
			assert.Equal(t, c.anomalies, r.Anomalies.Codes(), c.codes)
		}
	}
	assert.True(t, droits.CodeContrat("25").Known())
	for _, c := range []droits.CodeContrat{"17", "26", "1A", "2 ", "", "180"} {
		assert.False(t, c.Known(), c)
	}
	a := acquisition()
	a.Contrats = contrats("20", "25")
	r := resoudre(a, droits.Prestation{})
	assert.True(t, r.Contexte.Contrat("20"))
	assert.False(t, r.Contexte.Contrat("25"))
}

func TestTables(t *testing.T) {
	b := baremes(t)
	assert.Len(t, b.Tables.Empreinte(), 16)
	assert.Len(t, b.Base.Empreinte(), 16)
	assert.Empty(t, (*droits.Tables)(nil).Empreinte()+(*droits.TauxBase)(nil).Empreinte())
	assert.Equal(t, simphonie.Oui, b.Tables.Contient(droits.TableRegimesAT, "01", jour("2026-01-01")))
	assert.Equal(t, simphonie.Non, b.Tables.Contient(droits.TableRegimesAT, "99", jour("2026-01-01")))
	assert.Zero(t, (*droits.Tables)(nil).Contient(droits.TableRegimesAT, "01", jour("2026-01-01")))
	vide, err := droits.LoadTables(strings.NewReader("table;code;du;au;reference\n11.4;-;;;FICTIF\n"))
	require.NoError(t, err)
	assert.Equal(t, simphonie.Non, vide.Contient(droits.TableMSAPapier, "175", jour("2026-01-01")))
	assert.Zero(t, vide.Contient(droits.TableRegimesAT, "01", jour("2026-01-01")))
	for _, faute := range []string{"", "x", "table;code;du;au;reference\n99;1;;;r\n", "table;code;du;au;reference\n4;;;;r\n", "table;code;du;au;reference\n4;a;2026-02-30;;r\n",
		"table;code;du;au;reference\n4;a;2026-02-03;2026-01-01;r\n", "table;code;du;au;reference\n4;a\n", "table;code;du;au;reference\n4;\"a;;;r\n"} {
		_, err := droits.LoadTables(strings.NewReader(faute))
		assert.ErrorContains(t, err, "DROITS-TABLE", faute)
	}
	_, err = droits.LoadTables(nil)
	assert.ErrorContains(t, err, "DROITS-TABLE")
	e := "prestation;specialite;colonne;taux;du;au;reference\n"
	for _, faute := range []string{"", e + "CS;*;general;101;;;r\n", e + "CS;*;autre;70;;;r\n", e + ";*;general;70;;;r\n", e + "CS;*;general;70;x;;r\n",
		e + "CS;*;general;70;;;r\nCS;*;general;60;2026-01-01;;r\n"} {
		_, err := droits.LoadTauxBase(strings.NewReader(faute))
		assert.ErrorContains(t, err, "DROITS-TAUX-BASE", faute)
	}
}

// Whatever is loaded, an answer or a typed error with its line.
func FuzzTables(f *testing.F) {
	f.Add(tables)
	f.Add(base)
	f.Fuzz(func(t *testing.T, texte string) {
		ts, err := droits.LoadTables(strings.NewReader(texte))
		if (ts == nil) == (err == nil) {
			t.Fatal("neither tables nor an error")
		}
		if ts.Contient(droits.TableRegimesAT, "01", jour("2026-03-04")) != 0 && err != nil {
			t.Fatal("an answer from nothing")
		}
		b, err := droits.LoadTauxBase(strings.NewReader(texte))
		if (b == nil) == (err == nil) {
			t.Fatal("neither rates nor an error")
		}
	})
}

// A code that the threshold, or the patient forfait, cannot give is refused.
func TestTauxCodeRecu(t *testing.T) {
	ctx := resoudre(acquisition(), droits.Prestation{}).Contexte
	for nom, l := range map[string]droits.Acte{"seuil": {Code: "CS", Seuil: droits.ExoALD}, "seuil inconnu": {Code: "CS", Seuil: 99}, "forfait": {Code: "FU3", Urgence: true, ExoPatient: 99}} {
		_, err := droits.DeciderTaux(&ctx, l, baremes(t), droits.Options{})
		assert.ErrorContains(t, err, "DROITS-TAUX-EXONERATION", nom)
	}
}

func TestDeciderSansActe(t *testing.T) {
	d := droits.NewDecideur(droits.Baremes{}, droits.Options{})
	_, err := d.Decider(&droits.Contexte{}, nil)
	assert.ErrorContains(t, err, "DROITS-TAUX-ABSENT")
	_, err = d.DeciderFavorable(&droits.Contexte{}, &droits.Contexte{}, nil)
	assert.ErrorContains(t, err, "DROITS-TAUX-ABSENT")
}
