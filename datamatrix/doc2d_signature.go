package datamatrix

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/sha512"
	"errors"
	"math/big"

	"github.com/simphonie/simphonie"
)

// EtatSignature says what is known of a signature.
type EtatSignature uint8

const (
	// SignatureNonVerifiee: nobody checked it; the content proves nothing.
	SignatureNonVerifiee EtatSignature = iota
	// SignatureAbsente: there is none that can be read.
	SignatureAbsente
	// SignatureValide: the verifier accepted it.
	SignatureValide
	// SignatureRefusee: the verifier refused it.
	SignatureRefusee
)

var nomsSignature = [...]string{"non-verifiee", "absente", "valide", "refusee"}

// String gives the text form: non-verifiee, absente, valide or refusee.
func (e EtatSignature) String() string {
	if int(e) < len(nomsSignature) {
		return nomsSignature[e]
	}
	return nomsSignature[0]
}

// MarshalText gives the text form.
func (e EtatSignature) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads the text form.
func (e *EtatSignature) UnmarshalText(b []byte) error {
	for i, n := range nomsSignature {
		if n == string(b) {
			*e = EtatSignature(i)
			return nil
		}
	}
	return &simphonie.Erreur{Code: "DM-SIGNATURE-ETAT", Chemin: "etat", Detail: "unknown state", Err: simphonie.ErrSyntaxe}
}

// ErrCertificatInconnu is what a verifier returns when it does not have the
// certificate: the document stays not verified, rather than refused.
var ErrCertificatInconnu = errors.New("unknown 2D-Doc certificate")

// VerificateurDoc2D checks 2D-Doc signatures. Certificates are named in the
// header and published by the authorities of the ANTS trusted list; getting
// them is the verifier's matter. signe is the header and the message, which
// are personal data; signature is r then s.
type VerificateurDoc2D interface {
	VerifieDoc2D(ca, certificat string, signe, signature []byte) error
}

// ClesDoc2D is a verifier with keys loaded beforehand, named by CA then
// certificate identifier, as FR0000001.
type ClesDoc2D map[string]*ecdsa.PublicKey

// errSignature is the refusal of ClesDoc2D.
var errSignature = errors.New("2D-Doc signature does not match")

// VerifieDoc2D checks an ECDSA signature on P-256, P-384 or P-521 with the
// digest of the curve's strength.
func (c ClesDoc2D) VerifieDoc2D(ca, certificat string, signe, signature []byte) error {
	cle := c[ca+certificat]
	if cle == nil {
		return ErrCertificatInconnu
	}
	var empreinte []byte
	switch cle.Curve {
	case elliptic.P256():
		h := sha256.Sum256(signe)
		empreinte = h[:]
	case elliptic.P384():
		h := sha512.Sum384(signe)
		empreinte = h[:]
	default:
		h := sha512.Sum512(signe)
		empreinte = h[:]
	}
	n := (cle.Curve.Params().BitSize + 7) / 8
	if len(signature) != 2*n {
		return errSignature
	}
	r, s := new(big.Int).SetBytes(signature[:n]), new(big.Int).SetBytes(signature[n:])
	if !ecdsa.Verify(cle, empreinte, r, s) {
		return errSignature
	}
	return nil
}

func verifie(v VerificateurDoc2D, d Doc2D, signe, signature []byte) EtatSignature {
	if v == nil {
		return SignatureNonVerifiee
	}
	switch err := v.VerifieDoc2D(d.CA, d.Certificat, signe, signature); {
	case err == nil:
		return SignatureValide
	case errors.Is(err, ErrCertificatInconnu):
		return SignatureNonVerifiee
	}
	return SignatureRefusee
}
