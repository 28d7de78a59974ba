package fichierjournal

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Systeme is what a file asks of the system. Tests put one that lies in its place.
type Systeme interface {
	// Reel gives the name of a file behind its symbolic links: a file has one
	// lock, whatever it is called by.
	Reel(nom string) (string, error)
	// Verrouille keeps every other opener of a name out until it is closed or
	// the process ends; ErrOccupe.
	Verrouille(nom string) (io.Closer, error)
	// Ouvre opens a file, or makes an empty one.
	Ouvre(nom string) (Ouvert, error)
	// Renomme puts a file in the place of another.
	Renomme(de, vers string) error
	// Efface removes a file, if there is one.
	Efface(nom string) error
	// SynchroniseDossier makes the name of a file durable.
	SynchroniseDossier(nom string) error
}

// Ouvert is an open file.
type Ouvert interface {
	io.ReaderAt
	io.WriterAt
	Taille() (int64, error)
	Truncate(taille int64) error
	Sync() error
	Close() error
}

// Disque is the file system.
type Disque struct{}

type ouvert struct{ *os.File }

func (o ouvert) Taille() (int64, error) {
	i, err := o.Stat()
	if err != nil {
		return 0, err
	}
	return i.Size(), nil
}

// Reel follows symbolic links. A link to nothing is an error.
func (Disque) Reel(nom string) (string, error) {
	reel, err := filepath.EvalSymlinks(nom)
	if errors.Is(err, fs.ErrNotExist) {
		if _, absent := os.Lstat(nom); errors.Is(absent, fs.ErrNotExist) {
			return nom, nil
		}
	}
	return reel, err
}

// Verrouille locks a file that stands beside the named one, and stays there.
func (Disque) Verrouille(nom string) (io.Closer, error) { return verrouille(nom + ".verrou") }

// Ouvre opens a file that only its owner reads, or makes an empty one.
func (Disque) Ouvre(nom string) (Ouvert, error) {
	f, err := os.OpenFile(nom, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	return ouvert{f}, nil
}

// Renomme puts a file in the place of another.
func (Disque) Renomme(de, vers string) error { return os.Rename(de, vers) }

// Efface removes a file, if there is one.
func (Disque) Efface(nom string) error {
	if err := os.Remove(nom); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// SynchroniseDossier makes the name of a file durable.
func (Disque) SynchroniseDossier(nom string) error { return synchroniseDossier(filepath.Dir(nom)) }
