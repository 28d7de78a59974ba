package insitest_test

import (
	"crypto/tls"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/insi/insitest"
	"github.com/simphonie/simphonie/internal/passerelle/brut"
)

// certificat loads a certificate as written for programs that are not in Go.
func certificat(t *testing.T, s *insitest.Serveur, nom string) tls.Certificate {
	t.Helper()
	dossier := t.TempDir()
	require.NoError(t, s.EcritCertificats(dossier))
	c, err := tls.LoadX509KeyPair(filepath.Join(dossier, nom+".pem"), filepath.Join(dossier, nom+".key"))
	require.NoError(t, err)
	return c
}

func TestReglages(t *testing.T) {
	quand := time.Date(2031, 5, 1, 0, 0, 0, 0, time.UTC)
	horloge := func() time.Time { return quand }
	var traces atomic.Int32
	s := insitest.NewServer(t,
		insitest.AvecHorloge(horloge), insitest.AvecLogiciels("AUTRE0000000"), insitest.AvecPSC(), insitest.AvecAdresses("127.0.0.1:0", "127.0.0.1:0"),
		insitest.AvecTrace(func(insitest.Appel) { traces.Add(1) }), insitest.AvecScenario("prefixes:env"),
		insitest.AvecIdentites(insitest.Identite{Nom: "SYNTHETIQUE-AJOUT", Prenoms: []string{"LOU"}, Sexe: "F", Naissance: "2000-01-01", Numero: "2000163220905", Cle: "20"}))
	corps := traits("SYNTHETIQUE-AJOUT", "LOU", "F", "2000-01-01", "")
	statut, rep, err := brut.Nouveau(insitest.ActionTraits, corps, s.Logiciel, "", quand).Poste(brut.Client(racines(t, s), horloge, s.Client), s.URLTLSMutuel)
	require.NoError(t, err)
	assert.Equal(t, 200, statut)
	assert.Contains(t, rep, "2000163220905")
	assert.True(t, strings.Contains(rep, "<env:Envelope"))
	psc := brut.Assertion("_1", "2031-05-01T00:00:00Z", "x", "PSC", "899900063480")
	statut, _, err = brut.Nouveau(insitest.ActionTraits, corps, s.Logiciel, "899900063480", quand).Avec(psc).Poste(brut.Client(racines(t, s), horloge), s.URL)
	require.NoError(t, err)
	assert.Equal(t, 200, statut)
	assert.EqualValues(t, 2, traces.Load())
	assert.Equal(t, quand, s.Appels()[0].Quand)
}

// A scenario aimed at one person, then back to normal.
func TestScenarioDUneIdentite(t *testing.T) {
	s := insitest.NewServer(t)
	a := nouvelAppelant(t, s)
	adrun, nessi := traits("ADRUN", "ZOE", "F", "1975-12-31", ""), traits("NESSI", "ANTHONY", "M", "2010-08-07", "")
	require.NoError(t, s.Scenario(insitest.Cible{Identite: "ADRUN/1975-12-31"}, "faute:siram_40/desir_1020"))
	require.NoError(t, s.Enfile(insitest.Cible{Identite: "2751263220749/1975-12-31"}, "http:503"))
	require.Error(t, s.Scenario(insitest.Cible{}, "inconnu"))
	statuts := []int{}
	for _, corps := range []string{nessi, adrun, adrun} {
		statut, _ := a.mutuel(insitest.ActionTraits, corps)
		statuts = append(statuts, statut)
	}
	statut, _ := a.mutuel(insitest.ActionVitale, corpsVitale)
	assert.Equal(t, []int{200, 500, 500, 503}, append(statuts, statut))
	assert.Equal(t, s.Empreinte("ADRUN/1975-12-31"), s.Appels()[1].Identite)
	assert.NotEqual(t, s.Appels()[0].Identite, s.Appels()[1].Identite)
}

// A target that no call can meet is refused: the test would prove nothing.
func TestCibleImpossible(t *testing.T) {
	s := insitest.NewServer(t)
	for _, c := range []insitest.Cible{{Action: "rechercherInsAvecTraitsIdentite"}, {Identite: "ADRUN"}, {Identite: "Adrun/1975-12-31"}, {Identite: "ADRUN/31-12-1975"},
		{Identite: "275126322074974/1975-12-31"}, {Identite: "/1975-12-31"}} {
		assert.ErrorContains(t, s.Scenario(c, "vide"), "insitest: Cible.", c)
		assert.Error(t, s.Enfile(c, "vide"), c)
	}
	for _, c := range []insitest.Cible{{}, {Action: insitest.ActionVitale}, {Identite: "D'AEION/1987-01-25"}, {Identite: "297022A020778/1997-02-26"}} {
		assert.NoError(t, s.Scenario(c, "vide"), c)
		assert.NoError(t, s.Enfile(c, "vide"), c)
	}
}

// faux records what a test helper is told.
type faux struct{ fatal string }

func (f *faux) Helper()                        {}
func (f *faux) Fatalf(format string, _ ...any) { f.fatal = format }
func (f *faux) Cleanup(func())                 {}

func TestDemarrageImpossible(t *testing.T) {
	f := &faux{}
	assert.Nil(t, insitest.NewServer(f, insitest.AvecScenario("inconnu")))
	assert.NotEmpty(t, f.fatal)
	_, err := insitest.Demarre(insitest.AvecAdresses("", "127.0.0.1:99999"))
	assert.Error(t, err)
}

// An identity that no valid request can find is refused.
func TestIdentiteImpossible(t *testing.T) {
	juste := insitest.Identite{Nom: "SYNTHETIQUE-AJOUT", Prenoms: []string{"LOU"}, Sexe: "F", Naissance: "2000-01-01", Lieu: "63220", Numero: "2000163220905", Cle: "20", OuvrantDroit: "1500163220901", Rang: "2"}
	for champ, change := range map[string]func(*insitest.Identite){
		"Nom": func(i *insitest.Identite) { i.Nom = "Ajout" }, "Prenoms": func(i *insitest.Identite) { i.Prenoms = nil },
		"Prenoms[0]": func(i *insitest.Identite) { i.Prenoms = []string{"Lou"} }, "Sexe": func(i *insitest.Identite) { i.Sexe = "I" },
		"Naissance": func(i *insitest.Identite) { i.Naissance = "01/01/2000" }, "Lieu": func(i *insitest.Identite) { i.Lieu = "Paris" },
		"Numero": func(i *insitest.Identite) { i.Numero = "" }, "Cle": func(i *insitest.Identite) { i.Cle = "2" },
		"OuvrantDroit": func(i *insitest.Identite) { i.OuvrantDroit = "150016322090151" }, "Rang": func(i *insitest.Identite) { i.Rang = "02" },
		"CR": func(i *insitest.Identite) { i.CR = "2" },
	} {
		i := juste
		change(&i)
		_, err := insitest.Demarre(insitest.AvecIdentites(juste, i))
		assert.ErrorContains(t, err, "insitest: AvecIdentites[1]."+champ+":")
	}
}

// A nil option, clock or trace is as none.
func TestReglagesNuls(t *testing.T) {
	a := nouvelAppelant(t, insitest.NewServer(t, nil, insitest.AvecHorloge(nil), insitest.AvecTrace(nil)))
	statut, _ := a.mutuel(insitest.ActionTraits, traits("ADRUN", "ZOE", "F", "1975-12-31", ""))
	assert.Equal(t, 200, statut)
}
