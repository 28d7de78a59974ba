package passerelle

import (
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"strings"
	"time"

	"github.com/beevik/etree"
	"github.com/russellhaering/goxmldsig/etreeutils"
)

// Mode is how a caller proved who it is.
type Mode string

// Modes of authentication.
const (
	Carte     Mode = "carte"
	PSC       Mode = "psc"
	Structure Mode = "structure"
	TLSMutuel Mode = "tls-mutuel"
)

// Authentification is who calls.
type Authentification struct {
	Mode       Mode
	Porteur    string            // national identifier, agent, or structure identifier
	Attributs  map[string]string // of the assertion
	Certificat *x509.Certificate // nil with Pro Santé Connect
	Vitale     string            // serial number of the patient's card, if its assertion came too
}

// dureeAssertion is how long a card's assertion was seen accepted.
const dureeAssertion = time.Hour

// formatSujet is the Format of the Issuer of a card.
const formatSujet = "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName"

var ncName = Motif(`[A-Za-z_][A-Za-z0-9_.-]*`)

// assertions checks a Security header: the assertion of the caller and, with a
// card, maybe that of the patient's card after it.
func (s *Serveur) assertions(securite *etree.Element) (Authentification, error) {
	var a Authentification
	enfants := securite.ChildElements()
	if len(enfants) == 0 || len(enfants) > 2 || !est(enfants[0], espaceSAML, "Assertion") {
		return a, regle("Security: one Assertion, two with a Vitale card, and nothing else are wanted")
	}
	if err := identifiantsUniques(securite); err != nil {
		return a, err
	}
	a, err := s.assertion(enfants[0])
	if err == nil && len(enfants) == 2 {
		err = s.vitale(enfants[1], &a)
	}
	return a, err
}

// detache gives an assertion a tree of its own: goxmldsig rewrites what it reads.
func detache(el *etree.Element) (*etree.Element, error) {
	contexte, err := etreeutils.NSBuildParentContext(el)
	if err != nil {
		return nil, regle("Assertion: namespaces")
	}
	if el, err = etreeutils.NSDetatch(contexte, el); err != nil {
		return nil, regle("Assertion: namespaces")
	}
	if el.SelectAttrValue("Version", "") != "2.0" || !ncName(el.SelectAttrValue("ID", "")) {
		return nil, regle("Assertion: Version 2.0 and an ID are wanted")
	}
	return el, nil
}

// assertion checks the assertion of the caller.
func (s *Serveur) assertion(el *etree.Element) (Authentification, error) {
	var a Authentification
	el, err := detache(el)
	if err != nil {
		return a, err
	}
	signatures := el.FindElements(".//Signature")
	if len(signatures) == 0 {
		if !s.psc {
			return a, regle("Assertion: not signed")
		}
		return s.psConnect(el)
	}
	c, el, err := s.signature(el, signatures)
	if err != nil {
		return a, err
	}
	a.Certificat = c
	if len(childs(el, "AuthnStatement")) > 0 {
		return s.structure(el, a)
	}
	return s.carte(el, a)
}

// vitale checks the assertion of the patient's card: its issuer is the holder
// of the professional card, its signature is optional.
func (s *Serveur) vitale(el *etree.Element, a *Authentification) error {
	if a.Mode != Carte || !est(el, espaceSAML, "Assertion") {
		return regle("Security: a second assertion goes with a professional card only")
	}
	el, err := detache(el)
	if err != nil {
		return err
	}
	if signatures := el.FindElements(".//Signature"); len(signatures) > 0 {
		var c *x509.Certificate
		if c, el, err = s.signature(el, signatures); err != nil {
			return err
		}
		if !c.Equal(a.Certificat) {
			return regle("Assertion VITALE: signed by another card")
		}
	}
	if err := errors.Join(s.recente(el), ordre(el, "Issuer", "Subject")); err != nil {
		return err
	}
	serie, qualificatif, err := sujet(el)
	if err != nil {
		return err
	}
	emetteur := childs(el, "Issuer")[0]
	if qualificatif != "VITALE" || emetteur.Text() != a.Porteur || emetteur.SelectAttr("Format") != nil {
		return regle("Assertion VITALE: NameQualifier VITALE and the holder as Issuer, without Format, are wanted")
	}
	a.Vitale = serie
	return nil
}

// identifiantsUniques refuses two elements that answer to one identifier.
func identifiantsUniques(el *etree.Element) error {
	vus := map[string]bool{}
	for _, e := range el.FindElements(".//*") {
		for _, a := range e.Attr {
			if strings.EqualFold(a.Key, "ID") && a.Space != "xmlns" {
				if a.Key != "ID" || a.Space != "" {
					return regle("Assertion: an identifier attribute that is not ID")
				}
				if vus[a.Value] {
					return regle("Assertion: an ID stands twice")
				}
				vus[a.Value] = true
			}
		}
	}
	return nil
}

// emission reads when the assertion was issued and refuses the future.
func (s *Serveur) emission(el *etree.Element) (time.Time, error) {
	texte := el.SelectAttrValue("IssueInstant", "")
	t, err := time.Parse(time.RFC3339Nano, texte)
	switch maintenant := s.horloge(); {
	case err != nil || !strings.HasSuffix(texte, "Z"):
		return t, regle("Assertion: IssueInstant in UTC is wanted")
	case t.After(maintenant.Add(s.derive)):
		return t, regle("Assertion: IssueInstant is in the future")
	}
	return t, nil
}

// recente refuses the assertion of a person that is more than an hour old.
func (s *Serveur) recente(el *etree.Element) error {
	t, err := s.emission(el)
	if err == nil && s.horloge().Sub(t) > dureeAssertion+s.derive {
		err = regle("Assertion: expired, IssueInstant is more than an hour ago")
	}
	return err
}

// carte checks the assertion of a professional card.
func (s *Serveur) carte(el *etree.Element, a Authentification) (Authentification, error) {
	a.Mode = Carte
	if err := errors.Join(s.recente(el), ordre(el, "Issuer", "Subject", "AttributeStatement")); err != nil {
		return a, err
	}
	if string(a.Certificat.RawIssuer) != string(s.pki.Personnes.Certificat.RawSubject) {
		return a, regle("certificate: not of a person")
	}
	emetteur := childs(el, "Issuer")[0]
	dn, err := texte(emetteur)
	cn := a.Certificat.Subject.CommonName
	if err != nil || emetteur.SelectAttrValue("Format", "") != formatSujet || !strings.Contains(dn, "CN="+cn) {
		return a, regle("Issuer: the subject of the signing certificate, with its Format, is wanted")
	}
	nom, qualificatif, err := sujet(el)
	if err != nil {
		return a, err
	}
	if qualificatif != typeDeCarte(a.Certificat) {
		return a, regle("NameID/@NameQualifier: not the type of the card")
	}
	if nom != cn {
		return a, regle("NameID: not the holder of the card")
	}
	a.Porteur = nom
	a.Attributs, err = attributs(el, factures, secteurs)
	return a, err
}

// psConnect checks the unsigned assertion of Pro Santé Connect.
func (s *Serveur) psConnect(el *etree.Element) (Authentification, error) {
	a := Authentification{Mode: PSC}
	if err := errors.Join(s.recente(el), ordre(el, "Issuer", "Subject", "AttributeStatement")); err != nil {
		return a, err
	}
	nom, qualificatif, err := sujet(el)
	if err != nil {
		return a, err
	}
	if qualificatif != "PSC" {
		return a, regle("Assertion: not signed")
	}
	a.Porteur = nom
	a.Attributs, err = attributs(el, factures, secteurs)
	return a, err
}

// typeDeCarte reads the NameQualifier that the certificate calls for.
func typeDeCarte(c *x509.Certificate) string {
	for _, e := range c.Extensions {
		if e.Id.String() != "1.2.250.1.71.1.2.2" {
			continue
		}
		var n int
		if reste, err := asn1.Unmarshal(e.Value, &n); err == nil && len(reste) == 0 && n >= 0 && n < 4 {
			return []string{"CPS", "CPF", "CDE-CPE", "CPA"}[n]
		}
	}
	return "CPX"
}
