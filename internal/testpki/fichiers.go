package testpki

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"

	"software.sslmate.com/src/go-pkcs12"
)

// PEM writes the certificate with its authority, and the key (PKCS#8).
func (i *Identite) PEM() (certificats, cle []byte, err error) {
	der, err := x509.MarshalPKCS8PrivateKey(i.Cle)
	if err != nil {
		return nil, nil, err
	}
	return enPEM(i.Certificat, i.Autorite), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), nil
}

// P12 writes key, certificate and authority in one PKCS#12, in the encoding
// that every tool reads today (PBES2).
func (i *Identite) P12(motDePasse string) ([]byte, error) {
	return pkcs12.Modern.Encode(i.Cle, i.Certificat, []*x509.Certificate{i.Autorite}, motDePasse)
}

// P12Ancien writes the same as the sector's older files do: RC2 and 3DES.
func (i *Identite) P12Ancien(motDePasse string) ([]byte, error) {
	return pkcs12.LegacyRC2.Encode(i.Cle, i.Certificat, []*x509.Certificate{i.Autorite}, motDePasse)
}

// Ecrit puts in a directory racines.pem and, for each identity, its name with
// .pem (certificates), .key (key) and .p12. Keys are readable by the owner only.
func (p *PKI) Ecrit(dossier, motDePasse string, identites map[string]*Identite) error {
	if err := os.MkdirAll(dossier, 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dossier, "racines.pem"), p.RacinesPEM(), 0o644); err != nil {
		return err
	}
	for nom, i := range identites {
		certificats, cle, err := i.PEM()
		if err != nil {
			return err
		}
		p12, err := i.P12(motDePasse)
		if err != nil {
			return err
		}
		for suite, b := range map[string][]byte{".pem": certificats, ".key": cle, ".p12": p12} {
			if err := os.WriteFile(filepath.Join(dossier, nom+suite), b, 0o600); err != nil {
				return err
			}
		}
	}
	return nil
}

// Fait makes an identity.
type Fait func() (*Identite, error)

// EcritFaits makes identities and writes them as Ecrit does.
func (p *PKI) EcritFaits(dossier, motDePasse string, faits map[string]Fait) error {
	identites := map[string]*Identite{}
	for nom, fait := range faits {
		i, err := fait()
		if err != nil {
			return err
		}
		identites[nom] = i
	}
	return p.Ecrit(dossier, motDePasse, identites)
}
