package insitest_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/insi/insitest"
	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/internal/passerelle/brut"
	"github.com/simphonie/simphonie/internal/testpki"
)

const corpsVitale = `<v:RECVITALE xmlns:v="http://www.cnamts.fr/INSiRecVit"><v:MatriculeIndividu><v:NumIdentifiant>2751263220749</v:NumIdentifiant></v:MatriculeIndividu>` +
	`<v:MatriculeOD><v:NumIdentifiant>2751263220749</v:NumIdentifiant></v:MatriculeOD><v:NomNaissance>ADRUN</v:NomNaissance>` +
	`<v:DateNaissance>1975-12-31</v:DateNaissance><v:RangNaissance>1</v:RangNaissance></v:RECVITALE>`

// refuse wants the simulator's own fault, and nothing of the person in it nor
// in the journal.
func (a *appelant) refuse(action, corps, motif string) {
	a.t.Helper()
	statut, rep := a.mutuel(action, corps)
	assert.Equal(a.t, http.StatusInternalServerError, statut, corps)
	assert.Contains(a.t, rep, ">sim:simulateur_corps<", corps)
	appels := a.s.Appels()
	dernier := appels[len(appels)-1]
	assert.EqualValues(a.t, "refuse", dernier.Issue)
	assert.Contains(a.t, dernier.Motif, motif)
	for _, secret := range personnels {
		assert.NotContains(a.t, rep, secret)
	}
}

var personnels = []string{"ADRUN", "ZOE", "1975-12", "2751263220749"}

// muet wants nothing of the person in the journal.
func (a *appelant) muet() {
	a.t.Helper()
	vu := canari.Montre(a.s.Appels())
	require.Contains(a.t, vu, "refuse")
	for _, secret := range personnels {
		assert.NotContains(a.t, vu, secret)
	}
}

// What §2 and §3.4.1 of the guide forbid, and what the schema orders.
func TestRegleDesTraits(t *testing.T) {
	a := nouvelAppelant(t, insitest.NewServer(t))
	juste := traits("ADRUN", "ZOE", "F", "1975-12-31", "63220")
	for _, c := range []struct{ vieux, neuf, motif string }{
		{"ADRUN", "Adrun", "NomNaissance"},
		{"ADRUN", "ÀDRUN", "NomNaissance"},
		{"ADRUN", "ADRUN2", "NomNaissance"},
		{"ADRUN", "", "NomNaissance"},
		{"ADRUN", " ADRUN", "NomNaissance"},
		{"ADRUN", "-ADRUN", "NomNaissance"},
		{"ADRUN", "AD  RUN", "NomNaissance"},
		{"ADRUN", "AD''RUN", "NomNaissance"},
		{"ADRUN", "AD' RUN", "NomNaissance"},
		{"ADRUN", "AD 'RUN", "NomNaissance"},
		{"ADRUN", "AD---RUN", "NomNaissance"},
		{"ADRUN", "AD’RUN", "NomNaissance"},
		{"ADRUN", "AD<!-- -->RUN", "NomNaissance"},
		{"ZOE", "Zoé", "Prenom"},
		{">F<", ">I<", "Sexe"},
		{">F<", ">2<", "Sexe"},
		{"1975-12-31", "31/12/1975", "DateNaissance"},
		{"1975-12-31", "1975-12-31Z", "DateNaissance"},
		{"63220", "6322", "LieuNaissance"},
		{"63220", "2C020", "LieuNaissance"},
		{"<insi:Prenom>ZOE</insi:Prenom>", "", "Prenom: 0"},
		{"<insi:Prenom>ZOE</insi:Prenom>", "<insi:Prenom>ZOE</insi:Prenom><insi:Prenom>ZOE</insi:Prenom>", "Prenom: 2"},
		{"<insi:Sexe>F</insi:Sexe>", "", "Sexe: 0"},
		{"<insi:Sexe>F</insi:Sexe><insi:DateNaissance>1975-12-31</insi:DateNaissance>", "<insi:DateNaissance>1975-12-31</insi:DateNaissance><insi:Sexe>F</insi:Sexe>", "Sexe: 0"},
		{"</insi:RECSANSVITALE>", "<insi:Autre/></insi:RECSANSVITALE>", "out of order"},
		{"INSiRecSans", "INSiRecVit", "RECSANSVITALE"},
		{"<insi:Prenom>", `<insi:Prenom a="1">`, "not allowed"},
	} {
		change := strings.ReplaceAll(juste, c.vieux, c.neuf)
		require.NotEqual(t, juste, change)
		a.refuse(insitest.ActionTraits, change, c.motif)
	}
	a.refuse(insitest.ActionVitale, juste, "RECVITALE")
	a.muet()
	for _, nom := range []string{"'ADRUN", "AD--RUN", "AD-RUN", "A D'R U-N"} {
		statut, rep := a.mutuel(insitest.ActionTraits, traits(nom, "ZOE", "F", "1975-12-31", ""))
		assert.Equal(t, http.StatusOK, statut, nom)
		assert.Contains(t, rep, "<insi:CodeCR>01<")
	}
}

func TestRegleDeVitale(t *testing.T) {
	a := nouvelAppelant(t, insitest.NewServer(t))
	statut, _ := a.mutuel(insitest.ActionVitale, corpsVitale)
	require.Equal(t, http.StatusOK, statut)
	for _, c := range []struct{ vieux, neuf, motif string }{
		{"2751263220749", "275126322074974", "NumIdentifiant"},
		{"2751263220749", "2 75 12 63 220 749", "NumIdentifiant"},
		{"<v:NumIdentifiant>2751263220749</v:NumIdentifiant>", "", "NumIdentifiant: 0"},
		{">1<", ">01<", "RangNaissance"},
		{"1975-12-31", "", "DateNaissance"},
		{"<v:DateNaissance>1975-12-31</v:DateNaissance>", "", "DateNaissance: 0"},
		{"<v:RangNaissance>1</v:RangNaissance></v:RECVITALE>", "</v:RECVITALE>", ""},
		{corpsVitale[strings.Index(corpsVitale, "<v:MatriculeIndividu>"):strings.Index(corpsVitale, "<v:NomNaissance>")], "", "a number is wanted"},
	} {
		change := strings.ReplaceAll(corpsVitale, c.vieux, c.neuf)
		require.NotEqual(t, corpsVitale, change)
		if c.motif == "" {
			statut, _ := a.mutuel(insitest.ActionVitale, change)
			assert.Equal(t, http.StatusOK, statut)
			continue
		}
		a.refuse(insitest.ActionVitale, change, c.motif)
	}
	a.muet()
}

// Renaming any element of a request makes the simulator refuse it.
func TestChaqueElementDuCorpsCompte(t *testing.T) {
	a := nouvelAppelant(t, insitest.NewServer(t))
	for action, corps := range map[string]string{insitest.ActionTraits: traits("ADRUN", "ZOE", "F", "1975-12-31", "63220"), insitest.ActionVitale: corpsVitale} {
		doc := etree.NewDocument()
		require.NoError(t, doc.ReadFromString(corps))
		n := len(doc.FindElements("//*"))
		require.GreaterOrEqual(t, n, 6)
		for i := range n {
			doc := etree.NewDocument()
			require.NoError(t, doc.ReadFromString(corps))
			doc.FindElements("//*")[i].Tag += "X"
			change, err := doc.WriteToString()
			require.NoError(t, err)
			a.refuse(action, change, "")
		}
	}
}

// Only certificates named for INSi get in.
func TestCN(t *testing.T) {
	s := insitest.NewServer(t)
	for fichier, attendu := range map[string]string{"client": "", "client-manu": "", "client-autre-cn": "desir_560"} {
		statut, rep, err := brut.Nouveau(insitest.ActionTraits, traits("ADRUN", "ZOE", "F", "1975-12-31", ""), s.Logiciel, testpki.Structure, time.Now()).
			Poste(brut.Client(racines(t, s), nil, certificat(t, s, fichier)), s.URLTLSMutuel)
		require.NoError(t, err)
		assert.Equal(t, attendu == "", statut == http.StatusOK)
		assert.Contains(t, rep, attendu)
	}
}
