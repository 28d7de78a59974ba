// Package erreurs holds what rooms do alike with typed errors and injected
// interfaces.
package erreurs

import (
	"errors"
	"reflect"

	"github.com/simphonie/simphonie"
)

// Sur puts an error above its cause, and keeps what the cause says of retries,
// of its outcome and of whose limit it was.
func Sur(e *simphonie.Erreur, cause error) *simphonie.Erreur {
	e.Err = cause
	if c, ok := errors.AsType[*simphonie.Erreur](cause); ok {
		e.Reessayable, e.IssueInconnue, e.LimiteLocale = c.Reessayable, c.IssueInconnue, c.LimiteLocale
	}
	return e
}

// Code gives the code of an error, "" without one.
func Code(err error) simphonie.Code {
	if e, ok := errors.AsType[*simphonie.Erreur](err); ok {
		return e.Code
	}
	return ""
}

// Nul says that an interface holds nothing, or a nil pointer.
func Nul(v any) bool {
	r := reflect.ValueOf(v)
	return !r.IsValid() || r.Kind() == reflect.Pointer && r.IsNil()
}
