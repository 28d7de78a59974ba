package ace_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/ace"
)

// riche is a visit that has everything a keyed order could disturb: ties, two
// specialties, more analyses and products than a line holds, an overrun of
// price, gaps of purchase, complements of their supports.
func riche(t testing.TB) *ace.Venue {
	var ps []ace.Prestation
	ps = append(ps, ccam("AAAA002", "04"), ccam("AAAA002", "04"), ccam("AAAA001", "15"), ngap("CS", "15"), ngap("MCS", "15"), ngap("K", "04"), ngap("K", "04"))
	ps[4].Support = 4
	ps[5].Coefficient, ps[6].Coefficient = 40*simphonie.Un, 40*simphonie.Un
	for i := range 12 {
		p := produit(droits.LPP, "DVO", "1234567", fmt.Sprintf("%d.37", 41+i))
		ps = append(ps, p)
	}
	for range 3 {
		for _, c := range []string{"1104", "0593", "0552"} {
			ps = append(ps, analyse(c))
		}
	}
	return venue(t, ps...)
}

// melange changes the order of keying, ranks of supports included.
func melange(v *ace.Venue, r *rand.Rand) *ace.Venue {
	w := *v
	n := len(v.Prestations)
	ordre := r.Perm(n)
	w.Prestations = make([]ace.Prestation, n)
	ou := make([]int, n)
	for i, j := range ordre {
		w.Prestations[i], ou[j] = v.Prestations[j], i
	}
	for i := range w.Prestations {
		if s := w.Prestations[i].Support; s > 0 {
			w.Prestations[i].Support = ou[s-1] + 1
		}
	}
	return &w
}

// totaux gives what every debtor owes, invoice by invoice.
func totaux(t testing.TB, r ace.Resultat) map[string]simphonie.Montant {
	ts := map[string]simphonie.Montant{"issue " + string(r.Issue) + " " + string(r.Motif): 0}
	for i := range r.Factures {
		f := &r.Factures[i]
		for _, p := range f.Parts {
			ts[fmt.Sprint(i, " ", f.Nature, f.IPS, " ", p.Debiteur)] += p.Montant
		}
		total, err := f.Total()
		require.NoError(t, err)
		ts[fmt.Sprint(i, " total")] = total
	}
	return ts
}

// What is owed does not depend on the order in which lines are keyed.
func TestOrdreDeSaisie(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	o := options(t)
	o.Expliquer = false
	v := riche(t)
	attendu := totaux(t, compute(t, v, o))
	require.Greater(t, len(attendu), 3)
	for range 200 {
		require.Equal(t, attendu, totaux(t, compute(t, melange(v, r), o)))
	}
	b := nouvelleBanque(t)
	for n := range 1500 {
		v, _, _ := b.tire(t, r)
		x, err := ace.Compute(v, b.o)
		y, err2 := ace.Compute(melange(v, r), b.o)
		require.Equal(t, err == nil, err2 == nil)
		require.Equal(t, totaux(t, x), totaux(t, y), n)
	}
}

// Explained or not, the amounts are the same, and every step replays.
func TestExplicationSansEffet(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	b := nouvelleBanque(t)
	o := *b.o
	o.Expliquer = true
	for range 300 {
		v, _, p := b.tire(t, r)
		if p.ame {
			continue
		}
		x, err := ace.Compute(v, b.o)
		require.NoError(t, err)
		require.Equal(t, totaux(t, x), totaux(t, compute(t, v, &o)))
	}
	compute(t, riche(t), options(t))
}

// No part of what is billed is negative.
func TestAucunePartNegative(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	b := nouvelleBanque(t)
	for range 2000 {
		v, _, _ := b.tire(t, r)
		x, _ := ace.Compute(v, b.o)
		for i := range x.Factures {
			for _, p := range x.Factures[i].Parts {
				require.Positive(t, p.Montant)
				require.Equal(t, facture.Theorique, p.Etat)
			}
		}
	}
}

// Better rights never make the AMO pay less, or the patient more, but where a
// rule says so.
func TestMonotonie(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	b := nouvelleBanque(t)
	ald := []droits.Droit[droits.CodeETM]{{Code: "8"}}
	du := func(v *ace.Venue) (amo, patient simphonie.Montant, ok bool) {
		x, err := ace.Compute(v, b.o)
		if err != nil || x.Issue != ace.Facturable {
			return 0, 0, false
		}
		for i := range x.Factures {
			a, _ := x.Factures[i].TotalPar(simphonie.AMO)
			p, _ := x.Factures[i].TotalPar(simphonie.Patient)
			amo, patient = amo+a, patient+p
		}
		return amo, patient, true
	}
	for _, c := range []struct {
		nom    string
		change func(*droits.Acquisition)
		// sauf names the rule of the exception, and when it holds.
		sauf func(v *ace.Venue) string
	}{
		{"détenu", func(a *droits.Acquisition) { a.CodeGestion = "65" }, nil},
		{"pension militaire", func(a *droits.Acquisition) { a.ETM = []droits.Droit[droits.CodeETM]{{Code: "1"}} }, nil},
		{"régime local", func(a *droits.Acquisition) { a.MTM = []droits.Droit[droits.CodeMTM]{{Code: "9"}} }, nil},
		{"ASPA", func(a *droits.Acquisition) { a.MTM = []droits.Droit[droits.CodeMTM]{{Code: "8"}} }, nil},
		{"ALD", func(a *droits.Acquisition) { a.ETM = ald }, func(v *ace.Venue) string {
			for i := range v.Prestations {
				if v.Prestations[i].Motif == ace.ConformeALD {
					return "RG_VF663: an act exempted for the ALD leaves the sum, and the others may fall under the threshold"
				}
			}
			return ""
		}},
	} {
		vus, exceptions := 0, 0
		for range 1500 {
			v, _, p := b.tire(t, r)
			if p != (patient{ald: p.ald}) || p.ald {
				continue
			}
			amo, reste, ok := du(v)
			d := *v.Droits
			c.change(&d)
			w := *v
			w.Droits = &d
			amo2, reste2, ok2 := du(&w)
			if !ok || !ok2 {
				continue
			}
			if amo2 < amo || reste2 > reste {
				require.NotNil(t, c.sauf, "%s: AMO %s then %s", c.nom, amo, amo2)
				require.NotEmpty(t, c.sauf(v), c.nom)
				exceptions++
			}
			vus++
		}
		assert.Greater(t, vus, 100, c.nom)
		t.Log(c.nom, vus, "exceptions:", exceptions)
	}
}

// Why an amount changed: a later publication, another right, another rule.
func TestDiff(t *testing.T) {
	v := venue(t, ngap("CS", "15"), ccam("AAAA001", "15"))
	o := options(t)
	avant := compute(t, v, o)
	assert.True(t, func() bool { d := ace.Diff(&avant, &avant); return d.IsZero() }())
	w := *v
	d := *v.Droits
	d.ETM, d.MTM = nil, []droits.Droit[droits.CodeMTM]{{Code: "9"}}
	w.Droits = &d
	apres := compute(t, &w, o)
	x := ace.Diff(&avant, &apres)
	require.Len(t, x.Lignes, 2)
	assert.Equal(t, "taux", x.Lignes[0].Cause())
	assert.Equal(t, []ace.Ecart{{Champ: "taux", Avant: "70", Apres: "90"}, {Champ: "mro", Avant: "18.55", Apres: "23.85"}, {Champ: "mrc", Avant: "7.95", Apres: "2.65"}}, x.Lignes[0].Ecarts)
	assert.Equal(t, []simphonie.Code{"DROITS-TAUX-DE-BASE", "ACE-TAUX-BASE"}, x.Lignes[0].Avant)
	assert.Equal(t, []simphonie.Code{"DROITS-TAUX-LOCAL"}, x.Lignes[0].Apres)
	assert.Equal(t, "tmf", x.Lignes[1].Cause())
	assert.Contains(t, x.Lignes[1].Apres, simphonie.Code("ACE-TMF-LOCAL"))
	assert.Equal(t, "39.95 2.65", x.Debiteurs[1].Avant.String()+" "+x.Debiteurs[1].Apres.String())
	// The day before the participation rises, and a line less.
	u := venue(t, ccam("AAAA001", "15"))
	u.Prestations[0].Execution, u.Entree = jour("2026-03-31"), jour("2026-03-31")
	y := compute(t, u, o)
	z := ace.Diff(&avant, &y)
	assert.Equal(t, "apres", z.Lignes[0].Absente)
	empty := ace.Diff(nil, &y)
	assert.True(t, empty.IsZero())
}
