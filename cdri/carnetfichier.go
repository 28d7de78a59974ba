package cdri

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// CarnetFichier is a Carnet in one file that only grows. What it holds is
// encrypted with the key of the caller (AES-256-GCM). An inscription is on the
// disk (fsync) when Inscrit returns; inscriptions made together share one
// write. What a cut left half written at the end is dropped when the file is
// opened again; damage anywhere else is an error.
//
// One process opens it at a time. Its last inscriptions are held in memory too.
type CarnetFichier struct {
	dernieres dernieres
	sceau     cipher.AEAD
	fichier   fichier

	mu     sync.Mutex // of groupe
	groupe *groupe    // the inscriptions that the next write takes

	ecriture sync.Mutex // one write at a time
	id       [idTaille]byte
	suivant  uint64 // number of the next frame
	casse    error  // a write failed: the file is not written any more
}

// fichier is what a carnet asks of its file.
type fichier interface {
	io.ReadWriteSeeker
	Truncate(size int64) error
	Sync() error
	Close() error
}

// OuvreCarnet opens or makes the file of a carnet. cle has 32 bytes; keep it
// elsewhere than the file. A file that another process holds is
// CDRI-CARNET-OCCUPE; one of another key is CDRI-CARNET-CLE, and is left as it
// is.
func OuvreCarnet(chemin string, cle []byte) (*CarnetFichier, error) {
	sceau, err := scelle(cle)
	if err != nil {
		return nil, err
	}
	f, err := ouvreSeul(chemin)
	switch {
	case errors.Is(err, errOccupe):
		return nil, enveloppe("CDRI-CARNET-OCCUPE", "another process holds this file", err)
	case err != nil:
		return nil, enveloppe("CDRI-CARNET-FICHIER", "the file cannot be opened", err)
	}
	c, err := ouvreCarnet(f, sceau)
	if err == nil {
		err = synchroniseDossier(filepath.Dir(chemin))
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return c, nil
}

func scelle(cle []byte) (cipher.AEAD, error) {
	if len(cle) != 32 {
		return nil, erreur("CDRI-CARNET-CLE", "", "a key of 32 bytes is wanted")
	}
	b, err := aes.NewCipher(cle)
	if err != nil {
		return nil, enveloppe("CDRI-CARNET-CLE", "the key cannot be used", err)
	}
	return cipher.NewGCM(b)
}

func ouvreCarnet(f fichier, sceau cipher.AEAD) (*CarnetFichier, error) {
	c := &CarnetFichier{fichier: f, sceau: sceau}
	brut, err := io.ReadAll(f)
	if err != nil {
		return nil, enveloppe("CDRI-CARNET-FICHIER", "the file cannot be read", err)
	}
	bon, err := c.relit(brut)
	if err != nil {
		return nil, err
	}
	if bon < len(brut) {
		err = f.Truncate(int64(bon))
	}
	if err == nil {
		_, err = f.Seek(int64(bon), io.SeekStart)
	}
	if err == nil && bon == 0 {
		_, err = rand.Read(c.id[:])
		if err == nil {
			_, err = f.Write(c.entete())
		}
	}
	if err == nil {
		err = f.Sync()
	}
	if err != nil {
		return nil, enveloppe("CDRI-CARNET-FICHIER", "the file cannot be prepared", err)
	}
	return c, nil
}

// Derniere gives the last inscription of a line.
func (c *CarnetFichier) Derniere(_ context.Context, id string) (Inscription, bool, error) {
	i, ok := c.dernieres.de(id)
	return i, ok, nil
}

// groupe is the inscriptions that one write takes.
type groupe struct {
	lignes [][]byte
	is     []Inscription
	fini   chan struct{}
	err    error
}

// Inscrit writes inscriptions and waits until they are on the disk. After a
// write that failed the carnet takes nothing more: open it again.
func (c *CarnetFichier) Inscrit(ctx context.Context, is ...Inscription) error {
	if err := ctx.Err(); err != nil || len(is) == 0 {
		return err
	}
	lignes := make([][]byte, len(is))
	for k := range is {
		var err error
		if lignes[k], err = serialise(&is[k]); err != nil {
			return err
		}
	}
	c.mu.Lock()
	g, premier := c.groupe, c.groupe == nil
	if premier {
		g = &groupe{fini: make(chan struct{})}
		c.groupe = g
	}
	g.lignes, g.is = append(g.lignes, lignes...), append(g.is, is...)
	c.mu.Unlock()
	if !premier {
		<-g.fini // the one that came first writes for all
		return g.err
	}
	c.ecriture.Lock()
	defer c.ecriture.Unlock()
	c.mu.Lock()
	c.groupe = nil
	c.mu.Unlock()
	g.err = c.ecrit(g)
	close(g.fini)
	return g.err
}

func (c *CarnetFichier) ecrit(g *groupe) error {
	if c.casse != nil {
		return c.casse
	}
	t, err := c.trame(g.lignes)
	if err == nil {
		_, err = c.fichier.Write(t)
	}
	if err == nil {
		err = c.fichier.Sync()
	}
	if err != nil {
		// What reached the disk is unknown: only reading the file again tells.
		c.casse = enveloppe("CDRI-CARNET-ECRITURE", "the file could not be written: open it again", err)
		return c.casse
	}
	c.suivant++
	c.dernieres.retient(g.is)
	return nil
}

// Close lets another process open the file.
func (c *CarnetFichier) Close() error {
	c.ecriture.Lock()
	defer c.ecriture.Unlock()
	if c.casse == nil {
		c.casse = enveloppe("CDRI-CARNET-ECRITURE", "the carnet is closed", os.ErrClosed)
	}
	return c.fichier.Close()
}

// relisLignes takes back the inscriptions of a frame.
func (c *CarnetFichier) relisLignes(clair []byte) error {
	var is []Inscription
	if err := json.Unmarshal(clair, &is); err != nil {
		return err
	}
	c.dernieres.retient(is)
	return nil
}
