package rapprochement

import (
	"cmp"
	"slices"

	"github.com/simphonie/simphonie"
)

// retours matches the lines that take money back to the receipt that had
// received it. Only keys do so, never an amount and a day alone: a debt would
// be opened again on a guess.
func (m *moteur) retours() {
	var ls []int32
	for l := range m.ls {
		if n := m.ls[l].Nature; !m.prise[l] && (n == Rejet || n == Contestation || n == Remboursement) {
			ls = append(ls, int32(l))
		}
	}
	slices.SortFunc(ls, func(x, y int32) int { return cmp.Or(parJour(m.ls[x].Le, m.ls[y].Le), cmp.Compare(x, y)) })
	recus, entrees := m.recus()
	index := make([]map[cle][]int32, len(passes))
	for _, l := range ls {
		for ; len(entrees) > 0 && !m.ls[entrees[0].l].Le.After(m.ls[l].Le); entrees = entrees[1:] {
			recus[entrees[0].a] += entrees[0].montant
		}
		m.retour(l, recus, index)
	}
}

// recus gives what was taken back from each receipt, whenever it was, and what
// was brought, by day.
func (m *moteur) recus() ([]simphonie.Montant, []affectation) {
	recus := make([]simphonie.Montant, len(m.as))
	var entrees []affectation
	for _, f := range m.affs {
		if m.ls[f.l].Nature == Encaissement {
			entrees = append(entrees, f)
		} else {
			recus[f.a] -= f.montant
		}
	}
	slices.SortStableFunc(entrees, func(x, y affectation) int { return parJour(m.ls[x.l].Le, m.ls[y.l].Le) })
	return recus, entrees
}

// retour tries the keys of a line, the strongest first; a weaker one may only
// choose among the receipts of a stronger one. A lot names no payment, and a key
// that comes again wants the whole amount. What was received is what had come
// on the day of the line.
func (m *moteur) retour(l int32, recus []simphonie.Montant, index []map[cle][]int32) {
	montant := m.libre[l]
	var nommes [][]int32 // by the keys tried
	var candidats, cites []int32
	trop, contraires := 0, false
	for i := range passes {
		p := &passes[i]
		k := p.deLigne(&m.ls[l].Ligne)
		if p.mode == somme || k == (cle{}) {
			continue
		}
		entier := p.mode == avecMontant || k.montant != 0
		k.montant = 0
		if index[i] == nil {
			index[i] = m.indexe(p)
		}
		as := index[i][k]
		if len(as) > candidatsMax {
			trop = max(trop, len(as))
			nommes = append(nommes, as)
			continue
		}
		as = slices.DeleteFunc(slices.Clone(as), func(a int32) bool { return m.detachees[[2]int32{l, a}] })
		siens := slices.DeleteFunc(slices.Clone(as), func(a int32) bool { return entier && m.as[a].Montant != montant })
		ailleurs := func(a int32) bool {
			return slices.ContainsFunc(nommes, func(as []int32) bool { return !contient(as, a) })
		}
		contraires = contraires || slices.ContainsFunc(siens, func(a int32) bool { return ailleurs(a) || m.contredit(l, a) })
		rendable := func(a int32) bool { return recus[a] >= montant && !ailleurs(a) && !m.contredit(l, a) }
		possibles := slices.DeleteFunc(slices.Clone(siens), func(a int32) bool { return !rendable(a) })
		if len(possibles) > 1 { // the same amount tells them apart, when one alone has it
			memes := slices.DeleteFunc(slices.Clone(possibles), func(a int32) bool { return recus[a] != montant })
			if len(memes) == 1 {
				possibles = memes
			}
		}
		if len(possibles) == 1 {
			recus[possibles[0]] -= montant
			m.affecte(l, possibles[0], montant, p.regle)
			return
		}
		candidats = append(candidats, slices.DeleteFunc(as, func(a int32) bool { return !rendable(a) })...)
		if len(siens) > 0 {
			nommes, cites = append(nommes, siens), append(cites, siens...)
		}
	}
	if contraires {
		candidats = cites
	}
	slices.Sort(candidats)
	candidats = slices.Compact(candidats)
	switch {
	case contraires:
		m.laisse(l, m.noms(candidats), len(candidats), &choixContredit, 0)
	case len(candidats) == 1:
		m.laisse(l, m.noms(candidats), 1, &choixMontant, montant-recus[candidats[0]])
	case len(candidats) > 0:
		m.laisse(l, m.noms(candidats), len(candidats), &choixPlusieurs, 0)
	case trop > 0:
		m.laisse(l, nil, trop, &choixTrop, 0)
	case len(nommes) > 0:
		m.laisse(l, nil, 0, &choixSansRecu, 0)
	}
}

// indexe gives the receipts by the key of a pass, whatever their amount.
func (m *moteur) indexe(p *passe) map[cle][]int32 {
	x := map[cle][]int32{}
	for a := range m.as {
		for _, k := range p.deAttendu(&m.as[a]) {
			if k != (cle{}) {
				k.montant = 0
				x[k] = append(x[k], int32(a))
			}
		}
	}
	return x
}
