package payfip

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"
)

// Magasin keeps the dossiers: the editor's database, in one table with the
// debt as its key, Dossier.Encode as its value, Dossier.Prochaine and the
// identifiers of the tentatives beside it. Posting the payment to the accounts
// belongs in the same transaction, from Dossier.Bilan.
type Magasin interface {
	// Modifie gives f the dossier of the debt, without tentatives when there is
	// none, and keeps what f leaves, all or nothing, if f returns nil. Two calls
	// for one debt never overlap, whatever the process. f may be called again.
	Modifie(ctx context.Context, de Dette, f func(*Dossier) error) error
	// Lit gives the dossier of a debt; nil when there is none.
	Lit(ctx context.Context, de Dette) (*Dossier, error)
	// ParIDOp finds the debt of an operation.
	ParIDOp(ctx context.Context, id IDOp) (de Dette, connu bool, err error)
	// Echus lists the debts of a client number and mode whose Prochaine is not
	// zero nor after le, the oldest first, max at most.
	Echus(ctx context.Context, numcli string, s Saisie, le time.Time, max int) ([]Dette, error)
}

// Memoire is a Magasin for tests: it dies with the program.
type Memoire struct {
	mu sync.Mutex
	m  map[Dette][]byte
}

// Modifie keeps what f leaves.
func (m *Memoire) Modifie(ctx context.Context, de Dette, f func(*Dossier) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	d, err := m.lit(de)
	if err != nil {
		return err
	}
	if d == nil {
		d = &Dossier{Dette: de}
	}
	if err := f(d); err != nil {
		return err
	}
	b, err := d.Encode()
	if err != nil {
		return err
	}
	if m.m == nil {
		m.m = map[Dette][]byte{}
	}
	m.m[de] = b
	return nil
}

// Lit gives a dossier.
func (m *Memoire) Lit(ctx context.Context, de Dette) (*Dossier, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.lit(de)
}

func (m *Memoire) lit(de Dette) (*Dossier, error) {
	b, ok := m.m[de]
	if !ok {
		return nil, nil
	}
	return DecodeDossier(b)
}

// ParIDOp finds the debt of an operation.
func (m *Memoire) ParIDOp(ctx context.Context, id IDOp) (Dette, bool, error) {
	if err := ctx.Err(); err != nil {
		return Dette{}, false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for de := range m.m {
		d, err := m.lit(de)
		if err != nil {
			return Dette{}, false, err
		}
		if d.tentative(id) != nil {
			return de, true, nil
		}
	}
	return Dette{}, false, nil
}

// Echus lists the debts to ask about.
func (m *Memoire) Echus(ctx context.Context, numcli string, s Saisie, le time.Time, max int) ([]Dette, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	type echu struct {
		de Dette
		p  time.Time
	}
	var es []echu
	for de := range m.m {
		if de.NumCli != numcli || de.Saisie != s {
			continue
		}
		d, err := m.lit(de)
		if err != nil {
			return nil, err
		}
		if p := d.Prochaine(); !p.IsZero() && !p.After(le) {
			es = append(es, echu{de, p})
		}
	}
	slices.SortFunc(es, func(a, b echu) int { return cmp.Or(a.p.Compare(b.p), strings.Compare(a.de.Refdet, b.de.Refdet)) })
	var ds []Dette
	for _, e := range es[:min(len(es), max)] {
		ds = append(ds, e.de)
	}
	return ds, nil
}
