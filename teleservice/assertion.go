package teleservice

import (
	"crypto"
	"crypto/x509"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/saml"
)

// Styles of the Issuer of a card assertion: the certificate's name, last part
// first. Servers are seen to accept both.
var (
	// DNJava is the style of recorded calls.
	DNJava = func(c *x509.Certificate) (string, error) { return saml.FormatDN(c, saml.DNJava()) }
	// DNDotNet is the style of the public kit.
	DNDotNet = func(c *x509.Certificate) (string, error) { return saml.FormatDN(c, saml.DNDotNet()) }
)

// Names of attributes.
const (
	attributPAGM       = "PAGM"
	attributDelegant   = "identifiantDeleguant"
	attributFact       = "identifiantFacturation"
	attributSpecialite = "codeSpecialiteAMO"
	attributSecteur    = "secteurActivite"
	attributProfession = "gipProfessionCode"
)

// liste gives the attributes that have a value, in the order of recorded calls.
func (n NomsAttributs) liste(facturation, specialite, secteur string) []saml.Attribut {
	var as []saml.Attribut
	for _, a := range []struct{ nom, defaut, valeur string }{
		{n.IdentifiantFacturation, attributFact, facturation},
		{n.CodeSpecialite, attributSpecialite, specialite},
		{n.SecteurActivite, attributSecteur, secteur},
	} {
		as = ajouteAttribut(as, a.nom, a.defaut, a.valeur)
	}
	return as
}

func ajouteAttribut(as []saml.Attribut, nom, defaut, valeur string) []saml.Attribut {
	if valeur == "" {
		return as
	}
	if nom == "" {
		nom = defaut
	}
	return append(as, saml.NewAttribut(nom, valeur))
}

// signee signs an assertion and reads its own signature back: a reader in
// trouble may give one that is wrong without saying so.
func signee(a *saml.Assertion, s crypto.Signer, cert *x509.Certificate) ([]byte, error) {
	b, err := a.Sign(nil, s, cert)
	if err == nil {
		_, err = saml.VerifieOctets(b, saml.Verification{Attendu: cert, Instant: a.Emission, AgeMax: time.Minute})
	}
	if err != nil {
		return nil, &simphonie.Erreur{Code: "TSV-SIGNATURE", Service: "teleservice", Detail: "the assertion cannot be signed: check the card or the key", Err: err}
	}
	return b, nil
}

// assertion makes the assertion of a professional card: issuer, holder and
// attributes, without conditions.
func (c *CarteAssertion) assertion(d demandePreuve) ([]byte, error) {
	emetteur := c.Emetteur
	if emetteur == nil {
		emetteur = DNJava
	}
	nom, err := emetteur(c.Certificat)
	if err != nil {
		return nil, err
	}
	qualificatif, err := saml.TypeCarte(c.Certificat)
	if err != nil {
		return nil, err
	}
	return signee(&saml.Assertion{
		ID: "_" + d.identifiant(), Emission: d.maintenant,
		Emetteur: simphonie.NewConfidentiel(nom), FormatEmetteur: saml.FormatX509,
		Sujet: simphonie.NewConfidentiel(c.Certificat.Subject.CommonName), QualificatifSujet: qualificatif,
		Attributs: c.Noms.liste(c.IdentifiantFacturation, c.CodeSpecialite, c.SecteurActivite),
	}, c.Signataire, c.Certificat)
}

// vitale makes the second assertion, of the patient's card; it needs no
// signature.
func (c *CarteAssertion) vitale(d demandePreuve) ([]byte, error) {
	return (&saml.Assertion{
		ID: "_" + d.identifiant(), Emission: d.maintenant,
		Emetteur: simphonie.NewConfidentiel(c.Certificat.Subject.CommonName),
		Sujet:    d.vitale, QualificatifSujet: "VITALE",
	}).Encode()
}

// assertion makes the assertion of a session of Pro Santé Connect.
func (p *ProSanteConnect) assertion(d demandePreuve) *saml.Assertion {
	as := p.Noms.liste(p.IdentifiantFacturation, p.CodeSpecialite, p.SecteurActivite)
	return &saml.Assertion{
		ID: "_" + d.identifiant(), Emission: d.maintenant,
		Emetteur: simphonie.NewConfidentiel(p.Emetteur),
		Sujet:    p.Identifiant, QualificatifSujet: "PSC",
		Attributs: ajouteAttribut(as, "", attributProfession, p.CodeProfession),
	}
}

// assertion makes the assertion of a structure from its convention.
func (s *AssertionStructure) assertion(d demandePreuve) ([]byte, error) {
	c := s.Convention
	id, fin := "_"+d.identifiant(), d.maintenant.Add(dureeStructure)
	as := []saml.Attribut{saml.NewAttribut(attributPAGM, s.pagm())}
	as = ajouteAttribut(as, "", attributFact, s.IdentifiantFacturation)
	as = ajouteAttribut(as, "", attributDelegant, s.Delegant.Clair())
	return signee(&saml.Assertion{
		ID: id, Emission: d.maintenant,
		Emetteur: simphonie.NewConfidentiel(c.Emetteur + ":" + c.Version),
		Sujet:    s.Agent, FormatSujet: c.FormatNom,
		Confirmation:     &saml.Confirmation{Methode: saml.SenderVouches, Destinataire: c.Destinataire, Fin: fin},
		Conditions:       &saml.Conditions{Debut: d.maintenant, Fin: fin, Audiences: []string{c.Service}},
		Authentification: &saml.Authentification{Instant: d.maintenant, Session: id, Classe: c.Acces},
		Attributs:        as,
	}, s.Signataire, s.Certificat)
}
