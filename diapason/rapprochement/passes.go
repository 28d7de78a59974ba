package rapprochement

import (
	"cmp"
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/moyens"
)

// cle is what a pass compares; the zero value is no key.
type cle struct {
	a, b    string
	montant simphonie.Montant
}

// mode is what a key proves.
type mode uint8

const (
	nomme       mode = iota // the key names the debt: any amount of a line is for it
	avecMontant             // the key names a source of payments: the amount must agree
	somme                   // the key names a lot: only its total proves
)

// passe matches by one key.
type passe struct {
	regle     *simphonie.Regle
	mode      mode
	fenetre   bool // the key may come again later: days must be close
	deLigne   func(*Ligne) cle
	deAttendu func(*Attendu) []cle
}

// seule is the pass of a key that both sides hold among their Cles.
func seule(r *simphonie.Regle, m mode, fenetre bool, k func(*Cles) cle) passe {
	return passe{r, m, fenetre, func(l *Ligne) cle { return k(&l.Cles) }, func(a *Attendu) []cle { return []cle{k(&a.Cles)} }}
}

// passes come from the key that names one payment to the one that names a lot.
var passes = []passe{
	seule(&parOperation, nomme, false, func(c *Cles) cle { return cle{a: c.Operation} }),
	{&parAutorisation, nomme, true,
		func(l *Ligne) cle { return autorisation(&l.Cles, l.brut()) },
		func(a *Attendu) []cle { return []cle{autorisation(&a.Cles, a.Montant)} }},
	seule(&parTitre, nomme, false, func(c *Cles) cle { return cle{a: string(c.Titre.Court())} }),
	seule(&parReference, nomme, false, func(c *Cles) cle { return cle{a: c.Reference} }),
	{&parFacture, nomme, false, func(l *Ligne) cle { return cle{a: l.Facture} }, factures},
	seule(&parAccord, avecMontant, true, func(c *Cles) cle { return cle{a: c.Accord} }),
	seule(&parRemise, somme, true, remise),
}

// autorisation numbers come again: they count within a contract, an amount and
// close days.
func autorisation(c *Cles, m simphonie.Montant) cle {
	if c.Autorisation == "" {
		return cle{}
	}
	return cle{c.Autorisation, c.Contrat, m}
}

func remise(c *Cles) cle {
	if c.Remise == "" {
		return cle{}
	}
	return cle{a: c.Remise, b: c.Contrat}
}

func factures(a *Attendu) []cle {
	fs := a.Factures
	if len(fs) > 1 {
		fs = slices.Compact(slices.Sorted(slices.Values(fs)))
	}
	ks := make([]cle, 0, len(fs))
	for _, f := range fs {
		ks = append(ks, cle{a: f})
	}
	return ks
}

// groupe is the lines and receipts of a key.
type groupe struct{ ls, as []int32 }

// parCles runs the passes on the lines that bring money.
func (m *moteur) parCles() {
	clear(m.choix)
	clear(m.engage)
	clear(m.nommes)
	for i := range passes {
		p := &passes[i]
		rangs := map[cle]int{}
		var gs []groupe
		for l := range m.ls {
			k := p.deLigne(&m.ls[l].Ligne)
			if k == (cle{}) || m.prise[l] || m.ls[l].Nature != Encaissement {
				continue
			}
			r, vu := rangs[k]
			if !vu {
				r = len(gs)
				rangs[k] = r
				gs = append(gs, groupe{})
			}
			gs[r].ls = append(gs[r].ls, int32(l))
		}
		if len(gs) == 0 {
			continue
		}
		for a := range m.as {
			for _, k := range p.deAttendu(&m.as[a]) {
				if r, vu := rangs[k]; vu && k != (cle{}) {
					gs[r].as = append(gs[r].as, int32(a))
				}
			}
		}
		for _, g := range gs {
			if p.fenetre {
				m.composantes(g, p)
			} else if len(g.as) > 0 {
				m.groupe(g, p)
			}
		}
	}
}

// composantes cuts a group where days are too far from one another.
func (m *moteur) composantes(g groupe, p *passe) {
	slices.SortStableFunc(g.ls, func(x, y int32) int { return parJour(m.ls[x].Le, m.ls[y].Le) })
	slices.SortStableFunc(g.as, func(x, y int32) int { return parJour(m.as[x].Le, m.as[y].Le) })
	for i := 0; i < len(g.ls); {
		lo, hi := m.attendusVoisins(g.as, g.ls[i])
		j := i + 1
		for ; j < len(g.ls); j++ {
			lo2, hi2 := m.attendusVoisins(g.as, g.ls[j])
			if lo2 >= hi {
				break
			}
			hi = hi2
		}
		if lo < hi {
			m.groupe(groupe{g.ls[i:j], g.as[lo:hi]}, p)
		}
		i = j
	}
}

// attendusVoisins gives the range of receipts, ordered by day, close to a line.
func (m *moteur) attendusVoisins(as []int32, l int32) (lo, hi int) {
	jour := m.ls[l].Le
	borne := func(j simphonie.Jour) int {
		i, _ := slices.BinarySearchFunc(as, j, func(a int32, j simphonie.Jour) int { return parJour(m.as[a].Le, j) })
		return i
	}
	return borne(jour.AddDays(-m.fenetre.Apres)), borne(jour.AddDays(m.fenetre.Avant + 1))
}

// groupe matches the lines and the receipts of one key, or leaves them to a person.
func (m *moteur) groupe(g groupe, p *passe) {
	if len(g.as) == 1 && p.mode == nomme {
		ailleurs := m.ailleurs(g.as)
		for _, l := range g.ls {
			if m.contredit(l, g.as[0]) || ailleurs(l) {
				m.doute(groupe{[]int32{l}, g.as}, &choixContredit, 0)
			} else {
				m.affecte(l, g.as[0], m.libre[l], p.regle)
			}
		}
		return
	}
	ouverts := slices.DeleteFunc(slices.Clone(g.as), func(a int32) bool { return m.reste[a] == 0 })
	if len(ouverts) == 0 {
		m.doute(g, &choixPlusieurs, 0)
		return
	}
	if m.discordant(groupe{g.ls, ouverts}) || slices.ContainsFunc(g.ls, m.ailleurs(ouverts)) {
		m.doute(groupe{g.ls, ouverts}, &choixContredit, 0)
		return
	}
	ecart := total(g.ls, m.libre) - total(ouverts, m.reste)
	if ecart == 0 {
		m.repartit(groupe{g.ls, ouverts}, p.regle)
		return
	}
	reste := groupe{g.ls, ouverts}
	if p.mode != somme {
		reste = m.montantsUniques(reste, p.regle)
	}
	if len(reste.as) == 0 { // all are settled: the key names them still
		reste.as = g.as
	}
	if len(reste.as) == 1 || p.mode == somme {
		m.doute(reste, &choixMontant, total(reste.ls, m.libre)-total(reste.as, m.reste))
	} else {
		m.doute(reste, &choixPlusieurs, 0)
	}
}

func total(is []int32, de []simphonie.Montant) (t simphonie.Montant) {
	for _, i := range is {
		t += de[i]
	}
	return t
}

// ailleurs tells whether a stronger key has named other receipts for a line: a
// weaker one may only choose among those. Lines of one group share their list,
// which is compared once.
func (m *moteur) ailleurs(as []int32) func(l int32) bool {
	vus := map[*[]int32]bool{}
	return func(l int32) bool {
		nommes := m.nommes[l]
		if nommes == nil {
			return false
		}
		hors, vu := vus[nommes]
		if !vu {
			hors = len(as) > len(*nommes) || slices.ContainsFunc(as, func(a int32) bool { return !contient(*nommes, a) })
			vus[nommes] = hors
		}
		return hors
	}
}

// contient looks in ordered places.
func contient(as []int32, a int32) bool {
	_, ok := slices.BinarySearch(as, a)
	return ok
}

// doute leaves lines to a person. A receipt that may be theirs is matched by no
// weaker rule, unless a person has already said that it is not theirs.
func (m *moteur) doute(g groupe, r *simphonie.Regle, ecart simphonie.Montant) {
	as := slices.Sorted(slices.Values(g.as))
	montres, ailleurs := m.noms(as), m.ailleurs(as)
	for _, l := range g.ls {
		siens := &as
		if len(m.detacheDe[l]) > 0 {
			restent := slices.DeleteFunc(slices.Clone(as), func(a int32) bool { return m.detachees[[2]int32{l, a}] })
			siens = &restent
		}
		switch {
		case ailleurs(l): // two keys name different receipts: no other one decides
			refs := append(slices.Clone(m.choix[l].Attendus), montres...)
			slices.Sort(refs)
			refs = slices.Compact(refs)
			n := m.choix[l].Candidats + len(as)
			if n <= choixMontres {
				n = len(refs)
			}
			m.laisse(l, refs[:min(len(refs), choixMontres)], n, &choixContredit, 0)
			m.nommes[l] = &[]int32{}
		case len(*siens) > 0:
			m.laisse(l, montres, len(as), r, ecart)
			m.nommes[l] = siens
		default:
			m.laisse(l, montres, len(as), r, ecart)
		}
	}
	if len(g.ls) == 1 && len(as) == 1 && m.detachees[[2]int32{g.ls[0], as[0]}] {
		return
	}
	if len(g.ls) > 0 {
		for _, a := range as {
			m.engage[a] = true
		}
	}
}

// repartit gives all the lines to all the receipts, whose totals are equal:
// equal amounts together, else in order.
func (m *moteur) repartit(g groupe, r *simphonie.Regle) {
	slices.SortFunc(g.ls, func(x, y int32) int {
		return cmp.Or(cmp.Compare(m.libre[x], m.libre[y]), parJour(m.ls[x].Le, m.ls[y].Le), cmp.Compare(x, y))
	})
	slices.SortFunc(g.as, func(x, y int32) int {
		return cmp.Or(cmp.Compare(m.reste[x], m.reste[y]), parJour(m.as[x].Le, m.as[y].Le), cmp.Compare(x, y))
	})
	for i, j := 0, 0; i < len(g.ls) && j < len(g.as); {
		l, a := g.ls[i], g.as[j]
		m.affecte(l, a, min(m.libre[l], m.reste[a]), r)
		if m.libre[l] == 0 {
			i++
		}
		if m.reste[a] == 0 {
			j++
		}
	}
}

// montantsUniques matches the amounts that one line and one receipt have, and
// gives what is left.
func (m *moteur) montantsUniques(g groupe, r *simphonie.Regle) groupe {
	nl, na := map[simphonie.Montant]int{}, map[simphonie.Montant]int32{}
	for _, l := range g.ls {
		nl[m.libre[l]]++
	}
	for _, a := range g.as {
		if _, vu := na[m.reste[a]]; vu {
			na[m.reste[a]] = -1
		} else {
			na[m.reste[a]] = a
		}
	}
	var reste groupe
	for _, l := range g.ls {
		v := m.libre[l]
		if a, vu := na[v]; vu && a >= 0 && nl[v] == 1 {
			m.affecte(l, a, v, r)
		} else {
			reste.ls = append(reste.ls, l)
		}
	}
	reste.as = slices.DeleteFunc(g.as, func(a int32) bool { return m.reste[a] == 0 })
	return reste
}

// valeurs is the values that a key takes on one side: none, one or several.
type valeurs struct {
	v         string
	plusieurs bool
}

func (x *valeurs) ajoute(v string) {
	if v != "" && x.v != "" && x.v != v {
		x.plusieurs = true
	}
	if v != "" {
		x.v = v
	}
}

func (x valeurs) contredit(y valeurs) bool {
	return x.v != "" && y.v != "" && (x.plusieurs || y.plusieurs || x.v != y.v)
}

// discordant says that some line of a group may not be of some receipt of it.
// It looks at each item once.
func (m *moteur) discordant(g groupe) bool {
	const nombre = 9 // keys, titre short and long, modality
	var xs, ys [nombre]valeurs
	ajoute := func(vs *[nombre]valeurs, c *Cles, mod moyens.Modalite) {
		for i, x := range c.champs() {
			vs[i].ajoute(*x.v)
		}
		vs[6].ajoute(string(c.Titre.Court()))
		if c.Titre.Complement() != "" {
			vs[7].ajoute(string(c.Titre))
		}
		vs[8].ajoute(string(mod))
	}
	var facture valeurs
	for _, l := range g.ls {
		ajoute(&xs, &m.ls[l].Cles, m.ls[l].Modalite)
		facture.ajoute(m.ls[l].Facture)
	}
	for _, a := range g.as {
		ajoute(&ys, &m.as[a].Cles, m.as[a].modalite())
		if fs := m.as[a].Factures; facture.v != "" && len(fs) > 0 && (facture.plusieurs || !slices.Contains(fs, facture.v)) {
			return true
		}
	}
	for i := range xs {
		if xs[i].contredit(ys[i]) {
			return true
		}
	}
	return m.detaches(g)
}

// detaches says that a person kept a line of the group from a receipt of it.
func (m *moteur) detaches(g groupe) bool {
	if len(m.detachees) == 0 {
		return false
	}
	as := slices.Sorted(slices.Values(g.as))
	for _, l := range g.ls {
		if slices.ContainsFunc(m.detacheDe[l], func(a int32) bool { return contient(as, a) }) {
			return true
		}
	}
	return false
}
