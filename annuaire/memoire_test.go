package annuaire

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The short deadline of one caller is no answer for those who wait with more time.
func TestUniqueDelaiDUnAutre(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := memoire{taille: 1, m: map[cleMemoire]souvenir{}, vols: map[cleMemoire]*vol{}}
		presse, arrete := context.WithTimeout(t.Context(), time.Second)
		defer arrete()
		premier := make(chan error)
		go func() {
			_, err := m.unique(presse, cleMemoire{}, func() (souvenir, error) {
				<-presse.Done()
				return souvenir{}, presse.Err()
			})
			premier <- err
		}()
		synctest.Wait()
		patient := make(chan souvenir)
		go func() {
			s, err := m.unique(t.Context(), cleMemoire{}, func() (souvenir, error) { return souvenir{recuLe: time.Now()}, nil })
			assert.NoError(t, err)
			patient <- s
		}()
		require.ErrorIs(t, <-premier, context.DeadlineExceeded)
		assert.False(t, (<-patient).recuLe.IsZero())
		assert.Empty(t, m.vols)
	})
}
