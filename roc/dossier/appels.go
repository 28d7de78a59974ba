package dossier

import (
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/roc/modele"
)

func (e IDBRecue) applique(p *pas) {
	if !p.decrit(&e.Appel, modele.IDB) {
		return
	}
	if e.Reponse == nil {
		p.refuse(&regVide, "reponse")
		return
	}
	a := p.ajoute(e.Appel, Repondu)
	retour := propre(&e.Reponse.Retour)
	a.Retour, a.Contrats = retour, slices.Clone(e.Reponse.Contrats)
	p.anomalies = append(p.anomalies, retour.Anomalies...)
	p.issue(modele.IDB, retour.Issue)
	switch retour.Issue.Sens {
	case modele.Accepte:
		if p.d.Etat == Inconnu {
			p.d.Etat = Identifie
		}
	case modele.Refuse, modele.Incomplet:
		switch p.d.Etat {
		case Identifie, Simule, Annule:
			p.d.Etat = Inconnu
		case Calcule:
			p.dit(&regDroitsPerdus, "issue")
		}
	}
}

func (e SIMRecue) applique(p *pas) {
	if !p.decrit(&e.Appel, modele.SIM) {
		return
	}
	if e.Reponse == nil {
		p.refuse(&regVide, "reponse")
		return
	}
	avant := p.d.derniereSIM()
	a := p.ajoute(e.Appel, Repondu)
	retour := propre(&e.Reponse.Retour)
	a.Retour, a.Montants, a.Total = retour, montantsDe(e.Reponse.Montants), pointeur(e.Reponse.Total)
	p.anomalies = append(p.anomalies, retour.Anomalies...)
	p.issue(modele.SIM, retour.Issue)
	if retour.Issue.Sens != modele.Accepte {
		return
	}
	switch p.d.Etat {
	case Inconnu:
		p.dit(&regNonIdentifie, "dossier.etat")
	case Identifie, Simule, Annule:
		p.d.Etat = Simule
		if x, err := ecart(avant, a); err != nil || avant == nil || !x.IsZero() {
			p.effet(DireAuPatient)
		}
	}
}

func (e LectureEchouee) applique(p *pas) {
	if !p.decrit(&e.Appel, modele.IDB, modele.SIM) {
		return
	}
	p.ajoute(e.Appel, NonParti).Code = e.Code
}

func (e Depart) applique(p *pas) {
	if as := p.d.Empeche(e.Appel.Service, p.p); e.Appel.Service.Engage() && len(as) > 0 {
		p.refus, p.anomalies = true, as
		return
	}
	if !p.decrit(&e.Appel, engagent...) {
		return
	}
	switch {
	case e.Appel.Service == modele.CLC && e.Lignes <= 0:
		p.refuse(&regAppel, "lignes")
	case e.Appel.Service == modele.DEL && (e.Calcul != p.d.Calcul.Requete || e.Engagement != "" && p.d.Calcul.Engagement != "" && e.Engagement != p.d.Calcul.Engagement):
		p.refuse(&regCible, "calcul")
	default:
		a := p.ajoute(e.Appel, Parti)
		p.d.Suspens = &Suspens{Service: a.Service, Requete: a.Requete, Empreinte: a.Empreinte, Lignes: e.Lignes}
	}
}

func (e CalculRecu) applique(p *pas) {
	a := p.enVol([]modele.Service{modele.CLC}, e.Requete)
	if a == nil {
		return
	}
	if e.Reponse == nil {
		p.refuse(&regVide, "reponse")
		return
	}
	r := e.Reponse
	retour := propre(&r.Retour)
	a.Statut, a.Retour, a.Montants, a.Total = Repondu, retour, montantsDe(r.Montants), pointeur(r.Total)
	a.Engagement, a.Fin = r.Engagement, r.Fin
	p.anomalies = append(p.anomalies, retour.Anomalies...)
	p.issue(modele.CLC, retour.Issue)
	switch retour.Issue.Sens {
	case modele.Accepte:
		c := &Calcul{Requete: e.Requete, Empreinte: p.d.Suspens.Empreinte, Engagement: r.Engagement, Montants: a.Montants, Lignes: p.d.Suspens.Lignes, Fin: r.Fin}
		c.Douteux = retour.Anomalies.Stoppent() || !complets(c.Montants, c.Lignes)
		p.calcule(c)
	case modele.Refuse, modele.Incomplet, modele.Indisponible:
		p.d.Suspens = nil
	default:
		p.perdu(a)
	}
}

// calcule makes a CLC the live one.
func (p *pas) calcule(c *Calcul) {
	p.d.Suspens, p.d.Calcul, p.d.Etat = nil, c, Calcule
	switch {
	case len(c.Montants) == 0:
		p.dit(&regSansMontant, "calcul.montants")
	case c.Douteux:
		p.dit(&regDouteux, "calcul")
	default:
		p.effet(Emettre)
	}
}

func (e AnnulationRecue) applique(p *pas) {
	a := p.enVol([]modele.Service{modele.DEL}, e.Requete)
	if a == nil {
		return
	}
	if e.Reponse == nil {
		p.refuse(&regVide, "reponse")
		return
	}
	retour := propre(&e.Reponse.Retour)
	a.Statut, a.Retour = Repondu, retour
	p.anomalies = append(p.anomalies, retour.Anomalies...)
	switch s := retour.Issue.Sens; {
	case s == modele.Accepte, s == modele.Refuse && retour.Issue.Motif == modele.CalculAnnule:
		p.annule()
		return
	case s == modele.Refuse, s == modele.Incomplet, s == modele.Indisponible:
		p.d.Suspens = nil
	default:
		p.perdu(a)
	}
	p.issue(modele.DEL, retour.Issue)
}

// annule undoes the live CLC.
func (p *pas) annule() {
	p.d.Suspens, p.d.Calcul, p.d.Etat = nil, nil, Annule
	p.d.Annules++
}

func (e JamaisPartie) applique(p *pas) {
	if a := p.enVol(engagent, e.Requete); a != nil {
		a.Statut, a.Code = NonParti, e.Code
		p.d.Suspens = nil
	}
}

func (e ReponsePerdue) applique(p *pas) {
	if a := p.suspendu(engagent, e.Requete); a != nil {
		a.Code = e.Code
		p.perdu(a)
	}
}

// perdu puts a call on the list to clarify.
func (p *pas) perdu(a *Appel) {
	a.Statut, p.d.Suspens.AClarifier = SansReponse, true
	p.dit(&regClarifier, "suspens", a.Service.String())
	p.effet(Clarifier)
}

func (e Decision) applique(p *pas) {
	a := p.suspendu(engagent, e.Requete)
	if a == nil {
		return
	}
	switch {
	case !p.d.Suspens.AClarifier:
		p.refuse(&regSuspens, "suspens", p.d.Suspens.Service.String())
		return
	case e.Verdict != Effective && e.Verdict != SansEffet, e.Par.IsZero(), e.Motif.IsZero(), e.Le.IsZero():
		p.refuse(&regVerdict, "decision")
		return
	}
	e.Montants = montantsDe(e.Montants)
	a.Statut, a.Decision = Decide, &e
	switch {
	case e.Verdict == SansEffet:
		p.d.Suspens = nil
	case a.Service == modele.DEL:
		p.annule()
	default:
		c := &Calcul{Requete: a.Requete, Empreinte: p.d.Suspens.Empreinte, Engagement: e.Engagement, Montants: e.Montants, Lignes: p.d.Suspens.Lignes}
		c.Douteux = len(c.Montants) > 0 && !complets(c.Montants, c.Lignes)
		p.calcule(c)
	}
}

// propre copies what an answer says: who holds the answer does not change the dossier.
func propre(r *modele.Retour) *modele.Retour {
	n := *r
	n.Erreurs, n.Messages, n.Consignes, n.Anomalies = slices.Clone(r.Erreurs), slices.Clone(r.Messages), slices.Clone(r.Consignes), slices.Clone(r.Anomalies)
	return &n
}

func montantsDe(ms []modele.Montant) []modele.Montant {
	ns := slices.Clone(ms)
	for i := range ns {
		ns[i].Reste = pointeur(ns[i].Reste)
	}
	return ns
}

func pointeur(m *simphonie.Montant) *simphonie.Montant {
	if m == nil {
		return nil
	}
	n := *m
	return &n
}
