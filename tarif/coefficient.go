package tarif

import (
	"math/big"
	"math/bits"

	"github.com/simphonie/simphonie"
)

// Coefficients are the rates, in per cent, from which the coefficient MCO is
// made. One that does not apply to an establishment or to a kind of care is 0.
type Coefficients struct {
	Geographique simphonie.Taux // CG
	RepriseFisc  simphonie.Taux // CFISC
	Prudentiel   simphonie.Taux // CP, given positive and subtracted
	Segur        simphonie.Taux // CSEGUR
}

// MCO gives the coefficient for the AMO base: the product of (100+CG), (100+CFISC),
// (100−CP) and (100+CSEGUR) hundredths, to four decimals half-up (RG_CF656).
func (c Coefficients) MCO() (simphonie.Coefficient, error) {
	cent := int64(simphonie.Cent)
	fs := [...]int64{cent + int64(c.Geographique), cent + int64(c.RepriseFisc), cent - int64(c.Prudentiel), cent + int64(c.Segur)}
	if m, ok := mcoCourt(fs); ok {
		return m, nil
	}
	v := big.NewInt(int64(simphonie.Un))
	d := big.NewInt(1)
	for _, f := range fs {
		v.Mul(v, big.NewInt(f))
		d.Mul(d, big.NewInt(cent))
	}
	n, err := divise(v, d, ArrCF656.Mode)
	if err == nil && (n < 0 || n != int64(int32(n))) {
		err = simphonie.ErrDepassement
	}
	return simphonie.Coefficient(n), err
}

// mcoCourt is the product where no rate moves more than 100 %: it then fits in
// 128 bits. The whole part of a whole part is exact, so that one rate is divided
// out after another.
func mcoCourt(fs [4]int64) (simphonie.Coefficient, bool) {
	const cent = 1_000_000                     // simphonie.Cent
	const demi = cent * cent * cent * cent / 2 // of the divisor, for half-up
	haut, bas := uint64(0), uint64(simphonie.Un)
	for _, f := range fs {
		if f < 0 || f > 2*cent {
			return 0, false
		}
		retenue, b := bits.Mul64(bas, uint64(f))
		haut, bas = haut*uint64(f)+retenue, b
	}
	bas, retenue := bits.Add64(bas, demi&(1<<64-1), 0)
	haut += demi>>64 + retenue
	for range fs {
		bas, _ = bits.Div64(haut%cent, bas, cent)
		haut /= cent
	}
	return simphonie.Coefficient(bas), true
}

// AMC gives the coefficient for the base of the complementary part, which has
// no prudential rate (RG_CF656).
func (c Coefficients) AMC() (simphonie.Coefficient, error) {
	c.Prudentiel = 0
	return c.MCO()
}

// Produit gives unit price × quantity × coefficients, rounded once to the cent half-up.
func Produit(pu simphonie.Prix, quantite int, cs ...simphonie.Coefficient) (simphonie.Montant, error) {
	neutre := quantite == 1
	for _, c := range cs {
		neutre = neutre && c == simphonie.Un
	}
	if neutre {
		return pu.Montant(simphonie.DemiSup)
	}
	if m, ok := produitCourt(pu, quantite, cs); ok {
		return m, nil
	}
	v := big.NewInt(int64(pu))
	v.Mul(v, big.NewInt(int64(quantite)))
	d := big.NewInt(10_000) // units of Prix in a cent
	for _, c := range cs {
		v.Mul(v, big.NewInt(int64(c)))
		d.Mul(d, big.NewInt(int64(simphonie.Un)))
	}
	n, err := divise(v, d, simphonie.DemiSup)
	return simphonie.Montant(n), err
}

// produitCourt is Produit where everything is positive and fits in 63 bits, as
// nearly all prices do.
func produitCourt(pu simphonie.Prix, quantite int, cs []simphonie.Coefficient) (simphonie.Montant, bool) {
	v, d := uint64(pu), uint64(10_000)
	fois := func(n int64) bool {
		haut, bas := bits.Mul64(v, uint64(n))
		v = bas
		return n >= 0 && haut == 0 && bas < 1<<63
	}
	if pu < 0 || !fois(int64(quantite)) {
		return 0, false
	}
	for _, c := range cs {
		if c == simphonie.Un {
			continue
		}
		if !fois(int64(c)) || d > 1<<62/uint64(simphonie.Un) {
			return 0, false
		}
		d *= uint64(simphonie.Un)
	}
	return simphonie.Montant((v + d/2) / d), true
}

// Base gives the reimbursement base: unit price × quantity × coefficient to the
// cent, then × coefficient MCO to the cent (RG_VF643). A coefficient MCO that is
// transmitted as 0 counts as 1.
func Base(pu simphonie.Prix, quantite int, coef, mco simphonie.Coefficient) (simphonie.Montant, error) {
	m, err := Produit(pu, quantite, coef)
	if err != nil || mco == 0 || mco == simphonie.Un {
		return m, err
	}
	return mco.Of(m, ArrVF643.Mode)
}

// divise gives v ÷ d rounded, d being positive.
func divise(v, d *big.Int, a simphonie.Arrondi) (int64, error) {
	q, r := new(big.Int).QuoRem(new(big.Int).Abs(v), d, new(big.Int))
	if r.Sign() != 0 && (a == simphonie.VersLeHaut || r.Lsh(r, 1).Cmp(d) >= 0) {
		q.Add(q, big.NewInt(1))
	}
	if v.Sign() < 0 {
		q.Neg(q)
	}
	if !q.IsInt64() {
		return 0, simphonie.ErrDepassement
	}
	return q.Int64(), nil
}
