package roc

import (
	"errors"
	"reflect"

	"github.com/simphonie/simphonie"
)

const service = "ROC"

func erreur(c simphonie.Code, chemin, detail string) *simphonie.Erreur {
	return &simphonie.Erreur{Code: c, Service: service, Chemin: chemin, Detail: detail}
}

// enveloppe adds a layer that keeps what the cause says of retries.
func enveloppe(c simphonie.Code, detail string, err error) *simphonie.Erreur {
	e := erreur(c, "", detail)
	e.Err = err
	if cause, ok := errors.AsType[*simphonie.Erreur](err); ok {
		e.Reessayable, e.IssueInconnue, e.LimiteLocale = cause.Reessayable, cause.IssueInconnue, cause.LimiteLocale
	}
	return e
}

// codeDe gives the code of an error, "" without one.
func codeDe(err error) simphonie.Code {
	if e, ok := errors.AsType[*simphonie.Erreur](err); ok {
		return e.Code
	}
	return ""
}

// inconnue says that a failed call may have had its effect. An error that
// nobody typed proves nothing.
func inconnue(err error) bool {
	e, ok := errors.AsType[*simphonie.Erreur](err)
	return !ok || e.IssueInconnue
}

// nul says that an interface holds nothing, or a nil pointer.
func nul(v any) bool {
	r := reflect.ValueOf(v)
	return v == nil || r.Kind() == reflect.Pointer && r.IsNil()
}
