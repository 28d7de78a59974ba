package facture

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
)

// DeFacteur is the multiplier of a rate: 1.07 for 7 %, 0.993 for −0.7 %.
func DeFacteur(t simphonie.Taux) Valeur {
	return DePrix(simphonie.Prix(simphonie.Cent) + simphonie.Prix(t))
}

// ResultatCoefficient names the coefficient MCO of a line, computed by an
// earlier step, as an operand.
func ResultatCoefficient(ligne int, c simphonie.Coefficient) Operande {
	return Operande{nom: string(ChampCoefMCO), n: int64(c), ligne: int32(ligne), genre: genreCoefficient}
}

// CalculeCoefficient records how the coefficient MCO of a line is made of its
// factors (RG_CF656).
func (x *Explication) CalculeCoefficient(ligne int, r *simphonie.Regle, c simphonie.Coefficient, facteurs ...Operande) {
	x.Etapes = append(x.Etapes, Etape{Regle: r, Ligne: int32(ligne), Op: Produit, Arrondi: &tarif.ArrCF656,
		Operandes: facteurs, Resultat: ResultatCoefficient(ligne, c)})
}
