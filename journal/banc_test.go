package journal_test

import (
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
