package annuaire_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/annuaire"
	"github.com/simphonie/simphonie/annuaire/annuairetest"
	"github.com/simphonie/simphonie/teleservice"
)

const unIDB, deuxIDB = "https://un.operateur-un.example/roc/idb", "https://deux.operateur-un.example/roc/idb"

// One answer of each kind: what comes back, and how many calls were made.
func TestCherche(t *testing.T) {
	c, s, _ := monte(t)
	r, err := c.Cherche(t.Context(), demande(cle, annuaire.IDB))
	require.NoError(t, err)
	assert.Equal(t, annuaire.Trouvee, r.Issue)
	assert.Equal(t, []string{unIDB, deuxIDB}, r.Adresses())
	assert.Equal(t, annuaire.Operateur{Code: "OPUN", Nom: "OPERATEUR UN SIMULE"}, r.Entrees[0].Operateur)
	assert.Equal(t, []any{annuaire.Directe, depart, time.Duration(0)}, []any{r.Origine, r.RecuLe, r.Age})
	assert.Empty(t, r.Anomalies)

	zeros := cle
	zeros.Numero = "0434243085" // the same insurer: no other call
	r, err = c.Cherche(t.Context(), demande(zeros, annuaire.IDB))
	require.NoError(t, err)
	assert.Equal(t, annuaire.Memoire, r.Origine)
	assert.Len(t, s.Appels(), 1)

	autre := cle
	autre.Numero = "302976568" // another insurer, the same operator
	r, err = c.Cherche(t.Context(), demande(autre, annuaire.IDB))
	require.NoError(t, err)
	assert.Equal(t, "OPUN", r.Entrees[0].Operateur.Code)

	r, err = c.Cherche(t.Context(), demande(cle, annuaire.DRE))
	require.NoError(t, err)
	assert.Equal(t, []string{"dre@operateur-un.example"}, r.Adresses())

	r, err = c.Cherche(t.Context(), demande(cleChoix, annuaire.CLC))
	require.NoError(t, err)
	assert.Equal(t, annuaire.AChoisir, r.Issue)
	assert.Nil(t, r.Adresses(), "nothing is chosen for the agent")
	assert.Equal(t, []simphonie.Code{"ANN-CHOIX"}, r.Anomalies.Codes())
	choisi, err := r.Choisit(1)
	require.NoError(t, err)
	assert.Equal(t, []string{"https://operateur-deux.example/roc/clc"}, choisi.Adresses())
	assert.Empty(t, choisi.Anomalies)
	assert.Len(t, r.Entrees, 2)
	_, err = r.Choisit(2)
	assert.Equal(t, simphonie.Code("ANN-CHOIX-RANG"), code(err))

	r, err = c.Cherche(t.Context(), demande(cleAbsente, annuaire.IDB))
	require.NoError(t, err)
	assert.Equal(t, annuaire.HorsAnnuaire, r.Issue)
	assert.Equal(t, []simphonie.Code{"ANN-HORS-ANNUAIRE"}, r.Anomalies.Codes())
	for _, a := range s.Appels() {
		assert.Empty(t, a.Motif)
	}
}

func TestFiche(t *testing.T) {
	c, s, _ := monte(t, func(o *annuaire.Options) { delete(o.Parametres.Services, annuaire.SIM) })
	require.NoError(t, s.Enfile("", "normal", "http:500"))
	f, err := c.Fiche(t.Context(), ej, cle)
	assert.Equal(t, []simphonie.Code{"TSV-HTTP"}, codes(err))
	assert.Len(t, f, 3)
	assert.Equal(t, []string{"dre@operateur-un.example"}, f[annuaire.DRE].Adresses())
	assert.NotContains(t, f, annuaire.SIM)
}

// What is trusted, and what is said of the rest.
func TestAdressesRefusees(t *testing.T) {
	for scenario, attendu := range map[annuairetest.Scenario][]simphonie.Code{
		"url:http": {"ANN-URL-SCHEMA"}, "url:identifiants": {"ANN-URL-IDENTIFIANTS"}, "url:privee": {"ANN-URL-PRIVEE"},
		"url:hote": {"ANN-URL-HOTE"}, "url:longue": {"ANN-URL-FORME"}, "url:forme": {"ANN-URL-FORME"},
	} {
		c, s, _ := monte(t, func(o *annuaire.Options) { o.Politique.Hotes = []string{".operateur-un.example"} })
		require.NoError(t, s.Scenario("434243085", scenario))
		r, err := c.Cherche(t.Context(), demande(cle, annuaire.IDB))
		require.NoError(t, err)
		assert.Equal(t, attendu, r.Anomalies.Codes(), string(scenario))
		assert.Equal(t, []string{unIDB, deuxIDB}, r.Adresses())
		assert.Equal(t, "entrees[0].adresses[0]", r.Anomalies[0].Chemin)
	}
	c, s, _ := monte(t)
	for scenario, attendu := range map[annuairetest.Scenario]simphonie.Code{"sans-adresse": "ANN-SANS-ADRESSE", "expiree": "ANN-ENTREE-EXPIREE"} {
		require.NoError(t, s.Enfile("", scenario))
		r, err := c.Cherche(t.Context(), demande(cle, map[annuairetest.Scenario]annuaire.Service{"sans-adresse": annuaire.IDB, "expiree": annuaire.SIM}[scenario]))
		require.NoError(t, err)
		assert.Contains(t, r.Anomalies.Codes(), attendu)
		assert.Nil(t, r.Adresses())
	}
}

// Every way of failing, without and with a former answer.
func TestModeDegrade(t *testing.T) {
	for scenario, attendu := range map[annuairetest.Scenario]simphonie.Code{
		"coupe-apres-lecture": "TSV-RESEAU", "coupe-au-milieu": "TSV-RESEAU", "tronque": "TSV-REPONSE", "vide": "TSV-REPONSE", "faute:Server": "TSV-FAUTE",
		"http:503": "TSV-HTTP", "redirection:https://127.0.0.1:1/": "TSV-HTTP", "type-faux": "TSV-HTTP", "enorme:2": "TSV-TAILLE", "doctype": "TSV-REPONSE", "soap12": "TSV-REPONSE",
	} {
		t.Run(string(scenario), func(t *testing.T) {
			c, s, h := monte(t)
			require.NoError(t, s.Enfile("", scenario))
			r, err := c.Cherche(t.Context(), demande(cle, annuaire.IDB))
			assert.Equal(t, attendu, code(err))
			assert.Nil(t, r)
			_, ok := annuaire.PanneDe(err)
			assert.True(t, ok)

			_, err = c.Cherche(t.Context(), demande(cle, annuaire.IDB))
			require.NoError(t, err)
			h.avance(25 * time.Hour)
			require.NoError(t, s.Enfile("", scenario))
			r, err = c.Cherche(t.Context(), demande(cle, annuaire.IDB))
			require.NoError(t, err)
			assert.Equal(t, []any{annuaire.DerniereBonne, 25 * time.Hour, depart}, []any{r.Origine, r.Age, r.RecuLe})
			assert.Equal(t, attendu, code(r.Cause))
			assert.Equal(t, []string{unIDB, deuxIDB}, r.Adresses())
			assert.Equal(t, []simphonie.Code{"ANN-DEGRADE"}, r.Anomalies.Codes())
			assert.Contains(t, r.Anomalies[0].Message, "25 h 00 min")

			h.avance(30 * 24 * time.Hour) // too old to serve
			require.NoError(t, s.Enfile("", scenario))
			_, err = c.Cherche(t.Context(), demande(cle, annuaire.IDB))
			assert.Equal(t, attendu, code(err))
		})
	}
}

// A slow directory: the caller's time is kept; a caller who gave up gets no old answer.
func TestLent(t *testing.T) {
	c, s, h := monte(t)
	_, err := c.Cherche(t.Context(), demande(cle, annuaire.IDB))
	require.NoError(t, err)
	h.avance(72 * time.Hour)
	require.NoError(t, s.Scenario("", "lent:1m"))
	ctx, fin := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer fin()
	r, err := c.Cherche(ctx, demande(cle, annuaire.IDB))
	require.NoError(t, err)
	assert.Equal(t, simphonie.Code("TSV-DELAI"), code(r.Cause))
	assert.Contains(t, r.Anomalies[0].Message, "3 jours")
	ctx, fin = context.WithCancel(t.Context())
	fin()
	_, err = c.Cherche(ctx, demande(cle, annuaire.IDB))
	assert.Equal(t, simphonie.Code("TSV-ABANDON"), code(err))
}

// How long answers are good, found or not; an absence replaces what was known.
func TestDurees(t *testing.T) {
	c, s, h := monte(t)
	appels := func(n int, issue annuaire.Issue, k simphonie.CleAMC) {
		t.Helper()
		r, err := c.Cherche(t.Context(), demande(k, annuaire.IDB))
		require.NoError(t, err)
		assert.Equal(t, issue, r.Issue)
		assert.Len(t, s.Appels(), n)
	}
	appels(1, annuaire.Trouvee, cle)
	appels(2, annuaire.HorsAnnuaire, cleAbsente)
	h.avance(59 * time.Minute)
	appels(2, annuaire.HorsAnnuaire, cleAbsente)
	h.avance(time.Minute)
	appels(3, annuaire.HorsAnnuaire, cleAbsente)
	h.avance(22*time.Hour + 59*time.Minute)
	appels(3, annuaire.Trouvee, cle)
	h.avance(time.Minute)
	require.NoError(t, s.Enfile("", "inconnu", "http:503"))
	appels(4, annuaire.HorsAnnuaire, cle)
	h.avance(2 * time.Hour)
	_, err := c.Cherche(t.Context(), demande(cle, annuaire.IDB))
	assert.Equal(t, simphonie.Code("TSV-HTTP"), code(err), "an old absence is no answer")
}

// An entry that comes to its end is asked again before the time of the memory,
// and never serves after it.
func TestExpiration(t *testing.T) {
	h := &horloge{t: depart}
	s := annuairetest.NewServer(t, annuairetest.AvecHorloge(h.maintenant), annuairetest.AvecInscrits(annuairetest.Inscrit{
		Numero: "88", Service: "IDB", Operateur: "OP", Adresses: []string{unIDB}, Expire: depart.Add(time.Hour)}))
	c, err := annuaire.New(canal(t, config(t, s, h)), options())
	require.NoError(t, err)
	k := simphonie.CleAMC{Numero: "88", Domaine: simphonie.Externe}
	r, err := c.Cherche(t.Context(), demande(k, annuaire.IDB))
	require.NoError(t, err)
	assert.Equal(t, annuaire.Trouvee, r.Issue)
	h.avance(time.Hour)
	require.NoError(t, s.Enfile("", "http:503"))
	_, err = c.Cherche(t.Context(), demande(k, annuaire.IDB))
	assert.Equal(t, simphonie.Code("TSV-HTTP"), code(err))
	for range 2 {
		r, err = c.Cherche(t.Context(), demande(k, annuaire.IDB))
		require.NoError(t, err)
		assert.Equal(t, []simphonie.Code{"ANN-ENTREE-EXPIREE", "ANN-HORS-ANNUAIRE"}, r.Anomalies.Codes())
	}
	assert.Len(t, s.Appels(), 3, "an answer that came past its end is kept like an absence")
}

// Off, on, elsewhere.
func TestAiguillage(t *testing.T) {
	c, s, h := monte(t)
	k := canal(t, config(t, s, h))
	inactif, err := annuaire.New(k, annuaire.Options{Aiguillage: annuaire.Aiguillage{Mode: annuaire.Inactif}})
	require.NoError(t, err, "no setting is wanted while it is off")
	r, err := inactif.Cherche(t.Context(), demande(cle, annuaire.IDB))
	require.NoError(t, err)
	assert.Equal(t, annuaire.NonInterroge, r.Issue)
	assert.Equal(t, []simphonie.Code{"ANN-NON-INTERROGE"}, r.Anomalies.Codes())
	assert.ErrorIs(t, inactif.Bascule(annuaire.Aiguillage{}), annuaire.ErrParametreAnnuaire)
	assert.Empty(t, s.Appels())

	_, err = c.Cherche(t.Context(), demande(cle, annuaire.IDB))
	require.NoError(t, err)
	require.NoError(t, c.Bascule(annuaire.Aiguillage{Mode: annuaire.Inactif}))
	h.avance(25 * time.Hour)
	r, err = c.Cherche(t.Context(), demande(cle, annuaire.IDB))
	require.NoError(t, err)
	assert.Equal(t, annuaire.DerniereBonne, r.Origine)
	assert.NoError(t, r.Cause)

	require.NoError(t, c.Bascule(annuaire.Aiguillage{URL: "http://ailleurs.example/"}))
	_, err = c.Cherche(t.Context(), demande(cle, annuaire.SIM))
	assert.Equal(t, simphonie.Code("TSV-MESSAGE"), code(err))
	require.NoError(t, c.Bascule(annuaire.Aiguillage{URL: s.URL}))
	_, err = c.Cherche(t.Context(), demande(cle, annuaire.SIM))
	require.NoError(t, err)
	assert.Equal(t, simphonie.Code("ANN-CONFIG"), code(c.Bascule(annuaire.Aiguillage{Mode: 7})))
}

// The table comes first; what it does not have is asked.
func TestTableDAbord(t *testing.T) {
	table, err := annuaire.LoadTable(lignes("operateur;nom;service;rang;adresse", "LOCAL;Opérateur local;IDB;1;https://local.example/idb"),
		lignes("numero_amc;convention;csr;domaine;operateur", "434243085;SP;A??;;LOCAL"), annuaire.Politique{})
	require.NoError(t, err)
	c, s, _ := monte(t, func(o *annuaire.Options) { o.Table = table })
	r, err := c.Cherche(t.Context(), demande(cle, annuaire.IDB))
	require.NoError(t, err)
	assert.Equal(t, annuaire.Local, r.Origine)
	assert.Equal(t, []string{"https://local.example/idb"}, r.Adresses())
	assert.Empty(t, s.Appels())
	r, err = c.Cherche(t.Context(), demande(cle, annuaire.SIM))
	require.NoError(t, err)
	assert.Equal(t, annuaire.Directe, r.Origine)
}

// A hundred desks ask the same at once: one call.
func TestUnSeulAppel(t *testing.T) {
	c, s, _ := monte(t)
	require.NoError(t, s.Scenario("", "lent:100ms"))
	var groupe sync.WaitGroup
	for range 100 {
		groupe.Go(func() {
			r, err := c.Cherche(t.Context(), demande(cle, annuaire.IDB))
			if assert.NoError(t, err) {
				assert.Len(t, r.Adresses(), 2)
			}
		})
	}
	groupe.Wait()
	assert.Len(t, s.Appels(), 1)
}

// Memory over a restart.
func TestSauveRestaure(t *testing.T) {
	c, s, h := monte(t)
	for _, k := range []simphonie.CleAMC{cle, cleChoix, cleAbsente} {
		_, err := c.Cherche(t.Context(), demande(k, annuaire.IDB))
		require.NoError(t, err)
	}
	fichier := filepath.Join(t.TempDir(), "annuaire.instantane")
	require.NoError(t, c.Sauve(fichier))
	require.NoError(t, c.Sauve(fichier), "over the former one")
	restes, err := os.ReadDir(filepath.Dir(fichier))
	require.NoError(t, err)
	assert.Len(t, restes, 1)

	neuf, err := annuaire.New(canal(t, config(t, s, h)), options())
	require.NoError(t, err)
	_, err = neuf.Restaure(fichier + ".absent")
	assert.ErrorIs(t, err, os.ErrNotExist)
	n, err := neuf.Restaure(fichier)
	require.NoError(t, err)
	assert.Equal(t, 3, n)
	r, err := neuf.Cherche(t.Context(), demande(cle, annuaire.IDB))
	require.NoError(t, err)
	assert.Equal(t, annuaire.Memoire, r.Origine)
	assert.Len(t, s.Appels(), 3)
	h.avance(25 * time.Hour)
	require.NoError(t, s.Scenario("", "http:503"))
	r, err = neuf.Cherche(t.Context(), demande(cle, annuaire.IDB))
	require.NoError(t, err)
	assert.Equal(t, []any{annuaire.DerniereBonne, 25 * time.Hour}, []any{r.Origine, r.Age})

	qualif := config(t, s, h)
	qualif.Environnement = teleservice.Qualification
	_, err = c.LitInstantane(nil)
	assert.Equal(t, simphonie.Code("ANN-CONFIG"), code(err))
	err = c.Sauve(filepath.Join(fichier, "ici", "non"))
	assert.Equal(t, simphonie.Code("ANN-INSTANTANE"), code(err))
	assert.NotContains(t, err.Error(), fichier)
}

// Who waits for the call of another keeps its own time, and calls in its turn
// when the other gives up.
func TestAttenteDUnAutre(t *testing.T) {
	c, s, _ := monte(t)
	require.NoError(t, s.Enfile("", "lent:1m", "normal"))
	ctx, abandonne := context.WithCancel(t.Context())
	var groupe sync.WaitGroup
	groupe.Go(func() {
		_, err := c.Cherche(ctx, demande(cle, annuaire.IDB))
		assert.Equal(t, simphonie.Code("TSV-ABANDON"), code(err))
	})
	require.Eventually(t, func() bool { return len(s.Appels()) == 1 }, 10*time.Second, time.Millisecond)
	presse, fin := context.WithTimeout(t.Context(), time.Millisecond)
	defer fin()
	_, err := c.Cherche(presse, demande(cle, annuaire.IDB))
	e, _ := errors.AsType[*simphonie.Erreur](err)
	require.NotNil(t, e)
	assert.Equal(t, []any{simphonie.Code("ANN-ATTENTE"), true, true}, []any{e.Code, e.Reessayable, e.LimiteLocale})
	groupe.Go(func() {
		r, err := c.Cherche(t.Context(), demande(cle, annuaire.IDB))
		if assert.NoError(t, err) {
			assert.Equal(t, annuaire.Trouvee, r.Issue)
		}
	})
	abandonne()
	groupe.Wait()
	assert.Len(t, s.Appels(), 2)
}
