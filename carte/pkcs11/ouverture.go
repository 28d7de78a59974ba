package pkcs11

import (
	"context"
	"time"

	p11 "github.com/miekg/pkcs11"

	"github.com/simphonie/simphonie"
)

// DemandePIN is what the holder should see when the PIN is asked.
type DemandePIN struct {
	Jeton     Jeton // with DernierEssai, when one more mistake locks the card
	Signature bool  // asked again for this one signature, as the card wants it
}

// Options of an opening.
type Options struct {
	// Serie names the card when several are present; unset takes the only one.
	Serie simphonie.Confidentiel
	// PIN asks the holder. Its answer is erased after the one attempt. Not called
	// when the reader has its own keypad, nor when the program is logged in already.
	PIN func(context.Context, DemandePIN) ([]byte, error)
	// Choix tells the signature key; the default is that of the CPS3.
	Choix Choix
	// Delai bounds a signature and a look at the reader; 0 is 30 seconds.
	Delai time.Duration
}

const delaiParDefaut = 30 * time.Second

// Ouvrir opens the card that is in a reader, once: a refused PIN is not tried
// again. Codes: CARTE-ABSENTE, CARTE-PLUSIEURS, CARTE-PIN…, CARTE-CLE-….
func (b *Bibliotheque) Ouvrir(ctx context.Context, o Options) (*Carte, error) {
	if o.Delai <= 0 {
		o.Delai = delaiParDefaut
	}
	c, err := fait(ctx, b, func() (*Carte, error) { return b.session(o) }, (*Carte).libere)
	if err != nil {
		return nil, err
	}
	var pin []byte
	if !c.connectee {
		if pin, err = c.demandePIN(ctx, c.jeton, false); err != nil {
			c.abandonne()
			return nil, err
		}
	}
	if err := b.attendTour(ctx); err != nil {
		clear(pin)
		c.abandonne()
		return nil, err
	}
	return lance(ctx, b, func() (*Carte, error) { return c.ouvre(pin) }, (*Carte).libere)
}

// session opens a session on the card that is meant.
func (b *Bibliotheque) session(o Options) (*Carte, error) {
	js, err := b.jetons()
	if err != nil {
		return nil, err
	}
	j, err := choisit(js, o.Serie)
	if err != nil {
		return nil, err
	}
	s, err := b.module.OpenSession(j.slot, p11.CKF_SERIAL_SESSION)
	if err != nil {
		return nil, traduit("opening of a session", err)
	}
	i, err := b.module.GetSessionInfo(s)
	if err != nil {
		_ = b.module.CloseSession(s)
		return nil, traduit("state of the session", err)
	}
	return &Carte{biblio: b, options: o, jeton: j, session: s, connectee: connecte(i), retrait: make(chan struct{})}, nil
}

func choisit(js []Jeton, serie simphonie.Confidentiel) (Jeton, error) {
	var choix []Jeton
	for _, j := range js {
		if serie.IsZero() || j.Serie == serie {
			choix = append(choix, j)
		}
	}
	switch len(choix) {
	case 0:
		return Jeton{}, erreur("CARTE-ABSENTE", "no such card in a reader", nil)
	case 1:
		return choix[0], nil
	}
	return Jeton{}, erreur("CARTE-PLUSIEURS", "several cards are present: choose one by its number (Options.Serie)", nil)
}

// connecte says that the holder is logged in.
func connecte(i p11.SessionInfo) bool {
	return i.State == p11.CKS_RO_USER_FUNCTIONS || i.State == p11.CKS_RW_USER_FUNCTIONS
}

// ouvre logs in, unless the holder is, and finds the signature key.
func (c *Carte) ouvre(pin []byte) (*Carte, error) {
	defer clear(pin)
	if err := c.prepare(pin); err != nil {
		c.libere()
		return nil, err
	}
	return c, nil
}

func (c *Carte) prepare(pin []byte) error {
	if !c.connectee {
		if err := c.connecte(c.session, p11.CKU_USER, pin); err != nil {
			return err
		}
	}
	ps, illisibles, err := c.biblio.paires(c.session, c.options.Choix)
	if err != nil {
		return err
	}
	c.paires = ps
	c.paire, err = signature(ps, illisibles)
	return err
}

// demandePIN gives the PIN to send, nil for the keypad of the reader. What the
// card would refuse is stopped here, so that it costs no attempt.
func (c *Carte) demandePIN(ctx context.Context, j Jeton, signature bool) ([]byte, error) {
	switch {
	case j.PINBloque:
		return nil, pinBloque(nil)
	case j.PaveExterne:
		return nil, nil
	case c.options.PIN == nil:
		return nil, erreur("CARTE-PIN-ABSENT", "the reader has no keypad: Options.PIN must ask the holder", nil)
	}
	pin, err := c.options.PIN(ctx, DemandePIN{Jeton: j, Signature: signature})
	if err != nil {
		clear(pin)
		return nil, erreur("CARTE-PIN-ABANDON", "the PIN was not given", err)
	}
	if len(pin) == 0 || uint(len(pin)) < j.pinMin || j.pinMax > 0 && uint(len(pin)) > j.pinMax {
		clear(pin)
		return nil, erreur("CARTE-PIN-LONGUEUR", "the PIN has not the length that the card wants; it was not sent, no attempt is lost", nil)
	}
	return pin, nil
}

// connecte sends the PIN, once; an empty one lets the keypad of the reader ask.
func (c *Carte) connecte(s p11.SessionHandle, role uint, pin []byte) error {
	err := c.biblio.module.Login(s, role, string(pin))
	switch {
	case err == nil:
		c.aFermer = c.aFermer || role == p11.CKU_USER
		return nil
	case est(err, p11.CKR_USER_ALREADY_LOGGED_IN) && role == p11.CKU_USER:
		return nil
	}
	j := c.jeton
	if apres, err := c.biblio.jeton(c.jeton.slot); err == nil && apres != nil {
		j = *apres
	}
	return refusPIN(err, j)
}
