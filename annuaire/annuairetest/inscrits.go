package annuairetest

import (
	"strings"
	"time"
)

// Codes of the simulator. The real ones are not public.
const (
	Norme       = "NORME-SIMULEE"
	Version     = "V0"
	TypeAdresse = "URL-SIMULEE"
)

// CodeService gives the simulator's code of a service: IDB, SIM, CLC,
// ANNULATION or DRE.
func CodeService(service string) string { return "SIMULE-" + service }

// Inscrit is one route of the simulated directory. An empty criterion fits any.
type Inscrit struct {
	Numero                   string // compared without zeros in front
	Convention, CSR, Domaine string
	Service                  string // IDB, SIM, CLC, ANNULATION, DRE
	Operateur, Nom           string
	Adresses                 []string
	Expire                   time.Time // zero says nothing
}

// Publies are the insurers that the simulator knows: two that share one
// operator, and one that two operators claim.
func Publies() []Inscrit {
	var is []Inscrit
	for _, service := range []string{"IDB", "SIM", "CLC", "ANNULATION"} {
		chemin := ".example/roc/" + strings.ToLower(service)
		for _, numero := range []string{"434243085", "302976568"} {
			is = append(is, Inscrit{Numero: numero, Service: service, Operateur: "OPUN", Nom: "OPERATEUR UN SIMULE",
				Adresses: []string{"https://un.operateur-un" + chemin, "https://deux.operateur-un" + chemin}})
		}
		is = append(is, Inscrit{Numero: "775671993", Convention: "RO", Service: service, Operateur: "OPUN", Nom: "OPERATEUR UN SIMULE", Adresses: []string{"https://un.operateur-un" + chemin}},
			Inscrit{Numero: "775671993", Convention: "RO", Service: service, Operateur: "OPDEUX", Nom: "OPERATEUR DEUX SIMULE", Adresses: []string{"https://operateur-deux" + chemin}})
	}
	for _, numero := range []string{"434243085", "302976568"} {
		is = append(is, Inscrit{Numero: numero, Service: "DRE", Operateur: "OPUN", Nom: "OPERATEUR UN SIMULE", Adresses: []string{"dre@operateur-un.example"}})
	}
	return is
}

// convient says that a route fits a question.
func (i *Inscrit) convient(q *question) bool {
	fit := func(regle, valeur string) bool { return regle == "" || regle == valeur }
	return strings.TrimLeft(i.Numero, "0") == strings.TrimLeft(q.numero, "0") && fit(i.Convention, q.convention) && fit(i.CSR, q.csr) &&
		fit(i.Domaine, q.domaine) && CodeService(i.Service) == q.service
}
