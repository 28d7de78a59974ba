// Package jsonstrict reads one JSON document into a value, refuses what the
// value does not know, and reports faults without repeating the data.
package jsonstrict

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"

	"github.com/simphonie/simphonie"
)

// Decode reads b into v. Names count to the letter, and once. An error is a
// *simphonie.Erreur with the field, the line and the column when they are known.
func Decode(b []byte, v any) error {
	if err := controle(b, reflect.TypeOf(v)); err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return decris(b, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return place(b, d.InputOffset(), &simphonie.Erreur{Code: "JSON-RESTE", Detail: "text after the end of the document"})
	}
	return nil
}

// decris turns an error of encoding/json into ours. That package says where for
// a syntax error and a wrong type only.
func decris(b []byte, err error) error {
	e := &simphonie.Erreur{Code: "JSON-VALEUR", Detail: "a value is not of the documented form"}
	if s, ok := errors.AsType[*json.SyntaxError](err); ok {
		e.Code, e.Detail = "JSON-SYNTAXE", "not JSON from here on"
		return place(b, s.Offset, e)
	}
	if t, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		e.Chemin, e.Detail = t.Field, "a JSON "+t.Value+" where the documented type is another"
		return place(b, t.Offset, e)
	}
	if v, ok := errors.AsType[*simphonie.Erreur](err); ok {
		e.Err = v
		return e
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		e.Code, e.Detail = "JSON-SYNTAXE", "the document ends too early"
		return place(b, int64(len(b)), e)
	}
	if strings.HasPrefix(err.Error(), "json: unknown field ") {
		// A name that another part of the document knows: that error has no type.
		e.Code, e.Detail = "JSON-CHAMP", "a documented field stands in an object that does not have it"
	}
	return e
}

// place tells line and column of a byte offset.
func place(b []byte, offset int64, e *simphonie.Erreur) error {
	avant := b[:min(max(offset, 0), int64(len(b)))]
	e.Ligne = bytes.Count(avant, []byte("\n")) + 1
	e.Colonne = len(avant) - bytes.LastIndexByte(avant, '\n')
	return e
}
