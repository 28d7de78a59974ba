//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly || windows)

package fichierjournal

import (
	"errors"
	"io"
)

// verrouille refuses: this system has no lock that ends with its process.
func verrouille(string) (io.Closer, error) { return nil, errors.ErrUnsupported }

func synchroniseDossier(string) error { return nil }
