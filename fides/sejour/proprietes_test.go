package sejour_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/sejour"
	"github.com/simphonie/simphonie/internal/canari"
)

// jours counts the days from one text date to another with the calendar of the
// standard library, both included: the engine has its own.
func jours(t testing.TB, du, au string) int {
	t.Helper()
	a, err := time.Parse(time.DateOnly, du)
	require.NoError(t, err)
	b, err := time.Parse(time.DateOnly, au)
	require.NoError(t, err)
	n := 1
	for ; a.Before(b); a = a.AddDate(0, 0, 1) {
		n++
	}
	return n
}

func joursDe(f *facture.Facture, code string) (n int, total simphonie.Montant) {
	for i := range f.Lignes {
		if l := &f.Lignes[i]; string(l.Code) == code {
			n += l.Detail.Sejour.Jours
			total += l.Honoraires
		}
	}
	return n, total
}

// Days of the lines are the days of the stay, across a change of hour, a leap
// day, the end of a year, and the change of price.
func TestJours(t *testing.T) {
	for _, c := range []struct{ entree, sortie string }{
		{"2026-03-28", "2026-03-30"}, {"2025-10-25", "2025-10-27"}, {"2024-02-28", "2024-03-01"}, {"2025-12-30", "2026-01-02"},
		{"2026-02-27", "2026-03-02"}, {"2026-01-01", "2026-01-02"}, {"2022-01-01", "2026-06-30"},
	} {
		r := compute(t, ordinaire(t, c.entree, c.sortie), options(t))
		require.Equal(t, sejour.Chiffre, r.Issue, "%v", r.Anomalies)
		base, _ := joursDe(&r.Facture, "TJ1")
		fj, total := joursDe(&r.Facture, "FJ")
		assert.Equal(t, jours(t, c.entree, c.sortie), fj, "%s", c.entree)
		assert.Equal(t, fj-1, base)
		avant := 0
		if c.entree < "2026-03-01" {
			avant = min(fj, jours(t, c.entree, "2026-02-28"))
			if c.sortie < "2026-03-01" {
				avant = fj
			}
		}
		assert.Equal(t, simphonie.Montant(2050*avant+2300*(fj-avant)), total, "%s", c.entree)
	}
	// The civil day is that of the establishment: 23:30 in Paris is the eve in UTC.
	s := ordinaire(t, "2026-03-28", "2026-03-30")
	s.Entree, s.Sortie = paris(t, "2026-03-28 00:10").UTC(), paris(t, "2026-03-30 00:10").UTC()
	r := compute(t, s, options(t))
	fj, _ := joursDe(&r.Facture, "FJ")
	assert.Equal(t, 3, fj)
}

// However the caller cuts a base, the invoice is the same; however they order
// charges, acts and bases, too.
func TestCoupeEtOrdre(t *testing.T) {
	alea := rand.New(rand.NewPCG(7, 11))
	for n := range 60 {
		s := ordinaire(t, "2026-02-20", "2026-04-05")
		if n%2 == 0 {
			avec(s, etm("8", depuis("2026-03-10")))
			s.Soins.ConformeALD = true
		}
		for i := range 4 {
			s.Frais = append(s.Frais, sejour.Frais{Code: "CP", Jour: jour("2026-02-20").AddDays(alea.IntN(9)), Quantite: 1 + i,
				PrixUnitaire: simphonie.Prix(1 + alea.IntN(9_000_000)), Debiteur: simphonie.Patient, Reference: "r"})
		}
		if n%3 == 0 {
			s.Actes = []sejour.Acte{acte("2026-03-02", 130), acte("2026-02-21", 125), acte("2026-02-21", 300)}
		}
		entier := compute(t, s, options(t))
		require.Equal(t, sejour.Chiffre, entier.Issue, "%v", entier.Anomalies)
		b := s.Bases[0]
		coupe := b.Du.AddDays(alea.IntN(b.Au.DaysSince(b.Du)))
		fin := b
		b.Au, fin.Du = coupe, coupe.AddDays(1)
		s.Bases = []sejour.Base{fin, b}
		alea.Shuffle(len(s.Frais), func(i, j int) { s.Frais[i], s.Frais[j] = s.Frais[j], s.Frais[i] })
		alea.Shuffle(len(s.Actes), func(i, j int) { s.Actes[i], s.Actes[j] = s.Actes[j], s.Actes[i] })
		coupee := compute(t, s, options(t))
		assert.Equal(t, entier.Facture, coupee.Facture)
		assert.Equal(t, entier.Explication.String(), coupee.Explication.String())
	}
}

// Two stays that follow each other, the days of the first told to the second,
// ask as much as one: but for a cent of rounding a line, and never more.
func TestDeuxSejours(t *testing.T) {
	un := compute(t, ordinaire(t, "2026-03-05", "2026-04-20"), options(t))
	for _, milieu := range []string{"2026-03-06", "2026-03-20", "2026-04-04", "2026-04-18"} {
		a := ordinaire(t, "2026-03-05", milieu)
		a.Bases[0].Au = jour(milieu)
		b := ordinaire(t, jour(milieu).AddDays(1).String(), "2026-04-20")
		b.JoursAnterieurs = jour(milieu).DaysSince(jour("2026-03-05")) + 1
		ra, rb := compute(t, a, options(t)), compute(t, b, options(t))
		for _, d := range []simphonie.Debiteur{simphonie.AMO, simphonie.Patient} {
			u, err := un.Facture.TotalPar(d)
			require.NoError(t, err)
			x, err := ra.Facture.TotalPar(d)
			require.NoError(t, err)
			y, err := rb.Facture.TotalPar(d)
			require.NoError(t, err)
			assert.InDelta(t, int64(u), int64(x+y), 1, "%s %s", milieu, d)
		}
	}
}

// The JSON form: a kept file of version 1 is read, written and read again; what
// it does not know is refused, without repeating a value.
func TestForme(t *testing.T) {
	b, err := os.ReadFile("testdata/sejour-1.json")
	require.NoError(t, err)
	s, err := sejour.ParseSejour(b)
	require.NoError(t, err)
	r := compute(t, &s, options(t))
	assert.Equal(t, []string{"TJ1 02-27/02-28 1400.20 : amo 1376.20 patient 24.00", "TJ1 03-01/03-02 1400.20 : amo 1400.20",
		"FJ 02-27/02-28 41.00 : patient 41.00", "FJ 03-01/03-01 23.00 : patient 23.00", "FJ 03-03/03-03 23.00 : amo 23.00",
		"CP 120.00 : amc 12345678 120.00"}, lignes(&r.Facture), "%v", r.Anomalies)
	clair, err := s.EnClair()
	require.NoError(t, err)
	relu, err := sejour.ParseSejour(clair)
	require.NoError(t, err)
	assert.Equal(t, s, relu)

	for remplace, code := range map[[2]string]string{
		{`"simphonie.sejour/1"`, `"simphonie.sejour/2"`}: "SEJ-FORME",
		{`"forme"`, `"Forme"`}:                           "JSON-CHAMP",
		{`"venue"`, `"venues"`}:                          "JSON-CHAMP",
		{`"mco"`, `3`}:                                   "JSON-VALEUR",
	} {
		_, err := sejour.ParseSejour(bytes.Replace(b, []byte(remplace[0]), []byte(remplace[1]), 1))
		assert.ErrorContains(t, err, code)
	}
	_, err = sejour.ParseSejour([]byte(`{}`))
	assert.ErrorContains(t, err, "SEJ-FORME")
}

// Personal data shows nowhere but where it is asked for.
func TestMasque(t *testing.T) {
	s := ordinaire(t, "2026-03-03", "2026-03-06")
	s.Naissance = simphonie.NaissanceLe(jour("1991-07-16"))
	s.Droits.Beneficiaire = droits.Beneficiaire{Nom: simphonie.NewConfidentiel("CANARINOM"), NIR: simphonie.NIRRecu("155555575133374"), Naissance: s.Naissance}
	r := compute(t, s, options(t))
	sortie := canari.Montre(*s) + canari.Montre(s) + canari.Montre(r) + r.Explication.String()
	for _, faute := range []string{`{"naissance":"1991-07-16x"}`, `{"forme":"CANARINOM"}`, `{"entree":"CANARINOM"}`, `{"droits":{"assure":{"nir":155555575133374}}}`} {
		_, err := sejour.ParseSejour([]byte(faute))
		require.Error(t, err)
		sortie += err.Error()
	}
	require.Greater(t, len(sortie), 5000)
	for _, c := range []string{"CANARINOM", "155555575133374", "1555555751333", "1991-07-16"} {
		assert.NotContains(t, sortie, c)
	}
}

// FuzzSejour: any JSON is read or refused; what is read is written and read
// alike, and priced without a panic, proven, each day once.
func FuzzSejour(f *testing.F) {
	o := options(f)
	b, err := os.ReadFile("testdata/sejour-1.json")
	require.NoError(f, err)
	f.Add(b)
	for _, s := range []*sejour.Sejour{ordinaire(f, "2024-02-28", "2024-03-01"), avec(ordinaire(f, "2026-03-03", "2026-03-03"), situation("10"))} {
		b, err := s.EnClair()
		require.NoError(f, err)
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := sejour.ParseSejour(b)
		if err != nil {
			return
		}
		if clair, err := s.EnClair(); err == nil {
			relu, err := sejour.ParseSejour(clair)
			require.NoError(t, err)
			encore, err := relu.EnClair()
			require.NoError(t, err)
			require.Equal(t, string(clair), string(encore))
		}
		r, err := sejour.Compute(&s, o)
		if err == nil && r.Issue == sejour.Chiffre {
			prouve(t, &r)
		}
	})
}

// FuzzDates: whatever the instants, the forfait journalier counts each civil
// day of the stay once.
func FuzzDates(f *testing.F) {
	o := options(f)
	f.Add(int64(1_774_700_000), int64(200_000), 12)
	f.Add(int64(1_709_160_000), int64(86_400), 0)
	f.Add(int64(1_761_400_000), int64(90_000), 400)
	f.Fuzz(func(t *testing.T, debut, duree int64, anterieurs int) {
		z, err := time.LoadLocation("Europe/Paris")
		require.NoError(t, err)
		s := ordinaire(t, "2026-03-03", "2026-03-06")
		s.Entree = time.Unix(debut, 0).In(z)
		s.Sortie = s.Entree.Add(time.Duration(duree%(400*86400)) * time.Second)
		s.JoursAnterieurs = anterieurs
		if s.Entree.Year() < 2015 || s.Sortie.Year() > 2030 || s.Sortie.Before(s.Entree) {
			return
		}
		s.Bases[0].Du, s.Bases[0].Au = simphonie.JourOf(s.Entree), simphonie.JourOf(s.Sortie)
		r := compute(t, s, o)
		if r.Issue != sejour.Chiffre {
			return
		}
		attendu := jours(t, s.Entree.Format(time.DateOnly), s.Sortie.Format(time.DateOnly))
		base, _ := joursDe(&r.Facture, "TJ1")
		assert.Equal(t, attendu, base)
		fj, _ := joursDe(&r.Facture, "FJ")
		if attendu == 1 {
			attendu = 0
		}
		assert.Equal(t, attendu, fj)
	})
}

func BenchmarkSejour(b *testing.B) {
	s, o := ordinaire(b, "2026-02-20", "2026-04-05"), options(b)
	for _, explique := range []bool{false, true} {
		b.Run(fmt.Sprintf("explique=%v", explique), func(b *testing.B) {
			o.Expliquer = explique
			b.ReportAllocs()
			for b.Loop() {
				if r, err := sejour.Compute(s, o); err != nil || r.Issue != sejour.Chiffre {
					b.Fatal(err, r.Anomalies)
				}
			}
		})
	}
}
