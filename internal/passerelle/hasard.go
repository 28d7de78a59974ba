package passerelle

import (
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"
)

// Hasard draws scenarios for calls that have none planned. What a call gets
// depends on the seed, on its action, on whom it is about and on how many such
// calls came before: callers side by side draw the same again.
type Hasard struct {
	Graine    uint64
	ParMille  int // chance of each call, in thousandths
	Scenarios []Scenario
}

func (h *Hasard) valide() error {
	if h == nil {
		return nil
	}
	if h.ParMille < 0 || h.ParMille > 1000 || len(h.Scenarios) == 0 {
		return errors.New("passerelle: a chance of 0 to 1000 and scenarios are wanted")
	}
	for _, sc := range h.Scenarios {
		if err := (Cible{Identite: "x"}).accepte(sc); err != nil {
			return err
		}
	}
	return nil
}

// tire draws the scenario of a call.
func (s *Serveur) tire(action string, identites []string) Scenario {
	if s.hasard == nil {
		return normal
	}
	k := Compteur{action, strings.Join(identites, "\n")}
	s.mu.Lock()
	n := s.tirages[k]
	s.tirages[k]++
	s.mu.Unlock()
	h := fnv.New64a()
	fmt.Fprintf(h, "%s\n%s\n%d", k.Action, k.Identite, n)
	r := rand.New(rand.NewPCG(s.hasard.Graine, h.Sum64()))
	if r.IntN(1000) >= s.hasard.ParMille {
		return normal
	}
	return s.hasard.Scenarios[r.IntN(len(s.hasard.Scenarios))]
}
