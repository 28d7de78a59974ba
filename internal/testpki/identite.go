package testpki

import (
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"net"
	"time"
)

// Identite is an end certificate, its key and the authority above it.
type Identite struct {
	Certificat *x509.Certificate
	Cle        *rsa.PrivateKey // a crypto.Signer
	Autorite   *x509.Certificate
}

// TLS gives the identity as crypto/tls wants it, authority included.
func (i *Identite) TLS() tls.Certificate {
	return tls.Certificate{Certificate: [][]byte{i.Certificat.Raw, i.Autorite.Raw}, PrivateKey: i.Cle, Leaf: i.Certificat}
}

// Variante changes a certificate before it is signed.
type Variante func(*x509.Certificate, time.Time)

// Expire is a certificate whose three years ended the day before.
func Expire(c *x509.Certificate, maintenant time.Time) {
	c.NotBefore, c.NotAfter = maintenant.AddDate(-3, 0, -1), maintenant.AddDate(0, 0, -1)
}

// PasEncoreValide is a certificate that begins the day after.
func PasEncoreValide(c *x509.Certificate, maintenant time.Time) {
	c.NotBefore, c.NotAfter = maintenant.AddDate(0, 0, 1), maintenant.AddDate(3, 0, 1)
}

// PourAuthentifier is the authentication certificate of a card, which must not
// sign assertions.
func PourAuthentifier(c *x509.Certificate, _ time.Time) {
	c.KeyUsage, c.ExtKeyUsage = x509.KeyUsageDigitalSignature, []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
}

// emet signs an end certificate of three years, one of them gone.
func (p *PKI) emet(a *Autorite, u usage, modele *x509.Certificate, variantes []Variante) (*Identite, error) {
	modele.NotBefore, modele.NotAfter = p.maintenant.AddDate(-1, 0, 0), p.maintenant.AddDate(2, 0, 0)
	for _, v := range variantes {
		v(modele, p.maintenant)
	}
	k, err := cle(u)
	if err != nil {
		return nil, err
	}
	c, err := a.signe(modele, k)
	if err != nil {
		return nil, err
	}
	return &Identite{Certificat: c, Cle: k, Autorite: a.Certificat}, nil
}

// organisation writes the name of a software certificate: structure, place,
// structure identifier (OU), CN.
func organisation(cn string) ([]byte, error) {
	return nom(rdn(av(oidC, "FR")), rdn(av(oidST, "Paris (75)")), rdn(av(oidO, "CENTRE HOSPITALIER SIMULE")),
		rdn(av(oidOU, Structure)), rdn(av(oidCN, cn)))
}

// Structure is the structure identifier (OU) of the software certificates: 1
// and a FINESS with a letter, as only test establishments have.
const Structure = "10B0999999"

// Serveur is the certificate of a gateway: the name given, localhost and the
// loopback addresses.
func (p *PKI) Serveur(cn string, v ...Variante) (*Identite, error) {
	sujet, err := nom(rdn(av(oidC, "FR")), rdn(av(oidO, "GATEWAY SIMULEE")), rdn(av(oidCN, cn)))
	if err != nil {
		return nil, err
	}
	return p.emet(p.Organisations, "serveur", &x509.Certificate{
		RawSubject: sujet, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames:    []string{cn, "localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
	}, v)
}

// Client is an AUTH_CLI certificate of an establishment: INSI-AUTO, INSI-MANU
// or another CN.
func (p *PKI) Client(cn string, v ...Variante) (*Identite, error) {
	sujet, err := organisation(cn)
	if err != nil {
		return nil, err
	}
	return p.emet(p.Organisations, "client", &x509.Certificate{
		RawSubject: sujet, KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}, v)
}

// Signature is a SIGN certificate of an establishment, for its own assertions.
// The real key usage of this profile is not public: signature and commitment
// are both set.
func (p *PKI) Signature(cn string, v ...Variante) (*Identite, error) {
	sujet, err := organisation(cn)
	if err != nil {
		return nil, err
	}
	return p.emet(p.Organisations, "signature", &x509.Certificate{
		RawSubject: sujet, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment,
	}, v)
}

// TypeCarte is the type that a card certificate carries (1.2.250.1.71.1.2.2).
type TypeCarte int

// Types of cards.
const (
	CPS TypeCarte = 0
	CPF TypeCarte = 1
	CPE TypeCarte = 2 // CDE and CPE
	CPA TypeCarte = 3
)

// Porteur is the holder of a card.
type Porteur struct {
	Identifiant string // national identifier: the CN
	Nom, Prenom string
	Titre       string // title, as "Infirmier"
	Type        TypeCarte
	Profession  int // 0 when the card has none
}

// Carte is the signature certificate of a professional card.
func (p *PKI) Carte(q Porteur, v ...Variante) (*Identite, error) {
	titulaire := rdn(av(oidCN, q.Identifiant))
	if q.Nom != "" {
		titulaire = append(titulaire, av(oidSN, q.Nom))
	}
	if q.Prenom != "" {
		titulaire = append(titulaire, av(oidPrenom, q.Prenom))
	}
	rdns := [][]pkix.AttributeTypeAndValue{rdn(av(oidC, "FR"))}
	if q.Titre != "" {
		rdns = append(rdns, rdn(av(oidCivil, q.Titre)))
	}
	sujet, err := nom(append(rdns, titulaire)...)
	if err != nil {
		return nil, err
	}
	politique, err := x509.OIDFromASN1OID(oidPolitic)
	if err != nil {
		return nil, err
	}
	modele := &x509.Certificate{
		RawSubject: sujet, KeyUsage: x509.KeyUsageContentCommitment,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection}, Policies: []x509.OID{politique},
	}
	type extension struct {
		oid asn1.ObjectIdentifier
		v   any
	}
	extensions := []extension{{oidTypeCarte, int(q.Type)}, {oidOctet, []byte{0x80}}}
	if q.Profession != 0 {
		extensions = append(extensions, extension{oidProfession, q.Profession})
	}
	for _, e := range extensions {
		der, err := asn1.Marshal(e.v)
		if err != nil {
			return nil, err
		}
		modele.ExtraExtensions = append(modele.ExtraExtensions, pkix.Extension{Id: e.oid, Value: der})
	}
	return p.emet(p.Personnes, "carte", modele, v)
}
