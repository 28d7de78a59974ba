package teleservice

import (
	"cmp"
	"sync"
	"time"
)

// Disjoncteur stops calling a service that fails, so that a desk goes at once
// to the card or the paper instead of waiting for each patient. It has one
// state a service: after Seuil failed calls in a row (0 is 5) nothing is
// sent for Repos (0 is 30 s); then one call tries, and closes or reopens it.
// Refusals by the service (faults of the sender) are not failures.
type Disjoncteur struct {
	Seuil int
	Repos time.Duration
	// Inactif never stops anything.
	Inactif bool
}

func (d *Disjoncteur) complete() {
	d.Seuil = cmp.Or(d.Seuil, 5)
	d.Repos = cmp.Or(d.Repos, 30*time.Second)
}

func (d *Disjoncteur) verifie() error {
	if d.Seuil < 0 || d.Repos < 0 {
		return erreurConfig("TSV-CONFIG-LIMITES", "Disjoncteur", "a threshold and a rest are not negative")
	}
	return nil
}

// disjoncteurs holds the state of each service.
type disjoncteurs struct {
	reglage Disjoncteur
	mu      sync.Mutex
	etats   map[string]*etatService
}

type etatService struct {
	echecs  int
	jusqua  time.Time // open until then
	enEssai bool      // the one call that tries
}

func nouveauxDisjoncteurs(d Disjoncteur) *disjoncteurs {
	return &disjoncteurs{reglage: d, etats: map[string]*etatService{}}
}

// passe says whether a call may go, and whether it is the one that tries; else
// how long the service rests: never longer than Repos, even if the clock went back.
func (d *disjoncteurs) passe(service string, maintenant time.Time) (essai bool, repos time.Duration, ok bool) {
	if d.reglage.Inactif {
		return false, 0, true
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	e := d.etats[service]
	if e == nil || e.echecs < d.reglage.Seuil {
		return false, 0, true
	}
	if repos = e.jusqua.Sub(maintenant); repos > 0 && repos <= d.reglage.Repos {
		return false, repos, false
	}
	if e.enEssai {
		return false, d.reglage.Repos, false
	}
	e.enEssai = true
	return true, 0, true
}

// bilan records the end of a call that had passed; essai says that it was the
// one that tries.
func (d *disjoncteurs) bilan(service string, essai bool, issue issue, maintenant time.Time) {
	if d.reglage.Inactif {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	e := d.etats[service]
	if e == nil {
		e = &etatService{}
		d.etats[service] = e
	}
	if essai {
		e.enEssai = false
	}
	switch issue {
	case repondu:
		e.echecs = 0
	case enPanne:
		if e.echecs++; e.echecs >= d.reglage.Seuil {
			e.jusqua = maintenant.Add(d.reglage.Repos)
		}
	}
}

// issue is what a call says of the health of a service.
type issue uint8

const (
	sansAvis issue = iota // given up by the caller, or refused before sending
	repondu
	enPanne
)
