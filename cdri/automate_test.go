package cdri_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri"
	"github.com/simphonie/simphonie/cdri/modele"
	"github.com/simphonie/simphonie/droits"
)

// faux answers without a channel.
type faux struct {
	mu     sync.Mutex
	appels int
	repond func(ctx context.Context, d cdri.Demande) (*cdri.Reponse, error)
}

func (f *faux) Consulte(ctx context.Context, d cdri.Demande) (*cdri.Reponse, error) {
	f.mu.Lock()
	f.appels++
	f.mu.Unlock()
	if f.repond != nil {
		return f.repond(ctx, d)
	}
	return reponseDe(time.Now()), nil
}

func reponseDe(recu time.Time) *cdri.Reponse {
	r := trouve(nir(1).Clair()[:13])
	r.Recu = recu
	return r
}

func automate(t *testing.T, c cdri.Consultant, change ...func(*cdri.ConfigAutomate)) *cdri.Automate {
	t.Helper()
	cfg := cdri.ConfigAutomate{Client: c, Mode: cdri.Systematique, Fraicheur: time.Hour}
	for _, f := range change {
		f(&cfg)
	}
	a, err := cdri.NewAutomate(cfg)
	require.NoError(t, err)
	return a
}

func TestNewAutomate(t *testing.T) {
	_, err := cdri.NewAutomate(cdri.ConfigAutomate{})
	assert.Equal(t, []simphonie.Code{"CDRI-AUTOMATE-CLIENT", "CDRI-AUTOMATE-MODE", "CDRI-FRAICHEUR"}, codes(err))
	_, err = cdri.NewAutomate(cdri.ConfigAutomate{Client: (*cdri.Client)(nil), Mode: 9, Fraicheur: -1})
	assert.Equal(t, []simphonie.Code{"CDRI-AUTOMATE-CLIENT", "CDRI-AUTOMATE-MODE", "CDRI-FRAICHEUR"}, codes(err))
	_, err = automate(t, &faux{}).Declenche(t.Context(), cdri.Declencheur{})
	assert.Equal(t, []simphonie.Code{"CDRI-AUTOMATE-PATIENT"}, codes(err))
}

// One call for a patient and a moment while the answer is fresh.
func TestFraicheur(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &faux{}
		a := automate(t, f)
		declenche := func(patient string, change func(*cdri.Demande)) *cdri.Resultat {
			d := demande(1)
			if change != nil {
				change(&d)
			}
			r, err := a.Declenche(t.Context(), cdri.Declencheur{Patient: patient, Demande: d})
			require.NoError(t, err)
			return r
		}
		r := declenche("p1", nil)
		assert.Equal(t, cdri.Fraiche, r.Provenance)
		assert.Zero(t, r.Age)
		time.Sleep(20 * time.Minute)
		r = declenche("p1", nil)
		assert.Equal(t, cdri.EnMemoire, r.Provenance)
		assert.Equal(t, 20*time.Minute, r.Age)
		assert.Equal(t, 1, f.appels)

		declenche("p1", func(d *cdri.Demande) { d.Moment = cdri.Facturation })
		assert.Equal(t, 2, f.appels, "another moment")
		declenche("p2", nil)
		assert.Equal(t, 3, f.appels, "another patient")
		declenche("p1", func(d *cdri.Demande) { d.Rang = "2" })
		assert.Equal(t, 4, f.appels, "the request was corrected")
		declenche("p1", func(d *cdri.Demande) { d.DateReference = simphonie.MustJour("2026-01-01") })
		assert.Equal(t, 5, f.appels, "another day is asked")
		assert.Equal(t, cdri.EnMemoire, declenche("p2", nil).Provenance)
		time.Sleep(time.Hour)
		assert.Equal(t, cdri.Fraiche, declenche("p2", nil).Provenance)
		assert.Equal(t, 6, f.appels)
	})
}

// Triggers that fire together make one call; the call lives as long as
// somebody waits for it.
func TestDeclencheursSimultanes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ouvre := make(chan struct{})
		f := &faux{repond: func(ctx context.Context, _ cdri.Demande) (*cdri.Reponse, error) {
			select {
			case <-ouvre:
				return reponseDe(time.Now()), nil
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}}
		a := automate(t, f)
		var tous sync.WaitGroup
		premier, abandonne := context.WithCancel(t.Context())
		lance := func(ctx context.Context, n int, attendu bool) {
			for range n {
				tous.Go(func() {
					r, err := a.Declenche(ctx, cdri.Declencheur{Patient: "p", Demande: demande(1)})
					if attendu {
						assert.NoError(t, err)
						assert.Equal(t, cdri.Fraiche, r.Provenance)
						return
					}
					assert.Equal(t, []simphonie.Code{"CDRI-ABANDON"}, codes(err))
					assert.NotEmpty(t, r.Panne.Suivants)
				})
			}
		}
		lance(premier, 1, false)
		synctest.Wait()
		lance(t.Context(), 50, true)
		synctest.Wait()
		abandonne() // the one who started it leaves; the others still wait
		synctest.Wait()
		close(ouvre)
		tous.Wait()
		assert.Equal(t, 1, f.appels)
	})
}

// A call that everybody left and that ends late does not undo the next one.
func TestAbandonPuisReprise(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		portes := []chan struct{}{make(chan struct{}), make(chan struct{}), make(chan struct{})}
		n := 0
		f := &faux{repond: func(context.Context, cdri.Demande) (*cdri.Reponse, error) {
			porte := portes[n]
			n++
			<-porte
			return nil, &simphonie.Erreur{Code: "TSV-DELAI"}
		}}
		a := automate(t, f)
		declenche := func(ctx context.Context) {
			go a.Declenche(ctx, cdri.Declencheur{Patient: "p", Demande: demande(1)})
			synctest.Wait()
		}
		premier, abandonne := context.WithCancel(t.Context())
		declenche(premier)
		abandonne()
		synctest.Wait()
		declenche(t.Context())
		close(portes[0])
		synctest.Wait()
		declenche(t.Context())
		assert.Equal(t, 2, f.appels)
		close(portes[1])
		close(portes[2])
		synctest.Wait()
	})
}

func TestDernierQuiAttend(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		arrete := make(chan struct{})
		f := &faux{repond: func(ctx context.Context, _ cdri.Demande) (*cdri.Reponse, error) {
			<-ctx.Done()
			close(arrete)
			return nil, ctx.Err()
		}}
		ctx, fin := context.WithTimeout(t.Context(), time.Second)
		defer fin()
		_, err := automate(t, f).Declenche(ctx, cdri.Declencheur{Patient: "p", Demande: demande(1)})
		assert.Equal(t, []simphonie.Code{"CDRI-ABANDON"}, codes(err))
		assert.ErrorIs(t, err, context.DeadlineExceeded)
		<-arrete // the call does not go on for nobody
	})
}

// A failed call gives the last answer that brought rights, however old, and
// says so; without one it says what to do next.
func TestSecours(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		panne := &simphonie.Erreur{Code: "TSV-DELAI", Reessayable: true}
		var suite []any
		f := &faux{repond: func(context.Context, cdri.Demande) (*cdri.Reponse, error) {
			s := suite[0]
			suite = suite[1:]
			if err, ok := s.(error); ok {
				return nil, err
			}
			r := s.(*cdri.Reponse)
			r.Recu = time.Now()
			return r, nil
		}}
		a := automate(t, f)
		declenche := func(m cdri.Moment, rang string) (*cdri.Resultat, error) {
			d := demande(1)
			d.Moment, d.Rang = m, rang
			return a.Declenche(t.Context(), cdri.Declencheur{Patient: "p", Demande: d})
		}
		suite = []any{panne}
		r, err := declenche(cdri.PreAdmission, "1")
		assert.Equal(t, []simphonie.Code{"TSV-DELAI"}, codes(err))
		assert.Nil(t, r.Reponse)
		assert.Equal(t, cdri.SansAppel, r.Provenance)
		assert.Equal(t, []cdri.Recours{cdri.RecoursVitale, cdri.RecoursCDR, cdri.RecoursAttestation}, r.Panne.Suivants)

		suite = []any{trouve("1810163200001"), &modele.Reponse{Issue: modele.Issue{Sens: modele.NonTrouve}}, panne, panne, panne}
		_, err = declenche(cdri.PreAdmission, "1")
		require.NoError(t, err)
		time.Sleep(48 * time.Hour)
		_, err = declenche(cdri.Admission, "1") // nobody found: does not hide the rights known before
		require.NoError(t, err)
		time.Sleep(24 * time.Hour)
		r, err = declenche(cdri.Facturation, "1")
		require.NoError(t, err)
		assert.Equal(t, cdri.DeSecours, r.Provenance)
		assert.Equal(t, 72*time.Hour, r.Age)
		assert.Equal(t, cdri.Trouve, r.Reponse.Issue.Sens)
		assert.Equal(t, []simphonie.Code{"TSV-DELAI"}, codes(r.Echec))
		assert.NotEmpty(t, r.Panne.Texte)

		_, err = declenche(cdri.Facturation, "2")
		assert.Equal(t, []simphonie.Code{"TSV-DELAI"}, codes(err), "the stored rights are of another person")

		suite = []any{&simphonie.Erreur{Code: "CDRI-DEMANDE", Err: &cdri.Refus{}}}
		r, err = declenche(cdri.Facturation, "1")
		assert.Equal(t, []simphonie.Code{"CDRI-DEMANDE"}, codes(err), "nothing stands in for a request to correct")
		assert.Empty(t, r.Panne.Suivants)
	})
}

type memoireEnPanne struct{}

func (memoireEnPanne) Lit(context.Context, cdri.CleAppel) (*cdri.Entree, error) {
	return nil, errors.New("lecture")
}
func (memoireEnPanne) Ecrit(context.Context, cdri.CleAppel, cdri.Entree) error {
	return errors.New("écriture")
}

// A store that fails stops nobody.
func TestMemoireEnPanne(t *testing.T) {
	a := automate(t, &faux{}, func(c *cdri.ConfigAutomate) { c.Memoire = memoireEnPanne{} })
	r, err := a.Declenche(t.Context(), cdri.Declencheur{Patient: "p", Demande: demande(1)})
	require.NoError(t, err)
	assert.Equal(t, cdri.Fraiche, r.Provenance)
	assert.ErrorContains(t, r.EchecMemoire, "lecture")
	assert.ErrorContains(t, r.EchecMemoire, "écriture")
}

func TestPurge(t *testing.T) {
	m := cdri.NewMemoireVive()
	cle := cdri.CleAppel{Patient: "p", Moment: cdri.Admission}
	require.NoError(t, m.Ecrit(t.Context(), cle, cdri.Entree{Reponse: reponseDe(midi)}))
	m.Purge(midi)
	e, err := m.Lit(t.Context(), cle)
	require.NoError(t, err)
	assert.NotNil(t, e)
	m.Purge(midi.Add(1))
	e, err = m.Lit(t.Context(), cle)
	require.NoError(t, err)
	assert.Nil(t, e)
}

// Cible asks when it is worth it, and says why.
func TestCible(t *testing.T) {
	jour := simphonie.MustJour("2026-11-02")
	carte := func(change func(*droits.Acquisition)) *droits.Acquisition {
		a := &droits.Acquisition{Support: droits.SupportVitale, Periodes: []simphonie.Periode{{Du: simphonie.MustJour("2026-01-01"), Au: jour}}}
		if change != nil {
			change(a)
		}
		return a
	}
	for nom, c := range map[string]struct {
		connu  *droits.Acquisition
		motifs []cdri.Motif
	}{
		"carte, droits ouverts": {carte(nil), nil},
		"rien":                  {nil, []cdri.Motif{cdri.MotifSansCarte, cdri.MotifDroitsFermes}},
		"attestation":           {carte(func(a *droits.Acquisition) { a.Support = droits.SupportAttestation }), []cdri.Motif{cdri.MotifSansCarte}},
		"droits échus":          {carte(func(a *droits.Acquisition) { a.Periodes[0].Au = jour.AddDays(-1) }), []cdri.Motif{cdri.MotifDroitsFermes}},
		"aucune période":        {carte(func(a *droits.Acquisition) { a.Periodes = nil }), []cdri.Motif{cdri.MotifDroitsFermes}},
		"c2s":                   {carte(func(a *droits.Acquisition) { a.OC = simphonie.OCC2SConjointe }), []cdri.Motif{cdri.MotifComplementaire}},
		"ame":                   {carte(func(a *droits.Acquisition) { a.Particulieres = []droits.Droit[string]{{Code: "SP06"}} }), []cdri.Motif{cdri.MotifComplementaire}},
		"c2s de la carte":       {carte(func(a *droits.Acquisition) { a.C2SCarte = &droits.C2SCarte{} }), []cdri.Motif{cdri.MotifComplementaire}},
		"libellé de la carte":   {carte(func(a *droits.Acquisition) { a.LibelleExo = simphonie.NewConfidentiel("ALD") }), []cdri.Motif{cdri.MotifExoneration}},
		"ald":                   {carte(func(a *droits.Acquisition) { a.ETM = []droits.Droit[droits.CodeETM]{{Code: "8"}} }), []cdri.Motif{cdri.MotifExoneration}},
		"maternité":             {carte(func(a *droits.Acquisition) { a.Grossesse = &droits.Grossesse{} }), []cdri.Motif{cdri.MotifMaternite}},
		"at":                    {carte(func(a *droits.Acquisition) { a.AT = make([]droits.ATDeclare, 1) }), []cdri.Motif{cdri.MotifAccident}},
	} {
		assert.Equal(t, c.motifs, cdri.MotifsAppel(c.connu, jour), nom)
		f := &faux{}
		a := automate(t, f, func(cfg *cdri.ConfigAutomate) {
			cfg.Mode, cfg.Horloge = cdri.Cible, func() time.Time { return midi }
		})
		d := demande(1)
		r, err := a.Declenche(t.Context(), cdri.Declencheur{Patient: "p", Demande: d, Connu: c.connu})
		require.NoError(t, err)
		assert.Equal(t, c.motifs, r.Motifs, nom)
		assert.Equal(t, len(c.motifs) > 0, f.appels == 1, nom)
		assert.Equal(t, len(c.motifs) > 0, r.Provenance == cdri.Fraiche, nom)
	}
}

func TestTextes(t *testing.T) {
	for p, attendu := range map[cdri.Provenance]string{cdri.SansAppel: "sans-appel", cdri.Fraiche: "fraiche", cdri.EnMemoire: "en-memoire", cdri.DeSecours: "de-secours", 9: ""} {
		b, err := p.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, attendu, string(b))
	}
}
