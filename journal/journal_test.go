package journal_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/fichierjournal/menteur"
	"github.com/simphonie/simphonie/journal"
)

func intention(i int) journal.Intention {
	return journal.Intention{Cle: cle(i), Nature: "essai", Version: "1"}
}

func enMemoire(t testing.TB, d *menteur.Disque) *journal.Journal {
	t.Helper()
	f, err := journal.OuvreFichierSur(d, "j")
	require.NoError(t, err)
	return nouveau(t, f)
}

func TestRefusDeValeurs(t *testing.T) {
	_, err := journal.New(journal.Config{})
	assert.Equal(t, "JRN-CONFIG", string(code(t, err)))
	f, err := journal.OuvreFichierSur(menteur.New(), "j")
	require.NoError(t, err)
	_, err = journal.New(journal.Config{Magasin: f, Trousseau: trousseau, Delai: -1})
	assert.Equal(t, "JRN-CONFIG", string(code(t, err)))
	j := nouveau(t, f)
	for nom, change := range map[string]func(*journal.Intention){
		"venue":      func(i *journal.Intention) { i.Cle.Venue = "" },
		"accent":     func(i *journal.Intention) { i.Cle.Venue = "é" },
		"amc":        func(i *journal.Intention) { i.Cle.AMC = strings.Repeat("1", 101) },
		"empreinte":  func(i *journal.Intention) { i.Cle.Empreinte = journal.Empreinte{} },
		"nature":     func(i *journal.Intention) { i.Nature = "a\nb" },
		"version":    func(i *journal.Intention) { i.Version = "" },
		"trop grand": func(i *journal.Intention) { i.Charge = simphonie.NewConfidentiel(strings.Repeat("x", 16<<20+1)) },
	} {
		i := intention(1)
		change(&i)
		_, err := j.Intention(t.Context(), i)
		require.Error(t, err, nom)
		assert.Equal(t, "JRN-VALEUR", string(code(t, err)), nom)
	}
	r := journal.Ref{Cle: cle(1), Essai: 1}
	for _, issue := range []journal.Issue{0, journal.Preparee, journal.Envoyee, journal.Decidee, 99} {
		assert.Equal(t, "JRN-VALEUR", string(code(t, j.Resultat(t.Context(), r, journal.Resultat{Issue: issue}))))
	}
	for _, v := range []journal.Verdict{0, 9} {
		assert.Equal(t, "JRN-VALEUR", string(code(t, j.Decision(t.Context(), r, journal.Decision{Verdict: v}))))
	}
	assert.Equal(t, "JRN-ABSENT", string(code(t, j.Envoi(t.Context(), r))))
	r, err = j.Intention(t.Context(), intention(2))
	require.NoError(t, err)
	assert.Equal(t, "JRN-ETAT", string(code(t, j.Decision(t.Context(), r, journal.Decision{Verdict: journal.Effective}))))
	_, err = j.UneFois(t.Context(), intention(1), nil)
	assert.Equal(t, "JRN-CONFIG", string(code(t, err)))
}

func TestCleDuDossier(t *testing.T) {
	f, err := journal.OuvreFichierSur(menteur.New(), "j")
	require.NoError(t, err)
	cles := map[string][]byte{"V1": bytes.Repeat([]byte{1}, 32), "V2": bytes.Repeat([]byte{2}, 32), "courte": []byte("x")}
	j, err := journal.New(journal.Config{Magasin: f, Trousseau: func(_ context.Context, v string) ([]byte, error) {
		if cles[v] == nil {
			return nil, journal.ErrCleDetruite
		}
		return cles[v], nil
	}})
	require.NoError(t, err)
	e := func(nature, venue string, entrees ...string) journal.Empreinte {
		var bs [][]byte
		for _, s := range entrees {
			bs = append(bs, []byte(s))
		}
		x, err := j.Empreinte(t.Context(), nature, venue, bs...)
		require.NoError(t, err)
		return x
	}
	un := e("roc.clc", "V1", "a", "bc")
	assert.Equal(t, un, e("roc.clc", "V1", "a", "bc"))
	for _, autre := range []journal.Empreinte{e("roc.clc", "V1", "ab", "c"), e("roc.clc", "V1", "abc"), e("roc.clc", "V1", "a", "bc", ""),
		e("roc.annulation", "V1", "a", "bc"), e("roc.clc", "V2", "a", "bc")} {
		assert.NotEqual(t, un, autre)
	}
	_, err = j.Empreinte(t.Context(), "roc.clc", "courte")
	assert.Equal(t, "JRN-CLE-TAILLE", string(code(t, err)))
	_, err = j.Empreinte(t.Context(), "roc.clc", "V3")
	assert.Equal(t, "JRN-CLE-DETRUITE", string(code(t, err)))
	_, err = j.Charge(t.Context(), journal.Ref{Cle: cle(1), Essai: 1}, journal.Etape{Scellee: []byte("x")})
	assert.Equal(t, "JRN-CLE-FAUSSE", string(code(t, err)))
	c, err := nouveau(t, f).Charge(t.Context(), journal.Ref{}, journal.Etape{})
	require.NoError(t, err)
	assert.True(t, c.IsZero())
	j, err = journal.New(journal.Config{Magasin: f, Trousseau: func(context.Context, string) ([]byte, error) { return nil, errors.New("coffre") }})
	require.NoError(t, err)
	_, err = j.Empreinte(t.Context(), "roc.clc", "V1")
	assert.Equal(t, "JRN-CLE-ACCES", string(code(t, err)))
	assert.True(t, reessayable(err))
	assert.Equal(t, journal.NewCle("V", "0075500017", un), journal.NewCle("V", "75500017", un))
}

func reessayable(err error) bool {
	e, ok := errors.AsType[*simphonie.Erreur](err)
	return ok && e.Reessayable
}

// What UneFois makes of an answer, of an error, and of a call whose time is over.
func TestUneFois(t *testing.T) {
	j := enMemoire(t, menteur.New())
	panne := errors.New("coupé")
	for i, c := range []struct {
		res     journal.Resultat
		err     error
		attendu journal.Etat
	}{
		{journal.Resultat{}, nil, journal.Faite},
		{journal.Resultat{Issue: journal.Refusee}, nil, journal.Refusee},
		{journal.Resultat{Issue: journal.Refusee}, panne, journal.Refusee},
		{journal.Resultat{}, panne, journal.Inconnue},
		{journal.Resultat{}, &simphonie.Erreur{Code: "TSV-RESEAU", Reessayable: true}, journal.NonPartie},
		{journal.Resultat{}, &simphonie.Erreur{Code: "TSV-RESEAU", Reessayable: true, IssueInconnue: true}, journal.Inconnue},
		{journal.Resultat{}, context.DeadlineExceeded, journal.Inconnue},
	} {
		ctx, arrete := context.WithCancel(t.Context())
		r, err := j.UneFois(ctx, intention(i), func(context.Context) (journal.Resultat, error) {
			es, err := j.Lit(t.Context(), cle(i))
			require.NoError(t, err)
			require.Equal(t, journal.Envoyee, es[0].Etat, "written before it leaves")
			arrete() // the caller's time is over: the outcome is written all the same
			return c.res, c.err
		})
		require.ErrorIs(t, err, c.err)
		es, err := j.Lit(t.Context(), r.Cle)
		require.NoError(t, err)
		assert.Equal(t, c.attendu, es[0].Etat, i)
		appele := false
		_, err = j.UneFois(t.Context(), intention(i), func(context.Context) (journal.Resultat, error) {
			appele = true
			return journal.Resultat{}, nil
		})
		assert.Equal(t, es[0].Libre(), appele, i)
		if !appele {
			assert.Equal(t, "JRN-INTENTION-DOUBLE", string(code(t, err)))
		}
	}
}

// A disk that does not answer in time leaves the outcome unknown; nobody is
// stuck behind it.
func TestDisqueLent(t *testing.T) {
	d := menteur.New()
	j := enMemoire(t, d)
	lent, entre := make(chan struct{}), make(chan struct{})
	d.Panne = func(op string) error {
		if op == "synchronise" {
			close(entre)
			<-lent
			d.Panne = nil
		}
		return nil
	}
	ctx, arrete := context.WithCancel(t.Context())
	go func() { <-entre; arrete() }()
	r, err := j.Intention(ctx, intention(1))
	assert.Equal(t, "JRN-DELAI", string(code(t, err)))
	assert.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, 1, r.Essai)
	bref, fin := context.WithTimeout(t.Context(), time.Millisecond)
	defer fin()
	_, err = j.Intention(bref, intention(1))
	assert.ErrorIs(t, err, context.DeadlineExceeded)
	es, err := j.Lit(t.Context(), cle(1))
	require.NoError(t, err)
	assert.Empty(t, es, "what is not durable is not told")
	close(lent)
	_, err = j.Intention(t.Context(), intention(1))
	assert.Equal(t, "JRN-INTENTION-DOUBLE", string(code(t, err)), "it waits for the write under way, then knows")
}

// After a failed write nothing more is taken; what is known is still told.
func TestEcritureRatee(t *testing.T) {
	d := menteur.New()
	j := enMemoire(t, d)
	_, err := j.Intention(t.Context(), intention(1))
	require.NoError(t, err)
	d.Panne = func(string) error { return syscall.ENOSPC }
	_, err = j.Intention(t.Context(), intention(2))
	assert.Equal(t, "JRN-FICHIER-ECRITURE", string(code(t, err)))
	assert.ErrorIs(t, err, syscall.ENOSPC)
	d.Panne = nil
	_, err = j.Intention(t.Context(), intention(3))
	assert.Equal(t, "JRN-FICHIER-ECRITURE", string(code(t, err)))
	es, err := j.Preparees(t.Context(), 9)
	require.NoError(t, err)
	assert.Len(t, es, 1)
}

func TestTextes(t *testing.T) {
	e := journal.Essai{Ref: journal.Ref{Cle: cle(1), Essai: 2}, Etat: journal.Decidee, Verdict: journal.SansEffet,
		Etapes: []journal.Etape{{Genre: journal.GenreDecision, Essai: 2, Verdict: journal.SansEffet}}}
	b, err := json.Marshal(e)
	require.NoError(t, err)
	var relu journal.Essai
	require.NoError(t, json.Unmarshal(b, &relu))
	assert.Equal(t, e, relu)
	for _, faux := range []string{`{"etat":"x"}`, `{"etat":""}`, `{"verdict":"x"}`, `{"cle":{"empreinte":"00"}}`, `{"etapes":[{"genre":"x"}]}`} {
		assert.Error(t, json.Unmarshal([]byte(faux), &relu), faux)
	}
	assert.Empty(t, journal.Etat(99).String())
	assert.Equal(t, "attempt 2 is decidee (sans-effet)", (&journal.RefusEtat{Ref: e.Ref, Etat: e.Etat, Verdict: e.Verdict}).Error())
}

// FuzzFichier: no file makes the reader panic; what it takes goes on.
func FuzzFichier(f *testing.F) {
	d := menteur.New()
	fi, err := journal.OuvreFichierSur(d, "j")
	require.NoError(f, err)
	j := nouveau(f, fi)
	r, err := j.Intention(context.Background(), journal.Intention{Cle: cle(1), Nature: "essai", Version: "1", Part: true})
	require.NoError(f, err)
	f.Add(d.Contenu("j"))
	require.NoError(f, j.Resultat(context.Background(), r, journal.Resultat{Issue: journal.Faite}))
	require.NoError(f, fi.Compacte(context.Background(), time.Now()))
	f.Add(d.Contenu("j"))
	f.Add(d.Contenu("j")[:40])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		d := menteur.New()
		d.Pose("j", b)
		fi, err := journal.OuvreFichierSur(d, "j")
		if err != nil {
			require.Equal(t, "JRN-FICHIER-ABIME", string(code(t, err)))
			return
		}
		_, err = nouveau(t, fi).Intention(t.Context(), intention(7))
		require.NoError(t, err)
		fi, err = journal.OuvreFichierSur(d.Relance(), "j")
		require.NoError(t, err)
		es, err := nouveau(t, fi).Lit(t.Context(), cle(7))
		require.NoError(t, err)
		require.Len(t, es, 1)
	})
}
