package ace

import (
	"cmp"
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
)

// cleFacture is what one invoice has one of (RG_VF600, RG_MF630).
type cleFacture struct {
	jour      simphonie.Jour // zero for acts in series, which are one invoice whatever their days
	nature    droits.Nature
	at        string
	organisme simphonie.Organisme
	oc        simphonie.NumeroAMC // of the C2S or of the AME
	ame       bool
	ips       string
}

// ipsParcours are the indicators beside which acts out of the pathway may ride
// (2S121 CP02), in the order in which they take them.
const ipsParcours = "TNRHDOMS"

// separe cuts the visit into invoices. A complement goes with its support, an
// act out of the pathway with those of its day that are in it or out of it.
func (m *moteur) separe() {
	cles := m.memoire.cles[:0]
	place := func(k cleFacture) {
		if !slices.Contains(cles, k) {
			cles = append(cles, k)
		}
	}
	for _, l := range m.lignes {
		if l.support == nil && l.parcours.IPS != "" {
			place(m.cle(l))
		}
	}
	for _, l := range m.lignes {
		if l.support == nil && l.parcours.IPS == "" {
			place(m.avec(m.cle(l), cles))
		}
	}
	slices.SortFunc(cles, func(a, b cleFacture) int {
		return cmp.Or(a.jour.DaysSince(b.jour), cmp.Compare(a.nature, b.nature), strings.Compare(a.ips, b.ips),
			strings.Compare(a.at, b.at), strings.Compare(a.organisme.String(), b.organisme.String()), strings.Compare(string(a.oc), string(b.oc)))
	})
	m.factures = make([]Facture, len(cles))
	tables := m.empreinte()
	for i := range cles {
		m.ouvre(&m.factures[i], &cles[i], tables)
	}
	if len(cles) > 1 {
		for _, l := range m.lignes {
			s := l
			for s.support != nil {
				s = s.support
			}
			l.facture = slices.Index(cles, m.avec(m.cle(s), cles))
		}
	}
	for _, l := range m.lignes {
		m.rupture(l)
	}
	for _, l := range m.lignes {
		f := &m.factures[l.facture]
		l.x = f.Explication
		l.n = f.nombre
		f.nombre++
	}
	for i := range m.factures {
		if n := m.factures[i].nombre; n > lignesMax {
			m.anomalie(&regLignes, "prestations", nombre(n), nombre(lignesMax))
		}
	}
	for _, l := range m.lignes {
		if l.support != nil {
			l.Ligne.Support = l.support.n
		}
		m.racontee(l)
	}
}

// rupture reports a complement of another nature than its support, and an act
// that its nature or its organism takes away from its forfait, beside which it
// must be billed (RG_VF600).
func (m *moteur) rupture(l *ligne) {
	if n := m.ref(l.soin).Nature; n != m.factures[l.facture].Nature {
		m.anomalie(&regNatureComplement, rang(l.rang), n.String(), m.factures[l.facture].Nature.String())
	}
	if l.forfaitDe == aucune || !l.estActe() {
		return
	}
	if f := m.ligneDe(l.forfaitDe); f != nil && f.facture != l.facture {
		m.anomalie(&regForfaitCoupe, rang(l.rang), string(l.Code), string(l.forfait))
	}
}

func (m *moteur) cle(l *ligne) cleFacture {
	c := m.ref(l.soin)
	k := cleFacture{jour: l.jour, nature: c.Nature, organisme: c.Organisme, oc: c.OC, ame: c.AME(), ips: l.parcours.IPS}
	if l.p.EnSerie && l.forfaitDe == aucune {
		k.jour = simphonie.Jour{}
	}
	if c.AT != nil {
		k.at = string(c.AT.Identifiant)
	}
	return k
}

// avec gives a blank line the indicator of an invoice that takes it.
func (m *moteur) avec(k cleFacture, cles []cleFacture) cleFacture {
	if k.ips != "" {
		return k
	}
	for i := range len(ipsParcours) {
		avec := k
		avec.ips = ipsParcours[i : i+1]
		if slices.Contains(cles, avec) {
			return avec
		}
	}
	return k
}

// ouvre starts an invoice.
func (m *moteur) ouvre(f *Facture, k *cleFacture, tables string) {
	f.Venue, f.FINESS = m.v.Venue, m.v.Etablissement.FINESS
	f.Organisme, f.Nature, f.IPS = k.organisme, k.nature, k.ips
	f.JeuRegles, f.Tarifs, f.ConnuAu = jeuRegles, tables, m.o.ConnuAu
	if m.o.Expliquer {
		f.Explication = facture.NewExplication()
		f.Explication.Decide(-1, &regJeu, m.o.ConnuAu.String(), string(jeuRegles))
		jour := "actes en série"
		if !k.jour.IsZero() {
			jour = k.jour.String()
		}
		f.Explication.Decide(-1, &regFacture, jour, k.nature.String(), cmp.Or(k.ips, "blanc"))
	}
}

// empreinte names every table that made the amounts.
func (m *moteur) empreinte() string {
	if b := m.o.Baremes.Base.Empreinte(); b != "" {
		return m.o.Tables.Empreinte() + " taux:" + b
	}
	return m.o.Tables.Empreinte()
}

// racontee records what was decided of a line before it was priced.
func (m *moteur) racontee(l *ligne) {
	f := &m.factures[l.facture]
	s := &m.situations[l.ref]
	f.AT = cmp.Or(f.AT, s.Contexte.AT)
	if l.x == nil {
		return
	}
	for _, c := range s.Trace {
		if !slices.ContainsFunc(l.x.Etapes, func(e facture.Etape) bool {
			return e.Regle == c.Regle && slices.Equal(e.Valeurs, c.Valeurs)
		}) {
			l.x.Decide(-1, c.Regle, c.Valeurs...)
		}
	}
	l.explique(l.regleDate, l.Reference.String())
	for _, c := range l.parcours.Trace {
		l.explique(c.Regle, c.Valeurs...)
	}
	if l.forfaitDe != aucune && l.genre != gForfait {
		l.explique(&regLie, string(l.forfait), l.jour.String())
		if l.jourLie && m.deuxJours(l.forfait) && m.ferie(m.v.Entree) == m.ferie(m.v.Sortie) {
			l.lecture(lecForfaitDeuxJours, &intForfaitDeuxJours, string(m.o.Interpretations.ForfaitDeuxJours))
		}
	}
	if len(l.membres) > 1 && l.sous == 0 {
		l.explique(&regGroupe, nombre(len(l.membres)))
	}
}
