package concert

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/erreurs"
)

const service = "terminal"

func erreur(c simphonie.Code, chemin, detail string) *simphonie.Erreur {
	return &simphonie.Erreur{Code: c, Service: service, Chemin: chemin, Detail: detail}
}

// nonParti says that nothing that moves money reached the terminal.
func nonParti(c simphonie.Code, detail string, err error) *simphonie.Erreur {
	return &simphonie.Erreur{Code: c, Service: service, Detail: detail, Reessayable: true, Err: err}
}

// inconnu says that the terminal may have moved the money.
func inconnu(c simphonie.Code, detail string, err error) *simphonie.Erreur {
	return &simphonie.Erreur{Code: c, Service: service, Detail: detail, IssueInconnue: true, Err: err}
}

// enveloppe adds a layer that keeps what the cause says of retries.
func enveloppe(c simphonie.Code, detail string, err error) *simphonie.Erreur {
	return erreurs.Sur(erreur(c, "", detail), err)
}
