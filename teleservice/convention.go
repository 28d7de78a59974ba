package teleservice

import (
	"slices"
	"strings"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// Convention is what an AssertionStructure takes from the XML file that the
// establishment and the Assurance Maladie agreed on.
type Convention struct {
	Emetteur     string // IDPSSODescriptor/@entityID
	Version      string // Convention/@version
	Destinataire string // SPSSODescriptor/@entityID
	Service      string // ServiceBinding/@serviceURI
	FormatNom    string // NameIDFormat
	Acces        string // the first AccessAuthentication
	PAGM         []string
}

// ParseConvention reads the file. Its namespaces and its order are not public,
// so elements are found by their local names, wherever they stand.
func ParseConvention(b []byte) (*Convention, error) {
	d, err := xmlguard.Parse(b, xmlguard.Limites{})
	if err != nil {
		return nil, &simphonie.Erreur{Code: "TSV-CONVENTION", Service: "teleservice", Detail: "the convention cannot be read", Err: err}
	}
	var c Convention
	premiere := func(champ *string, v string) {
		if *champ == "" {
			*champ = strings.TrimSpace(v)
		}
	}
	var visite func(e *etree.Element) error
	visite = func(e *etree.Element) error {
		valeur := func(champ *string) error {
			t, err := xmlguard.Texte(e)
			premiere(champ, t)
			return err
		}
		attribut := func(nom string) string { v, _ := xmlguard.Attribut(e, "", nom); return v }
		switch e.Tag {
		case "Convention":
			premiere(&c.Version, attribut("version"))
		case "IDPSSODescriptor":
			premiere(&c.Emetteur, attribut("entityID"))
		case "SPSSODescriptor":
			premiere(&c.Destinataire, attribut("entityID"))
		case "ServiceBinding":
			premiere(&c.Service, attribut("serviceURI"))
		case "NameIDFormat":
			return valeur(&c.FormatNom)
		case "AccessAuthentication":
			return valeur(&c.Acces)
		case "RequestedAttribute":
			if attribut("name") == "PAGM" {
				vs, err := valeurs(e)
				c.PAGM = append(c.PAGM, vs...)
				return err
			}
			return nil
		}
		for _, f := range e.ChildElements() {
			if err := visite(f); err != nil {
				return err
			}
		}
		return nil
	}
	if err := visite(d.Root()); err != nil {
		return nil, &simphonie.Erreur{Code: "TSV-CONVENTION", Service: "teleservice", Detail: "a value of the convention cannot be read", Err: err}
	}
	return &c, c.verifie()
}

// valeurs gives the texts of an element: its own when it is a leaf, else those
// of its leaves.
func valeurs(e *etree.Element) (vs []string, err error) {
	fils := e.ChildElements()
	if len(fils) == 0 {
		t, err := xmlguard.Texte(e)
		if t = strings.TrimSpace(t); err != nil || t == "" {
			return nil, err
		}
		return []string{t}, nil
	}
	for _, f := range fils {
		v, err := valeurs(f)
		if err != nil {
			return nil, err
		}
		vs = append(vs, v...)
	}
	return vs, nil
}

func (c *Convention) verifie() error {
	if c == nil {
		return erreurConfig("TSV-CONVENTION", "Convention", "the convention is missing: ParseConvention")
	}
	var manque []string
	for nom, v := range map[string]string{"IDPSSODescriptor/@entityID": c.Emetteur, "Convention/@version": c.Version, "SPSSODescriptor/@entityID": c.Destinataire,
		"ServiceBinding/@serviceURI": c.Service, "NameIDFormat": c.FormatNom, "AccessAuthentication": c.Acces, "RequestedAttribute[@name='PAGM']": strings.Join(c.PAGM, "")} {
		if v == "" {
			manque = append(manque, nom)
		}
	}
	if len(manque) > 0 {
		slices.Sort(manque)
		return erreurConfig("TSV-CONVENTION", "Convention", "the convention says nothing of "+strings.Join(manque, ", "))
	}
	return nil
}
