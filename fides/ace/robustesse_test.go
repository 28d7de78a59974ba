package ace_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/fides/ace"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
)

// FuzzCompute: any visit that can be read is priced, questioned or refused; what
// is priced is proved.
func FuzzCompute(f *testing.F) {
	for _, v := range []*ace.Venue{venue(f, ngap("CS", "15"), ccam("AAAA001", "04")), venue(f, ngap("K", "04"), analyse("1104"), forfait("ATU"), forfait("SE2")),
		venue(f, produit(droits.LPP, "DVO", "1234567", "40.00"), produit(droits.Retrocede, "PHD", "9000001", "10.00"))} {
		b, err := json.Marshal(v)
		require.NoError(f, err)
		f.Add(b)
	}
	o := options(f)
	avec := *o
	avec.SansControles = false
	f.Fuzz(func(t *testing.T, b []byte) {
		var v ace.Venue
		if json.Unmarshal(b, &v) != nil {
			return
		}
		v.Naissance = simphonie.NaissanceLe(jour("1980-06-15"))
		for _, p := range []*ace.Options{o, &avec} {
			r, err := ace.Compute(&v, p)
			if err != nil {
				continue
			}
			for i := range r.Factures {
				require.Empty(t, r.Factures[i].Verify())
				require.NoError(t, r.Factures[i].Explication.Prouve(&r.Factures[i].Facture))
			}
		}
	})
}

// Amounts that do not fit are errors or anomalies, never wrong amounts.
func TestMontantsEnormes(t *testing.T) {
	p := ngap("CS", "15")
	p.Quantite, p.Coefficient = 9_999, 9_999*simphonie.Un
	r, err := ace.Compute(venue(t, p), options(t))
	require.NoError(t, err)
	for i := range r.Factures {
		assert.Empty(t, r.Factures[i].Verify())
	}
	q := produit(droits.LPP, "DVO", "1234567", "9000000000.00")
	q.Quantite = 9_999
	_, err = ace.Compute(venue(t, q, q), options(t))
	assert.True(t, err == nil || errors.Is(err, simphonie.ErrDepassement), err)
}

// A visit of 999 prestations is priced, all of them.
func TestNeufCentQuatreVingtDixNeuf(t *testing.T) {
	var ps []ace.Prestation
	for i := range 999 {
		p := ccam("AAAA006", "04")
		p.Executant.PS = fmt.Sprint(i)
		ps = append(ps, p)
	}
	o := options(t)
	o.Expliquer = false
	r, err := ace.Compute(venue(t, ps...), o)
	require.NoError(t, err)
	assert.Len(t, r.Factures[0].Lignes, 999)
}

// A computation without explanation stays in a few pieces of memory.
func TestAllocations(t *testing.T) {
	o := options(t)
	o.Expliquer = false
	v := venue(t, ngap("CS", "15"), ccam("AAAA001", "04"), ccam("AAAA003", "04"), ngap("K", "04"), ngap("APC", "15"), ngap("C", "01"))
	n := testing.AllocsPerRun(50, func() {
		if r, err := ace.Compute(v, o); err != nil || len(r.Factures[0].Lignes) != 6 {
			t.Fatal(err, r.Anomalies)
		}
	})
	assert.LessOrEqual(t, n, 10.0)
}

// A result keeps nothing of the memory that the next computations use.
func TestMemoireReprise(t *testing.T) {
	o := options(t)
	venues := []*ace.Venue{riche(t), venue(t, ngap("CS", "15"), ccam("AAAA001", "04")), venue(t, forfait("ATU"), ccam("AAAA002", "04"), analyse("1104")), venue(t, ngap("ZZZ", "15"))}
	var attendus []string
	texte := func(r ace.Resultat, err error) string {
		b, e := json.Marshal(r)
		require.NoError(t, e)
		return fmt.Sprint(string(b), err)
	}
	for _, v := range venues {
		attendus = append(attendus, texte(ace.Compute(v, o)))
	}
	var tous sync.WaitGroup
	for k := range 4 {
		tous.Go(func() {
			rs, errs := make([]ace.Resultat, 40), make([]error, 40)
			for n := range rs {
				rs[n], errs[n] = ace.Compute(venues[(n+k)%len(venues)], o)
			}
			for n := range rs {
				assert.Equal(t, attendus[(n+k)%len(venues)], texte(rs[n], errs[n]))
			}
		})
	}
	tous.Wait()
}

// The tables hold what is public of the thresholds: nothing else is assumed.
func TestSansTMF(t *testing.T) {
	d := donnees(t)
	d.Parametres = nil
	v := &vecteur{donnees: d}
	_, err := ace.Compute(venue(t, ccam("AAAA001", "04")), v.o(t, 0))
	a, ok := errors.AsType[*nomenclature.Absent](err)
	require.True(t, ok)
	assert.Equal(t, "tmf", a.Cle)
}
