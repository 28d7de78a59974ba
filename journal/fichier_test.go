package journal_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/internal/fichierjournal"
	"github.com/simphonie/simphonie/journal"
	"github.com/simphonie/simphonie/journal/journaltest"
)

func ouvre(t testing.TB, dir string) (journal.Magasin, io.Closer) {
	f, err := journal.OuvreFichier(filepath.Join(dir, "journal"))
	require.NoError(t, err)
	return f, f
}

func TestFichier(t *testing.T) { journaltest.Run(t, ouvre) }

// mortel is the file system, that kills the process at one call of a compaction.
type mortel struct {
	fichierjournal.Disque
	cible *string // the call; none outside of a compaction
}

var cibles = []string{"avant une écriture de la copie", "au milieu d'une écriture de la copie", "avant la synchro de la copie", "avant le renommage",
	"après le renommage", "avant la synchro du dossier", "après la synchro du dossier", "ouverture"}

func (m mortel) passe(ou string) {
	if ou == *m.cible && (!strings.Contains(ou, "écriture") || rand.IntN(2) == 0) { // not always the first of its writes
		journaltest.Note(ou)
		moi, _ := os.FindProcess(os.Getpid())
		moi.Kill()
		select {}
	}
}

func (m mortel) Ouvre(nom string) (fichierjournal.Ouvert, error) {
	m.passe("ouverture")
	copie := strings.HasSuffix(nom, ".neuf")
	if copie {
		*m.cible = cibles[rand.IntN(len(cibles))]
	}
	o, err := m.Disque.Ouvre(nom)
	return ouvertMortel{o, m, copie}, err
}

func (m mortel) Renomme(de, vers string) error {
	m.passe("avant le renommage")
	err := m.Disque.Renomme(de, vers)
	m.passe("après le renommage")
	return err
}

func (m mortel) SynchroniseDossier(nom string) error {
	m.passe("avant la synchro du dossier")
	err := m.Disque.SynchroniseDossier(nom)
	m.passe("après la synchro du dossier")
	return err
}

type ouvertMortel struct {
	fichierjournal.Ouvert
	m     mortel
	copie bool
}

func (o ouvertMortel) WriteAt(p []byte, a int64) (int, error) {
	if !o.copie {
		return o.Ouvert.WriteAt(p, a)
	}
	o.m.passe("avant une écriture de la copie")
	n, err := o.Ouvert.WriteAt(p[:len(p)/2], a)
	if err != nil {
		return n, err
	}
	o.m.passe("au milieu d'une écriture de la copie")
	m, err := o.Ouvert.WriteAt(p[n:], a+int64(n))
	return n + m, err
}

func (o ouvertMortel) Sync() error {
	if o.copie {
		o.m.passe("avant la synchro de la copie")
	}
	return o.Ouvert.Sync()
}

func TestCoupures(t *testing.T) {
	parPoint := 5
	if os.Getenv("SIMPHONIE_COMPLET") != "" {
		parPoint = 200
	}
	journaltest.Coupures(t, func(t testing.TB, dir string) (journal.Magasin, io.Closer) {
		f, err := journal.OuvreFichierSur(mortel{cible: new(string)}, filepath.Join(dir, "journal"))
		require.NoError(t, err)
		return f, f
	}, parPoint, journaltest.AvantIntention, journaltest.IntentionEnvoi, journaltest.EnvoiResultat, journaltest.PendantEcriture, journaltest.Compaction)
}

// A second opener is refused, in the same process too, until the first closes.
func TestSecondOuvreur(t *testing.T) {
	chemin := filepath.Join(t.TempDir(), "journal")
	f, err := journal.OuvreFichier(chemin)
	require.NoError(t, err)
	_, err = journal.OuvreFichier(chemin)
	assert.Equal(t, "JRN-FICHIER-OCCUPE", string(code(t, err)))
	require.NoError(t, f.Compacte(t.Context(), time.Now()))
	_, err = journal.OuvreFichier(chemin)
	assert.Equal(t, "JRN-FICHIER-OCCUPE", string(code(t, err)), "after a compaction too")
	require.NoError(t, f.Close())
	require.NoError(t, f.Close())
	_, err = nouveau(t, f).Intention(t.Context(), journal.Intention{Cle: cle(1), Nature: "essai", Version: "1"})
	assert.Equal(t, "JRN-FICHIER-FERME", string(code(t, err)))
	_, err = journal.OuvreFichier(filepath.Join(chemin, "dedans"))
	assert.Equal(t, "JRN-FICHIER-ACCES", string(code(t, err)))
	g, err := journal.OuvreFichier(chemin)
	require.NoError(t, err)
	require.NoError(t, g.Close())
	info, err := os.Stat(chemin)
	require.NoError(t, err)
	assert.Zero(t, info.Mode().Perm()&0o077)
	require.NoError(t, os.WriteFile(chemin, []byte("un autre fichier, bien plus long qu'une tête de journal"), 0o600))
	_, err = journal.OuvreFichier(chemin)
	assert.Equal(t, "JRN-FICHIER-ABIME", string(code(t, err)))
}

// Compaction drops the steps of what was closed before, keeps what makes it
// unique, and everything of the rest.
func TestCompaction(t *testing.T) {
	dir := t.TempDir()
	m, ferme := ouvre(t, dir)
	f := m.(*journal.Fichier)
	maintenant := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	j, err := journal.New(journal.Config{Magasin: f, Trousseau: trousseau, Horloge: func() time.Time { return maintenant }})
	require.NoError(t, err)
	gros := simphonie.NewConfidentiel(strings.Repeat("x", 10_000))
	var refs []journal.Ref
	for i := range 20 {
		if i == 10 {
			maintenant = maintenant.AddDate(1, 0, 0)
		}
		r, err := j.UneFois(t.Context(), journal.Intention{Cle: cle(i), Nature: "essai", Version: "1", Charge: gros},
			func(context.Context) (journal.Resultat, error) {
				if i%5 == 0 {
					return journal.Resultat{Issue: journal.Inconnue}, nil
				}
				return journal.Resultat{Charge: gros}, nil
			})
		require.NoError(t, err)
		refs = append(refs, r)
	}
	taille := func() int64 {
		i, err := os.Stat(filepath.Join(dir, "journal"))
		require.NoError(t, err)
		return i.Size()
	}
	avant := taille()
	limite := maintenant.AddDate(0, -1, 0)
	for range 2 { // what is reduced stays so
		require.NoError(t, f.Compacte(t.Context(), limite))
		assert.Less(t, taille(), avant*7/10)
		for range 2 { // as held in memory, and read again
			for i, r := range refs {
				es, err := j.Lit(t.Context(), r.Cle)
				require.NoError(t, err)
				e := es[0]
				if i%5 == 0 {
					assert.Equal(t, journal.Inconnue, e.Etat)
				} else {
					assert.Equal(t, journal.Faite, e.Etat)
				}
				if i < 10 && i%5 != 0 {
					assert.Empty(t, e.Etapes)
				} else {
					require.Len(t, e.Etapes, 3)
					c, err := j.Charge(t.Context(), r, e.Etapes[0])
					require.NoError(t, err)
					assert.Equal(t, gros, c)
				}
				_, err = j.Intention(t.Context(), journal.Intention{Cle: r.Cle, Nature: "essai", Version: "1"})
				assert.Equal(t, "JRN-INTENTION-DOUBLE", string(code(t, err)))
			}
			require.NoError(t, ferme.Close())
			f, err = journal.OuvreFichier(filepath.Join(dir, "journal"))
			require.NoError(t, err)
			ferme = f
			j, err = journal.New(journal.Config{Magasin: f, Trousseau: trousseau, Horloge: func() time.Time { return maintenant }})
			require.NoError(t, err)
		}
	}
	// An answer that comes after the reduction counts, through one more compaction.
	require.NoError(t, j.Resultat(t.Context(), refs[1], journal.Resultat{Issue: journal.Refusee, Charge: gros}))
	require.NoError(t, f.Compacte(t.Context(), limite))
	es, err := j.Lit(t.Context(), refs[1].Cle)
	require.NoError(t, err)
	assert.Equal(t, journal.Inconnue, es[0].Etat)
	require.Len(t, es[0].Etapes, 1)
	c, err := j.Charge(t.Context(), refs[1], es[0].Etapes[0])
	require.NoError(t, err)
	assert.Equal(t, gros, c)
	fini, arrete := context.WithCancel(t.Context())
	arrete()
	assert.ErrorIs(t, f.Compacte(fini, limite), context.Canceled)
	assert.NoFileExists(t, filepath.Join(dir, "journal.neuf"))
	require.NoError(t, j.Decision(t.Context(), refs[1], journal.Decision{Verdict: journal.Effective}), "and the file goes on")
	require.NoError(t, ferme.Close())
}

// Exchanges, readings and compactions at once.
func TestCompactionPendantLeTravail(t *testing.T) {
	m, ferme := ouvre(t, t.TempDir())
	f := m.(*journal.Fichier)
	j := nouveau(t, f)
	arret := make(chan struct{})
	var compactions sync.WaitGroup
	compactions.Go(func() {
		for {
			select {
			case <-arret:
				return
			default:
				assert.NoError(t, f.Compacte(t.Context(), time.Now()))
			}
		}
	})
	var tous sync.WaitGroup
	for g := range 8 {
		tous.Go(func() {
			for i := range 5 {
				c := cle(100*g + i)
				r, err := j.UneFois(t.Context(), journal.Intention{Cle: c, Nature: "essai", Version: "1", Charge: simphonie.NewConfidentiel("x")},
					func(context.Context) (journal.Resultat, error) { return journal.Resultat{Issue: journal.Inconnue}, nil })
				assert.NoError(t, err)
				es, err := j.Lit(t.Context(), c)
				assert.NoError(t, err)
				if assert.Len(t, es, 1) && assert.NotEmpty(t, es[0].Etapes) {
					v, err := j.Charge(t.Context(), r, es[0].Etapes[0])
					assert.NoError(t, err)
					assert.Equal(t, "x", v.Clair())
				}
			}
		})
	}
	tous.Wait()
	close(arret)
	compactions.Wait()
	es, err := j.AClarifier(t.Context(), 1000)
	require.NoError(t, err)
	assert.Len(t, es, 40)
	require.NoError(t, ferme.Close())
}

// Nothing of a payload stands in the file, nor in what prints.
func TestCanari(t *testing.T) {
	dir := t.TempDir()
	m, ferme := ouvre(t, dir)
	j := nouveau(t, m)
	secret := simphonie.NewConfidentiel("CANARI-1790275056123")
	e, err := j.Empreinte(t.Context(), "roc.clc", "V1", []byte(secret.Clair()))
	require.NoError(t, err)
	i := journal.Intention{Cle: journal.NewCle("V1", "75500017", e), Nature: "roc.clc", Version: "1", Charge: secret}
	r, err := j.UneFois(t.Context(), i, func(context.Context) (journal.Resultat, error) {
		return journal.Resultat{Charge: secret}, fmt.Errorf("no answer")
	})
	require.Error(t, err)
	errEtat := j.Envoi(t.Context(), r)
	require.NoError(t, j.Decision(t.Context(), r, journal.Decision{Verdict: journal.Effective, Charge: secret}))
	es, errLit := j.Lit(t.Context(), r.Cle)
	require.NoError(t, errLit)
	require.Len(t, es[0].Etapes, 4)
	brut, errBrut := os.ReadFile(filepath.Join(dir, "journal"))
	require.NoError(t, errBrut)
	require.Contains(t, string(brut), "roc.clc")
	for _, v := range []any{i, r, es, err, errEtat, journal.Resultat{Charge: secret}, journal.Decision{Charge: secret}} {
		brut = append(brut, canari.Montre(v)...)
	}
	assert.NotContains(t, string(brut), "CANARI")
	assert.NotContains(t, string(brut), "1790275056123")
	require.NoError(t, ferme.Close())
}
