package diapasontest

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/modele"
)

// Reglages shape a simulated platform.
type Reglages struct {
	// Debut is the hour at which its clock stands, in the zone of the establishment.
	Debut time.Time
	// Redouble makes the worst platform: an order whose reference comes again
	// is carried out again. The ledger then shows a double debit for what it is.
	Redouble bool
	// PlafondParFacture makes the ceiling bound each debit, instead of their sum.
	PlafondParFacture bool
	// Fichier keeps the ledger across processes, one line an entry; "" keeps it
	// in memory.
	Fichier string
}

// Plateforme is a simulated payment platform (modele.Plateforme). It is safe
// for concurrent use.
type Plateforme struct {
	mu       sync.Mutex
	reglages Reglages
	horloge  time.Time
	registre registre
	pannes   map[Operation][]Panne
	attente  []func() // orders on their way, or slow: they end when the clock moves
	appels   map[Operation]int
	// Passage, if any, is called at each boundary of a call: before it takes
	// effect, and after. Tests kill the process there.
	Passage func(Operation, Moment)
}

var _ modele.Plateforme = (*Plateforme)(nil)

// NewPlateforme gives a platform. With Reglages.Fichier it reads the ledger that
// another process left.
func NewPlateforme(r Reglages) (*Plateforme, error) {
	p := &Plateforme{reglages: r, horloge: r.Debut, pannes: map[Operation][]Panne{}, appels: map[Operation]int{}}
	if err := p.registre.ouvre(r.Fichier); err != nil {
		return nil, err
	}
	return p, nil
}

// Maintenant is the clock of the platform.
func (p *Plateforme) Maintenant() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.horloge
}

// Avance moves the clock. Orders that were on their way arrive.
func (p *Plateforme) Avance(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.horloge = p.horloge.Add(d)
	p.arrive()
}

// AvanceJours moves the clock by civil days, the hour on the wall unchanged.
func (p *Plateforme) AvanceJours(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.horloge = p.horloge.AddDate(0, 0, n)
	p.arrive()
}

func (p *Plateforme) arrive() {
	attente := p.attente
	p.attente = nil
	for _, f := range attente {
		f()
	}
}

func (p *Plateforme) jour() simphonie.Jour { return simphonie.JourOf(p.horloge) }

// Appels counts the calls of an operation.
func (p *Plateforme) Appels(o Operation) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.appels[o]
}

// Registre gives a copy of the ledger of a mandate.
func (p *Plateforme) Registre(mandat string) Registre {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.registre.lit(mandat)
}

// CreeAccord seals an agreement, the same when it is asked again.
func (p *Plateforme) CreeAccord(ctx context.Context, d modele.DemandeAccord) (modele.AccordCree, error) {
	return appelle(ctx, p, CreeAccord, func(panne Panne) modele.AccordCree {
		if panne.Genre == Refuse {
			return modele.AccordCree{Refus: panne.Code}
		}
		a := p.registre.accord(d.Mandat)
		switch {
		case d.Plafond <= 0 || !p.jour().Before(d.DateLimite) || d.Terminal == "":
			return modele.AccordCree{Refus: "LIMITES"}
		case a != nil && (a.Clos || a.Plafond != d.Plafond || a.DateLimite != d.DateLimite):
			return modele.AccordCree{Refus: "AUTRE"}
		case a == nil:
			p.registre.ecrit(Ecriture{Genre: Scelle, Mandat: d.Mandat, Le: p.jour(), Plafond: d.Plafond, DateLimite: d.DateLimite})
			a = p.registre.accord(d.Mandat)
		}
		alias, err := modele.NewAlias(fmt.Sprintf("alias-%06d", a.Rang))
		pan, errPAN := modele.NewPANMasque("497010######0000")
		if err != nil || errPAN != nil {
			return modele.AccordCree{Refus: "ALIAS"}
		}
		return modele.AccordCree{Accord: fmt.Sprintf("ACC-%06d", a.Rang), Alias: alias, PAN: pan, Expiration: "3012",
			Autorisation: fmt.Sprintf("AUT-%06d", a.Rang), Ticket: fmt.Sprintf("TIC-%06d", a.Rang), Contrat: "VAD-01"}
	})
}

// Preleve debits, if the ledger allows it.
func (p *Plateforme) Preleve(ctx context.Context, o modele.OrdrePrelevement) (modele.Reponse, error) {
	return appelle(ctx, p, Preleve, func(panne Panne) modele.Reponse {
		return p.ordonne(panne, o.Reference, func() Ecriture { return p.debite(panne, o) })
	})
}

// Rembourse pays back, if the ledger allows it.
func (p *Plateforme) Rembourse(ctx context.Context, o modele.OrdreRemboursement) (modele.Reponse, error) {
	return appelle(ctx, p, Rembourse, func(panne Panne) modele.Reponse {
		return p.ordonne(panne, o.Reference, func() Ecriture { return p.rend(panne, o) })
	})
}

// ordonne carries an order out, now or when the clock moves.
func (p *Plateforme) ordonne(panne Panne, reference string, effet func() Ecriture) modele.Reponse {
	if e := p.registre.ordre(reference); e != nil && !p.reglages.Redouble {
		p.registre.ecrit(Ecriture{Genre: Doublon, Reference: reference, Mandat: e.Mandat, Le: p.jour(), Montant: e.Montant})
		return e.reponse()
	}
	switch panne.Genre {
	case Lente:
		p.registre.enCours[reference] = true
		p.attente = append(p.attente, func() {
			delete(p.registre.enCours, reference)
			p.registre.ecrit(effet())
		})
		return modele.Reponse{Reference: reference, Issue: modele.EnCours}
	case Tardive: // it arrives later, and until then nobody has heard of it
		p.attente = append(p.attente, func() { p.ordonne(Panne{}, reference, effet) })
		return modele.Reponse{}
	}
	e := effet()
	p.registre.ecrit(e)
	r := e.reponse()
	switch panne.Genre {
	case AutreMontant:
		r.Montant++
	case AutreReference:
		r.Reference += "-X"
	}
	return r
}

// debite judges a debit by the ledger.
func (p *Plateforme) debite(panne Panne, o modele.OrdrePrelevement) Ecriture {
	e := Ecriture{Genre: Debit, Reference: o.Reference, Mandat: o.Mandat, Le: p.jour(), Montant: o.Montant, Factures: o.Factures}
	a, refus := p.registre.accord(o.Mandat), ""
	switch {
	case panne.Genre == Refuse:
		e.Genre, e.Code = Refusee, panne.Code
		return e
	case a == nil || o.Accord != fmt.Sprintf("ACC-%06d", a.Rang) || o.Alias.Clair() != fmt.Sprintf("alias-%06d", a.Rang):
		refus = "ACCORD"
	case a.Clos:
		refus = "CLOS"
	case o.Montant <= 0:
		refus = "MONTANT"
	case p.jour().After(a.DateLimite) || o.DateLimite != a.DateLimite:
		refus = "DATE"
	case o.AuPlusTot.IsZero() || p.jour().Before(o.AuPlusTot):
		refus = "AVIS"
	case p.reglages.PlafondParFacture && o.Montant > a.Plafond, !p.reglages.PlafondParFacture && a.Debits+o.Montant > a.Plafond:
		refus = "PLAFOND"
	}
	for _, f := range o.Factures {
		if a != nil && a.factures[f] && !p.reglages.Redouble {
			refus = "FACTURE"
		}
	}
	if refus != "" {
		e.Genre, e.Code, e.Violation = Refusee, refus, true
	}
	return e
}

// rend judges a refund by the ledger.
func (p *Plateforme) rend(panne Panne, o modele.OrdreRemboursement) Ecriture {
	e := Ecriture{Genre: Remboursement, Reference: o.Reference, Mandat: o.Mandat, Le: p.jour(), Montant: o.Montant, Debit: o.Prelevement}
	d := p.registre.ordre(o.Prelevement)
	switch {
	case panne.Genre == Refuse:
		e.Genre, e.Code = Refusee, panne.Code
	case d == nil || d.Genre != Debit || d.Mandat != o.Mandat || o.Montant <= 0 || p.registre.rendu[o.Prelevement]+o.Montant > d.Montant:
		e.Genre, e.Code, e.Violation = Refusee, "REMBOURSEMENT", true
	}
	return e
}

// Interroge tells what the ledger holds.
func (p *Plateforme) Interroge(ctx context.Context, reference string) (modele.Reponse, error) {
	return appelle(ctx, p, Interroge, func(panne Panne) modele.Reponse {
		e := p.registre.ordre(reference)
		switch {
		case panne.Genre == Absente:
			return modele.Reponse{Reference: reference, Issue: modele.Absent}
		case panne.Genre == Lente, e == nil && p.registre.enCours[reference]:
			return modele.Reponse{Reference: reference, Issue: modele.EnCours}
		case e == nil:
			return modele.Reponse{Reference: reference, Issue: modele.Absent}
		}
		r := e.reponse()
		if panne.Genre == AutreMontant {
			r.Montant++
		}
		return r
	})
}

// Annule closes an agreement, and forgets its card.
func (p *Plateforme) Annule(ctx context.Context, mandat string) error {
	_, err := appelle(ctx, p, Annule, func(Panne) struct{} {
		if a := p.registre.accord(mandat); a != nil && !a.Clos {
			p.registre.ecrit(Ecriture{Genre: Cloture, Mandat: mandat, Le: p.jour()})
		}
		return struct{}{}
	})
	return err
}
