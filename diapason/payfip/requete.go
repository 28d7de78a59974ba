package payfip

import (
	"github.com/beevik/etree"
)

// espace is the namespace of the operations.
const espace = "http://securite.service.tpa.cp.finances.gouv.fr/services/mas_securite/contrat_paiement_securise/PaiementSecuriseService"

// Operations.
const (
	opCree   = "creerPaiementSecurise"
	opDetail = "recupererDetailPaiementSecurise"
	opClient = "recupererDetailClient"
)

// champ is one value of a request.
type champ struct{ nom, valeur string }

// corps writes an operation: it is qualified, arg0 and what it holds are in no
// namespace. A value that is empty is left out.
func corps(operation string, champs ...champ) *etree.Element {
	op := etree.NewElement("pai:" + operation)
	op.CreateAttr("xmlns:pai", espace)
	arg := op.CreateElement("arg0")
	for _, c := range champs {
		if c.valeur != "" {
			arg.CreateElement(c.nom).SetText(c.valeur)
		}
	}
	return op
}
