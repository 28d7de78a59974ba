//go:build !linux

package diapasontest

import (
	"errors"
	"os"
)

// PTY is a pseudo-terminal; this system has none for us.
type PTY struct {
	*os.File
	Chemin string
}

// OuvrePTY is errors.ErrUnsupported on this system.
func OuvrePTY() (*PTY, error) { return nil, errors.ErrUnsupported }
