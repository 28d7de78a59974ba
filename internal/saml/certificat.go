package saml

import (
	"bytes"
	"crypto/x509"
	"errors"

	"github.com/simphonie/simphonie"
)

// certificat decides whether the certificate of a signature is trusted.
func (v *Verification) certificat(der []byte) (*x509.Certificate, error) {
	cert, chemin, err := v.chemin(der)
	if err != nil {
		return nil, err
	}
	if v.Usage != nil {
		if err := v.Usage(cert); err != nil {
			return nil, autour("SAML-USAGE", "the certificate may not sign assertions", err)
		}
	}
	if v.Revocation != nil {
		if err := v.Revocation(chemin); err != nil {
			return nil, autour("SAML-REVOCATION", "the certificate is revoked, or it is not known whether it is", err)
		}
	}
	return cert, nil
}

// chemin gives the certificate and its path: to a root, or itself when it is
// the one expected.
func (v *Verification) chemin(der []byte) (*x509.Certificate, []*x509.Certificate, error) {
	if v.Attendu != nil {
		if !bytes.Equal(v.Attendu.Raw, der) {
			return nil, nil, refus("SAML-INATTENDU", "the assertion was signed with another certificate than the one expected")
		}
		if v.Instant.Before(v.Attendu.NotBefore) || v.Instant.After(v.Attendu.NotAfter) {
			return nil, nil, refus("SAML-PERIODE", "the certificate is not valid at that instant: renew it, or check the clock")
		}
		return v.Attendu, []*x509.Certificate{v.Attendu}, nil
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		// The cause may repeat what the certificate says of a person.
		return nil, nil, refus("SAML-CERTIFICAT", "the certificate of the signature cannot be read")
	}
	if _, err := cleRSA(cert); err != nil {
		return nil, nil, err
	}
	chemins, err := cert.Verify(x509.VerifyOptions{Roots: v.Racines, Intermediates: v.Intermediaires, CurrentTime: v.Instant,
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	if e, ok := errors.AsType[x509.CertificateInvalidError](err); ok && e.Reason == x509.Expired {
		return nil, nil, refus("SAML-PERIODE", "a certificate of the path is not valid at that instant: renew it, or check the clock")
	}
	if err != nil {
		return nil, nil, refus("SAML-CHEMIN", "the certificate does not lead to a root that is trusted: check the environment, test and production have roots of their own")
	}
	return cert, chemins[0], nil
}

// autour puts the answer of a policy under a code of this package, unless it
// has one already.
func autour(code simphonie.Code, detail string, err error) error {
	if e, ok := errors.AsType[*simphonie.Erreur](err); ok && e.Code == code {
		return err
	}
	return &simphonie.Erreur{Code: code, Service: "SAML", Detail: detail, Err: err}
}
