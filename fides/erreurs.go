package fides

import (
	"errors"

	"github.com/simphonie/simphonie"
)

// Causes that errors.Is finds behind an error of this package.
var (
	// ErrSecteurNonCouvert: the published rules describe the construction of
	// invoices of the former dotation globale only.
	ErrSecteurNonCouvert = errors.New("sector not covered")
	// ErrSituationNonCouverte: the situation has no emergency invoice here.
	ErrSituationNonCouverte = errors.New("situation not covered")
	// ErrPerimetreInconnu: no text read here says whether this care is billed
	// to the caisse on this day.
	ErrPerimetreInconnu = errors.New("perimeter of FIDES unknown")
	// ErrLayoutIncomplete: the records of the file and of the lot (000, 1, 6,
	// 999) are not described by any public text: an editor loads their layout.
	ErrLayoutIncomplete = errors.New("layout of the envelope missing or incomplete")
)

func erreur(code simphonie.Code, chemin, detail string, cause error) *simphonie.Erreur {
	return &simphonie.Erreur{Code: code, Service: "fides", Chemin: chemin, Detail: detail, Err: cause}
}
