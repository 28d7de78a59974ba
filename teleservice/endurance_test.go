package teleservice_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/teleservice"
)

// Time of an attempt, which faults that keep silent cost whole, and of a call:
// the machine may be slow, a call that hangs is never this quick.
const (
	delaiEssai     = 1500 * time.Millisecond
	delaiEndurance = 30 * time.Second
)

// montage is a service behind a relay, and a way to make channels to it.
func montage(t *testing.T, essais int) (*relais, func() *teleservice.Canal, *atomic.Int64) {
	p := pki(t)
	var appels atomic.Int64
	s := serveur(t, p, func(w http.ResponseWriter, r *http.Request) { appels.Add(1); bonne(w, r) })
	r := nouveauRelais(t, strings.TrimPrefix(s.URL, "https://"))
	c := config(t, p, "https://"+r.l.Addr().String())
	c.Delai, c.DelaiEssai = delaiEndurance, delaiEssai
	c.Reprises.Essais, c.Disjoncteur.Inactif, c.Reprises.Budget = essais, true, 1<<20
	return r, func() *teleservice.Canal { return canal(t, c) }, &appels
}

// finit makes a call and checks how it ends: with the answer or with a typed
// error that says that a read may be made again, and soon enough.
func finit(t *testing.T, k *teleservice.Canal) error {
	debut := time.Now()
	r, err := k.Appelle(context.Background(), appel())
	assert.Less(t, time.Since(debut), 2*delaiEndurance, "a call that does not end")
	if err == nil {
		assert.Equal(t, "R", r.Corps.Tag)
		return nil
	}
	var e *simphonie.Erreur
	if assert.True(t, errors.As(err, &e), "%v", err) {
		assert.True(t, strings.HasPrefix(string(e.Code), "TSV-"), "%v", err)
		assert.False(t, e.IssueInconnue)
	}
	return err
}

// Each single fault, before each record of each direction, on a connection of
// its own: the call alone ends with a typed error or passes; with retries it
// always passes.
func TestChaquePanne(t *testing.T) {
	r, nouveau, _ := montage(t, 1)
	k := nouveau()
	require.NoError(t, finit(t, k))
	k.Close()
	require.Eventually(t, func() bool { r.mu.Lock(); defer r.mu.Unlock(); return r.vus[versClient] > 0 }, 5*time.Second, time.Millisecond)
	vus := r.vus
	require.Greater(t, vus[versServeur], 2, "the handshake and the request")

	var passees, tombees, pannes atomic.Int32
	tour := make(chan struct{}, 16)
	var wg sync.WaitGroup
	for s := range vus {
		for avant := range vus[s] {
			for _, g := range genres {
				if testing.Short() && g != "coupe" && g != "moitie" {
					continue
				}
				pannes.Add(1)
				tour <- struct{}{}
				wg.Go(func() {
					defer func() { <-tour }()
					p := trouble{sens(s), avant, g}
					seul := avecPanne(t, p, 1)
					assert.NoError(t, avecPanne(t, p, 10), "retries mend %+v", p)
					if seul == nil {
						passees.Add(1)
					} else {
						tombees.Add(1)
					}
				})
			}
		}
	}
	wg.Wait()
	t.Logf("%d single faults: %d calls passed alone, %d ended with a typed error, all passed with retries", pannes.Load(), passees.Load(), tombees.Load())
	assert.Positive(t, tombees.Load())
}

// avecPanne makes one call whose first connection meets a fault.
func avecPanne(t *testing.T, p trouble, essais int) error {
	r, nouveau, appels := montage(t, essais)
	defer r.ferme()
	k := nouveau()
	defer k.Close()
	n := 0
	r.prevoit(func() *trouble {
		if n++; n == 1 {
			return &p
		}
		return nil
	})
	err := finit(t, k)
	assert.LessOrEqual(t, appels.Load(), int64(essais))
	return err
}

// Calls through random faults, many at a time; the seed replays them. Nothing
// is left behind.
func TestEndurance(t *testing.T) {
	total := 300
	if os.Getenv("SIMPHONIE_COMPLET") != "" {
		total = 10_000
	}
	graine := uint64(time.Now().UnixNano())
	t.Logf("seed %d", graine)
	avant := runtime.NumGoroutine()
	t.Run("appels", func(t *testing.T) {
		r, nouveau, appels := montage(t, 10)
		alea := rand.New(rand.NewPCG(graine, 1))
		connexions, troubles := 0, 0
		r.prevoit(func() *trouble {
			connexions++
			if alea.IntN(3) > 0 {
				return nil
			}
			troubles++
			return &trouble{sens(alea.IntN(2)), alea.IntN(12), genres[alea.IntN(len(genres))]}
		})
		var wg sync.WaitGroup
		var reussis, faits atomic.Int64
		for range 16 {
			k := nouveau()
			wg.Go(func() {
				for faits.Add(1) <= int64(total) {
					if finit(t, k) == nil {
						reussis.Add(1)
					}
					k.Close() // the next call opens a connection of its own
				}
			})
		}
		wg.Wait()
		r.mu.Lock()
		defer r.mu.Unlock()
		t.Logf("%d calls, %d answered, %d requests seen by the server; %d connections, %d with a fault", total, reussis.Load(), appels.Load(), connexions, troubles)
		assert.Greater(t, troubles, total/10)
		assert.Greater(t, reussis.Load(), int64(total/2))
	})
	assert.Eventually(t, func() bool { return runtime.NumGoroutine() <= avant+2 }, 10*time.Second, 10*time.Millisecond,
		"goroutines left behind: %d before", avant)
}
