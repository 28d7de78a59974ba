package roc_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/roc"
	"github.com/simphonie/simphonie/roc/dossier"
	"github.com/simphonie/simphonie/roc/modele"
	"github.com/simphonie/simphonie/roc/roctest"
)

// pannes are the faults at each boundary of a message, before and after the
// insurer has done what it was asked.
var pannes = []roctest.Scenario{
	"coupe-avant-lecture", "sans-effet:coupe-apres-lecture", "coupe-apres-lecture", "sans-effet:coupe-au-milieu", "coupe-au-milieu",
	"sans-effet:tronque", "tronque", "sans-effet:vide", "vide", "correlation-fausse", "sans-correlation",
	"sans-effet:normal", "sans-effet:faute:/panne", "faute:/panne", "faute:siram_40/desir_1020", "sans-effet:http:502", "http:502", "sans-effet:http:503", "http:503",
	"http:400", "http:404", "http:429", "http:504", "http:200", "redirection:https://ailleurs.invalid/", "type-faux", "enorme:2", "doctype", "latin1", "profond",
}

// passent are the scenarios that are no fault.
var passent = []roctest.Scenario{"normal", "lent:1ms", "prefixes:melange", "prefixes:croise", "prefixes:env"}

// inconnueOuRien holds an error of a call that commits money to its promise.
func inconnueOuRien(t testing.TB, err error) bool {
	t.Helper()
	e, ok := errors.AsType[*simphonie.Erreur](err)
	require.True(t, ok, "%v", err)
	assert.False(t, e.Reessayable && e.IssueInconnue, "%v", err)
	p, ok := roc.PanneDe(err)
	assert.True(t, ok, "%v", err)
	assert.Equal(t, e.IssueInconnue, strings.Contains(p.Conduite, "à clarifier"), "%v", p)
	return e.IssueInconnue
}

// refuse says that a call that commits money is refused here and does not leave.
func (h *hopital) refuse(t testing.TB, d *roc.Dossier, b *roctest.Beneficiaire) {
	t.Helper()
	avant := h.s.Requetes()
	_, _, err := h.client.CLC(t.Context(), d, h.clc(d.Venue, b))
	assert.Error(t, err)
	_, _, err = h.client.Annule(t.Context(), d, h.del(d.Venue, b))
	assert.Error(t, err)
	assert.Equal(t, avant, h.s.Requetes(), "nothing left")
}

// Every single fault at every boundary of each service.
func TestChaquePanne(t *testing.T) {
	t.Parallel()
	h := nouvelHopital(t, roctest.AvecDoubles())
	ctx := t.Context()
	b := connu(t, amc, "ordinaire")
	var ds []roc.Dossier
	for i, sc := range append(pannes, passent...) {
		panne := i < len(pannes)
		for _, s := range []modele.Service{modele.IDB, modele.SIM, modele.CLC, modele.DEL} {
			nom := fmt.Sprintf("%s %s", s, sc)
			venue := fmt.Sprintf("V%d-%s", i, s)
			d, err := dossier.New(venue, amc)
			require.NoError(t, err)
			atteint := func() {
				t.Helper()
				require.NoError(t, h.s.Enfile(roctest.Cible{Service: s, AMC: amc}, sc))
			}

			// Reads: three attempts are made; one fault is got over, or the call is made again.
			if s == modele.IDB {
				atteint()
			}
			suite, _, err := h.client.IDB(ctx, &d, h.idb(venue, b))
			if err != nil {
				require.True(t, panne && s == modele.IDB, "%s: %v", nom, err)
				assert.Equal(t, dossier.NonParti, suite.Dossier.Appels[0].Statut, nom)
				suite, _, err = h.client.IDB(ctx, &suite.Dossier, h.idb(venue, b))
			}
			require.NoError(t, err, nom)
			require.Equal(t, dossier.Identifie, suite.Dossier.Etat, nom)
			if s == modele.SIM {
				atteint()
			}
			suite, _, err = h.client.SIM(ctx, &suite.Dossier, h.sim(venue, b))
			if err != nil {
				require.True(t, panne && s == modele.SIM, "%s: %v", nom, err)
				suite, _, err = h.client.SIM(ctx, &suite.Dossier, h.sim(venue, b))
			}
			require.NoError(t, err, nom)
			require.Equal(t, dossier.Simule, suite.Dossier.Etat, nom)
			require.Empty(t, h.s.Vivants(amc, venue), nom)

			// Calls that commit money: one request, and no doubt is hidden.
			if d = suite.Dossier; s.Engage() {
				if s == modele.CLC {
					atteint()
				}
				d = h.engage(t, nom, &d, b, modele.CLC, panne && s == modele.CLC)
			}
			if s == modele.DEL {
				atteint()
				d = h.engage(t, nom, &d, b, modele.DEL, panne)
			}
			ds = append(ds, d)
		}
	}
	h.verifie(t, ds)
	assert.Len(t, h.s.Vivants("", ""), len(pannes)+len(passent), "those that were not annulled")
}

// engage makes a CLC or an annulation, which a fault may await, and clarifies
// until it is done.
func (h *hopital) engage(t testing.TB, nom string, d *roc.Dossier, b *roctest.Beneficiaire, s modele.Service, panne bool) roc.Dossier {
	t.Helper()
	appelle := func(d *roc.Dossier) (roc.Dossier, error) {
		if s == modele.CLC {
			suite, _, err := h.client.CLC(t.Context(), d, h.clc(d.Venue, b))
			return suite.Dossier, err
		}
		suite, _, err := h.client.Annule(t.Context(), d, h.del(d.Venue, b))
		return suite.Dossier, err
	}
	fait := map[modele.Service]dossier.Etat{modele.CLC: dossier.Calcule, modele.DEL: dossier.Annule}[s]
	avant := h.s.Requetes()[s]
	n, err := appelle(d)
	assert.LessOrEqual(t, h.s.Requetes()[s], avant+1, "%s: sent once", nom)
	// A copy of the dossier from before the call does not make it again.
	avant = h.s.Requetes()[s]
	_, ancien := appelle(d)
	assert.Error(t, ancien, nom)
	assert.Equal(t, avant, h.s.Requetes()[s], "%s: nothing left from the old copy", nom)
	if !panne {
		require.NoError(t, err, nom)
		require.Equal(t, fait, n.Etat, nom)
		return n
	}
	require.Error(t, err, nom)
	// All of these faults come once the request may have left.
	assert.True(t, inconnueOuRien(t, err), "%s: %v", nom, err)
	require.True(t, n.AClarifier(), nom)
	h.refuse(t, &n, b)
	n = h.eclaircit(t, &n)
	require.False(t, n.AClarifier(), nom)
	if n.Etat == fait {
		return n
	}
	n, err = appelle(&n)
	require.NoError(t, err, nom)
	require.Equal(t, fait, n.Etat, nom)
	return n
}

// Three faults in a row end a read; nothing is committed and it may be made again.
func TestLecturesEpuisees(t *testing.T) {
	h := nouvelHopital(t)
	b := connu(t, amc, "ordinaire")
	d, err := dossier.New("V", amc)
	require.NoError(t, err)
	for _, sc := range pannes {
		require.NoError(t, h.s.Enfile(roctest.Cible{Service: modele.IDB}, sc, sc, sc))
		suite, _, err := h.client.IDB(t.Context(), &d, h.idb("V", b))
		e, ok := errors.AsType[*simphonie.Erreur](err)
		require.True(t, ok, sc)
		assert.False(t, e.IssueInconnue, sc)
		assert.False(t, suite.Dossier.AClarifier())
		for err != nil { // what is left of the queue
			_, _, err = h.client.IDB(t.Context(), &d, h.idb("V", b))
		}
		suite, _, err = h.client.IDB(t.Context(), &d, h.idb("V", b))
		require.NoError(t, err, sc)
		require.Equal(t, dossier.Identifie, suite.Dossier.Etat)
	}
	h.verifie(t, nil)
}

// The caller gives up while the insurer, which is committed, is slow to answer.
func TestAbandonEnVol(t *testing.T) {
	ctx, abandonne := context.WithCancel(t.Context())
	h := nouvelHopital(t, roctest.AvecTrace(func(a roctest.Appel) {
		if a.Service == modele.CLC {
			abandonne()
		}
	}))
	b := connu(t, amc, "ordinaire")
	d, err := dossier.New("V", amc)
	require.NoError(t, err)
	suite, _, err := h.client.IDB(t.Context(), &d, h.idb("V", b))
	require.NoError(t, err)
	require.NoError(t, h.s.Enfile(roctest.Cible{Service: modele.CLC}, "lent:1h"))
	suite, _, err = h.client.CLC(ctx, &suite.Dossier, h.clc("V", b))
	assert.True(t, inconnueOuRien(t, err))
	assert.Len(t, h.s.Vivants(amc, "V"), 1, "the insurer is committed")
	h.verifie(t, []roc.Dossier{suite.Dossier})
	apres := h.eclaircit(t, &suite.Dossier)
	assert.Equal(t, dossier.Calcule, apres.Etat)
	h.verifie(t, []roc.Dossier{apres})
}

// Agents who ask together, each from their own copy of the dossier: one CLC is made.
func TestEnsemble(t *testing.T) {
	h := nouvelHopital(t, roctest.AvecDoubles())
	b := connu(t, amc, "ordinaire")
	d, err := dossier.New("V", amc)
	require.NoError(t, err)
	suite, _, err := h.client.IDB(t.Context(), &d, h.idb("V", b))
	require.NoError(t, err)
	var qs [8]roc.DemandeCLC
	for i := range qs {
		qs[i] = h.clc("V", b)
	}
	var faites [len(qs)]roc.Suite
	var groupe sync.WaitGroup
	for i, q := range qs {
		copie := suite.Dossier
		groupe.Go(func() { faites[i], _, _ = h.client.CLC(t.Context(), &copie, q) })
	}
	groupe.Wait()
	assert.Equal(t, roctest.Bilan{Calculs: 1, Engages: 1}, h.s.Bilan(""))
	var ds []roc.Dossier
	for _, s := range faites {
		if s.Dossier.Calcul != nil { // it asked, or came once the answer was in the journal
			assert.Equal(t, h.s.Vivants(amc, "V")[0].Requete, s.Dossier.Calcul.Requete)
			ds = append(ds, s.Dossier)
		}
	}
	require.NotEmpty(t, ds)
	h.verifie(t, ds[:1])
}

// An address where nobody listens: nothing left, and it may be asked again.
func TestGuichetFerme(t *testing.T) {
	h := nouvelHopital(t)
	b := connu(t, amc, "ordinaire")
	d, err := dossier.New("V", amc)
	require.NoError(t, err)
	suite, _, err := h.client.IDB(t.Context(), &d, h.idb("V", b))
	require.NoError(t, err)
	require.NoError(t, h.s.Close())
	suite, _, err = h.client.CLC(t.Context(), &suite.Dossier, h.clc("V", b))
	assert.False(t, inconnueOuRien(t, err))
	assert.Nil(t, suite.Dossier.Suspens)
	h.verifie(t, []roc.Dossier{suite.Dossier})
}

// Random pairs of faults on many dossiers, at every insurer. The seed is
// printed; SIMPHONIE_GRAINE plays it again, and -run PairesDePannes/2 one part of it.
func TestPairesDePannes(t *testing.T) {
	t.Parallel()
	n, graine := 300, rand.Uint64()
	switch {
	case os.Getenv("SIMPHONIE_COMPLET") == "1":
		n = 5000
	case testing.Short():
		n = 40
	}
	if s := os.Getenv("SIMPHONIE_GRAINE"); s != "" {
		var err error
		graine, err = strconv.ParseUint(s, 10, 64)
		require.NoError(t, err)
	}
	t.Logf("SIMPHONIE_GRAINE=%d, %d dossiers", graine, n)
	const ensemble = 4
	for i := range ensemble {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			t.Parallel()
			h := nouvelHopital(t, roctest.AvecDoubles())
			var ds []roc.Dossier
			var b bilanPaires
			for k := i; k < n; k += ensemble {
				ds = append(ds, h.promene(t, k, rand.New(rand.NewPCG(graine, uint64(k))), &b))
			}
			h.verifie(t, ds)
			t.Logf("%d dossiers, %d commitments, %+v", len(ds), h.s.Bilan("").Engages, b)
			assert.GreaterOrEqual(t, b.pannes, len(ds), "faults were played")
			if len(ds) >= 50 { // one doubt in four: of few, none may be left
				assert.Positive(t, b.restees, "doubts were left on the list")
			}
			assert.Equal(t, b.inconnues, b.eclaircies+b.restees)
		})
	}
}

// bilanPaires says what was played.
type bilanPaires struct{ pannes, inconnues, eclaircies, restees int }

// promene walks one dossier to a commitment, its annulation and another one,
// two calls of it troubled, and leaves some doubts where they are.
func (h *hopital) promene(t *testing.T, k int, r *rand.Rand, bilan *bilanPaires) roc.Dossier {
	venue := fmt.Sprintf("V%d", k)
	guichets := h.s.Guichets()
	g := guichets[r.IntN(len(guichets))]
	b := connu(t, g.Assureurs[r.IntN(len(g.Assureurs))].Numero, "ordinaire")
	services := []modele.Service{modele.IDB, modele.SIM, modele.CLC, modele.DEL, modele.CLC}
	prevues := map[int][]roctest.Scenario{} // by rank of the call
	for range 2 {
		i := r.IntN(len(services))
		prevues[i] = append(prevues[i], pannes[r.IntN(len(pannes))])
	}
	d, err := dossier.New(venue, b.AMC)
	require.NoError(t, err)
	for i, s := range services {
		// What is wanted of the call, until it is had: a fault a turn.
		for tour := 0; ; tour++ {
			require.Less(t, tour, 5, "%s %s", venue, s)
			if len(prevues[i]) > 0 {
				require.NoError(t, h.s.Enfile(roctest.Cible{Guichet: g.Nom, Service: s}, prevues[i][0]))
				prevues[i] = prevues[i][1:]
				bilan.pannes++
			}
			n, err := h.appelle(t, s, &d, b)
			if !s.Engage() {
				d = n
				if err == nil && len(prevues[i]) == 0 {
					break
				}
				continue
			}
			d = n
			if err == nil {
				break
			}
			require.True(t, inconnueOuRien(t, err), "%s: %v", venue, err)
			bilan.inconnues++
			h.refuse(t, &d, b)
			if r.IntN(4) == 0 {
				bilan.restees++
				return d // somebody will look
			}
			bilan.eclaircies++
			d = h.eclaircit(t, &d)
			if s == modele.CLC && d.Calcul != nil || s == modele.DEL && d.Calcul == nil {
				break // it had been done
			}
		}
		if s == modele.DEL && d.Calcul != nil {
			return d // this insurer does not annul
		}
	}
	return d
}

func (h *hopital) appelle(t *testing.T, s modele.Service, d *roc.Dossier, b *roctest.Beneficiaire) (roc.Dossier, error) {
	switch s {
	case modele.IDB:
		suite, _, err := h.client.IDB(t.Context(), d, h.idb(d.Venue, b))
		return suite.Dossier, err
	case modele.SIM:
		suite, _, err := h.client.SIM(t.Context(), d, h.sim(d.Venue, b))
		return suite.Dossier, err
	case modele.CLC:
		suite, _, err := h.client.CLC(t.Context(), d, h.clc(d.Venue, b))
		return suite.Dossier, err
	}
	suite, _, err := h.client.Annule(t.Context(), d, h.del(d.Venue, b))
	return suite.Dossier, err
}
