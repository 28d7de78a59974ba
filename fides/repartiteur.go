package fides

import (
	"cmp"
	"errors"
	"slices"
)

// Repartiteur sends each invoice to the file of its grand régime and caisse,
// with one lot a file. It holds the open files only.
type Repartiteur struct {
	ouvre    func(Destination) (*Fichier, Lot, error)
	fichiers map[Destination]*Fichier
}

// NewRepartiteur takes the function that opens a file the first time that a
// destination is met, and gives the lot to begin in it.
func NewRepartiteur(ouvre func(Destination) (*Fichier, Lot, error)) *Repartiteur {
	return &Repartiteur{ouvre, map[Destination]*Fichier{}}
}

// Ecris writes an invoice into the file of its destination.
func (r *Repartiteur) Ecris(x *Facture) error {
	f, ok := r.fichiers[x.Destination]
	if !ok {
		var l Lot
		var err error
		if f, l, err = r.ouvre(x.Destination); err != nil {
			return err
		}
		r.fichiers[x.Destination] = f // before its lot: a file is never opened twice, and always closed
		if err = f.OuvreLot(l); err != nil {
			return err
		}
	}
	return f.Ecris(x)
}

// Destinations lists where files go, in order.
func (r *Repartiteur) Destinations() []Destination {
	ds := make([]Destination, 0, len(r.fichiers))
	for d := range r.fichiers {
		ds = append(ds, d)
	}
	slices.SortFunc(ds, func(a, b Destination) int {
		return cmp.Or(cmp.Compare(a.Regime, b.Regime), cmp.Compare(a.Caisse, b.Caisse))
	})
	return ds
}

// Close closes every file. What the files write to is the caller's to close.
func (r *Repartiteur) Close() error {
	var errs []error
	for _, d := range r.Destinations() {
		errs = append(errs, r.fichiers[d].Close())
	}
	return errors.Join(errs...)
}
