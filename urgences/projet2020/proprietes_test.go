package projet2020_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/tarif"
	"github.com/simphonie/simphonie/urgences"
	"github.com/simphonie/simphonie/urgences/projet2020"
)

// hasard draws a visit and rates of coefficients.
func hasard(t testing.TB, r *rand.Rand) (*projet2020.Passage, *projet2020.Options) {
	un := func(n int) bool { return r.IntN(n) == 0 }
	p, o := ordinaire(t, "2021-03-02 00:00"), options(t)
	p.DebutSoins = p.DebutSoins.Add(time.Duration(r.IntN(3*365*24*60)) * time.Minute)
	ne(simphonie.JourOf(p.DebutSoins).AddDays(-1 - r.IntN(90*365)).String())(p)
	oui := un(2)
	p.Intoxication = &oui
	p.Entree = []projet2020.Entree{projet2020.Debout, projet2020.Couche, ""}[r.IntN(3)]
	p.CCMU = urgences.CCMU([]string{"1", "2", "3", "4", "5", "P", "D", ""}[r.IntN(8)])
	for range r.IntN(3) {
		p.Biologie = append(p.Biologie, p.DebutSoins.Add(time.Duration(r.IntN(900))*time.Minute))
		p.Imagerie = append(p.Imagerie, p.DebutSoins.Add(time.Duration(r.IntN(900))*time.Minute))
	}
	for _, d := range []func(*droits.Acquisition){etm(droits.ETMMaternite), etm(droits.ETMALD8), mtm(droits.MTMAlsaceMoselle),
		mtm(droits.MTMRenteAT), situation(droits.SituationC2SCaisse), situation(droits.SituationAME), mines} {
		if un(5) {
			d(p.Droits)
		}
	}
	if un(4) {
		p.AMC = "12345678"
	}
	o.Exonerations = map[projet2020.Situation]bool{projet2020.SituationALD: un(2), projet2020.SituationMines: un(2), projet2020.SituationRenteAT: un(2)}
	o.Coefficients[0].Geographique = simphonie.Taux(r.IntN(350_001))
	o.Coefficients[0].Prudentiel = simphonie.Taux(r.IntN(20_001))
	o.Interpretations.DateSupplement = []projet2020.DateSupplement{projet2020.DateForfait, projet2020.DatePremierActe}[r.IntN(2)]
	o.Interpretations.AMCDeclaree = []projet2020.AMCDeclaree{projet2020.AMCPatient, projet2020.AMCAssureur}[r.IntN(2)]
	return p, o
}

// Whatever the visit: parts add up, the AMO bears the whole of every forfait at
// price × coefficient, FPU is one line at its price with one debtor, the two
// bases are the invoice, a reversal cancels, and the same inputs give the same bytes.
func TestProprietes(t *testing.T) {
	graine := uint64(time.Now().UnixNano())
	t.Logf("seed %d", graine)
	r := rand.New(rand.NewPCG(graine, 2020))
	factures := 0
	const tirages = 800
	for range tirages {
		p, o := hasard(t, r)
		res := compute(t, p, o)
		if res.Issue != urgences.Facturable {
			require.True(t, res.Anomalies.Stoppent())
			continue
		}
		factures++
		f := &res.Facture
		total, err := f.Total()
		require.NoError(t, err)
		require.Equal(t, res.BaseAMO+res.BaseTM, total)
		require.Len(t, f.Parts, len(f.Lignes))
		for i := range f.Lignes {
			verifieLigne(t, &f.Lignes[i], &o.Coefficients[0], i == len(f.Lignes)-1)
		}
		as, err := projet2020.Controler(p, f.Lignes, o)
		require.NoError(t, err)
		require.False(t, as.Stoppent(), "%v", as)
		inverse, err := f.Contrepasser()
		require.NoError(t, err)
		require.Empty(t, inverse.Verify())
		encore := compute(t, p, o)
		a, err := json.Marshal(res)
		require.NoError(t, err)
		b, err := json.Marshal(encore)
		require.NoError(t, err)
		require.Equal(t, string(a), string(b))
	}
	require.Greater(t, factures, tirages/3)
}

// verifieLigne computes one line again in decimal arithmetic, from price and rates.
func verifieLigne(t *testing.T, l *facture.Ligne, c *projet2020.Coefficients, patient bool) {
	t.Helper()
	cent := decimal.NewFromInt(100)
	nombre := func(s interface{ String() string }) decimal.Decimal { return decimal.RequireFromString(s.String()) }
	attendu := nombre(l.PrixUnitaire).Round(2)
	if !patient {
		mco := cent.Add(nombre(c.Geographique)).Mul(cent.Sub(nombre(c.Prudentiel))).Shift(-4).Round(4)
		require.True(t, mco.Equal(nombre(l.CoefMCO)))
		attendu = attendu.Mul(mco).Round(2)
		require.Equal(t, l.Honoraires, l.MRO)
		require.Zero(t, l.BRAMC)
	} else {
		require.Equal(t, l.Honoraires, l.BRAMC)
		require.Zero(t, l.CoefMCO)
		require.True(t, l.MRO == 0 || l.MRC == 0)
	}
	require.True(t, attendu.Equal(nombre(l.Honoraires)), "%s: %s", l.Code, l.Honoraires)
	require.Equal(t, l.Honoraires, l.MRO+l.MRC)
}

// A part that is dropped, doubled or changed breaks the proof; so does a step.
func TestLaPreuvePeutEchouer(t *testing.T) {
	r := compute(t, ordinaire(t, "2021-06-01 10:00"), options(t))
	f := r.Facture
	f.Parts = f.Parts[1:]
	assert.NotEmpty(t, f.Verify())
	f.Parts = append(append([]facture.Part(nil), r.Facture.Parts...), r.Facture.Parts[0])
	assert.NotEmpty(t, f.Verify())
	f = r.Facture
	f.Lignes = append([]facture.Ligne(nil), r.Facture.Lignes...)
	f.Lignes[0].MRO++
	assert.NotEmpty(t, f.Verify())
	assert.Error(t, r.Explication.Prouve(&f))
	r.Explication.Etapes = r.Explication.Etapes[:len(r.Explication.Etapes)-1]
	assert.Error(t, r.Explication.Prouve(&r.Facture))
}

// The widest rate still gives an exact coefficient, and amounts that no longer
// fit are errors, not other amounts.
func TestLargeurs(t *testing.T) {
	o := options(t)
	o.Coefficients[0].Geographique = 1<<31 - 1 - simphonie.Cent
	p := ordinaire(t, "2022-06-01 10:00")
	charge(p)
	r := compute(t, p, o)
	facturable(t, &r)
	// 2147.483647 × 0.993 = 2132.451261471 = 2132.4513; 20.13 × 2132.4513 = 42926.244669 = 42926.24
	assert.Equal(t, "42926.24", r.Facture.Lignes[0].BRAMO.String())

	// Six lines of 9.2 × 10^14 cents × 2132.4513 each: more than 9.2 × 10^18 in all.
	var prix []tarif.Tarif
	for x := range o.Tarifs.All() {
		x.Prix = 9_200_000_000_000_000_000
		prix = append(prix, x)
	}
	var err error
	o.Tarifs, err = tarif.New(prix, tarif.LoadOptions{})
	require.NoError(t, err)
	_, err = projet2020.Compute(p, o)
	assert.ErrorIs(t, err, simphonie.ErrDepassement)
}

// Canaries in every personal field never come out.
func TestMasque(t *testing.T) {
	p := ordinaire(t, "2021-06-01 10:00")
	ne("1996-01-13")(p)
	p.Droits.Assure.NIR = simphonie.NIRRecu("296013355487012")
	p.Droits.Beneficiaire = droits.Beneficiaire{NIR: simphonie.NIRRecu("296013355487012"), Naissance: p.Naissance,
		Nom: simphonie.NewConfidentiel("CANARINOM"), Prenom: simphonie.NewConfidentiel("CANARIPRENOM")}
	r := compute(t, p, options(t))
	facturable(t, &r)
	ne("2031-01-13")(p)
	faute := compute(t, p, options(t))
	_, err := projet2020.ParsePassage([]byte(`{"naissance":"1996-01-13x"}`))
	require.Error(t, err)
	sortie := canari.Montre(*p) + canari.Montre(r) + canari.Montre(faute) + canari.Montre(err) + r.Explication.String()
	require.Greater(t, len(sortie), 5000)
	for _, c := range []string{"2960133554870", "CANARI", "1996-01-13", "2031-01-13", "960113"} {
		assert.False(t, strings.Contains(sortie, c), c)
	}
}
