package ace

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/tarif"
)

// reference finds what each prestation is in the tables, the day on which its
// rights are looked at, those rights, and its place in the care pathway. Nothing
// is resolved once for the whole visit.
func (m *moteur) reference() {
	for i := range m.soins {
		m.identifie(i)
	}
	if len(m.errs) > 0 {
		return
	}
	for i := range m.soins {
		m.dateReference(i)
	}
	if m.r.Anomalies.Stoppent() {
		return
	}
	for i := range m.soins {
		m.parcours(i)
	}
	for i := range m.soins { // a forfait and its linked acts have one indicator (RG_CF641 CP01)
		if s := &m.soins[i]; s.forfaitDe != aucune {
			s.parcours.IPS = m.soins[s.forfaitDe].parcours.IPS
		}
	}
}

// identifie looks the prestation up.
func (m *moteur) identifie(i int) {
	s := &m.soins[i]
	t, p, j, au := m.o.Tables, s.p, s.jour, m.o.ConnuAu
	var err error
	switch s.genre {
	case gCCAM:
		if s.acte, err = t.Acte(p.CCAM.Acte, j, au); m.manque(err) {
			return
		}
		if s.activite, err = t.Activite(p.CCAM.Acte, p.CCAM.Activite, p.CCAM.Phase, j, au); m.manque(err) {
			return
		}
		if s.code == "" {
			s.code = s.activite.Regroupement
		} else if s.code != s.activite.Regroupement {
			m.anomalie(&regRegroupement, rang(i)+".code", string(s.code), string(s.activite.Regroupement))
		}
	case gAnalyse:
		if s.analyse, err = t.Analyse(p.Analyse.Code, j, au); m.manque(err) {
			return
		}
		s.code = p.lettreB()
	case gActe:
		if s.lettre, err = t.Lettre(p.Code, j, au); m.manque(err) {
			return
		}
		if s.lettre.Agregee != "" { // RG_MF604
			s.code = s.lettre.Agregee
		}
	}
}

// lettreB gives the letter of an analysis.
func (p *Prestation) lettreB() tarif.Code {
	switch {
	case p.Analyse.Lettre != "":
		return p.Analyse.Lettre
	case p.Code != "":
		return p.Code
	}
	return codeB
}

// dateReference applies RG_CF600, then resolves the rights.
func (m *moteur) dateReference(i int) {
	s := &m.soins[i]
	p := s.p
	d := droits.DatesActe{Nomenclature: p.Nomenclature, EnSerie: p.EnSerie, Prescription: p.Prescription,
		Execution: s.jour, Achevement: p.Achevement}
	switch {
	case s.genre == gForfait || s.genre == gTechnique || s.genre == gFausse:
		d.Nomenclature, d.EnSerie = droits.NGAP, false
	case !p.Achevement.IsZero():
		d.Categorie = droits.Dentaire
	case s.lettre != nil && s.lettre.Categorie == string(droits.ODF):
		d.Categorie = droits.ODF
	}
	soins := p.Droits
	if soins == (droits.Prestation{}) && s.complete >= 0 { // what completes care is of its kind
		soins = m.v.Prestations[s.complete].Droits
	}
	soins.Prevention = soins.Prevention || m.motif(s) == Prevention
	c2s := false
	if p.Nomenclature == droits.LPP {
		k := m.situation(s.jour, soins)
		c2s = m.situations[k].Contexte.C2S()
	}
	j, regle, err := droits.JourReference(d, c2s)
	if err != nil {
		m.anomalie(&regDateReference, rang(i))
		return
	}
	s.regleDate = regle
	if j != s.jour && soins.Execution.IsZero() {
		soins.Execution = s.jour
	}
	s.ref = m.situation(j, soins)
	m.note(m.situations[s.ref].Anomalies)
	if p.Prescription.IsZero() || p.Prescription == s.jour || s.genre == gForfait {
		return
	}
	k := p.Prescription
	if j == k {
		k = s.jour
	}
	if a := m.situation(k, soins); !m.situations[a].Anomalies.Stoppent() {
		s.autre = a
	}
}

// situation resolves the rights on a day for a kind of care, once.
func (m *moteur) situation(j simphonie.Jour, p droits.Prestation) int {
	for i := range m.situations {
		if s := &m.situations[i]; s.jour == j && s.prestation == p {
			return i
		}
	}
	m.situations = append(m.situations, situation{j, p, droits.Resoudre(m.v.Droits, p, j, m.optionsDroits())})
	return len(m.situations) - 1
}

// motif gives the medical motive of a prestation; a complement without one has
// that of its support, an activité à forfait its own only.
func (m *moteur) motif(s *soin) Motif {
	if s.p.Motif == "" && s.complete >= 0 && s.genre != gForfait {
		return m.v.Prestations[s.complete].Motif
	}
	return s.p.Motif
}

// executant gives who did a prestation; a complement without one has that of
// its support.
func (m *moteur) executant(s *soin) *Executant {
	if (s.p.Executant == Executant{}) && s.complete >= 0 {
		return &m.soins[s.complete].p.Executant
	}
	return &s.p.Executant
}

// parcours gives the indicator of the care pathway (RG_CF640, RG_CF641).
func (m *moteur) parcours(i int) {
	s := &m.soins[i]
	e := m.executant(s)
	a := droits.ActeParcours{
		Position: s.p.Parcours, Code: string(s.code), Forfait: string(s.forfait), Specialite: e.Specialite,
		PasMedecin: e.PasMedecin || s.genre == gAnalyse || s.genre == gProduit || s.lettre != nil && s.lettre.Auxiliaire ||
			specialiteDentaire(e.Specialite),
		Retrocession: s.p.Nomenclature == droits.Retrocede, Teleconsult: s.lettre != nil && s.lettre.Categorie == categorieTeleconsultation,
		Orienteur: s.p.Orienteur, Naissance: m.v.Naissance, Tables: m.o.Baremes.Tables,
		Interpretations: m.o.Interpretations.Droits, SansTrace: !m.o.Expliquer,
	}
	if s.activite != nil {
		a.CategorieCCAM = s.activite.CatMed
	}
	if a.Position == "" && s.complete >= 0 {
		a.Position, a.Orienteur = m.soins[s.complete].p.Parcours, m.soins[s.complete].p.Orienteur
	}
	s.parcours = droits.ParcoursDeSoins(m.ref(s), a)
	for j := range s.parcours.Anomalies {
		an := s.parcours.Anomalies[j]
		an.Chemin = rang(i) + "." + an.Chemin
		m.note(simphonie.Anomalies{an})
	}
}
