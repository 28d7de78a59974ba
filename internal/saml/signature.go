package saml

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/subtle"
	"crypto/x509"
	"encoding/base64"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// signature is the one signature of an assertion, taken apart.
type signature struct {
	el, signedInfo                *etree.Element
	valeur, empreinte, certificat []byte
}

// assertion verifies one assertion of a document that was inventoried.
func (v *Verification) assertion(el *etree.Element) (*Verifiee, error) {
	if err := xmlguard.SansCommentaires(el); err != nil {
		return nil, &simphonie.Erreur{Code: "SAML-COMMENTAIRE", Service: "SAML", Detail: "a signature does not cover comments: sign plain text only", Err: err}
	}
	id, err := identifiant(el)
	if err != nil {
		return nil, err
	}
	s, err := demonte(el, id)
	if err != nil {
		return nil, err
	}
	cert, err := v.certificat(s.certificat)
	if err != nil {
		return nil, err
	}
	if err := s.verifie(el, cert); err != nil {
		return nil, err
	}
	// From here on the nodes of el, its signature apart, are those that were digested.
	a, err := lit(el)
	if err != nil {
		return nil, err
	}
	if err := v.duree(a); err != nil {
		return nil, err
	}
	return &Verifiee{Assertion: *a, cert: func() *x509.Certificate { return cert }}, nil
}

// identifiant gives the ID of the assertion, the only identifier it carries.
func identifiant(el *etree.Element) (string, error) {
	id := ""
	for i := range el.Attr {
		at := &el.Attr[i]
		switch {
		case !estID(at):
		case at.Space != "" || at.Key != "ID" || id != "":
			return "", refus("SAML-ID", "the assertion carries another identifier than ID")
		default:
			id = at.Value
		}
	}
	if !formeID.MatchString(id) {
		return "", refus("SAML-ID", "the assertion has no ID, or not an identifier of XML")
	}
	return id, nil
}

// demonte checks the shape of the signature and takes it apart.
func demonte(assertion *etree.Element, id string) (*signature, error) {
	switch compte(assertion, 0) {
	case 0:
		return nil, refus("SAML-NON-SIGNEE", "the assertion is not signed")
	case 1:
	default:
		return nil, refus("SAML-SIGNATURES", "the assertion holds more than one signature")
	}
	fils, err := enfants(assertion)
	if err != nil {
		return nil, err
	}
	if len(fils) < 2 || !xmlguard.Est(fils[0], Espace, "Issuer") || !xmlguard.Est(fils[1], espaceDS, "Signature") {
		return nil, refus("SAML-SIGNATURE-PLACE", "the signature does not stand right after Issuer")
	}
	s := &signature{el: fils[1]}
	parties, err := enfants(s.el)
	if err != nil {
		return nil, err
	}
	if len(xmlguard.Enfants(s.el, espaceDS, "SignedInfo")) != 1 {
		return nil, refus("SAML-SIGNEDINFO", "the signature does not hold exactly one SignedInfo")
	}
	if !sont(parties, espaceDS, "SignedInfo", "SignatureValue", "KeyInfo") {
		if len(parties) == 2 && sont(parties, espaceDS, "SignedInfo", "SignatureValue") {
			return nil, refus("SAML-KEYINFO", "the signature does not say its certificate")
		}
		return nil, refus("SAML-SIGNATURE-FORME", "the signature is not SignedInfo, SignatureValue and KeyInfo, in that order and nothing else")
	}
	s.signedInfo = parties[0]
	if err := s.infos(id); err != nil {
		return nil, err
	}
	if s.valeur, err = base64De(parties[1]); err != nil {
		return nil, err
	}
	return s, s.cle(parties[2])
}

// compte counts the signatures inside el, from n on, and stops after the second.
func compte(el *etree.Element, n int) int {
	for _, t := range el.Child {
		if c, ok := t.(*etree.Element); ok && n < 2 {
			if xmlguard.Est(c, espaceDS, "Signature") {
				n++
			}
			n = compte(c, n)
		}
	}
	return n
}

// sont says whether the elements are these, in this order, and no others.
func sont(es []*etree.Element, espace string, noms ...string) bool {
	if len(es) != len(noms) {
		return false
	}
	for i, e := range es {
		if !xmlguard.Est(e, espace, noms[i]) {
			return false
		}
	}
	return true
}

// infos checks SignedInfo: the algorithms, and one reference to id.
func (s *signature) infos(id string) error {
	parties, err := enfants(s.signedInfo)
	if err != nil {
		return err
	}
	if n := len(xmlguard.Enfants(s.signedInfo, espaceDS, "Reference")); n != 1 {
		return refus("SAML-REFERENCES", "the signature does not hold exactly one Reference")
	}
	if !sont(parties, espaceDS, "CanonicalizationMethod", "SignatureMethod", "Reference") {
		return refus("SAML-SIGNATURE-FORME", "SignedInfo is not CanonicalizationMethod, SignatureMethod and Reference")
	}
	if !algorithme(parties[0], algoC14N) {
		return refus("SAML-ALGO-C14N", "the signature is not over exclusive canonical XML 1.0 without parameters")
	}
	if !algorithme(parties[1], algoSignature) {
		return refus("SAML-ALGO-SIGNATURE", "the signature is not RSA with SHA-256")
	}
	ref := parties[2]
	switch uri, present := xmlguard.Attribut(ref, "", "URI"); {
	case !present || uri == "":
		return refus("SAML-REFERENCE-VIDE", "the reference of the signature names no element")
	case uri != "#"+id:
		return refus("SAML-REFERENCE", "the reference of the signature is to something else than the assertion that carries it")
	}
	if parties, err = enfants(ref); err != nil {
		return err
	}
	if !sont(parties, espaceDS, "Transforms", "DigestMethod", "DigestValue") {
		return refus("SAML-SIGNATURE-FORME", "Reference is not Transforms, DigestMethod and DigestValue")
	}
	if !algorithme(parties[1], algoEmpreinte) {
		return refus("SAML-ALGO-EMPREINTE", "the digest of the reference is not SHA-256")
	}
	if s.empreinte, err = base64De(parties[2]); err != nil {
		return err
	}
	if parties, err = enfants(parties[0]); err != nil {
		return err
	}
	if !sont(parties, espaceDS, "Transform", "Transform") || !algorithme(parties[0], transfoSignature) || !algorithme(parties[1], algoC14N) {
		return refus("SAML-TRANSFORMATIONS", "the transforms are not enveloped-signature then exclusive canonical XML without parameters")
	}
	return nil
}

// algorithme says whether el names an algorithm and gives no parameter to it.
func algorithme(el *etree.Element, uri string) bool {
	a, _ := xmlguard.Attribut(el, "", "Algorithm")
	fils, err := enfants(el)
	return a == uri && err == nil && len(fils) == 0
}

// cle checks KeyInfo: one certificate and nothing else.
func (s *signature) cle(keyInfo *etree.Element) error {
	es, err := enfants(keyInfo)
	if err != nil {
		return err
	}
	if !sont(es, espaceDS, "X509Data") {
		return refus("SAML-KEYINFO", "KeyInfo is not one X509Data")
	}
	donnees := es[0]
	if es, err = enfants(donnees); err != nil {
		return err
	}
	if n := len(xmlguard.Enfants(donnees, espaceDS, "X509Certificate")); n != 1 {
		return refus("SAML-CERTIFICATS", "KeyInfo does not hold exactly one certificate")
	}
	if !sont(es, espaceDS, "X509Certificate") {
		return refus("SAML-KEYINFO", "X509Data holds something beside the certificate")
	}
	s.certificat, err = base64De(es[0])
	return err
}

// strict refuses what is not the one encoding of some bytes; it takes line ends.
var strict = base64.StdEncoding.Strict()

// base64De decodes the text of an element.
func base64De(el *etree.Element) ([]byte, error) {
	t, err := xmlguard.Texte(el)
	if err == nil {
		var b []byte
		if b, err = strict.DecodeString(t); err == nil && len(b) > 0 {
			return b, nil
		}
	}
	return nil, &simphonie.Erreur{Code: "SAML-BASE64", Service: "SAML", Chemin: el.Tag, Detail: el.Tag + " is not base64"}
}

// verifie checks the signature over SignedInfo, then the digest of the assertion.
func (s *signature) verifie(assertion *etree.Element, cert *x509.Certificate) error {
	cle, err := cleRSA(cert)
	if err != nil {
		return err
	}
	b, err := canonique(make([]byte, 0, 4096), s.signedInfo, nil)
	if err != nil {
		return err
	}
	h := sha256.Sum256(b)
	if rsa.VerifyPKCS1v15(cle, crypto.SHA256, h[:], s.valeur) != nil {
		return refus("SAML-SIGNATURE", "the signature is not one of that certificate over that SignedInfo")
	}
	if b, err = canonique(b[:0], assertion, s.el); err != nil {
		return err
	}
	h = sha256.Sum256(b)
	if subtle.ConstantTimeCompare(h[:], s.empreinte) != 1 {
		return refus("SAML-EMPREINTE", "the assertion was changed after it was signed")
	}
	return nil
}
