package insi

import "github.com/simphonie/simphonie"

// service names INSi in errors and measures.
const service = "INSi"

func refus(code simphonie.Code, chemin, detail string) *simphonie.Erreur {
	return &simphonie.Erreur{Code: code, Service: service, Chemin: chemin, Detail: detail}
}
