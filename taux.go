package simphonie

import (
	"github.com/shopspring/decimal"
)

// Taux is a percentage held in ten-thousandths of a per cent: 70 % is 700000
// and −0.14 % is −1400. It holds reimbursement rates as well as the rates from
// which the coefficient MCO is made. Its text is the number before the % sign.
type Taux int32

const unPourCent = 10_000

// Cent is 100 %.
const Cent Taux = 100 * unPourCent

// PourCent gives the rate of n per cent.
func PourCent(n int32) Taux { return Taux(n * unPourCent) }

// ParseTaux reads a percentage with at most four decimals: "70", "0.42", "-0.14".
func ParseTaux(s string) (Taux, error) {
	v, err := parseEchelle(s, 4)
	if err == nil && v != int64(int32(v)) {
		err = ErrDepassement
	}
	if err != nil {
		return 0, erreurValeur("ID-TAUX", "rate", err)
	}
	return Taux(v), nil
}

// TauxOf takes a percentage given as a decimal number.
func TauxOf(d decimal.Decimal) (Taux, error) { return ParseTaux(d.String()) }

// Of applies the rate to an amount and rounds to the cent.
func (t Taux) Of(m Montant, a Arrondi) (Montant, error) {
	v, err := mulDiv(int64(m), int64(t), int64(Cent), a)
	return Montant(v), err
}

// String gives the percentage without its sign, "70" or "0.42".
func (t Taux) String() string { return formatEchelle(int64(t), 4, 0) }

// MarshalText gives the percentage.
func (t Taux) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what ParseTaux reads.
func (t *Taux) UnmarshalText(b []byte) error {
	v, err := ParseTaux(string(b))
	if err == nil {
		*t = v
	}
	return err
}

// Coefficient is a multiplier held in ten-thousandths: 1 is 10000, the
// coefficient MCO 1.0745 is 10745 as the norme B2 writes it.
type Coefficient int32

// Un is the neutral coefficient.
const Un Coefficient = 10_000

// ParseCoefficient reads a coefficient with at most four decimals.
func ParseCoefficient(s string) (Coefficient, error) {
	v, err := parseEchelle(s, 4)
	if err == nil && v != int64(int32(v)) {
		err = ErrDepassement
	}
	if err != nil {
		return 0, erreurValeur("ID-COEFFICIENT", "coefficient", err)
	}
	return Coefficient(v), nil
}

// CoefficientOf takes a coefficient given as a decimal number.
func CoefficientOf(d decimal.Decimal) (Coefficient, error) { return ParseCoefficient(d.String()) }

// Of multiplies an amount and rounds to the cent.
func (c Coefficient) Of(m Montant, a Arrondi) (Montant, error) {
	v, err := mulDiv(int64(m), int64(c), int64(Un), a)
	return Montant(v), err
}

// String gives the coefficient, "1" or "1.0745".
func (c Coefficient) String() string { return formatEchelle(int64(c), 4, 0) }

// MarshalText gives the coefficient.
func (c Coefficient) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what ParseCoefficient reads.
func (c *Coefficient) UnmarshalText(b []byte) error {
	v, err := ParseCoefficient(string(b))
	if err == nil {
		*c = v
	}
	return err
}
