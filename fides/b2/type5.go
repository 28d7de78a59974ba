package b2

import "github.com/simphonie/simphonie"

// Type5 closes an invoice with its totals (RG_MF633).
type Type5 struct {
	Cle
	Totaux
	ReserveEditeur string // 05123, four characters that the norm leaves to editors
}

// Totaux is what a type 5 adds up. PH are the lines of type 3, honoraires those
// of type 4; the amounts of 3F, 3H and 4H are detail and are not added.
type Totaux struct {
	Enregistrements  int               // 0539, records of types 3 and 4, complements included
	BasePH           simphonie.Montant // 0542, sum of 0383
	CaissePH         simphonie.Montant // 0550, sum of 0394
	Honoraires       simphonie.Montant // 0558, sum of 04115
	CaisseHonoraires simphonie.Montant // 0566, sum of 04108
	Participation    simphonie.Montant // 0574: 05115 − 0550 + 0558 − 0566
	OCPH             simphonie.Montant // 0582, sum of 03122
	OCHonoraires     simphonie.Montant // 0590, sum of 04123
	FacturePH        simphonie.Montant // 05115, sum of 03102
}

// Type gives T5.
func (*Type5) Type() Type { return T5 }

func (t *Type5) visite(c *champs) {
	c.cle(&t.Cle)
	c.entier(39, &t.Enregistrements)
	c.montant(42, &t.BasePH)
	c.montant(50, &t.CaissePH)
	c.montant(58, &t.Honoraires)
	c.montant(66, &t.CaisseHonoraires)
	c.montant(74, &t.Participation)
	c.montant(82, &t.OCPH)
	c.montant(90, &t.OCHonoraires)
	c.montant(115, &t.FacturePH)
	c.texteA(123, &t.ReserveEditeur)
}
