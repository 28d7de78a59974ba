package fides

import (
	"iter"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
)

// Refus is a priced visit that makes no invoice: its anomalies, or the error of
// what is not covered.
type Refus struct {
	Facture   *facture.Facture
	Anomalies simphonie.Anomalies
	Err       error
}

// Factures converts priced visits as they come, one at a time, as
// Fichier.EcrisLot takes them. Those that are refused are given to refus and
// left out.
func (c *Convertisseur) Factures(visites iter.Seq2[*facture.Facture, *Dossier], refus func(Refus)) iter.Seq[*Facture] {
	return func(yield func(*Facture) bool) {
		for f, d := range visites {
			r, err := c.Convertir(f, d)
			if err != nil || r.Anomalies.Stoppent() {
				refus(Refus{f, r.Anomalies, err})
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
