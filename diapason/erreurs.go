package diapason

import (
	"errors"
	"reflect"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/mandat"
)

const service = "diapason"

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

// jamaisParti says that a failed order is known not to have left. An error that
// nobody typed proves nothing.
func jamaisParti(err error) bool {
	e, ok := errors.AsType[*simphonie.Erreur](err)
	return ok && e.Reessayable && !e.IssueInconnue
}

// nul says that an interface holds nothing, or a nil pointer.
func nul(v any) bool {
	r := reflect.ValueOf(v)
	return v == nil || r.Kind() == reflect.Pointer && r.IsNil()
}

// Regles lists the rules of the mandate, with the text that an agent reads.
func Regles() []simphonie.Regle { return mandat.Regles() }
