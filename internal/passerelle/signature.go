package passerelle

import (
	"crypto/x509"
	"encoding/base64"
	"errors"
	"strings"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
)

// algorithmes that the recorded assertions use, and none other.
const (
	algoC14N   = "http://www.w3.org/2001/10/xml-exc-c14n#"
	algoRSA    = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
	algoSHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
	algoEnv    = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
)

// signature checks the form of the signature, then the certificate, then the
// value, and gives the element rebuilt from the bytes that were signed.
func (s *Serveur) signature(el *etree.Element, signatures []*etree.Element) (*x509.Certificate, *etree.Element, error) {
	enfants := el.ChildElements()
	if len(signatures) != 1 || len(enfants) < 2 || !est(enfants[1], espaceDSIG, "Signature") || !est(enfants[0], espaceSAML, "Issuer") {
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
