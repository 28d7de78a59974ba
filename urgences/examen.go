package urgences

import (
	"slices"
	"strconv"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
)

// examine checks the data of the visit and finds day, age and rule set. It
// reports every fault; the computation goes on only if none stops it.
func (m *moteur) examine() {
	p := m.p
	if p.Venue == "" {
		m.anomalie(&regVenue, "venue")
	}
	if p.Etablissement.FINESS.Valide() != nil {
		m.anomalie(&regFINESS, "etablissement.finess")
	}
	place := m.place()
	if !place || !p.Etablissement.Secteur.Valide() {
		m.anomalie(&regEtablissement, "etablissement")
	}
	m.valeurs()
	m.chronologie()
	if _, err := p.Naissance.PourCalcul(); err != nil {
		m.anomalie(&regNaissance, "naissance")
	}
	if d := p.Droits; d != nil && !d.Beneficiaire.Naissance.IsZero() && d.Beneficiaire.Naissance != p.Naissance {
		m.anomalie(&regNaissanceDroits, "naissance")
	}
	if p.DebutSoins.IsZero() {
		m.anomalie(&regDebutSoins, "debutSoins")
		return
	}
	if place {
		m.situe()
	}
}

// situe finds the day of the start of care, the age on that day and the rules.
func (m *moteur) situe() {
	m.debut = m.local(m.p.DebutSoins)
	m.jour = simphonie.JourOf(m.debut)
	m.jeu = jeuAu(m.jour, m.o.ConnuAu)
	if n, err := m.p.Naissance.PourCalcul(); err == nil {
		if m.age, err = m.p.Naissance.AgeLe(m.jour); err != nil {
			m.anomalie(&regNaissanceApres, "naissance", m.jour.String())
		} else if m.p.Naissance.Lunaire() && n.AddMonths(24).After(m.jour) {
			m.anomalie(&regNaissanceLunaire, "naissance")
		}
	}
	if m.jour.After(m.o.ConnuAu) {
		m.anomalie(&regApresConnu, "debutSoins", m.jour.String(), m.o.ConnuAu.String())
	}
	switch e := m.o.Emission; {
	case e.IsZero():
	case e.Before(m.jour):
		m.anomalie(&regIncoherence, "emission")
	case !e.Before(m.jour.AddMonths(12)) && m.o.DelaiForce == "":
		m.anomalie(&regDelai, "debutSoins", m.jour.String(), e.String())
	}
}

// valeurs checks the closed lists of the visit.
func (m *moteur) valeurs() {
	p := m.p
	m.connu(slices.Contains(orientations, p.Orientation), "orientation")
	m.connu(slices.Contains(motifs, p.Motif), "motif")
	m.connu(!p.SoinsComplets.IsZero(), "soinsComplets")
	m.connu(!p.Etablissement.StructureAutorisee.IsZero(), "etablissement.structureAutorisee")
	if f := p.Soins.Exoneration; f != nil {
		var e facture.Exoneration
		if e.UnmarshalText([]byte(f.Code)) != nil || f.Motif == "" || f.Reference == "" {
			m.anomalie(&regExonerationForcee, "soins.exoneration")
		}
	}
	if m.contenu&forfaits == 0 {
		return
	}
	m.connu(p.ModeArrivee == "" || slices.Contains(modesArrivee, p.ModeArrivee), "modeArrivee")
	m.connu(p.CCMU == "" || slices.Contains(ccmus, p.CCMU), "ccmu")
	m.connu(p.Pediatrie == nil || slices.Contains(pediatries, *p.Pediatrie), "pediatrie")
	for i := range p.Imagerie {
		a := &p.Imagerie[i]
		if !slices.Contains(typesImagerie, a.Type) ||
			a.Forfait != "" && (a.Type != Coupe || !slices.Contains(codesFT, a.Forfait)) {
			m.anomalie(&regValeur, rang("imagerie", i))
		}
	}
	for i := range p.Imagerie {
		if a := &p.Imagerie[i]; a.ParRadiologue.IsZero() || a.ParRadiologue == simphonie.Oui && a.Type != Coupe && a.CompteRendu.IsZero() {
			m.anomalie(&regDonneeAbsente, rang("imagerie", i), "SIM ou SIC")
		}
	}
	for i := range p.Avis {
		a := &p.Avis[i]
		if !deuxChiffres(a.Specialite) {
			m.anomalie(&regValeur, rang("avis", i))
		}
		if a.SurDemande.IsZero() || a.AupresDuPatient.IsZero() {
			m.anomalie(&regDonneeAbsente, rang("avis", i), "SAS")
		}
	}
}

func deuxChiffres(s string) bool {
	return len(s) == 2 && s[0] >= '0' && s[0] <= '9' && s[1] >= '0' && s[1] <= '9'
}

func (m *moteur) connu(ok bool, chemin string) {
	if !ok {
		m.anomalie(&regValeur, chemin)
	}
}

// chronologie checks that instants follow each other: arrival, care, acts, exit.
func (m *moteur) chronologie() {
	p := m.p
	for _, x := range [...]struct {
		t      time.Time
		chemin string
	}{{p.Arrivee, "arrivee"}, {p.DebutSoins, "debutSoins"}, {p.Sortie, "sortie"}} {
		if !x.t.IsZero() && !plausible(x.t) {
			m.anomalie(&regIncoherence, x.chemin)
		}
	}
	if precede(p.DebutSoins, p.Arrivee) {
		m.anomalie(&regChronologie, "debutSoins")
	}
	if precede(p.Sortie, p.DebutSoins) {
		m.anomalie(&regChronologie, "sortie")
	}
	for i, t := range p.Biologie {
		m.instantActe(t, "biologie", i)
	}
	for i := range p.Imagerie {
		m.instantActe(p.Imagerie[i].Debut, "imagerie", i)
	}
	for i := range p.Avis {
		m.instantActe(p.Avis[i].Debut, "avis", i)
	}
}

// instantActe checks that an act has an instant between arrival and exit.
func (m *moteur) instantActe(t time.Time, liste string, i int) {
	switch {
	case t.IsZero():
		m.anomalie(&regValeur, rang(liste, i))
	case !plausible(t):
		m.anomalie(&regIncoherence, rang(liste, i))
	case precede(t, m.p.Arrivee), precede(m.p.Sortie, t):
		m.anomalie(&regChronologie, rang(liste, i))
	}
}

// plausible keeps instants within the years that civil dates and rules know.
func plausible(t time.Time) bool { return debutPlausible <= t.Unix() && t.Unix() < finPlausible }

var (
	debutPlausible = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	finPlausible   = time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
)

// precede says that both instants are known and a comes before b.
func precede(a, b time.Time) bool { return !a.IsZero() && !b.IsZero() && a.Before(b) }

// controleSaisie checks keyed codes: their structure, then against the computed
// ones.
func (m *moteur) controleSaisie() {
	if len(m.p.Codes) == 0 {
		return
	}
	m.structureSaisie()
	ecarts := map[tarif.Code]int{}
	for i := range m.r.Facture.Lignes {
		ecarts[m.r.Facture.Lignes[i].Code]++
	}
	for _, c := range m.p.Codes {
		ecarts[c.Code]--
	}
	var trop, manque []string
	for _, c := range Codes() {
		switch n := ecarts[c]; {
		case n < 0:
			trop = append(trop, string(c))
		case n > 0:
			manque = append(manque, string(c))
		}
	}
	if len(trop)+len(manque) > 0 {
		m.anomalie(&regEcartSaisie, "codes", liste(trop), liste(manque))
	}
}

// structureSaisie applies the controls of structure to the keyed codes.
func (m *moteur) structureSaisie() {
	if len(m.p.Codes) == 0 {
		return
	}
	lignes := make([]facture.Ligne, 0, len(m.p.Codes))
	for i, c := range m.p.Codes {
		if !c.Code.Valide() {
			m.anomalie(&regValeur, rang("codes", i))
			continue
		}
		l := facture.Ligne{Code: c.Code, Support: supportSaisi(lignes, c.Code), Execution: c.Jour}
		if l.Execution.IsZero() {
			l.Execution = m.jour
		}
		if c.Specialite != "" {
			l.Detail.Urgence = &facture.DetailUrgence{Specialite: c.Specialite}
		}
		lignes = append(lignes, l)
	}
	m.r.Anomalies = append(m.r.Anomalies, m.structure(lignes, "codes", m.contenu)...)
}

// supportSaisi attaches a keyed SSN or SSF to the last line before it that may
// carry one, and any other complement to the first age forfait.
func supportSaisi(lignes []facture.Ligne, c tarif.Code) int {
	if slices.Contains(codesSS, c) {
		for i := len(lignes) - 1; i >= 0; i-- {
			if porteSS(lignes[i].Code) {
				return i
			}
		}
		return -1
	}
	if !slices.Contains(codesComplements, c) {
		return -1
	}
	return slices.IndexFunc(lignes, func(l facture.Ligne) bool { return estFU(l.Code) })
}

func rang(liste string, i int) string { return liste + "[" + strconv.Itoa(i) + "]" }
