package cdri_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri"
	"github.com/simphonie/simphonie/cdri/cdritest"
	"github.com/simphonie/simphonie/cdri/reference"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/teleservice"
)

// versSimulateur makes a client of a simulator over real TLS.
func versSimulateur(t *testing.T, s *cdritest.Serveur, a teleservice.Authentification, change ...func(*teleservice.Config)) *cdri.Client {
	t.Helper()
	racines, err := teleservice.LoadRacines(teleservice.Simulation, s.Racines)
	require.NoError(t, err)
	if a == nil {
		a = &teleservice.TLSMutuel{Certificat: s.Client, CN: []string{"CDRI-SIMULE"}}
	}
	return client(t, nil, append([]func(*teleservice.Config){func(c *teleservice.Config) {
		c.Racines, c.Authentification, c.URL, c.Logiciel.Autorisation = racines, a, s.URL, s.Logiciel
		if _, ok := a.(*teleservice.TLSMutuel); ok {
			c.URL = s.URLTLSMutuel
		}
	}}, change...)...)
}

// identites are the four strategies.
func identites(t *testing.T, s *cdritest.Serveur) map[string]teleservice.Authentification {
	t.Helper()
	convention, err := teleservice.ParseConvention(s.Convention)
	require.NoError(t, err)
	return map[string]teleservice.Authentification{
		"tls-mutuel": &teleservice.TLSMutuel{Certificat: s.Client, CN: []string{"CDRI-SIMULE"}},
		"carte": &teleservice.CarteAssertion{Type: teleservice.CPENominative, Signataire: s.Carte.Signataire, Certificat: s.Carte.Certificat,
			IdentifiantFacturation: string(ej), SecteurActivite: "SA01"},
		"structure": &teleservice.AssertionStructure{Convention: convention, Signataire: s.Structure.Signataire, Certificat: s.Structure.Certificat,
			Agent: simphonie.NewConfidentiel("LOT-DE-NUIT")},
		"psc": &teleservice.ProSanteConnect{Identifiant: simphonie.NewConfidentiel("899900063480"), Emetteur: "https://auth.example", IdentifiantFacturation: string(ej),
			SecteurActivite: "SA01", Session: func(*http.Request) error { return nil }},
	}
}

func demandeDe(b cdritest.Beneficiaire) cdri.Demande {
	return cdri.Demande{EJ: ej, Moment: cdri.Admission, Assure: b.Criteres.Assure, Naissance: b.Criteres.Naissance, Rang: b.Criteres.Rang, Regime: b.Criteres.Regime}
}

// Every person of the simulator, by each strategy: what arrives is what the
// simulator holds.
func TestPersonnesDuSimulateur(t *testing.T) {
	s := cdritest.NewServer(t, cdritest.AvecPSC())
	for nom, a := range identites(t, s) {
		c := versSimulateur(t, s, a)
		for i, b := range cdritest.Beneficiaires() {
			if nom != "tls-mutuel" && i > 2 {
				break // one strategy for all, all strategies for some
			}
			r, err := c.Consulte(t.Context(), demandeDe(b))
			require.NoError(t, err, "%s %s", nom, b.Cas)
			inconnus := strings.Contains(b.Cas, "inconnu") && b.Cas != "inconnu"
			assert.Equal(t, inconnus, len(r.Anomalies) > 0, "%s %v", b.Cas, r.Anomalies)
			if r.Issue.Sens != cdri.Trouve {
				assert.Nil(t, r.Droits, b.Cas)
				continue
			}
			attendu := *b.Droits
			attendu.Support, attendu.Le = droits.SupportCDRi, r.Recu
			x, err := simphonie.MarshalEnClair(attendu)
			require.NoError(t, err)
			y, err := simphonie.MarshalEnClair(r.Droits)
			require.NoError(t, err)
			assert.JSONEq(t, string(x), string(y), b.Cas)
		}
	}
}

// The troubles of the simulator, each with what the client makes of it.
func TestTroubles(t *testing.T) {
	s := cdritest.NewServer(t)
	c := versSimulateur(t, s, nil, func(c *teleservice.Config) { c.TailleMax = 1 << 20 })
	ordinaire, _ := cdritest.Connu("ordinaire")
	for scenario, attendu := range map[cdritest.Scenario]simphonie.Code{
		"coupe-avant-lecture": "TSV-RESEAU", "coupe-apres-lecture": "TSV-RESEAU", "coupe-au-milieu": "TSV-RESEAU", "tronque": "TSV-REPONSE", "vide": "TSV-REPONSE",
		"correlation-fausse": "TSV-CORRELATION", "faute:siram_40/desir_1020": "TSV-FAUTE", "faute:siram_100/desir_550:melange": "TSV-FAUTE", "http:503": "TSV-HTTP",
		"type-faux": "TSV-HTTP", "enorme:2": "TSV-TAILLE", "doctype": "TSV-REPONSE", "latin1": "TSV-REPONSE", "profond": "TSV-REPONSE",
	} {
		require.NoError(t, s.Enfile(cdritest.Cible{}, scenario))
		_, err := c.Consulte(t.Context(), demandeDe(ordinaire))
		assert.Equal(t, []simphonie.Code{attendu}, codes(err), scenario)
		_, ok := cdri.PanneDe(err)
		assert.True(t, ok, scenario)
	}
	for _, scenario := range []cdritest.Scenario{"normal", "sans-correlation", "prefixes:melange", "prefixes:S", "prefixes:croise"} {
		require.NoError(t, s.Enfile(cdritest.Cible{}, scenario))
		r, err := c.Consulte(t.Context(), demandeDe(ordinaire))
		require.NoError(t, err, scenario)
		assert.Equal(t, cdri.Trouve, r.Issue.Sens)
	}
	// A read is made again by the channel: the agent sees nothing of it.
	c = versSimulateur(t, s, nil, func(c *teleservice.Config) { c.Reprises = teleservice.Reprises{Attente: 1} })
	require.NoError(t, s.Enfile(cdritest.Cible{}, "coupe-apres-lecture", "faute:siram_40/desir_1020"))
	r, err := c.Consulte(t.Context(), demandeDe(ordinaire))
	require.NoError(t, err)
	assert.Equal(t, cdri.Trouve, r.Issue.Sens)
}

// A day at the desk: asked once, kept, then the service falls and the last
// answer stands in.
func TestAutomateEtSimulateur(t *testing.T) {
	s := cdritest.NewServer(t)
	a := automate(t, versSimulateur(t, s, nil))
	ald, _ := cdritest.Connu("ald")
	declenche := func(m cdri.Moment) (*cdri.Resultat, error) {
		d := demandeDe(ald)
		d.Moment = m
		return a.Declenche(t.Context(), cdri.Declencheur{Patient: "IPP", Demande: d})
	}
	for range 3 {
		_, err := declenche(cdri.PreAdmission)
		require.NoError(t, err)
	}
	assert.Equal(t, map[cdritest.Criteres]int{ald.Criteres: 1}, s.Demandes())
	require.NoError(t, s.Scenario(cdritest.Cible{}, "faute:siram_40/desir_1020"))
	r, err := declenche(cdri.Facturation)
	require.NoError(t, err)
	assert.Equal(t, cdri.DeSecours, r.Provenance)
	assert.Equal(t, "desir_1020", r.Panne.Faute)
	assert.NotEmpty(t, r.Reponse.Droits.ETM)
}

// A night: the establishment alone, every person, lines that go wrong.
func TestNuit(t *testing.T) {
	s := cdritest.NewServer(t, cdritest.AvecPhase2())
	c := versSimulateur(t, s, identites(t, s)["structure"])
	var ls []cdri.LigneLot
	for _, b := range cdritest.Beneficiaires() {
		ls = append(ls, cdri.LigneLot{ID: b.Cas, Demande: demandeDe(b)})
	}
	prevus := map[string][]cdritest.ScenarioLigne{"ald": {"indisponible"}, "ame": {"erreur:LIGNE_REFUSEE"}, "mines": {"absente"}}
	for cas, suite := range prevus {
		b, _ := cdritest.Connu(cas)
		require.NoError(t, s.EnfileLignes(b.Criteres, suite...))
	}
	l := lot(t, c, cdri.NewCarnetMemoire(), func(c *cdri.ConfigLot) { c.Parallele = 1 })
	b, err := l.Execute(t.Context(), ls)
	require.NoError(t, err)
	par := map[string]cdri.ResultatLigne{}
	for _, r := range b.Lignes {
		par[r.ID] = r
	}
	for cas, attendu := range map[string]cdri.Etat{"ald": cdri.Reportee, "ame": cdri.Refusee, "mines": cdri.Reportee,
		"indisponible-une-fois": cdri.Reportee, "ordinaire": cdri.Repondue, "inconnu": cdri.Repondue} {
		assert.Equal(t, attendu, par[cas].Etat, "%s %v", cas, par[cas].Err)
	}
	assert.Equal(t, len(ls)-4, b.Repondues)

	b, err = l.Execute(t.Context(), ls)
	require.NoError(t, err)
	assert.Equal(t, len(ls)-1, b.Repondues)
	assert.Zero(t, b.Reportees)
	assert.Equal(t, 1, s.Demandes()[cdritest.Beneficiaires()[0].Criteres], "one that was answered is not asked again")

	// A line that comes twice, or under no known name, makes its message unread.
	for _, sc := range []cdritest.ScenarioLigne{"double", "inconnue"} {
		require.NoError(t, s.EnfileLignes(cdritest.Beneficiaires()[0].Criteres, sc))
		b, err = lot(t, c, cdri.NewCarnetMemoire(), func(c *cdri.ConfigLot) { c.Parallele, c.Taille = 1, 1 }).Execute(t.Context(), ls[:2])
		require.NoError(t, err)
		assert.Equal(t, []simphonie.Code{"CDRI-LOT-CORRELATION"}, codes(b.Lignes[0].Err))
		assert.Equal(t, cdri.Repondue, b.Lignes[1].Etat)
	}

	// An agent's card is refused by the client before it is by the service.
	for _, personne := range []string{"psc", "carte"} {
		_, err = cdri.NewLot(cdri.ConfigLot{Client: versSimulateur(t, s, identites(t, s)[personne]), Phase: cdri.LotNuit, Fraicheur: time.Hour, Carnet: cdri.NewCarnetMemoire()})
		assert.Equal(t, []simphonie.Code{"CDRI-LOT-AUTHENTIFICATION"}, codes(err), personne)
	}
	parAgent := versSimulateur(t, s, identites(t, s)["carte"])
	jour := lot(t, parAgent, cdri.NewCarnetMemoire(), func(c *cdri.ConfigLot) { c.Phase = cdri.LotAgent })
	b, err = jour.Execute(t.Context(), ls[:1])
	require.NoError(t, err)
	assert.Equal(t, []simphonie.Code{"TSV-FAUTE"}, codes(b.Lignes[0].Err))
}

// The simulator checks the whole messages that the client writes.
func TestMessagesConformes(t *testing.T) {
	s := cdritest.NewServer(t)
	c := versSimulateur(t, s, nil)
	enfant, _ := cdritest.Connu("enfant")
	d := demandeDe(enfant)
	d.Moment, d.Caisse, d.Centre = cdri.Facturation, "751", "0000"
	d.Beneficiaire, d.DateReference = enfant.Droits.Beneficiaire.NIR, simphonie.MustJour("2026-11-02")
	r, err := c.Consulte(t.Context(), d)
	require.NoError(t, err)
	assert.Equal(t, cdri.Trouve, r.Issue.Sens)
	assert.Empty(t, r.Anomalies)
	assert.Equal(t, reference.Espace+":consulterDroits", s.Appels()[0].Action)
	assert.Equal(t, r.MessageID, s.Appels()[0].MessageID)
}
