package passerelle

import (
	"time"

	"github.com/beevik/etree"
)

// Convention is what the establishment and the Assurance Maladie agreed on for
// structure assertions.
type Convention struct {
	Emetteur     string // entityID of the establishment and version, as "urn:etablissement:1"
	Destinataire string // entityID of the service provider
	Audience     string // serviceURI
	PAGM         string
	Classe       string // AuthnContextClassRef
}

// dureeStructure is the longest life of a structure assertion: seven days and the five
// minutes allowed to clocks.
const dureeStructure = 7*24*time.Hour + 5*time.Minute

// structure checks the assertion of an establishment against the convention.
func (s *Serveur) structure(el *etree.Element, a Authentification) (Authentification, error) {
	a.Mode = Structure
	c := s.convention
	if c == nil {
		return a, regle("Assertion: no convention with this establishment")
	}
	if string(a.Certificat.RawIssuer) != string(s.pki.Organisations.Certificat.RawSubject) {
		return a, regle("certificate: not of an organisation")
	}
	if err := ordre(el, "Issuer", "Subject", "Conditions", "AuthnStatement", "AttributeStatement"); err != nil {
		return a, err
	}
	emission, err := s.emission(el)
	if err != nil {
		return a, err
	}
	attribut := func(chemin, nom string) string {
		if e := el.FindElement(chemin); e != nil {
			return e.SelectAttrValue(nom, "")
		}
		return ""
	}
	valeur := func(chemin string) string {
		if e := el.FindElement(chemin); e != nil {
			return e.Text()
		}
		return ""
	}
	instant := func(chemin, nom string) time.Time {
		t, _ := time.Parse(time.RFC3339Nano, attribut(chemin, nom)) // the zero time is no good instant
		return t
	}
	fin := func(chemin string) bool {
		t := instant(chemin, "NotOnOrAfter")
		return t.After(s.horloge()) && !t.After(emission.Add(dureeStructure))
	}
	const confirmation = "./Subject/SubjectConfirmation"
	for _, r := range []struct {
		ok     bool
		raison string
	}{
		{valeur("./Issuer") == c.Emetteur, "Issuer: not that of the convention"},
		{valeur("./Subject/NameID") != "" && attribut("./Subject/NameID", "Format") != "", "NameID: the agent and a Format are wanted"},
		{attribut(confirmation, "Method") == "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches", "SubjectConfirmation: sender-vouches is wanted"},
		{attribut(confirmation+"/SubjectConfirmationData", "Recipient") == c.Destinataire, "SubjectConfirmationData/@Recipient: not that of the convention"},
		{fin(confirmation + "/SubjectConfirmationData"), "SubjectConfirmationData/@NotOnOrAfter: over, or more than seven days and five minutes"},
		{instant("./Conditions", "NotBefore").Equal(emission), "Conditions/@NotBefore: IssueInstant is wanted"},
		{fin("./Conditions"), "Conditions/@NotOnOrAfter: over, or more than seven days and five minutes"},
		{valeur("./Conditions/AudienceRestriction/Audience") == c.Audience, "Audience: not that of the convention"},
		{instant("./AuthnStatement", "AuthnInstant").Equal(emission), "AuthnStatement/@AuthnInstant: IssueInstant is wanted"},
		{attribut("./AuthnStatement", "SessionIndex") == attribut(".", "ID"), "AuthnStatement/@SessionIndex: the ID is wanted"},
		{valeur("./AuthnStatement/AuthnContext/AuthnContextClassRef") == c.Classe, "AuthnContextClassRef: not that of the convention"},
	} {
		if !r.ok {
			return a, regle(r.raison)
		}
	}
	if a.Attributs, err = attributs(el, pagm); err != nil {
		return a, err
	}
	if a.Attributs["PAGM"] != c.PAGM {
		return a, regle("Attribute PAGM: not that of the convention")
	}
	a.Porteur = valeur("./Subject/NameID")
	return a, nil
}
