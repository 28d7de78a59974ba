package saml

import (
	"regexp"
	"time"
	"unicode/utf8"

	"github.com/simphonie/simphonie"
)

// formeID is what an ID of XML may be here.
var formeID = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9._-]{0,127}$`)

// formeInstant is xsd:dateTime in UTC with milliseconds.
const formeInstant = "2006-01-02T15:04:05.000Z"

// Encode gives the assertion, unsigned, in exclusive canonical form. A value
// that is missing, or that holds a control character, is SAML-VALEUR with the
// field in Chemin.
func (a *Assertion) Encode() ([]byte, error) {
	b, _, err := a.encode()
	return b, err
}

// encode also tells where Issuer ends.
func (a *Assertion) encode() (b []byte, finEmetteur int, err error) {
	if a == nil {
		return nil, 0, errValeur("Assertion", "is missing")
	}
	if !formeID.MatchString(a.ID) {
		return nil, 0, errValeur("ID", "is not an identifier of XML: use _ and a UUID")
	}
	e := encodeur{b: make([]byte, 0, 1024)}
	e.ouvre("Assertion", ` xmlns:saml="`+Espace+`"`)
	e.attribut("ID", a.ID)
	e.instant("IssueInstant", a.Emission)
	e.attribut("Version", "2.0")
	e.ouvre("Issuer", "")
	e.option("Format", a.FormatEmetteur)
	e.feuille("Issuer", a.Emetteur.Clair())
	finEmetteur = len(e.b)
	e.sujet(a)
	e.conditions(a.Conditions)
	e.authentification(a.Authentification)
	e.attributs(a.Attributs)
	e.ferme("Assertion")
	if e.err != nil {
		return nil, 0, e.err
	}
	return e.b, finEmetteur, nil
}

func (e *encodeur) sujet(a *Assertion) {
	e.ouvre("Subject", "")
	e.ouvre("NameID", "")
	e.option("Format", a.FormatSujet)
	e.option("NameQualifier", a.QualificatifSujet)
	e.feuille("NameID", a.Sujet.Clair())
	if c := a.Confirmation; c != nil {
		e.ouvre("SubjectConfirmation", "")
		e.attribut("Method", c.Methode)
		if c.Destinataire != "" || !c.Fin.IsZero() {
			e.ouvre("SubjectConfirmationData", "")
			e.instantOption("NotOnOrAfter", c.Fin)
			e.option("Recipient", c.Destinataire)
			e.ferme("SubjectConfirmationData")
		}
		e.ferme("SubjectConfirmation")
	}
	e.ferme("Subject")
}

func (e *encodeur) conditions(c *Conditions) {
	if c == nil {
		return
	}
	e.ouvre("Conditions", "")
	e.instantOption("NotBefore", c.Debut)
	e.instantOption("NotOnOrAfter", c.Fin)
	if len(c.Audiences) > 0 {
		e.ouvre("AudienceRestriction", "")
		for _, a := range c.Audiences {
			e.ouvre("Audience", "")
			e.feuille("Audience", a)
		}
		e.ferme("AudienceRestriction")
	}
	e.ferme("Conditions")
}

func (e *encodeur) authentification(a *Authentification) {
	if a == nil {
		return
	}
	e.ouvre("AuthnStatement", "")
	e.instant("AuthnInstant", a.Instant)
	e.option("SessionIndex", a.Session)
	e.ouvre("AuthnContext", "")
	e.ouvre("AuthnContextClassRef", "")
	e.feuille("AuthnContextClassRef", a.Classe)
	e.ferme("AuthnContext")
	e.ferme("AuthnStatement")
}

func (e *encodeur) attributs(as []Attribut) {
	if len(as) == 0 {
		return
	}
	e.ouvre("AttributeStatement", "")
	for i := range as {
		a := &as[i]
		for j := range as[:i] {
			if as[j].Nom == a.Nom && e.err == nil {
				e.err = &simphonie.Erreur{Code: "SAML-ATTRIBUT", Chemin: "Attribute", Detail: "an attribute name stands twice: give its values together"}
			}
		}
		e.ouvre("Attribute", "")
		e.attribut("Name", a.Nom)
		e.option("NameFormat", a.Format)
		for _, v := range a.Valeurs {
			e.ouvre("AttributeValue", "")
			e.feuille("AttributeValue", v.Clair())
		}
		e.ferme("Attribute")
	}
	e.ferme("AttributeStatement")
}

// encodeur writes elements of the assertion namespace, with their attributes
// in canonical order as the caller gives them.
type encodeur struct {
	b     []byte
	balis bool // a start tag is open
	err   error
}

// finit closes the start tag that is open.
func (e *encodeur) finit() {
	if e.balis {
		e.b, e.balis = append(e.b, '>'), false
	}
}

func (e *encodeur) ouvre(nom, declaration string) {
	e.finit()
	e.b = append(append(append(e.b, "<saml:"...), nom...), declaration...)
	e.balis = true
}

func (e *encodeur) ferme(nom string) {
	e.finit()
	e.b = append(append(append(e.b, "</saml:"...), nom...), '>')
}

// attribut writes one whose value must not be empty.
func (e *encodeur) attribut(nom, valeur string) {
	e.controle(nom, valeur)
	e.b = append(append(append(e.b, ' '), nom...), `="`...)
	e.b = append(echappeAttribut(e.b, valeur), '"')
}

func (e *encodeur) option(nom, valeur string) {
	if valeur != "" {
		e.attribut(nom, valeur)
	}
}

func (e *encodeur) instant(nom string, t time.Time) {
	if t = t.UTC(); e.err == nil && (t.IsZero() || t.Year() < 1 || t.Year() > 9999) {
		e.err = errValeur(nom, "is not set, or not an instant that can be written")
	}
	e.attribut(nom, t.Format(formeInstant))
}

func (e *encodeur) instantOption(nom string, t time.Time) {
	if !t.IsZero() {
		e.instant(nom, t)
	}
}

// feuille writes the text of the element just opened, and closes it.
func (e *encodeur) feuille(nom, texte string) {
	e.controle(nom, texte)
	e.finit()
	e.b = echappeTexte(e.b, texte)
	e.ferme(nom)
}

// controle refuses an empty value and one that is not plain text.
func (e *encodeur) controle(nom, valeur string) {
	if e.err != nil {
		return
	}
	if valeur == "" {
		e.err = errValeur(nom, "is empty")
		return
	}
	for i, r := range valeur {
		_, n := utf8.DecodeRuneInString(valeur[i:])
		if r < ' ' || r >= 0x7F && r < 0xA0 || r == utf8.RuneError && n == 1 || r == 0xFFFE || r == 0xFFFF {
			e.err = errValeur(nom, "holds a control character, or is not UTF-8")
			return
		}
	}
}

// errValeur refuses a value of an assertion without repeating it.
func errValeur(champ, detail string) error {
	return &simphonie.Erreur{Code: "SAML-VALEUR", Chemin: champ, Detail: champ + " " + detail}
}
