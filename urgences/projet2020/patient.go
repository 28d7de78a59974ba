package projet2020

import (
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
)

// Declinaison is one of the three forms of FPU, modelled on those of the
// forfait journalier.
type Declinaison string

// Declensions.
const (
	FPUAssure Declinaison = "assure" // like FJA: insured, C2S included
	FPURegime Declinaison = "regime" // like FJR: exemption borne by the régime
	FPULocal  Declinaison = "local"  // like FRL: Alsace-Moselle
)

// Situation is a right that could pass FPU to the régime. The project names
// maternity only; Options.Exonerations answers for these.
type Situation string

// Situations.
const (
	SituationATMP              Situation = "at-mp"
	SituationRenteAT           Situation = "rente-at"
	SituationALD               Situation = "ald"
	SituationPensionMilitaire  Situation = "pension-militaire"
	SituationInvalidite        Situation = "invalidite"
	SituationSoinsParticuliers Situation = "soins-particuliers"
	SituationDetenu            Situation = "detenu"
	SituationMines             Situation = "mines"
)

var situations = []Situation{SituationATMP, SituationRenteAT, SituationALD, SituationPensionMilitaire,
	SituationInvalidite, SituationSoinsParticuliers, SituationDetenu, SituationMines}

// decision is the declension of FPU and who bears it.
type decision struct {
	declinaison Declinaison
	debiteur    simphonie.Debiteur
	regle       *simphonie.Regle
	valeurs     []string
}

// decline decides the declension. What the project does not settle is an
// anomaly that stops.
func (m *moteur) decline() decision {
	ctx := &m.ctx
	switch {
	case ctx.AME():
		m.anomalie(&regPopulation, "droits", "AME")
	case ctx.RSS():
		m.anomalie(&regPopulation, "droits", "RSS")
	}
	motif, exonere := m.exonere()
	var conviennent []string
	for _, d := range [...]struct {
		d    Declinaison
		vaut bool
	}{{FPURegime, exonere}, {FPULocal, ctx.RegimeLocal()}, {FPUAssure, ctx.C2S()}} {
		if d.vaut {
			conviennent = append(conviennent, string(d.d))
		}
	}
	if len(conviennent) > 1 {
		o := m.o.Interpretations.Ordre
		m.lecture(lecOrdre, intOrdre.Retenu(string(o)))
		if o == OrdreAVerifier {
			m.anomalie(&regOrdre, "droits", strings.Join(conviennent, ", "))
		}
	}
	switch {
	case exonere:
		return decision{FPURegime, simphonie.AMO, &regRegime, []string{motif}}
	case ctx.RegimeLocal():
		return decision{FPULocal, simphonie.AMO, &regLocal, nil}
	case ctx.C2S():
		return decision{FPUAssure, simphonie.AMC(ctx.OC), &regC2S, []string{string(ctx.OC)}}
	}
	d := decision{FPUAssure, simphonie.Patient, &regAssure, nil}
	if m.p.AMC != "" {
		m.lecture(lecAMCDeclaree, intAMCDeclaree.Retenu(string(m.o.Interpretations.AMCDeclaree)))
		if m.o.Interpretations.AMCDeclaree == AMCAssureur {
			d.debiteur = simphonie.AMC(m.p.AMC)
		}
	}
	return d
}

// exonere says whether the régime bears FPU, and why: maternity, the caller's
// decision on this visit, or a situation to which the options say yes.
func (m *moteur) exonere() (string, bool) {
	if m.ctx.Nature == droits.Maternite {
		return "maternité", true
	}
	if d := m.p.Regime; d != nil {
		return "décision de l'appelant, " + d.Reference, true
	}
	var sansReponse []Situation
	for i, vaut := range m.enSituation() {
		s := situations[i]
		oui, dite := m.o.Exonerations[s]
		switch {
		case !vaut:
		case oui:
			return string(s), true
		case !dite:
			sansReponse = append(sansReponse, s)
		}
	}
	for _, s := range sansReponse {
		m.anomalie(&regExonerationNonDite, "droits", string(s))
	}
	return "", false
}

// enSituation says which of situations hold.
func (m *moteur) enSituation() [8]bool {
	c := &m.ctx
	return [...]bool{c.Nature == droits.ATMP, c.RenteAT(), c.ALD(), c.PensionMilitaire(), c.Invalidite(),
		c.SoinsParticuliers(), c.Detenu(), c.CANSSM()}
}

// participation is the mark of the bearer, as a TMF carries it.
func (d Declinaison) participation() facture.Participation {
	switch d {
	case FPURegime:
		return facture.ParticipationRegime
	case FPULocal:
		return facture.ParticipationLocale
	}
	return facture.ParticipationAssure
}

// lignePatient adds FPU: the whole base TM, no coefficient, one debtor.
func (m *moteur) lignePatient(d *decision) {
	n := len(m.r.Facture.Lignes)
	m.decide(n, d.regle, d.valeurs...)
	l := m.ligne(m.cat.patient(d.declinaison), -1, m.jour)
	l.Participation = d.declinaison.participation()
	produit := m.tarifie(&l, n)
	l.Honoraires, l.BRAMC = produit, produit
	if d.debiteur == simphonie.AMO {
		l.BRAMO, l.Taux = produit, simphonie.Cent
	}
	m.expliquePatient(&l, n)
	m.ajoute(&l, n, d.debiteur)
}
