package teleservice

import (
	"cmp"
	"math/rand/v2"
	"sync"
	"time"
)

// Reprises says when a read is tried again: after a failure of the transport
// (connection refused, cut, too slow, answer 502, 503 or 504 that is not SOAP)
// and after the fault siram_40 of a service that is unavailable; never after
// another fault or an answer that is wrong. Waits double from Attente to
// Plafond, each drawn at random between half and all of itself.
type Reprises struct {
	// Essais is the most attempts of one call; 0 is 3, 1 never tries again.
	Essais           int
	Attente, Plafond time.Duration // 0 is 200 ms, and 3 s
	// Budget is the most retries that a Canal holds in reserve; each successful
	// call gives a tenth of one back. It keeps a service in trouble from being
	// hit several times as hard. 0 is 20.
	Budget int
}

func (r *Reprises) complete() {
	r.Essais = cmp.Or(r.Essais, 3)
	r.Attente = cmp.Or(r.Attente, 200*time.Millisecond)
	r.Plafond = cmp.Or(r.Plafond, 3*time.Second)
	r.Budget = cmp.Or(r.Budget, 20)
}

func (r *Reprises) verifie() error {
	if r.Essais < 0 || r.Attente < 0 || r.Plafond < 0 || r.Budget < 0 {
		return erreurConfig("TSV-CONFIG-LIMITES", "Reprises", "numbers of attempts and waits are not negative")
	}
	return nil
}

// attente gives the wait before the attempt that follows attempt n.
func (r *Reprises) attente(n int) time.Duration {
	d := r.Plafond
	if n < 20 && r.Attente<<(n-1) < r.Plafond {
		d = r.Attente << (n - 1)
	}
	if d <= 1 {
		return d
	}
	return d/2 + rand.N(d/2)
}

// budget is the reserve of retries of a Canal, in tenths.
type budget struct {
	mu      sync.Mutex
	dixieme int
	max     int
}

func nouveauBudget(n int) *budget { return &budget{dixieme: 10 * n, max: 10 * n} }

func (b *budget) prend() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.dixieme < 10 {
		return false
	}
	b.dixieme -= 10
	return true
}

func (b *budget) rend() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.dixieme = min(b.dixieme+1, b.max)
}
