package cdri_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri"
)

var cle = bytes.Repeat([]byte{7}, 32)

// disque is a file whose unsynced bytes are lost, or torn, by a cut.
type disque struct {
	durable, cache []byte
	lu             int
	ecrit, synchro error // what the next calls fail with
	synchros       int
}

func (d *disque) Read(p []byte) (int, error) {
	if d.lu >= len(d.cache) {
		return 0, io.EOF
	}
	n := copy(p, d.cache[d.lu:])
	d.lu += n
	return n, nil
}

func (d *disque) Write(p []byte) (int, error) {
	if d.ecrit != nil {
		d.cache = append(d.cache, p[:len(p)/2]...)
		return len(p) / 2, d.ecrit
	}
	d.cache = append(d.cache, p...)
	return len(p), nil
}

func (d *disque) Seek(o int64, _ int) (int64, error) { return o, nil }
func (d *disque) Truncate(n int64) error             { d.cache = d.cache[:n]; return nil }
func (d *disque) Close() error                       { return nil }
func (d *disque) Sync() error {
	if d.synchro != nil {
		return d.synchro
	}
	d.synchros++
	d.durable = bytes.Clone(d.cache)
	return nil
}

func ouvre(t *testing.T, d *disque) *cdri.CarnetFichier {
	t.Helper()
	c, err := cdri.OuvreCarnetSur(d, cle)
	require.NoError(t, err)
	return c
}

func inscription(id string, e cdri.Etat) cdri.Inscription {
	return cdri.Inscription{ID: id, Empreinte: "x", Etat: e, Le: midi}
}

// Whatever byte a cut stops at, what was acknowledged is there, and the carnet
// goes on.
func TestCoupureAChaqueOctet(t *testing.T) {
	d := &disque{}
	c := ouvre(t, d)
	require.NoError(t, c.Inscrit(t.Context(), inscription("a", cdri.Envoyee), inscription("b", cdri.Envoyee)))
	sauf := len(d.durable)
	r := reponseDe(midi)
	require.NoError(t, c.Inscrit(t.Context(), cdri.Inscription{ID: "a", Empreinte: "x", Etat: cdri.Repondue, Le: midi, Reponse: r}))
	tout := bytes.Clone(d.durable)
	require.Greater(t, len(tout), sauf+100)
	for n := sauf; n <= len(tout); n++ {
		for _, queue := range [][]byte{nil, make([]byte, 40)} { // a file system may leave zeros behind
			d := &disque{cache: append(bytes.Clone(tout[:n]), queue...)}
			c := ouvre(t, d)
			i, ok, err := c.Derniere(t.Context(), "a")
			require.NoError(t, err)
			require.True(t, ok)
			entier := n == len(tout)
			require.Equal(t, entier, i.Etat == cdri.Repondue, "byte %d", n)
			if entier {
				require.Equal(t, r.Droits.Assure.NIR.Clair(), i.Reponse.Droits.Assure.NIR.Clair())
			}
			require.NoError(t, c.Inscrit(t.Context(), inscription("c", cdri.Repondue)))
			relu := ouvre(t, &disque{cache: d.durable})
			_, ok, _ = relu.Derniere(t.Context(), "c")
			require.True(t, ok)
		}
	}
	// A head that was never finished starts again.
	for n := range cdri.TeteTaille {
		c := ouvre(t, &disque{cache: bytes.Clone(tout[:n])})
		require.NoError(t, c.Inscrit(t.Context(), inscription("c", cdri.Repondue)))
	}
}

// A damaged byte is never read for something else.
func TestOctetAbime(t *testing.T) {
	d := &disque{}
	c := ouvre(t, d)
	for i := range 3 {
		require.NoError(t, c.Inscrit(t.Context(), inscription(fmt.Sprint(i), cdri.Repondue)))
	}
	avantDernier := len(d.durable) - (len(d.durable)-cdri.TeteTaille)/3
	for n := range d.durable {
		for _, x := range []byte{1, 0xff} {
			b := bytes.Clone(d.durable)
			b[n] ^= x
			c, err := cdri.OuvreCarnetSur(&disque{cache: b}, cle)
			if n < avantDernier {
				require.Error(t, err, "byte %d", n)
				require.Contains(t, []simphonie.Code{"CDRI-CARNET-ABIME", "CDRI-CARNET-CLE"}, codes(err)[0])
				continue
			}
			if err == nil { // the last write looks torn: its line is asked again
				_, ok, _ := c.Derniere(t.Context(), "2")
				require.False(t, ok, "byte %d", n)
				_, ok, _ = c.Derniere(t.Context(), "1")
				require.True(t, ok)
			}
		}
	}
	trame := (len(d.durable) - cdri.TeteTaille) / 3
	sansMilieu := append(bytes.Clone(d.durable[:cdri.TeteTaille+trame]), d.durable[cdri.TeteTaille+2*trame:]...)
	_, err := cdri.OuvreCarnetSur(&disque{cache: sansMilieu}, cle)
	assert.Equal(t, []simphonie.Code{"CDRI-CARNET-ABIME"}, codes(err))
	_, err = cdri.OuvreCarnetSur(&disque{cache: bytes.Repeat([]byte("autre fichier "), 10)}, cle)
	assert.Equal(t, []simphonie.Code{"CDRI-CARNET-ABIME"}, codes(err))
}

// After a write that failed nothing more is taken, and nothing that was not
// acknowledged is believed.
func TestDisqueEnPanne(t *testing.T) {
	for nom, panne := range map[string]func(*disque){
		"EIO à l'écriture":    func(d *disque) { d.ecrit = syscall.EIO },
		"ENOSPC à l'écriture": func(d *disque) { d.ecrit = syscall.ENOSPC },
		"EIO à la synchro":    func(d *disque) { d.synchro = syscall.EIO },
	} {
		d := &disque{}
		c := ouvre(t, d)
		require.NoError(t, c.Inscrit(t.Context(), inscription("a", cdri.Repondue)))
		panne(d)
		err := c.Inscrit(t.Context(), inscription("b", cdri.Repondue))
		assert.Equal(t, []simphonie.Code{"CDRI-CARNET-ECRITURE"}, codes(err), nom)
		_, ok, _ := c.Derniere(t.Context(), "b")
		assert.False(t, ok, nom)
		d.ecrit, d.synchro = nil, nil
		assert.Equal(t, []simphonie.Code{"CDRI-CARNET-ECRITURE"}, codes(c.Inscrit(t.Context(), inscription("c", cdri.Repondue))), nom)
		relu := ouvre(t, &disque{cache: d.durable})
		_, ok, _ = relu.Derniere(t.Context(), "a")
		assert.True(t, ok, nom)
	}
	_, err := cdri.OuvreCarnetSur(&disque{synchro: syscall.EIO}, cle)
	assert.Equal(t, []simphonie.Code{"CDRI-CARNET-FICHIER"}, codes(err))
}

// Inscriptions made together share a write; each waits for its own.
func TestEcrituresGroupees(t *testing.T) {
	d := &disque{}
	c := ouvre(t, d)
	var tous sync.WaitGroup
	for i := range 200 {
		tous.Go(func() { assert.NoError(t, c.Inscrit(t.Context(), inscription(fmt.Sprint(i), cdri.Envoyee))) })
	}
	tous.Wait()
	assert.LessOrEqual(t, d.synchros, 201)
	relu := ouvre(t, &disque{cache: d.durable})
	for i := range 200 {
		_, ok, _ := relu.Derniere(t.Context(), fmt.Sprint(i))
		assert.True(t, ok)
	}
}

func TestOuvreCarnet(t *testing.T) {
	chemin := filepath.Join(t.TempDir(), "lot.carnet")
	c, err := cdri.OuvreCarnet(chemin, cle)
	require.NoError(t, err)
	_, err = cdri.OuvreCarnet(chemin, cle)
	assert.Equal(t, []simphonie.Code{"CDRI-CARNET-OCCUPE"}, codes(err))
	require.NoError(t, c.Inscrit(t.Context(), cdri.Inscription{ID: "CANARI-ID", Empreinte: "x", Etat: cdri.Repondue, Le: midi, Reponse: reponseDe(midi)}))
	require.NoError(t, c.Close())
	assert.Equal(t, []simphonie.Code{"CDRI-CARNET-ECRITURE"}, codes(c.Inscrit(t.Context(), inscription("b", cdri.Envoyee))))

	brut, err := os.ReadFile(chemin)
	require.NoError(t, err)
	for _, canari := range []string{"CANARI-ID", nir(1).Clair()[:13], "751", "TROUVE"} {
		assert.NotContains(t, string(brut), canari)
	}
	info, err := os.Stat(chemin)
	require.NoError(t, err)
	assert.Zero(t, info.Mode().Perm()&0o077)

	_, err = cdri.OuvreCarnet(chemin, bytes.Repeat([]byte{8}, 32))
	assert.Equal(t, []simphonie.Code{"CDRI-CARNET-CLE"}, codes(err))
	apres, err := os.ReadFile(chemin)
	require.NoError(t, err)
	assert.Equal(t, brut, apres, "another key leaves the file as it is")
	_, err = cdri.OuvreCarnet(chemin, []byte("courte"))
	assert.Equal(t, []simphonie.Code{"CDRI-CARNET-CLE"}, codes(err))
	_, err = cdri.OuvreCarnet(filepath.Join(chemin, "dedans"), cle)
	assert.Equal(t, []simphonie.Code{"CDRI-CARNET-FICHIER"}, codes(err))

	c, err = cdri.OuvreCarnet(chemin, cle)
	require.NoError(t, err)
	i, ok, err := c.Derniere(t.Context(), "CANARI-ID")
	require.NoError(t, err)
	assert.True(t, ok)
	assert.True(t, i.Le.Equal(midi))
	require.NoError(t, c.Close())
}

func TestInscriptionRefusee(t *testing.T) {
	c := ouvre(t, &disque{})
	r := reponseDe(midi)
	r.Issue.Libelle = simphonie.NewConfidentiel("***")
	assert.Equal(t, []simphonie.Code{"CDRI-CARNET-VALEUR"}, codes(c.Inscrit(t.Context(), cdri.Inscription{ID: "a", Etat: cdri.Repondue, Reponse: r})))
	annule, fin := context.WithCancel(t.Context())
	fin()
	assert.ErrorIs(t, c.Inscrit(annule, inscription("a", cdri.Envoyee)), context.Canceled)
	var e cdri.Etat
	assert.Error(t, e.UnmarshalText([]byte("")))
	for _, x := range []cdri.Etat{cdri.Envoyee, cdri.Repondue, cdri.Refusee, cdri.Reportee} {
		require.NoError(t, e.UnmarshalText([]byte(x.String())))
		assert.Equal(t, x, e)
	}
	assert.Empty(t, cdri.Etat(9).String())
}

// FuzzCarnet: no file makes the reader panic, and what it takes it gives again.
func FuzzCarnet(f *testing.F) {
	d := &disque{}
	c, err := cdri.OuvreCarnetSur(d, cle)
	require.NoError(f, err)
	require.NoError(f, c.Inscrit(context.Background(), inscription("a", cdri.Repondue)))
	f.Add(d.durable)
	f.Add(d.durable[:len(d.durable)-3])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		d := &disque{cache: bytes.Clone(b)}
		c, err := cdri.OuvreCarnetSur(d, cle)
		if err != nil {
			if _, ok := errors.AsType[*simphonie.Erreur](err); !ok {
				t.Fatal("untyped error")
			}
			return
		}
		if err := c.Inscrit(t.Context(), inscription("z", cdri.Repondue)); err != nil {
			t.Fatal(err)
		}
		relu, err := cdri.OuvreCarnetSur(&disque{cache: d.durable}, cle)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok, _ := relu.Derniere(t.Context(), "z"); !ok {
			t.Fatal("lost")
		}
	})
}
