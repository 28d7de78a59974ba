package droits_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
)

// The steps of RG_CF693 to RG_CF696 for an accident at work.
func TestDestinationAT(t *testing.T) {
	org := func(r string) simphonie.Organisme { return simphonie.Organisme{Regime: r, Caisse: "751"} }
	numero := simphonie.Periode{Du: jour("2018-08-31")}
	at := func(o simphonie.Organisme, s droits.Support) []droits.ATDeclare {
		return []droits.ATDeclare{{Identifiant: "180831018", Organisme: o, Periode: numero, Support: s}}
	}
	carte := func(a *droits.Acquisition) { a.Support = droits.SupportVitale }
	tous := baremes(t).Tables
	for _, c := range []struct {
		nom       string
		change    func(a *droits.Acquisition)
		voie      droits.Voie
		nature    droits.Nature
		organisme simphonie.Organisme
		regle     simphonie.Code
		table     bool // a missing table leaves it to a person
	}{
		{"CDRi, régime couvert", func(a *droits.Acquisition) { a.AT = at(org("01"), "") }, droits.VoieElectronique, droits.ATMP, org("01"), "DROITS-ORGANISME-AT", true},
		{"CDRi, FE refusée", func(a *droits.Acquisition) { a.AT = at(org("02"), "") }, droits.VoiePapier, droits.ATMP, org("02"), "DROITS-PAPIER-FE-AT", true},
		{"CDRi, régime non couvert", func(a *droits.Acquisition) { a.AT = at(org("06"), "") }, droits.VoieElectronique, droits.Maladie, acquisition().Organisme, "DROITS-AT-NON-COUVERT", true},
		{"CDRi, organisme par défaut", func(a *droits.Acquisition) {
			a.AT, a.ATParDefaut = at(simphonie.Organisme{}, ""), &droits.ATDeclare{Organisme: org("01")}
		}, droits.VoieElectronique, droits.ATMP, org("01"), "DROITS-ORGANISME-AT-DEFAUT", true},
		{"carte, AT", func(a *droits.Acquisition) { carte(a); a.AT = at(org("06"), "") }, droits.VoieElectronique, droits.ATMP, org("06"), "DROITS-ORGANISME-AT-CARTE", false},
		{"carte, AT par défaut", func(a *droits.Acquisition) {
			carte(a)
			a.AT, a.ATParDefaut = at(simphonie.Organisme{}, ""), &droits.ATDeclare{Organisme: org("06")}
		}, droits.VoieElectronique, droits.ATMP, org("06"), "DROITS-ORGANISME-AT-DEFAUT", false},
		{"feuillet avant la carte", func(a *droits.Acquisition) {
			carte(a)
			a.AT = append(at(org("06"), ""), at(org("01"), droits.SupportFeuilletAT)...)
		}, droits.VoieElectronique, droits.ATMP, org("01"), "DROITS-ORGANISME-AT", true},
		{"carte maladie, 11.3", func(a *droits.Acquisition) { carte(a); a.AT = at(simphonie.Organisme{}, droits.SupportSaisie) },
			droits.VoieElectronique, droits.ATMP, acquisition().Organisme, "DROITS-ORGANISME-AT-MALADIE", true},
		{"carte maladie, AT couvert, pas 11.3", func(a *droits.Acquisition) {
			carte(a)
			a.Organisme, a.AT = org("05"), at(simphonie.Organisme{}, droits.SupportSaisie)
		}, droits.VoiePapier, droits.ATMP, org("05"), "DROITS-PAPIER-AT-MALADIE", true},
		{"carte maladie, AT non couvert", func(a *droits.Acquisition) {
			carte(a)
			a.Organisme, a.AT = org("06"), at(simphonie.Organisme{}, droits.SupportSaisie)
		}, droits.VoiePapier, droits.Maladie, org("06"), "DROITS-PAPIER-AT-MALADIE", true},
		{"carte avec données AT mais sans organisme", func(a *droits.Acquisition) { carte(a); a.AT = at(simphonie.Organisme{}, "") },
			droits.VoiePapier, droits.ATMP, acquisition().Organisme, "DROITS-PAPIER-AT", false},
		{"CDRi sans organisme", func(a *droits.Acquisition) { a.AT = at(simphonie.Organisme{}, "") }, droits.VoiePapier, droits.ATMP, acquisition().Organisme, "DROITS-PAPIER-AT", false},
	} {
		t.Run(c.nom, func(t *testing.T) {
			a := acquisition()
			c.change(a)
			q := droits.DemandeDestination{Prestation: droits.Prestation{LieeAT: true}, Tables: tous}
			ctx, d := droits.Destiner(a, jour("2026-03-04"), q, droits.Options{Tracer: true})
			assert.Equal(t, c.voie, d.Voie)
			assert.Equal(t, c.nature, ctx.Nature)
			assert.Equal(t, c.organisme, ctx.Organisme)
			assert.Equal(t, c.nature == droits.ATMP, ctx.AT != nil)
			assert.Equal(t, c.nature, d.Nature)
			assert.Equal(t, c.organisme, d.Organisme)
			assert.Contains(t, regles(droits.Resultat{Trace: d.Trace}), c.regle)
			assert.Equal(t, c.voie == droits.VoiePapier, len(d.Papiers) > 0)
			assert.Empty(t, d.Anomalies)
			q.Tables = nil
			_, d = droits.Destiner(a, jour("2026-03-04"), q, droits.Options{})
			if c.table {
				assert.Equal(t, droits.VoieADecider, d.Voie)
				assert.Contains(t, d.Anomalies.Codes(), simphonie.Code("DROITS-TABLE-MANQUANTE"))
			} else {
				assert.Equal(t, c.voie, d.Voie)
			}
		})
	}
	// Without the tables a person decides on a card that holds no accident.
	carteSeule := acquisition()
	carte(carteSeule)
	carteSeule.AT = at(simphonie.Organisme{}, droits.SupportSaisie)
	r := resoudre(carteSeule, droits.Prestation{LieeAT: true})
	assert.Equal(t, []simphonie.Code{"DROITS-AT-SANS-ORGANISME"}, r.Anomalies.Codes())
	assert.Contains(t, regles(r), simphonie.Code("DROITS-ORGANISME-AT-MALADIE"))
	// The card agrees with CDRi, which was merged before it: its maladie organisme still counts.
	v := vitale()
	v.AT = []droits.ATDeclare{}
	f := fusionne(t, cdri(), v, droits.Acquisition{Support: droits.SupportFeuilletAT, Le: matin, AT: []droits.ATDeclare{{Identifiant: "180831018"}}})
	_, d := droits.Destiner(f.Acquisition, jour("2026-03-04"), droits.DemandeDestination{Prestation: droits.Prestation{LieeAT: true}, Tables: tous}, droits.Options{})
	assert.Equal(t, droits.VoieElectronique, d.Voie)
	assert.Equal(t, f.Acquisition.Organisme, d.Organisme)
}

// Who is not billed electronically.
func TestHorsPerimetre(t *testing.T) {
	for _, c := range []struct {
		nom   string
		a     func(a *droits.Acquisition)
		p     droits.Perimetre
		regle simphonie.Code
	}{
		{"CFE", func(a *droits.Acquisition) { a.Organisme.Regime = "17" }, droits.Perimetre{}, "DROITS-PAPIER-ORGANISME"},
		{"APIAS", func(a *droits.Acquisition) { a.Organisme.Regime, a.Organisme.Caisse = "08", "756" }, droits.Perimetre{}, "DROITS-PAPIER-ORGANISME"},
		{"SMG", func(a *droits.Acquisition) { a.Organisme.Regime, a.Organisme.Caisse = "08", "835" }, droits.Perimetre{}, "DROITS-PAPIER-ORGANISME"},
		{"autre CNMSS", func(a *droits.Acquisition) { a.Organisme.Regime = "08" }, droits.Perimetre{}, ""},
		{"soins urgents", func(*droits.Acquisition) {}, droits.Perimetre{SoinsUrgents: true}, "DROITS-PAPIER-SOINS-URGENTS"},
		{"IVG", func(*droits.Acquisition) {}, droits.Perimetre{IVGSansDroits: true}, "DROITS-PAPIER-IVG"},
		{"attentat", func(*droits.Acquisition) {}, droits.Perimetre{DepassementAttentat: true}, "DROITS-PAPIER-ATTENTAT"},
		{"refus", func(*droits.Acquisition) {}, droits.Perimetre{TiersPayantRefuse: true}, "DROITS-PAPIER-REFUS"},
		{"RSS permanent, droits terminés", func(a *droits.Acquisition) { a.CodeGestion, a.Periodes[0].Au = "70", jour("2026-03-03") }, droits.Perimetre{}, "DROITS-PAPIER-RSS"},
		{"RSS permanent", func(a *droits.Acquisition) { a.CodeGestion = "70" }, droits.Perimetre{}, ""},
		{"assuré", func(*droits.Acquisition) {}, droits.Perimetre{}, ""},
	} {
		a := acquisition()
		c.a(a)
		_, d := droits.Destiner(a, jour("2026-03-04"), droits.DemandeDestination{Perimetre: c.p}, droits.Options{})
		if c.regle == "" {
			assert.Equal(t, droits.VoieElectronique, d.Voie, c.nom)
			continue
		}
		assert.Equal(t, droits.VoiePapier, d.Voie, c.nom)
		require.Len(t, d.Papiers, 1, c.nom)
		assert.Equal(t, c.regle, d.Papiers[0].Regle.Code, c.nom)
		b, err := json.Marshal(d.Papiers[0])
		require.NoError(t, err)
		assert.Contains(t, string(b), string(c.regle))
	}
	assert.Empty(t, droits.HorsPerimetre(nil, droits.Perimetre{}))
	b, err := json.Marshal(droits.Papier{Motif: "x"})
	require.NoError(t, err)
	assert.JSONEq(t, `{"code":"","source":"","motif":"x"}`, string(b))
	_, d := droits.Destiner(nil, jour("2026-03-04"), droits.DemandeDestination{}, droits.Options{})
	assert.Equal(t, droits.VoieADecider, d.Voie)
	for v, nom := range map[droits.Voie]string{droits.VoieElectronique: "electronique", droits.VoiePapier: "papier", droits.VoieADecider: "a-decider", 9: "inconnue"} {
		assert.Equal(t, nom, v.String())
		b, err := v.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, nom, string(b))
	}
}

// Anonymous invoices: who may have one, and where it goes.
func TestAnonyme(t *testing.T) {
	ne := simphonie.NaissanceLe(jour("2008-03-05"))
	assert.Empty(t, droits.Anonyme(true, ne, jour("2026-03-04"), []string{"0388", "4500"}))
	assert.Equal(t, []simphonie.Code{"DROITS-ANONYME-SECRET", "DROITS-ANONYME-IST", "DROITS-ANONYME-AGE"}, droits.Anonyme(false, ne, jour("2026-03-05"), []string{"388", "1104"}).Codes())
	assert.Equal(t, []simphonie.Code{"DROITS-ANONYME-IST", "DROITS-ANONYME-AGE"}, droits.Anonyme(true, simphonie.DateNaissance{}, jour("2026-03-05"), nil).Codes())
	assert.True(t, droits.ActeIST("0393"))

	a := &droits.Acquisition{Support: droits.SupportSaisie, Particulieres: []droits.Droit[string]{{Code: "SP10"}}, ETM: etm("42")}
	c, d := droits.Destiner(a, jour("2026-03-04"), droits.DemandeDestination{CaisseInterlocutrice: "751"}, droits.Options{Tracer: true})
	assert.Empty(t, d.Anomalies, "rights are not looked at")
	assert.Equal(t, simphonie.Organisme{Regime: "01", Caisse: "751"}, d.Organisme)
	assert.Equal(t, []simphonie.Code{"DROITS-ANONYME", "DROITS-ORGANISME-ANONYME"}, regles(droits.Resultat{Trace: d.Trace}))
	assert.True(t, c.Situations.Has(droits.SP10))
	_, d = droits.Destiner(a, jour("2026-03-04"), droits.DemandeDestination{CaisseInterlocutrice: "75"}, droits.Options{})
	assert.Equal(t, droits.VoieADecider, d.Voie)
	assert.Equal(t, []simphonie.Code{"DROITS-CAISSE-INTERLOCUTRICE"}, d.Anomalies.Codes())

	assert.True(t, droits.Provisoire("02", simphonie.NIRRecu("5555551234567")))
	assert.False(t, droits.Provisoire("01", simphonie.NIRRecu("5555551234567")))
	assert.False(t, droits.Provisoire("02", simphonie.NIRRecu("1555555751333")))
}

// The controls of the nature d'assurance.
func TestControler(t *testing.T) {
	qualites := droits.Qualites{droits.SupportCDRi: {"A": droits.QualiteAssure, "D": droits.QualiteDescendant, "C": droits.QualiteConjoint}}
	accident := droits.ATDeclare{Identifiant: "180831018", Organisme: simphonie.Organisme{Regime: "01", Caisse: "751"}, Periode: simphonie.Periode{Du: jour("2018-08-31")}}
	lie := droits.Prestation{LieeAT: true}
	for _, c := range []struct {
		nom   string
		a     func(a *droits.Acquisition)
		p     droits.Prestation
		q     droits.Controle
		codes []simphonie.Code
	}{
		{"maladie", func(*droits.Acquisition) {}, droits.Prestation{}, droits.Controle{}, nil},
		{"accident postérieur", func(*droits.Acquisition) {}, droits.Prestation{}, droits.Controle{AccidentDroitCommun: jour("2026-03-05")}, []simphonie.Code{"DROITS-ACCIDENT-APRES"}},
		{"AT, assuré", func(a *droits.Acquisition) { a.AT, a.Beneficiaire.Qualite = []droits.ATDeclare{accident}, "A" }, lie, droits.Controle{}, nil},
		{"AT, conjoint", func(a *droits.Acquisition) { a.AT, a.Beneficiaire.Qualite = []droits.ATDeclare{accident}, "C" }, lie, droits.Controle{}, []simphonie.Code{"DROITS-QUALITE"}},
		{"AT, qualité inconnue", func(a *droits.Acquisition) { a.AT = []droits.ATDeclare{accident} }, lie, droits.Controle{}, []simphonie.Code{"DROITS-QUALITE-INCONNUE"}},
		{"AT, non-salarié agricole", func(a *droits.Acquisition) {
			x := accident
			x.Organisme = simphonie.Organisme{Regime: "02", Caisse: "751"}
			a.AT = []droits.ATDeclare{x}
		}, lie, droits.Controle{}, nil},
		{"AT, salarié agricole", func(a *droits.Acquisition) {
			x := accident
			x.Organisme = simphonie.Organisme{Regime: "02", Caisse: "755"}
			a.AT, a.Beneficiaire.Qualite = []droits.ATDeclare{x}, "D"
		}, lie, droits.Controle{}, []simphonie.Code{"DROITS-QUALITE"}},
		{"maternité, descendant", func(a *droits.Acquisition) { a.ETM, a.Beneficiaire.Qualite = etm("6"), "D" }, droits.Prestation{}, droits.Controle{}, []simphonie.Code{"DROITS-QUALITE"}},
		{"maternité, conjoint", func(a *droits.Acquisition) { a.ETM, a.Beneficiaire.Qualite = etm("6"), "C" }, droits.Prestation{}, droits.Controle{}, nil},
		{"maternité, exécution avant", func(a *droits.Acquisition) {
			a.ETM, a.Beneficiaire.Qualite, a.Grossesse = etm("6"), "C", &droits.Grossesse{DebutGrossesse: jour("2026-03-01")}
		}, droits.Prestation{}, droits.Controle{Execution: jour("2026-02-01")}, []simphonie.Code{"DROITS-MATERNITE-DATE"}},
		{"acte compatible", func(a *droits.Acquisition) { a.ETM, a.Beneficiaire.Qualite = etm("6"), "C" }, droits.Prestation{}, droits.Controle{Acte: "COB", Tables: baremes(t).Tables}, nil},
		{"acte incompatible", func(*droits.Acquisition) {}, droits.Prestation{}, droits.Controle{Acte: "COB", Tables: baremes(t).Tables}, []simphonie.Code{"DROITS-ACTE-NATURE"}},
		{"table 4 absente", func(*droits.Acquisition) {}, droits.Prestation{}, droits.Controle{Acte: "COB"}, []simphonie.Code{"DROITS-TABLE-MANQUANTE"}},
	} {
		a := acquisition()
		c.a(a)
		r := resoudre(a, c.p)
		c.q.Qualites = qualites
		as := droits.Controler(a, &r.Contexte, c.q)
		if c.codes == nil {
			assert.Empty(t, as, c.nom)
		} else {
			assert.Equal(t, c.codes, as.Codes(), c.nom)
		}
	}
	// An accident that the caller chose by hand.
	a := acquisition()
	x := accident
	x.Periode.Au = jour("2020-01-01")
	ctx := resoudre(a, droits.Prestation{}).Contexte
	ctx.Nature, ctx.AT, a.Beneficiaire.Qualite = droits.ATMP, &x, "A"
	assert.Equal(t, []simphonie.Code{"DROITS-AT-PERIODE"}, droits.Controler(a, &ctx, droits.Controle{Qualites: qualites}).Codes())
	x.Periode.Du = jour("2027-01-01")
	assert.Equal(t, []simphonie.Code{"DROITS-ACCIDENT-APRES"}, droits.Controler(a, &ctx, droits.Controle{Qualites: qualites}).Codes())
	assert.Equal(t, []simphonie.Code{"DROITS-ABSENTS"}, droits.Controler(nil, nil, droits.Controle{}).Codes())
}

// The reference date of each kind of prestation.
func TestDateReference(t *testing.T) {
	d := droits.DatesActe{Prescription: jour("2026-01-01"), Execution: jour("2026-02-02"), Achevement: jour("2026-03-03"), DebutSoins: jour("2026-04-04")}
	for _, c := range []struct {
		n     droits.Nomenclature
		cat   droits.Categorie
		serie bool
		c2s   bool
		regle simphonie.Code
		jour  string
	}{
		{droits.NGAP, "", false, false, "DROITS-DATE-EXECUTION", "2026-02-02"},
		{droits.CCAM, "", false, true, "DROITS-DATE-EXECUTION", "2026-02-02"},
		{droits.NGAP, "", true, false, "DROITS-DATE-PRESCRIPTION", "2026-01-01"},
		{droits.CCAM, droits.Dentaire, false, false, "DROITS-DATE-ACHEVEMENT", "2026-03-03"},
		{droits.CCAM, droits.Dentaire, true, false, "DROITS-DATE-ACHEVEMENT", "2026-03-03"},
		{droits.NGAP, droits.ODF, false, false, "DROITS-DATE-PRESCRIPTION", "2026-01-01"},
		{droits.NABM, "", false, true, "DROITS-DATE-PRESCRIPTION", "2026-01-01"},
		{droits.LPP, "", false, false, "DROITS-DATE-PRESCRIPTION", "2026-01-01"},
		{droits.LPP, "", false, true, "DROITS-DATE-C2S", "2026-02-02"},
		{droits.Pharmacie, "", false, false, "DROITS-DATE-EXECUTION", "2026-02-02"},
		{droits.Retrocede, "", true, true, "DROITS-DATE-EXECUTION", "2026-02-02"},
		{droits.ForfaitAge, "", false, false, "DROITS-DATE-EXECUTION", "2026-02-02"},
		{droits.PartPatient, "", false, false, "DROITS-DATE-DEBUT-SOINS", "2026-04-04"},
	} {
		d.Nomenclature, d.Categorie, d.EnSerie = c.n, c.cat, c.serie
		j, k, err := droits.DateReference(d, c.c2s)
		require.NoError(t, err)
		assert.Equal(t, c.jour, j.String(), c.n)
		assert.Equal(t, c.regle, k.Regle.Code, c.n)
	}
	for _, d := range []droits.DatesActe{{}, {Nomenclature: "x", Execution: jour("2026-01-01")}, {Nomenclature: droits.NABM, Execution: jour("2026-01-01")}} {
		_, _, err := droits.DateReference(d, false)
		assert.ErrorContains(t, err, "DROITS-DATE-REFERENCE")
	}
}

func TestDateReferenceCategorie(t *testing.T) {
	_, _, err := droits.DateReference(droits.DatesActe{Nomenclature: droits.CCAM, Categorie: "zzz", Execution: jour("2026-01-01")}, false)
	assert.ErrorContains(t, err, "DROITS-DATE-REFERENCE")
}
