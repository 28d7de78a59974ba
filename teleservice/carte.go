package teleservice

import (
	"context"
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"time"

	"github.com/simphonie/simphonie/internal/erreurs"
	"github.com/simphonie/simphonie/internal/saml"
	"github.com/simphonie/simphonie/internal/soap"
)

// TypeCarte is a kind of professional card. Those that are not listed do not
// open these services.
type TypeCarte uint8

// Cards that CDRi accepts.
const (
	_             TypeCarte = iota
	CPS                     // health professional
	CPENominative           // employee, in the holder's name
	CDE                     // head of an establishment
	CPF                     // professional in training
)

var nomsCarte = [...]string{"", "CPS", "CPE nominative", "CDE", "CPF"}

// String names the card.
func (t TypeCarte) String() string {
	if int(t) < len(nomsCarte) {
		return nomsCarte[t]
	}
	return "inconnue"
}

// qualifieurs are the kinds that the card's own certificate may show.
var qualifieurs = map[TypeCarte]string{CPS: "CPS", CPENominative: "CDE-CPE", CDE: "CDE-CPE", CPF: "CPF"}

// NomsAttributs are the names of the attributes of a card assertion. Guides
// and samples do not agree on them, so each may be set; the zero value is what
// recorded calls show: identifiantFacturation, codeSpecialiteAMO, secteurActivite.
type NomsAttributs struct {
	IdentifiantFacturation, CodeSpecialite, SecteurActivite string
}

// CarteAssertion authenticates an agent by an assertion that the card's
// signature key signs (SAML 2.0). The key stays where it is: package
// carte/pkcs11 gives the Signataire of a real card.
type CarteAssertion struct {
	Type       TypeCarte
	Signataire crypto.Signer     `json:"-"`
	Certificat *x509.Certificate `json:"-"` // of the signature key, not that of authentication

	// IdentifiantFacturation is the FINESS géographique of the establishment,
	// else its SIRET.
	IdentifiantFacturation string
	CodeSpecialite         string // AMO specialty; mandatory for physicians, and for them only
	SecteurActivite        string // as SA05
	Noms                   NomsAttributs

	// Emetteur writes the Issuer, the name of the certificate; servers are
	// seen to accept several styles. nil is that of recorded calls.
	Emetteur func(*x509.Certificate) (string, error)
	// Presente, if any, says that the card is still in the reader: without it
	// the assertion is dropped and the call refused.
	Presente func() bool
	// Duree is how long an assertion serves again; 0 is 20 s, one hour at most.
	Duree time.Duration

	cache cacheAssertion
}

// Etablissement says that an agent is needed.
func (c *CarteAssertion) Etablissement() bool { return false }

// String names the strategy and the kind of card.
func (c *CarteAssertion) String() string { return "carte " + c.Type.String() }

// Format names the strategy whatever the verb: the certificate names a person.
func (c *CarteAssertion) Format(f fmt.State, _ rune) { io.WriteString(f, c.String()) }

func (c *CarteAssertion) verifie(e Environnement, maintenant time.Time) []error {
	errs := verifieSignataire(c.Signataire, c.Certificat, e, maintenant)
	if c.Certificat != nil && c.Certificat.KeyUsage != 0 && c.Certificat.KeyUsage&x509.KeyUsageContentCommitment == 0 {
		errs = append(errs, erreurConfig("TSV-CERT-USAGE", "Authentification.Certificat",
			"the certificate is not that of the card's signature key: services refuse the authentication key"))
	}
	voulu, connue := qualifieurs[c.Type]
	if !connue {
		errs = append(errs, erreurConfig("TSV-CARTE-TYPE", "Authentification.Type", "CPS, CPENominative, CDE or CPF is wanted"))
	} else if c.Certificat != nil {
		if lu, err := saml.TypeCarte(c.Certificat); err != nil || lu != voulu {
			errs = append(errs, erreurConfig("TSV-CARTE-TYPE", "Authentification.Type", "the certificate is not one of a "+c.Type.String()))
		}
	}
	if c.IdentifiantFacturation == "" || c.SecteurActivite == "" {
		errs = append(errs, erreurConfig("TSV-CONFIG-FACTURATION", "Authentification", "IdentifiantFacturation (FINESS géographique or SIRET) and SecteurActivite are wanted"))
	}
	if err := verifieDuree(c.Duree); err != nil {
		errs = append(errs, err)
	}
	return errs
}

func (c *CarteAssertion) preuve(ctx context.Context, d demandePreuve) (preuve, error) {
	if c.Presente != nil && !c.Presente() {
		c.oublie()
		return preuve{}, erreurConfig("TSV-CARTE-ABSENTE", "Authentification", "the card has left the reader: insert it again")
	}
	if err := verifieDates(c.Certificat, d.maintenant); err != nil {
		return preuve{}, err
	}
	a, err := c.cache.prend(ctx, d.horloge, c.Duree, func(t time.Time) ([]byte, error) { return c.assertion(d.a(t)) })
	if err != nil {
		return preuve{}, err
	}
	as := [][]byte{a}
	if !d.vitale.IsZero() {
		v, err := c.vitale(d)
		if err != nil {
			return preuve{}, err
		}
		as = append(as, v)
	}
	return preuve{securite: soap.Securite(as...), emetteur: c.Certificat.Subject.CommonName}, nil
}

func (c *CarteAssertion) oublie() { c.cache.oublie() }

func (c *CarteAssertion) clientTLS() *tls.Certificate { return nil }

// echeances hides the name of the certificate, which is a person's identifier.
func (c *CarteAssertion) echeances() []Echeance {
	return []Echeance{{"authentification", "", c.Certificat.NotAfter}}
}

// verifieSignataire checks a key that signs and its certificate.
func verifieSignataire(s crypto.Signer, cert *x509.Certificate, e Environnement, maintenant time.Time) []error {
	if erreurs.Nul(s) {
		return append(verifieCertificat(cert, nil, e, maintenant), erreurConfig("TSV-SIGNATAIRE", "Authentification.Signataire", "the key that signs is missing"))
	}
	return verifieCertificat(cert, s.Public(), e, maintenant)
}
