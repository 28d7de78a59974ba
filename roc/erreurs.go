package roc

import (
	"errors"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/erreurs"
)

const service = "ROC"

func erreur(c simphonie.Code, chemin, detail string) *simphonie.Erreur {
	return &simphonie.Erreur{Code: c, Service: service, Chemin: chemin, Detail: detail}
}

// enveloppe adds a layer that keeps what the cause says of retries.
func enveloppe(c simphonie.Code, detail string, err error) *simphonie.Erreur {
	return erreurs.Sur(erreur(c, "", detail), err)
}

// inconnue says that a failed call may have had its effect. An error that
// nobody typed proves nothing.
func inconnue(err error) bool {
	e, ok := errors.AsType[*simphonie.Erreur](err)
	return !ok || e.IssueInconnue
}
