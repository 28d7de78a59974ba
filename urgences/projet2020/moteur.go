package projet2020

import (
	"errors"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
	"github.com/simphonie/simphonie/urgences"
)

// First days of care of the project, as it was planned, and of its second catalogue.
var (
	debutProjet = simphonie.MustJour("2021-03-01")
	debut2022   = simphonie.MustJour("2022-01-01")
)

// Rule sets. Neither ever came into force.
const (
	Jeu2021 tarif.JeuRegles = "projet-2020/2021-03-01 (jamais en vigueur)"
	Jeu2022 tarif.JeuRegles = "projet-2020/2022-01-01 (jamais en vigueur)"
)

// Compute prices a whole visit: FPU, forfait and supplements, in one invoice.
// What is wrong with the visit comes back as anomalies, all at once; the error
// says that the options are wrong, or that a choice, a price or a coefficient
// is missing (*CatalogueNonCharge, *tarif.TarifNonCharge, *CoefficientNonCharge).
func Compute(p *Passage, o *Options) (Resultat, error) { return calcule(p, o, true) }

// PartPatient prices FPU alone, which the project wants billed at discharge at
// the latest. Compute gives the same line again in the whole invoice.
func PartPatient(p *Passage, o *Options) (Resultat, error) { return calcule(p, o, false) }

// moteur is one computation.
type moteur struct {
	p *Passage
	o *Options

	jour   simphonie.Jour // of the start of care
	zone   *time.Location
	age    simphonie.Age // on that day
	cat    *Catalogue
	ctx    droits.Contexte
	grille tarif.Grille

	r    Resultat
	x    *facture.Explication // nil unless asked for
	errs []error
}

func calcule(p *Passage, o *Options, entier bool) (Resultat, error) {
	m, err := nouveau(p, o)
	if err != nil {
		return Resultat{}, err
	}
	m.examine(entier)
	if m.r.Anomalies.Stoppent() {
		return m.arrete(urgences.AVerifier, premierStop(m.r.Anomalies)), nil
	}
	if issue, regle := m.porte(); issue != urgences.Facturable {
		return m.arrete(issue, regle.Code), nil
	}
	if m.cat, err = o.catalogue(m.jour); err != nil {
		return Resultat{}, err
	}
	m.resoutDroits()
	d := m.decline()
	if m.r.Anomalies.Stoppent() {
		return m.arrete(urgences.AVerifier, premierStop(m.r.Anomalies)), nil
	}
	m.ouvre()
	m.r.Declinaison = d.declinaison
	if entier {
		m.forfaits()
	}
	m.lignePatient(&d)
	m.bases()
	if len(m.errs) > 0 {
		return Resultat{}, errors.Join(m.errs...)
	}
	m.r.Anomalies = append(m.r.Anomalies, m.structure(m.r.Facture.Lignes, d.declinaison, entier)...)
	m.r.Anomalies = append(m.r.Anomalies, m.r.Facture.Verify()...)
	if m.r.Anomalies.Stoppent() {
		return m.arrete(urgences.AVerifier, premierStop(m.r.Anomalies)), nil
	}
	m.r.Issue, m.r.Motif = urgences.Facturable, regFacturable.Code
	return m.r, nil
}

func nouveau(p *Passage, o *Options) (*moteur, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	m := &moteur{p: p, o: o}
	m.r.Interpretations = o.Interpretations
	if o.Expliquer {
		m.x = facture.NewExplication()
		m.r.Explication = m.x
	}
	m.decide(-1, &regProjet)
	return m, nil
}

// arrete ends a computation without an invoice.
func (m *moteur) arrete(i urgences.Issue, motif simphonie.Code) Resultat {
	m.r.Issue, m.r.Motif = i, motif
	m.r.Facture, m.r.BaseAMO, m.r.BaseTM, m.r.Declinaison, m.r.Catalogue = facture.Facture{}, 0, 0, "", ""
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

// ouvre starts the invoice and says under which rules it is made.
func (m *moteur) ouvre() {
	e := &m.p.Etablissement
	m.grille = m.o.Tarifs.Grille(e.Secteur, tarif.ZoneOf(e.Territoire))
	f := &m.r.Facture
	f.Venue, f.FINESS = m.p.Venue, e.FINESS
	f.Organisme, f.Nature = m.ctx.Organisme, m.ctx.Nature
	f.JeuRegles, f.Tarifs, f.ConnuAu = Jeu2022, m.o.Tarifs.Empreinte(), m.o.ConnuAu
	if m.cat.d.Millesime == Millesime2021 {
		f.JeuRegles = Jeu2021
	}
	m.r.Catalogue = m.cat.Designation()
	m.decide(-1, &regJeu, m.jour.String(), m.o.ConnuAu.String(), string(f.JeuRegles), m.r.Catalogue)
	if m.cat.verifieLettres(LettresToutes) != nil { // the reading let it through
		m.lecture(lecLettres, intLettres.Retenu(string(m.o.Interpretations.Lettres)))
	}
}

// resoutDroits resolves the rights on the day of the start of care.
func (m *moteur) resoutDroits() {
	r := m.droitsLe(m.jour)
	m.ctx, m.r.Contexte = r.Contexte, r.Contexte
	m.r.Anomalies = append(m.r.Anomalies, r.Anomalies...)
	for _, c := range r.Trace {
		m.decide(-1, c.Regle, c.Valeurs...)
	}
}

func (m *moteur) droitsLe(j simphonie.Jour) droits.Resultat {
	return droits.Resoudre(m.p.Droits, m.p.Prestation, j,
		droits.Options{Interpretations: m.o.Interpretations.Droits, Tracer: m.x != nil})
}

func (m *moteur) anomalie(r *simphonie.Regle, chemin string, valeurs ...string) {
	m.r.Anomalies = append(m.r.Anomalies, r.Anomalie(chemin, valeurs...))
}

func (m *moteur) decide(ligne int, r *simphonie.Regle, valeurs ...string) {
	if m.x != nil {
		m.x.Decide(ligne, r, valeurs...)
	}
}

// lecture records that the reading of an open question decided something.
func (m *moteur) lecture(r *simphonie.Regle, retenue string) { m.decide(-1, r, retenue) }

// erreur keeps an error of the computation, to report them together.
func (m *moteur) erreur(err error) {
	if err != nil {
		m.errs = append(m.errs, err)
	}
}
