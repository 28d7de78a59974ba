package annuaire

import (
	"errors"

	"github.com/simphonie/simphonie"
)

// nomService names the directory in errors and measures.
const nomService = "annuaire AMC"

// ErrParametreAnnuaire is behind the error of a setting that no public source
// gives and that the editor must supply.
var ErrParametreAnnuaire = errors.New("a setting that only registered editors are given is missing")

func refus(code simphonie.Code, chemin, detail string) *simphonie.Erreur {
	return &simphonie.Erreur{Code: code, Service: nomService, Chemin: chemin, Detail: detail}
}

func manque(chemin string) error {
	return &simphonie.Erreur{Code: "ANN-PARAMETRE", Service: nomService, Chemin: chemin, Err: ErrParametreAnnuaire}
}
