package projet2020

import (
	"strings"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/calendrier"
	"github.com/simphonie/simphonie/urgences"
)

// examine checks the data of the visit and finds its day and age. It reports
// every fault.
func (m *moteur) examine(entier bool) {
	p := m.p
	if p.Venue == "" {
		m.anomalie(&regVenue, "venue")
	}
	if p.Etablissement.FINESS.Valide() != nil {
		m.anomalie(&regFINESS, "etablissement.finess")
	}
	var err error
	m.zone, err = calendrier.Zone(p.Etablissement.Territoire)
	if err != nil || !p.Etablissement.Secteur.Valide() {
		m.anomalie(&regEtablissement, "etablissement")
	}
	m.valeurs(entier)
	if p.DebutSoins.IsZero() {
		m.anomalie(&regDebutSoins, "debutSoins")
		return
	}
	if precede(p.Sortie, p.DebutSoins) {
		m.anomalie(&regChronologie, "sortie")
	}
	if m.zone == nil {
		return
	}
	m.jour = m.jourDe(p.DebutSoins)
	if m.age, err = p.Naissance.AgeLe(m.jour); err != nil {
		m.anomalie(&regNaissance, "naissance")
	}
	if e := m.o.Emission; !e.IsZero() && !e.Before(m.jour.AddMonths(12)) && m.o.DelaiForce == "" {
		m.anomalie(&regDelai, "debutSoins", m.jour.String(), e.String())
	}
}

// jourDe gives the day of an instant at the establishment.
func (m *moteur) jourDe(t time.Time) simphonie.Jour { return simphonie.JourOf(t.In(m.zone)) }

// valeurs checks the closed lists of the visit.
func (m *moteur) valeurs(entier bool) {
	p := m.p
	m.connu(orientationConnue(p.Orientation), "orientation")
	m.connu(!p.Etablissement.StructureAutorisee.IsZero(), "etablissement.structureAutorisee")
	switch p.Motif {
	case urgences.MotifGeneral, urgences.MotifGynecologique, urgences.MotifObstetrical:
	default:
		m.anomalie(&regValeur, "motif")
	}
	if d := p.Regime; d != nil && (strings.TrimSpace(d.Motif) == "" || strings.TrimSpace(d.Reference) == "") {
		m.anomalie(&regDecision, "regime")
	}
	if !entier {
		return
	}
	m.connu(p.Entree == "" || p.Entree == Debout || p.Entree == Couche, "entree")
	switch p.CCMU {
	case "", "1", "2", "3", "4", "5", "P", "D":
	default:
		m.anomalie(&regValeur, "ccmu")
	}
	m.instants(p.Biologie, "biologie")
	m.instants(p.Imagerie, "imagerie")
}

func orientationConnue(o urgences.Orientation) bool {
	switch o {
	case urgences.Domicile, urgences.Deces, urgences.PartiSansSoins, urgences.Reoriente, urgences.HospitalisationMCO,
		urgences.UHCD, urgences.Psychiatrie, urgences.AutreHospitalisation, urgences.TransfertHorsEnceinte:
		return true
	}
	return false
}

func (m *moteur) connu(ok bool, chemin string) {
	if !ok {
		m.anomalie(&regValeur, chemin)
	}
}

// instants checks that acts have an instant, not after the exit.
func (m *moteur) instants(ts []time.Time, liste string) {
	for i, t := range ts {
		switch {
		case t.IsZero():
			m.anomalie(&regValeur, rang(liste, i))
		case precede(m.p.Sortie, t):
			m.anomalie(&regChronologie, rang(liste, i))
		}
	}
}

// precede says that both instants are known and a comes before b.
func precede(a, b time.Time) bool { return !a.IsZero() && !b.IsZero() && a.Before(b) }
