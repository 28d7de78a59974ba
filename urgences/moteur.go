package urgences

import (
	"errors"
	"iter"
	"slices"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/internal/calendrier"
	"github.com/simphonie/simphonie/tarif"
)

// Compute prices a whole visit: the patient part and the forfaits, in one
// invoice. What is wrong with the visit comes back as anomalies, all at once;
// the error says that the options are wrong or that a price is not loaded
// (*tarif.TarifNonCharge, one for each missing price).
func Compute(p *Passage, o *Options) (Resultat, error) { return calcule(p, o, partPatient|forfaits) }

// PartPatient prices the patient part alone, as a cashier needs it at
// discharge, before the forfaits are known.
func PartPatient(p *Passage, o *Options) (Resultat, error) { return calcule(p, o, partPatient) }

// Forfaits prices the age forfait and its supplements without the patient part.
// Fusionner joins the two.
func Forfaits(p *Passage, o *Options) (Resultat, error) { return calcule(p, o, forfaits) }

// Calcul is one result of ComputeAll.
type Calcul struct {
	Passage  *Passage
	Resultat Resultat
}

// ComputeAll prices visits as they come. A visit that fails gives its error
// beside it and does not stop the others; an error of the source stops nothing
// either, it is handed on with a nil visit.
func ComputeAll(passages iter.Seq2[*Passage, error], o *Options) iter.Seq2[Calcul, error] {
	return func(yield func(Calcul, error) bool) {
		for p, err := range passages {
			c := Calcul{Passage: p}
			if err == nil {
				c.Resultat, err = Compute(p, o)
			}
			if !yield(c, err) {
				return
			}
		}
	}
}

// moteur is one computation.
type moteur struct {
	p *Passage
	o *Options

	zone   *time.Location
	cal    Calendrier
	debut  time.Time      // start of care, in the establishment's zone
	jour   simphonie.Jour // its day
	age    simphonie.Age  // on that day
	jeu    *jeu
	ctx    droits.Contexte
	grille tarif.Grille // prices of the establishment

	contenu contenu
	r       Resultat
	x       *facture.Explication // nil unless asked for
	errs    []error              // missing prices
}

func calcule(p *Passage, o *Options, c contenu) (Resultat, error) {
	if err := valide(p, o); err != nil {
		return Resultat{}, err
	}
	m := moteur{p: p, o: o, contenu: c}
	m.r.Interpretations = o.Interpretations
	if o.Expliquer {
		m.x = facture.NewExplication()
		m.r.Explication = m.x
	}
	if !m.entre() {
		return m.r, nil
	}
	m.ouvre()
	part := m.decidePartPatient()
	if c&forfaits != 0 {
		m.forfaits(&part)
	}
	if c&partPatient != 0 {
		m.lignesPatient(&part)
	}
	m.controleSaisie()
	if len(m.errs) > 0 {
		return m.arrete(AVerifier, codeNonCharge), errors.Join(m.errs...)
	}
	if c != partPatient|forfaits {
		m.anomalie(&regSepares, "")
	}
	m.r.Anomalies = append(m.r.Anomalies, m.r.Facture.Verify()...)
	if m.r.Anomalies.Stoppent() {
		return m.arrete(AVerifier, premierStop(m.r.Anomalies)), nil
	}
	m.r.Issue, m.r.Motif = Facturable, regFacturable.Code
	return m.r, nil
}

// codeNonCharge is the reason of a result whose prices were not all loaded.
const codeNonCharge simphonie.Code = "TARIF-NON-CHARGE"

func valide(p *Passage, o *Options) error {
	if p == nil {
		return &simphonie.Erreur{Code: "URG-PASSAGE", Detail: "no visit"}
	}
	return o.Validate()
}

// entre checks the data, passes the gate and resolves the rights. It is false
// when the result is already decided, in m.r.
func (m *moteur) entre() bool {
	if regle, ok := m.sortie(); ok {
		if m.x != nil {
			m.x.Decide(-1, regle)
		}
		m.arrete(NonFacturable, regle.Code)
		return false
	}
	m.examine()
	if m.r.Anomalies.Stoppent() {
		m.resteADire()
		m.arrete(AVerifier, premierStop(m.r.Anomalies))
		return false
	}
	if issue, regle := m.porte(); issue != Facturable {
		m.arrete(issue, regle.Code)
		return false
	}
	m.resoutDroits()
	if m.r.Anomalies.Stoppent() {
		m.structureSaisie()
		m.arrete(AVerifier, premierStop(m.r.Anomalies))
		return false
	}
	return true
}

// resteADire says what else is wrong with a visit that is already stopped.
func (m *moteur) resteADire() {
	switch {
	case m.jeu != nil:
		m.resoutDroits()
		m.structureSaisie()
	case m.p.Droits == nil:
		m.note(droits.Resoudre(nil, m.p.Soins.Prestation, simphonie.Jour{}, droits.Options{}).Anomalies)
	}
}

// arrete ends a computation without an invoice.
func (m *moteur) arrete(i Issue, motif simphonie.Code) Resultat {
	m.r.Issue, m.r.Motif, m.r.Facture = i, motif, facture.Facture{}
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

// memoireUsuelle holds lines and parts of a usual visit in one piece of memory; longer
// invoices grow out of it.
type memoireUsuelle struct {
	lignes [6]facture.Ligne
	parts  [6]facture.Part
}

// ouvre starts the invoice.
func (m *moteur) ouvre() {
	e := &m.p.Etablissement
	m.grille = m.o.Tarifs.Grille(e.Secteur, tarif.ZoneOf(e.Territoire))
	f := &m.r.Facture
	f.Venue, f.FINESS = m.p.Venue, e.FINESS
	f.Organisme, f.Nature, f.AT = m.ctx.Organisme, m.ctx.Nature, m.ctx.AT
	f.JeuRegles, f.Tarifs, f.ConnuAu = m.jeu.id, m.o.Tarifs.Empreinte(), m.o.ConnuAu
	memoire := new(memoireUsuelle)
	f.Lignes, f.Parts = memoire.lignes[:0], memoire.parts[:0]
	m.r.Circuit = m.o.Circuits.Pour(e.FINESS, PopulationDe(&m.ctx), m.jour)
	if m.x != nil {
		m.x.Decide(-1, &regJeu, m.jour.String(), m.o.ConnuAu.String(), string(m.jeu.id))
	}
}

// resoutDroits resolves the rights on the day of the start of care, the
// reference date of the patient part (RG_CF600).
func (m *moteur) resoutDroits() {
	r := droits.Resoudre(m.p.Droits, m.p.Soins.Prestation, m.jour,
		droits.Options{Interpretations: m.o.Interpretations.Droits, Tracer: m.x != nil})
	m.ctx, m.r.Contexte = r.Contexte, r.Contexte
	m.note(r.Anomalies)
	m.tracer(r.Trace)
}

// note keeps anomalies that are not known yet.
func (m *moteur) note(as simphonie.Anomalies) {
	for _, a := range as {
		if !slices.ContainsFunc(m.r.Anomalies, func(b simphonie.Anomalie) bool {
			return a.Code == b.Code && a.Chemin == b.Chemin && slices.Equal(a.Valeurs, b.Valeurs)
		}) {
			m.r.Anomalies = append(m.r.Anomalies, a)
		}
	}
}

// contexteLe looks at the rights on the execution day of a line. An invoice has
// one nature d'assurance and the AME covers all of it or nothing: a person
// decides when they change during the visit.
func (m *moteur) contexteLe(j simphonie.Jour) {
	if j == m.jour {
		return
	}
	r := droits.Resoudre(m.p.Droits, m.p.Soins.Prestation, j,
		droits.Options{Interpretations: m.o.Interpretations.Droits, Tracer: m.x != nil})
	m.note(r.Anomalies)
	m.tracer(r.Trace)
	if r.Contexte.AME() != m.ctx.AME() || r.Contexte.Nature != m.ctx.Nature {
		m.note(simphonie.Anomalies{regDroitsChangent.Anomalie("droits", j.String())})
	}
}

func (m *moteur) tracer(cs []droits.Constat) {
	for _, c := range cs {
		m.x.Decide(-1, c.Regle, c.Valeurs...)
	}
}

func (m *moteur) anomalie(r *simphonie.Regle, chemin string, valeurs ...string) {
	m.r.Anomalies = append(m.r.Anomalies, r.Anomalie(chemin, valeurs...))
}

// prix finds a price and keeps the error of one that is not loaded.
func (m *moteur) prix(c tarif.Code, j simphonie.Jour) (*tarif.Tarif, bool) {
	t, ok := m.cherche(c, j)
	if !ok {
		m.nonCharge(c, j)
	}
	return t, ok
}

func (m *moteur) cherche(c tarif.Code, j simphonie.Jour) (*tarif.Tarif, bool) {
	return m.grille.Lookup(c, j, m.o.ConnuAu)
}

func (m *moteur) nonCharge(c tarif.Code, j simphonie.Jour) {
	e := &m.p.Etablissement
	manque := tarif.TarifNonCharge{Code: c, Secteur: e.Secteur, Zone: tarif.ZoneOf(e.Territoire), Jour: j, ConnuAu: m.o.ConnuAu}
	for _, err := range m.errs {
		if deja, ok := err.(*tarif.TarifNonCharge); ok && *deja == manque {
			return
		}
	}
	m.errs = append(m.errs, &manque)
}

// local reads an instant in the zone of the establishment.
func (m *moteur) local(t time.Time) time.Time { return t.In(m.zone) }

// place finds zone and holidays of the establishment.
func (m *moteur) place() bool {
	t := m.p.Etablissement.Territoire
	var err error
	if m.zone, err = calendrier.Zone(t); err != nil {
		return false
	}
	if m.cal = m.o.Calendrier; m.cal == nil {
		m.cal, err = JoursFeries(t)
	}
	return err == nil
}
