package teleservice

import (
	"cmp"
	"context"
	"sync"
	"time"
)

// Lifetimes of a signed assertion. Public kits reuse one for twenty seconds
// only; services refuse it one hour after its making.
const (
	dureeAssertionDefaut = 20 * time.Second
	dureeAssertionMax    = time.Hour
)

// cacheAssertion keeps the last signed assertion for its short life, so that a
// series of calls asks the card once. One signature is made at a time; the
// others wait for it, no longer than their calls may.
type cacheAssertion struct {
	une   sync.Once
	tour  chan struct{}
	octet []byte
	faite time.Time
}

func (c *cacheAssertion) entre(ctx context.Context) error {
	c.une.Do(func() { c.tour = make(chan struct{}, 1) })
	select {
	case c.tour <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// prend gives the assertion kept, or makes one. A clock that went back makes a
// new one.
func (c *cacheAssertion) prend(ctx context.Context, maintenant time.Time, duree time.Duration, fait func() ([]byte, error)) ([]byte, error) {
	if err := c.entre(ctx); err != nil {
		return nil, err
	}
	defer func() { <-c.tour }()
	if age := maintenant.Sub(c.faite); c.octet != nil && age >= 0 && age < cmp.Or(duree, dureeAssertionDefaut) {
		return c.octet, nil
	}
	c.octet = nil
	b, err := fait()
	if err != nil {
		return nil, err
	}
	c.octet, c.faite = b, maintenant
	return b, nil
}

func (c *cacheAssertion) oublie() {
	if c.entre(context.Background()) == nil {
		c.octet = nil
		<-c.tour
	}
}

// verifieDuree checks a lifetime; 0 is the default.
func verifieDuree(d time.Duration) error {
	if d < 0 || d > dureeAssertionMax {
		return erreurConfig("TSV-CONFIG-LIMITES", "Authentification.Duree", "an assertion is kept for one hour at most")
	}
	return nil
}
