package saml

import (
	"crypto/x509"
	"time"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// Verification says whom to trust and what else must hold. Trust is exactly
// one of Racines and Attendu: neither, or both, is SAML-CONFIANCE.
type Verification struct {
	Racines        *x509.CertPool // the path of the certificate must end there
	Intermediaires *x509.CertPool // certificates that the path may go through

	// Attendu is the very certificate that must have signed; no path is built.
	// For an assertion that one has just signed oneself.
	Attendu *x509.Certificate

	// Usage decides whether the certificate may sign assertions: see
	// UsageNonRepudiation. Mandatory with Racines.
	Usage func(*x509.Certificate) error
	// Revocation, if set, is asked about the path that was found, leaf first
	// (with Attendu, that certificate alone).
	Revocation func(chemin []*x509.Certificate) error

	Instant time.Time     // when the assertion is used; mandatory
	AgeMax  time.Duration // since IssueInstant; mandatory
	Ecart   time.Duration // tolerated between the clocks; 0 = none

	Audience     string // must be among the audiences; "" = not looked at
	Destinataire string // must be the Recipient; "" = not looked at
}

// Verifiee is an assertion whose signature was verified: every field was read
// from the nodes that were digested.
type Verifiee struct {
	Assertion
	// cert is behind a function because it names a person: fmt prints what a
	// pointer leads to when the verb is wrong.
	cert func() *x509.Certificate
}

// Certificat is the one that signed.
func (v *Verifiee) Certificat() *x509.Certificate {
	if v == nil || v.cert == nil {
		return nil
	}
	return v.cert()
}

// UsageNonRepudiation accepts a certificate whose KeyUsage is critical and
// allows nonRepudiation: the signature pair of a professional card.
func UsageNonRepudiation(cert *x509.Certificate) error {
	return usage(cert, x509.KeyUsageContentCommitment)
}

// UsageSignature accepts a certificate whose KeyUsage is critical and allows
// digitalSignature or nonRepudiation: the seal of a structure.
func UsageSignature(cert *x509.Certificate) error {
	return usage(cert, x509.KeyUsageContentCommitment|x509.KeyUsageDigitalSignature)
}

func usage(cert *x509.Certificate, un x509.KeyUsage) error {
	if cert != nil && cert.KeyUsage&un != 0 {
		for _, e := range cert.Extensions {
			if e.Id.Equal(oidKeyUsage) && e.Critical {
				return nil
			}
		}
	}
	return refus("SAML-USAGE", "the certificate may not sign assertions: use that of the signature key, not of authentication")
}

// oidKeyUsage is the extension KeyUsage.
var oidKeyUsage = []int{2, 5, 29, 15}

// refus is an error of verification.
func refus(code simphonie.Code, detail string) error {
	return &simphonie.Erreur{Code: code, Service: "SAML", Detail: detail}
}

// controle checks the Verification itself.
func (v *Verification) controle() error {
	switch {
	case (v.Racines == nil) == (v.Attendu == nil):
		return refus("SAML-CONFIANCE", "give the roots to trust, or the one certificate that is expected, and not both")
	case v.Racines != nil && v.Usage == nil:
		return refus("SAML-CONFIG", "with roots, say by Usage which certificates may sign")
	case v.Instant.IsZero() || v.AgeMax <= 0 || v.Ecart < 0:
		return refus("SAML-CONFIG", "give Instant and AgeMax, and an Ecart that is not negative")
	}
	return nil
}

// Verifie verifies the assertion that is the root of doc, and the only one.
// doc comes from xmlguard.
func Verifie(doc *etree.Document, v Verification) (*Verifiee, error) {
	if err := v.controle(); err != nil {
		return nil, err
	}
	racine := racineDe(doc)
	if !xmlguard.Est(racine, Espace, "Assertion") {
		return nil, refus("SAML-PLACE", "the root of the document is not an assertion of SAML 2.0")
	}
	if err := inventaire(racine, 1); err != nil {
		return nil, err
	}
	return v.assertion(racine)
}

// VerifieOctets is Verifie for a document that is still bytes, as Sign made them.
func VerifieOctets(b []byte, v Verification) (*Verifiee, error) {
	doc, err := xmlguard.Parse(b, xmlguard.Limites{})
	if err != nil {
		return nil, err
	}
	return Verifie(doc, v)
}

// espaceWSSE is the namespace of the Security header.
const espaceWSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"

// espacesSOAP are those of SOAP 1.2 and 1.1.
var espacesSOAP = []string{"http://www.w3.org/2003/05/soap-envelope", "http://schemas.xmlsoap.org/soap/envelope/"}

// VerifieEnTete verifies the assertions of a SOAP message: exactly n, all
// signed, all in /Envelope/Header/Security, which holds nothing else. doc
// comes from xmlguard.
func VerifieEnTete(doc *etree.Document, n int, v Verification) ([]*Verifiee, error) {
	if err := v.controle(); err != nil {
		return nil, err
	}
	if n < 1 {
		return nil, refus("SAML-CONFIG", "ask for one assertion or more")
	}
	securite, err := securiteDe(racineDe(doc))
	if err != nil {
		return nil, err
	}
	if err := inventaire(racineDe(doc), n); err != nil {
		return nil, err
	}
	assertions, err := enfants(securite)
	if err != nil {
		return nil, err
	}
	if len(assertions) != n {
		return nil, refus("SAML-PLACE", "Security does not hold the assertions of the message and nothing else")
	}
	vs := make([]*Verifiee, n)
	for i, a := range assertions {
		if !xmlguard.Est(a, Espace, "Assertion") {
			return nil, refus("SAML-PLACE", "Security does not hold the assertions of the message and nothing else")
		}
		if vs[i], err = v.assertion(a); err != nil {
			return nil, err
		}
	}
	return vs, nil
}

func racineDe(doc *etree.Document) *etree.Element {
	if doc == nil {
		return nil
	}
	return doc.Root()
}

// securiteDe finds /Envelope/Header/Security, each of them once.
func securiteDe(racine *etree.Element) (*etree.Element, error) {
	for _, soap := range espacesSOAP {
		if !xmlguard.Est(racine, soap, "Envelope") {
			continue
		}
		entete, err := xmlguard.Exige(racine, soap, "Header")
		if err == nil {
			entete, err = xmlguard.Exige(entete, espaceWSSE, "Security")
		}
		if err != nil {
			return nil, &simphonie.Erreur{Code: "SAML-PLACE", Service: "SAML", Detail: "the message does not have one Header with one Security", Err: err}
		}
		return entete, nil
	}
	return nil, refus("SAML-PLACE", "the root of the document is not a SOAP envelope")
}

// enfants gives the child elements; text other than white space between them
// is refused.
func enfants(el *etree.Element) ([]*etree.Element, error) {
	es := make([]*etree.Element, 0, 4)
	for _, t := range el.Child {
		switch t := t.(type) {
		case *etree.Element:
			es = append(es, t)
		case *etree.CharData:
			for i := 0; i < len(t.Data); i++ {
				if c := t.Data[i]; c != ' ' && c != '\t' && c != '\n' && c != '\r' {
					return nil, structure(el.Tag, "holds text between its elements")
				}
			}
		}
	}
	return es, nil
}

// structure refuses an element that is not as the schema of SAML or of
// signatures, in the part of it that is used here, wants it.
func structure(nom, detail string) error {
	return &simphonie.Erreur{Code: "SAML-STRUCTURE", Service: "SAML", Chemin: nom, Detail: nom + " " + detail}
}
