package fides_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides"
	"github.com/simphonie/simphonie/tarif"
)

var envoi = fides.Envoi{Le: jour("2026-03-20")}

// Ages at both ends of every band, on the day of the line: a minimum counts
// from the birthday, a maximum runs to its eve (RG_IP708).
func TestAges(t *testing.T) {
	for _, x := range []struct {
		code      tarif.Code
		naissance string
		le        string
		attendu   []simphonie.Code
	}{
		{"FU0", "2026-01-01", "2026-04-30", nil},
		{"FU0", "2026-01-01", "2026-05-01", []simphonie.Code{"FID-AGE"}}, // 4 months
		{"FU1", "2026-01-01", "2026-05-01", nil},
		{"FU1", "2026-01-01", "2026-04-30", []simphonie.Code{"FID-AGE"}},
		{"FU0", "2022-12-01", "2023-02-28", []simphonie.Code{"FID-AGE"}}, // the code begins on 1 March 2023
		{"FU1", "2022-12-01", "2023-02-28", nil},
		{"FU1", "2010-03-05", "2026-03-04", nil},
		{"FU2", "2010-03-05", "2026-03-04", []simphonie.Code{"FID-AGE"}},
		{"FU2", "2010-03-05", "2026-03-05", nil}, // 16 years
		{"FU2", "1981-03-05", "2026-03-04", nil},
		{"FU3", "1981-03-05", "2026-03-05", nil}, // 45 years
		{"FU3", "1951-03-05", "2026-03-04", nil},
		{"FU4", "1951-03-05", "2026-03-05", nil}, // 75 years
		{"FU4", "1951-03-05", "2026-03-04", []simphonie.Code{"FID-AGE"}},
		{"SUB", "2010-03-05", "2026-03-05", []simphonie.Code{"FID-AGE"}},
		{"SB2", "2010-03-05", "2026-03-05", nil},
		{"SB3", "1981-03-05", "2026-03-04", []simphonie.Code{"FID-AGE"}},
		{"PE1", "2010-03-05", "2026-03-05", []simphonie.Code{"FID-AGE"}},
		{"SUN", "2010-03-05", "2026-03-05", nil}, // no band
		{"FU2", "2027-01-01", "2026-03-05", []simphonie.Code{"FID-AGE-INCONNU"}},
	} {
		p := ordinaire(t)
		r := prix(t, p, options(t))
		d := dossier(p, r, 1)
		d.Patient.Naissance = simphonie.NaissanceLe(jour(x.naissance))
		*ligneDe(&r.Facture, "FU2") = facture.Ligne{Code: x.code, Execution: jour(x.le), Support: -1}
		ligneDe(&r.Facture, "FPU").Execution = jour(x.le)
		cs := gravites(fides.Controler(&r.Facture, d, fides.Envoi{Le: jour(x.le)}))
		assert.Equal(t, x.attendu, cs, "%s %s %s", x.code, x.naissance, x.le)
	}
	p := ordinaire(t)
	r := prix(t, p, options(t))
	d := dossier(p, r, 1)
	var err error
	d.Patient.Naissance, err = simphonie.ParseDateNaissance("90-06-15")
	require.NoError(t, err)
	assert.Equal(t, []simphonie.Code{"FID-AGE-INCONNU"}, gravites(fides.Controler(&r.Facture, d, envoi)))
}

// Every band at both ends, in months: the eve of the lower bound is out, the
// lower bound in, the eve of the upper bound in, the upper bound out.
func TestBornesDesTranches(t *testing.T) {
	f, d := prixDe()(t)
	for _, x := range []struct {
		code     tarif.Code
		le       string
		min, max int // max 0 is open
	}{
		{"FU0", "2026-03-15", 0, 4}, {"FU1", "2022-06-15", 0, 16 * 12}, {"FU1", "2026-03-15", 4, 16 * 12},
		{"FU2", "2026-03-15", 16 * 12, 45 * 12}, {"FU3", "2026-03-15", 45 * 12, 75 * 12}, {"FU4", "2026-03-15", 75 * 12, 0},
		{"SUB", "2026-03-15", 0, 16 * 12}, {"SB2", "2026-03-15", 16 * 12, 45 * 12}, {"SB3", "2026-03-15", 45 * 12, 0},
		{"PE1", "2026-03-15", 0, 16 * 12}, {"PE2", "2026-03-15", 0, 16 * 12},
	} {
		le := jour(x.le)
		dans := func(naissance simphonie.Jour) bool {
			d.Patient.Naissance = simphonie.NaissanceLe(naissance)
			f.Lignes = []facture.Ligne{{Code: x.code, Execution: le, Support: -1}}
			return !slices.Contains(fides.Controler(f, d, fides.Envoi{Le: le}).Codes(), "FID-AGE")
		}
		bas, haut := le.AddMonths(-x.min), le.AddMonths(-x.max)
		assert.True(t, dans(bas), x.code)
		if x.min > 0 {
			assert.False(t, dans(bas.AddDays(1)), x.code)
		}
		if x.max > 0 {
			assert.True(t, dans(haut.AddDays(1)), x.code)
			assert.False(t, dans(haut), x.code)
		} else {
			assert.True(t, dans(le.AddMonths(-110*12)), x.code)
		}
	}
}

// The exemption of the patient part and the rights must agree, both ways.
func TestExonerationEtDroits(t *testing.T) {
	type F = *facture.Facture
	type D = *fides.Dossier
	for nom, x := range map[string]struct {
		passage func(t *testing.T) (F, D)
		change  func(F, D)
		attendu []simphonie.Code
	}{
		"FPX sans droit": {prixDe(pension), func(_ F, d D) { contexteDe(t, d) }, []simphonie.Code{"FID-EXO-DROITS"}},
		"FPX sans droit mais décidée": {prixDe(pension), func(_ F, d D) {
			contexteDe(t, d)
			d.Exoneration = fides.Decision{Motif: "attentat", Reference: "L. 169-1 CSS"}
		}, nil},
		"FPX d'un autre code":        {prixDe(pension), func(f F, _ D) { ligneDe(f, "FPX").Exoneration = facture.ExoTraitement }, []simphonie.Code{"FID-EXO-DROITS"}},
		"CFU sans ALD":               {prixDe(ald), func(_ F, d D) { contexteDe(t, d) }, []simphonie.Code{"FID-EXO-DROITS"}},
		"FPL sans régime local":      {prixDe(local), func(_ F, d D) { contexteDe(t, d) }, []simphonie.Code{"FID-EXO-DROITS"}},
		"FPU malgré une ALD":         {prixDe(), func(_ F, d D) { contexteDe(t, d, ald) }, []simphonie.Code{"FID-EXO-OMISE"}},
		"FPU malgré une pension":     {prixDe(), func(_ F, d D) { contexteDe(t, d, pension) }, []simphonie.Code{"FID-EXO-OMISE"}},
		"FPU malgré le régime local": {prixDe(), func(_ F, d D) { contexteDe(t, d, local) }, []simphonie.Code{"FID-EXO-OMISE"}},
		"FPL malgré une pension":     {prixDe(local), func(_ F, d D) { contexteDe(t, d, local, pension) }, []simphonie.Code{"FID-EXO-OMISE"}},
		"AME : FPU, rien à prouver":  {prixDe(ame), func(_ F, d D) { contexteDe(t, d, ame, ald) }, nil},
		"droits fermés":              {prixDe(), func(_ F, d D) { d.Contexte.Ouverts = false }, []simphonie.Code{"FID-DROITS-FERMES"}},
		"sans caisse":                {prixDe(), func(f F, _ D) { f.Organisme.Caisse = "" }, []simphonie.Code{"FID-ORGANISME"}},
	} {
		t.Run(nom, func(t *testing.T) {
			f, d := x.passage(t)
			require.Empty(t, gravites(fides.Controler(f, d, envoi)))
			x.change(f, d)
			assert.Equal(t, x.attendu, gravites(fides.Controler(f, d, envoi)))
		})
	}
}

// The newborn is exempt to the 30th day, or as the caller reads the rule.
func TestNouveauNe(t *testing.T) {
	f, d := prixDe(pension)(t) // FPX, of which the exemption is made that of a newborn
	contexteDe(t, d)
	ligneDe(f, "FPX").Exoneration = facture.ExoTraitement
	ligneDe(f, "FU2").Code = "FU0"
	for naissance, attendu := range map[string][]simphonie.Code{"2026-02-02": nil, "2026-02-01": {"FID-EXO-DROITS"}} { // 30 and 31 days before 4 March
		d.Patient.Naissance = simphonie.NaissanceLe(jour(naissance))
		assert.Equal(t, attendu, gravites(fides.Controler(f, d, envoi)), naissance)
	}
	e := envoi
	e.JoursNouveauNe = 31
	assert.Empty(t, gravites(fides.Controler(f, d, e)))
}

// A year from care, sending wants a reason (RG_MF606).
func TestDelai(t *testing.T) {
	f, d := prixDe()(t) // care of 4 March 2026
	codes := func(le, forcage string) []simphonie.Code {
		return fides.Controler(f, d, fides.Envoi{Le: jour(le), Forcage: forcage}).Codes()
	}
	assert.Empty(t, codes("2027-03-03", ""))
	assert.Equal(t, []simphonie.Code{"FID-DELAI", "FID-DELAI"}, codes("2027-03-04", ""))
	assert.Equal(t, []simphonie.Code{"FID-DELAI-FORCE"}, codes("2027-03-04", "demande de la caisse"))
	assert.Equal(t, []simphonie.Code{"FID-FUTUR", "FID-FUTUR"}, codes("2026-03-03", ""))
}

// A lot is at most 90 days old and 2 days ahead when it is received.
func TestLot(t *testing.T) {
	l := fides.Lot{Numero: 1, Date: jour("2026-03-20")}
	assert.Empty(t, fides.ControlerLot(l, jour("2026-06-18"))) // 11 + 30 + 31 + 18 = 90 days
	assert.Equal(t, []simphonie.Code{"FID-LOT-AGE"}, fides.ControlerLot(l, jour("2026-06-19")).Codes())
	assert.Empty(t, fides.ControlerLot(l, jour("2026-03-18")))
	assert.Equal(t, []simphonie.Code{"FID-LOT-FUTUR"}, fides.ControlerLot(l, jour("2026-03-17")).Codes())
}

func TestRegistre(t *testing.T) {
	f, d := prixDe()(t)
	res, err := convertisseur(t, fides.Interpretations{}).Convertir(f, d)
	require.NoError(t, err)
	r, err := fides.NewRegistre(100, []byte("une clé de l'établissement"))
	require.NoError(t, err)
	e := envoi
	e.Registre = r
	assert.Empty(t, fides.Controler(f, d, e))
	r.Inscrit(f, d, res.Factures...)
	double := []simphonie.Code{"FID-DOUBLON-VENUE", "FID-DOUBLON-LIGNE", "FID-DOUBLON-LIGNE"}
	assert.ElementsMatch(t, append(double, "FID-DOUBLON-NUMERO"), fides.Controler(f, d, e).Codes())

	// After a negative ARL the same invoice leaves again, under its number.
	e.Renvoi = true
	assert.Empty(t, fides.Controler(f, d, e))
	// After a reject the corrected invoice has a number of its own.
	e.Renvoi, e.Remplace = false, d.Numero
	assert.Contains(t, fides.Controler(f, d, e).Codes(), simphonie.Code("FID-DOUBLON-NUMERO"))
	corrige := *d
	corrige.Numero = "260000777"
	assert.Empty(t, fides.Controler(f, &corrige, e))
	e.Remplace = ""
	assert.Equal(t, double, fides.Controler(f, &corrige, e).Codes())
	// Another child of the same insured, the same day, is other care.
	jumeau := corrige
	jumeau.Patient.RangNaissance = 2
	assert.Empty(t, fides.Controler(f, &jumeau, e))

	// The caller stores the prints and gives them back.
	b, err := json.Marshal(slices.Collect(r.All()))
	require.NoError(t, err)
	var es []fides.Empreinte
	require.NoError(t, json.Unmarshal(b, &es))
	require.Len(t, es, 4)
	autre, err := fides.NewRegistre(100, []byte("une clé de l'établissement"))
	require.NoError(t, err)
	for _, x := range es {
		autre.Ajoute(x)
	}
	e.Registre = autre
	assert.Equal(t, double, fides.Controler(f, &corrige, e).Codes())

	petit, err := fides.NewRegistre(2, []byte("une clé de l'établissement"))
	require.NoError(t, err)
	for _, x := range append(es, es...) {
		petit.Ajoute(x)
	}
	assert.Equal(t, 6, petit.Oubliees()) // two of four, then each of the four as it comes round again
	assert.Equal(t, es[2:], slices.Collect(petit.All()))
}

func TestRegistreRefuse(t *testing.T) {
	var e *simphonie.Erreur
	_, err := fides.NewRegistre(0, make([]byte, 16))
	require.ErrorAs(t, err, &e)
	assert.Equal(t, simphonie.Code("FID-REGISTRE"), e.Code)
	_, err = fides.NewRegistre(1, make([]byte, 15))
	require.Error(t, err)
	var x fides.Empreinte
	for _, s := range []string{"", "zz", "zz345678901234567890123456789012"} {
		require.ErrorAs(t, x.UnmarshalText([]byte(s)), &e)
		assert.Equal(t, simphonie.Code("FID-EMPREINTE"), e.Code)
	}
}
