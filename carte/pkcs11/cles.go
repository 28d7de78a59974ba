package pkcs11

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"io"

	p11 "github.com/miekg/pkcs11"
)

// Usage says what a key pair of a card is for.
type Usage uint8

// The uses of the key pairs of a card.
const (
	UsageAutre            Usage = iota
	UsageAuthentification       // opens sessions; an assertion signed with it is refused
	UsageSignature              // commits the holder
)

var usages = []string{"autre", "authentification", "signature"}

// String gives the word of the field.
func (u Usage) String() string {
	if int(u) < len(usages) {
		return usages[u]
	}
	return "inconnu"
}

// Choix says how the signature key is told from the authentication key.
type Choix uint8

const (
	// ChoixCPS3 reads the last byte of the key's identifier (CKA_ID), 0x10 for
	// signature and 0x20 for authentication; the certificate must agree.
	ChoixCPS3 Choix = iota
	// ChoixCertificat reads the certificate alone: its KeyUsage has nonRepudiation.
	ChoixCertificat
)

// The last byte of CKA_ID on a CPS3.
const (
	idSignature        = 0x10
	idAuthentification = 0x20
)

// Paire is a private RSA key of the card and the certificate that goes with it.
// Its printed forms show the use only, not the holder.
type Paire struct {
	usage      Usage
	certificat *x509.Certificate
	cle        p11.ObjectHandle
	reauth     bool // the PIN is asked for every signature
}

// Usage says what the pair is for.
func (p Paire) Usage() Usage { return p.usage }

// Certificat gives the certificate, which names the holder. Do not change it.
func (p Paire) Certificat() *x509.Certificate { return p.certificat }

// String shows the use.
func (p Paire) String() string { return "paire " + p.usage.String() }

// Format shows the use, whatever the verb.
func (p Paire) Format(f fmt.State, _ rune) { io.WriteString(f, p.String()) }

// MarshalText shows the use.
func (p Paire) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// usage tells what a pair is for.
func (c Choix) usage(id []byte, cert *x509.Certificate) Usage {
	if c == ChoixCPS3 {
		switch {
		case len(id) == 0:
			return UsageAutre
		case id[len(id)-1] == idSignature:
			return UsageSignature
		case id[len(id)-1] == idAuthentification:
			return UsageAuthentification
		}
		return UsageAutre
	}
	switch {
	case cert.KeyUsage&x509.KeyUsageContentCommitment != 0:
		return UsageSignature
	case cert.KeyUsage&x509.KeyUsageDigitalSignature != 0:
		return UsageAuthentification
	}
	return UsageAutre
}

// maxObjets bounds what is read of a card.
const maxObjets = 64

// cherche lists the objects of the card that have these attributes.
func (b *Bibliotheque) cherche(s p11.SessionHandle, a ...*p11.Attribute) ([]p11.ObjectHandle, error) {
	if err := b.module.FindObjectsInit(s, a); err != nil {
		return nil, traduit("search", err)
	}
	var tous []p11.ObjectHandle
	for len(tous) < maxObjets {
		os, _, err := b.module.FindObjects(s, maxObjets)
		if err != nil {
			_ = b.module.FindObjectsFinal(s)
			return nil, traduit("search", err)
		}
		if len(os) == 0 {
			break
		}
		tous = append(tous, os...)
	}
	if err := b.module.FindObjectsFinal(s); err != nil {
		return nil, traduit("search", err)
	}
	return tous, nil
}

// attribut reads one attribute of an object, nil when the object has none.
func (b *Bibliotheque) attribut(s p11.SessionHandle, o p11.ObjectHandle, type_ uint) ([]byte, error) {
	a, err := b.module.GetAttributeValue(s, o, []*p11.Attribute{{Type: type_}})
	if est(err, p11.CKR_ATTRIBUTE_TYPE_INVALID, p11.CKR_ATTRIBUTE_SENSITIVE) {
		return nil, nil
	}
	if err != nil {
		return nil, traduit("reading", err)
	}
	return a[0].Value, nil
}

// paires matches private RSA keys and certificates by their identifier.
// Certificates that cannot be read are counted apart.
func (b *Bibliotheque) paires(s p11.SessionHandle, c Choix) (ps []Paire, illisibles int, err error) {
	cles, err := b.cherche(s, p11.NewAttribute(p11.CKA_CLASS, p11.CKO_PRIVATE_KEY), p11.NewAttribute(p11.CKA_KEY_TYPE, p11.CKK_RSA))
	if err != nil {
		return nil, 0, err
	}
	certs, err := b.cherche(s, p11.NewAttribute(p11.CKA_CLASS, p11.CKO_CERTIFICATE))
	if err != nil {
		return nil, 0, err
	}
	for _, o := range certs {
		id, err := b.attribut(s, o, p11.CKA_ID)
		if err != nil {
			return nil, 0, err
		}
		der, err := b.attribut(s, o, p11.CKA_VALUE)
		if err != nil {
			return nil, 0, err
		}
		cert, err := x509.ParseCertificate(der)
		if err != nil {
			illisibles++
			continue
		}
		if _, rsa := cert.PublicKey.(*rsa.PublicKey); !rsa {
			continue
		}
		for _, cle := range cles {
			p, err := b.paire(s, cle, id, cert, c)
			if err != nil {
				return nil, 0, err
			}
			if p != nil {
				ps = append(ps, *p)
			}
		}
	}
	return ps, illisibles, nil
}

// paire gives the pair of a key and a certificate, nil when they are not one.
func (b *Bibliotheque) paire(s p11.SessionHandle, cle p11.ObjectHandle, id []byte, cert *x509.Certificate, c Choix) (*Paire, error) {
	sien, err := b.attribut(s, cle, p11.CKA_ID)
	if err != nil || len(id) == 0 || !bytes.Equal(sien, id) {
		return nil, err
	}
	reauth, err := b.attribut(s, cle, p11.CKA_ALWAYS_AUTHENTICATE)
	if err != nil {
		return nil, err
	}
	return &Paire{usage: c.usage(id, cert), certificat: cert, cle: cle, reauth: len(reauth) == 1 && reauth[0] != 0}, nil
}

// signature chooses the one pair that may sign an assertion.
func signature(ps []Paire, illisibles int) (Paire, error) {
	var choix []Paire
	authentification := false
	for _, p := range ps {
		authentification = authentification || p.usage == UsageAuthentification
		if p.usage == UsageSignature {
			choix = append(choix, p)
		}
	}
	switch {
	case len(choix) > 1:
		return Paire{}, erreur("CARTE-CLE-MULTIPLE", "the card has several signature keys, and nothing says which one is meant", nil)
	case len(choix) == 1 && choix[0].certificat.KeyUsage&x509.KeyUsageContentCommitment == 0:
		return Paire{}, erreur("CARTE-CLE-DOUTEUSE", "the identifier of the key says signature, its certificate has no nonRepudiation use", nil)
	case len(choix) == 1:
		return choix[0], nil
	case illisibles > 0:
		return Paire{}, erreur("CARTE-CERTIFICAT", "no signature key with a certificate that can be read", nil)
	case authentification:
		return Paire{}, erreur("CARTE-CLE-AUTHENTIFICATION", "the card has an authentication key only: an assertion that it signs is refused", nil)
	}
	return Paire{}, erreur("CARTE-CLE-ABSENTE", "the card has no RSA signature key with its certificate", nil)
}
