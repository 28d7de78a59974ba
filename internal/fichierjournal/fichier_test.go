package fichierjournal_test

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/internal/fichierjournal"
	"github.com/simphonie/simphonie/internal/fichierjournal/menteur"
)

func sceau(t *testing.T, cle byte) cipher.AEAD {
	t.Helper()
	b, err := aes.NewCipher(bytes.Repeat([]byte{cle}, 32))
	require.NoError(t, err)
	a, err := cipher.NewGCM(b)
	require.NoError(t, err)
	return a
}

func format(s cipher.AEAD) fichierjournal.Format {
	return fichierjournal.Format{Tete: "ESSAI", Trame: "eSsA", Sceau: s}
}

// recueil is what the lines of a file amount to.
type recueil struct {
	lignes    []string
	positions []fichierjournal.Position
}

func (r *recueil) recoit(l []byte, p fichierjournal.Position) error {
	r.lignes, r.positions = append(r.lignes, string(l)), append(r.positions, p)
	return nil
}

func ouvre(t *testing.T, s fichierjournal.Systeme, nom string, m fichierjournal.Format) (*fichierjournal.Fichier, *recueil) {
	t.Helper()
	r := &recueil{}
	f, err := fichierjournal.Ouvre(s, nom, m, r.recoit)
	require.NoError(t, err)
	return f, r
}

func ajoute(t *testing.T, f *fichierjournal.Fichier, lignes ...string) {
	t.Helper()
	var bs [][]byte
	for _, l := range lignes {
		bs = append(bs, []byte(l))
	}
	a := f.Ajoute(bs...)
	<-a.Fini()
	require.NoError(t, a.Err())
}

// Lines in clear or sealed: kept together, in order, read again by position,
// the empty one too.
func TestLignes(t *testing.T) {
	for nom, m := range map[string]fichierjournal.Format{"clair": format(nil), "scellé": format(sceau(t, 1))} {
		t.Run(nom, func(t *testing.T) {
			chemin := filepath.Join(t.TempDir(), "f")
			f, r := ouvre(t, fichierjournal.Disque{}, chemin, m)
			ajoute(t, f, "un", "", "trois")
			ajoute(t, f, "quatre")
			attendu := []string{"un", "", "trois", "quatre"}
			for range 2 {
				require.Equal(t, attendu, r.lignes)
				for i, p := range r.positions {
					l, err := f.Relit(p)
					require.NoError(t, err)
					require.Equal(t, attendu[i], string(l))
				}
				require.NoError(t, f.Close())
				f, r = ouvre(t, fichierjournal.Disque{}, chemin, m)
			}
			var ps []fichierjournal.Position
			require.NoError(t, f.Compacte(func(ajoute func([]byte) (fichierjournal.Position, error)) error {
				for _, l := range []string{"trois", string(make([]byte, 1<<20)), "quatre"} {
					p, err := ajoute([]byte(l))
					require.NoError(t, err)
					ps = append(ps, p)
				}
				return nil
			}, func(remplace func() error) error { return remplace() }))
			l, err := f.Relit(ps[2])
			require.NoError(t, err)
			require.Equal(t, "quatre", string(l))
			_, err = f.Relit(fichierjournal.Position{})
			require.ErrorIs(t, err, fichierjournal.ErrAbime)
			ajoute(t, f, "cinq")
			require.NoError(t, f.Close())
			_, r = ouvre(t, fichierjournal.Disque{}, chemin, m)
			require.Equal(t, []string{"trois", string(make([]byte, 1<<20)), "quatre", "cinq"}, r.lignes)
		})
	}
}

// Another key is told from damage, and leaves the file as it is; a frame taken
// out of a sealed file, or moved, is damage.
func TestSceau(t *testing.T) {
	d := menteur.New()
	f, _ := ouvre(t, d, "f", format(sceau(t, 1)))
	for i := range 3 {
		ajoute(t, f, fmt.Sprint("secret ", i))
	}
	brut := d.Contenu("f")
	assert.NotContains(t, string(brut), "secret")
	d = d.Relance()
	_, err := fichierjournal.Ouvre(d, "f", format(sceau(t, 2)), (&recueil{}).recoit)
	assert.ErrorIs(t, err, fichierjournal.ErrCle)
	assert.Equal(t, brut, d.Contenu("f"))
	tete := len("ESSAI") + 16 + 4
	n := (len(brut) - tete) / 3
	un, deux, trois := brut[tete:tete+n], brut[tete+n:tete+2*n], brut[tete+2*n:]
	for _, trames := range [][][]byte{{un, trois}, {deux, un, trois}, {deux}} {
		d := menteur.New()
		d.Pose("f", append(bytes.Clone(brut[:tete]), bytes.Join(trames, nil)...))
		_, err := fichierjournal.Ouvre(d, "f", format(sceau(t, 1)), (&recueil{}).recoit)
		assert.ErrorIs(t, err, fichierjournal.ErrAbime)
	}
}

// Lines that come while a write is under way share the next one.
func TestEcrituresGroupees(t *testing.T) {
	d := menteur.New()
	f, r := ouvre(t, d, "f", format(nil))
	lent, entre := make(chan struct{}), make(chan struct{})
	var une sync.Once
	d.Panne = func(op string) error {
		if op == "synchronise" {
			une.Do(func() { close(entre); <-lent })
		}
		return nil
	}
	avant := d.Operations
	premiere := f.Ajoute([]byte("a"))
	<-entre
	var suite []*fichierjournal.Attente
	for i := range 100 {
		suite = append(suite, f.Ajoute([]byte(fmt.Sprint(i))))
	}
	close(lent)
	<-premiere.Fini()
	for _, a := range suite {
		<-a.Fini()
		require.NoError(t, a.Err())
	}
	assert.Equal(t, 4, d.Operations-avant, "two writes, two syncs")
	require.NoError(t, f.Close())
	assert.Len(t, r.lignes, 101)
	a := f.Ajoute([]byte("x"))
	<-a.Fini()
	assert.ErrorIs(t, a.Err(), fichierjournal.ErrFerme)
}
