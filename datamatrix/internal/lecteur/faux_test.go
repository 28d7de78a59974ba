package lecteur

import (
	"context"
	"os"
	"testing"

	"github.com/simphonie/simphonie/datamatrix/internal/degrade"
)

// TestAucunFaux reads pictures without symbols: nothing may come out. The long
// run is asked for by LECTEUR_LONG.
func TestAucunFaux(t *testing.T) {
	t.Parallel()
	n := 200
	if testing.Short() {
		n = 20
	}
	if os.Getenv("LECTEUR_LONG") != "" {
		n = 3000
	}
	for i := range n {
		got, err := Lire(context.Background(), degrade.Leurre(i), Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range got {
			t.Errorf("picture %d: read %q (%dx%d, %d corrections)", i, s.Octets, s.Lignes, s.Colonnes, s.Corrections)
		}
	}
}
