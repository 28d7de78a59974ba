//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package cdri

import (
	"errors"
	"os"
	"syscall"
)

var errOccupe = errors.New("file in use")

// ouvreSeul opens a file and keeps every other opener out until it is closed
// or the process ends.
func ouvreSeul(chemin string) (*os.File, error) {
	f, err := os.OpenFile(chemin, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = errOccupe
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// synchroniseDossier makes the name of a new file durable.
func synchroniseDossier(dossier string) error {
	d, err := os.Open(dossier)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
