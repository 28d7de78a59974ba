package pkcs11

import (
	"sync"

	p11 "github.com/miekg/pkcs11"
)

// faux is the library of SoftHSM seen through what a real reader does and
// SoftHSM does not: cards that leave, keypads, PINs that lock, calls that hang.
type faux struct {
	cryptoki
	mu       sync.Mutex
	absente  bool
	drapeaux uint   // added to those of the card
	serie    string // instead of the number of the card
	login    func(pin string) error
	signe    func() error
	pins     []string
}

func (f *faux) GetSlotInfo(s uint) (p11.SlotInfo, error) {
	i, err := f.cryptoki.GetSlotInfo(s)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.absente {
		i.Flags &^= p11.CKF_TOKEN_PRESENT
	}
	return i, err
}

func (f *faux) GetTokenInfo(s uint) (p11.TokenInfo, error) {
	i, err := f.cryptoki.GetTokenInfo(s)
	f.mu.Lock()
	defer f.mu.Unlock()
	i.Flags |= f.drapeaux
	if f.serie != "" {
		i.SerialNumber = f.serie
	}
	return i, err
}

func (f *faux) Login(s p11.SessionHandle, role uint, pin string) error {
	f.mu.Lock()
	f.pins = append(f.pins, pin)
	login := f.login
	f.mu.Unlock()
	if login != nil {
		if err := login(pin); err != nil {
			return err
		}
		pin = pinBon // the keypad gave it to the card
	}
	return f.cryptoki.Login(s, role, pin)
}

func (f *faux) Sign(s p11.SessionHandle, m []byte) ([]byte, error) {
	f.mu.Lock()
	signe := f.signe
	f.mu.Unlock()
	if signe != nil {
		if err := signe(); err != nil {
			return nil, err
		}
	}
	return f.cryptoki.Sign(s, m)
}

func (f *faux) regle(change func(*faux)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(f)
}

// masque puts a faux over a library.
func masque(b *Bibliotheque) *faux {
	f := &faux{cryptoki: b.module}
	b.module = f
	return f
}
