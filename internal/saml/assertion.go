package saml

import (
	"time"

	"github.com/simphonie/simphonie"
)

// Espace is the namespace of SAML 2.0 assertions.
const Espace = "urn:oasis:names:tc:SAML:2.0:assertion"

// Formats and methods that the assertions of the teleservices use.
const (
	FormatX509    = "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName"
	SenderVouches = "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"
)

// Assertion says who calls. The assertion of a professional card has Issuer,
// Subject and attributes only; that of a structure also has a confirmation,
// conditions and an authentication statement. Texts that may name a person
// are masked in every printed form.
type Assertion struct {
	ID       string    // "_" and a UUID
	Emission time.Time // IssueInstant, written in UTC with milliseconds

	Emetteur       simphonie.Confidentiel // Issuer: DN of the signing certificate, or an entity id
	FormatEmetteur string                 // "" = absent

	Sujet             simphonie.Confidentiel // NameID: national identifier, card serial, agent
	FormatSujet       string                 // "" = absent
	QualificatifSujet string                 // NameQualifier: CPS, CPF, CDE-CPE, CPA, CPX, PSC, VITALE; "" = absent

	Confirmation     *Confirmation
	Conditions       *Conditions
	Authentification *Authentification
	Attributs        []Attribut
}

// Confirmation is SubjectConfirmation.
type Confirmation struct {
	Methode      string
	Destinataire string    // Recipient; "" = absent
	Fin          time.Time // NotOnOrAfter, excluded; zero = absent
}

// Conditions bounds the use of the assertion.
type Conditions struct {
	Debut, Fin time.Time // NotBefore included, NotOnOrAfter excluded; zero = absent
	Audiences  []string  // one AudienceRestriction; empty = absent
}

// Authentification is AuthnStatement.
type Authentification struct {
	Instant time.Time
	Session string // SessionIndex; "" = absent
	Classe  string // AuthnContextClassRef
}

// Attribut is one attribute of the AttributeStatement.
type Attribut struct {
	Nom     string
	Format  string // NameFormat; "" = absent
	Valeurs []simphonie.Confidentiel
}

// NewAttribut gives an attribute without NameFormat.
func NewAttribut(nom string, valeurs ...string) Attribut {
	a := Attribut{Nom: nom, Valeurs: make([]simphonie.Confidentiel, len(valeurs))}
	for i, v := range valeurs {
		a.Valeurs[i] = simphonie.NewConfidentiel(v)
	}
	return a
}

// Attribut gives the first value of an attribute.
func (a *Assertion) Attribut(nom string) (valeur simphonie.Confidentiel, present bool) {
	if a == nil {
		return
	}
	for i := range a.Attributs {
		if t := &a.Attributs[i]; t.Nom == nom && len(t.Valeurs) > 0 {
			return t.Valeurs[0], true
		}
	}
	return
}
