package teleservice

import (
	"crypto"
	"crypto/tls"
	"errors"

	"software.sslmate.com/src/go-pkcs12"

	"github.com/simphonie/simphonie"
)

// LoadP12 reads a software certificate with its key from a PKCS#12 file, of
// the old algorithms too, since sector files still use them.
func LoadP12(p12 []byte, motDePasse string) (tls.Certificate, error) {
	cle, feuille, chaine, err := pkcs12.DecodeChain(p12, motDePasse)
	switch {
	case errors.Is(err, pkcs12.ErrIncorrectPassword):
		return tls.Certificate{}, &simphonie.Erreur{Code: "TSV-P12-MOT-DE-PASSE", Service: "teleservice", Detail: "the password does not open the PKCS#12 file", Err: err}
	case err != nil:
		return tls.Certificate{}, &simphonie.Erreur{Code: "TSV-P12", Service: "teleservice", Detail: "the PKCS#12 file cannot be read: it must hold one key and its certificate", Err: err}
	}
	signataire, ok := cle.(crypto.Signer)
	if !ok {
		return tls.Certificate{}, erreurConfig("TSV-P12", "", "the key of the PKCS#12 file does not sign")
	}
	c := tls.Certificate{PrivateKey: signataire, Leaf: feuille, Certificate: [][]byte{feuille.Raw}}
	for _, ca := range chaine {
		c.Certificate = append(c.Certificate, ca.Raw)
	}
	return c, nil
}
