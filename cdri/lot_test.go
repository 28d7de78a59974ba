package cdri_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri"
	"github.com/simphonie/simphonie/cdri/modele"
	"github.com/simphonie/simphonie/cdri/reference"
	"github.com/simphonie/simphonie/teleservice"
)

func lignes(n int) []cdri.LigneLot {
	ls := make([]cdri.LigneLot, n)
	for i := range ls {
		ls[i] = cdri.LigneLot{ID: fmt.Sprint("venue-", i), Demande: demande(i)}
	}
	return ls
}

func lot(t testing.TB, c *cdri.Client, carnet cdri.Carnet, change ...func(*cdri.ConfigLot)) *cdri.Lot {
	t.Helper()
	cfg := cdri.ConfigLot{Client: c, Phase: cdri.LotNuit, Fraicheur: time.Hour, Carnet: carnet, Taille: 10, Pause: 1}
	for _, f := range change {
		f(&cfg)
	}
	l, err := cdri.NewLot(cfg)
	require.NoError(t, err)
	return l
}

func TestNewLot(t *testing.T) {
	_, err := cdri.NewLot(cdri.ConfigLot{Parallele: -1})
	assert.Equal(t, []simphonie.Code{"CDRI-LOT-CLIENT", "CDRI-LOT-PHASE", "CDRI-FRAICHEUR", "CDRI-LOT-CARNET", "CDRI-LOT-LIMITES"}, codes(err))

	parAgent := client(t, &guichet{}, func(c *teleservice.Config) { c.Authentification = agent(t) })
	cfg := cdri.ConfigLot{Client: parAgent, Phase: cdri.LotNuit, Fraicheur: time.Hour, Carnet: cdri.NewCarnetMemoire()}
	_, err = cdri.NewLot(cfg)
	assert.Equal(t, []simphonie.Code{"CDRI-LOT-AUTHENTIFICATION"}, codes(err))
	cfg.Phase = cdri.LotAgent
	_, err = cdri.NewLot(cfg)
	assert.NoError(t, err)
	cfg.Taille = 101
	_, err = cdri.NewLot(cfg)
	assert.Equal(t, []simphonie.Code{"CDRI-LOT-LIMITES"}, codes(err))
}

// A card that replaces the certificate of a channel stops the night lot.
func TestAuthentificationRemplacee(t *testing.T) {
	k := canal(t, &guichet{})
	c, err := cdri.New(cdri.Config{Canal: k, Codec: reference.Codec{}})
	require.NoError(t, err)
	l := lot(t, c, cdri.NewCarnetMemoire())
	require.NoError(t, k.Remplace(agent(t)))
	_, err = l.Execute(t.Context(), lignes(1))
	assert.Equal(t, []simphonie.Code{"CDRI-LOT-AUTHENTIFICATION"}, codes(err))

	// In the middle of the night too.
	g := &guichet{}
	k = canal(t, g)
	c, err = cdri.New(cdri.Config{Canal: k, Codec: reference.Codec{}})
	require.NoError(t, err)
	carte := agent(t)
	g.parfois = func(n int) error {
		if n == 2 {
			return k.Remplace(carte)
		}
		return nil
	}
	b, err := lot(t, c, cdri.NewCarnetMemoire(), func(c *cdri.ConfigLot) { c.Parallele = 1 }).Execute(t.Context(), lignes(50))
	assert.Equal(t, []simphonie.Code{"CDRI-LOT-AUTHENTIFICATION"}, codes(err))
	assert.Equal(t, []int{20, 30}, []int{b.Repondues, b.EnCours})
}

func TestExecute(t *testing.T) {
	for nom, unit := range map[string]bool{"par messages": false, "à l'unité": true} {
		g := &guichet{repond: func(n string) (*modele.Reponse, *modele.ErreurLigne) {
			if n == nir(3).Clair()[:13] {
				return &modele.Reponse{Instant: midi, Issue: modele.Issue{Sens: modele.NonTrouve, Code: "NON_TROUVE"}}, nil
			}
			return trouve(n), nil
		}, lot: func(ls []modele.LigneReponse) []modele.LigneReponse {
			rand.Shuffle(len(ls), func(i, j int) { ls[i], ls[j] = ls[j], ls[i] })
			return ls
		}}
		var codec modele.Codec = reference.Codec{}
		if unit {
			codec = unitaire{codec}
		}
		c, err := cdri.New(cdri.Config{Canal: canal(t, g), Codec: codec})
		require.NoError(t, err)
		var progres []cdri.Progres
		carnet := cdri.NewCarnetMemoire()
		l := lot(t, c, carnet, func(c *cdri.ConfigLot) { c.Progres = func(p cdri.Progres) { progres = append(progres, p) } })
		ls := lignes(25)
		ls[7].Demande.Assure = simphonie.NIRRecu("5555550000000")
		b, err := l.Execute(t.Context(), ls)
		require.NoError(t, err, nom)
		assert.Equal(t, []int{24, 1, 0, 0, 0}, []int{b.Repondues, b.Refusees, b.Reportees, b.EnCours, b.DuCarnet}, nom)
		for i, r := range b.Lignes {
			assert.Equal(t, ls[i].ID, r.ID)
			switch {
			case i == 7:
				_, ok := errors.AsType[*cdri.Refus](r.Err)
				assert.True(t, ok)
			case i == 3:
				assert.Equal(t, cdri.NonTrouve, r.Reponse.Issue.Sens)
			default: // each line has its own rights, whatever the order of the answer
				assert.Equal(t, ls[i].Demande.Assure.Numero(), r.Reponse.Droits.Assure.NIR.Clair())
			}
		}
		if unit {
			assert.Equal(t, 24, g.appels())
		} else {
			assert.Equal(t, 3, g.appels())
		}
		assert.Len(t, progres, 24)
		assert.Equal(t, 25, progres[23].Faites)
		assert.Equal(t, 25, progres[23].Sont)

		// Again: nothing is asked while the results are fresh.
		avant := g.appels()
		b, err = l.Execute(t.Context(), ls)
		require.NoError(t, err)
		assert.Equal(t, 24, b.DuCarnet, nom)
		assert.Equal(t, avant, g.appels(), nom)
		// A request that changed is another question.
		ls[0].Demande.Rang = "2"
		b, err = l.Execute(t.Context(), ls)
		require.NoError(t, err)
		assert.Equal(t, 23, b.DuCarnet, nom)
		assert.Equal(t, avant+1, g.appels(), nom)
	}
}

// A result that is not fresh any more is asked again.
func TestFraicheurDuLot(t *testing.T) {
	g, maintenant := &guichet{}, midi
	c := client(t, g, func(c *teleservice.Config) { c.Transport = g; c.Horloge = func() time.Time { return maintenant } })
	l := lot(t, c, cdri.NewCarnetMemoire())
	for _, e := range []struct {
		apres  time.Duration
		appels int
	}{{0, 1}, {59 * time.Minute, 1}, {time.Hour, 2}, {90 * time.Minute, 2}, {0, 3}} {
		maintenant = midi.Add(e.apres)
		_, err := l.Execute(t.Context(), lignes(5))
		require.NoError(t, err)
		assert.Equal(t, e.appels, g.appels(), "after %v", e.apres)
	}
}

func TestLignesRefusees(t *testing.T) {
	l := lot(t, client(t, &guichet{}), cdri.NewCarnetMemoire())
	for _, ls := range [][]cdri.LigneLot{{{}}, {{ID: "a"}, {ID: "a"}}} {
		_, err := l.Execute(t.Context(), ls)
		assert.Equal(t, []simphonie.Code{"CDRI-LOT-ID"}, codes(err))
	}
	b, err := l.Execute(t.Context(), nil)
	require.NoError(t, err)
	assert.Empty(t, b.Lignes)
}

// Each failure finds its line: asked again later, or for good.
func TestErreursDeLignes(t *testing.T) {
	g := &guichet{repond: func(n string) (*modele.Reponse, *modele.ErreurLigne) {
		switch n {
		case nir(1).Clair()[:13]:
			return nil, &modele.ErreurLigne{Code: "INDISPONIBLE", Libelle: simphonie.NewConfidentiel("plus tard"), Reessayable: true}
		case nir(2).Clair()[:13]:
			return nil, &modele.ErreurLigne{Code: "LIGNE_REFUSEE"}
		case nir(3).Clair()[:13]:
			r := trouve(n)
			r.Issue.Libelle = simphonie.NewConfidentiel("***")
			return r, nil
		}
		return trouve(n), nil
	}, lot: func(ls []modele.LigneReponse) []modele.LigneReponse {
		return slices.DeleteFunc(ls, func(l modele.LigneReponse) bool { return l.Correlation == "5" })
	}}
	l := lot(t, client(t, g), cdri.NewCarnetMemoire())
	b, err := l.Execute(t.Context(), lignes(10))
	require.NoError(t, err)
	for i, attendu := range map[int]struct {
		etat cdri.Etat
		code simphonie.Code
	}{1: {cdri.Reportee, "CDRI-LIGNE"}, 2: {cdri.Refusee, "CDRI-LIGNE"}, 3: {cdri.Refusee, "CDRI-CARNET-VALEUR"}, 4: {cdri.Reportee, "CDRI-LIGNE-ABSENTE"}} {
		assert.Equal(t, attendu.etat, b.Lignes[i].Etat, i)
		assert.Equal(t, []simphonie.Code{attendu.code}, codes(b.Lignes[i].Err), i)
		assert.Nil(t, b.Lignes[i].Reponse)
	}
	e, ok := errors.AsType[*modele.ErreurLigne](b.Lignes[1].Err)
	require.True(t, ok)
	assert.Equal(t, "plus tard", e.Libelle.Clair())
	assert.Equal(t, []int{6, 2, 2}, []int{b.Repondues, b.Refusees, b.Reportees})

	// The next run asks for the two that may do better, and for no other.
	g.repond, g.lot, g.vus = nil, nil, nil
	b, err = l.Execute(t.Context(), lignes(10))
	require.NoError(t, err)
	assert.Equal(t, map[string]int{nir(1).Clair()[:13]: 1, nir(4).Clair()[:13]: 1}, g.vus)
	assert.Equal(t, []int{8, 2, 0, 8}, []int{b.Repondues, b.Refusees, b.Reportees, b.DuCarnet})
	assert.Equal(t, []simphonie.Code{"CDRI-LIGNE"}, codes(b.Lignes[2].Err))
}

// An answer with a line that nobody asked, or twice the same, is not read.
func TestCorrelationFausse(t *testing.T) {
	for nom, brouille := range map[string]func([]modele.LigneReponse) []modele.LigneReponse{
		"inconnue": func(ls []modele.LigneReponse) []modele.LigneReponse { ls[0].Correlation = "999"; return ls },
		"double":   func(ls []modele.LigneReponse) []modele.LigneReponse { return append(ls, ls[0]) },
	} {
		g := &guichet{lot: brouille}
		b, err := lot(t, client(t, g), cdri.NewCarnetMemoire()).Execute(t.Context(), lignes(2))
		require.NoError(t, err)
		assert.Equal(t, 2, b.Reportees, nom)
		assert.Equal(t, []simphonie.Code{"CDRI-LOT-CORRELATION"}, codes(b.Lignes[0].Err), nom)
	}
	c, err := cdri.New(cdri.Config{Canal: canal(t, &guichet{}), Codec: lignesVides{}})
	require.NoError(t, err)
	b, err := lot(t, c, cdri.NewCarnetMemoire()).Execute(t.Context(), lignes(1))
	require.NoError(t, err)
	assert.Equal(t, []simphonie.Code{"CDRI-CODEC"}, codes(b.Lignes[0].Err))
}

type lignesVides struct{ reference.Codec }

func (lignesVides) DecodeLot(*etree.Element) ([]modele.LigneReponse, error) {
	return []modele.LigneReponse{{Correlation: "1"}}, nil
}

// A line that makes the service refuse its whole message costs the others
// nothing: the message is split until the line stands alone.
func TestLignePoison(t *testing.T) {
	for _, poison := range []int{0, 13, 36} {
		g := &guichet{}
		g.repond = func(n string) (*modele.Reponse, *modele.ErreurLigne) {
			if n == nir(poison).Clair()[:13] {
				return nil, nil // a fault for the message
			}
			return trouve(n), nil
		}
		l := lot(t, client(t, g), cdri.NewCarnetMemoire(), func(c *cdri.ConfigLot) { c.Parallele = 1 })
		b, err := l.Execute(t.Context(), lignes(37))
		require.NoError(t, err)
		assert.Equal(t, 36, b.Repondues)
		assert.Equal(t, []simphonie.Code{"TSV-FAUTE"}, codes(b.Lignes[poison].Err))
		attendu := cdri.Refusee
		if poison == 36 {
			attendu = cdri.Reportee // nothing was answered after it: the fault may be of the service
		}
		assert.Equal(t, attendu, b.Lignes[poison].Etat)
	}
}

// A service that fails for everybody stops the run early, and no line is lost.
func TestServiceEnPanne(t *testing.T) {
	for nom, err := range map[string]error{"passagère": faute(fautePassage), "logiciel refusé": faute(fauteEmetteur), "réseau": errors.New("coupé")} {
		g := &guichet{parfois: func(int) error { return err }}
		c := client(t, g)
		carnet := cdri.NewCarnetMemoire()
		b, err := lot(t, c, carnet, func(c *cdri.ConfigLot) { c.Parallele = 2 }).Execute(t.Context(), lignes(400))
		assert.Equal(t, []simphonie.Code{"CDRI-LOT-ECHECS"}, codes(err), nom)
		assert.Zero(t, b.Refusees+b.Repondues, nom)
		assert.LessOrEqual(t, g.appels(), 22, nom)
		g.parfois = nil
		b, err = lot(t, c, carnet).Execute(t.Context(), lignes(400))
		require.NoError(t, err)
		assert.Equal(t, 400, b.Repondues, nom)
		assert.Zero(t, b.DuCarnet, nom)
	}
}

// Failures that are not in a row do not stop a run.
func TestEchecsEspaces(t *testing.T) {
	g := &guichet{parfois: func(n int) error {
		if n%2 == 0 {
			return faute(fautePassage)
		}
		return nil
	}}
	b, err := lot(t, client(t, g), cdri.NewCarnetMemoire(), func(c *cdri.ConfigLot) { c.Parallele, c.EchecsMax = 1, 2 }).Execute(t.Context(), lignes(100))
	require.NoError(t, err)
	assert.Equal(t, []int{50, 50}, []int{b.Repondues, b.Reportees})
}

// carnetPresse takes nothing from a run that is being stopped.
type carnetPresse struct{ cdri.CarnetMemoire }

func (c *carnetPresse) Inscrit(ctx context.Context, is ...cdri.Inscription) error {
	return errors.Join(ctx.Err(), c.CarnetMemoire.Inscrit(ctx, is...))
}

// An answer that comes while the run is being stopped is kept all the same.
func TestReponsePendantLArret(t *testing.T) {
	ctx, arrete := context.WithCancel(t.Context())
	g := &guichet{parfois: func(int) error { arrete(); return nil }}
	b, err := lot(t, client(t, g), &carnetPresse{}).Execute(ctx, lignes(5))
	assert.ErrorIs(t, err, context.Canceled)
	assert.NotContains(t, codes(err), simphonie.Code("CDRI-LOT-ECRITURE"))
	assert.Equal(t, 5, b.Repondues)
}

// Stopped by its context, a run gives what it has; what was under way is asked
// again, and nothing else.
func TestArret(t *testing.T) {
	ctx, arrete := context.WithCancel(t.Context())
	g := &guichet{}
	g.parfois = func(n int) error {
		if n == 4 {
			arrete()
			return context.Canceled
		}
		return nil
	}
	carnet := cdri.NewCarnetMemoire()
	l := lot(t, client(t, g), carnet, func(c *cdri.ConfigLot) { c.Parallele = 1 })
	b, err := l.Execute(ctx, lignes(100))
	assert.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, []int{30, 70}, []int{b.Repondues, b.EnCours})
	assert.Equal(t, cdri.Envoyee, b.Lignes[35].Etat)
	assert.Zero(t, b.Lignes[45].Etat)
	g.parfois = nil
	b, err = l.Execute(t.Context(), lignes(100))
	require.NoError(t, err)
	assert.Equal(t, []int{100, 30}, []int{b.Repondues, b.DuCarnet})
	for n, fois := range g.vus {
		assert.Equal(t, 1, fois, n)
	}
}

// carnetPlein fails from the nth write.
type carnetPlein struct {
	cdri.CarnetMemoire
	mu      sync.Mutex
	reste   int
	lecture bool
}

func (c *carnetPlein) Inscrit(ctx context.Context, is ...cdri.Inscription) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.reste--; c.reste < 0 {
		return errors.New("plein")
	}
	return c.CarnetMemoire.Inscrit(ctx, is...)
}

func (c *carnetPlein) Derniere(ctx context.Context, id string) (cdri.Inscription, bool, error) {
	if c.lecture {
		return cdri.Inscription{}, false, errors.New("illisible")
	}
	return c.CarnetMemoire.Derniere(ctx, id)
}

// Without its carnet a run stops: nothing leaves that is not written first.
func TestCarnetEnPanne(t *testing.T) {
	for n := range 8 {
		g := &guichet{}
		carnet := &carnetPlein{reste: n}
		l := lot(t, client(t, g), carnet, func(c *cdri.ConfigLot) { c.Parallele = 1 })
		_, err := l.Execute(t.Context(), lignes(100))
		assert.Equal(t, []simphonie.Code{"CDRI-LOT-ECRITURE"}, codes(err))
		assert.Equal(t, (n+1)/2, g.appels())
	}
	_, err := lot(t, client(t, &guichet{}), &carnetPlein{lecture: true}).Execute(t.Context(), lignes(1))
	assert.Equal(t, []simphonie.Code{"CDRI-LOT-LECTURE"}, codes(err))
}

// A service that rests is waited for, longer each time, and the night goes on.
func TestPause(t *testing.T) {
	reel := time.Now() // certificates are of today, the bubble is not
	synctest.Test(t, func(t *testing.T) {
		g := &guichet{parfois: func(n int) error {
			if n <= 6 {
				return errors.New("coupé")
			}
			return nil
		}}
		c := client(t, g, func(c *teleservice.Config) { c.Horloge = func() time.Time { return reel } })
		l := lot(t, c, cdri.NewCarnetMemoire(), func(c *cdri.ConfigLot) { c.Parallele, c.Pause = 1, 0 })
		debut := time.Now()
		b, err := l.Execute(t.Context(), lignes(100))
		require.NoError(t, err)
		assert.Equal(t, (1+2+4+8+16+32)*time.Second, time.Since(debut))
		assert.Equal(t, []int{40, 60}, []int{b.Repondues, b.Reportees})
		b, err = l.Execute(t.Context(), lignes(100))
		require.NoError(t, err)
		assert.Equal(t, []int{100, 40}, []int{b.Repondues, b.DuCarnet})
	})
}

func TestUnSeulCours(t *testing.T) {
	entre, sort := make(chan struct{}), make(chan struct{})
	g := &guichet{parfois: func(int) error { close(entre); <-sort; return nil }}
	l := lot(t, client(t, g), cdri.NewCarnetMemoire())
	fini := make(chan error)
	go func() {
		_, err := l.Execute(t.Context(), lignes(1))
		fini <- err
	}()
	<-entre
	_, err := l.Execute(t.Context(), lignes(1))
	assert.Equal(t, []simphonie.Code{"CDRI-LOT-EN-COURS"}, codes(err))
	close(sort)
	require.NoError(t, <-fini)
}

// Messages of a lot say nothing of the patient outside the criteria.
func TestCorrelationMuette(t *testing.T) {
	g := &guichet{}
	ls := []cdri.LigneLot{{ID: "DUPONT-1981", Demande: demande(1)}}
	_, err := lot(t, client(t, g), cdri.NewCarnetMemoire()).Execute(t.Context(), ls)
	require.NoError(t, err)
	assert.False(t, strings.Contains(g.messages[0], "DUPONT"))
}
