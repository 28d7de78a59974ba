package testpki

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"time"
)

// PKI is a root and its two authorities.
type PKI struct {
	Racine        *Autorite
	Organisations *Autorite // servers and software certificates
	Personnes     *Autorite // professional cards

	maintenant time.Time
}

// Autorite signs certificates and revocation lists.
type Autorite struct {
	Certificat *x509.Certificate
	cle        *rsa.PrivateKey
}

// New makes the authorities, valid from ten years before the date given to ten
// years after.
func New(maintenant time.Time) (*PKI, error) { return nouvelle(maintenant, "") }

// Autre makes a PKI of the same names and dates with other keys: what it signs
// must be trusted by nobody who trusts p.
func (p *PKI) Autre() (*PKI, error) { return nouvelle(p.maintenant, "autre ") }

func nouvelle(maintenant time.Time, serie usage) (*PKI, error) {
	for _, u := range []usage{serie + "racine", serie + "organisations", serie + "personnes", "serveur", "client", "carte"} {
		go cle(u) // all will be wanted: the processors share the search
	}
	p := &PKI{maintenant: maintenant}
	var err error
	if p.Racine, err = p.autorite(serie+"racine", "TEST AC RACINE IGC-SANTE ELEMENTAIRE", nil); err != nil {
		return nil, err
	}
	if p.Organisations, err = p.autorite(serie+"organisations", "TEST AC IGC-SANTE ELEMENTAIRE ORGANISATIONS", p.Racine); err != nil {
		return nil, err
	}
	p.Personnes, err = p.autorite(serie+"personnes", "TEST AC IGC-SANTE ELEMENTAIRE PERSONNES", p.Racine)
	return p, err
}

func (p *PKI) autorite(u usage, cn string, parent *Autorite) (*Autorite, error) {
	k, err := cle(u)
	if err != nil {
		return nil, err
	}
	sujet, err := nom(rdn(av(oidC, "FR")), rdn(av(oidO, "ASIP-SANTE")), rdn(av(oidOU, "0002 187512751")),
		rdn(av(oidOU, "IGC-SANTE TEST")), rdn(av(oidCN, cn)))
	if err != nil {
		return nil, err
	}
	modele := &x509.Certificate{
		RawSubject: sujet, NotBefore: p.maintenant.AddDate(-10, 0, 0), NotAfter: p.maintenant.AddDate(10, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	if parent == nil {
		parent = &Autorite{Certificat: modele, cle: k}
	}
	c, err := parent.signe(modele, k)
	if err != nil {
		return nil, err
	}
	return &Autorite{Certificat: c, cle: k}, nil
}

// signe gives a serial number to a certificate and signs it.
func (a *Autorite) signe(modele *x509.Certificate, k *rsa.PrivateKey) (*x509.Certificate, error) {
	serie, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, err
	}
	modele.SerialNumber = serie.Add(serie, big.NewInt(1))
	empreinte := sha1.Sum(x509.MarshalPKCS1PublicKey(&k.PublicKey))
	modele.SubjectKeyId = empreinte[:]
	der, err := x509.CreateCertificate(rand.Reader, modele, a.Certificat, &k.PublicKey, a.cle)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

// CRL signs the list of the certificates that the authority revoked on a date.
func (a *Autorite) CRL(quand time.Time, revoques ...*x509.Certificate) ([]byte, error) {
	liste := &x509.RevocationList{Number: big.NewInt(quand.Unix()), ThisUpdate: quand, NextUpdate: quand.AddDate(0, 0, 7)}
	for _, c := range revoques {
		liste.RevokedCertificateEntries = append(liste.RevokedCertificateEntries,
			x509.RevocationListEntry{SerialNumber: c.SerialNumber, RevocationTime: quand})
	}
	return x509.CreateRevocationList(rand.Reader, liste, a.Certificat, a.cle)
}

// Certificats lists root and authorities, the root first.
func (p *PKI) Certificats() []*x509.Certificate {
	return []*x509.Certificate{p.Racine.Certificat, p.Organisations.Certificat, p.Personnes.Certificat}
}

// RacinesPEM writes root and authorities, as the file of roots that a client
// of the Assurance Maladie loads.
func (p *PKI) RacinesPEM() []byte { return enPEM(p.Certificats()...) }

// Racines is a pool of the root alone.
func (p *PKI) Racines() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(p.Racine.Certificat)
	return pool
}

// Intermediaires is a pool of the two authorities.
func (p *PKI) Intermediaires() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(p.Organisations.Certificat)
	pool.AddCert(p.Personnes.Certificat)
	return pool
}

func enPEM(cs ...*x509.Certificate) []byte {
	var b []byte
	for _, c := range cs {
		b = append(b, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})...)
	}
	return b
}
