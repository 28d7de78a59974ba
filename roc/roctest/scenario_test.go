package roctest_test

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"software.sslmate.com/src/go-pkcs12"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/internal/passerelle/brut"
	"github.com/simphonie/simphonie/roc/modele"
	"github.com/simphonie/simphonie/roc/roctest"
)

// Whether each boundary leaves a commitment, and what the caller sees.
func TestFrontieres(t *testing.T) {
	for _, c := range []struct {
		sc     roctest.Scenario
		effet  bool
		statut int // 0 = no answer at all
		rep    string
	}{
		{"normal", true, 200, "<Requete>CLC</Requete>"},
		{"coupe-avant-lecture", false, 0, ""},
		{"sans-effet:coupe-apres-lecture", false, 0, ""},
		{"coupe-apres-lecture", true, 0, ""},
		{"lent:1ms", true, 200, "<Requete>CLC</Requete>"},
		{"tronque", true, 200, "<Requete>CLC</Requete>"},
		{"vide", true, 200, ""},
		{"sans-effet:vide", false, 500, ""},
		{"correlation-fausse", true, 200, "<Requete>"},
		{"sans-correlation", true, 200, "<ReponseCLC xmlns=\"" + espace + "\"><Instant>"},
		{"http:502", true, 502, "<html>"},
		{"sans-effet:http:503", false, 503, "<html>"},
		{"faute:/panne", true, 500, `code="panne"`},
		{"sans-effet:normal", false, 500, "<S:Value>S:Receiver</S:Value></S:Code>"},
		{"sans-effet:lent:1ms", false, 500, "S:Receiver"},
		{"prefixes:croise", true, 200, "<soap:Envelope"},
	} {
		a := nouvelAppelant(t)
		require.NoError(t, a.s.Enfile(roctest.Cible{Service: modele.CLC, AMC: mutuelle}, c.sc), c.sc)
		q := question{requete: "CLC"}
		statut, rep, err := a.essaie(modele.CLC, &q)
		assert.Equal(t, c.statut, statut, c.sc)
		assert.Equal(t, c.statut == 0, err != nil, c.sc)
		assert.Contains(t, rep, c.rep, c.sc)
		assert.Equal(t, c.effet, len(a.s.Vivants(mutuelle, "26000001")) == 1, c.sc)
		if c.sc == "correlation-fausse" {
			assert.NotContains(t, rep, "<Requete>CLC<")
			assert.NotContains(t, rep, "uuid:")
		}
		appels := a.s.Appels()
		require.Len(t, appels, 1)
		assert.Equal(t, c.sc, appels[0].Scenario)
		issue, _ := a.demande(modele.CLC, question{venue: "26000002"})
		assert.Equal(t, roctest.Accepte, issue, "the queue is empty")
	}
	a := nouvelAppelant(t)
	require.NoError(t, a.s.Enfile(roctest.Cible{}, "coupe-au-milieu"))
	q := question{}
	_, rep, err := a.essaie(modele.CLC, &q)
	assert.Error(t, err)
	assert.NotEmpty(t, rep)
	assert.Len(t, a.s.Vivants("", ""), 1)
}

// Targets: a service, an insurer, a visit, all of these.
func TestCibles(t *testing.T) {
	a := nouvelAppelant(t)
	statut := func(s modele.Service, q question) int {
		t.Helper()
		n, _, err := a.essaie(s, &q)
		require.NoError(t, err)
		return n
	}
	require.NoError(t, a.s.Scenario(roctest.Cible{AMC: premiere}, "http:501"))
	require.NoError(t, a.s.Scenario(roctest.Cible{Venue: "V2"}, "http:502"))
	require.NoError(t, a.s.Scenario(roctest.Cible{Service: modele.SIM}, "http:503"))
	require.NoError(t, a.s.Scenario(roctest.Cible{Service: modele.IDB, AMC: deuxieme, Venue: "V3"}, "http:504"))
	require.NoError(t, a.s.Enfile(roctest.Cible{Service: modele.IDB, AMC: deuxieme, Venue: "V3"}, "normal"))
	for _, c := range []struct {
		s      modele.Service
		q      question
		statut int
	}{
		{modele.IDB, question{}, 200}, {modele.IDB, question{amc: premiere}, 501}, {modele.IDB, question{amc: deuxieme}, 200}, {modele.IDB, question{venue: "V2"}, 502},
		{modele.IDB, question{venue: "V2", amc: assurance}, 502}, {modele.SIM, question{amc: premiere}, 503}, {modele.IDB, question{amc: deuxieme, venue: "V3"}, 200},
		{modele.IDB, question{amc: deuxieme, venue: "V3"}, 504}, {modele.SIM, question{amc: deuxieme, venue: "V3"}, 503}, {modele.IDB, question{amc: premiere, venue: "V3"}, 501},
	} {
		assert.Equal(t, c.statut, statut(c.s, c.q), "%+v", c)
	}
	require.Error(t, a.s.Scenario(roctest.Cible{}, "inconnu"))
	require.Error(t, a.s.Enfile(roctest.Cible{}, "sans-effet:"))
	require.Error(t, a.s.Enfile(roctest.Cible{AMC: "1"}, "vide"), "nobody serves it")
	require.Error(t, a.s.Enfile(roctest.Cible{Service: 9}, "vide"))
	require.Error(t, a.s.Enfile(roctest.Cible{Venue: "V 1"}, "vide"))
	require.Error(t, a.s.Enfile(roctest.Cible{AMC: premiere}, "coupe-avant-lecture"), "one of three: nobody knows before reading")
	require.Error(t, a.s.Enfile(roctest.Cible{Guichet: "operateur", AMC: mutuelle}, "vide"))
	require.NoError(t, a.s.Enfile(roctest.Cible{Guichet: "operateur"}, "coupe-avant-lecture"))
	_, _, err := a.essaie(modele.IDB, &question{amc: deuxieme})
	assert.Error(t, err)
	assert.Equal(t, 200, statut(modele.IDB, question{amc: deuxieme}))
	require.NoError(t, a.s.Enfile(roctest.Cible{AMC: mutuelle}, "coupe-avant-lecture"))
	assert.Equal(t, a.s.Empreinte(mutuelle, "26000001"), a.s.Appels()[0].Identite)
	assert.Empty(t, a.s.Empreinte("1", "V"))
	assert.Equal(t, "operateur", a.s.Appels()[1].Guichet)
}

// The same seed draws the same, whatever runs beside; another draws otherwise.
func TestHasard(t *testing.T) {
	joue := func(graine uint64, ensemble bool) map[string]string {
		a := nouvelAppelant(t, roctest.AvecHasard(graine, 500, "http:502", "sans-effet:http:503", "vide"))
		var mu sync.Mutex
		vus := map[string]string{}
		var groupe sync.WaitGroup
		for v := range 20 {
			un := func() {
				for n := range 4 {
					q := question{requete: fmt.Sprintf("R%d-%d", v, n), venue: fmt.Sprint("V", v)}
					statut, rep, err := a.essaie(modele.SIM, &q)
					assert.NoError(t, err)
					mu.Lock()
					vus[q.requete] = fmt.Sprint(statut, len(rep) > 0)
					mu.Unlock()
				}
			}
			if ensemble {
				groupe.Go(un)
			} else {
				un()
			}
		}
		groupe.Wait()
		return vus
	}
	premier := joue(7, false)
	assert.Equal(t, premier, joue(7, true))
	assert.NotEqual(t, premier, joue(8, false))
	comptes := map[string]int{}
	for _, v := range premier {
		comptes[v]++
	}
	assert.Len(t, comptes, 4, "each scenario and none: %v", comptes)
	for _, o := range []roctest.Option{roctest.AvecHasard(1, 1001, "vide"), roctest.AvecHasard(1, -1, "vide"), roctest.AvecHasard(1, 10), roctest.AvecHasard(1, 10, "x"), roctest.AvecHasard(1, 10, "coupe-avant-lecture")} {
		_, err := roctest.Demarre(o)
		assert.Error(t, err)
	}
}

// Nothing that can be printed of a simulator shows whom it was asked about.
func TestMasque(t *testing.T) {
	var mu sync.Mutex
	var traces []roctest.Appel
	a := nouvelAppelant(t, roctest.AvecTrace(func(a roctest.Appel) { mu.Lock(); defer mu.Unlock(); traces = append(traces, a) }))
	qui, _ := roctest.Connu(mutuelle, "ordinaire")
	url := a.s.URL(mutuelle)
	a.demande(modele.CLC, question{requete: "R-1", identite: "<Nir>1810163220751</Nir><Cle>40</Cle>", apres: "<Nom>ADRDEUX</Nom><Prenom>LAURENT</Prenom>"})
	for i, abime := range [][2]string{{"<Rang>1</Rang><Nom>", "<Rang>CANARI</Rang><Nom>"}, {"ADRDEUX<", "CANARI <"}, {"<Nir>", "<CANARI/><Nir>"}, {"ADH0001<", "CANARI\u0085<"}, {"R-ENTIER", "CANARI\u00a0"}, {"1981-01-01", "CANARI"}} {
		statut, rep, err := a.envoie(url, modele.CLC, strings.Replace(entier(modele.CLC), abime[0], abime[1], 1))
		require.NoError(t, err)
		assert.Equal(t, 500, statut, "%d", i)
		assert.NotContains(t, rep, "CANARI")
	}
	vu := canari.Montre(traces) + canari.Montre(a.s.Appels()) + canari.Montre(a.s.Engagements()) + canari.Montre(a.s.Bilan("")) + canari.Montre(a.s.Guichets()) + canari.Montre(qui) + canari.Montre(&qui)
	for _, secret := range []string{"1810163220751", "1981-01-01", "ADRDEUX", "LAURENT", "CANARI", "ADH0001", "Confort"} {
		assert.NotContains(t, vu, secret)
	}
	assert.Contains(t, vu, "value of another form", "the journal was captured")
	assert.Contains(t, vu, "SIMULE-000001", "the ledger was captured")
	assert.Len(t, traces, 7)
}

// What nobody can ask about, or the page cannot hold, is refused without a value.
func TestAjoute(t *testing.T) {
	s := roctest.NewServer(t)
	for nom, change := range map[string]func(*roctest.Beneficiaire){
		"no member number":     func(b *roctest.Beneficiaire) { b.Adherent = simphonie.Confidentiel{} },
		"no birth date":        func(b *roctest.Beneficiaire) { b.Naissance = simphonie.DateNaissance{} },
		"unknown insurer":      func(b *roctest.Beneficiaire) { b.AMC = "1" },
		"no contract":          func(b *roctest.Beneficiaire) { b.Contrats = nil },
		"forced ACCEPTE":       func(b *roctest.Beneficiaire) { b.Issue = roctest.Accepte },
		"refusal that binds":   func(b *roctest.Beneficiaire) { b.Issue, b.Engage = roctest.SupportPapier, true },
		"outcome":              func(b *roctest.Beneficiaire) { b.Issue = "CANARI é" },
		"convention":           func(b *roctest.Beneficiaire) { b.Contrats[0].Convention = "CANARI" },
		"contract":             func(b *roctest.Beneficiaire) { b.Contrats[0].Identifiant = simphonie.NewConfidentiel(" CANARI") },
		"message without text": func(b *roctest.Beneficiaire) { b.Messages = []modele.Message{{Code: "CANARI"}} },
	} {
		b, _ := roctest.Connu(mutuelle, "ordinaire")
		change(&b)
		err := s.Ajoute(b)
		require.Error(t, err, nom)
		assert.NotContains(t, canari.Montre(err), "CANARI", nom)
		_, err = roctest.Demarre(roctest.AvecBeneficiaires(b))
		assert.Error(t, err, nom)
	}
	a := nouvelAppelant(t)
	b, _ := roctest.Connu(mutuelle, "ordinaire")
	b.Issue = roctest.PrioriteGarantie
	require.NoError(t, a.s.Ajoute(b))
	issue, _ := a.demande(modele.IDB, question{})
	assert.Equal(t, roctest.PrioriteGarantie, issue, "replaced")
}

// Insurers of one's own, and their addresses.
func TestGuichets(t *testing.T) {
	s := roctest.NewServer(t, roctest.AvecGuichets(roctest.Guichet{Nom: "seul", Adresse: "127.0.0.1:0", Assureurs: []roctest.Assureur{{Numero: "434243085"}, {Numero: "12345"}}}))
	assert.Equal(t, s.URL(mutuelle), s.URL("12345"))
	assert.True(t, strings.HasSuffix(s.URL("12345"), "/roc"))
	for _, g := range []roctest.Guichet{{}, {Assureurs: []roctest.Assureur{{Numero: ""}}}, {Assureurs: []roctest.Assureur{{Numero: "1"}, {Numero: "01"}}}, {Assureurs: []roctest.Assureur{{Numero: "1 2"}}},
		{Adresse: "127.0.0.1:99999", Assureurs: []roctest.Assureur{{Numero: "1"}}}} {
		_, err := roctest.Demarre(roctest.AvecGuichets(g))
		assert.Error(t, err)
	}
	f := &faux{}
	assert.Nil(t, roctest.NewServer(f, roctest.AvecScenario("inconnu")))
	assert.NotEmpty(t, f.fatal)
}

type faux struct{ fatal string }

func (f *faux) Helper()                        {}
func (f *faux) Fatalf(format string, _ ...any) { f.fatal = format }
func (f *faux) Cleanup(func())                 {}

// The files for other languages hold what Go was given; others are refused.
func TestCertificats(t *testing.T) {
	a := nouvelAppelant(t)
	dossier := t.TempDir()
	require.NoError(t, a.s.EcritCertificats(dossier))
	_, c, _, err := pkcs12.DecodeChain(a.s.ClientP12, a.s.MotDePasse)
	require.NoError(t, err)
	assert.True(t, c.Equal(a.s.Client.Leaf))
	pool := x509.NewCertPool()
	require.True(t, pool.AppendCertsFromPEM(a.s.Racines))
	for nom, accepte := range map[string]bool{"client": true, "client-expire": false, "client-autre-racine": false, "": false} {
		var cs []tls.Certificate
		if nom != "" {
			c, err := tls.LoadX509KeyPair(filepath.Join(dossier, nom+".pem"), filepath.Join(dossier, nom+".key"))
			require.NoError(t, err)
			cs = []tls.Certificate{c}
		}
		b := &appelant{T: t, s: a.s, http: brut.Client(pool, nil, cs...)}
		statut, _, err := b.essaie(modele.IDB, &question{requete: "R"})
		assert.Equal(t, accepte, err == nil && statut == http.StatusOK, "%s: %v", nom, err)
	}
	assert.Error(t, a.s.EcritCertificats(filepath.Join(dossier, "racines.pem", "x")))
}

// Many callers, one commitment a visit.
func TestConcurrence(t *testing.T) {
	a := nouvelAppelant(t)
	var groupe sync.WaitGroup
	for i := range 8 {
		groupe.Go(func() {
			for n := range 5 {
				q := question{requete: fmt.Sprintf("R%d-%d", i, n), venue: fmt.Sprint("V", n), amc: []simphonie.NumeroAMC{mutuelle, premiere}[i%2]}
				_, _, err := a.essaie(modele.CLC, &q)
				assert.NoError(t, err)
				a.s.Vivants("", "")
				a.s.Bilan("")
				a.s.Appels()
				assert.NoError(t, a.s.Enfile(roctest.Cible{Venue: "Z"}, "vide"))
			}
		})
	}
	groupe.Wait()
	b := a.s.Bilan("")
	assert.Equal(t, roctest.Bilan{Calculs: 40, Engages: 10, Doubles: 30}, b)
	assert.Len(t, a.s.Vivants("", ""), 10)
}
