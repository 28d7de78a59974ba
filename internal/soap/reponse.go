package soap

import (
	"strings"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// Reponse is an answer: the only child of its body, or a fault.
type Reponse struct {
	Version   Version
	MessageID string
	RelatesTo string
	Action    string
	Corps     *etree.Element // nil when there is a fault
	Faute     *Faute
	// Detail is the detail of the fault as it came, for a service whose codes
	// are not those that Faute reads. It may echo anything.
	Detail *etree.Element
}

// Decode reads an answer. Prefixes do not matter, namespaces do.
func Decode(b []byte, l xmlguard.Limites) (*Reponse, error) {
	d, err := xmlguard.Parse(b, l)
	if err != nil {
		return nil, err
	}
	racine := d.Root()
	r := &Reponse{}
	switch espace := racine.NamespaceURI(); {
	case racine.Tag != "Envelope":
		return nil, erreur("Envelope", "the answer is not a SOAP envelope")
	case espace == Espace12:
		r.Version = V12
	case espace == Espace11:
		r.Version = V11
	default:
		return nil, erreur("Envelope", "the envelope is neither of SOAP 1.1 nor of SOAP 1.2")
	}
	espace := r.Version.Espace()
	var entete, corps *etree.Element
	for _, e := range racine.ChildElements() {
		switch {
		case e.NamespaceURI() == espace && e.Tag == "Header" && entete == nil && corps == nil:
			entete = e
		case e.NamespaceURI() == espace && e.Tag == "Body" && corps == nil:
			corps = e
		default:
			return nil, erreur("Envelope", "the envelope holds something else than one Header and one Body, in this order")
		}
	}
	if corps == nil {
		return nil, erreur("Body", "the answer has no body")
	}
	if entete != nil {
		for nom, champ := range map[string]*string{"MessageID": &r.MessageID, "RelatesTo": &r.RelatesTo, "Action": &r.Action} {
			t, err := xmlguard.TexteEnfant(entete, EspaceAdressage, nom)
			if err != nil {
				return nil, erreur("Header."+nom, "the header stands twice, or is not a plain text")
			}
			*champ = strings.TrimSpace(t)
		}
	}
	fils := corps.ChildElements()
	if len(fils) != 1 {
		return nil, erreur("Body", "the body must hold one element")
	}
	if fils[0].Tag == "Fault" && fils[0].NamespaceURI() == espace {
		r.Faute, r.Detail = faute(r.Version, fils[0])
		return r, nil
	}
	r.Corps = fils[0]
	return r, nil
}

func erreur(chemin, detail string) error {
	return &simphonie.Erreur{Code: "SOAP-ENVELOPPE", Chemin: chemin, Detail: detail}
}
