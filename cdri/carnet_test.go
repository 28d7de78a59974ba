package cdri_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri"
	"github.com/simphonie/simphonie/internal/fichierjournal/menteur"
)

var cle = bytes.Repeat([]byte{7}, 32)

func ouvre(t *testing.T, d *menteur.Disque) *cdri.CarnetFichier {
	t.Helper()
	c, err := cdri.OuvreCarnetSur(d, cle)
	require.NoError(t, err)
	return c
}

// avec is a disk that holds the file of a carnet.
func avec(b []byte) *menteur.Disque {
	d := menteur.New()
	d.Pose("c", b)
	return d
}

// durable is what the disk keeps of it through a cut.
func durable(d *menteur.Disque) []byte { return d.Apres(menteur.Queue{}).Contenu("c") }

func inscription(id string, e cdri.Etat) cdri.Inscription {
	return cdri.Inscription{ID: id, Empreinte: "x", Etat: e, Le: midi}
}

// Whatever byte a cut stops at, what was acknowledged is there, and the carnet
// goes on.
func TestCoupureAChaqueOctet(t *testing.T) {
	d := menteur.New()
	c := ouvre(t, d)
	require.NoError(t, c.Inscrit(t.Context(), inscription("a", cdri.Envoyee), inscription("b", cdri.Envoyee)))
	sauf := len(durable(d))
	r := reponseDe(midi)
	require.NoError(t, c.Inscrit(t.Context(), cdri.Inscription{ID: "a", Empreinte: "x", Etat: cdri.Repondue, Le: midi, Reponse: r}))
	tout := durable(d)
	require.Greater(t, len(tout), sauf+100)
	for n := sauf; n <= len(tout); n++ {
		for _, queue := range [][]byte{nil, make([]byte, 40)} { // a file system may leave zeros behind
			d := avec(append(bytes.Clone(tout[:n]), queue...))
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
			_, ok, _ = ouvre(t, avec(durable(d))).Derniere(t.Context(), "c")
			require.True(t, ok)
		}
	}
}

// A damaged byte is never read for something else.
func TestOctetAbime(t *testing.T) {
	d := menteur.New()
	c := ouvre(t, d)
	var avantDernier int
	for i := range 3 {
		avantDernier = len(durable(d))
		require.NoError(t, c.Inscrit(t.Context(), inscription(fmt.Sprint(i), cdri.Repondue)))
	}
	for n := range durable(d) {
		for _, x := range []byte{1, 0xff} {
			b := durable(d)
			b[n] ^= x
			c, err := cdri.OuvreCarnetSur(avec(b), cle)
			if n < avantDernier {
				require.Error(t, err, "byte %d", n)
				require.Equal(t, []simphonie.Code{"CDRI-CARNET-ABIME"}, codes(err))
				continue
			}
			require.NoError(t, err) // the last write looks torn: its line is asked again
			_, ok, _ := c.Derniere(t.Context(), "2")
			require.False(t, ok, "byte %d", n)
			_, ok, _ = c.Derniere(t.Context(), "1")
			require.True(t, ok)
		}
	}
	_, err := cdri.OuvreCarnetSur(avec(bytes.Repeat([]byte("autre fichier "), 10)), cle)
	assert.Equal(t, []simphonie.Code{"CDRI-CARNET-ABIME"}, codes(err))
}

// After a write that failed nothing more is taken, and nothing that was not
// acknowledged is believed.
func TestDisqueEnPanne(t *testing.T) {
	for _, operation := range []string{"écrit", "synchronise"} {
		for _, panne := range []error{syscall.EIO, syscall.ENOSPC} {
			nom := operation + " " + panne.Error()
			d := menteur.New()
			c := ouvre(t, d)
			require.NoError(t, c.Inscrit(t.Context(), inscription("a", cdri.Repondue)))
			d.Panne = func(o string) error {
				if o == operation {
					return panne
				}
				return nil
			}
			err := c.Inscrit(t.Context(), inscription("b", cdri.Repondue))
			assert.Equal(t, []simphonie.Code{"CDRI-CARNET-ECRITURE"}, codes(err), nom)
			assert.ErrorIs(t, err, panne)
			_, ok, _ := c.Derniere(t.Context(), "b")
			assert.False(t, ok, nom)
			d.Panne = nil
			assert.Equal(t, []simphonie.Code{"CDRI-CARNET-ECRITURE"}, codes(c.Inscrit(t.Context(), inscription("c", cdri.Repondue))), nom)
			_, ok, _ = ouvre(t, avec(durable(d))).Derniere(t.Context(), "a")
			assert.True(t, ok, nom)
		}
	}
	d := menteur.New()
	d.Panne = func(string) error { return syscall.EIO }
	_, err := cdri.OuvreCarnetSur(d, cle)
	assert.Equal(t, []simphonie.Code{"CDRI-CARNET-FICHIER"}, codes(err))
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
	c := ouvre(t, menteur.New())
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
	d := menteur.New()
	c, err := cdri.OuvreCarnetSur(d, cle)
	require.NoError(f, err)
	require.NoError(f, c.Inscrit(context.Background(), inscription("a", cdri.Repondue)))
	tout := durable(d)
	f.Add(tout)
	f.Add(tout[:len(tout)-3])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		d := avec(b)
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
		relu, err := cdri.OuvreCarnetSur(avec(durable(d)), cle)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok, _ := relu.Derniere(t.Context(), "z"); !ok {
			t.Fatal("lost")
		}
	})
}
