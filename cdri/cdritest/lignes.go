package cdritest

import (
	"fmt"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/modele"
)

// ScenarioLigne is one way of answering a line of a batch: a name and, after a
// colon, an argument.
//
//	normale              the answer of the service
//	indisponible         error INDISPONIBLE, to be asked again
//	erreur:CODE          an error that is final
//	erreur-passagere:CODE  … that is not
//	absente              the line is not answered
//	double               it is answered twice
//	inconnue             it is answered under a correlation that nobody gave
type ScenarioLigne string

// effetLigne changes the answer to one line.
type effetLigne func(modele.LigneReponse) []modele.LigneReponse

func (l ScenarioLigne) effet() (effetLigne, error) {
	nom, argument, _ := strings.Cut(string(l), ":")
	erreur := func(code, libelle string, reessayable bool) effetLigne {
		return func(r modele.LigneReponse) []modele.LigneReponse {
			r.Reponse, r.Erreur = nil, &modele.ErreurLigne{Code: code, Libelle: simphonie.NewConfidentiel(libelle), Reessayable: reessayable}
			return []modele.LigneReponse{r}
		}
	}
	switch {
	case (nom == "erreur" || nom == "erreur-passagere") && codeIssue(argument):
		return erreur(argument, "", nom == "erreur-passagere"), nil
	case argument != "":
	case nom == "normale":
		return func(r modele.LigneReponse) []modele.LigneReponse { return []modele.LigneReponse{r} }, nil
	case nom == "indisponible":
		return erreur("INDISPONIBLE", "Régime indisponible", true), nil
	case nom == "absente":
		return func(modele.LigneReponse) []modele.LigneReponse { return nil }, nil
	case nom == "double":
		return func(r modele.LigneReponse) []modele.LigneReponse { return []modele.LigneReponse{r, r} }, nil
	case nom == "inconnue":
		return func(r modele.LigneReponse) []modele.LigneReponse {
			r.Correlation = "inconnue-" + r.Correlation[:min(len(r.Correlation), 20)]
			return []modele.LigneReponse{r}
		}, nil
	}
	return nil, fmt.Errorf("cdritest: no line scenario %q", string(l))
}
