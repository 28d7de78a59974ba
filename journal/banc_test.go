package journal_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/journal"
)

// BenchmarkIntention measures how many intentions a second are made durable, and
// how long the slowest hundredth waits: alone is one write each; grouped, those
// who come together share one.
func BenchmarkIntention(b *testing.B) {
	for _, ensemble := range []int{1, 8, 64, 256} {
		for _, groupe := range []bool{false, true} {
			if ensemble == 1 && groupe {
				continue
			}
			b.Run(fmt.Sprintf("appelants=%d/groupe=%v", ensemble, groupe), func(b *testing.B) { mesure(b, ensemble, groupe) })
		}
	}
}

func mesure(b *testing.B, ensemble int, groupe bool) {
	f, err := journal.OuvreFichier(filepath.Join(b.TempDir(), "journal"))
	require.NoError(b, err)
	defer f.Close()
	j := nouveau(b, f)
	charge := simphonie.NewConfidentiel(fmt.Sprintf("%02000d", 0)) // a CLC of 2 kB
	var seul sync.Mutex
	var suivant atomic.Int64
	durees := make([]time.Duration, b.N)
	var tous sync.WaitGroup
	b.ResetTimer()
	for range ensemble {
		tous.Go(func() {
			for {
				i := int(suivant.Add(1)) - 1
				if i >= b.N {
					return
				}
				in := journal.Intention{Cle: cle(i), Nature: "roc.clc", Version: "1", Charge: charge, Part: true}
				debut := time.Now()
				if !groupe {
					seul.Lock()
				}
				_, err := j.Intention(b.Context(), in)
				if !groupe {
					seul.Unlock()
				}
				durees[i] = time.Since(debut)
				if err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	tous.Wait()
	b.StopTimer()
	slices.Sort(durees)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commits/s")
	b.ReportMetric(float64(durees[len(durees)*99/100].Microseconds()), "p99-µs")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkVolume opens, reads and compacts a file of 10 000 exchanges.
func BenchmarkVolume(b *testing.B) {
	chemin := filepath.Join(b.TempDir(), "journal")
	f, err := journal.OuvreFichier(chemin)
	require.NoError(b, err)
	charge := simphonie.NewConfidentiel(fmt.Sprintf("%02000d", 0))
	j := nouveau(b, f)
	var tous sync.WaitGroup
	for k := range 100 {
		tous.Go(func() {
			for i := range 100 {
				_, err := j.UneFois(b.Context(), journal.Intention{Cle: cle(100*k + i), Nature: "roc.clc", Version: "1", Charge: charge},
					func(context.Context) (journal.Resultat, error) { return journal.Resultat{Charge: charge}, nil })
				if err != nil {
					b.Error(err)
				}
			}
		})
	}
	tous.Wait()
	lit := func(b *testing.B) {
		for i := range b.N {
			_, err := j.Lit(b.Context(), cle(i%10_000))
			require.NoError(b, err)
		}
	}
	b.Run("lecture", lit)
	b.Run("compaction", func(b *testing.B) {
		for range b.N {
			require.NoError(b, f.Compacte(b.Context(), time.Time{}))
		}
	})
	b.Run("lecture, compacté", lit)
	require.NoError(b, f.Close())
	b.Run("ouverture", func(b *testing.B) {
		for range b.N {
			f, err := journal.OuvreFichier(chemin)
			require.NoError(b, err)
			require.NoError(b, f.Close())
		}
	})
}
