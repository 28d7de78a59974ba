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
	une    sync.Once
	tour   chan struct{} // held while a signature is made
	mu     sync.Mutex
	gardee *assertionGardee
	oublis int // how often it was forgotten: a signature begun before is not kept
}

// assertionGardee is an assertion and when it was made.
type assertionGardee struct {
	octets []byte
	faite  time.Time
}

// prend gives the assertion kept, or makes one. The time is read once the turn
// has come: calls that waited for each other do not see a clock that goes back,
// and one that really did makes a new assertion.
func (c *cacheAssertion) prend(ctx context.Context, horloge func() time.Time, duree time.Duration, fait func(time.Time) ([]byte, error)) ([]byte, error) {
	c.une.Do(func() { c.tour = make(chan struct{}, 1) })
	select {
	case c.tour <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-c.tour }()
	maintenant := horloge()
	c.mu.Lock()
	g, oublis := c.gardee, c.oublis
	c.mu.Unlock()
	if g != nil {
		if age := maintenant.Sub(g.faite); age >= 0 && age < cmp.Or(duree, dureeAssertionDefaut) {
			return g.octets, nil
		}
	}
	b, err := fait(maintenant)
	if err != nil {
		c.oublie()
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.oublis == oublis {
		c.gardee = &assertionGardee{b, maintenant}
	}
	return b, nil
}

// oublie drops the assertion kept, without waiting for a signature under way.
func (c *cacheAssertion) oublie() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gardee = nil
	c.oublis++
}

// verifieDuree checks a lifetime; 0 is the default.
func verifieDuree(d time.Duration) error {
	if d < 0 || d > dureeAssertionMax {
		return erreurConfig("TSV-CONFIG-LIMITES", "Authentification.Duree", "an assertion is kept for one hour at most")
	}
	return nil
}
