//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly || windows)

package cdri

import (
	"errors"
	"os"
)

var errOccupe = errors.New("file in use")

// ouvreSeul refuses: this system has no lock that ends with its process.
func ouvreSeul(string) (*os.File, error) { return nil, errors.ErrUnsupported }

func synchroniseDossier(string) error { return nil }
