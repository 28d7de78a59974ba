package pkcs11

import (
	"context"
	"strings"
	"time"

	p11 "github.com/miekg/pkcs11"

	"github.com/simphonie/simphonie"
)

// cryptoki is what is used of a PKCS#11 library.
type cryptoki interface {
	Finalize() error
	GetSlotList(tokenPresent bool) ([]uint, error)
	GetSlotInfo(slot uint) (p11.SlotInfo, error)
	GetTokenInfo(slot uint) (p11.TokenInfo, error)
	OpenSession(slot, flags uint) (p11.SessionHandle, error)
	CloseSession(s p11.SessionHandle) error
	GetSessionInfo(s p11.SessionHandle) (p11.SessionInfo, error)
	Login(s p11.SessionHandle, user uint, pin string) error
	Logout(s p11.SessionHandle) error
	FindObjectsInit(s p11.SessionHandle, a []*p11.Attribute) error
	FindObjects(s p11.SessionHandle, max int) ([]p11.ObjectHandle, bool, error)
	FindObjectsFinal(s p11.SessionHandle) error
	GetAttributeValue(s p11.SessionHandle, o p11.ObjectHandle, a []*p11.Attribute) ([]*p11.Attribute, error)
	SignInit(s p11.SessionHandle, m []*p11.Mechanism, o p11.ObjectHandle) error
	Sign(s p11.SessionHandle, message []byte) ([]byte, error)
}

// delaiFermeture bounds the calls that close.
const delaiFermeture = 10 * time.Second

// Bibliotheque is a PKCS#11 library, loaded. A process loads a library once and
// shares it. It is safe for concurrent use: one call at a time reaches the library.
type Bibliotheque struct {
	module cryptoki
	tour   chan struct{} // holds a token when nobody is calling

	// for whoever has the turn
	initialisee bool // by us, so that we end it
	fermee      bool
}

// Open loads a library: an absolute path, a name that the system's loader finds,
// or "" for the first of Noms that is there. Code of errors: CARTE-BIBLIOTHEQUE.
func Open(chemin string) (*Bibliotheque, error) {
	essais := []string{chemin}
	if chemin == "" {
		essais = Noms()
	}
	for _, nom := range essais {
		if !nomSur(nom) {
			return nil, erreur("CARTE-BIBLIOTHEQUE", "a relative path is refused: the library sees the PIN", nil)
		}
		if m := p11.New(nom); m != nil {
			return demarre(m)
		}
	}
	return nil, erreur("CARTE-BIBLIOTHEQUE", "no PKCS#11 library could be loaded, tried "+strings.Join(essais, ", ")+
		": is it installed, and of the same word size as this program?", nil)
}

// demarre initializes a library, unless another part of the process has done so:
// it is then theirs to end.
func demarre(m *p11.Ctx) (*Bibliotheque, error) {
	err := m.Initialize()
	if err != nil && !est(err, p11.CKR_CRYPTOKI_ALREADY_INITIALIZED) {
		return nil, erreur("CARTE-BIBLIOTHEQUE", "the library was loaded but did not start", err)
	}
	return bibliotheque(m, err == nil), nil
}

func bibliotheque(m cryptoki, initialisee bool) *Bibliotheque {
	b := &Bibliotheque{module: m, tour: make(chan struct{}, 1), initialisee: initialisee}
	b.tour <- struct{}{}
	return b
}

// fait runs f in its turn, and stops waiting at the end of ctx.
func fait[T any](ctx context.Context, b *Bibliotheque, f func() (T, error), perdu func(T)) (T, error) {
	if err := b.attendTour(ctx); err != nil {
		var zero T
		return zero, err
	}
	return lance(ctx, b, f, perdu)
}

// attendTour waits until no other call is in the library.
func (b *Bibliotheque) attendTour(ctx context.Context) error {
	if b == nil || b.module == nil {
		return fermee()
	}
	select {
	case <-b.tour:
	case <-ctx.Done():
		return delai(ctx)
	}
	switch {
	case b.fermee:
		b.tour <- struct{}{}
		return fermee()
	case ctx.Err() != nil:
		b.tour <- struct{}{}
		return delai(ctx)
	}
	return nil
}

// lance runs f for whoever has the turn. A call of C cannot be interrupted: when
// nobody waits any more it keeps its turn until it returns, and perdu undoes what
// it got.
func lance[T any](ctx context.Context, b *Bibliotheque, f func() (T, error), perdu func(T)) (T, error) {
	type rendu struct {
		v   T
		err error
	}
	retour := make(chan rendu)
	go func() {
		defer func() { b.tour <- struct{}{} }()
		v, err := f()
		select {
		case retour <- rendu{v, err}:
		case <-ctx.Done():
			if err == nil && perdu != nil {
				perdu(v)
			}
		}
	}()
	select {
	case r := <-retour:
		return r.v, r.err
	case <-ctx.Done():
		var zero T
		return zero, delai(ctx)
	}
}

func delai(ctx context.Context) error {
	return &simphonie.Erreur{Code: "CARTE-DELAI", Service: "carte", Detail: "the card did not answer before the end of the wait", LimiteLocale: true, Err: context.Cause(ctx)}
}

// Close ends the library, when it was started here, and every card opened by
// it. It stays mapped in memory: unloading one that has threads is not safe.
func (b *Bibliotheque) Close() error {
	ctx, fin := context.WithTimeout(context.Background(), delaiFermeture)
	defer fin()
	_, err := fait(ctx, b, func() (struct{}, error) {
		b.fermee = true
		if !b.initialisee {
			return struct{}{}, nil
		}
		if err := b.module.Finalize(); err != nil {
			return struct{}{}, traduit("end", err)
		}
		return struct{}{}, nil
	}, nil)
	return siOuvert(err)
}

// Jeton is a card in a reader, as the library shows it before any PIN.
type Jeton struct {
	Lecteur        string                 // name of the reader
	Libelle, Serie simphonie.Confidentiel // label and number of the card
	Modele         string
	PaveExterne    bool // the PIN is typed on the reader, never seen by the program
	EssaiManque    bool // a wrong PIN was given since the last right one
	DernierEssai   bool // one more wrong PIN locks the card
	PINBloque      bool

	slot           uint
	pinMin, pinMax uint
}

// Jetons lists the cards that are in the readers.
func (b *Bibliotheque) Jetons(ctx context.Context) ([]Jeton, error) {
	return fait(ctx, b, b.jetons, nil)
}

func (b *Bibliotheque) jetons() ([]Jeton, error) {
	slots, err := b.module.GetSlotList(true)
	if err != nil {
		return nil, traduit("list of readers", err)
	}
	var js []Jeton
	var panne error
	for _, s := range slots {
		j, err := b.jeton(s)
		switch {
		case err != nil && !est(err, p11.CKR_TOKEN_NOT_PRESENT, p11.CKR_TOKEN_NOT_RECOGNIZED, p11.CKR_DEVICE_REMOVED):
			panne = traduit("description of a card", err)
		case j != nil:
			js = append(js, *j)
		}
	}
	if len(js) == 0 {
		return nil, panne
	}
	return js, nil // a reader out of order hides no other
}

// jeton describes the card of a slot, nil when it was never personalized.
func (b *Bibliotheque) jeton(slot uint) (*Jeton, error) {
	t, err := b.module.GetTokenInfo(slot)
	if err != nil || t.Flags&p11.CKF_TOKEN_INITIALIZED == 0 {
		return nil, err
	}
	s, err := b.module.GetSlotInfo(slot)
	if err != nil {
		return nil, err
	}
	a := func(drapeau uint) bool { return t.Flags&drapeau != 0 }
	return &Jeton{
		Lecteur: s.SlotDescription, Libelle: simphonie.NewConfidentiel(t.Label), Serie: simphonie.NewConfidentiel(t.SerialNumber), Modele: t.Model,
		PaveExterne: a(p11.CKF_PROTECTED_AUTHENTICATION_PATH), EssaiManque: a(p11.CKF_USER_PIN_COUNT_LOW),
		DernierEssai: a(p11.CKF_USER_PIN_FINAL_TRY), PINBloque: a(p11.CKF_USER_PIN_LOCKED),
		slot: slot, pinMin: t.MinPinLen, pinMax: t.MaxPinLen,
	}, nil
}
