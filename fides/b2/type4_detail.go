package b2

import "github.com/simphonie/simphonie"

// ActeNABM is an act of biology, of quantity 1.
type ActeNABM struct {
	Date simphonie.Jour
	Code string // without the zeros before it
}

// Type4B gives one to five acts of biology of a type 4 (RG_MF623).
type Type4B struct {
	Cle
	Sequence int         // 4B37, 1 to 10
	Actes    [5]ActeNABM // 4B49 …, from the first, without a gap
}

// Type gives T4B.
func (*Type4B) Type() Type { return T4B }

func (t *Type4B) visite(c *champs) {
	c.cle(&t.Cle)
	c.entier(37, &t.Sequence)
	for i := range t.Actes {
		a, colonne := &t.Actes[i], 49+16*i
		c.jour(colonne, &a.Date)
		if c.ecrit() && *a != (ActeNABM{}) {
			c.putUint(colonne+6, 1)
		} else if !c.ecrit() {
			c.lit(colonne + 6)
		}
		c.identifiant(colonne+8, &a.Code)
	}
}

// Type4H is a drug in rétrocession under a type 4 (RG_MF625).
type Type4H struct {
	Cle
	Sequence       int                   // 4H37, 1 to 10
	UCD            string                // 4H49, code of seven digits
	Fractionnement simphonie.Coefficient // 4H57, four decimals
	Reconstitution simphonie.Montant     // 4H67, cost with VAT
	Marge          simphonie.Montant     // 4H74, with VAT
	PrixUnitaire   simphonie.Montant     // 4H81, billed, with VAT
	Quantite       int                   // 4H88
	MontantTotal   simphonie.Montant     // 4H91, with VAT
}

// Type gives T4H.
func (*Type4H) Type() Type { return T4H }

func (t *Type4H) visite(c *champs) {
	c.cle(&t.Cle)
	c.entier(37, &t.Sequence)
	c.code(49, &t.UCD)
	c.coefficient(57, 4, &t.Fractionnement)
	c.montant(67, &t.Reconstitution)
	c.montant(74, &t.Marge)
	c.montant(81, &t.PrixUnitaire)
	c.entier(88, &t.Quantite)
	c.montant(91, &t.MontantTotal)
}

// Type4M is a CCAM act under a type 4 (RG_MF626).
type Type4M struct {
	Cle
	Sequence                int            // 4M37, 1 to 26
	CCAM                    string         // 4M43, code
	ExtensionDocumentaire   string         // 4M56
	Activite                string         // 4M57
	Phase                   int            // 4M58, 0 when there is one phase only
	Modificateurs           string         // 4M59 to 4M62, four at most
	Association             string         // 4M63, non prévue
	RemboursementConditions string         // 4M64
	DateSeance              simphonie.Jour // 4M65, of a phase in several séances
	Dents                   [16]string     // 4M71 …
}

// Type gives T4M.
func (*Type4M) Type() Type { return T4M }

func (t *Type4M) visite(c *champs) {
	c.cle(&t.Cle)
	c.entier(37, &t.Sequence)
	c.texteA(43, &t.CCAM)
	c.texteA(56, &t.ExtensionDocumentaire)
	c.texteA(57, &t.Activite)
	c.entier(58, &t.Phase)
	c.caracteres(59, 4, &t.Modificateurs)
	c.texteA(63, &t.Association)
	c.texteA(64, &t.RemboursementConditions)
	c.jour(65, &t.DateSeance)
	for i := range t.Dents {
		c.texteA(71+2*i, &t.Dents[i])
	}
}
