package pkcs11

import (
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	p11 "github.com/miekg/pkcs11"
)

// Carte is an open card: a crypto.Signer with its signature certificate. It is
// safe for concurrent use. Its printed forms show nothing of the holder.
type Carte struct {
	biblio  *Bibliotheque
	options Options
	jeton   Jeton
	paires  []Paire
	paire   Paire

	retrait        chan struct{}
	retraitUneFois sync.Once

	// for whoever has the turn of the library
	session   p11.SessionHandle
	connectee bool // the holder was logged in by another part of the program
	aFermer   bool // logged in by us: ours to log out
	fermee    bool
}

// Certificat gives the signature certificate, which names the holder. Do not change it.
func (c *Carte) Certificat() *x509.Certificate {
	if !c.ouverte() {
		return nil
	}
	return c.paire.certificat
}

// ouverte says that the value comes from Ouvrir.
func (c *Carte) ouverte() bool { return c != nil && c.biblio != nil }

// Paires lists the key pairs of the card that have a certificate.
func (c *Carte) Paires() []Paire {
	if !c.ouverte() {
		return nil
	}
	return slices.Clone(c.paires)
}

// Public gives the public key of the signature certificate.
func (c *Carte) Public() crypto.PublicKey {
	if !c.ouverte() {
		return nil
	}
	return c.paire.certificat.PublicKey
}

// String says that this is a card, and no more.
func (c *Carte) String() string { return "carte" }

// Format shows String, whatever the verb.
func (c *Carte) Format(f fmt.State, _ rune) { io.WriteString(f, c.String()) }

// MarshalText shows String.
func (c *Carte) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// prefixe begins the DigestInfo of SHA-256 (RFC 8017, 9.2).
var prefixe = []byte{0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20}

// Sign signs a SHA-256 digest, RSA PKCS#1 v1.5, within Options.Delai. The result
// is verified with the certificate before it is given. The first argument is not
// used. Codes: CARTE-EMPREINTE, CARTE-RETIREE, CARTE-DELAI, CARTE-PIN….
func (c *Carte) Sign(_ io.Reader, empreinte []byte, opts crypto.SignerOpts) ([]byte, error) {
	if !c.ouverte() {
		return nil, fermee()
	}
	if _, pss := opts.(*rsa.PSSOptions); pss || opts == nil || opts.HashFunc() != crypto.SHA256 || len(empreinte) != sha256.Size {
		return nil, erreur("CARTE-EMPREINTE", "a card signs a SHA-256 digest, RSA PKCS#1 v1.5, and nothing else", nil)
	}
	ctx, fin := context.WithTimeout(context.Background(), c.options.Delai)
	defer fin()
	s, err := c.signature(ctx, slices.Concat(prefixe, empreinte))
	if err != nil {
		return nil, err
	}
	if err := rsa.VerifyPKCS1v15(c.Public().(*rsa.PublicKey), crypto.SHA256, empreinte, s); err != nil {
		return nil, erreur("CARTE-SIGNATURE", "the signature does not answer to the certificate of the card", err)
	}
	return s, nil
}

// signature asks the PIN if this key wants it each time, then signs.
func (c *Carte) signature(ctx context.Context, message []byte) ([]byte, error) {
	var pin []byte
	if c.paire.reauth {
		j, err := fait(ctx, c.biblio, c.vivante, nil)
		if err != nil {
			return nil, err
		}
		if pin, err = c.demandePIN(ctx, *j, true); err != nil {
			return nil, err
		}
	}
	if err := c.biblio.attendTour(ctx); err != nil {
		clear(pin)
		return nil, err
	}
	return lance(ctx, c.biblio, func() ([]byte, error) { return c.signe(message, pin) }, nil)
}

// signe uses a session of its own, so that a signature that failed leaves
// nothing behind.
func (c *Carte) signe(message, pin []byte) ([]byte, error) {
	defer clear(pin)
	if _, err := c.vivante(); err != nil {
		return nil, err
	}
	m := c.biblio.module
	s, err := m.OpenSession(c.jeton.slot, p11.CKF_SERIAL_SESSION)
	if err != nil {
		return nil, c.panne("opening of a session", err)
	}
	defer m.CloseSession(s)
	if err := m.SignInit(s, []*p11.Mechanism{p11.NewMechanism(p11.CKM_RSA_PKCS, nil)}, c.paire.cle); err != nil {
		return nil, c.panne("start of a signature", err)
	}
	if c.paire.reauth {
		if err := c.connecte(s, p11.CKU_CONTEXT_SPECIFIC, pin); err != nil {
			return nil, err
		}
	}
	signature, err := m.Sign(s, message)
	if err != nil {
		return nil, c.panne("signature", err)
	}
	return signature, nil
}

// panne tells a failure of the card from its absence.
func (c *Carte) panne(operation string, err error) error {
	if _, absente := c.vivante(); absente != nil {
		return absente
	}
	return traduit(operation, err)
}

// vivante checks that the card never left its reader since it was opened: it is
// there, it is the same, and the session of the opening still is that of its
// holder (the library ends the sessions of a card that leaves).
func (c *Carte) vivante() (*Jeton, error) {
	if c.fermee {
		return nil, fermee()
	}
	select {
	case <-c.retrait:
		return nil, retiree(nil)
	default:
	}
	m := c.biblio.module
	lecteur, err := m.GetSlotInfo(c.jeton.slot)
	if err != nil || lecteur.Flags&p11.CKF_TOKEN_PRESENT == 0 {
		return nil, c.partie(err)
	}
	j, err := c.biblio.jeton(c.jeton.slot)
	if err != nil || j == nil || j.Serie != c.jeton.Serie {
		return nil, c.partie(err)
	}
	i, err := m.GetSessionInfo(c.session)
	if err != nil || !connecte(i) {
		return nil, c.partie(err)
	}
	return j, nil
}

func (c *Carte) partie(err error) error {
	c.oublie()
	return retiree(err)
}

// oublie says once that the card is no more.
func (c *Carte) oublie() { c.retraitUneFois.Do(func() { close(c.retrait) }) }

// Presente says that the card has not left its reader since it was opened. After
// a removal it is false for ever; it is false too when the library does not answer.
func (c *Carte) Presente() bool {
	if !c.ouverte() {
		return false
	}
	ctx, fin := context.WithTimeout(context.Background(), c.options.Delai)
	defer fin()
	return c.regarde(ctx) == nil
}

func (c *Carte) regarde(ctx context.Context) error {
	_, err := fait(ctx, c.biblio, c.vivante, nil)
	return err
}

// Retrait is closed when the card is seen to have left, or by Close: forget then
// what it signed. Somebody must look: Surveille, Presente or Sign.
func (c *Carte) Retrait() <-chan struct{} {
	if !c.ouverte() {
		return nil
	}
	return c.retrait
}

// Surveille looks at the reader at each period (0 is one second) until the card
// leaves (CARTE-RETIREE), is closed (CARTE-FERMEE), or ctx ends (CARTE-DELAI).
// Looking is preferred to C_WaitForSlotEvent, which libraries may lack, and which
// no context can stop.
func (c *Carte) Surveille(ctx context.Context, periode time.Duration) error {
	if !c.ouverte() {
		return fermee()
	}
	if periode <= 0 {
		periode = time.Second
	}
	t := time.NewTicker(periode)
	defer t.Stop()
	for {
		if err := c.regarde(ctx); err != nil {
			return err
		}
		select {
		case <-t.C:
		case <-c.retrait:
		case <-ctx.Done():
			return delai(ctx)
		}
	}
}

// Close logs the holder out and closes the card; its library stays open. Twice is
// harmless.
func (c *Carte) Close() error {
	if !c.ouverte() {
		return nil
	}
	ctx, fin := context.WithTimeout(context.Background(), delaiFermeture)
	defer fin()
	_, err := fait(ctx, c.biblio, func() (struct{}, error) {
		c.libere()
		return struct{}{}, nil
	}, nil)
	c.oublie()
	return siOuvert(err)
}

// abandonne closes, when its turn comes, a card whose opening was given up.
func (c *Carte) abandonne() {
	go func() {
		_, _ = fait(context.Background(), c.biblio, func() (struct{}, error) { c.libere(); return struct{}{}, nil }, nil)
	}()
}

// libere gives back what the card holds in the library; a card that has left
// holds nothing any more, so that refusals do not matter.
func (c *Carte) libere() {
	if c.fermee {
		return
	}
	c.fermee = true
	if c.aFermer {
		_ = c.biblio.module.Logout(c.session)
	}
	_ = c.biblio.module.CloseSession(c.session)
}
