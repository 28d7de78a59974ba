package ace

import (
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
)

// Codes of grouping of the CCAM that count for the threshold without carrying
// the participation (RG_VF680).
const (
	regroupementADA = "ADA"
	regroupementADI = "ADI"
)

// tmf finds the lines that carry the participation forfaitaire (RG_VF680 to
// RG_VF685): one for a day and a specialty, or one for a forfait.
func (m *moteur) tmf() {
	for i, l := range m.lignes {
		if l.exoSeuil == droits.ExoAucune || m.ref(l.soin).AME() {
			continue
		}
		premiere := !slices.ContainsFunc(m.lignes[:i], func(k *ligne) bool {
			return k.exoSeuil != droits.ExoAucune && m.memeTMF(k, l)
		})
		if !premiere {
			continue
		}
		if porteur := m.porteur(l); porteur != nil {
			m.porte(porteur)
		}
	}
}

// memeTMF says that two exempted lines share one participation: that of their
// forfait, else that of their day and specialty, whatever invoices they are on.
func (m *moteur) memeTMF(a, b *ligne) bool {
	if a.avecForfait || b.avecForfait {
		return m.memePortee(a, b)
	}
	if a.Execution != b.Execution {
		return false
	}
	x, y := m.executant(a.soin), m.executant(b.soin)
	return x.Specialite == y.Specialite && (m.o.Interpretations.TMFPar != TMFParPraticien || x.PS == y.PS)
}

// porteur gives the line that carries the participation that l shares in, nil
// for none.
func (m *moteur) porteur(l *ligne) *ligne {
	forfait := l.avecForfait
	var p *ligne
	sans := &regTMFAucune
	for _, k := range m.lignes {
		if k.exoSeuil == droits.ExoAucune || !m.memeTMF(k, l) || m.ref(k.soin).AME() || !porteurPermis(k, forfait) {
			continue
		}
		if !forfait && m.factureDentaire(k.facture) {
			sans = &regTMFDentaire
			continue
		}
		if p == nil || plusCher(k, p) {
			p = k
		}
	}
	if p == nil {
		l.explique(sans)
	}
	return p
}

// factureDentaire says that a dental act is on the invoice: none of its lines
// carries the participation (RG_VF680 CP01).
func (m *moteur) factureDentaire(facture int) bool {
	return slices.ContainsFunc(m.lignes, func(k *ligne) bool { return k.facture == facture && k.dentaire() })
}

// porteurPermis: the forfait carries an invasive or NGAP trigger, the act a non
// invasive one, outside dental care and imaging; without a forfait, an act that
// is neither anaesthesia nor imaging.
func porteurPermis(l *ligne, forfait bool) bool {
	if forfait && l.declencheur != nonInvasif {
		return l.genre == gForfait
	}
	if forfait {
		return l.genre == gCCAM && !l.dentaire() && l.Code != regroupementADI
	}
	return l.Code != codeFSD && l.Code != regroupementADA && l.Code != regroupementADI
}

// dentaire says that the act is dental (categories AD, ID, PD).
func (l *ligne) dentaire() bool {
	return l.genre == gCCAM && slices.Contains(catMedDentaires, l.activite.CatMed)
}

// plusCher compares bases; of equal ones the earlier reference date, then the
// line keyed first, so that the order of keying moves no amount.
func plusCher(a, b *ligne) bool {
	switch {
	case a.total != b.total:
		return a.total > b.total
	case a.Reference != b.Reference:
		return a.Reference.Before(b.Reference)
	}
	return a.rang < b.rang
}

// porte puts the participation on a line: who bears it, and how much is taken
// from its MRO (RG_VF681 to RG_VF683).
func (m *moteur) porte(l *ligne) {
	c := m.ref(l.soin)
	if c.Detenu() || c.ASPA() {
		l.explique(&regTMFDispense)
		return
	}
	if !l.avecForfait && m.praticiensDivers(l) {
		l.lecture(lecTMFPar, &intTMFPar, string(m.o.Interpretations.TMFPar))
	}
	switch regime, err := m.regimePaie(c, l.jour); {
	case c.RegimeLocal():
		l.Participation = facture.ParticipationLocale
		l.explique(&regTMFLocal)
	case err != nil:
		m.manque(err)
	case regime:
		l.Participation = facture.ParticipationRegime
		l.explique(&regTMFRegime, c.Organisme.Regime)
	default:
		p, ok := m.parametre(nomenclature.ParamTMF, l.jour)
		if !ok {
			return
		}
		l.Participation, l.TMF = facture.ParticipationAssure, p.Montant
		if l.TMF > l.total {
			m.anomalie(&regTMFDepasse, rang(l.rang), l.TMF.String(), l.total.String())
		}
		if l.x != nil {
			l.x.Decide(l.n, &regTMF, l.TMF.String(), p.Reference)
		}
	}
	if l.avecForfait && l.declencheur == nonInvasif {
		l.Participation = facture.ParticipationAucune
		l.explique(&regTMFSansLettre)
	}
}

// praticiensDivers says that several practitioners of the specialty share.
func (m *moteur) praticiensDivers(l *ligne) bool {
	return slices.ContainsFunc(m.lignes, func(k *ligne) bool {
		return k.exoSeuil != droits.ExoAucune && m.memePortee(k, l) && m.executant(k.soin).Specialite == m.executant(l.soin).Specialite &&
			m.executant(k.soin).PS != m.executant(l.soin).PS
	})
}

func (m *moteur) regimePaie(c *droits.Contexte, j simphonie.Jour) (bool, error) {
	if c.RegimeLocal() {
		return false, nil
	}
	o, err := m.o.Tables.PayeurTMF(c.Organisme.Regime, j, m.o.ConnuAu)
	return o == simphonie.Oui, err
}
