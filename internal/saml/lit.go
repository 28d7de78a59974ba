package saml

import (
	"time"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// lit reads the fields of an assertion. What this package does not know is
// refused, for an unknown condition may restrict the rest.
func lit(el *etree.Element) (*Assertion, error) {
	if v, _ := xmlguard.Attribut(el, "", "Version"); v != "2.0" {
		return nil, refus("SAML-VERSION", "the assertion is not of version 2.0")
	}
	l := &lecteur{}
	a := &Assertion{}
	a.ID = l.attribut(el, "ID")
	a.Emission = l.instant(el, "IssueInstant", true)
	fils := l.enfants(el)
	for i, f := range fils {
		switch nom := l.nom(f); {
		case i == 0 && nom == "Issuer":
			a.FormatEmetteur = l.attribut(f, "Format")
			a.Emetteur = simphonie.NewConfidentiel(l.texte(f))
		case i == 1 && xmlguard.Est(f, espaceDS, "Signature"):
		case nom == "Subject" && a.Sujet.IsZero():
			l.sujet(a, f)
		case nom == "Conditions" && a.Conditions == nil:
			a.Conditions = l.conditions(f)
		case nom == "AuthnStatement" && a.Authentification == nil:
			a.Authentification = l.authentification(f)
		case nom == "AttributeStatement" && a.Attributs == nil:
			a.Attributs = l.attributs(f)
		default:
			l.refuse(el, "holds an element that is repeated, out of place or not known here")
		}
	}
	if a.Emetteur.IsZero() || a.Sujet.IsZero() {
		l.refuse(el, "has no Issuer or no NameID")
	}
	if l.err != nil {
		return nil, l.err
	}
	return a, nil
}

// lecteur keeps the first error.
type lecteur struct{ err error }

func (l *lecteur) refuse(el *etree.Element, detail string) {
	if l.err == nil {
		l.err = structure(el.Tag, detail)
	}
}

// nom gives the local name of an element of SAML, "" for another.
func (l *lecteur) nom(el *etree.Element) string {
	if espace, local := xmlguard.Nom(el); espace == Espace {
		return local
	}
	return ""
}

func (l *lecteur) enfants(el *etree.Element) []*etree.Element {
	es, err := enfants(el)
	if err != nil && l.err == nil {
		l.err = err
	}
	return es
}

// texte gives the text of a leaf, as it stands.
func (l *lecteur) texte(el *etree.Element) string {
	t, err := xmlguard.Texte(el)
	if err != nil || t == "" {
		l.refuse(el, "is empty, or not a plain text")
	}
	return t
}

func (l *lecteur) attribut(el *etree.Element, nom string) string {
	v, _ := xmlguard.Attribut(el, "", nom)
	return v
}

// instant reads an xsd:dateTime in UTC.
func (l *lecteur) instant(el *etree.Element, nom string, exige bool) time.Time {
	v, present := xmlguard.Attribut(el, "", nom)
	if !present && !exige {
		return time.Time{}
	}
	t, err := time.Parse("2006-01-02T15:04:05Z", v)
	if err != nil || len(v) < len("2006-01-02T15:04:05Z") || v[19] != '.' && v[19] != 'Z' || t.IsZero() {
		if l.err == nil {
			l.err = &simphonie.Erreur{Code: "SAML-INSTANT", Service: "SAML", Chemin: nom, Detail: nom + " is not an instant in UTC"}
		}
	}
	return t
}

func (l *lecteur) sujet(a *Assertion, el *etree.Element) {
	for i, f := range l.enfants(el) {
		switch nom := l.nom(f); {
		case i == 0 && nom == "NameID":
			a.FormatSujet = l.attribut(f, "Format")
			a.QualificatifSujet = l.attribut(f, "NameQualifier")
			a.Sujet = simphonie.NewConfidentiel(l.texte(f))
		case i == 1 && nom == "SubjectConfirmation":
			a.Confirmation = l.confirmation(f)
		default:
			l.refuse(el, "is not one NameID and at most one SubjectConfirmation")
		}
	}
	if a.Sujet.IsZero() {
		l.refuse(el, "has no NameID")
	}
}

func (l *lecteur) confirmation(el *etree.Element) *Confirmation {
	c := &Confirmation{Methode: l.attribut(el, "Method")}
	for i, f := range l.enfants(el) {
		if i > 0 || l.nom(f) != "SubjectConfirmationData" || len(l.enfants(f)) > 0 || l.attribut(f, "NotBefore")+l.attribut(f, "InResponseTo")+l.attribut(f, "Address") != "" {
			l.refuse(el, "is not at most one SubjectConfirmationData with NotOnOrAfter and Recipient")
			continue
		}
		c.Destinataire = l.attribut(f, "Recipient")
		c.Fin = l.instant(f, "NotOnOrAfter", false)
	}
	return c
}

func (l *lecteur) conditions(el *etree.Element) *Conditions {
	c := &Conditions{Debut: l.instant(el, "NotBefore", false), Fin: l.instant(el, "NotOnOrAfter", false)}
	for i, f := range l.enfants(el) {
		if i > 0 || l.nom(f) != "AudienceRestriction" {
			l.refuse(el, "holds a condition that is repeated or not known here")
			continue
		}
		for _, audience := range l.enfants(f) {
			if l.nom(audience) != "Audience" {
				l.refuse(f, "holds something else than Audience")
			}
			c.Audiences = append(c.Audiences, l.texte(audience))
		}
		if len(c.Audiences) == 0 {
			l.refuse(f, "holds no Audience")
		}
	}
	return c
}

func (l *lecteur) authentification(el *etree.Element) *Authentification {
	a := &Authentification{Instant: l.instant(el, "AuthnInstant", true), Session: l.attribut(el, "SessionIndex")}
	fils := l.enfants(el)
	if sont(fils, Espace, "AuthnContext") {
		if classe := l.enfants(fils[0]); sont(classe, Espace, "AuthnContextClassRef") {
			a.Classe = l.texte(classe[0])
			return a
		}
	}
	l.refuse(el, "is not one AuthnContext with one AuthnContextClassRef")
	return a
}

func (l *lecteur) attributs(el *etree.Element) []Attribut {
	as := []Attribut{}
	noms := map[string]bool{}
	for _, f := range l.enfants(el) {
		a := Attribut{Nom: l.attribut(f, "Name"), Format: l.attribut(f, "NameFormat")}
		if l.nom(f) != "Attribute" || a.Nom == "" {
			l.refuse(el, "holds something else than an Attribute with a Name")
		}
		if noms[a.Nom] && l.err == nil {
			l.err = refus("SAML-ATTRIBUT", "an attribute name stands twice")
		}
		noms[a.Nom] = true
		for _, v := range l.enfants(f) {
			if l.nom(v) != "AttributeValue" {
				l.refuse(f, "holds something else than AttributeValue")
			}
			t, err := xmlguard.Texte(v)
			if err != nil {
				l.refuse(v, "is not a plain text")
			}
			a.Valeurs = append(a.Valeurs, simphonie.NewConfidentiel(t))
		}
		as = append(as, a)
	}
	return as
}
