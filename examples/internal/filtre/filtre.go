// Package filtre is what the filters of the examples share: a JSON request a
// line in, a JSON answer a line out.
package filtre

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// MaxLigne bounds a request.
const MaxLigne = 1 << 20

// Lignes answers line after line; repond has no line when it was too long. An
// answer goes out as soon as no further request is waiting. Only a failure of
// the streams ends it early.
func Lignes(entree io.Reader, sortie io.Writer, repond func(ligne []byte, trop bool) any) error {
	r, w := bufio.NewReaderSize(entree, 64<<10), bufio.NewWriter(sortie)
	e := json.NewEncoder(w)
	for {
		ligne, trop, err := lisLigne(r)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if trop {
			ligne = nil
		}
		if trop || strings.TrimSpace(string(ligne)) != "" {
			if err := e.Encode(repond(ligne, trop)); err != nil {
				return err
			}
		}
		if err != nil || r.Buffered() == 0 {
			if errFlush := w.Flush(); errFlush != nil {
				return errFlush
			}
		}
		if err != nil {
			return nil
		}
	}
}

// lisLigne reads one line of at most MaxLigne bytes; the rest of a longer one
// is passed over.
func lisLigne(r *bufio.Reader) (ligne []byte, trop bool, err error) {
	for {
		morceau, err := r.ReadSlice('\n')
		if len(ligne)+len(morceau) > MaxLigne {
			trop = true
		} else {
			ligne = append(ligne, morceau...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return ligne, trop, err
		}
	}
}

// Identifiant finds the id of a request that is wrong elsewhere.
func Identifiant(ligne []byte) string {
	var d struct {
		ID string `json:"id"`
	}
	if json.Unmarshal(ligne, &d) != nil {
		return ""
	}
	return d.ID
}

// Charge reads a file and names it in the error.
func Charge[T any](fichier string, lit func(io.Reader) (T, error)) (v T, err error) {
	f, err := os.Open(fichier)
	if err != nil {
		return v, err
	}
	defer f.Close()
	if v, err = lit(f); err != nil {
		err = fmt.Errorf("%s: %w", fichier, err)
	}
	return v, err
}
