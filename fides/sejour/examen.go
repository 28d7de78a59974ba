package sejour

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/internal/calendrier"
)

// Limits of one stay: ten years, a few bases at once, and lists of a size that a
// person could have given.
const (
	joursMax     = 3660
	joursBaseMax = 4 * joursMax
	rangeeMax    = joursMax
)

// formeGHM is that of a group of stays, as 14Z08Z.
var formeGHM = regexp.MustCompile(`^(?i)[0-9]{2}[A-Z][0-9]{2}[A-Z0-9]$`)

var (
	debutPlausible = simphonie.MustJour("2012-01-01") // the threshold of 120 € holds since 2011
	finPlausible   = simphonie.MustJour("2199-12-31")
)

// examine checks the data of the stay. It reports every fault; the computation
// goes on only if none stops it.
func (m *moteur) examine() {
	s := m.s
	if s.Venue == "" {
		m.anomalie(&regVenue, "venue")
	}
	if s.Etablissement.FINESS.Valide() != nil {
		m.anomalie(&regFINESS, "etablissement.finess")
	}
	zone, err := calendrier.Zone(s.Etablissement.Territoire)
	if err != nil || !s.Etablissement.Secteur.Valide() {
		m.anomalie(&regEtablissement, "etablissement")
	}
	if s.Discipline != MCO && s.Discipline != SMR && s.Discipline != Psychiatrie {
		m.anomalie(&regDiscipline, "discipline")
	}
	if s.JoursAnterieurs < 0 || s.JoursAnterieurs > joursMax {
		m.anomalie(&regValeur, "joursAnterieurs")
	}
	if s.GHM != "" && !formeGHM.MatchString(s.GHM) {
		m.anomalie(&regValeur, "ghm")
	}
	if s.AMC != "" && !numero(s.AMC) {
		m.anomalie(&regValeur, "amc")
	}
	if u := s.Suite; u != nil && (u.Venue == "" || u.Seuil != SeuilCCAM && u.Seuil != SeuilNGAP) {
		m.anomalie(&regValeur, "suite")
	}
	for _, l := range []struct {
		nom string
		n   int
	}{{"bases", len(s.Bases)}, {"actes", len(s.Actes)}, {"frais", len(s.Frais)},
		{"decisionsTM", len(s.DecisionsTM)}, {"decisionsFJ", len(s.DecisionsFJ)}} {
		if l.n > rangeeMax {
			m.anomalie(&regValeur, l.nom)
			return
		}
	}
	if err != nil || !m.situe(zone) {
		return
	}
	m.examineNaissance()
	m.examineBases()
	m.examineDetails()
}

// situe finds the civil days of the stay.
func (m *moteur) situe(zone *time.Location) bool {
	s := m.s
	if !plausible(s.Entree) || !plausible(s.Sortie) || s.Sortie.Before(s.Entree) {
		m.anomalie(&regDates, "entree")
		return false
	}
	m.entree, m.sortie = simphonie.JourOf(s.Entree.In(zone)), simphonie.JourOf(s.Sortie.In(zone))
	if m.entree.Before(debutPlausible) || m.sortie.After(finPlausible) {
		m.anomalie(&regDates, "entree")
		return false
	}
	if m.jours() > joursMax {
		m.anomalie(&regDuree, "sortie", strconv.Itoa(m.jours()), strconv.Itoa(joursMax))
		return false
	}
	if m.sortie.After(m.o.ConnuAu) {
		m.anomalie(&regApresConnu, "sortie", m.sortie.String(), m.o.ConnuAu.String())
	}
	return true
}

// plausible keeps instants that a civil date can hold, whatever the zone.
func plausible(t time.Time) bool { return t.Year() > 1900 && t.Year() < 2300 }

func (m *moteur) examineNaissance() {
	n, err := m.s.Naissance.PourCalcul()
	switch {
	case err != nil:
		m.anomalie(&regNaissance, "naissance")
	case n.After(m.entree):
		m.anomalie(&regNaissanceApres, "naissance")
	case m.s.Naissance.Lunaire() && n.AddMonths(24).After(m.entree):
		m.anomalie(&regLunaire, "naissance")
	}
	m.naissance = n
}

// dans says that a span of days is in the stay.
func (m *moteur) dans(du, au simphonie.Jour) bool {
	return !du.Before(m.entree) && !au.After(m.sortie) && !au.Before(du)
}

// examineBases wants each day of the stay on a base, and on one only for each
// code. The day of discharge, and those on which a person decided that no
// forfait journalier is due, may have none.
func (m *moteur) examineBases() {
	avant, jours := len(m.r.Anomalies), 0
	for i := range m.s.Bases {
		b := &m.s.Bases[i]
		if !b.Code.Valide() || !m.dans(b.Du, b.Au) || b.Prix < 0 || b.Montant < 0 || b.Prix != 0 && b.Montant != 0 ||
			(b.Prix != 0 || b.Montant != 0) && b.Reference == "" {
			m.anomalie(&regBase, rang("bases", i))
			continue
		}
		jours += b.Au.DaysSince(b.Du) + 1
	}
	if jours > joursBaseMax {
		m.anomalie(&regBasesTrop, "bases", strconv.Itoa(jours), strconv.Itoa(joursBaseMax))
	}
	if len(m.r.Anomalies) > avant {
		return
	}
	bases := m.basesTriees()
	for i := 1; i < len(bases); i++ {
		if a, b := bases[i-1], bases[i]; a.Code == b.Code && !b.Du.After(a.Au) {
			m.anomalie(&regBaseCroise, "bases", string(a.Code), b.Du.String())
		}
	}
	portes := make([]bool, m.jours())
	for i := range bases {
		for j := bases[i].Du; !j.After(bases[i].Au); j = j.AddDays(1) {
			portes[j.DaysSince(m.entree)] = true
		}
	}
	for n, porte := range portes {
		j := m.entree.AddDays(n)
		switch {
		case porte || j == m.sortie && m.entree != m.sortie:
		case m.absent(j):
			m.note(simphonie.Anomalies{regBaseAbsence.Anomalie("decisionsFJ", j.String())})
		default:
			m.anomalie(&regBaseTrou, "bases", j.String())
			return
		}
	}
}

// basesTriees gives the bases in an order that does not depend on that of the input.
func (m *moteur) basesTriees() []Base {
	return slices.SortedFunc(slices.Values(m.s.Bases), func(a, b Base) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), a.Du.DaysSince(b.Du), a.Au.DaysSince(b.Au))
	})
}

// absent says that a person decided that nobody owes the forfait of the day.
func (m *moteur) absent(j simphonie.Jour) bool {
	d := m.decisionFJ(j)
	return d != nil && d.Payeur == PayeurAucun
}

func (m *moteur) decisionFJ(j simphonie.Jour) *DecisionFJ {
	for i := range m.s.DecisionsFJ {
		if d := &m.s.DecisionsFJ[i]; (simphonie.Periode{Du: d.Du, Au: d.Au}).Contains(j) {
			return d
		}
	}
	return nil
}

func (m *moteur) decisionTM(j simphonie.Jour) *DecisionTM {
	for i := range m.s.DecisionsTM {
		if d := &m.s.DecisionsTM[i]; (simphonie.Periode{Du: d.Du, Au: d.Au}).Contains(j) {
			return d
		}
	}
	return nil
}

// examineDetails checks acts, decisions and charges.
func (m *moteur) examineDetails() {
	s := m.s
	for i := range s.Actes {
		a := &s.Actes[i]
		if !m.dans(a.Jour, a.Jour) || a.Code == "" || a.Montant < 0 || a.Coefficient < 0 || (a.Montant == 0) == (a.Coefficient == 0) {
			m.anomalie(&regActe, rang("actes", i))
		}
	}
	var tm, fj []simphonie.Periode
	for i := range s.DecisionsTM {
		d := &s.DecisionsTM[i]
		p := simphonie.Periode{Du: d.Du, Au: d.Au}
		exo := d.Exoneration != facture.ExoAucune && d.Exoneration != facture.ExoASPA
		if !m.dans(d.Du, d.Au) || croise(tm, p) || d.Taux < 0 || d.Taux > simphonie.Cent || exo && d.Taux != simphonie.Cent || d.Exoneration.Code() == '?' || d.Motif == "" || d.Reference == "" {
			m.anomalie(&regDecision, rang("decisionsTM", i))
		}
		tm = append(tm, p)
	}
	for i := range s.DecisionsFJ {
		d := &s.DecisionsFJ[i]
		p := simphonie.Periode{Du: d.Du, Au: d.Au}
		if !m.dans(d.Du, d.Au) || croise(fj, p) || !d.Payeur.connu() || d.Motif == "" || d.Reference == "" {
			m.anomalie(&regDecision, rang("decisionsFJ", i))
		}
		fj = append(fj, p)
	}
	vus := map[Frais]bool{}
	for i := range s.Frais {
		f := &s.Frais[i]
		d := f.Debiteur
		debiteur := d == simphonie.Patient || d == simphonie.RecettesDiverses || d.Type == simphonie.DebiteurAMC && numero(d.AMC)
		if !f.Code.Valide() || !m.dans(f.Jour, f.Jour) || f.Quantite <= 0 || f.PrixUnitaire <= 0 || f.Reference == "" || !debiteur {
			m.anomalie(&regFrais, rang("frais", i))
		}
		if vus[*f] {
			m.anomalie(&regFraisDouble, rang("frais", i), string(f.Code), f.Jour.String())
		}
		vus[*f] = true
	}
}

func croise(ps []simphonie.Periode, p simphonie.Periode) bool {
	return slices.ContainsFunc(ps, func(q simphonie.Periode) bool { return !p.Au.Before(q.Du) && !q.Au.Before(p.Du) })
}

// numero says that the number of a complementary body has one to ten digits.
func numero(n simphonie.NumeroAMC) bool {
	return n.Canonique() != "" && len(n) <= 10 && strings.Trim(string(n), "0123456789") == ""
}
