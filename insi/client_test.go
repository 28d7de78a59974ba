package insi_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/insi"
	"github.com/simphonie/simphonie/insi/insitest"
	"github.com/simphonie/simphonie/internal/testpki"
	"github.com/simphonie/simphonie/teleservice"
)

// appels abbreviates a trace: rank or V, +COG, outcome.
func appels(ts []insi.Tentative) string {
	var mots []string
	for _, t := range ts {
		m := map[insi.Critere]string{insi.PrenomsJoints: "J", insi.LectureVitale: "V"}[t.Critere]
		if t.Critere == insi.PrenomSeul {
			m = string('0' + rune(t.Rang))
		}
		if t.AvecLieu {
			m += "+COG"
		}
		mots = append(mots, m+":"+string(t.Code)+string(t.Erreur))
	}
	return strings.Join(mots, " ")
}

// Every published identity, and what was recorded of it.
func TestIdentitesPubliees(t *testing.T) {
	s := insitest.NewServer(t)
	k := client(t, parCertificat(t, s))
	for _, c := range []struct {
		nom, prenoms  string
		sexe          insi.Sexe
		ne, lieu      string
		appels        string
		matricule     string
		oid           insi.OID
		historique    string
		anomalies     []simphonie.Code
		ecarts, suite string
	}{
		{nom: "Adrun", prenoms: "Zoé", sexe: "F", ne: "1975-12-31", lieu: "63220", appels: "1:00", matricule: "275126322074974"},
		{nom: "ADRTROIS", prenoms: "DOMINIQUE", sexe: "F", ne: "1997-02-26", lieu: "2A020", appels: "1:00", matricule: "297022A02077878"},
		{nom: "ADRTROIS", prenoms: "TOUSSAINT", sexe: "M", ne: "1960-01-01", lieu: "2B020", appels: "1:00", matricule: "160012B02077713"},
		{nom: "CORSE", prenoms: "ANTHONY", sexe: "M", ne: "1980-03-02", lieu: "2B020", appels: "1:00", matricule: "180032B02040123", historique: "180032B02040123"},
		{nom: "TCHITCHI", prenoms: "OLA CATARINA BELLA", sexe: "F", ne: "1936-06-21", lieu: "63220", appels: "1:01 2:00", matricule: "236066322083656", ecarts: "prenoms:different"},
		{nom: "TCHITCHI", prenoms: "CATARINA", sexe: "F", ne: "1936-06-21", lieu: "63220", appels: "1:00", matricule: "236066322083656", ecarts: "prenoms:partiel"},
		{nom: "NESSI", prenoms: "MICHELANGELO ANTHONY", sexe: "M", ne: "2010-08-07", lieu: "63220", appels: "1:00", matricule: "110086322083060"},
		{nom: "ECETINSI", prenoms: "PIERRE-ALAIN MURIEL FLORIANT", sexe: "M", ne: "2009-07-14", lieu: "63220", appels: "1:00", matricule: "109076322083489",
			historique: "209076322083439 209066322012355"},
		{nom: "d’Artagnan de l’Hérault", prenoms: "Pierre-Alain Muriel Floriant", sexe: "M", ne: "2001-06-17", appels: "1:00", matricule: "101066322075460", ecarts: "lieu-naissance:non-connu"},
		{nom: "HERMANN", prenoms: "GATIEN", sexe: "M", ne: "1981-03-24", lieu: "63220", appels: "1:00", matricule: "181036322045660", historique: "281036322045610",
			anomalies: []simphonie.Code{"INSI-REP-CLE", "INSI-REP-CLE"}},
		{nom: "PROVISOIRE", prenoms: "MATRICULE", sexe: "M", ne: "2009-07-01", lieu: "63220", appels: "1:00", matricule: "109076322088835", oid: insi.OIDNIA},
		{nom: "DE VINCI", prenoms: "LEONARDO", sexe: "M", ne: "2014-02-01", appels: "1:02", suite: "INSI-SUITE-PLUS-PRENOMS INSI-SUITE-LIEU"},
		{nom: "HOUILLES", prenoms: "PIERRE PAUL JACQUES", sexe: "M", ne: "1993-01-27", appels: "1:01 2:01 3:01 J:01", suite: "INSI-SUITE-PRENOMS INSI-SUITE-NOM"},
		{nom: "ADRDEUX", prenoms: "LAURENT", sexe: "M", ne: "1981-01-01", appels: "1:01", suite: "INSI-SUITE-PRENOMS INSI-SUITE-NOM"},
		{nom: "PATB-QUATRE", prenoms: "LAURENCE", sexe: "F", ne: "1907-05-25", appels: "1:01", suite: "INSI-SUITE-PRENOMS INSI-SUITE-NOM"},
		// Of the simulator alone: homonyms that the place, or a second first name, tells apart.
		{nom: "SYNTHETIQUE-HOMONYME", prenoms: "ALIX", sexe: "M", ne: "1950-01-01", lieu: "2B020", appels: "1:02 1+COG:00", matricule: "150012B02090287", ecarts: "prenoms:partiel"},
		{nom: "SYNTHETIQUE-HOMONYME", prenoms: "ALIX PREMIER", sexe: "M", ne: "1950-01-01", lieu: "2B020", appels: "1:02 2:00", matricule: "150016322090151", ecarts: "lieu-naissance:different"},
		{nom: "SYNTHETIQUE-HOMONYME", prenoms: "ALIX", sexe: "M", ne: "1950-01-01", lieu: "75056", appels: "1:02 1+COG:01", suite: "INSI-SUITE-PLUS-PRENOMS INSI-SUITE-VERIFIER-LIEU"},
		{nom: "SYNTHETIQUE-DATES", prenoms: "DOMINIQUE", sexe: "F", ne: "1960-02-02", lieu: "63220", appels: "1:00", matricule: "260026322090310", historique: "160026322090360",
			anomalies: []simphonie.Code{"INSI-REP-ORDRE", "INSI-REP-PERIODE"}},
	} {
		r, err := k.Recherche(t.Context(), demande(t, c.nom, c.prenoms, c.sexe, c.ne, c.lieu))
		require.NoError(t, err, c.nom)
		assert.Equal(t, c.appels, appels(r.Tentatives), c.nom)
		ids := map[string]bool{}
		for _, a := range r.Tentatives {
			ids[a.MessageID] = true
			assert.Regexp(t, "^uuid:[0-9a-f-]{36}$", a.MessageID)
			assert.Equal(t, 1, a.Essais)
		}
		assert.Len(t, ids, len(r.Tentatives), "each call has its own identifier")
		if c.matricule == "" {
			assert.Nil(t, r.Individu, c.nom)
			assert.NotEqual(t, insi.Trouvee, r.Issue)
			assert.Equal(t, c.suite, mots(r.Suites), c.nom)
			continue
		}
		require.NotNil(t, r.Individu, c.nom)
		i := r.Individu
		assert.Equal(t, insi.Trouvee, r.Issue)
		assert.Equal(t, c.matricule, i.Actif.NIR().Clair(), c.nom)
		if c.oid == "" {
			c.oid = insi.OIDNIR
		}
		assert.Equal(t, c.oid, i.Actif.OID)
		var histo []string
		for _, h := range i.Historique {
			histo = append(histo, h.NIR().Clair())
		}
		assert.Equal(t, c.historique, strings.Join(histo, " "), c.nom)
		// The simulator, as the platform does, gives no first name apart and an OID of production.
		attendues := append(append([]simphonie.Code{}, c.anomalies...), "INSI-REP-PRENOM", "INSI-REP-OID-REEL")
		assert.ElementsMatch(t, attendues, r.Anomalies.Codes(), c.nom)
		var ecarts []string
		for _, e := range r.Ecarts {
			ecarts = append(ecarts, string(e.Trait)+":"+string(e.Nature))
		}
		assert.Equal(t, c.ecarts, strings.Join(ecarts, " "), c.nom)
		assert.Equal(t, "INSI-SUITE-COMPARER", mots(r.Suites))
		assert.Equal(t, teleservice.Simulation, i.Environnement)
		assert.Equal(t, r.Tentatives[len(r.Tentatives)-1].MessageID, i.MessageID)
		assert.False(t, i.RecuLe.IsZero())
		assert.Equal(t, insi.Recuperee, insi.Identite{INS: i}.Statut())
	}
	for _, a := range s.Appels() {
		assert.EqualValues(t, "repondu", a.Issue, a.Motif)
	}
}

func mots(as simphonie.Anomalies) string {
	var ms []string
	for _, c := range as.Codes() {
		ms = append(ms, string(c))
	}
	return strings.Join(ms, " ")
}

func TestRechercheVitale(t *testing.T) {
	s := insitest.NewServer(t)
	for nom, conf := range map[string]teleservice.Config{"certificate": parCertificat(t, s), "card": parCarte(t, s)} {
		k := client(t, conf)
		d := insi.DemandeVitale{EJ: ej, Serie: secret("12345678"), Carte: insi.CarteVitale{Individu: simphonie.NIRRecu("275126322074974"), Ouvrant: simphonie.NIRRecu("2751263220749"),
			Nom: secret("Adrun"), Naissance: naissance(t, "1975-12-31"), Rang: 1}}
		r, err := k.RechercheVitale(t.Context(), d)
		require.NoError(t, err, nom)
		assert.Equal(t, "V:00", appels(r.Tentatives))
		assert.Equal(t, "275126322074974", r.Individu.Actif.NIR().Clair())
		assert.Empty(t, r.Ecarts, "the card says nothing of first names: that is no difference")
		assert.NotContains(t, r.Anomalies.Codes(), simphonie.Code("INSI-REP-AUTRE-NUMERO"))

		// A child on a parent's card.
		d.Carte = insi.CarteVitale{Ouvrant: simphonie.NIRRecu("150016322090151"), Naissance: naissance(t, "2020-03-03"), Rang: 2}
		r, err = k.RechercheVitale(t.Context(), d)
		require.NoError(t, err, nom)
		assert.Equal(t, "220036322090445", r.Individu.Actif.NIR().Clair())
		assert.NotContains(t, r.Anomalies.Codes(), simphonie.Code("INSI-REP-PRENOM"))

		// A former number is known; another is told.
		d.Carte = insi.CarteVitale{Individu: simphonie.NIRRecu("2090663220123"), Nom: secret("    "), Naissance: naissance(t, "2009-07-14")}
		r, err = k.RechercheVitale(t.Context(), d)
		require.NoError(t, err, nom)
		assert.NotContains(t, r.Anomalies.Codes(), simphonie.Code("INSI-REP-AUTRE-NUMERO"))
		assert.Empty(t, r.Ecarts, "a padded field of the card is no name")

		d.Carte = insi.CarteVitale{Ouvrant: simphonie.NIRRecu("1990199999999"), Naissance: naissance(t, "1999-01-01")}
		r, err = k.RechercheVitale(t.Context(), d)
		require.NoError(t, err, nom)
		assert.Equal(t, insi.Aucune, r.Issue)
		assert.Equal(t, "INSI-SUITE-TRAITS", mots(r.Suites))
	}
}

// Nothing leaves for a demand that the rules refuse, and every reason is told.
func TestRefusAvantAppel(t *testing.T) {
	s := insitest.NewServer(t)
	k := client(t, parCertificat(t, s))
	bonne := demande(t, "ADRUN", "ZOE", insi.Feminin, "1975-12-31", "")
	for code, change := range map[string]func(*insi.Demande){
		"TSV-EJ": func(d *insi.Demande) { d.EJ = "690781810" }, "INSI-DOUTEUX": func(d *insi.Demande) { d.Attributs.Douteux = true },
		"INSI-FICTIF": func(d *insi.Demande) { d.Attributs.Fictif = true }, "INSI-LEXIQUE": func(d *insi.Demande) { d.Traits.Nom = secret("ADRUN 2") },
		"INSI-OBLIGATOIRE": func(d *insi.Demande) { d.Traits.Prenoms = nil },
	} {
		d := bonne
		change(&d)
		r, err := k.Recherche(t.Context(), d)
		e, ok := errors.AsType[*simphonie.Erreur](err)
		require.True(t, ok, code)
		assert.Equal(t, simphonie.Code(code), e.Code)
		assert.Empty(t, r.Tentatives)
		_, ok = insi.PanneDe(err)
		assert.True(t, ok)
	}
	_, err := k.Recherche(t.Context(), insi.Demande{Attributs: insi.Attributs{Douteux: true}})
	for _, c := range []string{"TSV-EJ", "INSI-DOUTEUX", "traits.nom", "traits.prenoms", "traits.sexe", "traits.naissance"} {
		assert.ErrorContains(t, err, c)
	}
	_, err = k.RechercheVitale(t.Context(), insi.DemandeVitale{EJ: ej, Attributs: insi.Attributs{Fictif: true}})
	for _, c := range []string{"INSI-FICTIF", "carte: ", "carte.naissance"} {
		assert.ErrorContains(t, err, c)
	}
	assert.Empty(t, s.Appels())
}

// The certificate's name is checked before anything is sent, and again when
// the channel is given another.
func TestCertificat(t *testing.T) {
	pki, err := testpki.New(time.Now())
	require.NoError(t, err)
	autre, err := pki.Client("CDRI-AUTO")
	require.NoError(t, err)
	s := insitest.NewServer(t)
	conf := parCertificat(t, s)
	bonne := conf.Authentification
	conf.Authentification = &teleservice.TLSMutuel{Certificat: autre.TLS(), CN: []string{"CDRI-AUTO"}}
	canal, err := teleservice.NewCanal(conf)
	require.NoError(t, err)
	_, err = insi.New(canal, insi.Options{})
	assert.ErrorContains(t, err, "INSI-CERTIFICAT")
	assert.ErrorContains(t, err, "INSI-AUTO or INSI-MANU")
	require.NoError(t, canal.Remplace(bonne))
	k, err := insi.New(canal, insi.Options{})
	require.NoError(t, err)
	require.NoError(t, canal.Remplace(conf.Authentification))
	_, err = k.Recherche(t.Context(), demande(t, "ADRUN", "ZOE", insi.Feminin, "1975-12-31", ""))
	assert.ErrorContains(t, err, "INSI-CERTIFICAT")
	assert.Empty(t, s.Appels())
	for _, c := range []*teleservice.Canal{nil, {}} {
		_, err = insi.New(c, insi.Options{})
		assert.ErrorContains(t, err, "INSI-CONFIG")
	}
	for _, k := range []*insi.Client{nil, {}} {
		_, err = k.Recherche(t.Context(), insi.Demande{})
		assert.ErrorContains(t, err, "INSI-CONFIG")
		_, err = k.RechercheVitale(t.Context(), insi.DemandeVitale{})
		assert.ErrorContains(t, err, "INSI-CONFIG")
	}
}

// Faults stop the search; the trace holds the failed call, and each has its row
// for the agent.
func TestFautes(t *testing.T) {
	s := insitest.NewServer(t)
	conf := parCertificat(t, s)
	conf.Disjoncteur.Inactif = true
	k := client(t, conf)
	d := demande(t, "HOUILLES", "PIERRE PAUL", insi.Masculin, "1993-01-27", "")
	for _, c := range []struct {
		scenario, code, faute string
		reessayable           bool
	}{
		{"faute:siram_40/desir_1020", "TSV-FAUTE", "desir_1020", true},
		{"faute:siram_40/insi_102:melange", "TSV-FAUTE", "insi_102", true},
		{"faute:siram_100/desir_550", "TSV-FAUTE", "desir_550", false},
		{"http:503", "TSV-HTTP", "", true},
		{"coupe-apres-lecture", "TSV-RESEAU", "", true},
		{"coupe-au-milieu", "TSV-RESEAU", "", true},
		{"correlation-fausse", "TSV-CORRELATION", "", false},
		{"tronque", "TSV-REPONSE", "", false},
		{"doctype", "TSV-REPONSE", "", false},
	} {
		require.NoError(t, s.Enfile(insitest.Cible{}, "normal", insitest.Scenario(c.scenario)))
		r, err := k.Recherche(t.Context(), d)
		e, ok := errors.AsType[*simphonie.Erreur](err)
		require.True(t, ok, c.scenario)
		assert.Equal(t, simphonie.Code(c.code), e.Code, c.scenario)
		assert.Equal(t, c.reessayable, e.Reessayable, c.scenario)
		assert.Equal(t, "1:01 2:"+c.code, appels(r.Tentatives), c.scenario)
		recus := s.Appels()
		if c.faute != "" {
			assert.Equal(t, recus[len(recus)-1].MessageID, r.Tentatives[1].MessageID, "the identifier that support will ask for")
		}
		assert.Equal(t, insi.CodeCR(""), r.Issue)
		assert.Nil(t, r.Individu)
		p, ok := insi.PanneDe(err)
		assert.True(t, ok)
		assert.Equal(t, c.faute, p.Faute, c.scenario)
	}
	_, err := k.Recherche(t.Context(), demande(t, "D'AEION", "COEUR", insi.Feminin, "1987-01-25", ""))
	f, ok := errors.AsType[*teleservice.Faute](err)
	require.True(t, ok)
	assert.Equal(t, "insi_102", f.DetailCode)
	require.NoError(t, s.Scenario(insitest.Cible{}, "prefixes:croise"))
	r, err := k.Recherche(t.Context(), demande(t, "ADRUN", "ZOE", insi.Feminin, "1975-12-31", ""))
	require.NoError(t, err)
	assert.Equal(t, insi.Trouvee, r.Issue)

	ctx, fin := context.WithCancel(t.Context())
	fin()
	r, err = k.Recherche(ctx, d)
	assert.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, "1:TSV-ABANDON", appels(r.Tentatives))
}

// A client serves several agents at once.
func TestConcurrence(t *testing.T) {
	s := insitest.NewServer(t)
	k := client(t, parCarte(t, s))
	var attente sync.WaitGroup
	for range 16 {
		attente.Go(func() {
			r, err := k.Recherche(t.Context(), demande(t, "ADRUN", "OLA ZOE", insi.Feminin, "1975-12-31", ""))
			assert.NoError(t, err)
			assert.Equal(t, "1:01 2:00", appels(r.Tentatives))
		})
	}
	attente.Wait()
	assert.Len(t, s.Appels(), 32)
}

// The software's name follows the convention of INSi unless told otherwise.
func TestNomLPS(t *testing.T) {
	l := teleservice.Logiciel{Nom: "gap", Version: "2.1"}
	assert.Equal(t, "urn:lps:gap:2.1", insi.NomLPSVersion(l))
	assert.Equal(t, "urn:lps:gap", insi.NomLPSSimple(l))
}
