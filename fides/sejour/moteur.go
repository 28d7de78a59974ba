package sejour

import (
	"errors"
	"slices"
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
)

// jeuRegles names the rules of this package on its invoices.
const jeuRegles tarif.JeuRegles = "SEJOUR-1"

// codeNonCharge is the reason of a result whose prices or rates were not all loaded.
const codeNonCharge simphonie.Code = "TARIF-NON-CHARGE"

// Compute prices the patient's side of a stay. What is wrong with the stay
// comes back as anomalies, all at once. The error says that the options are
// wrong, or that something is not loaded: *tarif.TarifNonCharge for a price,
// DROITS-TAUX-ABSENT for the base rate of a code.
func Compute(s *Sejour, o *Options) (Resultat, error) {
	if s == nil {
		return Resultat{}, erreurSejour
	}
	if err := o.Validate(); err != nil {
		return Resultat{}, err
	}
	m := moteur{s: s, o: o, i: &o.Interpretations, payeursPublies: PayeursPublies()}
	m.r.Interpretations = o.Interpretations
	if o.Expliquer {
		m.x = facture.NewExplication()
		m.r.Explication = m.x
	}
	m.examine()
	if !m.r.Anomalies.Stoppent() {
		m.resoutDroits()
	}
	if m.r.Anomalies.Stoppent() {
		return m.arrete(premierStop(m.r.Anomalies)), nil
	}
	m.ouvre()
	m.examineSeuil()
	m.lignesBase()
	m.lignesFJ()
	m.lignesFrais()
	if len(m.errs) > 0 {
		return m.arrete(codeNonCharge), errors.Join(m.errs...)
	}
	if len(m.r.Facture.Lignes) == 0 && !m.r.Anomalies.Stoppent() {
		m.anomalie(&regSansLigne, "bases")
	}
	m.r.Anomalies = append(m.r.Anomalies, m.r.Facture.Verify()...)
	if m.r.Anomalies.Stoppent() {
		return m.arrete(premierStop(m.r.Anomalies)), nil
	}
	m.r.Issue, m.r.Motif = Chiffre, regChiffre.Code
	return m.r, nil
}

// moteur is one computation.
type moteur struct {
	s *Sejour
	o *Options
	i *Interpretations

	entree, sortie simphonie.Jour // civil days at the establishment
	naissance      simphonie.Jour
	contextes      []droits.Contexte // of each day, from the entry
	grille         tarif.Grille
	payeursPublies []PayeurFJ
	seuil          seuil

	r    Resultat
	x    *facture.Explication // nil unless asked for
	lues []*simphonie.Interpretation
	errs []error // what is not loaded
}

func (m *moteur) arrete(motif simphonie.Code) Resultat {
	m.r.Issue, m.r.Motif, m.r.Facture = AVerifier, motif, facture.Facture{}
	return m.r
}

func premierStop(as simphonie.Anomalies) simphonie.Code {
	for i := range as {
		if as[i].Gravite.Stoppe() {
			return as[i].Code
		}
	}
	return ""
}

// jours gives the number of days from entry to exit, both included.
func (m *moteur) jours() int { return m.sortie.DaysSince(m.entree) + 1 }

// contexte gives the rights of a day of the stay.
func (m *moteur) contexte(j simphonie.Jour) *droits.Contexte {
	return &m.contextes[j.DaysSince(m.entree)]
}

// rangJour counts the days of hospitalisation up to a day, that of entry being the first.
func (m *moteur) rangJour(j simphonie.Jour) int {
	return m.s.JoursAnterieurs + j.DaysSince(m.entree) + 1
}

// exonere says that the day is one of those without ticket modérateur, whatever the rights.
func (m *moteur) exonere(j simphonie.Jour) bool { return m.rangJour(j) >= m.i.jourExonere() }

// nouveauNe says that the day is within the exempt days of a newborn.
func (m *moteur) nouveauNe(j simphonie.Jour) bool {
	n := j.DaysSince(m.naissance)
	return n >= 0 && n <= m.i.joursNouveauNe()
}

// resoutDroits looks at the rights of each day: those of the day on which care
// is given, as for any hospital act that is not one of a series (RG_CF600).
func (m *moteur) resoutDroits() {
	m.contextes = make([]droits.Contexte, m.jours())
	for n := range m.contextes {
		j := m.entree.AddDays(n)
		r := droits.Resoudre(m.s.Droits, m.s.Soins.Prestation, j,
			droits.Options{Interpretations: m.i.Droits, Tracer: m.x != nil && n == 0})
		m.contextes[n] = r.Contexte
		m.note(r.Anomalies)
		for _, c := range r.Trace {
			m.x.Decide(-1, c.Regle, c.Valeurs...)
		}
		if r.Contexte.Situations.Has(droits.SP10) {
			m.anomalie(&regAnonyme, "droits")
			return
		}
		if n > 0 {
			if a, b := &m.contextes[n-1], &m.contextes[n]; a.Nature != b.Nature || a.Organisme != b.Organisme {
				m.anomalie(&regNatureChange, "droits", j.String())
			}
		}
	}
}

// ouvre starts the invoice.
func (m *moteur) ouvre() {
	e, f, c := &m.s.Etablissement, &m.r.Facture, &m.contextes[0]
	m.grille = m.o.Tarifs.Grille(e.Secteur, tarif.ZoneOf(e.Territoire))
	f.Venue, f.FINESS = m.s.Venue, e.FINESS
	f.Organisme, f.Nature, f.AT = c.Organisme, c.Nature, c.AT
	f.JeuRegles, f.Tarifs, f.ConnuAu = jeuRegles, m.o.Tarifs.Empreinte(), m.o.ConnuAu
	if m.x != nil {
		m.x.Decide(-1, &regChiffre, m.entree.String(), m.sortie.String(), strconv.Itoa(m.jours()), m.o.ConnuAu.String())
	}
}

// note keeps anomalies that are not known yet. Each day may find the same one
// again: its date does not make it another.
func (m *moteur) note(as simphonie.Anomalies) {
	for _, a := range as {
		if !slices.ContainsFunc(m.r.Anomalies, func(b simphonie.Anomalie) bool {
			return a.Code == b.Code && a.Chemin == b.Chemin && slices.EqualFunc(a.Valeurs, b.Valeurs, memeOuDates)
		}) {
			m.r.Anomalies = append(m.r.Anomalies, a)
		}
	}
}

func memeOuDates(a, b string) bool {
	_, e1 := simphonie.ParseJour(a)
	_, e2 := simphonie.ParseJour(b)
	return a == b || e1 == nil && e2 == nil
}

func (m *moteur) anomalie(r *simphonie.Regle, chemin string, valeurs ...string) {
	m.r.Anomalies = append(m.r.Anomalies, r.Anomalie(chemin, valeurs...))
}

// lecture records, once, the answer to an open question that mattered.
func (m *moteur) lecture(i *simphonie.Interpretation, retenu string) {
	if m.x == nil || slices.Contains(m.lues, i) {
		return
	}
	m.lues = append(m.lues, i)
	m.x.Decide(-1, i.Lecture(), i.Retenu(retenu))
}

// prix finds a loaded price and keeps the error of one that is not loaded, once a code.
func (m *moteur) prix(c tarif.Code, j simphonie.Jour) (*tarif.Tarif, bool) {
	if t, ok := m.grille.Lookup(c, j, m.o.ConnuAu); ok {
		return t, true
	}
	e := &m.s.Etablissement
	if !slices.ContainsFunc(m.errs, func(err error) bool {
		deja, ok := errors.AsType[*tarif.TarifNonCharge](err)
		return ok && deja.Code == c
	}) {
		m.errs = append(m.errs, &tarif.TarifNonCharge{Code: c, Secteur: e.Secteur, Zone: tarif.ZoneOf(e.Territoire), Jour: j, ConnuAu: m.o.ConnuAu})
	}
	return nil, false
}

// nonCharge keeps the error of a rate that is not loaded, once a code.
func (m *moteur) nonCharge(err error) {
	if !slices.ContainsFunc(m.errs, func(e error) bool {
		a, ok := errors.AsType[*simphonie.Erreur](e)
		b, ok2 := errors.AsType[*simphonie.Erreur](err)
		return ok && ok2 && a.Code == b.Code && a.Chemin == b.Chemin
	}) {
		m.errs = append(m.errs, err)
	}
}

func rang(liste string, i int) string { return liste + "[" + strconv.Itoa(i) + "]" }
