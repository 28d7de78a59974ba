package saml

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"io"

	"github.com/simphonie/simphonie"
)

// Namespace and algorithms of the only shape of signature that is made and accepted.
const (
	espaceDS           = "http://www.w3.org/2000/09/xmldsig#"
	algoC14N           = "http://www.w3.org/2001/10/xml-exc-c14n#"
	algoSignature      = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
	algoEmpreinte      = "http://www.w3.org/2001/04/xmlenc#sha256"
	transfoSignature   = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
	declarationDS      = ` xmlns:ds="` + espaceDS + `"`
	debutSignedInfo    = `<ds:SignedInfo`
	avantReference     = `><ds:CanonicalizationMethod Algorithm="` + algoC14N + `"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="` + algoSignature + `"></ds:SignatureMethod><ds:Reference URI="#`
	avantEmpreinte     = `"><ds:Transforms><ds:Transform Algorithm="` + transfoSignature + `"></ds:Transform><ds:Transform Algorithm="` + algoC14N + `"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="` + algoEmpreinte + `"></ds:DigestMethod><ds:DigestValue>`
	finSignedInfo      = `</ds:DigestValue></ds:Reference></ds:SignedInfo>`
	debutSignature     = `<ds:Signature` + declarationDS + `>`
	avantValeur        = `<ds:SignatureValue>`
	avantCertificat    = `</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>`
	finSignature       = `</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>`
	bitsMin, bitsMax   = 2048, 8192
	exposantMin        = 65537
	longueurBase64Hash = 44
)

// Sign gives the assertion with an enveloped signature right after Issuer, in
// canonical form: RSA PKCS #1 v1.5 with SHA-256, one reference to the ID, the
// certificate alone in KeyInfo. s may be a card or an HSM; cert must be the
// certificate of its key. A nil source of randomness is that of the system.
//
// Errors: SAML-VALEUR (see Encode), SAML-SIGNATAIRE (signer and certificate do
// not match), SAML-CLE (not RSA of 2048 bits or more), SAML-ECHEC-SIGNATURE
// (the signer failed).
func (a *Assertion) Sign(random io.Reader, s crypto.Signer, cert *x509.Certificate) ([]byte, error) {
	if s == nil || cert == nil {
		return nil, &simphonie.Erreur{Code: "SAML-SIGNATAIRE", Detail: "the signer or its certificate is missing"}
	}
	cle, err := cleRSA(cert)
	if err != nil {
		return nil, err
	}
	if !cle.Equal(s.Public()) {
		return nil, &simphonie.Erreur{Code: "SAML-SIGNATAIRE", Detail: "the certificate is not that of the key: take the pair of certificate and key from the same card or file"}
	}
	b, fin, err := a.encode()
	if err != nil {
		return nil, err
	}
	if random == nil {
		random = rand.Reader
	}

	empreinte := sha256.Sum256(b)
	si := make([]byte, 0, len(debutSignedInfo)+len(declarationDS)+len(avantReference)+len(a.ID)+len(avantEmpreinte)+longueurBase64Hash+len(finSignedInfo))
	si = append(append(append(si, debutSignedInfo...), declarationDS...), avantReference...)
	si = append(append(si, a.ID...), avantEmpreinte...)
	si = append(base64.StdEncoding.AppendEncode(si, empreinte[:]), finSignedInfo...)

	h := sha256.Sum256(si)
	sig, err := s.Sign(random, h[:], crypto.SHA256)
	if err != nil {
		return nil, &simphonie.Erreur{Code: "SAML-ECHEC-SIGNATURE", Detail: "the signer refused or failed: card removed, session closed or PIN missing", Err: err}
	}
	if len(sig) != cle.Size() {
		return nil, &simphonie.Erreur{Code: "SAML-ECHEC-SIGNATURE", Detail: "the signer gave a signature of another size than its key"}
	}

	taille := len(b) + len(debutSignature) + len(si) - len(declarationDS) + len(avantValeur) + len(avantCertificat) + len(finSignature) +
		base64.StdEncoding.EncodedLen(len(sig)) + base64.StdEncoding.EncodedLen(len(cert.Raw))
	out := make([]byte, 0, taille)
	out = append(append(out, b[:fin]...), debutSignature...)
	out = append(append(out, debutSignedInfo...), si[len(debutSignedInfo)+len(declarationDS):]...)
	out = base64.StdEncoding.AppendEncode(append(out, avantValeur...), sig)
	out = base64.StdEncoding.AppendEncode(append(out, avantCertificat...), cert.Raw)
	return append(append(out, finSignature...), b[fin:]...), nil
}

// cleRSA gives the public key of a certificate if signatures are made with such keys.
func cleRSA(cert *x509.Certificate) (*rsa.PublicKey, error) {
	cle, ok := cert.PublicKey.(*rsa.PublicKey)
	if !ok || cle.N == nil || cle.N.BitLen() < bitsMin || cle.N.BitLen() > bitsMax || cle.E < exposantMin || cle.E%2 == 0 {
		return nil, &simphonie.Erreur{Code: "SAML-CLE", Detail: "the key of the certificate is not RSA of 2048 to 8192 bits with an ordinary exponent"}
	}
	return cle, nil
}
