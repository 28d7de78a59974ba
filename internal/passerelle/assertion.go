package passerelle

import (
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
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
}

// dureeAssertion is how long a card's assertion was seen accepted.
const dureeAssertion = time.Hour

// algorithmes that the recorded assertions use, and none other.
const (
	algoC14N    = "http://www.w3.org/2001/10/xml-exc-c14n#"
	algoRSA     = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
	algoSHA256  = "http://www.w3.org/2001/04/xmlenc#sha256"
	algoEnv     = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
	formatSujet = "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName"
)

var ncName = Motif(`[A-Za-z_][A-Za-z0-9_.-]*`)

// assertion checks the one assertion of a Security header.
func (s *Serveur) assertion(securite *etree.Element) (Authentification, error) {
	var a Authentification
	enfants := securite.ChildElements()
	if len(enfants) != 1 || !est(enfants[0], espaceSAML, "Assertion") {
		return a, regle("Security: one Assertion and nothing else is wanted")
	}
	if err := identifiantsUniques(enfants[0]); err != nil {
		return a, err
	}
	// goxmldsig rewrites the tree that it reads: it gets one of its own.
	contexte, err := etreeutils.NSBuildParentContext(enfants[0])
	if err != nil {
		return a, regle("Assertion: namespaces")
	}
	el, err := etreeutils.NSDetatch(contexte, enfants[0])
	if err != nil {
		return a, regle("Assertion: namespaces")
	}
	if el.SelectAttrValue("Version", "") != "2.0" || !ncName(el.SelectAttrValue("ID", "")) {
		return a, regle("Assertion: Version 2.0 and an ID are wanted")
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

// identifiantsUniques refuses two elements that answer to one identifier.
func identifiantsUniques(el *etree.Element) error {
	vus := map[string]bool{}
	for _, e := range append(el.FindElements(".//*"), el) {
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

// signature checks the form of the signature, then the certificate, then the
// value, and gives the element rebuilt from the bytes that were signed.
func (s *Serveur) signature(el *etree.Element, signatures []*etree.Element) (*x509.Certificate, *etree.Element, error) {
	enfants := el.ChildElements()
	if len(signatures) != 1 || len(enfants) < 2 || enfants[1] != signatures[0] || !est(enfants[1], espaceDSIG, "Signature") || !est(enfants[0], espaceSAML, "Issuer") {
		return nil, nil, regle("Assertion: one Signature, right after Issuer, is wanted")
	}
	if err := formeSignature(signatures[0], el.SelectAttrValue("ID", "")); err != nil {
		return nil, nil, reglef("Signature: %v", err)
	}
	certificats := signatures[0].FindElements("./KeyInfo/X509Data/X509Certificate")
	if len(certificats) != 1 {
		return nil, nil, regle("Signature: one X509Certificate is wanted")
	}
	der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(certificats[0].Text()), ""))
	if err != nil {
		return nil, nil, regle("Signature: X509Certificate is not base64")
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, nil, regle("Signature: X509Certificate does not parse")
	}
	if err := s.chaine(c); err != nil {
		return nil, nil, err
	}
	contexte := dsig.NewDefaultValidationContext(&dsig.MemoryX509CertificateStore{Roots: []*x509.Certificate{c}})
	contexte.Clock = dsig.NewFakeClockAt(s.horloge())
	signe, err := contexte.Validate(el)
	if err != nil {
		return nil, nil, regle("Signature: does not verify")
	}
	return c, signe, nil
}

// formeSignature allows one reference to the assertion and the recorded
// algorithms.
func formeSignature(sig *etree.Element, id string) error {
	algo := func(v string) map[string]func(string) bool {
		return map[string]func(string) bool{"Algorithm": Egal(v)}
	}
	infos, err := seul(sig, espaceDSIG, "SignedInfo")
	if err != nil {
		return err
	}
	transformations := infos.FindElements("./Reference/Transforms/Transform")
	if len(transformations) != 2 || transformations[0].SelectAttrValue("Algorithm", "") != algoEnv || transformations[1].SelectAttrValue("Algorithm", "") != algoC14N {
		return regle("Transforms: enveloped-signature then exclusive c14n are wanted")
	}
	return Modele{Nom: "SignedInfo", Enfants: []Modele{
		{Nom: "CanonicalizationMethod", Min: 1, Attributs: algo(algoC14N), Texte: Egal("")},
		{Nom: "SignatureMethod", Min: 1, Attributs: algo(algoRSA), Texte: Egal("")},
		{Nom: "Reference", Min: 1, Attributs: map[string]func(string) bool{"URI": Egal("#" + id)}, Enfants: []Modele{
			{Nom: "Transforms", Min: 1, Enfants: []Modele{{Nom: "Transform", Min: 2, Max: 2, Attributs: map[string]func(string) bool{"Algorithm": NonVide}, Libre: true}}},
			{Nom: "DigestMethod", Min: 1, Attributs: algo(algoSHA256), Texte: Egal("")},
			{Nom: "DigestValue", Min: 1},
		}},
	}}.Verifie(infos, espaceDSIG)
}

// chaine checks a signing certificate: path to the root, dates, revocation.
func (s *Serveur) chaine(c *x509.Certificate) error {
	if _, err := c.Verify(x509.VerifyOptions{Roots: s.pki.Racines(), Intermediates: s.pki.Intermediaires(), CurrentTime: s.horloge(),
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}}); err != nil {
		var invalide x509.CertificateInvalidError
		if errors.As(err, &invalide) && invalide.Reason == x509.Expired {
			return regle("certificate: expired or not yet valid")
		}
		return regle("certificate: no path to the root")
	}
	if s.revoque(c) {
		return regle("certificate: revoked")
	}
	if c.KeyUsage&x509.KeyUsageContentCommitment == 0 {
		return regle("certificate: not a signature certificate (nonRepudiation)")
	}
	return nil
}

// carte checks the assertion of a professional card.
func (s *Serveur) carte(el *etree.Element, a Authentification) (Authentification, error) {
	a.Mode = Carte
	if err := errors.Join(s.recente(el), ordre(el, "Issuer", "Signature", "Subject", "AttributeStatement")); err != nil {
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

// ordre checks the children of an assertion.
func ordre(el *etree.Element, noms ...string) error {
	var trouves []string
	for _, e := range el.ChildElements() {
		if espace := e.NamespaceURI(); espace != espaceSAML && espace != espaceDSIG {
			return regle("Assertion: a child of another namespace")
		}
		// The element that goxmldsig gives back has no Signature any more.
		if e.Tag != "Signature" {
			trouves = append(trouves, e.Tag)
		}
	}
	noms = slices.DeleteFunc(noms, func(n string) bool { return n == "Signature" })
	if !slices.Equal(trouves, noms) {
		return reglef("Assertion: %s are wanted, in this order", strings.Join(noms, ", "))
	}
	return nil
}

func childs(el *etree.Element, nom string) []*etree.Element {
	return slices.DeleteFunc(el.ChildElements(), func(e *etree.Element) bool { return !est(e, espaceSAML, nom) })
}

// sujet reads NameID and its qualifier.
func sujet(el *etree.Element) (nom, qualificatif string, err error) {
	s, err := seul(el, espaceSAML, "Subject")
	if err != nil {
		return "", "", err
	}
	id, err := seul(s, espaceSAML, "NameID")
	if err != nil {
		return "", "", err
	}
	if len(s.ChildElements()) != 1 {
		return "", "", regle("Subject: NameID alone is wanted")
	}
	nom, err = texte(id)
	if err == nil && !NonVide(nom) {
		err = regle("NameID: empty")
	}
	return nom, id.SelectAttrValue("NameQualifier", ""), err
}

// Names under which the attributes were seen, by meaning.
var (
	factures    = []string{"identifiantFacturation"}
	secteurs    = []string{"secteurActivite", "SecteurActivite"}
	pagm        = []string{"PAGM"}
	facultatifs = []string{"codeSpecialiteAMO", "codeSpecialite", "CodeSpecialite", "gipProfessionCode", "identifiantDeleguant"}
)

// attributs reads the attributes, each known, once, with one plain value; one
// name of each list given must be there.
func attributs(el *etree.Element, exiges ...[]string) (map[string]string, error) {
	declaration, err := seul(el, espaceSAML, "AttributeStatement")
	if err != nil {
		return nil, err
	}
	connus := slices.Concat(factures, secteurs, pagm, facultatifs)
	lus := map[string]string{}
	for _, e := range declaration.ChildElements() {
		nom := e.SelectAttrValue("Name", "")
		if !est(e, espaceSAML, "Attribute") || !slices.Contains(connus, nom) {
			return nil, regle("AttributeStatement: an attribute that no text names")
		}
		v, err := seul(e, espaceSAML, "AttributeValue")
		if err != nil {
			return nil, err
		}
		t, err := texte(v)
		if _, deux := lus[nom]; err != nil || deux || !NonVide(t) {
			return nil, reglef("Attribute %s: one value is wanted", nom)
		}
		lus[nom] = t
	}
	for _, noms := range exiges {
		if !slices.ContainsFunc(noms, func(n string) bool { return lus[n] != "" }) {
			return nil, reglef("Attribute %s: missing", noms[0])
		}
	}
	return lus, nil
}
