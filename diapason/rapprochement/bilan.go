package rapprochement

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"github.com/simphonie/simphonie"
)

// Total is a number of items and their sum.
type Total struct {
	Nombre  int               `json:"nombre"`
	Montant simphonie.Montant `json:"montant"`
}

func (t *Total) ajoute(m simphonie.Montant) { t.Nombre, t.Montant = t.Nombre+1, t.Montant+m }

// Bilan is the two sides and the buckets. Each is the sum of its own items;
// none is what the others leave.
type Bilan struct {
	Attendus Total          `json:"attendus"` // the receipts
	Lignes   Total          `json:"lignes"`   // the movements of the statements, each once
	Par      map[Etat]Total `json:"par"`      // the items, by state
}

// Resultat is a reconciliation.
type Resultat struct {
	Affectations []Affectation // keep them: they are the Acquises of the next time
	Postes       []Poste
	Choix        []Choix // lines that a person must match
	Anomalies    simphonie.Anomalies
	Bilan        Bilan
}

// Ouvert is an open item and its age in days.
type Ouvert struct {
	Poste
	Age int `json:"age"`
}

// Ouverts lists the items of a state that somebody waits for, the oldest first.
func (r *Resultat) Ouverts(e Etat, au simphonie.Jour) []Ouvert {
	var os []Ouvert
	if r == nil || !e.Ouvert() {
		return nil
	}
	for _, p := range r.Postes {
		if p.Etat == e {
			os = append(os, Ouvert{p, au.DaysSince(p.Depuis)})
		}
	}
	slices.SortStableFunc(os, func(a, b Ouvert) int { return cmp.Compare(b.Age, a.Age) })
	return os
}

// resultat plays every receipt and gathers the items.
func (m *moteur) resultat() *Resultat {
	slices.SortStableFunc(m.affs, func(x, y affectation) int { return cmp.Or(cmp.Compare(x.l, y.l), cmp.Compare(x.a, y.a)) })
	mvts := make([][]mouvement, len(m.as))
	r := &Resultat{Affectations: make([]Affectation, 0, len(m.affs)), Postes: make([]Poste, 0, len(m.as)+len(m.ls))}
	for i := range m.affs {
		f := &m.affs[i]
		l := &m.ls[f.l]
		montant, rang := f.montant, rangPaiement
		if l.Nature != Encaissement {
			montant, rang = -montant, rangRetour
		}
		r.Affectations = append(r.Affectations, Affectation{l.ID, m.as[f.a].Ref, montant, f.regle.Code})
		mvts[f.a] = append(mvts[f.a], mouvement{le: l.Le, rang: rang, aff: f, montant: f.montant})
	}
	for _, p := range m.pertes {
		mvts[p.a] = append(mvts[p.a], mouvement{le: p.le, rang: rangPerte, montant: p.montant, perte: p.id})
	}
	for i := range m.as {
		x := &m.as[i]
		if x.Remplace == "" {
			continue
		}
		if a := m.attendu(x.Remplace); a >= 0 {
			mvts[a] = append(mvts[a], mouvement{le: x.Le, rang: rangRemplacement, montant: x.Montant})
		} else {
			m.anomalies = append(m.anomalies, regRemplaceAbsent.Anomalie("attendu "+x.Ref))
		}
	}
	for a := range m.as {
		r.Postes = m.joue(int32(a), mvts[a], r.Postes)
	}
	for l := range m.ls {
		r.Postes = m.sansAttendu(int32(l), r.Postes)
		if c, ok := m.choix[int32(l)]; ok {
			r.Choix = append(r.Choix, c)
		}
	}
	r.Anomalies = m.anomalies
	slices.SortStableFunc(r.Anomalies, func(a, b simphonie.Anomalie) int {
		return cmp.Or(compare(a.Chemin, b.Chemin), compare(string(a.Code), string(b.Code)))
	})
	r.Bilan = dresse(m.as, m.ls, r.Postes)
	return r
}

// sansAttendu adds the items of a line that no receipt has.
func (m *moteur) sansAttendu(l int32, postes []Poste) []Poste {
	x := &m.ls[l]
	ajoute := func(e Etat, montant simphonie.Montant) {
		if montant != 0 {
			postes = append(postes, Poste{Etat: e, Ligne: x.ID, Montant: montant, Depuis: x.Le})
		}
	}
	libre := m.libre[l]
	if x.Nature != Encaissement {
		libre = -libre
	}
	switch {
	case x.Nature == Commission:
		ajoute(Prelevee, libre)
	case m.ecartee[l]:
		ajoute(HorsPerimetre, libre)
	default:
		ajoute(NonRapproche, libre)
	}
	ajoute(Prelevee, -x.Commission)
	return postes
}

// dresse adds up the sides and the items.
func dresse(as []Attendu, ls []ligne, postes []Poste) Bilan {
	b := Bilan{Par: map[Etat]Total{}}
	for i := range as {
		b.Attendus.ajoute(as[i].Montant)
	}
	for i := range ls {
		b.Lignes.ajoute(ls[i].Montant)
	}
	for i := range postes {
		t := b.Par[postes[i].Etat]
		t.ajoute(postes[i].Montant)
		b.Par[postes[i].Etat] = t
	}
	return b
}

// Verifie proves the totals: the receipts are in their buckets, the lines in
// theirs, what lines bring is what receipts hold, what was given back cancels
// out. It returns one anomaly for each equality that fails.
func (b Bilan) Verifie() simphonie.Anomalies {
	var as simphonie.Anomalies
	egal := func(quoi string, x, y simphonie.Montant) {
		if x != y {
			as = append(as, regConservation.Anomalie("bilan", quoi, x.String(), y.String()))
		}
	}
	egal("attendus", b.Attendus.Montant, b.somme(etatsAttendu))
	egal("lignes", b.Lignes.Montant, b.somme(etatsLigne))
	egal("affecté et encaissé", b.Par[Affecte].Montant, b.Par[Encaisse].Montant)
	egal("rendu", b.Par[Rendu].Montant, 0)
	return as
}

func (b Bilan) somme(etats []Etat) (t simphonie.Montant) {
	for _, e := range etats {
		t += b.Par[e].Montant
	}
	return t
}

// Verifie proves the result against the input, item by item: every receipt,
// every line, every match, then the totals. Rapprocher has done so; a caller
// that stored the result may do it again.
func (r *Resultat) Verifie(e Entree) (simphonie.Anomalies, error) {
	if r == nil {
		r = &Resultat{}
	}
	as, err := ordonneAttendus(e.Attendus)
	if err != nil {
		return nil, err
	}
	x, _, err := fusionne(e.Releves)
	if err != nil {
		return nil, err
	}
	return r.verifie(as, x.ls), nil
}

func (r *Resultat) verifie(as []Attendu, ls []ligne) simphonie.Anomalies {
	type cote struct{ du, postes, affecte, encaisse, rendu simphonie.Montant }
	ecarts := map[paire]simphonie.Montant{} // items less matches
	attendus, lignes := make(map[string]*cote, len(as)), make(map[LigneID]*cote, len(ls))
	for i := range as {
		attendus[as[i].Ref] = &cote{du: as[i].Montant}
	}
	for i := range ls {
		lignes[ls[i].ID] = &cote{du: ls[i].Montant}
	}
	var fautes simphonie.Anomalies
	inconnu := func(chemin string, m simphonie.Montant) {
		fautes = append(fautes, regConservation.Anomalie(chemin, "inconnu", "0.00", m.String()))
	}
	for i := range r.Postes {
		p := &r.Postes[i]
		l, a := lignes[p.Ligne], attendus[p.Attendu]
		switch {
		case p.DeLigne() && (l == nil || a == nil && p.Attendu != "") || !p.DeLigne() && a == nil || p.DeLigne() != slices.Contains(etatsLigne, p.Etat):
			inconnu("postes["+strconv.Itoa(i)+"]", p.Montant)
			continue
		case !p.DeLigne():
			a.postes += p.Montant
			if p.Etat == Encaisse {
				a.encaisse += p.Montant
			}
			continue
		}
		l.postes += p.Montant
		if a == nil {
			continue
		}
		ecarts[paire{p.Ligne, p.Attendu}] += p.Montant
		switch p.Etat {
		case Affecte:
			a.affecte += p.Montant
		case Rendu:
			a.rendu += p.Montant
		}
	}
	for i, f := range r.Affectations {
		if lignes[f.Ligne] == nil || attendus[f.Attendu] == nil {
			inconnu("affectations["+strconv.Itoa(i)+"]", f.Montant)
			continue
		}
		ecarts[paire{f.Ligne, f.Attendu}] -= f.Montant
	}
	egal := func(chemin, quoi string, x, y simphonie.Montant) {
		if x != y {
			fautes = append(fautes, regConservation.Anomalie(chemin, quoi, x.String(), y.String()))
		}
	}
	for i := range as {
		a, chemin := attendus[as[i].Ref], "attendu "+as[i].Ref
		egal(chemin, "montant et postes", a.du, a.postes)
		egal(chemin, "affecté et encaissé", a.affecte, a.encaisse)
		egal(chemin, "rendu", a.rendu, 0)
	}
	for i := range ls {
		l, chemin := lignes[ls[i].ID], "ligne "+ls[i].ID.String()
		egal(chemin, "montant et postes", l.du, l.postes)
	}
	maps.DeleteFunc(ecarts, func(_ paire, m simphonie.Montant) bool { return m == 0 })
	for _, k := range slices.SortedFunc(maps.Keys(ecarts), paire.compare) {
		egal("ligne "+k.ligne.String()+" attendu "+k.attendu, "postes et affectations", ecarts[k], 0)
	}
	b := dresse(as, ls, r.Postes)
	fautes = append(fautes, b.Verifie()...)
	if b.Attendus != r.Bilan.Attendus || b.Lignes != r.Bilan.Lignes || !memesTotaux(b.Par, r.Bilan.Par) {
		fautes = append(fautes, regConservation.Anomalie("bilan", "bilan et postes", "", ""))
	}
	return fautes
}

// paire is a line and a receipt.
type paire struct {
	ligne   LigneID
	attendu string
}

func (p paire) compare(q paire) int {
	return cmp.Or(p.ligne.compare(q.ligne), compare(p.attendu, q.attendu))
}

func memesTotaux(x, y map[Etat]Total) bool {
	if len(x) != len(y) {
		return false
	}
	for e, t := range x {
		if y[e] != t {
			return false
		}
	}
	return true
}
