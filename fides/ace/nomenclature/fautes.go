package nomenclature

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
)

// fautes gathers everything that is wrong with rows.
type fautes struct{ toutes []*simphonie.Erreur }

// fautesMax bounds what a file that is not one of ours makes of errors.
const fautesMax = 1000

func (f *fautes) ajoute(code simphonie.Code, fichier string, ligne, colonne int, detail string) {
	if len(f.toutes) < fautesMax {
		f.toutes = append(f.toutes, &simphonie.Erreur{Code: code, Chemin: fichier, Ligne: ligne, Colonne: colonne, Detail: detail})
	}
}

// cause adds what another error explains.
func (f *fautes) cause(code simphonie.Code, fichier string, ligne int, detail string, err error) {
	if len(f.toutes) < fautesMax {
		f.toutes = append(f.toutes, &simphonie.Erreur{Code: code, Chemin: fichier, Ligne: ligne, Detail: detail, Err: err})
	}
}

func (f *fautes) err() error {
	slices.SortStableFunc(f.toutes, func(a, b *simphonie.Erreur) int {
		return cmp.Or(strings.Compare(a.Chemin, b.Chemin), cmp.Compare(a.Ligne, b.Ligne), cmp.Compare(a.Colonne, b.Colonne), strings.Compare(a.Detail, b.Detail))
	})
	errs := make([]error, len(f.toutes))
	for i, e := range f.toutes {
		errs[i] = e
	}
	return errors.Join(errs...)
}
