// Package jsonstrict reads one JSON document into a value, refuses what the
// value does not know, and reports faults without repeating the data.
package jsonstrict

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"github.com/simphonie/simphonie"
)

// Decode reads b into v. An error is a *simphonie.Erreur with the line and
// column, and the field when it is known.
func Decode(b []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return decris(b, d.InputOffset(), err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return place(b, d.InputOffset(), &simphonie.Erreur{Code: "JSON-RESTE", Detail: "text after the end of the document"})
	}
	return nil
}

func decris(b []byte, offset int64, err error) error {
	e := &simphonie.Erreur{Code: "JSON-VALEUR", Detail: "a value is not of the documented form"}
	if s, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset = s.Offset
		e.Code, e.Detail = "JSON-SYNTAXE", "not JSON from here on"
	} else if t, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		offset = t.Offset
		e.Chemin, e.Detail = t.Field, "a JSON "+t.Value+" where the documented type is another"
	} else if v, ok := errors.AsType[*simphonie.Erreur](err); ok {
		e.Err = v
	} else if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		e.Code, e.Detail = "JSON-SYNTAXE", "the document ends too early"
	} else if champ, ok := inconnu(err); ok {
		e.Code, e.Chemin, e.Detail = "JSON-CHAMP", champ, "unknown field: the documented names are wanted, to the letter"
	}
	return place(b, offset, e)
}

// inconnu finds the name in the error of DisallowUnknownFields, which has no type.
// A name is quoted back only if it looks like one.
func inconnu(err error) (string, bool) {
	nom, ok := bytes.CutPrefix([]byte(err.Error()), []byte(`json: unknown field "`))
	nom = bytes.TrimSuffix(nom, []byte(`"`))
	if !ok {
		return "", false
	}
	for _, c := range nom {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') || len(nom) > 40 {
			return "", true
		}
	}
	return string(nom), true
}

// place tells line and column of a byte offset.
func place(b []byte, offset int64, e *simphonie.Erreur) error {
	avant := b[:min(max(offset, 0), int64(len(b)))]
	e.Ligne = bytes.Count(avant, []byte("\n")) + 1
	e.Colonne = len(avant) - bytes.LastIndexByte(avant, '\n')
	return e
}
