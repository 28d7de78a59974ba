package cdri

import (
	"context"
	"sync"
)

// vol is a question that is being asked.
type vol struct {
	patient string
	demande Demande
}

// vols lets one caller ask while the others who want the same wait for its
// result. The call ends with the last of those who wait, not with the first.
type vols struct {
	mu    sync.Mutex
	cours map[vol]*enVol
}

type enVol struct {
	fini    chan struct{}
	r       Resultat
	err     error
	attente int
	arrete  context.CancelFunc
}

// partage gives each caller a Resultat of its own.
func (v *vols) partage(ctx context.Context, cle vol, demande func(context.Context) (Resultat, error)) (*Resultat, error) {
	v.mu.Lock()
	e := v.cours[cle]
	if e == nil {
		e = v.lance(ctx, cle, demande)
	}
	e.attente++
	v.mu.Unlock()
	select {
	case <-e.fini:
		r := e.r
		return &r, e.err
	case <-ctx.Done():
		v.mu.Lock()
		defer v.mu.Unlock()
		if e.attente--; e.attente == 0 {
			v.oublie(cle, e)
			e.arrete()
		}
		err := erreur("CDRI-ABANDON", "", "the caller did not wait for the answer")
		err.Err, err.Reessayable = context.Cause(ctx), true
		return &Resultat{}, err
	}
}

func (v *vols) lance(ctx context.Context, cle vol, demande func(context.Context) (Resultat, error)) *enVol {
	appel, arrete := context.WithCancel(context.WithoutCancel(ctx))
	e := &enVol{fini: make(chan struct{}), arrete: arrete}
	if v.cours == nil {
		v.cours = map[vol]*enVol{}
	}
	v.cours[cle] = e
	go func() {
		defer arrete()
		e.r, e.err = demande(appel)
		v.mu.Lock()
		v.oublie(cle, e)
		v.mu.Unlock()
		close(e.fini)
	}()
	return e
}

// oublie lets the next caller ask anew.
func (v *vols) oublie(cle vol, e *enVol) {
	if v.cours[cle] == e {
		delete(v.cours, cle)
	}
}
