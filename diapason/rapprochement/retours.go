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
	recus := m.recus()
	slices.SortFunc(ls, func(x, y int32) int { return cmp.Or(parJour(m.ls[x].Le, m.ls[y].Le), cmp.Compare(x, y)) })
	index := make([]map[cle][]int32, len(passes))
	for _, l := range ls {
		m.retour(l, recus, index)
	}
}

// recu is what a receipt has on it, and since when.
type recu struct {
	montant simphonie.Montant
	depuis  simphonie.Jour
}

// recus adds up what the matches have brought and taken back.
func (m *moteur) recus() []recu {
	rs := make([]recu, len(m.as))
	for _, f := range m.affs {
		r, l := &rs[f.a], &m.ls[f.l]
		if l.Nature != Encaissement {
			r.montant -= f.montant
			continue
		}
		r.montant += f.montant
		if r.depuis.IsZero() || l.Le.Before(r.depuis) {
			r.depuis = l.Le
		}
	}
	return rs
}

// retour tries the keys of a line, the strongest first. A lot names no payment.
func (m *moteur) retour(l int32, recus []recu, index []map[cle][]int32) {
	vu, trop, plus := false, false, 0
	var candidats []int32
	for i := range passes {
		p := &passes[i]
		k := p.deLigne(&m.ls[l].Ligne)
		if p.mode == somme || k == (cle{}) {
			continue
		}
		if index[i] == nil {
			index[i] = m.indexe(p)
		}
		as := index[i][k]
		vu = vu || len(as) > 0
		if len(as) > candidatsMax {
			trop, plus = true, max(plus, len(as))
			continue
		}
		possibles := m.rendables(l, as, recus, m.libre[l])
		if len(possibles) == 0 && p.mode == nomme && len(as) == 1 && !m.contredit(l, as[0]) {
			break // the key names the debt, which has not received that much
		}
		if len(possibles) > 1 { // the same amount tells them apart, when one alone has it
			memes := slices.DeleteFunc(slices.Clone(possibles), func(a int32) bool { return recus[a].montant != m.libre[l] })
			if len(memes) == 1 {
				possibles = memes
			}
		}
		if len(possibles) == 1 {
			a := possibles[0]
			recus[a].montant -= m.libre[l]
			m.affecte(l, a, m.libre[l], p.regle)
			return
		}
		candidats = append(candidats, possibles...)
	}
	slices.Sort(candidats)
	candidats = slices.Compact(candidats)
	switch {
	case len(candidats) > 0:
		m.laisse(l, m.noms(candidats), len(candidats), &choixPlusieurs, 0)
	case trop:
		m.laisse(l, nil, plus, &choixTrop, 0)
	case vu:
		m.laisse(l, nil, 0, &choixSansRecu, 0)
	}
}

// rendables keeps the receipts that have received that much before the line.
func (m *moteur) rendables(l int32, as []int32, recus []recu, montant simphonie.Montant) []int32 {
	var ok []int32
	for _, a := range as {
		r := recus[a]
		if r.montant >= montant && !r.depuis.IsZero() && !r.depuis.After(m.ls[l].Le) && !m.contredit(l, a) {
			ok = append(ok, a)
		}
	}
	return ok
}

// indexe gives the receipts by the key of a pass.
func (m *moteur) indexe(p *passe) map[cle][]int32 {
	x := map[cle][]int32{}
	for a := range m.as {
		for _, k := range p.deAttendu(&m.as[a]) {
			if k != (cle{}) {
				x[k] = append(x[k], int32(a))
			}
		}
	}
	return x
}
