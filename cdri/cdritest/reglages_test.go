package cdritest_test

import (
	"crypto/tls"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"software.sslmate.com/src/go-pkcs12"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/cdritest"
	"github.com/simphonie/simphonie/cdri/modele"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/internal/passerelle/brut"
)

func naissance(t *testing.T, s string) simphonie.DateNaissance {
	t.Helper()
	d, err := simphonie.ParseDateNaissance(s)
	require.NoError(t, err)
	return d
}

// Somebody found by what the rights say, then by criteria, then changed.
func TestAjoute(t *testing.T) {
	a := nouvelAppelant(t)
	droitsDe := func(regime string) *droits.Acquisition {
		return &droits.Acquisition{
			Assure:       droits.Assure{NIR: simphonie.NIRRecu("150012B02090287")},
			Beneficiaire: droits.Beneficiaire{Naissance: naissance(t, "1950-01-01"), Rang: "3"},
			Organisme:    simphonie.Organisme{Regime: regime},
		}
	}
	require.NoError(t, a.s.Ajoute(cdritest.Beneficiaire{Droits: droitsDe("01")}))
	statut, rep := a.unite(quatre("150012B020902", "87", "1950-01-01", "3", "01"))
	assert.Equal(t, http.StatusOK, statut, rep)
	assert.Contains(t, rep, "<Droits><Beneficiaire><DateNaissance>1950-01-01</DateNaissance><Rang>3</Rang></Beneficiaire>"+
		"<Assure><Nir>150012B020902</Nir><Cle>87</Cle></Assure><OrganismeMaladie><Regime>01</Regime></OrganismeMaladie></Droits>")

	// An acquisition that names nobody, as those of a visit before the call; the régime changed.
	visite := &droits.Acquisition{Organisme: simphonie.Organisme{Regime: "02"}, MedecinTraitant: &droits.MedecinTraitant{Declare: simphonie.Non}}
	c := cdritest.Criteres{Assure: simphonie.NIRRecu("160022A02090350"), Naissance: naissance(t, "1960-02-02"), Rang: "1", Regime: "01"}
	require.NoError(t, a.s.Ajoute(cdritest.Beneficiaire{Criteres: c, Droits: visite}))
	_, rep = a.unite(quatre("160022A020903", "50", "1960-02-02", "1", "01"))
	assert.Contains(t, rep, "<Droits><Beneficiaire/><Assure><Nir>160022A020903</Nir><Cle>50</Cle></Assure><OrganismeMaladie><Regime>02</Regime></OrganismeMaladie></Droits>")
	assert.True(t, visite.Assure.NIR.IsZero(), "what is registered is left as it was")

	visite.ETM = []droits.Droit[droits.CodeETM]{{Code: "6"}}
	require.NoError(t, a.s.Ajoute(cdritest.Beneficiaire{Criteres: c, Droits: visite}))
	_, rep = a.unite(quatre("160022A020903", "50", "1960-02-02", "1", "01"))
	assert.Contains(t, rep, "<Exoneration><Code>6</Code></Exoneration>", "rights change between two calls")
	require.NoError(t, a.s.Ajoute(cdritest.Beneficiaire{Criteres: c}))
	_, rep = a.unite(quatre("160022A020903", "50", "1960-02-02", "1", "01"))
	assert.Contains(t, rep, "<Code>NON_TROUVE</Code>")
}

// What CDRi cannot say, or nobody can ask, is refused; nothing personal is printed.
func TestAjouteRefuse(t *testing.T) {
	s := cdritest.NewServer(t)
	bon, _ := cdritest.Connu("ordinaire")
	criteres := func(f func(*cdritest.Criteres)) func(*cdritest.Beneficiaire) {
		return func(b *cdritest.Beneficiaire) { b.Droits = nil; f(&b.Criteres) }
	}
	acq := func(f func(*droits.Acquisition)) func(*cdritest.Beneficiaire) {
		return func(b *cdritest.Beneficiaire) { f(b.Droits) }
	}
	prive := simphonie.NewConfidentiel("CANARI-NOM")
	for nom, c := range map[string]struct {
		change  func(*cdritest.Beneficiaire)
		attendu string
	}{
		"no number":        {criteres(func(c *cdritest.Criteres) { c.Assure = simphonie.NIR{} }), "four criteria"},
		"no key":           {criteres(func(c *cdritest.Criteres) { c.Assure = simphonie.NIRRecu("1810163220751") }), "four criteria"},
		"no birth date":    {criteres(func(c *cdritest.Criteres) { c.Naissance = simphonie.DateNaissance{} }), "four criteria"},
		"no century":       {criteres(func(c *cdritest.Criteres) { c.Naissance = naissance(t, "81-01-01") }), "four criteria"},
		"no rank":          {criteres(func(c *cdritest.Criteres) { c.Rang = "" }), "four criteria"},
		"no régime":        {criteres(func(c *cdritest.Criteres) { c.Regime = "1" }), "four criteria"},
		"typed situation":  {acq(func(a *droits.Acquisition) { a.Particulieres = []droits.Droit[string]{{Code: "SP06"}} }), "droits.particulieres"},
		"label of a card":  {acq(func(a *droits.Acquisition) { a.LibelleExo = prive }), "droits.libelleExo"},
		"C2S of a card":    {acq(func(a *droits.Acquisition) { a.C2SCarte = &droits.C2SCarte{} }), "droits.c2sCarte"},
		"number of a body": {acq(func(a *droits.Acquisition) { a.OC = "99999997" }), "droits.oc"},
		"certification":    {acq(func(a *droits.Acquisition) { a.Beneficiaire.Certification = simphonie.MustJour("2020-01-01") }), "certification"},
		"RPPS":             {acq(func(a *droits.Acquisition) { a.MedecinTraitant.RPPS = "10000000001" }), "rpps"},
		"seven lines":      {acq(func(a *droits.Acquisition) { a.Beneficiaire.Adresse = make([]simphonie.Confidentiel, 7) }), "adresse"},
		"no line":          {acq(func(a *droits.Acquisition) { a.Beneficiaire.Adresse = make([]simphonie.Confidentiel, 6) }), "adresse"},
		"no régime of AMO": {acq(func(a *droits.Acquisition) { a.Organisme.Regime = "" }), "OrganismeMaladie/Regime"},
		"name too long": {acq(func(a *droits.Acquisition) {
			a.Beneficiaire.Nom = simphonie.NewConfidentiel(strings.Repeat("CANARI", 14))
		}), "NomFamille"},
		"name with a tab":            {acq(func(a *droits.Acquisition) { a.Beneficiaire.Prenom = simphonie.NewConfidentiel("CANARI\tX") }), "Prenom"},
		"code too long":              {acq(func(a *droits.Acquisition) { a.ETM = []droits.Droit[droits.CodeETM]{{Code: "123456789"}} }), "Exoneration/Code"},
		"empty code":                 {acq(func(a *droits.Acquisition) { a.MTM = []droits.Droit[droits.CodeMTM]{{}} }), "Modulation/Code"},
		"empty CHA-ANN":              {acq(func(a *droits.Acquisition) { a.CHAANN = new(string) }), "ChaAnn"},
		"number of a doctor":         {acq(func(a *droits.Acquisition) { a.MedecinTraitant.Numero = "CANARI" }), "NumeroAM"},
		"number of default accident": {acq(func(a *droits.Acquisition) { a.ATParDefaut = &droits.ATDeclare{Identifiant: "180831018"} }), "atParDefaut"},
		"found without rights":       {func(b *cdritest.Beneficiaire) { b.Droits, b.Issue.Code = nil, cdritest.Trouve }, "without Droits"},
		"not found with rights":      {func(b *cdritest.Beneficiaire) { b.Issue.Code = cdritest.NonTrouve }, "has none"},
		"outcome":                    {func(b *cdritest.Beneficiaire) { b.Issue.Code = "x" }, "Issue/Code"},
		"message without text":       {func(b *cdritest.Beneficiaire) { b.Messages = []modele.Message{{Code: "A1"}} }, "Message/Libelle"},
		"line":                       {func(b *cdritest.Beneficiaire) { b.Lignes = []cdritest.ScenarioLigne{"x"} }, "no line scenario"},
	} {
		b, _ := cdritest.Connu("ordinaire")
		c.change(&b)
		err := s.Ajoute(b)
		assert.ErrorContains(t, err, "cdritest: beneficiary 0 (ordinaire)", nom)
		assert.ErrorContains(t, err, c.attendu, nom)
		if err != nil {
			vu := canari.Montre(err)
			for _, secret := range []string{"CANARI", "1810163220751", "1981-01-01", "ADRDEUX"} {
				assert.NotContains(t, vu, secret, nom)
			}
		}
	}
	require.NoError(t, s.Ajoute(bon))
	_, err := cdritest.Demarre(cdritest.AvecBeneficiaires(cdritest.Beneficiaire{}))
	assert.Error(t, err)
}

// Scenarios aim at a person, alone or in any line of a batch, and the ledger
// counts what was read.
func TestScenarios(t *testing.T) {
	a := nouvelAppelant(t)
	qui := connu(t, "ald")
	cible := cdritest.Cible{Criteres: qui.Criteres}
	require.NoError(t, a.s.Scenario(cible, "faute:siram_40/desir_1020"))
	statut, rep := a.unite(ordinaire)
	assert.Equal(t, http.StatusOK, statut, rep)
	for _, appelle := range []func() (int, string){func() (int, string) { return a.unite(demande(qui)) }, func() (int, string) { return a.lot(lot(ordinaire, demande(qui))) }} {
		statut, rep := appelle()
		assert.Equal(t, http.StatusInternalServerError, statut)
		assert.Contains(t, rep, `code="desir_1020"`)
	}
	require.NoError(t, a.s.Enfile(cdritest.Cible{Action: cdritest.ActionLot}, "http:503", "tronque"))
	statut, _ = a.lot(lot(ordinaire))
	assert.Equal(t, http.StatusServiceUnavailable, statut)
	_, rep = a.lot(lot(ordinaire))
	assert.NotContains(t, rep, "</S:Envelope>")
	require.NoError(t, a.s.Enfile(cdritest.Cible{}, "coupe-apres-lecture", "coupe-avant-lecture"))
	for range 2 {
		_, _, err := a.message(cdritest.Action, ordinaire).Poste(a.mutuel, a.s.URLTLSMutuel)
		assert.Error(t, err)
	}
	require.Error(t, a.s.Scenario(cible, "inconnu"))
	require.Error(t, a.s.Enfile(cible, "coupe-avant-lecture"), "nobody knows whom before reading")
	assert.Equal(t, map[string]int{cdritest.Action: 3, cdritest.ActionLot: 3}, a.s.Requetes())
	assert.Equal(t, map[cdritest.Criteres]int{connu(t, "ordinaire").Criteres: 5, qui.Criteres: 2}, a.s.Demandes())
}

func TestReglages(t *testing.T) {
	quand := time.Date(2031, 5, 1, 8, 30, 0, 125e6, time.UTC)
	horloge := func() time.Time { return quand }
	var traces atomic.Int32
	b := connu(t, "ordinaire")
	b.Criteres.Rang = "2"
	s := cdritest.NewServer(t, cdritest.AvecHorloge(horloge), cdritest.AvecLogiciels("AUTRE0000000"), cdritest.AvecAdresses("127.0.0.1:0", "127.0.0.1:0"),
		cdritest.AvecTrace(func(cdritest.Appel) { traces.Add(1) }), cdritest.AvecScenario("prefixes:env"), cdritest.AvecBeneficiaires(b))
	assert.Equal(t, "AUTRE0000000", s.Logiciel)
	m := brut.Nouveau(cdritest.Action, quatre("1810163220751", "40", "1981-01-01", "2", "01"), s.Logiciel, "", quand)
	statut, rep, err := m.Poste(brut.Client(racines(t, s), horloge, s.Client), s.URLTLSMutuel)
	require.NoError(t, err)
	assert.Equal(t, http.StatusOK, statut, rep)
	assert.Contains(t, rep, "<env:Envelope")
	assert.Contains(t, rep, "<Instant>2031-05-01T08:30:00.125Z</Instant>")
	assert.EqualValues(t, 1, traces.Load())
	statut, rep, err = m.Remplace("AUTRE0000000", "SIMULATEUR00").Poste(brut.Client(racines(t, s), horloge, s.Client), s.URLTLSMutuel)
	require.NoError(t, err)
	assert.Equal(t, http.StatusInternalServerError, statut)
	assert.Contains(t, rep, "desir_550")
}

// The files for other languages hold what Go was given, and certificates to refuse.
func TestCertificats(t *testing.T) {
	a := nouvelAppelant(t)
	dossier := t.TempDir()
	require.NoError(t, a.s.EcritCertificats(dossier))
	_, c, cas, err := pkcs12.DecodeChain(a.s.ClientP12, a.s.MotDePasse)
	require.NoError(t, err)
	assert.True(t, c.Equal(a.s.Client.Leaf))
	assert.Len(t, cas, 1)
	lu, err := os.ReadFile(filepath.Join(dossier, "convention.xml"))
	require.NoError(t, err)
	assert.Equal(t, a.s.Convention, lu)
	for nom, accepte := range map[string]bool{"client": true, "client-expire": false, "client-autre-racine": false} {
		c, err := tls.LoadX509KeyPair(filepath.Join(dossier, nom+".pem"), filepath.Join(dossier, nom+".key"))
		require.NoError(t, err)
		_, _, err = a.message(cdritest.Action, ordinaire).Poste(brut.Client(racines(t, a.s), nil, c), a.s.URLTLSMutuel)
		assert.Equal(t, accepte, err == nil, "%s: %v", nom, err)
	}
	for _, nom := range []string{"carte", "carte-expiree", "structure", "structure-expiree"} {
		assert.FileExists(t, filepath.Join(dossier, nom+".p12"))
	}
	assert.Error(t, a.s.EcritCertificats(filepath.Join(dossier, "racines.pem", "x")))
}

type faux struct{ fatal string }

func (f *faux) Helper()                        {}
func (f *faux) Fatalf(format string, _ ...any) { f.fatal = format }
func (f *faux) Cleanup(func())                 {}

func TestDemarrageImpossible(t *testing.T) {
	f := &faux{}
	assert.Nil(t, cdritest.NewServer(f, cdritest.AvecScenario("inconnu")))
	assert.NotEmpty(t, f.fatal)
	_, err := cdritest.Demarre(cdritest.AvecAdresses("", "127.0.0.1:99999"))
	assert.Error(t, err)
	_, ok := cdritest.Connu("personne")
	assert.False(t, ok)
}

// Nothing that can be printed of a simulator shows whom it was asked about.
func TestMasque(t *testing.T) {
	var traces []cdritest.Appel
	a := nouvelAppelant(t, cdritest.AvecTrace(func(a cdritest.Appel) { traces = append(traces, a) }))
	qui := connu(t, "ordinaire")
	a.unite(ordinaire)
	a.unite(strings.Replace(ordinaire, "<Rang>", "<Rangs>", 1))
	a.unite(strings.Replace(ordinaire, "<Rang>1<", "<Rang>CANARI<", 1))
	_, rep := a.lot(lot(ordinaire, strings.Replace(ordinaire, "<Rang>1<", "<Rang>CANARI<", 1)))
	assert.NotContains(t, rep, "CANARI")
	vu := canari.Montre(traces) + canari.Montre(a.s.Appels()) + canari.Montre(a.s.Demandes()) + canari.Montre(qui) + canari.Montre(qui.Criteres) +
		canari.Montre(cdritest.Cible{Criteres: qui.Criteres})
	for _, secret := range []string{"1810163220751", "1981-01-01", "ADRDEUX", "LAURENT", "CANARI", "SIMULATEUR\""} {
		assert.NotContains(t, vu, secret)
	}
	assert.Contains(t, vu, "value of another form", "the journal was captured")
	assert.Len(t, traces, 4)
	assert.Equal(t, a.s.Empreinte(qui.Criteres), a.s.Appels()[0].Identite)
	assert.NotEmpty(t, a.s.Appels()[0].Identite)
	assert.Empty(t, a.s.Appels()[3].Identite)
}

// Many callers while people are added and scenarios change.
func TestConcurrence(t *testing.T) {
	a := nouvelAppelant(t)
	ald := connu(t, "ald")
	var groupe sync.WaitGroup
	for i := range 8 {
		groupe.Go(func() {
			for range 5 {
				a.unite(ordinaire)
				a.lot(lot(ordinaire, demande(ald)))
				assert.NoError(t, a.s.Ajoute(ald))
				assert.NoError(t, a.s.EnfileLignes(ald.Criteres, "double", "indisponible"))
				assert.NoError(t, a.s.Scenario(cdritest.Cible{Criteres: ald.Criteres}, []cdritest.Scenario{"normal", "vide"}[i%2]))
				a.s.Appels()
				a.s.Demandes()
			}
		})
	}
	groupe.Wait()
	assert.Equal(t, map[cdritest.Criteres]int{connu(t, "ordinaire").Criteres: 80, ald.Criteres: 40}, a.s.Demandes())
	assert.Equal(t, map[string]int{cdritest.Action: 40, cdritest.ActionLot: 40}, a.s.Requetes())
}
