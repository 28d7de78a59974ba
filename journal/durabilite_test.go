package journal_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/fichierjournal/menteur"
	"github.com/simphonie/simphonie/journal"
)

func cle(i int) journal.Cle {
	return journal.NewCle(fmt.Sprint("V", i), "75500017", sha256.Sum256([]byte(fmt.Sprint(i))))
}

func nouveau(t testing.TB, m journal.Magasin) *journal.Journal {
	t.Helper()
	j, err := journal.New(journal.Config{Magasin: m, Trousseau: trousseau})
	require.NoError(t, err)
	return j
}

// registre is what a process was told, and what it asked for last.
type registre struct {
	acquis, demande map[int]journal.Etat
}

// scenario goes through every kind of write, until the disk fails; it tells
// what was acknowledged.
func scenario(t *testing.T, d *menteur.Disque) registre {
	r := registre{map[int]journal.Etat{}, map[int]journal.Etat{}}
	f, err := journal.OuvreFichierSur(d, "j")
	if err != nil {
		return r
	}
	j := nouveau(t, f)
	ctx := t.Context()
	passe := func(i int, e journal.Etat, fait func(journal.Ref) error) {
		r.demande[i] = e
		if fait(journal.Ref{Cle: cle(i), Essai: 1}) == nil {
			r.acquis[i] = e
		}
	}
	charge := simphonie.NewConfidentiel("charge")
	for i := range 3 {
		passe(i, journal.Preparee, func(journal.Ref) error {
			_, err := j.Intention(ctx, journal.Intention{Cle: cle(i), Nature: "essai", Version: "1", Charge: charge})
			return err
		})
		if r.acquis[i] == 0 {
			break
		}
		passe(i, journal.Envoyee, func(r journal.Ref) error { return j.Envoi(ctx, r) })
		if r.acquis[i] == journal.Envoyee && i < 2 {
			passe(i, journal.Faite, func(r journal.Ref) error {
				return j.Resultat(ctx, r, journal.Resultat{Issue: journal.Faite, Charge: charge})
			})
		}
		if i == 1 {
			f.Compacte(ctx, time.Now().Add(time.Hour)) // whether it succeeds changes nothing to what is known
		}
	}
	f.Close()
	return r
}

// verifie opens the disk that is left and compares; then the journal goes on.
func verifie(t *testing.T, d *menteur.Disque, r registre, quoi string, args ...any) {
	t.Helper()
	quoi = fmt.Sprintf(quoi, args...)
	f, err := journal.OuvreFichierSur(d, "j")
	require.NoError(t, err, quoi)
	j := nouveau(t, f)
	aClarifier := 0
	for i := range 3 {
		es, err := j.Lit(t.Context(), cle(i))
		require.NoError(t, err, quoi)
		var e journal.Etat
		if len(es) == 1 {
			e = es[0].Etat
		}
		require.Contains(t, []journal.Etat{r.acquis[i], r.demande[i]}, e, "%s: exchange %d", quoi, i)
		if e == journal.Envoyee {
			aClarifier++
		}
	}
	es, err := j.AClarifier(t.Context(), 9)
	require.NoError(t, err, quoi)
	require.Len(t, es, aClarifier, quoi)
	_, err = j.Intention(t.Context(), journal.Intention{Cle: cle(9), Nature: "essai", Version: "1"})
	require.NoError(t, err, quoi)
	require.NoError(t, f.Close())
	f, err = journal.OuvreFichierSur(d.Relance(), "j")
	require.NoError(t, err, quoi)
	require.Zero(t, f.Ecartes(), quoi)
	es, err = nouveau(t, f).Lit(t.Context(), cle(9))
	require.NoError(t, err, quoi)
	require.Len(t, es, 1, quoi)
}

// The power is cut at every call of the file layer, and every byte of what was
// not synced is kept, lost or zeroed, with and without the new names.
func TestCoupureAChaqueOctet(t *testing.T) {
	entier := menteur.New()
	complet := scenario(t, entier)
	require.Equal(t, map[int]journal.Etat{0: journal.Faite, 1: journal.Faite, 2: journal.Envoyee}, complet.acquis)
	cas, pas := 0, 5
	if os.Getenv("SIMPHONIE_COMPLET") != "" {
		pas = 1
	}
	for k := range entier.Operations + 1 {
		d := menteur.New()
		d.Panne = func(string) error {
			if d.Operations > k {
				return menteur.ErrCoupe
			}
			return nil
		}
		r := scenario(t, d)
		for n := 0; n <= d.EnSuspens(); n += pas {
			for _, q := range []menteur.Queue{{Octets: n}, {Octets: n, Noms: true}, {Octets: n, Zeros: true}, {Octets: n, Zeros: true, Noms: true}} {
				verifie(t, d.Apres(q), r, "cut before call %d, %+v", k, q)
				cas++
			}
		}
	}
	t.Logf("%d calls, %d cuts", entier.Operations, cas)
	require.Greater(t, cas, 10_000/pas)
}

// Every call fails once, or from then on; whatever was acknowledged is found
// again, by a process that follows and after a cut.
func TestPannesDuDisque(t *testing.T) {
	entier := menteur.New()
	scenario(t, entier)
	for k := 1; k <= entier.Operations; k++ {
		for _, panne := range []error{syscall.EIO, syscall.ENOSPC} {
			for _, dure := range []bool{false, true} {
				for _, oublie := range []bool{false, true} {
					d := menteur.New()
					d.Oublie = oublie
					d.Panne = func(string) error {
						if d.Operations == k || dure && d.Operations > k {
							return panne
						}
						return nil
					}
					r := scenario(t, d)
					d.Panne = nil
					verifie(t, d.Apres(menteur.Queue{}), r, "%v at call %d, cut", panne, k)
					verifie(t, d.Apres(menteur.Queue{Octets: 1 << 20, Noms: true}), r, "%v at call %d, kept", panne, k)
					verifie(t, d.Relance(), r, "%v at call %d, next process", panne, k)
				}
			}
		}
	}
}

// A damaged byte is never read for something else, and the file is left alone.
func TestOctetAbime(t *testing.T) {
	d := menteur.New()
	scenario(t, d)
	sain := d.Contenu("j")
	derniere := len(sain) // of the last write, which may look torn
	for n := len(sain) - 1; n > 0; n-- {
		if string(sain[n:min(n+4, len(sain))]) == "JrnT" {
			derniere = n
			break
		}
	}
	require.Less(t, derniere, len(sain))
	for n := range sain {
		for _, x := range []byte{1, 0xff} {
			b := append([]byte(nil), sain...)
			b[n] ^= x
			d := menteur.New()
			d.Pose("j", b)
			f, err := journal.OuvreFichierSur(d, "j")
			if n < derniere {
				require.Error(t, err, "byte %d", n)
				require.Equal(t, "JRN-FICHIER-ABIME", string(code(t, err)))
				require.Equal(t, b, d.Contenu("j"))
				continue
			}
			require.NoError(t, err)
			require.Positive(t, f.Ecartes())
			es, err := nouveau(t, f).Lit(t.Context(), cle(1))
			require.NoError(t, err)
			assert.Equal(t, journal.Faite, es[0].Etat)
		}
	}
}
