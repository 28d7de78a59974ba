package saml

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"strings"

	"github.com/simphonie/simphonie"
)

// StyleDN is a way of writing a distinguished name, last RDN first. Gateways
// were seen to take several: it is a setting.
type StyleDN struct {
	Noms       map[string]string // dotted OID to keyword
	PrefixeOID string            // before a dotted OID that has no keyword
	Separateur string            // between RDNs
	Plus       string            // between the values of one RDN
	Guillemets bool              // special characters are quoted as a whole, not escaped one by one
}

// DNJava writes the names of RFC 2253 and T; GivenName stands under its OID.
func DNJava() StyleDN {
	return StyleDN{Separateur: ",", Plus: "+", Noms: map[string]string{"2.5.4.3": "CN", "2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "ST", "2.5.4.9": "STREET",
		"2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.12": "T", "0.9.2342.19200300.100.1.1": "UID", "0.9.2342.19200300.100.1.25": "DC"}}
}

// DNDotNet writes the names of the .NET framework.
func DNDotNet() StyleDN {
	return StyleDN{Separateur: ", ", Plus: " + ", PrefixeOID: "OID.", Guillemets: true, Noms: map[string]string{"2.5.4.3": "CN", "2.5.4.4": "SN", "2.5.4.5": "SERIALNUMBER",
		"2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "S", "2.5.4.9": "STREET", "2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.12": "T", "2.5.4.42": "G",
		"2.5.4.43": "I", "1.2.840.113549.1.9.1": "E", "0.9.2342.19200300.100.1.25": "DC"}}
}

// FormatDN writes the subject of a certificate, from its raw bytes: order,
// repeated types and RDNs of several values are kept. A subject that cannot be
// written is SAML-DN.
func FormatDN(cert *x509.Certificate, style StyleDN) (string, error) {
	if cert == nil {
		return "", errDN()
	}
	var dn pkix.RDNSequence
	if reste, err := asn1.Unmarshal(cert.RawSubject, &dn); err != nil || len(reste) > 0 || len(dn) == 0 {
		return "", errDN()
	}
	var b strings.Builder
	for i := len(dn) - 1; i >= 0; i-- {
		if i < len(dn)-1 {
			b.WriteString(style.Separateur)
		}
		for j, v := range dn[i] {
			if j > 0 {
				b.WriteString(style.Plus)
			}
			oid := v.Type.String()
			nom, ok := style.Noms[oid]
			if !ok {
				nom = style.PrefixeOID + oid
			}
			texte, ok := v.Value.(string)
			if !ok {
				return "", errDN()
			}
			b.WriteString(nom + "=" + style.valeur(texte))
		}
	}
	return b.String(), nil
}

func errDN() error {
	return &simphonie.Erreur{Code: "SAML-DN", Detail: "the certificate has no subject, or one that is not made of texts"}
}

// valeur escapes one value.
func (s StyleDN) valeur(v string) string {
	const speciaux = `,+"\<>;=`
	bords := v != "" && (v[0] == ' ' || v[0] == '#' || v[len(v)-1] == ' ')
	if s.Guillemets {
		if bords || v == "" || strings.ContainsAny(v, speciaux+"\n") {
			return `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
		}
		return v
	}
	var b strings.Builder
	for i := 0; i < len(v); i++ {
		c := v[i]
		switch {
		case c == '=': // RFC 2253 leaves it
		case c < ' ' || c == 0x7F:
			b.WriteString(`\` + strings.ToUpper(hex.EncodeToString([]byte{c})))
			continue
		case strings.IndexByte(speciaux, c) >= 0, bords && i == 0 && (c == ' ' || c == '#'), bords && i == len(v)-1 && c == ' ':
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
	return b.String()
}
