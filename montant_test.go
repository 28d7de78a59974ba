package simphonie_test

import (
	"encoding/json"
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
)

func TestMontantTexte(t *testing.T) {
	for texte, attendu := range map[string]struct {
		m         simphonie.Montant
		machine   string
		caissiere string
	}{
		"19.61":       {1961, "19.61", "19,61\u00a0€"},
		"19,61":       {1961, "19.61", "19,61\u00a0€"},
		"0":           {0, "0.00", "0,00\u00a0€"},
		"-3":          {-300, "-3.00", "-3,00\u00a0€"},
		"0.5":         {50, "0.50", "0,50\u00a0€"},
		"-0.05":       {-5, "-0.05", "-0,05\u00a0€"},
		"1234567.89":  {123456789, "1234567.89", "1\u202f234\u202f567,89\u00a0€"},
		"-123456.00":  {-12345600, "-123456.00", "-123\u202f456,00\u00a0€"},
		"000000012.3": {1230, "12.30", "12,30\u00a0€"},
	} {
		m, err := simphonie.ParseMontant(texte)
		require.NoError(t, err, texte)
		assert.Equal(t, attendu.m, m)
		assert.Equal(t, attendu.machine, m.String())
		assert.Equal(t, attendu.caissiere, m.Euros())
	}
	for _, faute := range []string{"", "-", ".", "1.", ".5", "1.234", "1 000", "1e3", "+1", "--1", "1.2.3", "19.61 €", "92233720368547758.08"} {
		_, err := simphonie.ParseMontant(faute)
		assert.Error(t, err, faute)
	}
	_, err := simphonie.ParseMontant("1.234")
	assert.ErrorIs(t, err, simphonie.ErrInexact)
	_, err = simphonie.ParseMontant("92233720368547758.08")
	assert.ErrorIs(t, err, simphonie.ErrDepassement)
	var e *simphonie.Erreur
	require.ErrorAs(t, err, &e)
	assert.Equal(t, simphonie.Code("ID-MONTANT"), e.Code)
}

func TestDepassement(t *testing.T) {
	const max, min = simphonie.Montant(math.MaxInt64), simphonie.Montant(math.MinInt64)
	_, err := max.Add(1)
	assert.ErrorIs(t, err, simphonie.ErrDepassement)
	_, err = min.Add(-1)
	assert.ErrorIs(t, err, simphonie.ErrDepassement)
	_, err = simphonie.Montant(0).Sub(min)
	assert.ErrorIs(t, err, simphonie.ErrDepassement)
	_, err = simphonie.Somme(max, 1, -1)
	assert.ErrorIs(t, err, simphonie.ErrDepassement)
	_, err = max.Prix()
	assert.ErrorIs(t, err, simphonie.ErrDepassement)
	_, err = simphonie.PourCent(200).Of(max, simphonie.DemiSup)
	assert.ErrorIs(t, err, simphonie.ErrDepassement)
	m, err := min.Add(max)
	require.NoError(t, err)
	assert.Equal(t, simphonie.Montant(-1), m)
	m, err = simphonie.Somme(1, 2, -4)
	require.NoError(t, err)
	assert.Equal(t, simphonie.Montant(-1), m)
}

// T3: 139.75 × 70 % = 97.825, half-up 97.83; the rest by difference is 41.92.
func TestTauxEtArrondi(t *testing.T) {
	m, err := simphonie.PourCent(70).Of(13975, simphonie.DemiSup)
	require.NoError(t, err)
	assert.Equal(t, "97.83", m.String())
	assert.Equal(t, "41.92", (simphonie.Montant(13975) - m).String())
	for _, c := range []struct {
		m       simphonie.Montant
		taux    string
		a       simphonie.Arrondi
		attendu simphonie.Montant
	}{
		{1, "50", simphonie.DemiSup, 1}, {-1, "50", simphonie.DemiSup, -1}, // a reversal is the opposite
		{1, "49.9999", simphonie.DemiSup, 0}, {1, "0.0001", simphonie.VersLeHaut, 1}, {-1, "0.0001", simphonie.VersLeHaut, -1},
		{10000, "-0.14", simphonie.DemiSup, -14}, {0, "70", simphonie.VersLeHaut, 0},
	} {
		taux, err := simphonie.ParseTaux(c.taux)
		require.NoError(t, err)
		m, err := taux.Of(c.m, c.a)
		require.NoError(t, err)
		assert.Equal(t, c.attendu, m, "%+v", c)
	}
	_, err = simphonie.PourCent(50).Of(1, simphonie.Exact)
	assert.ErrorIs(t, err, simphonie.ErrInexact)
	// Up to the euro: 17.5 % of 23.00 is 4.025, then 5 euros.
	m, err = simphonie.Montant(403).Euro(simphonie.VersLeHaut)
	require.NoError(t, err)
	assert.Equal(t, "5.00", m.String())
}

// Against math/big, on amounts near every limit.
func FuzzArrondi(f *testing.F) {
	f.Add(int64(13975), int32(700000))
	f.Add(int64(math.MaxInt64), int32(math.MaxInt32))
	f.Add(int64(math.MinInt64), int32(-1))
	f.Fuzz(func(t *testing.T, m int64, taux int32) {
		got, err := simphonie.Taux(taux).Of(simphonie.Montant(m), simphonie.DemiSup)
		exact := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(m), big.NewInt(int64(taux))), big.NewInt(1_000_000))
		attendu, ok := new(big.Int).SetString(exact.FloatString(0), 10) // half away from zero
		require.True(t, ok)
		if !attendu.IsInt64() || attendu.Int64() == math.MinInt64 {
			require.ErrorIs(t, err, simphonie.ErrDepassement)
			return
		}
		require.NoError(t, err)
		require.Equal(t, attendu.Int64(), int64(got))
	})
}

// FuzzMontant: what is written is read again, the same.
func FuzzMontant(f *testing.F) {
	f.Add(int64(1961))
	f.Add(int64(math.MinInt64 + 1))
	f.Fuzz(func(t *testing.T, n int64) {
		if n == math.MinInt64 {
			return
		}
		for _, v := range []interface{ String() string }{simphonie.Montant(n), simphonie.Prix(n), simphonie.Taux(int32(n)), simphonie.Coefficient(int32(n))} {
			var relu any
			var err error
			switch v.(type) {
			case simphonie.Montant:
				relu, err = simphonie.ParseMontant(v.String())
			case simphonie.Prix:
				relu, err = simphonie.ParsePrix(v.String())
			case simphonie.Taux:
				relu, err = simphonie.ParseTaux(v.String())
			case simphonie.Coefficient:
				relu, err = simphonie.ParseCoefficient(v.String())
			}
			require.NoError(t, err, v.String())
			require.Equal(t, v, relu)
		}
	})
}

func TestNombresJSON(t *testing.T) {
	type nombres struct {
		M simphonie.Montant     `json:"m"`
		P simphonie.Prix        `json:"p"`
		T simphonie.Taux        `json:"t"`
		C simphonie.Coefficient `json:"c"`
	}
	n := nombres{-1961, 12_345_600, -1400, 10745}
	b, err := json.Marshal(n)
	require.NoError(t, err)
	assert.JSONEq(t, `{"m":"-19.61","p":"12.3456","t":"-0.14","c":"1.0745"}`, string(b))
	var relu nombres
	require.NoError(t, json.Unmarshal(b, &relu))
	assert.Equal(t, n, relu)
	for champ, code := range map[string]string{"m": "ID-MONTANT", "p": "ID-PRIX", "t": "ID-TAUX", "c": "ID-COEFFICIENT"} {
		assert.ErrorContains(t, json.Unmarshal([]byte(`{"`+champ+`":"x"}`), &relu), code)
		assert.Error(t, json.Unmarshal([]byte(`{"`+champ+`":"9`+strings.Repeat("9", 19)+`"}`), &relu))
	}
	taux, err := simphonie.TauxOf(decimal.RequireFromString("0.42"))
	require.NoError(t, err)
	assert.Equal(t, simphonie.Taux(4200), taux)
	coef, err := simphonie.CoefficientOf(decimal.RequireFromString("1.0745"))
	require.NoError(t, err)
	assert.Equal(t, simphonie.Coefficient(10745), coef)
	m, err := coef.Of(10000, simphonie.DemiSup)
	require.NoError(t, err)
	assert.Equal(t, "107.45", m.String())
	assert.Equal(t, "demi-supérieur supérieur exact inconnu",
		strings.Join([]string{simphonie.DemiSup.String(), simphonie.VersLeHaut.String(), simphonie.Exact.String(), simphonie.Arrondi(9).String()}, " "))
}
