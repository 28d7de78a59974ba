package roc_test

import (
	"context"
	"errors"
	"math"
	"net/http"
	"sync"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/annuaire"
	"github.com/simphonie/simphonie/roc"
	"github.com/simphonie/simphonie/roc/dossier"
	"github.com/simphonie/simphonie/roc/reference"
)

func perd(string, http.ResponseWriter) bool { panic(http.ErrAbortHandler) }

// autreCLC asks for other amounts than clc.
func autreCLC() roc.DemandeCLC {
	q := clc()
	q.Lignes[0].Honoraires += 100
	return q
}

// Two programs that hold the same dossier make one CLC, even when the lines
// were corrected in between, and whether or not the first answer is known.
func TestUnSeulCalculAutresLignes(t *testing.T) {
	for _, perdue := range []bool{false, true} {
		b := installe(t)
		d := b.identifie(t)
		if perdue {
			b.apres = perd
		}
		q := clc()
		premier, _, err := b.client.CLC(t.Context(), &d, q)
		require.Equal(t, perdue, err != nil)
		b.apres = nil
		autre := autreCLC()
		s, _, err := b.client.CLC(t.Context(), &d, autre)
		assert.Equal(t, simphonie.Code("ROC-DEJA-PARTI"), code(err))
		assert.Equal(t, 1, b.recues["DemandeCLC"], "the insurer is committed once")
		assert.Equal(t, premier.Dossier.Calcul, s.Dossier.Calcul)
		assert.Equal(t, premier.Dossier.Suspens, s.Dossier.Suspens)
		if !perdue {
			// What was computed is not what would be billed now.
			assert.True(t, s.Dossier.Applique(b.client.Emission("F1", jour, autre, nil), roc.Politique{}).Refuse)
		}
	}
}

// An old copy of a dossier does not bring back a CLC that was annulled since.
func TestCopieDAvantAnnulation(t *testing.T) {
	b := installe(t)
	d := b.identifie(t)
	var envol []byte
	b.config.Garde = func(_ context.Context, d *roc.Dossier) (err error) {
		if envol == nil {
			envol, err = dossier.Encode(d)
		}
		return err
	}
	b.client = b.nouveau(t)
	s, _, err := b.client.CLC(t.Context(), &d, clc())
	require.NoError(t, err)
	_, _, err = b.client.Annule(t.Context(), &s.Dossier, del())
	require.NoError(t, err)
	s, _, err = b.client.CLC(t.Context(), &d, clc())
	assert.Equal(t, simphonie.Code("ROC-DEJA-PARTI"), code(err))
	assert.Nil(t, s.Dossier.Calcul, "it is annulled")
	relu, err := dossier.Decode(envol)
	require.NoError(t, err)
	s, err = b.client.Reprend(t.Context(), relu)
	require.NoError(t, err)
	assert.Equal(t, dossier.Annule, s.Dossier.Etat)
	s, _, err = b.client.CLC(t.Context(), &s.Dossier, clc())
	require.NoError(t, err, "the copy has caught up")
	assert.Equal(t, dossier.Calcule, s.Dossier.Etat)
}

// Nor does a decision on an old copy of a doubt, that was clarified, then annulled.
func TestDecisionDAvantAnnulation(t *testing.T) {
	b := installe(t)
	d := b.identifie(t)
	b.apres = perd
	s, _, err := b.client.CLC(t.Context(), &d, clc())
	require.Error(t, err)
	b.apres = nil
	ancien := s.Dossier
	x := dossier.Decision{Requete: ancien.Suspens.Requete, Verdict: dossier.Effective, Par: simphonie.NewConfidentiel("A"), Motif: simphonie.NewConfidentiel("B")}
	s, err = b.client.Decide(t.Context(), &ancien, x)
	require.NoError(t, err)
	_, _, err = b.client.Annule(t.Context(), &s.Dossier, del())
	require.NoError(t, err)
	s, err = b.client.Decide(t.Context(), &ancien, x)
	require.NoError(t, err)
	assert.Equal(t, dossier.Annule, s.Dossier.Etat)
}

// A decision closes the request that it names, not a later one of the same visit.
func TestDecisionSurAncienneCopie(t *testing.T) {
	b := installe(t)
	d := b.identifie(t)
	var envol []byte
	b.config.Garde = func(_ context.Context, d *roc.Dossier) (err error) {
		if envol == nil {
			envol, err = dossier.Encode(d)
		}
		return err
	}
	b.client = b.nouveau(t)
	b.avant = perd
	s, _, err := b.client.CLC(t.Context(), &d, clc())
	require.Error(t, err)
	b.avant = nil
	ancien := s.Dossier
	x := dossier.Decision{Requete: ancien.Suspens.Requete, Verdict: dossier.SansEffet, Par: simphonie.NewConfidentiel("A"), Motif: simphonie.NewConfidentiel("B")}
	s, err = b.client.Decide(t.Context(), &ancien, x)
	require.NoError(t, err)
	b.apres = perd
	q := clc()
	s, _, err = b.client.CLC(t.Context(), &s.Dossier, q)
	require.Error(t, err)
	b.apres = nil
	require.Len(t, b.engages, 1)

	_, err = b.client.Decide(t.Context(), &ancien, x) // the same person, twice
	require.NoError(t, err)
	liste, err := b.client.AClarifier(t.Context(), 10)
	require.NoError(t, err)
	assert.Len(t, liste, 1, "the second request is still to be clarified")
	_, _, err = b.client.CLC(t.Context(), &d, clc())
	assert.Equal(t, simphonie.Code("ROC-DEJA-PARTI"), code(err))
	assert.Len(t, b.engages, 1, "the insurer is committed once")

	// Nor is the answer to the second that of the first.
	x.Requete, x.Verdict = q.Requete, dossier.SansEffet
	s, err = b.client.Decide(t.Context(), &s.Dossier, x)
	require.NoError(t, err)
	_, _, err = b.client.CLC(t.Context(), &s.Dossier, clc())
	require.NoError(t, err)
	relu, err := dossier.Decode(envol)
	require.NoError(t, err)
	s, err = b.client.Reprend(t.Context(), relu)
	require.NoError(t, err)
	assert.Nil(t, s.Dossier.Calcul, "this answer is to another request")
}

// A read under the identifier of another one is not made: it could not be kept.
func TestRequeteDejaPrise(t *testing.T) {
	b := installe(t)
	d := b.identifie(t)
	q, s := idb(), sim()
	q.Requete, s.Requete = d.Appels[0].Requete, d.Appels[0].Requete
	_, _, err := b.client.IDB(t.Context(), &d, q)
	assert.ErrorContains(t, err, "ROC-APPEL")
	_, _, err = b.client.SIM(t.Context(), &d, s)
	assert.ErrorContains(t, err, "ROC-APPEL")
	assert.Equal(t, map[string]int{"DemandeIDB": 1}, b.recues)
}

// The commitment that is undone is that of the dossier.
func TestAnnuleAutreEngagement(t *testing.T) {
	b := installe(t)
	d := b.identifie(t)
	c := clc()
	s, _, err := b.client.CLC(t.Context(), &d, c)
	require.NoError(t, err)
	q := del()
	q.Calcul, q.Engagement = c.Requete, "ENG-autre"
	_, _, err = b.client.Annule(t.Context(), &s.Dossier, q)
	assert.ErrorContains(t, err, "ROC-CALCUL-CIBLE")
	q = del()
	q.Engagement = "ENG-autre"
	_, _, err = b.client.Annule(t.Context(), &s.Dossier, q)
	assert.ErrorContains(t, err, "ROC-CALCUL-CIBLE")
	assert.Empty(t, b.annules)
	q = del()
	q.Calcul = c.Requete
	_, _, err = b.client.Annule(t.Context(), &s.Dossier, q)
	require.NoError(t, err)
	assert.Contains(t, b.messages[len(b.messages)-1], "<Engagement>ENG-"+c.Requete+"</Engagement>")
}

// Bounds of the list.
func TestListeBornes(t *testing.T) {
	b := installe(t)
	for _, n := range []int{0, -1, math.MinInt, math.MaxInt} {
		liste, err := b.client.AClarifier(t.Context(), n)
		require.NoError(t, err)
		assert.Empty(t, liste)
	}
}

// An empty address of a directory is none: the channel's own is not called.
func TestAdresseVide(t *testing.T) {
	b := installe(t)
	d := b.identifie(t)
	b.config.Annuaire = route{[]string{""}}
	_, _, err := b.nouveau(t).CLC(t.Context(), &d, clc())
	assert.Equal(t, simphonie.Code("ROC-SANS-ADRESSE"), code(err))
	b.config.Annuaire = trouveeVide{}
	_, _, err = b.nouveau(t).CLC(t.Context(), &d, clc())
	assert.Equal(t, simphonie.Code("ROC-SANS-ADRESSE"), code(err))
	assert.Zero(t, b.recues["DemandeCLC"])
}

// A codec that calls the same answer a refusal and a commitment proves nothing.
func TestRefusAvecEngagement(t *testing.T) {
	b := installe(t)
	b.config.Codec = contradictoire{}
	b.client = b.nouveau(t)
	d := b.identifie(t)
	s, _, err := b.client.CLC(t.Context(), &d, clc())
	e, ok := errors.AsType[*simphonie.Erreur](err)
	require.True(t, ok, "%v", err)
	assert.True(t, e.IssueInconnue)
	assert.True(t, s.Dossier.AClarifier())
	liste, err := b.client.AClarifier(t.Context(), 10)
	require.NoError(t, err)
	assert.Len(t, liste, 1)
}

type trouveeVide struct{}

func (trouveeVide) Cherche(context.Context, annuaire.Demande) (*annuaire.Resultat, error) {
	return &annuaire.Resultat{Issue: annuaire.Trouvee}, nil
}

type contradictoire struct{ reference.Codec }

func (c contradictoire) DecodeCLC(el *etree.Element) (*roc.Calcul, error) {
	r, err := c.Codec.DecodeCLC(el)
	if r != nil {
		r.Issue.Sens = roc.Refuse
	}
	return r, err
}

// Many programs, many corrected copies at once: one CLC.
func TestEnsembleAutresLignes(t *testing.T) {
	b := installe(t)
	d := b.identifie(t)
	var groupe sync.WaitGroup
	for i := range 20 {
		c, q := b.nouveau(t), clc()
		q.Lignes[0].Honoraires += simphonie.Montant(i)
		groupe.Go(func() { c.CLC(t.Context(), &d, q) })
	}
	groupe.Wait()
	assert.Equal(t, 1, b.recues["DemandeCLC"])
}
