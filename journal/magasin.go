package journal

import (
	"context"
	"time"
)

// Magasin keeps steps. It knows neither keys nor rules: it makes each change
// atomic and durable. It is safe for concurrent use. journaltest.Run tells
// whether one is fit.
type Magasin interface {
	// Modifie gives every attempt of a key to f, in order (their steps may be
	// missing), and keeps the steps that f returns, all or none. Nobody else
	// changes that key between the two. The steps are durable when it returns;
	// an error of f keeps nothing and is returned as it is. f may be called
	// again, from the start.
	Modifie(ctx context.Context, c Cle, f func([]Essai) ([]Etape, error)) error
	// Lit gives every attempt of a key, in order, with its steps.
	Lit(ctx context.Context, c Cle) ([]Essai, error)
	// Liste gives attempts without their steps, the oldest first.
	Liste(ctx context.Context, f Filtre) ([]Essai, error)
}

// Filtre chooses attempts.
type Filtre struct {
	Etat Etat      // as Essai.EtatA tells it
	A    time.Time // the hour at which it is told
	Max  int
}

// Retient says that an attempt is chosen.
func (f Filtre) Retient(e Essai) bool { return e.EtatA(f.A) == f.Etat }
