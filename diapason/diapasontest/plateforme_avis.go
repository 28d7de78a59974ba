package diapasontest

import (
	"context"
	"sync"

	"github.com/simphonie/simphonie/diapason/modele"
)

// Notificateur is a simulated carrier of notices (modele.Notificateur). It is
// safe for concurrent use.
type Notificateur struct {
	mu     sync.Mutex
	avis   []modele.Avis
	pannes []Panne
	// Passage is that of Plateforme.
	Passage func(Operation, Moment)
}

var _ modele.Notificateur = (*Notificateur)(nil)

// NewNotificateur gives a carrier.
func NewNotificateur() *Notificateur { return &Notificateur{} }

// Programme writes the faults of the next notices: Refuse means that no contact
// works.
func (n *Notificateur) Programme(pannes ...Panne) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.pannes = append(n.pannes, pannes...)
}

// Avis gives the notices that were taken, a repeated one as often as it came.
func (n *Notificateur) Avis() []modele.Avis {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]modele.Avis(nil), n.avis...)
}

// Notifie takes a notice.
func (n *Notificateur) Notifie(ctx context.Context, a modele.Avis) (modele.AvisRendu, error) {
	if err := ctx.Err(); err != nil {
		return modele.AvisRendu{}, err
	}
	if n.Passage != nil {
		n.Passage(Notifie, Avant)
		defer n.Passage(Notifie, Apres)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	panne := Panne{}
	if len(n.pannes) > 0 {
		panne, n.pannes = n.pannes[0], n.pannes[1:]
	}
	if panne.Genre == Refuse {
		return modele.AvisRendu{Impossible: true}, nil
	}
	if panne.Genre != NonPartie && panne.Genre != DelaiAvant {
		n.avis = append(n.avis, a)
	}
	if err := panne.erreur(); err != nil {
		return modele.AvisRendu{}, err
	}
	return modele.AvisRendu{Canal: "sms"}, nil
}
