package rapprochement

import (
	"slices"

	"github.com/simphonie/simphonie"
)

// parContrat is places ordered by day, by merchant contract; "" for those that
// name none, and all of them apart.
type parContrat struct {
	contrats map[string][]int32
	tous     []int32
}

func (p *parContrat) ajoute(contrat string, i int32) {
	if p.contrats == nil {
		p.contrats = map[string][]int32{}
	}
	p.contrats[contrat] = append(p.contrats[contrat], i)
	p.tous = append(p.tous, i)
}

// listes gives those that a contract does not exclude.
func (p *parContrat) listes(contrat string) [2][]int32 {
	if contrat == "" {
		return [2][]int32{p.tous}
	}
	return [2][]int32{p.contrats[contrat], p.contrats[""]}
}

// cotes is the lines and the receipts of one amount.
type cotes struct{ ls, as parContrat }

// parMontantDate matches a line and a receipt of the same amount and of close
// days when each is the only one for the other. A line that a key has already
// left to a person stays with that person, and so do its receipts; but they are
// candidates for the others all the same, and so is what a payment left unpaid.
func (m *moteur) parMontantDate() {
	libres := m.places(len(m.ls), func(l int) bool {
		return !m.prise[l] && m.nommes[l] == nil && m.ls[l].Nature == Encaissement
	}, func(l int32) simphonie.Jour { return m.ls[l].Le })
	ouverts := m.places(len(m.as), func(a int) bool {
		return m.reste[a] > 0
	}, func(a int32) simphonie.Jour { return m.as[a].Le })

	montants := make(map[simphonie.Montant]*cotes)
	for _, l := range libres {
		c := montants[m.libre[l]]
		if c == nil {
			c = &cotes{}
			montants[m.libre[l]] = c
		}
		c.ls.ajoute(m.ls[l].Cles.Contrat, l)
	}
	for _, a := range ouverts {
		if c := montants[m.reste[a]]; c != nil {
			c.as.ajoute(m.as[a].Cles.Contrat, a)
		}
	}
	var trouves [][2]int32 // line, receipt
	for _, l := range libres {
		if _, laissee := m.choix[l]; laissee {
			continue
		}
		c := montants[m.libre[l]]
		as, n := m.candidats(l, &c.as)
		switch {
		case n > candidatsMax:
			m.laisse(l, nil, n, &choixTrop, 0)
		case n == 1 && (m.engage[as[0]] || m.reste[as[0]] < m.as[as[0]].Montant):
			// It waits for another line, or has had one.
		case n == 1 && m.seuleLigne(as[0], &c.ls):
			trouves = append(trouves, [2]int32{l, as[0]})
		case n > 0:
			slices.Sort(as)
			m.laisse(l, m.noms(as), n, &choixPlusieurs, 0)
		}
	}
	for _, p := range trouves {
		m.affecte(p[0], p[1], m.libre[p[0]], &parMontantDate)
	}
}

// places lists the places that a condition keeps, by day.
func (m *moteur) places(n int, garde func(int) bool, jour func(int32) simphonie.Jour) []int32 {
	var is []int32
	for i := range n {
		if garde(i) {
			is = append(is, int32(i))
		}
	}
	slices.SortStableFunc(is, func(x, y int32) int { return parJour(jour(x), jour(y)) })
	return is
}

// candidats gives the receipts that a line may pay, and how many are close
// when they are too many to be compared one by one.
func (m *moteur) candidats(l int32, as *parContrat) ([]int32, int) {
	var proches []int32
	n := 0
	for _, liste := range as.listes(m.ls[l].Cles.Contrat) {
		lo, hi := m.attendusVoisins(liste, l)
		n += hi - lo
		proches = append(proches, liste[lo:min(hi, lo+candidatsMax)]...)
	}
	if n > candidatsMax {
		return nil, n
	}
	proches = slices.DeleteFunc(proches, func(a int32) bool { return m.contredit(l, a) })
	return proches, len(proches)
}

// seuleLigne says that a receipt has no other line of its amount.
func (m *moteur) seuleLigne(a int32, ls *parContrat) bool {
	n, examinees := 0, 0
	jour := m.as[a].Le
	for _, liste := range ls.listes(m.as[a].Cles.Contrat) {
		lo, _ := slices.BinarySearchFunc(liste, jour.AddDays(-m.fenetre.Avant), func(l int32, j simphonie.Jour) int { return parJour(m.ls[l].Le, j) })
		for ; lo < len(liste) && m.voisins(liste[lo], a); lo++ {
			if examinees++; examinees > candidatsMax {
				return false
			}
			if !m.contredit(liste[lo], a) {
				n++
			}
		}
	}
	return n == 1
}
