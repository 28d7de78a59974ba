package saml

import (
	"crypto/x509"
	"encoding/asn1"
	"math/big"

	"github.com/simphonie/simphonie"
)

// oidTypeCarte is the extension that tells the kind of a professional card.
var oidTypeCarte = asn1.ObjectIdentifier{1, 2, 250, 1, 71, 1, 2, 2}

// TypeCarte gives the NameQualifier of the holder of a card, from its
// certificate: CPS, CPF, CDE-CPE, CPA, or CPX for a kind that is not listed.
// A certificate without that extension is not one of a card: SAML-CARTE.
func TypeCarte(cert *x509.Certificate) (string, error) {
	if cert != nil {
		for _, e := range cert.Extensions {
			if !e.Id.Equal(oidTypeCarte) {
				continue
			}
			var n *big.Int
			if reste, err := asn1.Unmarshal(e.Value, &n); err != nil || len(reste) > 0 {
				return "", &simphonie.Erreur{Code: "SAML-CARTE", Detail: "the kind of card in the certificate is not an integer"}
			}
			if noms := []string{"CPS", "CPF", "CDE-CPE", "CPA"}; n.IsInt64() && n.Int64() >= 0 && n.Int64() < int64(len(noms)) {
				return noms[n.Int64()], nil
			}
			return "CPX", nil
		}
	}
	return "", &simphonie.Erreur{Code: "SAML-CARTE", Detail: "the certificate does not say a kind of card: it is not one of a professional card"}
}
