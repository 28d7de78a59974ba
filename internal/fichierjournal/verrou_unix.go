//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package fichierjournal

import (
	"errors"
	"io"
	"os"
	"syscall"
)

// verrouille keeps every other opener out until it is closed or the process ends.
func verrouille(nom string) (io.Closer, error) {
	f, err := os.OpenFile(nom, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = ErrOccupe
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func synchroniseDossier(dossier string) error {
	d, err := os.Open(dossier)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
