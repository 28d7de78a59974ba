package fichierjournal

import (
	"errors"
	"io"
	"os"
	"syscall"
)

// sharingViolation is ERROR_SHARING_VIOLATION.
const sharingViolation = syscall.Errno(32)

// verrouille opens a file and shares it with nobody until it is closed or the
// process ends.
func verrouille(chemin string) (io.Closer, error) {
	nom, err := syscall.UTF16PtrFromString(chemin)
	if err != nil {
		return nil, err
	}
	h, err := syscall.CreateFile(nom, syscall.GENERIC_READ|syscall.GENERIC_WRITE, 0, nil, syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if errors.Is(err, sharingViolation) {
		return nil, ErrOccupe
	}
	if err != nil {
		return nil, &os.PathError{Op: "open", Path: chemin, Err: err}
	}
	return os.NewFile(uintptr(h), chemin), nil
}

// synchroniseDossier does nothing: this system does not sync directories.
func synchroniseDossier(string) error { return nil }
