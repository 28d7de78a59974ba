package annuairetest

import (
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strings"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie/internal/passerelle"
)

const (
	espaceSOAP   = "http://schemas.xmlsoap.org/soap/envelope/"
	espaceSearch = "https://ws.annuaireamc.fr/"
)

// parametres is paramsObj: optional blocks are absent or filled, never empty.
var parametres = passerelle.Modele{Nom: "paramsObj", Enfants: []passerelle.Modele{
	{Nom: "requete", Min: 1, Enfants: []passerelle.Modele{
		{Nom: "version", Min: 1, Choix: []string{"R01"}},
		{Nom: "date_demande", Min: 1, Texte: passerelle.NonVide},
		{Nom: "editeur", Min: 1, Texte: passerelle.NonVide},
		{Nom: "logiciel", Min: 1, Texte: passerelle.NonVide},
		{Nom: "version_logiciel", Min: 1, Texte: passerelle.NonVide},
	}},
	{Nom: "adressage", Min: 1, Enfants: []passerelle.Modele{
		{Nom: "numero_amc", Min: 1, Texte: passerelle.Motif(`[0-9A-Z]{1,10}`)},
		{Nom: "code_type_convention", Texte: passerelle.Motif(`[0-9A-Z]{2}`)},
		{Nom: "code_csr", Texte: passerelle.NonVide},
		{Nom: "domaine_conventionnel", Min: 1, Texte: passerelle.NonVide},
		{Nom: "code_service", Min: 1, Texte: passerelle.NonVide},
		{Nom: "code_norme_service", Min: 1, Texte: passerelle.NonVide},
		{Nom: "version_norme_service", Min: 1, Texte: passerelle.NonVide},
	}},
	{Nom: "typage", Min: 1, Enfants: []passerelle.Modele{
		{Nom: "type_adresse", Min: 1, Enfants: []passerelle.Modele{{Nom: "item", Min: 1, Max: -1, Texte: passerelle.NonVide}}},
	}},
}}

// question is what a request asks.
type question struct{ numero, convention, csr, domaine, service string }

// examine checks a request. The error names the rule, never a value.
func examine(r *http.Request, corps []byte) (*question, error) {
	if m, p, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || m != "text/xml" || !strings.EqualFold(p["charset"], "utf-8") {
		return nil, errors.New("Content-Type: text/xml in utf-8 is wanted")
	}
	if _, ok := r.Header[http.CanonicalHeaderKey("SOAPAction")]; !ok {
		return nil, errors.New("the header SOAPAction is missing")
	}
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(corps); err != nil || doc.Root() == nil {
		return nil, errors.New("the message is not XML")
	}
	for _, t := range doc.Child {
		if _, ok := t.(*etree.Directive); ok {
			return nil, errors.New("a DOCTYPE")
		}
	}
	env := doc.Root()
	if env.Tag != "Envelope" || env.NamespaceURI() != espaceSOAP {
		return nil, errors.New("the root is not a SOAP 1.1 Envelope")
	}
	dans := env.ChildElements()
	if len(dans) != 1 || dans[0].Tag != "Body" || dans[0].NamespaceURI() != espaceSOAP {
		return nil, errors.New("one Body alone is wanted, without Header")
	}
	dans = dans[0].ChildElements()
	if len(dans) != 1 || dans[0].Tag != "search" || dans[0].NamespaceURI() != espaceSearch {
		return nil, errors.New("one search is wanted in the Body, of the directory's namespace")
	}
	dans = dans[0].ChildElements()
	if len(dans) != 1 {
		return nil, errors.New("search: one paramsObj is wanted")
	}
	if err := parametres.Verifie(dans[0], ""); err != nil {
		return nil, fmt.Errorf("search/%w", err)
	}
	val := func(nom string) string {
		if e := dans[0].FindElement("adressage/" + nom); e != nil {
			return e.Text()
		}
		return ""
	}
	return &question{val("numero_amc"), val("code_type_convention"), val("code_csr"), val("domaine_conventionnel"), val("code_service")}, nil
}
