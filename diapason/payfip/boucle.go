package payfip

import (
	"context"
	"errors"
	"time"
)

// Bounds of a pass of the loop.
const (
	dettesParPasse = 200
	echecsMax      = 3 // failures in a row that end a pass
	intervalleMin  = time.Second
)

// Passe is what a pass of the loop did.
type Passe struct {
	Interroges int       // operations that PayFiP was asked about
	Echecs     int       // of which failed
	Reprise    time.Time // nothing is asked before; zero without a rest
}

// Rapproche asks PayFiP about every operation whose turn has come. It may be
// made again at any time, and by several programs: the same answers lead to the
// same dossiers. After a technical error an operation is left alone for 30
// minutes, as the guide advises; after three in a row, all are. The error joins
// what failed, the store included; a result that cannot be taken is among them,
// and in its dossier.
func (c *Client) Rapproche(ctx context.Context) (Passe, error) {
	var p Passe
	if err := c.pret(); err != nil {
		return p, err
	}
	le := c.maintenant()
	if p.Reprise = c.enRepos(le); !p.Reprise.IsZero() {
		return p, nil
	}
	des, err := c.c.Magasin.Echus(ctx, c.c.NumCli, c.c.Saisie, le, dettesParPasse)
	if err != nil {
		return p, duMagasin(err)
	}
	var errs []error
	suite := 0
	for _, de := range des {
		d, err := c.c.Magasin.Lit(ctx, de)
		if err != nil || d == nil {
			errs = append(errs, duMagasin(errors.Join(err, errDossier())))
			continue
		}
		for i := range d.Tentatives {
			t := &d.Tentatives[i]
			if q := t.prochaine(); q.IsZero() || q.After(le) {
				continue
			}
			p.Interroges++
			n, err := c.interroge(ctx, de, t.IDOp, true)
			errs = append(errs, err)
			if err == nil || n != nil && !n.tentative(t.IDOp).PasAvant.After(le) {
				suite = 0 // PayFiP answered, even if the answer cannot be taken
				continue
			}
			p.Echecs++
			f, faute := errors.AsType[*Faute](err)
			switch {
			case ctx.Err() != nil:
				return p, errors.Join(errs...)
			case n == nil: // the store failed: the rest is for PayFiP
				continue
			case faute && f.Classe == Fonctionnelle: // PayFiP is well
				suite = 0
				continue
			}
			if suite++; suite == echecsMax {
				p.Reprise = c.repose(le)
				return p, errors.Join(errs...)
			}
		}
	}
	return p, errors.Join(errs...)
}

// Boucle makes passes, one every intervalle, until ctx ends, and gives its
// error. What a pass says goes to Config.Log.
func (c *Client) Boucle(ctx context.Context, intervalle time.Duration) error {
	if err := c.pret(); err != nil {
		return err
	}
	if intervalle < intervalleMin {
		return erreur("PAYFIP-CONFIG-LIMITES", "intervalle", "one second at least")
	}
	t := time.NewTicker(intervalle)
	defer t.Stop()
	for {
		p, err := c.Rapproche(ctx)
		if err != nil {
			c.c.Log.WarnContext(ctx, "payfip rapprochement", "interroges", p.Interroges, "echecs", p.Echecs, "erreur", err.Error())
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-t.C:
		}
	}
}

// enRepos gives the end of the rest, zero when there is none; nor is there one
// when the clock was ahead as it was taken.
func (c *Client) enRepos(le time.Time) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if le.Before(c.repos) && c.repos.Sub(le) <= reposTechnique {
		return c.repos
	}
	return time.Time{}
}

func (c *Client) repose(le time.Time) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.repos = le.Add(reposTechnique)
	return c.repos
}
