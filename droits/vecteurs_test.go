package droits_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
)

// tables is fictive: no content of the real ones is public.
const tables = `table;code;du;au;reference
11.1;01;2000-01-01;;FICTIF
11.1;02;2000-01-01;;FICTIF
11.1;05;2000-01-01;;FICTIF
11.2;01;2000-01-01;;FICTIF
11.3;01;2000-01-01;;FICTIF
11.4;175;2000-01-01;2026-06-30;FICTIF
15.3;ZZZ;2000-01-01;;FICTIF
15.5;AA;2000-01-01;;FICTIF
16.1;15;2000-01-01;;FICTIF
104;AMI;2000-01-01;;FICTIF
4;COB/maternite;2000-01-01;;FICTIF
`

// base rates are fictive and all distinct.
const base = `prestation;specialite;colonne;taux;du;au;reference
CS;*;general;61;2000-01-01;2026-06-30;FICTIF
CS;*;general;62;2026-07-01;;FICTIF
CS;15;general;63;2000-01-01;;FICTIF
CS;*;crpcen;84;2000-01-01;;FICTIF
ATU;*;general;77;2000-01-01;;FICTIF
AMK;*;general;58.5;2000-01-01;;FICTIF
`

func baremes(t testing.TB) droits.Baremes {
	t.Helper()
	b, err := droits.LoadTauxBase(strings.NewReader(base))
	require.NoError(t, err)
	ts, err := droits.LoadTables(strings.NewReader(tables))
	require.NoError(t, err)
	return droits.Baremes{Base: b, Tables: ts}
}

func etm(codes ...droits.CodeETM) []droits.Droit[droits.CodeETM] { return liste(codes) }
func mtm(codes ...droits.CodeMTM) []droits.Droit[droits.CodeMTM] { return liste(codes) }
func contrats(codes ...droits.CodeContrat) []droits.Droit[droits.CodeContrat] {
	return liste(codes)
}

func liste[C ~string](codes []C) []droits.Droit[C] {
	var ds []droits.Droit[C]
	for _, c := range codes {
		ds = append(ds, droits.Droit[C]{Code: c})
	}
	return ds
}

func decide(t *testing.T, a *droits.Acquisition, l droits.Acte) droits.Decision {
	t.Helper()
	r := resoudre(a, droits.Prestation{})
	d, err := droits.DeciderTaux(&r.Contexte, l, baremes(t), droits.Options{Tracer: true})
	require.NoError(t, err)
	return d
}

// Vector 1: keys of accident numbers.
func TestIdentifiantAT(t *testing.T) {
	for _, s := range []string{"123456782", "18083101 8", "000000000"} {
		_, err := droits.ParseIdentifiantAT(s)
		assert.NoError(t, err, s)
	}
	for _, s := range []string{"123456783", "12345678", "1234567A2", ""} {
		_, err := droits.ParseIdentifiantAT(s)
		assert.ErrorContains(t, err, "DROITS-AT-IDENTIFIANT", s)
	}
}

// Vector 2: anonymous numbers and their keys.
func TestNIRAnonyme(t *testing.T) {
	for _, c := range []struct {
		sexe   droits.Sexe
		caisse string
		nir    string
	}{{droits.Homme, "751", "155555575133374"}, {droits.Femme, "751", "255555575133324"}, {droits.Homme, "601", "155555560133315"}, {droits.Femme, "131", "255555513133397"}} {
		n, err := droits.NIRAnonyme(c.sexe, c.caisse)
		require.NoError(t, err)
		assert.Equal(t, c.nir, n.Clair())
	}
	for _, c := range []struct {
		sexe   droits.Sexe
		caisse string
	}{{'3', "751"}, {droits.Homme, "75"}, {droits.Homme, "75A"}} {
		_, err := droits.NIRAnonyme(c.sexe, c.caisse)
		assert.ErrorContains(t, err, "DROITS-NIR-ANONYME")
	}
}

// Vectors 4 to 6 and 12: zones of the complementary body.
func TestComplement(t *testing.T) {
	unique, eclate := droits.ReglageC2S{Mode: droits.C2SUnique}, droits.ReglageC2S{Mode: droits.C2SEclatement}
	for _, c := range []struct {
		nom               string
		situation         droits.CodeSituation
		reglage           droits.ReglageC2S
		montant, dentaire bool
		attendu           droits.ZonesOC
		regle             simphonie.Code
		gestion           droits.GestionC2S
	}{
		{"4 : séparée, unique, MRC", "3", unique, true, false, droits.ZonesOC{Contrat: "89", OC: "88888888"}, "DROITS-C2S-UNIQUE", droits.GestionSeparee},
		{"5 : conjointe, tout à 100 %", "1", unique, false, false, droits.ZonesOC{Contrat: "00"}, "DROITS-C2S-UNIQUE", droits.GestionConjointe},
		{"5 bis : sans réglage", "1", droits.ReglageC2S{}, true, false, droits.ZonesOC{Contrat: "89", OC: "99999997"}, "DROITS-C2S-UNIQUE", droits.GestionConjointe},
		{"forfait dentaire", "2", eclate, false, true, droits.ZonesOC{Contrat: "89", OC: "99999997"}, "DROITS-C2S-UNIQUE", droits.GestionConjointe},
		{"6 : éclatement", "3", eclate, true, false, droits.ZonesOC{Eclatement: true, Contrat: "00"}, "DROITS-C2S-ECLATEMENT", droits.GestionSeparee},
		{"éclatement sans part complémentaire", "3", eclate, false, false, droits.ZonesOC{Contrat: "00"}, "DROITS-C2S-ECLATEMENT", droits.GestionSeparee},
		{"par organisme", "3", droits.ReglageC2S{Mode: droits.C2SUnique, ParOC: map[simphonie.NumeroAMC]droits.ModeC2S{"88888888": droits.C2SEclatement}}, true, false,
			droits.ZonesOC{Eclatement: true, Contrat: "00"}, "DROITS-C2S-ECLATEMENT", droits.GestionSeparee},
		{"12 : AME", "10", droits.ReglageC2S{}, true, false, droits.ZonesOC{Contrat: "00", OC: "75500017"}, "DROITS-COMPLEMENT-AME", 0},
		{"personne", "", unique, true, false, droits.ZonesOC{Contrat: "00"}, "", 0},
	} {
		a := acquisition()
		if c.situation != "" {
			a.Situations = []droits.Droit[droits.CodeSituation]{{Code: c.situation}}
		}
		r := resoudre(a, droits.Prestation{})
		k := droits.Completer(&r.Contexte, c.reglage, false)
		assert.Equal(t, c.attendu, k.Zones(c.montant, c.dentaire), c.nom)
		assert.Equal(t, c.gestion, k.Gestion, c.nom)
		assert.Empty(t, k.Anomalies, c.nom)
		if c.regle != "" {
			assert.Equal(t, c.regle, k.Trace[0].Regle.Code, c.nom)
		}
	}
	a := acquisition()
	a.Situations = []droits.Droit[droits.CodeSituation]{{Code: "3"}}
	r := resoudre(a, droits.Prestation{})
	k := droits.Completer(&r.Contexte, droits.ReglageC2S{}, false)
	assert.Equal(t, []simphonie.Code{"DROITS-C2S-MODE"}, k.Anomalies.Codes())
	assert.Equal(t, droits.ZonesOC{Contrat: "00"}, k.Zones(true, true))
	k = droits.Completer(&r.Contexte, unique, true)
	assert.Equal(t, simphonie.Code("DROITS-COMPLEMENT-REFUS"), k.Trace[0].Regle.Code)
	assert.Equal(t, droits.ZonesOC{Contrat: "00"}, k.Zones(true, true))
	a.Situations, a.Particulieres = nil, []droits.Droit[string]{{Code: "SP03"}}
	r = resoudre(a, droits.Prestation{})
	k = droits.Completer(&r.Contexte, unique, false)
	assert.Equal(t, []simphonie.Code{"DROITS-C2S-SANS-OC"}, k.Anomalies.Codes())
}

// Vectors 12 to 18 and 20, 21, as the decision list gives rate, code and nature.
func TestVecteursTaux(t *testing.T) {
	zero := "0"
	cs := droits.Acte{Code: "CS", Execution: jour("2026-03-04")}
	conforme := cs
	conforme.ConformeALD = true
	for _, c := range []struct {
		nom    string
		change func(a *droits.Acquisition)
		l      droits.Acte
		taux   string
		exo    string
		nature string
		regle  simphonie.Code
	}{
		{"12 : AME", func(a *droits.Acquisition) { a.Situations = []droits.Droit[droits.CodeSituation]{{Code: "10"}} }, cs, "0", "0", "10", "DROITS-TAUX-AME"},
		{"13 : détenu", func(a *droits.Acquisition) { a.CHAANN, a.ETM = &zero, etm("1") }, cs, "100", "5", "10", "DROITS-TAUX-BENEFICIAIRE"},
		{"14 : pension militaire", func(a *droits.Acquisition) { a.ETM = etm("1") }, cs, "100", "5", "10", "DROITS-TAUX-BENEFICIAIRE"},
		{"17 : régime local", func(a *droits.Acquisition) { a.MTM = mtm("9") }, cs, "90", "0", "13", "DROITS-TAUX-LOCAL"},
		{"18 : régime local et ALD", func(a *droits.Acquisition) { a.MTM, a.ETM = mtm("9"), etm("8") }, conforme, "100", "4", "10", "DROITS-TAUX-ALD"},
		{"20 : contrats 18 et 23", func(a *droits.Acquisition) { a.Organisme.Regime, a.Contrats = "04", contrats("18", "23") }, cs, "75", "0", "10", "DROITS-TAUX-CPRPF-23"},
	} {
		a := acquisition()
		c.change(a)
		d := decide(t, a, c.l)
		assert.Equal(t, c.taux, d.Taux.String(), c.nom)
		assert.Equal(t, c.exo, d.Exoneration.String(), c.nom)
		require.NotNil(t, d.Regle, c.nom)
		assert.Equal(t, c.regle, d.Regle.Code, c.nom)
		assert.Equal(t, c.nature, droits.NatureB2(resoudre(a, droits.Prestation{}).Contexte.Nature, []droits.Decision{d}), c.nom)
	}
	// 21: an illegal pair keeps the subsistant alone, and says so.
	a := acquisition()
	a.Organisme.Regime, a.Contrats = "04", contrats("20", "22")
	assert.Equal(t, []simphonie.Code{"DROITS-CONTRAT-SUBSISTANT"}, resoudre(a, droits.Prestation{}).Anomalies.Codes())
	d := decide(t, a, cs)
	assert.Equal(t, "61", d.Taux.String())
	assert.Equal(t, simphonie.Code("DROITS-TAUX-CPRPF-20"), d.Regle.Code)
	for n, code := range map[droits.Nature]string{droits.Maternite: "30", droits.ATMP: "41", droits.Prevention: "90", droits.Maladie: "10", 0: ""} {
		assert.Equal(t, code, droits.NatureB2(n, nil))
	}
}

// Vector 15: a permanent patient of a coordinated system with the C2S.
func TestVecteurRSSC2S(t *testing.T) {
	a := acquisition()
	a.CodeGestion, a.Situations = "70", []droits.Droit[droits.CodeSituation]{{Code: "2"}}
	r := resoudre(a, droits.Prestation{})
	assert.Equal(t, []string{"SP03", "SP08.2"}, r.Contexte.Situations.Codes())
	d := decide(t, a, droits.Acte{Code: "CS"})
	assert.Equal(t, "61", d.Taux.String(), "the AMO part by the ordinary rules")
	k := droits.Completer(&r.Contexte, droits.ReglageC2S{}, false)
	assert.Equal(t, droits.ZonesOC{Contrat: "89", OC: "99999997"}, k.Zones(true, false))
}

// Vector 16: maternity right and care linked to an accident.
func TestVecteurATMaternite(t *testing.T) {
	a := acquisition()
	a.ETM = etm("6")
	a.AT = []droits.ATDeclare{{Identifiant: "180831018", Organisme: a.Organisme, Periode: simphonie.Periode{Du: jour("2018-08-31")}}}
	assert.Equal(t, "41", droits.NatureB2(resoudre(a, droits.Prestation{LieeAT: true}).Contexte.Nature, nil))
}

// Vector 19: régime of mines, one of two acts in ALD.
func TestVecteurMines(t *testing.T) {
	a := acquisition()
	a.Organisme.Regime, a.ETM = "07", etm("8")
	assert.Equal(t, "4", decide(t, a, droits.Acte{Code: "CS", ConformeALD: true}).Exoneration.String())
	assert.Equal(t, "6", decide(t, a, droits.Acte{Code: "CS"}).Exoneration.String())
	a.ETM = nil
	assert.Equal(t, "6", decide(t, a, droits.Acte{Code: "CS", ConformeALD: true}).Exoneration.String())
}

// Vector 22, and the whole of RG_CF614.
func TestMedecinTraitant(t *testing.T) {
	mt := func(m droits.MedecinTraitant) func(*droits.Acquisition) {
		return func(a *droits.Acquisition) { a.MedecinTraitant = &m }
	}
	for nom, c := range map[string]struct {
		change  func(*droits.Acquisition)
		attendu simphonie.OuiNon
	}{
		"22 : commence après":       {mt(droits.MedecinTraitant{Periode: simphonie.Periode{Du: jour("2026-03-05")}}), 0},
		"sans période":              {mt(droits.MedecinTraitant{Declare: simphonie.Oui}), simphonie.Oui},
		"premier jour":              {mt(droits.MedecinTraitant{Periode: simphonie.Periode{Du: jour("2026-03-04")}}), simphonie.Oui},
		"dernier jour":              {mt(droits.MedecinTraitant{Periode: simphonie.Periode{Au: jour("2026-03-04")}}), simphonie.Oui},
		"clos la veille":            {mt(droits.MedecinTraitant{Periode: simphonie.Periode{Au: jour("2026-03-03")}}), simphonie.Non},
		"non":                       {mt(droits.MedecinTraitant{Declare: simphonie.Non}), simphonie.Non},
		"CDRi n'en montre pas":      {func(*droits.Acquisition) {}, simphonie.Non},
		"régime qui ne le sert pas": {func(a *droits.Acquisition) { a.Muettes = []droits.Donnee{droits.DonneeMedecin} }, 0},
		"la carte se tait":          {func(a *droits.Acquisition) { a.Support = droits.SupportVitale }, 0},
		"l'attestation se tait":     {func(a *droits.Acquisition) { a.Support = droits.SupportAttestation }, 0},
		"la carte dit non": {func(a *droits.Acquisition) {
			a.Support = droits.SupportVitale
			mt(droits.MedecinTraitant{Declare: simphonie.Non})(a)
		}, simphonie.Non},
	} {
		a := acquisition()
		c.change(a)
		assert.Equal(t, c.attendu, resoudre(a, droits.Prestation{}).Contexte.MedecinTraitant, nom)
	}
}

// Vector 23: an exemption that opens, or closes, between prescription and execution.
func TestVecteurFavorable(t *testing.T) {
	a := acquisition()
	l := droits.Acte{Code: "CS", ConformeALD: true}
	le := func(j string) *droits.Contexte {
		r := droits.Resoudre(a, droits.Prestation{}, jour(j), droits.Options{})
		return &r.Contexte
	}
	for nom, p := range map[string]simphonie.Periode{"ouverte entre": {Du: jour("2026-02-15")}, "close entre": {Au: jour("2026-02-15")}} {
		a.ETM = []droits.Droit[droits.CodeETM]{{Code: "8", Periodes: []simphonie.Periode{p}}}
		d, err := droits.DeciderTauxFavorable(le("2026-02-01"), le("2026-03-01"), l, baremes(t), droits.Options{Tracer: true})
		require.NoError(t, err)
		assert.Equal(t, "100", d.Taux.String(), nom)
		assert.Equal(t, "4", d.Exoneration.String(), nom)
		assert.Equal(t, simphonie.Code("DROITS-TAUX-FAVORABLE"), d.Pas[len(d.Pas)-1].Regle.Code)
		assert.Equal(t, "100 % plutôt que 61 %", d.Pas[len(d.Pas)-1].Motif)
	}
	a.Situations = []droits.Droit[droits.CodeSituation]{{Code: "10", Periodes: []simphonie.Periode{{Au: jour("2026-02-15")}}}}
	d, err := droits.DeciderTauxFavorable(le("2026-02-01"), le("2026-03-01"), l, baremes(t), droits.Options{})
	require.NoError(t, err)
	assert.Equal(t, simphonie.Code("DROITS-TAUX-AME"), d.Regle.Code)
	// An isolated act has its execution for reference date: the AME that began
	// since the prescription holds.
	a.Situations[0].Periodes = []simphonie.Periode{{Du: jour("2026-02-15")}}
	d, err = droits.DeciderTauxFavorable(le("2026-03-01"), le("2026-02-01"), l, baremes(t), droits.Options{})
	require.NoError(t, err)
	assert.Equal(t, simphonie.Code("DROITS-TAUX-AME"), d.Regle.Code)
	// A maternity that opened since gives its rate to an invoice of another nature.
	a.Situations, a.ETM = nil, []droits.Droit[droits.CodeETM]{{Code: "6", Periodes: []simphonie.Periode{{Du: jour("2026-02-15")}}}}
	d, err = droits.DeciderTauxFavorable(le("2026-02-01"), le("2026-03-01"), droits.Acte{Code: "CS"}, baremes(t), droits.Options{})
	require.NoError(t, err)
	assert.Equal(t, "100", d.Taux.String())
	assert.Equal(t, []simphonie.Code{"DROITS-TAUX-AUTRE-NATURE"}, d.Anomalies.Codes())
	a.ETM = nil
	_, err = droits.DeciderTauxFavorable(le("2026-02-01"), le("2026-03-01"), droits.Acte{Code: "K"}, baremes(t), droits.Options{})
	assert.ErrorContains(t, err, "DROITS-TAUX-ABSENT")
}

// Vector 26: compulsory visit of a child.
func TestVecteurEnfant(t *testing.T) {
	visite := func(n string, neonat bool) droits.Prestation {
		d, err := simphonie.ParseDateNaissance(n)
		require.NoError(t, err)
		return droits.Prestation{VisiteEnfant: &droits.VisiteEnfant{Naissance: d, Neonatologie: neonat}}
	}
	for _, c := range []struct {
		nom    string
		p      droits.Prestation
		nature droits.Nature
		code   simphonie.Code
	}{
		{"11 jours", visite("2026-02-21", false), droits.Maternite, ""},
		{"12 jours", visite("2026-02-20", false), droits.Maternite, ""},
		{"13 jours", visite("2026-02-19", false), droits.Maladie, ""},
		{"néonatologie", visite("2026-02-21", true), droits.Maladie, ""},
		{"sans siècle", visite("26-02-21", false), droits.Maladie, "DROITS-NATURE-ENFANT-DATE"},
		{"à naître", visite("2026-03-21", false), droits.Maladie, "DROITS-NATURE-ENFANT-DATE"},
	} {
		r := resoudre(acquisition(), c.p)
		assert.Equal(t, c.nature, r.Contexte.Nature, c.nom)
		if c.nature == droits.Maternite {
			assert.Contains(t, regles(r), simphonie.Code("DROITS-NATURE-ENFANT"))
		}
		if c.code != "" {
			assert.Equal(t, []simphonie.Code{c.code}, r.Anomalies.Codes(), c.nom)
		}
	}
	a := acquisition()
	a.Situations = []droits.Droit[droits.CodeSituation]{{Code: "10"}}
	assert.Equal(t, droits.Maladie, resoudre(a, visite("2026-02-21", false)).Contexte.Nature, "AME")
	o := droits.Options{Tracer: true, Interpretations: droits.Interpretations{DouziemeJour: droits.DouziemeExclu}}
	r := droits.Resoudre(acquisition(), visite("2026-02-20", false), jour("2026-03-04"), o)
	assert.Equal(t, droits.Maladie, r.Contexte.Nature)
	assert.Contains(t, regles(r), simphonie.Code("DROITS-I-DOUZIEME-JOUR"))
	d := decide(t, acquisition(), droits.Acte{Code: "COB"})
	assert.Equal(t, "100", d.Taux.String(), "later visits are exempt by nature")
}

// Vector 27: accident of private life at a caisse of table 11.4.
func TestVecteurMSA(t *testing.T) {
	a := acquisition()
	a.Organisme = simphonie.Organisme{Regime: "02", Caisse: "175", Centre: "0000"}
	q := droits.DemandeDestination{AccidentDroitCommun: jour("2026-03-01"), Tables: baremes(t).Tables}
	_, d := droits.Destiner(a, jour("2026-03-04"), q, droits.Options{})
	assert.Equal(t, droits.VoiePapier, d.Voie)
	assert.Equal(t, simphonie.Code("DROITS-PAPIER-MSA"), d.Papiers[0].Regle.Code)
	_, d = droits.Destiner(a, jour("2026-07-04"), q, droits.Options{})
	assert.Equal(t, droits.VoieElectronique, d.Voie, "the table has an end")
	q.Tables = nil
	_, d = droits.Destiner(a, jour("2026-03-04"), q, droits.Options{})
	assert.Equal(t, droits.VoieADecider, d.Voie)
	assert.Equal(t, []simphonie.Code{"DROITS-TABLE-MANQUANTE"}, d.Anomalies.Codes())
	q.AccidentDroitCommun = simphonie.Jour{}
	_, d = droits.Destiner(a, jour("2026-03-04"), q, droits.Options{})
	assert.Equal(t, droits.VoieElectronique, d.Voie, "no accident, no table")
}

// The father's biology, until the end of the fourth month.
func TestBiologiePere(t *testing.T) {
	p := droits.Prestation{BiologiePere: true}
	for debut, nature := range map[string]droits.Nature{"2025-11-05": droits.Maternite, "2025-11-04": droits.Maladie, "": droits.Maladie} {
		a := acquisition()
		if debut != "" {
			a.Grossesse = &droits.Grossesse{DebutGrossesse: jour(debut)}
		}
		r := resoudre(a, p)
		assert.Equal(t, nature, r.Contexte.Nature, debut)
		switch {
		case debut == "":
			assert.Equal(t, []simphonie.Code{"DROITS-NATURE-PERE-DATE"}, r.Anomalies.Codes())
		case nature == droits.Maternite:
			assert.Contains(t, regles(r), simphonie.Code("DROITS-NATURE-PERE"))
		}
	}
}
