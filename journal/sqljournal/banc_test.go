package sqljournal_test

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// BenchmarkIntention measures how many intentions a second are made durable, and
// how long the slowest hundredth waits.
func BenchmarkIntention(b *testing.B) {
	for _, bq := range banques() {
		for _, ensemble := range []int{1, 64} {
			b.Run(fmt.Sprintf("%s/appelants=%d", bq.nom, ensemble), func(b *testing.B) {
				base := bq.ouvre(b, b.TempDir())
				defer base.Close()
				base.SetMaxOpenConns(64)
				if bq.nom == "sqlite" {
					base.SetMaxOpenConns(1) // one writer at a time: the pool is the queue
				}
				base.SetMaxIdleConns(64)
				j := nouveau(b, bq.magasin(b, base, nil), nil)
				durees := make([]time.Duration, b.N)
				var suivant atomic.Int64
				var tous sync.WaitGroup
				b.ResetTimer()
				for range ensemble {
					tous.Go(func() {
						for i := int(suivant.Add(1)) - 1; i < b.N; i = int(suivant.Add(1)) - 1 {
							in := intention(i)
							in.Part = true
							debut := time.Now()
							if _, err := j.Intention(b.Context(), in); err != nil {
								b.Error(err)
								return
							}
							durees[i] = time.Since(debut)
						}
					})
				}
				tous.Wait()
				b.StopTimer()
				slices.Sort(durees)
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commits/s")
				b.ReportMetric(float64(durees[len(durees)*99/100].Microseconds()), "p99-µs")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}
