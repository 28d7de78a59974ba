package rapprochement_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/moyens"
	"github.com/simphonie/simphonie/diapason/rapprochement"
)

// auHasard makes a small case where everything may collide with everything.
func auHasard(g *rand.Rand) rapprochement.Entree {
	mot := func(p string) string {
		if g.IntN(3) > 0 {
			return ""
		}
		return fmt.Sprint(p, g.IntN(2))
	}
	hasard := func() cles {
		c := cles{Contrat: mot("C"), Remise: mot("R"), Autorisation: mot("A"), Reference: mot("F"), Operation: mot("O"), Accord: mot("M")}
		if g.IntN(6) == 0 {
			c.Titre = moyens.CleTitre(fmt.Sprintf("26000000%d", 1+g.IntN(2)))
		}
		return c
	}
	e := rapprochement.Entree{Fenetre: rapprochement.Fenetre{Avant: g.IntN(2), Apres: g.IntN(4)}}
	for i := range g.IntN(6) {
		a := attendu(fmt.Sprint("A", i), simphonie.Montant(100*(1+g.IntN(3))), g.IntN(6), hasard())
		if f := mot("N"); f != "" {
			a.Factures = []string{f, "N9"}
		}
		if i > 0 && g.IntN(8) == 0 {
			a.Remplace = fmt.Sprint("A", g.IntN(i))
		}
		e.Attendus = append(e.Attendus, a)
	}
	var ls []rapprochement.Ligne
	for i := range g.IntN(7) {
		l := ligne(i+1, simphonie.Montant(100*(1+g.IntN(4))), g.IntN(8), hasard())
		l.Facture = mot("N")
		switch g.IntN(6) {
		case 0:
			l.Nature = []rapprochement.Nature{"rejet", "contestation", "remboursement", "commission"}[g.IntN(4)]
			l.Montant = -l.Montant
		case 1:
			l.Commission = 3
			l.Montant -= 3
		}
		ls = append(ls, l)
	}
	e.Releves = []rapprochement.Releve{releve("R", ls...)}
	for i := range g.IntN(3) {
		d := decision(fmt.Sprint("D", i), []rapprochement.NatureDecision{"rattacher", "detacher", "ecarter", "perte"}[g.IntN(4)])
		d.Le = j1.AddDays(g.IntN(10))
		if d.Nature != rapprochement.Perte {
			d.Ligne = rapprochement.LigneID{Releve: "R", Numero: 1 + g.IntN(6)}
		}
		if d.Nature != rapprochement.Ecarter {
			d.Attendu = fmt.Sprint("A", g.IntN(6))
		}
		if d.Nature == rapprochement.Rattacher || d.Nature == rapprochement.Perte {
			d.Montant = simphonie.Montant(50 * (1 + g.IntN(4)))
		}
		e.Decisions = append(e.Decisions, d)
	}
	return e
}

func melange[T any](g *rand.Rand, xs []T) []T {
	xs = slices.Clone(xs)
	g.Shuffle(len(xs), func(i, j int) { xs[i], xs[j] = xs[j], xs[i] })
	return xs
}

// Any case conserves money, does not depend on order, and is the same again
// when its matches are kept; dropping or doubling any one item of the result or
// of the input breaks the equality.
func TestConservation(t *testing.T) {
	n := combien()
	for graine := range n {
		g := rand.New(rand.NewPCG(uint64(graine), 7))
		e := auHasard(g)
		r := rapproche(t, e)
		f := e
		f.Attendus, f.Decisions = melange(g, e.Attendus), melange(g, e.Decisions)
		f.Releves = []rapprochement.Releve{releve("R", melange(g, e.Releves[0].Lignes)...)}
		require.Equal(t, r, rapproche(t, f), "order, seed %d", graine)
		f.Acquises = melange(g, r.Affectations)
		require.Equal(t, r.Affectations, rapproche(t, f).Affectations, "kept, seed %d", graine)
		if graine%20 == 0 {
			casse(t, e, r)
		}
	}
}

func casse(t *testing.T, e rapprochement.Entree, r *rapprochement.Resultat) {
	faux := func(r rapprochement.Resultat, e rapprochement.Entree) {
		t.Helper()
		as, err := r.Verifie(e)
		require.NoError(t, err)
		assert.Contains(t, as.Codes(), simphonie.Code("RAPP-CONSERVATION"))
	}
	for i := range r.Postes {
		x := *r
		x.Postes = slices.Delete(slices.Clone(r.Postes), i, i+1)
		faux(x, e)
		x.Postes = append(slices.Clone(r.Postes), r.Postes[i])
		faux(x, e)
	}
	for i := range r.Affectations {
		x := *r
		x.Affectations = slices.Delete(slices.Clone(r.Affectations), i, i+1)
		faux(x, e)
		x.Affectations = append(slices.Clone(r.Affectations), r.Affectations[i])
		faux(x, e)
		for _, a := range e.Attendus { // the same cents, for another receipt
			if a.Ref != r.Affectations[i].Attendu {
				x.Affectations = slices.Clone(r.Affectations)
				x.Affectations[i].Attendu = a.Ref
				faux(x, e)
			}
		}
	}
	for i := range e.Attendus {
		f := e
		f.Attendus = slices.Delete(slices.Clone(e.Attendus), i, i+1)
		faux(*r, f)
		f.Attendus = append(slices.Clone(e.Attendus), e.Attendus[i])
		f.Attendus[len(e.Attendus)].Ref = "double"
		faux(*r, f)
	}
	for i := range e.Releves[0].Lignes {
		ls := e.Releves[0].Lignes
		f := e
		f.Releves = []rapprochement.Releve{releve("R", slices.Delete(slices.Clone(ls), i, i+1)...)}
		faux(*r, f)
		double := ls[i]
		double.Numero = 99
		f.Releves = []rapprochement.Releve{releve("R", append(slices.Clone(ls), double)...)}
		faux(*r, f)
	}
	// The totals alone do not hold either.
	for etat, total := range r.Bilan.Par {
		x := *r
		x.Bilan.Par = map[rapprochement.Etat]rapprochement.Total{}
		for e, t := range r.Bilan.Par {
			x.Bilan.Par[e] = t
		}
		total.Montant++
		x.Bilan.Par[etat] = total
		faux(x, e)
		assert.NotEmpty(t, x.Bilan.Verifie())
	}
}
