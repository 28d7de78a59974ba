package annuaire

import (
	"time"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/teleservice"
)

// Names of the public request.
const (
	espace         = "https://ws.annuaireamc.fr/"
	operation      = "search"
	versionDemande = "R01"
)

// corps writes search: one qualified element, and below it paramsObj in no
// namespace at all. Blocks without a value are left out, not emptied.
func (p *Parametres) corps(c simphonie.CleAMC, s ParametresService, l teleservice.Logiciel, quand time.Time) *etree.Element {
	search := etree.NewElement(operation)
	search.CreateAttr("xmlns", espace)
	params := search.CreateElement("paramsObj")
	params.CreateAttr("xmlns", "")
	ecrit := func(e *etree.Element, nom, valeur string) {
		if valeur != "" {
			e.CreateElement(nom).SetText(valeur)
		}
	}
	requete := params.CreateElement("requete")
	ecrit(requete, "version", versionDemande)
	ecrit(requete, "date_demande", p.Date(quand))
	ecrit(requete, "editeur", p.Editeur)
	ecrit(requete, "logiciel", l.Autorisation)
	ecrit(requete, "version_logiciel", l.Version)
	adressage := params.CreateElement("adressage")
	ecrit(adressage, "numero_amc", p.numero(c.Numero))
	ecrit(adressage, "code_type_convention", c.Convention)
	ecrit(adressage, "code_csr", c.CSR)
	ecrit(adressage, "domaine_conventionnel", string(c.Domaine))
	ecrit(adressage, "code_service", s.Code)
	ecrit(adressage, "code_norme_service", s.Norme)
	ecrit(adressage, "version_norme_service", s.Version)
	types := params.CreateElement("typage").CreateElement("type_adresse")
	for _, t := range s.Types {
		ecrit(types, "item", t)
	}
	return search
}
