package annuaire

import (
	"context"
	"sync"
	"time"

	"github.com/simphonie/simphonie"
)

// cleMemoire is what an answer depends on.
type cleMemoire struct {
	numero, convention, csr string
	domaine                 simphonie.Domaine
	service                 Service
	norme                   string // norm and version that were asked for
}

func memoireDe(c simphonie.CleAMC, s Service, p ParametresService) cleMemoire {
	return cleMemoire{c.Numero.Canonique(), c.Convention, c.CSR, c.Domaine, s, p.Norme + " " + p.Version}
}

// souvenir is an answer of the directory as it came; without entries it says
// that the insurer is not there. Age and policy are judged at each use.
type souvenir struct {
	entrees []Entree
	recuLe  time.Time
}

// memoire keeps the last answer to each key.
type memoire struct {
	mu     sync.Mutex
	taille int
	m      map[cleMemoire]souvenir
	vols   map[cleMemoire]*vol
}

func (m *memoire) lit(k cleMemoire) (souvenir, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.m[k]
	return s, ok
}

// examines is how many entries are looked at to make room: the oldest of them goes.
const examines = 16

// ecrit keeps an answer unless a newer one is there.
func (m *memoire) ecrit(k cleMemoire, s souvenir) {
	m.mu.Lock()
	defer m.mu.Unlock()
	vieux, connu := m.m[k]
	if connu && vieux.recuLe.After(s.recuLe) {
		return
	}
	if !connu && len(m.m) >= m.taille {
		var sort cleMemoire
		n := 0
		for c, x := range m.m { // in no order
			if n == 0 || x.recuLe.Before(m.m[sort].recuLe) {
				sort = c
			}
			if n++; n == examines {
				break
			}
		}
		delete(m.m, sort)
	}
	m.m[k] = s
}

// vol is a question under way; who asks the same waits for it.
type vol struct {
	fini chan struct{}
	s    souvenir
	err  error
	// abandonne says that who called gave up, or had no more time: that is no
	// answer for the others.
	abandonne bool
}

// unique makes one call for all who ask the same at the same time. When the
// one who called gave up or ran out of time, another calls.
func (m *memoire) unique(ctx context.Context, k cleMemoire, demande func() (souvenir, error)) (souvenir, error) {
	for {
		m.mu.Lock()
		v, enVol := m.vols[k]
		if !enVol {
			v = &vol{fini: make(chan struct{}), abandonne: true}
			m.vols[k] = v
		}
		m.mu.Unlock()
		if !enVol {
			defer func() {
				m.mu.Lock()
				delete(m.vols, k)
				m.mu.Unlock()
				close(v.fini)
			}()
			v.s, v.err = demande()
			v.abandonne = v.err != nil && ctx.Err() != nil
			return v.s, v.err
		}
		select {
		case <-v.fini:
			if !v.abandonne {
				return v.s, v.err
			}
		case <-ctx.Done():
			e := refus("ANN-ATTENTE", "", "no answer yet to the same question under way")
			e.Reessayable, e.LimiteLocale, e.Err = true, true, ctx.Err()
			return souvenir{}, e
		}
	}
}
