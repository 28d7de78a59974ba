package roc

import (
	"context"

	"github.com/simphonie/simphonie"
)

// Miroir opens ROC little by little, as production under surveillance wants:
// the insurers of a list only, for a number of dossiers, then all of them.
type Miroir struct {
	Ouvertures []Ouverture
	// Dossiers counts the dossiers already begun with an insurer; it is asked
	// for the openings that have a Max.
	Dossiers func(context.Context, simphonie.NumeroAMC) (int, error)
}

// Ouverture is an insurer that may be called. An AMC is not its operator: each
// is listed for itself.
type Ouverture struct {
	AMC simphonie.NumeroAMC
	Max int // dossiers; 0 is all of them
}

// admet says whether a call for a dossier may be made. A dossier that was
// begun goes on to its end.
func (m *Miroir) admet(ctx context.Context, d *Dossier) error {
	if m == nil || len(d.Appels) > 0 {
		return nil
	}
	for _, o := range m.Ouvertures {
		switch {
		case !o.AMC.Equal(d.AMC):
			continue
		case o.Max == 0:
			return nil
		}
		n, err := m.Dossiers(ctx, d.AMC)
		switch {
		case err != nil:
			e := erreur("ROC-MIROIR-COMPTE", "Miroir.Dossiers", "the count of dossiers was not given")
			e.Err = err
			return e
		case n >= o.Max:
			return erreur("ROC-MIROIR-PLEIN", "Miroir.Ouvertures", "this insurer is opened to a number of dossiers, and it is reached")
		}
		return nil
	}
	return erreur("ROC-MIROIR-AMC", "Miroir.Ouvertures", "this insurer is not opened yet")
}

func (m *Miroir) verifie() error {
	if m == nil {
		return nil
	}
	for _, o := range m.Ouvertures {
		if o.AMC.Canonique() == "" || o.Max < 0 || o.Max > 0 && m.Dossiers == nil {
			return erreur("ROC-CONFIG-MIROIR", "Miroir.Ouvertures", "a number of AMC is wanted; a Max is positive and wants Dossiers")
		}
	}
	return nil
}
