package urgences

import (
	"cmp"
	"slices"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
)

// forfaits adds the age forfait and its supplements in the order of RG_MF602.
// The patient part gives the exemption that the forfaits follow (RG_VF660).
func (m *moteur) forfaits(part *partDecidee) {
	fu := codeAge(m.jeu.ages, m.age)
	if m.x != nil {
		m.x.Decide(0, &regAge, m.age.String(), m.jour.String(), string(fu))
	}
	e := &emission{m: m, exo: part.exoForfaits}
	e.ligne(fu, -1, m.jour, nil)
	m.nuitFerie(e)
	m.ccmu(e)
	m.pediatrie(e, fu)
	m.transport(e)
	m.biologie(e)
	m.avis(e)
	m.imagerie(e)
}

// nuitFerie adds SUN or SUF by the hour of the start of care.
func (m *moteur) nuitFerie(e *emission) {
	c, borne := plagesFU.code(m.debut, m.cal, m.o.Interpretations.Bornes)
	m.expliquePlage(&regNuitFerie, c, borne, m.debut)
	if c != "" {
		e.ligne(c, 0, m.jour, nil)
	}
}

// expliquePlage records which hour gave which supplement.
func (m *moteur) expliquePlage(r *simphonie.Regle, c tarif.Code, borne bool, t time.Time, avant ...string) {
	if m.x == nil {
		return
	}
	m.x.Decide(-1, r, append(avant, t.Format("2006-01-02 15:04 -07:00"), cmp.Or(string(c), "aucun supplément"))...)
	if borne {
		m.lecture(lecBornes, intBornes.Retenu(string(m.o.Interpretations.Bornes)))
	}
}

// ccmu adds SU3 for CCMU 3 to 5, and SU2 for CCMU 2 with an act of annexe 2.
func (m *moteur) ccmu(e *emission) {
	switch m.p.CCMU {
	case "":
		m.anomalie(&regDonneeAbsente, "ccmu", "SU2 ou SU3")
	case "3", "4", "5":
		m.expliqueCCMU(SU3)
		e.ligne(SU3, 0, m.jour, nil)
	case "2":
		if d := m.acteAnnexe2(); d != nil {
			m.expliqueCCMU(SU2)
			e.ligne(SU2, 0, m.jour, d)
		}
	}
}

func (m *moteur) expliqueCCMU(c tarif.Code) {
	if m.x != nil {
		m.x.Decide(-1, &regCCMU, string(m.p.CCMU), string(c))
	}
}

// parDecision is the detail of a supplement that the caller decided.
var parDecision = &facture.DetailUrgence{Origine: "decision"}

// parListe gives the detail of a supplement that a list decided.
func parListe(l *tarif.Liste) *facture.DetailUrgence {
	return &facture.DetailUrgence{Origine: "liste", Liste: l.Designation()}
}

// acteAnnexe2 says on what SU2 rests; nil when it is not due.
func (m *moteur) acteAnnexe2() *facture.DetailUrgence {
	p, l := m.p, m.o.ActesAnnexe2
	dansListe := false
	for i, acte := range p.Actes {
		c, ok := acteCCAM(acte)
		if !ok {
			m.anomalie(&regCodeMalForme, rang("actes", i))
		}
		dansListe = dansListe || ok && l != nil && l.Contains(c, m.jour, m.o.ConnuAu)
	}
	switch {
	case !p.ActeAnnexe2.IsZero():
		if l != nil && len(p.Actes) > 0 && simphonie.OuiSi(dansListe) != p.ActeAnnexe2 {
			m.anomalie(&regListeDecision, "acteAnnexe2", "SU2")
		}
		m.expliqueListe("SU2", "décision portée sur le passage")
		if p.ActeAnnexe2 == simphonie.Oui {
			return parDecision
		}
	case len(p.Actes) == 0:
		m.expliqueListe("SU2", "aucun acte")
	case l == nil:
		m.anomalie(&regListeManque, "actes", "SU2")
	default:
		m.expliqueListe("SU2", "liste "+l.Nom())
		if dansListe {
			return parListe(l)
		}
	}
	return nil
}

func (m *moteur) expliqueListe(supplement, comment string) {
	if m.x != nil {
		m.x.Decide(-1, &regListe, supplement, comment)
	}
}

// pediatrie adds PE1 or PE2 to FU0 and FU1, by the diagnosis.
func (m *moteur) pediatrie(e *emission, fu tarif.Code) {
	if !m.jeu.enfants || fu != FU0 && fu != FU1 {
		return
	}
	c, d := m.pediatrieDue()
	if m.x != nil {
		m.x.Decide(-1, &regPediatrie, cmp.Or(string(c), "aucun supplément"))
	}
	if c != "" {
		e.ligne(c, 0, m.jour, d)
	}
}

func (m *moteur) pediatrieDue() (tarif.Code, *facture.DetailUrgence) {
	p, l1, l2 := m.p, m.o.DiagnosticsPE1, m.o.DiagnosticsPE2
	diagnostic, ok := diagnosticCIM(p.Diagnostic)
	if !ok && p.Diagnostic != "" {
		m.anomalie(&regCodeMalForme, "diagnostic")
	}
	in1 := ok && l1 != nil && l1.Contains(diagnostic, m.jour, m.o.ConnuAu)
	in2 := ok && l2 != nil && l2.Contains(diagnostic, m.jour, m.o.ConnuAu)
	if p.Pediatrie != nil {
		m.expliqueListe("PE1 ou PE2", "décision portée sur le passage")
		if l1 != nil && l2 != nil && p.Diagnostic != "" && (in1 != (*p.Pediatrie == PediatriePE1) || in2 != (*p.Pediatrie == PediatriePE2)) {
			m.anomalie(&regListeDecision, "pediatrie", "PE1 ou PE2")
		}
		switch *p.Pediatrie {
		case PediatriePE1:
			return PE1, parDecision
		case PediatriePE2:
			return PE2, parDecision
		}
		return "", nil
	}
	switch {
	case p.Diagnostic == "":
		m.anomalie(&regDonneeAbsente, "diagnostic", "PE1 ou PE2")
	case l1 == nil || l2 == nil:
		m.anomalie(&regListeManque, "diagnostic", "PE1 ou PE2")
	case in1 && in2:
		m.anomalie(&regDeuxListes, "diagnostic")
	case in1:
		return PE1, parListe(l1)
	case in2:
		return PE2, parListe(l2)
	}
	return "", nil
}

// transport adds SUM for an arrival in a vehicle of category A, B or C, or in
// an aircraft.
func (m *moteur) transport(e *emission) {
	switch m.p.ModeArrivee {
	case "":
		m.anomalie(&regDonneeAbsente, "modeArrivee", "SUM")
	case VehiculeA, VehiculeB, VehiculeC, Aeronef:
		if m.x != nil {
			m.x.Decide(-1, &regTransport, string(m.p.ModeArrivee))
		}
		e.ligne(SUM, 0, m.jour, nil)
	}
}

// biologie adds one supplement on the day of the first act, by the age on that day.
func (m *moteur) biologie(e *emission) {
	if len(m.p.Biologie) == 0 {
		return
	}
	j := simphonie.JourOf(m.local(slices.MinFunc(m.p.Biologie, time.Time.Compare)))
	age, err := m.p.Naissance.AgeLe(j)
	if err != nil { // the first act came before the care, on the eve of the birth
		m.anomalie(&regNaissanceApres, "biologie", j.String())
		return
	}
	c := codeAge(agesBiologie, age)
	if m.x != nil {
		m.x.Decide(-1, &regBiologie, j.String(), age.String(), string(c))
	}
	e.ligne(c, -1, j, nil)
}

// avis adds one SAS a specialty, each with its night or holiday.
func (m *moteur) avis(e *emission) {
	for i := range m.p.Avis {
		a := &m.p.Avis[i]
		autre := func(b Avis) bool {
			return b.donneSAS() && b.Specialite == a.Specialite
		}
		// The earliest advice of a specialty counts, the first listed on a tie.
		dejaVu := slices.ContainsFunc(m.p.Avis[:i], func(b Avis) bool { return autre(b) && !a.Debut.Before(b.Debut) }) ||
			slices.ContainsFunc(m.p.Avis[i+1:], func(b Avis) bool { return autre(b) && b.Debut.Before(a.Debut) })
		if !a.donneSAS() || dejaVu {
			if m.x != nil && a.EnCharge {
				m.x.Decide(-1, &regAvisEnCharge, a.Specialite)
			}
			continue
		}
		if m.x != nil {
			m.x.Decide(-1, &regAvis, a.Specialite)
		}
		t := m.local(a.Debut)
		n := e.ligne(SAS, -1, simphonie.JourOf(t), &facture.DetailUrgence{Specialite: a.Specialite})
		m.nuitFerieSupport(e, SAS, n, t)
	}
}

// donneSAS says that the advice was asked for, given beside the patient, and
// not by the doctor who gave the complete care.
func (a *Avis) donneSAS() bool {
	return a.SurDemande == simphonie.Oui && a.AupresDuPatient == simphonie.Oui && !a.EnCharge
}

// nuitFerieSupport adds SSN or SSF to a support, by the hour of its doctor.
func (m *moteur) nuitFerieSupport(e *emission, support tarif.Code, ligne int, t time.Time) {
	c, borne := plagesSupport.code(t, m.cal, m.o.Interpretations.Bornes)
	m.expliquePlage(&regNuitFerieSupport, c, borne, t, string(support))
	if c != "" {
		e.ligne(c, ligne, simphonie.JourOf(t), nil)
	}
}

// imagerie adds SIC if a radiologist did a cross-section act, else SIM if one
// did another act with a report, dated by the first act, then the technical
// forfaits that SIC alone may carry.
func (m *moteur) imagerie(e *emission) {
	var premier, coupe *Imagerie
	for i := range m.p.Imagerie {
		a := &m.p.Imagerie[i]
		if !a.compte() {
			continue
		}
		if premier == nil || a.Debut.Before(premier.Debut) {
			premier = a
		}
		if a.Type == Coupe && (coupe == nil || a.Debut.Before(coupe.Debut)) {
			coupe = a
		}
	}
	if coupe == nil { // the forfaits that are given have nothing to stand on
		m.forfaitsEcartes()
	}
	if premier == nil {
		return
	}
	c := SIM
	if coupe != nil {
		c = SIC
	}
	t := m.local(premier.Debut)
	j := simphonie.JourOf(t)
	if m.x != nil {
		m.x.Decide(-1, &regImagerie, j.String(), string(c))
	}
	n := e.ligne(c, -1, j, nil)
	if coupe != nil && coupe != premier {
		m.lecture(lecHeureImagerie, intHeureImagerie.Retenu(string(m.o.Interpretations.HeureImagerie)))
		if m.o.Interpretations.HeureImagerie == HeureActeDuSupplement {
			t = m.local(coupe.Debut)
		}
	}
	c2, borne := plagesSupport.code(t, m.cal, m.o.Interpretations.Bornes)
	m.expliquePlage(&regNuitFerieSupport, c2, borne, t, string(c))
	if c2 != "" {
		e.ligne(c2, n, j, nil)
	}
	if coupe != nil {
		m.forfaitsTechniques(e)
	}
}

// compte says that the act gives right to a supplement: by a radiologist, and
// with a written report unless it is a cross-section act.
func (a *Imagerie) compte() bool {
	return a.ParRadiologue == simphonie.Oui && (a.Type == Coupe || a.CompteRendu == simphonie.Oui)
}

// secondScanner is the coefficient of the second technical forfait of a scanner.
const secondScanner simphonie.Coefficient = 1500

// forfaitsEcartes reports technical forfaits of a visit without SIC.
func (m *moteur) forfaitsEcartes() {
	for i := range m.p.Imagerie {
		if f := m.p.Imagerie[i].Forfait; f != "" {
			m.anomalie(&regForfaitEcarte, rang("imagerie", i), string(f))
		}
	}
}

func (m *moteur) forfaitsTechniques(e *emission) {
	e.exo = facture.ExoAucune // exempt by themselves, whatever the patient part (RG_VF660)
	scanners := 0
	for i := range m.p.Imagerie {
		a := &m.p.Imagerie[i]
		if a.Forfait == "" {
			continue
		}
		if !a.compte() {
			m.anomalie(&regForfaitEcarte, rang("imagerie", i), string(a.Forfait))
			continue
		}
		coef := simphonie.Un
		if a.Scanner {
			scanners++
			if scanners == 2 {
				coef = secondScanner
			}
			if scanners > 2 {
				m.anomalie(&regTroisiemeScanner, rang("imagerie", i))
			}
		}
		if m.x != nil {
			m.x.Decide(-1, &regForfaitTechnique, string(a.Forfait), coef.String())
		}
		e.ligneCoef(a.Forfait, -1, simphonie.JourOf(m.local(a.Debut)), coef, nil)
	}
}
