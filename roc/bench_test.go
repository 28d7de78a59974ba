package roc_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/roc/dossier"
)

// BenchmarkDossier takes dossiers from rights to amounts over TLS on the
// loopback, simulator included: IDB, SIM, then CLC, which is kept in a synced
// journal before it leaves and after, on a connection of its own.
func BenchmarkDossier(b *testing.B) {
	h := nouvelHopital(b)
	p := connu(b, amc, "ordinaire")
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		n++
		venue := fmt.Sprintf("B%d", n)
		d, err := dossier.New(venue, amc)
		require.NoError(b, err)
		suite, _, err := h.client.IDB(b.Context(), &d, h.idb(venue, p))
		require.NoError(b, err)
		suite, _, err = h.client.SIM(b.Context(), &suite.Dossier, h.sim(venue, p))
		require.NoError(b, err)
		suite, _, err = h.client.CLC(b.Context(), &suite.Dossier, h.clc(venue, p))
		require.NoError(b, err)
		require.Equal(b, dossier.Calcule, suite.Dossier.Etat)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "dossiers/s")
}
