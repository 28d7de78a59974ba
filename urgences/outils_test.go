package urgences_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/examples/fictif"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
	"github.com/simphonie/simphonie/urgences"
)

var (
	jour = simphonie.MustJour
)

// connuAu is late enough for every rule set of the tests.
const connuAu = "2026-11-01"

func options(t testing.TB, au string) *urgences.Options {
	t.Helper()
	o, err := fictif.Urgences(jour(au))
	require.NoError(t, err)
	o.Expliquer = true
	return o
}

// paris reads a local time of Paris, unambiguous.
func paris(t testing.TB, s string) time.Time {
	t.Helper()
	z, err := time.LoadLocation("Europe/Paris")
	require.NoError(t, err)
	i, err := time.ParseInLocation("2006-01-02 15:04:05", s+":00", z)
	require.NoError(t, err)
	return i
}

func naissance(t testing.TB, s string) simphonie.DateNaissance {
	t.Helper()
	d, err := simphonie.ParseDateNaissance(s)
	require.NoError(t, err)
	return d
}

// ordinaire is an insured adult of the general scheme, seen on a weekday
// morning, with nothing that gives a supplement.
func ordinaire(t testing.TB, debut string) *urgences.Passage {
	t.Helper()
	d := paris(t, debut)
	return &urgences.Passage{
		Venue: "900000001",
		Etablissement: urgences.Etablissement{FINESS: "750712184", Secteur: tarif.ExDG,
			Territoire: simphonie.Metropole, StructureAutorisee: simphonie.Oui},
		Naissance: naissance(t, "1990-06-15"),
		Arrivee:   d.Add(-20 * time.Minute), DebutSoins: d, Sortie: d.Add(12 * time.Hour),
		Orientation: urgences.Domicile, Motif: urgences.MotifGeneral, SoinsComplets: simphonie.Oui,
		ModeArrivee: urgences.ParSesMoyens, CCMU: "1",
		Droits: &droits.Acquisition{Support: droits.SupportCDRi,
			Organisme: simphonie.Organisme{Regime: "01", Caisse: "751", Centre: "0000"},
			Periodes:  []simphonie.Periode{{Du: jour("2015-01-01")}}},
	}
}

func compute(t testing.TB, p *urgences.Passage, o *urgences.Options) urgences.Resultat {
	t.Helper()
	r, err := urgences.Compute(p, o)
	require.NoError(t, err)
	if r.Issue == urgences.Facturable {
		prouve(t, &r)
	}
	return r
}

// prouve checks what every priced invoice must satisfy: parts add up, and the
// steps of the explanation give every amount again.
func prouve(t testing.TB, r *urgences.Resultat) {
	t.Helper()
	require.Empty(t, r.Facture.Verify())
	if r.Explication != nil {
		require.NoError(t, r.Explication.Prouve(&r.Facture), "%s", r.Explication)
	}
}

func codes(f *facture.Facture) []tarif.Code {
	var cs []tarif.Code
	for i := range f.Lignes {
		cs = append(cs, f.Lignes[i].Code)
	}
	return cs
}

func ligne(t testing.TB, f *facture.Facture, c tarif.Code) *facture.Ligne {
	t.Helper()
	for i := range f.Lignes {
		if f.Lignes[i].Code == c {
			return &f.Lignes[i]
		}
	}
	require.Fail(t, "no line", "%s among %v", c, codes(f))
	return nil
}

func du(t testing.TB, f *facture.Facture, d simphonie.Debiteur) string {
	t.Helper()
	m, err := f.TotalPar(d)
	require.NoError(t, err)
	return m.String()
}
