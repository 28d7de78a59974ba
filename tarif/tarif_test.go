package tarif_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
)

var jour = simphonie.MustJour

const entete = "code;secteur;zone;du;au;montant;reference;connu_le\n"

func charge(t *testing.T, lignes string) (*tarif.Catalogue, error) {
	t.Helper()
	return tarif.Load(strings.NewReader(entete+lignes), tarif.LoadOptions{})
}

func TestLoadEtLookup(t *testing.T) {
	c, err := charge(t, "# FICTIF\nX1;ex-dg;metropole+mayotte;2022-01-01;;10.00;FICTIF a;2021-12-01\n"+
		"X1;ex-dg;metropole;2023-03-01;;11.005;FICTIF b;2023-04-04\n X2 ; * ;*;2022-01-01;2022-12-31;5;FICTIF c;2021-12-01\n")
	require.NoError(t, err)
	for _, cas := range []struct {
		code          tarif.Code
		s             tarif.Secteur
		z             tarif.Zone
		jour, connu   string
		prix, origine string
	}{
		{"X1", tarif.ExDG, "metropole", "2022-01-01", "2022-01-01", "10.00", "FICTIF a"},
		{"X1", tarif.ExDG, "metropole", "2023-03-01", "2023-04-04", "11.005", "FICTIF b"},
		{"X1", tarif.ExDG, "metropole", "2023-03-01", "2023-04-03", "10.00", "FICTIF a"}, // not yet published
		{"X1", tarif.ExDG, "metropole", "2023-02-28", "2023-04-04", "10.00", "FICTIF a"},
		{"X1", tarif.ExDG, "mayotte", "2023-03-01", "2023-04-04", "10.00", "FICTIF a"},
		{"X2", tarif.ExOQN, "reunion", "2022-12-31", "2022-12-31", "5.00", "FICTIF c"},
	} {
		p, err := c.Lookup(cas.code, cas.s, cas.z, jour(cas.jour), jour(cas.connu))
		require.NoError(t, err, "%+v", cas)
		assert.Equal(t, cas.prix, p.Prix.String(), "%+v", cas)
		assert.Equal(t, cas.origine, p.Reference)
	}
	for _, cas := range []tarif.TarifNonCharge{
		{Code: "X1", Secteur: tarif.ExOQN, Zone: "metropole", Jour: jour("2022-01-01"), ConnuAu: jour("2022-01-01")},
		{Code: "X1", Secteur: tarif.ExDG, Zone: "metropole", Jour: jour("2021-12-31"), ConnuAu: jour("2022-01-01")},
		{Code: "X1", Secteur: tarif.ExDG, Zone: "metropole", Jour: jour("2022-01-01"), ConnuAu: jour("2021-11-30")},
		{Code: "X2", Secteur: tarif.ExDG, Zone: "metropole", Jour: jour("2023-01-01"), ConnuAu: jour("2023-01-01")},
	} {
		_, err := c.Lookup(cas.Code, cas.Secteur, cas.Zone, cas.Jour, cas.ConnuAu)
		manque, ok := errors.AsType[*tarif.TarifNonCharge](err)
		require.True(t, ok)
		assert.Equal(t, cas, *manque)
		assert.ErrorContains(t, err, "TARIF-NON-CHARGE")
	}
	assert.Equal(t, []tarif.Code{"X1", "X2"}, c.Codes())
	_, ok := (*tarif.Catalogue)(nil).Grille(tarif.ExDG, "metropole").Lookup("X1", jour("2022-01-01"), jour("2022-01-01"))
	assert.False(t, ok)
}

// Every fault of a file comes at once, with its line and column.
func TestFautesDeFichier(t *testing.T) {
	for nom, c := range map[string]struct{ lignes, attendu string }{
		"code":          {"x1;ex-dg;metropole;2022-01-01;;1;r;2021-12-01\n", "TARIF-CODE line 2 column 1"},
		"secteur":       {"X1;public;metropole;2022-01-01;;1;r;2021-12-01\n", "TARIF-SECTEUR line 2 column 2"},
		"zone":          {"X1;ex-dg;paris;2022-01-01;;1;r;2021-12-01\n", "TARIF-ZONE line 2 column 3"},
		"one of zones":  {"X1;ex-dg;paris+metropole;2022-01-01;;1;r;2021-12-01\n", "TARIF-ZONE line 2 column 3"},
		"date":          {"X1;ex-dg;metropole;2022;;1;r;2021-12-01\n", "TARIF-DATE line 2 column 4"},
		"sans date":     {"X1;ex-dg;metropole;;;1;r;2021-12-01\n", "TARIF-DATE line 2 column 4"},
		"période":       {"X1;ex-dg;metropole;2022-01-02;2022-01-01;1;r;2021-12-01\n", "TARIF-DATE line 2 column 5"},
		"montant":       {"X1;ex-dg;metropole;2022-01-01;;1 €;r;2021-12-01\n", "TARIF-MONTANT line 2 column 6"},
		"zéro":          {"X1;ex-dg;metropole;2022-01-01;;0;r;2021-12-01\n", "TARIF-MONTANT line 2 column 6"},
		"secteur vide":  {"X1;;metropole;2022-01-01;;1;r;2021-12-01\n", "TARIF-SECTEUR line 2 column 2"},
		"négatif":       {"X1;ex-dg;metropole;2022-01-01;;-1;r;2021-12-01\n", "TARIF-MONTANT line 2 column 6"},
		"référence":     {"X1;ex-dg;metropole;2022-01-01;;1; ;2021-12-01\n", "TARIF-REFERENCE line 2 column 7"},
		"publication":   {"X1;ex-dg;metropole;2022-01-01;;1;r;\n", "TARIF-DATE line 2 column 8"},
		"colonnes":      {"X1;ex-dg\n", "TARIF-FORME line 2"},
		"guillemets":    {"X1;\"ex-dg;x\n", "TARIF-FORME"},
		"chevauchement": {"X1;ex-dg;metropole;2022-01-01;;1;r;2021-12-01\nX1;ex-dg;*;2023-01-01;;2;r;2021-12-01\n", "TARIF-CHEVAUCHEMENT line 3"},
		"trou":          {"X1;ex-dg;metropole;2022-01-01;2022-06-30;1;r;2021-12-01\nX1;ex-dg;metropole;2022-07-02;;2;r;2021-12-02\n", "TARIF-TROU: X1, ex-dg, metropole: no price from 2022-07-01 to 2022-07-01"},
	} {
		_, err := charge(t, c.lignes)
		assert.ErrorContains(t, err, c.attendu, nom)
	}
	_, err := charge(t, "x;y;z;t;u;v;;w\nX1;ex-dg\n")
	assert.GreaterOrEqual(t, strings.Count(err.Error(), "\n")+1, 8, "all at once: %v", err)
	_, err = tarif.Load(strings.NewReader(""), tarif.LoadOptions{})
	assert.ErrorContains(t, err, "TARIF-ENTETE")
	_, err = tarif.Load(strings.NewReader("code;montant\nX1;1\n"), tarif.LoadOptions{})
	assert.ErrorContains(t, err, "TARIF-ENTETE line 1")
	_, err = tarif.Load(strings.NewReader("\ufeff"+entete+"X9;*;*;2022-01-01;;1;r;2021-12-01\n"), tarif.LoadOptions{Codes: []tarif.Code{"X1"}})
	assert.ErrorContains(t, err, "unknown code X9")
	_, err = tarif.Load(iotestErr{}, tarif.LoadOptions{})
	assert.ErrorContains(t, err, "TARIF-LECTURE")
	_, err = tarif.Load(nil, tarif.LoadOptions{})
	assert.ErrorContains(t, err, "TARIF-LECTURE")
	_, err = tarif.LoadListe("x", nil)
	assert.ErrorContains(t, err, "TARIF-LECTURE")
	// No catalogue and no list hold nothing.
	aucun, rien := (*tarif.Catalogue)(nil), (*tarif.Liste)(nil)
	assert.Empty(t, aucun.Empreinte()+rien.Nom()+rien.Designation())
	assert.Empty(t, aucun.Codes())
	assert.False(t, rien.Contains("X1", jour("2022-01-01"), jour("2022-01-01")))
	vide, err := tarif.Merge(tarif.LoadOptions{}, nil, nil)
	require.NoError(t, err)
	assert.Empty(t, vide.Codes())

	c, err := tarif.Load(strings.NewReader(entete+"X1;ex-dg;metropole;2022-01-01;2022-06-30;1;r;2021-12-01\nX1;ex-dg;metropole;2022-08-01;;2;r;2021-12-02\n"),
		tarif.LoadOptions{TrousAdmis: true})
	require.NoError(t, err)
	_, err = c.Lookup("X1", tarif.ExDG, "metropole", jour("2022-07-15"), jour("2022-12-01"))
	assert.Error(t, err)
}

type iotestErr struct{}

func (iotestErr) Read([]byte) (int, error) { return 0, errors.New("disk") }

func TestMerge(t *testing.T) {
	a, err := charge(t, "X1;ex-dg;metropole;2022-01-01;;1;r;2021-12-01\n")
	require.NoError(t, err)
	b, err := charge(t, "X2;ex-dg;metropole;2022-01-01;;1;r;2021-12-01\n")
	require.NoError(t, err)
	ab, err := tarif.Merge(tarif.LoadOptions{}, a, b, a)
	require.NoError(t, err)
	ba, err := tarif.Merge(tarif.LoadOptions{}, b, a)
	require.NoError(t, err)
	assert.Equal(t, ab.Empreinte(), ba.Empreinte())
	assert.NotEqual(t, a.Empreinte(), ab.Empreinte())
	c, err := charge(t, "X1;ex-dg;metropole;2022-01-01;;2;r;2021-12-01\n")
	require.NoError(t, err)
	_, err = tarif.Merge(tarif.LoadOptions{}, a, c)
	assert.ErrorContains(t, err, "TARIF-CHEVAUCHEMENT", "two prices for one day")
	d, err := charge(t, "X1;ex-dg;metropole;2022-01-01;2022-12-31;1;r, autrement cité;2021-12-01\n")
	require.NoError(t, err)
	_, err = tarif.Merge(tarif.LoadOptions{}, a, d)
	assert.NoError(t, err, "two rows that agree do not contradict each other")
	_, err = tarif.New([]tarif.Tarif{{Code: "X1", Secteur: tarif.ExDG, Zone: "mars", Periode: simphonie.Periode{Du: jour("2022-01-01")}, Prix: 1, Reference: "r", ConnuLe: jour("2022-01-01")}}, tarif.LoadOptions{})
	assert.ErrorContains(t, err, "TARIF-ZONE")
}

// Only what is public is embedded, the same everywhere.
func TestOfficiels(t *testing.T) {
	c, err := tarif.Officiels()
	require.NoError(t, err)
	assert.Equal(t, []tarif.Code{"FPU", "FPV"}, c.Codes())
	for _, s := range tarif.Secteurs() {
		for _, z := range tarif.Zones() {
			p, err := c.Lookup("FPU", s, z, jour("2026-02-28"), jour("2026-03-01"))
			require.NoError(t, err)
			assert.Equal(t, "19.61", p.Prix.String())
			p, err = c.Lookup("FPV", s, z, jour("2026-03-01"), jour("2026-03-01"))
			require.NoError(t, err)
			assert.Equal(t, "9.96", p.Prix.String())
		}
	}
	_, err = c.Lookup("FPU", tarif.ExDG, "metropole", jour("2021-12-31"), jour("2026-03-01"))
	assert.Error(t, err)
	assert.Equal(t, tarif.Zone("metropole"), tarif.ZoneOf(simphonie.AlsaceMoselle))
	assert.Len(t, tarif.Zones(), 6)
}

// T5 to T8: the coefficient MCO to four decimals, with the rates that are public.
func TestCoefficientMCO(t *testing.T) {
	taux := func(s string) simphonie.Taux {
		v, err := simphonie.ParseTaux(s)
		require.NoError(t, err)
		return v
	}
	for _, c := range []struct{ nom, cg, cfisc, cp, segur, mco, amc string }{
		{"T5, public 2024: 1.066972542", "7", "0", "0.7", "0.42", "1.067", "1.0745"},
		{"T6, 2023: 0.9952839", "0", "0", "0.7", "0.23", "0.9953", "1.0023"},
		{"T7, privé 2025: 1.061022486", "7", "0", "0.7", "-0.14", "1.061", "1.0685"},
		{"T8, Corse 2023: 1.104765129", "11", "0", "0.7", "0.23", "1.1048", "1.1126"},
		{"neutre", "0", "0", "0", "0", "1", "1"},
		// 1.00005 exactly: half-up.
		{"égalité", "0.005", "0", "0", "0", "1.0001", "1.0001"},
	} {
		k := tarif.Coefficients{Geographique: taux(c.cg), RepriseFisc: taux(c.cfisc), Prudentiel: taux(c.cp), Segur: taux(c.segur)}
		mco, err := k.MCO()
		require.NoError(t, err)
		assert.Equal(t, c.mco, mco.String(), c.nom)
		amc, err := k.AMC()
		require.NoError(t, err)
		assert.Equal(t, c.amc, amc.String(), c.nom)
	}
	for _, k := range []tarif.Coefficients{{Geographique: 1 << 30, Segur: 1 << 30}, {Prudentiel: -1 << 31, Segur: 1<<31 - 1}} {
		_, err := k.MCO()
		assert.ErrorIs(t, err, simphonie.ErrDepassement)
	}
	cs, err := tarif.CoefficientsPublies()
	require.NoError(t, err)
	assert.Len(t, cs, 29)
	for _, c := range cs {
		assert.NotEmpty(t, c.Reference)
		assert.NotEmpty(t, c.Perimetre)
	}
}

// T4: 100.30 × 1.255 × 0.955 = 120.2120575, one rounding. T21: 25.28 × 1.07 = 27.0496.
func TestProduitEtBase(t *testing.T) {
	prix := func(s string) simphonie.Prix {
		v, err := simphonie.ParsePrix(s)
		require.NoError(t, err)
		return v
	}
	m, err := tarif.Produit(prix("100.30"), 1, 12550, 9550)
	require.NoError(t, err)
	assert.Equal(t, "120.21", m.String())
	for _, c := range []struct {
		pu        string
		n         int
		coef, mco simphonie.Coefficient
		attendu   string
	}{
		{"25.28", 1, simphonie.Un, 10700, "27.05"},
		{"25.28", 1, simphonie.Un, 0, "25.28"}, // transmitted as 0 counts as 1
		{"12.345", 1, simphonie.Un, simphonie.Un, "12.35"},
		{"12.345", 2, simphonie.Un, simphonie.Un, "24.69"},
		{"69.30", 1, 1500, 0, "10.40"}, // 10.395
		{"0.005", 1, simphonie.Un, 10000, "0.01"},
		{"-12.345", 1, simphonie.Un, 0, "-12.35"}, // a reversal is the opposite
		// two roundings: 3 × 1.115 = 3.345, 3.35; × 1.1 = 3.685, 3.69.
		{"1.115", 3, simphonie.Un, 11000, "3.69"},
	} {
		m, err := tarif.Base(prix(c.pu), c.n, c.coef, c.mco)
		require.NoError(t, err)
		assert.Equal(t, c.attendu, m.String(), "%+v", c)
	}
	_, err = tarif.Produit(1<<62, 1<<30, simphonie.Un)
	assert.ErrorIs(t, err, simphonie.ErrDepassement)
}

func TestListe(t *testing.T) {
	const e = "code;du;au;reference;connu_le\n"
	l, err := tarif.LoadListe("annexe", strings.NewReader(e+"A1;2022-01-01;2022-12-31;r;2021-12-01\nA1;2024-01-01;;r;2024-06-01\n"))
	require.NoError(t, err)
	for _, c := range []struct {
		code, jour, connu string
		dedans            bool
	}{
		{"A1", "2022-06-01", "2022-06-01", true}, {"A1", "2023-06-01", "2023-06-01", false}, {"A1", "2024-03-01", "2024-05-31", false},
		{"A1", "2024-03-01", "2024-06-01", true}, {"A2", "2022-06-01", "2022-06-01", false}, {"A1", "2022-06-01", "2021-11-30", false},
	} {
		assert.Equal(t, c.dedans, l.Contains(c.code, jour(c.jour), jour(c.connu)), "%+v", c)
	}
	assert.Equal(t, "annexe", l.Nom())
	assert.Contains(t, l.Designation(), "annexe sha256:")
	_, err = tarif.LoadListe("x", strings.NewReader(e+";;;;\n"))
	for _, faute := range []string{"TARIF-CODE", "TARIF-DATE line 2 column 2", "TARIF-REFERENCE", "TARIF-DATE line 2 column 5"} {
		assert.ErrorContains(t, err, faute)
	}
}

// Rounding points are named once.
func TestPointsArrondi(t *testing.T) {
	vus := map[simphonie.Code]bool{}
	for _, p := range tarif.PointsArrondi() {
		assert.False(t, vus[p.Code])
		vus[p.Code] = true
		assert.NotEmpty(t, p.Source)
		assert.NotEmpty(t, p.Texte)
	}
}

// FuzzLoad: any text is a catalogue or a list of faults.
func FuzzLoad(f *testing.F) {
	f.Add(entete + "X1;ex-dg;metropole+mayotte;2022-01-01;;10.00;r;2021-12-01\n")
	f.Add(entete + "X1;*;*;2022-01-01;2022-12-31;1,5;r;2021-12-01\n\"")
	f.Fuzz(func(t *testing.T, s string) {
		c, err := tarif.Load(strings.NewReader(s), tarif.LoadOptions{})
		if (c == nil) != (err != nil) {
			t.Fatalf("%v %v", c, err)
		}
		if c == nil {
			return
		}
		encore, err := tarif.Merge(tarif.LoadOptions{}, c)
		require.NoError(t, err)
		require.Equal(t, c.Empreinte(), encore.Empreinte())
	})
}
