package fides

import (
	"iter"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
)

// Constat is what is said of a priced visit: its anomalies, or the error of
// what is not covered.
type Constat struct {
	Facture   *facture.Facture
	Anomalies simphonie.Anomalies
	Err       error
}

// Refuse says that the visit makes no invoice.
func (c *Constat) Refuse() bool { return c.Err != nil || c.Anomalies.Stoppent() }

// Factures converts priced visits as they come, one at a time, as
// Fichier.EcrisLot takes them. Whatever is said of a visit is given to dit,
// which is compulsory; those that are refused are left out.
func (c *Convertisseur) Factures(visites iter.Seq2[*facture.Facture, *Dossier], dit func(Constat)) iter.Seq[*Facture] {
	return func(yield func(*Facture) bool) {
		for f, d := range visites {
			r, err := c.Convertir(f, d)
			constat := Constat{f, r.Anomalies, err}
			if err != nil || len(r.Anomalies) > 0 {
				dit(constat)
			}
			if constat.Refuse() {
				continue
			}
			for i := range r.Factures {
				if !yield(&r.Factures[i]) {
					return
				}
			}
		}
	}
}
