package roctest

import (
	"fmt"
	"time"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/passerelle"
	"github.com/simphonie/simphonie/roc/modele"
)

// refus is the fault of the page for a request that breaks it.
func refus(err error) *passerelle.Faute {
	return &passerelle.Faute{Emetteur: true, Code: "reference_requete", Severite: "erreur", Raison: "Requete refusee", Message: err.Error(), Refus: true}
}

// service is what one address answers.
func (g *registre) service(guichet *Guichet) passerelle.Service {
	actions := map[string]func(*passerelle.Requete) passerelle.Reponse{}
	for s := range noms {
		actions[Action(s)] = func(q *passerelle.Requete) passerelle.Reponse { return g.repond(guichet, s, q) }
	}
	return passerelle.Service{Actions: actions,
		Identites: func(c *etree.Element) []string { amc, venue := designe(c); return []string{cible(amc, venue)} },
		Groupes: func(c *etree.Element) []string {
			amc, venue := designe(c)
			return []string{cible(amc, ""), cible("", venue)}
		},
	}
}

func designe(corps *etree.Element) (amc simphonie.NumeroAMC, venue string) {
	return simphonie.NumeroAMC(fils(corps, "Entete", "Couverture", "NumeroAMC")), fils(corps, "Entete", "Venue")
}

// repond answers a request.
func (g *registre) repond(guichet *Guichet, s modele.Service, q *passerelle.Requete) passerelle.Reponse {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.requetes[s]++
	if err := verifie(s, q.Corps); err != nil {
		return passerelle.Reponse{Faute: refus(err)}
	}
	d := lit(s, q)
	retour := modele.Retour{Requete: d.requete, Instant: q.Instant.UTC().Truncate(time.Millisecond)}
	assureur := guichet.sert(simphonie.NumeroAMC(d.amc))
	code := DemandeInvalide // another insurer than those of the address
	if assureur != nil {
		code = g.nouvelle(d)
	}
	var el *etree.Element
	var err error
	switch s {
	case modele.IDB:
		r := modele.Identification{Retour: retour}
		if code == "" {
			code = g.identifie(d, &r)
		}
		conclut(&r.Retour, code)
		el, err = ReferenceIDB(&r)
	case modele.DEL:
		if code == "" {
			code = g.annule(d, assureur)
		}
		conclut(&retour, code)
		el, err = ReferenceAnnulation(&modele.Annulation{Retour: retour})
	default:
		r := modele.Calcul{Retour: retour}
		if code == "" {
			code = g.chiffre(d, &r)
		}
		conclut(&r.Retour, code)
		if s == modele.CLC {
			el, err = ReferenceCLC(&r)
		} else {
			el, err = ReferenceSIM(&modele.Simulation{Retour: r.Retour, Montants: r.Montants, Total: r.Total})
		}
	}
	if el, err = conforme(s)(el, err); err != nil {
		return passerelle.Reponse{Faute: passerelle.Refus("reponse", err)}
	}
	return passerelle.Reponse{Corps: el}
}

// conclut writes the outcome, and the error that tells why when it is one that refuses.
func conclut(r *modele.Retour, code string) {
	r.Issue = modele.Issue{Code: code}
	if code != Accepte {
		r.Issue.Libelle = prive("Issue simulée")
	}
	if groupe := groupes[code]; groupe != "" {
		r.Erreurs = []modele.ErreurAMC{{Code: "SIMULE-" + groupe, Groupe: groupe}}
	}
}

// nouvelle counts a request, and gives the outcome of one that came before: a
// read may come again, anything else is a duplicate or another request under a
// name that was taken.
func (g *registre) nouvelle(d *demande) string {
	b := g.bilan(d.amc)
	switch d.service {
	case modele.CLC:
		b.Calculs++
	case modele.DEL:
		b.Annulations++
	}
	k := vue{d.amc, d.requete}
	avant, connue := g.vues[k]
	switch {
	case !connue:
		g.vues[k] = d.service
		return ""
	case avant != d.service:
		return DemandeInvalide
	case d.service.Engage():
		b.Doublons++
		return Doublon
	}
	return ""
}

// forcee gives the outcome that a person always gets, or gets this time.
func (g *registre) forcee(d *demande, b *Beneficiaire) string {
	k := dite{b, d.service}
	if b.Issue == "" || b.Fois > 0 && g.dites[k] >= b.Fois {
		return ""
	}
	g.dites[k]++
	return b.Issue
}

func (g *registre) identifie(d *demande, r *modele.Identification) string {
	b, code := g.cherche(d)
	if b == nil {
		return code
	}
	r.Messages, r.Consignes = b.Messages, b.Consignes
	if code := g.forcee(d, b); code != "" {
		return code
	}
	cs, code := d.contrats(b)
	for i := range cs {
		r.Contrats = append(r.Contrats, cs[i].dit())
	}
	if code == "" {
		return Accepte
	}
	return code
}

// chiffre answers a SIM, and a CLC with its commitment.
func (g *registre) chiffre(d *demande, r *modele.Calcul) string {
	b, code := g.cherche(d)
	if b == nil {
		return code
	}
	r.Messages, r.Consignes = b.Messages, b.Consignes
	forcee := g.forcee(d, b)
	if forcee != "" && !(b.Engage && d.service == modele.CLC) {
		return forcee
	}
	cs, code := d.contrats(b)
	if code != "" {
		return code
	}
	var total simphonie.Montant
	for i := range d.lignes {
		l := &d.lignes[i]
		if !l.tient() {
			return DemandeInvalide
		}
		if cs[0].Garantie.exclut(l) {
			return ActeNonCouvert
		}
		part, reste, err := cs[0].Garantie.paie(l)
		if err != nil {
			return DemandeInvalide
		}
		r.Montants = append(r.Montants, modele.Montant{Ligne: i, Part: part, Reste: &reste})
		total += part
	}
	r.Total = &total
	if d.service == modele.CLC && !g.engage(d, r) {
		r.Montants, r.Total = nil, nil
		return DemandeInvalide
	}
	if forcee != "" {
		return forcee
	}
	return Accepte
}

// engage writes the commitment of a CLC, unless the visit has one or was billed.
func (g *registre) engage(d *demande, r *modele.Calcul) bool {
	b, s := g.bilan(d.amc), d.sejour()
	if g.vivant(s) {
		b.Doubles++
		if !g.doubles {
			return false
		}
	}
	if g.factures[s] {
		return false
	}
	e := &Engagement{AMC: simphonie.NumeroAMC(d.amc), Venue: d.venue, EJ: simphonie.FINESS(d.champ("EntiteJuridique")), Requete: d.requete,
		Numero: fmt.Sprintf("SIMULE-%06d", len(g.engagements)+1), Total: *r.Total, Le: d.instant, Fin: d.instant.AddMonths(12).AddDays(-1)}
	for _, m := range r.Montants {
		e.Parts = append(e.Parts, m.Part)
	}
	g.engagements = append(g.engagements, e)
	b.Engages++
	r.Engagement, r.Fin = e.Numero, e.Fin
	return true
}

// annule undoes a commitment.
func (g *registre) annule(d *demande, a *Assureur) string {
	e := g.calcul(d.amc, fils(d.corps, "Calcul"))
	numero := fils(d.corps, "Engagement")
	switch {
	case e == nil:
		return CalculInconnu
	case e.Venue != d.venue || string(e.EJ) != d.champ("EntiteJuridique") || numero != "" && numero != e.Numero:
		return DemandeInvalide
	case e.Annule:
		return CalculAnnule
	case a.SansAnnulation || g.factures[d.sejour()]:
		return AnnulationImpossible
	}
	e.Annule = true
	g.bilan(d.amc).Annules++
	return Accepte
}
