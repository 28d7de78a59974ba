package insi

import (
	"strconv"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
)

// Namespaces and actions of the service, WSDL 1.5.0.
const (
	espaceTraits   = "http://www.cnamts.fr/INSiRecSans"
	espaceVitale   = "http://www.cnamts.fr/INSiRecVit"
	espaceResultat = "http://www.cnamts.fr/INSiResultat"

	operationTraits = "rechercherInsAvecTraitsIdentite"
	operationVitale = "rechercherInsAvecCarteVitale"
	prefixeAction   = "urn:ServiceIdentiteCertifiee:1.0.0:"
)

// corpsTraits writes the request of one call, children in the order of the
// schema. t is normalised.
func corpsTraits(t Traits, e etape) *etree.Element {
	r := etree.NewElement("RECSANSVITALE")
	r.CreateAttr("xmlns", espaceTraits)
	ajoute(r, "NomNaissance", t.Nom.Clair())
	ajoute(r, "Prenom", e.prenom.Clair())
	ajoute(r, "Sexe", string(t.Sexe))
	ajoute(r, "DateNaissance", t.Naissance.Clair())
	if e.lieu {
		ajoute(r, "LieuNaissance", t.Lieu.Clair())
	}
	return r
}

// corpsVitale writes the request by card: numbers without their key.
func corpsVitale(c CarteVitale) *etree.Element {
	r := etree.NewElement("RECVITALE")
	r.CreateAttr("xmlns", espaceVitale)
	matricule := func(nom string, n simphonie.NIR) {
		if !n.IsZero() {
			ajoute(r.CreateElement(nom), "NumIdentifiant", n.Numero())
		}
	}
	matricule("MatriculeIndividu", c.Individu)
	matricule("MatriculeOD", c.Ouvrant)
	ajoute(r, "NomNaissance", c.Nom.Clair())
	ajoute(r, "DateNaissance", c.Naissance.Clair())
	if c.Rang > 0 {
		ajoute(r, "RangNaissance", strconv.Itoa(c.Rang))
	}
	return r
}

// ajoute writes a leaf; an optional value that is absent writes nothing.
func ajoute(el *etree.Element, nom, valeur string) {
	if valeur != "" {
		el.CreateElement(nom).SetText(valeur)
	}
}
