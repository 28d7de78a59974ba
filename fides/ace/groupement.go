package ace

import (
	"cmp"
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/tarif"
)

// What one line holds at most (RG_VF604, RG_VF605).
const (
	analysesMax = 50
	produitsMax = 10
)

// groupe makes the lines. Acts of the CCAM, forfaits and complements stand
// alone; the rest is grouped. Analyses and products are taken in the order of
// their codes, so that full lines do not depend on the order of keying.
func (m *moteur) groupe() {
	var tries []int
	for i := range m.soins {
		switch m.soins[i].genre {
		case gAnalyse, gProduit:
			tries = append(tries, i)
		case gActe:
			m.joint(i, m.memeActe)
		default:
			m.nouvelle(i)
		}
	}
	slices.SortStableFunc(tries, func(a, b int) int { return m.compareDetails(&m.soins[a], &m.soins[b]) })
	for _, i := range tries {
		if m.soins[i].genre == gAnalyse {
			m.joint(i, m.memeSeance)
		} else {
			m.joint(i, m.memesProduits)
			m.derives(i)
		}
	}
	m.dentaires()
	for _, l := range m.lignes {
		if l.sous != 0 {
			l.rang = l.support.rang
		}
	}
	slices.SortStableFunc(m.lignes, func(a, b *ligne) int { return cmp.Or(a.rang-b.rang, a.sous-b.sous) })
	for _, l := range m.lignes {
		if s := l.complete; s >= 0 && l.support == nil && m.soins[s].genre != gForfait {
			l.support = m.ligneDe(s)
		}
	}
}

func (m *moteur) compareDetails(a, b *soin) int {
	if a.genre != b.genre {
		return int(a.genre) - int(b.genre)
	}
	if a.genre == gAnalyse {
		return cmp.Compare(a.p.Analyse.Code, b.p.Analyse.Code)
	}
	p, q := a.p.Produit, b.p.Produit
	return cmp.Or(cmp.Compare(p.Code, q.Code), cmp.Compare(p.Prix, q.Prix), cmp.Compare(p.Fraction, q.Fraction),
		cmp.Compare(a.p.quantite(), b.p.quantite()), cmp.Compare(p.Marge, q.Marge), cmp.Compare(p.Reconstitution, q.Reconstitution), cmp.Compare(p.Tarif, q.Tarif))
}

// ligneDe finds the line that holds a prestation.
func (m *moteur) ligneDe(i int) *ligne {
	for _, l := range m.lignes {
		if l.sous == 0 && slices.Contains(l.membres, i) {
			return l
		}
	}
	return nil
}

// nouvelle adds a line for a prestation.
func (m *moteur) nouvelle(i int) *ligne {
	var l *ligne
	if n := len(m.lignes); n < len(m.memoire.lignes) {
		l = &m.memoire.lignes[n]
		l.membres = m.memoire.rangs[n : n : n+1]
	} else {
		l = new(ligne)
	}
	s := &m.soins[i]
	l.soin, l.rang, l.genre = s, i, s.genre
	l.membres = append(l.membres, i)
	l.Code, l.Execution, l.Reference = s.code, s.jour, m.situations[s.ref].jour
	l.Ligne.Support, l.Quantite, l.Coefficient = aucune, s.p.quantite(), s.p.coefficient()
	l.Qualificatif = s.p.Qualificatif
	l.depasse = s.p.Depassement
	switch s.genre {
	case gAnalyse:
		l.Quantite, l.Coefficient = 1, s.analyse.Coefficient
	case gProduit:
		l.Quantite, l.Coefficient = 1, simphonie.Un
	}
	m.lignes = append(m.lignes, l)
	return l
}

// joint adds a prestation to the first line that takes it, or makes one.
func (m *moteur) joint(i int, meme func(*ligne, *soin) bool) {
	s := &m.soins[i]
	for _, l := range m.lignes {
		if l.genre != s.genre || l.sous != 0 || l.code != s.code || l.jour != s.jour || !meme(l, s) || !memeReste(l.soin, s) {
			continue
		}
		l.membres = append(l.membres, i)
		l.rang = min(l.rang, i)
		switch s.genre {
		case gAnalyse:
			l.Coefficient += s.analyse.Coefficient
		case gActe:
			l.Quantite += s.p.quantite()
		}
		return
	}
	m.nouvelle(i)
}

// memeActe: same coefficient and surcharge, same session (RG_VF602).
func (m *moteur) memeActe(l *ligne, s *soin) bool {
	return l.p.coefficient() == s.p.coefficient() && l.p.Majoration == s.p.Majoration
}

// memeSeance: analyses of one sampling, none twice (RG_VF604).
func (m *moteur) memeSeance(l *ligne, s *soin) bool {
	return len(l.membres) < analysesMax && !slices.ContainsFunc(l.membres, func(i int) bool {
		return m.soins[i].p.Analyse.Code == s.p.Analyse.Code
	})
}

func (m *moteur) memesProduits(l *ligne, _ *soin) bool { return len(l.membres) < produitsMax }

// memeReste says that two prestations of one code differ in nothing that rates,
// pathway or control look at. An overrun stands alone.
func memeReste(a, b *soin) bool {
	p, q := a.p, b.p
	return p.Seance == q.Seance && p.Executant == q.Executant && prescripteur(p) == prescripteur(q) &&
		p.Prescription == q.Prescription && p.Achevement == q.Achevement && p.EnSerie == q.EnSerie && p.Support == q.Support &&
		p.Droits == q.Droits && p.Motif == q.Motif && p.IST == q.IST && p.DepistageCol == q.DepistageCol &&
		a.parcours.IPS == b.parcours.IPS && p.Qualificatif == q.Qualificatif && p.Accord == q.Accord &&
		p.Nomenclature == q.Nomenclature && p.Depassement == 0 && q.Depassement == 0
}

func prescripteur(p *Prestation) Prescripteur {
	if p.Prescripteur == nil {
		return Prescripteur{}
	}
	return *p.Prescripteur
}

func (p *Prestation) quantite() int { return cmp.Or(p.Quantite, 1) }

func (p *Prestation) coefficient() simphonie.Coefficient { return cmp.Or(p.Coefficient, simphonie.Un) }

// denombrement gives what the line counts: sessions, analyses, devices.
func (m *moteur) denombrement(l *ligne) int {
	switch {
	case l.sous != 0:
		return 1
	case l.genre == gAnalyse:
		return len(l.membres)
	case l.genre == gActe:
		n := 0
		for _, i := range l.membres {
			n += cmp.Or(m.soins[i].p.Denombrement, 1)
		}
		return n
	case l.genre == gProduit && l.p.Nomenclature == droits.LPP:
		n := 0
		for _, i := range l.membres {
			n += m.soins[i].p.quantite()
		}
		return n
	}
	return 1
}

// derivee adds a line that follows another one.
func (m *moteur) derivee(de *ligne, membre int, g genre, code tarif.Code, montant simphonie.Montant) *ligne {
	m.suite++
	l := &ligne{soin: de.soin, sous: m.suite, genre: g, membres: []int{membre}, support: de}
	l.Code, l.Execution, l.Reference = code, de.Execution, de.Reference
	l.Ligne.Support, l.Quantite, l.Coefficient = aucune, 1, simphonie.Un
	l.total = montant
	m.lignes = append(m.lignes, l)
	return l
}
