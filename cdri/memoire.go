package cdri

import (
	"context"
	"sync"
	"time"
)

// CleAppel is what an automatic call is made once for: a patient, by the
// editor's own key, at a moment. Without a moment it is the place of the last
// answer that brought rights.
type CleAppel struct {
	Patient string
	Moment  Moment
}

// Entree is a stored answer with the request that it answers.
type Entree struct {
	Demande Demande
	Reponse *Reponse
}

// Memoire stores the last answers for Automate. It holds personal data: an
// implementation protects it (simphonie.MarshalEnClair writes the values whole).
// It is called by several goroutines.
type Memoire interface {
	// Lit gives the entry of a key, nil when there is none.
	Lit(ctx context.Context, cle CleAppel) (*Entree, error)
	// Ecrit replaces the entry of a key.
	Ecrit(ctx context.Context, cle CleAppel, e Entree) error
}

// MemoireVive is a Memoire that lives as long as the process. Nothing leaves it
// before Purge.
type MemoireVive struct {
	mu      sync.Mutex
	entrees map[CleAppel]Entree
}

// NewMemoireVive gives an empty one.
func NewMemoireVive() *MemoireVive { return &MemoireVive{} }

// Lit gives the entry of a key.
func (m *MemoireVive) Lit(_ context.Context, cle CleAppel) (*Entree, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, ok := m.entrees[cle]
	if !ok {
		return nil, nil
	}
	return &e, nil
}

// Ecrit replaces the entry of a key.
func (m *MemoireVive) Ecrit(_ context.Context, cle CleAppel, e Entree) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.entrees == nil {
		m.entrees = map[CleAppel]Entree{}
	}
	m.entrees[cle] = e
	return nil
}

// Purge forgets the answers received before an instant.
func (m *MemoireVive) Purge(avant time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for c, e := range m.entrees {
		if e.Reponse == nil || e.Reponse.Recu.Before(avant) {
			delete(m.entrees, c)
		}
	}
}
