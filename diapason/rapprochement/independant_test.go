package rapprochement_test

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/rapprochement"
)

// naif is a second writing of the rules for lines that bring money: it compares
// every line to every receipt and shares no code with the package.
type naif struct {
	f     rapprochement.Fenetre
	as    []rapprochement.Attendu
	ls    []rapprochement.Ligne
	libre []simphonie.Montant
	reste []simphonie.Montant
	prise []bool
	tenu  []bool         // receipts of a key that did not decide
	nomme []map[int]bool // by line: the receipts of such a key
	recu  map[string]simphonie.Montant
}

func (n *naif) brut(l int) simphonie.Montant { return n.ls[l].Montant + n.ls[l].Commission }

func (n *naif) pres(l, a int) bool {
	d := n.ls[l].Le.DaysSince(n.as[a].Le)
	return -n.f.Avant <= d && d <= n.f.Apres
}

func (n *naif) contraire(l, a int) bool {
	x, y := n.ls[l], n.as[a]
	for _, p := range [][2]string{{x.Cles.Contrat, y.Cles.Contrat}, {x.Cles.Remise, y.Cles.Remise}, {x.Cles.Autorisation, y.Cles.Autorisation},
		{x.Cles.Reference, y.Cles.Reference}, {x.Cles.Operation, y.Cles.Operation}, {x.Cles.Accord, y.Cles.Accord}, {string(x.Cles.Titre), string(y.Cles.Titre)}} {
		if p[0] != "" && p[1] != "" && p[0] != p[1] {
			return true
		}
	}
	return x.Facture != "" && len(y.Factures) > 0 && !slices.Contains(y.Factures, x.Facture)
}

// regles: name, whether the key of a line and of a receipt agree, whether days
// count, and what the key proves (n: names, m: with the amount, s: the sum).
func (n *naif) regles() []struct {
	pareil func(l, a int) bool
	cle    func(l int) string
	jours  bool
	preuve byte
} {
	meme := func(x, y string) bool { return x != "" && x == y }
	type r = struct {
		pareil func(l, a int) bool
		cle    func(l int) string
		jours  bool
		preuve byte
	}
	c := func(l int) rapprochement.Cles { return n.ls[l].Cles }
	d := func(a int) rapprochement.Cles { return n.as[a].Cles }
	return []r{
		{func(l, a int) bool { return meme(c(l).Operation, d(a).Operation) }, func(l int) string { return c(l).Operation }, false, 'n'},
		{func(l, a int) bool {
			return meme(c(l).Autorisation, d(a).Autorisation) && c(l).Contrat == d(a).Contrat && n.brut(l) == n.as[a].Montant
		}, func(l int) string { return fmt.Sprint(c(l).Autorisation, "/", c(l).Contrat, "/", n.brut(l)) }, true, 'n'},
		{func(l, a int) bool { return meme(string(c(l).Titre), string(d(a).Titre)) }, func(l int) string { return string(c(l).Titre) }, false, 'n'},
		{func(l, a int) bool { return meme(c(l).Reference, d(a).Reference) }, func(l int) string { return c(l).Reference }, false, 'n'},
		{func(l, a int) bool {
			return n.ls[l].Facture != "" && slices.Contains(n.as[a].Factures, n.ls[l].Facture)
		}, func(l int) string { return n.ls[l].Facture }, false, 'n'},
		{func(l, a int) bool { return meme(c(l).Accord, d(a).Accord) }, func(l int) string { return c(l).Accord }, true, 'm'},
		{func(l, a int) bool { return meme(c(l).Remise, d(a).Remise) && c(l).Contrat == d(a).Contrat }, func(l int) string { return c(l).Remise + "/" + c(l).Contrat }, true, 's'},
	}
}

func (n *naif) donne(l, a int, m simphonie.Montant) {
	n.prise[l] = true
	n.libre[l] -= m
	n.reste[a] = max(0, n.reste[a]-m)
	n.recu[n.as[a].Ref] += m
}

func (n *naif) tour() (bouge bool) {
	clear(n.tenu)
	clear(n.nomme)
	for _, r := range n.regles() {
		faites := map[int]bool{}
		cles := []string{}
		for l := range n.ls {
			if !slices.Contains(cles, r.cle(l)) {
				cles = append(cles, r.cle(l))
			}
		}
		for _, cle := range cles {
			for l := range n.ls {
				if n.prise[l] || faites[l] || r.cle(l) != cle {
					continue
				}
				// The lines and receipts that a chain of equal keys joins to l.
				ls, as := map[int]bool{l: true}, map[int]bool{}
				for encore := true; encore; {
					avant := len(ls) + len(as)
					for i := range n.ls {
						for a := range n.as {
							if n.prise[i] || r.cle(i) != cle || !r.pareil(i, a) || r.jours && !n.pres(i, a) {
								continue
							}
							if ls[i] {
								as[a] = true
							}
							if as[a] {
								ls[i] = true
							}
						}
					}
					encore = len(ls)+len(as) > avant
				}
				for i := range ls {
					faites[i] = true
				}
				if len(as) > 0 {
					bouge = n.tranche(slices.Sorted(maps.Keys(ls)), slices.Sorted(maps.Keys(as)), r.preuve) || bouge
				}
			}
		}
	}
	return bouge
}

func (n *naif) tranche(ls, as []int, preuve byte) (bouge bool) {
	// A stronger key has named other receipts for the line.
	ailleurs := func(l int) bool {
		return n.nomme[l] != nil && slices.ContainsFunc(as, func(a int) bool { return !n.nomme[l][a] })
	}
	laisse := func(ls, as []int) {
		for _, l := range ls {
			nommes := map[int]bool{}
			for _, a := range as {
				n.tenu[a] = true
				nommes[a] = n.nomme[l] == nil || n.nomme[l][a]
			}
			if slices.ContainsFunc(as, func(a int) bool { return !nommes[a] }) {
				clear(nommes)
			}
			n.nomme[l] = nommes
		}
	}
	if len(as) == 1 && preuve == 'n' {
		for _, l := range ls {
			if n.contraire(l, as[0]) || ailleurs(l) {
				laisse([]int{l}, as)
			} else {
				n.donne(l, as[0], n.libre[l])
				bouge = true
			}
		}
		return bouge
	}
	as0 := as
	as = slices.DeleteFunc(slices.Clone(as), func(a int) bool { return n.reste[a] == 0 })
	if len(as) == 0 {
		laisse(ls, as0)
		return false
	}
	var sl, sa simphonie.Montant
	if slices.ContainsFunc(ls, ailleurs) {
		laisse(ls, as)
		return false
	}
	for _, l := range ls {
		sl += n.libre[l]
		for _, a := range as {
			if n.contraire(l, a) {
				laisse(ls, as)
				return false
			}
		}
	}
	for _, a := range as {
		sa += n.reste[a]
	}
	if sl == sa {
		for _, a := range as {
			n.recu[n.as[a].Ref] += n.reste[a]
			n.reste[a] = 0
		}
		for _, l := range ls {
			n.libre[l], n.prise[l] = 0, true
		}
		return true
	}
	if preuve != 's' {
		compte := func(is []int, de []simphonie.Montant, m simphonie.Montant) (k int) {
			for _, i := range is {
				if de[i] == m {
					k++
				}
			}
			return k
		}
		libres, restes := slices.Clone(n.libre), slices.Clone(n.reste)
		for _, l := range slices.Clone(ls) {
			for _, a := range slices.Clone(as) {
				if m := libres[l]; restes[a] == m && compte(ls, libres, m) == 1 && compte(as, restes, m) == 1 && !n.prise[l] {
					n.donne(l, a, m)
					bouge = true
				}
			}
		}
	}
	ls = slices.DeleteFunc(slices.Clone(ls), func(l int) bool { return n.prise[l] })
	as = slices.DeleteFunc(slices.Clone(as), func(a int) bool { return n.reste[a] == 0 })
	if len(as) == 0 {
		as = as0
	}
	laisse(ls, as)
	return bouge
}

func (n *naif) montantDate() {
	possible := func(l, a int) bool {
		return !n.prise[l] && n.nomme[l] == nil && n.libre[l] == n.reste[a] && n.pres(l, a) && !n.contraire(l, a)
	}
	var paires [][2]int
	for l := range n.ls {
		for a := range n.as {
			if !possible(l, a) {
				continue
			}
			seuls := !n.tenu[a] && n.reste[a] == n.as[a].Montant
			for i := range n.ls {
				seuls = seuls && (i == l || !possible(i, a))
			}
			for i := range n.as {
				seuls = seuls && (i == a || !possible(l, i))
			}
			if seuls {
				paires = append(paires, [2]int{l, a})
			}
		}
	}
	for _, p := range paires {
		n.donne(p[0], p[1], n.libre[p[0]])
	}
}

// Both writings settle the same receipts for the same amounts, and leave the
// same lines to a person.
func TestDeuxiemeEcriture(t *testing.T) {
	cas := combien()
	apparies := 0
	for graine := range cas {
		e := auHasard(rand.New(rand.NewPCG(uint64(graine), 11)))
		e.Decisions = nil
		e.Releves[0].Lignes = slices.DeleteFunc(e.Releves[0].Lignes, func(l rapprochement.Ligne) bool { return l.Nature != rapprochement.Encaissement })
		r := rapproche(t, e)
		n := naif{f: e.Fenetre, as: e.Attendus, ls: e.Releves[0].Lignes, recu: map[string]simphonie.Montant{}}
		slices.SortFunc(n.ls, func(x, y rapprochement.Ligne) int { return cmp.Compare(x.Numero, y.Numero) })
		n.prise, n.tenu, n.nomme = make([]bool, len(n.ls)), make([]bool, len(n.as)), make([]map[int]bool, len(n.ls))
		for l := range n.ls {
			n.libre = append(n.libre, n.brut(l))
		}
		for a := range n.as {
			n.reste = append(n.reste, n.as[a].Montant)
		}
		for n.tour() {
		}
		n.montantDate()
		recu, prises := map[string]simphonie.Montant{}, make([]bool, len(n.ls))
		for _, f := range r.Affectations {
			recu[f.Attendu] += f.Montant
			for l := range n.ls {
				prises[l] = prises[l] || n.ls[l].Numero == f.Ligne.Numero
			}
		}
		apparies += len(r.Affectations)
		require.Equal(t, n.recu, recu, "seed %d", graine)
		require.Equal(t, n.prise, prises, "seed %d", graine)
	}
	require.Greater(t, apparies, cas/2)
}
