package fides_test

import (
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides"
	"github.com/simphonie/simphonie/tarif"
	"github.com/simphonie/simphonie/urgences"
)

// lot is the billable visits of the main example, priced.
func lot(t testing.TB) (fs []*facture.Facture, ds []*fides.Dossier) {
	o := options(t)
	o.Expliquer = false
	for i, x := range parcours(t) {
		r, err := urgences.Compute(&x.Passage, o)
		require.NoError(t, err)
		if r.Issue == urgences.Facturable && x.Passage.Etablissement.Secteur == tarif.ExDG {
			d := dossier(&x.Passage, &r, i+1)
			// One file goes to one caisse.
			d.Organisme = r.Facture.Organisme
			d.Organisme.Regime, d.Organisme.Caisse = "01", "751"
			fs, ds = append(fs, &r.Facture), append(ds, d)
		}
	}
	return fs, ds
}

// versFichier turns priced visits into a file of n invoices.
func versFichier(t testing.TB, w io.Writer, c *fides.Convertisseur, fs []*facture.Facture, ds []*fides.Dossier, n int) {
	f, err := fides.NewFichier(w, parametres(fides.Destination{Regime: "01", Caisse: "751"}))
	require.NoError(t, err)
	visites := func(yield func(*facture.Facture, *fides.Dossier) bool) {
		for i := range n {
			if !yield(fs[i%len(fs)], ds[i%len(fs)]) {
				return
			}
		}
	}
	refus := func(r fides.Constat) {
		if r.Refuse() {
			t.Error(r.Anomalies, r.Err)
		}
	}
	require.NoError(t, f.EcrisLot(lotDuJour, c.Factures(visites, refus)))
	require.NoError(t, f.Close())
}

type compteur struct{ octets int }

func (c *compteur) Write(b []byte) (int, error) {
	c.octets += len(b)
	return len(b), nil
}

// BenchmarkConvertir makes the records of one priced visit.
func BenchmarkConvertir(b *testing.B) {
	fs, ds := lot(b)
	c := convertisseur(b, fides.Interpretations{})
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		r, err := c.Convertir(fs[i%len(fs)], ds[i%len(fs)])
		if err != nil || len(r.Factures) != 1 {
			b.Fatal(err, r.Anomalies)
		}
	}
}

// BenchmarkControler checks one priced visit before it is sent.
func BenchmarkControler(b *testing.B) {
	fs, ds := lot(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		fides.Controler(fs[i%len(fs)], ds[i%len(fs)], envoi)
	}
}

// BenchmarkFichier turns priced visits into one file: records, checks, bytes.
func BenchmarkFichier(b *testing.B) {
	fs, ds := lot(b)
	c := convertisseur(b, fides.Interpretations{})
	const n = 10_000
	b.ReportAllocs()
	octets := 0
	for b.Loop() {
		w := &compteur{}
		versFichier(b, w, c, fs, ds, n)
		octets = w.octets
	}
	b.SetBytes(int64(octets))
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/facture")
}

// BenchmarkRelire reads a file of invoices back.
func BenchmarkRelire(b *testing.B) {
	fs, ds := lot(b)
	var s strings.Builder
	versFichier(b, &s, convertisseur(b, fides.Interpretations{}), fs, ds, 10_000)
	b.SetBytes(int64(s.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if fs, _, err := lecture(b, strings.NewReader(s.String())); err != nil || len(fs) != 10_000 {
			b.Fatal(err)
		}
	}
}

// The memory of writing and of reading does not grow with the file.
func TestMemoirePlate(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	fs, ds := lot(t)
	c := convertisseur(t, fides.Interpretations{})
	vivant := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	avant := vivant()
	r, w := io.Pipe()
	go func() {
		versFichier(t, w, c, fs, ds, 30_000) // 30 MB
		w.Close()
	}()
	l, err := fides.Relire(r, fides.OptionsLecture{Enveloppe: fides.Reference(), Siecle: 2000})
	require.NoError(t, err)
	n := 0
	for _, err := range l.Factures() {
		require.NoError(t, err)
		if n++; n%10_000 == 0 {
			require.Less(t, vivant(), avant+8<<20)
		}
	}
	require.Equal(t, 30_000, n)
	require.Empty(t, l.Anomalies())
}
