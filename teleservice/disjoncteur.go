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

// passe says whether a call may go; else how long the service rests.
func (d *disjoncteurs) passe(service string, maintenant time.Time) (time.Duration, bool) {
	if d.reglage.Inactif {
		return 0, true
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	e := d.etats[service]
	switch {
	case e == nil || e.echecs < d.reglage.Seuil:
		return 0, true
	case maintenant.Before(e.jusqua):
		return e.jusqua.Sub(maintenant), false
	case e.enEssai:
		return d.reglage.Repos, false
	}
	e.enEssai = true
	return 0, true
}

// bilan records the end of a call that had passed.
func (d *disjoncteurs) bilan(service string, issue issue, maintenant time.Time) {
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
	e.enEssai = false
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
