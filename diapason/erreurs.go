package diapason

import (
	"errors"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/mandat"
	"github.com/simphonie/simphonie/internal/erreurs"
)

const service = "diapason"

func erreur(c simphonie.Code, chemin, detail string) *simphonie.Erreur {
	return &simphonie.Erreur{Code: c, Service: service, Chemin: chemin, Detail: detail}
}

// enveloppe adds a layer that keeps what the cause says of retries.
func enveloppe(c simphonie.Code, detail string, err error) *simphonie.Erreur {
	return erreurs.Sur(erreur(c, "", detail), err)
}

// jamaisParti says that a failed order is known not to have left. An error that
// nobody typed proves nothing.
func jamaisParti(err error) bool {
	e, ok := errors.AsType[*simphonie.Erreur](err)
	return ok && e.Reessayable && !e.IssueInconnue
}

// Regles lists the rules of the mandate, with the text that an agent reads.
func Regles() []simphonie.Regle { return mandat.Regles() }
