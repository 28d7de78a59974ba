package cdri

import (
	"regexp"

	"github.com/simphonie/simphonie"
)

const service = "CDRi"

func erreur(c simphonie.Code, chemin, detail string) *simphonie.Erreur {
	return &simphonie.Erreur{Code: c, Service: service, Chemin: chemin, Detail: detail}
}

var (
	formeCode   = regexp.MustCompile(`^[0-9A-Za-z_.-]{1,32}$`)
	formeNumero = regexp.MustCompile(`[0-9]{8}`)
)

// lisible gives a code of the service for a message, unless it looks like
// something else than a code.
func lisible(c string) string {
	if !formeCode.MatchString(c) || formeNumero.MatchString(c) {
		return "(illisible)"
	}
	return c
}
