package erreurs_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/erreurs"
)

func TestSur(t *testing.T) {
	cause := fmt.Errorf("deep: %w", &simphonie.Erreur{Code: "ESSAI-CAUSE", Reessayable: true, IssueInconnue: true, LimiteLocale: true})
	e := erreurs.Sur(&simphonie.Erreur{Code: "ESSAI-DESSUS"}, cause)
	assert.ErrorIs(t, e, cause)
	assert.True(t, e.Reessayable && e.IssueInconnue && e.LimiteLocale)
	assert.Equal(t, simphonie.Code("ESSAI-DESSUS"), erreurs.Code(fmt.Errorf("above: %w", e)))
	e = erreurs.Sur(&simphonie.Erreur{}, errors.New("of nobody"))
	assert.False(t, e.Reessayable || e.IssueInconnue || e.LimiteLocale)
	assert.Empty(t, erreurs.Code(errors.New("of nobody")))
}

func TestNul(t *testing.T) {
	var p *int
	assert.True(t, erreurs.Nul(nil))
	assert.True(t, erreurs.Nul(p))
	assert.False(t, erreurs.Nul(new(int)))
	assert.False(t, erreurs.Nul(struct{}{}))
}
