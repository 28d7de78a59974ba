package ace_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/simphonie/simphonie"
)

// One consultation and one costly act: 26.50 × 70 % = 18.55; 125.40 at 100 % less
// a participation of 32.00.
func TestCheminEntier(t *testing.T) {
	f := une(t, compute(t, venue(t, ngap("CS", "15"), ccam("AAAA001", "15")), options(t)))
	t.Log(f.Explication)
	cs, atm := ligne(t, f, "CS"), ligne(t, f, "ATM")
	assert.Equal(t, "26.50 18.55 7.95 26.50", cs.BRAMO.String()+" "+cs.MRO.String()+" "+cs.MRC.String()+" "+cs.Honoraires.String())
	assert.Equal(t, "125.40 93.40 0.00 32.00 125.40 C A", atm.BRAMO.String()+" "+atm.MRO.String()+" "+atm.MRC.String()+" "+atm.TMF.String()+" "+atm.Honoraires.String()+" "+
		atm.Exoneration.String()+" "+string(atm.Participation.Code()))
	total, err := f.TotalPar(simphonie.Patient)
	assert.NoError(t, err)
	assert.Equal(t, "39.95", total.String())
}
